import {
  CONTACT_KINDS,
  CONTACT_OUTCOMES,
  eventOfTexts,
  nearest,
  parseInstant,
  type Refusal,
} from "../core/index.ts";
import type { Source } from "./decode.ts";
import { isTrouble, MISSING, readId, shown, type Trouble } from "./fields.ts";
import { OWN_FORMATS, unknownColumn } from "./own-files.ts";
import { type Layout, type ReadOptions, RecordReader, type RowRefusal, type Rows } from "./rows.ts";

/** One row of an agency's report, as texts that were read: figures of a promise are read once its loan is known. */
export interface AgencyRow {
  readonly line: number;
  readonly loanId: string;
  readonly id: string;
  readonly at: number;
  readonly kind: "contact" | "promise";
  readonly via: string;
  readonly outcome: string;
  readonly address: string;
  readonly event: Readonly<Record<string, unknown>>;
}

export const AGENCY_COLUMNS = [
  "loan_id",
  "id",
  "at",
  "kind",
  "via",
  "outcome",
  "address",
  "amount",
  "by",
  "parts",
] as const;
const NEEDED = ["loan_id", "id", "at", "kind"];

/**
 * Reads what an agency reports: one contact or promise a row, its columns called as ours are.
 *
 * Refuses a file with a column that is not known or without one that each row needs; a row without loan, id or instant.
 */
export const readAgencyReport = (source: Source, options: ReadOptions = {}): RecordReader<AgencyRow> =>
  new RecordReader(source, LAYOUT, options);

const LAYOUT: Layout<AgencyRow> = {
  formats: OWN_FORMATS,
  bind: (header) => {
    const names: readonly string[] = header ?? AGENCY_COLUMNS;
    return { names, closed: true, refusals: headerRefusals(names), rows: () => new AgencyRows(names) };
  },
};

function headerRefusals(names: readonly string[]): Refusal[] {
  const known: readonly string[] = AGENCY_COLUMNS;
  const refusals: Refusal[] = [];
  for (const name of names) {
    if (known.includes(name)) continue;
    refusals.push({
      code: "unknown-column",
      says: unknownColumn(name, known),
      at: "line 1",
    });
  }
  for (const name of NEEDED)
    if (!names.includes(name))
      refusals.push({ code: "missing-column", says: `The file has no column "${name}".`, at: "line 1" });
  return refusals;
}

class AgencyRows implements Rows<AgencyRow> {
  bad: RowRefusal | undefined;
  readonly formulaTexts = 0;
  readonly totals = { list: () => [] };
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  seenTotal = () => ({ count: 0, sum: "0" });

  read(row: readonly string[], line: number): AgencyRow | undefined {
    this.bad = undefined;
    const texts = new Map(this.#names.map((name, i) => [name, row[i]!.trim()]));
    const text = (name: string): string => texts.get(name) ?? "";
    const loanId = this.#id("loan_id", text("loan_id"));
    const id = loanId === undefined ? undefined : this.#id("id", text("id"));
    if (loanId === undefined || id === undefined) return undefined;
    const at = parseInstant(text("at"));
    if (at === undefined)
      return this.#fail("at", text("at"), {
        code: "not-an-instant",
        says: `Found "${shown(text("at"))}", expected an instant with its zone: 2026-03-06T10:00:00+08:00.`,
      });
    const kind = text("kind");
    if (kind !== "contact" && kind !== "promise")
      return this.#fail("kind", kind, {
        code: "unknown-kind",
        says: `Found "${shown(kind)}", expected contact or promise.`,
      });
    const via = text("via") || "call";
    if (kind === "contact") {
      const no =
        this.#oneOf("via", via, CONTACT_KINDS) ?? this.#oneOf("outcome", text("outcome"), CONTACT_OUTCOMES);
      if (no) return undefined;
    }
    const event = eventOfTexts([
      ["on", text("at").slice(0, 10)],
      ["amount", text("amount")],
      ["by", text("by")],
      ["parts", text("parts")],
    ]);
    return { line, loanId, id, at, kind, via, outcome: text("outcome"), address: text("address"), event };
  }

  #oneOf(field: string, value: string, known: readonly string[]): true | undefined {
    if (known.includes(value)) return undefined;
    const near = nearest(value, known);
    this.#fail(field, value, {
      code: "unknown-value",
      says: `Found "${shown(value)}", ${near ? `did you mean "${near}"?` : `expected one of ${known.join(", ")}.`}`,
    });
    return true;
  }

  #id(field: string, value: string): string | undefined {
    const id = value === "" ? MISSING : readId(value);
    return isTrouble(id) ? this.#fail(field, value, id) : id;
  }

  #fail(field: string, value: string, trouble: Trouble): undefined {
    this.bad = { field, fileColumn: field, value, trouble };
    return undefined;
  }
}
