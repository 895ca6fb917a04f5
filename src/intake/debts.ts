import type { Source } from "./decode.ts";
import { type ReadOptions, RecordReader } from "./rows.ts";
import { type TextRow, textRows } from "./text-rows.ts";

/** Columns of a file of somebody's debts, at whichever lenders. */
export const DEBT_COLUMNS = [
  "id",
  "balance",
  "rate_percent_a_year",
  "minimum",
  "legal_by",
  "legal_amount",
] as const;

const DEBTS = textRows(DEBT_COLUMNS, {
  id: "each row names one debt.",
  balance: "what is owed on each debt today.",
  rate_percent_a_year: "what each debt costs a year, all in.",
});

/** Reads somebody's debts as texts, one a row; refuses a file with a column that is not known, or without one that each row needs. */
export const readDebtRows = (source: Source, options: ReadOptions = {}): RecordReader<TextRow> =>
  new RecordReader(source, DEBTS, options);
