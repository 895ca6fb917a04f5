/** Shares from few cases say little: each is told with the interval in which it lies with 95 % confidence. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution, for 95 % on both sides. */
const Z = 1.959964;
/** With fewer cases no share is told: its interval would be wider than anybody could use. */
export const LEAST_CASES = 30;

/**
 * Wilson's score interval of a share.
 *
 * Takes   hits of cases, 0 <= hits <= cases; undefined of no cases.
 * Source  E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927.
 */
export function wilson(hits: number, cases: number): Interval | undefined {
  if (cases <= 0) return undefined;
  const share = hits / cases;
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * cases)) / (1 + z2 / cases);
  const half = (Z / (1 + z2 / cases)) * Math.sqrt((share * (1 - share)) / cases + z2 / (4 * cases * cases));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export interface Cases {
  readonly hits: number;
  readonly cases: number;
}

/**
 * Interval of the difference of two shares, the first less the second, from the Wilson interval of each.
 *
 * Source  R. G. Newcombe, "Interval estimation for the difference between independent proportions", 1998, method 10.
 */
export function newcombe(one: Cases, other: Cases): Interval | undefined {
  const [a, b] = [wilson(one.hits, one.cases), wilson(other.hits, other.cases)];
  if (!a || !b) return undefined;
  const [p, q] = [one.hits / one.cases, other.hits / other.cases];
  return {
    low: p - q - Math.hypot(p - a.low, b.high - q),
    high: p - q + Math.hypot(a.high - p, q - b.low),
  };
}
