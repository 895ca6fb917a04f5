import type { Day } from "../calendar.ts";
import type { Minor } from "../money.ts";
import type { Instant } from "../zone.ts";

/** Who calls and decides: what he can take, and how much of it a day. */
export interface Collector {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly skills: Skills;
  /** Cases a day; none where absent. */
  readonly capacity?: number;
  readonly active: boolean;
}

/** What he can take; anything where a list is absent or empty. */
export interface Skills {
  readonly languages?: readonly string[];
  readonly products?: readonly string[];
  readonly stages?: readonly string[];
}

/** A call or a question that the close planned and nobody has taken up, with what its order hangs on. */
export interface Case {
  readonly act: "call" | "ask";
  /** Day for which it was planned. */
  readonly on: Day;
  readonly slot: Instant;
  readonly language: string;
  readonly products: readonly string[];
  readonly stages: readonly string[];
  readonly dpd: number;
  readonly arrears: Minor;
  /** Last day on which the step still makes sense; absent where its stage has no end. */
  readonly lastDay?: Day;
  /** The day on which a promise of his was found broken, where nobody has spoken with him since. */
  readonly brokenOn?: Day;
  /** The last contact with him, by anybody. */
  readonly lastContact?: Instant;
  /** A supervisor was asked to look at it. */
  readonly supervisor?: boolean;
  /** A rule leaves it to a person, because something is not known that decides it. */
  readonly ruleAsks?: boolean;
}

/** What begins so asks whether a step may be made at all: `may-we/overdue`. */
export const MAY_WE = "may-we/";

/** Why a case stands where it stands, in the order in which the reasons count. */
export const REASONS = [
  "supervisor",
  "promise-broken",
  "last-day",
  "left-over",
  "rule-asks",
  "question",
  "planned-today",
] as const;
export type Reason = (typeof REASONS)[number];

export interface Ranked<C extends Case> {
  readonly case: C;
  readonly reason: Reason;
}

/**
 * Today's human queue in its order.
 *
 * Takes   the cases that are planned by now, and the day.
 * Gives   each with its first reason, in the order of `REASONS`; among equals the larger arrears first, then who has not
 *         been spoken with for longest, then the older plan. Two cases never change places between two calls.
 */
export function rank<C extends Case>(cases: readonly C[], today: Day): Ranked<C>[] {
  return cases
    .map((one) => ({ case: one, reason: reasonOf(one, today) }))
    .sort(
      (a, b) =>
        REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason) ||
        b.case.arrears - a.case.arrears ||
        (a.case.lastContact ?? 0) - (b.case.lastContact ?? 0) ||
        a.case.on - b.case.on,
    );
}

function reasonOf({ act, on, brokenOn, lastDay, supervisor, ruleAsks }: Case, today: Day): Reason {
  if (supervisor) return "supervisor";
  if (brokenOn !== undefined) return "promise-broken";
  if (lastDay === today) return "last-day";
  if (on < today) return "left-over";
  if (ruleAsks) return "rule-asks";
  return act === "ask" ? "question" : "planned-today";
}

/** Whether a collector can take a case: every product of it, one of his languages, and its stages. */
export function canTake({ skills, active }: Collector, one: Case): boolean {
  const has = (own: readonly string[] | undefined, asked: readonly string[]): boolean =>
    !own || own.length === 0 || asked.every((word) => own.includes(word));
  return (
    active &&
    has(skills.languages, [one.language]) &&
    has(skills.products, one.products) &&
    has(skills.stages, one.stages)
  );
}
