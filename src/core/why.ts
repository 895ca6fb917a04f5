import { lastDayToPay, pausedDays } from "./ageing.ts";
import { type Books, firstBooks, interestOpen, lateDue, payoffOf, principalOpen } from "./books.ts";
import type { Day } from "./calendar.ts";
import { NEVER } from "./calendar.ts";
import type { Ceiling, Claimable } from "./ceiling.ts";
import type { Fact } from "./facts.ts";
import type { LateSegment } from "./lateness.ts";
import { advance, agedFrom, post } from "./ledger.ts";
import { type Minor, minor } from "./money.ts";
import { booksOf, claimableOf, countedFacts, type Position, positionOfBooks, type Seen } from "./position.ts";
import { bandOf, type Product } from "./product.ts";
import { countDays, type Fraction, shareOf, wideOf } from "./rate.ts";
import { type Head, type StatementLine, statementOf } from "./statement.ts";
import type { LoanTerms } from "./terms.ts";

/** Figures of a position that can be asked how they came about. */
export type Figure =
  | "dpd"
  | "outstanding"
  | "arrears"
  | "principal"
  | "interest"
  | "lateInterest"
  | "fee"
  | "penalty"
  | "recoveryCost"
  | "unapplied"
  | "contractual"
  | "payoff"
  | "claimable";
export const FIGURES: readonly Figure[] = [
  "dpd",
  "outstanding",
  "arrears",
  "principal",
  "interest",
  "lateInterest",
  "fee",
  "penalty",
  "recoveryCost",
  "unapplied",
  "contractual",
  "payoff",
  "claimable",
];

/** How a figure came about: its terms, and the arithmetic that gives it. */
export type Why =
  | {
      readonly figure: Figure;
      readonly kind: "sum";
      readonly amount: Minor;
      readonly parts: readonly WhyPart[];
    }
  | {
      readonly figure: Figure;
      readonly kind: "rows";
      readonly amount: Minor;
      readonly rows: readonly WhyRow[];
    }
  | {
      readonly figure: Figure;
      readonly kind: "account";
      readonly amount: Minor;
      readonly head: Head;
      readonly lines: readonly StatementLine[];
    }
  | {
      readonly figure: "lateInterest";
      readonly kind: "late";
      readonly amount: Minor;
      readonly runs: readonly LateRun[];
      /** Payments, waivers and plans that took from it. */
      readonly lines: readonly StatementLine[];
    }
  | {
      readonly figure: "dpd";
      readonly kind: "days";
      readonly days: number;
      readonly count: DaysCounted | undefined;
    }
  | {
      readonly figure: "claimable";
      readonly kind: "ceiling";
      readonly amount: Minor;
      readonly claim: Claimable;
      readonly principalDays: number;
    };

export interface WhyPart {
  readonly figure: Figure | "interestRun";
  readonly amount: Minor;
}

/** What is past due of one installment. */
export interface WhyRow {
  readonly installment: number;
  readonly dueOn: Day;
  readonly asked: Minor;
  readonly paid: Minor;
  readonly released: Minor;
  readonly open: Minor;
}

/** Stretches of late interest at one rate, summed exactly and rounded once. */
export interface LateRun {
  readonly what: LateSegment["what"];
  readonly rate: Fraction;
  readonly segments: readonly LateSegment[];
  /** Amount x days of all of them. */
  readonly units: number;
  readonly rounded: Minor;
}

export interface DaysCounted {
  /** The due day that they count from, and the last day on which it could be paid in time. */
  readonly from: Day;
  readonly lastDayToPay: Day;
  /** Days after it, as the basis counts them. */
  readonly elapsed: number;
  readonly paused: number;
  readonly graceDays: number;
  readonly band: number;
}

export interface WhyQuestion extends Seen {
  readonly terms: LoanTerms;
  readonly facts: readonly Fact[];
  readonly product: Product;
  readonly ceiling?: Ceiling;
}

/**
 * How a figure of a kept loan's position came about.
 *
 * Gives   the terms that make it up; `undefined` before the pay-out, and for `claimable` without a ceiling.
 * Holds   the parts add up to the figure that `positionOfBooks` gives for the same day and knowledge.
 */
export function why(figure: Figure, question: WhyQuestion): Why | undefined {
  const { terms, facts, product, ceiling } = question;
  const books = booksOf(terms, facts, product, question);
  if (!books) return undefined;
  const position = positionOfBooks(books, product);
  const lines = (): StatementLine[] => statementOf(terms, facts, product, question) ?? [];
  switch (figure) {
    case "dpd":
      return { figure, kind: "days", days: position.dpd, count: daysCounted(books, product) };
    case "principal":
    case "interest":
      return { figure, kind: "rows", amount: position.arrears[figure], rows: pastDueRows(books, figure) };
    case "arrears":
      return { figure, kind: "sum", amount: position.arrears.total, parts: partsOfArrears(position) };
    case "contractual":
      return {
        figure,
        kind: "sum",
        amount: position.contractual,
        parts: partsOfClaim(books, product, position),
      };
    case "payoff":
      return {
        figure,
        kind: "sum",
        amount: position.payoff,
        parts: [
          ...partsOfClaim(books, product, position),
          { figure: "unapplied", amount: minor(-position.unapplied) },
        ],
      };
    case "lateInterest":
      return lateWhy(position.arrears.lateInterest, question, lines());
    case "claimable":
      return ceiling && ceilingWhy(books, product, ceiling);
    default: {
      const head = figure === "outstanding" ? "principal" : figure;
      const touching = lines().filter(({ change }) => change[head] !== 0);
      const amount = minor(touching.reduce((sum, { change }) => sum + change[head], 0));
      return { figure, kind: "account", amount, head, lines: touching };
    }
  }
}

function ceilingWhy(books: Books, product: Product, ceiling: Ceiling): Why {
  const claim = claimableOf(books, product, ceiling);
  const principalDays = books.principalDays ?? 0;
  return { figure: "claimable", kind: "ceiling", amount: claim.claimable, claim, principalDays };
}

function daysCounted(books: Books, product: Product): DaysCounted | undefined {
  const from = agedFrom(books, product);
  if (from === NEVER || from >= books.on) return undefined;
  const last = lastDayToPay(from, product);
  const elapsed =
    product.dpd?.basis === "30/360" ? countDays(last, books.on, "30/360") : Math.max(0, books.on - last);
  const paused = pausedDays(books.pauses, "ageing", last, books.on);
  const graceDays =
    product.dpd?.grace === undefined || product.dpd.grace === "counts" ? 0 : (product.grace?.days ?? 0);
  const band = bandOf(product, positionOfBooks(books, product).dpd);
  return { from, lastDayToPay: last, elapsed, paused, graceDays, band };
}

function pastDueRows(books: Books, figure: "principal" | "interest"): WhyRow[] {
  const open = figure === "principal" ? principalOpen : interestOpen;
  return books.rows
    .filter((row) => row.dueOn < books.on && open(row) > 0)
    .map((row) => ({
      installment: row.n,
      dueOn: row.dueOn,
      asked: row[figure],
      paid: row[`${figure}Paid`],
      released: row[`${figure}Released`],
      open: open(row),
    }));
}

const partsOfArrears = ({ arrears }: Position): WhyPart[] =>
  (["principal", "interest", "lateInterest", "fee", "penalty", "recoveryCost"] as const).map((figure) => ({
    figure,
    amount: arrears[figure],
  }));

/** Interest run is what is left of the claim beside what the other parts say. */
function partsOfClaim(books: Books, product: Product, position: Position): WhyPart[] {
  const { lateInterest } = position.arrears;
  const charges = { fee: 0, penalty: 0, "recovery-cost": 0 };
  for (const { kind, amount, paid, released } of books.charges) charges[kind] += amount - paid - released;
  const late = position.contractual === 0 ? lateInterest : lateDue(books, product).total;
  const rest =
    payoffOf(books, product) -
    position.outstanding -
    late -
    charges.fee -
    charges.penalty -
    charges["recovery-cost"];
  return [
    { figure: "outstanding", amount: position.outstanding },
    { figure: "interestRun", amount: minor(rest) },
    { figure: "lateInterest", amount: late },
    { figure: "fee", amount: minor(charges.fee) },
    { figure: "penalty", amount: minor(charges.penalty) },
    { figure: "recoveryCost", amount: minor(charges["recovery-cost"]) },
  ];
}

/** Counts the life once more and listens to late interest as it runs. */
function lateWhy(amount: Minor, question: WhyQuestion, lines: readonly StatementLine[]): Why {
  const { terms, facts, product } = question;
  let done: LateRun[] = [];
  let open = new Map<string, LateSegment[]>();
  const waiting = new Map<number, LateSegment[]>();
  const count = (segment: LateSegment): void => {
    const { numerator, denominator } = wideOf(segment.rate);
    const key = `${segment.what} ${numerator}/${denominator}`;
    const segments = open.get(key) ?? [];
    open.set(key, segments);
    append(segments, segment);
  };
  const listen = (segment: LateSegment): void => {
    const held = waiting.get(segment.installment) ?? [];
    if (segment.waits) {
      waiting.set(segment.installment, [...held, segment]);
      return;
    }
    // The grace is over: what waited counts with it.
    for (const earlier of held) count(earlier);
    waiting.delete(segment.installment);
    count(segment);
  };
  let books = firstBooks(terms);
  for (const fact of countedFacts(facts, question)) {
    books = post(books, fact, product, listen);
    // Another rate begins, or nothing of the contract is owed any more.
    if (fact.kind === "PlanReplaced" || fact.kind === "JudgmentEntered") {
      done =
        fact.kind === "JudgmentEntered"
          ? []
          : [...done, ...[...open.values()].map((segments) => runOf(segments, product))];
      open = new Map();
      waiting.clear();
    }
  }
  advance(books, product, question.asOf, listen);
  const runs = [...done, ...[...open.values()].map((segments) => runOf(segments, product))];
  const since = lines.findLastIndex((line) => line.kind === "fact" && line.fact.kind === "JudgmentEntered");
  const took = lines
    .slice(since + 1)
    .filter(({ kind, change }) => kind !== "late-interest" && change.lateInterest !== 0);
  return { figure: "lateInterest", kind: "late", amount, runs, lines: took };
}

/** A stretch that goes on where the last one of its row ended, on the same base, is one with it. */
function append(segments: LateSegment[], segment: LateSegment): void {
  const i = segments.findLastIndex(({ installment }) => installment === segment.installment);
  const last = segments[i];
  if (last && last.through === segment.from && last.base === segment.base)
    segments[i] = { ...last, through: segment.through, days: last.days + segment.days };
  else segments.push(segment);
}

function runOf(segments: readonly LateSegment[], product: Product): LateRun {
  const { what, rate } = segments[0]!;
  const units = segments.reduce((sum, { base, days }) => sum + base * days, 0);
  return { what, rate, segments, units, rounded: shareOf(units, rate, product.terms.rounding.mode) };
}
