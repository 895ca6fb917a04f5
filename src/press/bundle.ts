import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Day, formatDay, ymd } from "../core/index.ts";
import type { Letter } from "../documents/index.ts";
import { type Batch, type BatchProgress, printBatch } from "./batch.ts";
import type { Press } from "./press.ts";
import { zip } from "./zip.ts";

export interface Bundle extends Batch {
  /** Letters without an address: printed, but they have no label. */
  readonly unaddressed: readonly string[];
  readonly files: readonly string[];
}

export interface BundleOptions {
  /** Date of the bundle: on its labels and in the zip file. */
  readonly on: Day;
  readonly workers?: number;
  /** One zip file beside the folder as well, `FOLDER.zip`. For what fits in memory. */
  readonly zip?: boolean;
  readonly onProgress?: (progress: BatchProgress) => void;
}

/**
 * What a print house needs, in one folder: the PDFs, a manifest as CSV and as JSON (number, code, file, pages, hash, name,
 * address), and address labels, three by eight on A4. Run again, it goes on where it stopped.
 *
 * Takes   letters that are ready to go out; the same number twice throws.
 */
export async function bundleLetters(
  press: Press,
  letters: readonly Letter[],
  folder: string,
  options: BundleOptions,
): Promise<Bundle> {
  const batch = await printBatch(press, letters, folder, options);
  const byNumber = new Map(letters.map((letter) => [letter.number, letter]));
  const rows = batch.items.map(({ inputsSha256: _, ...item }) => {
    const { addressee } = byNumber.get(item.number)!;
    return { ...item, name: addressee.name, address: addressee.address ?? "" };
  });
  const addressed = rows.filter(({ address }) => address !== "");
  writeFileSync(
    join(folder, "manifest.json"),
    `${JSON.stringify({ on: formatDay(options.on), letters: rows }, null, 2)}\n`,
  );
  writeFileSync(join(folder, "manifest.csv"), csv(rows));
  const labels = JSON.stringify({
    title: `${formatDay(options.on)} labels`,
    date: ymd(options.on),
    labels: addressed.map(({ number, name, address }) => ({ number, name, address })),
  });
  if (addressed.length > 0) writeFileSync(join(folder, "labels.pdf"), (await press.labels(labels)).bytes);
  else rmSync(join(folder, "labels.pdf"), { force: true });
  const files = [
    "manifest.csv",
    "manifest.json",
    ...(addressed.length > 0 ? ["labels.pdf"] : []),
    ...rows.map(({ file }) => file),
  ];
  if (options.zip) {
    const entries = files.map((file) => [file, readFileSync(join(folder, file))] as const);
    writeFileSync(`${folder}.zip`, zip(entries, options.on));
  }
  return {
    ...batch,
    unaddressed: rows.filter(({ address }) => address === "").map(({ number }) => number),
    files,
  };
}

const COLUMNS = ["number", "code", "file", "pages", "bytes", "sha256", "name", "address"] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string | number>>;

/** With a byte order mark, because the print house opens it in a spreadsheet. */
const csv = (rows: readonly Row[]): string =>
  `\uFEFF${[COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))]
    .map((cells) => cells.map(cell).join(","))
    .join("\r\n")}\r\n`;

/** A spreadsheet would run what begins like a formula, so such a cell begins with an apostrophe. */
const cell = (value: string | number): string => {
  const text = typeof value === "string" ? value.replace(/^[=+\-@\t\r]/, "'$&") : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
