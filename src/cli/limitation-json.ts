import { limitationRule } from "../../packs/cn/index.ts";
import { loadCalendar } from "../../packs/load.ts";
import { type Day, formatDay, type Result, type WorkCalendar } from "../core/index.ts";
import type { Limitation, LimitationReason, LimitationRule, Source } from "../legal/index.ts";
import type { Pack } from "../policy/index.ts";

let calendar: WorkCalendar | undefined;

/** The law on limitation of the one place whose pack has it, with that place's days off. */
export function limitationLaw(pack: Pack, on: Day): Result<LimitationRule> {
  calendar ??= loadCalendar("cn");
  return limitationRule(pack, calendar, on);
}

export const sourceJson = ({ param, cite, force, verification }: Source): Record<string, unknown> => ({
  ...cite,
  param,
  force,
  verification,
});

const dayOrNull = (on: Day | undefined): string | null => (on === undefined ? null : formatDay(on));

export const limitationJson = (found: Limitation): Record<string, unknown> => ({
  expiresOn: dayOrNull(found.expiresOn),
  worstOn: formatDay(found.worstOn),
  state: found.state,
  worstState: found.worstState,
  of: found.of,
  startsOn: formatDay(found.startsOn),
  longStopOn: formatDay(found.longStopOn),
  because: found.because.map(reasonJson),
});

const reasonJson = ({ on, what, effect, counts, proof, ref, endsOn, source }: LimitationReason) => ({
  on: formatDay(on),
  what,
  ...(proof === undefined ? {} : { proof }),
  ...(ref === undefined ? {} : { ref }),
  effect,
  counts,
  ...(endsOn === undefined ? {} : { endsOn: formatDay(endsOn) }),
  cite: sourceJson(source),
});
