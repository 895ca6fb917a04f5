import {
  booksOf,
  type Ceiling,
  claimableOf,
  type Day,
  decimalsOf,
  type Fact,
  formatDay,
  formatExact,
  formatPercent,
  invariant,
  isClosed,
  type LateSegment,
  type LoanBooked,
  lastDayToPay,
  type Minor,
  minor,
  type Position,
  type Product,
  positionOfBooks,
  termsOf,
  why,
  wideOf,
} from "../core/index.ts";
import type { Letter, LetterDebt, Statement, StatementKind } from "./letter.ts";

/** A debt as the book holds it. */
export interface DebtOfBook {
  /** The loan's id at the lender. */
  readonly loan: string;
  /** Number of the contract, where it is another one. */
  readonly contractNumber?: string;
  readonly contractOn?: Day;
  readonly product: Product;
  readonly booked: LoanBooked;
  readonly facts: readonly Fact[];
  readonly ceiling: Ceiling;
}

/** What a letter says beside its figures. */
export type LetterFrame = Omit<Letter, "debts" | "demanded" | "currency">;

/**
 * A letter out of the book: every figure that it will print, taken from the position of the letter's own day and of no other.
 *
 * Takes   kept loans of one person and one currency, paid out by the day; what was booked by now.
 * Gives   the letter as data; what is demanded is what is past due and can be claimed, less what lies unapplied.
 * Holds   per debt, the contractual lines are the arrears of `position` on the day, head by head; the claimable ones are never more;
 *         missed installments add up to principal and interest past due.
 */
export function composeLetter(frame: LetterFrame, debts: readonly DebtOfBook[]): Letter {
  const [first] = debts;
  invariant(first !== undefined, "a letter is about one debt at least");
  const { currency } = first.product.terms;
  invariant(
    debts.every(({ product }) => product.terms.currency === currency),
    "one letter has one currency",
  );
  const read = debts.map((debt) => debtOn(debt, frame));
  return {
    ...frame,
    currency,
    debts: read.map(({ debt }) => debt),
    demanded: minor(read.reduce((sum, { demanded }) => sum + demanded, 0)),
  };
}

interface DebtRead {
  readonly debt: LetterDebt;
  readonly demanded: number;
}

function debtOn(given: DebtOfBook, frame: LetterFrame): DebtRead {
  const { on: asOf } = frame;
  const { product, booked, facts } = given;
  const terms = termsOf(booked, product);
  const books = booksOf(terms, facts, product, { asOf });
  invariant(books !== undefined, `${given.loan} was paid out after ${formatDay(asOf)}`);
  const position = positionOfBooks(books, product);
  const closed = isClosed(books);
  const statement = statementOn(given, position, frame);
  const missed = closed
    ? []
    : position.installments.flatMap((row) => {
        if (lastDayToPay(row.dueOn, product) >= asOf) return [];
        const due = minor(row.principal + row.interest - row.released);
        const paid = minor(row.principalPaid + row.interestPaid);
        return due > paid ? [{ n: row.n, dueOn: row.dueOn, due, paid, open: minor(due - paid) }] : [];
      });
  return {
    debt: {
      loan: given.loan,
      contractNumber: given.contractNumber ?? given.loan,
      ...(given.contractOn === undefined ? {} : { contractOn: given.contractOn }),
      principal: booked.principal,
      disbursedOn: booked.disbursedOn,
      installments: booked.installments,
      rate: rateWords(formatPercent(terms.rate), terms.ratePer, frame.language),
      dpd: position.dpd,
      missed,
      statement,
    },
    demanded: Math.max(0, statement.claimable - position.unapplied),
  };
}

const PER = {
  "zh-CN": { day: "日", month: "月", year: "年" },
  en: { day: "a day", month: "a month", year: "a year" },
} as const;

const rateWords = (percent: string, per: "day" | "month" | "year", language: Letter["language"]): string =>
  language === "zh-CN" ? `${PER[language][per]}利率 ${percent}%` : `${percent} % ${PER[language][per]}`;

/** In the order in which a ceiling takes from them: what was added for being late first, principal last. */
const CUT_ORDER: readonly StatementKind[] = ["lateInterest", "penalty", "fee", "interest", "principal"];
const LINES: readonly StatementKind[] = [
  "principal",
  "interest",
  "lateInterest",
  "fee",
  "penalty",
  "recoveryCost",
];

function statementOn(
  { product, booked, facts, ceiling }: DebtOfBook,
  position: Position,
  { language }: LetterFrame,
): Statement {
  const { asOf, arrears } = position;
  const terms = termsOf(booked, product);
  const books = booksOf(terms, facts, product, { asOf })!;
  const claim = claimableOf(books, product, ceiling);
  const lines = claimLines(arrears, claim.reduced).filter(
    ({ kind, contractual }) => kind === "principal" || kind === "interest" || contractual > 0,
  );
  const working =
    arrears.lateInterest > 0
      ? lateWorking({ product, booked, facts }, asOf).map(({ what: _, ...row }) => row)
      : [];
  return {
    asOf,
    lines,
    contractual: arrears.total,
    claimable: minor(lines.reduce((sum, line) => sum + line.claimable, 0)),
    working,
    ceiling: ceilingWords(ceiling, language),
  };
}

/** What is claimed of each head when an excess over a ceiling is left out: off what was added for being late first, off principal last. */
export function claimLines(
  heads: Readonly<Record<StatementKind, Minor>>,
  reduced: { readonly interest: number; readonly fee: number; readonly penalty: number },
): Statement["lines"] {
  // All of the excess comes off what is demanded now, also where some of it belongs to interest that has run and is not due yet:
  // less is then asked for than might be, never more.
  let over = reduced.interest + reduced.fee + reduced.penalty;
  const cut = new Map<StatementKind, number>();
  for (const kind of CUT_ORDER) {
    const off = Math.min(over, heads[kind]);
    cut.set(kind, off);
    over -= off;
  }
  return LINES.map((kind) => ({
    kind,
    contractual: heads[kind],
    claimable: minor(heads[kind] - (cut.get(kind) ?? 0)),
  }));
}

/** Late interest as a reader can check it by hand: base x days x rate = product, and whether the base is interest. */
export function lateWorking(
  { product, booked, facts }: Pick<DebtOfBook, "product" | "booked" | "facts">,
  asOf: Day,
): (Statement["working"][number] & { readonly what: LateSegment["what"] })[] {
  const terms = termsOf(booked, product);
  const late = why("lateInterest", { terms, facts, product, asOf });
  if (late?.kind !== "late") return [];
  const decimals = 10n ** BigInt(decimalsOf(terms.currency));
  return late.runs.flatMap(({ what, rate, segments }) => {
    const { numerator, denominator } = wideOf(rate);
    return segments.map(({ from, through, base, days }) => ({
      what,
      from,
      to: through,
      base,
      days,
      rate: `${formatExact(numerator * 100n, denominator)}%`,
      product: formatExact(BigInt(base * days) * numerator, denominator * decimals),
    }));
  });
}

const ceilingWords = ({ rate, cite }: Ceiling, language: Letter["language"]): string =>
  language === "zh-CN"
    ? `综合成本年化上限 ${formatPercent(rate)}%（${cite}）`
    : `the whole cost of the loan is capped at ${formatPercent(rate)} % a year (${cite})`;

/**
 * Whether a letter's figures still stand: composed anew for its own day with what is known now, nothing would differ; and nothing
 * has been paid, given up or planned anew since its day.
 */
export function figuresStand(letter: Letter, debts: readonly DebtOfBook[], today: Day): boolean {
  const { debts: _, demanded: __, currency: ___, ...frame } = letter;
  const again = composeLetter(frame, debts);
  if (JSON.stringify(again) !== JSON.stringify(letter)) return false;
  const later = composeLetter({ ...frame, on: today }, debts);
  return later.debts.every((debt, i) => covers(debt, letter.debts[i]!));
}

/** What was open then is open still: time adds late interest and installments, and only money or a plan takes away. */
function covers(now: LetterDebt, then: LetterDebt): boolean {
  const head = (debt: LetterDebt, kind: StatementKind): Minor | 0 =>
    debt.statement.lines.find((line) => line.kind === kind)?.contractual ?? 0;
  return (
    LINES.every((kind) => head(now, kind) >= head(then, kind)) &&
    then.missed.every(({ n, dueOn, open }) =>
      now.missed.some((one) => one.n === n && one.dueOn === dueOn && one.open === open),
    )
  );
}
