import { type Day, dayAt, day as dayFrom, type Instant, invariant, isZone } from "../core/index.ts";
import {
  type Actor,
  type ActorRole,
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
  /** What was known when it was given: with the step and the pack, all that is needed to judge again. */
  readonly facts: GateFacts;
  /** Last instant at which it can be used. */
  readonly expires: Instant;
}

/** How long a permit can be used: the time that a hand-over takes, and no more. */
export const PERMIT_MS = 60_000;

/**
 * The mark that only this file can set: a private field is on no copy, proxy or look-alike, and costs less than a set of
 * all permits.
 */
class Issued implements Permit {
  #unused = true;
  readonly step: ProposedStep;
  readonly pack: string;
  readonly verdict: Permit["verdict"];
  readonly rules: readonly string[];
  readonly facts: GateFacts;
  readonly expires: Instant;

  constructor(
    step: ProposedStep,
    facts: GateFacts,
    pack: string,
    verdict: Permit["verdict"],
    rules: readonly string[],
  ) {
    // A copy, frozen through: whoever holds the step that was proposed could otherwise turn the permit to another one.
    this.step = Object.freeze({ ...step, to: Object.freeze({ ...step.to }) });
    this.pack = pack;
    this.verdict = verdict;
    this.rules = rules;
    this.facts = facts;
    this.expires = step.at + PERMIT_MS;
    Object.freeze(this);
  }

  static is(value: object): value is Issued {
    return #unused in value;
  }

  /** True once, for whoever asks first. A frozen object's private field can still be set: only from here. */
  use(): boolean {
    const unused = this.#unused;
    this.#unused = false;
    return unused;
  }
}

/** What is about to be handed over, and when. */
export interface HandOver {
  readonly kind: StepKind;
  readonly address: string;
  readonly text: string;
  readonly at: Instant;
}

/**
 * Uses a permit up for exactly what it was given for.
 *
 * Gives   why it may not be used: `no-permit` (not from the gate), `another-way`, `another-address`, `another-text`,
 *         `expired`, `used`; `undefined` where it may, and then it is used up. A permit of a step without text or address
 *         was given for planning and carries none.
 */
export function usePermit(
  permit: unknown,
  handOver: HandOver,
): "no-permit" | "another-way" | "another-address" | "another-text" | "expired" | "used" | undefined {
  if (typeof permit !== "object" || permit === null || !Issued.is(permit)) return "no-permit";
  const { step } = permit;
  if (step.kind !== handOver.kind) return "another-way";
  if (step.to.address !== handOver.address) return "another-address";
  if (step.text !== handOver.text) return "another-text";
  if (handOver.at > permit.expires || handOver.at < step.at) return "expired";
  return permit.use() ? undefined : "used";
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
const MAX_ROUNDS = 500;

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
  const facts = withKnownZones(given);
  const rules = rulesFor(pack, step, facts);
  const because = judge(rules, step, facts);
  if (because.length === 0) return { verdict: "ask-person", because };
  let verdict: Verdict = "allow";
  for (const { outcome } of because) {
    if (STRICTNESS[outcome.outcome] > STRICTNESS[verdict]) verdict = outcome.outcome;
  }
  if (verdict === "forbid") return { verdict, because, allowedFrom: earliest(pack, step, facts, because) };
  if (verdict === "ask-person") return { verdict, because };
  const ids = because.length === rules.ids.length ? rules.ids : because.map(({ rule }) => rule.id);
  return { verdict, because, permit: new Issued(step, facts, pack.version, verdict, ids) };
}

/** Years 1900 to 2199, which is all the calendar knows: outside it no rule can be asked. */
const isOnTheClock = (at: Instant): boolean => at >= -2_208_902_400_000 && at < 7_258_032_000_000;

/**
 * A zone that the database does not have is as good as none; rules that need one then ask. Of several zones the first
 * stands for the place, and all have to be known.
 */
function withKnownZones(facts: GateFacts): GateFacts {
  const { borrowerZone, zones } = facts;
  if (zones === undefined) {
    if (borrowerZone === undefined || isZone(borrowerZone)) return facts;
  } else if (zones.length > 0 && zones.every(isZone)) {
    return borrowerZone !== undefined && zones.includes(borrowerZone)
      ? facts
      : { ...facts, borrowerZone: zones[0]! };
  }
  const { borrowerZone: _, zones: __, ...rest } = facts;
  return rest;
}

/** Every zone in which the person may be, once `borrowerZone` is known. */
export const zonesOf = (facts: GateFacts): readonly string[] => facts.zones ?? [facts.borrowerZone!];

/** A lender that collects under a name that hides it is met as somebody else. */
export const roleOf = (actor: Actor | undefined): ActorRole | undefined =>
  actor?.role === "lender" && actor.ownName === false ? "agency" : actor?.role;

/** The law of a step is the law of its day where the borrower is; with no zone known, rules that need one ask. */
const rulesFor = (pack: Pack, step: ProposedStep, facts: GateFacts): RulesInForce =>
  rulesOn(pack, step.kind, dayAt(facts.borrowerZone ?? "UTC", step.at));

function judge({ inForce }: RulesInForce, step: ProposedStep, facts: GateFacts): Reason[] {
  const role = roleOf(step.actor);
  const purpose = step.purpose ?? "collect";
  const reasons: Reason[] = [];
  for (const { rule, param } of inForce) {
    // An unknown actor is taken for bound: nothing is allowed because nobody said who acts.
    if (rule.binds !== undefined && role !== undefined && !rule.binds.includes(role)) continue;
    if (rule.purposes !== undefined && !rule.purposes.includes(purpose)) continue;
    const context = { step, facts, param };
    if (rule.covers !== undefined && !rule.covers(context)) continue;
    reasons.push({ rule, outcome: apply(rule, context) });
  }
  return reasons;
}

function apply(rule: Rule, context: RuleContext): Outcome {
  const { facts } = context;
  for (const need of rule.needs) {
    if (facts[need] !== undefined) continue;
    const list = rule.needs.filter((name) => facts[name] === undefined).join(", ");
    return { outcome: "ask-person", says: { en: `Not known: ${list}.`, zh: `缺少事实：${list}。` } };
  }
  return rule.check(context);
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
