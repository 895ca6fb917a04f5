import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALLOCATION_SLOTS, type AllocationOrder, CN_DEFAULT_ORDER } from "./allocation.ts";
import { addDays, type Day, day } from "./calendar.ts";
import {
  codeOf,
  type Fact,
  factFromText,
  factToText,
  type LoanBooked,
  type PaymentReceived,
} from "./facts.ts";
import { evolve, type LoanState, replay } from "./loan.ts";
import type { Minor } from "./money.ts";
import { type Position, position, positionFromFacts } from "./position.ts";
import { type LateInterest, type Product, termsOf } from "./product.ts";
import { interestBetween } from "./rate.ts";
import { schedule } from "./schedule.ts";
import type { Method } from "./terms.ts";

const KEY = { bucket: 7, n: 4097 };
const PAID_OUT = day("2025-12-31");

const half: LateInterest = { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" };
const PRINCIPAL_FIRST: AllocationOrder = {
  order: (["past-due", "due", "in-advance"] as const).flatMap((timing) =>
    (["principal", "interest", "penalty", "fee"] as const).map((kind) => `${timing}.${kind}` as const),
  ),
  by: "installment",
};
const NOT_AHEAD: AllocationOrder = {
  order: ALLOCATION_SLOTS.filter((slot) => !slot.startsWith("in-advance")),
  by: "kind",
};

const anyProduct = fc
  .record({
    method: fc.constantFrom<Method>("equal-principal", "equal-installment"),
    late: fc.constantFrom<LateInterest | undefined>(half, { ...half, on: "principal+interest" }, undefined),
    allocation: fc.constantFrom(
      CN_DEFAULT_ORDER,
      { ...CN_DEFAULT_ORDER, by: "installment" as const },
      PRINCIPAL_FIRST,
      NOT_AHEAD,
    ),
  })
  .map(
    ({ method, late, allocation }): Product => ({
      id: 1,
      lender: "demo",
      code: "micro",
      source: "kept",
      terms: {
        currency: "CNY",
        every: { months: 1 },
        method,
        ratePer: "day",
        dayCount: "ACT/365",
        interest: "daily",
        monthEnd: "clamp",
        rounding: { mode: "half-up", residual: "last", installmentMultiple: 1 as Minor },
      },
      ...(late ? { lateInterest: late } : {}),
      allocation,
      bandEdges: [1, 31, 61, 91],
      strategy: "micro-standard",
    }),
  );

const anyBooking = fc
  .record({
    principal: fc.integer({ min: 1000_00, max: 9000_00 }),
    rateE8: fc.constantFrom(0, 50_000, 23_450),
    installments: fc.integer({ min: 1, max: 6 }),
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
      firstDueOn: day("2026-01-31"),
      installments: given.installments,
      reach: 0,
    }),
  );

/** Payments in the order in which they are booked; each counts from a day of its own, often an earlier one. */
const anyPayments = fc.array(
  fc.record({ amount: fc.integer({ min: 1, max: 3000_00 }), valued: fc.nat(220) }),
  { maxLength: 7 },
);
const LAST = addDays(PAID_OUT, 221);

type Given = readonly { amount: number; valued: number }[];
const bookedInOrder = (payments: Given): PaymentReceived[] =>
  payments.map(({ amount, valued }, i) => ({
    kind: "PaymentReceived",
    on: addDays(LAST, i),
    id: `${amount}@${valued}#${i}`,
    amount: amount as Minor,
    valueOn: addDays(PAID_OUT, valued),
  }));

const live = (product: Product, facts: readonly Fact[]): LoanState => replay(KEY, facts, () => product)!;
const totalPaid = (p: Position, loan: LoanState): number =>
  p.installments.reduce((sum, row) => sum + row.principalPaid + row.interestPaid, 0) +
  loan.latePaid +
  p.unapplied;

describe("every loan", () => {
  it("conserves money: what came in is principal, interest, late interest or unapplied", () => {
    fc.assert(
      fc.property(anyProduct, anyBooking, anyPayments, fc.nat(300), (product, booking, payments, later) => {
        const loan = live(product, [booking, ...bookedInOrder(payments)]);
        const seen = position(loan, product, addDays(LAST, later));
        const received = payments.reduce((sum, { amount }) => sum + amount, 0);
        const unapplied = loan.extra?.unapplied ?? 0;
        expect(loan.principalPaid + loan.interestPaid + loan.latePaid + unapplied).toBe(received);
        // The rows show the same money. Interest paid ahead of a loan that was then paid off early was given back.
        expect(totalPaid(seen, loan)).toBe(received);
        // Money held unapplied has met what fell due since.
        const principalPaid = seen.installments.reduce((sum, row) => sum + row.principalPaid, 0);
        expect(seen.outstanding).toBe(booking.principal - principalPaid);
        const { principal, interest, lateInterest, total } = seen.arrears;
        expect(principal + interest + lateInterest).toBe(total);
        for (const figure of [
          principal,
          interest,
          lateInterest,
          seen.outstanding,
          seen.payoff,
          seen.unapplied,
        ])
          expect(figure).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });

  it("folded one fact at a time is what its journal gives", () => {
    fc.assert(
      fc.property(anyProduct, anyBooking, anyPayments, (product, booking, payments) => {
        const facts: Fact[] = [booking];
        let loan = live(product, facts);
        for (const fact of bookedInOrder(payments)) {
          const earlier = [...facts];
          loan = evolve(loan, fact, product, () => earlier);
          facts.push(fact);
        }
        expect(loan).toEqual(live(product, facts));
      }),
      { numRuns: 300 },
    );
  });

  it("ends the same in whatever order back-dated payments arrive", () => {
    const shuffled = anyPayments.chain((payments) =>
      fc.tuple(
        fc.constant(payments),
        fc.shuffledSubarray(payments, { minLength: payments.length, maxLength: payments.length }),
        fc.nat(300),
      ),
    );
    fc.assert(
      fc.property(anyProduct, anyBooking, shuffled, (product, booking, [one, other, later]) => {
        const on = addDays(LAST, later);
        const see = (payments: Given) =>
          position(live(product, [booking, ...bookedInOrder(payments)]), product, on);
        expect(see(other)).toEqual(see(one));
      }),
      { numRuns: 500 },
    );
  });

  it("is as if a payment had never come once it is reversed, on every later day", () => {
    fc.assert(
      fc.property(
        anyProduct,
        anyBooking,
        anyPayments.filter((payments) => payments.length > 0),
        fc.nat(6),
        fc.nat(300),
        (product, booking, payments, which, later) => {
          const received = bookedInOrder(payments);
          const gone = received[which % received.length]!;
          const on = addDays(LAST, received.length);
          const reversal: Fact = { kind: "EntryReversed", on, id: gone.id, reason: "returned" };
          const withIt = live(product, [booking, ...received, reversal]);
          const without = live(product, [booking, ...received.filter((payment) => payment !== gone)]);
          expect(position(withIt, product, addDays(on, later))).toEqual(
            position(without, product, addDays(on, later)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it("while only days pass, days past due, late interest and what is overdue never fall", () => {
    fc.assert(
      fc.property(anyProduct, anyBooking, anyPayments, (product, booking, payments) => {
        const loan = live(product, [booking, ...bookedInOrder(payments)]);
        let before = position(loan, product, LAST);
        for (let later = 1; later <= 60; later++) {
          const now = position(loan, product, addDays(LAST, later));
          expect(now.dpd).toBeGreaterThanOrEqual(before.dpd);
          expect(now.dpd).toBeLessThanOrEqual(before.dpd + 1);
          expect(now.arrears.total).toBeGreaterThanOrEqual(before.arrears.total);
          expect(now.arrears.lateInterest).toBeGreaterThanOrEqual(before.arrears.lateInterest);
          before = now;
        }
      }),
      { numRuns: 100 },
    );
  });

  it("seen from its journal on an earlier day is what the earlier facts alone give", () => {
    fc.assert(
      fc.property(anyProduct, anyBooking, anyPayments, fc.nat(220), (product, booking, payments, at) => {
        const asOf = addDays(PAID_OUT, at);
        const received = bookedInOrder(payments);
        const seen = positionFromFacts(KEY, [booking, ...received], () => product, asOf);
        const earlier = received.filter(({ valueOn }) => valueOn <= asOf);
        expect(seen).toEqual(position(live(product, [booking, ...earlier]), product, asOf));
        expect(
          positionFromFacts(KEY, [booking, ...received], () => product, addDays(PAID_OUT, -1)),
        ).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("paying the pay-off amount closes it, and a cent less does not", () => {
    fc.assert(
      fc.property(anyProduct, anyBooking, anyPayments, fc.nat(100), (product, booking, payments, later) => {
        fc.pre(product.allocation !== NOT_AHEAD);
        const facts: Fact[] = [booking, ...bookedInOrder(payments)];
        const on = addDays(LAST, later + payments.length);
        const { payoff, status } = position(live(product, facts), product, on);
        fc.pre(status === "open" && payoff > 1);
        const pay = (amount: number): Fact => ({
          kind: "PaymentReceived",
          on,
          id: "last",
          amount: amount as Minor,
          valueOn: on,
        });
        const closed = position(live(product, [...facts, pay(payoff)]), product, on);
        expect(closed).toMatchObject({
          status: "paid-off",
          outstanding: 0,
          payoff: 0,
          unapplied: 0,
          dpd: 0,
          dueOn: null,
        });
        expect(closed.arrears.total).toBe(0);
        const open = position(live(product, [...facts, pay(payoff - 1)]), product, on);
        expect([open.status, open.payoff]).toEqual(["open", 1]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a day-by-day ledger", () => {
  interface Row {
    dueOn: Day;
    principal: bigint;
    interest: bigint;
  }

  const roundHalfUp = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);

  /**
   * The oracle: walks every day, adds what is overdue that morning, then the day's payments by costs, interest,
   * principal. Written apart from the code under test, in BigInt, with the plan's rows as its only input.
   */
  function walk(product: Product, booking: LoanBooked, payments: readonly PaymentReceived[], through: Day) {
    const terms = termsOf(live(product, [booking]), product);
    const plan = schedule(terms);
    const rows: Row[] = plan.map((row) => ({
      dueOn: row.dueOn,
      principal: BigInt(row.principal),
      interest: BigInt(row.interest),
    }));
    const rate = [BigInt(booking.rateE8) * 3n, 200_000_000n] as const;
    let units = 0n;
    let latePaid = 0n;
    let principalPaid = 0n;
    let interestPaid = 0n;
    let unapplied = 0n;
    let closed = false;
    const lateDue = () => roundHalfUp(units * rate[0], rate[1]) - latePaid;
    const earned = (on: Day): bigint => {
      let sum = 0n;
      let from = booking.disbursedOn;
      for (const row of plan) {
        if (row.dueOn > on) {
          const share = interestBetween(terms.rate, terms.dayCount, from, on);
          const running = roundHalfUp(
            BigInt(row.balance + row.principal) * BigInt(share.numerator),
            BigInt(share.denominator),
          );
          return sum + (running < BigInt(row.interest) ? running : BigInt(row.interest));
        }
        sum += BigInt(row.interest);
        from = row.dueOn;
      }
      return sum;
    };
    for (let on = booking.disbursedOn; on <= through; on = addDays(on, 1)) {
      if (!closed && product.lateInterest)
        for (const row of rows)
          if (row.dueOn < on)
            units += row.principal + (product.lateInterest.on === "principal+interest" ? row.interest : 0n);
      for (const payment of payments.filter(({ valueOn }) => valueOn === on)) {
        let left = BigInt(payment.amount) + unapplied;
        unapplied = 0n;
        const late = lateDue();
        const payoff = BigInt(booking.principal) - principalPaid + earned(on) - interestPaid + late;
        if (closed || left >= payoff) {
          if (!closed) {
            principalPaid = BigInt(booking.principal);
            interestPaid = earned(on);
            latePaid += late;
            left -= payoff;
            closed = true;
          }
          unapplied = left;
          continue;
        }
        const take = (owed: bigint): bigint => {
          const part = left < owed ? left : owed;
          left -= part;
          return part;
        };
        const takeOf = (row: Row, kind: "principal" | "interest") => {
          const part = take(row[kind]);
          row[kind] -= part;
          if (kind === "principal") principalPaid += part;
          else interestPaid += part;
        };
        latePaid += take(late);
        const past = rows.filter((row) => row.dueOn < on);
        for (const row of past) takeOf(row, "interest");
        for (const row of past) takeOf(row, "principal");
        for (const row of rows.filter((r) => r.dueOn >= on)) {
          takeOf(row, "interest");
          takeOf(row, "principal");
        }
        unapplied = left;
      }
    }
    const open = closed ? [] : rows.filter((row) => row.principal > 0n || row.interest > 0n);
    const past = open.filter((row) => row.dueOn < through);
    const first = open[0];
    return {
      status: closed ? "paid-off" : "open",
      dueOn: first ? first.dueOn : null,
      dpd: first ? Math.max(0, through - first.dueOn) : 0,
      outstanding: Number(BigInt(booking.principal) - principalPaid),
      principal: past.reduce((sum, row) => sum + Number(row.principal), 0),
      interest: past.reduce((sum, row) => sum + Number(row.interest), 0),
      lateInterest: closed ? 0 : Number(lateDue()),
      unapplied: Number(unapplied),
    };
  }

  it("kept by hand comes to the same figures on any day", () => {
    fc.assert(
      fc.property(anyProduct, anyBooking, anyPayments, fc.nat(280), (product, booking, payments, at) => {
        const byKind: Product = { ...product, allocation: CN_DEFAULT_ORDER };
        const asOf = addDays(PAID_OUT, at);
        const received = bookedInOrder(payments);
        const seen = positionFromFacts(KEY, [booking, ...received], () => byKind, asOf)!;
        const { status, dueOn, dpd, outstanding, unapplied, arrears } = seen;
        const { principal, interest, lateInterest } = arrears;
        expect({ status, dueOn, dpd, outstanding, principal, interest, lateInterest, unapplied }).toEqual(
          walk(byKind, booking, received, asOf),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("the journal's text", () => {
  const on = day("2026-03-01");
  const facts: readonly Fact[] = [
    {
      kind: "LoanBooked",
      on,
      id: "L-1",
      product: 1,
      principal: 1 as Minor,
      rateE8: 5,
      disbursedOn: on,
      firstDueOn: addDays(on, 30),
      installments: 3,
      reach: 3,
    },
    {
      kind: "LoanBooked",
      on,
      id: "借-1",
      product: 1,
      principal: 1 as Minor,
      rateE8: 5,
      disbursedOn: on,
      firstDueOn: addDays(on, 30),
      installments: 3,
      reach: 3,
      zone: "Asia/Urumqi",
    },
    {
      kind: "PaymentReceived",
      on,
      id: 'a"\\\n',
      amount: 9_007_199_254_740_991 as Minor,
      valueOn: addDays(on, -400),
    },
    { kind: "EntryReversed", on, id: "a", reason: "退回" },
    {
      kind: "BalanceReported",
      on,
      asOf: on,
      status: "open",
      principal: 1 as Minor,
      interestPaid: 0 as Minor,
      arrears: 0 as Minor,
      charges: 0 as Minor,
      dueOn: null,
    },
    { kind: "HoldPlaced", on, hold: "dispute", until: null },
    { kind: "HoldLifted", on, hold: "dispute" },
    { kind: "ReachChanged", on, reach: 31, zone: "America/New_York" },
    { kind: "BandEntered", on, band: 1, from: 0, dpd: 1, arrears: 100 as Minor },
    { kind: "Cured", on, from: 1 },
    { kind: "LoanEnded", on, how: "paid-off" },
    {
      kind: "StepPlanned",
      on,
      step: "early/x@1",
      dpd: 1,
      strategy: "s@1",
      via: "app",
      slot: 1_772_000_000_000,
      pack: "cn@1",
      action: "a",
    },
    {
      kind: "StepRefused",
      on,
      step: "early/x@1",
      dpd: 1,
      strategy: "s@1",
      via: "app",
      rules: ["r"],
      pack: "cn@1",
      retryOn: on,
    },
    {
      kind: "StepAsked",
      on,
      step: "early/x@1",
      dpd: -3,
      strategy: "s@1",
      via: "person",
      rules: [],
      pack: "cn@1",
    },
    { kind: "StepLapsed", on, step: "early/x@1", dpd: 1, strategy: "s@1", why: "overtaken" },
    { kind: "SetAside", on, reason: "sums" },
    { kind: "ContactStarted", on, at: 1, action: "a", via: "text", address: "x", pack: "cn@1", rules: [] },
    { kind: "ContactEnded", on, at: 1, action: "a", outcome: "sent", receipt: "" },
    { kind: "ActionCancelled", on, at: 1, action: "a", why: "cured", rules: [] },
    { kind: "ActionConsolidated", on, at: 1, action: "a", into: "b", by: { loan: 1, step: "early/x@1" } },
    { kind: "ContactWithdrawn", on, at: 1, action: "a", why: "changed" },
    { kind: "ActionFellBack", on, at: 1, action: "a", from: "app", to: "text" },
  ];

  it("of every kind of fact is read back as it was", () => {
    for (const fact of facts) expect(factFromText(codeOf(fact), fact.on, factToText(fact))).toEqual(fact);
    expect(new Set(facts.map(codeOf)).size).toBe(21);
  });

  it("of a kind that a newer program wrote is an error", () => {
    expect(() => factFromText(99, on, "{}")).toThrow("unknown kind 99");
  });
});
