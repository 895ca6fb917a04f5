import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CN_DEFAULT_ORDER, IN_ADVANCE } from "./allocation.ts";
import { addDays, day } from "./calendar.ts";
import type { Ceiling } from "./ceiling.ts";
import type { Fact, MoneyFact } from "./facts.ts";
import { formatMoney, type Minor, minor, parseMoney } from "./money.ts";
import { booksOf, positionOfBooks } from "./position.ts";
import type { Product } from "./product.ts";
import { parseRate } from "./rate.ts";
import type { LoanTerms } from "./terms.ts";
import { FIGURES, type Why, type WhyQuestion, why } from "./why.ts";

const money = (text: string): Minor => parseMoney(text)!;
const TERMS: LoanTerms = {
  currency: "CNY",
  principal: money("3000.00"),
  rate: parseRate("0.05", "day")!,
  ratePer: "day",
  every: { months: 1 },
  method: "equal-principal",
  dayCount: "ACT/365",
  interest: "daily",
  monthEnd: "clamp",
  disbursedOn: day("2026-01-01"),
  firstDueOn: day("2026-02-01"),
  installments: 3,
  rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
};
const PRODUCT: Product = {
  id: 1,
  lender: "demo",
  code: "micro",
  source: "kept",
  terms: TERMS,
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
  allocation: CN_DEFAULT_ORDER,
  bandEdges: [1, 31, 61],
  strategy: "none",
};
const CEILING: Ceiling = {
  rule: "test",
  rate: parseRate("24", "year")!,
  yearDays: 365,
  onRequest: true,
  cite: "test",
  force: "test",
  verification: "unverified",
};
const ask = (asOf: string, facts: readonly Fact[] = [], product = PRODUCT): WhyQuestion => ({
  terms: TERMS,
  facts,
  product,
  asOf: day(asOf),
  ceiling: CEILING,
});
const paid = (on: string, amount: string): MoneyFact => ({
  kind: "PaymentReceived",
  on: day(on),
  id: `payment of ${on}`,
  amount: money(amount),
  valueOn: day(on),
});

/** What a figure's terms add up to. */
function sumOf(found: Why): number {
  switch (found.kind) {
    case "sum":
      return found.parts.reduce((sum, { amount }) => sum + amount, 0);
    case "rows":
      return found.rows.reduce((sum, { open }) => sum + open, 0);
    case "account":
      return found.lines.reduce((sum, { change }) => sum + change[found.head], 0);
    case "late":
      return (
        found.runs.reduce((sum, { rounded }) => sum + rounded, 0) +
        found.lines.reduce((sum, { change }) => sum + change.lateInterest, 0)
      );
    case "days":
      return found.count ? found.count.elapsed - found.count.paused : 0;
    case "ceiling":
      return found.claim.contractual - found.claim.excess + found.claim.paidAbove;
  }
}

describe("why late interest", () => {
  it("is so much: base x days x rate for each stretch, rounded once, less what was paid", () => {
    // 1,000.00 x 0.00075 x 9 = 6.75 by the 10th; of 500.00 then 6.75 late, 46.50 interest, 446.75 principal;
    // 553.25 x 0.00075 x 10 = 4.149375 by the 20th; 10.899375 in all, 10.90, less 6.75: 4.15.
    const found = why("lateInterest", ask("2026-02-20", [paid("2026-02-10", "500.00")]))!;
    expect(found).toMatchObject({
      amount: 415,
      runs: [
        {
          what: "late-interest",
          rate: { numerator: 3, denominator: 4000 },
          segments: [
            { installment: 1, base: 100_000, days: 9, from: day("2026-02-01"), through: day("2026-02-10") },
            { installment: 1, base: 55_325, days: 10, from: day("2026-02-10"), through: day("2026-02-20") },
          ],
          rounded: 1090,
        },
      ],
      lines: [{ change: { lateInterest: -675 } }],
    });
    expect(sumOf(found)).toBe(415);
  });

  it("leaves out what a grace that only waits forgave, and counts it once the grace is over", () => {
    const waits = { ...PRODUCT, grace: { days: 5, free: false } };
    const within = why("lateInterest", ask("2026-02-05", [], waits))!;
    expect(within).toMatchObject({ amount: 0, runs: [] });
    // Eight days: 1,000.00 x 0.00075 x 8 = 6.00
    const after = why("lateInterest", ask("2026-02-09", [], waits))!;
    expect(after).toMatchObject({ amount: 600, runs: [{ segments: [{ base: 100_000, days: 8 }] }] });
  });

  it("tells compound interest on overdue interest apart", () => {
    const compound = { ...PRODUCT, lateInterest: { ...PRODUCT.lateInterest!, compound: true } };
    // 46.50 x 0.00075 x 20 = 0.6975, beside 1,000.00 x 0.00075 x 20 = 15.00
    const found = why("lateInterest", ask("2026-02-21", [], compound))!;
    expect(found).toMatchObject({
      amount: 1570,
      runs: [
        { what: "late-interest", rounded: 1500 },
        { what: "compound-interest", rounded: 70, segments: [{ base: 4650, days: 20 }] },
      ],
    });
  });
});

describe("why days past due", () => {
  it("counts from the oldest unpaid due day, less the days of a pause", () => {
    const pause: MoneyFact = {
      kind: "AgeingPaused",
      on: day("2026-02-05"),
      id: "p",
      valueOn: day("2026-02-05"),
      until: day("2026-02-10"),
      lateInterest: "runs",
    };
    expect(why("dpd", ask("2026-02-15", [pause]))).toMatchObject({
      days: 9,
      count: { from: day("2026-02-01"), elapsed: 14, paused: 5 },
    });
  });

  it("has nothing to count before anything is past due", () => {
    expect(why("dpd", ask("2026-02-01"))).toEqual({ figure: "dpd", kind: "days", days: 0, count: undefined });
  });
});

describe("why so much can be claimed", () => {
  it("shows principal x days, what the ceiling allows and what is beyond it", () => {
    // 3,000.00 for 31 days; then 40 days more. 213,000.00 x 0.24 / 365 = 140.05; interest 46.50 + 28.00 + 12 days of
    // 1,000.00: 6.00; late 1,000.00 x 40 + 1,000.00 x 12 days at 0.00075: 39.00. 119.50: nothing is beyond.
    const found = why("claimable", ask("2026-03-13"))!;
    expect(found).toMatchObject({
      principalDays: 300_000 * 71,
      claim: { allowed: 14_005, charged: 11_950, excess: 0 },
      amount: 300_000 + 11_950,
    });
  });
});

describe("a new plan", () => {
  it("does not lift the ceiling: what it made principal is price all the same", () => {
    // 12 % a month on 3,000.00 for 31 days and 9 of the next 28: interest 360.00 and 77.14 are made principal on 10
    // February. Allowed then: 3,000.00 x 40 x 0.24 / 365 = 78.90; 437.14 and late interest were charged.
    const dear = { ...TERMS, rate: parseRate("12", "month")!, ratePer: "month", interest: "period" } as const;
    const plan: MoneyFact = {
      kind: "PlanReplaced",
      on: day("2026-02-10"),
      id: "plan",
      valueOn: day("2026-02-10"),
      how: "restructure",
      firstDueOn: day("2026-03-10"),
      installments: 6,
      interest: "capitalise",
      late: "waive",
    };
    const product = { ...PRODUCT, terms: dear };
    const found = why("claimable", { ...ask("2026-02-10", [plan], product), terms: dear })!;
    expect(found).toMatchObject({
      principalDays: 300_000 * 40,
      claim: { allowed: 7890, charged: 43_714, excess: 35_824, contractual: 343_714, claimable: 307_890 },
    });
  });
});

describe("every figure", () => {
  it("is the position's, and its terms add up to it, whatever was paid and charged", () => {
    const anyFacts = fc
      .array(
        fc.record({
          after: fc.nat(150),
          amount: fc.integer({ min: 1, max: 1500_00 }),
          charge: fc.constantFrom<"fee" | "penalty" | "recovery-cost" | undefined>(
            undefined,
            undefined,
            "fee",
            "penalty",
            "recovery-cost",
          ),
        }),
        { maxLength: 6 },
      )
      .map((given) =>
        given.map(({ after, amount, charge }, i): MoneyFact => {
          const on = addDays(TERMS.disbursedOn, after);
          const common = { on, valueOn: on, id: `fact ${i}`, amount: amount as Minor };
          return charge
            ? { kind: "ChargeAdded", ...common, charge, reason: "" }
            : { kind: "PaymentReceived", ...common };
        }),
      );
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...IN_ADVANCE), fc.nat(220), (facts, inAdvance, after) => {
        const product = { ...PRODUCT, allocation: { ...CN_DEFAULT_ORDER, inAdvance } };
        const asOf = addDays(TERMS.disbursedOn, after);
        const question = { terms: TERMS, facts, product, asOf, ceiling: CEILING };
        const position = positionOfBooks(booksOf(TERMS, facts, product, { asOf })!, product);
        const { arrears } = position;
        const expected: Partial<Record<(typeof FIGURES)[number], number>> = {
          dpd: position.dpd,
          outstanding: position.outstanding,
          arrears: arrears.total,
          principal: arrears.principal,
          interest: arrears.interest,
          lateInterest: arrears.lateInterest,
          unapplied: position.unapplied,
          contractual: position.contractual,
        };
        for (const figure of FIGURES) {
          const found = why(figure, question)!;
          const told = found.kind === "days" ? found.days : found.amount;
          if (expected[figure] !== undefined)
            expect(`${figure} ${told}`).toBe(`${figure} ${expected[figure]}`);
          // A pay-off amount is never below zero, its parts can be: money is held beyond all claims.
          const sum =
            figure === "payoff" || figure === "contractual" ? Math.max(0, sumOf(found)) : sumOf(found);
          expect(`${figure} ${formatMoney(sum as Minor)}`).toBe(`${figure} ${formatMoney(told as Minor)}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
