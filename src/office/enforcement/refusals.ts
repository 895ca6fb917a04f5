import { type EnforcementFact, type Fact, type Refusal, standing } from "../../core/index.ts";
import {
  type EnforcementLife,
  type EnforcementRefusal,
  enforcementAfter,
  mayEnforce,
} from "../../legal/index.ts";
import { EVERYTHING } from "./moment.ts";

export interface Refused {
  readonly refusal: EnforcementRefusal;
}
export const refusedAs = (code: string, en: string, zh: string): Refused => ({
  refusal: { code, says: { en, zh } },
});
export const refusedBy = ({ code, says, at }: Refusal): Refused => {
  const text = at === undefined ? says : `${at}: ${says}`;
  return { refusal: { code, says: { en: text, zh: text } } };
};
export const future = (): Refused =>
  refusedAs("future-day", "it is recorded when it has happened, not before", "须在发生后登记");
export const DIFFERS = (event: string): EnforcementRefusal => ({
  code: "differs-from-accepted",
  says: {
    en: `${event} was recorded before with other content; a correction is a reversal and a new id`,
    zh: `${event} 已登记且内容不同；更正须先冲正再以新编号登记`,
  },
});

/** Who said it, when, and on which business day it was booked, are no part of what it says. */
export function sameEntry(a: Fact, b: Fact): boolean {
  const told = ({ ...fact }: Record<string, unknown>): string => {
    for (const key of ["on", "at", "by", "applyBy", "late"]) delete fact[key];
    return JSON.stringify(Object.entries(fact).sort(([x], [y]) => (x < y ? -1 : 1)));
  };
  return told(a as unknown as Record<string, unknown>) === told(b as unknown as Record<string, unknown>);
}

export function paymentTrouble(
  fact: Extract<EnforcementFact, { kind: "MoneyRecovered" }>,
  ofLoan: readonly Fact[],
): EnforcementRefusal | undefined {
  const known = standing(ofLoan).find((one) => one.kind === "PaymentReceived" && one.id === fact.payment);
  return known && "amount" in known && (known.amount !== fact.amount || known.valueOn !== fact.dated)
    ? {
        code: "payment-differs",
        says: {
          en: `the loan has a payment ${fact.payment} of another day or sum; name that day and sum, or another --payment`,
          zh: `贷款已有还款 ${fact.payment}，日期或金额不同；请按其日期金额登记，或改用其他 --payment`,
        },
      }
    : undefined;
}

/** Undone is what was recorded, as long as what stands after it could have happened without it. */
export function reversalTrouble(
  fact: Extract<EnforcementFact, { kind: "EnforcementReversed" }>,
  loanFacts: ReadonlyMap<string, readonly Fact[]>,
  life: EnforcementLife | undefined,
): EnforcementRefusal | undefined {
  if (fact.reason.trim() === "")
    return refusedAs("enforcement-no-reason", "say why: --note", "须说明理由：--note").refusal;
  const of = life?.facts.find(({ event }) => event === fact.of);
  if (!life || !of)
    return refusedAs(
      "unknown-entry",
      `${fact.id} has no entry ${fact.of} that counts; arrears enforce show lists them`,
      `${fact.id} 没有有效的登记 ${fact.of}；arrears enforce show 可查`,
    ).refusal;
  if (
    of.kind === "MoneyRecovered" &&
    standing(loanFacts.get(life.debt)!).some((one) => one.id === of.payment)
  )
    return refusedAs(
      "payment-stands",
      `the loan still holds the payment ${of.payment}; reverse that first: arrears record reversal ${life.debt} --of ${of.payment}`,
      `贷款仍有还款 ${of.payment}；请先冲正：arrears record reversal ${life.debt} --of ${of.payment}`,
    ).refusal;
  let again: EnforcementLife | undefined;
  for (const one of life.facts) {
    if (one === of) continue;
    if (one.kind !== "ListMoved" && one.kind !== "EnforcementReversed") {
      const place = mayEnforce(again?.state ?? "none", one.kind, EVERYTHING);
      if (!place.ok)
        return refusedAs(
          "entry-needed",
          `${one.event} could not have happened without it; reverse that first`,
          `${one.event} 以其为前提；请先冲正该项`,
        ).refusal;
    }
    again = enforcementAfter(again, one);
  }
  return undefined;
}
