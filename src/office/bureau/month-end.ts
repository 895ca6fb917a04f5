import { addDays, decimalsOf, formatDay, formatMoney, type Minor, parseDay } from "../../core/index.ts";
import {
  CODE_WORDS,
  formatMonth,
  lastDayOf,
  type Month,
  monthOf,
  monthWork,
  parseMonth,
} from "../../legal/index.ts";
import { type Database, type Lender, type MonthTally, monthsTaken, takeMonthEnd } from "../../store/index.ts";
import { packFor } from "../book.ts";
import { amount, count, Declined, type Io, table, WrongUse } from "../io.ts";
import { bureauLaw } from "./law.ts";
import { BUREAU_SAY } from "./words.ts";

/** The last month of which every day is closed. */
export const lastClosedMonth = ({ closedThrough }: Lender): Month => monthOf(addDays(closedThrough, 1)) - 1;

export function monthAsked(text: string | undefined, io: Io): Month | undefined {
  if (text === undefined) return undefined;
  const month = parseMonth(text) ?? (parseDay(text) === undefined ? undefined : monthOf(parseDay(text)!));
  if (month === undefined) throw new WrongUse(BUREAU_SAY.badMonth[io.language](text));
  return month;
}

/**
 * The months whose end is still to be taken: the one asked for, or all since the last one taken; of a book in which none was, the
 * last closed one.
 */
export async function monthsDue(db: Database, lender: Lender, asked: Month | undefined): Promise<Month[]> {
  if (asked !== undefined) return [asked];
  const last = lastClosedMonth(lender);
  const taken = await monthsTaken(db, lender);
  const newest = taken.at(-1);
  if (newest === undefined) return [last];
  return Array.from({ length: Math.max(0, last - newest) }, (_, i) => newest + 1 + i);
}

/** Takes the ends of months in their order, each as it was known then, and tells what they brought. */
export async function monthEnd(
  db: Database,
  lender: Lender,
  { month, dryRun }: { readonly month: Month | undefined; readonly dryRun: boolean },
  io: Io,
): Promise<void> {
  const pack = await packFor(db, lender);
  if (!pack) throw new Declined(BUREAU_SAY.noPack[io.language](lender.pack));
  const due = await monthsDue(db, lender, month);
  if (due.length === 0) io.note(BUREAU_SAY.nothingDue[io.language](lender.code));
  for (const one of due) {
    const last = lastDayOf(one);
    if (lender.closedThrough < last)
      throw new Declined(
        BUREAU_SAY.notClosed[io.language](formatMonth(one), lender.code, formatDay(lender.closedThrough)),
      );
    const law = bureauLaw(pack, last);
    if (!law.ok) throw new Declined(law.refusal.says);
    const started = io.now();
    const taken = await takeMonthEnd(
      db,
      lender,
      monthWork(one, law.value.rule),
      { dryRun },
      (done, of, loans) => io.progress(formatMonth(one), done, of, count(loans)),
    );
    const { tally, known } = taken;
    io.object({
      lender: lender.code,
      month: formatMonth(one),
      asOf: formatDay(last),
      loans: tally.loans,
      fromJournals: tally.fromJournals,
      byStatus: statusJson(tally),
      byClass: tally.byClass,
      known,
      dryRun,
      verification: law.value.rule.daysLate.source.verification,
      ms: io.now() - started,
    });
    io.out(
      `${lender.name} · ${formatMonth(one)}${known ? ` · ${BUREAU_SAY.known[io.language]()}` : ""}${dryRun ? ` · ${BUREAU_SAY.dryRun[io.language]()}` : ""}`,
    );
    io.out(statusTable(tally, io));
    if (law.value.rule.daysLate.source.verification === "unverified")
      io.out(BUREAU_SAY.unverified[io.language](law.value.rule.daysLate.source.cite.law));
  }
}

const statusJson = (tally: MonthTally) =>
  Object.fromEntries(
    Object.entries(tally.byCode).map(([currency, codes]) => [
      currency,
      Object.fromEntries(
        Object.entries(codes).map(([code, [loans, outstanding, pastDue]]) => [
          code,
          {
            loans,
            outstanding: formatMoney(outstanding as Minor, decimalsOf(currency)),
            pastDue: formatMoney(pastDue as Minor, decimalsOf(currency)),
          },
        ]),
      ),
    ]),
  );

function statusTable(tally: MonthTally, io: Io): string {
  const rows = Object.entries(tally.byCode).flatMap(([currency, codes]) =>
    Object.entries(codes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, [loans, outstanding, pastDue]]) => [
        code,
        CODE_WORDS[code]?.[io.language] ?? "",
        count(loans),
        amount(outstanding, decimalsOf(currency)),
        amount(pastDue, decimalsOf(currency)),
        currency,
      ]),
  );
  return table(BUREAU_SAY.statusHeads[io.language], rows, [
    "left",
    "left",
    "right",
    "right",
    "right",
    "left",
  ]);
}
