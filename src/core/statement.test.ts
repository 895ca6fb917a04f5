import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CN_DEFAULT_ORDER, IN_ADVANCE } from "./allocation.ts";
import { addDays, type Day, day, formatDay } from "./calendar.ts";
import type { Fact, MoneyFact } from "./facts.ts";
import { formatMoney, type Minor, minor, parseMoney } from "./money.ts";
import { booksOf, positionOfBooks } from "./position.ts";
import type { Product } from "./product.ts";
import { parseRate } from "./rate.ts";
import { HEADS, type StatementLine, statementOf } from "./statement.ts";
import type { LoanTerms } from "./terms.ts";

const money = (text: string): Minor => parseMoney(text)!;
const PAID_OUT = day("2026-01-01");

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
  disbursedOn: PAID_OUT,
  firstDueOn: day("2026-02-01"),
  installments: 3,
  rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
};
const product = (change: Partial<Product> = {}): Product => {
  const { principal: _p, rate: _r, disbursedOn: _d, firstDueOn: _f, installments: _i, ...terms } = TERMS;
  return {
    id: 1,
    lender: "demo",
    code: "micro",
    source: "kept",
    terms,
    lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
    allocation: CN_DEFAULT_ORDER,
    bandEdges: [1, 31, 61],
    strategy: "none",
    ...change,
  };
};
const paid = (on: string, amount: string): MoneyFact => ({
  kind: "PaymentReceived",
  on: day(on),
  id: `payment of ${on}`,
  amount: money(amount),
  valueOn: day(on),
});

const told = (lines: readonly StatementLine[]): string[] =>
  lines.map((line) => {
    const changes = HEADS.filter((head) => line.change[head] !== 0).map(
      (head) => `${head} ${formatMoney(line.change[head])}`,
    );
    const what = line.kind === "fact" ? line.fact.kind : line.kind;
    return `${formatDay(line.on)} ${what}: ${changes.join(", ")} = ${formatMoney(line.balance)}`;
  });

describe("a statement of account", () => {
  it("tells what ran and what was paid, with the balance after each", () => {
    // 3,000.00 x 0.0005 x 31 = 46.50; nine days on 2,000.00: 9.00; late 1,000.00 x 0.00075 x 9 = 6.75.
    // Of 1,100.00 then: 6.75, interest 46.50, principal 1,000.00, and 46.75 in advance: 28.00 interest and 18.75.
    const lines = statementOf(TERMS, [paid("2026-02-10", "1100.00")], product(), {
      asOf: day("2026-02-20"),
    })!;
    expect(told(lines)).toEqual([
      "2026-01-01 payout: principal 3000.00 = 3000.00",
      "2026-02-01 interest: interest 46.50 = 3046.50",
      "2026-02-10 interest: interest 9.00 = 3055.50",
      "2026-02-10 late-interest: lateInterest 6.75 = 3062.25",
      "2026-02-10 PaymentReceived: principal -1018.75, interest -74.50, lateInterest -6.75 = 1962.25",
      "2026-02-20 interest: interest 10.00 = 1972.25",
    ]);
    expect(lines[3]).toMatchObject({ segments: [{ installment: 1, base: 100_000, days: 9 }] });
    expect(lines[5]).toMatchObject({ run: { installment: 2, balance: 200_000, days: 10 } });
  });

  it("says where money held unapplied met what fell due, and when a late fee fell in", () => {
    const held = product({
      allocation: {
        order: ["past-due.interest", "past-due.principal", "due.interest", "due.principal"],
        by: "kind",
      },
      lateFee: { afterDays: 5, fee: { amount: money("20.00") } },
    });
    const lines = statementOf(TERMS, [paid("2026-01-10", "500.00")], held, { asOf: day("2026-02-06") })!;
    // 546.50 of principal stays open on 1 February; five days late on the 6th: 20.00. 546.50 x 0.00075 x 5 = 2.049375.
    expect(told(lines)).toEqual([
      "2026-01-01 payout: principal 3000.00 = 3000.00",
      "2026-01-10 interest: interest 13.50 = 3013.50",
      "2026-01-10 PaymentReceived: unapplied 500.00 = 2513.50",
      "2026-02-01 interest: interest 33.00 = 2546.50",
      "2026-02-01 applied: principal -453.50, interest -46.50, unapplied -500.00 = 2546.50",
      "2026-02-06 interest: interest 5.00 = 2551.50",
      "2026-02-06 late-interest: lateInterest 2.05 = 2553.55",
      "2026-02-06 late-fee: penalty 20.00 = 2573.55",
    ]);
  });

  const settled = (amount: string): MoneyFact => ({
    kind: "SettlementAgreed",
    on: day("2026-01-10"),
    valueOn: day("2026-01-10"),
    id: "settlement",
    amount: money(amount),
    by: day("2026-02-28"),
  });
  const charged = (on: string): MoneyFact => ({
    kind: "ChargeAdded",
    on: day(on),
    valueOn: day(on),
    id: "charge",
    charge: "recovery-cost",
    amount: money("20.00"),
    reason: "",
  });

  it("opens a settled loan again by a later charge, and by that alone", () => {
    const facts = [settled("1000.00"), paid("2026-01-10", "1000.00"), charged("2026-01-20")];
    const lines = statementOf(TERMS, facts, product(), { asOf: day("2026-05-01") })!;
    expect(told(lines).slice(-1)).toEqual(["2026-01-20 ChargeAdded: recoveryCost 20.00 = 20.00"]);
  });

  it("opens a flat loan that was paid off early in the same way", () => {
    // The first period's interest is 46.50; 10 days of its 31 are 15.00, and no more runs. Held: 85.00; the charge is
    // met from it the day after it fell due, and the loan is paid off again.
    const flat = { ...TERMS, method: "flat" } as const;
    const facts = [paid("2026-01-11", "3100.00"), charged("2026-01-20")];
    const lines = statementOf(flat, facts, product(), { asOf: day("2026-05-01") })!;
    expect(told(lines).slice(-2)).toEqual([
      "2026-01-20 ChargeAdded: recoveryCost 20.00 = -65.00",
      "2026-01-21 applied: recoveryCost -20.00, unapplied -20.00 = -65.00",
    ]);
  });

  it("loses nothing of a settlement's money: what is beyond the debt is held, what the order leaves out is paid", () => {
    // 3,000.00 and nine days of 1.50; 3,100.00 were agreed and paid.
    const more = [settled("3100.00"), paid("2026-01-10", "3100.00")];
    const balance = statementOf(TERMS, more, product(), { asOf: day("2026-01-10") })!.at(-1)!.balance;
    expect(formatMoney(balance)).toBe("-86.50");
    const order = CN_DEFAULT_ORDER.order.filter((slot) => !slot.startsWith("in-advance"));
    const held = product({ allocation: { order, by: "kind", inAdvance: "last" } });
    const facts = [settled("1000.00"), paid("2026-01-10", "1000.00")];
    const last = statementOf(TERMS, facts, held, { asOf: day("2026-01-10") })!.at(-1)!;
    expect(last).toMatchObject({ status: "settled", balance: 0, paid: { interest: 1350, principal: 98650 } });
  });

  it("counts interest that a grace on it left to later installments once, when the loan is accelerated", () => {
    const later = { ...TERMS, graceOnInterest: 1 };
    const on = day("2026-02-01");
    const facts: MoneyFact[] = [{ kind: "LoanAccelerated", on, valueOn: on, id: "acceleration" }];
    const lines = statementOf(later, facts, product(), { asOf: on })!;
    expect(formatMoney(lines.at(-1)!.balance)).toBe("3046.50");
  });

  it("ends with the pay-off amount whatever happened, and each balance is the one before and its changes", () => {
    const anyFact = (i: number) =>
      fc
        .record({
          after: fc.nat(150),
          amount: fc.integer({ min: 1, max: 2000_00 }),
          what: fc.constantFrom(
            "payment",
            "payment",
            "payment",
            "charge",
            "waiver",
            "acceleration",
            "replan",
            "settlement",
            "judgment",
          ),
        })
        .map(({ after, amount, what }): MoneyFact => {
          const on = addDays(PAID_OUT, after);
          const common = { on, valueOn: on, id: `fact ${i}` };
          const sum = amount as Minor;
          const late = (days: number): Day => addDays(on, days);
          switch (what) {
            case "charge":
              return { kind: "ChargeAdded", ...common, charge: "fee", amount: sum, reason: "" };
            case "waiver":
              return { kind: "ClaimWaived", ...common, claim: "interest", amount: sum, reason: "" };
            case "acceleration":
              return { kind: "LoanAccelerated", ...common };
            case "settlement":
              return { kind: "SettlementAgreed", ...common, amount: sum, by: late(30) };
            case "replan":
              return {
                kind: "PlanReplaced",
                ...common,
                how: "extension",
                firstDueOn: late(10),
                installments: 4,
                interest: amount % 2 ? "carry" : "capitalise",
                late: amount % 3 ? "keep" : "capitalise",
              };
            case "judgment":
              return {
                kind: "JudgmentEntered",
                ...common,
                principal: sum,
                interest: minor(100),
                costs: minor(25),
                performBy: late(15),
                interestE8ADay: 50_000,
              };
            default:
              return { kind: "PaymentReceived", ...common, amount: sum };
          }
        });
    const anyFacts = fc
      .integer({ min: 0, max: 6 })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => anyFact(i))));
    fc.assert(
      fc.property(
        anyFacts,
        fc.constantFrom(...IN_ADVANCE),
        fc.nat(220),
        fc.boolean(),
        (facts, inAdvance, after, fee) => {
          const lent = product({
            allocation: { ...CN_DEFAULT_ORDER, inAdvance },
            ...(fee ? { lateFee: { afterDays: 3, fee: { amount: money("15.00") } } } : {}),
          });
          const asOf = addDays(PAID_OUT, after);
          // A plan is replaced only while something is owed; a life that ended before is another test's.
          let lines: StatementLine[] | undefined;
          try {
            lines = statementOf(TERMS, facts as readonly Fact[], lent, { asOf });
          } catch (error) {
            fc.pre(!(error as Error).message.startsWith("a plan is replaced"));
            throw error;
          }
          let before = 0;
          for (const { change, balance } of lines!) {
            const grown = HEADS.reduce(
              (sum, head) => sum + (head === "unapplied" ? -change[head] : change[head]),
              0,
            );
            expect(balance).toBe(before + grown);
            before = balance;
          }
          const { payoff } = positionOfBooks(booksOf(TERMS, facts, lent, { asOf })!, lent);
          expect(Math.max(0, before)).toBe(payoff);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
