import type { Procedure, ProceedingKind, ProceedingState } from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import type { EventKey } from "./proceeding.ts";

export const WAY_WORDS: Readonly<Record<ProceedingKind, Words>> = {
  mediation: { en: "mediation", zh: "诉前调解" },
  "payment-order": { en: "payment order", zh: "支付令" },
  suit: { en: "suit", zh: "诉讼" },
};

export const PROCEDURE_WORDS: Readonly<Record<Procedure, Words>> = {
  ordinary: { en: "ordinary procedure", zh: "普通程序" },
  summary: { en: "summary procedure", zh: "简易程序" },
  "small-claims": { en: "small-claims procedure", zh: "小额诉讼程序" },
};

export const PROCEEDING_STATE_WORDS: Readonly<Record<ProceedingState, Words>> = {
  prepared: { en: "is prepared", zh: "准备中" },
  filed: { en: "is filed", zh: "已提交" },
  accepted: { en: "is accepted by the court", zh: "已立案" },
  served: { en: "is served on the debtor", zh: "已送达债务人" },
  hearing: { en: "has a hearing set", zh: "已排期开庭" },
  heard: { en: "was heard", zh: "已开庭" },
  mediated: { en: "was settled before the court", zh: "已调解" },
  ruled: { en: "was refused or dismissed by a ruling", zh: "裁定不予受理或驳回起诉" },
  "ruling-appealed": { en: "has its ruling appealed", zh: "裁定已上诉" },
  judged: { en: "has a judgment", zh: "已判决" },
  appealed: { en: "is appealed", zh: "已上诉" },
  final: { en: "is decided for good", zh: "已终审或已确认" },
  issued: { en: "has its payment order issued", zh: "支付令已发出" },
  objected: { en: "has an objection that counts", zh: "债务人已提出书面异议" },
  void: { en: "has its payment order void", zh: "支付令失效" },
  agreed: { en: "has an agreement", zh: "已达成调解协议" },
  confirming: { en: "waits for judicial confirmation", zh: "司法确认中" },
  effective: { en: "is in force", zh: "已生效" },
  performed: { en: "is performed", zh: "已履行" },
  ended: { en: "has ended", zh: "已终结" },
};

export const EVENT_WORDS: Readonly<Record<EventKey, Words>> = {
  preserved: { en: "assets preserved before the suit", zh: "诉前保全" },
  filed: { en: "filed or applied for", zh: "提交起诉或申请" },
  "fee-noticed": { en: "notice to pay a fee", zh: "收到缴费通知" },
  "fee-paid": { en: "fee paid", zh: "已缴费" },
  "fee-refunded": { en: "fee refunded", zh: "退费" },
  accepted: { en: "accepted by the court", zh: "立案（受理）" },
  "not-accepted": { en: "ruling: not accepted", zh: "裁定不予受理" },
  dismissed: { en: "ruling: dismissed", zh: "裁定驳回" },
  "served-complaint": { en: "complaint served", zh: "送达起诉状副本" },
  "served-payment-order": { en: "payment order served", zh: "送达支付令" },
  "served-judgment": { en: "judgment served", zh: "送达判决书" },
  "served-ruling": { en: "ruling served", zh: "送达裁定书" },
  "served-appeal": { en: "appeal served", zh: "送达上诉状副本" },
  answered: { en: "answered", zh: "提交答辩状" },
  "jurisdiction-objected": { en: "objection to jurisdiction", zh: "提出管辖异议" },
  "jurisdiction-stays": { en: "objection to jurisdiction rejected", zh: "裁定驳回管辖异议" },
  transferred: { en: "transferred to another court", zh: "裁定移送管辖" },
  converted: { en: "procedure changed", zh: "程序转换" },
  extended: { en: "time of the trial extended", zh: "延长审限" },
  "period-set": { en: "period set by the court", zh: "法院指定期间" },
  "period-kept": { en: "period kept", zh: "已按期办理" },
  "hearing-set": { en: "hearing set", zh: "排期开庭" },
  adjourned: { en: "hearing adjourned", zh: "延期开庭" },
  "adjourned-to": { en: "hearing moved to another day", zh: "改期开庭" },
  heard: { en: "heard", zh: "开庭审理" },
  mediated: { en: "settled before the court", zh: "法院调解" },
  "mediation-failed": { en: "mediation failed", zh: "调解不成" },
  withdrawn: { en: "withdrawn", zh: "撤回（撤诉）" },
  judgment: { en: "judgment", zh: "判决" },
  "claim-dismissed": { en: "judgment: claim dismissed", zh: "判决驳回诉讼请求" },
  appealed: { en: "appealed", zh: "上诉" },
  "appeal-accepted": { en: "appeal accepted", zh: "二审立案" },
  "appeal-upheld": { en: "appeal: upheld", zh: "二审维持" },
  "appeal-changed": { en: "appeal: changed", zh: "二审改判" },
  "appeal-remanded": { en: "appeal: sent back", zh: "发回重审" },
  "appeal-withdrawn": { en: "appeal withdrawn", zh: "撤回上诉" },
  issued: { en: "payment order issued", zh: "发出支付令" },
  objected: { en: "objection in writing to the payment order", zh: "对支付令提出书面异议" },
  "objected-in-vain": { en: "objection that does not count", zh: "不影响支付令效力的异议" },
  "objection-dismissed": { en: "objection dismissed", zh: "裁定驳回异议" },
  voided: { en: "payment order void", zh: "支付令失效" },
  "suit-refused": { en: "no suit wished for", zh: "不同意提起诉讼" },
  "became-suit": { en: "went over into a suit", zh: "转入诉讼程序" },
  agreed: { en: "agreement in mediation", zh: "达成调解协议" },
  "confirmation-applied": { en: "judicial confirmation applied for", zh: "申请司法确认" },
  confirmed: { en: "agreement confirmed by ruling", zh: "裁定确认调解协议有效" },
  "confirmation-refused": { en: "confirmation refused", zh: "裁定驳回司法确认申请" },
  effective: { en: "in force", zh: "生效" },
  "enforcement-applied": { en: "enforcement applied for", zh: "已申请强制执行" },
  performed: { en: "performed", zh: "履行完毕" },
  ended: { en: "ended", zh: "终结" },
};

/** How an event is recorded, where its name says less than what it does: the type with the column that tells it apart. */
export function recordedAs(key: EventKey): string {
  if (key.startsWith("served-")) return `served --paper ${key.slice("served-".length)}`;
  if (key.startsWith("appeal-") && key !== "appeal-accepted")
    return `appeal-decided --outcome ${key.slice("appeal-".length)}`;
  switch (key) {
    case "objected-in-vain":
      return "objected";
    case "transferred":
      return "jurisdiction-ruled --upheld yes";
    case "jurisdiction-stays":
      return "jurisdiction-ruled --upheld no";
    case "not-accepted":
      return "ruled --ruling no-acceptance";
    case "dismissed":
      return "ruled --ruling dismissal";
    case "adjourned-to":
      return "adjourned --hearing DAY";
    default:
      return key;
  }
}
