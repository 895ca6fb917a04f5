import { lastDayToPay, stoodStill } from "./ageing.ts";
import {
  type Books,
  interestOpen,
  isClosed,
  isOpen,
  type Late,
  lateAccrued,
  lateRateOf,
  outstandingOf,
  type Pause,
  principalOpen,
  type Row,
} from "./books.ts";
import { addDays, type Day } from "./calendar.ts";
import { type Minor, minor } from "./money.ts";
import type { Product } from "./product.ts";
import type { Fraction } from "./rate.ts";
import { invariant } from "./trouble.ts";

/** A stretch of late interest: so much overdue for so many days. */
export interface LateSegment {
  readonly installment: number;
  readonly what: "late-interest" | "compound-interest";
  readonly base: Minor;
  /** It runs on the days after `from`; `through` is the last of them. */
  readonly from: Day;
  readonly through: Day;
  /** Days that count: those of a pause that stops late interest do not. */
  readonly days: number;
  readonly rate: Fraction;
  /** Within a grace that only waits: it counts once a later stretch of the same installment does. */
  readonly waits: boolean;
}

/** Told each stretch as it runs, where somebody asks how the figure came about. */
export type LateTrace = (segment: LateSegment) => void;

/**
 * Late interest runs through a later day on what stands in the books, and principal x days with it. Nothing else
 * happens: `advance` in the ledger stops where something does.
 */
export function accrue(books: Books, product: Product, to: Day, trace?: LateTrace): Books {
  if (to <= books.on) return books;
  const open = !isClosed(books);
  const principalDays =
    books.principalDays === undefined || !open
      ? books.principalDays
      : safeUnits(books.principalDays + outstandingOf(books) * (to - books.on));
  const counted = principalDays === undefined ? { on: to } : { on: to, principalDays };
  if (!open || (!product.lateInterest && books.judgmentE8 === undefined)) return { ...books, ...counted };
  return { ...books, ...counted, ...runLate(books, product, to, trace) };
}

interface Stretch {
  readonly row: Row;
  readonly from: Day;
  readonly days: number;
  /** Amount that bears late interest, and overdue interest that bears compound interest. */
  readonly base: number;
  readonly compoundBase: number;
  readonly waits: boolean;
}

function runLate(
  books: Books,
  product: Product,
  to: Day,
  trace?: LateTrace,
): { late: Late; rows: readonly Row[] } {
  let { units, compoundUnits } = books.late;
  let rows: Row[] | undefined;
  for (let i = 0; i < books.rows.length; i++) {
    const row = books.rows[i]!;
    if (row.dueOn >= to && row.lateSince === undefined) break;
    const stretch = stretchOf(row, books, product, to);
    if (!stretch) continue;
    const { days, base, compoundBase, waits } = stretch;
    const waiting = waits ? row.waiting + base * days : 0;
    const waitingInterest = waits ? row.waitingInterest + compoundBase * days : 0;
    if (!waits) {
      units += base * days + row.waiting;
      compoundUnits += compoundBase * days + row.waitingInterest;
    }
    if (waiting !== row.waiting || waitingInterest !== row.waitingInterest) {
      rows ??= [...books.rows];
      rows[i] = { ...row, waiting, waitingInterest };
    }
    if (trace) tell(stretch, books, product, to, trace);
  }
  const same = units === books.late.units && compoundUnits === books.late.compoundUnits;
  const late = same
    ? books.late
    : { ...books.late, units: safeUnits(units), compoundUnits: safeUnits(compoundUnits) };
  return { late, rows: rows ?? books.rows };
}

/** What is open of a row, for the days after its last day to pay and its free grace, less those that stand still. */
function stretchOf(row: Row, books: Books, product: Product, to: Day): Stretch | undefined {
  if (!isOpen(row)) return undefined;
  const { grace, lateInterest } = product;
  const judged = books.judgmentE8 !== undefined;
  const start =
    row.lateSince ?? addDays(lastDayToPay(row.dueOn, product), grace?.free && !judged ? grace.days : 0);
  const from = Math.max(start, books.on) as Day;
  if (from >= to) return undefined;
  const days = to - from - stopped(books.pauses, from, to);
  const interest = interestOpen(row);
  const onInterest = !judged && lateInterest?.on === "principal+interest";
  return {
    row,
    from,
    days,
    base: principalOpen(row) + (onInterest ? interest : 0),
    compoundBase: !judged && lateInterest?.compound ? interest : 0,
    waits: !judged && grace !== undefined && !grace.free && to <= start + grace.days,
  };
}

function tell(stretch: Stretch, books: Books, product: Product, through: Day, trace: LateTrace): void {
  const { row, from, days, base, compoundBase, waits } = stretch;
  const rate = lateRateOf(books, product);
  const common = { installment: row.n, from, through, days, rate, waits };
  if (base > 0) trace({ ...common, what: "late-interest", base: minor(base) });
  if (compoundBase > 0) trace({ ...common, what: "compound-interest", base: minor(compoundBase) });
}

function safeUnits(units: number): number {
  invariant(Number.isSafeInteger(units), "amount x days is beyond 9.0e15");
  return units;
}

/** Days in `(from, to]` on which late interest stands still. */
function stopped(pauses: readonly Pause[], from: Day, to: Day): number {
  if (pauses.length === 0) return 0;
  return stoodStill(
    pauses.filter(({ lateInterest }) => lateInterest),
    from,
    to,
  );
}

/** Late interest so far is rounded and kept, because from here on another rate applies. */
export function fixLate(books: Books, product: Product): Books {
  const { single, compound } = lateAccrued(books, product);
  const late = { ...books.late, units: 0, fixed: single, compoundUnits: 0, compoundFixed: compound };
  return { ...books, late };
}
