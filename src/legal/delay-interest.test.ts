import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, day, formatMoney, minor, parseRate } from "../core/index.ts";
import { type DelayedDebt, type DelayInterestRule, delayInterest } from "./delay-interest.ts";
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

// Interpretation of 2014, art. 3(3). 10,000 x 0.000175 = 1.75 a day.
describe("a stay", () => {
  const pauseSource: Source = { ...source, param: "pause" };
  const withPause: DelayInterestRule = { ...rule(), sources: { ...rule().sources, pause: pauseSource } };
  const doubledOf = (pauses: DelayedDebt["pauses"], generalRate?: DelayedDebt["generalRate"]) => {
    const asked = { debt: minor(1_000_000), from, to: addDays(from, 100), pauses: pauses ?? [] };
    const found = delayInterest({ ...asked, ...(generalRate ? { generalRate } : {}) }, withPause);
    if (!found.ok) throw new Error(found.refusal.says);
    const { doubled, general, steps } = found.value;
    return `${formatMoney(doubled)} in ${steps[0]?.days}, ${steps[0]?.paused} left out, general ${formatMoney(general)}`;
  };
  const [first, last] = [addDays(from, 11), addDays(from, 30)];

  test.each([
    [
      "of a review, not asked for by the debtor",
      { why: "review-stay" },
      "140.00 in 80, 20 left out, general 0.00",
    ],
    ["deferred for a review", { why: "review-deferral" }, "140.00 in 80, 20 left out, general 0.00"],
    ["by a retrial", { why: "retrial" }, "140.00 in 80, 20 left out, general 0.00"],
    [
      "asked for by the debtor",
      { why: "review-stay", atRequest: true },
      "175.00 in 100, 0 left out, general 0.00",
    ],
    [
      "for a settlement, of which the text does not speak",
      { why: "other" },
      "175.00 in 100, 0 left out, general 0.00",
    ],
  ] as const)("%s: %j", (_, pause, expected) => {
    expect(doubledOf([{ from: first, to: last, ...pause }])).toBe(expected);
  });

  test("that overlaps another is left out once; one before the delay or after the last day changes nothing", () => {
    const pause = (a: number, b: number) => ({
      from: addDays(from, a),
      to: addDays(from, b),
      why: "retrial" as const,
    });
    expect(doubledOf([pause(11, 25), pause(20, 30), pause(31, 31)])).toBe(
      "138.25 in 79, 21 left out, general 0.00",
    );
    expect(doubledOf([pause(-20, 0), pause(101, 300)])).toBe("175.00 in 100, 0 left out, general 0.00");
    expect(doubledOf([pause(-5, 1), pause(100, 120)])).toBe("171.50 in 98, 2 left out, general 0.00");
  });

  // The text leaves out the doubled part only: 10,000 x 0.0005 x 100 = 500.00 runs on.
  test("does not stop the general interest", () => {
    expect(doubledOf([{ from: first, to: last, why: "retrial" }], parseRate("0.05", "day")!)).toBe(
      "140.00 in 80, 20 left out, general 500.00",
    );
  });

  test("is refused where its days are in the wrong order, or no text on stays was read", () => {
    const asked = { debt: minor(1), from, to: addDays(from, 5) };
    const pauses = [{ from: addDays(from, 3), to: addDays(from, 2), why: "retrial" as const }];
    expect(delayInterest({ ...asked, pauses }, withPause)).toMatchObject({
      refusal: { code: "order-of-days", at: "pauses[0].to" },
    });
    expect(delayInterest({ ...asked, pauses: [{ from, to: from, why: "retrial" }] }, rule())).toMatchObject({
      refusal: { code: "no-text-read" },
    });
  });
});

// Art. 2: each part from its own day. 3,000 x 0.000175 x 60 = 31.50; 2,000 x 0.000175 x 29 = 10.15 by the 60th day.
describe("a judgment performed in parts", () => {
  const parts = [
    { amount: minor(300_000), dueOn: from },
    { amount: minor(200_000), dueOn: addDays(from, 31) },
  ];
  const asked = { debt: minor(500_000), from, parts, to: addDays(from, 60) };

  test("counts each part from its own day", () => {
    expect(delayInterest(asked, rule())).toMatchObject({
      value: {
        doubled: 4_165,
        steps: [
          { days: 60, doubled: "31.50" },
          { days: 29, doubled: "10.15" },
        ],
      },
    });
  });

  // 4,000 on day 20: 3,000 of the first part (x 20 days = 10.50) and 1,000 of the second, which is not late yet.
  test("a payment goes to the oldest part, and what is paid before its day costs nothing", () => {
    const payments = [{ on: addDays(from, 20), amount: minor(400_000) }];
    expect(delayInterest({ ...asked, payments }, rule())).toMatchObject({
      value: {
        doubled: 1_558, // 10.50 + 0 + 1,000 x 0.000175 x 29 = 5.075
        left: { debt: 100_000 },
        steps: [
          { part: 300_000, days: 20, doubled: "10.50" },
          { part: 100_000, days: 0, doubled: "0.00" },
          { part: 100_000, days: 29, doubled: "5.075" },
        ],
      },
    });
  });

  test("parts that do not sum to the debt, or begin before it, are refused", () => {
    expect(delayInterest({ ...asked, debt: minor(1) }, rule())).toMatchObject({ refusal: { code: "parts" } });
    expect(delayInterest({ ...asked, from: addDays(from, 1) }, rule())).toMatchObject({
      refusal: { code: "parts", at: "parts[0].dueOn" },
    });
  });
});

// Art. 4: unless the parties agreed otherwise. 10,000 x 0.000175 x 100 = 175.00.
test("by agreement the doubled part is paid first", () => {
  const asked = {
    debt: minor(1_000_000),
    from,
    to: addDays(from, 100),
    payments: [{ on: addDays(from, 100), amount: minor(900_000) }],
  };
  expect(delayInterest(asked, rule())).toMatchObject({ value: { left: { debt: 100_000, doubled: 17_500 } } });
  expect(delayInterest({ ...asked, order: "doubled-first" }, rule())).toMatchObject({
    value: { order: "doubled-first", left: { debt: 117_500, doubled: 0 } },
  });
});

describe("the practice of one court", () => {
  const unverified: Source = { ...source, verification: "unverified" };
  const practising: DelayInterestRule = {
    ...rule(),
    practice: { "bank-penalty-parallel": unverified, "base-without-liquidated-damages": unverified },
  };
  const asked = { debt: minor(1_000_000), from, to: addDays(from, 100), liquidatedDamages: minor(100_000) };

  // By the text of art. 1 the base is all but the general interest: 11,000 x 0.000175 x 100 = 192.50.
  test("leaves liquidated damages out of the base, and only where it is asked for", () => {
    expect(delayInterest(asked, practising)).toMatchObject({ value: { doubled: 19_250, practice: [] } });
    expect(
      delayInterest({ ...asked, practices: ["base-without-liquidated-damages"] }, practising),
    ).toMatchObject({
      value: {
        doubled: 17_500,
        left: { debt: 1_000_000, damages: 100_000 },
        practice: [{ name: "base-without-liquidated-damages", source: { verification: "unverified" } }],
      },
    });
  });

  // 10,000 x 0.00075 x 100 = 750.00 beside the doubled 175.00, with the same first and last day.
  test("lets a bank's penalty interest run beside it, and says how far that was checked", () => {
    const penalty = { ...asked, liquidatedDamages: minor(0), penaltyRate: parseRate("0.075", "day")! };
    expect(delayInterest(penalty, practising)).toMatchObject({
      refusal: { code: "practice", at: "penaltyRate" },
    });
    expect(delayInterest({ ...penalty, practices: ["bank-penalty-parallel"] }, practising)).toMatchObject({
      value: { doubled: 17_500, penalty: 75_000, practice: [{ source: { verification: "unverified" } }] },
    });
    expect(delayInterest({ ...penalty, practices: ["bank-penalty-parallel"] }, rule())).toMatchObject({
      refusal: { code: "practice" },
    });
  });
});

/**
 * The same by walking the days one by one with whole numbers: 175 millionths of each open fen for every day after a part's own that lies
 * in no stay, the day of payment included. It knows nothing of how the engine groups days.
 */
function walked(
  parts: readonly { amount: number; dueOn: number }[],
  to: number,
  payments: readonly { on: number; amount: number }[],
  pauses: readonly { from: number; to: number }[],
): { readonly doubled: bigint; readonly left: number } {
  const open = [...parts].sort((a, b) => a.dueOn - b.dueOn).map((part) => ({ ...part }));
  let millionths = 0n;
  for (let on = from as number; on <= to; on++) {
    const still = pauses.some((pause) => pause.from <= on && on <= pause.to);
    for (const part of open) if (on > part.dueOn && !still) millionths += BigInt(part.amount) * 175n;
    for (const payment of payments.filter((one) => one.on === on)) {
      let rest = payment.amount;
      for (const part of open) {
        const taken = Math.min(rest, part.amount);
        part.amount -= taken;
        rest -= taken;
      }
    }
  }
  const left = open.reduce((sum, { amount }) => sum + amount, 0);
  return { doubled: (millionths + 500_000n) / 1_000_000n, left };
}

test("grouped by parts and payments it comes to what walking the days one by one comes to, and the parts sum to the whole", () => {
  const at = fc.integer({ min: 0, max: 90 }).map((n) => addDays(from, n));
  const amount = fc.integer({ min: 1, max: 3_000_000 }).map(minor);
  fc.assert(
    fc.property(
      fc.array(fc.record({ dueOn: at, amount }), { minLength: 1, maxLength: 4 }),
      fc.array(fc.record({ on: at, amount }), { maxLength: 5 }),
      fc.array(fc.record({ from: at, days: fc.integer({ min: 0, max: 30 }) }), { maxLength: 3 }),
      (parts, given, stays) => {
        const to = addDays(from, 90);
        const debt = minor(parts.reduce((sum, part) => sum + part.amount, 0));
        const pauses = stays.map(({ from: first, days }) => ({
          from: first,
          to: addDays(first, days),
          why: "retrial" as const,
        }));
        const law = { ...rule(), sources: { ...rule().sources, pause: source } };
        // Before everything is paid nothing goes to the doubled part, of which the walk knows nothing.
        const payments = given.slice(0, 3);
        const found = delayInterest({ debt, from, to, parts, payments, pauses }, law);
        if (!found.ok) throw new Error(found.refusal.says);
        const oracle = walked(parts, to, payments, pauses);
        expect(BigInt(found.value.doubled)).toBe(oracle.doubled);
        expect(found.value.left.debt).toBe(oracle.left);
        expect(found.value.steps.reduce((sum, { part }) => sum + part, 0)).toBe(debt);
      },
    ),
  );
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
