import { allow, allowWithRisk, rule } from "../../../src/policy/index.ts";
import { inCoolOff } from "../calls.ts";
import { ALL_BUT_ATTORNEY, COLLECTORS, isCovered, US_FIRST_DAY } from "../scope.ts";

/** A presumption like the cap. The date of the conversation is day 1, so the first free date is seven days later. */
export const coolOff = rule({
  id: "us/cool-off",
  says: {
    en: "A call within seven consecutive days after a conversation about the debt, its date being the first, is presumed to be a violation.",
    zh: "就该债务通话后连续七日内（通话当日为第一日）再致电的，推定违规。",
  },
  cite: {
    law: "us/reg-f-1006-14",
    at: "1006.14(b)(2)(i)",
    quote:
      "(B) Within a period of seven consecutive days after having had a telephone conversation with the person",
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
  params: ["call.cool-off", "call.consent"],
  check: (context) =>
    inCoolOff(context) === undefined
      ? allow()
      : allowWithRisk({
          en: "There was a conversation about the debt within seven days.",
          zh: "七日内已就该债务通话。",
        }),
});
