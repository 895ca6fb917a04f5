import type { Day } from "./calendar.ts";
import { dayOf, isLeapYear, ymd } from "./calendar.ts";
import { invariant } from "./trouble.ts";

export type RatePeriod = "day" | "month" | "year";
export const RATE_PERIODS: readonly RatePeriod[] = ["day", "month", "year"];

/** An exact decimal rate: `numerator / 10^scale` of the balance for each day, month or year. */
export interface Rate {
  readonly numerator: number;
  readonly scale: number;
  readonly per: RatePeriod;
}

/** An exact ratio of safe whole numbers, denominator > 0. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
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

/** Days between two dates as the basis counts them: 30/360 (US rule: 31sts become 30ths) or actual days. */
export function countDays(from: Day, to: Day, dayCount: DayCount): number {
  if (dayCount !== "30/360") return to - from;
  const a = ymd(from);
  const b = ymd(to);
  const startDay = Math.min(a.day, 30);
  const endDay = b.day === 31 && startDay === 30 ? 30 : b.day;
  return (b.year - a.year) * 360 + (b.month - a.month) * 30 + (endDay - startDay);
}

/** Days in a year of the basis; ACT/ACT has none of its own. */
const YEAR_DAYS: Readonly<Record<Exclude<DayCount, "ACT/ACT">, number>> = {
  "30/360": 360,
  "ACT/360": 360,
  "ACT/364": 364,
  "ACT/365": 365,
};

/**
 * The share of the balance that interest takes between two days at a rate.
 *
 * A daily rate is taken for each counted day. A yearly one is divided by the basis, a monthly one is twelve of them
 * a year. ACT/ACT splits at 1 January: days of a leap year by 366, others by 365.
 */
export function interestBetween(rate: Rate, dayCount: DayCount, from: Day, to: Day): Fraction {
  const power = 10 ** rate.scale;
  if (rate.per === "day") return reduce(rate.numerator * countDays(from, to, dayCount), power);
  const yearly = rate.per === "month" ? rate.numerator * 12 : rate.numerator;
  if (dayCount !== "ACT/ACT")
    return reduce(yearly * countDays(from, to, dayCount), power * YEAR_DAYS[dayCount]);
  let leapDays = 0;
  let commonDays = 0;
  for (let year = ymd(from).year; ; year++) {
    const start = Math.max(from, dayOf(year, 1, 1));
    const end = Math.min(to, dayOf(year + 1, 1, 1));
    if (isLeapYear(year)) leapDays += Math.max(0, end - start);
    else commonDays += Math.max(0, end - start);
    if (end >= to) break;
  }
  return reduce(yearly * (leapDays * 365 + commonDays * 366), power * 365 * 366);
}

export type Every = { readonly months: number } | { readonly weeks: number } | { readonly days: number };

/** The share of the balance for one whole period, whatever its days: a year is 12 months, 52 weeks or the basis' days. */
export function interestOfPeriod(rate: Rate, dayCount: DayCount, every: Every): Fraction {
  const power = 10 ** rate.scale;
  const yearDays = dayCount === "ACT/ACT" ? 365 : YEAR_DAYS[dayCount];
  if (rate.per === "day") {
    const days = "months" in every ? every.months * 30 : "weeks" in every ? every.weeks * 7 : every.days;
    return reduce(rate.numerator * days, power);
  }
  const yearly = rate.per === "month" ? rate.numerator * 12 : rate.numerator;
  if ("months" in every) return reduce(yearly * every.months, power * 12);
  if ("weeks" in every) return reduce(yearly * every.weeks, power * 52);
  return reduce(yearly * every.days, power * yearDays);
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
