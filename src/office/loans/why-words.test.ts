import { describe, expect, it } from "vitest";
import {
  CN_DEFAULT_ORDER,
  day,
  type Fact,
  type Figure,
  type LoanTerms,
  type Minor,
  minor,
  type Product,
  parseMoney,
  parseRate,
  statementOf,
  why,
} from "../../core/index.ts";
import type { Language } from "../io.ts";
import { statementTable } from "./statement-words.ts";
import { whyLines } from "./why-words.ts";

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
const at = (on: string, id: string) => ({ on: day(on), valueOn: day(on), id });
const FACTS: readonly Fact[] = [
  { kind: "PaymentReceived", ...at("2026-02-10", "P-1"), amount: money("500.00") },
  {
    kind: "ChargeAdded",
    ...at("2026-02-12", "C-1"),
    charge: "fee",
    amount: money("20.00"),
    reason: "returned debit",
  },
];
const QUESTION = { terms: TERMS, facts: FACTS, product: PRODUCT, asOf: day("2026-02-20") };
const telling = (language: Language) => ({ language, decimals: 2, terms: TERMS, product: PRODUCT });
const told = (figure: Figure, language: Language): string =>
  whyLines(why(figure, QUESTION)!, telling(language)).join("\n");

describe("the working of a figure, in words", () => {
  // 1,000.00 x 0.00075 x 9 = 6.75; of 500.00 then 446.75 goes to principal; 553.25 x 0.00075 x 10 = 4.149375.
  it("shows late interest as base x days x rate, rounded once, less what was paid", () => {
    expect(told("lateInterest", "en")).toBe(`late interest: 4.15

Rule: 1.5 times the contract's 0.05 % a day, on overdue principal, for each day after the due day; summed, then rounded once, half up.

late interest:
n  days after … through         base  days    a day   product
─  ───────────────────────  ────────  ────  ───────  ────────
1  2026-02-01 … 2026-02-10  1,000.00     9  0.075 %      6.75
1  2026-02-10 … 2026-02-20    553.25    10  0.075 %  4.149375
sum 10.899375, rounded 10.90

2026-02-10  payment 500.00, counted from 2026-02-10 [P-1]  −6.75`);
  });

  it("says the same in Chinese", () => {
    expect(told("lateInterest", "zh")).toContain(
      "规则：按合同利率 每日 0.05 % 的 1.5 倍，以逾期本金为基数，自应还日次日起逐日计算；合计后一次取整到分（四舍五入）。",
    );
    expect(told("lateInterest", "zh")).toContain("合计 10.899375，取整为 10.90");
    expect(told("payoff", "zh")).toContain("剩余本金          2,553.25");
  });

  it("shows a pay-off amount as its parts, each of which can be asked", () => {
    // 2,553.25 principal; 2,000.00 x 0.0005 x 19 = 19.00; late 4.15; fee 20.00
    expect(told("payoff", "en")).toBe(`to pay off: 2,596.40

principal outstanding  2,553.25
interest run              19.00
late interest              4.15
fees                      20.00

Each part can be asked in turn: --why outstanding, interest, lateInterest …`);
  });

  it("counts days past due from the oldest unpaid due day", () => {
    expect(told("dpd", "en")).toBe(
      "days past due: 19\n\noldest due day not fully paid: 2026-02-01\ndays since then: 19\nband M1",
    );
    expect(told("interest", "en")).toBe("interest past due: 0.00\n\nNo installment is past due.");
  });
});

describe("a statement of account, as a table", () => {
  it("has a running balance on every row", () => {
    const table = statementTable(statementOf(TERMS, FACTS, PRODUCT, QUESTION)!, telling("en"));
    expect(table.split("\n").map((line) => line.trimEnd())).toEqual([
      "value day   entry                                                          principal  interest   late  charges  held   balance",
      "──────────  ─────────────────────────────────────────────────────────────  ─────────  ────────  ─────  ───────  ────  ────────",
      "2026-01-01  paid out                                                       +3,000.00                                  3,000.00",
      "2026-02-01  interest of installment 1: 3,000.00, 31 days after 2026-01-01               +46.50                        3,046.50",
      "2026-02-10  interest of installment 2: 2,000.00, 9 days after 2026-02-01                 +9.00                        3,055.50",
      "2026-02-10  late interest: 1,000.00 × 9 days                                                    +6.75                 3,062.25",
      "2026-02-10  payment 500.00, counted from 2026-02-10 [P-1]                    −446.75    −46.50  −6.75                 2,562.25",
      "2026-02-12  interest of installment 2: 2,000.00, 2 days after 2026-02-10                 +2.00                        2,564.25",
      "2026-02-12  late interest: 553.25 × 2 days                                                      +0.83                 2,565.08",
      "2026-02-12  fee of 20.00 from 2026-02-12: returned debit [C-1]                                          +20.00        2,585.08",
      "2026-02-20  interest of installment 2: 2,000.00, 8 days after 2026-02-12                 +8.00                        2,593.08",
      "2026-02-20  late interest: 553.25 × 8 days                                                      +3.32                 2,596.40",
    ]);
  });
});
