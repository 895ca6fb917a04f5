import { type Day, type Minor, minor, parseRate, type Rate, schedule, usualFirstDue } from "../core/index.ts";
import { surplusOf } from "../relief/index.ts";
import { WORDS as FRAME, type Page } from "./frame.ts";
import { type Html, html } from "./html.ts";
import { dayText, moneyText, type Said, type Show, say } from "./show.ts";
import { sumTyped } from "./typed.ts";

export const BORROW_FIELDS = ["amount", "rate", "months", "income", "living", "otherDebts"] as const;
export type BorrowField = (typeof BORROW_FIELDS)[number];
export type BorrowTyped = Readonly<Record<BorrowField, string>>;

const W = {
  intro: {
    zh: "借之前，看看这笔钱会让每个月变成什么样。只在这台设备上算；没有脚本时由服务器算，不保存。",
    en: "Before you borrow, see what this loan would do to your month. It is counted on this device; without script our server counts it and keeps nothing.",
  },
  count: { zh: "算一算", en: "Count it" },
  result: { zh: "这笔借款会这样", en: "What this loan would do" },
  method: {
    zh: "按等额本金、按日计息、每月还一次来算。您的合同可能不同。",
    en: "Counted with equal principal, interest by the day, a payment a month. Your contract may differ.",
  },
  total: { zh: "一共还", en: "You pay back in all" },
  interest: { zh: "其中利息", en: "of this, interest" },
  first: { zh: "第一个月", en: "First month" },
  last: { zh: "最后一个月", en: "Last month" },
  firstOn: { zh: "第一次还款日", en: "First due day" },
  left: { zh: "最重的一个月还完后，手里剩", en: "Left to live on in the heaviest month" },
  fits: {
    zh: (sum: string) => `生活费留足后，还多出 ${sum}。`,
    en: (sum: string) => `What you need to live is covered, with ${sum} to spare.`,
  },
  short: {
    zh: (sum: string) => `生活费会少 ${sum}。这笔借款会让您入不敷出。`,
    en: (sum: string) => `You would be short of ${sum} to live on. This loan does not fit your month.`,
  },
  late: {
    zh: "如果晚还，逾期利息另算，也可能上征信。",
    en: "If you pay late, late interest comes on top, and it may go on your credit report.",
  },
  other: {
    zh: "不够时先想别的办法：少借、分开买、向家人说明、申请救助。不要借新还旧。",
    en: "If it does not fit, look for another way: borrow less, buy later, ask for support. Do not borrow to pay.",
  },
} as const;

const FIELDS: Readonly<
  Record<BorrowField, { readonly says: Said; readonly hint: Said; readonly wrong: Said }>
> = {
  amount: {
    says: { zh: "想借多少", en: "How much you want to borrow" },
    hint: { zh: "例如 10000。", en: "Such as 10000." },
    wrong: { zh: "想借多少：请写数字。", en: "How much: write a number." },
  },
  rate: {
    says: { zh: "日利率 %", en: "Percent a day" },
    hint: { zh: "例如 0.05，就是每借一万元一天五元。", en: "Such as 0.05, which is 5 a day on 10,000." },
    wrong: { zh: "日利率：请写数字，例如 0.05。", en: "Percent a day: write a number, such as 0.05." },
  },
  months: {
    says: { zh: "分几个月还", en: "Over how many months" },
    hint: { zh: "1 到 60。", en: "1 to 60." },
    wrong: { zh: "月数：请写 1 到 60。", en: "Months: write 1 to 60." },
  },
  income: {
    says: { zh: "每月到手收入", en: "What comes in each month" },
    hint: { zh: "确定会到的。", en: "What is certain." },
    wrong: { zh: "收入：请写数字；没有就填 0。", en: "What comes in: write a number, 0 if nothing." },
  },
  living: {
    says: { zh: "每月生活费（含家人）", en: "What you and yours need to live" },
    hint: { zh: "住、吃、看病、路费。", en: "Home, food, health, the way to work." },
    wrong: {
      zh: "生活费：请写数字。我们不会替您猜。",
      en: "What you need to live: write a number. Nobody guesses it for you.",
    },
  },
  otherDebts: {
    says: { zh: "每月已在还的", en: "What you pay on debts already" },
    hint: { zh: "没有就填 0。", en: "0 if nothing." },
    wrong: {
      zh: "已在还的：请写数字；没有就填 0。",
      en: "What you pay already: write a number, 0 if nothing.",
    },
  },
};

export function borrowPage(typed: BorrowTyped | undefined, on: Day, show: Show): Page {
  return {
    title: say(FRAME.borrow, show),
    room: "borrow",
    island: "borrow",
    body: html`<p>${say(W.intro, show)}</p>
<form method="post" action="/borrow" id="borrow" data-on="${on}">
${BORROW_FIELDS.map((field) => html`<label for="${field}">${say(FIELDS[field].says, show)}</label><span class="hint" id="${field}-hint">${say(FIELDS[field].hint, show)}</span><input class="short" id="${field}" name="${field}" type="text" inputmode="decimal" autocomplete="off" value="${typed?.[field] ?? ""}" aria-describedby="${field}-hint">`)}
<p><button class="act">${say(W.count, show)}</button></p></form>
<div id="answer" aria-live="polite">${typed && borrowAnswer(typed, on, show)}</div>`,
  };
}

interface Read {
  readonly amount: Minor;
  readonly rate: Rate;
  readonly months: number;
  readonly income: Minor;
  readonly living: Minor;
  readonly otherDebts: Minor;
}

function readBorrow(typed: BorrowTyped): Read | { readonly wrong: readonly BorrowField[] } {
  const amount = sumTyped(typed.amount);
  const rate = parseRate(typed.rate.normalize("NFKC").replaceAll(/[%\s]/g, ""), "day");
  const months = /^\d{1,2}$/.test(typed.months.trim()) ? Number(typed.months) : 0;
  const sums = {
    income: sumTyped(typed.income),
    living: sumTyped(typed.living),
    otherDebts: typed.otherDebts.trim() === "" ? minor(0) : sumTyped(typed.otherDebts),
  };
  const wrong: BorrowField[] = [];
  if (amount === undefined || amount <= 0) wrong.push("amount");
  if (!rate) wrong.push("rate");
  if (months < 1 || months > 60) wrong.push("months");
  for (const field of ["income", "living", "otherDebts"] as const)
    if (sums[field] === undefined) wrong.push(field);
  if (wrong.length > 0) return { wrong };
  return {
    amount: amount!,
    rate: rate!,
    months,
    income: sums.income!,
    living: sums.living!,
    otherDebts: sums.otherDebts!,
  };
}

/** What a loan that is only thought of would do to a month: the schedule that a real one would get. */
export function borrowAnswer(typed: BorrowTyped, on: Day, show: Show): Html {
  const read = readBorrow(typed);
  if ("wrong" in read)
    return html`<div class="wrong" role="alert"><ul>${read.wrong.map((field) => html`<li><a href="#${field}">${say(FIELDS[field].wrong, show)}</a></li>`)}</ul></div>`;
  const rows = schedule({
    currency: "CNY",
    every: { months: 1 },
    method: "equal-principal",
    ratePer: "day",
    dayCount: "ACT/365",
    interest: "daily",
    monthEnd: "clamp",
    rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
    principal: read.amount,
    rate: read.rate,
    disbursedOn: on,
    firstDueOn: usualFirstDue(on, { months: 1 }, "clamp"),
    installments: read.months,
  });
  const paid = rows.map(({ principal, interest }) => principal + interest);
  const total = paid.reduce((all, one) => all + one, 0);
  const heaviest = minor(Math.max(...paid));
  const month = surplusOf({
    income: read.income,
    living: read.living,
    dependants: 0,
    otherDebts: minor(read.otherDebts + heaviest),
  });
  const { language } = show;
  const money = (sum: number): string => moneyText(sum, "CNY");
  const row = (label: Said, value: string): Html =>
    html`<tr><th scope="row">${say(label, show)}</th><td class="n">${value}</td></tr>`;
  const left = read.income - read.otherDebts - heaviest;
  return html`<h2>${say(W.result, show)}</h2>
<table class="tight"><tbody>${row(W.total, money(total))}${row(W.interest, money(total - read.amount))}${row(W.first, money(paid[0]!))}${row(W.last, money(paid.at(-1)!))}${row(W.firstOn, dayText(rows[0]!.dueOn, show))}${row(W.left, money(left))}</tbody></table>
<p class="note">${month.ok && (month.value.short > 0 ? W.short[language](money(month.value.short)) : W.fits[language](money(month.value.amount)))}</p>
<p>${say(W.late, show)} ${say(W.other, show)}</p>
<p class="soft">${say(W.method, show)}</p>`;
}
