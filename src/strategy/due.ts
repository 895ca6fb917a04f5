import { type Day, invariant } from "../core/index.ts";
import { withDraw } from "./arms.ts";
import type { Step, Strategy } from "./types.ts";

/**
 * The steps that have fallen due and are not handled: `handledThrough < step.dpd <= dpd`. Never `step.dpd == dpd`, so
 * a missed night skips nothing.
 */
export function stepsDue(strategy: Strategy, handledThrough: number, dpd: number): readonly Step[] {
  const { steps } = strategy;
  const start = firstAfter(steps, handledThrough);
  let end = start;
  while (end < steps.length && steps[end]!.dpd <= dpd) end++;
  return end === start ? NONE : steps.slice(start, end);
}

/** What most loans have on most days, and share. */
const NONE: readonly Step[] = [];

/** Days past due of the next step after a point, or `undefined` when none is left. */
export function nextStepAfter(strategy: Strategy, dpd: number): number | undefined {
  return strategy.steps[firstAfter(strategy.steps, dpd)]?.dpd;
}

function firstAfter(steps: readonly Step[], dpd: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.dpd > dpd) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The versions of one strategy; which is used depends on the business day. */
export interface StrategyLine {
  /** The version in use on a day, or `undefined` before the first. */
  on(day: Day): Strategy | undefined;
  /** The next day after this one on which another version comes into use. */
  changesAfter(day: Day): Day | undefined;
  /** A step of the version in use on a day by its key, those of strategies that its arms follow included. */
  step(day: Day, key: string): Step | undefined;
}

/**
 * Takes   the versions in use of one strategy, and those of all strategies, which arms may follow.
 * Holds   each version with arms has its draw: a borrower keeps his arm from one version to the next unless its share fell.
 */
export function strategyLine(
  versions: readonly Strategy[],
  others: readonly Strategy[] = versions,
): StrategyLine {
  const ordered = [...versions].sort((a, b) => a.from - b.from || a.version - b.version);
  invariant(new Set(ordered.map((s) => s.name)).size <= 1, "one line holds the versions of one strategy");
  const drawn: Strategy[] = [];
  for (const version of ordered) drawn.push(withDraw(version, drawn.at(-1), others));
  const on = (day: Day): Strategy | undefined => drawn.findLast((version) => version.from <= day);
  return {
    on,
    changesAfter: (day) => drawn.find((version) => version.from > day)?.from,
    step: (day, key) => {
      const strategy = on(day);
      if (!strategy) return undefined;
      for (const { steps, endings } of [strategy, ...(strategy.draw?.followed.values() ?? [])]) {
        const found = steps.find((step) => step.key === key) ?? endings.find((step) => step.key === key);
        if (found) return found;
      }
      return undefined;
    },
  };
}
