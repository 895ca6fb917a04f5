import { allow, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, CONSUMERS, isAtWork, US_FIRST_DAY } from "../scope.ts";
import { procedureOf } from "./email-procedures.ts";

export const workEmail = rule({
  id: "us/work-email",
  says: {
    en: "No e-mail to an address known to be the employer's, unless the consumer used or allowed it or the collector before used it.",
    zh: "已知系用人单位提供的邮箱不得使用；消费者使用过、同意或者前一催收方使用过的除外。",
  },
  cite: {
    law: "us/reg-f-1006-22",
    at: "1006.22(f)(3)",
    quote:
      "by sending an email to an email address that the debt collector knows is provided to the consumer by the consumer's employer",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ["email"],
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: isAtWork,
  needs: [],
  params: ["email.refusal"],
  check: (context) => {
    const procedure = procedureOf(context);
    if (procedure === "own" || procedure === "earlier") return allow();
    return forbid({ en: "The address is his employer's.", zh: "该邮箱由用人单位提供。" }, "never");
  },
});
