import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day, formatMoney, minor, parseMoney, parseRate } from "../../src/core/index.ts";
import { COURT_FEE_KINDS, courtFee, type DelayedDebt, delayInterest } from "../../src/legal/index.ts";
import { loadPack } from "../load.ts";
import { courtFeeTiers, delayInterestRule } from "./court.ts";

const pack = loadPack("cn");
const money = (text: string) => parseMoney(text.replaceAll(",", ""))!;

const tiers = (() => {
  const found = courtFeeTiers(pack, day("2026-11-25"));
  if (!found.ok) throw new Error(found.refusal.says);
  return found.value;
})();

describe("court fees by the measures of 2007", () => {
  // Worked from the bands of arts 13(1), 14(1), 14(2) with exact decimals, rounded half up once. Columns: case (art.
  // 13(1)), half of it (art. 16), a third of it (art. 14(3)), preservation (art. 14(2)), enforcement (art. 14(1)).
  const TABLE = `
    800.00            50.00       25.00       16.67      30.00      50.00
    1,000.00          50.00       25.00       16.67      30.00      50.00
    5,000.00          50.00       25.00       16.67      70.00      50.00
    10,000.00         50.00       25.00       16.67     120.00      50.00
    12,000.00        100.00       50.00       33.33     140.00      80.00
    18,732.46        268.31      134.16       89.44     207.32     180.99
    20,000.00        300.00      150.00      100.00     220.00     200.00
    35,000.00        675.00      337.50      225.00     370.00     425.00
    50,000.00      1,050.00      525.00      350.00     520.00     650.00
    86,400.50      1,960.01      980.01      653.34     884.01   1,196.01
    100,000.00     2,300.00    1,150.00      766.67   1,020.00   1,400.00
    150,000.00     3,300.00    1,650.00    1,100.00   1,270.00   2,150.00
    200,000.00     4,300.00    2,150.00    1,433.33   1,520.00   2,900.00
    300,000.00     5,800.00    2,900.00    1,933.33   2,020.00   4,400.00
    500,000.00     8,800.00    4,400.00    2,933.33   3,020.00   7,400.00
    1,000,000.00  13,800.00    6,900.00    4,600.00   5,000.00  12,400.00
    2,000,000.00  22,800.00   11,400.00    7,600.00   5,000.00  22,400.00
    5,000,000.00  46,800.00   23,400.00   15,600.00   5,000.00  52,400.00
    10,000,000.00 81,800.00   40,900.00   27,266.67   5,000.00  77,400.00
    20,000,000.00 141,800.00  70,900.00   47,266.67   5,000.00  87,400.00
    25,000,000.00 166,800.00  83,400.00   55,600.00   5,000.00  92,400.00`;
  const rows = TABLE.trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));

  test.each(rows)(
    "of %s: case %s, summary %s, payment order %s, preservation %s, enforcement %s",
    (...row) => {
      const [amount, ...fees] = row;
      const found = COURT_FEE_KINDS.map((kind) => formatMoney(courtFee(money(amount!), kind, tiers).fee));
      expect(found).toEqual(fees.map((fee) => formatMoney(money(fee))));
    },
  );

  // Both sides of each edge. A fen above an edge costs less than half a fen more, so that the fee shows the next step
  // a yuan above.
  test.each([
    ["case", "10,000.00", "50.00"],
    ["case", "10,001.00", "50.03"],
    ["case", "100,001.00", "2300.02"],
    ["case", "20,000,001.00", "141800.01"],
    ["preservation", "1,000.00", "30.00"],
    ["preservation", "1,001.00", "30.01"],
    ["preservation", "895,998.00", "4999.99"],
    ["preservation", "896,000.00", "5000.00"],
    ["preservation", "896,002.00", "5000.00"],
    ["enforcement", "10,000.00", "50.00"],
    ["enforcement", "10,001.00", "50.02"],
    ["enforcement", "500,001.00", "7400.01"],
    ["enforcement", "10,000,010.00", "77400.01"],
    ["preservation", "0", "30.00"],
  ] as const)("%s of %s: %s", (kind, amount, fee) => {
    expect(formatMoney(courtFee(money(amount), kind, tiers).fee)).toBe(fee);
  });

  test("every line of the sum is shown, exact, and says where it stands", () => {
    const { fee, steps, source, scale } = courtFee(money("18,732.46"), "payment-order", tiers);
    expect(formatMoney(fee)).toBe("89.44");
    expect(steps).toEqual([
      { step: "flat", upTo: 1_000_000, gives: "50.00" },
      {
        step: "band",
        above: 1_000_000,
        upTo: 10_000_000,
        part: 873_246,
        percent: "2.5",
        gives: "218.3115",
      },
      { step: "share", share: "1/3", of: "268.3115", gives: "268.3115/3" },
    ]);
    expect(source).toMatchObject({ param: "court-fee.payment-order", cite: { at: "art. 14(3)" } });
    expect(scale).toMatchObject({ param: "court-fee.case", cite: { at: "art. 13(1)" } });
  });

  // The quick formulas for the case fee: 2.5 % - 200, 2 % + 300, … each equal to the bands below its edge.
  test("the bands equal the quick formulas", () => {
    const FORMULAS: readonly [number, bigint, bigint][] = [
      [100_000, 25n, -200n],
      [200_000, 20n, 300n],
      [500_000, 15n, 1_300n],
      [1_000_000, 10n, 3_800n],
      [2_000_000, 9n, 4_800n],
      [5_000_000, 8n, 6_800n],
      [10_000_000, 7n, 11_800n],
      [20_000_000, 6n, 21_800n],
      [100_000_000, 5n, 41_800n],
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1_000_001, max: 10_000_000_000 }), (fen) => {
        const [, perMille, plus] = FORMULAS.find(([edge]) => fen <= edge * 100)!;
        const thousandths = BigInt(fen) * perMille + plus * 100_000n;
        expect(BigInt(courtFee(minor(fen), "case", tiers).fee)).toBe((thousandths + 500n) / 1000n);
      }),
    );
  });

  test("a fee never falls as the amount grows", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.constantFrom(...COURT_FEE_KINDS),
        (fen, more, kind) => {
          const fee = (amount: number) => courtFee(minor(amount), kind, tiers).fee;
          expect(fee(fen + more)).toBeGreaterThanOrEqual(fee(fen));
        },
      ),
    );
  });

  test("the day before the measures has no fee", () => {
    expect(courtFeeTiers(pack, day("2007-03-31"))).toMatchObject({
      ok: false,
      refusal: { code: "no-text-read" },
    });
    expect(courtFeeTiers(pack, day("2007-04-01")).ok).toBe(true);
  });
});

const delayed = ({
  payments = [],
  ...asked
}: {
  debt: string;
  from: string;
  to: string;
  payments?: readonly (readonly [on: string, amount: string])[];
  general?: string;
}) => {
  const time = { from: day(asked.from), to: day(asked.to) };
  const rule = delayInterestRule(pack, time);
  if (!rule.ok) return rule;
  const debt: DelayedDebt = {
    debt: money(asked.debt),
    ...time,
    payments: payments.map(([on, amount]) => ({ on: day(on), amount: money(amount) })),
    ...(asked.general ? { generalRate: parseRate(asked.general, "day")! } : {}),
  };
  return delayInterest(debt, rule.value);
};
const shown = (found: ReturnType<typeof delayed>) => {
  if (!found.ok) return found.refusal;
  const { doubled, general, left, unapplied } = found.value;
  return {
    doubled: formatMoney(doubled),
    general: formatMoney(general),
    left: `${formatMoney(left.debt)} ${formatMoney(left.general)} ${formatMoney(left.doubled)}`,
    unapplied: formatMoney(unapplied),
  };
};

// Interpretation of 2014. Worked by hand with exact decimals, days = last day - day the period expires, rounded once.
describe("interest for delayed performance", () => {
  test.each([
    // D1, art. 1: 20,000 x 0.000175 x 100 = 350.00
    [{ debt: "20,000", from: "2026-01-01", to: "2026-04-11" }, "350.00", "0.00"],
    // D2, art. 1: 18,732.46 x 0.000175 x 273 = 894.943…
    [{ debt: "18,732.46", from: "2026-01-01", to: "2026-10-01" }, "894.94", "0.00"],
    // D3, art. 3: 20,000 x 0.000175 x 91 = 318.50; 30,000 x 0.000175 x 275 = 1,443.75
    [
      {
        debt: "50,000",
        from: "2026-03-31",
        to: "2026-12-31",
        payments: [
          ["2026-06-30", "20,000"],
          ["2026-12-31", "30,000"],
        ],
      },
      "1762.25",
      "0.00",
    ],
    // D4, art. 1: general 10,000 x 0.0005 x 100 = 500.00; its base is the debt without it, so 175.00
    [{ debt: "10,000", from: "2026-01-01", to: "2026-04-11", general: "0.05" }, "175.00", "500.00"],
    // D5, art. 1: 50,000 x 0.000175 x 365 = 3,193.75
    [{ debt: "50,000", from: "2026-01-01", to: "2027-01-01" }, "3193.75", "0.00"],
  ] as const)("%j: doubled %s, general %s", (asked, doubled, general) => {
    expect(shown(delayed(asked))).toMatchObject({ doubled, general });
  });

  // D6, art. 4: all 9,000 to the debt of the judgment; 1,000 and 175.00 are left.
  test("what is recovered goes to the debt of the judgment before the doubled part", () => {
    const asked = { debt: "10,000", from: "2026-01-01", to: "2026-04-11" };
    expect(shown(delayed({ ...asked, payments: [["2026-04-11", "9,000"]] }))).toEqual({
      doubled: "175.00",
      general: "0.00",
      left: "1000.00 0.00 175.00",
      unapplied: "0.00",
    });
    expect(shown(delayed({ ...asked, payments: [["2026-04-11", "10,100"]] }))).toMatchObject({
      left: "0.00 0.00 75.00",
    });
    expect(shown(delayed({ ...asked, payments: [["2026-04-11", "10,175.01"]] }))).toMatchObject({
      left: "0.00 0.00 0.00",
      unapplied: "0.01",
    });
  });

  test("the day the period expires does not count and the day of payment does (our reading of art. 201)", () => {
    const days = (to: string) => {
      const found = delayed({ debt: "10,000", from: "2022-02-10", to });
      return found.ok ? found.value.steps.map((step) => step.days) : found.refusal.code;
    };
    expect(days("2022-02-10")).toEqual([0]);
    expect(days("2022-02-11")).toEqual([1]);
    expect(days("2022-03-18")).toEqual([36]);
  });

  test("the rate is verified, the count of days is not, and both are told", () => {
    const found = delayed({ debt: "10,000", from: "2026-01-01", to: "2026-04-11" });
    expect(found).toMatchObject({
      ok: true,
      value: {
        dayCount: "exclusive-start",
        sources: {
          rate: { verification: "verified", cite: { at: "art. 1" } },
          dayCount: { verification: "unverified" },
          order: { cite: { at: "art. 4" } },
        },
      },
    });
  });

  // Art. 7: 本解释施行前的迟延履行期间债务利息按照之前的规定计算.
  test.each([
    ["2014-07-30", "2026-01-01", "no-text-read"],
    ["2014-07-31", "2026-01-01", undefined],
    ["2014-08-01", "2020-12-31", "no-text-read"],
    ["2014-08-01", "2021-01-01", undefined],
  ])("a delay from %s to %s: %s", (from, to, code) => {
    const found = delayed({ debt: "10,000", from, to });
    expect(found.ok ? undefined : found.refusal.code).toBe(code);
  });
});
