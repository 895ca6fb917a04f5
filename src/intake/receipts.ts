import { nearest, type Refusal } from "../core/index.ts";
import type { Source } from "./decode.ts";
import { ISO_DAYS, PLAIN_NUMBERS, shown } from "./fields.ts";
import { type Layout, type ReadOptions, RecordReader, type RowRefusal, type Rows } from "./rows.ts";

/** Columns of a file of what came back; the reader of events says what each kind needs. */
export const RECEIPT_FILE_COLUMNS: readonly string[] = [
  "kind",
  "id",
  "via",
  "at",
  "action",
  "reference",
  "address",
  "status",
  "outcome",
  "reason",
  "text",
  "on",
  "by",
  "note",
  "promised_on",
  "promised_amount",
];

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
  formats: {
    encoding: "auto",
    delimiter: "auto",
    dates: ISO_DAYS,
    numbers: PLAIN_NUMBERS,
    header: true,
    onBadRow: "quarantine",
  },
  bind: (header) => {
    const names = header ?? RECEIPT_FILE_COLUMNS;
    return { names, closed: true, refusals: headerRefusals(names), rows: () => new ReceiptRows(names) };
  },
};

function headerRefusals(names: readonly string[]): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (code: string, says: string) => refusals.push({ code, says, at: "line 1" });
  for (const name of names) {
    const near = nearest(name, RECEIPT_FILE_COLUMNS);
    if (!RECEIPT_FILE_COLUMNS.includes(name))
      refuse(
        "unknown-column",
        `The file has a column "${shown(name)}"${near ? `; did you mean "${near}"?` : `: known are ${RECEIPT_FILE_COLUMNS.join(", ")}.`} Rename it, or leave it out.`,
      );
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
