import { type Day, daysInMonth, monthsAfter, type YearMonthDay, ymd } from "./calendar.ts";
import { compare, minus, wide } from "./fixed.ts";
import type { Wide } from "./rate.ts";

/**
 * The unit-period of Regulation Z, Appendix J: what the rate is found for before it is told per year. Twelve months are the
 * year. `years` is one given as a share of a year, for transactions whose times are given so.
 */
export type UnitPeriod =
  | { readonly months: number }
  | { readonly semimonths: 1 }
  | { readonly weeks: number }
  | { readonly days: number }
  | { readonly years: Wide };

/** A number of unit-periods, as the general equation wants it. The fraction earns simple interest. */
export interface UnitPeriods {
  readonly full: bigint;
  readonly fraction: Wide;
}

/** Source  Appendix J (b)(5)(ii) to (v). */
export function unitPeriodsPerYear(unit: UnitPeriod): Wide {
  if ("months" in unit) return wide(12n, BigInt(unit.months));
  if ("semimonths" in unit) return wide(24n, 1n);
  if ("weeks" in unit) return wide(52n, BigInt(unit.weeks));
  if ("days" in unit) return wide(365n, BigInt(unit.days));
  return wide(unit.years.denominator, unit.years.numerator);
}

/** Days on which one side pays, in rising order without doubles, and the day of the month that they keep to. */
export interface Series {
  readonly days: readonly Day[];
  readonly dayOfMonth: number;
}

/**
 * A series that is paid on the 29th, 30th or 31st falls on the last day of a shorter month, and months are then counted
 * between those days. One day alone is taken so where the term begins on the last day of a longer month.
 *
 * Source  Appendix J (b)(3)(iv): series on the last day of each month, and on the 29th or 30th. Payments on 30 April and
 *         30 June are taken for the 30th, unless a 31st or the last of February among them says that the last day is meant.
 */
export function seriesOf(days: readonly Day[], begin: Day): Series {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const parts = sorted.map(ymd);
  const isLast = ({ year, month, day }: YearMonthDay): boolean => day === daysInMonth(year, month);
  const latest = parts.reduce((most, { day }) => Math.max(most, day), 0);
  const start = ymd(begin);
  const atMonthEnds =
    parts.every(isLast) &&
    (parts.length > 1 ? parts.some(({ month }) => month === 2) : isLast(start) && start.day > latest);
  return { days: sorted, dayOfMonth: atMonthEnds ? 31 : latest };
}

/** Whole months measured back from the later day, and where the first of them begins. */
export function monthsBack(from: Day, to: Day, dayOfMonth: number): { months: number; begins: Day } {
  const start = ymd(from);
  const end = ymd(to);
  const keeps = end.day === Math.min(dayOfMonth, daysInMonth(end.year, end.month));
  const anchor = keeps ? { ...end, day: dayOfMonth } : end;
  const most = (end.year - start.year) * 12 + (end.month - start.month);
  // At most one month too many: the day of the month of `from` may lie after that of `to`.
  for (let months = most; months > 0; months--) {
    const begins = monthsAfter(anchor, -months, "clamp");
    if (begins >= from) return { months, begins };
  }
  return { months: 0, begins: to };
}

const isWholeMonths = (from: Day, to: Day, dayOfMonth: number): number | undefined => {
  const { months, begins } = monthsBack(from, to, dayOfMonth);
  return months > 0 && begins === from ? months : undefined;
};

/**
 * The number of unit-periods between two days.
 *
 * Takes   `to` on or after `from`; the day of the month that the series of `to` keeps to.
 * Gives   full unit-periods, measured back from the later day, and the fraction that remains at the beginning.
 * Source  Appendix J (b)(5)(i) to (v). A unit-period of other days than weeks is counted as weeks are: the text has no rule
 *         for it, and such a common period can occur.
 */
export function unitPeriodsBetween(from: Day, to: Day, unit: UnitPeriod, dayOfMonth: number): UnitPeriods {
  if ("weeks" in unit || "days" in unit)
    return split(wide(BigInt(to - from), BigInt("weeks" in unit ? unit.weeks * 7 : unit.days)));
  if ("years" in unit) return unitPeriodsIn(wide(BigInt(to - from), 365n), unit);
  const { months, begins } = monthsBack(from, to, dayOfMonth);
  if ("months" in unit && unit.months === 12) return yearsBetween(from, to, dayOfMonth);
  if ("months" in unit && unit.months === 1)
    return { full: BigInt(months), fraction: wide(BigInt(begins - from), 30n) };
  const perUnit = "months" in unit ? 30 * unit.months : 15;
  return split(wide(BigInt(30 * months + (begins - from)), BigInt(perUnit)));
}

function yearsBetween(from: Day, to: Day, dayOfMonth: number): UnitPeriods {
  const { months, begins } = monthsBack(from, to, dayOfMonth);
  const full = BigInt(Math.floor(months / 12));
  if (begins === from) return { full, fraction: wide(BigInt(months % 12), 12n) };
  // Full years only; what is left is counted in days.
  const end = ymd(to);
  const keeps = end.day === Math.min(dayOfMonth, daysInMonth(end.year, end.month));
  const first = monthsAfter(keeps ? { ...end, day: dayOfMonth } : end, -12 * Number(full), "clamp");
  return { full, fraction: wide(BigInt(first - from), 365n) };
}

/** The same for an interval given as a share of a year. */
export const unitPeriodsIn = (years: Wide, unit: UnitPeriod): UnitPeriods => {
  const perYear = unitPeriodsPerYear(unit);
  return split(wide(years.numerator * perYear.numerator, years.denominator * perYear.denominator));
};

function split(number: Wide): UnitPeriods {
  const full = number.numerator / number.denominator;
  return { full, fraction: wide(number.numerator - full * number.denominator, number.denominator) };
}

/**
 * The unit-period of a transaction whose days are known.
 *
 * Takes   the days of advances and payments; the first advance begins the term.
 * Gives   for one advance and one payment the term, at most a year. Else the common period that occurs most often, the
 *         smaller of two equally frequent ones, at most a year; and where no period occurs twice their average, rounded to
 *         the nearest day, week, semimonth, month or multiple of a week or month, down if two are equally near.
 * Source  Appendix J (b)(3) and (4), (b)(5)(vi) and (vii). Where a term of whole months may be told in months or in days it
 *         is told in months. A gap of 28 days that is also a month counts for both, so that the rest of the series decides.
 *         For the average a month has 365/12 days, since all months shall be considered equal.
 */
export function unitPeriodOfDays(advances: Series, payments: Series, isSingle: boolean): UnitPeriod {
  const begin = advances.days[0]!;
  if (isSingle) return termOf(begin, payments);
  const paid = payments.days.filter((day) => day > begin);
  const gaps = [
    ...gapsOf(advances.days, advances.dayOfMonth),
    ...gapsOf([begin, ...paid], payments.dayOfMonth),
  ];
  const seen = new Map<string, { unit: UnitPeriod; count: number }>();
  for (const { units } of gaps) {
    for (const unit of units) {
      const known = seen.get(JSON.stringify(unit));
      if (known) known.count += 1;
      else seen.set(JSON.stringify(unit), { unit, count: 1 });
    }
  }
  const [most] = [...seen.values()].sort((a, b) => b.count - a.count || lengthOf(a.unit) - lengthOf(b.unit));
  if (most !== undefined && most.count > 1) return lengthOf(most.unit) > lengthOf(YEAR) ? YEAR : most.unit;
  return standardNearest(
    gaps.reduce((sum, { days }) => sum + days, 0),
    gaps.length,
  );
}

const YEAR: UnitPeriod = { months: 12 };

function termOf(begin: Day, { days, dayOfMonth }: Series): UnitPeriod {
  const end = days[0]!;
  const months = isWholeMonths(begin, end, dayOfMonth);
  if (months !== undefined) return { months: Math.min(months, 12) };
  return monthsBack(begin, end, dayOfMonth).months >= 12 ? YEAR : { days: end - begin };
}

interface Gap {
  readonly days: number;
  readonly units: readonly UnitPeriod[];
}

function gapsOf(days: readonly Day[], dayOfMonth: number): Gap[] {
  return days.slice(1).map((to, i) => {
    const from = days[i]!;
    const units: UnitPeriod[] = [];
    const months = isWholeMonths(from, to, dayOfMonth);
    if (months !== undefined) units.push({ months });
    if ((to - from) % 7 === 0) units.push({ weeks: (to - from) / 7 });
    if (isSemimonth(days, i, dayOfMonth)) units.push({ semimonths: 1 });
    if (units.length === 0) units.push({ days: to - from });
    return { days: to - from, units };
  });
}

/** About half a month long, and one month together with a neighbour: the 1st and the 16th, the 15th and the last. */
function isSemimonth(days: readonly Day[], i: number, dayOfMonth: number): boolean {
  const length = days[i + 1]! - days[i]!;
  if (length < 13 || length > 18) return false;
  const isMonth = (from: Day | undefined, to: Day | undefined): boolean =>
    from !== undefined && to !== undefined && isWholeMonths(from, to, dayOfMonth) === 1;
  return isMonth(days[i], days[i + 2]) || isMonth(days[i - 1], days[i + 1]);
}

/** In twenty-fourths of a day, in which a semimonth (365/24 days) is whole. */
function lengthOf(unit: UnitPeriod): number {
  if ("months" in unit) return 730 * unit.months;
  if ("semimonths" in unit) return 365;
  if ("weeks" in unit) return 168 * unit.weeks;
  if ("days" in unit) return 24 * unit.days;
  return Number((unit.years.numerator * 8760n) / unit.years.denominator);
}

const STANDARD: readonly UnitPeriod[] = [
  { days: 1 } as const,
  { semimonths: 1 } as const,
  ...Array.from({ length: 52 }, (_, i) => ({ weeks: i + 1 })),
  ...Array.from({ length: 12 }, (_, i) => ({ months: i + 1 })),
].sort((a, b) => lengthOf(a) - lengthOf(b));

function standardNearest(days: number, count: number): UnitPeriod {
  let best = STANDARD[0]!;
  for (const unit of STANDARD) {
    const gap = (candidate: UnitPeriod): number => Math.abs(days * 24 - lengthOf(candidate) * count);
    if (gap(unit) < gap(best)) best = unit;
  }
  return best;
}

/**
 * The unit-period of a transaction whose times are shares of a year: the common one, as for days. Nothing says how to round
 * an average of shares, so where none is common the answer is `undefined` and the caller has to name one.
 */
export function unitPeriodOfYears(
  advances: readonly Wide[],
  payments: readonly Wide[],
  isSingle: boolean,
): UnitPeriod | undefined {
  const year = wide(1n, 1n);
  const sorted = (values: readonly Wide[]): Wide[] => [...values].sort(compare);
  const begin = sorted(advances)[0]!;
  if (isSingle) {
    const term = minus(payments[0]!, begin);
    return { years: compare(term, year) > 0 ? year : term };
  }
  const gaps = [sorted(advances), sorted([begin, ...payments])].flatMap((values) =>
    values.slice(1).map((value, i) => minus(value, values[i]!)),
  );
  const seen = new Map<string, { gap: Wide; count: number }>();
  for (const gap of gaps) {
    if (gap.numerator === 0n) continue;
    const key = `${gap.numerator}/${gap.denominator}`;
    const known = seen.get(key);
    if (known) known.count += 1;
    else seen.set(key, { gap, count: 1 });
  }
  const [most] = [...seen.values()].sort((a, b) => b.count - a.count || compare(a.gap, b.gap));
  if (most === undefined || most.count < 2) return undefined;
  return { years: compare(most.gap, year) > 0 ? year : most.gap };
}
