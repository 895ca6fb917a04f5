import { describe, expect, it } from "vitest";
import {
  BUCKETS,
  borrowerKey,
  borrowerN,
  bucketOf,
  hash32,
  keyToNumber,
  LOANS_A_BORROWER,
  loanIndex,
  loanKey,
  numberToKey,
} from "./identity.ts";

const M = 0xffff_ffffn;
const rotl = (x: bigint, r: bigint): bigint => ((x << r) | (x >> (32n - r))) & M;

/** MurmurHash3 x86_32 written from its description in BigInt, on bytes that Node encodes: the oracle. */
function murmur(text: string): number {
  const bytes = Buffer.from(text, "utf8");
  const mix = (k: bigint): bigint => (rotl((k * 0xcc9e2d51n) & M, 15n) * 0x1b873593n) & M;
  let h = 0n;
  const whole = bytes.length - (bytes.length % 4);
  for (let i = 0; i < whole; i += 4)
    h = (rotl(h ^ mix(BigInt(bytes.readUInt32LE(i))), 13n) * 5n + 0xe6546b64n) & M;
  let tail = 0n;
  for (let i = whole; i < bytes.length; i++) tail |= BigInt(bytes[i]!) << BigInt(8 * (i - whole));
  if (bytes.length > whole) h ^= mix(tail);
  h ^= BigInt(bytes.length);
  h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & M;
  h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & M;
  return Number(h ^ (h >> 16n));
}

describe("the hash behind the bucket", () => {
  // Published vectors of MurmurHash3_x86_32 with seed 0.
  it.each([
    ["", 0],
    ["test", 0xba6bd213],
    ["Hello, world!", 0xc0363e43],
    ["The quick brown fox jumps over the lazy dog", 0x2e4ff723],
  ])("of %j is the published one", (text, expected) => {
    expect(hash32(text)).toBe(expected);
    expect(murmur(text)).toBe(expected);
  });

  it("equals an independent implementation for every length of tail and for text beyond ASCII", () => {
    const texts = [
      "a",
      "ab",
      "abc",
      "abcd",
      "abcde",
      "张三",
      "é",
      "借款人-001",
      "😀",
      "a😀b",
      "\u0000",
      "\u07ff\u0800",
    ];
    for (const text of texts) expect(hash32(text)).toBe(murmur(text));
    for (let i = 0; i < 2000; i++) {
      const text = `${"x".repeat(i % 9)}${i * 7919}${i % 3 === 0 ? "客户" : ""}`;
      expect(hash32(text)).toBe(murmur(text));
    }
  });
});

describe("the bucket of a borrower", () => {
  // Every stored row depends on these. Worked by the independent implementation above; never change them.
  it.each([
    ["demo", "B-1", 515],
    ["demo", "B-2", 533],
    ["某某银行", "张三", 2150],
    ["", "", 2231],
  ])("of %j, %j is fixed", (lender, borrower, bucket) => {
    expect(murmur(`${lender}\u0000${borrower}`) % 4096).toBe(bucket);
    expect(bucketOf(lender, borrower)).toBe(bucket);
  });

  it("keeps lender and borrower apart", () => {
    expect(bucketOf("ab", "c")).not.toBe(bucketOf("a", "bc"));
  });

  it("spreads borrowers evenly over 4,096 buckets", () => {
    const perBucket = 50;
    const counts = new Array<number>(BUCKETS).fill(0);
    for (let i = 0; i < BUCKETS * perBucket; i++) {
      const bucket = bucketOf("demo", `B-${i}`);
      counts[bucket] = counts[bucket]! + 1;
    }
    // Chi-square with 4,095 degrees of freedom: mean 4,095, standard deviation sqrt(2 x 4,095) = 90.5.
    const chiSquare = counts.reduce((sum, n) => sum + (n - perBucket) ** 2 / perBucket, 0);
    expect(Math.abs(chiSquare - 4095)).toBeLessThan(5 * 90.5);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });
});

describe("keys", () => {
  it("a loan's key names its borrower and its index", () => {
    const borrower = borrowerKey(4095, 524_287);
    const loan = loanKey(borrower, 4095);
    expect(borrowerN(loan.n)).toBe(borrower.n);
    expect(loanIndex(loan.n)).toBe(4095);
    expect(loanIndex(borrower.n)).toBe(0);
    // The last loan of the last borrower is the last whole number below 2^31.
    expect(loan.n).toBe(2 ** 31 - 1);
  });

  it("is one safe whole number outside, and comes back", () => {
    for (const key of [borrowerKey(0, 0), borrowerKey(17, 3), loanKey(borrowerKey(4095, 524_287), 4095)]) {
      expect(Number.isSafeInteger(keyToNumber(key))).toBe(true);
      expect(numberToKey(keyToNumber(key))).toEqual(key);
    }
    // 17 x 2^31 + 3 x 4,096
    expect(keyToNumber(borrowerKey(17, 3))).toBe(36_507_234_304);
  });

  it("refuses a loan beyond the borrower's range", () => {
    expect(() => loanKey(borrowerKey(0, 0), 0)).toThrow();
    expect(() => loanKey(borrowerKey(0, 0), LOANS_A_BORROWER)).toThrow("not more");
  });
});
