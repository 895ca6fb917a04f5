import { REPLY_FIELDS, type Refusal } from "../core/index.ts";
import type { Source } from "./decode.ts";
import { OWN_FORMATS, unknownColumn } from "./own-files.ts";
import { type Layout, type ReadOptions, RecordReader, type RowRefusal, type Rows } from "./rows.ts";

/** Columns of a file of what came back; the reader of events says what each kind needs. */
export const RECEIPT_FILE_COLUMNS = REPLY_FIELDS;

/** One row as it stands, cells without content left out. */
export interface ReceiptRow {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Reads a file of what came back: tracking of letters, outcomes of calls, delivery reports. Its columns are called as ours are.
 *
 * Refuses a file with a column that is not known, or without `kind`.
 */
export const readReceipts = (source: Source, options: ReadOptions = {}): RecordReader<ReceiptRow> =>
  new RecordReader(source, RECEIPTS, options);

const RECEIPTS: Layout<ReceiptRow> = {
  formats: OWN_FORMATS,
  bind: (header) => {
    const names = header ?? RECEIPT_FILE_COLUMNS;
    return { names, closed: true, refusals: headerRefusals(names), rows: () => new ReceiptRows(names) };
  },
};

function headerRefusals(names: readonly string[]): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (code: string, says: string) => refusals.push({ code, says, at: "line 1" });
  for (const name of names) {
    if (!RECEIPT_FILE_COLUMNS.includes(name))
      refuse("unknown-column", `${unknownColumn(name, RECEIPT_FILE_COLUMNS)} Rename it, or leave it out.`);
  }
  if (!names.includes("kind"))
    refuse(
      "missing-column",
      'The file has no column "kind": each row is a delivery, message, stop, call or letter.',
    );
  return refusals;
}

class ReceiptRows implements Rows<ReceiptRow> {
  readonly bad: RowRefusal | undefined;
  readonly formulaTexts = 0;
  readonly totals = { list: () => [] };
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  seenTotal = () => ({ count: 0, sum: "0" });

  read(row: readonly string[], line: number): ReceiptRow {
    const cells = this.#names.map((name, i) => [name, (row[i] ?? "").trim()] as const);
    return { line, fields: Object.fromEntries(cells.filter(([, text]) => text !== "")) };
  }
}
