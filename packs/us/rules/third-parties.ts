import { allow, askPerson, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, isCovered, OTHERS, US_FIRST_DAY } from "../scope.ts";

/** Court permission and post-judgment remedies are not among the facts: whoever has one acts as a person. */
export const thirdParties = rule({
  id: "us/third-parties",
  says: {
    en: "Nobody but the consumer, his attorney and those the regulation names is spoken to about a debt; others may only be asked where he is.",
    zh: "除消费者、其律师及规定所列人员外，不得与他人谈及债务；对他人只能查询消费者下落。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(d)(1)",
    quote:
      "a debt collector must not communicate, in connection with the collection of any debt, with any person other than:",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  persons: OTHERS,
  covers: isCovered,
  needs: [],
  check: ({ step }) => {
    if (step.to.role === "attorney" || step.purpose === "locate") return allow();
    if (step.to.role === "representative") {
      return askPerson({
        en: "A representative who is no attorney needs the consumer's consent, given to this collector.",
        zh: "代理人不是律师的，须有消费者直接向本机构作出的同意。",
      });
    }
    return forbid({ en: "This person does not owe the debt.", zh: "该人不是债务人。" }, "never");
  },
});
