import { lastDayToPay, pausedDays } from "./ageing.ts";
import {
  type Books,
  interestOpen,
  isClosed,
  isOpen,
  type Late,
  lateAccrued,
  lateRateOf,
  lentOutstandingOf,
  type Pause,
  principalOpen,
  type Row,
} from "./books.ts";
import type { Day } from "./calendar.ts";
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
  if (isClosed(books)) return { ...books, on: to };
  const { late, rows } =
    product.lateInterest || books.judgmentE8 !== undefined ? runLate(books, product, to, trace) : books;
  if (books.principalDays === undefined) return { ...books, on: to, late, rows };
  const principalDays = safeUnits(books.principalDays + lentOutstandingOf(books) * (to - books.on));
  return { ...books, on: to, late, rows, principalDays };
}

function runLate(
  books: Books,
  product: Product,
  to: Day,
  trace?: LateTrace,
): { readonly late: Late; readonly rows: readonly Row[] } {
  const { grace, lateInterest } = product;
  const judged = books.judgmentE8 !== undefined;
  const onInterest = !judged && lateInterest?.on === "principal+interest";
  const compounds = !judged && lateInterest?.compound === true;
  let { units, compoundUnits } = books.late;
  let rows: Row[] | undefined;
  for (let i = 0; i < books.rows.length; i++) {
    const row = books.rows[i]!;
    if (row.dueOn >= to && row.lateSince === undefined) break;
    if (!isOpen(row)) continue;
    const start = lateFrom(row, product, judged);
    const from = Math.max(start, books.on) as Day;
    if (from >= to) continue;
    const days = to - from - stopped(books.pauses, from, to);
    const base = principalOpen(row) + (onInterest ? interestOpen(row) : 0);
    const compoundBase = compounds ? interestOpen(row) : 0;
    const waits = !judged && grace !== undefined && !grace.free && to <= start + grace.days;
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
    if (trace) {
      const stretch = {
        installment: row.n,
        from,
        through: to,
        days,
        rate: lateRateOf(books, product),
        waits,
      };
      if (base > 0) trace({ ...stretch, what: "late-interest", base: minor(base) });
      if (compoundBase > 0) trace({ ...stretch, what: "compound-interest", base: minor(compoundBase) });
    }
  }
  const same = units === books.late.units && compoundUnits === books.late.compoundUnits;
  const late = same
    ? books.late
    : { ...books.late, units: safeUnits(units), compoundUnits: safeUnits(compoundUnits) };
  return { late, rows: rows ?? books.rows };
}

/** A row bears late interest on the days after this one: its last to pay in time, or the last of a free grace. */
function lateFrom(row: Row, product: Product, judged: boolean): number {
  if (row.lateSince !== undefined) return row.lateSince;
  const { grace } = product;
  return lastDayToPay(row.dueOn, product) + (grace?.free && !judged ? grace.days : 0);
}

/** Days in `(from, to]` on which late interest stands still. */
const stopped = (pauses: readonly Pause[], from: Day, to: Day): number =>
  pauses.length === 0 ? 0 : pausedDays(pauses, "lateInterest", from, to);

function safeUnits(units: number): number {
  invariant(Number.isSafeInteger(units), "amount x days is beyond 9.0e15");
  return units;
}

/** Late interest so far is rounded and kept, because from here on another rate applies. */
export function fixLate(books: Books, product: Product): Books {
  const { single, compound } = lateAccrued(books, product);
  const late = { ...books.late, units: 0, fixed: single, compoundUnits: 0, compoundFixed: compound };
  return { ...books, late };
}
