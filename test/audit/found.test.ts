import { describe, expect, it } from "vitest";
import {
  type AllocationOrder,
  book,
  booksOf,
  CN_DEFAULT_ORDER,
  day,
  evolve,
  type LoanBooked,
  type Minor,
  type MoneyFact,
  type Position,
  type Product,
  type ProductTerms,
  position,
  positionOfBooks,
  termsOf,
} from "../../src/core/index.ts";

/**
 * What random lives found, in the fewest facts that show it; figures by hand. More of it, as a lawyer reads it, stands in
 * the scenarios. 300.00 in three from 31 December 2025 at 0.05 % a day, equal principal.
 */
const productOf = (terms: Partial<ProductTerms>): Product => ({
  id: 1,
  lender: "demo",
  code: "found",
  source: "kept",
  terms: {
    currency: "CNY",
    every: { months: 1 },
    method: "equal-principal",
    ratePer: "day",
    dayCount: "ACT/365",
    interest: "daily",
    monthEnd: "clamp",
    rounding: { mode: "half-up", residual: "last", installmentMultiple: 1 as Minor },
    ...terms,
  },
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
  allocation: CN_DEFAULT_ORDER,
  bandEdges: [1, 31, 61, 91],
  strategy: "none",
});

const booked: LoanBooked = {
  kind: "LoanBooked",
  on: day("2025-12-31"),
  id: "L-1",
  product: 1,
  principal: 300_00 as Minor,
  rateE8: 50_000,
  disbursedOn: day("2025-12-31"),
  firstDueOn: day("2026-01-31"),
  installments: 3,
  reach: 0,
};

const on = (text: string, id: string) => ({ on: day(text), valueOn: day(text), id });
const paid = (text: string, id: string, amount: number): MoneyFact => ({
  kind: "PaymentReceived",
  ...on(text, id),
  amount: amount as Minor,
});

/** From the facts, and from the state row: they must be one. */
function seen(
  terms: Partial<ProductTerms>,
  facts: readonly MoneyFact[],
  text: string,
  allocation: AllocationOrder = CN_DEFAULT_ORDER,
): Position {
  const product = { ...productOf(terms), allocation };
  let loan = book({ bucket: 0, n: 1 }, booked, product);
  for (const [i, fact] of facts.entries())
    loan = evolve(loan, fact, product, () => [booked, ...facts.slice(0, i)]);
  const asOf = day(text);
  const fromFacts = positionOfBooks(booksOf(termsOf(loan, product), facts, product, { asOf })!, product);
  expect(position(loan, product, asOf)).toEqual(fromFacts);
  return fromFacts;
}

describe("what random lives found", () => {
  it("a bullet loan whose periods bear their rate whatever their days earns all of them by its end, and not one", () => {
    const terms = { method: "bullet", interest: "period" } as const;
    // Three periods of 30 days: 300.00 x 0.0005 x 90 = 13.50 over 90 days, so 0.15 a day.
    expect(seen(terms, [], "2026-01-01").contractual).toBe(300_15);
    expect(seen(terms, [], "2026-03-30").contractual).toBe(313_35);
    expect(seen(terms, [], "2026-03-31").contractual).toBe(313_50);
  });

  it("a bullet loan is not past due on the first day after which others are", () => {
    expect(seen({ method: "bullet" }, [], "2026-02-10")).toMatchObject({ dpd: 0, dueOn: day("2026-03-31") });
  });

  it("a plan replaced on the day of pay-out is read back with its own rate", () => {
    const replaced: MoneyFact = {
      kind: "PlanReplaced",
      ...on("2025-12-31", "A"),
      how: "restructure",
      firstDueOn: day("2026-01-10"),
      installments: 1,
      rateE8: 10_000,
      interest: "carry",
      late: "keep",
    };
    // Late at 0.01 % x 1.5: 300.00 x 0.00015 x 10 = 0.45
    expect(seen({}, [replaced], "2026-01-20").arrears.lateInterest).toBe(45);
  });

  it("a settled loan that owes a charge owes that, less nothing that it never earned", () => {
    const facts: MoneyFact[] = [
      { kind: "SettlementAgreed", ...on("2026-01-10", "A"), amount: 100_00 as Minor, by: day("2026-01-20") },
      paid("2026-01-20", "B", 100_00),
      { kind: "ChargeAdded", ...on("2026-01-25", "C"), charge: "fee", amount: 5_00 as Minor, reason: "" },
    ];
    expect(seen({}, facts.slice(0, 2), "2026-01-24")).toMatchObject({ status: "settled", contractual: 0 });
    expect(seen({}, facts, "2026-02-20")).toMatchObject({ status: "open", contractual: 5_00, unapplied: 0 });
  });

  it("a new plan that a payment come to light has left nothing to plan changes nothing", () => {
    const replaced: MoneyFact = {
      kind: "PlanReplaced",
      ...on("2026-02-01", "A"),
      how: "extension",
      firstDueOn: day("2026-03-01"),
      interest: "carry",
      late: "keep",
    };
    const earlier = { ...paid("2026-01-10", "B", 400_00), on: day("2026-02-05") };
    // 300.00 and ten days, 1.50.
    expect(seen({}, [replaced, earlier], "2026-02-05")).toMatchObject({
      status: "paid-off",
      unapplied: 98_50,
    });
  });

  it("interest whose falling due was put off is asked for once after an acceleration", () => {
    const terms = { graceOnInterest: 1 };
    const facts: MoneyFact[] = [
      paid("2026-01-31", "A", 100_00),
      { kind: "LoanAccelerated", ...on("2026-02-10", "B") },
    ];
    // 31 days on 300.00: 4.65, put off; ten days on 200.00: 1.00.
    expect(seen(terms, facts.slice(0, 1), "2026-02-10").contractual).toBe(205_65);
    expect(seen(terms, facts, "2026-02-10").contractual).toBe(205_65);
  });

  it("what a settlement pays goes to what the contract's order names first, by installment too", () => {
    const named: AllocationOrder = {
      order: ["past-due.interest", "past-due.principal", "due.interest", "due.principal"],
      by: "installment",
    };
    const facts: MoneyFact[] = [
      {
        kind: "JudgmentEntered",
        ...on("2026-02-01", "A"),
        principal: 100_00 as Minor,
        interest: 0 as Minor,
        costs: 0 as Minor,
        performBy: day("2026-02-11"),
        interestE8ADay: 17_500,
      },
      { kind: "SettlementAgreed", ...on("2026-02-02", "B"), amount: 50_00 as Minor, by: day("2026-02-11") },
      paid("2026-02-11", "C", 50_00),
    ];
    // General interest of ten days, 0.18, is late interest, which the order does not name: it is given up.
    const { status, installments } = seen({}, facts, "2026-02-11", named);
    expect([status, installments.at(-1)!.principalPaid]).toEqual(["settled", 50_00]);
  });

  it("interest put off by a grace is given up once with a settlement, and not owed again with a refund", () => {
    const terms = { graceOnPrincipal: 1, graceOnInterest: 1 };
    const facts: MoneyFact[] = [
      { kind: "SettlementAgreed", ...on("2026-01-16", "A"), amount: 18_36 as Minor, by: day("2026-01-31") },
      paid("2026-01-31", "B", 18_36),
      { kind: "RefundPaid", ...on("2026-06-02", "C"), amount: 1 as Minor },
    ];
    // Nothing lay unapplied, so what was paid out by mistake is owed: 0.01.
    expect(seen(terms, facts, "2026-06-02")).toMatchObject({ status: "open", contractual: 1 });
  });

  it("of two payments of one day the first by id is repaid ahead, whichever arrived first", () => {
    const ahead: AllocationOrder = { ...CN_DEFAULT_ORDER, inAdvance: "reamortise" };
    const all = paid("2026-01-29", "B", 310_00);
    const cent = { ...paid("2026-01-29", "A", 1), on: day("2026-02-01") };
    const terms = { interestFree: 1 };
    const { status, installments } = seen(terms, [all, cent], "2026-02-01", ahead);
    expect([status, installments[0]!.principal]).toEqual(["paid-off", 1]);
  });
});
