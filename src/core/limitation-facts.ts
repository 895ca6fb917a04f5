import type { Day } from "./calendar.ts";

/**
 * What a close writes of the time to claim a debt. `worstOn` is the last day of it with nothing counted that is not proved,
 * by all that was booked that day; `expiresOn` the usual reckoning, absent while proceedings or an obstacle last.
 */
export type LimitationFact = LimitationWarned | LimitationReckoned | LimitationPassed;

interface OfLimitation {
  readonly on: Day;
  readonly worstOn: Day;
  readonly expiresOn?: Day;
}

/** The worst case ends in no more than so many days. Written once for each number of days that the product names. */
export interface LimitationWarned extends OfLimitation {
  readonly kind: "LimitationWarned";
  readonly days: number;
}

/** It was looked at where it might have been near, and is not: what happened since has moved it. */
export interface LimitationReckoned extends OfLimitation {
  readonly kind: "LimitationReckoned";
}

/** The worst case is over. The debt is owed all the same; the debtor may have a defence. */
export interface LimitationPassed extends OfLimitation {
  readonly kind: "LimitationPassed";
}

/** What the last close that looked knew, in the loan's row. */
export interface LimitationSeen {
  readonly worstOn: Day;
  /** Days of the last warning for this end. */
  readonly warned?: number;
  readonly passed?: true;
}

/** The numbers of these kinds in the journal. Never change one; only add. */
export const LIMITATION_FACT_CODES = {
  LimitationWarned: 35,
  LimitationReckoned: 36,
  LimitationPassed: 37,
} as const satisfies Record<LimitationFact["kind"], number>;

export const isLimitationFact = (fact: { readonly kind: string }): fact is LimitationFact =>
  fact.kind in LIMITATION_FACT_CODES;

export function limitationSeen(fact: LimitationFact): LimitationSeen {
  const { worstOn } = fact;
  if (fact.kind === "LimitationWarned") return { worstOn, warned: fact.days };
  return fact.kind === "LimitationPassed" ? { worstOn, passed: true } : { worstOn };
}
