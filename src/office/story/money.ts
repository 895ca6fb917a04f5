import { type ChargeKind, formatDay, type MoneyFact, type WaivableKind } from "../../core/index.ts";
import type { Language } from "../io.ts";

export const CLAIM_WORDS: Readonly<Record<WaivableKind, Record<Language, string>>> = {
  "late-interest": { en: "late interest", zh: "逾期利息" },
  penalty: { en: "late fee", zh: "违约金" },
  fee: { en: "fee", zh: "费用" },
  "recovery-cost": { en: "cost of recovery", zh: "实现债权的费用" },
  interest: { en: "interest", zh: "利息" },
  principal: { en: "principal", zh: "本金" },
};

const chargeWord = (kind: ChargeKind, language: Language): string => CLAIM_WORDS[kind][language];

/** What a money fact says, as a sentence of a loan's story and of its statement. */
export function moneySentence(fact: MoneyFact, money: (value: number) => string): Record<Language, string> {
  const from = formatDay(fact.valueOn);
  switch (fact.kind) {
    case "PaymentReceived":
      return {
        en: `payment ${money(fact.amount)}, counted from ${from}`,
        zh: `还款 ${money(fact.amount)}，起息日 ${from}`,
      };
    case "ChargeAdded":
      return {
        en: `${chargeWord(fact.charge, "en")} of ${money(fact.amount)} from ${from}: ${fact.reason}`,
        zh: `${from} 起计${chargeWord(fact.charge, "zh")} ${money(fact.amount)}：${fact.reason}`,
      };
    case "ClaimWaived":
      return {
        en: `given up: up to ${money(fact.amount)} of ${CLAIM_WORDS[fact.claim].en}, from ${from}: ${fact.reason}`,
        zh: `${from} 起减免${CLAIM_WORDS[fact.claim].zh}，至多 ${money(fact.amount)}：${fact.reason}`,
      };
    case "AgeingPaused": {
      const until = fact.until === undefined ? undefined : formatDay(fact.until);
      const late = fact.lateInterest === "stops";
      return {
        en: `days past due stand still after ${from}${until ? ` through ${until}` : ""}${late ? "; late interest too" : ""}`,
        zh: `${from} 之后${until ? `至 ${until} ` : ""}停计逾期天数${late ? "及逾期利息" : ""}`,
      };
    }
    case "AgeingResumed":
      return { en: `days past due count again after ${from}`, zh: `${from} 之后恢复计算逾期天数` };
    case "PlanReplaced":
      return {
        en: `new plan (${fact.how}) from ${from}: ${fact.installments ?? "the remaining"} installments, the first on ${formatDay(fact.firstDueOn)}`,
        zh: `${from} 起新还款计划（${REPLAN_WORDS[fact.how]}）：${fact.installments ?? "余下各"} 期，首期 ${formatDay(fact.firstDueOn)}`,
      };
    case "LoanAccelerated":
      return { en: `all that was to come fell due on ${from}`, zh: `${from} 全部剩余款项加速到期` };
    case "JudgmentEntered":
      return {
        en: `judgment of ${from}: principal ${money(fact.principal)}, interest ${money(fact.interest)}, costs ${money(fact.costs)}, to perform by ${formatDay(fact.performBy)}`,
        zh: `${from} 判决：本金 ${money(fact.principal)}，利息 ${money(fact.interest)}，费用 ${money(fact.costs)}，履行期限至 ${formatDay(fact.performBy)}`,
      };
    case "SettlementAgreed":
      return {
        en: `agreed: ${money(fact.amount)} paid by ${formatDay(fact.by)} is accepted for all`,
        zh: `和解：${formatDay(fact.by)} 前支付 ${money(fact.amount)} 即视为全部结清`,
      };
    case "RefundPaid":
      return { en: `${money(fact.amount)} given back`, zh: `退款 ${money(fact.amount)}` };
    case "WrittenOff":
      return { en: `written off on ${from}, and still owed`, zh: `${from} 核销（债权仍在）` };
    case "LoanAssigned": {
      const told = fact.noticeOn === undefined ? undefined : formatDay(fact.noticeOn);
      return {
        en: `assigned to ${fact.to} on ${from}; ${told ? `the borrower was told on ${told}` : "the borrower has not been told"}`,
        zh: `${from} 债权转让给 ${fact.to}；${told ? `${told} 已通知借款人` : "尚未通知借款人"}`,
      };
    }
  }
}

const REPLAN_WORDS = {
  deferral: "延期还款",
  extension: "展期",
  restructure: "债务重组",
  "re-age": "重新计龄",
} as const;
