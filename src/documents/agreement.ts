import { type Day, formatDay, formatMoney, type HardshipOffer, type Minor } from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import type { Paper } from "./papers/paper.ts";

/** What an agreement on a plan is filled from. Nothing in it is computed. */
export interface AgreementFacts {
  readonly reference: string;
  readonly lender: string;
  /** His name where it is kept; else what the lender calls him. */
  readonly borrower: string;
  readonly loan: string;
  readonly currency: string;
  readonly decimals: number;
  readonly offer: HardshipOffer;
  /** The day of the offer, from which the new plan counts. */
  readonly on: Day;
}

export type AgreementLanguage = "zh-CN" | "en";

/** An agreement as lines: a title, paragraphs, and the table of payments. */
export interface AgreementText {
  readonly title: string;
  readonly parties: readonly string[];
  readonly clauses: readonly string[];
  readonly payments: readonly (readonly [day: string, amount: string])[];
  readonly total: string;
  readonly heads: readonly [string, string];
}

/**
 * The agreement in plain words.
 *
 * Takes   the offer as it was made: every sum and day is its own.
 * Holds   the same facts make the same text: it is accepted by its SHA-256, and kept word for word with the acceptance.
 * Source  Civil Code arts 195, 543 and 695; law/house/requests.md, "grace".
 */
export function agreement(facts: AgreementFacts, language: AgreementLanguage): AgreementText {
  return language === "zh-CN" ? chinese(facts) : english(facts);
}

/** The text that is accepted: one line a paragraph, each ending with a line feed. */
export function agreementText({ title, parties, clauses, payments, heads, total }: AgreementText): string {
  const rows = payments.map(([day, amount], i) => `${i + 1}  ${day}  ${amount}`);
  return `${[title, ...parties, ...clauses.map((clause, i) => `${i + 1}. ${clause}`), `${heads[0]}  ${heads[1]}`, ...rows, total].join("\n")}\n`;
}

const sumOf = ({ currency, decimals }: AgreementFacts, amount: Minor): string =>
  `${currency} ${formatMoney(amount, decimals)}`;

const PLAN_TITLE: Words = { en: "Agreement on a payment plan", zh: "分期还款协议" };
const TITLES: Readonly<Record<string, Words>> = {
  settlement: { en: "Settlement agreement", zh: "和解结清协议" },
  extension: { en: "Agreement on more time", zh: "展期协议" },
};

function english(facts: AgreementFacts): AgreementText {
  const { reference, lender, borrower, loan, offer, on } = facts;
  const money = (amount: Minor): string => sumOf(facts, amount);
  const { change, payments, total, graceDays, missesForgiven } = offer;
  const settles = change.change === "settlement";
  return {
    title: `${TITLES[change.change]?.en ?? PLAN_TITLE.en} ${reference}`,
    parties: [`Lender: ${lender}`, `Borrower: ${borrower}`, `Loan: ${loan}`, `Counts from: ${formatDay(on)}`],
    clauses: [
      settles
        ? `The borrower pays ${money(change.amount)} by ${formatDay(change.by)}. It is then accepted for all that is owed on the loan. If it is not paid by that day, nothing is given up.`
        : `From ${formatDay(on)} on the borrower pays what the table says, on the days that it says: ${payments.length} payments. It takes the place of the plan that the loan had before.`,
      ...(settles
        ? []
        : [`All payments together are ${money(total)}. Nothing is added while the plan is kept.`]),
      ...(settles
        ? []
        : [
            `While the plan is kept the lender makes no collection calls, messages, letters or visits about this loan and takes no step before a court. A reminder before a payment is none of these.`,
            `A payment that is missed and made up within ${graceDays} days, with the contract's late interest for these days, is no breach. This holds for ${missesForgiven} missed ${missesForgiven === 1 ? "payment" : "payments"}. The borrower is told at once when a payment is missed.`,
            `If a payment is not made up in that time, or more payments are missed, the lender may collect what is late as before. What was paid stays paid. Nothing else follows by itself.`,
          ]),
      `The borrower may pay earlier at any time without a charge.`,
      `By this agreement the borrower acknowledges the debt. The time in which it can be claimed before a court begins anew.`,
      ...guarantorClauses(facts).map(({ en }) => en),
      `How the loan is shown in the credit record follows from what is late by this plan; earlier late months stay as they were.`,
    ],
    payments: payments.map((one) => [formatDay(one.on), money(one.amount)]),
    heads: ["day", "amount"],
    total: `In all: ${money(total)}`,
  };
}

function chinese(facts: AgreementFacts): AgreementText {
  const { reference, lender, borrower, loan, offer, on } = facts;
  const money = (amount: Minor): string => sumOf(facts, amount);
  const { change, payments, total, graceDays, missesForgiven } = offer;
  const settles = change.change === "settlement";
  return {
    title: `${TITLES[change.change]?.zh ?? PLAN_TITLE.zh} ${reference}`,
    parties: [`出借人：${lender}`, `借款人：${borrower}`, `贷款：${loan}`, `起算日：${formatDay(on)}`],
    clauses: [
      settles
        ? `借款人于 ${formatDay(change.by)} 前支付 ${money(change.amount)}，即视为该笔贷款全部结清。逾期未支付的，出借人不作任何减免。`
        : `自 ${formatDay(on)} 起，借款人按下表所列日期和金额还款，共 ${payments.length} 期；原还款计划不再执行。`,
      ...(settles ? [] : [`各期合计 ${money(total)}。按约履行期间不再加收任何款项。`]),
      ...(settles
        ? []
        : [
            `按约履行期间，出借人不就该笔贷款进行电话、短信、信函、上门催收，也不采取诉讼措施；还款日前的提醒不在此限。`,
            `未按期支付而在 ${graceDays} 日内连同该期间依原约定计算的逾期利息一并补足的，不视为违约；以 ${missesForgiven} 次为限。发生未按期支付的，出借人即时告知借款人。`,
            `宽限期内未补足或者超过前述次数的，出借人可以依原约定催收逾期部分；已付款项仍然有效，此外不当然发生其他后果。`,
          ]),
      `借款人可以随时提前还款，不收取任何费用。`,
      `借款人以本协议确认债务，诉讼时效自协议达成之日起重新计算。`,
      ...guarantorClauses(facts).map(({ zh }) => zh),
      `征信记录按本协议的履行情况报送；此前的逾期记录不因本协议而改变。`,
    ],
    payments: payments.map((one) => [formatDay(one.on), money(one.amount)]),
    heads: ["日期", "金额"],
    total: `合计：${money(total)}`,
  };
}

/** What it means for whoever answers for the loan: with his consent, without it, and where none is needed. */
function guarantorClauses(facts: AgreementFacts): readonly Words[] {
  const { guarantor: name, heavier, validUntil } = facts.offer;
  if (name === undefined) return [];
  if (heavier === undefined)
    return [
      {
        en: `It counts once the guarantor, ${name}, has consented in writing.`,
        zh: `本协议经保证人 ${name} 书面同意后生效。`,
      },
    ];
  if (heavier === 0)
    return [
      {
        en: `The guarantor, ${name}, goes on to answer for what is owed by this agreement. It asks for no more than the contract did. The time in which he answers does not move unless he consents in writing.`,
        zh: `本协议未加重债务，保证人 ${name} 仍对变更后的债务承担保证责任；未经其书面同意，保证期间不变。`,
      },
    ];
  const sum = sumOf(facts, heavier);
  return [
    {
      en: `By this agreement ${sum} more is paid in all than by the contract. The guarantor, ${name}, is asked for his written consent. The agreement counts once he has given it, or once the lender has declared by ${formatDay(validUntil)} that it goes on without him. Without his consent he does not answer for these ${sum}, and the time in which he answers does not move.`,
      zh: `按本协议还款，合计比原合同多 ${sum}。出借人征求保证人 ${name} 的书面同意；本协议自保证人书面同意之日，或者出借人于 ${formatDay(validUntil)} 前声明不经其同意继续履行之日起生效。未经保证人书面同意的，保证人对该 ${sum} 不承担保证责任，保证期间不变。`,
    },
  ];
}

/** The same as a page to keep: title, parties, clauses, the table of payments; every word is the text's own. */
export function agreementPaper(
  { title, parties, clauses, payments, heads, total }: AgreementText,
  {
    on,
    accepted,
    language,
  }: { readonly on: Day; readonly accepted?: string; readonly language: AgreementLanguage },
): Paper {
  return {
    kind: "settlement",
    on,
    title,
    blocks: [
      ...parties.map((text) => ({ kind: "plain" as const, text })),
      ...clauses.map((clause, i) => ({ kind: "plain" as const, text: `${i + 1}. ${clause}` })),
      {
        kind: "table",
        caption: title,
        columns: [
          { head: heads[0], align: "left" },
          { head: heads[1], align: "right" },
        ],
        rows: payments.map((row) => [...row]),
        total: false,
      },
      { kind: "plain", text: total },
    ],
    signature: accepted === undefined ? [] : [accepted],
    fields: [],
    language,
  };
}
