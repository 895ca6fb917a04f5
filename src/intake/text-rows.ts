import type { Refusal } from "../core/index.ts";
import { OWN_FORMATS, unknownColumn } from "./own-files.ts";
import type { Layout, RowRefusal, Rows } from "./rows.ts";

/** One row as it stands, cells without content left out. */
export interface TextRow {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * How a file is read whose columns are called as ours are and whose cells somebody else reads.
 *
 * Takes   the columns that are known; those that must be there, each with what it is for.
 */
export const textRows = (
  known: readonly string[],
  needed: Readonly<Record<string, string>>,
): Layout<TextRow> => ({
  formats: OWN_FORMATS,
  bind: (header) => {
    const names = header ?? known;
    const refusals = headerRefusals(names, known, needed);
    return { names, closed: true, refusals, rows: () => new TextRows(names) };
  },
});

function headerRefusals(
  names: readonly string[],
  known: readonly string[],
  needed: Readonly<Record<string, string>>,
): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (code: string, says: string) => refusals.push({ code, says, at: "line 1" });
  for (const name of names) {
    if (!known.includes(name))
      refuse("unknown-column", `${unknownColumn(name, known)} Rename it, or leave it out.`);
  }
  for (const [name, what] of Object.entries(needed))
    if (!names.includes(name)) refuse("missing-column", `The file has no column "${name}": ${what}`);
  return refusals;
}

class TextRows implements Rows<TextRow> {
  readonly bad: RowRefusal | undefined;
  readonly formulaTexts = 0;
  readonly totals = { list: () => [] };
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  seenTotal = () => ({ count: 0, sum: "0" });

  read(row: readonly string[], line: number): TextRow {
    const cells = this.#names.map((name, i) => [name, (row[i] ?? "").trim()] as const);
    return { line, fields: Object.fromEntries(cells.filter(([, text]) => text !== "")) };
  }
}
