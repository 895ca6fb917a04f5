import type { Rate } from "../core/index.ts";

/** Which of two rates of one period is higher, exactly: `10^scale` is beyond no number that a rate has. */
export function rateCompared(a: Rate, b: Rate): number {
  const left = BigInt(a.numerator) * 10n ** BigInt(b.scale);
  const right = BigInt(b.numerator) * 10n ** BigInt(a.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}
