import type { Day } from "../../core/index.ts";
import type { Words } from "../../policy/index.ts";
import type { Table } from "../blocks.ts";
import type { DocumentLanguage } from "../letter.ts";

/** The papers of a court, and those that go with them. */
export type PaperKind =
  | "complaint-loan"
  | "complaint-card"
  | "payment-order"
  | "preservation-before-suit"
  | "preservation-in-suit"
  | "mediation"
  | "judicial-confirmation"
  | "enforcement"
  | "settlement"
  | "enforcement-settlement"
  | "withdrawal"
  | "evidence-catalogue"
  | "authority-general"
  | "authority-special"
  | "firm-letter"
  | "representative-certificate"
  | "address-confirmation";

/** From where a value was taken. `computed`: from other fields of the paper, named in `at`. */
export type SourceKind =
  | "ledger"
  | "report"
  | "contract"
  | "person"
  | "contacts"
  | "letter"
  | "engagement"
  | "lender"
  | "settings"
  | "particulars"
  | "proceeding"
  | "option"
  | "computed"
  | "law";

export interface FieldSource {
  readonly from: SourceKind;
  /** Where in it: a position's day and head, a clause, a key of the settings, a column, an id. */
  readonly at: string;
}

/** A value with where it came from. Nothing else is ever printed in a field. */
export interface Known<T = string> {
  readonly value: T;
  readonly source: FieldSource;
}

/** Where a value would come from, so that an empty field says what to do. */
export interface Home {
  readonly from: SourceKind;
  readonly at: string;
}

/**
 * What an empty field means. `stops`: the paper is not to be filed without it. `warn`: the court asks for it, and takes the paper
 * without. `may-be-empty`: filled where it applies.
 */
export type Need = "stops" | "warn" | "may-be-empty";

/** One field of a paper: what it says, from where, or why it says nothing. */
export interface PaperField {
  readonly id: string;
  /** As the form has it. */
  readonly label: string;
  /** A reader's gloss; never printed on the paper. */
  readonly gloss: string;
  readonly need: Need;
  /** As it is printed; absent where it is empty. */
  readonly value?: string;
  readonly source?: FieldSource;
  readonly empty?: { readonly why: Words; readonly next: Words };
  /** Clause that asks for it. */
  readonly cite?: string;
}

/** A piece of a line: text, or a box to tick, which is drawn because the fonts have no ticked one. */
export type Piece = string | { readonly box: boolean };
export type Line = readonly Piece[];

export type PaperBlock =
  /** A box with notes over the form. */
  | { readonly kind: "notice"; readonly lines: readonly string[] }
  /** A band over the whole width. */
  | { readonly kind: "band"; readonly text: string; readonly note?: string }
  /** A row of the form: what is asked, and what is said. */
  | { readonly kind: "row"; readonly label: string; readonly lines: readonly Line[] }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  /** A paragraph that is not indented: parties, the court. */
  | { readonly kind: "plain"; readonly text: string }
  | Table;

/** A paper ready to be set. Every renderer prints these texts and adds none but the number of the page. */
export interface Paper {
  readonly kind: PaperKind;
  /** Date of the paper, and of every figure in it. */
  readonly on: Day;
  readonly title: string;
  readonly subtitle?: string;
  readonly blocks: readonly PaperBlock[];
  /** Who signs, line by line, at its end. */
  readonly signature: readonly string[];
  /** Enclosed with it, in one line. */
  readonly enclosures?: string;
  readonly fields: readonly PaperField[];
  /** Chinese, as courts take them, unless said. */
  readonly language?: DocumentLanguage;
}

/** What stands for a value that is not known, in running text. */
export const BLANK = "＿＿＿＿";
