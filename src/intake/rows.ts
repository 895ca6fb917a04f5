import { hash } from "node:crypto";
import {
  CURRENCIES,
  type Day,
  decimalsOf,
  formatDay,
  formatMoney,
  HOLD_KINDS,
  type Hold,
  type HoldKind,
  invariant,
  isZone,
  LOAN_STATUSES,
  type Minor,
  nearest,
  type Rate,
  type Refusal,
  usualFirstDue,
  ZERO,
} from "../core/index.ts";
import { bind, type Cell, type Cells, cellText } from "./cells.ts";
import { CompactCounts } from "./counts.ts";
import { type Encoding, FileText, type Source } from "./decode.ts";
import {
  isTrouble,
  looksLikeFormula,
  MISSING,
  plain,
  readDay,
  readEmail,
  readId,
  readMoney,
  readPhone,
  readRate,
  readText,
  readWhole,
  shown,
  type Trouble,
} from "./fields.ts";
import type { Field, Formats, IntakeMap, LoansMap, MapProduct } from "./map.ts";
import type {
  BadRow,
  Balance,
  BalanceRecord,
  BorrowerRecord,
  FedStatus,
  IntakeRecord,
  LoanRecord,
  PaymentRecord,
} from "./records.ts";
import { RowSplitter, type RowTrouble, readJsonLine, sniffDelimiter } from "./split.ts";

/** Ids kept apart within one file (about 80 MB when full); beyond them a repeated id is found by the store. */
const IDS_WATCHED = 4_000_000;
/** Payments without an id in one file: each is told from its equals, in at most 170 MB. */
const PAYMENTS_WITHOUT_ID = 12_000_000;
const RAW_KEPT = 10_000;

export interface ReadOptions {
  /** Rows in a batch, at most; 1,000 unless said. */
  readonly batchRows?: number;
  /** Gives no records up to this line, after a run that was broken off there. All rows are still read and counted. */
  readonly afterLine?: number;
  readonly onProgress?: (bytesRead: number, totalBytes: number | undefined) => void;
}

export interface Batch<R = IntakeRecord> {
  readonly records: R[];
  readonly bad: BadRow[];
  readonly bytesRead: number;
}

export interface FileSummary {
  /** Rows of data: good and bad, not the header, the trailer or blank lines. */
  readonly rows: number;
  readonly good: number;
  readonly bad: number;
  readonly blank: number;
  /** Of the good rows: principal, amount or outstanding, by currency (`""` where nothing says it). */
  readonly totals: readonly { readonly currency: string; readonly count: number; readonly sum: string }[];
  readonly bytes: number;
  /** Of the raw bytes; absent until all of them were read. */
  readonly sha256?: string;
  readonly encoding?: Encoding;
  readonly format?: "delimited" | "json-lines";
  readonly delimiter?: string;
  readonly gzip: boolean;
  /** A last line without an end may be a file that was cut short. */
  readonly endsWithNewline: boolean;
  /** Texts kept as they are that a spreadsheet would run as a formula; harmless here, neutralised in every export. */
  readonly formulaTexts: number;
  /** What is wrong with the file as a whole. When there is any, post nothing of it. */
  readonly refusals: readonly Refusal[];
  /** Whether the file was read to its end. */
  readonly complete: boolean;
}

/**
 * Reads a file into records, batch by batch.
 *
 * Takes   a path, bytes or a stream, and the map that says what its columns mean.
 * Gives   batches of good records and bad rows, in the order of the file; `summary` is final after the last one.
 * Refuses a row by `bad`, one reason each, the first in the order of `FIELDS`; the file by `summary.refusals`.
 * Holds   good + bad = rows. Never throws for what a file contains. Memory does not grow with the file, except for the
 *         watch over ids (bounded, see above).
 *
 * A refusal of the whole file, such as a control total that does not match, is known only at its end: run `checkFile`
 * first, or post in one transaction.
 */
export function readRecords(source: Source, map: IntakeMap, options: ReadOptions = {}): RecordReader {
  return new RecordReader(source, layoutOf(map), options);
}

/** How the rows of a file become records: by a map, or by columns that are called as ours are. */
export interface Layout<R> {
  readonly formats: Formats;
  readonly control?: IntakeMap["control"];
  /** Ties it to the columns of a file; `header` is absent for JSON lines, where any name may occur in any row. */
  bind(header: readonly string[] | undefined): Bound<R>;
}

export interface Bound<R> {
  readonly names: readonly string[];
  readonly refusals: readonly Refusal[];
  /** Names that a JSON line may have beside `names` are none: each must be known. */
  readonly closed?: boolean;
  rows(): Rows<R>;
}

/** Turns the texts of one row into a record, or says what is wrong with it. */
export interface Rows<R> {
  /** Set when `read` gave nothing. */
  readonly bad: RowRefusal | undefined;
  readonly formulaTexts: number;
  readonly totals: { list(): FileSummary["totals"] };
  read(row: readonly string[], line: number): R | undefined;
  /** Sum over all rows whose amount could be read, bad ones too: a control total counts them. */
  seenTotal(): { count: number; sum: string };
}

export interface RowRefusal {
  readonly field: string;
  readonly fileColumn: string;
  readonly value: string;
  readonly trouble: Trouble;
}

const layoutOf = (map: IntakeMap): Layout<IntakeRecord> => ({
  formats: map.formats,
  ...(map.control ? { control: map.control } : {}),
  bind: (header) => {
    const { cells, names, refusals } = bind(map, header);
    return { names, refusals, rows: () => new RowReader(map, cells) };
  },
});

/**
 * Reads a whole file and keeps none of its records: the dry run before posting.
 *
 * Gives the summary and the first `keepBad` bad rows (1,000 unless said).
 */
export async function checkFile(
  source: Source,
  map: IntakeMap,
  options: ReadOptions & { readonly keepBad?: number } = {},
): Promise<{ readonly summary: FileSummary; readonly bad: readonly BadRow[] }> {
  const reader = readRecords(source, map, options);
  const kept: BadRow[] = [];
  const most = options.keepBad ?? 1000;
  for await (const { bad } of reader) for (const row of bad) if (kept.length < most) kept.push(row);
  return { summary: reader.summary, bad: kept };
}

export class RecordReader<R = IntakeRecord> implements AsyncIterable<Batch<R>> {
  readonly #file: FileText;
  readonly #layout: Layout<R>;
  readonly #options: ReadOptions;
  readonly #counts = { rows: 0, good: 0, bad: 0, blank: 0 };
  readonly #refusals: Refusal[] = [];
  #rows: Rows<R> | undefined;
  #closed = false;
  #splitter: RowSplitter | undefined;
  #jsonLines = false;
  #names: readonly string[] = [];
  #width = 0;
  #delimiter = "";
  #trailer: string[] | undefined;
  #afterTrailer = false;
  #begun = false;
  #complete = false;
  #batch: Batch<R> = { records: [], bad: [], bytesRead: 0 };
  #ready: Batch<R>[] = [];

  constructor(source: Source, layout: Layout<R>, options: ReadOptions) {
    this.#layout = layout;
    this.#options = options;
    const { encoding } = layout.formats;
    this.#file = new FileText(source, encoding === "auto" ? undefined : encoding);
  }

  get bytesRead(): number {
    return this.#file.bytesRead;
  }

  get totalBytes(): number | undefined {
    return this.#file.totalBytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch<R>> {
    invariant(!this.#begun, "a reader is read once; ask readRecords for another");
    this.#begun = true;
    let head = "";
    for await (const piece of this.#file.text()) {
      let text = piece;
      if (!this.#splitter) {
        text = head + piece;
        if (!this.#start(text)) head = text;
      }
      if (this.#refusals.length === 0) this.#splitter?.push(text);
      this.#options.onProgress?.(this.#file.bytesRead, this.#file.totalBytes);
      if (this.#refusals.length > 0) break;
      yield* this.#filled();
    }
    if (this.#refusals.length === 0 && !this.#file.refusal) {
      this.#splitter?.push("", true);
      this.#finish();
    }
    // A file that broke off leaves the last row half read: it is no row, and the refusal speaks for it.
    if (this.#file.refusal) this.#refusals.push(this.#file.refusal);
    this.#close();
    yield* this.#filled();
  }

  get summary(): FileSummary {
    const { sha256, encoding, bytesRead, gzip } = this.#file;
    return {
      ...this.#counts,
      totals: this.#rows?.totals.list() ?? [],
      bytes: bytesRead,
      gzip,
      endsWithNewline: this.#splitter?.endsWithNewline ?? true,
      formulaTexts: this.#rows?.formulaTexts ?? 0,
      refusals: this.#refusals,
      complete: this.#complete,
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(this.#splitter ? { format: this.#jsonLines ? "json-lines" : "delimited" } : {}),
      ...(this.#delimiter === "" ? {} : { delimiter: this.#delimiter }),
    };
  }

  *#filled(): Generator<Batch<R>> {
    for (const batch of this.#ready) yield { ...batch, bytesRead: this.#file.bytesRead };
    this.#ready = [];
  }

  #close(): void {
    if (this.#batch.records.length + this.#batch.bad.length > 0) this.#ready.push(this.#batch);
    this.#batch = { records: [], bad: [], bytesRead: 0 };
  }

  #refuse(code: string, says: string): void {
    this.#refusals.push({ code, says });
  }

  /** False while there is nothing yet to tell the format from. */
  #start(head: string): boolean {
    const begins = head.trimStart();
    if (begins === "" && head.length < 4_000_000) return false;
    const { delimiter, header } = this.#layout.formats;
    if (/^\[\s*[{[\]]/.test(begins)) {
      this.#refuse(
        "json-list",
        "The file is one JSON list, expected one object a line: export it as JSON lines.",
      );
      return true;
    }
    this.#jsonLines =
      delimiter === "auto" && (begins.startsWith("{") || /\.(jsonl|ndjson)(\.gz)?$/i.test(this.#file.name));
    if (this.#jsonLines) this.#bind(undefined);
    else this.#delimiter = delimiter === "auto" ? sniffDelimiter(head) : delimiter;
    const dataOnly = this.#jsonLines || !header;
    this.#splitter = new RowSplitter(
      { delimiter: this.#delimiter, jsonLines: this.#jsonLines },
      (fields, line, raw, trouble) => {
        if (this.#refusals.length > 0) return;
        if (this.#rows) this.#row(fields, line, raw, trouble);
        else if (raw.trim() === "") return;
        else if (dataOnly) {
          this.#bind(Array.from({ length: fields.length }, (_, index) => String(index + 1)));
          if (this.#rows) this.#row(fields, line, raw, trouble);
        } else if (trouble) this.#refuse("bad-header", `The header cannot be read: ${ROW_TROUBLES[trouble]}`);
        else this.#bind(fields.map((name) => name.trim()));
      },
    );
    return true;
  }

  #bind(header: readonly string[] | undefined): void {
    let names = header;
    while (names && names.length > 1 && names.at(-1) === "") names = names.slice(0, -1);
    const bound = this.#layout.bind(names);
    this.#refusals.push(...bound.refusals);
    this.#names = bound.names;
    this.#width = bound.names.length;
    this.#closed = bound.closed ?? false;
    if (bound.refusals.length === 0) this.#rows = bound.rows();
  }

  #row(fields: readonly string[], line: number, raw: string, trouble: RowTrouble | undefined): void {
    if (isBlank(fields, raw)) {
      this.#counts.blank += 1;
      return;
    }
    const { trailer } = this.#layout.formats;
    if (this.#trailer) this.#afterTrailer = true;
    else if (trailer && raw.startsWith(trailer.startsWith)) {
      this.#trailer = fields.map((field) => field.trim());
      return;
    }
    this.#counts.rows += 1;
    if (trouble) {
      this.#bad(line, raw, "", "", raw, { code: trouble, says: ROW_TROUBLES[trouble] });
      return;
    }
    let row = fields;
    if (this.#jsonLines) {
      const object = this.#object(line, raw);
      if (!object) return;
      row = object;
    } else if (fields.length !== this.#width && !this.#onlyEmptyBeyond(fields)) {
      const says = `Found ${fields.length} columns, expected ${this.#width}: look for a missing or unquoted "${this.#delimiter === "\t" ? "tab" : this.#delimiter}" in the row.`;
      this.#bad(line, raw, "", "", raw, { code: "wrong-column-count", says });
      return;
    }
    const rows = this.#rows!;
    const record = rows.read(row, line);
    if (record === undefined) {
      const { field, fileColumn, value, trouble } = rows.bad!;
      this.#bad(line, raw, field, fileColumn, value, trouble);
      return;
    }
    this.#counts.good += 1;
    if (line <= (this.#options.afterLine ?? 0)) return;
    this.#batch.records.push(record);
    this.#closeFull();
  }

  #bad(line: number, raw: string, column: string, fileColumn: string, value: string, trouble: Trouble): void {
    this.#counts.bad += 1;
    if (line <= (this.#options.afterLine ?? 0)) return;
    const kept = raw.length > RAW_KEPT ? raw.slice(0, RAW_KEPT) : raw;
    const { code, says } = trouble;
    this.#batch.bad.push({ line, column, fileColumn, value: shown(value), code, says, raw: kept });
    this.#closeFull();
  }

  #closeFull(): void {
    const { records, bad } = this.#batch;
    if (records.length + bad.length >= (this.#options.batchRows ?? 1000)) this.#close();
  }

  /** A delimiter at the end of each row opens an empty column that nobody meant. */
  #onlyEmptyBeyond(fields: readonly string[]): boolean {
    return fields.length === this.#width + 1 && fields[this.#width]!.trim() === "";
  }

  #object(line: number, raw: string): string[] | undefined {
    const object = readJsonLine(raw);
    let says: string | undefined;
    if (!object) says = "The line is not one JSON object: mend it, one object a line.";
    else if (object.repeated !== undefined)
      says = `The key "${shown(object.repeated)}" stands twice: leave one.`;
    else {
      const nested = this.#names.find((name) => object.nested.has(name));
      if (nested !== undefined)
        says = `The value of "${shown(nested)}" is an object or a list, expected a text or a number: flatten it at the source.`;
    }
    if (object && says === undefined && this.#closed) {
      const unknown = [...object.values.keys(), ...object.nested].find((name) => !this.#names.includes(name));
      if (unknown !== undefined) {
        const near = nearest(unknown, this.#names);
        const code = "unknown-key";
        says = `Found the key "${shown(unknown)}", ${near ? `did you mean "${near}"?` : `expected only ${this.#names.join(", ")}.`}`;
        this.#bad(line, raw, "", unknown, object.values.get(unknown) ?? "", { code, says });
        return undefined;
      }
    }
    if (!object || says !== undefined) {
      this.#bad(line, raw, "", "", raw, { code: "bad-json", says: says! });
      return undefined;
    }
    const row: string[] = [];
    for (const name of this.#names) {
      const value = object.values.get(name) ?? "";
      if (UNTEXT.test(value)) {
        const code = value.includes("\0") ? "nul-byte" : "bad-encoding";
        this.#bad(line, raw, "", name, value, { code, says: ROW_TROUBLES[code] });
        return undefined;
      }
      row.push(value);
    }
    return row;
  }

  #finish(): void {
    this.#complete = true;
    if (!this.#splitter || (!this.#rows && this.#refusals.length === 0)) {
      this.#refuse("empty-file", "The file holds nothing, expected at least a header: ask for it again.");
      return;
    }
    this.#control();
    const { bad } = this.#counts;
    if (bad > 0 && this.#layout.formats.onBadRow === "hold")
      this.#refuse(
        "held",
        `Found ${bad} bad ${bad === 1 ? "row" : "rows"}, and the map holds the whole file for one (formats: on_bad_row): mend the rows, then import the file again.`,
      );
  }

  /** Compares counts and sums with what the map and the file's own trailer say. */
  #control(): void {
    const { control, formats } = this.#layout;
    this.#compare("map (control)", control?.rows, control?.total);
    const trailer = formats.trailer;
    if (!trailer) return;
    const cells = this.#trailer;
    if (!cells) {
      this.#refuse(
        "control-total",
        `The file has no last row that starts with "${shown(trailer.startsWith)}": it may be cut short; ask for it again.`,
      );
      return;
    }
    if (this.#afterTrailer)
      this.#refuse(
        "control-total",
        `Rows follow the row that starts with "${shown(trailer.startsWith)}": it must be the last one; ask for the file again.`,
      );
    const rows = trailer.rows === undefined ? undefined : plain(cells[trailer.rows] ?? "");
    const total = trailer.total === undefined ? undefined : plain(cells[trailer.total] ?? "");
    const { thousands } = formats.numbers;
    const ungrouped = (text: string) => (thousands === "" ? text : text.replaceAll(thousands, ""));
    this.#compare(
      "file's last row",
      rows === undefined ? undefined : ungrouped(rows),
      total === undefined ? undefined : ungrouped(total).replace(formats.numbers.decimal, "."),
    );
  }

  #compare(where: string, rows: number | string | undefined, total: string | undefined): void {
    if (rows !== undefined && String(rows) !== String(this.#counts.rows))
      this.#refuse(
        "control-total",
        `The ${where} says ${shown(String(rows))} rows, found ${this.#counts.rows}: nothing should be posted; ask for the file again.`,
      );
    const seen = this.#rows?.seenTotal();
    if (total === undefined || !seen || sameAmount(total, seen.sum)) return;
    const unread = this.#counts.rows - seen.count;
    this.#refuse(
      "control-total",
      `The ${where} says a total of ${shown(total)}, found ${seen.sum}${unread > 0 ? ` without ${unread} rows whose amount cannot be read` : ""}: nothing should be posted; ask for the file again.`,
    );
  }
}

const UNTEXT = /[\0\uFFFD]|\p{Cs}/u;

function isBlank(fields: readonly string[], raw: string): boolean {
  if (fields.length === 0) return raw.trim() === "";
  if (fields[0] !== "" && fields[0] !== undefined && fields[0].charCodeAt(0) > 32) return false;
  return fields.every((field) => field.trim() === "");
}

const canonicalAmount = (text: string): string => {
  const [whole = "", fraction = ""] = text.replace(/^\+/, "").split(".");
  const decimals = fraction.replace(/0+$/, "");
  return (whole.replace(/^(-?)0+(?=\d)/, "$1") || "0") + (decimals ? `.${decimals}` : "");
};

const sameAmount = (a: string, b: string): boolean => canonicalAmount(a) === canonicalAmount(b);

const ROW_TROUBLES: Readonly<Record<RowTrouble, string>> = {
  "bad-encoding":
    "Found bytes that are no text in the file's encoding: correct the row, or name the encoding in the map (formats: encoding).",
  "nul-byte": "Found a NUL byte, expected text: remove it at the source.",
  "bad-quote":
    'Found a quote inside a value, expected quotes around the whole value and "" for a quote in it: mend the row.',
  "unclosed-quote": "Found a quote that is not closed within 1,000,000 characters: close or remove it.",
  "row-too-long":
    "Found a row longer than 1,000,000 characters: look for a missing line end, or shorten its text.",
};

/** Sums that stay exact however large: plain numbers, moved to a BigInt before they could round. */
class Totals {
  readonly #byCurrency = new Map<string, { count: number; near: number; far: bigint; decimals: number }>();

  add(currency: string, amount: number, decimals?: number): void {
    let total = this.#byCurrency.get(currency);
    if (!total) {
      total = { count: 0, near: 0, far: 0n, decimals: decimals ?? decimalsIn(currency) };
      this.#byCurrency.set(currency, total);
    }
    total.count += 1;
    const sum = total.near + amount;
    if (Number.isSafeInteger(sum)) total.near = sum;
    else {
      total.far += BigInt(total.near) + BigInt(amount);
      total.near = 0;
    }
  }

  list(): { currency: string; count: number; sum: string }[] {
    return [...this.#byCurrency].map(([currency, { count, near, far, decimals }]) => ({
      currency,
      count,
      sum: amountText(far + BigInt(near), decimals),
    }));
  }
}

/** Two where nothing says the currency. */
const decimalsIn = (currency: string): number => (currency === "" ? 2 : decimalsOf(currency));

function amountText(units: bigint, decimals: number): string {
  if (units <= BigInt(Number.MAX_SAFE_INTEGER) && units >= BigInt(Number.MIN_SAFE_INTEGER))
    return formatMoney(Number(units) as Minor, decimals);
  const digits = (units < 0n ? -units : units).toString();
  const cut = digits.length - decimals;
  return `${units < 0n ? "-" : ""}${digits.slice(0, cut)}${decimals > 0 ? `.${digits.slice(cut)}` : ""}`;
}

class RowReader implements Rows<IntakeRecord> {
  bad: RowRefusal | undefined;
  formulaTexts = 0;
  readonly totals = new Totals();
  readonly #seen = new Totals();
  readonly #map: IntakeMap;
  readonly #cells: Partial<Record<Field, Cell>>;
  readonly #ids = new CompactCounts(IDS_WATCHED);
  readonly #equals = new CompactCounts(PAYMENTS_WITHOUT_ID);
  readonly #zones = new Set<string>();
  readonly #mapDecimals: number;
  #row: readonly string[] = [];

  constructor(map: IntakeMap, cells: Cells) {
    this.#map = map;
    this.#mapDecimals = decimalsIn(map.currency ?? "");
    this.#cells = Object.fromEntries(cells);
  }

  seenTotal(): { count: number; sum: string } {
    const [seen] = this.#seen.list();
    if (!seen) return { count: 0, sum: "0" };
    return seen;
  }

  read(row: readonly string[], line: number): IntakeRecord | undefined {
    this.#row = row;
    this.bad = undefined;
    switch (this.#map.kind) {
      case "payments":
        return this.#payment(line);
      case "loans":
        return this.#loan(line, this.#map);
      case "balances":
        return this.#balanceRow(line);
    }
  }

  #fail(field: Field, trouble: Trouble): undefined {
    if (this.bad) return undefined;
    const cell = this.#cells[field];
    let value = "";
    if (cell) {
      const text = cellText(cell, this.#row);
      value = typeof text === "string" ? text : "";
    }
    // A derived value that cannot be made is shown by what the sentence quotes.
    if (value === "" && cell?.run) value = /"([^"]*)"/.exec(trouble.says)?.[1] ?? "";
    this.bad = { field, fileColumn: cell?.fileColumn ?? "", value, trouble };
    return undefined;
  }

  /** The text of a field; empty where the file says nothing, `undefined` where it cannot be had. */
  #text(field: Field): string | undefined {
    const cell = this.#cells[field];
    if (!cell) return "";
    const text = cell.index >= 0 ? this.#row[cell.index]! : cellText(cell, this.#row);
    return typeof text === "string" ? text : this.#fail(field, text);
  }

  /** A field that must be there, read by `read`. */
  #must<T extends string | number | Rate>(
    field: Field,
    read: (text: string, cell: Cell) => T | Trouble,
  ): T | undefined {
    const text = this.#text(field);
    if (text === undefined) return undefined;
    if (text === "" || text.trim() === "") return this.#fail(field, MISSING);
    const value = read(text, this.#cells[field]!);
    return isTrouble(value) ? this.#fail(field, value) : value;
  }

  /** A field that may be absent; then `undefined`, and `bad` stays unset. */
  #may<T extends string | number | Rate>(
    field: Field,
    read: (text: string, cell: Cell) => T | Trouble,
  ): T | undefined {
    if (!this.#cells[field]) return undefined;
    const text = this.#text(field);
    if (text === undefined || text.trim() === "") return undefined;
    const value = read(text, this.#cells[field]!);
    return isTrouble(value) ? this.#fail(field, value) : value;
  }

  #id(field: Field): string | undefined {
    return this.#must(field, readId);
  }

  #day(field: Field): Day | undefined {
    return this.#must(field, (text, cell) => readDay(text, cell.dates));
  }

  /** Money is read before the rest of the row, so that the control total has it whatever else is wrong. */
  #money(field: Field, decimals: number): Minor | Trouble {
    const cell = this.#cells[field];
    if (!cell) return MISSING;
    const text = cellText(cell, this.#row);
    if (typeof text !== "string") return text;
    if (text === "" || text.trim() === "") return MISSING;
    const amount = readMoney(text, decimals, cell.numbers);
    if (typeof amount === "number") {
      this.#seen.add("", amount, decimals);
    }
    return amount;
  }

  #moneyOrZero(field: Field, decimals: number): Minor {
    const amount = this.#may(field, (text, cell) => readMoney(text, decimals, cell.numbers));
    if (amount === undefined) return ZERO;
    if (amount < 0) this.#fail(field, notBelowZero(this.#shownText(field)));
    return amount;
  }

  #shownText(field: Field): string {
    const text = this.#text(field);
    return shown(text ?? "");
  }

  /** The row's own currency, else the map's; `""` where neither says it. */
  #currency(expected: string | undefined): string {
    if (!this.#cells.currency) return expected ?? "";
    const currency = this.#may<string>("currency", (text) => {
      const found = text.trim().toUpperCase();
      if (CURRENCIES.includes(found) && (expected === undefined || found === expected)) return found;
      return {
        code: "unknown-currency",
        says: `Found "${shown(text)}", expected ${expected ?? `one of ${CURRENCIES.join(", ")}`}: correct the currency.`,
      };
    });
    return currency ?? expected ?? "";
  }

  #repeated(field: Field, key: string): boolean {
    if (!this.#ids.add(key)) return false;
    this.#fail(field, {
      code: "duplicate-id",
      says: `Found "${shown(key.replace("\0", " of "))}" for the second time in this file, expected it once: remove the row, or correct its id.`,
    });
    return true;
  }

  #payment(line: number): PaymentRecord | undefined {
    const currency = this.#currency(this.#map.currency);
    const decimals = currency === this.#map.currency ? this.#mapDecimals : decimalsIn(currency);
    const amount = this.#money("amount", decimals);
    const loanId = this.#id("loan_id");
    if (loanId === undefined) return undefined;
    const given = this.#cells.payment_id ? this.#id("payment_id") : "";
    if (given === undefined || this.bad) return undefined;
    if (typeof amount !== "number") return this.#fail("amount", amount);
    if (amount <= 0) return this.#fail("amount", aboveZero(this.#shownText("amount"), amount));
    const valueOn = this.#day("value_on");
    if (valueOn === undefined) return undefined;
    const bookedOn = this.#may("booked_on", (text, cell) => readDay(text, cell.dates));
    if (this.bad) return undefined;
    let paymentId = given;
    if (given === "") {
      const made = this.#madeId(loanId, valueOn, amount);
      if (made === undefined) return undefined;
      paymentId = made;
    } else if (this.#repeated("payment_id", given)) return undefined;
    this.totals.add(currency, amount);
    if (bookedOn === undefined && currency === "")
      return { kind: "payment", line, paymentId, loanId, amount, valueOn };
    if (bookedOn === undefined)
      return { kind: "payment", line, paymentId, loanId, amount, valueOn, currency };
    const record: PaymentRecord = { kind: "payment", line, paymentId, loanId, amount, valueOn, bookedOn };
    return currency === "" ? record : { ...record, currency };
  }

  /**
   * An id from what the row says and how many equal rows stood before it: the same file gives the same ids whenever it
   * is read, and two equal payments of one day stay two.
   */
  #madeId(loanId: string, valueOn: Day, amount: Minor): string | undefined {
    const content = `${loanId}\0${formatDay(valueOn)}\0${amount}`;
    const ordinal = this.#equals.add(content);
    if (ordinal === undefined)
      return this.#fail("payment_id", {
        code: "too-many-without-id",
        says: "Found more than 12,000,000 payments without an id in one file, too many to tell equal ones apart: add a payment id, or split the file by day.",
      });
    return `made-${hash("sha256", `${content}\0${ordinal}`).slice(0, 32)}`;
  }

  #loan(line: number, map: LoansMap): LoanRecord | undefined {
    const code = this.#text("product");
    const product = code === undefined ? undefined : map.products.get(code.trim());
    // The currency, and with it the decimals, are the product's.
    const currency = product?.terms.currency ?? "";
    const principal = product ? this.#money("principal", decimalsOf(currency)) : MISSING;
    const loanId = this.#id("loan_id");
    if (loanId === undefined) return undefined;
    const borrowerId = this.#id("borrower_id");
    if (borrowerId === undefined) return undefined;
    if (!product)
      return code === undefined ? undefined : this.#fail("product", unknownProduct(code, map.products));
    this.#currency(currency);
    if (this.bad) return undefined;
    if (typeof principal !== "number") return this.#fail("principal", principal);
    if (principal <= 0) return this.#fail("principal", aboveZero(this.#shownText("principal"), principal));
    const { terms } = product;
    const rate = this.#must("rate_percent", (text, cell) => readRate(text, terms.ratePer, cell.numbers));
    if (rate === undefined) return undefined;
    const disbursedOn = this.#day("disbursed_on");
    if (disbursedOn === undefined) return undefined;
    const firstDueOn = this.#firstDueOn(disbursedOn, product);
    if (firstDueOn === undefined) return undefined;
    const installments = this.#must("installments", (text) => {
      const count = readWhole(text);
      if (typeof count !== "number" || (count >= 1 && count <= 600)) return count;
      return {
        code: "out-of-range",
        says: `Found "${shown(text)}", expected 1 to 600 installments: correct the number.`,
      };
    });
    if (installments === undefined) return undefined;
    const borrower = this.#borrower();
    const hold = this.#hold();
    if (this.bad) return undefined;
    const balance = product.source === "fed" ? this.#balance(decimalsOf(currency)) : undefined;
    if (this.bad || this.#repeated("loan_id", loanId)) return undefined;
    this.totals.add(currency, principal);
    return {
      kind: "loan",
      line,
      loanId,
      borrowerId,
      product: product.code,
      principal,
      rate,
      disbursedOn,
      firstDueOn,
      installments,
      borrower,
      ...(hold ? { hold } : {}),
      ...(balance ? { balance } : {}),
    };
  }

  #firstDueOn(disbursedOn: Day, { terms }: MapProduct): Day | undefined {
    const given = this.#may("first_due_on", (text, cell) => readDay(text, cell.dates));
    if (this.bad) return undefined;
    if (given === undefined) return usualFirstDue(disbursedOn, terms.every, terms.monthEnd);
    if (given > disbursedOn) return given;
    return this.#fail("first_due_on", {
      code: "due-before-payout",
      says: `Found ${formatDay(given)}, expected a day after the pay-out on ${formatDay(disbursedOn)}: correct one of the two.`,
    });
  }

  #borrower(): BorrowerRecord {
    const borrower: { -readonly [K in keyof BorrowerRecord]: BorrowerRecord[K] } = {};
    const texts = [
      ["name", 200],
      ["app", 200],
      ["address", 500],
    ] as const;
    for (const [field, longest] of texts) {
      const text = this.#may(field, (found) => readText(found, longest));
      if (text === undefined) continue;
      if (looksLikeFormula(text)) this.formulaTexts += 1;
      borrower[field] = text;
    }
    const phone = this.#may("phone", readPhone);
    if (phone !== undefined) borrower.phone = phone;
    const email = this.#may("email", readEmail);
    if (email !== undefined) borrower.email = email;
    const zone = this.#may<string>("zone", (text) => this.#zone(text.trim()));
    if (zone !== undefined) borrower.zone = zone;
    const language = this.#may("language", (text) => {
      const found = text.trim().toLowerCase();
      if (/^(en|zh)(?:[-_].*)?$/.test(found)) return found.slice(0, 2);
      return {
        code: "unknown-language",
        says: `Found "${shown(text)}", expected en or zh: correct it or leave it empty.`,
      };
    });
    if (language !== undefined) borrower.language = language as "en" | "zh";
    return borrower;
  }

  #zone(zone: string): string | Trouble {
    if (this.#zones.has(zone)) return zone;
    if (!isZone(zone))
      return {
        code: "unknown-zone",
        says: `Found "${shown(zone)}", expected a time zone such as America/New_York: correct it or leave it empty.`,
      };
    if (this.#zones.size < 1000) this.#zones.add(zone);
    return zone;
  }

  #hold(): Hold | undefined {
    const kind = this.#may("hold", (text) => {
      const found = text.trim().toLowerCase();
      if ((HOLD_KINDS as readonly string[]).includes(found)) return found;
      const near = nearest(found, HOLD_KINDS);
      return {
        code: "unknown-hold",
        says: `Found "${shown(text)}", expected one of ${HOLD_KINDS.join(", ")}${near ? `; did you mean "${near}"?` : ": correct it or leave it empty."}`,
      };
    });
    const until = this.#may("hold_until", (text, cell) => readDay(text, cell.dates));
    if (kind === undefined) return undefined;
    return { kind: kind as HoldKind, ...(until === undefined ? {} : { until }) };
  }

  #balance(decimals: number, principal?: Minor | Trouble): Balance | undefined {
    const asOf = this.#day("as_of");
    if (asOf === undefined) return undefined;
    const status = this.#must("status", (text) => {
      const found = text.trim().toLowerCase();
      if ((LOAN_STATUSES as readonly string[]).includes(found)) return found;
      return {
        code: "unknown-status",
        says: `Found "${shown(text)}", expected one of ${LOAN_STATUSES.join(", ")}: correct it, or translate it in the map (derive: lookup).`,
      };
    });
    if (status === undefined) return undefined;
    const outstanding =
      principal ?? this.#must("outstanding", (text, cell) => readMoney(text, decimals, cell.numbers));
    if (outstanding === undefined) return undefined;
    if (typeof outstanding !== "number") return this.#fail("outstanding", outstanding);
    // A loan that was paid off a cent over stands at a credit; on any other loan a sum below zero is a mistake.
    if (outstanding < 0 && status !== "paid-off")
      return this.#fail("outstanding", notBelowZero(this.#shownText("outstanding")));
    const interestPaid = this.#moneyOrZero("interest_paid", decimals);
    const arrears = this.#moneyOrZero("arrears", decimals);
    const charges = this.#moneyOrZero("charges", decimals);
    const dueOn = this.#may("due_on", (text, cell) => readDay(text, cell.dates));
    if (this.bad) return undefined;
    return {
      asOf,
      status: status as FedStatus,
      principal: outstanding,
      interestPaid,
      arrears,
      charges,
      ...(dueOn === undefined ? {} : { dueOn }),
    };
  }

  #balanceRow(line: number): BalanceRecord | undefined {
    const currency = this.#currency(this.#map.currency);
    const decimals = decimalsIn(currency);
    const outstanding = this.#money("outstanding", decimals);
    const loanId = this.#id("loan_id");
    if (loanId === undefined || this.bad) return undefined;
    const balance = this.#balance(decimals, outstanding);
    if (!balance || this.#repeated("loan_id", `${loanId}\0${formatDay(balance.asOf)}`)) return undefined;
    this.totals.add(currency, balance.principal);
    return { kind: "balance", line, loanId, ...(currency === "" ? {} : { currency }), ...balance };
  }
}

function aboveZero(found: string, amount: number): Trouble {
  return {
    code: amount === 0 ? "zero" : "negative",
    says: `Found "${found}", expected an amount above zero: correct it, or leave the row out.`,
  };
}

function notBelowZero(found: string): Trouble {
  return { code: "negative", says: `Found "${found}", expected zero or more: correct the amount.` };
}

function unknownProduct(code: string, products: ReadonlyMap<string, MapProduct>): Trouble {
  if (code.trim() === "") return MISSING;
  const known = [...products.keys()];
  const near = nearest(code.trim(), known);
  return {
    code: "unknown-product",
    says: `Found "${shown(code)}", expected one of the map's products (${shown(known.join(", "))})${near ? `; did you mean "${near}"?` : ": correct it, or define it in the map."}`,
  };
}
