import { allow, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { answered, COLLECTORS, CONSUMERS, isCovered, US_FIRST_DAY } from "../scope.ts";

/** "Known" is: known, with a name and address known or easily found. His own letter is consent to the answer, and no more. */
export const attorney = rule({
  id: "us/attorney",
  says: {
    en: "A consumer known to have an attorney for the debt is not contacted himself, unless the attorney does not answer in a reasonable time or consents.",
    zh: "已知消费者就该债务委托律师的，不得直接联系本人；律师在合理期间内未答复或者同意的除外。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(b)(2)",
    quote: "if the debt collector knows the consumer is represented by an attorney with respect to such debt",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: isCovered,
  needs: ["attorney"],
  check: ({ step, facts }) => {
    const { known, answers, consents } = facts.attorney!;
    if (!known || answers === false || consents === true || answered(step, facts)) return allow();
    return forbid({ en: "An attorney speaks for him.", zh: "消费者已委托律师。" }, "never");
  },
});
