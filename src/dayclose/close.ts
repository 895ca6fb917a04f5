import {
  actionId,
  addDays,
  arrearsOn,
  BAND_CLOSED,
  bandOf,
  borrowerN,
  CHANNELS,
  type Channel,
  type CloseFact,
  type Day,
  dayAt,
  dayAtDpd,
  daysFromDue,
  dpdOn,
  type EntryReversed,
  evolve,
  type Fact,
  fromBits,
  type Hold,
  holdsOn,
  holdsOnAsking,
  type Instant,
  instantAt,
  invariant,
  type LoanEnded,
  type LoanState,
  type LoanStatus,
  loanIndex,
  MATTER,
  MAY_WE,
  type Minor,
  matterStep,
  NEVER,
  type OutsideFact,
  type PersonFacts,
  type PlanBroken,
  type Product,
  personOf,
  placementOn,
  promisePause,
  reminderOf,
  replay,
} from "../core/index.ts";
import {
  actorOf,
  afterNews,
  type ContactMade,
  contactsBy,
  type Decision,
  debtOf,
  type GateFacts,
  gate,
  gateFactsOf,
  type Pack,
  type ProposedStep,
} from "../policy/index.ts";
import {
  ACTS,
  type Act,
  askedKind,
  endingOf,
  isQuestion,
  type Pause,
  planOf,
  type Step,
  type Strategy,
  stageEntered,
  stepsDue,
  strategyId,
} from "../strategy/index.ts";
import { limitationCheckOn, limitationOn } from "./limitation.ts";
import { mattersDue } from "./matters.ts";
import { isPlanNotice, offersLapsed, planNoticeAgain, planNoticesDue, plansJudged } from "./plans.ts";
import { promisesJudged, reminderAgain, remindersDue } from "./promises.ts";
import type { Action, CloseContext, ClosedBorrower, ClosedLoan, WokenBorrower } from "./types.ts";
import { nextWake } from "./wake.ts";

/** A loan on its way through the close: the state so far and what was written. */
interface Life {
  loan: LoanState;
  readonly before: LoanState;
  readonly product: Product;
  readonly id: string | undefined;
  readonly waiting: readonly OutsideFact[];
  folded: number;
  readonly journal: readonly Fact[] | undefined;
  readonly facts: Fact[];
  /** The loan after each of the facts. */
  readonly states: LoanState[];
  undone: Map<Fact, Minor> | undefined;
  /** On the day being closed it was first seen here as past due, and had been so for days: it came from elsewhere. */
  cameLate: boolean;
  /** The day being closed is one on which it wakes. */
  awake: boolean;
  /** Limitation has to be looked at, and the journals are not here. */
  wantsJournals: boolean;
}

/** A step that has fallen due for a loan on the day being closed. */
interface DueStep {
  readonly life: Life;
  readonly step: Step;
  readonly strategy: Strategy;
}

interface AllowedStep extends DueStep {
  readonly via: string;
  readonly slot: Instant;
  /** Name of the one for whom the step is made, where that is not the lender. */
  readonly agent?: string | undefined;
  /** The rules that leave it to a person, who is asked whether it may be made; and when it lapses. */
  readonly asked?: { readonly rules: readonly string[]; readonly retryOn: Day };
}

/** What is known of the person on the day being closed. */
interface KnownThen {
  readonly person: PersonFacts | undefined;
  readonly contacts: readonly ContactMade[];
  /** Whether any of it may name a loan: then the step says which one it is about. */
  readonly namesLoans: boolean;
}

function knownThen({ person, contacts: booked }: WokenBorrower, day: Day): KnownThen {
  const contacts = contactsBy(booked, day);
  // Of somebody of whom nothing was recorded yet nothing is known, even if the row that was read knows more by now.
  const known = person?.some(({ on }) => on <= day) ? personOf(person, day) : undefined;
  return {
    person: known,
    contacts,
    namesLoans: known !== undefined || contacts.some(({ debts }) => debts !== undefined),
  };
}

/**
 * Closes a borrower's days up to and including `through`.
 *
 * Takes   his woken loans with the facts that wait, his recent contacts, and the context as arguments.
 * Gives   per loan its next state and new facts; the actions for the outbox.
 * Holds   the law of the close: day by day, only wake days, many days at once or again after a crash, the facts
 *         written are the same, because each day sees only facts booked by that day and each is taken once.
 */
export function closeBorrower(borrower: WokenBorrower, through: Day, context: CloseContext): ClosedBorrower {
  const lives = borrower.loans.map(
    ({ loan, id, waiting, journal }): Life => ({
      loan,
      before: loan,
      product: context.product(loan.product),
      id,
      waiting,
      folded: 0,
      journal,
      facts: [],
      states: [],
      undone: undefined,
      cameLate: false,
      awake: false,
      wantsJournals: false,
    }),
  );
  const actions: Action[] = [];
  for (;;) {
    const day = nextDay(lives);
    if (day > through || day === NEVER) break;
    closeDay(lives, day, borrower, context, actions);
  }
  return {
    loans: lives.map(({ before, loan, facts, states, undone, wantsJournals }) => {
      const closed: ClosedLoan = { before, after: loan, facts, states };
      if (!wantsJournals && !undone) return closed;
      return { ...closed, ...(wantsJournals ? { wantsJournals } : {}), ...(undone ? { undone } : {}) };
    }),
    actions,
  };
}

function nextDay(lives: readonly Life[]): Day {
  let next: number = NEVER;
  for (const { loan, waiting, folded } of lives) {
    const fact = waiting[folded];
    if (fact !== undefined && fact.on < next) next = fact.on;
    if (loan.wakeOn < next) next = loan.wakeOn;
  }
  return next as Day;
}

/** The named steps of one borrower's day. */
function closeDay(
  lives: readonly Life[],
  day: Day,
  borrower: WokenBorrower,
  context: CloseContext,
  actions: Action[],
): void {
  let due: readonly DueStep[] = NONE;
  for (const life of lives) {
    if (hasWaiting(life, day)) guarded(life, day, context, foldWaiting);
    life.awake = life.loan.wakeOn <= day;
    if (!life.awake) continue;
    if (!life.loan.setAside) guarded(life, day, context, age);
    if (life.loan.setAside) continue;
    if (life.loan.extra?.matters) guarded(life, day, context, lapseOffers);
    if (context.limitation) guarded(life, day, context, () => watchLimitation(life, day, borrower, context));
    const fallen = guarded(life, day, context, fallenDue) ?? NONE;
    due = due.length === 0 ? fallen : [...due, ...fallen];
    if (life.loan.extra?.matters || brokenToday(life, day))
      guarded(life, day, context, () => actions.push(...watchMatters(life, day, borrower, context)));
  }
  if (due.length > 0) act(due, day, borrower, context, actions);
  for (const life of lives) if (life.awake) sleep(life, day, context);
}

/** Most loans have nothing due on most days, and share this. */
const NONE: readonly never[] = [];

/** Steps due for the borrower become actions, as far as the gate lets them. */
function act(
  due: readonly DueStep[],
  day: Day,
  borrower: WokenBorrower,
  context: CloseContext,
  actions: Action[],
): void {
  const allowed: AllowedStep[] = [];
  const known = knownThen(borrower, day);
  for (const step of due) {
    if (step.life.loan.setAside) continue;
    const granted = guarded(step.life, day, context, () => judge(step, day, known, context));
    if (granted) allowed.push(granted);
  }
  for (const act of ACTS) {
    const ofAct = allowed.filter((one) => actOf(one) === act && !one.life.loan.setAside);
    if (ofAct.length > 0) actions.push(...plan(ofAct, act, day, borrower, context));
  }
}

/** A step that a rule leaves to a person becomes a question to him. */
const actOf = ({ step, asked }: AllowedStep): Act => (asked ? "ask" : step.act);

/** Our own bug stops one loan, never the night: it is set aside with its reason, for people. */
function guarded<T>(
  life: Life,
  day: Day,
  context: CloseContext,
  work: (life: Life, day: Day, context: CloseContext) => T,
): T | undefined {
  try {
    return work(life, day, context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Facts that could not be folded must still reach the journal: their money was received.
    while (hasWaiting(life, day)) {
      life.facts.push(life.waiting[life.folded]!);
      life.folded += 1;
      life.loan = { ...life.loan, version: life.loan.version + 1 };
      life.states.push(life.loan);
    }
    write(life, { kind: "SetAside", on: day, reason });
    return undefined;
  }
}

function write(life: Life, fact: CloseFact): void {
  life.loan = evolve(life.loan, fact, life.product);
  life.facts.push(fact);
  life.states.push(life.loan);
}

const hasWaiting = ({ waiting, folded }: Life, day: Day): boolean =>
  folded < waiting.length && waiting[folded]!.on <= day;

/** 1. What arrived by this day. A loan that was set aside is first built again from its journal. */
function foldWaiting(life: Life, day: Day): void {
  if (life.loan.setAside) rebuild(life);
  // Before money is added to it: a payment would otherwise close a loan whose row says that too much was paid.
  else checkSums(life.loan, life.product);
  while (hasWaiting(life, day)) {
    const fact = life.waiting[life.folded]!;
    const earlier = () => {
      invariant(life.journal !== undefined, "the journal of a loan with back-dated money must be loaded");
      return [...life.journal, ...life.facts];
    };
    life.loan = evolve(life.loan, fact, life.product, earlier);
    if (fact.kind === "EntryReversed") undo(life, fact, earlier());
    life.facts.push(fact);
    life.states.push(life.loan);
    life.folded += 1;
  }
}

/** Of a payment that is taken back, how much it was. */
function undo(life: Life, fact: EntryReversed, earlier: readonly Fact[]): void {
  const of = earlier.findLast((one) => one.kind === "PaymentReceived" && one.id === fact.id);
  if (of?.kind !== "PaymentReceived") return;
  life.undone ??= new Map();
  life.undone.set(fact, of.amount);
}

function rebuild(life: Life): void {
  const { bucket, n } = life.loan;
  const loan = replay({ bucket, n }, [...(life.journal ?? []), ...life.facts], () => life.product);
  invariant(loan !== undefined, "a loan that was set aside is taken up again with its journal");
  life.loan = { ...loan, setAside: false };
}

/** 2. Ends, bands, cures. */
function age(life: Life, day: Day): void {
  const { loan, product } = life;
  checkSums(loan, product);
  if (isOver(loan.status)) {
    if (loan.extra?.promises) keepPromises(life, day);
    if (loan.extra?.plan) keepPlan(life, day);
    if (loan.band !== BAND_CLOSED) write(life, { kind: "LoanEnded", on: day, how: loan.status });
    return;
  }
  if (loan.extra?.promises) keepPromises(life, day);
  if (loan.extra?.plan) keepPlan(life, day);
  const dpd = dpdOn(loan, product, day);
  const band = bandOf(product, dpd);
  // A loan whose last payment was taken back comes from elsewhere too: what was asked of people went with its end.
  life.cameLate = (loan.band === 0 || loan.band === BAND_CLOSED) && dpd > (product.bandEdges[0] ?? 1);
  if (band === loan.band) return;
  if (band === 0 && loan.band > 0) write(life, { kind: "Cured", on: day, from: loan.band });
  else {
    const arrears = arrearsOn(loan, product, day).total;
    write(life, { kind: "BandEntered", on: day, band, from: loan.band, dpd, arrears });
  }
}

/** 2b. How long the debt can still be claimed, on the few days on which that may be near. */
function watchLimitation(
  life: Life,
  day: Day,
  { journal: ofBorrower }: WokenBorrower,
  { limitation: watch, zone }: CloseContext,
): void {
  const { loan, product, journal } = life;
  if (!watch || limitationCheckOn(loan, product, watch, day) > day) return;
  if (!journal || !ofBorrower) life.wantsJournals = true;
  else
    write(life, limitationOn(product, { facts: [...journal, ...life.facts], ofBorrower, zone }, watch, day));
}

/** 2a. Promises kept, and those whose day is over without the money. */
function keepPromises(life: Life, day: Day): void {
  for (const fact of promisesJudged(life.loan, life.product, day)) write(life, fact);
}

/** 2d. An offer whose last day went by without an answer. */
function lapseOffers(life: Life, day: Day): void {
  for (const fact of offersLapsed(life.loan, day)) write(life, fact);
}

/** 2c. An agreed plan: what was missed, made up, not kept any more, done. */
function keepPlan(life: Life, day: Day): void {
  for (const fact of plansJudged(life.loan, life.product, day)) write(life, fact);
}

/** No step is made any more on a loan of which nothing is owed to this lender. A loan written off is still owed. */
const isOver = (status: LoanStatus): status is LoanEnded["how"] =>
  status !== "open" && status !== "written-off";

function checkSums(loan: LoanState, product: Product): void {
  // Whole books hold their own sums, row by row; principal may have grown by what was made principal.
  if (product.source === "fed" || loan.extra?.books) return;
  invariant(
    loan.principalPaid >= 0 && loan.principalPaid <= loan.principal,
    "principal paid lies within the principal",
  );
  invariant(
    loan.interestPaid >= 0 && loan.latePaid >= 0 && loan.lateUnits >= 0,
    "no paid or accrued sum is negative",
  );
}

/** 3. Steps of the strategy whose day has come, the blocked ones that may be tried again among them. */
function fallenDue(life: Life, day: Day, context: CloseContext): readonly DueStep[] {
  const { loan, product } = life;
  if (isOver(loan.status)) return atEnd(life, day, context);
  if (loan.dueOn === NEVER) return NONE;
  const dpd = daysFromDue(loan, product, day);
  const strategy = planned(life, context.strategy(product.strategy)?.on(day), day, dpd);
  if (!strategy) return NONE;
  const again = life.loan.extra?.blocked ? retried(life, day, strategy) : NONE;
  // A step of a stage that is over, for a segment that the loan was not of then, never was its own.
  const missedToo = stepsDue(strategy, loan.stepsThrough, dpd);
  const fresh =
    strategy.segments.length === 0
      ? missedToo
      : missedToo.filter((step) => !step.segments || dpd <= step.until);
  const missed = life.cameLate ? questionsMissed(strategy, loan.stepsThrough, dpd) : NONE;
  const reminders = [
    ...(loan.extra?.promises ? remindersDue(loan, product, day) : NONE),
    ...(loan.extra?.plan || loan.extra?.lapsed ? planNoticesDue(loan, product, day) : NONE),
  ];
  if (again.length + fresh.length + missed.length + reminders.length === 0) return NONE;
  const due = [...again, ...fresh, ...missed, ...reminders];
  const open: Step[] = [];
  for (const step of due) {
    if (dpd > step.until) lapse(life, step, day, strategy, "stage-over");
    else open.push(step);
  }
  return onlyHighest(life, open, day, strategy).map((step) => ({ life, step, strategy }));
}

/** 3a. Days of proceedings and other matters that are near or over: a question to a person, and nothing else. */
function watchMatters(life: Life, day: Day, borrower: WokenBorrower, context: CloseContext): Action[] {
  const due = mattersDue(life.loan, day);
  const broken = brokenToday(life, day);
  if (due.length === 0 && !broken) return [];
  for (const fact of due) write(life, fact);
  const { loan } = life;
  const about = [
    ...due.map((fact) => ({ n: loan.n, step: matterStep(fact) })),
    ...(broken
      ? [{ n: loan.n, step: matterStep({ matter: broken.id, what: "plan-broken", lastOn: broken.dueOn }) }]
      : []),
  ];
  const slot = instantAt(loan.extra?.zone ?? context.zone, day, MATTER_MINUTE);
  return [
    {
      bucket: borrower.bucket,
      n: borrowerN(borrower.n),
      on: day,
      act: "ask-matter",
      item: loanIndex(loan.n),
      via: "person",
      what: `${MATTER}${due[0]?.of ?? "hardship"}`,
      slot,
      strategy: "none",
      pack: context.pack?.version ?? "none",
      steps: about,
    },
  ];
}

/** A plan that this close found not kept any more: what follows from it, a person decides. */
const brokenToday = ({ facts }: Life, day: Day): PlanBroken | undefined =>
  facts.findLast((fact): fact is PlanBroken => fact.kind === "PlanBroken" && fact.on === day);

/** Nine in the morning, before the desk opens its list. */
const MATTER_MINUTE = 540;

/** What is said to the borrower on the day on which the end of his loan was written down, and on no other. */
function atEnd(life: Life, day: Day, context: CloseContext): readonly DueStep[] {
  const last = life.facts.at(-1);
  if (last?.kind !== "LoanEnded" || last.on !== day) return NONE;
  const strategy = context.strategy(life.product.strategy)?.on(day);
  const step = strategy && endingOf(life.loan, strategy);
  return step ? [{ life, step, strategy }] : NONE;
}

/** The loan's own plan: its segment and its borrower's arm are written down on the day on which it enters a stage. */
function planned(life: Life, strategy: Strategy | undefined, day: Day, dpd: number): Strategy | undefined {
  const entered = strategy && stageEntered(life.loan, life.product, strategy, day, dpd);
  if (entered) write(life, entered);
  return strategy && planOf(life.loan, strategy);
}

/**
 * A loan that arrives in the middle of its lateness has had its messages and calls from someone else, and they are not
 * made again. But nobody here has been asked about it: what its stage asks of people is asked now.
 */
const questionsMissed = (strategy: Strategy, handledThrough: number, dpd: number): readonly Step[] =>
  stepsDue(strategy, Number.NEGATIVE_INFINITY, Math.min(handledThrough, dpd)).filter(
    ({ act, until }) => isQuestion(act) && dpd <= until,
  );

function retried(life: Life, day: Day, strategy: Strategy): Step[] {
  const steps: Step[] = [];
  for (const { step: key, retryOn } of life.loan.extra?.blocked ?? []) {
    if (retryOn > day) continue;
    const notice = isPlanNotice(key);
    const reminds = notice || reminderOf(key) !== undefined;
    const step = reminds
      ? (notice ? planNoticeAgain : reminderAgain)(key, life.loan, life.product, day)
      : strategy.steps.find((candidate) => candidate.key === key);
    if (step) steps.push(step);
    else {
      const dpd = life.loan.stepsThrough;
      write(life, {
        kind: "StepLapsed",
        on: day,
        step: key,
        dpd,
        strategy: strategyId(strategy),
        why: reminds ? "stage-over" : "not-in-strategy",
      });
    }
  }
  return steps;
}

/** Of several messages (calls, letters) due for one loan on one day, only that of the latest day past due is made. */
function onlyHighest(life: Life, steps: readonly Step[], day: Day, strategy: Strategy): readonly Step[] {
  if (steps.length === 1) return steps;
  return steps.filter((step) => {
    const above = steps.filter((other) => other.act === step.act && isHigher(other, step));
    if (above.length === 0) return true;
    const by = above.reduce((best, other) => (isHigher(other, best) ? other : best));
    lapse(life, step, day, strategy, "overtaken", by);
    return false;
  });
}

const isHigher = (a: Step, b: Step): boolean => a.dpd > b.dpd || (a.dpd === b.dpd && a.key > b.key);

function lapse(
  life: Life,
  step: Step,
  day: Day,
  strategy: Strategy,
  why: "overtaken" | "stage-over",
  by?: Step,
): void {
  const { key, dpd } = step;
  const base = { kind: "StepLapsed", on: day, step: key, dpd, strategy: strategyId(strategy), why } as const;
  write(life, by ? { ...base, by: by.key } : base);
}

/** 4. May we? The first channel that the gate allows; else the refusal is written down with its rules. */
function judge(
  due: DueStep,
  day: Day,
  { person, contacts, namesLoans }: KnownThen,
  context: CloseContext,
): AllowedStep | undefined {
  const { life, step, strategy } = due;
  const { loan, id } = life;
  const zone = loan.extra?.zone ?? context.zone;
  const preferred = instantAt(zone, day, step.minute);
  const slot = person ? afterNews(person, preferred, instantAt(zone, addDays(day, 1), 0)) : preferred;
  if (step.act === "ask") return { life, step, strategy, via: "person", slot: preferred };
  if (isQuestion(step.act)) {
    const question = judgeQuestion(due, day, { person, contacts, namesLoans }, context, slot);
    return question && { ...question, slot: preferred };
  }

  const base = () => ({ on: day, step: step.key, dpd: step.dpd, strategy: strategyId(strategy) });
  const lapsesOn = Number.isFinite(step.until) ? dayAtDpd(loan, life.product, step.until + 1) : NEVER;
  const pack = context.pack?.version ?? "none";
  const reach = reachOf(loan.reach);
  const channels = step.by.filter((channel) => reach.includes(channel));
  if (channels.length === 0) {
    const rules = ["reach/no-address"];
    write(life, { kind: "StepRefused", ...base(), via: step.by.join(","), rules, pack, retryOn: lapsesOn });
    return undefined;
  }
  if (!context.pack) {
    write(life, { kind: "StepAsked", ...base(), via: channels[0]!, rules: ["pack/none-for-lender"], pack });
    return undefined;
  }
  // Only now: who cannot be reached at all is passed over before anything of the person is read.
  const placement = person && id !== undefined ? placementOn(person, id, day) : undefined;
  if (placement?.lenderSteps === "pause") {
    const retryOn =
      placement.until === undefined ? lapsesOn : Math.min(lapsesOn, addDays(placement.until, 1));
    const via = step.by.join(",");
    write(life, {
      kind: "StepRefused",
      ...base(),
      via,
      rules: ["strategy/placed"],
      pack,
      retryOn: retryOn as Day,
    });
    return undefined;
  }
  // A letter states the whole claim, and rests with any part of it.
  const holds = step.act === "letter" ? holdsOn(loan, day) : holdsOnAsking(loan, life.product, day);
  const agent = placement?.lenderSteps === "as-agent" ? placement : undefined;
  const named = namesLoans && id !== undefined ? [id] : undefined;
  const actor = actorOf(agent);
  const whose = {
    actor,
    ...(named ? { debts: named } : {}),
    ...(step.ended ? { purpose: "notice" as const } : {}),
  };
  const debts = named && [debtOf(id!, loan.status, agent)];
  const { lenderKind } = life.product;
  const facts = gateFactsOf({ zone, holds, contacts, reach, person, placement: agent, debts, lenderKind });
  const pause = pauseOf(step, holds, promisedUntil(step, life, day), life.loan);
  if (pause) {
    // The law's own refusal is written down with the strategy's, where both would stop the step.
    const { decision } = grant(context.pack, channels[0]!, slot, zone, day, facts, whose);
    const paused = pause.until === undefined ? NEVER : addDays(pause.until, 1);
    const forbidden = decision.verdict === "forbid";
    const retryOn = Math.min(
      lapsesOn,
      Math.max(paused, forbidden ? retryDay(decision, zone, day) : 0),
    ) as Day;
    const rules = [...(forbidden ? rulesOf(decision, "forbid") : []), `strategy/pause-on-${pause.kind}`];
    write(life, { kind: "StepRefused", ...base(), via: channels[0]!, rules, pack, retryOn });
    return undefined;
  }
  const tried: { via: Channel; decision: Decision }[] = [];
  for (const via of channels) {
    const { decision, granted } = grant(context.pack, via, slot, zone, day, facts, whose);
    if (granted !== undefined) return { life, step, strategy, via, slot: granted, agent: agent?.with };
    tried.push({ via, decision });
  }
  const asked = tried.find(({ decision }) => decision.verdict === "ask-person");
  if (asked) {
    const rules = rulesOf(asked.decision, "ask-person");
    // Of a loan that has ended nobody is asked whether he may be thanked.
    if (!step.ended)
      return { life, step, strategy, via: asked.via, slot, asked: { rules, retryOn: lapsesOn } };
    write(life, { kind: "StepAsked", ...base(), via: asked.via, rules, pack });
    return undefined;
  }
  const retryOn = Math.min(lapsesOn, ...tried.map(({ decision }) => retryDay(decision, zone, day))) as Day;
  const first = tried[0]!;
  const rules = rulesOf(first.decision, "forbid");
  write(life, { kind: "StepRefused", ...base(), via: first.via, rules, pack, retryOn });
  return undefined;
}

/** The hold that pauses a step, of several the one that lasts longest. */
function pauseOf(
  step: Step,
  holds: readonly Hold[],
  promised: Day | undefined,
  loan: LoanState,
): { readonly kind: Pause; readonly until?: Day } | undefined {
  // It stands until a close finds otherwise, which wakes what it stopped.
  if (restsByPlan(step, loan)) return { kind: "plan-kept" };
  let longest: { readonly kind: Pause; readonly until?: Day } | undefined =
    promised === undefined ? undefined : { kind: "promise-to-pay", until: promised };
  for (const kind of step.pauseOn) {
    for (const hold of holds) {
      if (kind !== "hold" && hold.kind !== kind) continue;
      if (!longest || (longest.until ?? NEVER) < (hold.until ?? NEVER)) longest = hold;
    }
  }
  return longest;
}

/**
 * An agreed plan is kept, or a missed payment of it can still be made up. A reminder before a payment goes on: it is what keeps a plan.
 */
const restsByPlan = ({ pauseOn, dpd }: Step, { extra }: LoanState): boolean =>
  extra?.plan !== undefined && extra.plan.state !== "broken" && dpd >= 1 && pauseOn.includes("plan-kept");

/** Last day on which a promise stops the step. */
const promisedUntil = (step: Step, { loan, product }: Life, day: Day): Day | undefined =>
  step.pauseOn.includes("promise-to-pay") ? promisePause(loan, product, day) : undefined;

/**
 * What only a person may take becomes a question, and is none while the strategy pauses or the law forbids it: nobody is
 * asked for a letter that may not be sent.
 */
function judgeQuestion(
  { life, step, strategy }: DueStep,
  day: Day,
  { person, contacts, namesLoans }: KnownThen,
  context: CloseContext,
  slot: Instant,
): AllowedStep | undefined {
  const { loan, id } = life;
  const zone = loan.extra?.zone ?? context.zone;
  const holds = holdsOn(loan, day);
  const pause = pauseOf(step, holds, promisedUntil(step, life, day), life.loan);
  const placement = person && id !== undefined ? placementOn(person, id, day) : undefined;
  const agent = placement?.lenderSteps === "as-agent" ? placement : undefined;
  const debts = namesLoans && id !== undefined ? [debtOf(id, loan.status, agent)] : undefined;
  const reach = reachOf(loan.reach);
  const { lenderKind } = life.product;
  const facts = gateFactsOf({ zone, holds, contacts, reach, person, placement: agent, debts, lenderKind });
  const kind = askedKind(step.act)!;
  const decision =
    context.pack &&
    gate(context.pack, { kind, to: { role: "borrower" }, actor: actorOf(agent), at: slot }, facts);
  const forbidden = decision?.verdict === "forbid";
  if (!pause && !forbidden) return { life, step, strategy, via: "person", slot };
  const until = pause ? (pause.until === undefined ? NEVER : addDays(pause.until, 1)) : 0;
  const lapsesOn = Number.isFinite(step.until) ? dayAtDpd(loan, life.product, step.until + 1) : NEVER;
  const retryOn = Math.min(lapsesOn, Math.max(until, forbidden ? retryDay(decision, zone, day) : 0)) as Day;
  const rules = [
    ...(forbidden ? rulesOf(decision, "forbid") : []),
    ...(pause ? [`strategy/pause-on-${pause.kind}`] : []),
  ];
  const { key, dpd } = step;
  const pack = context.pack?.version ?? "none";
  write(life, {
    kind: "StepRefused",
    on: day,
    step: key,
    dpd,
    strategy: strategyId(strategy),
    via: kind,
    rules,
    pack,
    retryOn,
  });
  return undefined;
}

const reaches = new Map<number, readonly Channel[]>();

/** The few sets of channels there are, each made once. */
function reachOf(bits: number): readonly Channel[] {
  let reach = reaches.get(bits);
  if (!reach) {
    reach = fromBits(bits, CHANNELS);
    reaches.set(bits, reach);
  }
  return reach;
}

const BORROWER = { role: "borrower" } as const;

/** Asks the gate for the preferred minute, and where it says "later today", for that minute. */
function grant(
  pack: Pack,
  via: Channel,
  preferred: Instant,
  zone: string,
  day: Day,
  facts: GateFacts,
  whose: Pick<ProposedStep, "actor" | "debts" | "purpose">,
): { decision: Decision; granted?: Instant } {
  const step = { kind: via, to: BORROWER, ...whose } as const;
  const decision = gate(pack, { ...step, at: preferred }, facts);
  if (decision.permit) return { decision, granted: preferred };
  const later = decision.allowedFrom;
  if (typeof later !== "number" || dayAt(zone, later) !== day) return { decision };
  const again = gate(pack, { ...step, at: later }, facts);
  return again.permit ? { decision: again, granted: later } : { decision: again };
}

const rulesOf = (decision: Decision, outcome: "forbid" | "ask-person"): string[] => {
  const rules = decision.because
    .filter((reason) => reason.outcome.outcome === outcome)
    .map(({ rule }) => rule.id);
  return rules.length > 0 ? rules : ["pack/no-rule-for-step"];
};

function retryDay(decision: Decision, zone: string, day: Day): Day {
  const from = decision.allowedFrom;
  return typeof from === "number" ? (Math.max(dayAt(zone, from), day + 1) as Day) : NEVER;
}

/** 5. One message and one call a borrower a day, over all his loans; letters and questions for people one a loan. */
function plan(
  allowed: readonly AllowedStep[],
  act: Act,
  day: Day,
  borrower: WokenBorrower,
  context: CloseContext,
): Action[] {
  const single = act === "message" || act === "call";
  const groups = single ? apart(allowed) : byLoan(allowed);
  return groups.map((group) => {
    const lead = leadOf(group);
    const item = single && !isApart(lead) ? 0 : loanIndex(lead.life.loan.n);
    const action = actionId(day, act, item);
    const pack = context.pack?.version ?? "none";
    const leading = { loan: loanIndex(lead.life.loan.n), step: lead.step.key };
    for (const member of group) {
      const { life, step, strategy, asked } = member;
      const { key, dpd } = step;
      const under = member === lead ? {} : { under: leading };
      const of = strategyId(strategy);
      const { via, slot } = lead;
      write(
        life,
        isQuestion(act)
          ? {
              kind: "StepAsked",
              on: day,
              step: key,
              dpd,
              strategy: of,
              via: member.via,
              rules: asked?.rules ?? [act === "ask" ? "strategy/ask-person" : "strategy/person-decides"],
              pack,
              ...(asked ? { retryOn: asked.retryOn } : {}),
              ...(step.after ? { after: step.after } : {}),
            }
          : { kind: "StepPlanned", on: day, step: key, dpd, strategy: of, via, pack, slot, action, ...under },
      );
    }
    return {
      bucket: borrower.bucket,
      n: borrowerN(borrower.n),
      on: day,
      act,
      item,
      via: lead.asked ? "person" : lead.via,
      what: lead.asked ? `${MAY_WE}${lead.step.what}` : lead.step.what,
      slot: lead.slot,
      strategy: strategyId(lead.strategy),
      pack,
      steps: group.map(({ life, step }) => ({ n: life.loan.n, step: step.key })),
    };
  });
}

/** Questions about one loan on one day are one: what the strategy asks leads, and beside it whether something may be made. */
function byLoan(allowed: readonly AllowedStep[]): readonly (readonly AllowedStep[])[] {
  const groups = new Map<number, AllowedStep[]>();
  for (const step of allowed) groups.set(step.life.loan.n, [...(groups.get(step.life.loan.n) ?? []), step]);
  return [...groups.values()];
}

function leadOf(group: readonly AllowedStep[]): AllowedStep {
  const own = group.filter(({ asked }) => !asked);
  return (own.length > 0 ? own : group).reduce((best, one) => (isHigher(one.step, best.step) ? one : best));
}

/**
 * A message or a call speaks for one and of one thing: what is made for somebody else, and what tells that nothing is owed,
 * is an action of its own.
 */
function apart(allowed: readonly AllowedStep[]): readonly (readonly AllowedStep[])[] {
  if (!allowed.some(isApart)) return [allowed];
  const groups = new Map<string, AllowedStep[]>();
  for (const step of allowed) {
    const group = step.step.ended ? "ended" : `for ${step.agent ?? ""}`;
    groups.set(group, [...(groups.get(group) ?? []), step]);
  }
  return [...groups.values()];
}

const isApart = ({ step, agent }: AllowedStep): boolean => agent !== undefined || step.ended !== undefined;

/** 6. Until when the loan sleeps. */
function sleep(life: Life, day: Day, context: CloseContext): void {
  const watch = life.wantsJournals ? undefined : context.limitation;
  const wakeOn = nextWake(life.loan, life.product, context.strategy(life.product.strategy), day, watch);
  if (life.loan === life.before) life.loan = { ...life.loan, wakeOn };
  // A copy of our own that nobody else holds: setting one field spares a second copy of all the others.
  else (life.loan as { wakeOn: Day }).wakeOn = wakeOn;
}
