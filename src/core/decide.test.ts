import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CN_DEFAULT_ORDER } from "./allocation.ts";
import { addDays, type Day, day, formatDay } from "./calendar.ts";
import { decide } from "./decide.ts";
import { type RecordedFact, readEvent } from "./events.ts";
import type { Fact, LoanBooked } from "./facts.ts";
import type { Json } from "./json-in.ts";
import { inBookedOrder, replay } from "./loan.ts";
import { formatMoney, type Minor } from "./money.ts";
import { booksFromFacts } from "./position.ts";
import type { Product } from "./product.ts";

const PRODUCT: Product = {
  id: 1,
  lender: "demo",
  code: "micro",
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
  },
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
  allocation: CN_DEFAULT_ORDER,
  bandEdges: [1, 31, 61, 91],
  strategy: "ladder",
};
const FED: Product = { ...PRODUCT, source: "fed" };

/** 1,000.00 in five installments of 200.00, at 0.05 % a day: due on the 10th of January to May 2026. */
const BOOKED: LoanBooked = {
  kind: "LoanBooked",
  on: day("2026-01-01"),
  id: "L1",
  product: 1,
  principal: 100_000 as Minor,
  rateE8: 50_000,
  disbursedOn: day("2025-12-10"),
  firstDueOn: day("2026-01-10"),
  installments: 5,
  reach: 0,
};

const context = { at: "", id: "e", decimals: 2, ratePer: "day", disbursedOn: BOOKED.disbursedOn } as const;

function wishOf(event: Json): RecordedFact {
  const read = readEvent(event, context);
  if (!read.ok) throw new Error(read.refusal.says);
  return read.value;
}

const asked = (event: Json, before: readonly Json[] = [], today = "2026-03-01", product = PRODUCT) =>
  decide(wishOf(event), { facts: [BOOKED, ...before.map(wishOf)], product, today: day(today) });

const codeOf = (...args: Parameters<typeof asked>): string => {
  const decided = asked(...args);
  return decided.ok
    ? (decided.value.notes[0]?.code ?? (decided.value.known ? "known" : "ok"))
    : decided.refusal.code;
};

const paidOff = { kind: "payment", id: "all", on: "2026-01-05", amount: "2000.00" };
const late = { kind: "charge", id: "c1", on: "2026-02-01", amount: "30.00", charge: "fee" };

describe("a wish is refused for the first reason found", () => {
  test.each<[string, Json, Json[], string]>([
    ["on a day to come", { kind: "payment", on: "2026-03-02", amount: "1.00" }, [], "future-day"],
    ["on the open day", { kind: "payment", on: "2026-03-01", amount: "1.00" }, [], "ok"],
    ["the same id and content", late, [late], "known"],
    ["the same id, another amount", { ...late, amount: "31.00" }, [late], "differs-from-accepted"],
    [
      "the same id, another kind",
      { kind: "payment", id: "c1", on: "2026-02-01", amount: "30.00" },
      [late],
      "differs-from-accepted",
    ],
    [
      "the same content, reversed since",
      late,
      [late, { kind: "reversal", of: "c1", on: "2026-02-02" }],
      "reversed-since",
    ],
    ["an id of the books' own", { ...late, id: "late-fee/1" }, [], "reserved-id"],
    [
      "a payment of a closed loan",
      { kind: "payment", on: "2026-02-01", amount: "1.00" },
      [paidOff],
      "loan-closed",
    ],
    ["a refund of a closed loan", { kind: "refund", on: "2026-02-01", amount: "1.00" }, [paidOff], "ok"],
    ["a charge on a closed loan", late, [paidOff], "opens-again"],
    [
      "a plan for a closed loan",
      { kind: "deferral", on: "2026-02-01", firstDueOn: "2026-04-01" },
      [paidOff],
      "loan-closed",
    ],
    [
      "a waiver on an assigned loan",
      { kind: "waiver", claim: "principal", on: "2026-02-01", amount: "1.00" },
      [{ kind: "assignment", id: "a", on: "2026-01-20", to: "B" }],
      "loan-assigned",
    ],
    ["an entry that is not there", { kind: "reversal", of: "p", on: "2026-02-01" }, [], "no-such-entry"],
    [
      "an entry reversed before",
      { kind: "reversal", of: "c1", on: "2026-02-03", reason: "again" },
      [late, { kind: "reversal", of: "c1", on: "2026-02-02" }],
      "already-reversed",
    ],
    [
      "the same reversal",
      { kind: "reversal", of: "c1", on: "2026-02-03" },
      [late, { kind: "reversal", of: "c1", on: "2026-02-02" }],
      "known",
    ],
    [
      "a waiver of what is not owed",
      { kind: "waiver", claim: "fee", on: "2026-02-01", amount: "1.00" },
      [],
      "nothing-owed",
    ],
    [
      "a waiver of all that is owed",
      { kind: "waiver", claim: "fee", on: "2026-02-01", amount: "30.00" },
      [late],
      "ok",
    ],
    [
      "a waiver above what is owed",
      { kind: "waiver", claim: "fee", on: "2026-02-01", amount: "30.01" },
      [late],
      "more-than-owed",
    ],
    [
      "a settlement above what is owed",
      { kind: "settlement", on: "2026-02-01", amount: "1500.00", by: "2026-02-10" },
      [],
      "more-than-owed",
    ],
    [
      "a settlement below it",
      { kind: "settlement", on: "2026-02-01", amount: "500.00", by: "2026-02-10" },
      [],
      "ok",
    ],
    ["a refund of nothing", { kind: "refund", on: "2026-02-01", amount: "0.01" }, [], "more-than-unapplied"],
    ["a resume without a pause", { kind: "resume", on: "2026-02-01" }, [], "not-paused"],
    [
      "a resume of a pause",
      { kind: "resume", on: "2026-02-01" },
      [{ kind: "pause", id: "s", on: "2026-01-20" }],
      "ok",
    ],
    ["an acceleration with something to come", { kind: "acceleration", on: "2026-02-20" }, [], "ok"],
    [
      "a second acceleration",
      { kind: "acceleration", on: "2026-02-21" },
      [{ kind: "acceleration", id: "x", on: "2026-02-20" }],
      "nothing-to-come",
    ],
    [
      "a second write-off",
      { kind: "write-off", on: "2026-02-21" },
      [{ kind: "write-off", id: "x", on: "2026-02-20" }],
      "already-written-off",
    ],
    ["lifting no hold", { kind: "lift", hold: "dispute", on: "2026-02-01" }, [], "no-such-hold"],
    [
      "lifting a hold",
      { kind: "lift", hold: "dispute", on: "2026-02-01" },
      [{ kind: "hold", hold: "dispute", on: "2026-01-20" }],
      "ok",
    ],
    [
      "lifting a hold that has run out",
      { kind: "lift", hold: "dispute", on: "2026-02-01" },
      [{ kind: "hold", hold: "dispute", on: "2026-01-20", until: "2026-01-31" }],
      "no-such-hold",
    ],
  ])("%s", (_, event, before, code) => {
    expect(codeOf(event, before)).toBe(code);
  });

  test("how much is owed is said", () => {
    const decided = asked({ kind: "waiver", claim: "fee", on: "2026-02-01", amount: "30.01" }, [late]);
    expect(decided).toMatchObject({ ok: false, refusal: { at: "amount" } });
    expect(!decided.ok && decided.refusal.says).toContain("30.00 of fee is owed on 2026-02-01");
  });

  test("a fed loan takes holds and nothing that moves money", () => {
    expect(codeOf({ kind: "payment", on: "2026-02-01", amount: "1.00" }, [], "2026-03-01", FED)).toBe(
      "fed-loan",
    );
    expect(codeOf({ kind: "hold", hold: "dispute", on: "2026-02-01" }, [], "2026-03-01", FED)).toBe("ok");
  });

  test("an extension after the last due day is allowed, and the article is named", () => {
    const extension = { kind: "extension", firstDueOn: "2026-08-10", installments: 3 };
    expect(codeOf({ ...extension, on: "2026-05-10" }, [], "2026-06-01")).toBe("ok");
    expect(codeOf({ ...extension, on: "2026-05-11" }, [], "2026-06-01")).toBe("term-has-ended");
  });

  test("facts that no reader lets through are refused all the same", () => {
    const of = (fact: object) =>
      decide({ on: BOOKED.on, id: "x", valueOn: BOOKED.on, ...fact } as RecordedFact, {
        facts: [BOOKED],
        product: PRODUCT,
        today: day("2026-03-01"),
      });
    const replan = { kind: "PlanReplaced", how: "deferral", interest: "carry", late: "keep" };
    expect(of({ kind: "ChargeAdded", amount: 0, charge: "fee" })).toMatchObject({
      refusal: { code: "zero" },
    });
    expect(of({ kind: "PaymentReceived", amount: -1 })).toMatchObject({ refusal: { code: "negative" } });
    expect(
      of({ kind: "JudgmentEntered", principal: -1, interest: 0, costs: 0, performBy: BOOKED.on }),
    ).toMatchObject({
      refusal: { code: "negative", at: "principal" },
    });
    expect(of({ ...replan, firstDueOn: BOOKED.on })).toMatchObject({ refusal: { code: "order-of-days" } });
    expect(of({ ...replan, firstDueOn: BOOKED.on + 1, installments: 0 })).toMatchObject({
      refusal: { code: "no-installments" },
    });
    expect(of({ kind: "SettlementAgreed", amount: 5, by: BOOKED.on - 1 })).toMatchObject({
      refusal: { code: "order-of-days" },
    });
    expect(of({ kind: "PaymentReceived", amount: 5, valueOn: day("2025-12-09") })).toMatchObject({
      refusal: { code: "before-payout" },
    });
  });

  test("a payment that the bank takes back can be reversed though a refund was made from it", () => {
    // What went back beyond what is held is owed again, as the ledger says of refunds.
    const refund = { kind: "refund", id: "back", on: "2026-01-08", amount: "100.00" };
    expect(codeOf({ kind: "reversal", of: "all", on: "2026-01-20" }, [paidOff, refund])).toBe("ok");
  });
});

const START = day("2025-12-10");
const money = fc.integer({ min: 1, max: 150_000 }).map((amount) => formatMoney(amount as Minor));
const dayText = fc.integer({ min: 0, max: 200 }).map((n) => formatDay(addDays(START, n)));
const anyEvent: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("payment"), amount: money }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("reversal"),
      of: fc.integer({ min: 0, max: 25 }).map((n) => `e${n}`),
    }),
  },
  fc.record({
    kind: fc.constant("charge"),
    amount: money,
    charge: fc.constantFrom("fee", "penalty", "recovery-cost"),
  }),
  fc.record({
    kind: fc.constant("waiver"),
    amount: fc.constantFrom("0.01", "1.00", "40.00", "300.00"),
    claim: fc.constantFrom("late-interest", "penalty", "fee", "interest", "principal"),
  }),
  fc.record({ kind: fc.constant("pause"), lateInterest: fc.constantFrom("runs", "stops") }),
  fc.record({ kind: fc.constantFrom("resume", "acceleration", "write-off") }),
  fc.record({ kind: fc.constant("assignment"), to: fc.constant("another") }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("refund"), amount: money }) },
  fc.record({ kind: fc.constant("settlement"), amount: money, by: dayText }),
  fc.record({ kind: fc.constant("judgment"), principal: money, costs: money, performBy: dayText }),
  fc.record(
    {
      kind: fc.constantFrom("deferral", "extension", "restructure", "re-age"),
      firstDueOn: dayText,
      installments: fc.integer({ min: 1, max: 8 }),
      interest: fc.constantFrom("carry", "capitalise", "waive"),
      late: fc.constantFrom("keep", "capitalise", "waive"),
    },
    { requiredKeys: ["kind", "firstDueOn"] },
  ),
);
const story = fc.array(
  fc.record({
    event: anyEvent,
    on: fc.integer({ min: 0, max: 160 }),
    behind: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 25 },
);
const products = fc.constantFrom<Product>(
  PRODUCT,
  { ...PRODUCT, lateFee: { afterDays: 3, fee: { amount: 500 as Minor } }, grace: { days: 5, free: false } },
  { ...PRODUCT, allocation: { ...CN_DEFAULT_ORDER, inAdvance: "reamortise" } },
  {
    ...PRODUCT,
    dpd: { since: "unbroken-arrears" },
    terms: { ...PRODUCT.terms, method: "equal-installment" },
  },
);

describe("what is allowed can be counted", () => {
  test("a fact that was allowed never makes the fold throw, on any day on which it is read", () => {
    let allowed = 0;
    fc.assert(
      fc.property(products, story, (product, wishes) => {
        const facts: Fact[] = [BOOKED];
        const inOrder = [...wishes].sort((a, b) => a.on - b.on);
        for (const [i, { event, on, behind }] of inOrder.entries()) {
          const today = addDays(START, 22 + on);
          const valueOn = Math.max(START, today - behind) as Day;
          const written = { ...event, id: `e${i}`, on: formatDay(valueOn), bookedOn: formatDay(today) };
          if (event.kind === "reversal") Object.assign(written, { on: formatDay(today) });
          const read = readEvent(written, context);
          if (!read.ok) continue;
          const decided = decide(read.value, { facts, product, today });
          if (!decided.ok || decided.value.known) continue;
          allowed += 1;
          facts.push(decided.value.fact);
          for (const asOf of [valueOn, today, addDays(today, 90)])
            booksFromFacts(facts, () => product, { asOf });
        }
        const ordered = inBookedOrder(facts);
        for (let i = 1; i <= ordered.length; i++)
          replay({ bucket: 0, n: 0 }, ordered.slice(0, i), () => product);
      }),
      { numRuns: 300 },
    );
    expect(allowed).toBeGreaterThan(300);
  });
});
