import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, day, formatMoney, minor, parseRate } from "../core/index.ts";
import { type DelayInterestRule, delayInterest } from "./delay-interest.ts";
import { exactText } from "./exact.ts";
import type { Source } from "./source.ts";

const source: Source = {
  param: "test",
  cite: { law: "x", at: "1", quote: "x" },
  force: "law",
  verification: "verified",
};
const rule = (dayCount: DelayInterestRule["dayCount"] = "exclusive-start"): DelayInterestRule => ({
  rate: parseRate("0.0175", "day")!,
  dayCount,
  sources: { rate: source, dayCount: source, order: source },
});
const from = day("2026-01-01");

describe("payments during the delay", () => {
  // 10,000 at 0.05 % a day for 10 days = 50.00 of general interest; 1,050.00 pay it and 1,000.00 of the debt.
  // Ten more days on 9,000: 45.00. Doubled: 1,000 x 0.000175 x 10 = 1.75; 9,000 x 0.000175 x 20 = 31.50.
  test("go to the general interest first, then to the debt", () => {
    const found = delayInterest(
      {
        debt: minor(1_000_000),
        from,
        to: addDays(from, 20),
        payments: [{ on: addDays(from, 10), amount: minor(105_000) }],
        generalRate: parseRate("0.05", "day")!,
      },
      rule(),
    );
    expect(found).toMatchObject({
      ok: true,
      value: {
        general: 9_500,
        doubled: 3_325,
        left: { debt: 900_000, general: 4_500, doubled: 3_325 },
        steps: [
          { part: 100_000, days: 10, doubled: "1.75", general: "5.00", paid: true },
          { part: 900_000, days: 20, doubled: "31.50", general: "90.00", paid: false },
        ],
      },
    });
  });

  test("outside the two days are refused, and so are two days in the wrong order", () => {
    const asked = { debt: minor(1), from, to: addDays(from, 5) };
    for (const on of [addDays(from, -1), addDays(from, 6)])
      expect(delayInterest({ ...asked, payments: [{ on, amount: minor(1) }] }, rule())).toMatchObject({
        ok: false,
        refusal: { code: "order-of-days", at: "payments[0].on" },
      });
    expect(delayInterest({ ...asked, to: addDays(from, -1) }, rule())).toMatchObject({
      ok: false,
      refusal: { code: "order-of-days", at: "to" },
    });
  });

  test("are conserved, and a payment in two parts pays what the whole would", () => {
    const payment = fc.record({
      on: fc.integer({ min: 0, max: 400 }).map((n) => addDays(from, n)),
      amount: fc.integer({ min: 0, max: 2_000_000 }).map(minor),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000 }),
        fc.array(payment, { maxLength: 5 }),
        (debt, payments) => {
          const asked = {
            debt: minor(debt),
            from,
            to: addDays(from, 400),
            generalRate: parseRate("0.05", "day")!,
          };
          const found = delayInterest({ ...asked, payments }, rule());
          if (!found.ok) throw new Error(found.refusal.says);
          const { left, general, doubled, unapplied } = found.value;
          const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
          const owed = debt + general + doubled;
          expect(paid - unapplied).toBe(owed - left.debt - left.general - left.doubled);
          const halves = payments.flatMap(({ on, amount }) => {
            const half = Math.floor(amount / 2);
            return [
              { on, amount: minor(half) },
              { on, amount: minor(amount - half) },
            ];
          });
          const split = delayInterest({ ...asked, payments: halves }, rule());
          expect(split.ok && split.value.left).toEqual(left);
        },
      ),
    );
  });
});

test("another count of days leaves out both ends", () => {
  const of = (to: Day) => {
    const found = delayInterest({ debt: minor(1_000_000), from, to }, rule("exclusive-both"));
    return found.ok ? `${formatMoney(found.value.doubled)} for ${found.value.steps[0]?.days}` : "";
  };
  expect(of(from)).toBe("0.00 for 0");
  expect(of(addDays(from, 1))).toBe("0.00 for 0");
  expect(of(addDays(from, 101))).toBe("175.00 for 100");
});

test.each([
  [0n, 1n, "0.00"],
  [5n, 1n, "0.05"],
  [500n, 1n, "5.00"],
  [2_183_115n, 100n, "218.3115"],
  [50n, 3n, "0.50/3"],
  [1n, 8n, "0.00125"],
])("%s/%s of a cent is written %s", (numerator, denominator, text) => {
  expect(exactText({ numerator, denominator })).toBe(text);
});
