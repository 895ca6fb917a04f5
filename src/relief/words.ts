import { type Day, formatDay } from "../core/index.ts";
import type { NamedOrder } from "./orders.ts";
import type { Exposure, RecordOutcome, Way, WayKind, WhyNot } from "./types.ts";

export type ReliefLanguage = "en" | "zh";
type Said = Readonly<Record<ReliefLanguage, string>>;

export const WAY_WORDS: Readonly<Record<WayKind, Said>> = {
  "pay-all": { en: "pay everything today", zh: "今天全部结清" },
  "catch-up": { en: "catch up today, then as planned", zh: "今天补齐逾期，之后按原计划" },
  "part-payment": { en: "a part today, the rest next time", zh: "今天先还一部分，余下随下期" },
  plan: { en: "a plan in monthly parts", zh: "按月分期的方案" },
  extension: { en: "more time, asked for before the day", zh: "到期前申请展期" },
  hardship: { en: "a hardship plan, as light as can be", zh: "困难情况的长期分期（月供最低）" },
  settlement: { en: "a settlement, as offered", zh: "和解结清（按已有报价）" },
  "enforcement-settlement": { en: "a settlement in enforcement", zh: "执行和解" },
};

export const WHY_NOT_WORDS: Readonly<Record<WhyNot, Said>> = {
  fed: {
    en: "the lender's own system keeps the plan: ask the lender",
    zh: "还款计划由出借人系统管理，请向其咨询",
  },
  "above-surplus": {
    en: "no plan of this length fits what you can really pay",
    zh: "在该期限内没有您真正付得起的方案",
  },
  "no-surplus-told": {
    en: "say what you can really pay in a month (--surplus): no plan is proposed above it",
    zh: "请说明每月真正付得起的金额（--surplus）：不会提出超过它的方案",
  },
  "nothing-past-due": { en: "nothing is late", zh: "没有逾期" },
  "past-due": {
    en: "something is late already; ask before the day next time, and for a plan now",
    zh: "已有逾期；展期须在到期前申请，现在可申请分期方案",
  },
  "term-ended": { en: "the term has ended; ask for a plan", zh: "借款期限已届满，可申请分期方案" },
  "not-offered": {
    en: "the lender offered none; nothing is made up here",
    zh: "出借人未提出和解报价；此处不作假设",
  },
  "no-judgment": { en: "there is no judgment", zh: "没有判决" },
  judged: {
    en: "a court has decided: what can be agreed is a settlement in enforcement",
    zh: "已有生效裁判：可协商执行和解",
  },
  "nothing-owed": { en: "nothing is owed", zh: "没有欠款" },
  "no-sum-told": { en: "say what you could pay today (--now)", zh: "请说明今天可还的金额（--now）" },
  "covers-all": { en: "that sum covers all that is late: it is catching up", zh: "该金额足以补齐全部逾期" },
  refused: { en: "the ledger does not take it", zh: "账务上不能办理" },
};

export const EXPOSURE_WORDS: Readonly<Record<Exposure, Said>> = {
  over: { en: "nothing is owed: no step is left", zh: "不再欠款，不会再有任何动作" },
  "in-time": { en: "nothing is late while it is kept", zh: "履行期间没有逾期" },
  "goes-on": { en: "what stays late is pursued as before", zh: "剩余逾期照常催收" },
  "by-agreement": {
    en: "the agreement says what rests: ask for it in writing",
    zh: "暂停事项以协议为准，请书面约定",
  },
  "rests-by-rule": { en: "by rule nobody collects while it is kept", zh: "按规定，履行期间不得催收" },
};

export const RESTARTS_LIMITATION: Said = {
  en: "it starts the time to claim in court again",
  zh: "诉讼时效重新计算",
};

/** What a new plan means for whoever answers for the loan. Source: Civil Code art. 695. */
export const guarantorWords = (guarantor: string, heavier: string | undefined): Said =>
  heavier === undefined
    ? {
        en: `${guarantor} answers for this loan: it asks for no more than the contract, so his consent is not needed; the time in which he answers does not move`,
        zh: `${guarantor} 为保证人：该方案未加重债务，无须其同意；保证期间不变`,
      }
    : {
        en: `${guarantor} answers for this loan: it asks for ${heavier} more than the contract, for which he does not answer without his written consent`,
        zh: `${guarantor} 为保证人：该方案比原合同多 ${heavier}，未经其书面同意，其对该部分不承担保证责任`,
      };

/** `told` writes a day, where another form than the usual one is wanted. */
export function recordWords(
  record: RecordOutcome,
  language: ReliefLanguage,
  told: (on: Day) => string = formatDay,
): string {
  const zh = language === "zh";
  switch (record.kind) {
    case "never-late":
      return zh ? "没有逾期可报送" : "nothing late to report";
    case "stays-late":
      return zh ? "逾期继续" : "late months go on";
    case "by-agreement":
      return zh ? "报送方式以协议为准，请事先问清" : "as agreed: ask what is reported";
    case "clears":
      if (!record.on) return zh ? "已有逾期月份仍保留" : "late months so far stay";
      return zh ? `已有逾期至迟于 ${told(record.on)} 删除` : `late months so far go by ${told(record.on)}`;
  }
}

export const whyNotWords = (way: Extract<Way, { possible: false }>, language: ReliefLanguage): string =>
  WHY_NOT_WORDS[way.why][language];

export const ORDER_WORDS: Readonly<Record<NamedOrder | "optimum", Said>> = {
  "highest-cost": { en: "dearest first", zh: "先还最贵的" },
  smallest: { en: "smallest first", zh: "先还最小的" },
  "soonest-legal": { en: "soonest legal day first", zh: "先还最早涉诉的" },
  optimum: { en: "cheapest found", zh: "成本最低" },
};

/** Refusals by their code in Chinese; in English a refusal says itself what was found. */
export const RELIEF_REFUSALS: Readonly<Record<string, string>> = {
  ended: "该贷款已不欠此出借人任何款项",
  "not-booked": "该日尚未放款",
  "no-debts": "请至少列出一笔债务",
  "no-budget": "没有可用于还款的余额，无法安排；还款前请先寻求帮助",
  twice: "同一债务编号出现两次",
  "not-positive": "欠款须大于 0，最低还款不得为负",
  "more-than-owed": "法定期限所需金额须大于 0 且不超过欠款",
  over: "法定期限已过，请删除该项并了解其结果",
  "never-ends": "每月预算不足以覆盖利息，无法还清",
};
