import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minor, parseMoney } from "../core/index.ts";
import { amountWords } from "./amount-words.ts";

describe("an amount in capital characters", () => {
  // The first six are the examples of the rules on filling in bills; the others are worked by hand.
  test.each([
    ["1409.50", "壹仟肆佰零玖元伍角"],
    ["6007.14", "陆仟零柒元壹角肆分"],
    ["1680.32", "壹仟陆佰捌拾元零叁角贰分"],
    ["107000.53", "壹拾万柒仟元零伍角叁分"],
    ["16409.02", "壹万陆仟肆佰零玖元零贰分"],
    ["325.04", "叁佰贰拾伍元零肆分"],
    ["0.00", "零元整"],
    ["0.01", "壹分"],
    ["0.10", "壹角"],
    ["0.99", "玖角玖分"],
    ["1.00", "壹元整"],
    ["10.00", "壹拾元整"],
    ["10.01", "壹拾元零壹分"],
    ["10.10", "壹拾元零壹角"],
    ["11.10", "壹拾壹元壹角"],
    ["101.00", "壹佰零壹元整"],
    ["1001.00", "壹仟零壹元整"],
    ["1010.00", "壹仟零壹拾元整"],
    ["9999.99", "玖仟玖佰玖拾玖元玖角玖分"],
    ["10000.00", "壹万元整"],
    ["10001.00", "壹万零壹元整"],
    ["10100.00", "壹万零壹佰元整"],
    ["11000.00", "壹万壹仟元整"],
    ["100000.00", "壹拾万元整"],
    ["1000000.00", "壹佰万元整"],
    ["10000000.00", "壹仟万元整"],
    ["100000000.00", "壹亿元整"],
    ["100000001.00", "壹亿零壹元整"],
    ["100010000.00", "壹亿零壹万元整"],
    ["100011000.00", "壹亿零壹万壹仟元整"],
    ["1000000000000.00", "壹万亿元整"],
    ["1200000000000.00", "壹万贰仟亿元整"],
  ])("%s is %s", (amount, words) => {
    expect(amountWords(parseMoney(amount)!)).toBe(words);
  });

  test("says the same amount again when it is read back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000_00 }), (amount) => {
        expect(readBack(amountWords(minor(amount)))).toBe(amount);
      }),
    );
  });

  test("has no two zeros side by side, none at its beginning but in nothing, and 整 only after 元", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_000_000_000_00 }), (amount) => {
        const words = amountWords(minor(amount));
        expect(words).not.toMatch(/零零|^零|零元|零整|[角分]整/);
        expect(words.endsWith("整")).toBe(amount % 100 === 0);
      }),
    );
  });

  test("a negative amount is no amount to write", () => {
    expect(() => amountWords(minor(-1))).toThrow("not negative");
  });
});

/** Read by a rule of its own: digit by digit, from the left. */
function readBack(words: string): number {
  const [whole, rest] = words.includes("元") ? (words.split("元") as [string, string]) : ["", words];
  const small = (text: string): number => {
    let sum = 0;
    let digit = 0;
    for (const sign of text) {
      const value = "零壹贰叁肆伍陆柒捌玖".indexOf(sign);
      if (value >= 0) digit = value;
      else {
        sum += digit * { 拾: 10, 佰: 100, 仟: 1000 }[sign]!;
        digit = 0;
      }
    }
    return sum + digit;
  };
  const big = (text: string, unit: string, of: number, next: (text: string) => number): number => {
    const at = text.lastIndexOf(unit);
    return at < 0 ? next(text) : next(text.slice(0, at)) * of + next(text.slice(at + 1));
  };
  const tenThousands = (text: string): number => big(text, "万", 10_000, small);
  const yuan = big(whole, "亿", 100_000_000, tenThousands);
  const part = (unit: string): number =>
    "零壹贰叁肆伍陆柒捌玖".indexOf(new RegExp(`(.)${unit}`).exec(rest)?.[1] ?? "零");
  return yuan * 100 + part("角") * 10 + part("分");
}
