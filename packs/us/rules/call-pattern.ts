import { allow, allowWithRisk, rule } from "../../../src/policy/index.ts";
import { pattern } from "../calls.ts";
import { ALL_BUT_ATTORNEY, COLLECTORS, isCovered, US_FIRST_DAY } from "../scope.ts";

/** Seven calls or fewer are presumed to comply; calls in a row or all on one day may rebut it. */
export const callPattern = rule({
  id: "us/call-pattern",
  says: {
    en: "Calls in rapid succession or many on one day may rebut that the collector complies.",
    zh: "短时间内接连致电或者一日内密集致电，可能推翻合规的推定。",
  },
  cite: {
    law: "us/reg-f-interpretations",
    at: "14(b)(2)(i)-2.i",
    quote:
      "in rapid succession (e.g., two unanswered telephone calls to the same telephone number within five minutes)",
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
  params: ["call.pattern", "call.consent"],
  check: (context) => {
    const { minutes, on_one_day } = context.param<{ minutes: number; on_one_day: number }>("call.pattern");
    const { thatDay, since } = pattern(context);
    if (since !== undefined && since <= minutes * 60_000) {
      return allowWithRisk({
        en: `An unanswered call was made within the last ${minutes} minutes.`,
        zh: `${minutes}分钟内已致电未接。`,
      });
    }
    if (thatDay + 1 < on_one_day) return allow();
    return allowWithRisk({ en: `Calls that day: ${thatDay}.`, zh: `当日已致电${thatDay}次。` });
  },
});
