import {
  type Books,
  chargeOpen,
  firstBooks,
  interestEarned,
  isClosed,
  lateDue,
  outstandingOf,
  plannedBalance,
} from "./books.ts";
import type { Day } from "./calendar.ts";
import type { Fact, LoanStatus, MoneyFact } from "./facts.ts";
import type { LateSegment } from "./lateness.ts";
import { advance, nextStop, post } from "./ledger.ts";
import { type Minor, minor, ZERO } from "./money.ts";
import { countedFacts, type Seen } from "./position.ts";
import type { Product } from "./product.ts";
import { countDays } from "./rate.ts";
import type { LoanTerms } from "./terms.ts";

/** What a loan owes, head by head. `unapplied` is what the lender holds for the borrower, and counts against the rest. */
export type Head =
  | "principal"
  | "interest"
  | "lateInterest"
  | "fee"
  | "penalty"
  | "recoveryCost"
  | "unapplied";
export const HEADS: readonly Head[] = [
  "principal",
  "interest",
  "lateInterest",
  "fee",
  "penalty",
  "recoveryCost",
  "unapplied",
];
export type Heads = Readonly<Record<Head, Minor>>;

/** How interest came to run: on what balance, over which days of which installment's period. */
export interface InterestRun {
  readonly installment: number;
  readonly balance: Minor;
  /** It runs on the days after `from`; `through` is the last of them. */
  readonly from: Day;
  readonly through: Day;
  readonly days: number;
}

export type StatementLine = {
  readonly on: Day;
  /** What each head grew by, zero or not; below zero where less is owed, or where less is held unapplied. */
  readonly change: Heads;
  /** All that is owed after the line, less what is held unapplied: what would close the loan. */
  readonly balance: Minor;
  /** The loan's status after the line. */
  readonly status: LoanStatus;
} & (
  | { readonly kind: "payout" }
  | { readonly kind: "interest"; readonly run: InterestRun }
  | { readonly kind: "late-interest"; readonly segments: readonly LateSegment[] }
  | { readonly kind: "late-fee"; readonly installments: readonly number[] }
  /** Money held unapplied met what fell due. */
  | { readonly kind: "applied" }
  /** `paid` is what money met of each head; the rest of a change was given up, made principal or adjudged. */
  | { readonly kind: "fact"; readonly fact: MoneyFact; readonly paid: Heads }
);

/**
 * A kept loan's statement of account: every movement from the pay-out to a day, with the working of what ran, and the
 * balance after each.
 *
 * Takes   the contract's terms; its facts in any order; the product; the day, and whose knowledge of it.
 * Gives   lines in order of value day; interest and late interest are told when an installment falls due and before
 *         each entry, so that every balance is the pay-off amount of its day. `undefined` before the pay-out.
 * Holds   each balance = the one before + its changes; the last one = `payoff` of the position, below zero where money is
 *         held beyond all claims.
 */
export function statementOf(
  terms: LoanTerms,
  facts: readonly Fact[],
  product: Product,
  seen: Seen,
): StatementLine[] | undefined {
  const { asOf } = seen;
  if (terms.disbursedOn > asOf) return undefined;
  const lines: StatementLine[] = [];
  // Stretches too small to move a cent are told with the next that do.
  const segments: LateSegment[] = [];
  let books = firstBooks(terms);
  const first = headsOf(books, product);
  const opening = { change: first, balance: balanceOf(first), status: books.status };
  lines.push({ on: books.on, kind: "payout", ...opening });
  for (const fact of [...countedFacts(facts, seen), undefined]) {
    const until = fact?.valueOn ?? asOf;
    while (books.on < until) {
      const stop = nextLine(books, product, until);
      books = through(books, product, stop, lines, segments);
    }
    if (!fact) break;
    const next = post(books, fact, product);
    const heads = headsOf(next, product);
    const change = difference(heads, headsOf(books, product));
    const paid = difference(paidOf(next), paidOf(books));
    const { status } = next;
    lines.push({ on: fact.valueOn, kind: "fact", fact, change, paid, balance: balanceOf(heads), status });
    books = next;
  }
  return lines;
}

export function headsOf(books: Books, product: Product): Heads {
  let settled = 0;
  let asked = 0;
  for (const row of books.rows) {
    settled += row.interestPaid + row.interestReleased;
    asked += row.interest;
  }
  const open = { fee: 0, penalty: 0, "recovery-cost": 0 };
  for (const charge of books.charges) open[charge.kind] += chargeOpen(charge);
  return {
    principal: outstandingOf(books),
    interest: minor((isClosed(books) ? asked : interestEarned(books, books.on)) - settled),
    lateInterest: isClosed(books) ? ZERO : lateDue(books, product).total,
    fee: open.fee as Minor,
    penalty: open.penalty as Minor,
    recoveryCost: open["recovery-cost"] as Minor,
    unapplied: books.unapplied,
  };
}

/** What money has met of each head since the pay-out. */
function paidOf({ rows, charges, late }: Books): Heads {
  const met = { ...NOTHING, lateInterest: late.paid };
  for (const row of rows) {
    met.principal = minor(met.principal + row.principalPaid);
    met.interest = minor(met.interest + row.interestPaid);
  }
  for (const { kind, paid } of charges) {
    const head = kind === "recovery-cost" ? "recoveryCost" : kind;
    met[head] = minor(met[head] + paid);
  }
  return met;
}

const balanceOf = (heads: Heads): Minor =>
  minor(
    heads.principal +
      heads.interest +
      heads.lateInterest +
      heads.fee +
      heads.penalty +
      heads.recoveryCost -
      heads.unapplied,
  );

const NOTHING: Heads = {
  principal: ZERO,
  interest: ZERO,
  lateInterest: ZERO,
  fee: ZERO,
  penalty: ZERO,
  recoveryCost: ZERO,
  unapplied: ZERO,
};

function difference(after: Heads, before: Heads): Heads {
  const change = { ...NOTHING };
  for (const head of HEADS) change[head] = minor(after[head] - before[head]);
  return change;
}

/** The next due day, or the next day on which something happens by itself. */
function nextLine(books: Books, product: Product, until: Day): Day {
  const due = books.rows.find((row) => row.dueOn > books.on)?.dueOn ?? until;
  const happens = isClosed(books) ? until : (nextStop(books, product, until) ?? until);
  return Math.min(due, happens, until) as Day;
}

/** Counts the books through a day and tells apart what ran, what was charged and what unapplied money met. */
function through(
  books: Books,
  product: Product,
  stop: Day,
  lines: StatementLine[],
  segments: LateSegment[],
): Books {
  const run = runOf(books, stop);
  const next = advance(books, product, stop, (segment) => segments.push(segment));
  const fees = next.charges.slice(books.charges.length);
  const charged = fees.reduce((sum, { amount }) => sum + amount, 0);
  let heads = headsOf(books, product);
  const end = headsOf(next, product);
  const whole = difference(end, heads);
  // What unapplied money paid has come off what ran: put back, the rest of the change is what ran.
  const met = next.rows.reduce((sum, row) => sum + row.interestPaid, 0) - interestPaidOf(books);
  const lateMet = next.late.paid - books.late.paid;
  const tell = (change: Partial<Heads>, line: Kind): void => {
    if (Object.values(change).every((amount) => amount === 0)) return;
    const filled = { ...NOTHING, ...change };
    heads = Object.fromEntries(HEADS.map((head) => [head, minor(heads[head] + filled[head])])) as Record<
      Head,
      Minor
    >;
    const { status } = line.kind === "applied" ? next : books;
    lines.push({ on: stop, change: filled, balance: balanceOf(heads), status, ...line });
  };
  tell({ interest: minor(whole.interest + met) }, { kind: "interest", run });
  const late = minor(whole.lateInterest + lateMet);
  tell({ lateInterest: late }, { kind: "late-interest", segments: late === 0 ? [] : segments.splice(0) });
  tell(
    { penalty: minor(charged) },
    { kind: "late-fee", installments: fees.map(({ installment }) => installment) },
  );
  tell(
    {
      ...whole,
      interest: minor(-met),
      lateInterest: minor(-lateMet),
      penalty: minor(whole.penalty - charged),
    },
    { kind: "applied" },
  );
  return next;
}

type Kind = StatementLine extends infer Line
  ? Line extends { readonly kind: string }
    ? Omit<Line, "on" | "change" | "balance" | "status">
    : never
  : never;

const interestPaidOf = ({ rows }: Books): number => rows.reduce((sum, row) => sum + row.interestPaid, 0);

/** The period in which interest runs up to a day; due days are stops, so that it is one. */
function runOf({ rows, on, terms }: Books, stop: Day): InterestRun {
  const found = rows.findIndex((row) => row.dueOn > on && row.n > 0);
  const row = rows[found];
  const from = row ? (Math.max(on, row.since) as Day) : on;
  return {
    installment: row?.n ?? 0,
    balance: row ? plannedBalance(rows, found) : ZERO,
    from,
    through: stop,
    days: countDays(from, stop, terms.dayCount),
  };
}
