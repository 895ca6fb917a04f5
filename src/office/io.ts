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

/** Chinese where the environment asks for it. */
export function languageOf(env: Readonly<Record<string, string | undefined>>, asked?: string): Language {
  const locale = asked || env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return locale.toLowerCase().startsWith("zh") ? "zh" : "en";
}

const BAR = 24;
const REDRAW_MS = 100;

export function terminalIo(language: Language, json: boolean): Io {
  let drawn = 0;
  let told = "";
  let open = false;
  const clear = () => {
    if (open) process.stderr.write("\r\x1b[2K");
    open = false;
  };
  return {
    language,
    json,
    out: (text) => {
      clear();
      if (!json) process.stdout.write(`${text}\n`);
    },
    object: (value) => {
      clear();
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    note: (text) => {
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress: (label, done, of, tail = "") => {
      const now = Date.now();
      const last = done >= of;
      if (!process.stderr.isTTY) {
        // Logs and pipes get a line now and then instead of a bar that redraws itself.
        const line = `${label} ${percent(done, of)}% ${tail}`.trimEnd();
        if ((now - drawn < 5000 && !last) || line === told) return;
        drawn = now;
        told = line;
        const entry = json ? JSON.stringify({ progress: label, done, of, says: tail }) : line;
        process.stderr.write(`${entry}\n`);
        return;
      }
      if (now - drawn < REDRAW_MS && !last) return;
      drawn = now;
      const filled = Math.floor((BAR * Math.min(done, of)) / Math.max(1, of));
      const bar = "█".repeat(filled) + "░".repeat(BAR - filled);
      process.stderr.write(`\r\x1b[2K${label} ${bar} ${percent(done, of)}% ${tail}`);
      open = true;
      if (last) {
        process.stderr.write("\n");
        open = false;
      }
    },
    now: () => Date.now(),
  };
}

const percent = (done: number, of: number): string =>
  String(Math.floor((100 * done) / Math.max(1, of))).padStart(3);

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
