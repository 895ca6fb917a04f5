import { addMonths, type Day } from "./calendar.ts";
import type { LoanStatus } from "./facts.ts";
import type { Instant } from "./zone.ts";

/**
 * What said something of the borrower was taken out of his facts and his row. The facts stand, with the salted hash of what
 * was there, so that their seals hold; nobody can tell any more what it was.
 */
export interface PersonErased {
  readonly kind: "PersonErased";
  readonly on: Day;
  readonly at: Instant;
  readonly by: string;
  /** Why it was done: his wish, or that the time of keeping was over. */
  readonly ground: string;
  /** Facts from which something was taken. */
  readonly facts: number;
}

/** The number of this kind in the journal. Never change one; only add. */
export const ERASURE_FACT_CODES = { PersonErased: 130 } as const satisfies Record<
  PersonErased["kind"],
  number
>;

/** Why nothing can be erased yet. `until` is the first day on which the reason is gone, where that is known. */
export interface ErasureHold {
  readonly code: "still-owed" | "kept-by-law" | "on-hold" | "waiting" | "action-open" | "not-sealed";
  /** Loans that it is about. */
  readonly loans?: readonly string[];
  readonly until?: Day;
}

/** What is looked at before anything is erased. */
export interface ErasureState {
  readonly today: Day;
  readonly loans: readonly {
    readonly id: string;
    readonly status: LoanStatus;
    readonly held: boolean;
  }[];
  /** Day of the last fact of the borrower or any of his loans. */
  readonly lastOn: Day;
  /** For how many years records are kept. */
  readonly years: number;
  /** Facts that are accepted and wait for the close. */
  readonly waiting: number;
  /** Actions that are planned or under way. */
  readonly open: number;
  readonly unsealed: number;
}

/** Statuses after which nobody owes this lender anything. */
const OVER: readonly LoanStatus[] = ["paid-off", "settled", "cancelled", "assigned"];

/**
 * Reasons against an erasure, all of them.
 *
 * Source  law/house/retention.md for the years; law/cn/personal-information-law.md art. 47: no erasure while a period of keeping
 *         runs, and then nothing but keeping.
 */
export function erasureHolds(state: ErasureState): ErasureHold[] {
  const holds: ErasureHold[] = [];
  const named = (code: ErasureHold["code"], loans: readonly { readonly id: string }[]): void => {
    if (loans.length > 0) holds.push({ code, loans: loans.map(({ id }) => id) });
  };
  named(
    "still-owed",
    state.loans.filter(({ status }) => !OVER.includes(status)),
  );
  named(
    "on-hold",
    state.loans.filter(({ held }) => held),
  );
  const until = addMonths(state.lastOn, 12 * state.years, "clamp");
  if (state.today < until) holds.push({ code: "kept-by-law", until });
  if (state.waiting > 0) holds.push({ code: "waiting" });
  if (state.open > 0) holds.push({ code: "action-open" });
  // Sealed first: afterwards nobody could show that what stands there now is what stood there then.
  if (state.unsealed > 0) holds.push({ code: "not-sealed" });
  return holds;
}
