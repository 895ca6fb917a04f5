import {
  ENFORCEMENT_COMMON_KEYS,
  ENFORCEMENT_EVENT_KINDS,
  eventOfTexts,
  keysOfEnforcementEvent,
  type Refusal,
} from "../core/index.ts";
import type { Source } from "./decode.ts";
import { isTrouble, MISSING, readId, type Trouble } from "./fields.ts";
import { OWN_FORMATS, unknownColumn } from "./own-files.ts";
import { type Layout, type ReadOptions, RecordReader, type RowRefusal, type Rows } from "./rows.ts";

/** One entry of an enforcement, as texts: read once its loan, and with it the currency, is known. */
export interface EnforcementRow {
  readonly line: number;
  readonly enforcement: string;
  readonly id: string;
  readonly event: Readonly<Record<string, unknown>>;
}

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const NEEDED = ["enforcement", "id", "kind"];
/** Columns of such a file: the enforcement, the entry's id, and the keys of all kinds. */
export const ENFORCEMENT_COLUMNS: readonly string[] = [
  ...new Set([
    "enforcement",
    "id",
    ...ENFORCEMENT_COMMON_KEYS,
    ...ENFORCEMENT_EVENT_KINDS.flatMap((kind) => keysOfEnforcementEvent(kind).map(snake)),
  ]),
];

/**
 * Reads what a law firm or a court's clerk reports of enforcements: one entry a row, its columns called as ours are.
 *
 * Refuses a file with a column that is not known or without one that each row needs; a row without enforcement or id.
 */
export const readEnforcementRows = (
  source: Source,
  options: ReadOptions = {},
): RecordReader<EnforcementRow> => new RecordReader(source, LAYOUT, options);

const LAYOUT: Layout<EnforcementRow> = {
  formats: OWN_FORMATS,
  bind: (header) => {
    const names: readonly string[] = header ?? ENFORCEMENT_COLUMNS;
    return { names, closed: true, refusals: headerRefusals(names), rows: () => rowsOf(names) };
  },
};

const headerRefusals = (names: readonly string[]): Refusal[] => [
  ...names
    .filter((name) => !ENFORCEMENT_COLUMNS.includes(name))
    .map((name) => ({
      code: "unknown-column",
      says: unknownColumn(name, ENFORCEMENT_COLUMNS),
      at: "line 1",
    })),
  ...NEEDED.filter((name) => !names.includes(name)).map((name) => ({
    code: "missing-column",
    says: `The file has no column "${name}".`,
    at: "line 1",
  })),
];

function rowsOf(names: readonly string[]): Rows<EnforcementRow> {
  const rows = {
    bad: undefined as RowRefusal | undefined,
    formulaTexts: 0,
    totals: { list: () => [] },
    seenTotal: () => ({ count: 0, sum: "0" }),
    read(row: readonly string[], line: number): EnforcementRow | undefined {
      rows.bad = undefined;
      const texts = new Map(names.map((name, i) => [name, row[i]!.trim()]));
      const idAt = (field: string): string | undefined => {
        const value = texts.get(field) ?? "";
        const id: string | Trouble = value === "" ? MISSING : readId(value);
        if (!isTrouble(id)) return id;
        rows.bad = { field, fileColumn: field, value, trouble: id };
        return undefined;
      };
      const enforcement = idAt("enforcement");
      const id = enforcement === undefined ? undefined : idAt("id");
      if (enforcement === undefined || id === undefined) return undefined;
      texts.delete("enforcement");
      texts.delete("id");
      return { line, enforcement, id, event: eventOfTexts(texts) };
    },
  };
  return rows;
}
