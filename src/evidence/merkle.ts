/**
 * The Merkle tree of RFC 9162, section 2.1: which is that of RFC 6962. A list of entries has one root; a short proof shows
 * that an entry stands in the list, another that a longer list begins with a shorter one, entry by entry.
 */

/** SHA-256, from whoever has one: this room has no library. It keeps nothing of the bytes that it is given. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

export const HASH_BYTES = 32;

/** Hash of an entry: SHA-256(0x00 || entry). */
export function leafHash(hash: Hash, entry: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + entry.length);
  bytes.set(entry, 1);
  return hash(bytes);
}

/** Scratch for one node at a time: a seal hashes one for each fact. */
const NODE = new Uint8Array(1 + 2 * HASH_BYTES);

/** Hash over two subtrees: SHA-256(0x01 || left || right). */
export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  NODE[0] = 1;
  NODE.set(left, 1);
  NODE.set(right, 1 + HASH_BYTES);
  return hash(NODE);
}

/** Root of a list of no entries: the hash of nothing. */
export const emptyRoot = (hash: Hash): Uint8Array => hash(new Uint8Array(0));

/**
 * The right edge of a growing tree: roots of its perfect subtrees, the largest first. It is all that is needed to append
 * and to know the root, so a list of any length takes the memory of its logarithm.
 */
export interface Edge {
  readonly size: number;
  readonly subtrees: readonly Uint8Array[];
}

export const EMPTY_EDGE: Edge = { size: 0, subtrees: [] };

/** The edge after one more entry, by the hash of that entry. */
export function append(hash: Hash, edge: Edge, leaf: Uint8Array): Edge {
  const subtrees = [...edge.subtrees];
  let joined = leaf;
  // Each 1 at the low end of the size is a subtree as large as what has been joined so far.
  for (let size = edge.size; size % 2 === 1; size = (size - 1) / 2)
    joined = nodeHash(hash, subtrees.pop()!, joined);
  subtrees.push(joined);
  return { size: edge.size + 1, subtrees };
}

/** Root of the tree with this edge. */
export function edgeRoot(hash: Hash, { subtrees }: Edge): Uint8Array {
  let root: Uint8Array | undefined;
  for (let i = subtrees.length - 1; i >= 0; i--)
    root = root === undefined ? subtrees[i]! : nodeHash(hash, subtrees[i]!, root);
  return root ?? emptyRoot(hash);
}

/** A whole list, to be asked for proofs. */
export interface Tree {
  readonly size: number;
  readonly root: Uint8Array;
  /** Proof that the entry `index` stands in the list (PATH of section 2.1.3.1). */
  inclusion(index: number): Uint8Array[];
  /** Proof that the list begins with its first `size` entries, 1 to all of them (PROOF of section 2.1.4.1). */
  consistency(size: number): Uint8Array[];
}

/** The tree over the hashes of entries. Every subtree is hashed once, however many proofs are asked for. */
export function treeOf(hash: Hash, leaves: readonly Uint8Array[]): Tree {
  const size = leaves.length;
  const known = new Map<number, Uint8Array>();
  /** Root over the entries `from` to `to`, the latter not included (MTH of section 2.1.1). */
  const root = (from: number, to: number): Uint8Array => {
    if (to - from <= 1) return to === from ? emptyRoot(hash) : leaves[from]!;
    const key = from * (size + 1) + to;
    const found = known.get(key);
    if (found) return found;
    const split = from + splitOf(to - from);
    const made = nodeHash(hash, root(from, split), root(split, to));
    known.set(key, made);
    return made;
  };
  const path = (index: number, from: number, to: number): Uint8Array[] => {
    if (to - from <= 1) return [];
    const split = from + splitOf(to - from);
    return index < split
      ? [...path(index, from, split), root(split, to)]
      : [...path(index, split, to), root(from, split)];
  };
  /** `isKnown`: the subtree is one whose root the reader has already, as the root of the shorter list. */
  const subproof = (older: number, from: number, to: number, isKnown: boolean): Uint8Array[] => {
    if (older === to) return isKnown ? [] : [root(from, to)];
    const split = from + splitOf(to - from);
    return older <= split
      ? [...subproof(older, from, split, isKnown), root(split, to)]
      : [...subproof(older, split, to, false), root(from, split)];
  };
  return {
    size,
    root: root(0, size),
    inclusion: (index) => path(index, 0, size),
    consistency: (older) => subproof(older, 0, size, true),
  };
}

/** The largest power of two below a size of at least 2. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Whether the proof shows the entry with this hash at `index` in a list of `size` entries with this root (section 2.1.3.2). */
export function provesInclusion(
  hash: Hash,
  entry: { readonly index: number; readonly leaf: Uint8Array },
  tree: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  const { index, leaf } = entry;
  if (!isCount(index) || !isCount(tree.size) || index >= tree.size || !areHashes([leaf, tree.root, ...proof]))
    return false;
  let node = index;
  let last = tree.size - 1;
  let root = leaf;
  for (const beside of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      root = nodeHash(hash, beside, root);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else root = nodeHash(hash, root, beside);
    node = half(node);
    last = half(last);
  }
  return last === 0 && same(root, tree.root);
}

/** Whether the proof shows that the longer list begins with the shorter one (section 2.1.4.2). */
export function provesConsistency(
  hash: Hash,
  older: { readonly size: number; readonly root: Uint8Array },
  newer: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  // Every list begins with nothing: that would prove nothing.
  if (!isCount(older.size) || !isCount(newer.size) || older.size === 0 || older.size > newer.size)
    return false;
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root);
  if (!areHashes([older.root, newer.root, ...proof])) return false;
  const isPerfect = older.size === 2 ** Math.round(Math.log2(older.size));
  const path = isPerfect ? [older.root, ...proof] : proof;
  if (path.length === 0) return false;
  let node = older.size - 1;
  let last = newer.size - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  let before = path[0]!;
  let after = path[0]!;
  for (const beside of path.slice(1)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      before = nodeHash(hash, beside, before);
      after = nodeHash(hash, beside, after);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else after = nodeHash(hash, after, beside);
    node = half(node);
    last = half(last);
  }
  return last === 0 && same(before, older.root) && same(after, newer.root);
}

const half = (n: number): number => Math.floor(n / 2);
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every(({ length }) => length === HASH_BYTES);

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

const HEX = "0123456789abcdef";

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte >> 4]! + HEX[byte & 15]!;
  return text;
}

/** The bytes, where the text is small hexadecimal digits in pairs. */
export function fromHex(text: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}
