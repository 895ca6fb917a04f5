import type { Refusal } from "../core/index.ts";
import type { Language } from "./io.ts";

/** What a refused or noted event is in Chinese. The English sentence, which has the figures, stands behind it. */
const IN_CHINESE: Readonly<Record<string, string>> = {
  "unknown-loan": "账本中没有该借据",
  "unknown-key": "该类事件没有此项",
  "unknown-value": "取值不在可选范围内",
  "not-an-amount": "金额无法读取，或不大于零",
  "not-a-day": "不是日期，请写成 2026-03-31",
  "not-a-text": "缺少文字内容",
  "not-in-range": "数值超出范围",
  "not-a-rate": "利率无法读取",
  "one-unit": "每期长度只能用一种单位",
  "another-period": "新利率须与原利率同一周期",
  "rate-too-fine": "利率最多六位小数",
  "before-payout": "早于放款日",
  "future-day": "日期尚未到来",
  "fed-loan": "该贷款余额由核心系统报送，此处不记账",
  "differs-from-accepted": "该编号已用于其他内容；更正须先冲正，再用新编号",
  "reserved-id": "该编号由系统保留",
  zero: "金额为零",
  negative: "金额为负",
  "order-of-days": "日期先后不符",
  "no-installments": "还款计划至少一期",
  "loan-assigned": "该贷款已转让",
  "loan-closed": "该贷款已结清",
  "no-such-entry": "没有这笔记录",
  "already-reversed": "该记录已冲正",
  "nothing-owed": "该项已无欠款",
  "more-than-owed": "金额超过所欠",
  "not-paused": "当前没有停计",
  "nothing-to-come": "已无未到期款项",
  "more-than-unapplied": "金额超过未分配款",
  "already-written-off": "该贷款已核销",
  "no-such-hold": "当日没有该项暂停",
  "no-such-promise": "没有该项承诺",
  "promise-over": "该承诺已不在等待中",
  "promise-open": "已有一项承诺在等待；请注明替换它，或先撤回",
  "too-far-ahead": "承诺日期超出产品允许的天数",
  "either-or": "两种写法只能取其一",
  "cannot-be-counted": "记入后其他记录无法再计算；请先冲正其后的记录",
  "not-an-instant": "不是带时区的时刻",
  "not-a-time": "不是一天中的时间，请写成 21:30",
  "not-yes-or-no": "请写 yes 或 no",
  "not-a-list": "缺少内容，多项以逗号分开",
  "nothing-said": "缺少必要内容",
  "time-missing": "缺少联系时间",
  "none-stands": "没有可结束的记录",
  "which-one": "有多条记录，请用 --of 指明",
  "not-placed": "该贷款未委托他人",
  "placed-already": "该贷款已委托他人，请先收回",
  "not-his-debt": "不是该借款人的贷款",
  "reversed-since": "该记录曾入账，后已冲正；如需重新记入，请用新编号",
  "term-has-ended": "借款期限已届满：展期申请应在期限届满前提出（民法典第678条），请说明缘由",
  "opens-again": "该贷款原已结清，记入后重新欠款",
};

/** Somebody else was quicker: what was read is not what is there now. */
export const CHANGED_MEANWHILE = {
  code: "changed-meanwhile",
  says: { en: "it changed since it was read; read it again", zh: "内容已变动，请重新读取" },
} as const;

export function refusalWords({ code, says }: Pick<Refusal, "code" | "says">, language: Language): string {
  const chinese = language === "zh" ? IN_CHINESE[code] : undefined;
  return chinese === undefined ? says : `${chinese}（${says}）`;
}
