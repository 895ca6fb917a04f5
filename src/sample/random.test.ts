import { expect, it } from "vitest";
import { between, pick, randomOf } from "./random.ts";

/** The reference algorithm in BigInt, written apart from the one under test. */
function reference(state: bigint[], count: number): number[] {
  const word = (x: bigint) => BigInt.asUintN(32, x);
  const turn = (x: bigint, by: bigint) => word((x << by) | (x >> (32n - by)));
  const numbers: number[] = [];
  let [s0, s1, s2, s3] = state as [bigint, bigint, bigint, bigint];
  for (let i = 0; i < count; i++) {
    numbers.push(Number(word(turn(word(s1 * 5n), 7n) * 9n)));
    const t = word(s1 << 9n);
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = turn(s3, 11n);
  }
  return numbers;
}

it("the stream is xoshiro128** from the seed's hashes", async () => {
  const { hash32 } = await import("../core/index.ts");
  const words = ["a", "b", "c", "d"].map((name) => BigInt(hash32(`7/1/${name}`)));
  const random = randomOf("7/1");
  const drawn = Array.from({ length: 1000 }, () => random() * 2 ** 32);
  expect(drawn).toEqual(reference([words[0]!, words[1]!, words[2]!, words[3]! | 1n], 1000));
});

it("a whole number between two bounds reaches both, and nothing beyond", () => {
  const random = randomOf("bounds");
  const drawn = new Set(Array.from({ length: 2000 }, () => between(random, 3, 7)));
  expect([...drawn].sort()).toEqual([3, 4, 5, 6, 7]);
});

it("a choice comes up as often as its share says", () => {
  const random = randomOf("shares");
  const drawn = Array.from({ length: 20_000 }, () =>
    pick(random, [
      [3, "often"],
      [1, "seldom"],
      [0, "never"],
    ]),
  );
  // 15,000 of 20,000 expected; four standard deviations are 245.
  expect(Math.abs(drawn.filter((word) => word === "often").length - 15_000)).toBeLessThan(245);
  expect(drawn).not.toContain("never");
});
