import type { Day, Minor } from "../core/index.ts";

/** What a letter is for. Each kind has its own text, and each text its own place in `letter-text`. */
export type LetterKind =
  | "demand"
  | "acceleration"
  | "final-notice"
  | "dispute-reply"
  | "withdrawal"
  | "settlement-confirmation";

export type DocumentLanguage = "zh-CN" | "en";

/**
 * A letter as data: every figure, name and date that it prints stands here, and nothing is added when it is rendered.
 *
 * Units   amounts in minor units of `currency`; days without a zone.
 */
export interface Letter {
  readonly kind: LetterKind;
  readonly language: DocumentLanguage;
  /** The firm's own number of this letter. */
  readonly number: string;
  /** Under this code anybody can ask whether the letter is genuine. */
  readonly code: string;
  /** Address of the public page that answers, with the code in it. */
  readonly verifyUrl: string;
  /** Date of the letter; its figures are those of this day. */
  readonly on: Day;
  readonly firm: Firm;
  readonly lawyer: Lawyer;
  readonly client: Client;
  readonly addressee: Addressee;
  readonly mandate: { readonly number: string; readonly signedOn: Day };
  readonly currency: string;
  /** One or more debts of one addressee to one client. */
  readonly debts: readonly LetterDebt[];
  /** Sum over the debts: what the client asks for. At most what can be claimed. */
  readonly demanded: Minor;
  /** Last day to pay or to answer. */
  readonly answerBy: Day;
  /** What only some kinds say. */
  readonly about?: LetterSubject;
  readonly enclosures: readonly string[];
  /** The certificate that is to sign it was made for trying: each page says that the letter has no legal effect. */
  readonly development?: true;
}

export interface Firm {
  readonly name: string;
  /** Practice licence of the firm (律师事务所执业许可证号). */
  readonly licence: string;
  readonly address: string;
  readonly phone: string;
  readonly email?: string;
}

export interface Lawyer {
  readonly name: string;
  /** Practice licence of the lawyer (律师执业证号). */
  readonly licence: string;
}

/** The lender, and the ways to pay and to ask that are its own. */
export interface Client {
  readonly name: string;
  readonly phone: string;
  /** Only the lender's own channels: money never goes to the firm or to a person. */
  readonly waysToPay: readonly string[];
  /** How to object, to ask for a plan, to complain. */
  readonly objections: string;
}

export interface Addressee {
  readonly name: string;
  /** Last characters of an identity number, where it is known. */
  readonly idTail?: string;
  readonly address?: string;
}

export interface LetterDebt {
  /** The loan's id at the lender. */
  readonly loan: string;
  readonly contractNumber: string;
  readonly contractOn?: Day;
  readonly principal: Minor;
  readonly disbursedOn: Day;
  readonly installments: number;
  /** As the contract says it, for instance `0.05 % a day`. */
  readonly rate: string;
  readonly dpd: number;
  /** Installments past due, oldest first. */
  readonly missed: readonly MissedInstallment[];
  readonly statement: Statement;
}

export interface MissedInstallment {
  readonly n: number;
  readonly dueOn: Day;
  readonly due: Minor;
  readonly paid: Minor;
  readonly open: Minor;
}

export type StatementKind = "principal" | "interest" | "lateInterest" | "fee" | "penalty" | "recoveryCost";

/** What is owed on the day of the letter, to the cent, and how it came about. */
export interface Statement {
  readonly asOf: Day;
  readonly lines: readonly {
    readonly kind: StatementKind;
    readonly contractual: Minor;
    readonly claimable: Minor;
  }[];
  readonly contractual: Minor;
  /** What can be claimed under the ceiling on cost; what is demanded is never more. */
  readonly claimable: Minor;
  /** The arithmetic: base x days x rate = product, as text that a reader can check by hand. */
  readonly working: readonly {
    readonly from: Day;
    readonly to: Day;
    readonly base: Minor;
    readonly days: number;
    readonly rate: string;
    readonly product: string;
  }[];
  /** Law that caps the claim, where one does. */
  readonly ceiling?: string;
}

export type LetterSubject =
  | { readonly kind: "acceleration"; readonly clause: string; readonly effectiveOn: Day }
  | { readonly kind: "dispute"; readonly raised: string; readonly raisedOn: Day; readonly answer: string }
  | { readonly kind: "withdrawal"; readonly number: string; readonly of: Day; readonly why: string }
  | {
      readonly kind: "settlement";
      readonly agreedOn: Day;
      readonly amount: Minor;
      readonly paidOn?: Day;
      readonly settledOn?: Day;
    }
  | { readonly kind: "earlier-letter"; readonly number: string; readonly of: Day };
