import { ratio, type Wide, wideOf } from "../core/index.ts";

/** Exact sums of ratios. They run a few times a request, so that the wide numbers cost nothing. */
export const NOTHING: Wide = { numerator: 0n, denominator: 1n };

const lowest = (numerator: bigint, denominator: bigint): Wide => wideOf(ratio(numerator, denominator));

export const plus = (a: Wide, b: Wide): Wide =>
  lowest(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

export const times = (amount: number, by: Wide): Wide =>
  lowest(BigInt(amount) * by.numerator, by.denominator);

/**
 * An exact amount as text: `"218.3115"`, and where the digits do not end, as a quotient: `"268.3115/3"`.
 *
 * Takes   minor units as a ratio >= 0; the decimals of the currency.
 */
export function exactText({ numerator, denominator }: Wide, decimals = 2): string {
  let over = denominator * 10n ** BigInt(decimals);
  let [twos, fives] = [0n, 0n];
  while (over % 2n === 0n) {
    over /= 2n;
    twos += 1n;
  }
  while (over % 5n === 0n) {
    over /= 5n;
    fives += 1n;
  }
  const places = twos > fives ? twos : fives;
  const scaled = numerator * 2n ** (places - twos) * 5n ** (places - fives);
  const digits = scaled.toString().padStart(Number(places) + 1, "0");
  const cut = digits.length - Number(places);
  const fraction = digits.slice(cut).replace(/0+$/, "").padEnd(decimals, "0");
  return `${digits.slice(0, cut)}${fraction === "" ? "" : `.${fraction}`}${over === 1n ? "" : `/${over}`}`;
}
