import { allow, forbid, rule } from "../../../src/policy/index.ts";
import { countThatDay, isConnected, startOfNextDay } from "../../clock.ts";

/**
 * The facts hold the contacts of the lender and of every agency on this person, so the count is theirs together. 拨通 is
 * read as "put through": what counts says `isConnected`.
 */
export const connectedCalls = rule({
  id: "cn/connected-calls",
  says: {
    en: "At most three connected calls a day to one debtor, by the lender and all its agencies together, unless agreed otherwise with him.",
    zh: "同一金融机构及其全部合作催收机构对单一债务人每日拨通电话合计不得超过3次，与债务人另有约定的除外。",
  },
  cite: {
    law: "cn/gbt-45251-2025",
    at: "5.3",
    quote:
      "以语音形式（含智能语音）进行告知式催收，同一金融机构和其合作的第三方催收机构对单一债务人拨通电话频次每日合计不应超过3次，与债务人另有约定的除外",
  },
  layer: "industry",
  force: "recommended standard",
  verification: "verified-press",
  from: "2025-02-28",
  governs: ["call"],
  needs: ["borrowerZone", "contacts"],
  params: ["contact.call-cap.notice-voice"],
  check: ({ step, facts, param }) => {
    const cap = facts.agreedCallCaps?.connected ?? param<number>("contact.call-cap.notice-voice");
    const made = countThatDay(facts, step.at, ["call"], isConnected);
    if (made < cap) return allow();
    return forbid(
      {
        en: `Connected calls that day: ${made}; allowed: ${cap}.`,
        zh: `当日已拨通${made}次，上限${cap}次。`,
      },
      startOfNextDay(facts, step.at),
    );
  },
});
