import {
  BAND_CLOSED,
  type Day,
  dayAtDpd,
  daysFromDue,
  type LoanState,
  NEVER,
  type Product,
} from "../core/index.ts";
import { nextStepAfter, type StrategyLine } from "../strategy/index.ts";
import { promiseWake } from "./promises.ts";

/**
 * The next day after `day` on which a close would write anything for this loan if nothing else happened: the edge of a
 * band, a step, the retry or lapse of a blocked step, or a new version of its strategy.
 */
export function nextWake(loan: LoanState, product: Product, line: StrategyLine | undefined, day: Day): Day {
  if (loan.setAside || loan.band === BAND_CLOSED) return NEVER;
  let wake: number = NEVER;
  for (const { retryOn } of loan.extra?.blocked ?? []) wake = Math.min(wake, Math.max(retryOn, day + 1));
  if (loan.extra?.promises) wake = Math.min(wake, promiseWake(loan, product, day));
  if (loan.dueOn === NEVER) return wake as Day;
  const dpd = daysFromDue(loan, product, day);
  const edge = product.bandEdges.find((start) => start > dpd);
  if (edge !== undefined) wake = Math.min(wake, dayAtDpd(loan, product, edge));
  if (loan.status === "open" && line) {
    const step = nextStep(line, dpd, day);
    if (step !== undefined) wake = Math.min(wake, dayAtDpd(loan, product, step));
    // Another version may have a step earlier than this one's next.
    wake = Math.min(wake, line.changesAfter(day) ?? NEVER);
  }
  return wake as Day;
}

function nextStep(line: StrategyLine, dpd: number, day: Day): number | undefined {
  const strategy = line.on(day);
  return strategy && nextStepAfter(strategy, dpd);
}
