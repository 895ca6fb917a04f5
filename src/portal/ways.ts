import type { Day } from "../core/index.ts";
import type { Source } from "../legal/index.ts";
import {
  EXPOSURE_WORDS,
  RESTARTS_LIMITATION,
  recordWords,
  type Surplus,
  WAY_WORDS,
  type Way,
  type WaysOut,
  WHY_NOT_WORDS,
} from "../relief/index.ts";
import { csrfField, WORDS as FRAME, type Page, printButton, wrongBox } from "./frame.ts";
import { helpLine } from "./help.ts";
import { type Html, html, type Shown } from "./html.ts";
import { dayText, moneyText, type Said, type Show, say } from "./show.ts";
import { sources } from "./source.ts";

export const BUDGET_FIELDS = [
  "income",
  "living",
  "dependants",
  "dependantsNeed",
  "otherDebts",
  "now",
] as const;
export type BudgetField = (typeof BUDGET_FIELDS)[number];

/** What the reader typed of his month, as he typed it. */
export type BudgetTyped = Readonly<Partial<Record<BudgetField, string>>>;

export interface WaysShown {
  readonly loan: string;
  readonly others: readonly string[];
  readonly on: Day;
  readonly currency: string;
  readonly decimals: number;
  readonly ways?: WaysOut;
  readonly cannot?: Said;
  readonly typed: BudgetTyped;
  readonly wrongs: readonly { readonly at: string; readonly says: Said }[];
  readonly surplus?: Surplus;
}

/** Every way that somebody can go, each of the same size; what it is called, and where it leads. */
export const WAYS_TO_GO: readonly { readonly id: string; readonly href: string; readonly says: Said }[] = [
  { id: "pay", href: "/me/pay", says: { zh: "现在还", en: "Pay now" } },
  { id: "catch-up", href: "/me/pay#late", says: { zh: "先补上逾期的", en: "Catch up" } },
  { id: "plan", href: "/me/plan", says: { zh: "要一个我付得起的方案", en: "A plan I can afford" } },
  { id: "cannot-pay", href: "/me/ask/cannot-pay", says: { zh: "我还不起", en: "I cannot pay" } },
  { id: "not-mine", href: "/me/ask/not-mine", says: { zh: "这不是我的", en: "This is not mine" } },
  { id: "wrong-sum", href: "/me/ask/wrong-sum", says: { zh: "金额不对", en: "The sum is wrong" } },
  { id: "person", href: "/me/ask/person", says: { zh: "找人说", en: "Talk to a person" } },
  {
    id: "contact",
    href: "/me/ask/contact",
    says: { zh: "别再打电话，或只在这些时间", en: "Stop calling me, or only at these times" },
  },
  { id: "helper", href: "/me/ask/helper", says: { zh: "有人帮我", en: "Someone helps me" } },
];

const W = {
  intro: {
    zh: "每条路都一样大。没有哪条是预先选好的。",
    en: "Each way is of the same size. None is chosen for you.",
  },
  compare: { zh: "把出路放在一起比", en: "The ways side by side" },
  compareSays: {
    zh: (day: string) => `按 ${day} 的数字。走到底要付多少、要多久，都按账本算出。`,
    en: (day: string) =>
      `With the figures of ${day}. What each one takes to its end is counted by the ledger.`,
  },
  total: { zh: "一共付", en: "in all" },
  cost: { zh: "比所欠本金多付", en: "beyond the principal owed" },
  months: { zh: "用时", en: "time" },
  monthCount: { zh: (n: number) => `${n} 个月`, en: (n: number) => `${n} ${n === 1 ? "month" : "months"}` },
  heaviest: { zh: "最重的一个月", en: "heaviest month" },
  needs: { zh: "谁来同意", en: "who has to agree" },
  nobody: { zh: "不需要谁同意", en: "nobody" },
  lender: { zh: "出借人", en: "the lender" },
  calls: { zh: "催收", en: "collection" },
  record: { zh: "征信", en: "credit record" },
  limitation: { zh: "时效", en: "time to claim" },
  affordable: { zh: "在您说的能力之内", en: "within what you can pay" },
  notAffordable: { zh: "超过您说的能力", en: "above what you can pay" },
  closed: { zh: "现在走不了：", en: "Not possible now: " },
  least: {
    zh: (sum: string) => `每月至少要 ${sum}。`,
    en: (sum: string) => `A month would ask for at least ${sum}.`,
  },
  tellUs: {
    zh: "说说您每月的收支，才能看到您付得起的方案。",
    en: "Tell what your month looks like, and plans that you can afford are shown.",
  },
  toPlan: { zh: "算算我付得起多少", en: "See what I can afford" },
  others: { zh: "您的其他贷款：", en: "Your other loans:" },
  planTitle: { zh: "我付得起的方案", en: "A plan I can afford" },
  planIntro: {
    zh: "先留下生活要用的钱，剩下的才用来还款。您填的只用来试算，不保存，也不发给任何人。",
    en: "What you need to live on comes first. Only what is left goes to debts. What you type is used to count, and is not kept.",
  },
  result: { zh: "算下来", en: "What it comes to" },
  surplus: {
    zh: (sum: string, left: string) => `每月真正能还：${sum}。还完后，您手里还有 ${left} 生活。`,
    en: (sum: string, left: string) => `You can really pay ${sum} a month. ${left} is then left to live on.`,
  },
  short: {
    zh: (sum: string) =>
      `每月还差 ${sum} 才够生活。现在没有付得起的方案。请先告诉出借人您还不起，并寻求帮助。`,
    en: (sum: string) =>
      `Your month is short of ${sum}. No plan is affordable now. Tell the lender that you cannot pay, and ask for help.`,
  },
  cannotPay: { zh: "告诉出借人我还不起", en: "Tell the lender that I cannot pay" },
  askPlan: { zh: "请出借人同意这个方案", en: "Ask the lender for this plan" },
  look: { zh: "算一算", en: "Count it" },
  payTitle: { zh: "现在还", en: "Pay now" },
  payIntro: {
    zh: "本页不收钱。钱只付到出借人自己的渠道，不付给个人、律所或催收员。",
    en: "This page takes no money. Pay only through the lender's own channels. Pay no person, law firm or collector.",
  },
  channels: { zh: "出借人的渠道", en: "The lender's channels" },
  noChannels: {
    zh: "此处没有登记渠道。请用您合同上写的渠道，或出借人官方应用。",
    en: "No channel is set down here. Use those in your contract, or the lender's own app.",
  },
  howMuch: { zh: "还多少，您来定", en: "How much is up to you" },
  allLate: { zh: "只补上逾期的", en: "What is late, and no more" },
  all: { zh: "今天全部结清", en: "Everything, as of today" },
  part: {
    zh: "也可以只还一部分。先抵什么，由合同和法律规定；还一部分会让诉讼时效重新计算。",
    en: "A part is possible too. Contract and law say what it goes to first. Paying a part starts the time to claim again.",
  },
  told: {
    zh: "付款后，出借人收到并入账，本页就会更新。请保留凭证。",
    en: "Once the lender has received and booked it, this page shows it. Keep the receipt.",
  },
} as const;

const FIELDS: Readonly<Record<BudgetField, { readonly says: Said; readonly hint: Said }>> = {
  income: {
    says: { zh: "每月到手收入", en: "What comes in each month" },
    hint: {
      zh: "确定会到的，税后。没有就填 0。",
      en: "What is certain, after tax. Write 0 if there is none.",
    },
  },
  living: {
    says: { zh: "您自己的生活费", en: "What you need to live" },
    hint: { zh: "住、吃、看病、上班路费。", en: "Home, food, health, the way to work." },
  },
  dependants: {
    says: { zh: "靠您生活的人数", en: "How many people live on this" },
    hint: { zh: "老人、孩子。没有就填 0。", en: "Children, parents. Write 0 if there are none." },
  },
  dependantsNeed: {
    says: { zh: "他们每月共需", en: "What they need together" },
    hint: { zh: "没有就留空。", en: "Leave it empty if there are none." },
  },
  otherDebts: {
    says: { zh: "每月还其他债务", en: "What you pay on other debts" },
    hint: { zh: "打算继续还的。", en: "What you mean to go on paying." },
  },
  now: {
    says: { zh: "今天能先还多少", en: "What you could pay today" },
    hint: { zh: "可以留空。", en: "May be left empty." },
  },
};

/** Free advice stands before anything that costs. */
const helpFirst = (show: Show): Shown => helpLine(show, "legal-aid", "consumer", "lender-complaints");

export const waysList = (show: Show, loan?: string): Html =>
  html`<ul class="ways">${WAYS_TO_GO.map(({ href, says }) => html`<li><a href="${withLoan(href, loan)}">${say(says, show)}</a></li>`)}</ul>`;

function withLoan(href: string, loan: string | undefined): string {
  if (loan === undefined) return href;
  const [path = "", hash] = href.split("#");
  return `${path}?loan=${encodeURIComponent(loan)}${hash === undefined ? "" : `#${hash}`}`;
}

export function waysPage(shown: WaysShown, show: Show): Page {
  const { ways, loan, on } = shown;
  return {
    title: say(FRAME.ways, show),
    room: "ways",
    body: html`<p>${say(W.intro, show)}</p>
${waysList(show, loan === "" ? undefined : loan)}
${helpFirst(show)}
${shown.cannot && html`<p>${say(shown.cannot, show)}</p>`}
${
  ways &&
  html`<h2>${say(W.compare, show)}</h2>
<p>${W.compareSays[show.language](dayText(on, show))}</p>
${comparison(shown, ways, show)}
${shown.surplus === undefined && html`<p>${say(W.tellUs, show)}</p><p><a class="button" href="/me/plan?loan=${loan}">${say(W.toPlan, show)}</a></p>`}`
}
${otherLoans(shown, "/me/ways", show)}
${ways && sources(waysSources(ways), show)}
${printButton(show)}`,
  };
}

const waysSources = (ways: WaysOut): readonly Source[] => ways.ways.flatMap(({ because }) => because);

const otherLoans = ({ others }: Pick<WaysShown, "others">, path: string, show: Show): Shown =>
  others.length > 0 &&
  html`<p>${say(W.others, show)} ${others.map((id, i) => html`${i > 0 && " · "}<a href="${path}?loan=${id}">${id}</a>`)}</p>`;

/** Every way with what it takes; those that cannot be gone with the reason. Same order, same form. */
export function comparison(shown: WaysShown, { ways }: WaysOut, show: Show): Html {
  return html`${ways.map((way) => oneWay(way, shown, show))}`;
}

function oneWay(way: Way, { currency, decimals, loan }: WaysShown, show: Show): Html {
  const { language } = show;
  const name = capital(WAY_WORDS[way.way][language]);
  const money = (sum: number): string => moneyText(sum, currency, decimals);
  if (!way.possible) {
    const why = WHY_NOT_WORDS[way.why][language].replace(/\s*(?:\(--\w+\)|（--\w+）)/, "");
    return html`<h3>${name}</h3><p class="soft">${say(W.closed, show)}${capital(why)}${language === "zh" ? "。" : "."}${way.least !== undefined && W.least[language](money(way.least))}</p>`;
  }
  const row = (label: Said, value: string): Html =>
    html`<tr><th scope="row">${say(label, show)}</th><td class="n">${value}</td></tr>`;
  const words = (label: Said, value: string): Html => html`<br>${say(label, show)}: ${value}`;
  const fits =
    way.affordable === undefined ? "" : ` · ${say(way.affordable ? W.affordable : W.notAffordable, show)}`;
  const asks = way.needs === "lender" && way.way !== "settlement";
  return html`<h3>${name}</h3>
<table class="tight"><tbody>${row(W.total, money(way.total))}${row(W.cost, money(way.cost))}${row(W.months, W.monthCount[language](way.months))}${row(W.heaviest, money(way.monthly))}</tbody></table>
<p class="soft">${say(W.needs, show)}: ${say(way.needs === "lender" ? W.lender : W.nobody, show)}${fits}${words(W.calls, EXPOSURE_WORDS[way.exposure][language])}${words(
    W.record,
    recordWords(way.record, language, (on) => dayText(on, show)),
  )}${way.restartsLimitation && words(W.limitation, RESTARTS_LIMITATION[language])}</p>
${asks && html`<p><a href="/me/ask/cannot-pay?loan=${loan}&amp;way=${way.way}">${say(W.askPlan, show)}</a></p>`}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The budget: its form, and with an answer the ways under it. */
export function planPage(shown: WaysShown, show: Show): Page {
  const { ways, wrongs, typed, loan } = shown;
  return {
    title: say(W.planTitle, show),
    room: "ways",
    island: "plan",
    ...(wrongs.length > 0 ? { wrong: true } : {}),
    body: html`${wrongBox(show, wrongs)}
${planResult(shown, show)}
<p>${say(W.planIntro, show)}</p>
${helpFirst(show)}
<form method="post" action="/me/plan" id="plan">${csrfField(show)}<input type="hidden" name="loan" value="${loan}">
${budgetFields(typed, wrongs, show)}
<p><button class="act">${say(W.look, show)}</button></p></form>
<div id="plan-answer" aria-live="polite"></div>
${otherLoans(shown, "/me/plan", show)}
${ways && sources(waysSources(ways), show)}`,
  };
}

/** What a month comes to, and the ways within it; nothing before it was told. */
export function planResult(shown: WaysShown, show: Show): Html {
  const { ways, surplus, loan, cannot } = shown;
  if (!surplus) return html``;
  const money = (sum: number): string => moneyText(sum, shown.currency, shown.decimals);
  const { language } = show;
  return html`<section aria-labelledby="result"><h2 id="result">${say(W.result, show)}</h2>
<p class="note">${surplus.short > 0 ? W.short[language](money(surplus.short)) : W.surplus[language](money(surplus.amount), money(surplus.leftToLiveOn))}</p>
${surplus.amount === 0 && html`<p><a class="button" href="/me/ask/cannot-pay?loan=${loan}">${say(W.cannotPay, show)}</a></p>`}
${cannot && html`<p>${say(cannot, show)}</p>`}
${ways && comparison(shown, ways, show)}</section>`;
}

export function budgetFields(
  typed: BudgetTyped,
  wrongs: WaysShown["wrongs"],
  show: Show,
  fields: readonly BudgetField[] = BUDGET_FIELDS,
): Html {
  return html`${fields.map((field) => {
    const { says, hint } = FIELDS[field];
    const wrong = wrongs.find(({ at }) => at === field);
    const inputmode = field === "dependants" ? "numeric" : "decimal";
    return html`<label for="${field}">${say(says, show)}</label><span class="hint" id="${field}-hint">${say(hint, show)}</span>${wrong && html`<span class="bad" id="${field}-wrong">${say(wrong.says, show)}</span>`}<input class="short" id="${field}" name="${field}" type="text" inputmode="${inputmode}" autocomplete="off" value="${typed[field] ?? ""}" aria-describedby="${field}-hint${wrong && ` ${field}-wrong`}"${wrong && html` aria-invalid="true"`}>`;
  })}`;
}

export interface PayShown {
  readonly on: Day;
  readonly loans: readonly {
    readonly id: string;
    readonly currency: string;
    readonly decimals: number;
    readonly late: number;
    readonly all: number;
  }[];
}

/** Sums and channels. Nothing is chosen beforehand, and no money goes through here. */
export function payPage({ on, loans }: PayShown, show: Show): Page {
  const { house } = show;
  return {
    title: say(W.payTitle, show),
    room: "ways",
    body: html`<p>${say(W.payIntro, show)}</p>
${helpFirst(show)}
<h2>${say(W.channels, show)}</h2>
${house.pay.length > 0 ? html`<ul>${house.pay.map((one) => html`<li>${say(one, show)}</li>`)}</ul>` : html`<p>${say(W.noChannels, show)}</p>`}
<h2 id="late">${say(W.howMuch, show)}</h2>
${loans.map(
  ({ id, currency, decimals, late, all }) =>
    html`<table class="tight"><caption>${id} · ${dayText(on, show)}</caption><tbody><tr><th scope="row">${say(W.allLate, show)}</th><td class="n">${moneyText(late, currency, decimals)}</td></tr><tr><th scope="row">${say(W.all, show)}</th><td class="n">${moneyText(all, currency, decimals)}</td></tr></tbody></table>`,
)}
<p>${say(W.part, show)}</p>
<p>${say(W.told, show)}</p>
<p><a href="/me/plan">${say(WAYS_TO_GO[2]!.says, show)}</a> · <a href="/me/ask/cannot-pay">${say(WAYS_TO_GO[3]!.says, show)}</a></p>`,
  };
}
