import { askPerson, rule, STEP_KINDS } from "../../../src/policy/index.ts";
import { consentWithdrawn as wasWithdrawn } from "../../facts.ts";

/** A reminder rests on the contract (art. 13(2)) and needs no consent. Where a consent to a way or an address was given and
 * taken back, a person says whether the contract alone carries it. */
export const consentWithdrawn = rule({
  id: "cn/consent-withdrawn",
  says: {
    en: "Where the person took back his consent to a way or an address, a person decides whether it may still be used.",
    zh: "个人撤回对某一联系方式的同意后，是否仍可使用须由人工决定。",
  },
  cite: {
    law: "cn/personal-information-law",
    at: "art. 15",
    quote: "基于个人同意处理个人信息的，个人有权撤回其同意。",
  },
  layer: "law",
  force: "law",
  verification: "verified",
  from: "2025-02-28",
  governs: STEP_KINDS,
  purposes: ["collect", "locate", "reply", "notice"],
  covers: ({ step, facts }) => wasWithdrawn(step, facts),
  needs: [],
  check: () => askPerson({ en: "Consent to this was taken back.", zh: "对该方式的同意已被撤回。" }),
});
