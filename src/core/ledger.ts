import { lastDayToPay } from "./ageing.ts";
import { ALLOCATION_SLOTS, type AllocationOrder, allocate, type Claim } from "./allocation.ts";
import {
  type Books,
  chargeOpen,
  claimsOf,
  earnedBy,
  interestEarned,
  interestOpen,
  isClosed,
  isOpen,
  lateDue,
  lateRateOf,
  type OwedCharge,
  outstandingOf,
  type Pause,
  payoffOf,
  periodOf,
  plannedBalance,
  principalOpen,
  type Row,
} from "./books.ts";
import { addDays, type Day, NEVER } from "./calendar.ts";
import type {
  AgeingPaused,
  ChargeAdded,
  ClaimWaived,
  Fact,
  JudgmentEntered,
  MoneyFact,
  PlanReplaced,
  RefundPaid,
  SettlementAgreed,
} from "./facts.ts";
import { accrue, fixLate, type LateTrace } from "./lateness.ts";
import { add, least, type Minor, minor, subtract, ZERO } from "./money.ts";
import type { Product } from "./product.ts";
import { rateFromE8, shareOf, wideOf } from "./rate.ts";
import { amortise, type Installment, type Period, periodsOf, shareWithin } from "./schedule.ts";
import type { LoanTerms } from "./terms.ts";
import { invariant } from "./trouble.ts";

/**
 * Money facts of one day in the order in which they count, whatever order they came in: first what changes how days
 * count, then what changes what is owed, then what is paid, then what ends it. Within a kind by id.
 */
const WITHIN_A_DAY: Readonly<Record<MoneyFact["kind"], number>> = {
  AgeingResumed: 0,
  AgeingPaused: 1,
  ChargeAdded: 2,
  ClaimWaived: 3,
  PlanReplaced: 4,
  LoanAccelerated: 5,
  JudgmentEntered: 6,
  SettlementAgreed: 7,
  PaymentReceived: 8,
  RefundPaid: 9,
  WrittenOff: 10,
  LoanAssigned: 11,
};

export const isMoneyFact = (fact: Fact): fact is MoneyFact => fact.kind in WITHIN_A_DAY;

/** Whether the second counts after the first, for facts of one loan. Two payments of one day may come in any order. */
export function inValueOrder(a: MoneyFact, b: MoneyFact): number {
  return (
    a.valueOn - b.valueOn ||
    WITHIN_A_DAY[a.kind] - WITHIN_A_DAY[b.kind] ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** The money facts that stand, in the order in which they count. A reversal undoes what was booked before it. */
export function standing(facts: readonly Fact[]): MoneyFact[] {
  let found: MoneyFact[] = [];
  for (const fact of facts) {
    if (isMoneyFact(fact)) found.push(fact);
    // The same payment sent again later stands.
    else if (fact.kind === "EntryReversed") found = found.filter(({ id }) => id !== fact.id);
  }
  return found.sort(inValueOrder);
}

/**
 * The books after one more money fact.
 *
 * Takes   books counted through a day that is not after the fact's value day; facts in the order of `inValueOrder`.
 * Holds   principal asked for = principal lent plus what was made principal; what came in = what is paid, unapplied and
 *         refunded.
 */
export function post(books: Books, fact: MoneyFact, product: Product, trace?: LateTrace): Books {
  invariant(fact.valueOn >= books.on, "money is counted in order of value day");
  const now = advance(books, product, fact.valueOn, trace);
  return withArrearsSince(postKind(now, fact, product), product);
}

function postKind(now: Books, fact: MoneyFact, product: Product): Books {
  switch (fact.kind) {
    case "PaymentReceived":
      invariant(fact.amount >= 0, "money that goes back is a reversal and not a negative payment");
      return receive(now, fact.amount, product);
    case "ChargeAdded":
      return charge(now, fact);
    case "ClaimWaived":
      return waive(now, fact, product);
    case "AgeingPaused":
      return { ...now, pauses: [...now.pauses, pauseOf(fact)] };
    case "AgeingResumed": {
      const through = fact.valueOn;
      const pauses = now.pauses.map((pause) =>
        pause.ageing && pause.through > through ? { ...pause, through } : pause,
      );
      return { ...now, pauses };
    }
    case "PlanReplaced":
      return replan(now, fact, product);
    case "LoanAccelerated": {
      const due = accelerate(now);
      return due === now ? now : meetDue(due, product);
    }
    case "JudgmentEntered":
      return fact.performBy > now.on ? adjudge(now, fact) : meetDue(adjudge(now, fact), product);
    case "SettlementAgreed":
      return settleFor(now, fact);
    case "RefundPaid":
      return refund(now, fact);
    case "WrittenOff": {
      // What is another's is not ours to write off.
      const keeps = isClosed(now) || now.status === "assigned";
      return { ...stopLate(now, fact.lateInterest), status: keeps ? now.status : "written-off" };
    }
    case "LoanAssigned":
      return { ...now, status: isClosed(now) ? now.status : "assigned" };
  }
}

// --- time passes -----------------------------------------------------------------------------------------------------

/**
 * The books counted through a later day: late interest runs, fixed late fees fall in, money held unapplied meets what
 * falls due. None of it needs anything to be written on the days between.
 */
export function advance(books: Books, product: Product, to: Day, trace?: LateTrace): Books {
  if (to <= books.on) return books;
  let now = books;
  if (!isClosed(books) && (product.lateFee || books.unapplied > 0)) {
    for (let stop = nextStop(now, product, to); stop !== undefined; stop = nextStop(now, product, to)) {
      now = withArrearsSince(chargeLateFees(accrue(now, product, stop, trace), product), product);
      now = withArrearsSince(meetDue(now, product), product);
    }
  }
  return withArrearsSince(accrue(now, product, to, trace), product);
}

/** The next day through `to` on which something happens by itself: a late fee falls in, held money meets what is due. */
export function nextStop(books: Books, product: Product, to: Day): Day | undefined {
  const { on, rows, charges, unapplied } = books;
  const feesFallIn = hasLateFee(books, product);
  let stop: number = NEVER;
  const consider = (day: number): void => {
    if (day > on && day <= to && day < stop) stop = day;
  };
  for (const row of rows) {
    if (row.dueOn > to) break;
    if (!isOpen(row)) continue;
    if (unapplied > 0) consider(row.dueOn);
    if (feesFallIn) consider(feeDayOf(row, product));
  }
  if (unapplied > 0)
    for (const one of charges) if (chargeOpen(one) > 0) consider(meetingDayOf(one, on, product));
  return stop === NEVER ? undefined : (stop as Day);
}

/** A charge already due when money came to lie unapplied is met the day after: on its own day it may still be waived. */
function meetingDayOf({ dueOn, kind }: OwedCharge, on: Day, product: Product): Day {
  const slot = kind === "penalty" ? "past-due.penalty" : "past-due.fee";
  const last = lastDayToPay(dueOn, product);
  if (dueOn > on || !product.allocation.order.includes(slot)) return dueOn;
  return addDays(Math.max(last, on) as Day, 1);
}

const feeDayOf = (row: Row, product: Product): number =>
  lastDayToPay(row.dueOn, product) + product.lateFee!.afterDays;

/** A judgment takes the place of the contract, and of its late fee with it. */
const hasLateFee = (books: Books, product: Product): boolean =>
  product.lateFee !== undefined && books.judgmentE8 === undefined;

/** Money held unapplied meets what is due. */
const meetDue = (books: Books, product: Product): Books =>
  books.unapplied > 0 && !isClosed(books) ? receive(books, ZERO, product) : books;

function chargeLateFees(books: Books, product: Product): Books {
  if (!hasLateFee(books, product)) return books;
  const { on } = books;
  const { fee } = product.lateFee!;
  const fees: OwedCharge[] = [];
  for (const row of books.rows) {
    if (row.dueOn >= on || !isOpen(row) || feeDayOf(row, product) !== on) continue;
    const open = principalOpen(row) + interestOpen(row);
    const amount = "amount" in fee ? fee.amount : shareOf(open, fee.share, product.terms.rounding.mode);
    const installment = row.n;
    if (amount > 0) fees.push({ ...owed(`late-fee/${row.n}`, "penalty", on, amount), installment });
  }
  return fees.length === 0 ? books : { ...books, charges: [...books.charges, ...fees] };
}

const owed = (id: string, kind: OwedCharge["kind"], dueOn: Day, amount: Minor): OwedCharge => ({
  id,
  kind,
  dueOn,
  amount,
  paid: ZERO,
  released: ZERO,
  installment: 0,
});

/** Kept only where a product counts days past due from it. */
function withArrearsSince(books: Books, product: Product): Books {
  if (product.dpd?.since !== "unbroken-arrears") return books;
  const oldest = isClosed(books) ? undefined : oldestUnpaid(books, product);
  const late = oldest !== undefined && lastDayToPay(oldest.dueOn, product) < books.on;
  if (late && books.arrearsSince !== undefined) return books;
  const { arrearsSince: _, ...rest } = books;
  return late ? { ...rest, arrearsSince: oldest.dueOn } : rest;
}

// --- money comes in --------------------------------------------------------------------------------------------------

function receive(books: Books, amount: Minor, product: Product): Books {
  const money = add(amount, books.unapplied);
  if (isClosed(books)) return { ...books, unapplied: money };
  const { settlement } = books;
  if (settlement && books.on <= settlement.by) {
    const received = add(settlement.received, amount);
    if (received >= settlement.amount) {
      const over = subtract(received, settlement.amount);
      // Money that waited for its day is part of what was agreed, and is not given back.
      // In two steps, because an order by installment would mix what it names with what it does not.
      const named = apply(books, subtract(money, over), product);
      const settled = isClosed(named) ? named : apply(named, named.unapplied, product, everySlot(product));
      return { ...giveUpRest(settled, product), unapplied: add(settled.unapplied, over) };
    }
    return apply({ ...books, settlement: { ...settlement, received } }, money, product);
  }
  return apply(books, money, product);
}

/** A settlement's money is taken for good: what the contract's order does not reach comes behind what it does. */
const everySlot = ({ allocation }: Product): AllocationOrder => {
  const { order } = allocation;
  return { ...allocation, order: [...order, ...ALLOCATION_SLOTS.filter((slot) => !order.includes(slot))] };
};

function apply(books: Books, money: Minor, product: Product, allocation = product.allocation): Books {
  const claims = claimsOf(books, product);
  const { order, inAdvance = "next" } = allocation;
  const named = claims.every(({ timing, kind }) => order.includes(`${timing}.${kind}`));
  const payoff = payoffOf(books, product);
  if (named && money >= payoff) return payOff(books, product, minor(money - payoff));
  const { lines, unapplied } = allocate(money, claims, allocation);
  if (lines.length === 0) return { ...books, unapplied };
  if (inAdvance === "next") return { ...applyLines(books, lines, product), unapplied };
  const ahead = lines.filter(({ timing, kind }) => timing === "in-advance" && kind === "principal");
  const others = lines.filter((line) => !ahead.includes(line));
  const prepaid = minor(ahead.reduce((sum, line) => sum + line.amount, 0));
  const applied = applyLines(books, others, product);
  return { ...(prepaid > 0 ? prepay(applied, prepaid, inAdvance) : applied), unapplied };
}

function applyLines(books: Books, lines: readonly Claim[], product: Product): Books {
  const rows = [...books.rows];
  const charges = [...books.charges];
  const latest = lateDue(books, product).total;
  let latePaid: number = books.late.paid;
  // The row of an installment is looked for from where the last one was found: lines mostly go forward.
  let at = 0;
  for (const { kind, installment, amount, charge } of lines) {
    if (charge !== undefined) {
      const i = charges.findIndex(({ id }) => id === charge);
      charges[i] = { ...charges[i]!, paid: add(charges[i]!.paid, amount) };
    } else if (kind === "penalty") {
      latePaid += amount;
    } else {
      if (rows[at]?.n !== installment) at = rows.findIndex((row) => row.n === installment);
      const row = rows[at]!;
      rows[at] =
        kind === "principal"
          ? { ...row, principalPaid: add(row.principalPaid, amount) }
          : { ...row, interestPaid: add(row.interestPaid, amount) };
    }
  }
  invariant(latePaid - books.late.paid <= latest, "no more late interest is paid than is owed");
  const late = latePaid === books.late.paid ? books.late : { ...books.late, paid: minor(latePaid) };
  return { ...books, rows, charges: charges.length === 0 ? books.charges : charges, late };
}

/** All that is owed is paid. What a row never earned is not asked for, and what was paid of it goes back to the rest. */
function payOff(books: Books, product: Product, unapplied: Minor): Books {
  const { on, rows } = books;
  const late = { ...books.late, paid: add(books.late.paid, lateDue(books, product).total) };
  let earnedTotal: number = interestEarned(books, on);
  const closed = rows.map((row): Row => {
    // Under a grace on interest, rows ask for it later than they earn it: what was earned is asked oldest first.
    const asked = Math.max(row.interestReleased, Math.min(row.interest, earnedTotal));
    earnedTotal -= asked;
    return {
      ...row,
      principalPaid: subtract(row.principal, row.principalReleased),
      interest: asked as Minor,
      earned: asked as Minor,
      // It has run, whatever the days: a later charge opens the loan again, and not its interest.
      carried: asked as Minor,
      interestPaid: (asked - row.interestReleased) as Minor,
    };
  });
  const more = earnedTotal > 0;
  if (more) closed[closed.length - 1] = moreInterest(closed.at(-1)!, minor(earnedTotal));
  const charges = books.charges.map((one) => ({ ...one, paid: add(one.paid, chargeOpen(one)) }));
  return {
    ...books,
    status: "paid-off",
    replanned: books.replanned || more,
    rows: closed,
    charges: books.charges.length === 0 ? books.charges : charges,
    late: late.paid === books.late.paid ? books.late : late,
    unapplied,
  };
}

const moreInterest = (row: Row, more: Minor): Row => ({
  ...row,
  interest: add(row.interest, more),
  earned: add(row.earned, more),
  carried: add(row.carried, more),
  interestPaid: add(row.interestPaid, more),
});

// --- the plan changes ------------------------------------------------------------------------------------------------

/** What lies ahead of a day: the rows due after it, and the interest that has run in the first of their periods. */
interface Ahead {
  readonly past: readonly Row[];
  readonly rows: readonly Row[];
  readonly open: Minor;
  /** Interest run so far and not yet due, with what is `left`. */
  readonly run: Minor;
  /** What earlier periods left to later rows under a grace on interest: whoever takes `run` asks for it no more there. */
  readonly left: Minor;
}

function aheadOf({ rows, terms, on }: Books): Ahead {
  const found = rows.findIndex((row) => row.dueOn > on);
  const first = found < 0 ? rows.length : found;
  const before = rows.slice(0, first);
  // What they leave to later rows is told in `run`, and counts once.
  const past = before.map((row) => (row.earned === row.interest ? row : { ...row, earned: row.interest }));
  const ahead = rows.slice(first);
  const open = minor(ahead.reduce((sum, row) => sum + principalOpen(row), 0));
  const left = minor(before.reduce((sum, row) => sum + row.earned - row.interest, 0));
  const running = first < rows.length ? earnedBy(rows[first]!, plannedBalance(rows, first), terms, on) : 0;
  return { past, rows: ahead, open, run: minor(left + running), left };
}

/**
 * Principal is repaid ahead of the plan. `last` takes it off the last rows; `reamortise` splits what is left anew over
 * the same days. In both, coming interest is that of the balance that is truly out.
 */
function prepay(books: Books, amount: Minor, how: "last" | "reamortise"): Books {
  const { on, terms } = books;
  const { past, rows, open, run, left: deferred } = aheadOf(books);
  const left = subtract(open, amount);
  const periods = rows.map((row, i) => (i === 0 ? restOf(row, terms, on) : periodOf(row, terms)));
  const parts =
    how === "reamortise"
      ? amortise(left, periods, { ...terms, ...graceLeft(rows, terms) }, run)
      : fromTheBack(rows, periods, amount, terms, run, deferred);
  const coming = parts.map((part, i) => newRow(part, rows[i]!, i === 0 ? { on, run } : undefined));
  return { ...books, replanned: true, rows: [...withRepaidAhead(past, on, amount), ...coming] };
}

/** What is left of a running period. */
function restOf(row: Row, terms: LoanTerms, on: Day): Period {
  const whole = periodOf(row, terms);
  return { ...whole, share: shareWithin(whole, terms, Math.max(on, row.since) as Day, row.dueOn) };
}

/** What is left of a grace on principal and of free periods; a grace on interest ends with what it left behind. */
function graceLeft(rows: readonly Row[], terms: LoanTerms) {
  const first = rows.findIndex((row) => row.principal > 0);
  const graced = terms.graceOnPrincipal !== undefined && first > 0 ? first : 0;
  const free = Math.max(
    0,
    rows.findIndex(({ bears }) => bears),
  );
  return { graceOnPrincipal: graced, graceOnInterest: 0, interestFree: free };
}

function fromTheBack(
  rows: readonly Row[],
  periods: readonly Period[],
  amount: Minor,
  terms: LoanTerms,
  run: Minor,
  deferred: Minor,
): Installment[] {
  const principals = rows.map(principalOpen);
  let cut: number = amount;
  for (let i = principals.length - 1; i >= 0 && cut > 0; i--) {
    const part = Math.min(cut, principals[i]!);
    principals[i] = minor(principals[i]! - part);
    cut -= part;
  }
  let last = principals.length - 1;
  while (last > 0 && principals[last] === 0) last--;
  let balance = principals.reduce((sum, part) => sum + part, 0);
  return principals.slice(0, last + 1).map((principal, i) => {
    const { dueOn, days, share } = periods[i]!;
    const own =
      terms.method === "flat"
        ? rows[i]!.earned - (i === 0 ? run - deferred : 0)
        : shareOf(balance, share, terms.rounding.mode);
    balance -= principal;
    const interest = minor(Math.max(0, own) + (i === 0 ? run : 0));
    return { n: i + 1, dueOn, days, principal, interest, balance: minor(balance) };
  });
}

/** A row of the changed plan in the place of a planned one, whose payments it keeps. */
function newRow(part: Installment, row: Row, running: { on: Day; run: Minor } | undefined): Row {
  const principal = add(part.principal, row.principalPaid, row.principalReleased);
  const interest = minor(Math.max(part.interest, row.interestPaid + row.interestReleased));
  return {
    ...row,
    principal,
    interest,
    earned: interest,
    carried: running ? running.run : ZERO,
    since: running ? (Math.max(running.on, row.since) as Day) : row.since,
  };
}

/** One row a day: two payments of one day, in whichever order they came, are as one. */
function withRepaidAhead(rows: readonly Row[], on: Day, amount: Minor): readonly Row[] {
  const last = rows.at(-1);
  const same = last?.n === 0 && last.dueOn === on && last.principal > 0 ? last : undefined;
  const paid = add(same?.principalPaid ?? ZERO, amount);
  const row = { ...emptyRow(0, on, on), principal: paid, principalPaid: paid };
  return [...(same ? rows.slice(0, -1) : rows), row];
}

const emptyRow = (n: number, from: Day, dueOn: Day): Row => ({
  n,
  from,
  dueOn,
  days: 0,
  principal: ZERO,
  interest: ZERO,
  principalPaid: ZERO,
  interestPaid: ZERO,
  principalReleased: ZERO,
  interestReleased: ZERO,
  earned: ZERO,
  carried: ZERO,
  since: from,
  bears: false,
  waiting: 0,
  waitingInterest: 0,
});

/** What rows that are planned no more keep: principal that was paid or released. Interest paid ahead is told beside. */
function closeAhead(rows: readonly Row[], on: Day): { kept: Row[]; interestPaid: Minor } {
  const kept: Row[] = [];
  let interestPaid = 0;
  for (const row of rows) {
    interestPaid += row.interestPaid;
    const { n, from, principalPaid, principalReleased } = row;
    const principal = add(principalPaid, principalReleased);
    if (principal > 0) kept.push({ ...emptyRow(n, from, on), principal, principalPaid, principalReleased });
  }
  return { kept, interestPaid: minor(interestPaid) };
}

const nextNumber = (rows: readonly Row[]): number => rows.reduce((n, row) => Math.max(n, row.n), 0) + 1;

/** All that is not yet due falls due now, with the interest that has run. */
function accelerate(books: Books): Books {
  const { on } = books;
  if (isClosed(books)) return books;
  const { past, rows, open, run } = aheadOf(books);
  if (rows.length === 0) return books;
  const { kept, interestPaid } = closeAhead(rows, on);
  const { n, from } = rows[0]!;
  const row: Row = {
    ...emptyRow(kept.some((one) => one.n === n) ? nextNumber(books.rows) : n, from, on),
    principal: open,
    interest: run,
    earned: run,
    carried: run,
    interestPaid: least(interestPaid, run),
  };
  // Interest paid ahead of what has run is not earned any more.
  const unapplied = add(books.unapplied, subtract(interestPaid, row.interestPaid));
  return { ...books, replanned: true, rows: [...past, ...kept, row], unapplied };
}

/** All principal that is owed is split anew from the value day on. */
function replan(books: Books, fact: PlanReplaced, product: Product): Books {
  // A payment that came to light later, valued before it, can have left nothing to be planned.
  if (isClosed(books)) return books;
  invariant(fact.firstDueOn > fact.valueOn, "the first day of a new plan comes after the day of the change");
  const { on, charges } = books;
  const { past, rows, run } = aheadOf(books);
  const { kept, interestPaid } = closeAhead(rows, on);
  const overdue = past.reduce((sum, row) => sum + interestOpen(row), 0);
  const interest = minor(overdue + run);
  const paidAhead = least(interestPaid, interest);
  const lateOwed = lateDue(books, product).total;
  const chargesOwed = chargesOpenOf(charges);

  const interestAdded = fact.interest === "capitalise" ? subtract(interest, paidAhead) : ZERO;
  const lateAdded = fact.late === "capitalise" ? add(lateOwed, chargesOwed) : ZERO;
  const principal = add(outstandingOf(books), interestAdded, lateAdded);
  // Costs of recovery are no price of the loan, as principal neither.
  const costs = lateAdded > 0 ? chargesOpenOf(charges, "recovery-cost") : ZERO;
  const capitalised = add(books.capitalised ?? ZERO, interestAdded, subtract(lateAdded, costs));
  const terms = newTerms(books, fact, principal);
  const carried = fact.interest === "carry" ? interest : ZERO;
  const fresh = rowsOfPlan(
    amortise(principal, periodsOf(terms), terms, carried),
    terms,
    nextNumber(books.rows),
  );
  fresh[0] = { ...fresh[0]!, carried, interestPaid: carried > 0 ? paidAhead : ZERO };

  // Where the rate changes, late interest so far is rounded under the old one.
  const { late } = sameRate(books, { ...books, terms }, product) ? books : fixLate(books, product);
  const keepsLate = fact.late === "keep";
  return {
    ...books,
    terms,
    replanned: true,
    rows: [
      ...past.map((row) => (fact.interest === "waive" ? waived(row) : trimmed(row))),
      ...kept,
      ...(carried === 0 && paidAhead > 0 ? [interestAhead(on, paidAhead)] : []),
      ...fresh,
    ],
    charges: keepsLate ? charges : charges.map(release),
    late: keepsLate ? late : { ...late, released: add(late.released, lateOwed) },
    unapplied: add(books.unapplied, subtract(interestPaid, paidAhead)),
    ...(capitalised > 0 ? { capitalised } : {}),
  };
}

const chargesOpenOf = (charges: readonly OwedCharge[], kind?: OwedCharge["kind"]): Minor =>
  minor(
    charges.reduce((sum, one) => sum + (kind === undefined || one.kind === kind ? chargeOpen(one) : 0), 0),
  );

function sameRate(one: Books, other: Books, product: Product): boolean {
  const a = wideOf(lateRateOf(one, product));
  const b = wideOf(lateRateOf(other, product));
  return a.numerator * b.denominator === b.numerator * a.denominator;
}

const newTerms = ({ terms, rows }: Books, fact: PlanReplaced, principal: Minor): LoanTerms => ({
  ...terms,
  principal,
  method: fact.method ?? terms.method,
  every: fact.every ?? terms.every,
  rate: fact.rateE8 === undefined ? terms.rate : rateFromE8(fact.rateE8, terms.rate.per),
  disbursedOn: fact.valueOn,
  firstDueOn: fact.firstDueOn,
  installments: fact.installments ?? Math.max(1, rows.filter(isOpen).length),
  graceOnPrincipal: 0,
  graceOnInterest: 0,
  interestFree: 0,
});

function rowsOfPlan(plan: readonly Installment[], terms: LoanTerms, first: number): Row[] {
  let from = terms.disbursedOn;
  return plan.map(({ dueOn, days, principal, interest }, i) => {
    const empty = emptyRow(first + i, from, dueOn);
    from = dueOn;
    return { ...empty, days, principal, interest, earned: interest, bears: true };
  });
}

/** A row of the old plan asks for no more than what became of it; its rest is part of the new one. */
function trimmed(row: Row): Row {
  const interest = add(row.interestPaid, row.interestReleased);
  const principal = add(row.principalPaid, row.principalReleased);
  return { ...row, principal, interest, earned: interest, waiting: 0, waitingInterest: 0 };
}

/** The same, its open interest given up. */
const waived = (row: Row): Row =>
  trimmed({ ...row, interestReleased: add(row.interestReleased, interestOpen(row)) });

const interestAhead = (on: Day, interest: Minor): Row => ({
  ...emptyRow(0, on, on),
  interest,
  earned: interest,
  interestPaid: interest,
});

const release = (one: OwedCharge): OwedCharge => ({ ...one, released: add(one.released, chargeOpen(one)) });

// --- other changes ---------------------------------------------------------------------------------------------------

const charge = (books: Books, { id, charge: kind, dueOn, valueOn, amount }: ChargeAdded): Books =>
  owing(books, owed(id, kind, dueOn ?? valueOn, amount));

function owing(books: Books, one: OwedCharge): Books {
  // What is owed again is open again.
  const status = books.status === "paid-off" || books.status === "settled" ? "open" : books.status;
  return { ...books, status, charges: [...books.charges, one] };
}

/**
 * Money given back. Where a payment was reversed since, more may have gone back than came in: that is owed again, and is
 * no price of the loan.
 */
function refund(books: Books, { id, valueOn, amount }: RefundPaid): Books {
  const held = least(books.unapplied, amount);
  const left = { ...books, unapplied: subtract(books.unapplied, held) };
  return held === amount ? left : owing(left, owed(id, "recovery-cost", valueOn, subtract(amount, held)));
}

/** Oldest first; at most what is owed of the kind, so that a waiver booked before a back-dated payment stays right. */
function waive(books: Books, fact: ClaimWaived, product: Product): Books {
  if (isClosed(books)) return books;
  const next = released(books, fact, product);
  const left = payoffOf(next, product);
  if (outstandingOf(next) > 0 || left > 0) return next;
  return payOff(next, product, add(next.unapplied, minor(-left)));
}

function released(books: Books, { claim, amount }: ClaimWaived, product: Product): Books {
  let left: number = amount;
  const take = (open: Minor): Minor => {
    const part = Math.min(left, open);
    left -= part;
    return part as Minor;
  };
  switch (claim) {
    case "late-interest": {
      const { late } = books;
      return {
        ...books,
        late: { ...late, released: add(late.released, take(lateDue(books, product).total)) },
      };
    }
    case "principal":
      return lessInterest(books, (row) => ({
        ...row,
        principalReleased: add(row.principalReleased, take(principalOpen(row))),
      }));
    case "interest": {
      // Interest of periods to come is not owed yet: a lower rate is a new plan, not a waiver.
      const less = (row: Row): Row => ({
        ...row,
        interestReleased: add(row.interestReleased, take(interestOpen(row))),
      });
      return { ...books, rows: books.rows.map((row) => (row.dueOn > books.on ? row : less(row))) };
    }
    default: {
      const less = (one: OwedCharge): OwedCharge => ({
        ...one,
        released: add(one.released, take(chargeOpen(one))),
      });
      return { ...books, charges: books.charges.map((one) => (one.kind === claim ? less(one) : one)) };
    }
  }
}

/** Principal given up bears no interest from the day on; what had run on it stays owed. */
function lessInterest(books: Books, less: (row: Row) => Row): Books {
  const { on, terms } = books;
  const { past, rows, run } = aheadOf(books);
  // Flat interest is on the principal lent.
  if (terms.method === "flat") return { ...books, replanned: true, rows: books.rows.map(less) };
  const pastLess = past.map(less);
  const left = rows.map(less);
  const coming = left.map((row, i): Row => {
    const { share } = i === 0 ? restOf(row, terms, on) : periodOf(row, terms);
    const own = shareOf(plannedBalance(left, i), share, terms.rounding.mode);
    const carried = i === 0 ? run : 0;
    const interest = minor(Math.max(own + carried, row.interestPaid + row.interestReleased));
    const since = i === 0 ? (Math.max(on, row.since) as Day) : row.since;
    return { ...row, interest, earned: interest, carried: minor(carried), since };
  });
  return { ...books, replanned: true, rows: [...pastLess, ...coming] };
}

const pauseOf = ({ valueOn, until, lateInterest }: AgeingPaused): Pause => ({
  after: valueOn,
  through: until ?? NEVER,
  ageing: true,
  lateInterest: lateInterest === "stops",
});

const stopLate = (books: Books, lateInterest: "runs" | "stops"): Books =>
  lateInterest === "runs"
    ? books
    : {
        ...books,
        pauses: [...books.pauses, { after: books.on, through: NEVER, ageing: false, lateInterest: true }],
      };

/** Nothing of the contract is owed any more; what the judgment says is. */
function adjudge(books: Books, fact: JudgmentEntered): Books {
  const { on } = books;
  const coming = books.rows.filter((row) => row.dueOn > on);
  const past = books.rows.filter((row) => row.dueOn <= on);
  const { kept, interestPaid } = closeAhead(coming, on);
  const adjudged: Row = {
    ...emptyRow(nextNumber(books.rows), on, fact.performBy),
    principal: fact.principal,
    interest: fact.interest,
    earned: fact.interest,
    carried: fact.interest,
    lateSince: on,
  };
  const cost = owed(fact.id, "recovery-cost", fact.performBy, fact.costs);
  // What was adjudged is principal of the judgment, whatever it had been.
  const { settlement: _, capitalised: __, ...rest } = books;
  return {
    ...rest,
    status: isClosed(books) ? "open" : books.status,
    replanned: true,
    rows: [
      ...past.map(trimmed),
      ...kept,
      ...(interestPaid > 0 ? [interestAhead(on, interestPaid)] : []),
      adjudged,
    ],
    charges: [...books.charges.map(release), ...(fact.costs > 0 ? [cost] : [])],
    late: {
      ...books.late,
      units: 0,
      compoundUnits: 0,
      fixed: books.late.paid,
      compoundFixed: ZERO,
      released: ZERO,
    },
    // What the contract's creditor gave up of later late interest does not bind the court's.
    pauses: books.pauses.filter(({ ageing }) => ageing),
    judgmentE8: fact.interestE8ADay ?? 0,
  };
}

const settleFor = (books: Books, { amount, by }: SettlementAgreed): Books => ({
  ...books,
  settlement: { amount, by, received: ZERO },
});

/** The agreed sum is paid: the rest is given up. */
function giveUpRest(books: Books, product: Product): Books {
  const { settlement: _, ...rest } = books;
  if (isClosed(books)) return rest;
  return {
    ...rest,
    status: "settled",
    replanned: true,
    rows: books.rows.map((row) => given(row, books.on)),
    charges: books.charges.map(release),
    late: { ...books.late, released: add(books.late.released, lateDue(books, product).total) },
  };
}

/** A row's open part given up. What it would have earned later was never owed, and stands in it no longer. */
function given(row: Row, on: Day): Row {
  const principalReleased = add(row.principalReleased, principalOpen(row));
  const rest = { ...row, principalReleased, waiting: 0, waitingInterest: 0 };
  // What it earned and put off to a later row was given up there.
  if (row.dueOn <= on)
    return { ...rest, interestReleased: add(row.interestReleased, interestOpen(row)), earned: row.interest };
  const interest = add(row.interestPaid, row.interestReleased);
  return { ...rest, interest, earned: interest, carried: interest };
}

/** The due day from which days past due count, as the product's convention has it; `NEVER` when nothing is open. */
export function agedFrom(books: Books, product: Product): Day {
  if (isClosed(books)) return NEVER;
  if (books.arrearsSince !== undefined) return books.arrearsSince;
  const oldest = books.arrearsSince ?? oldestUnpaid(books, product)?.dueOn ?? NEVER;
  if (books.unapplied === 0 || oldest < books.on) return oldest;
  // Money held unapplied meets what falls due first: the day is the one that it leaves unpaid.
  const met = advance(books, product, books.rows.at(-1)!.dueOn);
  return isClosed(met) ? NEVER : (met.arrearsSince ?? oldestUnpaid(met, product)?.dueOn ?? NEVER);
}

/** The first row on whose open amount, summed from the oldest, is above what the product tolerates. */
function oldestUnpaid({ rows }: Books, product: Product): Row | undefined {
  const tolerance = product.dpd?.tolerance ?? 0;
  let open = 0;
  for (const row of rows) {
    if (!isOpen(row)) continue;
    open += principalOpen(row) + interestOpen(row);
    if (open > tolerance) return row;
  }
  return undefined;
}
