import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  atLeastZero,
  decimalsOf,
  formatMoney,
  least,
  type Minor,
  minor,
  mulDiv,
  mulDivRound,
  parseMoney,
  ROUNDING_MODES,
  type RoundingMode,
  subtract,
  ZERO,
} from "./money.ts";

const MAX = Number.MAX_SAFE_INTEGER;
const whole = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.integer({ min: 0, max: MAX }),
  fc.integer({ min: MAX - 1000, max: MAX }),
);
const divisor = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: MAX }));

describe("money as text", () => {
  it.each([
    ["1234.56", 123_456],
    ["1234.5", 123_450],
    ["1234", 123_400],
    ["1234.", 123_400],
    [".158000", undefined],
    [".15", 15],
    ["0.05", 5],
    ["-0.05", -5],
    ["+0.05", 5],
    ["-0", 0],
    ["000012.30", 1230],
    ["1.230000", 123],
    ["1.239", undefined],
    ["90071992547409.91", MAX],
    ["90071992547409.92", undefined],
    ["1,234.56", undefined],
    ["1e3", undefined],
    ["", undefined],
    [".", undefined],
    ["-", undefined],
    ["--1", undefined],
    [" 1", undefined],
    ["1\n", undefined],
    ["１２", undefined],
    ["NaN", undefined],
  ])("reads %j as %j", (text, value) => {
    expect(parseMoney(text)).toBe(value);
  });

  it.each([
    ["12", 0, 12],
    ["12.00", 0, 12],
    ["12.5", 0, undefined],
    ["1.234", 3, 1234],
  ])("reads %j with %i decimals as %j", (text, decimals, value) => {
    expect(parseMoney(text, decimals)).toBe(value);
  });

  it.each([
    [0, 2, "0.00"],
    [5, 2, "0.05"],
    [-5, 2, "-0.05"],
    [100, 2, "1.00"],
    [-123_456, 2, "-1234.56"],
    [MAX, 2, "90071992547409.91"],
    [12, 0, "12"],
    [-12, 0, "-12"],
  ])("writes %i with %i decimals as %s", (value, decimals, text) => {
    expect(formatMoney(value as Minor, decimals)).toBe(text);
  });

  it("what is written is read back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -MAX, max: MAX }), fc.constantFrom(0, 2), (value, decimals) => {
        expect(parseMoney(formatMoney(value as Minor, decimals), decimals)).toBe(value);
      }),
    );
  });

  it("a currency has the decimals of ISO 4217, and an unknown one is an error", () => {
    expect([decimalsOf("CNY"), decimalsOf("USD"), decimalsOf("JPY")]).toEqual([2, 2, 0]);
    expect(() => decimalsOf("XXX")).toThrow("unknown currency XXX");
  });
});

describe("sums", () => {
  it("are whole numbers of minor units or an error", () => {
    expect(add()).toBe(0);
    expect(add(minor(1), minor(2), minor(-4))).toBe(-1);
    expect(subtract(minor(1), minor(3))).toBe(-2);
    expect(least(minor(1), minor(3))).toBe(1);
    expect(atLeastZero(minor(-1))).toBe(ZERO);
    expect(() => minor(0.1)).toThrow("whole number of minor units");
    expect(() => minor(Number.NaN)).toThrow();
    expect(() => add(minor(MAX), minor(1))).toThrow();
  });
});

describe("multiplying and dividing exactly", () => {
  // BigInt is the oracle here: it is exact by itself.
  it("gives the quotient and remainder that BigInt gives, also beyond 2^53", () => {
    fc.assert(
      fc.property(whole, whole, divisor, (a, b, c) => {
        const product = BigInt(a) * BigInt(b);
        const quotient = product / BigInt(c);
        if (quotient > BigInt(MAX)) {
          expect(() => mulDiv(a, b, c)).toThrow("beyond 9.0e15");
          return;
        }
        expect(mulDiv(a, b, c)).toEqual({
          quotient: Number(quotient),
          remainder: Number(product % BigInt(c)),
        });
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    [MAX, 1, 3],
    [MAX, 3, 3],
    [MAX, MAX, MAX],
    [MAX - 1, 2, 4],
    [MAX, 94_906_265, 94_906_265],
    [0, MAX, 1],
    [MAX, 0, 7],
  ])("%i x %i / %i", (a, b, c) => {
    const product = BigInt(a) * BigInt(b);
    expect(mulDiv(a, b, c)).toEqual({
      quotient: Number(product / BigInt(c)),
      remainder: Number(product % BigInt(c)),
    });
  });
});

describe("rounding", () => {
  it.each([
    // a x b / c        down  up  half-up  half-even
    ["0.4", 4, 1, 10, 0, 1, 0, 0],
    ["0.5", 1, 1, 2, 0, 1, 1, 0],
    ["0.6", 6, 1, 10, 0, 1, 1, 1],
    ["1.0", 5, 2, 10, 1, 1, 1, 1],
    ["1.5", 3, 1, 2, 1, 2, 2, 2],
    ["2.5", 5, 1, 2, 2, 3, 3, 2],
    ["2.500…1", 5_000_001, 1, 2_000_000, 2, 3, 3, 3],
    ["3.5", 7, 1, 2, 3, 4, 4, 4],
    ["0", 0, 7, 3, 0, 0, 0, 0],
  ])("%s by each mode", (_, a, b, c, down, up, halfUp, halfEven) => {
    expect(mulDivRound(a, b, c, "down")).toBe(down);
    expect(mulDivRound(a, b, c, "up")).toBe(up);
    expect(mulDivRound(a, b, c, "half-up")).toBe(halfUp);
    expect(mulDivRound(a, b, c, "half-even")).toBe(halfEven);
  });

  const oracle = (product: bigint, c: bigint, mode: RoundingMode): bigint => {
    const floor = product / c;
    const twice = (product % c) * 2n;
    if (mode === "down" || twice === 0n) return floor;
    if (mode === "up" || twice > c) return floor + 1n;
    if (twice < c) return floor;
    return mode === "half-up" || floor % 2n === 1n ? floor + 1n : floor;
  };

  it("equals rounding the exact BigInt ratio, halves of large numbers among them", () => {
    fc.assert(
      fc.property(whole, whole, divisor, fc.constantFrom(...ROUNDING_MODES), (a, b, c, mode) => {
        const expected = oracle(BigInt(a) * BigInt(b), BigInt(c), mode);
        fc.pre(expected <= BigInt(MAX));
        expect(mulDivRound(a, b, c, mode)).toBe(Number(expected));
      }),
      { numRuns: 3000 },
    );
    for (const mode of ROUNDING_MODES) {
      const half = oracle(BigInt(MAX), 2n, mode);
      expect(mulDivRound(MAX, 1, 2, mode)).toBe(Number(half));
    }
  });
});
