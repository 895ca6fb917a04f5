import type { Wide } from "./rate.ts";
import { invariant } from "./trouble.ts";

/**
 * Real numbers as whole multiples of 2^-200, some 60 decimal digits behind the point. Only prices told as a yearly rate need
 * them: a power such as 1.13^(546/365) has no exact form. Money never passes through here; what comes out is the sign of a
 * sum, and a rate of eight decimals.
 */
export type Fixed = bigint;

const BITS = 200n;
export const ONE: Fixed = 1n << BITS;

export const times = (a: Fixed, b: Fixed): Fixed => (a * b) >> BITS;
export const over = (a: Fixed, b: Fixed): Fixed => (a << BITS) / b;
export const fixed = ({ numerator, denominator }: Wide): Fixed => (numerator << BITS) / denominator;

/** A ratio of whole numbers in lowest terms, of either sign. Unlike `ratio` it stays in big whole numbers. */
export function wide(numerator: bigint, denominator: bigint): Wide {
  invariant(denominator > 0n, "a ratio has a denominator above zero");
  let a = numerator < 0n ? -numerator : numerator;
  let b = denominator;
  while (b !== 0n) [a, b] = [b, a % b];
  return a <= 1n ? { numerator, denominator } : { numerator: numerator / a, denominator: denominator / a };
}

export const NOTHING: Wide = { numerator: 0n, denominator: 1n };

export const plus = (a: Wide, b: Wide): Wide =>
  wide(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
export const minus = (a: Wide, b: Wide): Wide => plus(a, { ...b, numerator: -b.numerator });
export const product = (a: Wide, b: Wide): Wide =>
  wide(a.numerator * b.numerator, a.denominator * b.denominator);
/** -1, 0 or 1 as the first is less than, equal to or greater than the second. */
export function compare(a: Wide, b: Wide): -1 | 0 | 1 {
  const gap = a.numerator * b.denominator - b.numerator * a.denominator;
  return gap < 0n ? -1 : gap > 0n ? 1 : 0;
}

/** `base^exponent` for a whole exponent >= 0, by squaring. */
export function power(base: Fixed, exponent: bigint): Fixed {
  let result = ONE;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = times(result, square);
    square = times(square, square);
  }
  return result;
}

const LN_2: Fixed = lnNearOne(over(4n * ONE, 3n * ONE)) + lnNearOne(over(3n * ONE, 2n * ONE));

/**
 * The natural logarithm.
 *
 * Takes   a number above zero.
 * Holds   right to some 55 decimals: the number is halved or doubled into 2/3 … 4/3 first, where the series is short.
 */
export function ln(value: Fixed): Fixed {
  invariant(value > 0n, "only a number above zero has a logarithm");
  let near = value;
  let doublings = 0n;
  while (near * 3n > ONE * 4n) {
    near >>= 1n;
    doublings += 1n;
  }
  while (near * 3n < ONE * 2n) {
    near <<= 1n;
    doublings -= 1n;
  }
  return lnNearOne(near) + doublings * LN_2;
}

/** ln x = 2 (z + z^3/3 + z^5/5 + …) with z = (x - 1) / (x + 1). */
function lnNearOne(value: Fixed): Fixed {
  const z = over(value - ONE, value + ONE);
  const square = times(z, z);
  let sum = 0n;
  let term = z;
  for (let n = 1n; term > 1n || term < -1n; n += 2n) {
    sum += term / n;
    term = times(term, square);
  }
  return 2n * sum;
}

/** Doublings after the series: each halves its argument and so shortens it. */
const HALVINGS = 8n;

/** `e^value`. Holds as `ln` does; what is below 2^-200 becomes nothing. */
export function exp(value: Fixed): Fixed {
  let doublings = value / LN_2;
  if (value < 0n) doublings -= 1n;
  const small = (value - doublings * LN_2) >> HALVINGS;
  let sum = ONE;
  let term = ONE;
  for (let n = 1n; term > 0n; n += 1n) {
    term = times(term, small) / n;
    sum += term;
  }
  for (let i = 0n; i < HALVINGS; i += 1n) sum = times(sum, sum);
  return doublings >= 0n ? sum << doublings : sum >> -doublings;
}
