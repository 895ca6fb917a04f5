import { expect, test } from "vitest";
import type { Lender } from "../store/index.ts";
import { keptLists } from "./kept-lists.ts";

const lender = { code: "bank" } as Lender;

/** Lists of a length, each filled with the number of its making; the clock is turned by hand. */
function world(length: () => number) {
  const at = { now: 0, made: 0, fails: false };
  const list = keptLists(
    async () => {
      at.made += 1;
      if (at.fails) throw new Error("no database");
      return Array.from({ length: length() }, () => at.made);
    },
    () => at.now,
  );
  return { at, first: async () => (await list(lender)).rows[0] };
}

const turn = () => new Promise((done) => setTimeout(done, 5));

test("a short list is made each time somebody asks", async () => {
  const { first } = world(() => 10);
  expect([await first(), await first()]).toEqual([1, 2]);
});

test("a long list is given as it was, and made anew behind who asks when it is old", async () => {
  const { at, first } = world(() => 10_000);
  expect(await first()).toBe(1);
  at.now = 5_999;
  expect(await first()).toBe(1);
  expect(at.made).toBe(1);
  at.now = 6_000;
  expect([await first(), await first()]).toEqual([1, 1]);
  await turn();
  expect(at.made).toBe(2);
  expect(await first()).toBe(2);
});

test("a clock that was set back does not keep a list for ever", async () => {
  const { at, first } = world(() => 10_000);
  at.now = 1e6;
  await first();
  at.now = 0;
  await first();
  await turn();
  expect(await first()).toBe(2);
});

test("a list that has become short is made each time again", async () => {
  let length = 10_000;
  const { at, first } = world(() => length);
  await first();
  length = 3;
  at.now = 6_000;
  await first();
  await turn();
  expect([await first(), await first()]).toEqual([3, 4]);
});

test("whoever asks after a making that failed is told of it", async () => {
  const { at, first } = world(() => 10_000);
  await first();
  [at.now, at.fails] = [6_000, true];
  await first();
  await turn();
  await expect(first()).rejects.toThrow("no database");
});
