import {
  type Day,
  type Fact,
  formatDay,
  formatMoney,
  type LoanState,
  type Minor,
  type Product,
  type Promised,
  type PromiseFact,
  type PromiseOutcome,
  type PromisePart,
  type PromiseSeen,
  promiseOn,
  replay,
  type Seen,
} from "../../core/index.ts";
import type { LoanFile } from "../../store/index.ts";
import { factsOf } from "../../store/index.ts";
import type { Language } from "../io.ts";

/** A promise as it is told: what it says, and what became of it by a day. */
export interface PromiseTold {
  readonly promise: Promised;
  readonly seen: PromiseSeen;
}

/** The promises of a loan as they stand on a day, the latest last. */
export const promisesTold = (loan: LoanState, product: Product, on: Day): PromiseTold[] =>
  (loan.extra?.promises ?? []).map((promise) => ({ promise, seen: promiseOn(promise, loan, product, on) }));

/** The same of a loan of the book on any day, as known on one: money of later value days is not counted. */
export function promisesOfFile(file: LoanFile, { asOf, knownOn }: Seen): PromiseTold[] {
  const facts = factsOf(file).filter(
    (fact) =>
      (knownOn === undefined || fact.on <= knownOn) &&
      (!("valueOn" in fact) || fact.valueOn <= asOf) &&
      (!("asOf" in fact) || fact.asOf <= asOf) &&
      !(OUTCOMES.includes(fact.kind) && fact.on > asOf),
  );
  // Most loans have none, and need not be counted for it.
  const loan = facts.some(({ kind }) => MADE.includes(kind)) ? replayed(file, facts) : undefined;
  return loan ? promisesTold(loan, file.product, asOf) : [];
}

const MADE: readonly Fact["kind"][] = ["PromiseMade", "PromiseReplaced"];

/** What a later close found is derived anew for the day that is asked for. */
const OUTCOMES: readonly Fact["kind"][] = [
  "PromiseKept",
  "PromiseBroken",
  "PromiseReopened",
  "PromiseLapsed",
];

/** A loan that is set aside cannot be counted, and shows none. */
function replayed(file: LoanFile, facts: readonly Fact[]): LoanState | undefined {
  try {
    return replay(file.key, facts, () => file.product);
  } catch {
    return undefined;
  }
}

export const promiseJson = ({ promise, seen }: PromiseTold, decimals: number): Record<string, unknown> => ({
  id: promise.id,
  madeOn: formatDay(promise.madeOn),
  ...(promise.takenBy === undefined ? {} : { takenBy: promise.takenBy }),
  status: seen.status,
  parts: promise.parts.map(({ on, amount }, i) => ({
    on: formatDay(on),
    amount: formatMoney(amount, decimals),
    paidByThen: formatMoney(promise.paid[i]!, decimals),
  })),
});

const STATUS = {
  open: { en: "waited for", zh: "等待中" },
  kept: { en: "kept", zh: "守约" },
  broken: { en: "broken", zh: "失约" },
  lapsed: { en: "no longer needed", zh: "已无需履行" },
} as const;

type Money = (value: number) => string;

const partsLine = (parts: readonly PromisePart[], money: Money): string =>
  parts.map(({ on, amount }) => `${formatDay(on)} ${money(amount)}`).join(" + ");

/** `2026-03-10 300.00 + 2026-03-20 200.00: waited for, 100.00 came`. */
export function promiseLine({ promise, seen }: PromiseTold, money: Money, language: Language): string {
  const parts = partsLine(promise.parts, money);
  const status = STATUS[seen.status][language];
  const came = money(seen.paid as Minor);
  return language === "zh" ? `${parts}：${status}，已到 ${came}` : `${parts}: ${status}, ${came} came`;
}

/** What a fact of a promise says, as a sentence. */
export function promiseSentence(fact: PromiseFact | PromiseOutcome, money: Money): Record<Language, string> {
  switch (fact.kind) {
    case "PromiseMade":
    case "PromiseReplaced": {
      const by = fact.takenBy === undefined ? "" : fact.takenBy;
      const parts = partsLine(fact.parts, money);
      const instead = fact.kind === "PromiseReplaced" ? fact.replaces : undefined;
      return {
        en: `promise ${fact.id} to pay ${parts}${instead ? `, in place of ${instead}` : ""}${by ? `, taken by ${by}` : ""}`,
        zh: `承诺还款 ${fact.id}：${parts}${instead ? `，替换 ${instead}` : ""}${by ? `，登记人 ${by}` : ""}`,
      };
    }
    case "PromiseWithdrawn":
      return {
        en: `promise ${fact.id} withdrawn: ${fact.reason}`,
        zh: `承诺 ${fact.id} 撤回：${fact.reason}`,
      };
    case "PromiseKept":
      return {
        en: `promise ${fact.id} KEPT: ${money(fact.paid)} of ${money(fact.promised)} came in time`,
        zh: `承诺 ${fact.id} 守约：承诺 ${money(fact.promised)}，按期到账 ${money(fact.paid)}`,
      };
    case "PromiseBroken": {
      const paused = fact.pausedThrough === undefined ? undefined : formatDay(fact.pausedThrough);
      return {
        en: `promise ${fact.id} BROKEN: ${money(fact.promised)} was promised by ${formatDay(fact.missedOn)}, ${money(fact.paid)} came${paused ? `; steps stand still until ${paused}` : ""}`,
        zh: `承诺 ${fact.id} 失约：${formatDay(fact.missedOn)} 前应到 ${money(fact.promised)}，实到 ${money(fact.paid)}${paused ? `；暂停动作至 ${paused}` : ""}`,
      };
    }
    case "PromiseReopened":
      return {
        en: `promise ${fact.id} waited for again: a payment was reversed, ${money(fact.paid)} of ${money(fact.promised)} is left`,
        zh: `承诺 ${fact.id} 恢复等待：有还款被冲正，承诺 ${money(fact.promised)}，现到账 ${money(fact.paid)}`,
      };
    case "PromiseLapsed":
      return {
        en: `promise ${fact.id} no longer needed: nothing is owed any more (${money(fact.paid)} of ${money(fact.promised)} came)`,
        zh: `承诺 ${fact.id} 已无需履行：已无欠款（承诺 ${money(fact.promised)}，到账 ${money(fact.paid)}）`,
      };
  }
}
