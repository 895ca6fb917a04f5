import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { day } from "../core/index.ts";
import { nextStepAfter, stepsDue, strategyLine } from "./due.ts";
import type { Step, Strategy } from "./types.ts";

const step = (dpd: number, name = "x"): Step => ({
  key: `s/${name}@${dpd}`,
  stage: "s",
  dpd,
  until: 999,
  act: "message",
  what: "reminder",
  by: ["app"],
  minute: 600,
  pauseOn: [],
});

const strategy = (days: readonly number[], version = 1, from = "2026-01-01"): Strategy => ({
  name: "try",
  version,
  from: day(from),
  intent: "",
  exits: ["cured", "settled", "written-off"],
  segments: [],
  arms: [],
  salt: "try",
  stages: [],
  endings: [],
  steps: days.map((dpd, i) => step(dpd, `x${i}`)),
});

describe("steps that have fallen due", () => {
  const plan = strategy([-3, 0, 1, 5, 5, 30]);

  it.each<[number, number, number[]]>([
    // handled through, days past due, due
    [-999, -4, []],
    [-999, -3, [-3]],
    [-999, 0, [-3, 0]],
    [-3, 0, [0]],
    [0, 0, []],
    [0, 4, [1]],
    [1, 4, []],
    [1, 5, [5, 5]],
    // Ten nights were missed: nothing is skipped.
    [1, 29, [5, 5]],
    [1, 30, [5, 5, 30]],
    [30, 400, []],
  ])("handled through %i, on day %i: %j", (handled, dpd, due) => {
    expect(stepsDue(plan, handled, dpd).map((s) => s.dpd)).toEqual(due);
  });

  it.each<[number, number | undefined]>([
    [-999, -3],
    [-3, 0],
    [4, 5],
    [5, 30],
    [29, 30],
    [30, undefined],
  ])("after day %i the next step stands on %j", (dpd, next) => {
    expect(nextStepAfter(plan, dpd)).toBe(next);
  });

  it("closing day by day, with nights left out, meets each step once and in order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 60 }), { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
        (days, gaps) => {
          const plan = strategy([...days].sort((a, b) => a - b));
          let handled = -999;
          let dpd = -6;
          const met: string[] = [];
          for (const gap of gaps) {
            dpd += gap;
            const due = stepsDue(plan, handled, dpd);
            met.push(...due.map((s) => s.key));
            // Where nothing falls due, none was passed over.
            const next = nextStepAfter(plan, handled);
            expect(due.length === 0).toBe(next === undefined || next > dpd);
            handled = Math.max(handled, dpd);
          }
          expect(met).toEqual(plan.steps.filter((s) => s.dpd <= dpd).map((s) => s.key));
        },
      ),
    );
  });
});

describe("the versions of a strategy", () => {
  const line = strategyLine([
    strategy([], 3, "2026-03-01"),
    strategy([], 1, "2025-01-01"),
    strategy([], 2, "2026-01-01"),
  ]);

  it.each<[string, number | undefined]>([
    ["2024-12-31", undefined],
    ["2025-01-01", 1],
    ["2025-12-31", 1],
    ["2026-01-01", 2],
    ["2026-02-28", 2],
    ["2026-03-01", 3],
    ["2030-01-01", 3],
  ])("on %s version %j is in use", (on, version) => {
    expect(line.on(day(on))?.version).toBe(version);
  });

  it.each<[string, string | undefined]>([
    ["2024-12-31", "2025-01-01"],
    ["2025-01-01", "2026-01-01"],
    ["2026-02-28", "2026-03-01"],
    ["2026-03-01", undefined],
  ])("after %s the next change comes on %j", (on, change) => {
    expect(line.changesAfter(day(on))).toBe(change === undefined ? undefined : day(change));
  });

  it("of two that begin on one day the higher is used", () => {
    const both = strategyLine([strategy([], 5, "2026-01-01"), strategy([], 4, "2026-01-01")]);
    expect(both.on(day("2026-01-01"))?.version).toBe(5);
  });

  it("belong to one strategy", () => {
    const other = { ...strategy([]), name: "other" };
    expect(() => strategyLine([strategy([]), other])).toThrow("one strategy");
  });
});
