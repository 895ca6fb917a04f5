import { z } from "zod";
import { type Day, decimalsOf, formatMoney, type Minor } from "../../core/index.ts";
import { type BookSummary, type Database, type Lender, summarise, summariseOn } from "../../store/index.ts";
import { Money } from "./shapes.ts";

const Band = z.object({
  band: z.int(),
  name: z.string(),
  loans: z.int(),
  outstanding: Money,
  arrears: Money,
  share: z.int().describe("Loans of the band, in a hundred of the band that has most"),
});

export const BookShape = z.object({
  loans: z.int(),
  ended: z.int(),
  writtenOff: z.int(),
  setAside: z.int(),
  inArrears: z.int(),
  arrears: Money,
  bands: z.array(Band),
});

interface Summed {
  readonly day: Day;
  readonly summary: Promise<BookSummary>;
}

/** The bands as at a close are reckoned once a close, by one pass over the book; whoever asks meanwhile waits for that pass. */
const SUMMARIES = new WeakMap<Database, Map<string, Summed>>();

export function summaryAt(db: Database, lender: Lender): Promise<BookSummary> {
  const own = SUMMARIES.get(db) ?? new Map<string, Summed>();
  SUMMARIES.set(db, own);
  const known = own.get(lender.code);
  if (known?.day === lender.closedThrough) return known.summary;
  const summary = summarise(db, lender.code, lender.closedThrough);
  own.set(lender.code, { day: lender.closedThrough, summary });
  summary.catch(() => own.delete(lender.code));
  return summary;
}

/** A past day is replayed from the journals of a book up to this size, once a day asked for. */
const REPLAYED_LOANS = 50_000;
const PAST = new WeakMap<Database, Map<string, Promise<BookSummary | undefined>>>();

export function pastSummary(db: Database, lender: Lender, day: Day): Promise<BookSummary | undefined> {
  const own = PAST.get(db) ?? new Map<string, Promise<BookSummary | undefined>>();
  PAST.set(db, own);
  const key = `${lender.code} ${day}`;
  const known = own.get(key);
  if (known) return known;
  if (own.size > 100) own.clear();
  const summary = summariseOn(db, lender.code, day, REPLAYED_LOANS);
  own.set(key, summary);
  summary.catch(() => own.delete(key));
  return summary;
}

export function bookOf(summary: BookSummary): z.input<typeof BookShape> {
  const money = (value: number): string => formatMoney(value as Minor, decimalsOf(summary.currency));
  const most = Math.max(1, ...summary.bands.map(({ loans }) => loans));
  const late = summary.bands.filter(({ band }) => band > 0);
  return {
    loans: summary.loans,
    ended: summary.ended,
    writtenOff: summary.writtenOff,
    setAside: summary.setAside,
    inArrears: late.reduce((sum, { loans }) => sum + loans, 0),
    arrears: money(late.reduce((sum, { arrears }) => sum + arrears, 0)),
    bands: summary.bands.map(({ band, loans, outstanding, arrears }) => ({
      band,
      name: `M${band}`,
      loans,
      outstanding: money(outstanding),
      arrears: money(arrears),
      share: Math.ceil((loans * 100) / most),
    })),
  };
}
