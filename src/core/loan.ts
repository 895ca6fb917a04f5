import {
  areSimple,
  type Books,
  firstBooks,
  type KeptBooks,
  keptBooks,
  openBooks,
  outstandingOf,
} from "./books.ts";
import { type Day, NEVER } from "./calendar.ts";
import {
  type BalanceReported,
  type Fact,
  type HoldLifted,
  type HoldPlaced,
  isBorrowerFact,
  isHoldFact,
  type LoanBooked,
  type LoanStatus,
  type MoneyFact,
} from "./facts.ts";
import { HOLD_KINDS, type Hold, type HoldKind } from "./holds.ts";
import { advance, agedFrom, isMoneyFact, post, standing } from "./ledger.ts";
import { type LimitationSeen, limitationSeen } from "./limitation-facts.ts";
import { isOfferOver, type MatterDateCame, matters, type WatchedMatter } from "./matter-facts.ts";
import { type Minor, minor, ZERO } from "./money.ts";
import { type LapsedOffer, offerNoticeOf, planAfter, type RunningPlan, withNotice } from "./plan-facts.ts";
import { type Product, termsOf } from "./product.ts";
import {
  type Promised,
  recounted,
  withOutcome,
  withPayment,
  withPromise,
  withReminder,
  withReport,
} from "./promise.ts";
import { InvariantError, invariant } from "./trouble.ts";

/**
 * A loan as its facts leave it: one flat, compact record, the same that is stored in one row.
 *
 * On a kept loan `principalPaid` is principal lent less principal outstanding; the few loans whose books are more than
 * four sums keep them whole in `extra.books`.
 *
 * On a fed loan the money fields hold what was reported: `principalPaid` is principal lent less principal reported,
 * `lateUnits` the reported arrears, `latePaid` the reported charges, `lateOn` the day reported for.
 */
export interface LoanState {
  readonly bucket: number;
  readonly n: number;
  /** Number of facts folded in; the `seq` of the last one. */
  readonly version: number;
  readonly product: number;
  readonly status: LoanStatus;
  readonly setAside: boolean;

  readonly principal: Minor;
  readonly rateE8: number;
  readonly disbursedOn: Day;
  readonly firstDueOn: Day;
  readonly installments: number;

  readonly principalPaid: Minor;
  readonly interestPaid: Minor;
  /** Overdue amount x days, summed through `lateOn`: exact, so that late interest is rounded once, when read. */
  readonly lateUnits: number;
  readonly latePaid: Minor;
  readonly lateOn: Day;

  /** Oldest due day not fully paid, past or to come; `NEVER` when the schedule is paid. */
  readonly dueOn: Day;
  /** Band that the last close recorded; `BAND_CLOSED` once it recorded the end. */
  readonly band: number;
  /** Days past due (negative before the due day) through which steps are handled for this due day. */
  readonly stepsThrough: number;
  /** Bits over `HOLD_KINDS`. */
  readonly holds: number;
  /** Bits over `CHANNELS`. */
  readonly reach: number;
  /** How often it was late before and cured, as closes recorded it; 7 stands for more. */
  readonly timesLate: number;
  /** Next day on which a close would write anything if nothing else happened. */
  readonly wakeOn: Day;
  /** What few loans have; absent on most. */
  readonly extra?: LoanExtra;
}

export interface LoanExtra {
  /** Money received beyond all claims. */
  readonly unapplied?: Minor;
  /** Whole books, of a loan whose plan follows its formula no longer, or to which more came than payments. */
  readonly books?: KeptBooks;
  /** The part that is contested, while a hold for dispute is about a part. */
  readonly disputed?: Minor;
  /** Last day of each hold that has one. */
  readonly holdsUntil?: Partial<Record<HoldKind, Day>>;
  /** The borrower's zone where it is not the lender's. */
  readonly zone?: string;
  /** The stage last entered of a strategy that has segments or arms, and what was decided then. */
  readonly place?: Place;
  /** Steps that were refused and that are tried again. */
  readonly blocked?: readonly BlockedStep[];
  /** Promises to pay of the last months. */
  readonly promises?: readonly Promised[];
  /** What the last close that looked at limitation knew; absent while its end is far. */
  readonly limitation?: LimitationSeen;
  /** What runs about it before courts and offices, with the days to watch. */
  readonly matters?: readonly WatchedMatter[];
  /** The agreed plan by which it is paid. */
  readonly plan?: RunningPlan;
  /** The offer that was not accepted in its time, until another one is made. */
  readonly lapsed?: LapsedOffer;
}

export interface Place {
  /** `name@version`. */
  readonly strategy: string;
  readonly stage: string;
  readonly segment?: string;
}

export interface BlockedStep {
  readonly step: string;
  readonly retryOn: Day;
}

/** What the count of `timesLate` ends at. */
export const MOST_TIMES_LATE = 7;
export const BAND_CLOSED = -1;
/** Before any step of any strategy. */
export const STEPS_FROM_START = -999;

/**
 * Whether folding these facts needs all earlier ones: one counts from no later than money already folded in, or undoes
 * some. Within a day the order is that of kinds and ids, not of arrival: which of two payments prepaid and which paid off
 * the rest shows in the installments.
 */
export function needsHistory(loan: LoanState, facts: readonly Fact[]): boolean {
  let through = loan.lateOn;
  for (const fact of facts) {
    if (fact.kind === "EntryReversed") return true;
    if (!isMoneyFact(fact)) continue;
    if (fact.valueOn <= through) return true;
    through = fact.valueOn;
  }
  return false;
}

export function book(key: { bucket: number; n: number }, fact: LoanBooked, product: Product): LoanState {
  // Not always the first due day: a bullet loan, or a grace, asks for nothing on it.
  const dueOn = product.source === "kept" ? agedFrom(firstBooks(termsOf(fact, product)), product) : NEVER;
  const stepsThrough = stepsHandled(product.source === "kept" ? dueOn : fact.firstDueOn, fact.on);
  return {
    bucket: key.bucket,
    n: key.n,
    version: 1,
    product: fact.product,
    status: "open",
    setAside: false,
    principal: fact.principal,
    rateE8: fact.rateE8,
    disbursedOn: fact.disbursedOn,
    firstDueOn: fact.firstDueOn,
    installments: fact.installments,
    principalPaid: ZERO,
    interestPaid: ZERO,
    lateUnits: 0,
    latePaid: ZERO,
    lateOn: fact.disbursedOn,
    dueOn,
    band: 0,
    stepsThrough,
    holds: 0,
    reach: fact.reach,
    timesLate: 0,
    wakeOn: fact.on,
    ...(fact.zone === undefined ? {} : { extra: { zone: fact.zone } }),
  };
}

/**
 * The next state of a loan after one more fact.
 *
 * Takes   the loan before it; its product; `earlier`, all facts before this one, asked for only when `needsHistory`.
 * Gives   the loan with `version` one higher. Facts of the close leave `wakeOn` to the close.
 * Holds   folding facts one by one in booked order equals folding them again from the start (`replay`).
 */
export function evolve(
  loan: LoanState,
  fact: Fact,
  product: Product,
  earlier: () => readonly Fact[] = noHistory,
  memory?: Counting,
): LoanState {
  const next = evolveKind(loan, fact, product, earlier, memory);
  const version = loan.version + 1;
  if (next === loan) return { ...loan, version };
  // A fresh object that nobody else holds yet: setting one field of it spares a second copy of all the others.
  (next as { version: number }).version = version;
  return next;
}

const noHistory = (): never => {
  throw new Error("this fact counts from before money already folded in: give its earlier facts");
};

function evolveKind(
  loan: LoanState,
  fact: Fact,
  product: Product,
  earlier: () => readonly Fact[],
  memory: Counting | undefined,
): LoanState {
  switch (fact.kind) {
    case "LoanBooked":
      throw new InvariantError("a loan is booked once");
    case "EntryReversed": {
      const all = [...earlier(), fact];
      const again = counted(unlimited(loan), product, all, fact.on, memory);
      const next = promising(again, (made) => recounted(made, all));
      return woken(next, loan, fact.on);
    }
    case "BalanceReported": {
      const next = report(loan, fact);
      return woken(
        promising(next, (made) => withReport(made, fact, loan, next)),
        loan,
        fact.on,
      );
    }
    case "PromiseMade":
    case "PromiseReplaced":
      return woken(withExtra(loan, { promises: withPromise(loan, fact, product) }), loan, fact.on);
    case "PromiseWithdrawn": {
      const promises = loan.extra?.promises?.filter(({ id }) => id !== fact.id);
      return woken(withExtra(loan, { promises, blocked: retryNow(loan, fact.on) }), loan, fact.on);
    }
    case "PromiseKept":
    case "PromiseBroken":
    case "PromiseReopened":
    case "PromiseLapsed":
      // What waited for the promise may be tried from today on.
      return withExtra(
        promising(loan, (made) => withOutcome(made, fact)),
        { blocked: retryNow(loan, fact.on) },
      );
    case "HoldPlaced": {
      const holdsUntil = { ...loan.extra?.holdsUntil };
      if (fact.until === null) delete holdsUntil[fact.hold];
      else holdsUntil[fact.hold] = fact.until;
      const held = withExtra(
        { ...loan, holds: loan.holds | bitOf(fact.hold) },
        // Where only a part is contested, what the whole refused may be tried from today on.
        fact.hold === "dispute"
          ? {
              holdsUntil,
              disputed: fact.part,
              ...(fact.part === undefined ? {} : { blocked: retryNow(loan, fact.on) }),
            }
          : { holdsUntil },
      );
      return woken(held, loan, fact.on);
    }
    case "HoldLifted": {
      const holdsUntil = { ...loan.extra?.holdsUntil };
      delete holdsUntil[fact.hold];
      // What the hold refused may be tried from today on.
      const blocked = loan.extra?.blocked?.map((b) => ({
        ...b,
        retryOn: Math.min(b.retryOn, fact.on) as Day,
      }));
      const lifted = withExtra(
        { ...loan, holds: loan.holds & ~bitOf(fact.hold) },
        { holdsUntil, blocked, ...(fact.hold === "dispute" ? { disputed: undefined } : {}) },
      );
      return woken(lifted, loan, fact.on);
    }
    case "ReachChanged": {
      const blocked = retryNow(loan, fact.on);
      const reached = withExtra({ ...loan, reach: fact.reach }, { zone: fact.zone, blocked });
      return woken(reached, loan, fact.on);
    }
    case "BandEntered":
      return { ...loan, band: fact.band };
    case "Cured":
      return { ...loan, band: 0, timesLate: Math.min(loan.timesLate + 1, MOST_TIMES_LATE) };
    case "LoanEnded":
      return withExtra(
        { ...loan, band: BAND_CLOSED },
        { blocked: undefined, place: undefined, limitation: undefined },
      );
    case "StepPlanned":
    case "StepLapsed":
      if (loan.band === BAND_CLOSED) return loan;
      return unblock(reminded(handled(loan, fact.dpd), fact.step), fact.step);
    case "StepAsked":
    case "StepRefused": {
      // What is said at a loan's end is tried once: nothing wakes it any more.
      if (loan.band === BAND_CLOSED) return loan;
      const open = unblock(reminded(handled(loan, fact.dpd), fact.step), fact.step);
      if (fact.retryOn === undefined) return open;
      const blocked = [...(open.extra?.blocked ?? []), { step: fact.step, retryOn: fact.retryOn }];
      return withExtra(open, { blocked });
    }
    case "StageEntered": {
      const { strategy, stage, segment } = fact;
      const place = segment === undefined ? { strategy, stage } : { strategy, stage, segment };
      return withExtra(loan, { place });
    }
    case "SetAside":
      return { ...loan, setAside: true };
    case "LimitationWarned":
    case "LimitationReckoned":
    case "LimitationPassed":
      return withExtra(loan, { limitation: limitationSeen(fact) });
    case "MatterWatched": {
      const lapsed = loan.extra?.lapsed?.id === fact.matter ? undefined : loan.extra?.lapsed;
      const watched = withExtra(loan, { matters: matters(loan.extra?.matters, fact), lapsed });
      return woken(watched, loan, fact.on);
    }
    case "MatterDateCame": {
      const watched = withExtra(loan, { matters: matters(loan.extra?.matters, fact) });
      return isOfferOver(fact) ? lapsedOffer(watched, fact) : watched;
    }
    case "PlanAgreed":
    case "PlanEnded": {
      const plan = planAfter(loan.extra?.plan, fact);
      return woken(withExtra(loan, { plan, blocked: retryNow(loan, fact.on) }), loan, fact.on);
    }
    case "PlanMissed":
    case "PlanCaughtUp":
    case "PlanCompleted":
      return withExtra(loan, { plan: planAfter(loan.extra?.plan, fact) });
    case "PlanBroken":
      // What the plan paused may be tried from today on.
      return withExtra(loan, { plan: planAfter(loan.extra?.plan, fact), blocked: retryNow(loan, fact.on) });
    case "PersonChanged":
      return woken(withExtra(loan, { blocked: retryNow(loan, fact.on) }), loan, fact.on);
    default: {
      if (isBorrowerFact(fact))
        throw new InvariantError(`${fact.kind} is a fact of the borrower, not of one loan`);
      const money: MoneyFact = fact;
      const before = NEARER.has(money.kind) ? unlimited(loan) : loan;
      const next = needsHistory(before, [money])
        ? counted(before, product, [...earlier(), money], money.on, memory)
        : added(before, product, money);
      const kept =
        money.kind === "PaymentReceived" ? promising(next, (made) => withPayment(made, money)) : next;
      return woken(kept, loan, money.on);
    }
  }
}

/** After these limitation may end sooner than a close has seen, and is reckoned anew. */
const NEARER: ReadonlySet<MoneyFact["kind"]> = new Set([
  "LoanAccelerated",
  "JudgmentEntered",
  "PlanReplaced",
]);
const unlimited = (loan: LoanState): LoanState =>
  loan.extra?.limitation ? withExtra(loan, { limitation: undefined }) : loan;

/** Facts in the order in which they count: by business day, and within one as they came. */
export function inBookedOrder(facts: readonly Fact[]): readonly Fact[] {
  for (let i = 1; i < facts.length; i++) {
    if (facts[i]!.on < facts[i - 1]!.on) return [...facts].sort((a, b) => a.on - b.on);
  }
  return facts;
}

/** The loan from its journal alone, as known on a day if one is given. `undefined` before it was booked. */
export function replay(
  key: { bucket: number; n: number },
  facts: readonly Fact[],
  product: (id: number) => Product,
  knownOn: Day = NEVER,
): LoanState | undefined {
  const ordered = inBookedOrder(facts);
  const first = ordered[0];
  if (!first || first.on > knownOn) return undefined;
  invariant(first.kind === "LoanBooked", "a loan's journal must begin with its booking");
  const ofLoan = product(first.product);
  let loan = book(key, first, ofLoan);
  const memory: Counting = { facts: [], after: [] };
  for (let i = 1; i < ordered.length; i++) {
    const fact = ordered[i]!;
    if (fact.on > knownOn) break;
    loan = evolve(loan, fact, ofLoan, () => ordered.slice(0, i), memory);
  }
  return loan;
}

// --- money -----------------------------------------------------------------------------------------------------

function added(loan: LoanState, product: Product, fact: MoneyFact): LoanState {
  mustBeKept(product);
  return entered(loan, post(openBooks(loan, product), fact, product), product, fact.on);
}

/** All money of the loan again from the start, in order of value day: for what came late or did not stand. */
function counted(
  loan: LoanState,
  product: Product,
  facts: readonly Fact[],
  on: Day,
  memory?: Counting,
): LoanState {
  mustBeKept(product);
  const books = foldFrom(memory, firstBooks(termsOf(loan, product)), standing(facts), product);
  // Late interest stands counted through the same day as before, so that a later payment still folds in order.
  const { principalDays: _, ...through } = advance(books, product, loan.lateOn);
  return entered(loan, through, product, on);
}

const mustBeKept = (product: Product): void =>
  invariant(product.source === "kept", "money is kept on kept loans; a fed loan's balance is reported");

export function fold(books: Books, facts: readonly MoneyFact[], product: Product): Books {
  return facts.reduce((now, fact) => post(now, fact, product), books);
}

/**
 * The books after each money fact of the last count of one loan: the next count begins where the order first differs. Without it
 * a replay of a loan with many payments of one day counts all of them again for each.
 */
interface Counting {
  facts: readonly MoneyFact[];
  readonly after: Books[];
}

function foldFrom(
  memory: Counting | undefined,
  first: Books,
  facts: readonly MoneyFact[],
  product: Product,
): Books {
  if (!memory) return fold(first, facts, product);
  let same = 0;
  while (same < facts.length && facts[same] === memory.facts[same]) same += 1;
  memory.after.length = same;
  let books = memory.after[same - 1] ?? first;
  for (const fact of facts.slice(same)) {
    books = post(books, fact, product);
    memory.after.push(books);
  }
  memory.facts = facts;
  return books;
}

/** The loan with these books, and with its steps beginning anew where its oldest due day moved. */
function entered(loan: LoanState, books: Books, product: Product, on: Day): LoanState {
  const simple = areSimple(books);
  let interestPaid = 0;
  for (const row of books.rows) interestPaid += row.interestPaid;
  const next: LoanState = {
    ...loan,
    status: books.status,
    principalPaid: minor(loan.principal - outstandingOf(books)),
    interestPaid: minor(interestPaid),
    lateUnits: books.late.units,
    latePaid: books.late.paid,
    lateOn: books.on,
  };
  const kept = withExtra(next, {
    unapplied: books.unapplied > 0 ? books.unapplied : undefined,
    books: simple ? undefined : keptBooks(books, loan, product),
  });
  return moveDue(kept, loan, agedFrom(books, product), on);
}

function moveDue(loan: LoanState, before: LoanState, dueOn: Day, on: Day): LoanState {
  if (dueOn === before.dueOn) return { ...loan, dueOn };
  return withExtra(
    { ...loan, dueOn, stepsThrough: stepsHandled(dueOn, on) },
    {
      blocked: undefined,
      place: undefined,
    },
  );
}

/**
 * A new oldest due day that is still to come starts its steps afresh. One that is already past keeps what was done for
 * the older one: only steps beyond today's days past due are still to come.
 */
function stepsHandled(dueOn: Day, on: Day): number {
  if (dueOn === NEVER) return STEPS_FROM_START;
  return on > dueOn ? on - dueOn - 1 : STEPS_FROM_START;
}

function report(loan: LoanState, fact: BalanceReported): LoanState {
  const reported: LoanState = {
    ...loan,
    status: fact.status,
    principalPaid: minor(loan.principal - fact.principal),
    interestPaid: fact.interestPaid,
    lateUnits: fact.arrears,
    latePaid: fact.charges,
    lateOn: fact.asOf,
  };
  // A report for an older day than the last one corrects nothing that is known since.
  if (fact.asOf < loan.lateOn) return loan;
  return moveDue(reported, loan, fact.dueOn ?? NEVER, fact.on);
}

// --- small parts -----------------------------------------------------------------------------------------------

const bitOf = (hold: HoldKind): number => 1 << HOLD_KINDS.indexOf(hold);

/** The holds in force on a day. */
export function holdsOn(loan: LoanState, on: Day): Hold[] {
  if (loan.holds === 0) return [];
  const holds: Hold[] = [];
  for (const kind of HOLD_KINDS) {
    if ((loan.holds & bitOf(kind)) === 0) continue;
    const until = loan.extra?.holdsUntil?.[kind];
    const disputed = kind === "dispute" ? loan.extra?.disputed : undefined;
    const part = disputed === undefined ? {} : { part: disputed };
    if (until === undefined) holds.push({ kind, ...part });
    else if (until >= on) holds.push({ kind, until, ...part });
  }
  return holds;
}

const isAboutDispute = (fact: Fact): fact is HoldPlaced | HoldLifted =>
  isHoldFact(fact) && fact.hold === "dispute";

/**
 * The dispute in force on a day.
 *
 * Takes   the loan as the last close left it, and what was accepted since: a dispute rests what it contests from its record on, and not from the
 *         next close.
 */
export function disputeOn(loan: LoanState, on: Day, since: readonly Fact[] = []): Hold | undefined {
  return since.some(isAboutDispute)
    ? disputeBy(since, on)
    : holdsOn(loan, on).find(({ kind }) => kind === "dispute");
}

/** The same by a loan's facts alone, of which those booked `through` a day count. */
export function disputeBy(facts: readonly Fact[], on: Day, through: Day = NEVER): Hold | undefined {
  const last = inBookedOrder(facts).findLast((fact) => fact.on <= through && isAboutDispute(fact));
  if (last?.kind !== "HoldPlaced" || (last.until !== null && last.until < on)) return undefined;
  return {
    kind: "dispute",
    ...(last.until === null ? {} : { until: last.until }),
    ...(last.part === undefined ? {} : { part: last.part }),
  };
}

/** Nobody waits any more: the rest that a request brought, which has a last day, ends with its offer. */
function lapsedOffer(loan: LoanState, { matter: id, lastOn, on }: MatterDateCame): LoanState {
  const lapsed: LapsedOffer = { id, lastOn };
  const { hardship: until, ...holdsUntil } = loan.extra?.holdsUntil ?? {};
  if (until === undefined) return withExtra(loan, { lapsed });
  const free = { ...loan, holds: loan.holds & ~bitOf("hardship") };
  return withExtra(free, { lapsed, holdsUntil, blocked: retryNow(loan, on) });
}

function handled(loan: LoanState, dpd: number): LoanState {
  return dpd > loan.stepsThrough ? { ...loan, stepsThrough: dpd } : loan;
}

/** Few loans have a promise; the others are left as they are. */
function promising(
  loan: LoanState,
  change: (made: readonly Promised[]) => readonly Promised[] | undefined,
): LoanState {
  const made = loan.extra?.promises;
  return made ? withExtra(loan, { promises: change(made) }) : loan;
}

function reminded(loan: LoanState, step: string): LoanState {
  const plan = loan.extra?.plan;
  const told = plan ? withNotice(plan, step) : undefined;
  const noted = told === plan ? loan : withExtra(loan, { plan: told });
  const lapsed = noted.extra?.lapsed;
  const next =
    lapsed && lapsed.id === offerNoticeOf(step)
      ? withExtra(noted, { lapsed: { ...lapsed, told: true } })
      : noted;
  return promising(next, (made) => withReminder(made, step));
}

/** What a hold, a missing address or something unknown of the person refused may be tried from today on. */
function retryNow(loan: LoanState, on: Day): readonly BlockedStep[] | undefined {
  return loan.extra?.blocked?.map((blocked) => ({
    ...blocked,
    retryOn: Math.min(blocked.retryOn, on) as Day,
  }));
}

function unblock(loan: LoanState, step: string): LoanState {
  if (!loan.extra?.blocked) return loan;
  return withExtra(loan, { blocked: loan.extra.blocked.filter((blocked) => blocked.step !== step) });
}

/** Any fact from outside wakes the loan on its day, and takes it back from the loans set aside. */
function woken(next: LoanState, before: LoanState, on: Day): LoanState {
  return { ...next, setAside: false, wakeOn: Math.min(before.wakeOn, on) as Day };
}

function withExtra(loan: LoanState, change: { [K in keyof LoanExtra]: LoanExtra[K] | undefined }): LoanState {
  const merged: Record<string, unknown> = { ...loan.extra };
  for (const [name, value] of Object.entries(change)) {
    const empty = value === undefined || (Array.isArray(value) ? value.length === 0 : isEmptyRecord(value));
    if (empty) delete merged[name];
    else merged[name] = value;
  }
  const { extra: _extra, ...plain } = loan;
  return Object.keys(merged).length === 0 ? plain : { ...plain, extra: merged as LoanExtra };
}

const isEmptyRecord = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;
