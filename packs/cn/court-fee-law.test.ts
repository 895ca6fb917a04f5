import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Day,
  day,
  formatDay,
  formatMoney,
  type Minor,
  minor,
  PROCEDURES,
  parseMoney,
} from "../../src/core/index.ts";
import {
  COURT_FEE_KINDS,
  type CourtFeeKind,
  courtFee,
  type FeeLife,
  type FeeOf,
  feesOf,
  prepayBy,
  refundBy,
} from "../../src/legal/index.ts";
import { loadCalendar, loadPack } from "../load.ts";
import { countingOf } from "./counting.ts";
import { courtFeeLaw } from "./court-fee-law.ts";

const pack = loadPack("cn");
const money = (text: string): Minor => parseMoney(text.replaceAll(",", ""))!;
const law = (() => {
  const found = courtFeeLaw(pack, day("2026-11-26"));
  if (!found.ok) throw new Error(found.refusal.says);
  return found.value;
})();
const fee = (amount: Minor, kind: CourtFeeKind): Minor => courtFee(amount, kind, law.tiers).fee;

/**
 * The measures' own words as sums, written apart from the engine: each band takes its part, thousandths of a percent of a fen, in whole numbers.
 * Arts 13(1), 14(1), 14(2).
 */
const BANDS: Readonly<Record<"case" | "preservation" | "enforcement", readonly [bigint, bigint][]>> = {
  // Upper edge in yuan, rate in thousandths.
  case: [
    [10_000n, 0n],
    [100_000n, 25n],
    [200_000n, 20n],
    [500_000n, 15n],
    [1_000_000n, 10n],
    [2_000_000n, 9n],
    [5_000_000n, 8n],
    [10_000_000n, 7n],
    [20_000_000n, 6n],
    [1_000_000_000_000n, 5n],
  ],
  preservation: [
    [1_000n, 0n],
    [100_000n, 10n],
    [1_000_000_000_000n, 5n],
  ],
  enforcement: [
    [10_000n, 0n],
    [500_000n, 15n],
    [5_000_000n, 10n],
    [10_000_000n, 5n],
    [1_000_000_000_000n, 1n],
  ],
};
const FLAT = { case: 50n, preservation: 30n, enforcement: 50n };
function byDefinition(amount: bigint, kind: CourtFeeKind): bigint {
  const scale = kind === "preservation" || kind === "enforcement" ? kind : "case";
  const over = kind === "summary" ? 2n : kind === "payment-order" ? 3n : 1n;
  let [thousandths, below] = [FLAT[scale] * 100n * 1000n, 0n];
  for (const [edge, rate] of BANDS[scale]) {
    const top = amount < edge * 100n ? amount : edge * 100n;
    if (top > below) thousandths += (top - below) * rate;
    below = edge * 100n;
  }
  if (scale === "preservation" && thousandths > 500_000n * 1000n) thousandths = 500_000n * 1000n;
  const divisor = 1000n * over;
  return (2n * thousandths + divisor) / (2n * divisor);
}

// Worked by hand: a fen more or less moves the exact fee by at most a fortieth of a fen, so that the rounded fee stands on both sides.
describe("at each edge of the bands, a fen below, at it and a fen above, the fee is", () => {
  const EDGES = `
    case         10,000.00      50.00      25.00      16.67
    case        100,000.00   2,300.00   1,150.00     766.67
    case        200,000.00   4,300.00   2,150.00   1,433.33
    case        500,000.00   8,800.00   4,400.00   2,933.33
    case      1,000,000.00  13,800.00   6,900.00   4,600.00
    case      2,000,000.00  22,800.00  11,400.00   7,600.00
    case      5,000,000.00  46,800.00  23,400.00  15,600.00
    case     10,000,000.00  81,800.00  40,900.00  27,266.67
    case     20,000,000.00 141,800.00  70,900.00  47,266.67
    preservation  1,000.00      30.00
    preservation 100,000.00  1,020.00
    preservation 896,000.00  5,000.00
    enforcement  10,000.00      50.00
    enforcement 500,000.00   7,400.00
    enforcement 5,000,000.00 52,400.00
    enforcement 10,000,000.00 77,400.00`;
  const rows = EDGES.trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  test.each(rows)("%s %s: %s (half %s, a third %s)", (kind, edge, whole, half, third) => {
    for (const by of [-1, 0, 1]) {
      const amount = minor(money(edge!) + by);
      expect(formatMoney(fee(amount, kind as CourtFeeKind))).toBe(formatMoney(money(whole!)));
      if (half) expect(formatMoney(fee(amount, "summary"))).toBe(formatMoney(money(half)));
      if (third) expect(formatMoney(fee(amount, "payment-order"))).toBe(formatMoney(money(third)));
    }
  });

  // A hundred yuan on either side, where the bands differ by what one can see.
  test.each([
    ["case", "9,900", "50.00", "10,100", "52.50"],
    ["case", "99,900", "2297.50", "100,100", "2302.00"],
    ["case", "199,900", "4298.00", "200,100", "4301.50"],
    ["case", "499,900", "8798.50", "500,100", "8801.00"],
    ["case", "999,900", "13799.00", "1,000,100", "13800.90"],
    ["case", "1,999,900", "22799.10", "2,000,100", "22800.80"],
    ["case", "4,999,900", "46799.20", "5,000,100", "46800.70"],
    ["case", "9,999,900", "81799.30", "10,000,100", "81800.60"],
    ["case", "19,999,900", "141799.40", "20,000,100", "141800.50"],
    ["preservation", "900", "30.00", "1,100", "31.00"],
    ["preservation", "99,900", "1019.00", "100,100", "1020.50"],
    ["preservation", "895,900", "4999.50", "896,100", "5000.00"],
    ["enforcement", "9,900", "50.00", "10,100", "51.50"],
    ["enforcement", "499,900", "7398.50", "500,100", "7401.00"],
    ["enforcement", "4,999,900", "52399.00", "5,000,100", "52400.50"],
    ["enforcement", "9,999,900", "77399.50", "10,000,100", "77400.10"],
  ] as const)("%s of %s: %s, of %s: %s", (kind, below, belowFee, above, aboveFee) => {
    expect(formatMoney(fee(money(below), kind))).toBe(belowFee);
    expect(formatMoney(fee(money(above), kind))).toBe(aboveFee);
  });
});

test("on any amount the fee is that of the measures' own definition, part by part", () => {
  const edges = Object.values(BANDS).flatMap((bands) =>
    bands.slice(0, -1).map(([edge]) => Number(edge) * 100),
  );
  const near = fc
    .tuple(fc.constantFrom(...edges), fc.integer({ min: -300, max: 300 }))
    .map(([edge, by]) => edge + by);
  const anywhere = fc
    .tuple(
      fc.integer({ min: 1, max: 9_999 }),
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 0, max: 9_999 }),
    )
    .map(([head, tens, tail]) => head * 10 ** tens + tail);
  fc.assert(
    fc.property(fc.oneof(near, anywhere), fc.constantFrom(...COURT_FEE_KINDS), (fen, kind) => {
      expect(BigInt(fee(minor(fen), kind))).toBe(byDefinition(BigInt(fen), kind));
    }),
    { numRuns: 600 },
  );
});

const told = (life: FeeLife, of: FeeOf) => {
  const line = feesOf(life, law).lines.find((found) => found.of === of)!;
  const sums = ["charged", "prepaid", "fromCourt", "fromDebtor", "applicant", "debtor", "open"] as const;
  return {
    ...Object.fromEntries(sums.map((key) => [key, formatMoney(line[key])])),
    rules: line.because.map(({ rule }) => rule).join(" "),
  };
};
const suit = (more: Partial<NonNullable<FeeLife["suit"]>> = {}): FeeLife => ({
  suit: {
    amount: money("20,000"),
    procedure: "ordinary",
    end: { kind: "judgment", debtorBears: "all" },
    ...more,
  },
});

// Worked by hand from the bands: 20,000 is 300.00 whole, 150.00 half, 100.00 a third; 50,000 is 1,050.00 and 525.00.
describe("the fee of a suit over 20,000", () => {
  test("won in ordinary procedure: 300 prepaid, given back by the court, borne by the debtor", () => {
    expect(told(suit(), "case")).toEqual({
      charged: "300.00",
      prepaid: "300.00",
      fromCourt: "300.00",
      fromDebtor: "0.00",
      applicant: "0.00",
      debtor: "300.00",
      open: "0.00",
      rules: "prepaid loser-pays refund",
    });
  });

  test("won, and the lender agreed that the debtor pays him: the court gives nothing back", () => {
    const end = { kind: "judgment", debtorBears: "all", directly: true } as const;
    expect(told(suit({ end }), "case")).toMatchObject({ fromCourt: "0.00", fromDebtor: "300.00" });
  });

  test("in summary procedure and for small claims: half", () => {
    for (const procedure of ["summary", "small-claims"] as const)
      expect(told(suit({ procedure }), "case")).toMatchObject({ prepaid: "150.00", charged: "150.00" });
  });

  test("lost: the lender bears it", () => {
    const end = { kind: "judgment", debtorBears: "none" } as const;
    expect(told(suit({ end }), "case")).toMatchObject({
      applicant: "300.00",
      debtor: "0.00",
      fromCourt: "0.00",
    });
  });

  test("won in part: nobody knows until the court says; then by its words", () => {
    expect(told(suit({ end: { kind: "judgment" } }), "case")).toMatchObject({
      open: "300.00",
      rules: "prepaid part-won",
    });
    const end = { kind: "judgment", debtorBears: money("180") } as const;
    expect(told(suit({ end }), "case")).toMatchObject({
      applicant: "120.00",
      debtor: "180.00",
      fromCourt: "180.00",
      rules: "prepaid part-won refund",
    });
  });

  test("mediated in ordinary procedure: half is given back, the rest is borne as agreed", () => {
    const end = { kind: "mediated", debtorBears: money("150") } as const;
    expect(told(suit({ end }), "case")).toEqual({
      charged: "150.00",
      prepaid: "300.00",
      fromCourt: "150.00",
      fromDebtor: "150.00",
      applicant: "0.00",
      debtor: "150.00",
      open: "0.00",
      rules: "prepaid settled mediated",
    });
    expect(told(suit({ end: { kind: "mediated" } }), "case")).toMatchObject({ open: "150.00" });
  });

  test("withdrawn in ordinary procedure: half, borne by the lender", () => {
    expect(told(suit({ end: { kind: "withdrawn" } }), "case")).toMatchObject({
      charged: "150.00",
      fromCourt: "150.00",
      applicant: "150.00",
      rules: "prepaid settled withdrawn",
    });
  });

  test("withdrawn or mediated in summary procedure: half once, not a quarter", () => {
    for (const kind of ["withdrawn", "mediated"] as const)
      expect(told(suit({ procedure: "summary", end: { kind } }), "case")).toMatchObject({
        charged: "150.00",
        fromCourt: "0.00",
        rules: `prepaid halved-once ${kind}`,
      });
  });

  test("not accepted or dismissed: all of it is given back", () => {
    expect(told(suit({ end: { kind: "rejected" } }), "case")).toMatchObject({
      charged: "0.00",
      fromCourt: "300.00",
      rules: "prepaid rejected",
    });
  });

  test("raised to 50,000: topped up", () => {
    const changed = { amount: money("50,000"), inTime: false };
    expect(told(suit({ procedure: "summary", changed }), "case")).toMatchObject({
      prepaid: "525.00",
      debtor: "525.00",
      rules: "prepaid increased loser-pays refund",
    });
  });

  test("begun with 50,000 and made smaller in time: the difference is given back", () => {
    const changed = { amount: money("20,000"), inTime: true };
    expect(told(suit({ amount: money("50,000"), changed }), "case")).toMatchObject({
      charged: "300.00",
      prepaid: "1050.00",
      fromCourt: "1050.00",
      rules: "prepaid reduced loser-pays refund",
    });
  });

  test("made smaller too late: the part that fell away stays with the lender", () => {
    const changed = { amount: money("20,000"), inTime: false };
    expect(told(suit({ amount: money("50,000"), changed }), "case")).toMatchObject({
      charged: "1050.00",
      applicant: "750.00",
      debtor: "300.00",
      fromCourt: "300.00",
      rules: "prepaid reduced-late loser-pays refund",
    });
  });

  test("turned from summary into ordinary procedure: the other half is paid, or half of the half comes back", () => {
    expect(told(suit({ procedure: "summary", turnedOrdinary: "paid" }), "case")).toMatchObject({
      prepaid: "300.00",
      charged: "300.00",
      rules: "prepaid turned-ordinary loser-pays refund",
    });
    expect(told(suit({ procedure: "summary", turnedOrdinary: "unpaid" }), "case")).toMatchObject({
      prepaid: "150.00",
      charged: "75.00",
      fromCourt: "75.00",
      applicant: "75.00",
      rules: "prepaid turned-ordinary.unpaid withdrawn",
    });
  });
});

describe("a payment order over 20,000", () => {
  const order = (end: "unopposed" | "opposed" | "other") => ({ amount: money("20,000"), end });

  test("not opposed: the debtor bears the third", () => {
    expect(told({ paymentOrder: order("unopposed") }, "payment-order")).toMatchObject({
      prepaid: "100.00",
      debtor: "100.00",
      fromDebtor: "100.00",
      rules: "application-prepaid payment-order.unopposed",
    });
  });

  test("opposed, and a suit brought apart: the lender bears it and may ask for it in the suit", () => {
    const life: FeeLife = {
      paymentOrder: order("opposed"),
      ...suit({ procedure: "summary", after: "separate" }),
    };
    expect(told(life, "payment-order")).toMatchObject({ applicant: "100.00" });
    expect(feesOf(life, law).lines[0]).toMatchObject({ mayClaim: true });
    expect(told(life, "case")).toMatchObject({ prepaid: "150.00" });
    expect(formatMoney(feesOf(life, law).total.prepaid)).toBe("250.00");
  });

  test("opposed, and taken over into a suit: its fee counts and only the rest is paid", () => {
    const life: FeeLife = {
      paymentOrder: order("opposed"),
      ...suit({ procedure: "summary", after: "payment-order" }),
    };
    expect(told(life, "payment-order")).toMatchObject({
      charged: "0.00",
      prepaid: "100.00",
      applicant: "0.00",
    });
    expect(told(life, "case")).toMatchObject({
      prepaid: "50.00",
      charged: "150.00",
      debtor: "150.00",
      fromCourt: "150.00",
      rules: "prepaid payment-order.top-up loser-pays refund",
    });
    expect(formatMoney(feesOf(life, law).total.prepaid)).toBe("150.00");
  });

  test("not served in time: no text that was read says who bears it", () => {
    expect(told({ paymentOrder: order("other") }, "payment-order")).toMatchObject({ open: "100.00" });
  });
});

describe("what is beside the suit", () => {
  test("preservation of 20,000 costs 220, borne by the lender, who may ask for it in the suit", () => {
    const life = { preservation: { amount: money("20,000") } };
    expect(told(life, "preservation")).toMatchObject({
      prepaid: "220.00",
      applicant: "220.00",
      rules: "application-prepaid preservation.bearer",
    });
    expect(feesOf(life, law).lines[0]).toMatchObject({ mayClaim: true });
  });

  test("enforcement of 20,000 costs 200, prepaid by nobody, borne by the debtor; settled, as agreed", () => {
    expect(told({ enforcement: { amount: money("20,000") } }, "enforcement")).toMatchObject({
      prepaid: "0.00",
      debtor: "200.00",
      rules: "application-prepaid enforcement.bearer",
    });
    expect(told({ enforcement: { amount: money("20,000"), settled: {} } }, "enforcement")).toMatchObject({
      open: "200.00",
    });
    const half = { amount: money("20,000"), settled: { debtorBears: money("120") } };
    expect(told({ enforcement: half }, "enforcement")).toMatchObject({
      debtor: "120.00",
      applicant: "80.00",
    });
    expect(feesOf({ enforcement: half }, law).lines[0]).toMatchObject({ toPay: money("80") });
  });

  test("an appeal pays on what is disputed, and is never a summary one", () => {
    const appeal = {
      amount: money("12,000"),
      by: "lender",
      end: { kind: "judgment", debtorBears: "all" },
    } as const;
    expect(told({ appeal }, "appeal")).toMatchObject({ prepaid: "100.00", fromCourt: "100.00" });
    const remanded = { ...appeal, end: { kind: "remanded" } } as const;
    expect(told({ appeal: remanded }, "appeal")).toMatchObject({ charged: "0.00", fromCourt: "100.00" });
    const withdrawn = { ...appeal, end: { kind: "withdrawn" } } as const;
    expect(told({ appeal: withdrawn }, "appeal")).toMatchObject({ charged: "50.00", applicant: "50.00" });
  });

  test("an appeal of the debtor that he wins is paid by the lender afterwards", () => {
    const appeal = {
      amount: money("12,000"),
      by: "debtor",
      end: { kind: "judgment", debtorBears: "none" },
    } as const;
    expect(feesOf({ appeal }, law).lines[0]).toMatchObject({
      prepaid: 0,
      toPay: money("100"),
      applicant: money("100"),
    });
  });

  test("a lawyer costs what the lender says, and an announcement is open until somebody decides", () => {
    const life: FeeLife = {
      costs: [
        { kind: "lawyer", amount: money("800"), claimable: true },
        { kind: "announcement", amount: money("260") },
        { kind: "announcement", amount: money("260"), debtorBears: money("260") },
      ],
    };
    const [lawyer, open, decided] = feesOf(life, law).lines;
    expect(lawyer).toMatchObject({ applicant: money("800"), mayClaim: true, because: [] });
    expect(open).toMatchObject({ open: money("260"), applicant: 0 });
    expect(decided).toMatchObject({ debtor: money("260"), open: 0 });
  });
});

describe("whatever happens to a case", () => {
  const amount = fc.integer({ min: 1, max: 300_000_000 }).map((fen) => minor(fen));
  const share = fc.oneof(fc.constant(undefined), fc.constantFrom("all" as const, "none" as const), amount);
  const end = fc.oneof(
    fc.constant({ kind: "pending" } as const),
    fc.constant({ kind: "withdrawn" } as const),
    fc.constant({ kind: "rejected" } as const),
    fc
      .option(amount, { nil: undefined })
      .map((debtorBears) => ({ kind: "mediated" as const, ...(debtorBears ? { debtorBears } : {}) })),
    fc.tuple(share, fc.boolean()).map(([debtorBears, directly]) => ({
      kind: "judgment" as const,
      directly,
      ...(debtorBears === undefined ? {} : { debtorBears }),
    })),
  );
  const suits = fc
    .record({
      amount,
      procedure: fc.constantFrom(...PROCEDURES),
      end,
      changed: fc.option(fc.record({ amount, inTime: fc.boolean() }), { nil: undefined }),
      turned: fc.constantFrom(undefined, "paid" as const, "unpaid" as const),
      after: fc.constantFrom("payment-order" as const, "separate" as const),
    })
    .map(({ turned, changed, ...rest }) => ({
      ...rest,
      ...(changed ? { changed } : {}),
      ...(turned && rest.procedure !== "ordinary" ? { turnedOrdinary: turned } : {}),
    }));

  test("each fee is borne to the fen by somebody or open, and no part is below zero", () => {
    fc.assert(
      fc.property(suits, amount, (found, other) => {
        const life: FeeLife = {
          suit: found,
          paymentOrder: { amount: other, end: "opposed" },
          preservation: { amount: other },
          enforcement: { amount: other },
        };
        // Each line checks both of its sums itself; here the total is one of them.
        const { total, lines } = feesOf(life, law);
        expect(total.applicant + total.debtor + total.open).toBe(total.charged);
        const lent = lines.filter(({ prepaidBy }) => prepaidBy === "lender");
        const kept = lent.reduce((sum, line) => sum + line.applicant + line.open, 0);
        expect(total.prepaid - total.fromCourt - total.fromDebtor).toBe(kept);
      }),
      { numRuns: 300 },
    );
  });

  test("it is halved once at most", () => {
    fc.assert(
      fc.property(suits, ({ turnedOrdinary, ...found }) => {
        if (found.end.kind === "rejected") return;
        const line = feesOf(
          { suit: { ...found, ...(turnedOrdinary === "paid" ? { turnedOrdinary } : {}) } },
          law,
        ).lines[0]!;
        const { changed } = found;
        const claimed =
          changed && (changed.inTime || changed.amount > found.amount) ? changed.amount : found.amount;
        expect(line.charged).toBeGreaterThanOrEqual(fee(claimed, "summary"));
      }),
      { numRuns: 300 },
    );
  });
});

describe("in time", () => {
  const counting = (() => {
    const found = countingOf(pack, loadCalendar("cn"), day("2026-01-05"));
    if (!found.ok) throw new Error(found.refusal.says);
    return found.value;
  })();
  const last = (found: { ok: boolean; value?: { lastOn: Day }; refusal?: { code: string } }) =>
    found.ok ? formatDay(found.value!.lastOn) : found.refusal!.code;

  // Art. 22(1) from the day after the court told; Civil Procedure Law art. 85 for a last day off. Spring Festival of 2026: 15 to 23 February.
  test.each([
    ["2026-03-04", "2026-03-11"],
    ["2026-02-07", "2026-02-14"], // a make-up working day, a Saturday
    ["2026-02-08", "2026-02-24"],
    ["2026-12-25", "calendar-unknown"],
  ])("a fee of which the court told on %s is paid by %s", (toldOn, by) => {
    expect(last(prepayBy(day(toldOn), law, counting))).toBe(by);
  });

  // Art. 53(2): fifteen days from the day on which the paper takes effect.
  test.each([
    ["2026-03-04", "2026-03-19"],
    ["2026-09-16", "2026-10-08"],
  ])("what is given back of a paper in force on %s is there by %s", (effectiveOn, by) => {
    expect(last(refundBy(day(effectiveOn), law, counting))).toBe(by);
  });
});

test("between which amounts a failed objection and an enforcement without a sum cost", () => {
  const shown = ({ least, most }: { least: Minor; most: Minor }) =>
    `${formatMoney(least)}-${formatMoney(most)}`;
  expect(shown(law.failedObjection)).toBe("50.00-100.00");
  expect(shown(law.enforcementWithoutAmount)).toBe("50.00-500.00");
});

test("before the interpretation of 2022 nothing is said of who bears", () => {
  expect(courtFeeLaw(pack, day("2022-04-09"))).toMatchObject({
    ok: false,
    refusal: { code: "no-text-read" },
  });
  expect(courtFeeLaw(pack, day("2022-04-10")).ok).toBe(true);
});
