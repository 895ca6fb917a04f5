import {
  addDays,
  type Channel,
  type Day,
  daysFromDue,
  type LoanState,
  NEVER,
  neededBy,
  type Product,
  type Promised,
  type PromiseOutcome,
  pausedAfter,
  promiseOn,
  reminderHolds,
  reminderKey,
  reminderOf,
  remindOn,
} from "../core/index.ts";
import type { Step } from "../strategy/index.ts";

/**
 * What the close of a day finds of a loan's promises that it had not recorded before: kept, broken the day after, waited
 * for again after a reversal, or no longer needed.
 */
export function promisesJudged(loan: LoanState, product: Product, day: Day): PromiseOutcome[] {
  const found: PromiseOutcome[] = [];
  for (const promise of loan.extra?.promises ?? []) {
    const seen = promiseOn(promise, loan, product, day);
    if (seen.status === promise.told) continue;
    const base = { on: day, id: promise.id, promised: seen.promised, paid: seen.paid };
    switch (seen.status) {
      case "kept":
        found.push({ kind: "PromiseKept", ...base });
        break;
      case "open":
        found.push({ kind: "PromiseReopened", ...base });
        break;
      case "lapsed":
        found.push({ kind: "PromiseLapsed", ...base });
        break;
      case "broken": {
        const pausedThrough = pausedAfter(seen, product, day);
        const missedOn = promise.parts[seen.part]!.on;
        const rest = pausedThrough === undefined ? {} : { pausedThrough };
        found.push({ kind: "PromiseBroken", ...base, missedOn, ...rest });
      }
    }
  }
  return found;
}

/** The next day after this one on which a promise is broken, or its reminder falls due, by itself. */
export function promiseWake(loan: LoanState, product: Product, day: Day): Day {
  let wake: number = NEVER;
  for (const promise of loan.extra?.promises ?? []) {
    if (promise.told !== "open") continue;
    for (const [i, part] of promise.parts.entries()) {
      if (promise.paid[i]! >= neededBy(promise.parts, i, product)) continue;
      if (part.on >= day) wake = Math.min(wake, part.on + 1);
      const remind = i >= (promise.reminded ?? 0) ? remindOn(promise, i, product) : undefined;
      if (remind !== undefined && remind > day) wake = Math.min(wake, remind);
    }
  }
  return wake as Day;
}

/** Reminders of promised days that fall due on a day and were not made. */
export function remindersDue(loan: LoanState, product: Product, day: Day): Step[] {
  if (product.promises?.remindDays === undefined) return [];
  return (loan.extra?.promises ?? []).flatMap((promise) =>
    promise.parts.flatMap((_, i) => {
      const on = i >= (promise.reminded ?? 0) ? remindOn(promise, i, product) : undefined;
      const key = reminderKey(promise.id, i);
      return on !== undefined && on <= day && reminderHolds(key, loan, product, day)
        ? [reminderStep(promise, i, key, loan, product, day)]
        : [];
    }),
  );
}

/** A reminder that was refused, on a day on which it may be tried again; `undefined` where it has nothing left to say. */
export function reminderAgain(step: string, loan: LoanState, product: Product, day: Day): Step | undefined {
  const named = reminderOf(step);
  if (!named || !reminderHolds(step, loan, product, day)) return undefined;
  const promise = loan.extra!.promises!.find(({ id }) => id === named.id)!;
  return reminderStep(promise, named.part, step, loan, product, day);
}

const REMINDED_BY: readonly Channel[] = ["app", "text", "email"];
const REMINDED_AT = 10 * 60;

/** A message like any other: judged by the gate, one a borrower a day, and over with the day that was promised. */
function reminderStep(
  promise: Promised,
  part: number,
  key: string,
  loan: LoanState,
  product: Product,
  day: Day,
): Step {
  const dpd = daysFromDue(loan, product, day);
  const { on } = promise.parts[part]!;
  return {
    key,
    stage: "promise",
    dpd,
    until: dpd + Math.max(0, addDays(on, -day)),
    act: "message",
    what: "promise-reminder",
    by: REMINDED_BY,
    minute: REMINDED_AT,
    pauseOn: [],
  };
}
