import fc from "fast-check";
import {
  ALLOCATION_SLOTS,
  type AllocationOrder,
  addDays,
  CHARGE_KINDS,
  CN_DEFAULT_ORDER,
  type Day,
  type DayCount,
  type DpdConvention,
  day,
  type Grace,
  IN_ADVANCE,
  type LateFee,
  type LateInterest,
  type LoanBooked,
  type Method,
  type Minor,
  type MoneyFact,
  type Product,
  REPLANS,
  WAIVABLE_KINDS,
  type WorkCalendar,
} from "../../src/core/index.ts";

/** Random products and lives: every option of a product and every fact of money, on days close enough to meet. */
export const PAID_OUT = day("2025-12-31");
/** Money is valued within so many days of the pay-out, and looked at through twice as many. */
export const SPAN = 200;

const ORDERS: readonly AllocationOrder[] = [
  CN_DEFAULT_ORDER,
  { ...CN_DEFAULT_ORDER, by: "installment" },
  {
    order: (["past-due", "due", "in-advance"] as const).flatMap((timing) =>
      (["principal", "interest", "penalty", "fee"] as const).map((kind) => `${timing}.${kind}` as const),
    ),
    by: "installment",
  },
  // Money paid ahead waits for its day.
  { order: ALLOCATION_SLOTS.filter((slot) => !slot.startsWith("in-advance")), by: "kind" },
  // No payment reaches penalties.
  { order: ALLOCATION_SLOTS.filter((slot) => !slot.endsWith("penalty")), by: "installment" },
  // What is due today before what is past due.
  {
    order: [
      "due.principal",
      "due.interest",
      "past-due.interest",
      "past-due.fee",
      "past-due.principal",
      "past-due.penalty",
      "in-advance.principal",
      "in-advance.interest",
      "in-advance.fee",
    ],
    by: "kind",
  },
];

const WEEKENDS: WorkCalendar = {
  place: "test's",
  source: "the test",
  years: new Set([2025, 2026, 2027, 2028]),
  daysOff: new Set([day("2026-03-30"), day("2026-03-31"), day("2026-05-01"), day("2026-05-04")]),
  makeUpWorkdays: new Set([day("2026-02-28")]),
};

const anyLate = fc.option(
  fc.record({
    rate: fc.constantFrom<LateInterest["rate"]>(
      { times: { numerator: 3, denominator: 2 } },
      { times: { numerator: 1, denominator: 3 } },
      { numerator: 5, scale: 4, per: "day" },
      { numerator: 24, scale: 2, per: "year" },
      { numerator: 155, scale: 4, per: "month" },
    ),
    bears: fc.constantFrom(
      { on: "principal" as const },
      { on: "principal+interest" as const },
      { on: "principal" as const, compound: true },
    ),
  }),
  { freq: 5, nil: undefined },
);
const anyGrace = fc.option(fc.record({ days: fc.integer({ min: 1, max: 12 }), free: fc.boolean() }), {
  freq: 1,
  nil: undefined,
});
const anyFee = fc.option(
  fc.record({
    afterDays: fc.integer({ min: 1, max: 35 }),
    fee: fc.constantFrom<LateFee["fee"]>(
      { amount: 15_00 as Minor },
      { share: { numerator: 1, denominator: 20 } },
      { share: { numerator: 1, denominator: 300 } },
    ),
  }),
  { freq: 1, nil: undefined },
);
const anyDpd = fc.option(
  fc.record({
    since: fc.constantFrom("oldest-unpaid" as const, "unbroken-arrears" as const),
    grace: fc.constantFrom("counts" as const, "waits" as const, "excluded" as const),
    basis: fc.constantFrom("actual" as const, "30/360" as const),
    tolerance: fc.constantFrom(0 as Minor, 10_00 as Minor, 400_00 as Minor),
  }),
  { freq: 1, nil: undefined },
);

export const anyProduct: fc.Arbitrary<Product> = fc
  .record({
    method: fc.constantFrom<Method>(
      "equal-principal",
      "equal-installment",
      "interest-only",
      "bullet",
      "flat",
    ),
    dayCount: fc.constantFrom<DayCount>("ACT/365", "ACT/360", "30/360", "ACT/ACT"),
    interest: fc.constantFrom("daily" as const, "daily" as const, "period" as const),
    ratePer: fc.constantFrom("day" as const, "year" as const),
    mode: fc.constantFrom("half-up" as const, "half-even" as const, "up" as const, "down" as const),
    late: anyLate,
    grace: anyGrace,
    lateFee: anyFee,
    dpd: anyDpd,
    daysOff: fc.constantFrom(false, false, true),
    order: fc.constantFrom(...ORDERS),
    inAdvance: fc.constantFrom("next" as const, ...IN_ADVANCE),
    graces: fc.constantFrom(
      {},
      {},
      { graceOnPrincipal: 1 },
      { graceOnInterest: 1 },
      { interestFree: 1 },
      { graceOnPrincipal: 1, graceOnInterest: 1 },
    ),
  })
  .map(
    ({ late, grace, lateFee, dpd, order, inAdvance, ...given }): Product => ({
      id: 1,
      lender: "demo",
      code: "any",
      source: "kept",
      terms: {
        currency: "CNY",
        every: { months: 1 },
        method: given.method,
        ratePer: given.ratePer,
        dayCount: given.dayCount,
        interest: given.interest,
        monthEnd: "clamp",
        ...given.graces,
        rounding: { mode: given.mode, residual: "last", installmentMultiple: 1 as Minor },
      },
      ...(late ? { lateInterest: { rate: late.rate, ...late.bears } } : {}),
      ...(grace ? { grace: grace as Grace } : {}),
      ...(lateFee ? { lateFee } : {}),
      ...(dpd ? { dpd: dpd as DpdConvention } : {}),
      ...(given.daysOff ? { payableOn: WEEKENDS } : {}),
      allocation: { ...order, inAdvance },
      bandEdges: [1, 31, 61, 91],
      strategy: "none",
    }),
  );

/** A grace must be shorter than the plan. */
const hasGrace = ({ terms }: Product): boolean =>
  (terms.graceOnPrincipal ?? terms.graceOnInterest ?? terms.interestFree) !== undefined;

export const bookingOf = (product: Product): fc.Arbitrary<LoanBooked> =>
  fc
    .record({
      principal: fc.integer({ min: 100_00, max: 9000_00 }),
      rateE8: fc.constantFrom(
        ...(product.terms.ratePer === "day" ? [50_000, 0, 23_450] : [12_000_000, 0, 7_654_321]),
      ),
      installments: fc.integer({ min: hasGrace(product) ? 2 : 1, max: 5 }),
      firstDueOn: fc.constantFrom(day("2026-01-31"), day("2026-01-31"), day("2026-01-15")),
    })
    .map(
      (given): LoanBooked => ({
        kind: "LoanBooked",
        on: PAID_OUT,
        id: "L-1",
        product: 1,
        principal: given.principal as Minor,
        rateE8: given.rateE8,
        disbursedOn: PAID_OUT,
        firstDueOn: given.firstDueOn,
        installments: given.installments,
        reach: 0,
      }),
    );

/** Due days, their neighbours, and any others. */
const anyDay: fc.Arbitrary<Day> = fc
  .oneof(
    fc.nat(SPAN),
    fc
      .tuple(fc.constantFrom(15, 31, 46, 59, 74, 90, 105, 120, 151), fc.integer({ min: -2, max: 2 }))
      .map(([a, b]) => a + b),
  )
  .map((n) => addDays(PAID_OUT, n));

const amount = fc.oneof(
  fc.integer({ min: 1, max: 3000_00 }),
  fc.integer({ min: 1, max: 50_00 }),
) as fc.Arbitrary<Minor>;
const later = (least: number) => fc.integer({ min: least, max: 60 });
const reason = "as agreed";

type Part<F extends MoneyFact> = Omit<F, "on" | "id" | "valueOn">;
type Of<K extends MoneyFact["kind"]> = Part<Extract<MoneyFact, { kind: K }>>;

const anyPayment = amount.map((amount): Of<"PaymentReceived"> => ({ kind: "PaymentReceived", amount }));

function anyChange(on: Day): fc.Arbitrary<Part<MoneyFact>> {
  return fc.oneof(
    fc
      .record({
        charge: fc.constantFrom(...CHARGE_KINDS),
        amount,
        wait: fc.option(later(0), { nil: undefined }),
      })
      .map(
        ({ charge, amount, wait }): Of<"ChargeAdded"> => ({
          kind: "ChargeAdded",
          charge,
          amount,
          ...(wait === undefined ? {} : { dueOn: addDays(on, wait) }),
          reason,
        }),
      ),
    fc
      .record({ claim: fc.constantFrom(...WAIVABLE_KINDS), amount })
      .map((given): Of<"ClaimWaived"> => ({ kind: "ClaimWaived", ...given, reason })),
    fc
      .record({
        wait: fc.option(later(1), { nil: undefined }),
        lateInterest: fc.constantFrom("runs" as const, "stops" as const),
      })
      .map(
        ({ wait, lateInterest }): Of<"AgeingPaused"> => ({
          kind: "AgeingPaused",
          ...(wait === undefined ? {} : { until: addDays(on, wait) }),
          lateInterest,
        }),
      ),
    fc.constant<Of<"AgeingResumed">>({ kind: "AgeingResumed" }),
    fc
      .record({
        how: fc.constantFrom(...REPLANS),
        wait: later(1),
        installments: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
        rateE8: fc.option(fc.constantFrom(10_000, 60_000), { nil: undefined }),
        method: fc.option(fc.constantFrom<Method>("equal-principal", "equal-installment", "flat", "bullet"), {
          nil: undefined,
        }),
        interest: fc.constantFrom("carry" as const, "capitalise" as const, "waive" as const),
        late: fc.constantFrom("keep" as const, "capitalise" as const, "waive" as const),
      })
      .map(
        ({ wait, installments, rateE8, method, ...given }): Of<"PlanReplaced"> => ({
          kind: "PlanReplaced",
          firstDueOn: addDays(on, wait),
          ...given,
          ...(installments === undefined ? {} : { installments }),
          ...(rateE8 === undefined ? {} : { rateE8 }),
          ...(method === undefined ? {} : { method }),
        }),
      ),
    fc.constant<Of<"LoanAccelerated">>({ kind: "LoanAccelerated" }),
    fc
      .record({
        principal: amount,
        interest: fc.constantFrom(0 as Minor, 55_55 as Minor),
        costs: fc.constantFrom(0 as Minor, 25_00 as Minor),
        wait: later(0),
        interestE8ADay: fc.option(fc.constantFrom(17_500, 0), { nil: undefined }),
      })
      .map(
        ({ wait, interestE8ADay, ...given }): Of<"JudgmentEntered"> => ({
          kind: "JudgmentEntered",
          ...given,
          performBy: addDays(on, wait),
          ...(interestE8ADay === undefined ? {} : { interestE8ADay }),
        }),
      ),
    fc.record({ amount, wait: later(0) }).map(
      ({ amount, wait }): Of<"SettlementAgreed"> => ({
        kind: "SettlementAgreed",
        amount,
        by: addDays(on, wait),
      }),
    ),
    amount.map((amount): Of<"RefundPaid"> => ({ kind: "RefundPaid", amount })),
    fc
      .constantFrom("runs" as const, "stops" as const)
      .map((lateInterest): Of<"WrittenOff"> => ({ kind: "WrittenOff", lateInterest })),
    fc.constant<Of<"LoanAssigned">>({ kind: "LoanAssigned", to: "another" }),
  );
}

/** Money facts in no order of days, each booked on its own day unless it is back-dated. */
export const anyFacts: fc.Arbitrary<MoneyFact[]> = fc
  .array(
    anyDay.chain((valueOn) =>
      fc.tuple(
        fc.oneof(
          { weight: 3, arbitrary: anyPayment as fc.Arbitrary<Part<MoneyFact>> },
          { weight: 2, arbitrary: anyChange(valueOn) },
        ),
        fc.constant(valueOn),
        fc.constantFrom(0, 0, 0, 3, 40),
      ),
    ),
    { maxLength: 7 },
  )
  .map((given) =>
    given.map(
      ([part, valueOn, late], i) =>
        ({ ...part, id: `f${i}`, valueOn, on: addDays(valueOn, late) }) as MoneyFact,
    ),
  );

export interface Given {
  readonly product: Product;
  readonly booked: LoanBooked;
  readonly facts: readonly MoneyFact[];
}

export const anyLife: fc.Arbitrary<Given> = anyProduct.chain((product) =>
  fc.record({ product: fc.constant(product), booked: bookingOf(product), facts: anyFacts }),
);
