import {
  BAND_CLOSED,
  type Day,
  dayAtDpd,
  daysFromDue,
  type LoanState,
  NEVER,
  type Product,
} from "../core/index.ts";
import { nextStageAfter, nextStepAfter, planOf, type StrategyLine } from "../strategy/index.ts";
import { type LimitationWatch, limitationCheckOn } from "./limitation.ts";
import { matterWake } from "./matters.ts";
import { planWake } from "./plans.ts";
import { promiseWake } from "./promises.ts";

/**
 * The next day after `day` on which a close would write anything for this loan if nothing else happened: the edge of a
 * band, a step, a stage that decides something, the retry or lapse of a blocked step, a new version of its strategy, a
 * day on which limitation has to be looked at, or one that a matter before a court names.
 */
export function nextWake(
  loan: LoanState,
  product: Product,
  line: StrategyLine | undefined,
  day: Day,
  watch?: LimitationWatch,
): Day {
  if (loan.setAside) return NEVER;
  // A matter goes on when nothing is owed any more, until somebody ends it.
  let wake: number = loan.extra?.matters ? Math.max(matterWake(loan), day + 1) : NEVER;
  if (loan.band === BAND_CLOSED) return wake as Day;
  for (const { retryOn } of loan.extra?.blocked ?? []) wake = Math.min(wake, Math.max(retryOn, day + 1));
  if (loan.extra?.promises) wake = Math.min(wake, promiseWake(loan, product, day));
  if (loan.dueOn === NEVER) return wake as Day;
  if (loan.extra?.plan) wake = Math.min(wake, planWake(loan, product, day));
  const dpd = daysFromDue(loan, product, day);
  const edge = product.bandEdges.find((start) => start > dpd);
  if (edge !== undefined) wake = Math.min(wake, dayAtDpd(loan, product, edge));
  if ((loan.status === "open" || loan.status === "written-off") && line) {
    const step = nextStep(loan, line, dpd, day);
    if (step !== undefined) wake = Math.min(wake, dayAtDpd(loan, product, step));
    // Another version may have a step earlier than this one's next.
    wake = Math.min(wake, line.changesAfter(day) ?? NEVER);
  }
  // A loan that was looked at today, or has to be, is not looked at twice.
  if (watch) wake = Math.min(wake, Math.max(limitationCheckOn(loan, product, watch, wake), day + 1));
  return wake as Day;
}

/** Days past due of the next step of its plan, or of the next stage where something is decided on entering one. */
function nextStep(loan: LoanState, line: StrategyLine, dpd: number, day: Day): number | undefined {
  const strategy = line.on(day);
  const plan = strategy && planOf(loan, strategy);
  if (!plan) return undefined;
  const step = nextStepAfter(plan, dpd);
  const stage = nextStageAfter(loan, strategy, dpd);
  return stage === undefined ? step : Math.min(stage, step ?? stage);
}
