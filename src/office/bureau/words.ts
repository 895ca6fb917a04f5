import { formatDay } from "../../core/index.ts";
import type { Clearing } from "../../legal/index.ts";

export const BUREAU_SAY = {
  badMonth: {
    en: (text: string) => `--month is "${text}", expected a month such as 2026-10`,
    zh: (text: string) => `--month 为“${text}”，应为月份，如 2026-10`,
  },
  noPack: {
    en: (place: string) => `no pack of ${place} is installed`,
    zh: (place: string) => `未安装合规包 ${place}`,
  },
  nothingDue: {
    en: (lender: string) => `${lender}: the end of every closed month was taken; nothing to do`,
    zh: (lender: string) => `${lender}：已日终的各月均已月结，无需处理`,
  },
  notClosed: {
    en: (month: string, lender: string, through: string) =>
      `the month ${month} of ${lender} is not closed: its last close is of ${through}; arrears close first`,
    zh: (month: string, lender: string, through: string) =>
      `${lender} 的 ${month} 尚未日终（已日终至 ${through}）；请先 arrears close`,
  },
  known: { en: () => "taken before, nothing written", zh: () => "此前已月结，未写入" },
  dryRun: { en: () => "dry run, nothing written", zh: () => "试运行，未写入" },
  unverified: {
    en: (law: string) => `The signs follow public explanations that were not verified (${law}).`,
    zh: (law: string) => `还款状态按公开说明编制，未经核实（${law}）。`,
  },
  statusHeads: {
    en: ["sign", "means", "loans", "outstanding", "past due", ""],
    zh: ["状态", "含义", "笔数", "剩余本金", "逾期欠款", ""],
  },
  notTaken: {
    en: (month: string) =>
      `the end of ${month} was not taken; arrears bureau month-end --month ${month} first`,
    zh: (month: string) => `${month} 尚未月结；请先 arrears bureau month-end --month ${month}`,
  },
  another: {
    en: () => "somebody else made a report meanwhile; make it again",
    zh: () => "期间已有他人生成报文；请重新生成",
  },
  nothingToReport: {
    en: () => "nothing that may be reported and was not reported yet",
    zh: () => "没有可报送且尚未报送的内容",
  },
  changes: {
    en: (corrections: string, deletions: string, disputed: string) =>
      `corrections ${corrections}, deletions ${deletions}, marked as disputed ${disputed}`,
    zh: (corrections: string, deletions: string, disputed: string) =>
      `更正 ${corrections} 条，删除 ${deletions} 条，标注异议 ${disputed} 条`,
  },
  held: {
    en: (n: string) => `not reported: ${n} (the first of them; --json lists all)`,
    zh: (n: string) => `未报送：${n} 笔（仅列前若干笔；--json 列出全部）`,
  },
  heldHeads: { en: ["loan", "sign", "rules", "why"], zh: ["借据号", "状态", "规则", "原因"] },
  totalHeads: {
    en: ["sign", "accounts", "outstanding", "past due", ""],
    zh: ["状态", "账户数", "剩余本金", "逾期欠款", ""],
  },
  checked: {
    en: (totals: boolean, body: boolean) =>
      `control totals ${totals ? "agree with the rows" : "DO NOT AGREE with the rows"}; ${body ? "no byte before the trailer was changed" : "THE BYTES WERE CHANGED"}`,
    zh: (totals: boolean, body: boolean) =>
      `控制总数${totals ? "与明细一致" : "与明细不一致"}；${body ? "尾记录之前的内容未被改动" : "内容已被改动"}`,
  },
  inRegister: {
    en: (report: number, month: string) => `it is report ${report} of ${month}, as the register has it`,
    zh: (report: number, month: string) => `即登记簿中的第 ${report} 号报文（${month}）`,
  },
  notInRegister: {
    en: () => "no report of this book has these bytes",
    zh: () => "本账本登记簿中没有该文件",
  },
  reminder: {
    en: (id: string, loan: string, by: string, left: number) =>
      left < 0
        ? `credit record: the answer to objection ${id} of ${loan} is late since ${by}`
        : `credit record: objection ${id} of ${loan} is to be answered by ${by}, in ${left} days`,
    zh: (id: string, loan: string, by: string, left: number) =>
      left < 0
        ? `征信异议 ${id}（${loan}）：答复期限 ${by} 已过`
        : `征信异议 ${id}（${loan}）：须于 ${by} 前答复，还有 ${left} 日`,
  },
  monthWaits: {
    en: (month: string) => `${month} is over and its end was not taken: arrears bureau month-end`,
    zh: (month: string) => `${month} 已结束而尚未月结：arrears bureau month-end`,
  },
  deleted: { en: () => "taken back", zh: () => "已删除" },
  disputed: { en: () => "objection open", zh: () => "异议处理中" },
  showHeads: {
    en: ["month", "sign", "means", "dpd", "past due", "reports", "when it goes"],
    zh: ["月份", "状态", "含义", "逾期天数", "逾期欠款", "报文", "何时消除"],
  },
  clearing: {
    en: (clearing: Clearing) =>
      clearing.state === "arrears-last"
        ? "the five years begin when the arrears end"
        : clearing.state === "hidden"
          ? `not shown since ${formatDay(clearing.hiddenFrom)} (one-off repair)`
          : clearing.state === "cleared"
            ? `deleted: kept through ${formatDay(clearing.lastOn)}`
            : `deleted after ${formatDay(clearing.lastOn)} (arrears ended ${formatDay(clearing.endedOn)})`,
    zh: (clearing: Clearing) =>
      clearing.state === "arrears-last"
        ? "五年自还清欠款之日起算"
        : clearing.state === "hidden"
          ? `自 ${formatDay(clearing.hiddenFrom)} 起不予展示（一次性信用修复）`
          : clearing.state === "cleared"
            ? `已删除：保存至 ${formatDay(clearing.lastOn)}`
            : `保存至 ${formatDay(clearing.lastOn)}，此后删除（${formatDay(clearing.endedOn)} 还清）`,
  },
  through: {
    en: (on: string) => `may be told through ${on}`,
    zh: (on: string) => `最迟可报送至 ${on}`,
  },
  heldNow: {
    en: (why: string) => `not reported now: ${why}`,
    zh: (why: string) => `目前不报送：${why}`,
  },
  disputeLine: {
    en: (
      id: string,
      received: string,
      by: string,
      state: string,
      outcome: string | undefined,
      late: boolean,
    ) =>
      `objection ${id} of ${received}, to be answered by ${by}: ${state}${outcome ? `, ${outcome}` : ""}${late ? ", LATE" : ""}`,
    zh: (
      id: string,
      received: string,
      by: string,
      state: string,
      outcome: string | undefined,
      late: boolean,
    ) =>
      `异议 ${id}（${received} 收到），答复期限 ${by}：${state === "open" ? "处理中" : "已答复"}${outcome ? `（${outcome}）` : ""}${late ? "，逾期" : ""}`,
  },
  complaintLine: {
    en: (id: string, to: string, by: string, answered: string) =>
      `complaint ${id} with ${to}, answered there by ${by}: ${answered}`,
    zh: (id: string, to: string, by: string, answered: string) =>
      `投诉 ${id}（${to}），应于 ${by} 前答复：${answered}`,
  },
  howToCorrect: {
    en: (loan: string, days: number | undefined) =>
      `Something wrong? The person may object at the lender or the bureau and have it corrected or deleted${days === undefined ? "" : `; the lender answers in writing within ${days} days`}: arrears bureau dispute ${loan} --says "…". He may also have a statement added.`,
    zh: (loan: string, days: number | undefined) =>
      `如有错误，本人可向出借人或征信机构提出异议，要求更正、删除${days === undefined ? "" : `；出借人应在${days}日内书面答复`}：arrears bureau dispute ${loan} --says "…"。本人还可以添加说明。`,
  },
  repair: {
    en: () =>
      "One-off repair (notice of 22 December 2025): arrears of 2020 to 2025 of at most 10,000.00 that were paid by 31 March 2026 are not shown, without an application. The window to pay is closed. Still shown? The credit centre checks within 30 days.",
    zh: () =>
      "一次性信用修复（2025年12月22日通知）：2020年至2025年单笔不超过10000元、于2026年3月31日（含）前足额偿还的逾期信息不予展示，无需申请。还款窗口已截止。仍在展示的，可向征信中心申请，30天内核查处理。",
  },
  kinds: {
    en: { dispute: "objection", complaint: "complaint", waits: "waits for a report", report: "report" },
    zh: { dispute: "异议", complaint: "投诉", waits: "待报送变更", report: "报文" },
  },
  listHeads: {
    en: ["what", "loan / month", "id", "answer by / hash", "days left"],
    zh: ["事项", "借据号 / 月份", "编号", "期限 / 哈希", "剩余天数"],
  },
} as const;
