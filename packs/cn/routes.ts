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
};

/**
 * The law on the ways after default on a day, for `whichWay`.
 *
 * Refuses `no-text-read`: a day before the Civil Procedure Law as revised in 2023.
 * Source  `route.*`, `court-fee.*`, `court.payment-order`, `court.appeal`, `jurisdiction.arbitration`.
 */
export function routeLaw(pack: Pack, on: Day): Result<RouteLaw> {
  if (on < day(PROCEDURE_FIRST_DAY)) return notRead("which ways there are after a default", on);
  const fees = courtFeeLaw(pack, on);
  if (!fees.ok) return fees;
  const found = (name: string): DatedValue => valueOn(pack.params, name, on)!;
  const days = (name: string): number => (found(name).value as { days: number }).days;
  const months = (name: string) => found(name).value as { readonly months: number; readonly more: number };
  const percent = (name: string): number => Number((found(name).value as { percent: string }).percent);
  return ok({
    fees: fees.value,
    sources: Object.fromEntries(
      ROUTE_RULES.map((rule) => {
        const name = SHARED[rule] ?? `route.${rule}`;
        return [rule, sourceOf(name, found(name))];
      }),
    ) as Record<RouteRule, Source>,
    days: {
      filing: days("route.suit.filing"),
      told: days("route.payment-order.told"),
      issued: days("route.payment-order.issued"),
      served: days("route.payment-order.unserved"),
      answer: days("court.payment-order"),
      appeal: days("court.appeal"),
      confirm: days("route.mediation.confirm"),
    },
    months: {
      summary: months("route.summary.time"),
      ordinary: months("route.ordinary.time"),
      "small-claims": months("route.small-claims.time"),
    },
    smallClaims: { must: percent("route.small-claims.must"), may: percent("route.small-claims.may") },
  });
}
