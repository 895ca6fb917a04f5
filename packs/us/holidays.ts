import {
  addDays,
  type Day,
  dayOf,
  daysInMonth,
  type WorkCalendar,
  weekday,
  ymd,
} from "../../src/core/index.ts";

/** A legal public holiday by its rule: a date, or the nth weekday of a month (1 Monday), -1 the last. */
export type Holiday =
  | { readonly name: string; readonly month: number; readonly day: number }
  | { readonly name: string; readonly month: number; readonly weekday: number; readonly nth: number };

export function holidayIn(year: number, holiday: Holiday): Day {
  if ("day" in holiday) return dayOf(year, holiday.month, holiday.day);
  const { month, nth } = holiday;
  const last = daysInMonth(year, month);
  const edge = dayOf(year, month, nth > 0 ? 1 : last);
  const toFirst = (holiday.weekday - weekday(edge) + 7) % 7;
  const back = (weekday(edge) - holiday.weekday + 7) % 7;
  return nth > 0 ? addDays(edge, toFirst + 7 * (nth - 1)) : addDays(edge, -back);
}

export interface DaysOff {
  readonly holidays: readonly Holiday[];
  /** Whether the Friday before a Saturday and the Monday after a Sunday are off too: the house says so, 6103(a) does not. */
  readonly inLieu: boolean;
}

/** The holidays of a year, with the days in lieu that fall into it. */
export function daysOffIn(year: number, { holidays, inLieu }: DaysOff): ReadonlySet<Day> {
  const off = new Set<Day>();
  for (const around of [year - 1, year, year + 1]) {
    for (const holiday of holidays) {
      const on = holidayIn(around, holiday);
      const days = inLieu && weekday(on) > 5 ? [on, addDays(on, weekday(on) === 6 ? -1 : 1)] : [on];
      for (const each of days) if (ymd(each).year === year) off.add(each);
    }
  }
  return off;
}

/** Neither a Saturday nor a Sunday nor off. */
export const counts = (on: Day, off: DaysOff): boolean =>
  weekday(on) <= 5 && !daysOffIn(ymd(on).year, off).has(on);

/** The nth day after `from` that counts. */
export function nthDayThatCounts(from: Day, nth: number, off: DaysOff): Day {
  let on = from;
  for (let left = nth; left > 0; ) {
    on = addDays(on, 1);
    if (counts(on, off)) left--;
  }
  return on;
}

const YEARS = { from: 2021, to: 2040 } as const;

/** The federal holidays as a calendar of working days. The statute names no years; a calendar has to. */
export function federalCalendar(off: DaysOff): WorkCalendar {
  const years = new Set<number>();
  const daysOff = new Set<Day>();
  for (let year: number = YEARS.from; year <= YEARS.to; year++) {
    years.add(year);
    for (const on of daysOffIn(year, off)) daysOff.add(on);
  }
  return { place: "us", source: "5 U.S.C. 6103(a)", years, daysOff, makeUpWorkdays: new Set() };
}
