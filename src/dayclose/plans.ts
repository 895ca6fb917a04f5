import {
  addDays,
  arrearsOn,
  type Channel,
  type Day,
  dayAtDpd,
  daysFromDue,
  dpdOn,
  evolve,
  type Fact,
  type HardshipMoved,
  inParts,
  instantAt,
  isOfferOver,
  type LapsedOffer,
  type LoanState,
  type MatterDateCame,
  NEVER,
  offerNoticeHolds,
  offerNoticeKey,
  offerNoticeOf,
  type PlanOutcome,
  type Product,
  planNoticeHolds,
  planNoticeKey,
  planNoticeOf,
} from "../core/index.ts";
import { hardshipsOf } from "../legal/index.ts";
import type { Step } from "../strategy/index.ts";
import { mattersDue } from "./matters.ts";

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

/** What is said of plans on a day: a missed payment, an offer that lapsed; each by a message like any other: judged by the gate, one a borrower a day. */
export function planNoticesDue(loan: LoanState, product: Product, day: Day): Step[] {
  const { plan, lapsed } = loan.extra ?? {};
  return [
    ...(plan?.state === "missed" && !plan.told ? [missedStep(planNoticeKey(plan), loan, product, day)] : []),
    ...(lapsed && !lapsed.told && offerNoticeHolds(offerNoticeKey(lapsed), loan, day)
      ? [lapsedStep(lapsed, loan, product, day)]
      : []),
  ];
}

/** A notice that was refused, on a day on which it may be tried again; `undefined` where it has nothing left to say. */
export function planNoticeAgain(step: string, loan: LoanState, product: Product, day: Day): Step | undefined {
  if (planNoticeOf(step))
    return planNoticeHolds(step, loan) ? missedStep(step, loan, product, day) : undefined;
  return offerNoticeHolds(step, loan, day) ? lapsedStep(loan.extra!.lapsed!, loan, product, day) : undefined;
}

export const isPlanNotice = (step: string): boolean =>
  planNoticeOf(step) !== undefined || offerNoticeOf(step) !== undefined;

const missedStep = (key: string, loan: LoanState, product: Product, day: Day): Step =>
  noticeStep(key, "plan-missed", loan.extra?.plan?.graceDays ?? 0, daysFromDue(loan, product, day));

function lapsedStep(lapsed: LapsedOffer, loan: LoanState, product: Product, day: Day): Step {
  const dpd = daysFromDue(loan, product, day);
  return noticeStep(offerNoticeKey(lapsed), "offer-lapsed", dpd + lapsed.lastOn + 7 - day, dpd);
}

const noticeStep = (key: string, what: string, until: number, dpd: number): Step => ({
  key,
  stage: "plan",
  dpd,
  until: Math.max(dpd, until),
  act: "message",
  what,
  by: TOLD_BY,
  minute: TOLD_AT,
  pauseOn: [],
});

/** The offers of which a day is the first after their last. */
export const offersLapsed = (loan: LoanState, day: Day): MatterDateCame[] =>
  mattersDue(loan, day).filter(isOfferOver);

/**
 * What an offer that a close found over makes of its request.
 *
 * Takes   all facts of the borrower.
 * Gives   nothing where the request has moved on since: accepted in time and recorded late, or offered anew.
 */
export function offerLapse(
  ofBorrower: readonly Fact[],
  { matter, on, lastOn }: MatterDateCame,
  zone: string,
): HardshipMoved | undefined {
  const life = hardshipsOf(ofBorrower).get(matter);
  if (!life || life.offer?.validUntil !== lastOn || (life.state !== "offered" && life.state !== "consenting"))
    return undefined;
  return {
    kind: "HardshipMoved",
    on,
    at: instantAt(zone, on, 0),
    id: matter,
    by: "close",
    event: `lapsed-${life.events.length + 1}`,
    dated: addDays(lastOn, 1),
    ...inParts({ type: "lapsed" }),
  };
}
