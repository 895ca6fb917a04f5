import { lastDayToPay } from "./ageing.ts";
import type { Claim, Timing } from "./allocation.ts";
import { type Day, NEVER } from "./calendar.ts";
import type { ChargeKind, LoanStatus } from "./facts.ts";
import type { LoanState } from "./loan.ts";
import { add, type Minor, minor, mulDivRound, ZERO } from "./money.ts";
import { lateRateADay, type Product, termsOf } from "./product.ts";
import { countDays, type Fraction, interestBetween, interestOfPeriod, NO_SHARE, shareOf } from "./rate.ts";
import { type Installment, type Period, periodsOf, schedule, shareWithin } from "./schedule.ts";
import { dueDays, type LoanTerms } from "./terms.ts";

/**
 * An installment, what it asks for and what became of that. What is `released` is owed no longer under this head: given
 * up, or made principal. `n` 0 is principal repaid ahead of the plan.
 */
export interface Row {
  readonly n: number;
  readonly from: Day;
  readonly dueOn: Day;
  readonly days: number;
  readonly principal: Minor;
  readonly interest: Minor;
  readonly principalPaid: Minor;
  readonly interestPaid: Minor;
  readonly principalReleased: Minor;
  readonly interestReleased: Minor;
  /** Interest that its period earns by its due day; another than `interest` under a grace on interest. */
  readonly earned: Minor;
  /** Of it, what had run by the day `since`, from which on it runs on the balance: a plan can change within a period. */
  readonly carried: Minor;
  readonly since: Day;
  /** Whether its period bears interest. */
  readonly bears: boolean;
  /** Overdue amount x days within a grace that only waits. */
  readonly waiting: number;
  readonly waitingInterest: number;
  /** The day from which lateness costs, where it is not the due day: under a judgment. */
  readonly lateSince?: Day;
}

export interface OwedCharge {
  readonly id: string;
  readonly kind: ChargeKind;
  readonly dueOn: Day;
  readonly amount: Minor;
  readonly paid: Minor;
  readonly released: Minor;
  /** The installment whose lateness it is for; 0 for the loan as a whole. */
  readonly installment: number;
}

/**
 * Late interest as exact sums: overdue amount x days, so that it is rounded once, when read. `fixed` holds what was
 * rounded when the rate changed.
 */
export interface Late {
  readonly units: number;
  readonly fixed: Minor;
  readonly compoundUnits: number;
  readonly compoundFixed: Minor;
  readonly paid: Minor;
  readonly released: Minor;
}

/** Days past due stand still in `(after, through]`; late interest too where it stops. */
export interface Pause {
  readonly after: Day;
  readonly through: Day;
  readonly ageing: boolean;
  readonly lateInterest: boolean;
}

/** The books of one loan, counted through a day. */
export interface Books {
  readonly on: Day;
  readonly status: LoanStatus;
  /** The terms that the coming rows follow. */
  readonly terms: LoanTerms;
  /** Whether the rows are another plan than the contract's formula gives. */
  readonly replanned: boolean;
  readonly rows: readonly Row[];
  readonly charges: readonly OwedCharge[];
  readonly late: Late;
  readonly unapplied: Minor;
  readonly pauses: readonly Pause[];
  readonly settlement?: { readonly amount: Minor; readonly by: Day; readonly received: Minor };
  /** General interest after a judgment, in 1e-8 a day: it takes the place of the contract's late interest. */
  readonly judgmentE8?: number;
  /** Due day since which something has always been past due; kept only where the product counts from it. */
  readonly arrearsSince?: Day;
  /** Interest, late interest and fees that plans made principal: still part of the price of the loan. */
  readonly capitalised?: Minor;
  /** Principal lent and outstanding x days, where it was counted from the pay-out on: for the ceiling on the cost. */
  readonly principalDays?: number;
}

export const NOTHING_LATE: Late = {
  units: 0,
  fixed: ZERO,
  compoundUnits: 0,
  compoundFixed: ZERO,
  paid: ZERO,
  released: ZERO,
};

const NONE: readonly never[] = [];

export const isClosed = ({ status }: { readonly status: LoanStatus }): boolean =>
  status === "paid-off" || status === "settled" || status === "cancelled";

// --- opening and closing the books -----------------------------------------------------------------------------------

/**
 * The books of a kept loan from its state row. A loan that follows its formula and is paid oldest first has them in four
 * sums; any other keeps them whole beside its row.
 *
 * `through` leaves out the rows after the first that is due on or beyond that day: for those who ask what is past due.
 * `plan` is the formula's, for those who have it at hand.
 */
export function openBooks(
  loan: LoanState,
  product: Product,
  through: Day = NEVER,
  plan?: readonly Installment[],
): Books {
  const terms = termsOf(loan, product);
  const kept = loan.extra?.books;
  if (kept) return { ...kept, on: loan.lateOn, status: loan.status, terms: kept.terms ?? terms };
  return {
    on: loan.lateOn,
    status: loan.status,
    terms,
    replanned: false,
    rows: rowsOf(plan ?? schedule(terms, through), terms, loan),
    charges: NONE,
    late:
      loan.lateUnits === 0 && loan.latePaid === 0
        ? NOTHING_LATE
        : { ...NOTHING_LATE, units: loan.lateUnits, paid: loan.latePaid },
    unapplied: loan.extra?.unapplied ?? ZERO,
    pauses: NONE,
  };
}

/** The books on the day of pay-out. */
export function firstBooks(terms: LoanTerms): Books {
  const nothing = { principalPaid: ZERO, interestPaid: ZERO, status: "open" } as const;
  return {
    on: terms.disbursedOn,
    status: "open",
    terms,
    replanned: false,
    rows: rowsOf(schedule(terms), terms, nothing),
    charges: NONE,
    late: NOTHING_LATE,
    unapplied: ZERO,
    pauses: NONE,
    principalDays: 0,
  };
}

type Paid = Pick<LoanState, "principalPaid" | "interestPaid" | "status">;

/** Principal and interest are each paid oldest first. A loan paid off early never earned the later interest of its plan. */
function rowsOf(plan: readonly Installment[], terms: LoanTerms, paid: Paid): Row[] {
  const closed = paid.status === "paid-off";
  let principalLeft: number = paid.principalPaid;
  let interestLeft: number = paid.interestPaid;
  let from = terms.disbursedOn;
  const free = terms.interestFree ?? 0;
  const rows: Row[] = [];
  for (let i = 0; i < plan.length; i++) {
    const { n, dueOn, days, principal, interest, earned } = plan[i]!;
    const principalPaid = Math.min(principal, principalLeft);
    const interestPaid = Math.min(interest, interestLeft);
    principalLeft -= principalPaid;
    interestLeft -= interestPaid;
    rows.push({
      n,
      from,
      dueOn,
      days,
      principal,
      interest: (closed ? interestPaid : interest) as Minor,
      principalPaid: principalPaid as Minor,
      interestPaid: interestPaid as Minor,
      principalReleased: ZERO,
      interestReleased: ZERO,
      earned: (closed ? interestPaid : (earned ?? interest)) as Minor,
      carried: (closed ? interestPaid : 0) as Minor,
      since: from,
      bears: i >= free,
      waiting: 0,
      waitingInterest: 0,
    });
    from = dueOn;
  }
  // A bullet loan's one period bears interest from the end of its free part on.
  if (terms.method === "bullet" && free > 0) {
    rows[0] = { ...rows[0]!, bears: true, since: dueDays(terms, free)[free - 1]! };
  }
  return rows;
}

/** The books as they are kept beside a state row, which knows the day, the status and the terms. */
export type KeptBooks = Omit<Books, "on" | "status" | "terms"> & { readonly terms?: LoanTerms };

export function keptBooks(books: Books, loan: LoanState, product: Product): KeptBooks {
  const { replanned, rows, charges, late, unapplied, pauses, settlement, judgmentE8, arrearsSince } = books;
  const { capitalised } = books;
  return {
    ...(isContract(books.terms, loan, product) ? {} : { terms: books.terms }),
    replanned,
    rows,
    charges,
    late,
    unapplied,
    pauses,
    ...(settlement === undefined ? {} : { settlement }),
    ...(judgmentE8 === undefined ? {} : { judgmentE8 }),
    ...(arrearsSince === undefined ? {} : { arrearsSince }),
    ...(capitalised === undefined ? {} : { capitalised }),
  };
}

/** A new plan begins on a day of its own, hardly ever that of the pay-out. */
const isContract = (terms: LoanTerms, loan: LoanState, product: Product): boolean =>
  terms.disbursedOn === loan.disbursedOn && JSON.stringify(terms) === JSON.stringify(termsOf(loan, product));

/** Whether four sums say all: the plan is the formula's, nothing but payments came, and each was applied oldest first. */
export function areSimple(books: Books): boolean {
  if (books.replanned || books.charges.length > 0 || books.pauses.length > 0) return false;
  if (books.settlement || books.judgmentE8 !== undefined || books.arrearsSince !== undefined) return false;
  const { fixed, compoundUnits, compoundFixed, released } = books.late;
  if (fixed !== 0 || compoundUnits !== 0 || compoundFixed !== 0 || released !== 0) return false;
  if (books.status === "settled") return false;
  let principalOpen = false;
  let interestOpen = false;
  for (const row of books.rows) {
    if (row.principalReleased !== 0 || row.interestReleased !== 0) return false;
    if (row.waiting !== 0 || row.waitingInterest !== 0) return false;
    if ((principalOpen && row.principalPaid > 0) || (interestOpen && row.interestPaid > 0)) return false;
    principalOpen ||= row.principalPaid < row.principal;
    interestOpen ||= row.interestPaid < row.interest;
  }
  return true;
}

// --- what is owed ----------------------------------------------------------------------------------------------------

export const principalOpen = (row: Row): Minor =>
  (row.principal - row.principalPaid - row.principalReleased) as Minor;
export const interestOpen = (row: Row): Minor =>
  (row.interest - row.interestPaid - row.interestReleased) as Minor;
export const chargeOpen = (charge: OwedCharge): Minor =>
  (charge.amount - charge.paid - charge.released) as Minor;
export const isOpen = (row: Row): boolean => principalOpen(row) > 0 || interestOpen(row) > 0;

export function outstandingOf(books: Books): Minor {
  let sum = 0;
  for (const row of books.rows) sum += row.principal - row.principalPaid - row.principalReleased;
  return minor(sum);
}

/** Of the principal outstanding, what was lent; the rest is price that became principal, and counts as repaid last. */
export const lentOutstandingOf = (books: Books): Minor =>
  minor(Math.max(0, outstandingOf(books) - (books.capitalised ?? 0)));

/** Late interest accrued and owed through `on`; `compound` is the part of it that ran on overdue interest. */
export interface LateDue {
  readonly total: Minor;
  readonly compound: Minor;
}

export function lateRateOf(books: Books, product: Product): Fraction {
  if (books.judgmentE8 !== undefined) return { numerator: books.judgmentE8, denominator: 1e8 };
  return lateRateADay(books.terms.rate, product);
}

const NO_LATE_DUE: LateDue = { total: ZERO, compound: ZERO };

export function lateDue(books: Books, product: Product): LateDue {
  const { late } = books;
  if (late === NOTHING_LATE) return NO_LATE_DUE;
  const { single, compound } = lateAccrued(books, product);
  const total = minor(Math.max(0, single + compound - late.paid - late.released));
  // What was paid of it went to the simple part first.
  return { total, compound: minor(Math.min(total, compound)) };
}

/** Late interest that ran from the start through `on`, paid or not. */
export function lateAccrued(books: Books, product: Product): { single: Minor; compound: Minor } {
  const { late } = books;
  const rate = lateRateOf(books, product);
  const { mode } = product.terms.rounding;
  const { fixed, units, compoundFixed, compoundUnits } = late;
  return {
    single: units === 0 ? fixed : minor(fixed + shareOf(units, rate, mode)),
    compound: compoundUnits === 0 ? compoundFixed : minor(compoundFixed + shareOf(compoundUnits, rate, mode)),
  };
}

/** A row's own period, and the share of the balance that it bears. */
export function periodOf(row: Row, terms: LoanTerms): Period {
  const { from, dueOn, days } = row;
  const { rate, dayCount, interest, every } = terms;
  // One period over the whole term, which bears as many periods' rates as it has.
  if (row.bears && interest === "period" && terms.method === "bullet") {
    const free = terms.interestFree ?? 0;
    const since = free === 0 ? from : dueDays(terms, free)[free - 1]!;
    return { ...periodsOf(terms)[0]!, from: since, days: countDays(since, dueOn, dayCount) };
  }
  const share = !row.bears
    ? NO_SHARE
    : interest === "period"
      ? interestOfPeriod(rate, dayCount, every)
      : interestBetween(rate, dayCount, from, dueOn);
  return { from, dueOn, days, share };
}

/** Interest that a row's period has earned by a day, `balance` being what is outstanding in it as planned. */
export function earnedBy(row: Row, balance: Minor, terms: LoanTerms, on: Day): Minor {
  if (on >= row.dueOn) return row.earned;
  if (on <= row.since || !row.bears) return Math.min(row.carried, row.earned) as Minor;
  const { mode } = terms.rounding;
  if (terms.method === "flat") {
    const run = mulDivRound(row.earned - row.carried, on - row.since, row.dueOn - row.since, mode);
    return add(row.carried, run);
  }
  const share =
    terms.interest === "daily"
      ? interestBetween(terms.rate, terms.dayCount, row.since, on)
      : shareWithin(periodOf(row, terms), terms, row.since, on);
  return Math.min(row.earned, row.carried + shareOf(balance, share, mode)) as Minor;
}

/** Interest of all periods that have ended by a day, and of the running one for the days it has run. */
export function interestEarned(books: Books, on: Day): Minor {
  const { rows, terms } = books;
  let earned = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (row.dueOn <= on) earned += row.earned;
    else if (row.from < on || row.carried > 0) earned += earnedBy(row, plannedBalance(rows, i), terms, on);
  }
  return minor(earned);
}

/** Principal that the plan has outstanding in the period of a row. */
export function plannedBalance(rows: readonly Row[], at: number): Minor {
  let balance = 0;
  for (let i = at; i < rows.length; i++) balance += rows[i]!.principal - rows[i]!.principalReleased;
  return minor(balance);
}

const sumOf = (rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

/**
 * What closes the loan on `on`, less what was paid: principal, interest earned, late interest and charges. Interest paid
 * ahead of its period counts towards it, so it can be below zero. Interest that is not yet earned is not owed: a loan
 * repaid early bears interest for the time it was out (Civil Code of China art. 677, where nothing else is agreed).
 */
export function payoffOf(books: Books, product: Product): number {
  return isClosed(books) ? 0 : owedBeside(books, outstandingOf(books), lateDue(books, product));
}

/** The same for those who have principal and late interest at hand. */
export function owedBeside(books: Books, outstanding: Minor, late: LateDue): number {
  let owed = outstanding + interestEarned(books, books.on) + late.total;
  for (const row of books.rows) owed -= row.interestPaid + row.interestReleased;
  for (const charge of books.charges) owed += chargeOpen(charge);
  return owed;
}

/**
 * Every open claim on `on`, oldest installment first within a kind. Late interest is one claim for the whole loan. What a
 * contract takes in advance is either the coming rows as they stand, or the interest run so far and all principal.
 */
export function claimsOf(books: Books, product: Product): Claim[] {
  const { on, rows } = books;
  // What is to come is so whatever the calendar says, and its year may not be published yet.
  const timingOf = (dueOn: Day): Timing =>
    dueOn > on ? "in-advance" : dueOn < on && lastDayToPay(dueOn, product) < on ? "past-due" : "due";
  const claims: Claim[] = [];
  for (const charge of books.charges) {
    const amount = chargeOpen(charge);
    if (amount === 0) continue;
    const kind = charge.kind === "penalty" ? "penalty" : "fee";
    const { id, installment } = charge;
    claims.push({ timing: timingOf(charge.dueOn), kind, installment, amount, charge: id });
  }
  const late = lateDue(books, product).total;
  if (late > 0) claims.push({ timing: "past-due", kind: "penalty", installment: 0, amount: late });
  const asPlanned = (product.allocation.inAdvance ?? "next") === "next";
  let running = -1;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const timing = timingOf(row.dueOn);
    if (timing === "in-advance" && !asPlanned) {
      running = i;
      break;
    }
    const [principal, interest] = [principalOpen(row), interestOpen(row)];
    if (interest > 0) claims.push({ timing, kind: "interest", installment: row.n, amount: interest });
    if (principal > 0) claims.push({ timing, kind: "principal", installment: row.n, amount: principal });
  }
  if (running >= 0) claims.push(...claimsAhead(books, running));
  return claims;
}

function claimsAhead({ rows, terms, on }: Books, running: number): Claim[] {
  const row = rows[running]!;
  const run = earnedBy(row, plannedBalance(rows, running), terms, on);
  // A row under a grace on interest asks for none of what has run.
  const asked = Math.min(row.interest, run) - row.interestPaid - row.interestReleased;
  const interest = Math.max(0, asked) as Minor;
  const principal = minor(sumOf(rows.slice(running), principalOpen));
  const timing = "in-advance";
  const claims: Claim[] = [];
  if (interest > 0) claims.push({ timing, kind: "interest", installment: row.n, amount: interest });
  if (principal > 0) claims.push({ timing, kind: "principal", installment: row.n, amount: principal });
  return claims;
}
