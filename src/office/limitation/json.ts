import {
  LIMITATION_FIRST_DAY,
  LIMITATION_JUDGED_FROM,
  limitationRule,
  limitationWarningDays,
} from "../../../packs/cn/index.ts";
import { loadCalendar, loadPack } from "../../../packs/load.ts";
import { type Day, day, formatDay, invariant, type Result, type WorkCalendar } from "../../core/index.ts";
import type { LimitationWatch } from "../../dayclose/index.ts";
import type {
  Limitation,
  LimitationReason,
  LimitationRule,
  LimitationSummary,
  Source,
} from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";

let calendar: WorkCalendar | undefined;

/** The law on limitation of the one place whose pack has it, with that place's days off. */
export function limitationLaw(pack: Pack, on: Day): Result<LimitationRule> {
  calendar ??= loadCalendar("cn");
  return limitationRule(pack, calendar, on);
}

const watches = new Map<string, LimitationWatch>();

/** What a close needs of it; nothing where the place's pack has no law on limitation. A lender's own settings change none of it. */
export function limitationWatchOf(place: string): LimitationWatch | undefined {
  if (place !== "cn") return undefined;
  const known = watches.get(place);
  if (known) return known;
  const pack = loadPack("cn");
  const rules = new Map<Day, LimitationRule>();
  const from = day(LIMITATION_JUDGED_FROM);
  const watch: LimitationWatch = {
    from,
    firstStart: day(LIMITATION_FIRST_DAY),
    warnings: limitationWarningDays(pack, from),
    rule: (on) => {
      const read = rules.get(on);
      if (read) return read;
      const rule = limitationLaw(pack, on);
      invariant(rule.ok, rule.ok ? "" : rule.refusal.says);
      rules.set(on, rule.value);
      return rule.value;
    },
  };
  watches.set(place, watch);
  return watch;
}

export const sourceJson = ({ param, cite, force, verification }: Source): Record<string, unknown> => ({
  ...cite,
  param,
  force,
  verification,
});

const dayOrNull = (on: Day | undefined): string | null => (on === undefined ? null : formatDay(on));

export const limitationBrief = ({
  expiresOn,
  worstOn,
  state,
}: LimitationSummary): Record<string, unknown> => ({
  expiresOn: dayOrNull(expiresOn),
  worstOn: formatDay(worstOn),
  state,
});

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
