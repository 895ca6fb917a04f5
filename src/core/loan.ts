import { allocate, type Claim } from "./allocation.ts";
import { type Day, NEVER } from "./calendar.ts";
import type { BalanceReported, Fact, LoanBooked, LoanStatus, PaymentReceived } from "./facts.ts";
import { HOLD_KINDS, type Hold, type HoldKind } from "./holds.ts";
import { type Minor, minor, mulDivRound, ZERO } from "./money.ts";
import { lateRateADay, type Product, termsOf } from "./product.ts";
import { interestBetween } from "./rate.ts";
import { type Installment, schedule } from "./schedule.ts";
import { invariant } from "./trouble.ts";

/**
 * A loan as its facts leave it: one flat, compact record, the same that is stored in one row.
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
  /** Next day on which a close would write anything if nothing else happened. */
  readonly wakeOn: Day;
  /** What few loans have; absent on most. */
  readonly extra?: LoanExtra;
}

export interface LoanExtra {
  /** Money received beyond all claims. */
  readonly unapplied?: Minor;
  /** Last day of each hold that has one. */
  readonly holdsUntil?: Partial<Record<HoldKind, Day>>;
  /** The borrower's zone where it is not the lender's. */
  readonly zone?: string;
  /** Steps that were refused and that are tried again. */
  readonly blocked?: readonly BlockedStep[];
}

export interface BlockedStep {
  readonly step: string;
  readonly retryOn: Day;
}

export const BAND_CLOSED = -1;
/** Before any step of any strategy. */
export const STEPS_FROM_START = -999;

/** Whether folding this fact needs all earlier ones: it counts from before money already folded in, or undoes some. */
export function needsHistory(loan: LoanState, fact: Fact): boolean {
  if (fact.kind === "PaymentReversed") return true;
  return fact.kind === "PaymentReceived" && fact.valueOn < loan.lateOn;
}

export function book(key: { bucket: number; n: number }, fact: LoanBooked, product: Product): LoanState {
  const dueOn = fact.firstDueOn;
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
    dueOn: product.source === "kept" ? dueOn : NEVER,
    band: 0,
    stepsThrough: stepsHandled(dueOn, fact.on),
    holds: 0,
    reach: fact.reach,
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
): LoanState {
  const next = evolveKind(loan, fact, product, earlier);
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
): LoanState {
  switch (fact.kind) {
    case "LoanBooked":
      invariant(false, "a loan is booked once");
      break;
    case "PaymentReceived": {
      const paid = needsHistory(loan, fact)
        ? settle(loan, product, [...earlier(), fact])
        : pay(loan, fact, product);
      return woken(atDue(paid, loan, product, fact.on), loan, fact.on);
    }
    case "PaymentReversed": {
      const undone = settle(loan, product, [...earlier(), fact]);
      return woken(atDue(undone, loan, product, fact.on), loan, fact.on);
    }
    case "BalanceReported":
      return woken(report(loan, fact), loan, fact.on);
    case "HoldPlaced": {
      const holdsUntil = { ...loan.extra?.holdsUntil };
      if (fact.until === null) delete holdsUntil[fact.hold];
      else holdsUntil[fact.hold] = fact.until;
      const held = withExtra({ ...loan, holds: loan.holds | bitOf(fact.hold) }, { holdsUntil });
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
      const lifted = withExtra({ ...loan, holds: loan.holds & ~bitOf(fact.hold) }, { holdsUntil, blocked });
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
      return { ...loan, band: 0 };
    case "LoanEnded":
      return withExtra({ ...loan, band: BAND_CLOSED }, { blocked: undefined });
    case "StepPlanned":
    case "StepAsked":
    case "StepLapsed":
      return unblock(handled(loan, fact.dpd), fact.step);
    case "StepRefused": {
      const open = unblock(handled(loan, fact.dpd), fact.step);
      const blocked = [...(open.extra?.blocked ?? []), { step: fact.step, retryOn: fact.retryOn }];
      return withExtra(open, { blocked });
    }
    case "SetAside":
      return { ...loan, setAside: true };
    case "ContactStarted":
    case "ContactEnded":
    case "ActionCancelled":
      invariant(false, `${fact.kind} is a fact of the borrower, not of one loan`);
  }
}

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
  for (let i = 1; i < ordered.length; i++) {
    const fact = ordered[i]!;
    if (fact.on > knownOn) break;
    loan = evolve(loan, fact, ofLoan, () => ordered.slice(0, i));
  }
  return loan;
}

// --- money -----------------------------------------------------------------------------------------------------

type Money = Pick<LoanState, "principalPaid" | "interestPaid" | "lateUnits" | "latePaid" | "lateOn">;

/** All money of the loan again from the start, in order of value day: for what came late or did not stand. */
function settle(loan: LoanState, product: Product, facts: readonly Fact[]): LoanState {
  invariant(product.source === "kept", "only kept loans hold payments; a fed loan's balance is reported");
  const standing: PaymentReceived[] = [];
  for (const fact of facts) {
    if (fact.kind === "PaymentReceived") standing.push(fact);
    // A reversal undoes what came before it: the same payment sent again later stands.
    if (fact.kind === "PaymentReversed")
      standing.splice(0, standing.length, ...standing.filter((payment) => payment.id !== fact.id));
  }
  const payments = standing.sort((a, b) => a.valueOn - b.valueOn);
  let settled: LoanState = withExtra(
    {
      ...loan,
      principalPaid: ZERO,
      interestPaid: ZERO,
      lateUnits: 0,
      latePaid: ZERO,
      lateOn: loan.disbursedOn,
      status: loan.status === "paid-off" ? "open" : loan.status,
    },
    { unapplied: undefined },
  );
  for (const payment of payments) settled = pay(settled, payment, product);
  // Late interest stands counted through the same day as before, so that a later payment still folds in order.
  const plan = schedule(termsOf(settled, product));
  const through = Math.max(settled.lateOn, loan.lateOn) as Day;
  return { ...settled, lateUnits: lateUnitsThrough(settled, product, plan, through), lateOn: through };
}

function pay(loan: LoanState, payment: PaymentReceived, product: Product): LoanState {
  invariant(product.source === "kept", "payments are kept on kept loans; a fed loan's balance is reported");
  invariant(payment.valueOn >= loan.lateOn, "money is folded in order of value day");
  invariant(payment.amount >= 0, "money that goes back is a reversal and not a negative payment");
  const plan = schedule(termsOf(loan, product));
  const lateUnits = lateUnitsThrough(loan, product, plan, payment.valueOn);
  const accrued: LoanState = { ...loan, lateUnits, lateOn: payment.valueOn };
  const money = minor(payment.amount + (loan.extra?.unapplied ?? 0));
  if (loan.status === "paid-off") return withUnapplied(accrued, money);
  const claims = claimsOn(accrued, product, plan, payment.valueOn);
  const named = claims.every(({ timing, kind }) => product.allocation.order.includes(`${timing}.${kind}`));
  if (named && money >= payoffOn(accrued, product, plan)) return payOff(accrued, product, plan, money);
  const { lines, unapplied } = allocate(money, claims, product.allocation);
  let { principalPaid, interestPaid, latePaid } = loan as Money;
  for (const line of lines) {
    if (line.kind === "principal") principalPaid = minor(principalPaid + line.amount);
    else if (line.kind === "interest") interestPaid = minor(interestPaid + line.amount);
    else latePaid = minor(latePaid + line.amount);
  }
  return withUnapplied({ ...accrued, principalPaid, interestPaid, latePaid }, unapplied);
}

const withUnapplied = (loan: LoanState, unapplied: Minor): LoanState =>
  withExtra(loan, { unapplied: unapplied > 0 ? unapplied : undefined });

/**
 * What closes the loan on `lateOn`, less what was paid: principal, interest earned and late interest. Interest paid
 * ahead of its period counts towards it, so it can be below zero. Interest that is not yet earned is not owed: a loan
 * repaid early bears interest for the time it was out (Civil Code of China art. 677, where nothing else is agreed).
 */
export function payoffOn(loan: LoanState, product: Product, plan: readonly Installment[]): number {
  if (loan.status === "paid-off") return 0;
  const earned = interestEarned(loan, product, plan, loan.lateOn);
  return loan.principal - loan.principalPaid + earned - loan.interestPaid + lateInterestDue(loan, product);
}

function payOff(loan: LoanState, product: Product, plan: readonly Installment[], money: Minor): LoanState {
  const closed: LoanState = {
    ...loan,
    status: "paid-off",
    principalPaid: loan.principal,
    interestPaid: interestEarned(loan, product, plan, loan.lateOn),
    latePaid: minor(loan.latePaid + lateInterestDue(loan, product)),
  };
  return withUnapplied(closed, minor(money - payoffOn(loan, product, plan)));
}

/** Interest of each period that has ended by a day, and of the running one for the days it has run. */
function interestEarned(loan: LoanState, product: Product, plan: readonly Installment[], on: Day): Minor {
  let earned = 0;
  let from = loan.disbursedOn;
  for (const row of plan) {
    if (row.dueOn > on) {
      const { rate, dayCount, rounding } = termsOf(loan, product);
      const share = interestBetween(rate, dayCount, from, on);
      const balance = row.balance + row.principal;
      const running = mulDivRound(balance, share.numerator, share.denominator, rounding.mode);
      earned += Math.min(running, row.interest);
      break;
    }
    earned += row.interest;
    from = row.dueOn;
  }
  return minor(earned);
}

/** Every open claim on a day, oldest installment first within a kind. Late interest is one claim for the whole loan. */
export function claimsOn(
  loan: LoanState,
  product: Product,
  plan: readonly Installment[],
  on: Day,
): readonly Claim[] {
  const claims: Claim[] = [];
  const late = lateInterestDue(loan, product);
  if (late > 0) claims.push({ timing: "past-due", kind: "penalty", installment: 0, amount: late });
  for (const row of unpaid(loan, plan)) {
    const timing = row.dueOn < on ? "past-due" : row.dueOn === on ? "due" : "in-advance";
    if (row.interest > 0) claims.push({ timing, kind: "interest", installment: row.n, amount: row.interest });
    if (row.principal > 0)
      claims.push({ timing, kind: "principal", installment: row.n, amount: row.principal });
  }
  return claims;
}

export interface UnpaidInstallment {
  readonly n: number;
  readonly dueOn: Day;
  readonly principal: Minor;
  readonly interest: Minor;
}

/**
 * What is left of each installment that is not fully paid. Principal and interest are each paid oldest first. Nothing
 * is left of a loan that is paid off, though it may never have earned the later interest of its plan.
 */
export function unpaid(loan: LoanState, plan: readonly Installment[]): UnpaidInstallment[] {
  const rows: UnpaidInstallment[] = [];
  if (loan.status === "paid-off") return rows;
  let principalLeft: number = loan.principalPaid;
  let interestLeft: number = loan.interestPaid;
  for (const row of plan) {
    const principalCovered = Math.min(row.principal, principalLeft);
    const interestCovered = Math.min(row.interest, interestLeft);
    principalLeft -= principalCovered;
    interestLeft -= interestCovered;
    if (principalCovered === row.principal && interestCovered === row.interest) continue;
    rows.push({
      n: row.n,
      dueOn: row.dueOn,
      principal: (row.principal - principalCovered) as Minor,
      interest: (row.interest - interestCovered) as Minor,
    });
  }
  return rows;
}

/** Overdue amount x days through a day: from the day after each due day, on what is still unpaid of it. */
export function lateUnitsThrough(
  loan: LoanState,
  product: Product,
  plan: readonly Installment[],
  on: Day,
): number {
  const late = product.lateInterest;
  if (!late || on <= loan.lateOn) return loan.lateUnits;
  let units = loan.lateUnits;
  for (const row of unpaid(loan, plan)) {
    if (row.dueOn >= on) break;
    const base = late.on === "principal" ? row.principal : row.principal + row.interest;
    units += base * (on - Math.max(row.dueOn, loan.lateOn));
  }
  invariant(Number.isSafeInteger(units), "overdue amount x days is beyond 9.0e15");
  return units;
}

/** Late interest accrued through `lateOn` and not yet paid. */
export function lateInterestDue(loan: LoanState, product: Product): Minor {
  const { numerator, denominator } = lateRateADay(loan, product);
  const accrued = mulDivRound(loan.lateUnits, numerator, denominator, product.terms.rounding.mode);
  return minor(Math.max(0, accrued - loan.latePaid));
}

/** Moves the due day to the oldest unpaid installment, and the steps with it. */
function atDue(paid: LoanState, before: LoanState, product: Product, on: Day): LoanState {
  const first = unpaid(paid, schedule(termsOf(paid, product)))[0];
  return moveDue(paid, before, first ? first.dueOn : NEVER, on);
}

function moveDue(loan: LoanState, before: LoanState, dueOn: Day, on: Day): LoanState {
  if (dueOn === before.dueOn) return { ...loan, dueOn };
  return withExtra({ ...loan, dueOn, stepsThrough: stepsHandled(dueOn, on) }, { blocked: undefined });
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
    if (until === undefined) holds.push({ kind });
    else if (until >= on) holds.push({ kind, until });
  }
  return holds;
}

function handled(loan: LoanState, dpd: number): LoanState {
  return dpd > loan.stepsThrough ? { ...loan, stepsThrough: dpd } : loan;
}

/** What a hold or a missing address refused may be tried from today on. */
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
