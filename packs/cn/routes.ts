import { type Day, day, ok, type Result } from "../../src/core/index.ts";
import { ROUTE_RULES, type RouteLaw, type RouteRule, type Source } from "../../src/legal/index.ts";
import type { DatedValue, Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";
import { sourceOf } from "./court.ts";
import { courtFeeLaw } from "./court-fee-law.ts";
import { notRead, PROCEDURE_FIRST_DAY } from "./jurisdiction.ts";

/** Sentences that other parts of the pack have already. */
const SHARED: Readonly<Partial<Record<RouteRule, string>>> = {
  "payment-order.answer": "court.payment-order",
  "suit.appeal": "court.appeal",
  "suit.no-arbitration": "jurisdiction.arbitration",
  mediation: "proceeding.mediation.first",
  "mediation.confirm": "proceeding.mediation.confirm",
  "payment-order.told": "proceeding.payment-order.accept",
  "payment-order.issued": "proceeding.payment-order.issue",
  "payment-order.unserved": "proceeding.payment-order.unserved",
  "payment-order.void": "proceeding.payment-order.void",
  "payment-order.into-suit": "proceeding.payment-order.suit",
  "suit.filing": "proceeding.accept",
  "summary.not-missing": "proceeding.summary.missing",
  "summary.time": "proceeding.time.summary",
  "ordinary.time": "proceeding.time.ordinary",
  "small-claims.time": "proceeding.time.small-claims",
  "small-claims.no-foreign": "proceeding.small-claims.not.foreign",
  "small-claims.no-appraisal": "proceeding.small-claims.not.appraisal",
  "small-claims.not-missing": "proceeding.small-claims.not.whereabouts",
  "small-claims.no-counterclaim": "proceeding.small-claims.not.counterclaim",
};
const nameOf = (rule: RouteRule): string => SHARED[rule] ?? `route.${rule}`;

/**
 * The law on the ways after default on a day, for `whichWay`.
 *
 * Refuses `no-text-read`: a day before the Civil Procedure Law as revised in 2023.
 * Source  `route.*`, `proceeding.*`, `court-fee.*`, `court.payment-order`, `court.appeal`, `jurisdiction.arbitration`.
 */
export function routeLaw(pack: Pack, on: Day): Result<RouteLaw> {
  if (on < day(PROCEDURE_FIRST_DAY)) return notRead("which ways there are after a default", on);
  const fees = courtFeeLaw(pack, on);
  if (!fees.ok) return fees;
  const found = (name: string): DatedValue => valueOn(pack.params, name, on)!;
  const days = (rule: RouteRule): number => (found(nameOf(rule)).value as { days: number }).days;
  const months = (rule: RouteRule) => {
    const time = found(nameOf(rule)).value as { readonly months: number; readonly extension: number };
    return { months: time.months, more: time.extension };
  };
  const percent = (rule: RouteRule): number =>
    Number((found(nameOf(rule)).value as { percent: string }).percent);
  return ok({
    fees: fees.value,
    sources: Object.fromEntries(
      ROUTE_RULES.map((rule) => [rule, sourceOf(nameOf(rule), found(nameOf(rule)))]),
    ) as Record<RouteRule, Source>,
    days: {
      filing: days("suit.filing"),
      told: days("payment-order.told"),
      issued: days("payment-order.issued"),
      served: days("payment-order.unserved"),
      answer: days("payment-order.answer"),
      appeal: days("suit.appeal"),
      confirm: days("mediation.confirm"),
    },
    months: {
      summary: months("summary.time"),
      ordinary: months("ordinary.time"),
      "small-claims": months("small-claims.time"),
    },
    smallClaims: { must: percent("small-claims.must"), may: percent("small-claims.may") },
  });
}
