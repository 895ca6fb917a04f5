import { type Day, formatDay, formatMoney, type Minor } from "../core/index.ts";

export type Language = "en" | "zh";

/** What a command was asked for. It is thrown on wrong use: the words go to standard error, the exit code is 2. */
export class WrongUse extends Error {
  override name = "WrongUse";
}

/** An expected "no" of a command: said in one line, exit code 1. */
export class Declined extends Error {
  override name = "Declined";
}

/** The edge of a command: where it writes, in which language, and the clock. */
export interface Io {
  readonly language: Language;
  readonly json: boolean;
  out(text: string): void;
  /** One JSON object a line; the only output under `--json`. */
  object(value: Readonly<Record<string, unknown>>): void;
  note(text: string): void;
  progress(label: string, done: number, of: number, tail?: string): void;
  now(): number;
}

/** `1234567.89` → `1,234,567.89`: for people only. */
export function amount(value: Minor | number, decimals = 2): string {
  const text = formatMoney(value as Minor, decimals);
  const [whole, fraction] = text.split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

export const dayOrDash = (value: Day | null | undefined): string => (value == null ? "–" : formatDay(value));

/** Columns of a terminal that a text takes: Chinese characters and full-width marks take two. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      code >= 0x1f300;
    columns += wide ? 2 : 1;
  }
  return columns;
}

export type Align = "left" | "right";

/** A plain table: a header, a rule, rows; figures to the right. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[],
): string {
  const widths = header.map((cell, i) => Math.max(width(cell), ...rows.map((row) => width(row[i] ?? ""))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const space = " ".repeat(widths[i]! - width(cell));
        return align[i] === "right" ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  return [line(header), widths.map((size) => "─".repeat(size)).join("  "), ...rows.map(line)].join("\n");
}
