import { describe, expect, it } from "vitest";
import { CN_DEFAULT_ORDER } from "./allocation.ts";
import { day } from "./calendar.ts";
import type { BalanceReported, Fact } from "./facts.ts";
import { replay } from "./loan.ts";
import { type Minor, minor, parseMoney } from "./money.ts";
import type { Product } from "./product.ts";
import { type Finding, findingsOf } from "./reported.ts";

const money = (text: string): Minor => parseMoney(text)!;
const FED: Product = {
  id: 1,
  lender: "demo",
  code: "fed",
  source: "fed",
  terms: {
    currency: "CNY",
    every: { months: 1 },
    method: "equal-principal",
    ratePer: "day",
    dayCount: "ACT/365",
    interest: "daily",
    monthEnd: "clamp",
    rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
  },
  allocation: CN_DEFAULT_ORDER,
  bandEdges: [1, 31],
  strategy: "none",
};
const LENT: Fact = {
  kind: "LoanBooked",
  on: day("2026-01-01"),
  id: "L",
  product: 1,
  principal: money("3000.00"),
  rateE8: 50_000,
  disbursedOn: day("2026-01-01"),
  firstDueOn: day("2026-02-01"),
  installments: 3,
  reach: 0,
};

/** Of 3,000.00 at 0.05 % a day in three months the first installment is 1,000.00 and 46.50, due on 1 February. */
const reported = (change: Partial<BalanceReported>): Finding[] => {
  const report: BalanceReported = {
    kind: "BalanceReported",
    on: day("2026-02-11"),
    asOf: day("2026-02-11"),
    status: "open",
    principal: money("3000.00"),
    interestPaid: money("0.00"),
    arrears: money("1046.50"),
    charges: money("0.00"),
    dueOn: day("2026-02-01"),
    ...change,
  };
  return findingsOf(replay({ bucket: 0, n: 1 }, [LENT, report], () => FED)!, FED);
};

describe("what a report says otherwise than its contract would", () => {
  it("is nothing where the two agree, and before anything was reported", () => {
    expect(reported({})).toEqual([]);
    expect(findingsOf(replay({ bucket: 0, n: 1 }, [LENT], () => FED)!, FED)).toEqual([]);
  });

  it("leaves reported charges out of the comparison", () => {
    expect(reported({ arrears: money("1054.00"), charges: money("7.50") })).toEqual([]);
  });

  it.each<[string, Partial<BalanceReported>, Finding[]]>([
    [
      "arrears that are more than the contract's",
      { arrears: money("1100.00") },
      [{ code: "arrears-differ", reported: money("1100.00"), derived: money("1046.50") }],
    ],
    [
      "an oldest due day that is another of the contract's",
      { dueOn: day("2026-03-01") },
      [{ code: "due-day-differs", reportedOn: day("2026-03-01"), derivedOn: day("2026-02-01") }],
    ],
    [
      "an oldest due day that is none of the contract's",
      { dueOn: day("2026-02-05") },
      [{ code: "not-a-due-day", reportedOn: day("2026-02-05"), derivedOn: day("2026-02-01") }],
    ],
    [
      "no due day where the contract has one",
      { dueOn: null, arrears: money("0.00") },
      [
        { code: "due-day-differs", reportedOn: undefined, derivedOn: day("2026-02-01") },
        { code: "arrears-differ", reported: money("0.00"), derived: money("1046.50") },
      ],
    ],
    [
      "more principal than was lent",
      { principal: money("3100.00") },
      [{ code: "principal-above-lent", reported: money("3100.00"), derived: money("3000.00") }],
    ],
    [
      "a loan paid off with principal left",
      { status: "paid-off", principal: money("0.01"), dueOn: null, arrears: money("0.00") },
      [{ code: "ended-with-principal", reported: money("0.01"), derived: money("0.00") }],
    ],
  ])("tells %s", (_, change, findings) => {
    expect(reported(change)).toEqual(findings);
  });
});
