import fc from "fast-check";
import { expect, test } from "vitest";
import { marksOf, PackWriter, packMarks, packRuns, runsOf, unpack } from "./packed.ts";

const number = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }));

test("packed numbers come back as they were, the largest of an id too", () => {
  const pack = (numbers: readonly number[]) => {
    const writer = new PackWriter();
    for (const one of numbers) writer.number(one);
    return writer.finish();
  };
  expect(pack([0, 127, 128, 300])).toEqual(Uint8Array.of(0, 127, 128, 1, 172, 2));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 200 }), (numbers) => {
      expect(unpack(pack(numbers))).toEqual(numbers);
    }),
  );
  expect(unpack(pack([2 ** 31 - 1]))).toEqual([2 ** 31 - 1]);
});

test("runs and marks come back as they were", () => {
  fc.assert(
    fc.property(fc.uniqueArray(number, { maxLength: 50 }), number, (keys, seq) => {
      const inOrder = keys.sort((a, b) => a - b);
      const runs = inOrder.map((n, i) => ({ n, from: i + 1, count: seq }));
      expect(runsOf(packRuns(runs))).toEqual(runs);
      const marks = new Map(inOrder.map((n) => [n, seq]));
      expect(marksOf(packMarks(marks))).toEqual(marks);
    }),
  );
});
