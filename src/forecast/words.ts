import { type Day, formatDay, formatInstant, weekday } from "../core/index.ts";
import type { Certainty, EventKind, ForecastEvent, RecordEffect, Stop } from "./types.ts";

export type Language = "en" | "zh";
type Said = Readonly<Record<Language, string>>;

/** What the words need beside the event: how money is written, and the zone in which times of day are told. */
export interface Telling {
  readonly language: Language;
  readonly money: (amount: number) => string;
  readonly zone: string;
  /** How days are written; `2026-03-31 Tue` where absent. */
  readonly day?: (day: Day) => string;
  /** What a day of a matter is for; its own name where absent. */
  readonly matter?: (what: string) => string;
}

export const CERTAINTY_WORDS: Readonly<Record<Certainty, Said>> = {
  contract: { en: "by contract: it comes by itself", zh: "合同约定：到期自动发生" },
  intended: { en: "the lender intends it, and may change its mind", zh: "出借人的计划，可能改变" },
  court: { en: "only if a court is asked and agrees", zh: "须有人诉诸法院且法院支持" },
};

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  zh: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
};

/** `2026-03-31 Tue`, `2026-03-31 周二`. */
export const dayWords = (day: Day, language: Language): string =>
  `${formatDay(day)} ${WEEKDAYS[language][weekday(day) - 1]}`;

type Headline = Readonly<Record<Language, (event: ForecastEvent, telling: Telling) => string>>;

const at = ({ slot }: ForecastEvent, { zone }: Telling): string =>
  slot === undefined ? "" : formatInstant(zone, slot).slice(11, 16);
const asking = (en: string, zh: string): Headline => ({
  en: () => `Somebody at the lender decides whether ${en}.`,
  zh: () => `出借人的工作人员决定是否${zh}。`,
});
const lateFor: Headline = {
  en: ({ dpd, pastDue }, { money }) =>
    `The loan is ${dpd} ${dpd === 1 ? "day" : "days"} late; ${money(pastDue)} is past due.`,
  zh: ({ dpd, pastDue }, { money }) => `贷款逾期 ${dpd} 天，逾期金额 ${money(pastDue)}。`,
};

const WAYS: Readonly<Record<string, Said>> = {
  app: { en: "in the app", zh: "应用内消息" },
  text: { en: "by text", zh: "短信" },
  email: { en: "by e-mail", zh: "电子邮件" },
};

const own = (what: string): string => what;
const enDay = (day: Day): string => dayWords(day, "en");
const zhDay = (day: Day): string => dayWords(day, "zh");

/** A day that his own request has, and no matter before a court. */
export const isOfRequest = (what: string | undefined): boolean =>
  /^(?:complaint|hardship|plan)-/.test(what ?? "");

/** One plain sentence for each event. */
const HEADLINES: Readonly<Record<EventKind, Headline>> = {
  due: {
    en: ({ n, sum }, { money }) => `Installment ${n} falls due: ${money(sum!)}.`,
    zh: ({ n, sum }, { money }) => `第 ${n} 期到期：应还 ${money(sum!)}。`,
  },
  late: lateFor,
  older: lateFor,
  "late-fee": {
    en: ({ n, sum }, { money }) => `A late fee for installment ${n} is charged: ${money(sum!)}.`,
    zh: ({ n, sum }, { money }) => `第 ${n} 期计收违约金：${money(sum!)}。`,
  },
  message: {
    en: (event, telling) =>
      `The lender sends you a message ${WAYS[event.via!]?.en ?? ""}, about ${at(event, telling)}.`,
    zh: (event, telling) =>
      `出借人向您发送消息（${WAYS[event.via!]?.zh ?? event.via}），约 ${at(event, telling)}。`,
  },
  call: {
    en: (event, telling) => `The lender calls you, about ${at(event, telling)}.`,
    zh: (event, telling) => `出借人致电您，约 ${at(event, telling)}。`,
  },
  letter: { en: () => "The lender posts a letter to you.", zh: () => "出借人寄出一封信。" },
  review: {
    en: () => "Somebody at the lender looks at your case.",
    zh: () => "出借人的工作人员查看您的情况。",
  },
  "may-we": asking("you may be contacted that day", "可在当天联系您"),
  "lawyers-letter": asking("a lawyer writes to you", "委托律师发函"),
  "bureau-notice": asking("to tell you that a report to the credit bureau is coming", "告知将向征信机构报送"),
  mediation: asking("to propose mediation", "提出调解"),
  "payment-order": asking("to ask a court for an order to pay", "向法院申请支付令"),
  suit: asking("to go to court", "起诉"),
  enforcement: asking("to ask the court to enforce its decision", "申请强制执行"),
  "promise-broken": {
    en: () => "A promise to pay counts as broken: its sum did not come.",
    zh: () => "承诺还款未到账，视为失约。",
  },
  "promise-over": {
    en: () => "A promise to pay is settled or no longer needed.",
    zh: () => "承诺还款已履行或不再需要。",
  },
  "matter-day": {
    en: ({ what, through }, { matter = own, day = enDay }) =>
      isOfRequest(what)
        ? `A day of your own request: ${matter(what!)}, by ${day(through!)}.`
        : `A day in a matter before a court or office: ${matter(what!)}, by ${day(through!)}.`,
    zh: ({ what, through }, { matter = own, day = zhDay }) =>
      isOfRequest(what)
        ? `您提出的申请：${matter(what!)}，截至 ${day(through!)}。`
        : `法院或机构程序中的日期：${matter(what!)}，截至 ${day(through!)}。`,
  },
  cured: { en: () => "Nothing is past due any more.", zh: () => "不再有逾期金额。" },
  ended: { en: () => "The loan is over: nothing is owed any more.", zh: () => "贷款已了结，不再欠款。" },
  "record-month": {
    en: ({ sign }) => `This month may stand as late in your credit record (sign ${sign}).`,
    zh: ({ sign }) => `本月在征信记录中可能显示为逾期（标记 ${sign}）。`,
  },
  "record-clears": {
    en: ({ n }) => `A record of this lateness is deleted by then: ${n} years after it ended.`,
    zh: ({ n }) => `此次逾期的记录至迟于此日删除：自逾期终止起 ${n} 年。`,
  },
  "court-accepts": {
    en: ({ n }) =>
      `If the lender sues that day: the court takes the case or turns it away.${n ? ` You have ${n} days to answer once its papers reach you.` : ""}`,
    zh: ({ n }) => `如出借人当日起诉：法院立案或不予受理。${n ? `收到起诉状副本后有 ${n} 日答辩。` : ""}`,
  },
  "court-judges": {
    en: ({ sum }, { money }) =>
      `If the case goes on: the court decides, sooner in the simple procedure.${sum ? ` Whoever loses may have to bear its fee, up to ${money(sum)}.` : ""}`,
    zh: ({ sum }, { money }) =>
      `如案件继续：法院作出裁判，简易程序更早。${sum ? `败诉方可能负担案件受理费，至多 ${money(sum)}。` : ""}`,
  },
  "court-order": {
    en: ({ n }) =>
      `If the lender asks and the court agrees: an order to pay. Once it reaches you, you have ${n} days to pay or to object in writing.`,
    zh: ({ n }) => `如出借人申请且法院支持：发出支付令。收到后 ${n} 日内清偿或书面提出异议。`,
  },
  "court-enforces": {
    en: () => "If a court has decided and you have not paid: the lender may ask it to enforce, until then.",
    zh: () => "如裁判已生效而未履行：出借人可在此期间申请强制执行。",
  },
  "suit-possible": {
    en: () => "While it stays unpaid the lender may go to court. Its plan names no day for that.",
    zh: () => "欠款未还期间出借人可以起诉；其计划中没有起诉的日期。",
  },
  "limitation-ends": {
    en: () => "As things stand, the time to claim in court ends. Each demand or payment starts it again.",
    zh: () => "按目前情况，诉讼时效届满。每次催告或还款均使其重新计算。",
  },
};

const NO_COURT: Said = { en: "No court is involved.", zh: "与法院无关。" };
const DEMAND: Said = {
  en: "A demand at most. It is no court paper, and nothing follows from it alone.",
  zh: "至多是一项催告，不是法院文书，其本身不产生任何后果。",
};
const NO_DECISION: Said = { en: "Not a decision against you.", zh: "并非对您不利的决定。" };

/** What each event is not: what people fear, and what does not follow from it. */
const NOT: Readonly<Partial<Record<EventKind, Said>>> = {
  due: { en: "Not late: paid by this day it costs nothing more.", zh: "不是逾期：当日还清不产生额外费用。" },
  late: NO_COURT,
  older: NO_COURT,
  "late-fee": { en: "Not a fine of an authority: your contract sets it.", zh: "不是行政罚款，依合同计收。" },
  message: { en: "Not a court paper.", zh: "不是法院文书。" },
  call: {
    en: "Not a court's call, and you need not agree to anything in it.",
    zh: "不是法院来电，您无须当场同意任何事项。",
  },
  letter: DEMAND,
  review: NO_DECISION,
  "may-we": NO_DECISION,
  "lawyers-letter": DEMAND,
  "bureau-notice": {
    en: "Not the report itself: the notice has to come first.",
    zh: "不是报送本身：须事先告知。",
  },
  mediation: { en: "Nobody has to agree to anything in it.", zh: "任何一方均可不同意。" },
  "payment-order": { en: "Not an order yet: a court has to issue it.", zh: "尚非支付令：须由法院发出。" },
  suit: { en: "Not a judgment.", zh: "不是判决。" },
  enforcement: {
    en: "Not possible before a court has decided and the time to pay is over.",
    zh: "须有生效裁判且履行期限届满后方可申请。",
  },
  "matter-day": {
    en: "The court's own word counts: ask at its public number.",
    zh: "以法院通知为准：可拨打其公开电话核实。",
  },
  "record-month": {
    en: "Not for ever, and no fee or agent removes it sooner.",
    zh: "并非永久；任何付费或中介均不能提前删除。",
  },
  "record-clears": {
    en: "Not before that day, unless it is wrong: then ask for it to be corrected.",
    zh: "此日之前不会删除；如有错误可提出异议更正。",
  },
  "court-accepts": { en: "Not a judgment.", zh: "不是判决。" },
  "court-judges": { en: "Not certain: both sides are heard.", zh: "并非必然：法院听取双方意见。" },
  "court-order": {
    en: "Not final while you can still object in writing.",
    zh: "在可书面异议的期间内不是最终结果。",
  },
  "court-enforces": {
    en: "Not without a decision of a court that is in force.",
    zh: "没有生效裁判不得强制执行。",
  },
  "suit-possible": { en: "Not planned.", zh: "并未列入计划。" },
  "limitation-ends": {
    en: "The debt is not gone then: you gain a defence that you have to raise yourself.",
    zh: "债务并不消灭：您取得须自行提出的抗辩。",
  },
};

const RECORD_WORDS: Readonly<Record<RecordEffect, Said | undefined>> = {
  none: undefined,
  "may-report-late": {
    en: "Credit record: may be reported as late, if you agreed to reports and were told before.",
    zh: "征信：经您同意并事先告知后，可能报送逾期。",
  },
  "notice-before-report": { en: "Credit record: nothing yet.", zh: "征信：尚无影响。" },
  "if-listed": {
    en: "Credit record: only if the court puts you on its list.",
    zh: "征信：仅在法院将您列入名单时。",
  },
  clears: undefined,
};

const STOPS: Readonly<Record<Language, (stop: Stop, telling: Telling) => string>> = {
  en: ({ amount, by, clears }, { money, day = enDay }) => {
    const more = clears > amount ? ` ${money(clears)} leaves nothing late.` : "";
    return `To stop this: pay ${money(amount)} by ${day(by)}.${more}`;
  },
  zh: ({ amount, by, clears }, { money, day = zhDay }) => {
    const more = clears > amount ? `还 ${money(clears)} 则不再有逾期。` : "";
    return `要避免：不晚于 ${day(by)} 还 ${money(amount)}。${more}`;
  },
};

/** The sentences of an event, each by what it says. */
export interface EventParts {
  readonly what: string;
  /** What it is not: what people fear, and what does not follow from it. */
  readonly not?: string;
  readonly record?: string;
  readonly stop?: string;
}

/** An event in the words of a person, without jargon. */
export function eventParts(event: ForecastEvent, telling: Telling): EventParts {
  const { language } = telling;
  const not = isOfRequest(event.what) ? undefined : NOT[event.kind]?.[language];
  const record = RECORD_WORDS[event.record]?.[language];
  return {
    what: HEADLINES[event.kind][language](event, telling),
    ...(not === undefined ? {} : { not }),
    ...(record === undefined ? {} : { record }),
    ...(event.stop ? { stop: STOPS[language](event.stop, telling) } : {}),
  };
}

/** The same, a line each, in the order in which they are read. */
export function eventWords(event: ForecastEvent, telling: Telling): string[] {
  const { what, not, record, stop } = eventParts(event, telling);
  return [what, not, record, stop].filter((line) => line !== undefined);
}

/** The day of an event, or its first and last. */
export function whenWords({ on, through, kind }: ForecastEvent, language: Language): string {
  if (through === undefined || through === on || kind === "matter-day") return dayWords(on, language);
  return `${formatDay(on)} – ${formatDay(through)}`;
}

/** Refusals by their code in Chinese; in English a refusal says itself what was found. */
export const FORECAST_REFUSALS: Readonly<Record<string, string>> = {
  ended: "该贷款已不欠此出借人任何款项，无可预测",
  "not-ahead": "截止日须晚于最后日终日",
  "before-now": "设想的还款日已过，请填最后日终日或之后的日期",
  nothing: "还款金额须大于 0",
};
