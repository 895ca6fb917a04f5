import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AllocationOrder, CN_DEFAULT_ORDER, IN_ADVANCE } from "./allocation.ts";
import { addDays, type Day, day, formatDay } from "./calendar.ts";
import { type Account, balancesFromFacts, isLoanAccount, transactionsFromFacts } from "./double-entry.ts";
import {
  CHARGE_KINDS,
  type Fact,
  type LoanBooked,
  type MoneyFact,
  REPLANS,
  type ReportedStatus,
  WAIVABLE_KINDS,
} from "./facts.ts";
import { formatMoney, type Minor, minor, parseMoney } from "./money.ts";
import type { Product } from "./product.ts";

const money = (text: string): Minor => parseMoney(text)!;
const PAID_OUT = day("2026-01-01");
const KEY = { bucket: 1, n: 1 };

const BOOKED: LoanBooked = {
  kind: "LoanBooked",
  on: PAID_OUT,
  id: "L1",
  product: 1,
  principal: money("3000.00"),
  rateE8: 50_000,
  disbursedOn: PAID_OUT,
  firstDueOn: day("2026-02-01"),
  installments: 3,
  reach: 0,
};

const product = (change: Partial<Product> = {}, terms: Partial<Product["terms"]> = {}): Product => ({
  id: 1,
  lender: "demo",
  code: "micro",
  source: "kept",
  terms: {
    currency: "CNY",
    ratePer: "day",
    every: { months: 1 },
    method: "equal-principal",
    dayCount: "ACT/365",
    interest: "daily",
    monthEnd: "clamp",
    rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
    ...terms,
  },
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
  allocation: CN_DEFAULT_ORDER,
  bandEdges: [1, 31, 61],
  strategy: "none",
  ...change,
});

const at = (on: string, id = "x") => ({ on: day(on), valueOn: day(on), id });
const paid = (on: string, amount: string): MoneyFact => ({
  kind: "PaymentReceived",
  ...at(on, `payment of ${on}`),
  amount: money(amount),
});

/** Transactions of the days from `since` on, one posting a line. */
function told(since: string, through: string, facts: readonly Fact[], lent: Product = product()): string[] {
  const transactions = transactionsFromFacts([BOOKED, ...facts], () => lent, { asOf: day(through) })!;
  return transactions
    .filter(({ on }) => on >= day(since))
    .flatMap(({ on, description, postings }) => [
      `${formatDay(on)} ${description}`,
      ...postings.map(({ account, amount }) => `  ${account} ${formatMoney(amount)}`),
    ]);
}

describe("double entry of a kept loan", () => {
  // Interest of January: 3,000.00 x 0.0005 x 31 = 46.50. Late interest a day on 1,000.00: 0.75; interest a day on 2,000.00: 1.00.
  it("has the pay-out, what runs, and a payment over the heads that it meets", () => {
    expect(told("2026-01-01", "2026-02-10", [paid("2026-02-10", "1062.25")])).toEqual([
      "2026-01-01 pay-out",
      "  Assets:Receivable:Principal 3000.00",
      "  Assets:Bank -3000.00",
      "2026-02-01 interest of installment 1, 31 days",
      "  Assets:Receivable:Interest 46.50",
      "  Income:Interest -46.50",
      "2026-02-10 interest of installment 2, 9 days",
      "  Assets:Receivable:Interest 9.00",
      "  Income:Interest -9.00",
      "2026-02-10 late interest",
      "  Assets:Receivable:LateInterest 6.75",
      "  Income:LateInterest -6.75",
      // 6.75, 46.50, 1,000.00; of the 9.00 in advance all.
      "2026-02-10 payment received",
      "  Assets:Receivable:Principal -1000.00",
      "  Assets:Receivable:Interest -55.50",
      "  Assets:Receivable:LateInterest -6.75",
      "  Assets:Bank 1062.25",
    ]);
  });

  it("keeps the day of booking beside the day that counts", () => {
    const late = { ...paid("2026-02-10", "10.00"), on: day("2026-02-12") };
    const transactions = transactionsFromFacts([BOOKED, late], () => product(), { asOf: day("2026-02-12") })!;
    const [payment] = transactions.filter(({ fact }) => fact === late.id);
    expect(payment).toMatchObject({ on: day("2026-02-10"), bookedOn: day("2026-02-12") });
    // As known the day before, it never came.
    const before = { asOf: day("2026-02-12"), knownOn: day("2026-02-11") };
    expect(
      transactionsFromFacts([BOOKED, late], () => product(), before)!.some(({ fact }) => fact === late.id),
    ).toBe(false);
  });

  it("holds money beyond the claims as a liability, until it is given back", () => {
    const facts: Fact[] = [
      paid("2026-01-02", "3010.00"),
      { kind: "RefundPaid", ...at("2026-01-05", "r"), amount: money("8.50") },
    ];
    expect(told("2026-01-02", "2026-03-01", facts)).toEqual([
      "2026-01-02 interest of installment 1, 1 days",
      "  Assets:Receivable:Interest 1.50",
      "  Income:Interest -1.50",
      "2026-01-02 payment received",
      "  Assets:Receivable:Principal -3000.00",
      "  Assets:Receivable:Interest -1.50",
      "  Liabilities:Unapplied -8.50",
      "  Assets:Bank 3010.00",
      "2026-01-05 refund",
      "  Liabilities:Unapplied 8.50",
      "  Assets:Bank -8.50",
    ]);
  });

  it("lets money held unapplied meet what falls due without the bank", () => {
    const order: AllocationOrder = { order: ["due.interest", "due.principal"], by: "kind" };
    expect(
      told("2026-02-01", "2026-02-01", [paid("2026-01-10", "500.00")], product({ allocation: order })),
    ).toEqual([
      "2026-02-01 interest of installment 1, 22 days",
      "  Assets:Receivable:Interest 33.00",
      "  Income:Interest -33.00",
      "2026-02-01 money held unapplied meets what fell due",
      "  Assets:Receivable:Principal -453.50",
      "  Assets:Receivable:Interest -46.50",
      "  Liabilities:Unapplied 500.00",
    ]);
  });

  it.each([
    ["fee", "Fee", "Income:Fees"],
    ["penalty", "Penalty", "Income:Penalties"],
    ["recovery-cost", "RecoveryCost", "Assets:CostsAdvanced"],
  ] as const)("puts a charge of kind %s where it belongs, and its waiver too", (charge, name, counter) => {
    const reason = "";
    const facts: Fact[] = [
      { kind: "ChargeAdded", ...at("2026-01-01", "c"), charge, amount: money("20.00"), reason },
      { kind: "ClaimWaived", ...at("2026-01-01", "w"), claim: charge, amount: money("5.00"), reason },
    ];
    expect(told("2026-01-01", "2026-01-01", facts).slice(3)).toEqual([
      "2026-01-01 charge",
      `  Assets:Receivable:${name} 20.00`,
      `  ${counter} -20.00`,
      "2026-01-01 waiver",
      `  Assets:Receivable:${name} -5.00`,
      `  Expenses:Waivers:${name} 5.00`,
    ]);
  });

  it("counts a fixed late fee as a penalty", () => {
    const fee = product({ lateFee: { afterDays: 5, fee: { amount: money("20.00") } } });
    expect(told("2026-02-06", "2026-02-06", [], fee).slice(-3)).toEqual([
      "2026-02-06 late fee of installment 1",
      "  Assets:Receivable:Penalty 20.00",
      "  Income:Penalties -20.00",
    ]);
  });

  it.each(["interest", "late-interest", "principal"] as const)("waives %s at the lender's cost", (claim) => {
    const waiver: Fact = {
      kind: "ClaimWaived",
      ...at("2026-02-10"),
      claim,
      amount: money("4.00"),
      reason: "",
    };
    const name = { interest: "Interest", "late-interest": "LateInterest", principal: "Principal" }[claim];
    const lines = told("2026-02-10", "2026-02-10", [waiver]);
    expect(lines).toContain(`  Assets:Receivable:${name} -4.00`);
    expect(lines).toContain(`  Expenses:Waivers:${name} 4.00`);
  });

  const replanned = (interest: "carry" | "capitalise" | "waive", late: "keep" | "capitalise" | "waive") =>
    told("2026-02-10", "2026-02-10", [
      {
        kind: "PlanReplaced",
        ...at("2026-02-10"),
        how: "restructure",
        firstDueOn: day("2026-03-10"),
        interest,
        late,
      },
    ]).slice(6);

  it("makes interest and late interest principal, or gives them up; carried, nothing moves", () => {
    expect(replanned("capitalise", "capitalise")).toEqual([
      "2026-02-10 new plan",
      "  Assets:Receivable:Principal 62.25",
      "  Assets:Receivable:Interest -55.50",
      "  Assets:Receivable:LateInterest -6.75",
    ]);
    expect(replanned("waive", "capitalise")).toEqual([
      "2026-02-10 new plan",
      "  Assets:Receivable:Principal 6.75",
      "  Assets:Receivable:Interest -55.50",
      "  Assets:Receivable:LateInterest -6.75",
      "  Expenses:Waivers:Interest 55.50",
    ]);
    expect(replanned("carry", "waive")).toEqual([
      "2026-02-10 new plan",
      "  Assets:Receivable:LateInterest -6.75",
      "  Expenses:Waivers:LateInterest 6.75",
    ]);
    expect(replanned("carry", "keep")).toEqual([]);
  });

  it("moves nothing by acceleration, pause, resumption or a settlement that is only agreed", () => {
    const facts: Fact[] = [
      { kind: "LoanAccelerated", ...at("2026-02-10", "a") },
      { kind: "AgeingPaused", ...at("2026-02-10", "b"), lateInterest: "stops" },
      { kind: "AgeingResumed", ...at("2026-02-10", "c") },
      {
        kind: "SettlementAgreed",
        ...at("2026-02-10", "d"),
        amount: money("9.00"),
        by: day("2026-03-01"),
      },
    ];
    expect(told("2026-02-10", "2026-02-10", facts)).toEqual(told("2026-02-10", "2026-02-10", []));
  });

  it("takes what a judgment gives less, or more, as one difference; costs awarded are costs advanced", () => {
    // Owed: 3,000.00 + 55.50 + 6.75. Awarded: 2,900.00 + 70.00 + 25.00 costs: 92.25 less, costs aside.
    const judgment: Fact = {
      kind: "JudgmentEntered",
      ...at("2026-02-10"),
      principal: money("2900.00"),
      interest: money("70.00"),
      costs: money("25.00"),
      performBy: day("2026-03-01"),
    };
    expect(told("2026-02-10", "2026-02-10", [judgment]).slice(6)).toEqual([
      "2026-02-10 judgment",
      "  Assets:Receivable:Principal -100.00",
      "  Assets:Receivable:Interest 14.50",
      "  Assets:Receivable:LateInterest -6.75",
      "  Assets:Receivable:RecoveryCost 25.00",
      "  Assets:CostsAdvanced -25.00",
      "  Expenses:Judgments 92.25",
    ]);
  });

  it("takes the rest of a settlement as a loss by head", () => {
    const facts: Fact[] = [
      {
        kind: "SettlementAgreed",
        ...at("2026-02-10", "s"),
        amount: money("1000.00"),
        by: day("2026-02-28"),
      },
      paid("2026-02-10", "1001.00"),
    ];
    // 1,000.00 pays 6.75, 46.50 and 946.75; the rest of principal and the nine days of interest are given up.
    expect(told("2026-02-10", "2026-02-28", facts).slice(6)).toEqual([
      "2026-02-10 payment received",
      "  Assets:Receivable:Principal -3000.00",
      "  Assets:Receivable:Interest -55.50",
      "  Assets:Receivable:LateInterest -6.75",
      "  Liabilities:Unapplied -1.00",
      "  Assets:Bank 1001.00",
      "  Expenses:Settlements:Principal 2053.25",
      "  Expenses:Settlements:Interest 9.00",
    ]);
  });

  const OFF: Fact[] = [
    { kind: "WrittenOff", ...at("2026-02-10", "w"), lateInterest: "runs" },
    paid("2026-02-11", "100.00"),
  ];

  it("carries a debt that was written off at nothing, though it is owed and runs on; what comes is recovered", () => {
    expect(told("2026-02-10", "2026-02-11", OFF).slice(6)).toEqual([
      "2026-02-10 write-off",
      "  Expenses:WriteOff:Principal 3000.00",
      "  Assets:WrittenOff:Principal -3000.00",
      "  Expenses:WriteOff:Interest 55.50",
      "  Assets:WrittenOff:Interest -55.50",
      "  Expenses:WriteOff:LateInterest 6.75",
      "  Assets:WrittenOff:LateInterest -6.75",
      "2026-02-11 interest of installment 2, 1 days",
      "  Assets:Receivable:Interest 1.00",
      "  Assets:WrittenOff:Interest -1.00",
      "2026-02-11 late interest",
      "  Assets:Receivable:LateInterest 0.75",
      "  Assets:WrittenOff:LateInterest -0.75",
      // 7.50 late interest, 46.50 interest, 46.00 principal.
      "2026-02-11 payment received",
      "  Assets:Receivable:Principal -46.00",
      "  Assets:Receivable:Interest -46.50",
      "  Assets:Receivable:LateInterest -7.50",
      "  Assets:Bank 100.00",
      "  Assets:WrittenOff:Principal 46.00",
      "  Assets:WrittenOff:Interest 46.50",
      "  Assets:WrittenOff:LateInterest 7.50",
      "  Income:Recoveries -100.00",
    ]);
  });

  it("hands a debt that was sold over to its buyer, and owes him what still comes", () => {
    const sold: Fact[] = [
      { kind: "LoanAssigned", ...at("2026-02-01", "s"), to: "buyer" },
      paid("2026-02-01", "46.50"),
      paid("2026-02-02", "100.00"),
    ];
    const lines = told("2026-02-01", "2026-02-02", sold);
    expect(lines).toContain("  Assets:Assignments 3000.00");
    expect(lines).toContain("  Assets:Assigned:Principal -3000.00");
    // Late interest and interest of a day are the buyer's, and so is the money.
    expect(lines.slice(-7)).toEqual([
      "2026-02-02 payment received",
      "  Assets:Receivable:Principal -99.25",
      "  Assets:Receivable:LateInterest -0.75",
      "  Assets:Bank 100.00",
      "  Assets:Assigned:Principal 99.25",
      "  Assets:Assigned:LateInterest 0.75",
      "  Liabilities:DueToAssignee -100.00",
    ]);
  });

  it("sells what was written off at no value, so that its price is all gain", () => {
    const lines = told("2026-02-12", "2026-02-12", [
      ...OFF,
      { kind: "LoanAssigned", ...at("2026-02-12", "s"), to: "buyer" },
    ]);
    expect(lines.slice(-7)).toEqual([
      "2026-02-12 assignment",
      "  Assets:WrittenOff:Principal 2954.00",
      "  Assets:WrittenOff:Interest 11.00",
      "  Assets:WrittenOff:LateInterest 0.72",
      "  Assets:Assigned:Principal -2954.00",
      "  Assets:Assigned:Interest -11.00",
      "  Assets:Assigned:LateInterest -0.72",
    ]);
  });

  it("shows reversed money in the bank on the days on which it was there, and never on the loan", () => {
    const facts: Fact[] = [
      paid("2026-01-10", "50.00"),
      { kind: "EntryReversed", on: day("2026-01-13"), id: "payment of 2026-01-10", reason: "returned" },
    ];
    expect(told("2026-01-02", "2026-01-13", facts).filter((line) => !line.includes("nterest"))).toEqual([
      "2026-01-10 payment received, reversed later",
      "  Assets:Bank 50.00",
      "  Liabilities:Reversed -50.00",
      "2026-01-13 reversal",
      "  Assets:Bank -50.00",
      "  Liabilities:Reversed 50.00",
    ]);
  });
});

describe("double entry of a fed loan", () => {
  const fed = product({ source: "fed" });
  const report = (on: string, principal: string, charges: string, status: ReportedStatus = "open"): Fact => ({
    kind: "BalanceReported",
    on: day(on),
    asOf: day(on),
    status,
    principal: money(principal),
    interestPaid: minor(0),
    arrears: minor(0),
    charges: money(charges),
    dueOn: null,
  });

  it("adjusts the balance against what was reported, the last word on a day", () => {
    const facts = [
      report("2026-02-01", "2500.00", "3.00"),
      report("2026-02-01", "2000.00", "5.00"),
      report("2026-03-01", "1900.00", "0.00", "written-off"),
    ];
    expect(told("2026-01-01", "2026-03-01", facts, fed)).toEqual([
      "2026-01-01 lent",
      "  Assets:Receivable:Principal 3000.00",
      "  Equity:Reported -3000.00",
      "2026-02-01 balance reported",
      "  Assets:Receivable:Principal -1000.00",
      "  Assets:Receivable:LateInterest 5.00",
      "  Equity:Reported 995.00",
      "2026-03-01 balance reported",
      "  Assets:Receivable:Principal -100.00",
      "  Assets:Receivable:LateInterest -5.00",
      "  Assets:WrittenOff:Principal -1900.00",
      "  Equity:Reported 2005.00",
    ]);
  });

  it("agrees with the position whatever was reported, in whatever order", () => {
    const reports = fc.array(
      fc.record({
        on: fc.nat(30),
        lag: fc.integer({ min: -3, max: 10 }),
        sum: fc.nat(300_000),
        end: fc.nat(5),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(reports, fc.nat(40), (given, after) => {
        const facts = given.map(
          ({ on, lag, sum, end }): Fact =>
            ({
              ...(report(
                "2026-01-01",
                "0.00",
                "0.00",
                end === 0 ? "written-off" : "open",
              ) as never as object),
              ...{ on: addDays(PAID_OUT, on), asOf: addDays(PAID_OUT, on - lag) },
              ...{ principal: minor(sum), charges: minor(sum % 100) },
            }) as Fact,
        );
        agrees([BOOKED, ...facts], fed, addDays(PAID_OUT, after));
      }),
    );
  });
});

/** Each transaction balances, and the loan's accounts hold what its position says. */
function agrees(facts: readonly Fact[], lent: Product, asOf: Day): void {
  const transactions = transactionsFromFacts(facts, () => lent, { asOf })!;
  const sums = new Map<Account, number>();
  let before = PAID_OUT;
  for (const { on, postings } of transactions) {
    expect(on).toBeGreaterThanOrEqual(before);
    before = on;
    expect(postings.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    for (const { account, amount } of postings) sums.set(account, (sums.get(account) ?? 0) + amount);
  }
  const own = [...sums].filter(
    ([account, sum]) => isLoanAccount(account) && account !== "Liabilities:Reversed" && sum !== 0,
  );
  const said = balancesFromFacts(KEY, facts, () => lent, { asOf })!;
  expect(Object.fromEntries(own)).toEqual(Object.fromEntries(said));
}

const anyFact = (i: number) =>
  fc
    .record({
      after: fc.nat(150),
      lag: fc.nat(3),
      amount: fc.integer({ min: 1, max: 2000_00 }),
      what: fc.nat(17),
    })
    .map(({ after, lag, amount: n, what }): Fact => {
      const valueOn = addDays(PAID_OUT, after);
      const common = { on: addDays(valueOn, lag), valueOn, id: `fact ${i}` };
      const amount = n as Minor;
      const late = (days: number): Day => addDays(valueOn, days);
      switch (what) {
        case 0:
          return { kind: "ChargeAdded", ...common, charge: CHARGE_KINDS[n % 3]!, amount, reason: "" };
        case 1:
          return { kind: "ClaimWaived", ...common, claim: WAIVABLE_KINDS[n % 6]!, amount, reason: "" };
        case 2:
          return { kind: "LoanAccelerated", ...common };
        case 3:
          return { kind: "SettlementAgreed", ...common, amount, by: late(30) };
        case 4:
          return {
            kind: "PlanReplaced",
            ...common,
            how: REPLANS[n % 4]!,
            firstDueOn: late(10),
            installments: 4,
            interest: (["carry", "capitalise", "waive"] as const)[n % 3]!,
            late: (["keep", "capitalise", "waive"] as const)[(n >> 3) % 3]!,
          };
        case 5: {
          const [interest, costs] = [minor(n % 9000), minor(n % 2 ? 0 : 2500)];
          const judgment = { principal: amount, interest, costs, performBy: late(15) };
          return { kind: "JudgmentEntered", ...common, ...judgment, interestE8ADay: 50_000 };
        }
        case 6:
          return { kind: "WrittenOff", ...common, lateInterest: n % 2 ? "runs" : "stops" };
        case 7:
          return { kind: "LoanAssigned", ...common, to: "buyer" };
        case 8:
          return { kind: "AgeingPaused", ...common, until: late(20), lateInterest: "stops" };
        case 9:
          return { kind: "AgeingResumed", ...common };
        case 10:
          return { kind: "EntryReversed", on: common.on, id: `fact ${n % 7}`, reason: "" };
        default:
          return { kind: "PaymentReceived", ...common, amount };
      }
    });

const anyProduct = fc
  .record({
    inAdvance: fc.constantFrom(...IN_ADVANCE),
    by: fc.constantFrom("kind" as const, "installment" as const),
    fee: fc.boolean(),
    held: fc.boolean(),
    compound: fc.boolean(),
    grace: fc.constantFrom(undefined, { days: 4, free: true }, { days: 4, free: false }),
    terms: fc.constantFrom<Partial<Product["terms"]>>(
      {},
      { method: "equal-installment" },
      { method: "flat" },
      { graceOnInterest: 1 },
      { graceOnPrincipal: 1, interestFree: 1 },
    ),
  })
  .map(({ inAdvance, by, fee, held, compound, grace, terms }) => {
    const order = CN_DEFAULT_ORDER.order.filter((slot) => !held || !slot.startsWith("in-advance"));
    const change: Partial<Product> = {
      allocation: { order, by, inAdvance },
      ...(fee ? { lateFee: { afterDays: 3, fee: { amount: money("15.00") } } } : {}),
      ...(grace ? { grace } : {}),
      lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal", compound },
    };
    return product(change, terms);
  });

describe("any life of a kept loan", () => {
  it("balances in each transaction, and its accounts are the heads of the position on each day", () => {
    const facts = fc
      .integer({ min: 0, max: 7 })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => anyFact(i))));
    fc.assert(
      fc.property(facts, anyProduct, fc.nat(220), (life, lent, after) => {
        try {
          agrees([BOOKED, ...life], lent, addDays(PAID_OUT, after));
        } catch (error) {
          // A plan is replaced only while something is owed: another test's.
          fc.pre(!(error as Error).message.startsWith("a plan is replaced"));
          throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
