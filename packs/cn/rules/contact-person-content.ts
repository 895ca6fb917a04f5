import { allow, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { OTHERS } from "../../facts.ts";

const TELLING =
  /逾期|欠款|欠钱|欠债|债务|贷款|借款|还款|本金|利息|催收|[¥￥]|\d\s*元|\b(?:debts?|loans?|arrears|overdue|owes?|owed|owing|repay\w*|payments?|collection|CNY|RMB)\b/iu;

/** The text is known at the second of sending, and then it has to be free of these words and of sums. The list errs on the
 * side of stopping; what it does not know a person has to see when he writes the template. Words spoken on a call are not
 * known to the gate at all. */
export const contactPersonContent = rule({
  id: "cn/contact-person-content",
  says: {
    en: "A contact person is told nothing of the debt, and only asked for the debtor's contact details or to pass on a message.",
    zh: "只可向联系人询问债务人联系方式或请其代为转告，不得透露欠款信息。",
  },
  cite: {
    law: "cn/gbt-45251-2025",
    at: "5.3",
    quote: "不应透露债务人的逾期欠款金额、欠款时间等欠款信息",
  },
  layer: "industry",
  force: "recommended standard",
  verification: "verified-press",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  persons: OTHERS,
  covers: ({ step }) => step.text !== undefined,
  needs: [],
  check: ({ step }) => {
    const told = TELLING.exec(step.text!)?.[0];
    if (told === undefined) return allow();
    return forbid(
      { en: `The text speaks of the debt: "${told}".`, zh: `文本提到了欠款：“${told}”。` },
      "never",
    );
  },
});
