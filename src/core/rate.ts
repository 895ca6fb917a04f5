import type { Day } from "./calendar.ts";
import { dayOf, isLeapYear, type YearMonthDay, ymd } from "./calendar.ts";
import { type Minor, minor, mulDivRound, type RoundingMode } from "./money.ts";
import { invariant } from "./trouble.ts";

export type RatePeriod = "day" | "month" | "year";
export const RATE_PERIODS: readonly RatePeriod[] = ["day", "month", "year"];

/** An exact decimal rate: `numerator / 10^scale` of the balance for each day, month or year. */
export interface Rate {
  readonly numerator: number;
  readonly scale: number;
  readonly per: RatePeriod;
}

/**
 * An exact ratio, denominator > 0. Both parts are safe whole numbers, not always in lowest terms. Where they would not be
 * safe (a rate of ten decimals by ACT/ACT), the ratio is `wide` and the plain parts are NaN, so that nobody takes them
 * for it by mistake: `shareOf` and `wideOf` read either kind.
 */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
  readonly wide?: Wide;
}

export interface Wide {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const NO_SHARE: Fraction = { numerator: 0, denominator: 1 };

/** A share of an amount >= 0, rounded once. */
export function shareOf(amount: number, share: Fraction, mode: RoundingMode): Minor {
  if (share.wide === undefined) return mulDivRound(amount, share.numerator, share.denominator, mode);
  const { numerator, denominator } = share.wide;
  return wideRound(BigInt(amount) * numerator, denominator, mode);
}

export function wideOf(share: Fraction): Wide {
  if (share.wide) return share.wide;
  return { numerator: BigInt(share.numerator), denominator: BigInt(share.denominator) };
}

/** A ratio of big whole numbers >= 0, rounded to a whole number. */
export function wideRound(numerator: bigint, denominator: bigint, mode: RoundingMode): Minor {
  const whole = numerator / denominator;
  const remainder = numerator % denominator;
  const twice = remainder * 2n;
  const up =
    remainder !== 0n &&
    (mode === "up" ||
      (mode === "half-up" && twice >= denominator) ||
      (mode === "half-even" && (twice > denominator || (twice === denominator && whole % 2n === 1n))));
  return minor(Number(up ? whole + 1n : whole));
}

/** Scale of the integer that the state row holds: eight decimals of the rate, six of the percent figure. */
export const RATE_E8_SCALE = 8;

/**
 * Reads a percent figure as written (`"0.05"`, `"13.59"`, `"0"`). Negative, finer than 10 decimals or longer than a
 * whole number holds exactly: `undefined`.
 */
export function parseRate(percent: string, per: RatePeriod): Rate | undefined {
  const match = /^(\d{0,6})(?:\.(\d*))?$/.exec(percent);
  if (!match || (!match[1] && !match[2])) return undefined;
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  if (fraction.length > 10) return undefined;
  const numerator = Number(`${match[1] ?? ""}${fraction}` || "0");
  if (!Number.isSafeInteger(numerator)) return undefined;
  return normalise({ numerator, scale: fraction.length + 2, per });
}

export function rateFromE8(e8: number, per: RatePeriod): Rate {
  const known = ratesByE8[per].get(e8);
  if (known) return known;
  const rate = normalise({ numerator: e8, scale: RATE_E8_SCALE, per });
  if (ratesByE8[per].size < 10_000) ratesByE8[per].set(e8, rate);
  return rate;
}

/** A book has a handful of rates, and each is asked for millions of times. */
const ratesByE8: Readonly<Record<RatePeriod, Map<number, Rate>>> = {
  day: new Map(),
  month: new Map(),
  year: new Map(),
};

/** The rate as a whole number of 1e-8, or `undefined` when it is finer or does not fit four bytes. */
export function rateToE8(rate: Rate): number | undefined {
  if (rate.scale > RATE_E8_SCALE) return undefined;
  const e8 = rate.numerator * 10 ** (RATE_E8_SCALE - rate.scale);
  return e8 <= 2_147_483_647 ? e8 : undefined;
}

/** `{numerator: 5, scale: 4}` → `"0.05"`. */
export function formatPercent(rate: Rate): string {
  const digits = rate.numerator.toString().padStart(rate.scale - 1, "0");
  const cut = digits.length - (rate.scale - 2);
  const whole = digits.slice(0, cut) || "0";
  const fraction = digits.slice(cut);
  return fraction ? `${whole}.${fraction}` : whole;
}

function normalise(rate: Rate): Rate {
  let { numerator, scale } = rate;
  while (scale > 2 && numerator % 10 === 0) {
    numerator /= 10;
    scale -= 1;
  }
  return { numerator, scale, per: rate.per };
}

export type DayCount = "30/360" | "ACT/360" | "ACT/364" | "ACT/365" | "ACT/ACT";
export const DAY_COUNTS: readonly DayCount[] = ["30/360", "ACT/360", "ACT/364", "ACT/365", "ACT/ACT"];

/**
 * Days between two dates as the basis counts them: actual days, or by 30/360 twelve months of 30.
 *
 * Source  30/360 is the bond basis of the 2006 ISDA Definitions, section 4.16(f): the first day's 31st counts as a 30th,
 *         the second one's too where the first is a 30th by then. It has no rule for the end of February.
 */
export function countDays(from: Day, to: Day, dayCount: DayCount): number {
  return dayCount === "30/360" ? daysOfThirty(ymd(from), ymd(to)) : to - from;
}

function daysOfThirty(a: YearMonthDay, b: YearMonthDay): number {
  const startDay = Math.min(a.day, 30);
  const endDay = b.day === 31 && startDay === 30 ? 30 : b.day;
  return (b.year - a.year) * 360 + (b.month - a.month) * 30 + (endDay - startDay);
}

/** The same by 30/360 from each day to the next one asked: for those who walk through a plan. */
export function thirtyDayMonths(from: Day): (to: Day) => number {
  let start = ymd(from);
  return (to) => {
    const end = ymd(to);
    const days = daysOfThirty(start, end);
    start = end;
    return days;
  };
}

/** Days in a year of the basis. ACT/ACT has none of its own; 365 serves where a period is taken whole. */
function yearDaysOf(dayCount: DayCount): number {
  switch (dayCount) {
    case "30/360":
    case "ACT/360":
      return 360;
    case "ACT/364":
      return 364;
    case "ACT/365":
    case "ACT/ACT":
      return 365;
  }
}

/**
 * The share of the balance that interest takes between two days at a rate.
 *
 * A daily rate is taken for each counted day, whatever the basis has in a year. A yearly one is divided by the basis, and
 * a monthly one counts as twelve of them a year. ACT/ACT splits at 1 January: days of a leap year by 366, others by 365.
 *
 * Holds   exact for every rate that `parseRate` reads, as `wide` where the parts are beyond safe whole numbers.
 */
export function interestBetween(rate: Rate, dayCount: DayCount, from: Day, to: Day): Fraction {
  if (dayCount === "ACT/ACT" && rate.per !== "day") return actualShare(rate, from, to);
  return shareOfDays(rate, dayCount, countDays(from, to, dayCount));
}

/** The same for days that are already counted; not for ACT/ACT, which must know which days they are. */
export function shareOfDays(rate: Rate, dayCount: DayCount, days: number): Fraction {
  if (rate.per === "day") return exactRatio(rate, days, 1);
  return exactRatio(rate, rate.per === "month" ? 12 * days : days, yearDaysOf(dayCount));
}

function actualShare(rate: Rate, from: Day, to: Day): Fraction {
  const months = rate.per === "month" ? 12 : 1;
  const first = ymd(from).year;
  const turn = dayOf(first + 1, 1, 1);
  // Most periods lie within one year.
  if (to <= turn) return exactRatio(rate, (to - from) * months, isLeapYear(first) ? 366 : 365);
  let leapDays = 0;
  let commonDays = 0;
  for (let year = first, start: number = from; start < to; year++) {
    const end = Math.min(to, dayOf(year + 1, 1, 1));
    if (isLeapYear(year)) leapDays += end - start;
    else commonDays += end - start;
    start = end;
  }
  if (leapDays === 0) return exactRatio(rate, commonDays * months, 365);
  return exactRatio(rate, (leapDays * 365 + commonDays * 366) * months, 365 * 366);
}

export type Every = { readonly months: number } | { readonly weeks: number } | { readonly days: number };

/**
 * The share of the balance for one whole period, whatever its days: a year is 12 months, 52 weeks or the basis' days, and
 * a daily rate is taken for 30 days a month, 7 a week.
 */
export function interestOfPeriod(rate: Rate, dayCount: DayCount, every: Every): Fraction {
  if (rate.per === "day") {
    const days = "months" in every ? every.months * 30 : "weeks" in every ? every.weeks * 7 : every.days;
    return exactRatio(rate, days, 1);
  }
  const times = rate.per === "month" ? 12 : 1;
  if ("months" in every) return exactRatio(rate, every.months * times, 12);
  if ("weeks" in every) return exactRatio(rate, every.weeks * times, 52);
  return exactRatio(rate, every.days * times, yearDaysOf(dayCount));
}

/** Exact powers of ten; the scale of a rate is at most 12. */
const POWERS: readonly number[] = Array.from({ length: 16 }, (_, scale) => 10 ** scale);

/** `rate x times / over`. Small parts stay as they come: taking out common factors costs more than they would. */
function exactRatio(rate: Rate, times: number, over: number): Fraction {
  const numerator = rate.numerator * times;
  const denominator = POWERS[rate.scale]! * over;
  if (numerator * denominator <= Number.MAX_SAFE_INTEGER) return { numerator, denominator };
  if (numerator <= Number.MAX_SAFE_INTEGER && denominator <= Number.MAX_SAFE_INTEGER)
    return reduce(numerator, denominator);
  return ratio(BigInt(rate.numerator) * BigInt(times), BigInt(POWERS[rate.scale]!) * BigInt(over));
}

/** A ratio of big whole numbers in lowest terms: plain where its parts are safe, else wide. */
export function ratio(numerator: bigint, denominator: bigint): Fraction {
  let a = numerator;
  let b = denominator;
  while (b !== 0n) [a, b] = [b, a % b];
  const wide: Wide = { numerator: numerator / a, denominator: denominator / a };
  const plain = { numerator: Number(wide.numerator), denominator: Number(wide.denominator) };
  if (Number.isSafeInteger(plain.numerator) && Number.isSafeInteger(plain.denominator)) return plain;
  return { numerator: Number.NaN, denominator: Number.NaN, wide };
}

export function reduce(numerator: number, denominator: number): Fraction {
  invariant(
    Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && denominator > 0 && numerator >= 0,
    "a rate must stay an exact ratio of whole numbers",
  );
  let a = numerator;
  let b = denominator;
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a <= 1 ? { numerator, denominator } : { numerator: numerator / a, denominator: denominator / a };
}

const MOST_DECIMALS = 10;

/** A quotient as a decimal that a reader can check by hand: exact, or cut after ten decimals and marked with an ellipsis. */
export function formatExact(numerator: bigint, denominator: bigint): string {
  const scaled = numerator * 10n ** BigInt(MOST_DECIMALS);
  const digits = (scaled / denominator).toString().padStart(MOST_DECIMALS + 1, "0");
  const fraction = digits.slice(-MOST_DECIMALS).replace(/0+$/, "");
  const text = fraction ? `${digits.slice(0, -MOST_DECIMALS)}.${fraction}` : digits.slice(0, -MOST_DECIMALS);
  return scaled % denominator === 0n ? text : `${text}…`;
}
