import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Day, day } from "./calendar.ts";
import {
  countDays,
  DAY_COUNTS,
  type DayCount,
  type Fraction,
  formatPercent,
  interestBetween,
  interestOfPeriod,
  parseRate,
  rateFromE8,
  rateToE8,
  reduce,
} from "./rate.ts";

const lowest = (share: Fraction): Fraction => reduce(share.numerator, share.denominator);
const rate = (percent: string, per: "day" | "month" | "year") => parseRate(percent, per)!;

describe("rates as text", () => {
  it.each([
    ["0.05", 5, 4],
    ["13.59", 1359, 4],
    ["0.02345", 2345, 7],
    ["18.00", 18, 2],
    ["0", 0, 2],
    ["100", 100, 2],
    [".5", 5, 3],
    ["5.", 5, 2],
    ["0.0000000001", 1, 12],
  ])("%s percent is %i over 10^%i", (text, numerator, scale) => {
    expect(parseRate(text, "day")).toEqual({ numerator, scale, per: "day" });
  });

  it.each([
    "",
    ".",
    "-1",
    "1e1",
    "1,5",
    "0.00000000001",
    "1234567",
    // Sixteen digits beyond 2^53: no number holds it exactly.
    "999999.9999999999",
    " 1",
  ])('"%s" is no rate', (text) => {
    expect(parseRate(text, "year")).toBeUndefined();
  });

  it("what is written is read back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 999_999 }),
        fc.integer({ min: 0, max: 6 }),
        (wholePercent, fraction, decimals) => {
          const text =
            decimals === 0
              ? `${wholePercent}`
              : `${wholePercent}.${fraction.toString().padStart(6, "0").slice(0, decimals)}`;
          const parsed = rate(text, "year");
          expect(formatPercent(parsed)).toBe(text.includes(".") ? text.replace(/\.?0*$/, "") : text);
          expect(parseRate(formatPercent(parsed), "year")).toEqual(parsed);
        },
      ),
    );
  });

  it.each([
    ["0.05", 50_000],
    ["0.000001", 1],
    ["13.59", 13_590_000],
    ["2147.483647", 2_147_483_647],
    ["2147.483648", undefined],
    ["0.0000001", undefined],
  ])("%s percent is held in the state row as %j", (text, e8) => {
    expect(rateToE8(rate(text, "day"))).toBe(e8);
    if (e8 !== undefined) expect(rateFromE8(e8, "day")).toEqual(rate(text, "day"));
  });
});

describe("day counts", () => {
  it.each<[string, string, number, number]>([
    // from, to, 30/360, actual; 30/360 by hand: 360 x years + 30 x months + days, 31sts counted as 30ths
    ["2026-01-01", "2026-02-01", 30, 31],
    ["2026-01-31", "2026-02-28", 28, 28],
    ["2026-01-30", "2026-03-31", 60, 60],
    ["2026-01-31", "2026-03-31", 60, 59],
    ["2026-01-15", "2026-01-31", 16, 16],
    ["2026-01-30", "2026-01-31", 0, 1],
    ["2026-01-31", "2026-01-31", 0, 0],
    ["2026-02-28", "2026-03-31", 33, 31],
    ["2024-02-28", "2024-03-01", 3, 2],
    ["2024-02-29", "2024-03-01", 2, 1],
    ["2025-12-31", "2026-12-31", 360, 365],
    ["2023-06-15", "2026-06-15", 1080, 1096],
  ])("from %s to %s: 30/360 counts %i days, the others %i", (from, to, thirty, actual) => {
    for (const dayCount of DAY_COUNTS)
      expect(countDays(day(from), day(to), dayCount)).toBe(dayCount === "30/360" ? thirty : actual);
  });

  it("30/360 is never negative and a whole year is 360 days", () => {
    const days = fc.integer({ min: day("1990-01-01"), max: day("2090-01-01") });
    fc.assert(
      fc.property(days, fc.nat(2000), (from, later) => {
        expect(countDays(from as Day, (from + later) as Day, "30/360")).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("interest between two days", () => {
  it.each<[string, "day" | "month" | "year", DayCount, string, string, number, number]>([
    // 0.05 % a day for 31 days: 31 x 5/10,000
    ["0.05", "day", "ACT/365", "2026-01-01", "2026-02-01", 31 * 5, 10_000],
    ["0.05", "day", "30/360", "2026-01-01", "2026-02-01", 30 * 5, 10_000],
    // 12 % a year for 31 days: 0.12 x 31/basis
    ["12", "year", "ACT/360", "2026-01-01", "2026-02-01", 12 * 31, 100 * 360],
    ["12", "year", "ACT/364", "2026-01-01", "2026-02-01", 12 * 31, 100 * 364],
    ["12", "year", "ACT/365", "2026-01-01", "2026-02-01", 12 * 31, 100 * 365],
    ["12", "year", "30/360", "2026-01-01", "2026-02-01", 12 * 30, 100 * 360],
    // 1 % a month is 12 % a year
    ["1", "month", "ACT/365", "2026-01-01", "2026-02-01", 12 * 31, 100 * 365],
    // ACT/ACT over the turn of a leap year: 16 days of 2023 by 365 and 15 of 2024 by 366
    ["12", "year", "ACT/ACT", "2023-12-16", "2024-01-16", 12 * (16 * 366 + 15 * 365), 100 * 365 * 366],
    // two whole years, one of them a leap year, are 2 x 12 %
    ["12", "year", "ACT/ACT", "2023-01-01", "2025-01-01", 24, 100],
    ["12", "year", "ACT/ACT", "2024-02-01", "2024-03-01", 12 * 29, 100 * 366],
    ["12", "year", "ACT/ACT", "2024-03-01", "2024-03-01", 0, 1],
    ["0", "year", "ACT/365", "2024-01-01", "2025-01-01", 0, 1],
  ])("%s %% per %s by %s from %s to %s", (percent, per, dayCount, from, to, numerator, denominator) => {
    expect(lowest(interestBetween(rate(percent, per), dayCount, day(from), day(to)))).toEqual(
      reduce(numerator, denominator),
    );
  });

  it("adds up where days do: two spans are as much as the one they make", () => {
    const counts = fc.constantFrom<DayCount>("ACT/360", "ACT/364", "ACT/365", "ACT/ACT");
    const span = fc.nat(1500);
    fc.assert(
      fc.property(counts, fc.integer({ min: 15_000, max: 25_000 }), span, span, (dayCount, from, a, b) => {
        const of = (start: number, end: number) => {
          const share = interestBetween(rate("13.59", "year"), dayCount, start as Day, end as Day);
          return [BigInt(share.numerator), BigInt(share.denominator)] as const;
        };
        const [n1, d1] = of(from, from + a);
        const [n2, d2] = of(from + a, from + a + b);
        const [n3, d3] = of(from, from + a + b);
        expect((n1 * d2 + n2 * d1) * d3).toBe(n3 * d1 * d2);
      }),
    );
  });
});

describe("interest of a whole period", () => {
  it.each<
    [string, "day" | "month" | "year", DayCount, Parameters<typeof interestOfPeriod>[2], number, number]
  >([
    ["12", "year", "ACT/365", { months: 1 }, 1, 100],
    ["12", "year", "ACT/365", { months: 3 }, 3, 100],
    ["1.5", "month", "ACT/365", { months: 1 }, 15, 1000],
    ["13", "year", "ACT/365", { weeks: 2 }, 13 * 2, 100 * 52],
    ["12", "year", "ACT/360", { days: 15 }, 12 * 15, 100 * 360],
    ["12", "year", "ACT/ACT", { days: 73 }, 12 * 73, 100 * 365],
    ["0.05", "day", "ACT/365", { days: 15 }, 15 * 5, 10_000],
    ["0.05", "day", "ACT/365", { weeks: 2 }, 14 * 5, 10_000],
    ["0.05", "day", "ACT/365", { months: 1 }, 30 * 5, 10_000],
  ])("%s %% per %s by %s every %j", (percent, per, dayCount, every, numerator, denominator) => {
    expect(lowest(interestOfPeriod(rate(percent, per), dayCount, every))).toEqual(
      reduce(numerator, denominator),
    );
  });
});
