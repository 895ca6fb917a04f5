import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Day, day, formatDay, type MonthEnd } from "./calendar.ts";
import { type Minor, minor, ROUNDING_MODES, type RoundingMode } from "./money.ts";
import { DAY_COUNTS, type Every, parseRate, type RatePeriod } from "./rate.ts";
import { type Installment, schedule } from "./schedule.ts";
import { dueDays, type LoanTerms, METHODS, type Residual, usualFirstDue } from "./terms.ts";

/**
 * The same plans computed a second time and another way: every share and level figure is a ratio of big whole numbers,
 * days are counted one by one, and nothing is estimated. It shares with the code under test only the calendar.
 */
interface Ratio {
  readonly top: bigint;
  readonly bottom: bigint;
}

const ZERO: Ratio = { top: 0n, bottom: 1n };
const ratio = (top: bigint | number, bottom: bigint | number): Ratio => ({
  top: BigInt(top),
  bottom: BigInt(bottom),
});
const plus = (a: Ratio, b: Ratio): Ratio => ratio(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
const times = (a: Ratio, b: Ratio): Ratio => ratio(a.top * b.top, a.bottom * b.bottom);
const over = (a: Ratio, b: Ratio): Ratio => ratio(a.top * b.bottom, a.bottom * b.top);

function rounded({ top, bottom }: Ratio, mode: RoundingMode, unit = 1n): bigint {
  const floor = top / (bottom * unit);
  const twice = (top - floor * bottom * unit) * 2n;
  const half = bottom * unit;
  const nearest = twice > half || (twice === half && (mode === "half-up" || floor % 2n === 1n));
  const up = mode === "up" ? twice > 0n : mode === "down" ? false : nearest;
  return (up ? floor + 1n : floor) * unit;
}

function rateOf(terms: LoanTerms): Ratio {
  return ratio(terms.rate.numerator, 10n ** BigInt(terms.rate.scale));
}

function shareOf(terms: LoanTerms, from: Day, to: Day): Ratio {
  const { rate, dayCount, every } = terms;
  const perYear = rate.per === "month" ? times(rateOf(terms), ratio(12, 1)) : rateOf(terms);
  const yearDays = { "30/360": 360, "ACT/360": 360, "ACT/364": 364, "ACT/365": 365, "ACT/ACT": 365 }[
    dayCount
  ];
  if (terms.interest === "period") {
    if (rate.per === "day") {
      const days = "months" in every ? every.months * 30 : "weeks" in every ? every.weeks * 7 : every.days;
      return times(perYear, ratio(days, 1));
    }
    if ("months" in every) return times(perYear, ratio(every.months, 12));
    if ("weeks" in every) return times(perYear, ratio(every.weeks, 52));
    return times(perYear, ratio(every.days, yearDays));
  }
  const days = daysBetween(dayCount, from, to);
  if (rate.per === "day") return times(perYear, ratio(days, 1));
  if (dayCount !== "ACT/ACT") return times(perYear, ratio(days, yearDays));
  let leap = 0;
  let common = 0;
  for (let one: number = from; one < to; one++) {
    const year = Number(formatDay(one as Day).slice(0, 4));
    if (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) leap += 1;
    else common += 1;
  }
  return times(perYear, plus(ratio(leap, 366), ratio(common, 365)));
}

function daysBetween(dayCount: LoanTerms["dayCount"], from: Day, to: Day): number {
  if (dayCount !== "30/360") return to - from;
  const [year1, month1, day1] = formatDay(from).split("-").map(Number) as [number, number, number];
  const [year2, month2, day2] = formatDay(to).split("-").map(Number) as [number, number, number];
  const first = day1 === 31 ? 30 : day1;
  const second = day2 === 31 && first === 30 ? 30 : day2;
  return 360 * (year2 - year1) + 30 * (month2 - month1) + (second - first);
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const positive = (a: bigint): bigint => (a > 0n ? a : 0n);
const size = (a: bigint): bigint => (a < 0n ? -a : a);

type Row = readonly [principal: bigint, interest: bigint];

/** Rows of a plan without the odd installment first: `schedule` finds that by trial, and its own test says what holds. */
function oracle(terms: LoanTerms): Row[] {
  const { mode, installmentMultiple, residual } = terms.rounding;
  const multiple = BigInt(installmentMultiple);
  const days = [terms.disbursedOn, ...dueDays(terms, terms.installments)];
  const free = terms.interestFree ?? 0;
  const shares = days.slice(1).map((to, i) => (i < free ? ZERO : shareOf(terms, days[i]!, to)));
  const principal = BigInt(terms.principal);
  const count = shares.length;
  const grace = BigInt(terms.graceOnPrincipal ?? 0);
  const onBalance = (paid: (i: number, interest: bigint) => bigint): Row[] => {
    let balance = principal;
    return shares.map((share, i) => {
      const interest = rounded(times(ratio(balance, 1), share), mode);
      const wanted = paid(i, interest);
      const now = i === count - 1 ? balance : i < grace ? 0n : least(positive(wanted), balance);
      balance -= now;
      return [now, interest] as const;
    });
  };
  const meanOf = (gap: bigint, parts: bigint) =>
    (gap < 0n ? -1n : 1n) * rounded(ratio(size(gap), parts), mode, multiple);
  const parts = BigInt(count) - grace;
  switch (terms.method) {
    case "bullet": {
      const from = days[free]!;
      const share =
        terms.interest === "period"
          ? times(shareOf(terms, from, from), ratio(count - free, 1))
          : shareOf(terms, from, days[count]!);
      return [[principal, rounded(times(ratio(principal, 1), share), mode)]];
    }
    case "interest-only":
      return onBalance(() => 0n);
    case "equal-principal": {
      const part = rounded(ratio(principal, parts), mode, multiple);
      const gap = principal - part * parts;
      const moved = part + meanOf(gap, parts);
      const better = size(principal - moved * parts) < size(gap);
      return onBalance(() => (residual === "level" && better ? moved : part));
    }
    case "equal-installment": {
      let grown = ratio(principal, 1);
      let sum = ZERO;
      for (const share of shares.slice(Number(grace))) {
        const factor = plus(ratio(1, 1), share);
        grown = times(grown, factor);
        sum = plus(times(sum, factor), ratio(1, 1));
      }
      const level = rounded(over(grown, sum), mode, multiple);
      const late = terms.graceOnInterest ?? 0;
      const at = (amount: bigint) => {
        let owed = 0n;
        return onBalance((i, interest) => {
          owed += interest;
          const due = i < late ? 0n : owed;
          owed -= due;
          return amount - due;
        });
      };
      const gapOf = (rows: Row[], amount: bigint) => {
        const [last, interest] = deferred(rows, terms).at(-1)!;
        return last + interest - amount;
      };
      const plan = at(level);
      if (residual === "last") return plan;
      const moved = level + meanOf(gapOf(plan, level), parts);
      return size(gapOf(at(moved), moved)) < size(gapOf(plan, level)) ? at(moved) : plan;
    }
    case "flat": {
      const interests = shares.map((share) => rounded(times(ratio(principal, 1), share), mode));
      const rows = interests.slice(Number(grace));
      const bearing = rows.filter((_, i) => i + Number(grace) >= free);
      const mean =
        bearing.length === 0
          ? ZERO
          : ratio(
              bearing.reduce((a, b) => a + b),
              bearing.length,
            );
      const level = rounded(plus(ratio(principal, parts), mean), mode, multiple);
      const alone = rounded(ratio(principal, parts), mode, multiple);
      const wanted = rows.map((interest, i) =>
        i + Number(grace) < free ? alone : positive(level - interest),
      );
      const gap = principal - wanted.reduce((a, b) => a + b);
      const move = meanOf(gap, parts);
      const helps = residual === "level" && size(size(gap) - size(move) * parts) < size(gap);
      let left = principal;
      return interests.map((interest, i) => {
        const part = (wanted[i - Number(grace)] ?? 0n) + (helps ? move : 0n);
        const now = i < grace ? 0n : i === count - 1 ? left : least(positive(part), left);
        left -= now;
        return [now, interest] as const;
      });
    }
  }
}

function deferred(rows: Row[], terms: LoanTerms): Row[] {
  const grace = terms.method === "bullet" ? 0 : (terms.graceOnInterest ?? 0);
  const owed = rows.slice(0, grace).reduce((sum, [, interest]) => sum + interest, 0n);
  return rows.map(([principal, interest], i) => [
    principal,
    i < grace ? 0n : i === grace ? interest + owed : interest,
  ]);
}

const anyTerms = fc
  .record({
    principal: fc.oneof(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 100_00, max: 5_000_000_00 }),
      fc.integer({ min: 1, max: 1_000_000_000_00 }),
    ),
    percent: fc.oneof(
      fc.constantFrom("0", "0.05", "0.02345", "1.5", "13.59", "36", "36500"),
      fc.integer({ min: 1, max: 9_999_999 }).map((n) => (n / 100_000).toFixed(5)),
      fc.integer({ min: 1, max: 999_999_999 }).map((n) => `1.0${String(n).padStart(9, "0")}`),
    ),
    per: fc.constantFrom<RatePeriod>("day", "month", "year"),
    installments: fc.integer({ min: 1, max: 40 }),
    method: fc.constantFrom(...METHODS),
    every: fc.constantFrom<Every>({ months: 1 }, { months: 3 }, { weeks: 1 }, { weeks: 2 }, { days: 15 }),
    interest: fc.constantFrom("daily" as const, "period" as const),
    dayCount: fc.constantFrom(...DAY_COUNTS),
    mode: fc.constantFrom(...ROUNDING_MODES),
    residual: fc.constantFrom<Residual>("last", "level"),
    whole: fc.constantFrom(false, false, false, true),
    disbursedOn: fc.integer({ min: day("2019-01-01"), max: day("2030-12-31") }),
    firstAfter: fc.option(fc.integer({ min: 1, max: 70 })),
    monthEnd: fc.constantFrom<MonthEnd>("clamp", "roll"),
    graces: fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.nat({ max: 6 })),
  })
  .map((given): LoanTerms => {
    const disbursedOn = given.disbursedOn as Day;
    const most = given.installments - 1;
    const [graceOnPrincipal, graceOnInterest, interestFree] = given.graces.map((n) => Math.min(n, most));
    const whole = given.whole && given.principal > 100_00 * 60;
    return {
      currency: "CNY",
      principal: given.principal as Minor,
      rate: parseRate(given.percent, given.per)!,
      ratePer: given.per,
      every: given.every,
      method: given.method,
      dayCount: given.dayCount,
      interest: given.interest,
      monthEnd: given.monthEnd,
      disbursedOn,
      firstDueOn:
        given.firstAfter === null
          ? usualFirstDue(disbursedOn, given.every, given.monthEnd)
          : ((disbursedOn + given.firstAfter) as Day),
      installments: given.installments,
      rounding: {
        mode: given.mode,
        residual: given.residual,
        installmentMultiple: minor(whole ? 100 : 1),
      },
      graceOnPrincipal,
      graceOnInterest,
      interestFree,
    };
  });

const refused = (terms: LoanTerms): boolean => {
  try {
    schedule(terms);
    return false;
  } catch {
    return true;
  }
};

describe("every schedule, against the same in big whole numbers", () => {
  it("is the same to the cent, repays the principal lent, ends at zero and has no negative amount", () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const wanted = deferred(oracle(terms), terms);
        const total = wanted.reduce((sum, [principal, interest]) => sum + principal + interest, 0n);
        // The only refusal there is for these.
        if (total > BigInt(Number.MAX_SAFE_INTEGER)) {
          expect(refused(terms)).toBe(true);
          return;
        }
        const plan = schedule(terms);
        expect(plan.map((row) => [BigInt(row.principal), BigInt(row.interest)])).toEqual(wanted);
        let balance: number = terms.principal;
        for (const row of plan) {
          expect(Math.min(row.principal, row.interest, row.balance)).toBeGreaterThanOrEqual(0);
          balance -= row.principal;
          expect(row.balance).toBe(balance);
        }
        expect(balance).toBe(0);
      }),
      { numRuns: 3000 },
    );
  });

  it("keeps its level under every change of scale: what is twice as much in cents of half the worth is twice as much", () => {
    // Rounding to 100 units of a hundredth is rounding to one unit.
    fc.assert(
      fc.property(
        anyTerms.filter((t) => t.principal < 1e9 && t.rounding.installmentMultiple === 1),
        (terms) => {
          fc.pre(!refused(terms));
          const hundredfold: LoanTerms = {
            ...terms,
            principal: minor(terms.principal * 100),
            rounding: { ...terms.rounding, unit: minor(100) },
          };
          fc.pre(!refused(hundredfold));
          const hundredth = (value: number) => value / 100;
          expect(schedule(hundredfold).map((row) => [row.principal, row.interest].map(hundredth))).toEqual(
            schedule(terms).map((row: Installment) => [row.principal, row.interest]),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});
