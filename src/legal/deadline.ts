import {
  addDays,
  addMonths,
  type Day,
  formatDay,
  isPublished,
  isWorkingDay,
  ok,
  type Result,
  refuse,
  type WorkCalendar,
  weekday,
  ymd,
} from "../core/index.ts";
import type { Source } from "./source.ts";

/** How long: by the calendar, in working days, or so many days before a day (a notice three days before a hearing). */
export type Period =
  | { readonly days: number }
  | { readonly months: number }
  | { readonly years: number }
  | { readonly workingDays: number }
  | { readonly daysBefore: number };

/** A period of law: how long, and where it stands. */
export interface PeriodRule {
  readonly period: Period;
  readonly source: Source;
}

/**
 * How a law counts its periods. The law of procedure (art. 85) and the Civil Code (arts 201 to 203) come to the same day by different
 * sentences; whoever shows a deadline shows the sentence of the law that sets it.
 */
export interface Counting {
  readonly law: "procedure" | "civil";
  readonly calendar: WorkCalendar;
  readonly sources: {
    /** The day on which it begins does not count. */
    readonly firstDay: Source;
    /** A last day off moves. */
    readonly dayOff: Source;
  };
}

/** What made a deadline the day that it is, in order. */
export type DeadlineStep =
  | { readonly step: "first-day-not-counted"; readonly on: Day; readonly source: Source }
  | { readonly step: "period"; readonly period: Period; readonly on: Day; readonly source: Source }
  | { readonly step: "next-working-day"; readonly from: Day; readonly on: Day; readonly source: Source };

export interface Deadline<What extends string = string> {
  readonly what: What;
  /** The day of the event that began it, itself not counted. */
  readonly from: Day;
  readonly period: Period;
  /** Where it ends by counting alone. */
  readonly naturalOn: Day;
  /** The last day on which the thing is done in time. */
  readonly lastOn: Day;
  readonly steps: readonly DeadlineStep[];
  readonly source: Source;
}

/**
 * The last day of a period that an event began.
 *
 * Takes   what it is for, the day of the event, the period with its source, and how its law counts.
 * Gives   the day by counting alone and the day that stands, with each step. The event's own day is not counted; a month or year ends on
 *         the day of the same number, or on the month's last; a last day off moves to the first working day after it, make-up working
 *         days being working days. A notice so many days before a day moves nowhere.
 * Refuses `calendar-unknown`: the days off of the year in which it ends are not published.
 * Source  Civil Procedure Law art. 85; Civil Code arts 201–203.
 */
export function deadline<What extends string>(
  what: What,
  from: Day,
  { period, source }: PeriodRule,
  { calendar, sources }: Counting,
): Result<Deadline<What>> {
  const begins: DeadlineStep = {
    step: "first-day-not-counted",
    on: from,
    source: sources.firstDay,
  };
  if ("daysBefore" in period) {
    const on = addDays(from, -period.daysBefore);
    const steps: DeadlineStep[] = [begins, { step: "period", period, on, source }];
    return ok({ what, from, period, naturalOn: on, lastOn: on, steps, source });
  }
  const naturalOn =
    "workingDays" in period ? workingDaysAfter(from, period.workingDays, calendar) : naturalEnd(from, period);
  if (naturalOn === undefined || !isPublished(calendar, naturalOn))
    return unknown(what, naturalOn, from, calendar);
  const lastOn = firstWorkingDay(naturalOn, calendar);
  if (lastOn === undefined) return unknown(what, naturalOn, from, calendar);
  const steps: DeadlineStep[] = [begins, { step: "period", period, on: naturalOn, source }];
  if (lastOn !== naturalOn)
    steps.push({ step: "next-working-day", from: naturalOn, on: lastOn, source: sources.dayOff });
  return ok({ what, from, period, naturalOn, lastOn, steps, source });
}

/** Where a period ends by counting alone: no day before it can be the last one, whatever the calendar will say. */
export function naturalEnd(from: Day, period: Exclude<Period, { readonly workingDays: number }>): Day {
  if ("days" in period) return addDays(from, period.days);
  if ("daysBefore" in period) return addDays(from, -period.daysBefore);
  const months = "months" in period ? period.months : period.years * 12;
  return addMonths(from, months, "clamp");
}

function unknown(what: string, natural: Day | undefined, from: Day, calendar: WorkCalendar) {
  const last = Math.max(...calendar.years);
  const told =
    natural === undefined
      ? `the working days after ${formatDay(from)}`
      : `${what} ends on ${formatDay(natural)} by counting, or on the first working day after it`;
  return refuse(
    "calendar-unknown",
    `${told}, and the ${calendar.place} calendar knows days off until the end of ${last}; add the next holiday notice to the pack's calendar and ask again, and until then act before that day`,
    "from",
  );
}

/** The n-th working day after a day, itself not counted; absent beyond the published years. */
function workingDaysAfter(from: Day, n: number, calendar: WorkCalendar): Day | undefined {
  let [on, left] = [from, n];
  while (left > 0) {
    on = addDays(on, 1);
    if (!isPublished(calendar, on)) return undefined;
    if (isWorkingDay(calendar, on)) left -= 1;
  }
  return on;
}

/** The day itself, or the first working day after it; absent beyond the published years. */
export function firstWorkingDay(natural: Day, calendar: WorkCalendar): Day | undefined {
  let on = natural;
  while (isPublished(calendar, on)) {
    if (isWorkingDay(calendar, on)) return on;
    on = addDays(on, 1);
  }
  return undefined;
}

/**
 * The last day of a period that ends on a day by the calendar, where an answer is needed although days off are not published:
 * then Saturdays and Sundays are taken as off, and in the worst case no day is.
 */
export function lastDay(natural: Day, calendar: WorkCalendar, worst: boolean): Day {
  let last = natural;
  while (!isLast(last, calendar, worst)) last = addDays(last, 1);
  return last;
}

const isLast = (on: Day, calendar: WorkCalendar, worst: boolean): boolean =>
  isPublished(calendar, on) ? isWorkingDay(calendar, on) : worst || weekday(on) <= 5;

/** The year from which on the days off are not known, where an end lies there. */
export const unknownYear = (on: Day, calendar: WorkCalendar): number | undefined =>
  isPublished(calendar, on) ? undefined : ymd(on).year;
