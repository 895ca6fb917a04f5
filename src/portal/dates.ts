import { type Day, formatDay } from "../core/index.ts";
import { WORDS as FRAME, type Page } from "./frame.ts";
import { html } from "./html.ts";
import { isOpen, type LoanShown } from "./owed.ts";
import { dayText, moneyText, type Show, say } from "./show.ts";

/** A day on which something falls due. */
export interface DueShown {
  readonly on: Day;
  readonly loan: string;
  readonly amount: number;
  readonly currency: string;
  readonly decimals: number;
}

const W = {
  intro: {
    zh: "把还款日放进手机日历，提前提醒。日历里可以只写“付款”，别人看不出是什么。",
    en: 'Put your due days into your phone\'s calendar, with a reminder. It can say "payment" only, so that nobody reads more.',
  },
  early: { zh: "接下来 30 天要还的", en: "What falls due in the next 30 days" },
  none: { zh: "接下来 30 天没有到期的。", en: "Nothing falls due in the next 30 days." },
  sum: { zh: "合计", en: "together" },
  file: { zh: "日历文件", en: "Calendar file" },
  days: { zh: "提前几天提醒", en: "Remind how many days before" },
  day: { zh: (n: number) => `${n} 天`, en: (n: number) => `${n} ${n === 1 ? "day" : "days"}` },
  discreet: { zh: "只写“付款”，不写金额和贷款", en: 'Say "payment" only: no sum, no loan' },
  get: { zh: "下载日历文件（.ics）", en: "Get the calendar file (.ics)" },
  again: {
    zh: "计划变了，再下载一次：同一天会更新，不会重复。",
    en: "If your plan changes, get it again. The same days move, and none is doubled.",
  },
  all: { zh: "全部还款日", en: "All due days" },
  tip: {
    zh: "到期前看着钱不够，就先说。到期前可以申请展期。",
    en: "If the money will not be there, say so before the day. More time can be asked for until then.",
  },
} as const;

export const REMIND_DAYS = [1, 3, 7] as const;

/** What is still to be paid by the plans of the open loans, soonest first. */
export function duesOf(loans: readonly LoanShown[], on: Day): DueShown[] {
  return loans
    .filter(isOpen)
    .flatMap(({ id, currency, decimals, position }) =>
      position.installments
        .filter(({ n, dueOn }) => n > 0 && dueOn >= on)
        .map((row) => ({
          on: row.dueOn,
          loan: id,
          amount: row.principal - row.principalPaid + row.interest - row.interestPaid - row.released,
          currency,
          decimals,
        }))
        .filter(({ amount }) => amount > 0),
    )
    .sort((a, b) => a.on - b.on);
}

export function datesPage(
  { dues, on }: { readonly dues: readonly DueShown[]; readonly on: Day },
  show: Show,
): Page {
  const { language } = show;
  const near = dues.filter((due) => due.on <= on + 30);
  const row = ({ on: day, loan, amount, currency, decimals }: DueShown) =>
    html`<tr><th scope="row">${dayText(day, show)}<br><small>${loan}</small></th><td class="n">${moneyText(amount, currency, decimals)}</td></tr>`;
  const [first] = near;
  return {
    title: say(FRAME.calendar, show),
    room: "calendar",
    body: html`<h2>${say(W.early, show)}</h2>
${
  first
    ? html`<table class="tight"><tbody>${near.map(row)}<tr class="total"><th scope="row">${say(W.sum, show)}</th><td class="n">${moneyText(
        near.reduce((all, { amount }) => all + amount, 0),
        first.currency,
        first.decimals,
      )}</td></tr></tbody></table><p>${say(W.tip, show)}</p>`
    : html`<p>${say(W.none, show)}</p>`
}
<h2>${say(W.file, show)}</h2>
<p>${say(W.intro, show)}</p>
<form method="get" action="/me/calendar.ics">
<fieldset><legend>${say(W.days, show)}</legend>${REMIND_DAYS.map((n) => html`<label class="pick"><input type="radio" name="days" value="${n}"${n === 3 && html` checked`}><span>${W.day[language](n)}</span></label>`)}</fieldset>
<label class="pick"><input type="checkbox" name="discreet" value="yes" checked><span>${say(W.discreet, show)}</span></label>
<p><button>${say(W.get, show)}</button></p></form>
<p class="soft">${say(W.again, show)}</p>
${dues.length > near.length && html`<h2>${say(W.all, show)}</h2><table class="tight"><tbody>${dues.map(row)}</tbody></table>`}`,
  };
}

/** One entry of the calendar; in two languages nothing more than a payment where somebody may look on. */
export const dueEntry = (due: DueShown, discreet: boolean, show: Show): { uid: string; summary: string } => ({
  uid: `due/${due.loan}/${formatDay(due.on)}@arrears`,
  summary: discreet
    ? say({ zh: "付款", en: "Payment" }, show)
    : `${say({ zh: "还款", en: "Payment" }, show)} ${moneyText(due.amount, due.currency, due.decimals)} · ${due.loan}`,
});
