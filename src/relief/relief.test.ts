import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { PRODUCT } from "../../test/support/product.ts";
import {
  addDays,
  type Day,
  day,
  type Fact,
  formatMoney,
  type LoanBooked,
  minor,
  type Product,
  parseRate,
  payoffOf,
  ymd,
} from "../core/index.ts";
import {
  booksAfter,
  cheapest,
  type Debts,
  isBetter,
  NAMED_ORDERS,
  type OwedDebt,
  type Paid,
  surplusOf,
  type Way,
  type WayKind,
  waysOut,
} from "./index.ts";

const cn = loadPack("cn");
const product: Product = {
  ...PRODUCT,
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
};
const booked = (change: Partial<LoanBooked> = {}): LoanBooked => ({
  kind: "LoanBooked",
  on: day("2026-01-01"),
  id: "L-1",
  product: 1,
  principal: minor(300_000),
  rateE8: 50_000,
  disbursedOn: day("2026-01-01"),
  firstDueOn: day("2026-02-01"),
  installments: 3,
  reach: 0,
  ...change,
});

const waysOn = (
  asOf: string,
  more: Partial<Parameters<typeof waysOut>[0]> = {},
  facts: Fact[] = [booked()],
) => {
  const made = waysOut({ facts, product, asOf: day(asOf), pack: cn, ...more });
  if (!made.ok) throw new Error(made.refusal.says);
  return (kind: WayKind): Way => made.value.ways.find(({ way }) => way === kind)!;
};
const shown = (way: Way) =>
  way.possible
    ? [formatMoney(way.total), formatMoney(way.cost), way.months, formatMoney(way.monthly)]
    : way.why;

describe("ways out of 3,000.00 at 0.05 % a day in three months, ten days late with the first 1,046.50", () => {
  // Worked by hand. Ten days late: 1,000.00 x 0.075 % x 10 = 7.50; interest of February so far: 2,000.00 x 0.05 % x 10 = 10.00.
  test("paying all is principal, interest for the days used, and late interest", () => {
    expect(shown(waysOn("2026-02-11")("pay-all"))).toEqual(["3064.00", "64.00", 1, "3064.00"]);
  });

  // 1,054.00 now; on 1 March 1,000.00 + 2,000.00 x 0.05 % x 28 = 1,028.00; on 1 April 1,000.00 + 1,000.00 x 0.05 % x 31 = 1,015.50.
  test("catching up is what is late now and the rest as planned", () => {
    expect(shown(waysOn("2026-02-11")("catch-up"))).toEqual(["3097.50", "97.50", 3, "1054.00"]);
  });

  // Late interest goes first with interest: 7.50 + 46.50, then 446.00 of principal; 554.00 stay late and bear 0.075 % for 18 days to 1 March.
  test("a part now leaves the rest late until the next installment", () => {
    const way = waysOn("2026-02-11", { now: minor(50_000) })("part-payment");
    expect(way.possible && way.lateAfter).toEqual({ pastDue: minor(55_442), dpd: 11 });
    // 554.00 x 0.075 % x 18 = 7.48 more than catching up now.
    expect(shown(way)).toEqual(["3104.98", "104.98", 3, "1589.48"]);
  });

  test("says why each other way cannot be gone", () => {
    const of = waysOn("2026-02-11");
    expect(
      (
        ["part-payment", "plan", "extension", "hardship", "settlement", "enforcement-settlement"] as const
      ).map((kind) => shown(of(kind))),
    ).toEqual([
      "no-sum-told",
      "no-surplus-told",
      "past-due",
      "no-surplus-told",
      "not-offered",
      "no-judgment",
    ]);
    const poor = waysOn("2026-02-11", { surplus: minor(5_000) })("plan");
    // 3,064.00 over 24 months at about 1.5 % a month is more than 50.00 a month.
    expect(poor).toMatchObject({ possible: false, why: "above-surplus" });
  });

  test("a plan takes the fewest months that fit, and the law is beside it", () => {
    const surplus = minor(60_000);
    const way = waysOn("2026-02-11", { surplus })("plan");
    if (!way.possible) throw new Error(way.why);
    expect(way.monthly).toBeLessThanOrEqual(surplus);
    expect(way.months).toBe(6);
    expect(way.because.map(({ cite }) => cite.at)).toEqual(["art. 543", "art. 14"]);
  });

  test("a card's hardship plan may take sixty months by rule, and its collection rests", () => {
    const way = waysOn("2026-02-11", { surplus: minor(8_700), card: true })("hardship");
    expect(way).toMatchObject({ possible: true, exposure: "rests-by-rule" });
    expect(way.because.map(({ param }) => param)).toContain("card-plan.longest");
  });

  test("more time is for who asks before the term ends and is not late", () => {
    const surplus = minor(70_000);
    expect(shown(waysOn("2026-01-20", { surplus })("extension"))).not.toBe("past-due");
    expect(shown(waysOn("2026-05-01", { surplus })("extension"))).toBe("term-ended");
  });

  test("a settlement is told only as it was offered", () => {
    const offered: Fact = {
      kind: "SettlementAgreed",
      on: day("2026-02-10"),
      id: "S-1",
      valueOn: day("2026-02-10"),
      amount: minor(200_000),
      by: day("2026-02-20"),
    };
    expect(shown(waysOn("2026-02-11", {}, [booked(), offered])("settlement"))).toEqual([
      "2000.00",
      "-1000.00",
      1,
      "2000.00",
    ]);
    expect(shown(waysOn("2026-02-21", {}, [booked(), offered])("settlement"))).toBe("not-offered");
  });

  test("after a judgment parts are agreed before the court that enforces, without new interest", () => {
    const judged: Fact = {
      kind: "JudgmentEntered",
      on: day("2026-06-01"),
      id: "J-1",
      valueOn: day("2026-06-01"),
      principal: minor(300_000),
      interest: minor(10_000),
      costs: minor(5_000),
      performBy: day("2026-06-15"),
    };
    const of = waysOn("2026-07-01", { surplus: minor(53_000) }, [booked(), judged]);
    expect(shown(of("plan"))).toBe("judged");
    // 3,150.00 in six parts of 525.00.
    expect(shown(of("enforcement-settlement"))).toEqual(["3150.00", "150.00", 6, "525.00"]);
  });
});

const perMonth = (payments: readonly Paid[]): number[] => {
  const sums = new Map<string, number>();
  for (const { on, amount } of payments) {
    const key = `${ymd(on).year}-${ymd(on).month}`;
    sums.set(key, (sums.get(key) ?? 0) + amount);
  }
  return [...sums.values()];
};

test("no plan that is proposed asks in any month for more than the surplus, and each way kept to its end closes the loan", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10_000, max: 2_000_000 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 200_000 }),
      fc.boolean(),
      (principal, installments, days, surplus, paidOnce) => {
        const loan = booked({ principal: minor(principal), installments });
        const paid: Fact[] = paidOnce
          ? [
              {
                kind: "PaymentReceived",
                on: day("2026-02-03"),
                id: "P",
                amount: minor(Math.ceil(principal / 7)),
                valueOn: day("2026-02-03"),
              },
            ]
          : [];
        const asOf = addDays(day("2026-02-03"), days);
        const facts = [loan, ...paid];
        const made = waysOut({ facts, product, asOf, pack: cn, surplus: minor(surplus), now: minor(5_000) });
        if (!made.ok) return;
        for (const way of made.value.ways) {
          if (!way.possible) continue;
          if (way.needs === "lender")
            expect(Math.max(...perMonth(way.payments))).toBeLessThanOrEqual(surplus);
          expect(way.total).toBe(way.payments.reduce((sum, { amount }) => sum + amount, 0));
          if (way.needs !== "nobody") continue;
          // Ways of the contract need no new plan: the ledger takes the payments as they are.
          const kept = way.payments.map(
            ({ on, amount }, i): Fact => ({ kind: "PaymentReceived", on, id: `K${i}`, amount, valueOn: on }),
          );
          expect(payoffOf(booksAfter([...facts, ...kept], product, way.endsOn), product)).toBe(0);
        }
      },
    ),
    { numRuns: 60 },
  );
});

describe("what can really be paid", () => {
  test("is income less what is needed to live, and never a guess", () => {
    const told = {
      income: minor(600_000),
      living: minor(300_000),
      dependants: 1,
      dependantsNeed: minor(120_000),
      otherDebts: minor(80_000),
    };
    expect(surplusOf(told)).toEqual({
      ok: true,
      value: { amount: 100_000, short: 0, needed: 500_000, leftToLiveOn: 420_000 },
    });
    expect(surplusOf({ ...told, living: undefined })).toMatchObject({
      ok: false,
      refusal: { code: "no-living-costs" },
    });
    expect(surplusOf({ ...told, dependantsNeed: undefined })).toMatchObject({
      ok: false,
      refusal: { code: "no-dependants-costs" },
    });
    const short = surplusOf({ ...told, income: minor(400_000) });
    expect(short).toMatchObject({ ok: true, value: { amount: 0, short: 100_000 } });
  });
});

const debt = (
  id: string,
  balance: number,
  percent: string,
  minimum: number,
  legal?: OwedDebt["legal"],
): OwedDebt => ({
  id,
  balance: minor(balance),
  rate: parseRate(percent, "year")!,
  minimum: minor(minimum),
  ...(legal ? { legal } : {}),
});
const asOf = day("2026-01-15");
const compared = (asked: Debts) => {
  const made = cheapest(asked);
  if (!made.ok) throw new Error(made.refusal.says);
  return made.value;
};

describe("all debts on one page", () => {
  // 1,000.00 at 24 % and 500.00 at 12 %, 600.00 a month. Dearest first: 20.00 + 5.00 of interest, then on 420.00 and 505.00: 8.40 + 5.05,
  // then on 338.45 of the second alone: 3.38. In all 41.83.
  test("cost what the month's interest adds up to", () => {
    const { orders } = compared({
      asOf,
      budget: minor(60_000),
      debts: [debt("a", 100_000, "24", 0), debt("b", 50_000, "12", 0)],
    });
    expect(formatMoney(orders["highest-cost"]!.interest)).toBe("41.83");
    expect(orders["highest-cost"]!.months).toHaveLength(3);
    // Smallest first: 20.00 + 5.00; then on 1,020.00 - 95.00 = 925.00: 18.50; then on 343.50: 6.87. In all 50.37.
    expect(formatMoney(orders.smallest!.interest)).toBe("50.37");
  });

  test("a legal day is kept, as late as it can be, and free money goes to the dearest", () => {
    const legal = { by: day("2026-03-20"), amount: minor(90_000) };
    const asked: Debts = {
      asOf,
      budget: minor(60_000),
      debts: [debt("cheap", 100_000, "4", 0, legal), debt("dear", 100_000, "24", 0)],
    };
    const { optimum } = compared(asked);
    expect(optimum.missesLegal).toEqual([]);
    // Two payments lie before the day: 900.00 of 1,200.00, so 300.00 of the first month are free for the dear one.
    expect(optimum.months[0]!.paid).toEqual([30_000, 30_000]);
    expect(optimum.months[1]!.paid).toEqual([60_000, 0]);
  });

  test("a budget that does not outpay the interest is no plan", () => {
    expect(cheapest({ asOf, budget: minor(1_000), debts: [debt("a", 1_000_000, "24", 0)] })).toMatchObject({
      ok: false,
      refusal: { code: "never-ends" },
    });
  });
});

const someDebts = fc.record({
  budget: fc.integer({ min: 20_000, max: 200_000 }),
  debts: fc.array(
    fc.record({
      balance: fc.integer({ min: 1_000, max: 400_000 }),
      percent: fc.integer({ min: 0, max: 36 }),
      minimum: fc.integer({ min: 0, max: 20_000 }),
      legal: fc.option(
        fc.record({ days: fc.integer({ min: 5, max: 300 }), part: fc.integer({ min: 1, max: 100 }) }),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

test("the optimum is never worse than a named order, and no month pays more than the budget", () => {
  fc.assert(
    fc.property(someDebts, ({ budget, debts }) => {
      const asked: Debts = {
        asOf,
        budget: minor(budget),
        debts: debts.map(({ balance, percent, minimum, legal }, i) =>
          debt(
            `d${i}`,
            balance,
            String(percent),
            minimum,
            legal
              ? {
                  by: addDays(asOf, legal.days),
                  amount: minor(Math.max(1, Math.floor((balance * legal.part) / 100))),
                }
              : undefined,
          ),
        ),
      };
      const made = cheapest(asked);
      if (!made.ok) return;
      const { optimum, orders } = made.value;
      for (const name of NAMED_ORDERS) if (orders[name]) expect(isBetter(orders[name], optimum)).toBe(false);
      for (const { paid } of optimum.months)
        expect(paid.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(budget);
      const owed = asked.debts.reduce((sum, { balance }) => sum + balance, 0);
      expect(optimum.total).toBe(owed + optimum.interest);
      expect(optimum.months.at(-1)!.left.every((one) => one === 0)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

/** The least interest of all ways to split two debts' months, in steps: every one of them is tried. */
function leastByTrying(
  owed: readonly [number, number],
  percents: readonly [number, number],
  budget: number,
  step: number,
  month: number,
  legal?: { readonly month: number; readonly amount: number },
  paidFirst = 0,
): number {
  if (legal && month > legal.month && paidFirst < legal.amount) return Number.POSITIVE_INFINITY;
  if (owed[0] + owed[1] === 0) return 0;
  if (month > 8) return Number.POSITIVE_INFINITY;
  const interest = owed.map((one, i) => Math.floor((one * percents[i]!) / 1200 + 1 / 2));
  const due = [owed[0] + interest[0]!, owed[1] + interest[1]!] as const;
  let best = Number.POSITIVE_INFINITY;
  const most = Math.min(budget, due[0] + due[1]);
  const firsts = new Set([Math.max(0, most - due[1]), Math.min(due[0], most)]);
  for (let first = 0; first <= Math.min(due[0], most); first += step) firsts.add(first);
  if (legal && legal.amount - paidFirst > 0) firsts.add(Math.min(due[0], most, legal.amount - paidFirst));
  for (const first of firsts) {
    if (most - first > due[1]) continue;
    const rest = leastByTrying(
      [due[0] - first, due[1] - (most - first)],
      percents,
      budget,
      step,
      month + 1,
      legal,
      paidFirst + first,
    );
    best = Math.min(best, interest[0]! + interest[1]! + rest);
  }
  return best;
}

test("trying every split of two debts in small steps finds nothing cheaper than the optimum", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2_000, max: 9_000 }),
      fc.integer({ min: 2_000, max: 9_000 }),
      fc.tuple(fc.integer({ min: 0, max: 36 }), fc.integer({ min: 0, max: 36 })),
      fc.option(fc.integer({ min: 1, max: 3 })),
      (a, b, percents, legalMonth) => {
        const budget = 5_000;
        const amount = Math.floor(a / 2);
        const legal = legalMonth === null ? undefined : { month: legalMonth, amount };
        const by =
          legal && ([day("2026-02-20"), day("2026-03-20"), day("2026-04-20")] as const)[legal.month - 1]!;
        const found = compared({
          asOf,
          budget: minor(budget),
          debts: [
            debt("a", a, String(percents[0]), 0, by && { by: by as Day, amount: minor(amount) }),
            debt("b", b, String(percents[1]), 0),
          ],
        });
        // One unit a month is rounding; nothing more.
        expect(found.optimum.interest).toBeLessThanOrEqual(
          leastByTrying([a, b], percents, budget, 500, 1, legal) + found.optimum.months.length,
        );
      },
    ),
    { numRuns: 40 },
  );
});
