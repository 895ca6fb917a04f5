import { type Day, formatMinute, type Instant } from "../core/index.ts";
import { type Clearing, CODE_WORDS, type Source } from "../legal/index.ts";
import type { Rule } from "../policy/index.ts";
import { WORDS as FRAME, linkButton, type Page, printButton } from "./frame.ts";
import { helpLine } from "./help.ts";
import { type Html, html, type Shown } from "./html.ts";
import { dayText, instantText, moneyText, type Said, type Show, say } from "./show.ts";
import { sources } from "./source.ts";

/** One contact that was made, with what allowed it. */
export interface ContactShown {
  readonly at: Instant;
  readonly via: string;
  readonly address?: string;
  /** Who made it, where it was not the lender itself. */
  readonly who?: string;
  /** The reader asked for it himself. */
  readonly asked: boolean;
  readonly outcome?: string;
  /** Rules that were asked; each has a sentence. Empty where it was reported by somebody else. */
  readonly rules: readonly Pick<Rule, "id" | "says" | "cite" | "force" | "verification">[];
}

/** A month as it was reported of a loan, and as it stands now. */
export interface MonthShown {
  readonly loan: string;
  readonly month: string;
  readonly sign: string;
  readonly was?: string;
  readonly pastDue: number;
  readonly reported: boolean;
  readonly disputed: boolean;
  readonly clearing?: Clearing;
}

export interface RightsShown {
  readonly on: Day;
  readonly currency: string;
  readonly decimals: number;
  readonly contacts: readonly ContactShown[];
  readonly agreed?: { readonly from: number; readonly to: number };
  /** Between which minutes of the day anybody may be reached, where nothing was agreed. */
  readonly usual?: { readonly from: number; readonly to: number };
  readonly stops: readonly { readonly at: Instant; readonly kinds: readonly string[] }[];
  readonly months: readonly MonthShown[];
  readonly objectionDays?: number;
  readonly law: readonly Source[];
}

const W = {
  intro: {
    zh: "谁在什么时候联系过您、凭什么可以联系，都在这里。",
    en: "Here you see who contacted you, when, and what allowed it.",
  },
  contacts: { zh: "联系记录", en: "Contacts made with you" },
  none: { zh: "没有联系过您的记录。", en: "No contact with you is recorded." },
  missing: {
    zh: "有人联系过您，但这里没有？那可能不是这家出借人，也可能漏记了。请告诉我们。",
    en: "Did somebody contact you, and it does not stand here? It may be somebody else, or it was left out. Tell us.",
  },
  why: { zh: "为什么允许", en: "Why it was allowed" },
  by: { zh: (who: string) => `由 ${who}`, en: (who: string) => `by ${who}` },
  asked: { zh: "您自己要求的", en: "asked for by yourself" },
  reported: { zh: "由对方报告，规则由其自查。", en: "Reported by whoever made it." },
  times: { zh: "可以联系的时间", en: "Times at which you may be reached" },
  agreed: {
    zh: (from: string, to: string) => `您约定：${from} 到 ${to}。`,
    en: (from: string, to: string) => `As you agreed: ${from} to ${to}.`,
  },
  usual: {
    zh: (from: string, to: string) => `您没有约定。只在 ${from} 到 ${to} 之间可以催收。`,
    en: (from: string, to: string) =>
      `You agreed to none. Collection may reach you from ${from} to ${to} only.`,
  },
  stops: { zh: "您要求停止的", en: "What you asked to stop" },
  everything: { zh: "全部方式", en: "every way" },
  change: { zh: "改时间，或不要再打", en: "Change times, or stop calls" },
  rights: { zh: "我可以", en: "I can" },
  complain: { zh: "投诉", en: "Complain" },
  dispute: { zh: "对债务提异议", en: "Dispute the debt" },
  helper: { zh: "请人代理", en: "Name somebody who helps me" },
  record: { zh: "征信记录", en: "Credit record" },
  noRecord: {
    zh: "这家出借人的月末记录还没有形成，也没有报送过。",
    en: "This lender has taken no month end of yours yet, and has reported nothing.",
  },
  month: { zh: "月份", en: "month" },
  sign: { zh: "状态", en: "sign" },
  late: { zh: "逾期", en: "late" },
  sent: { zh: "报送", en: "reported" },
  yes: { zh: "是", en: "yes" },
  no: { zh: "否", en: "no" },
  deleted: { zh: "已删除", en: "deleted" },
  disputed: { zh: "有异议", en: "disputed" },
  clears: { zh: (day: string) => `至迟 ${day} 删除`, en: (day: string) => `goes by ${day}` },
  lasts: { zh: "逾期仍在继续", en: "the lateness goes on" },
  hidden: { zh: "不再展示", en: "not shown any more" },
  means: {
    zh: "状态的含义来自公开说明，未经官方文本核实。",
    en: "What the signs mean is from public pages, not verified against an official text.",
  },
  wrong: {
    zh: (days: number) => `有错？提出异议，${days} 天内核查并答复。`,
    en: (days: number) => `Is something wrong? Object, and it is checked and answered within ${days} days.`,
  },
  object: { zh: "提出征信异议", en: "Object to the record" },
} as const;

const VIAS: Readonly<Record<string, Said>> = {
  call: { zh: "电话", en: "call" },
  text: { zh: "短信", en: "text message" },
  app: { zh: "应用消息", en: "message in the app" },
  email: { zh: "邮件", en: "e-mail" },
  letter: { zh: "信函", en: "letter" },
  post: { zh: "邮寄", en: "post" },
  visit: { zh: "上门", en: "visit" },
};
export const viaText = (via: string, show: Show): string => say(VIAS[via] ?? { zh: via, en: via }, show);

const OUTCOMES: Readonly<Record<string, Said>> = {
  sent: { zh: "已发出", en: "sent" },
  failed: { zh: "未发出", en: "not sent" },
  bounced: { zh: "被退回", en: "came back" },
  unknown: { zh: "结果不明", en: "not known whether it arrived" },
  connected: { zh: "接通", en: "answered" },
  "no-answer": { zh: "未接", en: "not answered" },
  voicemail: { zh: "语音信箱", en: "voicemail" },
  busy: { zh: "占线", en: "busy" },
  "wrong-number": { zh: "号码有误", en: "wrong number" },
};

export function rightsPage(shown: RightsShown, show: Show): Page {
  const { law } = shown;
  return {
    title: say(FRAME.rights, show),
    room: "rights",
    body: html`<p>${say(W.intro, show)}</p>
<h2>${say(W.rights, show)}</h2>
<ul class="mine"><li>${linkButton("/me/ask/contact", say(W.change, show))}</li><li>${linkButton("/me/ask/complaint", say(W.complain, show))}</li><li>${linkButton("/me/ask/wrong-sum", say(W.dispute, show))}</li><li>${linkButton("/me/ask/helper", say(W.helper, show))}</li></ul>
${helpLine(show, "consumer", "lender-complaints", "police")}
${times(shown, show)}
${contacts(shown, show)}
${record(shown, show)}
${sources([...law, ...shown.contacts.flatMap(({ rules }) => rules)], show)}
${printButton(show)}`,
  };
}

function times({ agreed, usual, stops }: RightsShown, show: Show): Html {
  const { language } = show;
  const line = agreed
    ? W.agreed[language](formatMinute(agreed.from), formatMinute(agreed.to))
    : usual && W.usual[language](formatMinute(usual.from), formatMinute(usual.to));
  return html`<h2 id="times">${say(W.times, show)}</h2>
${line !== undefined && html`<p>${line}</p>`}
${stops.length > 0 && html`<p>${say(W.stops, show)}</p><ul>${stops.map(({ at, kinds }) => html`<li>${instantText(at, show)}: ${kinds.length === 0 ? say(W.everything, show) : kinds.map((kind) => viaText(kind, show)).join(", ")}</li>`)}</ul>`}`;
}

function contacts({ contacts: made }: RightsShown, show: Show): Html {
  const { language } = show;
  return html`<h2 id="contacts">${say(W.contacts, show)}</h2>
${made.length === 0 && html`<p>${say(W.none, show)}</p>`}
<ul>${made.map(({ at, via, address, who, asked, outcome, rules }) => {
    const parts = [
      viaText(via, show),
      address,
      who === undefined ? undefined : W.by[language](who),
      asked ? say(W.asked, show) : undefined,
      outcome === undefined ? undefined : say(OUTCOMES[outcome] ?? { zh: outcome, en: outcome }, show),
    ].filter((part) => part !== undefined);
    return html`<li>${instantText(at, show)} · ${parts.join(" · ")}${rules.length > 0 ? html`<details><summary>${say(W.why, show)}</summary><ul>${rules.map(({ says }) => html`<li>${say(says as Said, show)}</li>`)}</ul></details>` : !asked && html`<span class="not">${say(W.reported, show)}</span>`}</li>`;
  })}</ul>
<p class="soft">${say(W.missing, show)}</p>`;
}

function record(shown: RightsShown, show: Show): Html {
  const { months, currency, decimals, objectionDays } = shown;
  const { language } = show;
  const several = new Set(months.map(({ loan }) => loan)).size > 1;
  return html`<h2 id="record">${say(W.record, show)}</h2>
${
  months.length === 0
    ? html`<p>${say(W.noRecord, show)}</p>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label="${say(W.record, show)}"><table class="tight"><thead><tr><th scope="col">${say(W.month, show)}</th><th scope="col">${say(W.sign, show)}</th><th scope="col" class="n">${say(W.late, show)}</th><th scope="col">${say(W.sent, show)}</th></tr></thead><tbody>
${months.map((one) => html`<tr><th scope="row">${one.month}${several && html`<br><small>${one.loan}</small>`}</th><td>${one.sign === "deleted" ? say(W.deleted, show) : `${one.sign} ${CODE_WORDS[one.sign]?.[language] ?? ""}`}${one.was !== undefined && ` (${one.was})`}${one.disputed && html`<br><small>${say(W.disputed, show)}</small>`}${cleared(one.clearing, show)}</td><td class="n">${moneyText(one.pastDue, currency, decimals)}</td><td>${say(one.reported ? W.yes : W.no, show)}</td></tr>`)}
</tbody></table></div><p class="soft">${say(W.means, show)}</p>`
}
${objectionDays !== undefined && html`<p>${W.wrong[language](objectionDays)} <a href="/me/ask/record">${say(W.object, show)}</a></p>`}`;
}

function cleared(clearing: Clearing | undefined, show: Show): Shown {
  if (!clearing) return undefined;
  if (clearing.state === "arrears-last") return html`<br><small>${say(W.lasts, show)}</small>`;
  if (clearing.state === "hidden") return html`<br><small>${say(W.hidden, show)}</small>`;
  return html`<br><small>${W.clears[show.language](dayText(clearing.lastOn, show))}</small>`;
}
