import type { Day } from "../core/index.ts";
import type { DocumentLanguage } from "./letter.ts";

/** One piece of a document. Text is plain: no renderer reads markup in it. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "quote"; readonly text: string; readonly source: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | Table;

export interface Table {
  readonly kind: "table";
  /** What the table shows, for readers who hear it. */
  readonly caption: string;
  readonly columns: readonly { readonly head: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
  /** The last row is a sum over those above. */
  readonly total: boolean;
}

/**
 * A letter ready to be set: all its words, in order, and nothing of how it looks.
 * Every renderer prints these texts and adds none but the number of the page.
 */
export interface LetterDocument {
  readonly language: DocumentLanguage;
  readonly on: Day;
  readonly letterhead: { readonly name: string; readonly lines: readonly string[] };
  readonly title: string;
  readonly subtitle: string;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly salutation: string;
  readonly blocks: readonly Block[];
  /** The last sentence, which stays on one page with the signature. */
  readonly closing: string;
  readonly signature: readonly string[];
  readonly check: { readonly url: string; readonly alt: string; readonly lines: readonly string[] };
  /** All enclosures in one line, each with its number. */
  readonly enclosures?: string;
  readonly footer: string;
  /** Stands on every page where the letter is no real one. */
  readonly warning?: string;
}

/** Number of the page in its words. */
export const PAGE_WORDS: Readonly<Record<DocumentLanguage, readonly [string, string, string]>> = {
  "zh-CN": ["第 ", " 页　共 ", " 页"],
  en: ["Page ", " of ", ""],
};
