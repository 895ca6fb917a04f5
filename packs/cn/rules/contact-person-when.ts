import { allow, askPerson, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { OTHERS } from "../../facts.ts";

/** Two cases and no third. That he died or lacks capacity is a fact of its own here and not read from the holds, so that a
 * hold can only make this stricter. "Unreachable" is what the two agreed on, or what the lender found; the guide's test of
 * it is `cn/lost-debtor-test`. */
export const contactPersonWhen = rule({
  id: "cn/contact-person-when",
  says: {
    en: "Someone who does not owe is asked for the debtor only when the debtor cannot be reached, has died or lacks full capacity.",
    zh: "仅在无法联系到债务人本人，或者债务人已死亡、无民事行为能力或限制民事行为能力时，方可与联系人联系。",
  },
  cite: {
    law: "cn/gbt-45251-2025",
    at: "5.3",
    quote: "无法联系到债务人本人，为及时恢复与债务人联系",
  },
  layer: "industry",
  force: "recommended standard",
  verification: "verified-press",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  purposes: ["locate"],
  persons: OTHERS,
  needs: [],
  check: ({ facts }) => {
    if (facts.capacity !== undefined || facts.unreachable === true) return allow();
    if (facts.unreachable === undefined) {
      return askPerson({
        en: "It is not known whether the debtor can be reached.",
        zh: "尚不清楚能否联系到债务人本人。",
      });
    }
    return forbid({ en: "The debtor can be reached himself.", zh: "可以联系到债务人本人。" }, "never");
  },
});
