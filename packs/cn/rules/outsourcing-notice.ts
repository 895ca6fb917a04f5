import { allow, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { wasTold } from "../../facts.ts";
import { LOCAL_LENDERS } from "../values.ts";

/** Before the first contact of an outside body the debtor has been told by the lender: a notice of the kind `outsourcing`. It
 * binds banks, insurers and consumer-finance companies, so that it is silent where the creditor is known to be a local
 * lender. */
export const outsourcingNotice = rule({
  id: "cn/outsourcing-notice",
  says: {
    en: "Before an agency or a law firm collects for it, the lender has told the debtor so.",
    zh: "委托外部机构催收前，应当已告知债务人。",
  },
  cite: {
    law: "cn/consumer-protection-measures",
    at: "art. 41",
    quote: "委托外部机构实施催收前，应当采取适当方式告知债务人",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified-press",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  binds: ["agency", "law-firm"],
  covers: ({ facts }) => facts.lenderKind === undefined || !LOCAL_LENDERS.includes(facts.lenderKind),
  needs: ["notices"],
  check: ({ step, facts }) =>
    wasTold("outsourcing", step, facts)
      ? allow()
      : forbid(
          {
            en: "The debtor was not told that somebody else collects.",
            zh: "尚未告知债务人已委托外部机构催收。",
          },
          "never",
        ),
});
