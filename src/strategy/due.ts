import { type Day, invariant } from "../core/index.ts";
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
}

export function strategyLine(versions: readonly Strategy[]): StrategyLine {
  const ordered = [...versions].sort((a, b) => a.from - b.from || a.version - b.version);
  invariant(new Set(ordered.map((s) => s.name)).size <= 1, "one line holds the versions of one strategy");
  return {
    on: (day) => ordered.findLast((version) => version.from <= day),
    changesAfter: (day) => ordered.find((version) => version.from > day)?.from,
  };
}
