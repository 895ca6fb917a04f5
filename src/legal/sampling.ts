import { hash32 } from "../core/index.ts";

/**
 * Which letters of a batch a lawyer opens before he approves all of it: `n` of them, by a seed that is recorded.
 *
 * Takes   ids in any order; the same ids, seed and n give the same sample.
 * Gives   n of them, or all where there are fewer, in order of id.
 * Holds   whoever drafted the batch cannot choose the sample: the order is that of a hash of seed and id.
 */
export function sampleOf(ids: readonly string[], n: number, seed: number): string[] {
  return [...ids]
    .map((id) => ({ id, rank: hash32(`${seed}\u0000${id}`) }))
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
    .slice(0, n)
    .map(({ id }) => id)
    .sort();
}

/**
 * How many letters of a batch are opened at least: all of a few, then more slowly than the batch grows.
 *
 * Source  practice, not law: 1 in 10, at least 5, at most 125, where nothing else is agreed with the firm.
 */
export const leastSample = (of: number): number =>
  Math.min(of, Math.min(125, Math.max(5, Math.ceil(of / 10))));
