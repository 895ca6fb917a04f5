import { invariant } from "./trouble.ts";

declare const dayBrand: unique symbol;

/** A calendar day as a whole number of days since 1970-01-01. `"2026-03-01"` at every edge. */
export type Day = number & { readonly [dayBrand]: true };

/** Later than any day a loan can have: "never, unless something happens". */
export const NEVER = 2_147_483_647 as Day;

const MIN_YEAR = 1900;
const MAX_YEAR = 2199;

export interface YearMonthDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days from 1970-01-01 to a date of the Gregorian calendar (Hinnant's civil-calendar arithmetic). */
export function dayOf(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * 146_097 + dayOfEra - 719_468) as Day;
}

export function ymd(day: Day): YearMonthDay {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day of a date that exists between 1900 and 2199, else `undefined` (29 February of a common year, month 13). */
export function realDay(year: number, month: number, day: number): Day | undefined {
  if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12) return undefined;
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  return dayOf(year, month, day);
}

/** Reads `2026-03-01` and nothing else; a date that does not exist gives `undefined`. */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? realDay(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/** The same for text that our own code wrote. */
export function day(text: string): Day {
  const value = parseDay(text);
  invariant(value !== undefined, `"${text}" is not a calendar day (expected YYYY-MM-DD)`);
  return value;
}

export function formatDay(value: Day): string {
  const { year, month, day } = ymd(value);
  return `${year}-${month < 10 ? "0" : ""}${month}-${day < 10 ? "0" : ""}${day}`;
}

export const addDays = (from: Day, days: number): Day => (from + days) as Day;

/** Months since the year 0: one number a calendar month, the next month's one higher. */
export function monthIndex(value: Day): number {
  const { year, month } = ymd(value);
  return year * 12 + month - 1;
}

/** First day of a month by its index; of the index after it, the day after its last. */
export const monthStart = (index: number): Day => {
  const year = Math.floor(index / 12);
  return dayOf(year, index - year * 12 + 1, 1);
};

/** 1 Monday … 7 Sunday, as ISO 8601 counts. */
export const weekday = (value: Day): number => ((((value + 3) % 7) + 7) % 7) + 1;

export type MonthEnd = "clamp" | "roll";

/**
 * The day `months` after `from`. Where the target month is too short, `clamp` takes its last day and `roll` the first
 * day of the next month. Always counted from the same `from`, so 31 January + 2 months is 31 March.
 */
export function addMonths(from: Day, months: number, monthEnd: MonthEnd): Day {
  return monthsAfter(ymd(from), months, monthEnd);
}

/** The same from a date that is already taken apart, for those who count many months from one day. */
export function monthsAfter(start: YearMonthDay, months: number, monthEnd: MonthEnd): Day {
  const index = start.year * 12 + (start.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  if (start.day <= 28) return dayOf(year, month, start.day);
  const length = daysInMonth(year, month);
  if (start.day <= length) return dayOf(year, month, start.day);
  return addDays(dayOf(year, month, length), monthEnd === "roll" ? 1 : 0);
}

/** Statutory holidays and make-up working days of a place, as published year by year. */
export interface WorkCalendar {
  readonly place: string;
  readonly source: string;
  readonly years: ReadonlySet<number>;
  readonly daysOff: ReadonlySet<Day>;
  readonly makeUpWorkdays: ReadonlySet<Day>;
}

/** Whether the days off of a day's year are known. */
export const isPublished = ({ years }: WorkCalendar, value: Day): boolean => years.has(ymd(value).year);

/** Asking beyond the published years is an error and never "a working day". */
export function isWorkingDay(calendar: WorkCalendar, value: Day): boolean {
  const { year } = ymd(value);
  invariant(
    isPublished(calendar, value),
    `the ${calendar.place} calendar has no holiday notice for ${year}; add it before asking about ${formatDay(value)}`,
  );
  if (calendar.daysOff.has(value)) return false;
  return weekday(value) <= 5 || calendar.makeUpWorkdays.has(value);
}
