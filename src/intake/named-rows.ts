import type { Refusal } from "../core/index.ts";
import type { Source } from "./decode.ts";
import { MISSING, shown } from "./fields.ts";
import { OWN_FORMATS, unknownColumn } from "./own-files.ts";
import { type Layout, type ReadOptions, RecordReader, type RowRefusal, type Rows } from "./rows.ts";

/** A row as texts by the names of its columns. */
export interface NamedRow {
  readonly kind: "named";
  readonly line: number;
  readonly texts: Readonly<Record<string, string>>;
}

/** Which columns a file may have, and which each row must fill. */
export interface NamedColumns {
  readonly known: readonly string[];
  readonly needed: readonly string[];
}

/**
 * Reads a file whose columns are called as ours are, as texts: CSV, TSV, JSON lines, packed or not.
 *
 * Refuses a file with a column that is not known, twice the same, or without one that is needed; a row that leaves one of those empty.
 */
export const readNamedRows = (
  source: Source,
  columns: NamedColumns,
  options: ReadOptions = {},
): RecordReader<NamedRow> => new RecordReader(source, layoutOf(columns), options);

const layoutOf = ({ known, needed }: NamedColumns): Layout<NamedRow> => ({
  formats: OWN_FORMATS,
  bind: (header) => {
    const names = header ?? known;
    return {
      names,
      closed: true,
      refusals: headerRefusals(names, known, needed),
      rows: () => new Texts(names, needed),
    };
  },
});

function headerRefusals(
  names: readonly string[],
  known: readonly string[],
  needed: readonly string[],
): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (code: string, says: string) => refusals.push({ code, says, at: "line 1" });
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) < i)
      refuse("duplicate-header", `The header names "${shown(name)}" twice: rename one of the columns.`);
    if (!known.includes(name))
      refuse("unknown-column", `${unknownColumn(name, known)} Rename it, or leave it out.`);
  }
  for (const name of needed)
    if (!names.includes(name)) refuse("missing-column", `The file has no column "${name}".`);
  return refusals;
}

class Texts implements Rows<NamedRow> {
  bad: RowRefusal | undefined;
  readonly formulaTexts = 0;
  readonly totals = { list: () => [] };
  readonly #names: readonly string[];
  readonly #needed: readonly string[];

  constructor(names: readonly string[], needed: readonly string[]) {
    this.#names = names;
    this.#needed = needed;
  }

  seenTotal = () => ({ count: 0, sum: "0" });

  read(row: readonly string[], line: number): NamedRow | undefined {
    this.bad = undefined;
    const texts = Object.fromEntries(
      this.#names.map((name, i) => [name, row[i]!.trim()]).filter(([, text]) => text !== ""),
    ) as Record<string, string>;
    const field = this.#needed.find((name) => texts[name] === undefined);
    if (field === undefined) return { kind: "named", line, texts };
    this.bad = { field, fileColumn: field, value: "", trouble: MISSING };
    return undefined;
  }
}
