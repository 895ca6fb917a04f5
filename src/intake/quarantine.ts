import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { BadRow } from "./records.ts";

const HEADER = "line,column,value,code,reason,row\r\n";

/**
 * A cell that no spreadsheet runs: a formula's first sign (= + - @ tab CR) gets an apostrophe in front, and the rest is
 * quoted as RFC 4180 says. Source: OWASP, CSV Injection.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function quarantineLine(bad: BadRow): string {
  const column =
    bad.fileColumn && bad.fileColumn !== bad.column ? `${bad.column} (${bad.fileColumn})` : bad.column;
  return `${[String(bad.line), column, bad.value, bad.code, bad.says, bad.raw].map(csvCell).join(",")}\r\n`;
}

/**
 * Writes bad rows to a CSV file as they come: line, column, value, code, reason, and the row as it stood.
 *
 * Takes   a path or a writable stream; `bom` puts a byte-order mark in front, which Excel needs to show Chinese.
 * Holds   the file is made at the first bad row, so that a clean import leaves none behind.
 */
export class QuarantineFile {
  rows = 0;
  readonly #target: string | Writable;
  readonly #bom: boolean;
  #out: Writable | undefined;
  #failed: Error | undefined;

  constructor(target: string | Writable, options: { readonly bom?: boolean } = {}) {
    this.#target = target;
    this.#bom = options.bom ?? false;
  }

  /** Resolves when the stream wants more, so that a slow disk slows the reader and does not fill the memory. */
  async write(bad: readonly BadRow[]): Promise<void> {
    if (bad.length === 0) return;
    const out = this.#open();
    this.rows += bad.length;
    const hasRoom = out.write(bad.map(quarantineLine).join(""));
    if (this.#failed) throw this.#failed;
    if (!hasRoom)
      await new Promise<void>((resolve, reject) => {
        const settle = () => {
          out.off("drain", settle).off("error", settle);
          if (this.#failed) reject(this.#failed);
          else resolve();
        };
        out.once("drain", settle).once("error", settle);
      });
  }

  async close(): Promise<void> {
    if (this.#failed) throw this.#failed;
    if (!this.#out) return;
    this.#out.end();
    await finished(this.#out);
  }

  #open(): Writable {
    if (this.#out) return this.#out;
    const out = typeof this.#target === "string" ? createWriteStream(this.#target) : this.#target;
    out.on("error", (error: Error) => {
      this.#failed = error;
    });
    out.write(this.#bom ? `\uFEFF${HEADER}` : HEADER);
    this.#out = out;
    return out;
  }
}
