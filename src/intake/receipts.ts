import { REPLY_FIELDS } from "../core/index.ts";
import type { Source } from "./decode.ts";
import { type ReadOptions, RecordReader } from "./rows.ts";
import { type TextRow, textRows } from "./text-rows.ts";

/** Columns of a file of what came back; the reader of events says what each kind needs. */
export const RECEIPT_FILE_COLUMNS = REPLY_FIELDS;

export type ReceiptRow = TextRow;

/**
 * Reads a file of what came back: tracking of letters, outcomes of calls, delivery reports. Its columns are called as ours are.
 *
 * Refuses a file with a column that is not known, or without `kind`.
 */
export const readReceipts = (source: Source, options: ReadOptions = {}): RecordReader<ReceiptRow> =>
  new RecordReader(source, RECEIPTS, options);

const RECEIPTS = textRows(RECEIPT_FILE_COLUMNS, {
  kind: "each row is a delivery, message, stop, call or letter.",
});
