import { CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";

/** A number that answered as somebody else's is a third person's, and only the debtor is collected from. A later call does
 * not clear it: whoever finds that it is his after all corrects the outcome. */
export const wrongNumber = rule({
  id: "cn/wrong-number",
  says: {
    en: "A number or address that turned out to be somebody else's is not used again.",
    zh: "已确认不属于债务人的号码或地址，不得再用于催收。",
  },
  cite: {
    law: "cn/gbt-45251-2025",
    at: "5.3",
    quote: "应只向债务人催收，不应向联系人催收",
  },
  layer: "industry",
  force: "recommended standard",
  verification: "verified-press",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  covers: ({ step, facts }) => {
    const { address } = step.to;
    if (address === undefined || facts.contacts === undefined) return false;
    // Outcome first: nearly every contact has another one, and most steps are about somebody with several contacts.
    for (const made of facts.contacts)
      if (made.outcome === "wrong-number" && made.address === address && made.at <= step.at) return true;
    return false;
  },
  needs: [],
  check: () => forbid({ en: "Somebody else answers there.", zh: "该号码或地址属于他人。" }, "never"),
});
