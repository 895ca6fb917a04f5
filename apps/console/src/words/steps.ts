import type { Lang } from "../lib/format.ts";
import type { Both } from "../lib/settings.tsx";
import { both } from "./both.ts";

/** What steps of the shipped strategies are called; a lender's own step is told by the name that he gave it. */
const ACTS: Readonly<Record<string, Both<string>>> = {
  "send-reminder": both("Reminder", "还款提醒"),
  "send-due-today": both("Due today", "到期当日提醒"),
  "send-overdue": both("Overdue notice", "逾期提醒"),
  "send-options": both("Ways out", "协商方案告知"),
  "send-before-letter": both("Notice before a letter", "发函前告知"),
  "send-thanks": both("Thanks", "还款致谢"),
  "call-borrower": both("Call", "电话联系"),
  "ask-review": both("Review by a person", "人工复核"),
  "ask-mediation": both("Whether to mediate", "是否调解"),
  "ask-lawyers-letter": both("Whether to send a lawyer's letter", "是否发律师函"),
  "ask-suit-or-write-off": both("Sue or write off", "起诉或核销"),
  "ask-still-owed": both("Whether it is still owed", "核实是否仍欠"),
};

const STAGES: Readonly<Record<string, Both<string>>> = {
  before: both("before it falls due", "到期前"),
  early: both("early", "早期"),
  soft: both("soft", "柔性"),
  late: both("late", "后期"),
  formal: both("formal", "正式"),
  legal: both("legal", "法务"),
  cured: both("cured", "已恢复"),
};

export const stageWords = (stage: string, lang: Lang): string => STAGES[stage]?.[lang] ?? stage;

function dpdWords(dpd: number, lang: Lang): string {
  if (dpd === 0) return lang === "zh" ? "到期日" : "on the due day";
  if (dpd < 0) return lang === "zh" ? `到期前${-dpd}天` : `${-dpd} days before due`;
  return lang === "zh" ? `逾期第${dpd}天` : `day ${dpd} past due`;
}

/** `before/send-reminder@-3`: `还款提醒（到期前3天）`, `Reminder, 3 days before due`. */
export function stepWords(step: string, lang: Lang): string {
  const [, act = "", dpd] = /^[\w-]+\/([\w-]+)@(-?\d+)$/.exec(step) ?? [];
  if (dpd === undefined) return step;
  const named = ACTS[act]?.[lang] ?? act.replaceAll("-", " ");
  const when = dpdWords(Number(dpd), lang);
  return lang === "zh" ? `${named}（${when}）` : `${named}, ${when}`;
}

/** What else than a law an event stands on: the contract, or a step of a strategy, as `micro-standard@1/formal/ask-review@61`. */
export function refWords(ref: string, lang: Lang): string {
  if (ref === "terms") return lang === "zh" ? "合同约定" : "the contract";
  const [, strategy, step] = /^([\w-]+@\d+)[/ ]([\w-]+\/[\w-]+@-?\d+)$/.exec(ref) ?? [];
  if (step === undefined) return withSteps(ref, lang);
  return `${lang === "zh" ? "策略" : "strategy"} ${strategy}${lang === "zh" ? "：" : ": "}${stepWords(step, lang)}`;
}

/** The same wherever a step stands within a sentence. */
export const withSteps = (text: string, lang: Lang): string =>
  text.replaceAll(/[\w-]+\/[\w-]+@-?\d+/g, (step) => stepWords(step, lang));
