import { allow, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { wasTold } from "../../facts.ts";

/** Until he is told of the assignment, the debtor owes the buyer nothing that the buyer could ask for: a notice of the kind
 * `assignment`. The buyer's own notice is no collection and passes. */
export const assignmentNotice = rule({
  id: "cn/assignment-notice",
  says: {
    en: "Who bought the debt collects it only after the debtor was told of the assignment.",
    zh: "债权转让未通知债务人的，受让人不得向其催收。",
  },
  cite: {
    law: "cn/civil-code",
    at: "art. 546",
    quote: "债权人转让债权，未通知债务人的，该转让对债务人不发生效力。",
  },
  layer: "law",
  force: "law",
  verification: "verified",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  binds: ["debt-buyer"],
  purposes: ["collect", "locate", "marketing"],
  needs: ["notices"],
  check: ({ step, facts }) =>
    wasTold("assignment", step, facts)
      ? allow()
      : forbid({ en: "The debtor was not told of the assignment.", zh: "债权转让尚未通知债务人。" }, "never"),
});
