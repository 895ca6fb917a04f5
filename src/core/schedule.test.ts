import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Given, table, terms, totals } from "../../test/support/terms.ts";
import { day, type MonthEnd } from "./calendar.ts";
import { formatMoney, type Minor, parseMoney, ROUNDING_MODES, type RoundingMode } from "./money.ts";
import { DAY_COUNTS, type Every, interestBetween, interestOfPeriod } from "./rate.ts";
import { schedule } from "./schedule.ts";
import { type LoanTerms, type Method, type Residual, usualFirstDue } from "./terms.ts";

const money = (text: string): Minor => parseMoney(text)!;

describe("equal principal", () => {
  it("10,000.00 in ten months at 0.05 % a day", () => {
    // By hand: 1,000.00 each month; interest is balance x 0.0005 x days: 5.00 a day x 31, 4.50 x 28, 4.00 x 31 …
    expect(table(schedule(terms({})))).toEqual([
      "2026-02-01 31 1000.00 155.00 9000.00",
      "2026-03-01 28 1000.00 126.00 8000.00",
      "2026-04-01 31 1000.00 124.00 7000.00",
      "2026-05-01 30 1000.00 105.00 6000.00",
      "2026-06-01 31 1000.00 93.00 5000.00",
      "2026-07-01 30 1000.00 75.00 4000.00",
      "2026-08-01 31 1000.00 62.00 3000.00",
      "2026-09-01 31 1000.00 46.50 2000.00",
      "2026-10-01 30 1000.00 30.00 1000.00",
      "2026-11-01 31 1000.00 15.50 0.00",
    ]);
  });

  it("counts every month as 30 days by 30/360", () => {
    // 5.00, 4.50 and 4.00 a day x 30
    const plan = schedule(terms({ dayCount: "30/360" }));
    expect(plan.slice(0, 3).map((row) => formatMoney(row.interest))).toEqual(["150.00", "135.00", "120.00"]);
  });

  it.each<[Residual, string[]]>([
    ["last", ["33.33", "33.33", "33.34"]],
    ["first", ["33.34", "33.33", "33.33"]],
    ["level", ["33.33", "33.33", "33.34"]],
  ])("puts the cent that does not divide %s", (residual, expected) => {
    const plan = schedule(terms({ principal: "100.00", percent: "0", installments: 3, residual }));
    expect(totals(plan)).toEqual(expected);
  });

  it.each<[RoundingMode, string[]]>([
    // 100.00 / 6 = 16.666…
    ["half-up", ["16.67", "16.65"]],
    ["half-even", ["16.67", "16.65"]],
    ["up", ["16.67", "16.65"]],
    ["down", ["16.66", "16.70"]],
  ])("rounds the equal part by %s and leaves the rest to the last", (mode, [part, last]) => {
    const plan = schedule(terms({ principal: "100.00", percent: "0", installments: 6, mode }));
    expect(totals(plan)).toEqual([part, part, part, part, part, last]);
  });

  it("rounds once, straight to whole units", () => {
    // 44.88 / 30 = 1.496, nearer to 1.00 than to 2.00; by way of 1.50 it would become 2.00. Last: 44.88 - 29.00.
    const plan = schedule(terms({ principal: "44.88", percent: "0", installments: 30, multiple: "1.00" }));
    expect(totals(plan).slice(0, 2)).toEqual(["1.00", "1.00"]);
    expect(totals(plan).at(-1)).toBe("15.88");
  });

  it("refuses whole units that are more than the principal", () => {
    // 12,000.00 / 36 rounds up to 400.00, and 35 of them are 14,000.00
    const given = { principal: "12000.00", installments: 36, multiple: "100.00", mode: "up" } as const;
    expect(() => schedule(terms(given))).toThrow("lower the multiple");
  });
});

describe("equal installments", () => {
  it("100,000.00 in twelve months at 6 % a year, interest of whole months", () => {
    // The annuity formula P x r x (1+r)^n / ((1+r)^n - 1) with r = 1/200, in BigInt: P x 201^12 / (200 x (201^12 - 200^12)).
    const a = 201n ** 12n;
    const b = 200n * (a - 200n ** 12n);
    const level = (2n * 10_000_000n * a + b) / (2n * b);
    expect(level).toBe(860_664n);
    const plan = schedule(
      terms({
        principal: "100000.00",
        percent: "6",
        per: "year",
        installments: 12,
        method: "equal-installment",
        interest: "period",
      }),
    );
    // First month by hand: 100,000.00 x 0.005 = 500.00 interest, 8,106.64 principal; second: 91,893.36 x 0.005 = 459.47.
    expect(table(plan).slice(0, 2)).toEqual([
      "2026-02-01 31 8106.64 500.00 91893.36",
      "2026-03-01 28 8147.17 459.47 83746.19",
    ]);
    expect(totals(plan).slice(0, 11)).toEqual(new Array(11).fill("8606.64"));
    expect(plan.at(-1)!.balance).toBe(0);
    expect(Math.abs(plan.at(-1)!.principal + plan.at(-1)!.interest - 860_664)).toBeLessThanOrEqual(6);
  });

  it("100.00 in six months at 7 % a year by 30/360, as the public tests of Apache Fineract have it", () => {
    const plan = schedule(
      terms({
        principal: "100.00",
        percent: "7",
        per: "year",
        installments: 6,
        method: "equal-installment",
        dayCount: "30/360",
        disbursedOn: "2024-01-01",
        residual: "level",
        mode: "half-even",
      }),
    );
    expect(table(plan)).toEqual([
      "2024-02-01 30 16.43 0.58 83.57",
      "2024-03-01 30 16.52 0.49 67.05",
      "2024-04-01 30 16.62 0.39 50.43",
      "2024-05-01 30 16.72 0.29 33.71",
      "2024-06-01 30 16.81 0.20 16.90",
      "2024-07-01 30 16.90 0.10 0.00",
    ]);
    expect(totals(plan)).toEqual(["17.01", "17.01", "17.01", "17.01", "17.01", "17.00"]);
  });

  it("counts the days of each month when interest is daily", () => {
    // 10,000.00 in two: f1 = 31 x 0.0005 = 0.0155, f2 = 28 x 0.0005 = 0.014. Level = P(1+f1)(1+f2) / (1 + f2 + 1)
    // = 10,297.17 / 2.014 = 5,112.7954… → 5,112.80. Interest 155.00, principal 4,957.80, then 5,042.20 x 0.014 = 70.59.
    const plan = schedule(terms({ installments: 2, method: "equal-installment" }));
    expect(table(plan)).toEqual(["2026-02-01 31 4957.80 155.00 5042.20", "2026-03-01 28 5042.20 70.59 0.00"]);
    expect(totals(plan)).toEqual(["5112.80", "5112.79"]);
  });

  it("without interest is the principal in equal parts", () => {
    const plan = schedule(
      terms({ principal: "1000.00", percent: "0", installments: 3, method: "equal-installment" }),
    );
    expect(totals(plan)).toEqual(["333.33", "333.33", "333.34"]);
  });

  it.each(["equal-principal", "equal-installment"] as const)(
    "in one installment is everything on one day (%s)",
    (method) => {
      // 10,000.00 x 0.0005 x 31
      expect(table(schedule(terms({ installments: 1, method })))).toEqual([
        "2026-02-01 31 10000.00 155.00 0.00",
      ]);
    },
  );

  it("in whole units leaves what is odd to the last installment", () => {
    // 17.0056… rounds to 17.00 whole units; 83.58, 67.07, 50.46, 33.75, 16.95 are what is left after each.
    const plan = schedule(
      terms({
        principal: "100.00",
        percent: "7",
        per: "year",
        installments: 6,
        method: "equal-installment",
        interest: "period",
        multiple: "1.00",
      }),
    );
    expect(totals(plan)).toEqual(["17.00", "17.00", "17.00", "17.00", "17.00", "17.05"]);
  });

  it("the odd installment can come first, and then all others are level", () => {
    const given: Given = {
      principal: "100.00",
      percent: "7",
      per: "year",
      installments: 6,
      method: "equal-installment",
      interest: "period",
      residual: "first",
    };
    expect(totals(schedule(terms(given)))).toEqual(["17.00", "17.01", "17.01", "17.01", "17.01", "17.01"]);
    // A gap of whole units moved to the front takes interest with it, and the last is level all the same.
    const large = schedule(terms({ ...given, principal: "100000.00", percent: "24", multiple: "100.00" }));
    expect(new Set(totals(large).slice(1)).size).toBe(1);
  });

  it("residual level moves the installment by the rounded mean of the gap when that brings the last one nearer", () => {
    const given: Given = {
      principal: "1000.00",
      percent: "12",
      per: "year",
      installments: 24,
      method: "equal-installment",
      interest: "period",
      mode: "down",
    };
    // The formula gives 47.0734…, rounded down 47.07; the gap of the last one is 0.09 + what rounding interest down left.
    const last = totals(schedule(terms(given)));
    const level = totals(schedule(terms({ ...given, residual: "level" })));
    const gap = (all: string[]) => Math.abs(money(all.at(-1)!) - money(all[0]!));
    expect(gap(level)).toBeLessThanOrEqual(gap(last));
  });
});

describe("every schedule", () => {
  const anyTerms = fc
    .record({
      principal: fc.integer({ min: 100_00, max: 5_000_000_00 }),
      rate: fc.constantFrom(
        ["0", "day"] as const,
        ["0.05", "day"] as const,
        ["0.02345", "day"] as const,
        ["1.5", "month"] as const,
        ["13.59", "year"] as const,
        ["36", "year"] as const,
      ),
      installments: fc.integer({ min: 1, max: 60 }),
      method: fc.constantFrom<Method>("equal-principal", "equal-installment"),
      every: fc.constantFrom<Every>({ months: 1 }, { weeks: 2 }, { days: 15 }, { months: 3 }),
      interest: fc.constantFrom("daily" as const, "period" as const),
      dayCount: fc.constantFrom(...DAY_COUNTS),
      mode: fc.constantFrom(...ROUNDING_MODES),
      residual: fc.constantFrom<Residual>("last", "first", "level"),
      multiple: fc.constantFrom(1, 1, 1, 100),
      disbursedOn: fc.integer({ min: day("2019-01-01"), max: day("2030-12-31") }),
      firstAfter: fc.option(fc.integer({ min: 1, max: 45 })),
      monthEnd: fc.constantFrom<MonthEnd>("clamp", "roll"),
    })
    .map((given): LoanTerms => {
      const base = terms({
        ...given,
        principal: "1.00",
        multiple: "0.01",
        disbursedOn: "2026-01-01",
        percent: given.rate[0],
        per: given.rate[1],
      });
      const disbursedOn = given.disbursedOn as LoanTerms["disbursedOn"];
      return {
        ...base,
        principal: given.principal as Minor,
        disbursedOn,
        firstDueOn:
          given.firstAfter === null
            ? usualFirstDue(disbursedOn, given.every, given.monthEnd)
            : ((disbursedOn + given.firstAfter) as LoanTerms["firstDueOn"]),
        rounding: { ...base.rounding, installmentMultiple: given.multiple as Minor },
      };
    })
    // Whole units that are more than the principal are refused; a test above says so.
    .filter(
      (t) =>
        t.method !== "equal-principal" ||
        t.rounding.installmentMultiple === 1 ||
        t.principal / t.installments > 60_00,
    );

  /** A ratio rounded in BigInt, apart from the code under test. */
  function rounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
    const floor = numerator / denominator;
    const twice = (numerator % denominator) * 2n;
    if (twice === 0n || mode === "down") return floor;
    if (mode === "up" || twice > denominator) return floor + 1n;
    if (twice < denominator) return floor;
    return mode === "half-up" || floor % 2n === 1n ? floor + 1n : floor;
  }

  it("repays the principal lent, ends at zero, has no negative amount, and rounds each interest once", () => {
    fc.assert(
      fc.property(anyTerms, (t) => {
        const plan = schedule(t);
        expect(plan.length).toBe(t.installments);
        let balance: number = t.principal;
        let from = t.disbursedOn;
        for (const [i, row] of plan.entries()) {
          expect(row.n).toBe(i + 1);
          expect(row.dueOn).toBeGreaterThan(from);
          expect(row.principal).toBeGreaterThanOrEqual(0);
          const share =
            t.interest === "period"
              ? interestOfPeriod(t.rate, t.dayCount, t.every)
              : interestBetween(t.rate, t.dayCount, from, row.dueOn);
          const exact = BigInt(balance) * BigInt(share.numerator);
          expect(BigInt(row.interest)).toBe(rounded(exact, BigInt(share.denominator), t.rounding.mode));
          balance -= row.principal;
          expect(row.balance).toBe(balance);
          from = row.dueOn;
        }
        expect(balance).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it("with the odd installment first the last is level to what a cent at the front makes up; with it last all before are level", () => {
    fc.assert(
      fc.property(
        anyTerms.filter(
          (t) =>
            t.method === "equal-installment" && t.installments > 1 && t.rounding.installmentMultiple === 1,
        ),
        (t) => {
          const of = (residual: Residual) =>
            schedule({ ...t, rounding: { ...t.rounding, residual } }).map(
              (row) => row.principal + row.interest,
            );
          const last = of("last");
          // An installment that does not cover its interest cannot be level, nor one after cents rounded up have repaid all.
          const residuals = ["last", "first"] as const;
          fc.pre(
            residuals.every((residual) =>
              schedule({ ...t, rounding: { ...t.rounding, residual } }).every((row) => row.principal > 0),
            ),
          );
          expect(new Set(last.slice(0, -1)).size).toBe(1);
          const first = of("first");
          expect(new Set(first.slice(1, -1)).size).toBeLessThanOrEqual(1);
          const off = (all: number[]) => Math.abs(all.at(-1)! - all[Math.min(1, all.length - 1)]!);
          expect(off(first)).toBeLessThanOrEqual(Math.abs(last.at(-1)! - last[0]!));
          // A consumer loan: what a cent at the front and the last row's own rounding leave.
          if (t.installments <= 12 && "months" in t.every && t.every.months === 1)
            expect(off(first)).toBeLessThanOrEqual(2);
          const gap = (all: number[]) => Math.abs(all.at(-1)! - all[0]!);
          expect(gap(of("level"))).toBeLessThanOrEqual(gap(last));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("refuses terms that are none", () => {
    expect(() => schedule({ ...terms({}), installments: 0 })).toThrow("needs a principal and an installment");
    expect(() => schedule({ ...terms({}), principal: 0 as Minor })).toThrow();
    expect(() => schedule(terms({ firstDueOn: "2026-01-01" }))).toThrow("after the pay-out day");
  });
});
