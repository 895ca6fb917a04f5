import { type Day, dayAt, day as dayFrom, type Instant, invariant, isZone } from "../core/index.ts";
import {
  allow,
  type GateFacts,
  type Outcome,
  type Pack,
  type ProposedStep,
  type Rule,
  type RuleContext,
  STEP_KINDS,
  type StepKind,
} from "./types.ts";

export type Verdict = Outcome["outcome"];

export interface Reason {
  readonly rule: Rule;
  readonly outcome: Outcome;
}

export interface Decision {
  readonly verdict: Verdict;
  /** Every rule that governs the step on that day, in the pack's order. Empty: the pack is silent, so a person is asked. */
  readonly because: readonly Reason[];
  /** For a refusal: the earliest instant at which every rule would let it pass, or `never` while the facts stay. */
  readonly allowedFrom?: Instant | "never";
  /** Only on `allow` and `allow-with-risk`. Channels take nothing else. */
  readonly permit?: Permit;
}

/** Leave to make one contact at one instant. Only the gate makes one. */
export interface Permit {
  readonly step: ProposedStep;
  readonly pack: string;
  readonly verdict: "allow" | "allow-with-risk";
  readonly rules: readonly string[];
}

/**
 * The mark that only this file can set: a private field is on no copy, proxy or look-alike, and costs less than a set of
 * all permits.
 */
class Issued implements Permit {
  readonly #issued = true;
  readonly step: ProposedStep;
  readonly pack: string;
  readonly verdict: Permit["verdict"];
  readonly rules: readonly string[];

  constructor(step: ProposedStep, pack: string, verdict: Permit["verdict"], rules: readonly string[]) {
    // A copy, frozen through: whoever holds the step that was proposed could otherwise turn the permit to another one.
    this.step = Object.freeze({ kind: step.kind, to: Object.freeze({ ...step.to }), at: step.at });
    this.pack = pack;
    this.verdict = verdict;
    this.rules = rules;
    Object.freeze(this);
  }

  static is(value: object): boolean {
    return #issued in value;
  }
}

/** Whether this very object came out of the gate: a copy, or one built by hand, did not. */
export const isPermit = (value: unknown): value is Permit =>
  typeof value === "object" && value !== null && Issued.is(value);

const STRICTNESS: Readonly<Record<Verdict, number>> = {
  allow: 0,
  "allow-with-risk": 1,
  "ask-person": 2,
  forbid: 3,
};

/** More rounds than any calendar of rules needs; each moves the instant forward. */
const MAX_ROUNDS = 32;

/**
 * May this step be made at this instant?
 *
 * Takes   the pack that governs the actor and the debt; the step with its instant; what is known.
 * Gives   the strictest verdict, every rule's outcome, and for a refusal the earliest allowed instant.
 * Holds   total and pure: the same inputs give the same decision; a fact that a rule needs and that is missing
 *         asks a person, never allows; the earliest instant, judged again with the same facts, is not forbidden.
 */
export function gate(pack: Pack, step: ProposedStep, given: GateFacts): Decision {
  if (!isOnTheClock(step.at)) return { verdict: "ask-person", because: [] };
  const facts = withKnownZone(given);
  const rules = rulesFor(pack, step, facts);
  const because = judge(rules, step, facts);
  if (because.length === 0) return { verdict: "ask-person", because };
  let verdict: Verdict = "allow";
  for (const { outcome } of because) {
    if (STRICTNESS[outcome.outcome] > STRICTNESS[verdict]) verdict = outcome.outcome;
  }
  if (verdict === "forbid") return { verdict, because, allowedFrom: earliest(pack, step, facts, because) };
  if (verdict === "ask-person") return { verdict, because };
  return { verdict, because, permit: new Issued(step, pack.version, verdict, rules.ids) };
}

/** Years 1900 to 2199, which is all the calendar knows: outside it no rule can be asked. */
const isOnTheClock = (at: Instant): boolean => at >= -2_208_902_400_000 && at < 7_258_032_000_000;

/** A zone that the database does not have is as good as none; rules that need one then ask. */
function withKnownZone(facts: GateFacts): GateFacts {
  if (facts.borrowerZone === undefined || isZone(facts.borrowerZone)) return facts;
  const { borrowerZone: _, ...rest } = facts;
  return rest;
}

/** The law of a step is the law of its day where the borrower is; with no zone known, rules that need one ask. */
const rulesFor = (pack: Pack, step: ProposedStep, facts: GateFacts): RulesInForce =>
  rulesOn(pack, step.kind, dayAt(facts.borrowerZone ?? "UTC", step.at));

/** Every rule's outcome. Where all allow, as they mostly do, the list is the one that `rules` keeps. */
function judge(rules: RulesInForce, step: ProposedStep, facts: GateFacts): readonly Reason[] {
  const { inForce, allAllow } = rules;
  let because: Reason[] | undefined;
  for (let i = 0; i < inForce.length; i++) {
    const { rule, param } = inForce[i]!;
    const outcome = apply(rule, param, step, facts);
    if (outcome !== ALLOW) because ??= allAllow.slice(0, i);
    because?.push({ rule, outcome });
  }
  return because ?? allAllow;
}

const ALLOW = allow();

function apply(rule: Rule, param: RuleContext["param"], step: ProposedStep, facts: GateFacts): Outcome {
  for (const need of rule.needs) {
    if (facts[need] !== undefined) continue;
    const list = rule.needs.filter((name) => facts[name] === undefined).join(", ");
    return { outcome: "ask-person", says: { en: `Not known: ${list}.`, zh: `缺少事实：${list}。` } };
  }
  return rule.check({ step, facts, param });
}

function earliest(
  pack: Pack,
  step: ProposedStep,
  facts: GateFacts,
  first: readonly Reason[],
): Instant | "never" {
  let because = first;
  let at = step.at;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let next = at;
    for (const { outcome } of because) {
      if (outcome.outcome !== "forbid") continue;
      if (outcome.allowedFrom === "never") return "never";
      next = Math.max(next, outcome.allowedFrom);
    }
    if (next === at || !isOnTheClock(next)) return "never";
    at = next;
    const moved = { ...step, at };
    because = judge(rulesFor(pack, moved, facts), moved, facts);
    if (because.every(({ outcome }) => outcome.outcome !== "forbid")) return at;
  }
  return "never";
}

interface RulesInForce {
  readonly inForce: readonly { readonly rule: Rule; readonly param: RuleContext["param"] }[];
  readonly ids: readonly string[];
  readonly allAllow: readonly Reason[];
}

const known = new WeakMap<Pack, Map<number, RulesInForce>>();
const MOST_KNOWN = 5000;

/** The rules that govern a kind of step on a day, with their parameters of that day; resolved once per kind and day. */
function rulesOn(pack: Pack, kind: StepKind, day: Day): RulesInForce {
  let ofPack = known.get(pack);
  if (!ofPack) {
    ofPack = new Map();
    known.set(pack, ofPack);
  }
  const key = day * 64 + STEP_KINDS.indexOf(kind);
  let rules = ofPack.get(key);
  if (!rules) {
    const governing = pack.rules.filter((rule) => rule.governs.includes(kind) && coversDay(rule, day));
    rules = {
      inForce: governing.map((rule) => ({ rule, param: paramOn(pack, rule, day) })),
      ids: Object.freeze(governing.map(({ id }) => id)),
      allAllow: Object.freeze(governing.map((rule) => Object.freeze({ rule, outcome: ALLOW }))),
    };
    if (ofPack.size >= MOST_KNOWN) ofPack.clear();
    ofPack.set(key, rules);
  }
  return rules;
}

function paramOn(pack: Pack, rule: Rule, day: Day): RuleContext["param"] {
  const values = new Map<string, unknown>();
  for (const name of rule.params ?? []) {
    const dated = (pack.params[name] ?? []).find((value) => coversDay(value, day));
    if (dated) values.set(name, dated.value);
  }
  return <T>(name: string): T => {
    invariant(
      values.has(name),
      `rule ${rule.id} asks for parameter ${name}, which is not in force or not declared`,
    );
    return values.get(name) as T;
  };
}

/** `from` is the first day in force, `to` the last. */
export function coversDay(dated: { readonly from: string; readonly to?: string }, day: Day): boolean {
  return dayFrom(dated.from) <= day && (dated.to === undefined || day <= dayFrom(dated.to));
}
