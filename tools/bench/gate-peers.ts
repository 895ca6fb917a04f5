import { createRequire } from "node:module";
import { Engine, type RuleProperties } from "json-rules-engine";
import { agreedSpan, countThatDay, minuteThere, spanOf } from "../../packs/clock.ts";
import { HOLD_EFFECTS } from "../../packs/house/index.ts";
import { dayAt, type HoldKind, isInside } from "../../src/core/index.ts";
import { coversDay, type Pack, type StepKind } from "../../src/policy/index.ts";
import type { Sample } from "./gate-sample.ts";

/** The outcome of each rule that does not simply allow. */
export type Found = readonly (readonly [rule: string, outcome: string])[];

/** What the other engines are told of a sample, worked out for them before the clock runs. */
export interface Told {
  readonly rules: string;
  readonly role: string;
  readonly minute: number;
  readonly agreed: "none" | "yes" | "unreadable";
  readonly agreedInside: boolean;
  readonly connectedToday: number;
  readonly unansweredToday: number;
  readonly messagesToday: number;
  readonly agreedConnected: number | null;
  readonly agreedAttempts: number | null;
  readonly holds: readonly HoldKind[];
}

/** What they are spared, for the output: all of it speaks for them. */
export const SPARED =
  "local minute, counts of the local day, holds in force, agreed times and the choice of the rules in force are given ready-made, and rules that nothing here falls under are left out; no missing facts, sentences, citations, permits or earliest instants are asked of them";

type Operator = "is" | "is-not" | "at-least" | "below" | "in" | "has";
type Test = readonly [
  name: keyof Told,
  operator: Operator,
  value: string | number | boolean | null | readonly string[] | { readonly of: keyof Told },
];
/** One rule's way to one outcome: any of these, each of which is all of its tests. */
interface Line {
  readonly rule: string;
  readonly outcome: string;
  readonly any: readonly (readonly Test[])[];
}

const MESSAGES = ["app", "text", "email"];

/** The rules of the pack that govern a kind of step on a day, as lines over `Told`. */
function linesOf(pack: Pack, kind: StepKind, rules: readonly string[]): Line[] {
  const value = <T>(name: string): T => pack.params[name]!.at(-1)!.value as T;
  const quiet = (name: string): readonly (readonly Test[])[] => {
    const { from, to } = spanOf(value(name));
    return [[["minute", "at-least", from]], [["minute", "below", to]]];
  };
  const withAll = (tests: readonly Test[], any: readonly (readonly Test[])[]) =>
    any.map((all) => [...tests, ...all]);
  const capped = (
    agreed: "agreedConnected" | "agreedAttempts",
    count: "connectedToday" | "unansweredToday",
    cap: number,
  ): readonly (readonly Test[])[] => [
    [
      [agreed, "is", null],
      [count, "at-least", cap],
    ],
    [
      [agreed, "is-not", null],
      [count, "at-least", { of: agreed }],
    ],
  ];
  const holding = (effect: "stops" | "asks") =>
    Object.entries(HOLD_EFFECTS)
      .filter(([, effects]) => effects[effect].includes(kind))
      .map(([hold]): readonly Test[] => [["holds", "has", hold]]);
  const lines: Line[] = [
    {
      rule: "cn/debtor-only",
      outcome: "forbid",
      any: [[["role", "in", ["attorney", "spouse", "guardian", "estate", "contact-person", "third-person"]]]],
    },
    {
      rule: "cn/debtor-only",
      outcome: "ask-person",
      any: [[["role", "in", ["guarantor", "representative"]]]],
    },
    {
      rule: "cn/unrelated-persons",
      outcome: "ask-person",
      any: [[["role", "in", ["third-person", "spouse"]]]],
    },
    {
      rule: "cn/quiet-hours",
      outcome: "forbid",
      any: [
        [
          ["agreed", "is", "yes"],
          ["agreedInside", "is", false],
        ],
        ...withAll([["agreed", "is", "none"]], quiet("contact.quiet-hours")),
      ],
    },
    { rule: "cn/quiet-hours", outcome: "ask-person", any: [[["agreed", "is", "unreadable"]]] },
    {
      rule: "cn/quiet-hours-consent",
      outcome: "forbid",
      any: withAll(
        [
          ["agreed", "is-not", "unreadable"],
          ["agreedInside", "is", false],
        ],
        quiet("contact.quiet-hours.consent"),
      ),
    },
    {
      rule: "cn/quiet-hours-consent",
      outcome: "ask-person",
      any: withAll([["agreed", "is", "unreadable"]], quiet("contact.quiet-hours.consent")),
    },
    {
      rule: "cn/connected-calls",
      outcome: "forbid",
      any: capped("agreedConnected", "connectedToday", value("contact.call-cap.notice-voice")),
    },
    {
      rule: "cn/interactive-calls",
      outcome: "ask-person",
      any: [[["connectedToday", "at-least", value("contact.call-cap.interactive")]]],
    },
    {
      rule: "cn/attempts-a-number",
      outcome: "allow-with-risk",
      any: capped("agreedAttempts", "unansweredToday", value("contact.attempt-cap")),
    },
    { rule: "house/holds", outcome: "forbid", any: holding("stops") },
    { rule: "house/holds", outcome: "ask-person", any: holding("asks") },
    { rule: "house/one-message-a-day", outcome: "forbid", any: [[["messagesToday", "at-least", 1]]] },
  ];
  return lines.filter(({ rule, any }) => rules.includes(rule) && any.length > 0);
}

/** The rules in force for each kind of step and day of the samples, resolved once, as our gate does. */
export class Peers {
  readonly #pack: Pack;
  readonly #lines = new Map<string, readonly Line[]>();

  constructor(pack: Pack) {
    this.#pack = pack;
  }

  tell({ step, facts }: Sample): Told {
    const zone = facts.borrowerZone!;
    const today = dayAt(zone, step.at);
    const rules = this.#pack.rules
      .filter((rule) => rule.governs.includes(step.kind) && coversDay(rule, today))
      .map(({ id }) => id);
    const key = `${step.kind} ${rules.join(" ")}`;
    if (!this.#lines.has(key)) this.#lines.set(key, linesOf(this.#pack, step.kind, rules));
    const agreed = agreedSpan(facts);
    const minute = minuteThere(zone, step.at);
    const today_ = (kinds: readonly string[], counts: Parameters<typeof countThatDay>[3]) =>
      countThatDay(facts, step.at, kinds as StepKind[], counts);
    return {
      rules: key,
      role: step.to.role,
      minute,
      agreed: agreed === "none" || agreed === "unreadable" ? agreed : "yes",
      agreedInside: typeof agreed === "object" && isInside(agreed, minute),
      connectedToday: today_(["call"], ({ outcome }) => outcome === "connected" || outcome === "unknown"),
      unansweredToday: today_(
        ["call"],
        ({ outcome, address }) => outcome !== "connected" && address === step.to.address,
      ),
      messagesToday: today_(MESSAGES, () => true),
      agreedConnected: facts.agreedCallCaps?.connected ?? null,
      agreedAttempts: facts.agreedCallCaps?.attempts ?? null,
      holds: facts
        .holds!.filter(({ until }) => until === undefined || until >= today)
        .map(({ kind }) => kind),
    };
  }

  /** json-rules-engine: an engine for each set of rules; what fired is in its events. */
  jsonRulesEngine(): (told: Told) => Promise<Found> {
    const operators: Readonly<Record<Operator, string>> = {
      is: "equal",
      "is-not": "notEqual",
      "at-least": "greaterThanInclusive",
      below: "lessThan",
      in: "in",
      has: "contains",
    };
    const engines = this.#each(
      (lines) =>
        new Engine(
          lines.map(
            ({ rule, outcome, any }): RuleProperties => ({
              name: rule,
              event: { type: outcome, params: { rule } },
              conditions: {
                any: any.map((all) => ({
                  all: all.map(([fact, operator, value]) => ({
                    fact,
                    operator: operators[operator],
                    value: isOf(value) ? { fact: value.of } : value,
                  })),
                })),
              },
            }),
          ),
        ),
    );
    return async (told) => {
      const { events } = await engines.get(told.rules)!.run({ ...told });
      return events.map(({ type, params }) => [String(params?.rule), type] as const);
    };
  }

  /** json-logic-js: one expression a line, each asked in turn. */
  jsonLogic(): (told: Told) => Found {
    const { apply } = createRequire(import.meta.url)("json-logic-js") as {
      apply(logic: unknown, data: unknown): unknown;
    };
    const one = ([name, operator, value]: Test): unknown => {
      const [found, wanted] = [{ var: name }, isOf(value) ? { var: value.of } : value];
      switch (operator) {
        case "is":
          return { "===": [found, wanted] };
        case "is-not":
          return { "!==": [found, wanted] };
        case "at-least":
          return { ">=": [found, wanted] };
        case "below":
          return { "<": [found, wanted] };
        case "in":
          return { in: [found, wanted] };
        case "has":
          return { in: [wanted, found] };
      }
    };
    const sets = this.#each((lines) =>
      lines.map(({ rule, outcome, any }) => ({
        result: [rule, outcome] as const,
        logic: { or: any.map((all) => ({ and: all.map(one) })) },
      })),
    );
    return (told) => {
      const found: (readonly [string, string])[] = [];
      for (const { logic, result } of sets.get(told.rules)!) if (apply(logic, told)) found.push(result);
      return found;
    };
  }

  /** zen-engine: a decision table for each set of rules that collects every row that holds. */
  async zen(): Promise<((told: Told) => Promise<Found>) | undefined> {
    const zen = await import("@gorules/zen-engine").catch(() => undefined);
    if (!zen) return undefined;
    const one = ([name, operator, value]: Test): string => {
      const wanted = isOf(value) ? value.of : JSON.stringify(value);
      switch (operator) {
        case "is":
          return `${name} == ${wanted}`;
        case "is-not":
          return `${name} != ${wanted}`;
        case "at-least":
          return `${name} >= ${wanted}`;
        case "below":
          return `${name} < ${wanted}`;
        case "in":
          return `${name} in ${wanted}`;
        case "has":
          return `${wanted} in ${name}`;
      }
    };
    const engine = new zen.ZenEngine();
    const tables = this.#each((lines) => engine.createDecision(tableOf(lines, one)));
    return async (told) => {
      const { result } = (await tables.get(told.rules)!.evaluate(told)) as {
        result: { rule: string; outcome: string }[];
      };
      return result.map(({ rule, outcome }) => [rule, outcome] as const);
    };
  }

  #each<T>(make: (lines: readonly Line[]) => T): ReadonlyMap<string, T> {
    return new Map([...this.#lines].map(([key, lines]) => [key, make(lines)]));
  }
}

const isOf = (value: Test[2]): value is { readonly of: keyof Told } =>
  typeof value === "object" && value !== null && "of" in value;

function tableOf(lines: readonly Line[], one: (test: Test) => string): object {
  const table = {
    hitPolicy: "collect",
    inputs: [{ id: "when", name: "when" }],
    outputs: [
      { id: "rule", name: "rule", field: "rule" },
      { id: "outcome", name: "outcome", field: "outcome" },
    ],
    rules: lines.map(({ rule, outcome, any }, n) => ({
      _id: String(n),
      when: any.map((all) => `(${all.map(one).join(" and ")})`).join(" or "),
      rule: JSON.stringify(rule),
      outcome: JSON.stringify(outcome),
    })),
  };
  return {
    nodes: [
      { id: "in", name: "in", type: "inputNode", position: { x: 0, y: 0 } },
      { id: "table", name: "table", type: "decisionTableNode", position: { x: 1, y: 0 }, content: table },
      { id: "out", name: "out", type: "outputNode", position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: "a", sourceId: "in", targetId: "table", type: "edge" },
      { id: "b", sourceId: "table", targetId: "out", type: "edge" },
    ],
  };
}
