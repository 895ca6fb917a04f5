import { type Day, formatDay, ok, parseMoney, parseRate, type Result, refuse } from "../../src/core/index.ts";
import type {
  CourtFeeTiers,
  DelayDayCount,
  DelayInterestRule,
  FeeBand,
  FeeScale,
  FeeShare,
  Source,
} from "../../src/legal/index.ts";
import type { DatedValue, Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";

export const sourceOf = (param: string, { cite, force, verification }: DatedValue): Source => ({
  param,
  cite,
  force,
  verification,
});

/**
 * Where the order over several debts stands that `allocateAcross` follows.
 *
 * Refuses `no-text-read`: a day before the Civil Code.
 */
export function severalDebtsSource(pack: Pack, on: Day): Result<Source> {
  const dated = valueOn(pack.params, "allocation.several-debts", on);
  return dated
    ? ok(sourceOf("allocation.several-debts", dated))
    : refuse("no-text-read", `no text on several debts of ${formatDay(on)} was read`, "on");
}

/**
 * The court fees in force on a day, for `courtFee`.
 *
 * Refuses `no-text-read`: a day before the measures of 2007 came into force.
 * Source  `court-fee.*`: measures on litigation costs, arts 13(1), 14(1)–(3) and 16.
 */
export function courtFeeTiers(pack: Pack, on: Day): Result<CourtFeeTiers> {
  const found = ["case", "preservation", "enforcement", "summary", "payment-order"].map((kind) => {
    const name = `court-fee.${kind}`;
    const dated = valueOn(pack.params, name, on);
    return dated && { value: dated.value, source: sourceOf(name, dated) };
  });
  const [ofCase, preservation, enforcement, summary, paymentOrder] = found;
  if (!ofCase || !preservation || !enforcement || !summary || !paymentOrder)
    return refuse(
      "no-text-read",
      `no text on court fees of ${formatDay(on)} was read; the first is of 2007-04-01`,
      "on",
    );
  return ok({
    case: scaleOf(ofCase),
    preservation: scaleOf(preservation),
    enforcement: scaleOf(enforcement),
    summary: shareOf(summary),
    "payment-order": shareOf(paymentOrder),
  });
}

interface Found {
  readonly value: unknown;
  readonly source: Source;
}
interface ScaleValue {
  readonly up_to: string;
  readonly flat: string;
  readonly bands: readonly { readonly up_to?: string; readonly percent: string }[];
  readonly most?: string;
}

function scaleOf({ value, source }: Found): FeeScale {
  const { up_to, flat, bands, most } = value as ScaleValue;
  return {
    upTo: parseMoney(up_to)!,
    flat: parseMoney(flat)!,
    bands: bands.map(({ up_to: edge, percent }): FeeBand => {
      const { numerator, scale } = parseRate(percent, "year")!;
      const share = { numerator, denominator: 10 ** scale };
      return { ...(edge === undefined ? {} : { upTo: parseMoney(edge)! }), percent, share };
    }),
    ...(most === undefined ? {} : { most: parseMoney(most)! }),
    source,
  };
}

export function shareOf({ value, source }: Found): FeeShare {
  const [numerator, denominator] = (value as { share: string }).share.split("/").map(Number);
  return { share: { numerator: numerator!, denominator: denominator! }, source };
}

/**
 * The law on interest for delayed performance over a time, for `delayInterest`.
 *
 * Takes   the day on which the period for performance expires, and the last day counted.
 * Refuses `no-text-read`: a delay that begins before 1 August 2014 has an older law for its first part; a last day
 *         before the Civil Code has no text on which days count.
 * Source  `delay-interest.*`: interpretation of 2014, arts 1–4; Civil Code art. 201 for the days, which is our
 *         inference.
 */
export function delayInterestRule(pack: Pack, time: { from: Day; to: Day }): Result<DelayInterestRule> {
  // The first day that counts is the one after the period expires.
  const first = (time.from + 1) as Day;
  const rate = valueOn(pack.params, "delay-interest.rate", first);
  const order = valueOn(pack.params, "delay-interest.order", first);
  if (!rate || !order)
    return refuse(
      "no-text-read",
      "no text on a delay before 2014-08-01 was read; art. 7 leaves that part to the law of its time",
      "from",
    );
  const dayCount = valueOn(pack.params, "delay-interest.day-count", time.to);
  if (!dayCount)
    return refuse("no-text-read", "no text on which days count before 2021-01-01 was read", "to");
  const source = (name: string): Source =>
    sourceOf(`delay-interest.${name}`, valueOn(pack.params, `delay-interest.${name}`, first)!);
  return ok({
    rate: parseRate((rate.value as { percent: string }).percent, "day")!,
    dayCount: dayCount.value as DelayDayCount,
    sources: {
      rate: sourceOf("delay-interest.rate", rate),
      dayCount: sourceOf("delay-interest.day-count", dayCount),
      order: sourceOf("delay-interest.order", order),
      pause: source("pause"),
      deduction: source("deduction"),
    },
    practice: {
      "bank-penalty-parallel": source("practice.bank-penalty-parallel"),
      "base-without-liquidated-damages": source("practice.base-without-liquidated-damages"),
    },
  });
}
