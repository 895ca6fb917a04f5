import { describe, expect, test } from "vitest";
import { day } from "./calendar.ts";
import { type ErasureState, erasureHolds } from "./erasure.ts";

const state = (more: Partial<ErasureState> = {}): ErasureState => ({
  today: day("2026-03-31"),
  loans: [{ id: "L1", status: "paid-off", held: false }],
  lastOn: day("2021-03-31"),
  years: 5,
  waiting: 0,
  open: 0,
  unsealed: 0,
  ...more,
});

describe("what says something of a person is erased when nothing speaks against it any more", () => {
  test("five years after his last fact, and not on the day before", () => {
    expect(erasureHolds(state())).toEqual([]);
    expect(erasureHolds(state({ today: day("2026-03-30") }))).toEqual([
      { code: "kept-by-law", until: day("2026-03-31") },
    ]);
  });

  test("the period of a leap day ends on the last day of February", () => {
    expect(erasureHolds(state({ lastOn: day("2024-02-29"), today: day("2029-02-27") }))).toEqual([
      { code: "kept-by-law", until: day("2029-02-28") },
    ]);
  });

  test.each(["open", "written-off"] as const)("not while a loan is %s: it is still owed", (status) => {
    const loans = [
      { id: "L1", status: "settled", held: false },
      { id: "L2", status, held: false },
    ] as const;
    expect(erasureHolds(state({ loans }))).toEqual([{ code: "still-owed", loans: ["L2"] }]);
  });

  test.each(["paid-off", "settled", "cancelled", "assigned"] as const)(
    "a loan that is %s stops nothing",
    (status) => {
      expect(erasureHolds(state({ loans: [{ id: "L1", status, held: false }] }))).toEqual([]);
    },
  );

  test("every reason is told, not only the first", () => {
    const all = erasureHolds(
      state({
        today: day("2026-01-01"),
        loans: [{ id: "L1", status: "open", held: true }],
        waiting: 1,
        open: 2,
        unsealed: 3,
      }),
    );
    expect(all.map(({ code }) => code)).toEqual([
      "still-owed",
      "on-hold",
      "kept-by-law",
      "waiting",
      "action-open",
      "not-sealed",
    ]);
  });
});
