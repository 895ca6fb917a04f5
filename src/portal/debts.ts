import { type Day, minor, parseDay, parseRate } from "../core/index.ts";
import {
  type Compared,
  cheapest,
  type DebtPlan,
  NAMED_ORDERS,
  ORDER_WORDS,
  type OwedDebt,
  RELIEF_REFUSALS,
} from "../relief/index.ts";
import { WORDS as FRAME, type Page } from "./frame.ts";
import { helpLine } from "./help.ts";
import { type Html, html, type Shown } from "./html.ts";
import { dayText, moneyText, type Said, type Show, say } from "./show.ts";
import { plainTyped, sumTyped } from "./typed.ts";

/** One debt as it is typed: texts, nothing read yet. */
export interface DebtTyped {
  readonly id: string;
  readonly balance: string;
  readonly rate: string;
  readonly minimum: string;
  readonly legalBy: string;
  readonly legalAmount: string;
}
export const DEBT_FIELDS = ["id", "balance", "rate", "minimum", "legalBy", "legalAmount"] as const;
export type DebtField = (typeof DEBT_FIELDS)[number];
export const NO_DEBT: DebtTyped = {
  id: "",
  balance: "",
  rate: "",
  minimum: "",
  legalBy: "",
  legalAmount: "",
};

const W = {
  intro: {
    zh: "把各家的债务写在一起，看先还哪一笔最省。全部在这台设备上算，不发给任何人。",
    en: "Write all your debts down in one place, and see which to pay first. It is counted on this device. Nothing is sent to anybody.",
  },
  noScript: {
    zh: "您的浏览器没有运行脚本，这一页算不了。可以照着做：先留生活费，再还每笔的最低额，再满足法院或出借人定的日子，余下的还利率最高的一笔。",
    en: "Your browser runs no script, so nothing can be counted here. By hand: keep what you need to live, and pay each minimum. Meet days set by a court or lender. Put the rest into the dearest debt.",
  },
  help: {
    zh: "债务太多，先求助。不要借新还旧。",
    en: "If there are many, ask for help first. Do not borrow to pay.",
  },
  budget: { zh: "每月一共能还多少", en: "What you can pay in a month, in all" },
  budgetHint: { zh: "生活费留下以后，真正剩的。", en: "What is really left after you have lived." },
  debts: { zh: "债务", en: "Debts" },
  debt: { zh: (n: number) => `第 ${n} 笔`, en: (n: number) => `Debt ${n}` },
  add: { zh: "再加一笔", en: "Add one more" },
  remove: { zh: "去掉", en: "Take it out" },
  count: { zh: "算一算", en: "Count it" },
  paste: { zh: "从表格粘贴", en: "Paste from a table" },
  pasteHint: {
    zh: "每行一笔，用逗号或制表符隔开：名称, 欠款, 年利率%, 每月最低, 法定日期, 该日金额。后三项可空。",
    en: "A line each, with commas or tabs: name, owed, percent a year, monthly minimum, legal day, sum of that day. The last three may be empty.",
  },
  take: { zh: "读入", en: "Take them in" },
  badLine: { zh: (n: number) => `第 ${n} 行读不懂。`, en: (n: number) => `Line ${n} could not be read.` },
  keep: { zh: "记在这台设备上", en: "Keep it on this device" },
  keepHint: {
    zh: "不选就不留。用完可以清掉。",
    en: "Nothing is kept unless you choose it. You can clear it at any time.",
  },
  clear: { zh: "清掉所记的", en: "Clear what was kept" },
  save: { zh: "存成文件", en: "Save as a file" },
  saveHint: {
    zh: "要给别人看，您自己发这个文件。",
    en: "To show it to somebody, send him this file yourself.",
  },
  result: { zh: "怎么还最省", en: "Which way is cheapest" },
  first: {
    zh: (order: string) => `先后：${order}。`,
    en: (order: string) => `In this order: ${order}.`,
  },
  ends: {
    zh: (months: number, on: string) => `${months} 个月还完，到 ${on}。`,
    en: (months: number, on: string) =>
      `All paid in ${months} ${months === 1 ? "month" : "months"}, by ${on}.`,
  },
  compared: { zh: "几种还法放在一起", en: "Ways of paying side by side" },
  way: { zh: "还法", en: "way" },
  interest: { zh: "利息共", en: "interest in all" },
  months: { zh: "月数", en: "months" },
  legal: { zh: "错过的日子", en: "days missed" },
  none: { zh: "无", en: "none" },
  never: { zh: "还不清", en: "never ends" },
  plan: { zh: "前几个月怎么还", en: "The first months" },
  more: {
    zh: (n: number) => `还有 ${n} 个月照此进行。`,
    en: (n: number) => `${n} more months go on like this.`,
  },
  below: {
    zh: (names: string) => `这些有的月份低于合同的最低额：${names}。请先和出借人说。`,
    en: (names: string) =>
      `In some months these get less than their contract asks for: ${names}. Speak to the lender first.`,
  },
  missed: {
    zh: (names: string) => `预算赶不上这些日子：${names}。请在那天之前联系法院或出借人，并求助。`,
    en: (names: string) =>
      `The budget does not reach these days: ${names}. Speak to the court or lender before, and ask for help.`,
  },
} as const;

const FIELDS: Readonly<Record<DebtField, Said>> = {
  id: { zh: "名称", en: "Name" },
  balance: { zh: "还欠", en: "Owed" },
  rate: { zh: "年利率 %", en: "Percent a year" },
  minimum: { zh: "每月最低还", en: "Monthly minimum" },
  legalBy: { zh: "法院或出借人定的日子", en: "Day set by a court or lender" },
  legalAmount: { zh: "那天要还", en: "Sum asked for by then" },
};
const WRONG: Readonly<Record<DebtField | "budget", Said>> = {
  id: { zh: "请写一个名称，每笔不同。", en: "Give each a name of its own." },
  balance: { zh: "还欠：请写数字，例如 5000。", en: "Owed: write a number, such as 5000." },
  rate: {
    zh: "年利率：请写数字，例如 18；不知道就看合同。",
    en: "Percent a year: write a number, such as 18. Your contract has it.",
  },
  minimum: {
    zh: "每月最低还：请写数字，或留空。",
    en: "Monthly minimum: write a number, or leave it empty.",
  },
  legalBy: { zh: "日子和金额要一起填。", en: "A legal day has its day and its sum." },
  legalAmount: { zh: "日子和金额要一起填。", en: "A legal day has its day and its sum." },
  budget: { zh: "每月能还：请写数字，例如 1500。", en: "What you can pay: write a number, such as 1500." },
};

export const debtsPage = (show: Show): Page => ({
  title: say(FRAME.debts, show),
  room: "debts",
  island: "debts",
  body: html`<p>${say(W.intro, show)}</p>
<p class="soft">${say(W.help, show)}</p>
${helpLine(show, "legal-aid", "consumer")}
<noscript><p class="note">${say(W.noScript, show)}</p></noscript>
<div id="planner" hidden>
<form id="debts">
<label for="budget">${say(W.budget, show)}</label><span class="hint" id="budget-hint">${say(W.budgetHint, show)}</span><input class="short" id="budget" name="budget" type="text" inputmode="decimal" autocomplete="off" aria-describedby="budget-hint">
<div id="rows">${debtRow(0, NO_DEBT, show)}</div>
<p><button type="button" id="add">${say(W.add, show)}</button></p>
<p><button class="act">${say(W.count, show)}</button></p></form>
<div id="answer" aria-live="polite"></div>
<details><summary>${say(W.paste, show)}</summary><label for="table">${say(W.paste, show)}</label><span class="hint" id="table-hint">${say(W.pasteHint, show)}</span><textarea id="table" autocomplete="off" spellcheck="false" aria-describedby="table-hint"></textarea><p><button type="button" id="take">${say(W.take, show)}</button></p></details>
<label class="pick"><input type="checkbox" id="keep" aria-describedby="keep-hint"><span>${say(W.keep, show)}<span class="hint" id="keep-hint">${say(W.keepHint, show)}</span></span></label>
<p><button type="button" id="save">${say(W.save, show)}</button> <button type="button" id="clear">${say(W.clear, show)}</button></p><p class="hint">${say(W.saveHint, show)}</p>
</div>`,
});

/** The fields of one debt; the island adds and takes them out. */
export function debtRow(at: number, typed: DebtTyped, show: Show): Html {
  const field = (name: DebtField): Html => {
    const id = `${name}-${at}`;
    const type = name === "legalBy" ? "date" : "text";
    const mode = name === "id" || name === "legalBy" ? undefined : html` inputmode="decimal"`;
    return html`<div><label for="${id}">${say(FIELDS[name], show)}</label><input class="short" id="${id}" name="${name}" type="${type}" autocomplete="off"${mode} value="${typed[name]}"></div>`;
  };
  return html`<fieldset data-debt="${at}"><legend>${W.debt[show.language](at + 1)}</legend><div class="grid2">${field("id")}${field("balance")}${field("rate")}${field("minimum")}</div><details${(typed.legalBy !== "" || typed.legalAmount !== "") && html` open`}><summary>${say(FIELDS.legalBy, show)}</summary><div class="grid2">${field("legalBy")}${field("legalAmount")}</div></details>${at > 0 && html`<p><button type="button" class="plain" data-remove="${at}">${say(W.remove, show)}</button></p>`}</fieldset>`;
}

/** A debt as typed, or which field is wrong. */
export function debtOfTyped(typed: DebtTyped): { readonly debt: OwedDebt } | { readonly wrong: DebtField } {
  const balance = sumTyped(typed.balance);
  const rate = parseRate(plainTyped(typed.rate), "year");
  const minimum = typed.minimum.trim() === "" ? minor(0) : sumTyped(typed.minimum);
  if (typed.id.trim() === "") return { wrong: "id" };
  if (balance === undefined || balance <= 0) return { wrong: "balance" };
  if (!rate) return { wrong: "rate" };
  if (minimum === undefined) return { wrong: "minimum" };
  const debt = { id: typed.id.trim(), balance, rate, minimum };
  if (typed.legalBy.trim() === "" && typed.legalAmount.trim() === "") return { debt };
  const by = parseDay(typed.legalBy.trim());
  const amount = sumTyped(typed.legalAmount);
  if (by === undefined) return { wrong: "legalBy" };
  if (amount === undefined) return { wrong: "legalAmount" };
  return { debt: { ...debt, legal: { by, amount } } };
}

/** Lines of a pasted table as they would have been typed; a heading is passed over. */
export function debtsOfTable(text: string): {
  readonly debts: readonly DebtTyped[];
  readonly bad: readonly number[];
} {
  const debts: DebtTyped[] = [];
  const bad: number[] = [];
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === "") continue;
    const cells = line
      .split(line.includes("\t") ? "\t" : /[,，]/)
      .map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    const [id = "", balance = "", rate = "", minimum = "", legalBy = "", legalAmount = ""] = cells;
    const typed = { id, balance, rate, minimum, legalBy, legalAmount };
    const isHead = i === 0 && sumTyped(balance) === undefined;
    if (isHead) continue;
    if ("debt" in debtOfTyped(typed)) debts.push(typed);
    else bad.push(i + 1);
  }
  return { debts, bad };
}

export const badLines = (bad: readonly number[], show: Show): Html =>
  html`<p class="wrong" role="alert">${bad.map((n) => W.badLine[show.language](n)).join(" ")}</p>`;

/** What the typed debts and budget come to: counted by the engine, wherever it runs. */
export function debtsAnswer(typed: readonly DebtTyped[], budgetText: string, asOf: Day, show: Show): Html {
  const { language } = show;
  const wrongs: { at: string; says: Said }[] = [];
  const budget = sumTyped(budgetText);
  if (budget === undefined) wrongs.push({ at: "budget", says: WRONG.budget });
  const debts: OwedDebt[] = [];
  typed.forEach((one, i) => {
    const read = debtOfTyped(one);
    if ("wrong" in read) wrongs.push({ at: `${read.wrong}-${i}`, says: WRONG[read.wrong] });
    else debts.push(read.debt);
  });
  const trouble = (says: Shown): Html => html`<div class="wrong" role="alert">${says}</div>`;
  if (wrongs.length > 0 || budget === undefined)
    return trouble(
      html`<ul>${wrongs.map(({ at, says }) => html`<li><a href="#${at}">${say(says, show)}</a></li>`)}</ul>`,
    );
  const made = cheapest({ asOf, debts, budget });
  if (!made.ok) {
    const { code, says } = made.refusal;
    return trouble(language === "zh" ? (RELIEF_REFUSALS[code] ?? says) : says);
  }
  return planOf(made.value, debts, show);
}

function planOf({ orders, optimum, order }: Compared, debts: readonly OwedDebt[], show: Show): Html {
  const { language } = show;
  const money = (sum: number): string => moneyText(sum, "CNY");
  const names = (ids: readonly string[]): string => ids.join(language === "zh" ? "、" : ", ");
  const row = (name: keyof typeof ORDER_WORDS, plan: DebtPlan | undefined): Html =>
    html`<tr><th scope="row">${ORDER_WORDS[name][language]}</th><td class="n">${plan ? money(plan.interest) : say(W.never, show)}</td><td class="n">${plan ? plan.months.length : "–"}</td><td>${plan && plan.missesLegal.length > 0 ? names(plan.missesLegal) : say(W.none, show)}</td></tr>`;
  const shown = optimum.months.slice(0, 6);
  return html`<h2>${say(W.result, show)}</h2>
<p>${W.first[language](names(order.map((i) => debts[i]!.id)))} ${W.ends[language](optimum.months.length, dayText(optimum.endsOn, show))}</p>
${optimum.missesLegal.length > 0 && html`<p class="note">${W.missed[language](names(optimum.missesLegal))}</p>`}
${optimum.belowMinimum.length > 0 && html`<p class="note">${W.below[language](names(optimum.belowMinimum.map(({ id }) => id)))}</p>`}
<div class="scroll" tabindex="0" role="region" aria-label="${say(W.compared, show)}"><table class="tight"><caption>${say(W.compared, show)}</caption><thead><tr><th scope="col">${say(W.way, show)}</th><th scope="col" class="n">${say(W.interest, show)}</th><th scope="col" class="n">${say(W.months, show)}</th><th scope="col">${say(W.legal, show)}</th></tr></thead><tbody>${row("optimum", optimum)}${NAMED_ORDERS.map((name) => row(name, orders[name]))}</tbody></table></div>
<h3>${say(W.plan, show)}</h3>
<ul>${shown.map(({ on, paid }) => html`<li>${dayText(on, show)}: ${names(debts.flatMap(({ id }, i) => (paid[i]! > 0 ? [`${id} ${money(paid[i]!)}`] : [])))}</li>`)}</ul>
${optimum.months.length > shown.length && html`<p class="soft">${W.more[language](optimum.months.length - shown.length)}</p>`}`;
}

/** As a file of his own, which the command line reads too (`arrears relief plan`). */
export function debtsFile(typed: readonly DebtTyped[]): string {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const money = (text: string): string => (text.trim() === "" ? "" : plainTyped(text));
  return [
    "id,balance,rate_percent_a_year,minimum,legal_by,legal_amount",
    ...typed.map(({ id, balance, rate, minimum, legalBy, legalAmount }) =>
      [cell(id), money(balance), plainTyped(rate), money(minimum), legalBy, money(legalAmount)].join(","),
    ),
    "",
  ].join("\n");
}
