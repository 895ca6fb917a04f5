import { CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { OTHERS } from "../../facts.ts";

/** As strict as `cn/debtor-only`, on firmer ground, where the creditor is known to be a micro-loan company. To ask where the
 * debtor is, is not to collect. */
export const microloanDebtorsOnly = rule({
  id: "cn/microloan-debtors-only",
  says: {
    en: "A micro-loan company and its agencies collect only from those who owe.",
    zh: "小额贷款公司及其受托机构不得向负有履行债务义务者以外的主体催收。",
  },
  cite: {
    law: "cn/microloan-measures",
    at: "art. 37",
    quote: "向负有履行债务义务的单位或者个人以外的其他主体催收",
  },
  layer: "law",
  force: "normative document",
  verification: "verified-press",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  purposes: ["collect", "notice"],
  persons: OTHERS,
  covers: ({ facts }) => facts.lenderKind === "micro-loan",
  needs: [],
  check: () =>
    forbid({ en: "This person does not owe the debt.", zh: "该人不负有履行债务的义务。" }, "never"),
});
