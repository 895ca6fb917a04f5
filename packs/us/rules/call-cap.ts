import { allow, allowWithRisk, rule } from "../../../src/policy/index.ts";
import { overCap } from "../calls.ts";
import { ALL_BUT_ATTORNEY, COLLECTORS, isCovered, US_FIRST_DAY } from "../scope.ts";

/**
 * The regulation presumes and does not forbid, so the eighth call passes here with its risk on record; the house's rule stops
 * it. What counts, and for which debt, stands in calls.ts.
 */
export const callCap = rule({
  id: "us/call-cap",
  says: {
    en: "More than seven calls to a person about one debt within seven consecutive days are presumed to be a violation.",
    zh: "就同一债务连续七日内致电同一人超过七次的，推定违规。",
  },
  cite: {
    law: "us/reg-f-1006-14",
    at: "1006.14(b)(2)(i)",
    quote: "(A) More than seven times within seven consecutive days",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ["call"],
  binds: COLLECTORS,
  persons: ALL_BUT_ATTORNEY,
  covers: isCovered,
  needs: ["borrowerZone", "contacts"],
  params: ["call.cap", "call.consent"],
  check: (context) => {
    const excess = overCap(context);
    if (excess === undefined) return allow();
    return allowWithRisk({
      en: `Calls about the debt within seven days before this one: ${excess.calls}. One more presumes a violation.`,
      zh: `此前七日内就该债务已致电${excess.calls}次，再致电推定违规。`,
    });
  },
});
