import { allow, askPerson, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, CONSUMERS, debtOf, holds, isCovered, US_FIRST_DAY } from "../scope.ts";

export const timeBarredThreat = rule({
  id: "us/time-barred-threat",
  says: {
    en: "No threat of a suit on a debt for which the limitation period has run out.",
    zh: "诉讼时效已届满的债务不得以起诉相威胁。",
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
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: (context) => isCovered(context) && context.step.text !== undefined,
  needs: [],
  params: ["text.suit"],
  check: ({ step, facts, param }) => {
    if (!holds(step.text!, param<readonly string[]>("text.suit"))) return allow();
    const ids = step.debts ?? facts.debts?.map(({ id }) => id) ?? [];
    if (ids.some((id) => debtOf(facts, id)?.timeBarred === true)) {
      return forbid(
        { en: "The words speak of a suit on a time-barred debt.", zh: "文字就已过时效的债务提及起诉。" },
        "never",
      );
    }
    if (ids.length > 0 && ids.every((id) => debtOf(facts, id)?.timeBarred === false)) return allow();
    return askPerson({
      en: "The words speak of a suit, and whether the debt is time-barred is not known.",
      zh: "文字提及起诉，而债务是否已过时效不明。",
    });
  },
});
