import { type Day, formatDay, ok, parseMoney, type Result, refuse } from "../../src/core/index.ts";
import {
  type CourtFeeLaw,
  FEE_RULES,
  type FeeBetween,
  type FeeRule,
  type Source,
} from "../../src/legal/index.ts";
import type { DatedValue, Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";
import { courtFeeTiers, shareOf, sourceOf } from "./court.ts";

/**
 * The law of fees over the life of a case on a day, for `feesOf`.
 *
 * Refuses `no-text-read`: a day before 2022-04-10, the day of the interpretation that was read; the scales alone are known from 2007 on
 *         (`courtFeeTiers`).
 * Source  `court-fee.*`: measures on litigation costs of 2007; interpretation on the Civil Procedure Law arts 195, 199, 206, 207.
 */
export function courtFeeLaw(pack: Pack, on: Day): Result<CourtFeeLaw> {
  const tiers = courtFeeTiers(pack, on);
  if (!tiers.ok) return tiers;
  const found = (name: string): DatedValue | undefined => valueOn(pack.params, nameOf(name), on);
  if (FEE_RULES.some((rule) => !found(rule)))
    return refuse(
      "no-text-read",
      `who bears court fees and how often they are halved on ${formatDay(on)} was not read; the first text is of 2022-04-10`,
      "on",
    );
  const source = (name: string): Source => sourceOf(nameOf(name), found(name)!);
  const days = (name: string): number => (found(name)!.value as { days: number }).days;
  return ok({
    tiers: tiers.value,
    settled: shareOf({ value: found("settled")!.value, source: source("settled") }),
    prepayDays: days("prepay-days"),
    refundDays: days("refund-days"),
    failedObjection: betweenOf(found("jurisdiction-objection")!, source("jurisdiction-objection")),
    enforcementWithoutAmount: betweenOf(found("enforcement.no-amount")!, source("enforcement.no-amount")),
    sources: Object.fromEntries(FEE_RULES.map((rule) => [rule, source(rule)])) as Record<FeeRule, Source>,
  });
}

/** The days to prepay stand among those of a proceeding. */
const nameOf = (rule: string): string => (rule === "prepay-days" ? "proceeding.fee" : `court-fee.${rule}`);

function betweenOf({ value }: DatedValue, source: Source): FeeBetween {
  const { least, most } = value as { readonly least: string; readonly most: string };
  return { least: parseMoney(least)!, most: parseMoney(most)!, source };
}
