import { bureauDeadlines, bureauRule, clearingRule } from "../../../packs/cn/index.ts";
import { usBureauRule, usBureauTerms } from "../../../packs/us/index.ts";
import { type Day, formatDay, type Result, refuse } from "../../core/index.ts";
import type { BureauRule, ClearingRule, Source } from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";

/** A number of days and where it stands. */
export interface DaysOfLaw {
  readonly days: number;
  readonly source: Source;
}

/** What a lender's place says of the credit record, on a day. */
export interface BureauLaw {
  readonly rule: BureauRule;
  readonly clearing?: ClearingRule;
  /** Years of the United States, which count from the start of the delinquency. */
  readonly age?: { readonly years: number; readonly days: number; readonly source: Source };
  readonly objection?: DaysOfLaw;
  readonly complaint?: DaysOfLaw;
  readonly reminders: readonly number[];
}

/**
 * The law on the credit record of a place.
 *
 * Refuses `no-text-read`: a place or a day of which no text was read.
 */
export function bureauLaw(pack: Pack, on: Day): Result<BureauLaw> {
  if (pack.place === "us") {
    const rule = usBureauRule(pack, on);
    if (!rule.ok) return rule;
    return { ok: true, value: { rule: rule.value, reminders: [10, 5, 1], ...usBureauTerms(pack, on) } };
  }
  if (pack.place !== "cn")
    return refuse(
      "no-text-read",
      `the pack of ${pack.place} has no text on the credit record (${formatDay(on)})`,
    );
  const rule = bureauRule(pack, on);
  if (!rule.ok) return rule;
  return {
    ok: true,
    value: { rule: rule.value, clearing: clearingRule(pack, on), ...bureauDeadlines(pack, on) },
  };
}
