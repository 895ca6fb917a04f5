import { hash } from "node:crypto";
import {
  eventOfTexts,
  keysOfKind,
  keysOfPersonEvent,
  nearest,
  PERSON_EVENT_KINDS,
  parseDay,
  RECORD_KINDS,
  type Refusal,
} from "../core/index.ts";
import { CompactCounts } from "./counts.ts";
import type { Source } from "./decode.ts";
import { ISO_DAYS, isTrouble, MISSING, readDay, readId, shown, type Trouble } from "./fields.ts";
import { OWN_FORMATS, unknownColumn } from "./own-files.ts";
import type { EventRecord } from "./records.ts";
import { type Layout, type ReadOptions, RecordReader, type RowRefusal, type Rows } from "./rows.ts";

const FIRST = ["loan_id", "kind", "on", "id"] as const;
const PERIODS = ["every_months", "every_weeks", "every_days"];

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Kinds of events: of one loan, and of the person who owes it. */
const ALL_KINDS: readonly string[] = [...RECORD_KINDS, ...PERSON_EVENT_KINDS];
const keysOf = (kind: string): readonly string[] => [...keysOfKind(kind), ...keysOfPersonEvent(kind)];

/** Every column that a file of events can have; each kind takes its own. */
export const EVENT_COLUMNS: readonly string[] = [
  ...new Set([
    ...FIRST,
    ...ALL_KINDS.flatMap(keysOf).flatMap((key) => (key === "every" ? PERIODS : [snake(key)])),
  ]),
];

const WATCHED = 4_000_000;

/**
 * Reads a file of events: one a row, its columns called as ours are; no map.
 *
 * Gives   records whose figures are still text: their currency is the loan's, which the book knows.
 * Refuses a file with a column that is not known or without one that each row needs; a row without loan, kind or day, or
 *         whose id stood in the file before.
 */
export const readEvents = (source: Source, options: ReadOptions = {}): RecordReader<EventRecord> =>
  new RecordReader(source, EVENTS, options);

const EVENTS: Layout<EventRecord> = {
  formats: OWN_FORMATS,
  bind: (header) => {
    const names = header ?? EVENT_COLUMNS;
    return { names, closed: true, refusals: headerRefusals(names), rows: () => new EventRows(names) };
  },
};

function headerRefusals(names: readonly string[]): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (code: string, says: string) => refusals.push({ code, says, at: "line 1" });
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) < i)
      refuse("duplicate-header", `The header names "${shown(name)}" twice: rename one of the columns.`);
    if (!EVENT_COLUMNS.includes(name))
      refuse("unknown-column", `${unknownColumn(name, EVENT_COLUMNS)} Rename it, or leave it out.`);
  }
  for (const name of ["loan_id", "kind", "on"])
    if (!names.includes(name))
      refuse(
        "missing-column",
        `The file has no column "${name}": each event says its loan, its kind and its day.`,
      );
  return refusals;
}

class EventRows implements Rows<EventRecord> {
  bad: RowRefusal | undefined;
  readonly formulaTexts = 0;
  readonly totals = { list: () => [] };
  readonly #names: readonly string[];
  readonly #ids = new CompactCounts(WATCHED);
  readonly #equals = new CompactCounts(WATCHED);

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  seenTotal = () => ({ count: 0, sum: "0" });

  read(row: readonly string[], line: number): EventRecord | undefined {
    this.bad = undefined;
    const texts = new Map(this.#names.map((name, i) => [name, row[i]!.trim()]));
    const loanId = this.#id("loan_id", texts);
    const kind = texts.get("kind")!;
    if (loanId === undefined || !this.#kind(kind) || !this.#day(texts.get("on")!)) return undefined;
    const given = texts.get("id") ? this.#id("id", texts) : "";
    if (given === undefined) return undefined;
    if (given !== "" && this.#ids.add(`${loanId}\0${given}`))
      return this.#fail("id", given, {
        code: "duplicate-id",
        says: `Found "${shown(given)}" for the second time in this file, expected it once: remove the row, or correct its id.`,
      });
    texts.delete("loan_id");
    const content = canonical(texts);
    const id =
      given === "" ? madeEventId(loanId, texts, this.#equals.add(`${loanId}\0${content}`) ?? 0) : given;
    return { kind: "event", line, loanId, id, event: eventOfTexts(texts) };
  }

  #id(field: string, texts: ReadonlyMap<string, string>): string | undefined {
    const value = texts.get(field) ?? "";
    const id = value === "" ? MISSING : readId(value);
    return isTrouble(id) ? this.#fail(field, value, id) : id;
  }

  #kind(kind: string): boolean {
    if (ALL_KINDS.includes(kind)) return true;
    const near = nearest(kind, ALL_KINDS);
    const hint = near && kind !== "" ? `did you mean "${near}"?` : `expected one of ${ALL_KINDS.join(", ")}.`;
    const trouble = kind === "" ? MISSING : { code: "unknown-kind", says: `Found "${shown(kind)}", ${hint}` };
    this.#fail("kind", kind, trouble);
    return false;
  }

  #day(text: string): boolean {
    const day = text === "" ? MISSING : (parseDay(text) ?? readDay(text, ISO_DAYS));
    if (!isTrouble(day)) return true;
    this.#fail("on", text, day);
    return false;
  }

  #fail(field: string, value: string, trouble: Trouble): undefined {
    this.bad = { field, fileColumn: field, value, trouble };
    return undefined;
  }
}

const canonical = (texts: Iterable<readonly [string, string]>): string =>
  [...texts]
    .filter(([, text]) => text.trim() !== "")
    .map(([name, text]) => `${name}=${text.trim()}`)
    .sort()
    .join("\0");

/**
 * An id for an event that has none, from its loan, what it says and how many equal ones stood before it: the same event
 * is called the same whenever it is read, and equal events of one file stay apart.
 */
export const madeEventId = (
  loanId: string,
  texts: Iterable<readonly [string, string]>,
  ordinal = 0,
): string => `made-${hash("sha256", `${loanId}\0${canonical(texts)}\0${ordinal}`).slice(0, 32)}`;
