import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Ceiling, type CostSoFar, claimable } from "./ceiling.ts";
import { formatMoney, type Minor, minor, parseMoney, ROUNDING_MODES, type RoundingMode } from "./money.ts";
import { parseRate } from "./rate.ts";

const money = (text: string): Minor => parseMoney(text)!;

const ceiling = (percent: string, yearDays: 360 | 365 = 365): Ceiling => ({
  rule: "test",
  rate: parseRate(percent, "year")!,
  yearDays,
  onRequest: true,
  cite: "test",
  force: "law",
  verification: "unverified",
});

interface Figures {
  readonly principal?: string;
  readonly days?: number;
  readonly charged?: Partial<Record<"interest" | "fee" | "penalty", string>>;
  /** What was charged, unless given. */
  readonly unpaid?: Partial<Record<"principal" | "interest" | "fee" | "penalty", string>>;
  readonly rounding?: RoundingMode;
}

const cost = ({
  principal = "2000",
  days = 45,
  charged = {},
  unpaid = charged,
  rounding,
}: Figures): CostSoFar => {
  const kinds = (of: typeof charged) => ({
    interest: money(of.interest ?? "0"),
    fee: money(of.fee ?? "0"),
    penalty: money(of.penalty ?? "0"),
  });
  return {
    principalDays: money(principal) * days,
    charged: kinds(charged),
    unpaid: { principal: money(unpaid.principal ?? principal), ...kinds(unpaid) },
    rounding: rounding ?? "half-up",
  };
};

const shown = ({ reduced, ...sums }: ReturnType<typeof claimable>) => ({
  allowed: formatMoney(sums.allowed),
  charged: formatMoney(sums.charged),
  excess: formatMoney(sums.excess),
  reduced: `${formatMoney(reduced.penalty)} ${formatMoney(reduced.fee)} ${formatMoney(reduced.interest)}`,
  contractual: formatMoney(sums.contractual),
  claimable: formatMoney(sums.claimable),
  paidAbove: formatMoney(sums.paidAbove),
});

describe("the penalty of a contract against 24 % a year", () => {
  // Worked by hand. 2,000.00 late for 45 days at 0.05 % a day x 1.5: 2,000 x 0.00075 x 45 = 67.50.
  // The line: 2,000 x 0.24 x 45 / 365 = 21,600 / 365 = 59.1780…, and 21,600 / 360 = 60.00.
  // At x 1.3: 2,000 x 0.00065 x 45 = 58.50, which is 23.725 % a year of 365 days, below the line.
  it.each([
    // year, charged, allowed, excess, claimable
    [365, "67.50", "59.18", "8.32", "2059.18"],
    [360, "67.50", "60.00", "7.50", "2060.00"],
    [365, "58.50", "59.18", "0.00", "2058.50"],
    [360, "58.50", "60.00", "0.00", "2058.50"],
    // One cent either side of the line.
    [365, "59.17", "59.18", "0.00", "2059.17"],
    [365, "59.18", "59.18", "0.00", "2059.18"],
    [365, "59.19", "59.18", "0.01", "2059.18"],
    [360, "59.99", "60.00", "0.00", "2059.99"],
    [360, "60.00", "60.00", "0.00", "2060.00"],
    [360, "60.01", "60.00", "0.01", "2060.00"],
    // Nothing charged.
    [365, "0.00", "59.18", "0.00", "2000.00"],
  ] as const)(
    "in a year of %i days, %s of penalty: %s allowed, %s too much, %s claimable",
    (yearDays, penalty, allowed, excess, rest) => {
      const result = shown(claimable(cost({ charged: { penalty } }), ceiling("24", yearDays)));
      expect(result).toMatchObject({ allowed, excess, claimable: rest, paidAbove: "0.00" });
    },
  );

  it("at x 1.3 is 23.725 % a year, and a ceiling of that height leaves it whole to the cent", () => {
    const charged = { penalty: "58.50" };
    expect(shown(claimable(cost({ charged }), ceiling("23.725"))).excess).toBe("0.00");
    expect(shown(claimable(cost({ charged }), ceiling("23.72"))).excess).toBe("0.01");
  });
});

describe("where the excess is taken off", () => {
  // 36,500.00 for 10 days at 24 %: 36,500 x 0.24 x 10 / 365 = 240.00 are allowed.
  const line = { principal: "36500", days: 10 };
  it.each([
    // charged interest, fee, penalty; penalty, fee, interest taken off; above the line and paid
    ["240.00", "0.00", "0.00", "0.00 0.00 0.00", "0.00"],
    ["200.00", "20.00", "20.01", "0.01 0.00 0.00", "0.00"],
    ["200.00", "40.00", "30.00", "30.00 0.00 0.00", "0.00"],
    ["200.00", "40.00", "30.01", "30.01 0.00 0.00", "0.00"],
    ["230.00", "40.00", "30.00", "30.00 30.00 0.00", "0.00"],
    ["245.00", "40.00", "30.00", "30.00 40.00 5.00", "0.00"],
  ])("%s interest, %s fee and %s penalty lose %s", (interest, fee, penalty, reduced, paidAbove) => {
    const result = claimable(cost({ ...line, charged: { interest, fee, penalty } }), ceiling("24"));
    expect(shown(result)).toMatchObject({ reduced, paidAbove });
  });

  it("is what is unpaid, never principal; what is paid above the line is told apart", () => {
    // 300.00 charged, 60.00 above the line; 10.00 of penalty and 15.00 of interest are unpaid.
    const result = claimable(
      cost({
        ...line,
        charged: { interest: "270.00", penalty: "30.00" },
        unpaid: { principal: "20000", interest: "15.00", penalty: "10.00" },
      }),
      ceiling("24"),
    );
    expect(shown(result)).toEqual({
      allowed: "240.00",
      charged: "300.00",
      excess: "60.00",
      reduced: "10.00 0.00 15.00",
      contractual: "20025.00",
      claimable: "20000.00",
      paidAbove: "35.00",
    });
  });

  it("at a ceiling of zero, everything but principal", () => {
    const charged = { interest: "1.00", fee: "2.00", penalty: "3.00" };
    const result = claimable(cost({ ...line, charged }), ceiling("0"));
    expect(shown(result)).toMatchObject({
      allowed: "0.00",
      reduced: "3.00 2.00 1.00",
      claimable: "36500.00",
    });
  });

  it("a dear month is made good by a cheap one, because the whole time is measured", () => {
    // 31 days at 0.1 % and 30 at nothing, 1,000.00: 31.00 charged; 1,000 x 0.24 x 61 / 365 = 40.10… are allowed.
    const result = claimable(
      cost({ principal: "1000", days: 61, charged: { interest: "31.00" } }),
      ceiling("24"),
    );
    expect(shown(result)).toMatchObject({ allowed: "40.11", excess: "0.00" });
  });
});

describe("the line itself", () => {
  it("is rounded as the loan's interest is", () => {
    const allowed = (rounding: RoundingMode) => shown(claimable(cost({ rounding }), ceiling("24"))).allowed;
    expect(ROUNDING_MODES.map((mode) => [mode, allowed(mode)])).toEqual([
      ["half-even", "59.18"],
      ["half-up", "59.18"],
      ["up", "59.18"],
      ["down", "59.17"],
    ]);
  });

  it("is exact where a product leaves the range of plain numbers", () => {
    // A billion for 24 years: 100,000,000,000 fen x 8,760 days x 0.1385 / 365 = 332,400,000,000 fen.
    const big = { ...cost({}), principalDays: 876_000_000_000_000 };
    expect(claimable(big, ceiling("13.85")).allowed).toBe(332_400_000_000);
  });

  const part = fc.integer({ min: 0, max: 10_000_000 });
  const kind = fc.tuple(part, part).map(([a, b]) => ({ charged: Math.max(a, b), unpaid: Math.min(a, b) }));
  it("agrees with exact fractions, and the sums hold", () => {
    fc.assert(
      fc.property(
        fc.record({
          principalDays: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
          percent: fc.integer({ min: 0, max: 3600 }),
          yearDays: fc.constantFrom<360 | 365>(360, 365),
          principal: part,
          interest: kind,
          fee: kind,
          penalty: kind,
        }),
        ({ principalDays, percent, yearDays, principal, interest, fee, penalty }) => {
          const rate = { numerator: percent, scale: 4, per: "year" as const };
          const result = claimable(
            {
              principalDays,
              charged: {
                interest: minor(interest.charged),
                fee: minor(fee.charged),
                penalty: minor(penalty.charged),
              },
              unpaid: {
                principal: minor(principal),
                interest: minor(interest.unpaid),
                fee: minor(fee.unpaid),
                penalty: minor(penalty.unpaid),
              },
              rounding: "down",
            },
            { ...ceiling("24", yearDays), rate },
          );
          const exact = (BigInt(principalDays) * BigInt(percent)) / (10_000n * BigInt(yearDays));
          expect(BigInt(result.allowed)).toBe(exact);
          const taken = result.reduced.interest + result.reduced.fee + result.reduced.penalty;
          expect(taken + result.paidAbove).toBe(result.excess);
          expect(result.claimable + taken).toBe(result.contractual);
          expect(result.claimable).toBeGreaterThanOrEqual(principal);
          if (result.excess > 0) expect(result.charged - result.excess).toBe(result.allowed);
        },
      ),
    );
  });
});

describe("a caller's mistake is told", () => {
  it.each<[string, () => unknown, string]>([
    [
      "a daily rate",
      () => claimable(cost({}), { ...ceiling("24"), rate: parseRate("0.05", "day")! }),
      "per year",
    ],
    [
      "more unpaid than charged",
      () => claimable(cost({ unpaid: { fee: "0.01" } }), ceiling("24")),
      "unpaid fee",
    ],
    [
      "days that do not add up",
      () => claimable({ ...cost({}), principalDays: 2 ** 53 }, ceiling("24")),
      "whole number",
    ],
  ])("%s", (_, call, says) => {
    expect(call).toThrow(says);
  });
});
