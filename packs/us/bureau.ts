import { type Day, formatDay, ok, type Result, refuse } from "../../src/core/index.ts";
import type { BureauRule, Source } from "../../src/legal/index.ts";
import type { DatedValue, Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";

const sourceOf = (param: string, { cite, force, verification }: DatedValue): Source => ({
  param,
  cite,
  force,
  verification,
});

/**
 * How a month of a loan is told to a bureau in the United States: by steps of thirty days past due, fewer of which are none.
 *
 * Refuses `no-text-read`: a day before the first value.
 * Source  `furnish.status`, `furnish.history`: public guides, unverified.
 */
export function usBureauRule(pack: Pack, on: Day): Result<BureauRule> {
  const status = valueOn(pack.params, "furnish.status", on);
  const history = valueOn(pack.params, "furnish.history", on);
  if (!status || !history)
    return refuse("no-text-read", `how a month of ${formatDay(on)} is told was not read`, "month");
  const source = sourceOf("furnish.status", status);
  return ok({
    daysLate: { from: (status.value as { from: readonly number[] }).from, source },
    negative: { codes: ["1", "2", "3", "4", "5", "6", "B"], source },
    window: {
      months: (history.value as { months: number }).months,
      source: sourceOf("furnish.history", history),
    },
    signs: source,
  });
}

/** Years for which bad information is told, and the days after which they begin; days to look into a direct dispute. */
export function usBureauTerms(pack: Pack, on: Day) {
  const age = valueOn(pack.params, "furnish.age", on)!;
  const dispute = valueOn(pack.params, "furnish.dispute", on);
  return {
    age: { ...(age.value as { years: number; days: number }), source: sourceOf("furnish.age", age) },
    ...(dispute
      ? {
          objection: {
            days: (dispute.value as { days: number }).days,
            source: sourceOf("furnish.dispute", dispute),
          },
        }
      : {}),
  };
}
