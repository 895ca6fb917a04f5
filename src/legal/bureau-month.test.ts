import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bureauRule } from "../../packs/cn/index.ts";
import { loadPack } from "../../packs/load.ts";
import { PRODUCT } from "../../test/support/product.ts";
import {
  addDays,
  type BureauFact,
  day,
  type Fact,
  formatMoney,
  type LoanBooked,
  type Minor,
  type Product,
  parseMoney,
  replay,
} from "../core/index.ts";
import { firstDayOf, lastDayOf, parseMonth } from "./bureau.ts";
import { type MonthEntry, marksOf, monthEndOf, monthFromFacts, monthFromRow } from "./bureau-month.ts";

const pack = loadPack("cn");
const KEY = { bucket: 7, n: 4097 };
const money = (text: string): Minor => parseMoney(text)!;
const kept: Product = {
  ...PRODUCT,
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
};
const fed: Product = { ...PRODUCT, source: "fed" };

/**
 * 3,000.00 paid out on 2026-01-10 in three months at 0.05 % a day. Due, by hand: 10 February 1,000.00 + 3,000.00 x 0.05 % x 31 days =
 * 1,046.50; 10 March 1,000.00 + 2,000.00 x 0.05 % x 28 = 1,028.00; 10 April 1,015.50.
 */
const booked: LoanBooked = {
  kind: "LoanBooked",
  on: day("2026-01-10"),
  product: 1,
  id: "L-1",
  principal: money("3000.00"),
  rateE8: 50_000,
  disbursedOn: day("2026-01-10"),
  firstDueOn: day("2026-02-10"),
  installments: 3,
  reach: 3,
};
const paid = (valueOn: string, amount: string, on = valueOn): Fact => ({
  kind: "PaymentReceived",
  on: day(on),
  id: `p ${valueOn} ${amount}`,
  amount: money(amount),
  valueOn: day(valueOn),
});

const endOf = (month: string) => {
  const rule = bureauRule(pack, lastDayOf(parseMonth(month)!));
  if (!rule.ok) throw new Error(rule.refusal.says);
  return monthEndOf(parseMonth(month)!, rule.value);
};
const entry = (month: string, facts: readonly Fact[], product = kept, marks = new Set<string>()) =>
  monthFromFacts({ key: KEY, facts: [booked, ...facts], product, marks }, endOf(month));
const codes = (months: readonly string[], facts: readonly Fact[], product = kept): string =>
  months.map((month) => entry(month, facts, product)?.code ?? ".").join("");
const SPRING = ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"];

describe("the months of a loan", () => {
  test("paid as due: nothing due, as due, as due, settled, and then nothing more", () => {
    const facts = [
      paid("2026-02-10", "1046.50"),
      paid("2026-03-10", "1028.00"),
      paid("2026-04-10", "1015.50"),
    ];
    expect(codes(SPRING, facts)).toBe(".*NNC.");
  });

  test("a day late is M, and a day late over the month's end is 1 and then M", () => {
    expect(codes(["2026-02"], [paid("2026-02-10", "1046.50")])).toBe("N");
    // One day of late interest on 1,000.00 at 0.075 %: 0.75.
    expect(codes(["2026-02"], [paid("2026-02-11", "1047.25")])).toBe("M");
    expect(codes(["2026-02"], [paid("2026-02-28", "1060.00")])).toBe("M");
    expect(codes(["2026-02", "2026-03"], [paid("2026-03-01", "1060.75")])).toBe("11");
    expect(
      codes(["2026-02", "2026-03"], [paid("2026-03-01", "1060.75"), paid("2026-03-10", "1028.00")]),
    ).toBe("1M");
  });

  test("nothing paid: 18 days at the end of February, 49 in March, 79 in April, 110 in May", () => {
    const months = ["2026-02", "2026-03", "2026-04", "2026-05"];
    expect(months.map((month) => [entry(month, [])?.code, entry(month, [])?.dpd])).toEqual([
      ["1", 18],
      ["2", 49],
      ["3", 79],
      ["4", 110],
    ]);
    expect(entry("2026-02", [])).toMatchObject({ class: "special-mention", dueAge: 18 });
    expect(entry("2026-05", [])?.class).toBe("substandard");
    // 1,046.50 and 18 days of late interest on 1,000.00: 13.50.
    expect(formatMoney(entry("2026-02", [])!.pastDue)).toBe("1060.00");
    expect(formatMoney(entry("2026-02", [])!.outstanding)).toBe("3000.00");
  });

  test("what is booked after the month's end changes nothing of it, what is booked in it counts from its value day", () => {
    const late = paid("2026-02-10", "1046.50", "2026-03-02");
    expect(codes(["2026-02"], [late])).toBe("1");
    expect(codes(["2026-03"], [late, paid("2026-03-10", "1028.00")])).toBe("N");
  });

  test("a returned debit makes the month late again, and a settled loan open", () => {
    const facts = [
      paid("2026-02-10", "1046.50"),
      paid("2026-03-10", "1028.00"),
      paid("2026-04-10", "1015.50"),
    ];
    const returned: Fact = {
      kind: "EntryReversed",
      on: day("2026-05-04"),
      id: "p 2026-04-10 1015.50",
      reason: "returned",
    };
    expect(codes(["2026-04", "2026-05"], [...facts, returned])).toBe("C2");
  });

  test("paid off early it is C with the special transaction, written off B, sold G", () => {
    const early = entry("2026-02", [paid("2026-02-10", "3046.50")]);
    expect(early).toMatchObject({ code: "C", special: ["early-payoff"], outstanding: 0, pastDue: 0 });
    const off: Fact = {
      kind: "WrittenOff",
      on: day("2026-05-20"),
      id: "w",
      valueOn: day("2026-05-20"),
      lateInterest: "runs",
    };
    expect(codes(["2026-05", "2026-06"], [off])).toBe("BB");
    const sold: Fact = {
      kind: "LoanAssigned",
      on: day("2026-05-20"),
      id: "a",
      valueOn: day("2026-05-20"),
      to: "another",
    };
    expect(entry("2026-05", [sold])).toMatchObject({ code: "G", special: ["assigned"] });
    expect(entry("2026-06", [sold])).toBeUndefined();
  });

  test("a fed loan is told by what was reported of it", () => {
    const report = (asOf: string, arrears: string, dueOn: string | null): Fact => ({
      kind: "BalanceReported",
      on: day(asOf),
      asOf: day(asOf),
      status: "open",
      principal: money("2000.00"),
      interestPaid: money("0.00"),
      arrears: money(arrears),
      charges: money("0.00"),
      dueOn: dueOn === null ? null : day(dueOn),
    });
    const facts = [
      report("2026-02-12", "1046.50", "2026-02-10"),
      report("2026-02-14", "0.00", "2026-03-10"),
      report("2026-03-20", "1028.00", "2026-03-10"),
      report("2026-04-02", "0.00", "2026-04-10"),
    ];
    // At the end of April the due day reported last, 10 April, is past and nobody has said that it is paid.
    expect(codes(["2026-02", "2026-03", "2026-04"], facts, fed)).toBe("M11");
    expect(codes(["2026-04"], [...facts, report("2026-04-10", "0.00", null)], fed)).toBe("M");
  });
});

describe("marks", () => {
  const mark = (id: string, which: "guarantor" | "bad-debt", on: string, dated = on): BureauFact => ({
    kind: "BureauMarked",
    on: day(on),
    at: 0,
    id,
    debt: "L-1",
    by: "mei",
    mark: which,
    dated: day(dated),
    reason: "told by the branch",
  });
  const lifted: BureauFact = {
    kind: "BureauMarkReversed",
    on: day("2026-05-02"),
    at: 0,
    id: "r",
    debt: "L-1",
    by: "mei",
    of: "m2",
    reason: "a mistake",
  };
  const facts = [
    mark("m1", "guarantor", "2026-03-05", "2026-02-27"),
    mark("m2", "bad-debt", "2026-04-02"),
    lifted,
  ];
  const of = (month: string) => [...marksOf(facts, "L-1", endOf(month))];

  test("a payment by a guarantor is of its month, as far as it was booked by the end of it", () => {
    expect(of("2026-02")).toEqual([]);
    expect([...marksOf([mark("m1", "guarantor", "2026-02-27")], "L-1", endOf("2026-02"))]).toEqual([
      "guarantor",
    ]);
    expect([...marksOf([mark("m1", "guarantor", "2026-02-27")], "L-1", endOf("2026-03"))]).toEqual([]);
  });

  test("bad debt lasts until it is taken back", () => {
    expect([of("2026-03"), of("2026-04"), of("2026-05")]).toEqual([[], ["bad-debt"], []]);
    expect(entry("2026-04", [], kept, new Set(of("2026-04")))?.code).toBe("B");
  });
});

// --- the row says what the facts say -----------------------------------------------------------------------------------------

const products: readonly Product[] = [
  kept,
  { ...kept, lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal+interest" } },
  { ...kept, allocation: { by: "installment", order: ["past-due.principal", "past-due.interest"] } },
  PRODUCT,
  { ...kept, grace: { days: 3, free: true } },
  { ...kept, grace: { days: 3, free: false }, dpd: { grace: "waits" } },
  { ...kept, dpd: { tolerance: money("5.00") } },
  { ...kept, terms: { ...kept.terms, method: "bullet" } },
  { ...kept, terms: { ...kept.terms, every: { weeks: 2 } } },
  { ...kept, terms: { ...kept.terms, method: "interest-only" } },
];

/** A life of half a year: payments of every size, some booked late, some reversed, a write-off now and then. */
const lives = fc.record({
  product: fc.constantFrom(kept, kept, kept, kept, ...products),
  events: fc.array(
    fc.record({
      day: fc.oneof(fc.constantFrom(31, 32, 33, 59, 60, 61, 90, 91), fc.integer({ min: 1, max: 200 })),
      delay: fc.constantFrom(0, 0, 0, 0, 2, 20),
      amount: fc.constantFrom(
        "1046.50",
        "1028.00",
        "1015.50",
        "1047.25",
        "1060.00",
        "1100.00",
        "500.00",
        "3100.00",
      ),
      what: fc.constantFrom("pay", "pay", "pay", "pay", "pay", "reverse", "fee", "write-off", "hold"),
    }),
    { maxLength: 7 },
  ),
});
type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never;

/** The facts in the order in which they are booked, with the end that a close would write. */
function factsOf({ product, events }: Life): Fact[] {
  const wished = events
    .map(({ day: n, delay, amount, what }, i) => {
      const valueOn = addDays(booked.disbursedOn, n);
      return { on: addDays(valueOn, delay), valueOn, amount: money(amount), what, id: `e${i}` };
    })
    .sort((a, b) => a.on - b.on);
  const facts: Fact[] = [booked];
  let ended = false;
  let lastPaid: string | undefined;
  for (const { on, valueOn, amount, what, id } of wished) {
    const fact: Fact | undefined =
      what === "pay"
        ? { kind: "PaymentReceived", on, id, amount, valueOn }
        : what === "reverse"
          ? lastPaid === undefined
            ? undefined
            : { kind: "EntryReversed", on, id: lastPaid, reason: "returned" }
          : what === "fee"
            ? { kind: "ChargeAdded", on, id, valueOn, charge: "fee", amount: money("3.00"), reason: "x" }
            : what === "write-off"
              ? { kind: "WrittenOff", on, id, valueOn, lateInterest: "runs" }
              : { kind: "HoldPlaced", on, hold: "dispute", until: null };
    if (!fact) continue;
    lastPaid = fact.kind === "PaymentReceived" ? id : what === "reverse" ? undefined : lastPaid;
    facts.push(fact);
    const { status } = replay(KEY, facts, () => product)!;
    const over = status !== "open" && status !== "written-off";
    if (over && !ended) facts.push({ kind: "LoanEnded", on, how: status as "paid-off" });
    ended = over;
  }
  return facts;
}

const MONTHS = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07"];

describe("a month from the row", () => {
  test("is the month from the facts, wherever the row is enough", () => {
    let byRow = 0;
    let late = 0;
    fc.assert(
      fc.property(lives, (life) => {
        const facts = factsOf(life);
        let before: MonthEntry | undefined;
        for (const month of MONTHS) {
          const end = endOf(month);
          const known = facts.filter(({ on }) => on <= end.last);
          const loan = replay(KEY, known, () => life.product)!;
          const truth = monthFromFacts({ key: KEY, facts, product: life.product, marks: new Set() }, end);
          const inMonth = (kind: Fact["kind"]) =>
            known.some((fact) => fact.kind === kind && fact.on >= firstDayOf(parseMonth(month)!));
          // The pass asks the journal of every loan to which something was reversed in the month.
          if (!inMonth("EntryReversed")) {
            const row = monthFromRow(loan, life.product, end, { before, endedNow: inMonth("LoanEnded") });
            if (row !== "journal") {
              expect({ month, row }).toEqual({ month, row: truth });
              byRow += 1;
              if (truth?.code === "M") late += 1;
            }
          }
          before = truth;
        }
      }),
      { numRuns: 120, seed: 4711 },
    );
    // Else the property would hold of nothing.
    expect(byRow).toBeGreaterThan(200);
    expect(late).toBeGreaterThan(1);
  });

  test("hangs on nothing that was booked after the month", () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: MONTHS.length - 1 }), (life, i) => {
        const end = endOf(MONTHS[i]!);
        const facts = factsOf(life);
        const of = (some: readonly Fact[]) =>
          monthFromFacts({ key: KEY, facts: some, product: life.product, marks: new Set() }, end);
        expect(of(facts)).toEqual(of(facts.filter(({ on }) => on <= end.last)));
      }),
      { numRuns: 60 },
    );
  });

  test("asks for the journal where a row cannot tell whether something was late", () => {
    const facts = [booked, paid("2026-02-15", "1050.25")];
    const loan = replay(KEY, facts, () => kept)!;
    const asked = monthFromRow(loan, kept, endOf("2026-02"), { before: undefined, endedNow: false });
    expect(asked).toBe("journal");
    const before = monthFromFacts({ key: KEY, facts, product: kept, marks: new Set() }, endOf("2026-01"));
    expect(monthFromRow(loan, kept, endOf("2026-02"), { before, endedNow: false })).toMatchObject({
      code: "M",
    });
  });
});
