import { dayAt } from "../../../src/core/index.ts";
import { allow, allowWithRisk, forbid, rule } from "../../../src/policy/index.ts";
import { daysOff } from "../disputes.ts";
import { nthDayThatCounts } from "../holidays.ts";
import { answered, sameAddress } from "../scope.ts";

/**
 * Whoever sends, a lender too. The rule is about texts and autodialed or prerecorded calls; a step does not say how a call is
 * dialled, so only texts are judged. Until the tenth business day the sender may still be setting it up: a risk, which
 * the other rules on stops do not leave.
 */
export const revocation = rule({
  id: "us/revocation",
  says: {
    en: "A revocation of consent to texts is honoured within a reasonable time, at the latest ten business days from its receipt.",
    zh: "撤回短信同意的，须在合理时间内执行，最迟不超过收到后十个工作日。",
  },
  cite: {
    law: "us/cfr-47-64-1200",
    at: "64.1200(a)(10)",
    quote:
      "must be honored within a reasonable time not to exceed ten business days from receipt of such request",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified-reprint",
  from: "2025-04-11",
  governs: ["text"],
  needs: ["borrowerZone", "stops"],
  params: ["revocation.honoured", "holidays.federal", "holidays.in-lieu"],
  check: ({ step, facts, param }) => {
    const zone = facts.borrowerZone!;
    let isRisk = false;
    for (const { at, kinds, address } of facts.stops!) {
      if (at > step.at || (kinds !== undefined && !kinds.includes("text"))) continue;
      if (sameAddress(step, address) === false || answered(step, facts, at)) continue;
      if (step.notice === "opt-out-confirmation") continue;
      const { business_days } = param<{ business_days: number }>("revocation.honoured");
      // A day in lieu lengthens a consumer's time; here it would lengthen the sender's.
      const off = { ...daysOff(param), inLieu: false };
      if (dayAt(zone, step.at) > nthDayThatCounts(dayAt(zone, at), business_days, off)) {
        return forbid({ en: "He revoked consent to texts.", zh: "对方已撤回短信同意。" }, "never");
      }
      isRisk = true;
    }
    if (!isRisk) return allow();
    return allowWithRisk({
      en: "He revoked consent to texts less than ten business days ago.",
      zh: "对方撤回短信同意未满十个工作日。",
    });
  },
});
