import { allow, forbid, rule } from "../../../src/policy/index.ts";
import { answered, COLLECTORS, CONSUMERS, isAtWork, US_FIRST_DAY } from "../scope.ts";

/** E-mail at work has its own rule. */
export const workplace = rule({
  id: "us/workplace",
  says: {
    en: "No contact at the consumer's place of work where his employer is known, or there is reason to know him, to forbid it.",
    zh: "已知或者应知用人单位禁止的，不得在消费者工作单位联系。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(b)(3)",
    quote:
      "if the debt collector knows or has reason to know that the consumer's employer prohibits the consumer from receiving such communication",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ["call", "visit", "letter", "post"],
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: isAtWork,
  needs: ["employerForbids"],
  check: ({ step, facts }) =>
    facts.employerForbids !== true || answered(step, facts)
      ? allow()
      : forbid({ en: "The employer forbids it.", zh: "用人单位禁止。" }, "never"),
});
