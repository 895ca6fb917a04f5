import { allow, askPerson, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { isOther } from "../../facts.ts";

/**
 * Whoever does not owe is never collected from, and neither told nor offered anything. To ask such a person where the
 * debtor is, is no collection (`locate`): other rules say when. Whether a guarantor may be approached depends on law and
 * contract, which a person reads; so does whether someone speaks for the debtor, or for his estate.
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
  covers: ({ step }) => step.purpose !== "locate" || !isOther(step),
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
      case "guardian":
      case "estate":
        return askPerson({
          en: "For someone who died or lacks capacity, a person finds out who answers for the debt.",
          zh: "债务人已死亡或不具有完全民事行为能力的，应先由人工核实由谁承担。",
        });
      case "attorney":
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
