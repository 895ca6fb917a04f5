import type { Day } from "../../src/core/index.ts";

/**
 * The validation notice as data, and what it lacks. Nothing is printed here: the order of the fields is that of Model Form
 * B-1, and its words are those of the Bureau's English form.
 *
 * Source  12 CFR 1006.34(c) and (d); Appendix B, B-1.
 */

/** An amount as its notice shows it: in minor units. Nothing charged or paid is 0 and never left out. */
export type Shown = number;

export interface Party {
  readonly name: string;
  /** Lines of a mailing address. */
  readonly address: readonly string[];
}

export type ItemizationDate = "last-statement" | "charge-off" | "last-payment" | "transaction" | "judgment";

export interface Itemization {
  readonly date: ItemizationDate;
  readonly on: Day;
  /** Owed on that date, with the fees, interest and charges of then. */
  readonly amount: Shown;
  readonly interest: Shown;
  readonly fees: Shown;
  readonly paid: Shown;
}

export interface ValidationNotice {
  /** 18(e)(1) on a first communication; 18(e)(2) will do on a later one. */
  readonly disclosure: string;
  readonly collector: Party;
  /** The most complete and accurate version of his name that the collector knows. */
  readonly consumer: Party & { readonly knownName?: string };
  /** To whom it was owed on the itemization date; for consumer financial products and services. */
  readonly creditorThen?: string;
  readonly creditorNow: string;
  readonly accountNumber?: {
    readonly shown: string;
    readonly full: string;
    /** The reference date by which the number was found, where that is known. */
    readonly asOf?: ItemizationDate;
  };
  readonly itemization: Itemization | { readonly separatePage: string };
  /** Current amount; of several debts on one notice, their sum. */
  readonly amountNow: Shown;
  readonly debts?: readonly { readonly amountNow: Shown }[];
  /** The end of the validation period, as each of the three statements names it. */
  readonly endsOn: { readonly dispute: Day; readonly originalCreditor: Day; readonly assumedValid: Day };
  readonly protectionsPage?: string;
  readonly electronic: boolean;
  readonly electronicDisputes?: string;
  readonly electronicRequests?: string;
  readonly prompts: readonly string[];
  /** Whether the tear-off repeats both names and addresses. */
  readonly tearOffAddresses: boolean;
  readonly isFinancialProduct: boolean;
  readonly language?: string;
  /** Whether the consumer has the English notice already, or gets it with this one. */
  readonly english?: boolean;
  readonly optional?: {
    readonly phone?: string;
    readonly reference?: string;
    readonly paymentOptions?: boolean;
    readonly reverse?: { readonly text: string; readonly front?: string };
    readonly brand?: string;
  };
}

/** The prompts of the tear-off, in this order; the words or substantially similar ones. */
export const PROMPTS: readonly string[] = [
  "I want to dispute the debt because I think:",
  "This is not my debt.",
  "The amount is wrong.",
  "Other (please describe on reverse or attach additional information).",
  "I want you to send me the name and address of the original creditor.",
];

export const PROTECTIONS_PAGE = "www.cfpb.gov/debt-collection";

export interface Field {
  readonly name: string;
  readonly at: string;
  readonly words?: string;
  readonly optional?: true;
}

/** The fields of Model Form B-1 from top to bottom. */
export const FORM_B1: readonly Field[] = [
  { name: "collector name and address", at: "1006.34(c)(2)(i)" },
  { name: "phone and hours", at: "1006.34(d)(3)(i)", optional: true },
  { name: "website and e-mail", at: "1006.34(d)(3)(v)", optional: true },
  { name: "consumer name and address", at: "1006.34(c)(2)(ii)", words: "To:" },
  { name: "reference", at: "1006.34(d)(3)(ii)", words: "Reference:", optional: true },
  {
    name: "disclosure",
    at: "1006.34(c)(1)",
    words: "is a debt collector. We are trying to collect a debt that you owe to",
  },
  { name: "creditor on the itemization date", at: "1006.34(c)(2)(iii)", words: "Our information shows:" },
  { name: "account number", at: "1006.34(c)(2)(iv)", words: "with account number" },
  { name: "current creditor", at: "1006.34(c)(2)(v)" },
  { name: "itemization date", at: "1006.34(c)(2)(vi)", words: "As of" },
  { name: "amount on the itemization date", at: "1006.34(c)(2)(vii)", words: "you owed:" },
  { name: "interest since", at: "1006.34(c)(2)(viii)", words: "You were charged this amount in interest:" },
  { name: "fees since", at: "1006.34(c)(2)(viii)", words: "You were charged this amount in fees:" },
  {
    name: "payments and credits since",
    at: "1006.34(c)(2)(viii)",
    words: "You paid or were credited this amount toward the debt:",
  },
  { name: "current amount", at: "1006.34(c)(2)(ix)", words: "Total amount of the debt now:" },
  {
    name: "reverse side",
    at: "1006.34(d)(3)(iv)(A)",
    words: "Notice: See reverse side for important information.",
    optional: true,
  },
  { name: "assumed valid", at: "1006.34(c)(3)(iii)", words: "How can you dispute the debt?" },
  { name: "dispute", at: "1006.34(c)(3)(i)", words: "we must stop collection on any amount you dispute" },
  { name: "electronic disputes", at: "1006.34(c)(3)(v)", words: "We accept disputes electronically at" },
  { name: "original creditor", at: "1006.34(c)(3)(ii)", words: "What else can you do?" },
  { name: "protections", at: "1006.34(c)(3)(iv)", words: PROTECTIONS_PAGE },
  {
    name: "payment options",
    at: "1006.34(d)(3)(iii)(A)",
    words: "Contact us about your payment options.",
    optional: true,
  },
  { name: "prompts", at: "1006.34(c)(4)(i)", words: "How do you want to respond? Check all that apply:" },
  { name: "original-creditor prompt", at: "1006.34(c)(4)(ii)" },
  { name: "addresses of the tear-off", at: "1006.34(c)(4)(iii)", words: "Mail this form to:" },
];

export interface Lack {
  readonly field: string;
  readonly at: string;
  readonly says: string;
}

/**
 * What the notice lacks, in the order of the form; nothing: it has all that 1006.34(c) asks for. Whether it is clear and
 * conspicuous, and whether a translation is complete and accurate, no program sees.
 */
export function lacksOf(notice: ValidationNotice): readonly Lack[] {
  const lacks: Lack[] = [];
  const need = (fine: boolean, field: string, at: string, says: string): void => {
    if (!fine) lacks.push({ field, at: `1006.34${at}`, says });
  };
  const { collector, consumer, itemization, endsOn, optional = {} } = notice;
  need(hasAddress(collector), "collector", "(c)(2)(i)", "name, and the address that takes disputes");
  need(hasAddress(consumer), "consumer", "(c)(2)(ii)", "name and address");
  need(
    consumer.knownName === undefined || consumer.name === consumer.knownName,
    "consumer",
    "(c)(2)(ii)",
    `the most complete name known: ${consumer.knownName ?? ""}`,
  );
  need(filled(notice.disclosure), "disclosure", "(c)(1)", "who writes and why");
  need(
    !notice.isFinancialProduct || filled(notice.creditorThen),
    "creditorThen",
    "(c)(2)(iii)",
    "the creditor on the itemization date",
  );
  need(filled(notice.creditorNow), "creditorNow", "(c)(2)(v)", "the current creditor");
  need(
    isRecognizable(notice.accountNumber),
    "accountNumber",
    "(c)(2)(iv)",
    "a part of the number that can be recognized",
  );
  if ("separatePage" in itemization) {
    need(
      filled(itemization.separatePage),
      "itemization",
      "(c)(2)(viii)",
      "a line that names the separate page",
    );
  } else {
    for (const part of ["amount", "interest", "fees", "paid"] as const) {
      need(
        isShown(itemization[part]),
        part,
        part === "amount" ? "(c)(2)(vii)" : "(c)(2)(viii)",
        "0 or none, never blank",
      );
    }
    need(
      notice.accountNumber?.asOf === undefined || notice.accountNumber.asOf === itemization.date,
      "itemization",
      "(b)(3)",
      "one reference date for everything that is told of the debt",
    );
    const { amount, interest, fees, paid } = itemization;
    need(
      amount + interest + fees - paid === notice.amountNow,
      "amountNow",
      "(c)(2)(ix)",
      "the sum of the itemization",
    );
  }
  need(isShown(notice.amountNow), "amountNow", "(c)(2)(ix)", "the amount as of now");
  if (notice.debts !== undefined) {
    const sum = notice.debts.reduce((total, { amountNow }) => total + amountNow, 0);
    need(sum === notice.amountNow, "amountNow", "(c)(2)(ix)", "the sum of all debts on the notice");
  }
  need(
    endsOn.dispute === endsOn.originalCreditor && endsOn.dispute === endsOn.assumedValid,
    "endsOn",
    "(c)(3)",
    "one end of the validation period in all three statements",
  );
  need(
    !notice.isFinancialProduct || notice.protectionsPage === PROTECTIONS_PAGE,
    "protectionsPage",
    "(c)(3)(iv)",
    PROTECTIONS_PAGE,
  );
  need(
    !notice.electronic || (filled(notice.electronicDisputes) && filled(notice.electronicRequests)),
    "electronic",
    "(c)(3)(v)",
    "how to dispute and to ask electronically",
  );
  need(
    (notice.language ?? "en") !== "en" ||
      (notice.prompts.length === PROMPTS.length &&
        PROMPTS.every((words, at) => notice.prompts[at] === words)),
    "prompts",
    "(c)(4)",
    `in this order: ${PROMPTS.join(" / ")}`,
  );
  need(notice.tearOffAddresses, "tearOff", "(c)(4)(iii)", "both names and addresses");
  need(
    (notice.language ?? "en") === "en" || notice.english === true,
    "language",
    "(e)(1)",
    "the English notice with it or before",
  );
  need(
    optional.reverse === undefined || filled(optional.reverse.front),
    "reverse",
    "(d)(3)(iv)(A)",
    "a line on the front that names the reverse",
  );
  return lacks;
}

const filled = (text: string | undefined): boolean => text !== undefined && text.trim() !== "";
const hasAddress = ({ name, address }: Party): boolean => filled(name) && address.some(filled);
const isShown = (amount: number | undefined): boolean => Number.isSafeInteger(amount);

/** The last four digits of a card, say: its own digits, at least four where it has so many. */
function isRecognizable(number: ValidationNotice["accountNumber"]): boolean {
  if (number === undefined) return true;
  const [shown, full] = [number.shown, number.full].map((text) => text.replace(/[^0-9A-Za-z]/g, ""));
  return shown!.length >= Math.min(4, full!.length) && full!.endsWith(shown!);
}
