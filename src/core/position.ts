import { dpdOn, lastDayToPay } from "./ageing.ts";
import {
  type Books,
  chargeOpen,
  firstBooks,
  interestEarned,
  interestOpen,
  isClosed,
  isOpen,
  type LateDue,
  lateDue,
  openBooks,
  outstandingOf,
  owedBeside,
  plannedBalance,
  principalOpen,
  type Row,
} from "./books.ts";
import { type Day, NEVER } from "./calendar.ts";
import { type Ceiling, type Claimable, claimable } from "./ceiling.ts";
import type { ChargeKind, Fact, LoanBooked, LoanStatus, MoneyFact } from "./facts.ts";
import type { Hold } from "./holds.ts";
import { advance, agedFrom, isMoneyFact, standing } from "./ledger.ts";
import { disputeOn, fold, holdsOn, inBookedOrder, type LoanState, replay } from "./loan.ts";
import { type Minor, minor, mulDivRound, ZERO } from "./money.ts";
import { bandName, bandOf, type Product, termsOf } from "./product.ts";
import type { Installment } from "./schedule.ts";
import type { LoanTerms } from "./terms.ts";
import { invariant } from "./trouble.ts";

/** What is past due, by kind. `compoundInterest` is part of `lateInterest` and not added again. */
export interface Arrears {
  readonly principal: Minor;
  readonly interest: Minor;
  readonly lateInterest: Minor;
  readonly compoundInterest: Minor;
  readonly fee: Minor;
  readonly penalty: Minor;
  readonly recoveryCost: Minor;
  readonly total: Minor;
}

export interface InstallmentPosition {
  /** 0 for principal repaid ahead of the plan. */
  readonly n: number;
  readonly dueOn: Day;
  readonly days: number;
  readonly principal: Minor;
  readonly interest: Minor;
  readonly principalPaid: Minor;
  readonly interestPaid: Minor;
  /** Given up, or made principal of a later plan. */
  readonly released: Minor;
  /** Principal still outstanding once it is paid. */
  readonly balance: Minor;
}

/** What a loan's figures are on a day. */
export interface Position {
  readonly asOf: Day;
  readonly source: "kept" | "fed";
  readonly status: LoanStatus;
  /** The plan with what is paid of each row; empty on fed loans, whose plan the core system holds. */
  readonly installments: readonly InstallmentPosition[];
  /** Principal still owed, due or not. */
  readonly outstanding: Minor;
  readonly arrears: Arrears;
  /** 1 on the day after the due day, unless the product counts otherwise; 0 while nothing is past due. */
  readonly dpd: number;
  readonly band: string;
  /** Oldest due day not fully paid, past or to come. */
  readonly dueOn: Day | null;
  readonly nextDue: { readonly on: Day; readonly amount: Minor } | null;
  /** What is past due and, while no due day has passed, what falls due next: asked for, but for what is contested (`askableOf`). */
  readonly asked: Minor;
  /** All that is owed on this day, were it to end: principal, interest run, late interest and charges. */
  readonly contractual: Minor;
  /** What would close the loan on this day: the same, less what lies unapplied. */
  readonly payoff: Minor;
  readonly unapplied: Minor;
}

/** What is past due on a day at or after the last money of the loan. `plan` spares those who have it a second one. */
export function arrearsOn(
  loan: LoanState,
  product: Product,
  on: Day,
  plan?: readonly Installment[],
): Arrears {
  if (product.source === "fed") return arrearsReported(loan);
  const books = advance(openBooks(loan, product, on, plan), product, on);
  return arrearsOf(books, product, lateDue(books, product));
}

const NO_ARREARS: Arrears = {
  principal: ZERO,
  interest: ZERO,
  lateInterest: ZERO,
  compoundInterest: ZERO,
  fee: ZERO,
  penalty: ZERO,
  recoveryCost: ZERO,
  total: ZERO,
};

function arrearsReported(loan: LoanState): Arrears {
  const lateInterest = loan.latePaid;
  const total = minor(loan.lateUnits);
  const principal = minor(Math.max(0, total - lateInterest));
  return { ...NO_ARREARS, principal, lateInterest, total };
}

function arrearsOf(books: Books, product: Product, late: LateDue): Arrears {
  if (isClosed(books)) return NO_ARREARS;
  let principal = 0;
  let interest = 0;
  for (const row of books.rows) {
    if (lastDayToPay(row.dueOn, product) >= books.on) break;
    principal += principalOpen(row);
    interest += interestOpen(row);
  }
  let [fee, penalty, recoveryCost] = [0, 0, 0];
  for (const one of books.charges) {
    if (lastDayToPay(one.dueOn, product) >= books.on) continue;
    if (one.kind === "fee") fee += chargeOpen(one);
    else if (one.kind === "penalty") penalty += chargeOpen(one);
    else recoveryCost += chargeOpen(one);
  }
  return {
    principal: principal as Minor,
    interest: interest as Minor,
    lateInterest: late.total,
    compoundInterest: late.compound,
    fee: fee as Minor,
    penalty: penalty as Minor,
    recoveryCost: recoveryCost as Minor,
    total: minor(principal + interest + late.total + fee + penalty + recoveryCost),
  };
}

/**
 * A loan's position on any day at or after its last money; `positionFromFacts` serves every other day.
 *
 * Takes   the folded loan and its product.
 * Units   minor units; days past due count as the product says, from the oldest unpaid due day.
 * Holds   outstanding = principal asked for - paid - released; arrears.total = its parts.
 */
export function position(loan: LoanState, product: Product, asOf: Day): Position {
  return positionReader(loan, product)(asOf);
}

/** The same for those who ask for many days of one loan: its books are opened once. */
export function positionReader(loan: LoanState, product: Product): (asOf: Day) => Position {
  if (product.source === "fed") return (asOf) => positionReported(loan, product, asOf);
  const books = openBooks(loan, product);
  const installments = installmentsOf(books);
  return (asOf) => {
    invariant(asOf >= loan.lateOn, "for an earlier day, replay the facts valued by then");
    const now = advance(books, product, asOf);
    // Fees and late interest leave the rows alone; money held unapplied may not.
    const rows = now.rows === books.rows ? installments : installmentsOf(now);
    const aged = books.unapplied === 0 ? loan : { ...loan, dueOn: agedFrom(now, product) };
    return positionOf(now, product, aged, rows);
  };
}

function positionOf(
  books: Books,
  product: Product,
  loan: Pick<LoanState, "dueOn" | "extra">,
  installments: readonly InstallmentPosition[],
): Position {
  const { on, rows } = books;
  const dpd = dpdOn(loan, product, on);
  const late = lateDue(books, product);
  const outstanding = outstandingOf(books);
  const closed = isClosed(books);
  const owed = closed ? 0 : owedBeside(books, outstanding, late);
  let oldest: Row | undefined;
  let next: Row | undefined;
  for (let i = 0; !closed && next === undefined && i < rows.length; i++) {
    const row = rows[i]!;
    if (!isOpen(row)) continue;
    oldest ??= row;
    if (lastDayToPay(row.dueOn, product) >= on) next = row;
  }
  const arrears = arrearsOf(books, product, late);
  const nextDue = next ? { on: next.dueOn, amount: minor(principalOpen(next) + interestOpen(next)) } : null;
  return {
    asOf: on,
    source: "kept",
    status: books.status,
    installments,
    outstanding,
    arrears,
    dpd,
    band: bandName(bandOf(product, dpd)),
    dueOn: oldest?.dueOn ?? null,
    nextDue,
    asked: minor(arrears.total + (loan.dueOn >= on ? (nextDue?.amount ?? 0) : 0)),
    contractual: minor(Math.max(0, owed)),
    payoff: minor(Math.max(0, owed - books.unapplied)),
    unapplied: books.unapplied,
  };
}

function positionReported(loan: LoanState, product: Product, asOf: Day): Position {
  const dpd = dpdOn(loan, product, asOf);
  const outstanding = minor(loan.principal - loan.principalPaid);
  const arrears = arrearsReported(loan);
  return {
    asOf,
    source: "fed",
    status: loan.status,
    installments: [],
    outstanding,
    arrears,
    dpd,
    band: bandName(bandOf(product, dpd)),
    dueOn: loan.dueOn === NEVER ? null : loan.dueOn,
    nextDue: null,
    asked: arrears.total,
    contractual: outstanding,
    payoff: outstanding,
    unapplied: ZERO,
  };
}

function installmentsOf({ rows }: Books): InstallmentPosition[] {
  let balance: number = plannedBalance(rows, 0);
  return rows.map((row: Row) => {
    const { n, dueOn, days, principal, interest, principalPaid, interestPaid } = row;
    balance -= principal - row.principalReleased;
    const released = (row.principalReleased + row.interestReleased) as Minor;
    const left = balance as Minor;
    return { n, dueOn, days, principal, interest, principalPaid, interestPaid, released, balance: left };
  });
}

// --- from the journal ------------------------------------------------------------------------------------------------

/** A day to look at, and the day whose knowledge of it is asked for: the last one unless given. */
export interface Seen {
  readonly asOf: Day;
  readonly knownOn?: Day;
}

/**
 * The books of a kept loan on any day, past or future, from its journal: only facts booked by `knownOn` and money valued
 * by `asOf`. `undefined` before the money was paid out.
 */
export function booksFromFacts(
  facts: readonly Fact[],
  product: (id: number) => Product,
  { asOf, knownOn = NEVER }: Seen,
): Books | undefined {
  const first = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  if (!first || first.on > knownOn) return undefined;
  const ofLoan = product(first.product);
  return booksOf(termsOf(first, ofLoan), facts, ofLoan, { asOf, knownOn });
}

/** The same from a contract's terms and what came after it. */
export function booksOf(
  terms: LoanTerms,
  facts: readonly Fact[],
  product: Product,
  seen: Seen,
): Books | undefined {
  if (terms.disbursedOn > seen.asOf) return undefined;
  return advance(fold(firstBooks(terms), countedFacts(facts, seen), product), product, seen.asOf);
}

/** The money facts that count on a day, as known on one, in the order in which they count. */
export function countedFacts(facts: readonly Fact[], { asOf, knownOn = NEVER }: Seen): MoneyFact[] {
  const known = inBookedOrder(facts).filter((fact) => fact.on <= knownOn);
  return standing(known.filter((fact) => !isMoneyFact(fact) || fact.valueOn <= asOf));
}

/** What whole books say on the day through which they are counted. */
export function positionOfBooks(books: Books, product: Product): Position {
  const aged = { dueOn: agedFrom(books, product), extra: { books } };
  return positionOf(books, product, aged, installmentsOf(books));
}

/** A loan's position on any day, past or future, from its journal, as known on a day if one is given. */
export function positionFromFacts(
  key: { bucket: number; n: number },
  facts: readonly Fact[],
  product: (id: number) => Product,
  asOf: Day,
  knownOn: Day = NEVER,
): Position | undefined {
  const first = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  if (!first) return undefined;
  const ofLoan = product(first.product);
  if (ofLoan.source === "fed") return reportedFromFacts(key, facts, ofLoan, asOf, knownOn);
  const books = booksFromFacts(facts, product, { asOf, knownOn });
  return books && positionOfBooks(books, ofLoan);
}

function reportedFromFacts(
  key: { bucket: number; n: number },
  facts: readonly Fact[],
  product: Product,
  asOf: Day,
  knownOn: Day,
): Position | undefined {
  const known = facts.filter(
    (fact) =>
      fact.on <= knownOn &&
      (fact.kind === "LoanBooked" || (fact.kind === "BalanceReported" && fact.asOf <= asOf)),
  );
  const loan = replay(key, known, () => product);
  return loan && loan.disbursedOn <= asOf ? positionReported(loan, product, asOf) : undefined;
}

/**
 * What can be claimed of a kept loan under a ceiling on its whole cost; `undefined` before it was paid out.
 *
 * Takes   books counted from the pay-out on (`booksFromFacts`), for they know how long principal was out.
 * Source  the ceiling, which a pack gives; see `claimable`.
 */
export function claimableOf(books: Books, product: Product, ceiling: Ceiling): Claimable {
  invariant(books.principalDays !== undefined, "what can be claimed is counted from the pay-out on");
  const { on, rows, charges } = books;
  const earned = interestEarned(books, on);
  let paid = 0;
  let released = 0;
  for (const row of rows) {
    paid += row.interestPaid;
    released += row.interestReleased;
  }
  const late = lateDue(books, product).total;
  const sum = (kind: ChargeKind, of: (charge: (typeof charges)[number]) => number): number =>
    charges.reduce((total, one) => total + (one.kind === kind ? of(one) : 0), 0);
  // Price that became principal is price all the same: else a new plan would lift the ceiling.
  const outstanding = outstandingOf(books);
  const capitalised = books.capitalised ?? 0;
  const capitalisedOpen = Math.min(capitalised, outstanding);
  const isCharged = ({ amount, released: gone }: (typeof charges)[number]) => amount - gone;
  return claimable(
    {
      principalDays: books.principalDays,
      charged: {
        // Interest paid ahead of its period has been charged too.
        interest: minor(Math.max(earned - released, paid) + capitalised),
        fee: minor(sum("fee", isCharged)),
        penalty: minor(late + books.late.paid + sum("penalty", isCharged)),
      },
      unpaid: {
        principal: minor(outstanding - capitalisedOpen),
        interest: minor(Math.max(0, earned - released - paid) + capitalisedOpen),
        fee: minor(sum("fee", chargeOpen)),
        penalty: minor(late + sum("penalty", chargeOpen)),
      },
      rounding: product.terms.rounding.mode,
    },
    ceiling,
  );
}

/** What a message, a call or a screen may ask for on a day. */
export interface Askable {
  /** What is past due or, before that, falls due next, without what is contested. */
  readonly sum: Minor;
  /** Late interest within it. */
  readonly lateInterest: Minor;
  /** Contested and left out, with the late interest that it bears. */
  readonly disputed: Minor;
}

/**
 * What may be asked for while a dispute stands: the one place that decides it, for messages, calls, screens and agencies alike.
 *
 * Takes   what would be asked for without a dispute, and the dispute in force, if any (`disputeOn`, `disputeBy`).
 * Units   minor units. Of late interest, the share that a contested part bears is left out with it, rounded against whoever asks.
 * Holds   sum + disputed = asked; nothing can be asked for while the whole is contested.
 * Source  law/house/requests.md, "effect" and "part".
 */
export function askableOf(
  { asked, arrears }: Pick<Position, "asked" | "arrears">,
  dispute: Hold | undefined,
): Askable {
  if (!dispute) return { sum: asked, lateInterest: arrears.lateInterest, disputed: ZERO };
  const { part } = dispute;
  if (part === undefined) return { sum: ZERO, lateInterest: ZERO, disputed: asked };
  const base = arrears.total - arrears.lateInterest;
  const share = base === 0 ? 0 : mulDivRound(arrears.lateInterest, Math.min(part, base), base, "up");
  const sum = minor(Math.max(0, asked - part - share));
  const lateInterest = minor(Math.min(arrears.lateInterest - share, sum));
  return { sum, lateInterest, disputed: minor(asked - sum) };
}

/** The same of a loan as it stands; `since`: facts that it has not taken in yet; `arrears`, of those who have them already. */
export function askableOn(
  loan: LoanState,
  product: Product,
  on: Day,
  { since = [], arrears = arrearsOn(loan, product, on) }: { since?: readonly Fact[]; arrears?: Arrears } = {},
): Askable {
  const next = loan.dueOn >= on ? (position(loan, product, on).nextDue?.amount ?? 0) : 0;
  return askableOf({ asked: minor(arrears.total + next), arrears }, disputeOn(loan, on, since));
}

/**
 * The holds that a message or a call meets on a day.
 *
 * Holds   a dispute of a part stops none while more than the part can be asked for. Letters and filings, which state the whole claim, meet
 *         every hold (`holdsOn`).
 * Source  law/house/requests.md, "part".
 */
export function holdsOnAsking(loan: LoanState, product: Product, on: Day): Hold[] {
  const holds = holdsOn(loan, on);
  if (!holds.some(({ part }) => part !== undefined)) return holds;
  const rests = askableOn(loan, product, on).sum === 0;
  return holds.filter(({ part }) => part === undefined || rests);
}
