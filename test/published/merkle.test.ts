/**
 * Published vectors for the Merkle tree of RFC 6962 and RFC 9162.
 *
 * merkle-vectors.jsonl: the 196 cases of `testdata/inclusion` and `testdata/consistency` of github.com/transparency-dev/merkle,
 * commit 417fb0c314750d94e53942e9f92e79b6d35915db, one a line, unchanged but for white space (Apache License 2.0, copyright
 * Google LLC). Hashes of the eight entries and roots of each size: `testonly/constants.go` of the same commit, which are
 * those of the reference implementation of RFC 6962. Leaf, node and empty tree: its `rfc6962/rfc6962_test.go`.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  append,
  EMPTY_EDGE,
  edgeRoot,
  emptyRoot,
  fromHex,
  leafHash,
  nodeHash,
  provesConsistency,
  provesInclusion,
  toHex,
  treeOf,
} from "../../src/evidence/index.ts";

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();
const text = (word: string): Uint8Array => new TextEncoder().encode(word);

const ENTRIES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((entry) => fromHex(entry)!);
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

interface Case {
  readonly kind: "inclusion" | "consistency";
  readonly case: string;
  readonly desc: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
}

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));
const cases: Case[] = readFileSync(new URL("merkle-vectors.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));

const accepted = (one: Case): boolean => {
  const proof = (one.proof ?? []).map(bytes);
  return one.kind === "inclusion"
    ? provesInclusion(
        sha256,
        { index: one.leafIdx, leaf: bytes(one.leafHash) },
        { size: one.treeSize, root: bytes(one.root) },
        proof,
      )
    : provesConsistency(
        sha256,
        { size: one.size1, root: bytes(one.root1) },
        { size: one.size2, root: bytes(one.root2) },
        proof,
      );
};

describe("published vectors of the Merkle tree", () => {
  test("hashes of nothing, of a leaf and of a node", () => {
    expect(toHex(emptyRoot(sha256))).toBe(ROOTS[0]);
    expect(toHex(leafHash(sha256, text("")))).toBe(ROOTS[1]);
    expect(toHex(leafHash(sha256, text("L123456")))).toBe(
      "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
    );
    // Its two children are four bytes long, which no tree makes; so the bytes are put together here.
    expect(toHex(sha256(text("\u0001N123N456")))).toBe(
      "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb",
    );
    const [left, right] = ENTRIES.map((entry) => leafHash(sha256, entry));
    expect(toHex(nodeHash(sha256, left!, right!))).toBe(ROOTS[2]);
  });

  test("the root of each size, made at once and grown entry by entry", () => {
    const leaves = ENTRIES.map((entry) => leafHash(sha256, entry));
    let edge = EMPTY_EDGE;
    for (let size = 0; size <= leaves.length; size++) {
      expect(toHex(treeOf(sha256, leaves.slice(0, size)).root)).toBe(ROOTS[size]);
      expect(toHex(edgeRoot(sha256, edge))).toBe(ROOTS[size]);
      if (size < leaves.length) edge = append(sha256, edge, leaves[size]!);
    }
  });

  test("there are proofs that hold and proofs that were tampered with, of both kinds", () => {
    const count = (kind: string, wrong: boolean) =>
      cases.filter((one) => one.kind === kind && one.wantErr === wrong).length;
    expect([count("inclusion", false), count("inclusion", true)]).toEqual([6, 92]);
    expect([count("consistency", false), count("consistency", true)]).toEqual([6, 92]);
  });

  test.each(cases.map((one) => [`${one.kind}/${one.case}`, one] as const))("%s", (_name, one) => {
    expect(accepted(one)).toBe(!one.wantErr);
  });

  test("the proofs that we make are those that are published", () => {
    const leaves = ENTRIES.map((entry) => leafHash(sha256, entry));
    let compared = 0;
    for (const one of cases) {
      if (one.wantErr || one.proof === null || (one.kind === "inclusion" ? one.treeSize : one.size2) > 8)
        continue;
      const own =
        one.kind === "inclusion"
          ? treeOf(sha256, leaves.slice(0, one.treeSize)).inclusion(one.leafIdx)
          : treeOf(sha256, leaves.slice(0, one.size2)).consistency(one.size1);
      expect(own.map((hash) => Buffer.from(hash).toString("base64"))).toEqual(one.proof);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(5);
  });
});
