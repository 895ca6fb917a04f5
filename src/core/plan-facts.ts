import type { Day } from "./calendar.ts";
import type { Minor } from "./money.ts";

/**
 * An agreed plan on a loan, from its agreement to its end. The ledger holds what is due (`PlanReplaced`); these facts say that it is a plan, how
 * much of a stumble it bears, and what the closes found.
 */
export type PlanFact = PlanAgreed | PlanEnded | PlanOutcome;

/** What the close finds of a plan by itself. */
export type PlanOutcome = PlanMissed | PlanCaughtUp | PlanBroken | PlanCompleted;

interface OfPlan {
  readonly on: Day;
  /** The reference of the request that it came from. */
  readonly id: string;
}

/** From the day on the plan is kept, until a close finds otherwise. */
export interface PlanAgreed extends OfPlan {
  readonly kind: "PlanAgreed";
  /** Days after a missed payment in which it can be made up. */
  readonly graceDays: number;
  /** How many missed payments are forgiven when they are made up in time. */
  readonly missesForgiven: number;
}

/** A person ended it: by a new agreement, or because the breach has consequences that he chose. */
export interface PlanEnded extends OfPlan {
  readonly kind: "PlanEnded";
  readonly reason: string;
}

/** A payment of the plan did not come on its day. Within the days of grace nothing follows but that he is told. */
export interface PlanMissed extends OfPlan {
  readonly kind: "PlanMissed";
  readonly dueOn: Day;
  readonly arrears: Minor;
  /** Last day on which it can be made up. */
  readonly graceUntil: Day;
  /** Which missed payment of this plan it is. */
  readonly n: number;
}

/** The missed payment was made up in time: the plan stands. */
export interface PlanCaughtUp extends OfPlan {
  readonly kind: "PlanCaughtUp";
  readonly dueOn: Day;
}

/** The days of grace went by, or too many payments were missed: what rested rests no longer, and a person is asked what follows. */
export interface PlanBroken extends OfPlan {
  readonly kind: "PlanBroken";
  readonly dueOn: Day;
  readonly why: "grace-over" | "missed-again";
  readonly arrears: Minor;
}

/** All was paid. */
export interface PlanCompleted extends OfPlan {
  readonly kind: "PlanCompleted";
  readonly how: string;
}

/** A plan in the loan's row, as its facts leave it. */
export interface RunningPlan {
  readonly id: string;
  readonly graceDays: number;
  readonly missesForgiven: number;
  readonly state: "kept" | "missed" | "broken";
  /** Payments that were missed so far. */
  readonly misses: number;
  /** The due day of the one that is missed now. */
  readonly dueOn?: Day;
  /** He was told of it, or it was tried. */
  readonly told?: true;
}

/** The numbers of these kinds in the journal. Never change one; only add. */
export const PLAN_FACT_CODES = {
  PlanAgreed: 190,
  PlanEnded: 191,
  PlanMissed: 192,
  PlanCaughtUp: 193,
  PlanBroken: 194,
  PlanCompleted: 195,
} as const satisfies Record<PlanFact["kind"], number>;

export const isPlanFact = (fact: { readonly kind: string }): fact is PlanFact => fact.kind in PLAN_FACT_CODES;

/** The plan of a loan after one more fact; none where it is over. */
export function planAfter(before: RunningPlan | undefined, fact: PlanFact): RunningPlan | undefined {
  if (fact.kind === "PlanAgreed") {
    const { id, graceDays, missesForgiven } = fact;
    return { id, graceDays, missesForgiven, state: "kept", misses: 0 };
  }
  if (!before || before.id !== fact.id) return before;
  const { dueOn: _due, told: _told, ...plan } = before;
  switch (fact.kind) {
    case "PlanEnded":
    case "PlanCompleted":
      return undefined;
    case "PlanMissed":
      return { ...plan, state: "missed", misses: fact.n, dueOn: fact.dueOn };
    case "PlanCaughtUp":
      return { ...plan, state: "kept" };
    case "PlanBroken":
      return { ...plan, state: "broken", dueOn: fact.dueOn };
  }
}

// --- the word about a missed payment ---------------------------------------------------------------------------------

const NOTICE = /^plan\/missed-(\d+)@(.*)$/s;
/** The name of the notice among steps: `plan/missed-1@H-…` tells of the first payment that was missed. */
export const planNoticeKey = ({ id, misses }: Pick<RunningPlan, "id" | "misses">): string =>
  `plan/missed-${misses}@${id}`;

export function planNoticeOf(step: string): { readonly id: string; readonly n: number } | undefined {
  const found = NOTICE.exec(step);
  return found ? { id: found[2]!, n: Number(found[1]) } : undefined;
}

/** The payment that a notice tells of is still missed. */
export function planNoticeHolds(
  step: string,
  { extra }: { readonly extra?: { readonly plan?: RunningPlan } },
): boolean {
  const named = planNoticeOf(step);
  const plan = extra?.plan;
  return plan?.state === "missed" && plan.id === named?.id && plan.misses === named.n;
}

/** The notice was planned, asked for, or given up: it is not made again. */
export const withNotice = (plan: RunningPlan | undefined, step: string): RunningPlan | undefined => {
  const named = planNoticeOf(step);
  return plan && named && plan.id === named.id && plan.misses === named.n ? { ...plan, told: true } : plan;
};

// --- the word about an offer that was not accepted ---------------------------------------------------------------------

/** The day of a request that the close watches while an offer is open; over, it makes the offer lapse. */
export const OFFER_DAY = "hardship-offer";

/** An offer that lapsed, in the loan's row until another one is made. */
export interface LapsedOffer {
  readonly id: string;
  /** The last day on which it could be accepted. */
  readonly lastOn: Day;
  readonly told?: true;
}

const LAPSED = /^plan\/offer-lapsed@(.*)$/s;
export const offerNoticeKey = ({ id }: Pick<LapsedOffer, "id">): string => `plan/offer-lapsed@${id}`;
export const offerNoticeOf = (step: string): string | undefined => LAPSED.exec(step)?.[1];

/** What the notice tells of is still so, and is still news. */
export const offerNoticeHolds = (
  step: string,
  { extra }: { readonly extra?: { readonly lapsed?: LapsedOffer } },
  on: Day,
): boolean =>
  extra?.lapsed !== undefined && extra.lapsed.id === offerNoticeOf(step) && on <= extra.lapsed.lastOn + 7;
