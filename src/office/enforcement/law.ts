import { delayInterestRule, enforcementRule } from "../../../packs/cn/index.ts";
import { loadCalendar } from "../../../packs/load.ts";
import type { Day, Result, WorkCalendar } from "../../core/index.ts";
import type { EnforcementRule } from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";
import { limitationLaw } from "../limitation/json.ts";
import type { EnforcementLaw } from "./desk.ts";

let calendar: WorkCalendar | undefined;

/** The law on enforcement of the one place whose pack has it; nothing elsewhere. */
export function enforcementLaw(pack: Pack): EnforcementLaw | undefined {
  if (pack.place !== "cn") return undefined;
  calendar ??= loadCalendar("cn");
  const days = calendar;
  const rules = new Map<Day, Result<EnforcementRule>>();
  return {
    rule: (on) => {
      const known = rules.get(on);
      if (known) return known;
      const rule = enforcementRule(pack, days, on);
      rules.set(on, rule);
      return rule;
    },
    delay: (time) => delayInterestRule(pack, time),
    limitation: (on) => limitationLaw(pack, on),
  };
}
