import { addDays, type Day } from "./calendar.ts";
import type { BalanceReported, Fact, PaymentReceived } from "./facts.ts";
import type { LoanState } from "./loan.ts";
import { type Minor, minor, mulDiv, ZERO } from "./money.ts";
import type { Product } from "./product.ts";

/** One day and sum of a promise. */
export interface PromisePart {
  readonly on: Day;
  readonly amount: Minor;
}

/** The borrower said when he would pay how much. */
export interface PromiseMade {
  readonly kind: "PromiseMade";
  readonly on: Day;
  readonly id: string;
  /** The day he said it: money counts for the promise from this day on. */
  readonly valueOn: Day;
  /** In order of days. */
  readonly parts: readonly PromisePart[];
  /** The collector who took it. */
  readonly takenBy?: string;
  /** The contact in which he said it, as the outbox names it. */
  readonly contact?: string;
}

/** Another promise in the place of one that is open. */
export interface PromiseReplaced extends Omit<PromiseMade, "kind"> {
  readonly kind: "PromiseReplaced";
  /** The promise that no longer counts. */
  readonly replaces: string;
}

/** The promise of that id was taken by mistake, or taken back: nobody waits for it, and nobody broke it. */
export interface PromiseWithdrawn {
  readonly kind: "PromiseWithdrawn";
  readonly on: Day;
  readonly id: string;
  readonly reason: string;
}

interface PromiseJudged {
  readonly on: Day;
  readonly id: string;
  /** What was promised by that day, and the money that came for it. */
  readonly promised: Minor;
  readonly paid: Minor;
}

/** Every part has its money, by value day; possibly before the last day, or long after it by a transfer that came late. */
export interface PromiseKept extends PromiseJudged {
  readonly kind: "PromiseKept";
}

/** The day of a part is over without its money. */
export interface PromiseBroken extends PromiseJudged {
  readonly kind: "PromiseBroken";
  /** The day that was missed. */
  readonly missedOn: Day;
  /** Enough came for steps to stand still through this day all the same (`PromiseRules.partial`). */
  readonly pausedThrough?: Day;
}

/** Kept before its day, and a payment was reversed since: it is waited for again. */
export interface PromiseReopened extends PromiseJudged {
  readonly kind: "PromiseReopened";
}

/** Nothing is owed any more, and less came than was promised: a waiver or a settlement did the rest. */
export interface PromiseLapsed extends PromiseJudged {
  readonly kind: "PromiseLapsed";
}

export type PromiseFact = PromiseMade | PromiseReplaced | PromiseWithdrawn;
export type PromiseOutcome = PromiseKept | PromiseBroken | PromiseReopened | PromiseLapsed;

export const isPromiseFact = (fact: Fact): fact is PromiseFact =>
  fact.kind === "PromiseMade" || fact.kind === "PromiseReplaced" || fact.kind === "PromiseWithdrawn";

/** What a product says of promises; `DEFAULT_PROMISES` where it says nothing. */
export interface PromiseRules {
  /** The last day of a promise lies at most so many days after the day it is made. */
  readonly withinDays?: number;
  /** Share of the promised sum that keeps it, in whole percent. */
  readonly keptFromPercent?: number;
  /** Who paid at least this share of what a broken promise asked for is left alone for so many more days. */
  readonly partial?: { readonly fromPercent: number; readonly pauseDays: number };
  /** A message so many days before each part falls due. */
  readonly remindDays?: number;
}

export const DEFAULT_PROMISES = { withinDays: 30, keptFromPercent: 100 } as const;
/** Days and sums that one promise can have. */
export const MOST_PARTS = 12;

export type PromiseStatus = "open" | "kept" | "broken" | "lapsed";

/** A promise as the facts leave it, in the loan's row. */
export interface Promised {
  readonly id: string;
  readonly madeOn: Day;
  readonly parts: readonly PromisePart[];
  readonly takenBy?: string;
  /** Money that came for it by each part's day, all earlier parts' included. */
  readonly paid: readonly Minor[];
  /** On a fed loan, what had been paid when it was made. */
  readonly base?: Minor;
  /** What the last close recorded of it. */
  readonly told: PromiseStatus;
  /** Parts before which the borrower was reminded, or it was not allowed. */
  readonly reminded?: number;
  readonly pausedThrough?: Day;
}

/** Promises so old are history: no payment of today makes them kept, and the row forgets them. */
const REMEMBERED_DAYS = 90;

export const lastDayOf = ({ parts }: Pick<Promised, "parts">): Day => parts.at(-1)!.on;
export const promisedBy = (parts: readonly PromisePart[], through: number): Minor =>
  minor(parts.slice(0, through + 1).reduce((sum, { amount }) => sum + amount, 0));

/** What has to come by a part's day for it to be kept: rounded up, so that a tolerance never asks for less than it says. */
export function neededBy(parts: readonly PromisePart[], i: number, product: Product): Minor {
  const percent = product.promises?.keptFromPercent ?? DEFAULT_PROMISES.keptFromPercent;
  return shareUp(promisedBy(parts, i), percent);
}

function shareUp(amount: Minor, percent: number): Minor {
  const { quotient, remainder } = mulDiv(amount, percent, 100);
  return minor(remainder === 0 ? quotient : quotient + 1);
}

/** What a promise is on a day, and the part that says so: the one that was missed, else the next one waited for. */
export interface PromiseSeen {
  readonly status: PromiseStatus;
  readonly part: number;
  readonly promised: Minor;
  readonly paid: Minor;
}

/**
 * What a promise is on a day: kept once every part has its money by value day, broken from the day after a part without
 * it. The order in which payments arrived does not matter, and a reversed one never counted.
 */
export function promiseOn(promise: Promised, loan: LoanState, product: Product, on: Day): PromiseSeen {
  const { parts, paid } = promise;
  const seen = (status: PromiseStatus, part: number): PromiseSeen => ({
    status,
    part,
    promised: promisedBy(parts, part),
    paid: paid[part]!,
  });
  const short = parts.findIndex((_, i) => paid[i]! < neededBy(parts, i, product));
  if (short < 0) return seen("kept", parts.length - 1);
  // Nobody breaks his word by not paying what is no longer owed, unless he broke it before.
  if (isOver(loan)) return promise.told === "broken" ? seen("broken", short) : seen("lapsed", short);
  const missed = parts[short]!.on < on && isKnownOf(parts[short]!.on, loan, product);
  return seen(missed ? "broken" : "open", short);
}

const isOver = ({ status }: LoanState): boolean => status !== "open" && status !== "written-off";

/** A fed loan's payments are known through its last report: on older news nobody is said to have broken his word. */
const isKnownOf = (day: Day, loan: LoanState, product: Product): boolean =>
  product.source === "kept" || loan.lateOn >= day;

/** The promise that is waited for on a day. */
export function openPromise(loan: LoanState, product: Product, on: Day): Promised | undefined {
  return loan.extra?.promises?.find((promise) => promiseOn(promise, loan, product, on).status === "open");
}

/** Last day on which steps that pause for a promise stand still; `undefined` where none does on this day. */
export function promisePause(loan: LoanState, product: Product, on: Day): Day | undefined {
  let through: number | undefined;
  for (const promise of loan.extra?.promises ?? []) {
    if (promiseOn(promise, loan, product, on).status === "open")
      through = Math.max(through ?? 0, lastDayOf(promise), on);
    const { pausedThrough } = promise;
    if (promise.told === "broken" && pausedThrough !== undefined && pausedThrough >= on)
      through = Math.max(through ?? 0, pausedThrough);
  }
  return through as Day | undefined;
}

/** How long steps stand still after a broken promise of which so much was paid; `undefined` where they do not. */
export function pausedAfter(seen: PromiseSeen, product: Product, on: Day): Day | undefined {
  const rule = product.promises?.partial;
  if (!rule || rule.pauseDays === 0) return undefined;
  return seen.paid >= shareUp(seen.promised, rule.fromPercent) ? addDays(on, rule.pauseDays - 1) : undefined;
}

// --- how facts change it -----------------------------------------------------------------------------------------

/** The promises after one more; what is long past is forgotten. */
export function withPromise(
  loan: LoanState,
  fact: PromiseMade | PromiseReplaced,
  product: Product,
): readonly Promised[] {
  const kept = (loan.extra?.promises ?? []).filter(
    (one) =>
      lastDayOf(one) + REMEMBERED_DAYS >= fact.valueOn &&
      !(fact.kind === "PromiseReplaced" && one.id === fact.replaces),
  );
  const { id, valueOn: madeOn, parts, takenBy } = fact;
  const made: Promised = {
    id,
    madeOn,
    parts,
    ...(takenBy === undefined ? {} : { takenBy }),
    paid: parts.map(() => ZERO),
    ...(product.source === "fed" ? { base: paidOnFed(loan) } : {}),
    told: "open",
  };
  return [...kept, made];
}

const paidOnFed = ({ principalPaid, interestPaid }: LoanState): Minor => minor(principalPaid + interestPaid);

/** One payment more, in whatever order it came. */
export const withPayment = (promises: readonly Promised[], payment: PaymentReceived): readonly Promised[] =>
  promises.map((promise) => {
    if (payment.valueOn < promise.madeOn || payment.valueOn > lastDayOf(promise)) return promise;
    const paid = promise.paid.map((sum, i) =>
      payment.valueOn <= promise.parts[i]!.on ? minor(sum + payment.amount) : sum,
    );
    return { ...promise, paid };
  });

/** Every payment again, for one was reversed: of all facts, those booked after each promise. */
export const recounted = (promises: readonly Promised[], facts: readonly Fact[]): readonly Promised[] =>
  promises.map((promise) => {
    const from = facts.findIndex(
      (fact) => (fact.kind === "PromiseMade" || fact.kind === "PromiseReplaced") && fact.id === promise.id,
    );
    const standing = new Map<string, PaymentReceived>();
    for (const fact of facts.slice(from + 1)) {
      if (fact.kind === "PaymentReceived") standing.set(fact.id, fact);
      else if (fact.kind === "EntryReversed") standing.delete(fact.id);
    }
    const fresh: Promised = { ...promise, paid: promise.parts.map(() => ZERO) };
    return [...standing.values()].reduce<readonly Promised[]>(withPayment, [fresh])[0]!;
  });

/**
 * A fed loan's report, with the loan after it: what was paid since the promise is what the paid sums grew by. The first
 * report for a part's day or later counts for it, and a corrected one for an earlier day still does.
 */
export const withReport = (
  promises: readonly Promised[],
  report: BalanceReported,
  before: LoanState,
  after: LoanState,
): readonly Promised[] =>
  report.asOf < before.lateOn
    ? promises
    : promises.map((promise) => {
        const now = minor(Math.max(0, paidOnFed(after) - (promise.base ?? 0)));
        const paid = promise.paid.map((sum, i) => {
          const { on } = promise.parts[i]!;
          return report.asOf <= on || before.lateOn < on ? now : sum;
        });
        return { ...promise, paid };
      });

const TOLD = {
  PromiseKept: "kept",
  PromiseBroken: "broken",
  PromiseReopened: "open",
  PromiseLapsed: "lapsed",
} as const;

/** What the close recorded of one. */
export const withOutcome = (promises: readonly Promised[], fact: PromiseOutcome): readonly Promised[] =>
  promises.map((promise) => {
    if (promise.id !== fact.id) return promise;
    const { pausedThrough: _, ...rest } = promise;
    const pausedThrough = fact.kind === "PromiseBroken" ? fact.pausedThrough : undefined;
    return { ...rest, told: TOLD[fact.kind], ...(pausedThrough === undefined ? {} : { pausedThrough }) };
  });

// --- the reminder before its day -----------------------------------------------------------------------------------

const REMINDER = /^promise\/remind-(\d+)@(.*)$/s;
/** The name of a reminder among steps: `promise/remind-1@P-17` comes before the first part of promise P-17. */
export const reminderKey = (id: string, part: number): string => `promise/remind-${part + 1}@${id}`;

export function reminderOf(step: string): { readonly id: string; readonly part: number } | undefined {
  const found = REMINDER.exec(step);
  return found ? { id: found[2]!, part: Number(found[1]) - 1 } : undefined;
}

/** The day on which the borrower is reminded of a part; none where it was promised later than that. */
export function remindOn({ parts, madeOn }: Promised, part: number, product: Product): Day | undefined {
  const days = product.promises?.remindDays;
  if (days === undefined) return undefined;
  const on = addDays(parts[part]!.on, -days);
  return on > madeOn ? on : undefined;
}

/** Whether a reminder still has something to say on a day: its part is waited for, and its day is not over. */
export function reminderHolds(step: string, loan: LoanState, product: Product, on: Day): boolean {
  const named = reminderOf(step);
  const promise = named && loan.extra?.promises?.find(({ id }) => id === named.id);
  const part = promise && named ? promise.parts[named.part] : undefined;
  if (!promise || !part || part.on < on) return false;
  if (promiseOn(promise, loan, product, on).status !== "open") return false;
  return promise.paid[named.part]! < neededBy(promise.parts, named.part, product);
}

/** The step was planned, or asked for, or given up: it is not made again. */
export const withReminder = (
  promises: readonly Promised[] | undefined,
  step: string,
): readonly Promised[] | undefined => {
  const named = reminderOf(step);
  if (!named) return promises;
  return promises?.map((promise) =>
    promise.id === named.id
      ? { ...promise, reminded: Math.max(promise.reminded ?? 0, named.part + 1) }
      : promise,
  );
};
