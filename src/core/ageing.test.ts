import { expect, test } from "vitest";
import { pausedDays } from "./ageing.ts";
import type { Pause } from "./books.ts";
import { addDays, type Day, day, NEVER } from "./calendar.ts";

const START = day("2026-01-01");
const pause = (after: number, through: number): Pause => ({
  after: addDays(START, after),
  through: through === NEVER ? (NEVER as Day) : addDays(START, through),
  ageing: true,
  lateInterest: true,
});

test.each([
  ["no pause", [], 0],
  ["one within", [pause(2, 5)], 3],
  ["one across the end", [pause(8, 20)], 2],
  ["one after another", [pause(1, 3), pause(5, 6)], 3],
  ["two that overlap count their days once", [pause(1, 6), pause(4, 8)], 7],
  ["one within another", [pause(1, 8), pause(2, 3)], 7],
  ["one without an end after one with it", [pause(1, 4), pause(2, NEVER)], 9],
])("days that stand still of ten: %s", (_, pauses, days) => {
  expect(pausedDays(pauses, "ageing", START, addDays(START, 10))).toBe(days);
});
