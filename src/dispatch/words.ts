import { type Day, decimalsOf, formatDay, formatMoney, type Minor, type PromisePart } from "../core/index.ts";

/** What a message says about the debt: figures that were derived, never computed here. */
export interface Owed {
  readonly lender: string;
  readonly currency: string;
  readonly loans: number;
  readonly dpd: number;
  readonly dueOn: Day;
  readonly asOf: Day;
  readonly total: Minor;
  readonly lateInterest: Minor;
  /** He contests a part, which is left out of these sums. */
  readonly partDisputed?: boolean;
  /** What the borrower promised, where the message reminds him of it. */
  readonly promised?: PromisePart;
  /** The loan that has ended, of several the first, where the message says so. */
  readonly ended?: {
    readonly how: "paid-off" | "settled";
    readonly principal: Minor;
    readonly disbursedOn: Day;
  };
  /** The last day of an offer that was not accepted, where the message says that it lapsed. */
  readonly offerOver?: Day;
  /** Who will collect for the lender, where the message is the notice of it. */
  readonly outsourcedTo?: string;
}

type Words = (owed: Owed) => string;

/** The amount as people of the language write it; the currency always with it. */
const sum = (amount: Minor, { currency }: Owed, language: "en" | "zh"): string => {
  const figure = formatMoney(amount, decimalsOf(currency));
  return language === "zh" && currency === "CNY" ? `${figure}元` : `${currency} ${figure}`;
};
const oneOrMore = (loans: number): string => (loans === 1 ? "your loan" : `${loans} of your loans`);

/**
 * Texts by language: who writes, how much, since when, what to do, how to object. No threat and no consequence is
 * named. Templates of a lender's own come with the channels. The rules on words let each of them pass (test/words).
 */
const BEFORE: Record<"en" | "zh", Words> = {
  en: (owed) =>
    `${owed.lender}: ${sum(owed.total, owed, "en")} falls due on ${formatDay(owed.dueOn)} on ${oneOrMore(owed.loans)}. If you cannot pay in time, ask us about smaller parts or a later day. If the amount is wrong, please contact us: we check it before we ask again.`,
  zh: (owed) =>
    `【${owed.lender}】您的贷款将于${formatDay(owed.dueOn)}到期，应还${sum(owed.total, owed, "zh")}。如暂时无法还款，可与我们协商分期或延期；如对金额有异议，请与我们联系，我们将先核查。`,
};

const OVERDUE: Record<"en" | "zh", Words> = {
  en: (owed) =>
    `${owed.lender}: ${sum(owed.total, owed, "en")} is past due on ${oneOrMore(owed.loans)} since ${formatDay(owed.dueOn)} (as of ${formatDay(owed.asOf)}, late interest ${sum(owed.lateInterest, owed, "en")} included). Please pay only through our own channels. If you cannot pay, ask us about smaller parts or a later day. If you have paid, or the amount is wrong, please contact us: we check it before we ask again.`,
  zh: (owed) =>
    `【${owed.lender}】您有${owed.loans}笔贷款自${formatDay(owed.dueOn)}起逾期，截至${formatDay(owed.asOf)}应还${sum(owed.total, owed, "zh")}（含逾期利息${sum(owed.lateInterest, owed, "zh")}）。请仅通过我们的官方渠道还款。如暂时无法还款，可与我们协商分期或延期；如已还款或对金额有异议，请与我们联系，我们将先核查。`,
};

const PROMISED: Record<"en" | "zh", (owed: Owed, promised: PromisePart) => string> = {
  en: (owed, { on, amount }) =>
    `${owed.lender}: thank you for telling us that you will pay ${sum(amount, owed, "en")} on ${formatDay(on)}. Please pay only through our own channels. If something has come in between, ask us about smaller parts or a later day. If you have paid, or the amount is wrong, please contact us: we check it before we ask again.`,
  zh: (owed, { on, amount }) =>
    `【${owed.lender}】您此前告知将于${formatDay(on)}还款${sum(amount, owed, "zh")}，特此提醒。请仅通过我们的官方渠道还款。如届时无法还款，可与我们协商分期或延期；如已还款或对金额有异议，请与我们联系，我们将先核查。`,
};

const OUTSOURCED: Record<"en" | "zh", (owed: Owed, agency: string) => string> = {
  en: (owed, agency) =>
    `${owed.lender}: ${sum(owed.total, owed, "en")} is past due on ${oneOrMore(owed.loans)} since ${formatDay(owed.dueOn)}. We have mandated ${agency} to collect it for us. Please pay only through our own channels. If you cannot pay, ask us about smaller parts or a later day. If you have paid, or the amount is wrong, please contact us: we check it before we ask again.`,
  zh: (owed, agency) =>
    `【${owed.lender}】您有${owed.loans}笔贷款自${formatDay(owed.dueOn)}起逾期，应还${sum(owed.total, owed, "zh")}。我司已委托${agency}协助催收，特此告知。请仅通过我们的官方渠道还款。如暂时无法还款，可与我们协商分期或延期；如已还款或对金额有异议，请与我们联系，我们将先核查。`,
};

/** Nothing is asked for in it. */
const OFFER_OVER: Record<"en" | "zh", (owed: Owed, lastOn: Day) => string> = {
  en: (owed, lastOn) =>
    `${owed.lender}: the plan that we offered you for your loan could be accepted until ${formatDay(lastOn)}, and is no longer open. Nothing was agreed; the loan goes on by its contract. If you cannot pay, you can ask us for help again.`,
  zh: (owed, lastOn) =>
    `【${owed.lender}】我们就您的贷款提出的还款方案有效期至${formatDay(lastOn)}，现已失效；双方未达成协议，贷款仍按原合同履行。如暂时无法还款，您可以再次申请协商。`,
};

type Ended = NonNullable<Owed["ended"]>;

/** Which loan: the reader may have others, and must not take them for paid. */
const ENDED: Record<"en" | "zh", (owed: Owed, ended: Ended) => string> = {
  en: (owed, { how, principal, disbursedOn }) => {
    const one = `your loan of ${sum(principal, owed, "en")} of ${formatDay(disbursedOn)} is`;
    const which = owed.loans === 1 ? one : `${owed.loans} of your loans are`;
    const done = how === "settled" ? "settled as agreed" : "paid in full";
    return `${owed.lender}: ${which} ${done}. Nothing is owed on ${owed.loans === 1 ? "it" : "them"} any more. Thank you. If you need this in writing, or something is not right, please contact us.`;
  },
  zh: (owed, { how, principal, disbursedOn }) => {
    const one = `您于${formatDay(disbursedOn)}借入的${sum(principal, owed, "zh")}贷款`;
    const which = owed.loans === 1 ? one : `您的${owed.loans}笔贷款`;
    const done = how === "settled" ? "已按约定和解结清" : "已全部结清";
    return `【${owed.lender}】${which}${done}，不再有应还款项，感谢您的还款。如需结清证明或有疑问，请与我们联系。`;
  },
};

const PART_DISPUTED = {
  en: " The part that you dispute is being checked and is not asked for meanwhile.",
  zh: "您有异议的部分正在核查，核查期间不要求支付。",
} as const;

export function textOf(language: "en" | "zh", owed: Owed): string {
  if (owed.ended) return ENDED[language](owed, owed.ended);
  if (owed.offerOver !== undefined) return OFFER_OVER[language](owed, owed.offerOver);
  if (owed.promised) return PROMISED[language](owed, owed.promised);
  const text =
    owed.outsourcedTo === undefined
      ? (owed.dpd > 0 ? OVERDUE : BEFORE)[language](owed)
      : OUTSOURCED[language](owed, owed.outsourcedTo);
  return owed.partDisputed ? `${text}${PART_DISPUTED[language]}` : text;
}

/** The figures that a template can name, as people of the language write them. */
export const FIGURES = [
  "lender",
  "amount",
  "currency",
  "due_on",
  "as_of",
  "dpd",
  "loans",
  "late_interest",
] as const;
export type Figure = (typeof FIGURES)[number];

export function figuresOf(owed: Owed): Readonly<Record<Figure, string>> {
  const decimals = decimalsOf(owed.currency);
  return {
    lender: owed.lender,
    amount: formatMoney(owed.total, decimals),
    currency: owed.currency,
    due_on: formatDay(owed.dueOn),
    as_of: formatDay(owed.asOf),
    dpd: String(Math.max(0, owed.dpd)),
    loans: String(owed.loans),
    late_interest: formatMoney(owed.lateInterest, decimals),
  };
}
