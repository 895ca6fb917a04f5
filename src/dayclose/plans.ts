import {
  addDays,
  arrearsOn,
  type Channel,
  type Day,
  dayAtDpd,
  daysFromDue,
  dpdOn,
  evolve,
  type LoanState,
  NEVER,
  type PlanOutcome,
  type Product,
  planNoticeHolds,
  planNoticeKey,
  planNoticeOf,
} from "../core/index.ts";
import type { Step } from "../strategy/index.ts";

const OVER: readonly LoanState["status"][] = ["paid-off", "settled", "cancelled", "assigned"];

/**
 * What the close of a day finds of a loan's agreed plan: a payment that did not come, one that was made up in time, a plan that is not kept any
 * more, one that is done.
 */
export function plansJudged(loan: LoanState, product: Product, day: Day): PlanOutcome[] {
  const found: PlanOutcome[] = [];
  let now = loan;
  // Made up and missed again on one day are two facts; each is found with the one before it counted.
  for (;;) {
    const fact = nextOutcome(now, product, day);
    if (!fact) return found;
    found.push(fact);
    now = evolve(now, fact, product);
  }
}

function nextOutcome(loan: LoanState, product: Product, day: Day): PlanOutcome | undefined {
  const plan = loan.extra?.plan;
  if (!plan) return undefined;
  const { id, graceDays, missesForgiven, misses } = plan;
  if (OVER.includes(loan.status)) return { kind: "PlanCompleted", on: day, id, how: loan.status };
  if (plan.state === "broken") return undefined;
  const dpd = dpdOn(loan, product, day);
  if (plan.state === "missed" && (dpd < 1 || loan.dueOn !== plan.dueOn))
    return { kind: "PlanCaughtUp", on: day, id, dueOn: plan.dueOn! };
  if (dpd < 1) return undefined;
  const arrears = (): PlanOutcome & { kind: "PlanBroken" } => ({
    kind: "PlanBroken",
    on: day,
    id,
    dueOn: loan.dueOn,
    why: plan.state === "missed" ? "grace-over" : "missed-again",
    arrears: arrearsOn(loan, product, day).total,
  });
  if (plan.state === "missed") return dpd > graceDays ? arrears() : undefined;
  if (misses >= missesForgiven) return arrears();
  return {
    kind: "PlanMissed",
    on: day,
    id,
    dueOn: loan.dueOn,
    arrears: arrearsOn(loan, product, day).total,
    graceUntil: addDays(dayAtDpd(loan, product, 1), graceDays - 1),
    n: misses + 1,
  };
}

/** The next day after this one on which a plan is missed, or its days of grace are over, by itself. */
export function planWake(loan: LoanState, product: Product, day: Day): Day {
  const plan = loan.extra?.plan;
  if (!plan || plan.state === "broken" || loan.dueOn === NEVER) return NEVER;
  const on = dayAtDpd(loan, product, plan.state === "kept" ? 1 : plan.graceDays + 1);
  return on > day ? on : NEVER;
}

const TOLD_BY: readonly Channel[] = ["app", "text", "email"];
const TOLD_AT = 10 * 60;

/** He is told of a missed payment at once, by a message like any other: judged by the gate, one a borrower a day. */
export function planNoticesDue(loan: LoanState, product: Product, day: Day): Step[] {
  const plan = loan.extra?.plan;
  return plan?.state === "missed" && !plan.told ? [noticeStep(planNoticeKey(plan), loan, product, day)] : [];
}

/** A notice that was refused, on a day on which it may be tried again; `undefined` where it has nothing left to say. */
export const planNoticeAgain = (
  step: string,
  loan: LoanState,
  product: Product,
  day: Day,
): Step | undefined =>
  planNoticeOf(step) && planNoticeHolds(step, loan) ? noticeStep(step, loan, product, day) : undefined;

function noticeStep(key: string, loan: LoanState, product: Product, day: Day): Step {
  const dpd = daysFromDue(loan, product, day);
  return {
    key,
    stage: "plan",
    dpd,
    until: Math.max(dpd, loan.extra?.plan?.graceDays ?? 0),
    act: "message",
    what: "plan-missed",
    by: TOLD_BY,
    minute: TOLD_AT,
    pauseOn: [],
  };
}
