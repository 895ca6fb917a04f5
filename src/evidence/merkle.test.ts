import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  append,
  EMPTY_EDGE,
  edgeRoot,
  fromHex,
  leafHash,
  nodeHash,
  provesConsistency,
  provesInclusion,
  same,
  toHex,
  treeOf,
} from "./merkle.ts";

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();
const leaf = (n: number): Uint8Array => leafHash(sha256, Uint8Array.of(n >> 8, n & 255));
const leaves = Array.from({ length: 101 }, (_, n) => leaf(n));
const roots = leaves
  .map((_, n) => treeOf(sha256, leaves.slice(0, n)).root)
  .concat([treeOf(sha256, leaves).root]);

const flipped = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

describe("a list that is sealed by one hash", () => {
  test("every entry of every size up to 100 is proved, and proves nothing at another place or size", () => {
    for (let size = 1; size <= 100; size++) {
      const root = roots[size]!;
      for (let index = 0; index < size; index++) {
        const proof = treeOf(sha256, leaves.slice(0, size)).inclusion(index);
        const holds = (at: number, of: number) =>
          provesInclusion(sha256, { index: at, leaf: leaves[index]! }, { size: of, root }, proof);
        expect(holds(index, size)).toBe(true);
        expect(holds(index + 1, size)).toBe(false);
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
      }
    }
  });

  test("every list up to 100 entries begins with each shorter one, and only with that", () => {
    for (let size = 1; size <= 100; size++) {
      for (let older = 1; older <= size; older++) {
        const proof = treeOf(sha256, leaves.slice(0, size)).consistency(older);
        const holds = (of: number, root: Uint8Array) =>
          provesConsistency(sha256, { size: of, root }, { size, root: roots[size]! }, proof);
        expect(holds(older, roots[older]!)).toBe(true);
        if (older < size) expect(holds(older, roots[older + 1]!)).toBe(false);
        if (older > 1) expect(holds(older - 1, roots[older]!)).toBe(false);
      }
    }
  });

  test("one bit changed anywhere in a proof, a root or an entry is found", () => {
    const sizes = fc.integer({ min: 2, max: 100 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        index: fc.integer({ min: 0, max: size - 1 }),
        older: fc.integer({ min: 1, max: size - 1 }),
        bit: fc.integer({ min: 0, max: 255 }),
      }),
    );
    fc.assert(
      fc.property(sizes, ({ size, index, older, bit }) => {
        const root = roots[size]!;
        const list = leaves.slice(0, size);
        const path = treeOf(sha256, list).inclusion(index);
        const entry = { index, leaf: list[index]! };
        expect(provesInclusion(sha256, { index, leaf: flipped(entry.leaf, bit) }, { size, root }, path)).toBe(
          false,
        );
        expect(provesInclusion(sha256, entry, { size, root: flipped(root, bit) }, path)).toBe(false);
        path.forEach((hash, i) => {
          const changed = path.with(i, flipped(hash, bit));
          expect(provesInclusion(sha256, entry, { size, root }, changed)).toBe(false);
        });
        expect(provesInclusion(sha256, entry, { size, root }, path.slice(0, -1))).toBe(false);
        expect(provesInclusion(sha256, entry, { size, root }, [...path, root])).toBe(false);
        const proof = treeOf(sha256, list).consistency(older);
        const [before, after] = [
          { size: older, root: roots[older]! },
          { size, root },
        ];
        proof.forEach((hash, i) => {
          expect(provesConsistency(sha256, before, after, proof.with(i, flipped(hash, bit)))).toBe(false);
        });
        expect(provesConsistency(sha256, before, after, [...proof, root])).toBe(false);
        expect(provesConsistency(sha256, before, { size, root: flipped(root, bit) }, proof)).toBe(false);
        expect(
          provesConsistency(sha256, { size: older, root: flipped(before.root, bit) }, after, proof),
        ).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test("it grows entry by entry to the same root, and remembers no more than its logarithm", () => {
    let edge = EMPTY_EDGE;
    for (let size = 0; size <= 100; size++) {
      expect(same(edgeRoot(sha256, edge), roots[size]!)).toBe(true);
      expect(edge.subtrees.length).toBeLessThanOrEqual(7);
      edge = append(sha256, edge, leaves[size]!);
    }
  });

  /** RFC 9162, section 2.1.5: seven entries, and the subtrees of the drawing there by their letters. */
  test("the proofs of the example in RFC 9162 have the parts that it names", () => {
    const [a, b, c, d, e, f, j] = leaves as [Uint8Array, ...Uint8Array[]] as Uint8Array[];
    const pair = (left?: Uint8Array, right?: Uint8Array) => nodeHash(sha256, left!, right!);
    const [g, h, i] = [pair(a, b), pair(c, d), pair(e, f)];
    const [k, l] = [pair(g, h), pair(i, j)];
    const seven = leaves.slice(0, 7);
    const hexes = (hashes: readonly (Uint8Array | undefined)[]) => hashes.map((hash) => toHex(hash!));
    expect(toHex(treeOf(sha256, seven).root)).toBe(toHex(pair(k, l)));
    expect(hexes(treeOf(sha256, seven).inclusion(0))).toEqual(hexes([b, h, l]));
    expect(hexes(treeOf(sha256, seven).inclusion(3))).toEqual(hexes([c, g, l]));
    expect(hexes(treeOf(sha256, seven).inclusion(4))).toEqual(hexes([f, j, k]));
    expect(hexes(treeOf(sha256, seven).inclusion(6))).toEqual(hexes([i, k]));
    expect(hexes(treeOf(sha256, seven).consistency(3))).toEqual(hexes([c, d, g, l]));
    expect(hexes(treeOf(sha256, seven).consistency(4))).toEqual(hexes([l]));
    expect(hexes(treeOf(sha256, seven).consistency(6))).toEqual(hexes([i, j, k]));
  });

  test("nothing is proved by sizes that are no counts, or by hashes of another length", () => {
    const entry = { index: 0, leaf: leaves[0]! };
    const root = roots[2]!;
    expect(provesInclusion(sha256, entry, { size: 2, root }, [leaves[1]!])).toBe(true);
    expect(provesInclusion(sha256, entry, { size: 2, root }, [leaves[1]!.slice(1)])).toBe(false);
    for (const size of [0, -2, Number.NaN, 2 ** 60])
      expect(provesInclusion(sha256, entry, { size, root }, [leaves[1]!])).toBe(false);
    expect(provesInclusion(sha256, { ...entry, index: -2 }, { size: 2, root }, [leaves[1]!])).toBe(false);
    const empty = { size: 0, root: treeOf(sha256, []).root };
    expect(provesConsistency(sha256, empty, { size: 2, root }, [])).toBe(false);
  });

  test("hashes are written in small hexadecimal digits, and read back only from those", () => {
    expect(toHex(Uint8Array.of(0, 15, 16, 255))).toBe("000f10ff");
    expect(fromHex("000f10ff")).toEqual(Uint8Array.of(0, 15, 16, 255));
    for (const text of ["0", "0F", "0x", " 00", "00 "]) expect(fromHex(text)).toBeUndefined();
  });
});
