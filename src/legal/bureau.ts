import {
  type AssetClass,
  addDays,
  type BureauCode,
  type Day,
  dayOf,
  daysInMonth,
  type LoanStatus,
  type SpecialTransaction,
  ymd,
} from "../core/index.ts";
import type { Source } from "./source.ts";

const STEPS_LATE = ["1", "2", "3", "4", "5", "6", "7"] as const;

/** After these nothing more is reported of a loan. */
export const isLast = (code: BureauCode): boolean => code === "C" || code === "G";

/** What the pack of a place says of a loan's entry in the record, on a day. */
export interface BureauRule {
  /** First day past due of each of 1 to 7, rising. */
  readonly daysLate: { readonly from: readonly number[]; readonly source: Source };
  /** Days past due beyond which a loan is at least of that class, rising. Absent before the measures. */
  readonly classes?: {
    readonly beyond: readonly {
      readonly days: number;
      readonly least: AssetClass;
      readonly source: Source;
    }[];
  };
  /** Statuses that are information to a person's disadvantage. */
  readonly negative: { readonly codes: readonly string[]; readonly source: Source };
  /** Months that a report shows. */
  readonly window: { readonly months: number; readonly source: Source };
  readonly special?: {
    readonly codes: Readonly<Record<SpecialTransaction, number>>;
    readonly source: Source;
  };
  readonly signs: Source;
}

/** A month of a loan, as far as its status hangs on it. */
export interface MonthSeen {
  /** What its journal leaves it as at the month's end. */
  readonly status: LoanStatus;
  /** It stands apart because its journal could not be counted. */
  readonly unknown: boolean;
  readonly marks: ReadonlySet<string>;
  /** Days past due of a loan at the month's end; of a card the minimum payments missed in a row. */
  readonly late: { readonly dpd: number } | { readonly missed: number };
  /** A bill of a card was put off, because its day moved. */
  readonly billMoved?: boolean;
  /** Something of the plan fell due in the month. */
  readonly dueInMonth: boolean;
  /** Nothing is past due at its end, and something was paid after its day. */
  readonly paidLate: boolean;
}

const ENDED: Readonly<Partial<Record<LoanStatus, BureauCode>>> = {
  "paid-off": "C",
  // Settled by agreement: closed, with the reduction told as a special transaction (law/house/bureau.md).
  settled: "C",
  cancelled: "G",
  assigned: "G",
};

/** The sign for so many days past due, or so many minimum payments missed; none while nothing is. */
export function lateCode(late: MonthSeen["late"], from: readonly number[]): BureauCode | undefined {
  if ("missed" in late) return STEPS_LATE[Math.min(late.missed, 7) - 1];
  return STEPS_LATE[from.findLastIndex((first) => late.dpd >= first)];
}

/**
 * The status of a month.
 *
 * Takes   the month as it was seen; the first days past due of 1 to 7.
 * Holds   total; the first that applies stands: ended, bad debt, unknown, repaid by another or in kind, bill moved, past due, paid late.
 * Source  the signs as public notes on the report explain them; none of them is the issuer's own text (`credit.status.signs`).
 */
export function monthCode(seen: MonthSeen, from: readonly number[]): BureauCode {
  const { status, marks } = seen;
  if (marks.has("ended")) return "G";
  const ended = ENDED[status];
  if (ended) return ended;
  if (status === "written-off" || marks.has("bad-debt")) return "B";
  if (seen.unknown || marks.has("unknown")) return "#";
  if (marks.has("guarantor")) return "D";
  if (marks.has("in-kind")) return "Z";
  if (seen.billMoved) return "A";
  const late = lateCode(seen.late, from);
  if (late) return late;
  if (seen.paidLate) return "M";
  return seen.dueInMonth ? "N" : "*";
}

/** The least strict class that the days past due allow; what else a lender knows of a debtor only makes it stricter. */
export function classOf(dpd: number, { classes }: Pick<BureauRule, "classes">): AssetClass | undefined {
  if (!classes) return undefined;
  return classes.beyond.findLast(({ days }) => dpd > days)?.least ?? "pass";
}

// --- months ------------------------------------------------------------------------------------------------------------

/** A month as one whole number: years x 12 and the months before it. */
export type Month = number;

export const monthOf = (on: Day): Month => {
  const { year, month } = ymd(on);
  return year * 12 + month - 1;
};
export const firstDayOf = (month: Month): Day => dayOf(Math.floor(month / 12), (month % 12) + 1, 1);
export const lastDayOf = (month: Month): Day =>
  addDays(firstDayOf(month), daysInMonth(Math.floor(month / 12), (month % 12) + 1) - 1);

export const formatMonth = (month: Month): string =>
  `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;

/** `2026-10`; nothing where it is no month of the calendar. */
export function parseMonth(text: string): Month | undefined {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  return found && Number(found[1]) >= 1900 && Number(found[1]) <= 2199
    ? Number(found[1]) * 12 + Number(found[2]) - 1
    : undefined;
}

// --- the months that a report shows -----------------------------------------------------------------------------------------

/** What is known of a loan's months: the status of each that was taken. */
export type MonthCodes = ReadonlyMap<Month, BureauCode>;

/**
 * The row of months that a report shows, oldest first: `/` before the loan was open, `#` where no month end was taken, a space after
 * it ended.
 */
export function windowOf(
  codes: MonthCodes,
  { opened, last, months }: { readonly opened: Month; readonly last: Month; readonly months: number },
): string {
  let row = "";
  let over = false;
  for (let month = last - months + 1; month <= last; month++) {
    const code = codes.get(month);
    row += month < opened ? "/" : over ? " " : (code ?? "#");
    over ||= code !== undefined && isLast(code);
  }
  return row;
}

/** The signs that a report still shows: none of what was taken back or cleared, and N where a repair hides what was. */
export function monthsShown(
  months: readonly {
    readonly month: string;
    readonly now: string;
    readonly gone: "hidden" | "cleared" | undefined;
  }[],
): MonthCodes {
  const codes = new Map<Month, BureauCode>();
  for (const { month, now, gone } of months)
    if (now !== "deleted" && gone !== "cleared")
      codes.set(parseMonth(month)!, gone === "hidden" ? "N" : (now as BureauCode));
  return codes;
}
