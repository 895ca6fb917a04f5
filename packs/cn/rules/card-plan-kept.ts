import { CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { debtsOf } from "../../facts.ts";

/** Card debts only: art. 70 binds card issuers. It speaks only where a debt is known to be a card's and a plan is kept on it. */
export const cardPlanKept = rule({
  id: "cn/card-plan-kept",
  says: {
    en: "While a card holder keeps an agreed plan, collection on that card stops.",
    zh: "持卡人履行个性化分期还款协议期间，应当停止对其催收。",
  },
  cite: {
    law: "cn/card-measures",
    at: "art. 70",
    quote:
      "双方达成一致意见并签署分期还款协议的，发卡银行及其发卡业务服务机构应当停止对该持卡人的催收，持卡人不履行分期还款协议的情况除外。",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified-reprint",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  purposes: ["collect", "locate"],
  covers: ({ step, facts }) =>
    debtsOf(step, facts).some(({ kind, plan }) => kind === "card" && plan === "kept"),
  needs: [],
  check: () =>
    forbid({ en: "The plan on this card is kept.", zh: "该信用卡的分期还款协议正在履行。" }, "never"),
});
