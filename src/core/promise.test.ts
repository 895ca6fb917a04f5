import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CN_DEFAULT_ORDER } from "./allocation.ts";
import { addDays, type Day, day } from "./calendar.ts";
import { decide } from "./decide.ts";
import { eventOfTexts, type RecordedFact, readEvent } from "./events.ts";
import type { Fact, LoanBooked } from "./facts.ts";
import { replay } from "./loan.ts";
import { type Minor, minor } from "./money.ts";
import type { Product } from "./product.ts";
import { type PromiseMade, promiseOn, reminderKey, reminderOf, remindOn } from "./promise.ts";

const product: Product = {
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
    rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
  },
  allocation: CN_DEFAULT_ORDER,
  bandEdges: [1, 31, 61, 91],
  strategy: "none",
};
const booked: LoanBooked = {
  kind: "LoanBooked",
  on: day("2026-01-01"),
  id: "L1",
  product: 1,
  principal: minor(300_000),
  rateE8: 50_000,
  disbursedOn: day("2026-01-01"),
  firstDueOn: day("2026-02-01"),
  installments: 3,
  reach: 0,
};
const KEY = { bucket: 1, n: 4097 };
const TODAY = day("2026-02-11");

/** What a person would write at a terminal or in a row of a file. */
function wish(texts: Record<string, string>): RecordedFact {
  const read = readEvent(eventOfTexts(Object.entries({ kind: "promise", on: "2026-02-11", ...texts })), {
    at: "",
    id: "A",
    decimals: 2,
    ratePer: "day",
    disbursedOn: booked.disbursedOn,
  });
  if (!read.ok) throw new Error(`${read.refusal.code}: ${read.refusal.says}`);
  return read.value;
}

const asked = (fact: RecordedFact, before: readonly Fact[] = [], of: Product = product) =>
  decide(fact, { facts: [booked, ...before], product: of, today: TODAY });
const codeOf = (result: ReturnType<typeof asked>): string =>
  result.ok ? (result.value.known ? "known" : "taken") : result.refusal.code;

describe("a promise, when it is taken,", () => {
  test.each<[string, Record<string, string>, string]>([
    ["for today", { amount: "500.00", by: "2026-02-11" }, "taken"],
    ["for the last day that the product allows", { amount: "500.00", by: "2026-03-13" }, "taken"],
    ["for a day later", { amount: "500.00", by: "2026-03-14" }, "too-far-ahead"],
    // 3,000.00 + 46.50 of January + ten days of the second period on its planned balance, 2,000.00: 10.00.
    ["of all that is owed on its last day", { amount: "3056.50", by: "2026-02-11" }, "taken"],
    ["of a cent more", { amount: "3056.51", by: "2026-02-11" }, "more-than-owed"],
    ["in two parts", { parts: "2026-02-15 300.00; 2026-02-20 200.00" }, "taken"],
    [
      "of more in its parts than is owed",
      { parts: "2026-02-15 3000.00; 2026-02-20 200.00" },
      "more-than-owed",
    ],
  ])("%s is %j: %s", (_, texts, code) => {
    expect(codeOf(asked(wish(texts)))).toBe(code);
  });

  test.each<[string, Record<string, string>, string]>([
    ["a day that is past", { amount: "500.00", by: "2026-02-10" }, "order-of-days"],
    ["a day twice", { parts: "2026-02-15 1.00; 2026-02-15 2.00" }, "order-of-days"],
    ["days in disorder", { parts: "2026-02-20 1.00; 2026-02-15 2.00" }, "order-of-days"],
    ["no sum", { amount: "0.00", by: "2026-02-15" }, "not-an-amount"],
    ["less than nothing", { amount: "-5.00", by: "2026-02-15" }, "not-an-amount"],
    ["neither sum nor parts", {}, "not-a-day"],
    ["both", { amount: "5.00", parts: "2026-02-15 1.00" }, "either-or"],
    ["parts that cannot be read", { parts: "2026-02-15: 1.00" }, "not-a-day"],
    [
      "thirteen parts",
      { parts: Array.from({ length: 13 }, (_, i) => `2026-03-${i + 10} 1.00`).join(";") },
      "not-in-range",
    ],
  ])("with %s is refused", (_, texts, code) => {
    expect(() => wish(texts)).toThrow(code);
  });

  test("a product's own limit stands in the place of the usual one", () => {
    const week: Product = { ...product, promises: { withinDays: 7 } };
    expect(codeOf(asked(wish({ amount: "1.00", by: "2026-02-18" }), [], week))).toBe("taken");
    expect(codeOf(asked(wish({ amount: "1.00", by: "2026-02-19" }), [], week))).toBe("too-far-ahead");
  });

  test("a second one is refused while the first is waited for, unless it replaces it", () => {
    const first = wish({ amount: "500.00", by: "2026-02-15" });
    const other = (texts: Record<string, string> = {}) =>
      ({ ...wish({ amount: "400.00", by: "2026-02-20", ...texts }), id: "B" }) as RecordedFact;
    expect(codeOf(asked(first, [first]))).toBe("known");
    expect(codeOf(asked({ ...other(), id: "A" } as RecordedFact, [first]))).toBe("differs-from-accepted");
    expect(codeOf(asked(other(), [first]))).toBe("promise-open");
    expect(codeOf(asked(other({ replaces: "A" }), [first]))).toBe("taken");
    expect(codeOf(asked(other({ replaces: "C" }), [first]))).toBe("no-such-promise");
    const withdrawn = wish({ kind: "promise-withdrawal", of: "A", reason: "misheard" });
    expect(codeOf(asked(withdrawn, [first]))).toBe("taken");
    expect(codeOf(asked(withdrawn, []))).toBe("no-such-promise");
    expect(codeOf(asked(other(), [first, withdrawn]))).toBe("taken");
  });

  test("nothing can be promised on a loan on which nothing is owed", () => {
    const paid: Fact = {
      kind: "PaymentReceived",
      on: TODAY,
      id: "P",
      amount: minor(305_650),
      valueOn: TODAY,
    };
    expect(codeOf(asked(wish({ amount: "1.00", by: "2026-02-15" }), [paid]))).toBe("nothing-owed");
  });

  test("it can be taken on a fed loan, up to what is reported", () => {
    const fed: Product = { ...product, source: "fed" };
    const report: Fact = {
      kind: "BalanceReported",
      on: day("2026-02-10"),
      asOf: day("2026-02-10"),
      status: "open",
      principal: minor(200_000),
      interestPaid: minor(0),
      arrears: minor(50_000),
      charges: minor(100),
      dueOn: day("2026-02-01"),
    };
    expect(codeOf(asked(wish({ amount: "2001.00", by: "2026-02-15" }), [report], fed))).toBe("taken");
    expect(codeOf(asked(wish({ amount: "2001.01", by: "2026-02-15" }), [report], fed))).toBe(
      "more-than-owed",
    );
  });
});

describe("what became of a promise", () => {
  const made: PromiseMade = {
    kind: "PromiseMade",
    on: TODAY,
    id: "A",
    valueOn: TODAY,
    parts: [
      { on: day("2026-02-15"), amount: minor(30_000) },
      { on: day("2026-02-25"), amount: minor(20_000) },
    ],
  };

  /** By the rule as it is written: sum what stands, of its days, and compare. Knows nothing of the fold. */
  function byHand(payments: readonly { valueOn: Day; amount: number; reversed: boolean }[], on: Day): string {
    const counted = payments.filter(({ reversed, valueOn }) => !reversed && valueOn >= TODAY);
    const by = (last: Day) => counted.reduce((sum, p) => sum + (p.valueOn <= last ? p.amount : 0), 0);
    const [first, second] = [by(day("2026-02-15")) >= 30_000, by(day("2026-02-25")) >= 50_000];
    if (first && second) return "kept";
    if ((!first && on > day("2026-02-15")) || (!second && on > day("2026-02-25"))) return "broken";
    return "open";
  }

  test("is the same in whatever order its payments and reversals arrive", () => {
    const payments = fc.array(
      fc.record({
        valueOn: fc.integer({ min: -5, max: 20 }).map((days) => addDays(TODAY, days)),
        amount: fc.integer({ min: 1, max: 40_000 }),
        reversed: fc.boolean(),
        late: fc.integer({ min: 0, max: 15 }),
        undone: fc.integer({ min: 0, max: 10 }),
      }),
      { maxLength: 7 },
    );
    fc.assert(
      fc.property(payments, fc.integer({ min: 0, max: 30 }), (all, after) => {
        const later = all.flatMap((payment, i): Fact[] => {
          const on = Math.max(TODAY, payment.valueOn + payment.late) as Day;
          const { valueOn } = payment;
          const came: Fact = {
            kind: "PaymentReceived",
            on,
            id: `P${i}`,
            amount: minor(payment.amount),
            valueOn,
          };
          const undone: Fact = {
            kind: "EntryReversed",
            on: addDays(on, payment.undone),
            id: `P${i}`,
            reason: "",
          };
          return payment.reversed ? [came, undone] : [came];
        });
        const on = addDays(TODAY, after);
        for (const facts of [later, [...later].sort((a, b) => a.on - b.on)]) {
          const loan = replay(KEY, [booked, made, ...facts], () => product)!;
          const promise = loan.extra!.promises![0]!;
          // A loan that is paid off is the one case in which a promise that was not kept is not broken.
          if (loan.status !== "open") continue;
          expect(promiseOn(promise, loan, product, on).status).toBe(byHand(all, on));
        }
      }),
      { numRuns: 400 },
    );
  });

  test("a tolerance never asks for less than it says: a share of an odd sum is rounded up", () => {
    const odd: PromiseMade = { ...made, parts: [{ on: day("2026-02-15"), amount: minor(101) }] };
    const lenient: Product = { ...product, promises: { keptFromPercent: 95 } };
    const statusAfter = (amount: number): string => {
      const paid: Fact = {
        kind: "PaymentReceived",
        on: TODAY,
        id: "P",
        amount: amount as Minor,
        valueOn: TODAY,
      };
      const loan = replay(KEY, [booked, odd, paid], () => lenient)!;
      return promiseOn(loan.extra!.promises![0]!, loan, lenient, day("2026-02-16")).status;
    };
    // 95 % of 1.01 is 0.9595.
    expect([statusAfter(95), statusAfter(96)]).toEqual(["broken", "kept"]);
  });

  test("who promised today for tomorrow is not reminded tomorrow's eve, which is today", () => {
    const remind: Product = { ...product, promises: { remindDays: 1 } };
    const loan = (on: string) =>
      replay(KEY, [booked, { ...made, parts: [{ on: day(on), amount: minor(1) }] }], () => remind)!;
    expect(remindOn(loan("2026-02-12").extra!.promises![0]!, 0, remind)).toBeUndefined();
    expect(remindOn(loan("2026-02-13").extra!.promises![0]!, 0, remind)).toBe(day("2026-02-12"));
  });

  test("a reminder's name says its promise and part, whatever the promise is called", () => {
    for (const id of ["A", "P-1@x/2", "承诺 1", "a\nb"])
      expect(reminderOf(reminderKey(id, 3))).toEqual({ id, part: 3 });
    expect(reminderOf("early/send-overdue@1")).toBeUndefined();
  });
});
