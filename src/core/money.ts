import { invariant } from "./trouble.ts";

declare const minorBrand: unique symbol;

/** Money in minor units (fen, cents): a whole number, safe up to 9.0e15. Text with decimals at every edge. */
export type Minor = number & { readonly [minorBrand]: true };

export const ZERO = 0 as Minor;

/** Decimals of each currency we take. Source: ISO 4217. */
const DECIMALS: Readonly<Record<string, number>> = {
  CNY: 2,
  USD: 2,
  EUR: 2,
  GBP: 2,
  CZK: 2,
  HKD: 2,
  JPY: 0,
  KRW: 0,
};

export const CURRENCIES: readonly string[] = Object.keys(DECIMALS);

export function decimalsOf(currency: string): number {
  const decimals = DECIMALS[currency];
  invariant(decimals !== undefined, `unknown currency ${currency}; known are ${CURRENCIES.join(", ")}`);
  return decimals;
}

export function minor(value: number): Minor {
  // Asked before the message is made: this runs for every figure.
  if (!Number.isSafeInteger(value))
    invariant(false, `money must be a whole number of minor units, found ${value}`);
  return value as Minor;
}

export function add(...parts: readonly Minor[]): Minor {
  let sum = 0;
  for (const part of parts) sum += part;
  return minor(sum);
}

export const subtract = (from: Minor, amount: Minor): Minor => minor(from - amount);
export const least = (a: Minor, b: Minor): Minor => (a < b ? a : b);
export const atLeastZero = (a: Minor): Minor => (a < 0 ? ZERO : a);

/**
 * Reads `1234.5`, `-0.05`, `.158`: digits with an optional sign and at most the currency's decimals.
 * Gives `undefined` for anything else (more decimals too, unless they are zeros), so that no amount is ever guessed.
 */
export function parseMoney(text: string, decimals = 2): Minor | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = ""] = match;
  if (whole === "" && fraction === "") return undefined;
  if (/[1-9]/.test(fraction.slice(decimals))) return undefined;
  const value = Number((whole || "0") + fraction.slice(0, decimals).padEnd(decimals, "0"));
  if (!Number.isSafeInteger(value)) return undefined;
  return (sign === "-" && value !== 0 ? -value : value) as Minor;
}

/** `123456` → `"1234.56"`. No thousands separators: those belong to screens. */
export function formatMoney(amount: Minor, decimals = 2): string {
  const digits = Math.abs(amount)
    .toString()
    .padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return amount < 0 ? `-${text}` : text;
}

export type RoundingMode = "half-even" | "half-up" | "up" | "down";
export const ROUNDING_MODES: readonly RoundingMode[] = ["half-even", "half-up", "up", "down"];

/**
 * Exact `a x b / c`, as quotient and remainder.
 *
 * Takes   whole numbers a, b >= 0 and c > 0, each a safe integer.
 * Gives   `quotient` and `remainder` with `a * b = quotient * c + remainder`, `0 <= remainder < c`.
 * Holds   exact for every input whose quotient is a safe integer: while `b x c < 2^53` in plain numbers, beyond that by
 *         BigInt. Nobody downstream can tell which one ran.
 */
export function mulDiv(a: number, b: number, c: number): { quotient: number; remainder: number } {
  const scaled = b * c;
  if (scaled <= Number.MAX_SAFE_INTEGER) {
    let whole = Math.floor(a / c);
    let rest = a - whole * c;
    // A rounded division can be off by one when a is near 2^53; the remainder tells.
    if (rest < 0) {
      whole -= 1;
      rest += c;
    } else if (rest >= c) {
      whole += 1;
      rest -= c;
    }
    const product = rest * b;
    let part = Math.floor(product / c);
    let remainder = product - part * c;
    if (remainder < 0) {
      part -= 1;
      remainder += c;
    }
    const quotient = whole * b + part;
    if (Number.isSafeInteger(quotient)) return { quotient, remainder };
  }
  const product = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  const quotient = Number(product / divisor);
  invariant(Number.isSafeInteger(quotient), `${a} x ${b} / ${c} is beyond 9.0e15 minor units`);
  return { quotient, remainder: Number(product % divisor) };
}

/** `a x b / c` rounded to a whole number by the mode that the caller names. Inputs as for `mulDiv`. */
export function mulDivRound(a: number, b: number, c: number, mode: RoundingMode): Minor {
  const { quotient, remainder } = mulDiv(a, b, c);
  return (quotient + (roundsUp(remainder, c, quotient, mode) ? 1 : 0)) as Minor;
}

function roundsUp(remainder: number, divisor: number, quotient: number, mode: RoundingMode): boolean {
  if (remainder === 0) return false;
  // Compare with the gap to the next whole instead of doubling, which could leave the safe range.
  const gap = divisor - remainder;
  switch (mode) {
    case "down":
      return false;
    case "up":
      return true;
    case "half-up":
      return remainder >= gap;
    case "half-even":
      return remainder > gap || (remainder === gap && quotient % 2 === 1);
  }
}
