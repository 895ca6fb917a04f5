import { addDays, addMonths, formatDay, nearest, type Refusal } from "../core/index.ts";
import {
  type DatePattern,
  decimal,
  formatDecimal,
  ISO_DAYS,
  isTrouble,
  type NumberFormat,
  PLAIN_NUMBERS,
  plain,
  plus,
  readDay,
  readNumber,
  readWhole,
  rounded,
  shown,
  type Trouble,
  times,
} from "./fields.ts";
import type { Derive, Field, IntakeMap } from "./map.ts";

/** Where the text of one of our fields comes from in a row, and how to read it. */
export interface Cell {
  readonly field: Field;
  /** The file's column, for messages; empty for a constant. */
  readonly fileColumn: string;
  /** Place in the row; -1 when `run` or `text` gives it. */
  readonly index: number;
  readonly text: string;
  readonly run: ((row: readonly string[]) => string | Trouble) | undefined;
  readonly dates: readonly DatePattern[];
  readonly numbers: NumberFormat;
}

export type Cells = ReadonlyMap<Field, Cell>;

/** The text of a field in a row, empty where the row says nothing. */
export function cellText(cell: Cell, row: readonly string[]): string | Trouble {
  if (cell.index >= 0) return row[cell.index]!;
  return cell.run ? cell.run(row) : cell.text;
}

/**
 * Ties a map to the columns of a file.
 *
 * Takes   the header's names; `undefined` for JSON lines, where any name may occur in any row.
 * Gives   a cell for each field that the map gives, and the names of columns in the order the rows must have them.
 * Refuses repeated names, and names that the map uses and the file has not (with the nearest it has).
 */
export function bind(
  map: IntakeMap,
  header: readonly string[] | undefined,
): { cells: Cells; names: readonly string[]; refusals: readonly Refusal[] } {
  const binder = new Binder(map, header);
  const cells = new Map<Field, Cell>();
  for (const field of [...map.columns.keys(), ...map.constants.keys(), ...map.derive.keys()]) {
    const cell = binder.cell(field);
    if (cell) cells.set(field, cell);
  }
  return { cells, names: binder.names, refusals: binder.refusals };
}

class Binder {
  readonly refusals: Refusal[] = [];
  readonly names: string[];
  readonly #map: IntakeMap;
  readonly #open: boolean;
  readonly #underWay = new Set<Field>();

  constructor(map: IntakeMap, header: readonly string[] | undefined) {
    this.#map = map;
    this.#open = header === undefined;
    this.names = [...(header ?? [])];
    const seen = new Set<string>();
    for (const name of this.names) {
      if (name !== "" && seen.has(name))
        this.#refuse(
          "duplicate-header",
          `The header names "${shown(name)}" twice: rename one of the columns.`,
        );
      seen.add(name);
    }
  }

  #refuse(code: string, says: string): undefined {
    if (!this.refusals.some((refusal) => refusal.says === says))
      this.refusals.push({ code, says, at: "line 1" });
    return undefined;
  }

  cell(field: Field): Cell | undefined {
    const { numbers, dates } = this.#map.formats;
    const column = this.#map.columns.get(field);
    if (column !== undefined) {
      const index = this.#column(column, field);
      return index === undefined
        ? undefined
        : { field, fileColumn: column, index, text: "", run: undefined, dates, numbers };
    }
    const own = { field, index: -1, dates: ISO_DAYS, numbers: PLAIN_NUMBERS };
    const constant = this.#map.constants.get(field);
    if (constant !== undefined) return { ...own, fileColumn: "", text: constant, run: undefined };
    const derive = this.#map.derive.get(field);
    if (!derive) return undefined;
    if (this.#underWay.has(field))
      return this.#refuse("circular-derive", `"${field}" is derived from itself: change the map (derive).`);
    this.#underWay.add(field);
    const cell = this.#derived(derive, field);
    this.#underWay.delete(field);
    return cell && { ...own, fileColumn: cell.fileColumn, text: "", run: cell.run };
  }

  #column(name: string, field: Field): number | undefined {
    const index = this.names.indexOf(name);
    if (index >= 0) return index;
    if (this.#open) return this.names.push(name) - 1;
    const near = nearest(name, this.names.filter(Boolean));
    const has = this.names.map((found) => `"${shown(found)}"`).join(", ");
    return this.#refuse(
      "missing-column",
      `The map takes "${field}" from the column "${shown(name)}", which the file has not${near ? `; did you mean "${shown(near)}"?` : ":"} The file's columns are ${has.slice(0, 500)}. Correct the map, or say how the file is written (formats: header, delimiter, encoding).`,
    );
  }

  /** A name in a derive: a date of ours first (`as_of`), a column of the file first for all else. */
  #source(name: string, field: Field, ownFirst: boolean): Cell | undefined {
    const own =
      this.#map.columns.has(name as Field) ||
      this.#map.constants.has(name as Field) ||
      this.#map.derive.has(name as Field);
    if (own && name !== field && (ownFirst || this.#open || !this.names.includes(name)))
      return this.cell(name as Field);
    if (own && name === field && !this.names.includes(name) && !this.#open) return this.cell(name as Field);
    const index = this.#column(name, field);
    const { numbers, dates } = this.#map.formats;
    return index === undefined
      ? undefined
      : { field, fileColumn: name, index, text: "", run: undefined, dates, numbers };
  }

  #derived(
    derive: Derive,
    field: Field,
  ): { fileColumn: string; run: (row: readonly string[]) => string | Trouble } | undefined {
    switch (derive.kind) {
      case "text": {
        const parts: (string | Cell)[] = [];
        for (const part of derive.parts) {
          const cell = typeof part === "string" ? part : this.#source(part.column, field, false);
          if (cell === undefined) return undefined;
          parts.push(cell);
        }
        const columns = parts.filter((part) => typeof part !== "string");
        return {
          fileColumn: columns.map((cell) => cell.fileColumn).join(", "),
          run: (row) => {
            let text = "";
            for (const part of parts) {
              const piece = typeof part === "string" ? part : cellText(part, row);
              if (typeof piece !== "string") return piece;
              if (piece.trim() === "") return "";
              text += typeof part === "string" ? piece : piece.trim();
            }
            return text;
          },
        };
      }
      case "times":
      case "round": {
        const of = this.#source(derive.of, field, false);
        if (!of) return undefined;
        return {
          fileColumn: of.fileColumn,
          run: (row) => {
            const number = numberOf(of, row);
            if (typeof number !== "string" || number === "") return number;
            const value = decimal(number);
            return formatDecimal(
              derive.kind === "times"
                ? times(value, derive.by)
                : rounded(value, derive.decimals, derive.mode),
            );
          },
        };
      }
      case "sum": {
        const of = derive.of.map((name) => this.#source(name, field, false));
        if (of.some((cell) => !cell)) return undefined;
        const cells = of as Cell[];
        return {
          fileColumn: cells.map((cell) => cell.fileColumn).join(", "),
          run: (row) => {
            let sum = { units: 0n, scale: 0 };
            for (const [place, cell] of cells.entries()) {
              const number = numberOf(cell, row);
              if (typeof number !== "string" || number === "") return number;
              sum = plus(sum, decimal(number), place === 0 ? 1n : derive.sign);
            }
            const floor = derive.atLeast;
            if (floor && plus(sum, floor, -1n).units < 0n) sum = floor;
            return formatDecimal(sum);
          },
        };
      }
      case "days":
      case "months": {
        const from = this.#source(derive.from, field, true);
        const by = typeof derive.by === "number" ? derive.by : this.#source(derive.by, field, false);
        if (!from || by === undefined) return undefined;
        const columns = [from.fileColumn, typeof by === "number" ? "" : by.fileColumn];
        return {
          fileColumn: columns.filter(Boolean).join(", "),
          run: (row) => {
            let count = by;
            if (typeof count !== "number") {
              const text = cellText(count, row);
              if (typeof text !== "string") return text;
              if (text.trim() === "") return "";
              const whole = readWhole(text);
              if (isTrouble(whole)) return whole;
              count = whole;
            }
            if (derive.kind === "days" && derive.whenAbove !== undefined && count <= derive.whenAbove)
              return "";
            const text = cellText(from, row);
            if (typeof text !== "string" || text.trim() === "") return text;
            const start = readDay(text, from.dates);
            if (isTrouble(start)) return start;
            if (Math.abs(count) > 50_000)
              return {
                code: "out-of-range",
                says: `Found "${count}", expected a number of days or months that a loan can have: correct the value.`,
              };
            return formatDay(
              derive.kind === "days"
                ? addDays(start, derive.sign * count)
                : addMonths(start, count, derive.monthEnd),
            );
          },
        };
      }
      case "lookup": {
        const of = this.#source(derive.of, field, false);
        if (!of) return undefined;
        const known = [...derive.table.keys()];
        return {
          fileColumn: of.fileColumn,
          run: (row) => {
            const text = cellText(of, row);
            if (typeof text !== "string") return text;
            const word = text.trim();
            const to = derive.table.get(word);
            if (to !== undefined || word === "") return to ?? "";
            return {
              code: "unknown-value",
              says: `Found "${shown(word)}", expected one of the map's table (${shown(known.join(", "))}): correct the value, or add it to the table.`,
            };
          },
        };
      }
    }
  }
}

function numberOf(cell: Cell, row: readonly string[]): string | Trouble {
  const text = cellText(cell, row);
  if (typeof text !== "string") return text;
  const found = plain(text);
  return found === "" ? "" : readNumber(found, cell.numbers);
}
