import type { Day } from "../core/index.ts";
import type { Letter, LetterDebt, LetterKind, LetterSubject, StatementKind } from "./letter.ts";

type About<K extends LetterSubject["kind"]> = Extract<LetterSubject, { kind: K }>;
/** An amount as it is printed, with its currency. */
export type Amount = (minor: number) => string;

/** What a catalogue is given: the letter, and how its amounts and days are written. */
export interface Said {
  readonly letter: Letter;
  readonly money: Amount;
  readonly day: (day: Day) => string;
  /** The amount demanded once more in capital characters, where the currency has them. */
  readonly inWords: string | undefined;
  readonly contracts: string;
}

/** All sentences of all letters in one language. A missing one does not compile. */
export interface LetterWords {
  readonly title: string;
  readonly subtitle: Readonly<Record<LetterKind, string>>;
  readonly letterhead: (said: Said) => readonly string[];
  readonly fields: (said: Said) => readonly (readonly [label: string, value: string])[];
  readonly salutation: (said: Said) => string;
  readonly headings: {
    readonly mandate: string;
    readonly facts: string;
    readonly account: string;
    readonly law: string;
    readonly pay: string;
    readonly ways: string;
    readonly questions: string;
    readonly consequences: string;
    readonly acceleration: string;
    readonly earlier: string;
    readonly raised: string;
    readonly answer: string;
    readonly withdrawn: string;
    readonly settlement: string;
  };
  readonly mandate: (said: Said) => string;
  readonly contract: (said: Said, debt: LetterDebt, several: string) => string;
  /** `一、` before a debt where there are several. */
  readonly debtNumber: (n: number) => string;
  readonly missed: (said: Said, debt: LetterDebt) => string;
  readonly missedTable: {
    readonly caption: string;
    readonly heads: readonly string[];
    readonly total: string;
  };
  readonly statement: (said: Said, debt: LetterDebt) => string;
  readonly statementTable: {
    readonly caption: string;
    readonly heads: readonly string[];
    readonly total: string;
    readonly kinds: Readonly<Record<StatementKind, string>>;
  };
  readonly workingIntro: string;
  readonly workingTable: { readonly caption: string; readonly heads: readonly string[] };
  readonly period: (from: string, to: string) => string;
  readonly ceiling: (said: Said, ceiling: string) => string;
  readonly lawIntro: string;
  readonly lawNote: string | undefined;
  readonly demand: (said: Said) => string;
  readonly demandAll: (said: Said) => string;
  readonly paidAlready: (said: Said) => string;
  readonly ways: (said: Said) => string;
  readonly neverToUs: (said: Said) => string;
  readonly questions: (said: Said) => readonly string[];
  readonly consequences: Readonly<Record<"demand" | "acceleration" | "final-notice", (said: Said) => string>>;
  readonly notACourtPaper: string;
  readonly acceleration: (said: Said, about: About<"acceleration">) => string;
  readonly earlier: (said: Said, about: About<"earlier-letter">) => string;
  readonly raised: (said: Said, about: About<"dispute">) => string;
  readonly raisedQuote: (said: Said, about: About<"dispute">) => string;
  readonly answerIntro: (said: Said) => string;
  readonly disputeFigures: (said: Said) => string;
  readonly disputeOpen: (said: Said) => string;
  readonly withdrawn: (said: Said, about: About<"withdrawal">) => string;
  readonly why: (said: Said, about: About<"withdrawal">) => string;
  readonly withdrawnMeans: (said: Said, about: About<"withdrawal">) => readonly string[];
  readonly settlement: (said: Said, about: About<"settlement">) => readonly string[];
  readonly closing: Readonly<Record<LetterKind, string>>;
  readonly signature: (said: Said) => readonly string[];
  readonly check: { readonly alt: string; readonly lines: (said: Said) => readonly string[] };
  readonly enclosures: (items: readonly string[]) => string;
  readonly footer: (said: Said) => string;
  readonly development: string;
}
