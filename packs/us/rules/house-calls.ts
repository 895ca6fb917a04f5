import { allow, askPerson, forbid, rule } from "../../../src/policy/index.ts";
import { inCoolOff, nextConsent, overCap } from "../calls.ts";
import { ALL_BUT_ATTORNEY, COLLECTORS, isCovered, US_FIRST_DAY } from "../scope.ts";

/** Stricter than the regulation, which only presumes: the call waits for the day on which nothing is presumed. */
export const houseCalls = rule({
  id: "house/us-calls",
  says: {
    en: "A call that is presumed to be a violation is not made; where a reply or a notice may rebut that, a person decides.",
    zh: "推定违规的致电不予拨打；答复或者通知可能推翻推定的，由人工决定。",
  },
  cite: {
    law: "house/us-collection",
    at: "calls",
    quote: "A call that the regulation presumes to be a violation is not made",
  },
  layer: "house",
  force: "house rule",
  verification: "house",
  from: US_FIRST_DAY,
  governs: ["call"],
  binds: COLLECTORS,
  persons: ALL_BUT_ATTORNEY,
  covers: isCovered,
  needs: ["borrowerZone", "contacts"],
  params: ["call.cap", "call.cool-off", "call.consent"],
  check: (context) => {
    const found = [overCap(context), inCoolOff(context)].flatMap((excess) => excess ?? []);
    if (found.length === 0) return allow();
    const says = {
      en: "The regulation presumes this call to be a violation.",
      zh: "按规定，本次致电推定违规。",
    };
    const { purpose } = context.step;
    if (purpose === "reply" || purpose === "notice") return askPerson(says);
    const free = Math.max(...found.map((excess) => excess.free));
    return forbid(says, Math.min(free, nextConsent(context) ?? free));
  },
});
