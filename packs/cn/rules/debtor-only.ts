import { allow, askPerson, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";

/**
 * A contact person is never collected from. The standard lets one be asked for the debtor's contact details, or to pass
 * on a message, in three cases; that is no collection step, and it is not offered here. Whether a guarantor may be
 * approached depends on law and contract, which a person reads.
 */
export const debtorOnly = rule({
  id: "cn/debtor-only",
  says: {
    en: "Only the debtor is collected from; a guarantor only within law and contract; a contact person never.",
    zh: "只向债务人催收；向担保人催收以法律法规和协议约定为限；不得向联系人催收。",
  },
  cite: {
    law: "cn/gbt-45251-2025",
    at: "5.3",
    quote:
      "金融机构和第三方催收机构应只向债务人催收，不应向联系人催收。向担保人等连带责任人催收应以国家法律、法规、规定和协议约定为限",
  },
  layer: "industry",
  force: "recommended standard",
  verification: "verified-press",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  needs: [],
  check: ({ step }) => {
    switch (step.to.role) {
      case "borrower":
        return allow();
      case "guarantor":
        return askPerson({
          en: "A guarantor may be approached only within law and contract.",
          zh: "向担保人催收须先核对法律规定和协议约定。",
        });
      case "representative":
        return askPerson({
          en: "A representative acts only within his mandate, which a person has to read.",
          zh: "代理人须在授权范围内，应先由人工核对授权。",
        });
      default:
        return forbid(
          { en: "This person does not owe the debt.", zh: "该人不是债务人，不得向其催收。" },
          "never",
        );
    }
  },
});
