import { type Day, formatDay, formatMoney, type Minor } from "../core/index.ts";

/** What a message says about the debt: figures that were derived, never computed here. */
export interface Owed {
  readonly lender: string;
  readonly loans: number;
  readonly dpd: number;
  readonly dueOn: Day;
  readonly asOf: Day;
  readonly total: Minor;
  readonly lateInterest: Minor;
}

type Words = (owed: Owed) => string;

const sum = (amount: Minor): string => formatMoney(amount);

/**
 * Texts by language: who writes, how much, since when, what to do, how to object. No threat and no consequence is
 * named. Templates of a lender's own come with the channels.
 */
const BEFORE: Record<"en" | "zh", Words> = {
  en: (owed) =>
    `${owed.lender}: ${sum(owed.total)} falls due on ${formatDay(owed.dueOn)}. If you cannot pay in time, or the amount is wrong, please contact us.`,
  zh: (owed) =>
    `【${owed.lender}】您的贷款将于${formatDay(owed.dueOn)}到期，应还${sum(owed.total)}元。如暂时无法还款或对金额有异议，请与我们联系。`,
};

const OVERDUE: Record<"en" | "zh", Words> = {
  en: (owed) =>
    `${owed.lender}: ${sum(owed.total)} is past due on ${owed.loans} of your loans since ${formatDay(owed.dueOn)} (as of ${formatDay(owed.asOf)}, late interest ${sum(owed.lateInterest)} included). Please pay only through our own channels. If you have paid, cannot pay, or the amount is wrong, please contact us.`,
  zh: (owed) =>
    `【${owed.lender}】您有${owed.loans}笔贷款自${formatDay(owed.dueOn)}起逾期，截至${formatDay(owed.asOf)}应还${sum(owed.total)}元（含逾期利息${sum(owed.lateInterest)}元）。请仅通过我们的官方渠道还款。如您已还款、暂时无法还款或对金额有异议，请与我们联系。`,
};

export function textOf(language: "en" | "zh", owed: Owed): string {
  return (owed.dpd > 0 ? OVERDUE : BEFORE)[language](owed);
}
