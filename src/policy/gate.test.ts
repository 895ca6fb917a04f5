import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day, formatInstant, instantAt, parseInstant } from "../core/index.ts";
import { gate, isPermit } from "./gate.ts";
import {
  allow,
  allowWithRisk,
  askPerson,
  type DatedValue,
  forbid,
  type GateFacts,
  type Outcome,
  type Pack,
  type ProposedStep,
  type Rule,
  rule,
  STEP_KINDS,
} from "./types.ts";

const ZONE = "Asia/Shanghai";
const NOON = parseInstant("2026-03-31T12:00:00+08:00")!;
const text = (at = NOON): ProposedStep => ({ kind: "text", to: { role: "borrower" }, at });
const words = (en: string) => ({ en, zh: en });

const cite = { law: "house/none", at: "test", quote: "test" };
const made = (definition: Partial<Rule>): Rule =>
  rule({
    id: "test/rule",
    says: words("A rule of this test."),
    cite,
    layer: "house",
    force: "house rule",
    verification: "house",
    from: "2020-01-01",
    governs: ["text"],
    needs: [],
    check: allow,
    ...definition,
  });
const packOf = (rules: readonly Rule[], params: Pack["params"] = {}): Pack => ({
  place: "test",
  version: "test-1",
  rules,
  params,
});
const giving = (outcome: Outcome): Rule => made({ check: () => outcome });

describe("the verdict", () => {
  const outcomes: Outcome[] = [
    allow(),
    allowWithRisk(words("risk")),
    askPerson(words("ask")),
    forbid(words("no"), "never"),
  ];

  test("the strictest of any set of rules wins, in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }), (picks) => {
        const { verdict } = gate(packOf(picks.map((pick) => giving(outcomes[pick]!))), text(), {});
        expect(verdict).toBe(outcomes[Math.max(...picks)]!.outcome);
      }),
    );
  });

  test("every rule's outcome is told, and not only the strictest", () => {
    const { because } = gate(packOf(outcomes.map(giving)), text(), {});
    expect(because.map(({ outcome }) => outcome.outcome)).toEqual([
      "allow",
      "allow-with-risk",
      "ask-person",
      "forbid",
    ]);
  });

  test("a step that no rule governs asks a person", () => {
    const decision = gate(packOf([made({ governs: ["call"] })]), text(), {});
    expect(decision).toEqual({ verdict: "ask-person", because: [] });
  });

  test("a fact that a rule needs and that is missing asks a person and names the fact", () => {
    const needy = made({ needs: ["borrowerZone", "holds"], check: allow });
    const { verdict, because } = gate(packOf([needy]), text(), { borrowerZone: ZONE });
    expect(verdict).toBe("ask-person");
    expect(because[0]!.outcome).toMatchObject({ says: { en: "Not known: holds.", zh: "缺少事实：holds。" } });
  });

  test.each(["Asia/Nowhere", "", "+08:00x"])("the zone %j is as good as none", (borrowerZone) => {
    const needy = made({ needs: ["borrowerZone"] });
    expect(gate(packOf([needy]), text(), { borrowerZone }).verdict).toBe("ask-person");
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1e15, 1e15])("the instant %d asks a person", (at) => {
    expect(gate(packOf([made({})]), text(at), { borrowerZone: ZONE }).verdict).toBe("ask-person");
  });

  test("it is total over every kind of step, and the same twice", () => {
    const facts: GateFacts = { borrowerZone: ZONE, holds: [], contacts: [] };
    const pack = packOf([made({ governs: STEP_KINDS, needs: ["holds"] })]);
    for (const kind of STEP_KINDS) {
      expect(gate(pack, { ...text(), kind }, facts)).toEqual(gate(pack, { ...text(), kind }, facts));
    }
  });
});

describe("the permit", () => {
  const pack = packOf([made({ id: "test/a" }), made({ id: "test/b" })]);

  test("an allowed step has one, and it says for what, by which pack and which rules", () => {
    const { permit } = gate(pack, text(), {});
    const { step, pack: version, verdict, rules, facts, expires } = permit!;
    expect({ step, version, verdict, rules, facts, expires }).toEqual({
      step: text(),
      version: "test-1",
      verdict: "allow",
      rules: ["test/a", "test/b"],
      facts: {},
      expires: NOON + 60_000,
    });
    expect(isPermit(permit)).toBe(true);
  });

  test("a step with a recorded risk has one that says so", () => {
    const { permit } = gate(packOf([giving(allowWithRisk(words("risk")))]), text(), {});
    expect(permit?.verdict).toBe("allow-with-risk");
    expect(isPermit(permit)).toBe(true);
  });

  test.each([
    ["a question", askPerson(words("ask"))],
    ["a refusal", forbid(words("no"), "never")],
  ])("%s has none", (_, outcome) => {
    expect(gate(packOf([giving(outcome)]), text(), {}).permit).toBeUndefined();
  });

  test("it cannot be forged: copies and look-alikes are no permits", () => {
    const { permit } = gate(pack, text(), {});
    expect(isPermit({ ...permit })).toBe(false);
    expect(isPermit(structuredClone(permit))).toBe(false);
    expect(isPermit(JSON.parse(JSON.stringify(permit)))).toBe(false);
    expect(isPermit(Object.create(permit!))).toBe(false);
    expect(isPermit(new Proxy(permit!, {}))).toBe(false);
    for (const nothing of [undefined, null, "permit", 1, {}]) expect(isPermit(nothing)).toBe(false);
  });

  test("it cannot be turned to another step, instant or person", () => {
    const { permit } = gate(pack, text(), {});
    expect(() => Object.assign(permit!, { step: text(NOON + 1) })).toThrow(TypeError);
    expect(() => Object.defineProperty(Object.getPrototypeOf(permit), "step", { get: () => text() })).toThrow(
      TypeError,
    );
    expect(() => Object.assign(permit!.step, { kind: "call" })).toThrow(TypeError);
    expect(() => Object.assign(permit!.step.to, { role: "contact-person" })).toThrow(TypeError);
  });

  test("to change the proposed step afterwards changes no permit", () => {
    const proposed = { kind: "text" as const, to: { role: "borrower" as const, address: "A" }, at: NOON };
    const { permit } = gate(pack, proposed, {});
    proposed.at += 1;
    proposed.to.address = "B";
    expect(permit!.step).toEqual({ kind: "text", to: { role: "borrower", address: "A" }, at: NOON });
  });
});

describe("dated rules and values", () => {
  const value = (from: string, to: string | undefined, found: unknown): DatedValue => ({
    from,
    ...(to === undefined ? {} : { to }),
    value: found,
    force: "house rule",
    verification: "house",
    checkedOn: "2026-11-23",
    cite,
  });
  const params = { cap: [value("2025-01-01", "2025-12-31", 3), value("2026-01-01", undefined, 2)] };
  const capped = made({
    from: "2025-01-01",
    params: ["cap"],
    check: ({ param }) => allowWithRisk(words(String(param<number>("cap")))),
  });
  const capOn = (at: string, facts: GateFacts = { borrowerZone: ZONE }) => {
    const [first] = gate(packOf([capped], params), text(parseInstant(at)!), facts).because;
    return first === undefined ? "none" : (first.outcome as { says: { en: string } }).says.en;
  };

  test.each([
    ["2024-12-31T23:59:00+08:00", "none"],
    ["2025-01-01T00:00:00+08:00", "3"],
    ["2025-12-31T23:59:00+08:00", "3"],
    ["2026-01-01T00:00:00+08:00", "2"],
  ])("at %s the cap is %s", (at, cap) => {
    expect(capOn(at)).toBe(cap);
  });

  test("the day is the borrower's: at 00:30 in Shanghai it is still last year in New York", () => {
    expect(capOn("2026-01-01T00:30:00+08:00")).toBe("2");
    expect(capOn("2026-01-01T00:30:00+08:00", { borrowerZone: "America/New_York" })).toBe("3");
  });

  test("a rule ends with its last day", () => {
    const ended = made({ to: "2026-03-31" });
    const at = (date: string) => instantAt(ZONE, day(date), 600);
    const facts = { borrowerZone: ZONE };
    expect(gate(packOf([ended]), text(at("2026-03-31")), facts).because).toHaveLength(1);
    expect(gate(packOf([ended]), text(at("2026-04-01")), facts).because).toHaveLength(0);
  });

  test("a rule that asks for a value it did not declare is our own bug", () => {
    const careless = made({ check: ({ param }) => param("cap") });
    expect(() => gate(packOf([careless], params), text(), {})).toThrow(
      "asks for parameter cap, which is not in force or not declared",
    );
  });
});

describe("the earliest allowed instant", () => {
  const hour = 3_600_000;
  const closedUntil = (until: number): Rule =>
    made({ check: ({ step }) => (step.at < until ? forbid(words("closed"), until) : allow()) });
  /** Open between two minutes of the local day. */
  const open = (from: number, to: number): Rule =>
    made({
      check: ({ step }) => {
        for (let on = 0; on < 3; on++) {
          const today = (Math.floor((step.at + 8 * hour) / (24 * hour)) + on) as ReturnType<typeof day>;
          if (step.at >= instantAt(ZONE, today, to)) continue;
          const opens = instantAt(ZONE, today, from);
          return step.at >= opens ? allow() : forbid(words("shut"), opens);
        }
        return forbid(words("shut"), "never");
      },
    });
  const earliest = (rules: readonly Rule[], at = NOON) => {
    const { allowedFrom } = gate(packOf(rules), text(at), {});
    return typeof allowedFrom === "number" ? formatInstant(ZONE, allowedFrom) : allowedFrom;
  };

  test("it is the latest of what the rules give", () => {
    expect(earliest([closedUntil(NOON + hour), closedUntil(NOON + 2 * hour)])).toBe(
      "2026-03-31T14:00:00+08:00",
    );
  });

  test("a rule that closes at that instant moves it on, until all rules are open", () => {
    expect(earliest([closedUntil(NOON + 7 * hour), open(540, 1080)])).toBe("2026-04-01T09:00:00+08:00");
  });

  test("one rule that never opens makes it never", () => {
    expect(earliest([closedUntil(NOON + hour), giving(forbid(words("no"), "never"))])).toBe("never");
  });

  test("two rules that are never open together make it never", () => {
    expect(earliest([open(540, 600), open(660, 720)])).toBe("never");
  });

  test("a rule that names an instant already past is not believed", () => {
    expect(earliest([giving(forbid(words("no"), NOON - hour))])).toBe("never");
  });
});
