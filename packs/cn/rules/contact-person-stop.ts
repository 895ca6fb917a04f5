import { allow, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { OTHERS } from "../../facts.ts";

/** The refusal holds for good and for every way, whatever it named: 不应再与其联系. Where an address is not named, on the
 * step or on the refusal, it is taken to be the same person: that can only stop too much. */
export const contactPersonStop = rule({
  id: "cn/contact-person-stop",
  says: {
    en: "A contact person who refused, or asked not to be contacted, is never contacted again.",
    zh: "联系人明确拒绝或者要求不得再联系的，不得再与其联系。",
  },
  cite: {
    law: "cn/gbt-45251-2025",
    at: "5.3",
    quote: "联系人明确拒绝催收人员的请求或要求催收人员不得再联系的，催收人员不应再与其联系",
  },
  layer: "industry",
  force: "recommended standard",
  verification: "verified-press",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  persons: OTHERS,
  needs: ["stops"],
  check: ({ step, facts }) => {
    const { role, address } = step.to;
    const refused = facts.stops!.some(
      (stop) =>
        stop.at <= step.at &&
        stop.by === role &&
        (stop.address === undefined || address === undefined || stop.address === address),
    );
    if (!refused) return allow();
    return forbid(
      { en: "This person asked not to be contacted.", zh: "该联系人已要求不得再联系。" },
      "never",
    );
  },
});
