import { allow, askPerson, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, debtOf, isCovered, US_FIRST_DAY } from "../scope.ts";

/** Strict: whether the collector knew does not matter. How long a claim lives is state law and not in this pack. */
export const timeBarred = rule({
  id: "us/time-barred",
  says: {
    en: "No suit on a debt for which the limitation period has run out.",
    zh: "诉讼时效已届满的债务不得起诉。",
  },
  cite: {
    law: "us/reg-f-1006-26",
    at: "1006.26(b)",
    quote:
      "must not bring or threaten to bring a legal action against a consumer to collect a time-barred debt",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ["suit", "payment-order"],
  binds: COLLECTORS,
  covers: isCovered,
  needs: ["debts"],
  check: ({ step, facts }) => {
    const ids = step.debts ?? facts.debts!.map(({ id }) => id);
    const barred = ids.find((id) => debtOf(facts, id)?.timeBarred === true);
    if (barred !== undefined)
      return forbid({ en: `${barred} is time-barred.`, zh: `${barred}已过诉讼时效。` }, "never");
    if (ids.length > 0 && ids.every((id) => debtOf(facts, id)?.timeBarred === false)) return allow();
    return askPerson({
      en: "Whether the limitation period has run out is not known for every debt.",
      zh: "尚不清楚各笔债务是否已过诉讼时效。",
    });
  },
});
