import {
  type Arrears,
  type Day,
  type Minor,
  minor,
  type Position,
  type StatementLine,
} from "../core/index.ts";
import { WORDS as FRAME, linkButton, type Page } from "./frame.ts";
import { type Html, html, type Shown } from "./html.ts";
import { dayText, moneyText, type Said, type Show, say } from "./show.ts";

/** How a loan came to what it is: then + interest + late interest + fees − paid − given up = now. Minor units. */
export interface Whole {
  readonly lent: Minor;
  readonly interest: Minor;
  readonly lateInterest: Minor;
  readonly fees: Minor;
  readonly paid: Minor;
  /** Waived or settled; never below zero. */
  readonly givenUp: Minor;
  readonly now: Minor;
}

/** One loan of the reader, with the figures of a day. */
export interface LoanShown {
  readonly id: string;
  readonly currency: string;
  readonly decimals: number;
  readonly principal: Minor;
  readonly disbursedOn: Day;
  readonly position: Position;
  /** What the reader contests of it, and is not asked for meanwhile; absent where he contests nothing. */
  readonly disputed?: Minor;
  /** Absent where the lender's own system keeps the account and reports only what stands. */
  readonly whole?: Whole;
}

/**
 * What the lines of a statement come to. An entry that was taken back has no line.
 *
 * Holds   lent + interest + lateInterest + fees − paid − givenUp = now = the last balance.
 */
export function wholeOf(lines: readonly StatementLine[]): Whole {
  let [lent, interest, lateInterest, fees, paid, givenUp, before] = [0, 0, 0, 0, 0, 0, 0];
  for (const line of lines) {
    const more = line.balance - before;
    before = line.balance;
    if (line.kind === "payout") lent += more;
    else if (line.kind === "interest") interest += more;
    else if (line.kind === "late-interest") lateInterest += more;
    else if (line.kind === "late-fee") fees += more;
    else if (line.kind === "fact") {
      const { kind } = line.fact;
      if (kind === "PaymentReceived" || kind === "RefundPaid") paid -= more;
      else if (kind === "ChargeAdded") fees += more;
      else if (more < 0) givenUp -= more;
      else fees += more;
    }
  }
  return {
    lent: minor(lent),
    interest: minor(interest),
    lateInterest: minor(lateInterest),
    fees: minor(fees),
    paid: minor(paid),
    givenUp: minor(givenUp),
    now: minor(before),
  };
}

export const isOpen = ({ position }: LoanShown): boolean =>
  position.status === "open" || position.status === "written-off";

/** What stands past due over loans of one currency. */
export function lateOf(loans: readonly LoanShown[]): Arrears {
  const sum = (part: keyof Arrears): Minor =>
    minor(loans.reduce((all, { position }) => all + position.arrears[part], 0));
  return {
    principal: sum("principal"),
    interest: sum("interest"),
    lateInterest: sum("lateInterest"),
    compoundInterest: sum("compoundInterest"),
    fee: sum("fee"),
    penalty: sum("penalty"),
    recoveryCost: sum("recoveryCost"),
    total: sum("total"),
  };
}

export interface First {
  /** Only the first character of the reader's name. */
  readonly who: string;
  /** The day of the figures. */
  readonly on: Day;
  readonly loans: readonly LoanShown[];
  /** Agreements and requests that stand, one line each with its page. */
  readonly standing: readonly { readonly says: Said; readonly href: string }[];
}

const W = {
  late: { zh: "今天逾期未还", en: "Late today" },
  none: { zh: "今天没有逾期", en: "Nothing is late today" },
  nothing: { zh: "您不欠款", en: "You owe nothing" },
  nothingSays: {
    zh: "您在这家出借人名下没有未结清的贷款。",
    en: "You have no open loan with this lender.",
  },
  asOf: { zh: (day: string) => `截至 ${day}`, en: (day: string) => `As of ${day}` },
  who: {
    zh: (lender: string, who: string) => `出借人${lender}给${who}的页面。`,
    en: (lender: string, who: string) => `From the lender ${lender}, for ${who}. `,
  },
  whoNamed: { zh: "这是给您的页面。", en: "This page is for you." },
  real: {
    zh: "是真的吗？请打合同上的电话问，不用短信里的号码。",
    en: "Is it real? Ask at the number on your contract, not at one from a message.",
  },
  realMore: { zh: "怎样核实", en: "How to check" },
  next: {
    zh: (sum: string, day: string) => `下一次应还：${day}，${sum}。`,
    en: (sum: string, day: string) => `Next payment: ${sum} on ${day}.`,
  },
  noNext: { zh: "没有后续的到期日。", en: "Nothing else falls due." },
  by: {
    zh: (sum: string, day: string) => `${day}当天还 ${sum}，就没有逾期。`,
    en: (sum: string, day: string) => `Pay ${sum} by ${day} and nothing is late.`,
  },
  disputed: {
    zh: (sum: string) => `其中 ${sum} 您有异议，答复前不要求支付。`,
    en: (sum: string) => `Of this you dispute ${sum}. It is not asked for until we have answered.`,
  },
  whole: { zh: "从借款到今天，含未到期的", en: "From the loan to today, due or not" },
  lent: { zh: "借到", en: "You borrowed" },
  interest: { zh: "＋ 利息", en: "+ interest" },
  lateInterest: { zh: "＋ 逾期利息", en: "+ late interest" },
  fees: { zh: "＋ 费用", en: "+ fees" },
  paid: { zh: "− 您已还", en: "− you paid" },
  givenUp: { zh: "− 减免", en: "− given up by the lender" },
  now: { zh: "＝ 今天结清需", en: "= to pay off today" },
  latePart: { zh: "其中今天逾期", en: "of this, late today" },
  lateIs: { zh: "逾期部分的构成", en: "What the late sum is made of" },
  principal: { zh: "本金", en: "principal" },
  partInterest: { zh: "利息", en: "interest" },
  partFees: { zh: "费用", en: "fees" },
  fed: {
    zh: "账目由出借人的核心系统保管，此处只有其报告的数字。",
    en: "The lender's own system keeps this account. Only what it reported stands here.",
  },
  mine: { zh: "这是您的贷款吗？", en: "Is this yours?" },
  yes: { zh: "是，接下来呢", en: "Yes, what next" },
  no: { zh: "不是我的", en: "Not mine" },
  wrong: { zh: "金额不对", en: "Wrong sum" },
  cannot: { zh: "我还不起", en: "I cannot pay" },
  ask: { zh: "找人说", en: "Talk to a person" },
  loans: { zh: "各笔贷款", en: "Each loan" },
  loan: { zh: "贷款", en: "Loan" },
  lateDays: { zh: (n: number) => `逾期 ${n} 天`, en: (n: number) => `${n} ${n === 1 ? "day" : "days"} late` },
  onTime: { zh: "没有逾期", en: "not late" },
  ended: { zh: "已了结", en: "over" },
  standing: { zh: "正在办理", en: "Under way" },
  meaning: {
    zh: "欠款是民事问题。还不起本身不是犯罪。",
    en: "Debt is a civil matter. Not being able to pay is no crime in itself.",
  },
} as const;

/** The page on which a frightened reader lands: who, how much, is it real, what next, what can be done, whom to ask. */
export function firstPage(first: First, show: Show): Page {
  const { loans, on } = first;
  const open = loans.filter(isOpen);
  const title = open.length === 0 ? say(W.nothing, show) : heading(open, show);
  return {
    title,
    room: "me",
    body: html`<div class="fold">${identity(first, show)}
${open.length === 0 ? html`<p>${say(W.nothingSays, show)}</p>` : html`${wholeTable(open, show)}${owedNow(open, on, show)}`}</div>
${standingList(first, show)}
${
  open.length > 0 &&
  html`${lateTable(open, show)}
<p class="soft">${say(W.meaning, show)}</p>`
}
${loanList(loans, show)}`,
  };
}

const money = ({ currency, decimals }: LoanShown, amount: number): string =>
  moneyText(amount, currency, decimals);

function heading(open: readonly LoanShown[], show: Show): string {
  const late = lateOf(open).total;
  return late === 0 ? say(W.none, show) : `${say(W.late, show)} ${money(open[0]!, late)}`;
}

function identity({ who }: First, show: Show): Html {
  const { house, language } = show;
  const lines = house.name === undefined ? say(W.whoNamed, show) : W.who[language](house.name, who);
  return html`<p>${lines}${say(W.real, show)} <a href="/check#how">${say(W.realMore, show)}</a></p>`;
}

function owedNow(open: readonly LoanShown[], on: Day, show: Show): Html {
  const { language } = show;
  const [first] = open;
  const late = lateOf(open).total;
  const dues = open.flatMap(({ position }) => position.nextDue ?? []);
  const next = Math.min(...dues.map((due) => due.on)) as Day;
  const sum = dues.filter((due) => due.on === next).reduce((all, { amount }) => all + amount, 0);
  const lines: string[] = [];
  if (late > 0) lines.push(W.by[language](money(first!, late), dayText(on, show)));
  const disputed = open.reduce((all, one) => all + (one.disputed ?? 0), 0);
  if (disputed > 0) lines.push(W.disputed[language](money(first!, disputed)));
  lines.push(
    dues.length > 0 ? W.next[language](money(first!, sum), dayText(next, show)) : say(W.noNext, show),
  );
  return html`<p>${lines.join(language === "zh" ? "" : " ")}</p>
<h2>${say(W.mine, show)}</h2>
<ul class="mine">
<li>${linkButton("/me/next", say(W.yes, show))}</li>
<li>${linkButton("/me/ask/not-mine", say(W.no, show))}</li>
<li>${linkButton("/me/ask/wrong-sum", say(W.wrong, show))}</li>
<li>${linkButton("/me/ways", say(FRAME.ways, show))}</li>
<li>${linkButton("/me/ask/person", say(W.ask, show))}</li>
</ul>`;
}

function standingList({ standing }: First, show: Show): Shown {
  if (standing.length === 0) return undefined;
  return html`<h2>${say(W.standing, show)}</h2><ul>${standing.map(({ says, href }) => html`<li><a href="${href}">${say(says, show)}</a></li>`)}</ul>`;
}

/** The sum of all open loans that this book keeps; each row prints its zero. */
export function wholeTable(open: readonly LoanShown[], show: Show): Shown {
  const kept = open.filter(({ whole }) => whole !== undefined);
  const [first] = kept;
  if (!first) return html`<p class="soft">${say(W.fed, show)}</p>`;
  const sum = (part: keyof Whole): number => kept.reduce((all, { whole }) => all + whole![part], 0);
  const row = (label: Said, amount: number, total = false): Html =>
    html`<tr${total && html` class="total"`}><th scope="row">${say(label, show)}</th><td class="n">${money(first, amount)}</td></tr>`;
  return html`<table class="tight"><caption>${say(W.whole, show)}</caption><tbody>
${row(W.lent, sum("lent"))}${row(W.interest, sum("interest"))}${row(W.lateInterest, sum("lateInterest"))}${row(W.fees, sum("fees"))}${row(W.paid, sum("paid"))}${row(W.givenUp, sum("givenUp"))}${row(W.now, sum("now"), true)}${row(W.latePart, lateOf(kept).total)}
</tbody></table>`;
}

function lateTable(open: readonly LoanShown[], show: Show): Shown {
  const late = lateOf(open);
  const [first] = open;
  if (!first || late.total === 0) return undefined;
  const row = (label: Said, amount: number, total = false): Html =>
    html`<tr${total && html` class="total"`}><th scope="row">${say(label, show)}</th><td class="n">${money(first, amount)}</td></tr>`;
  return html`<table class="tight"><caption>${say(W.lateIs, show)}</caption><tbody>
${row(W.principal, late.principal)}${row(W.interest, late.interest)}${row(W.lateInterest, late.lateInterest)}${row(W.fees, late.fee + late.penalty + late.recoveryCost)}${row(W.late, late.total, true)}
</tbody></table>`;
}

function loanList(loans: readonly LoanShown[], show: Show): Shown {
  if (loans.length === 0) return undefined;
  const { language } = show;
  return html`<h2>${say(W.loans, show)}</h2>
<ul>${loans.map((loan) => {
    const { position } = loan;
    const state = !isOpen(loan)
      ? say(W.ended, show)
      : position.dpd > 0
        ? `${W.lateDays[language](position.dpd)} · ${money(loan, position.arrears.total)}`
        : say(W.onTime, show);
    return html`<li><a href="/me/loans/${loan.id}">${say(W.loan, show)} ${loan.id}</a> · ${money(loan, loan.principal)}, ${dayText(loan.disbursedOn, show)} · ${state}</li>`;
  })}</ul>`;
}

/** One loan: how it came to what it is, and the plan with what is paid of each row. */
export function loanPage(loan: LoanShown, on: Day, show: Show): Page {
  const { position } = loan;
  const rows = position.installments.filter(({ n }) => n > 0);
  return {
    title: `${say(W.loan, show)} ${loan.id}`,
    body: html`<p>${W.asOf[show.language](dayText(on, show))} · ${isOpen(loan) ? (position.dpd > 0 ? W.lateDays[show.language](position.dpd) : say(W.onTime, show)) : say(W.ended, show)}</p>
${wholeTable([loan], show)}
${lateTable([loan], show)}
${rows.length > 0 && planTable(loan, rows, show)}
<p><a href="/me/next?loan=${loan.id}">${say(FRAME.next, show)}</a> · <a href="/me/ways?loan=${loan.id}">${say(FRAME.ways, show)}</a></p>`,
  };
}

const PLAN = {
  head: { zh: "还款计划", en: "The plan of payments" },
  day: { zh: "到期日", en: "due" },
  asked: { zh: "应还", en: "asked for" },
  paid: { zh: "已还", en: "paid" },
} as const;

function planTable(loan: LoanShown, rows: Position["installments"], show: Show): Html {
  return html`<h2>${say(PLAN.head, show)}</h2><div class="scroll" tabindex="0" role="region" aria-label="${say(PLAN.head, show)}"><table class="tight"><thead><tr><th scope="col">${say(PLAN.day, show)}</th><th scope="col" class="n">${say(PLAN.asked, show)}</th><th scope="col" class="n">${say(PLAN.paid, show)}</th></tr></thead><tbody>
${rows.map((row) => html`<tr><th scope="row">${dayText(row.dueOn, show)}</th><td class="n">${money(loan, row.principal + row.interest)}</td><td class="n">${money(loan, row.principalPaid + row.interestPaid)}</td></tr>`)}
</tbody></table></div>`;
}
