import { describe, expect, it } from "vitest";
import { type Given, table, terms, totals } from "../../test/support/terms.ts";
import { day } from "./calendar.ts";
import { formatMoney, type Minor, minor, ROUNDING_MODES } from "./money.ts";
import { type DayCount, type Every, parseRate, type RatePeriod, shareOf } from "./rate.ts";
import { amortise, periodsOf, schedule, shareWithin } from "./schedule.ts";
import { METHODS, RESIDUALS } from "./terms.ts";

const monthly: Given = { percent: "1", per: "month", interest: "period" };
const interests = (given: Given): string[] => schedule(terms(given)).map((row) => formatMoney(row.interest));
const principals = (given: Given): string[] =>
  schedule(terms(given)).map((row) => formatMoney(row.principal));

describe("interest only", () => {
  it("pays each period's interest, and the principal with the last", () => {
    // 5.00 a day x 31, 28, 31
    expect(table(schedule(terms({ method: "interest-only", installments: 3 })))).toEqual([
      "2026-02-01 31 0.00 155.00 10000.00",
      "2026-03-01 28 0.00 140.00 10000.00",
      "2026-04-01 31 10000.00 155.00 0.00",
    ]);
  });

  it("is repaid in one piece also where installments are in whole units", () => {
    const given: Given = {
      method: "interest-only",
      installments: 3,
      principal: "999.99",
      multiple: "100.00",
    };
    expect(principals(given)).toEqual(["0.00", "0.00", "999.99"]);
  });
});

describe("bullet", () => {
  it("is one installment at the end of the term", () => {
    // 90 days x 5.00
    expect(table(schedule(terms({ method: "bullet", installments: 3 })))).toEqual([
      "2026-04-01 90 10000.00 450.00 0.00",
    ]);
  });

  it("takes whole periods' rates where interest is by the period", () => {
    // 3 x 1 % of 10,000.00, simple
    expect(interests({ ...monthly, method: "bullet", installments: 3 })).toEqual(["300.00"]);
  });

  it("bears nothing in its free periods", () => {
    // From 1 February on: 59 days x 5.00
    expect(interests({ method: "bullet", installments: 3, interestFree: 1 })).toEqual(["295.00"]);
  });
});

describe("flat", () => {
  it("takes interest on the principal lent, in equal parts", () => {
    // 12,000.00 x 1 % x 12 = 1,440.00, 120.00 a month
    const plan = schedule(terms({ ...monthly, method: "flat", principal: "12000.00", installments: 12 }));
    expect(new Set(plan.map((row) => `${row.principal} ${row.interest}`))).toEqual(new Set(["100000 12000"]));
  });

  it("rounds each period's interest once", () => {
    // 1,000.00 x 7 % / 12 = 5.833…; 1,000.00 / 12 = 83.333…
    const given: Given = {
      method: "flat",
      principal: "1000.00",
      percent: "7",
      per: "year",
      interest: "period",
      installments: 12,
    };
    expect(interests(given)).toEqual(new Array(12).fill("5.83"));
    expect(principals(given)).toEqual([...new Array(11).fill("83.33"), "83.37"]);
    expect(principals({ ...given, residual: "first" })).toEqual(["83.37", ...new Array(11).fill("83.33")]);
  });

  it("takes each period's days where interest is daily, and the installments are level", () => {
    // 5.00 a day x 31, 28, 31; (10,000.00 + 450.00) / 3 = 3,483.33…
    expect(table(schedule(terms({ method: "flat", installments: 3 })))).toEqual([
      "2026-02-01 31 3328.33 155.00 6671.67",
      "2026-03-01 28 3343.33 140.00 3328.34",
      "2026-04-01 31 3328.34 155.00 0.00",
    ]);
  });

  it("in whole units has whole installments, and principal is what interest leaves of them", () => {
    // 10,000.00 / 12 + 50.00 = 883.33 → 883.00, of which 833.00 principal; last 10,000.00 - 11 x 833.00 = 837.00
    const given: Given = {
      method: "flat",
      percent: "0.5",
      per: "month",
      interest: "period",
      installments: 12,
      multiple: "1.00",
    };
    expect(totals(schedule(terms(given)))).toEqual([...new Array(11).fill("883.00"), "887.00"]);
  });
});

describe("graces", () => {
  const four: Given = { ...monthly, installments: 4 };

  it("on principal: interest alone at first, and the rest repays it all", () => {
    const given: Given = { ...four, graceOnPrincipal: 2 };
    expect(principals(given)).toEqual(["0.00", "0.00", "5000.00", "5000.00"]);
    expect(interests(given)).toEqual(["100.00", "100.00", "100.00", "50.00"]);
    // 10,000.00 x 1.01^2 / (1.01 + 1) = 5,075.1243… ; 5,075.12 - 100.00 = 4,975.12; 5,024.88 x 1 % = 50.25
    expect(totals(schedule(terms({ ...given, method: "equal-installment" })))).toEqual([
      "100.00",
      "100.00",
      "5075.12",
      "5075.13",
    ]);
    expect(principals({ ...given, method: "flat" })).toEqual(["0.00", "0.00", "5000.00", "5000.00"]);
    expect(interests({ ...given, method: "flat" })).toEqual(["100.00", "100.00", "100.00", "100.00"]);
  });

  it("on interest: it falls due with the next installment, and bears none itself", () => {
    // Earned 100.00, 75.00, 50.00, 25.00; the first two wait for the third.
    const plan = schedule(terms({ ...four, graceOnInterest: 2 }));
    expect(plan.map((row) => formatMoney(row.interest))).toEqual(["0.00", "0.00", "225.00", "25.00"]);
    expect(plan.map((row) => formatMoney(row.earned ?? row.interest))).toEqual([
      "100.00",
      "75.00",
      "50.00",
      "25.00",
    ]);
    expect(plan.map((row) => formatMoney(row.principal))).toEqual(new Array(4).fill("2500.00"));
  });

  it("on interest: an equal installment is level all the same", () => {
    // Level 10,000.00 x 1.01^4 x 0.01 / (1.01^4 - 1) = 2,562.8109…; earned 100.00, 74.37 on 7,437.19, 48.74 on 4,874.38; the
    // first two fall due with the third: 223.11, and 2,562.81 - 223.11 = 2,339.70.
    expect(table(schedule(terms({ ...four, method: "equal-installment", graceOnInterest: 2 })))).toEqual([
      "2026-02-01 31 2562.81 0.00 7437.19",
      "2026-03-01 28 2562.81 0.00 4874.38",
      "2026-04-01 31 2339.70 223.11 2534.68",
      "2026-05-01 30 2534.68 25.35 0.00",
    ]);
  });

  it("free periods bear none at all", () => {
    expect(interests({ ...four, interestFree: 1 })).toEqual(["0.00", "75.00", "50.00", "25.00"]);
    // Three periods bear it: 3 x 100.00
    expect(interests({ ...four, method: "flat", interestFree: 1 })).toEqual([
      "0.00",
      "100.00",
      "100.00",
      "100.00",
    ]);
    // Level over 0 % and 1 %: 10,000.00 x 1.01 / 2.01 = 5,024.8756…; then 4,975.12 x 1 % = 49.75
    const given: Given = { ...four, installments: 2, method: "equal-installment", interestFree: 1 };
    expect(table(schedule(terms(given)))).toEqual([
      "2026-02-01 31 5024.88 0.00 4975.12",
      "2026-03-01 28 4975.12 49.75 0.00",
    ]);
  });

  it.each(["graceOnPrincipal", "graceOnInterest", "interestFree"] as const)(
    "%s as long as the plan is refused",
    (grace) => {
      expect(() => schedule(terms({ ...four, [grace]: 4 }))).toThrow("shorter than the plan");
      expect(() => schedule(terms({ ...four, [grace]: -1 }))).toThrow("shorter than the plan");
    },
  );
});

describe("one quarter across a new year, 10,000.00", () => {
  // 15 December 2023 to 15 March 2024: 91 days, of which 17 fall in 2023 and 74 in the leap year 2024.
  const quarter = (percent: string, per: RatePeriod, dayCount: DayCount, interest: "daily" | "period") =>
    schedule(
      terms({
        percent,
        per,
        dayCount,
        interest,
        disbursedOn: "2023-12-15",
        every: { months: 3 },
        installments: 1,
      }),
    )[0]!;

  it.each<[string, RatePeriod, DayCount, "daily" | "period", number, string]>([
    ["36", "year", "30/360", "daily", 90, "900.00"],
    ["36", "year", "ACT/360", "daily", 91, "910.00"],
    ["36", "year", "ACT/364", "daily", 91, "900.00"],
    // 3,600.00 x 91 / 365 = 897.534…
    ["36", "year", "ACT/365", "daily", 91, "897.53"],
    // 3,600.00 x (17 / 365 + 74 / 366) = 167.671… + 727.868…
    ["36", "year", "ACT/ACT", "daily", 91, "895.54"],
    ["36", "year", "ACT/365", "period", 91, "900.00"],
    // Twelve months a year, then as above
    ["3", "month", "ACT/365", "daily", 91, "897.53"],
    ["3", "month", "ACT/ACT", "daily", 91, "895.54"],
    ["3", "month", "30/360", "period", 90, "900.00"],
    ["0.1", "day", "ACT/365", "daily", 91, "910.00"],
    ["0.1", "day", "30/360", "daily", 90, "900.00"],
    ["0.1", "day", "ACT/ACT", "daily", 91, "910.00"],
    // A month of 30 days
    ["0.1", "day", "ACT/365", "period", 91, "900.00"],
    ["0", "year", "ACT/ACT", "daily", 91, "0.00"],
  ])("at %s %% a %s by %s, %s: %d days, %s", (percent, per, dayCount, interest, days, expected) => {
    const row = quarter(percent, per, dayCount, interest);
    expect([row.days, formatMoney(row.interest)]).toEqual([days, expected]);
  });

  it("30/360 counts a 31st as a 30th after a 30th or 31st, and February as it is", () => {
    const given: Given = { disbursedOn: "2026-01-31", dayCount: "30/360", installments: 4 };
    expect(schedule(terms(given)).map((row) => row.days)).toEqual([28, 33, 30, 30]);
  });
});

describe("weeks and days", () => {
  it.each<[Every, string, DayCount, "daily" | "period", string]>([
    // 10,000.00 x 26 % x 14 / 364, and 2 of 52 weeks
    [{ weeks: 2 }, "26", "ACT/364", "daily", "100.00"],
    [{ weeks: 2 }, "26", "ACT/365", "period", "100.00"],
    // 10,000.00 x 26 % x 14 / 365 = 99.726…
    [{ weeks: 2 }, "26", "ACT/365", "daily", "99.73"],
    // 10,000.00 x 24 % x 15 / 360
    [{ days: 15 }, "24", "30/360", "period", "100.00"],
    [{ days: 15 }, "24", "ACT/360", "daily", "100.00"],
  ])("%o at %s %% a year by %s, %s: %s", (every, percent, dayCount, interest, expected) => {
    expect(interests({ every, percent, per: "year", dayCount, interest, installments: 1 })).toEqual([
      expected,
    ]);
  });
});

describe("a first period of odd length", () => {
  const odd: Given = { disbursedOn: "2026-01-20", firstDueOn: "2026-03-01", installments: 2 };

  it("bears its own days where interest is daily", () => {
    // 40 days x 5.00, 31 days x 2.50
    expect(table(schedule(terms(odd)))).toEqual([
      "2026-03-01 40 5000.00 200.00 5000.00",
      "2026-04-01 31 5000.00 77.50 0.00",
    ]);
  });

  it("bears a whole period's rate where a period bears its rate whatever its days", () => {
    expect(interests({ ...monthly, ...odd })).toEqual(["100.00", "50.00"]);
  });

  it("makes equal installments level all the same", () => {
    // 10,000.00 x 1.02 x 1.0155 / 2.0155 = 5,139.2210…; interest 200.00; then 5,060.78 x 0.0155 = 78.44
    expect(totals(schedule(terms({ ...odd, method: "equal-installment" })))).toEqual(["5139.22", "5139.22"]);
  });
});

describe("the unit and the mode of rounding", () => {
  it("interest and parts come in the unit, and the last repays what is left", () => {
    // 1,000.03 / 3 = 333.34 → 333.35 by 0.05; 1 % of 1,000.03, 666.68 and 333.33 → 10.00, 6.65, 3.35
    const given: Given = { ...monthly, principal: "1000.03", installments: 3, unit: "0.05" };
    expect(principals(given)).toEqual(["333.35", "333.35", "333.33"]);
    expect(interests(given)).toEqual(["10.00", "6.65", "3.35"]);
  });

  it("the installment may be rounded otherwise than interest", () => {
    // Level 17.0056…; interest 0.58 (0.5833…) by the nearest cent all the same
    const given: Given = {
      principal: "100.00",
      percent: "7",
      per: "year",
      interest: "period",
      installments: 6,
      method: "equal-installment",
      mode: "half-up",
      installmentMode: "down",
    };
    expect(table(schedule(terms(given)))[0]).toBe("2026-02-01 31 16.42 0.58 83.58");
    expect(totals(schedule(terms({ ...given, installmentMode: "up" })))[0]).toBe("17.01");
  });
});

describe("at the edges", () => {
  it("a due day of 31 is the month's last day where it is shorter, or the next month's first", () => {
    const due = (given: Given) => table(schedule(terms(given))).map((row) => row.slice(0, 10));
    const given: Given = { disbursedOn: "2027-12-31", installments: 4 };
    expect(due(given)).toEqual(["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]);
    expect(due({ ...given, monthEnd: "roll" })).toEqual([
      "2028-01-31",
      "2028-03-01",
      "2028-03-31",
      "2028-05-01",
    ]);
  });

  it("29 February comes back in leap years", () => {
    const given: Given = {
      disbursedOn: "2024-02-29",
      every: { months: 12 },
      installments: 4,
      dayCount: "ACT/ACT",
    };
    const year = { ...given, percent: "36.6", per: "year" as const };
    expect(
      table(schedule(terms({ ...year, method: "interest-only" }))).map((row) => row.slice(0, 14)),
    ).toEqual(["2025-02-28 365", "2026-02-28 365", "2027-02-28 365", "2028-02-29 366"]);
    // The first year has 307 days of 2024 and 58 of 2025: 3,660.00 x (307 / 366 + 58 / 365) = 3,070.00 + 581.589…
    expect(interests({ ...year, method: "interest-only" })[0]).toBe("3651.59");
  });

  it.each(METHODS)("a loan of one cent is repaid (%s)", (method) => {
    for (const mode of ROUNDING_MODES)
      for (const residual of RESIDUALS) {
        const plan = schedule(terms({ method, principal: "0.01", installments: 3, mode, residual }));
        expect(plan.reduce((sum, row) => sum + row.principal, 0)).toBe(1);
        expect(plan.every((row) => row.principal >= 0 && row.interest >= 0)).toBe(true);
        expect(plan.at(-1)!.balance).toBe(0);
      }
  });

  it.each(METHODS)("36,500 %% a year over 600 months is exact (%s)", (method) => {
    const given: Given = { method, percent: "36500", per: "year", installments: 600, principal: "100000.00" };
    const plan = schedule(terms(given));
    expect(plan.length).toBe(method === "bullet" ? 1 : 600);
    expect(plan.reduce((sum, row) => sum + row.principal, 0)).toBe(100_000_00);
    // The balance itself, each day
    if (method === "interest-only") expect(plan[0]!.interest).toBe(31 * 100_000_00);
    if (method === "bullet") expect(plan[0]!.interest).toBe(plan[0]!.days * 100_000_00);
  });

  it("an installment that a period's interest exceeds is that interest, and repays nothing", () => {
    // 100 % a day: the level of 28, 31 and 30 days cannot cover the interest of 31.
    const plan = schedule(
      terms({
        method: "equal-installment",
        percent: "100",
        disbursedOn: "2026-01-31",
        installments: 3,
        principal: "100000.00",
      }),
    );
    expect(plan.map((row) => row.principal >= 0)).toEqual([true, true, true]);
    expect(plan[1]!.principal).toBe(0);
    expect(plan[1]!.interest).toBe(31 * plan[0]!.balance);
  });

  it("amounts beyond the safe range are refused", () => {
    const all = { ...terms({ installments: 12 }), principal: minor(Number.MAX_SAFE_INTEGER) };
    for (const method of METHODS)
      expect(() => schedule({ ...all, method })).toThrow("beyond 9.0e15 minor units");
    const free = { ...all, rate: parseRate("0", "year")! };
    for (const method of METHODS)
      expect(schedule({ ...free, method }).reduce((sum, row) => sum + row.principal, 0)).toBe(
        Number.MAX_SAFE_INTEGER,
      );
    expect(() =>
      schedule({ ...free, rounding: { ...free.rounding, installmentMultiple: all.principal } }),
    ).toThrow("beyond 9.0e15 minor units");
  });

  it.each(["equal-principal", "equal-installment", "flat"] as const)(
    "whole units of which an installment has none are refused (%s)",
    (method) => {
      expect(() => schedule(terms({ method, principal: "100.00", multiple: "1000.00" }))).toThrow(
        "lower the multiple",
      );
    },
  );

  it.each(METHODS)("asking through a day gives the first rows of the same plan (%s)", (method) => {
    const given = terms({ method, installments: 12, graceOnInterest: 2 });
    const all = schedule(given);
    for (let through = given.disbursedOn; through <= all.at(-1)!.dueOn + 1; through++) {
      const some = schedule(given, through as typeof given.disbursedOn);
      expect(some).toEqual(all.slice(0, some.length));
      expect(some.at(-1)!.dueOn >= through || some.length === all.length).toBe(true);
      expect(some.slice(0, -1).every((row) => row.dueOn < through)).toBe(true);
    }
  });
});

describe("a part of a period", () => {
  const within = (given: Given, from: string, to: string) => {
    const one = terms(given);
    const share = shareWithin(periodsOf(one)[0]!, one, day(from), day(to));
    return formatMoney(shareOf(one.principal, share, "half-up"));
  };

  it("bears its own days where interest is daily, else its part of the period's", () => {
    expect(within({}, "2026-01-01", "2026-01-11")).toBe("50.00");
    expect(within({}, "2026-01-01", "2026-02-01")).toBe("155.00");
    // 100.00 x 10 / 31
    expect(within(monthly, "2026-01-11", "2026-01-21")).toBe("32.26");
    expect(within(monthly, "2026-01-01", "2026-02-01")).toBe("100.00");
    expect(within(monthly, "2026-01-11", "2026-01-11")).toBe("0.00");
  });

  it("bears nothing where the period is free", () => {
    expect(within({ interestFree: 1 }, "2026-01-01", "2026-01-11")).toBe("0.00");
    const bullet: Given = { method: "bullet", installments: 3, interestFree: 1 };
    expect(within(bullet, "2026-01-01", "2026-01-20")).toBe("0.00");
    // From 1 February: 10 days x 5.00
    expect(within(bullet, "2026-01-01", "2026-02-11")).toBe("50.00");
  });
});

describe("a balance split again", () => {
  it("takes interest that ran before with the first installment, which is level all the same", () => {
    const given = terms({ ...monthly, method: "equal-installment", installments: 3 });
    const plan = amortise(given.principal, periodsOf(given), given, 50_00 as Minor);
    const rows = totals(plan);
    // (10,000.00 x 1.01 + 50.00) x 1.01^2 / (1.01^2 + 1.01 + 1) = 10,354.015 / 3.0301 = 3,417.0539…
    expect(rows).toEqual(["3417.05", "3417.05", "3417.06"]);
    expect(formatMoney(plan[0]!.interest)).toBe("150.00");
  });
});
