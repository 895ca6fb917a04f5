import { hash32 } from "../core/index.ts";

/** A number in [0, 1), of 32 bits. */
export type Random = () => number;

/**
 * Numbers that look drawn by lot and are the same for the same seed on every machine.
 *
 * Source: xoshiro128** 1.1, David Blackman and Sebastiano Vigna, 2018, public domain. Its four words of state come from
 * hashing the seed's text, so that each borrower of a book has a stream of his own.
 */
export function randomOf(seed: string): Random {
  let a = hash32(`${seed}/a`);
  let b = hash32(`${seed}/b`);
  let c = hash32(`${seed}/c`);
  let d = hash32(`${seed}/d`) | 1; // all four must not be zero
  return () => {
    const scrambled = Math.imul(rotated(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return (scrambled >>> 0) / 4_294_967_296;
  };
}

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** A whole number from `from` to `to`, both possible. */
export const between = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

/** One of the choices, each with its share; the shares need not add up to 1. */
export function pick<T>(random: Random, choices: readonly (readonly [share: number, choice: T])[]): T {
  let total = 0;
  for (const [share] of choices) total += share;
  let at = random() * total;
  for (const [share, choice] of choices) {
    at -= share;
    if (at < 0) return choice;
  }
  return choices.at(-1)![1];
}
