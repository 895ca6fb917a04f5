import { addDays, type Day, dayAt, day as dayFrom, type Instant, invariant, isZone } from "../core/index.ts";
import {
  ACTOR_ROLES,
  type Actor,
  type ActorRole,
  allow,
  askPerson,
  type GateFacts,
  type Outcome,
  type Pack,
  PERSON_ROLES,
  type ProposedStep,
  PURPOSES,
  type Purpose,
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

/** Known to this file only, so that an object that merely looks like a permit is none to the compiler either. */
declare const FROM_THE_GATE: unique symbol;

/** Leave to make one contact at one instant. Only the gate makes one. */
export interface Permit {
  readonly [FROM_THE_GATE]: true;
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
 * all permits. All that it says is behind such fields, so nobody can turn a permit to another step.
 */
class Issued implements Permit {
  #unused = true;
  readonly #step: ProposedStep;
  readonly #facts: GateFacts;
  readonly #pack: string;
  readonly #verdict: Permit["verdict"];
  readonly #rules: readonly string[];
  declare readonly [FROM_THE_GATE]: true;

  constructor(
    step: ProposedStep,
    facts: GateFacts,
    pack: string,
    verdict: Permit["verdict"],
    rules: readonly string[],
  ) {
    this.#step = copyOf(step, step.at);
    this.#facts = facts;
    this.#pack = pack;
    this.#verdict = verdict;
    this.#rules = rules;
  }

  static is(value: object): value is Issued {
    return #unused in value;
  }

  /** True once, for whoever asks first. */
  use(): boolean {
    const unused = this.#unused;
    this.#unused = false;
    return unused;
  }

  /** Frozen when somebody first sees it: until then nobody could have changed it. */
  get step(): ProposedStep {
    Object.freeze(this.#step.to);
    return Object.freeze(this.#step);
  }
  get facts(): GateFacts {
    return this.#facts;
  }
  get pack(): string {
    return this.#pack;
  }
  get verdict(): Permit["verdict"] {
    return this.#verdict;
  }
  get rules(): readonly string[] {
    return this.#rules;
  }
  get expires(): Instant {
    return this.#step.at + PERMIT_MS;
  }
}
Object.freeze(Issued.prototype);

/** The step at an instant, as a record of its own: whoever holds the one that was proposed may go on to change it. */
function copyOf(step: ProposedStep, at: Instant): ProposedStep {
  const { kind, to, actor, debts, purpose, text, stage, notice, languages, venue, adverse } = step;
  const copy: { [Name in keyof Required<ProposedStep>]: ProposedStep[Name] | undefined } = {
    kind,
    to: { role: to.role, address: to.address, place: to.place } as ProposedStep["to"],
    at,
    actor,
    debts,
    purpose,
    text,
    stage,
    notice,
    languages,
    venue,
    adverse,
  };
  return copy as ProposedStep;
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

/**
 * Rounds for more than two years of mornings and evenings, each of which moves the instant forward: three zones far apart
 * may have an hour in common only in the week between the ends of two summer times.
 */
const MAX_ROUNDS = 2_500;
/** Nearly every search ends within these. */
const ROUNDS_OF_ALL = 3;

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
  const inZones = inEachZone(facts);
  const because = judge(rules, step, facts, inZones);
  if (because.length === 0) return { verdict: "ask-person", because };
  const verdict = because === rules.allAllow ? "allow" : strictest(because);
  if (verdict === "forbid")
    return { verdict, because, allowedFrom: earliest(pack, step, facts, inZones, because) };
  if (verdict === "ask-person") return { verdict, because };
  return { verdict, because, permit: new Issued(step, facts, pack.version, verdict, rules.ids) };
}

function strictest(because: readonly Reason[]): Verdict {
  let verdict: Verdict = "allow";
  for (const { outcome } of because) {
    if (outcome.outcome === "allow") continue;
    if (STRICTNESS[outcome.outcome] > STRICTNESS[verdict]) verdict = outcome.outcome;
  }
  return verdict;
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
function rulesFor(pack: Pack, step: ProposedStep, facts: GateFacts): RulesInForce {
  const { asked, conditions, covering } = rulesOn(pack, dayAt(facts.borrowerZone ?? "UTC", step.at), step);
  let covered = 0;
  const proposed = { step, facts };
  for (let i = 0; i < conditions.length; i++) if (conditions[i]!(proposed)) covered += 2 ** i;
  let inForce = covering.get(covered);
  if (!inForce) {
    inForce = inForceOf(asked.filter(({ bit }) => bit === 0 || Math.floor(covered / bit) % 2 === 1));
    covering.set(covered, inForce);
  }
  return inForce;
}

/** The facts as they are in each zone, where the person may be in several; `undefined` where it is one. */
const inEachZone = (facts: GateFacts): readonly GateFacts[] | undefined =>
  facts.zones !== undefined && facts.zones.length > 1
    ? facts.zones.map((borrowerZone) => ({ ...facts, borrowerZone }))
    : undefined;

function judge(
  rules: RulesInForce,
  step: ProposedStep,
  facts: GateFacts,
  inZones: readonly GateFacts[] | undefined,
): readonly Reason[] {
  const { asked, needs, allows, allAllow } = rules;
  let allKnown = true;
  for (const need of needs) if (facts[need] === undefined) allKnown = false;
  // Mostly every rule allows, and then all such decisions share one list; any other has a list of its own.
  let own: Reason[] | undefined;
  // One object for all rules, each of which is done with it when it answers.
  const context: Asking = { step, facts, param: NO_PARAM };
  for (let i = 0; i < asked.length; i++) {
    const { rule, param } = asked[i]!;
    context.param = param;
    const outcome =
      (allKnown ? undefined : missing(rule, facts)) ??
      (inZones ? everywhere(rule, context, inZones) : rule.check(context));
    if (outcome.outcome === "allow") continue;
    own ??= allows.slice();
    own[i] = { rule, outcome };
  }
  return own ?? allAllow;
}

/** What a rule is asked with, made once for all rules of a step. */
interface Asking {
  readonly step: ProposedStep;
  facts: GateFacts;
  param: RuleContext["param"];
}

const NO_PARAM: RuleContext["param"] = () => {
  throw new Error("no rule is being asked");
};

/**
 * The strictest of what a rule says in each zone in which the person may be, so that a rule about hours holds in all of
 * them even if it reads one. Of two refusals the later one speaks: the next round asks again from there.
 */
function everywhere(rule: Rule, context: Asking, inZones: readonly GateFacts[]): Outcome {
  let strict: Outcome | undefined;
  for (const facts of inZones) {
    context.facts = facts;
    const outcome = rule.check(context);
    if (strict === undefined || isStricter(outcome, strict)) strict = outcome;
  }
  return strict!;
}

function isStricter(one: Outcome, other: Outcome): boolean {
  if (one.outcome !== "forbid" || other.outcome !== "forbid")
    return STRICTNESS[one.outcome] > STRICTNESS[other.outcome];
  if (other.allowedFrom === "never") return false;
  return one.allowedFrom === "never" || one.allowedFrom > other.allowedFrom;
}

/** What a rule says where it is not told what it needs to know. */
function missing(rule: Rule, facts: GateFacts): Outcome | undefined {
  const names = rule.needs.filter((need) => facts[need] === undefined);
  if (names.length === 0) return undefined;
  const list = names.join(", ");
  return askPerson({ en: `Not known: ${list}.`, zh: `缺少事实：${list}。` });
}

function earliest(
  pack: Pack,
  step: ProposedStep,
  facts: GateFacts,
  inZones: readonly GateFacts[] | undefined,
  first: readonly Reason[],
): Instant | "never" {
  const refusing = new Set<Rule>();
  let asked: RulesInForce | undefined;
  let few: RulesInForce | undefined;
  let because = first;
  let at = step.at;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const { rule, outcome } of because) if (outcome.outcome === "forbid") refusing.add(rule);
    const wanted = latest(because);
    if (wanted === "never" || wanted <= at || !isOnTheClock(wanted)) return "never";
    at = wanted;
    const moved = copyOf(step, at);
    const rules = rulesFor(pack, moved, facts);
    // In a long search the same few rules refuse in turn: the others are asked only where these would let it be.
    if (round >= ROUNDS_OF_ALL) {
      if (rules !== asked) few = inForceOf(rules.asked.filter(({ rule }) => refusing.has(rule)));
      asked = rules;
      because = judge(few!, moved, facts, inZones);
      if (strictest(because) === "forbid") continue;
    }
    because = judge(rules, moved, facts, inZones);
    if (because === rules.allAllow || strictest(because) !== "forbid") return at;
    asked = undefined;
  }
  return "never";
}

/** The latest instant that a refusal names. */
function latest(because: readonly Reason[]): Instant | "never" {
  let instant = Number.NEGATIVE_INFINITY;
  for (const { outcome } of because) {
    if (outcome.outcome !== "forbid") continue;
    if (outcome.allowedFrom === "never") return "never";
    instant = Math.max(instant, outcome.allowedFrom);
  }
  return instant;
}

/** A rule with its values of one time. */
interface Asked {
  readonly rule: Rule;
  readonly param: RuleContext["param"];
  /** Of a rule that covers some steps only, the power of two of its condition; 0 of any other. */
  readonly bit: number;
}

/** The rules for a kind of step, an actor, a purpose and a person at a time. */
interface Bound {
  readonly asked: readonly Asked[];
  /** What some of them cover, each once however many rules share it. */
  readonly conditions: readonly NonNullable<Rule["covers"]>[];
  /** By the sum of the bits of those that cover a step. Few of all sums occur; each is resolved when first met. */
  readonly covering: Map<number, RulesInForce>;
}

interface RulesInForce {
  readonly asked: readonly Asked[];
  /** What any of them needs to know: mostly all of it is known, and no rule has to look. */
  readonly needs: readonly (keyof GateFacts)[];
  /** The reasons where each of them only allows; the second list is frozen, to be shared, and slow to take parts of. */
  readonly allows: readonly Reason[];
  readonly allAllow: readonly Reason[];
  readonly ids: readonly string[];
}

/**
 * A code that the person asked for to reach his own page is no work on the debt: rules that name no purpose speak of such work, and only
 * those that name this one bind it.
 */
const isFor = ({ purposes }: Rule, purpose: Purpose | undefined): boolean =>
  purposes === undefined ? purpose !== "sign-in" : purpose === undefined || purposes.includes(purpose);

/** A time on all of whose days the same rules are in force with the same values; it ends where the next one begins. */
interface Period {
  readonly from: Day;
  /** By kind of step, who acts, for what, and whom it addresses; each resolved when first asked for. */
  readonly rules: Map<number, Bound>;
}

const known = new WeakMap<Pack, Period[]>();

/** The rules that bind such a step on a day, with their parameters of that day. */
function rulesOn(pack: Pack, on: Day, step: ProposedStep): Bound {
  const { rules } = periodOf(pack, on);
  const kind = placeIn(STEP_KINDS, step.kind);
  const actor = placeIn(ACTOR_ROLES, roleOf(step.actor));
  const aim = placeIn(PURPOSES, step.purpose ?? "collect");
  const person = placeIn(PERSON_ROLES, step.to.role);
  const key = ((kind * 32 + actor) * 32 + aim) * 32 + person;
  let bound = rules.get(key);
  if (!bound) {
    // An unknown actor is taken for bound: nothing is allowed because nobody said who acts.
    const [role, purpose, addressed] = [ACTOR_ROLES[actor], PURPOSES[aim], PERSON_ROLES[person]];
    const governing = pack.rules.filter(
      (rule) =>
        rule.governs.includes(step.kind) &&
        coversDay(rule, on) &&
        (rule.binds === undefined || role === undefined || rule.binds.includes(role)) &&
        isFor(rule, purpose) &&
        (rule.persons === undefined || addressed === undefined || rule.persons.includes(addressed)),
    );
    const conditions = [...new Set(governing.flatMap(({ covers }) => covers ?? []))];
    invariant(conditions.length <= MOST_CONDITIONS, `${pack.place} has too many conditions`);
    const asked = governing.map((rule) => ({
      rule,
      param: paramOn(pack, rule, on),
      bit: rule.covers === undefined ? 0 : 2 ** conditions.indexOf(rule.covers),
    }));
    bound = { asked, conditions, covering: new Map() };
    rules.set(key, bound);
  }
  return bound;
}

/** So many bits a number adds up exactly. */
const MOST_CONDITIONS = 53;

function inForceOf(asked: readonly Asked[]): RulesInForce {
  const allows = asked.map(({ rule }) => Object.freeze({ rule, outcome: allow() }));
  return {
    asked,
    needs: [...new Set(asked.flatMap(({ rule }) => rule.needs))],
    allows,
    allAllow: Object.freeze([...allows]),
    ids: Object.freeze(asked.map(({ rule }) => rule.id)),
  };
}

/** Where a word stands in its list; past the end where it is none of them. */
function placeIn(words: readonly string[], word: string | undefined): number {
  for (let i = 0; i < words.length; i++) if (words[i] === word) return i;
  return words.length;
}

function periodOf(pack: Pack, on: Day): Period {
  let periods = known.get(pack);
  if (!periods) {
    periods = periodsOf(pack);
    known.set(pack, periods);
  }
  let period = periods[periods.length - 1]!;
  for (let i = periods.length - 1; on < period.from; period = periods[--i]!);
  return period;
}

/** Time cut at each day on which a rule, or a value that a rule asks for, begins or has ended. */
function periodsOf(pack: Pack): Period[] {
  const names = new Set(pack.rules.flatMap(({ params = [] }) => params));
  const dated = [...pack.rules, ...[...names].flatMap((name) => pack.params[name] ?? [])];
  const cuts = dated.flatMap(({ from, to }) => [
    dayFrom(from),
    ...(to === undefined ? [] : [addDays(dayFrom(to), 1)]),
  ]);
  const starts = [...new Set(cuts)].sort((a, b) => a - b);
  return [Number.NEGATIVE_INFINITY as Day, ...starts].map((from) => ({ from, rules: new Map() }));
}

function paramOn(pack: Pack, rule: Rule, day: Day): RuleContext["param"] {
  const values = new Map<string, unknown>();
  for (const name of rule.params ?? []) {
    const dated = (pack.params[name] ?? []).find((value) => coversDay(value, day));
    if (dated) values.set(name, dated.value);
  }
  return <T>(name: string): T => {
    const value = values.get(name);
    if (value === undefined) {
      invariant(
        values.has(name),
        `rule ${rule.id} asks for parameter ${name}, which is not in force or not declared`,
      );
    }
    return value as T;
  };
}

/** `from` is the first day in force, `to` the last. */
export function coversDay(dated: { readonly from: string; readonly to?: string }, day: Day): boolean {
  return dayFrom(dated.from) <= day && (dated.to === undefined || day <= dayFrom(dated.to));
}
