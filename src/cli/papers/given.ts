import { existsSync } from "node:fs";
import {
  CLAUSES,
  PARTICULARS,
  type PaperSettings,
  type Particulars,
  PRODUCT_SETTINGS,
  SETTINGS,
  wrongValue,
} from "../../documents/papers/index.ts";
import { readNamedRows } from "../../intake/index.ts";
import type { CourtTerms } from "../../legal/index.ts";
import { textOf } from "../../office/book.ts";
import { Declined, type Io } from "../../office/io.ts";
import { scalar, type YamlMap, type YamlNode, YamlReader } from "../../yaml/index.ts";
import { say } from "../messages.ts";

const USUAL_FILE = "papers.yaml";

/** The settings of papers from a file, over what the court terms say already; none where the usual one is not there. */
export function settingsFrom(file: string | undefined, terms: CourtTerms, io: Io): PaperSettings {
  return new Map([...settingsOfTerms(terms), ...settingsOfFile(file, io)]);
}

/** Court terms and the settings of papers say some things of a lender both: they are written once, and the settings win. */
export function settingsOfTerms({ lender, products }: CourtTerms): PaperSettings {
  const settings = new Map<string, string>();
  const set = (key: string, value: string | undefined): void => {
    if (value !== undefined) settings.set(key, value);
  };
  set("lender.name", lender.name);
  set("lender.address", lender.address);
  set("lender.credit_code", lender.creditCode);
  set("lender.representative", lender.representative);
  set("lender.representative_title", lender.representativeTitle);
  set("lender.phone", lender.phone);
  for (const [code, { contractName, jurisdiction, electronicService, clauses }] of Object.entries(products)) {
    const own = (key: string, value: string | undefined): void => set(`products.${code}.${key}`, value);
    own("contract.name", contractName);
    own("contract.clauses.jurisdiction", jurisdiction?.clause);
    own("court.agreed", jurisdiction?.says);
    own("contract.clauses.service", electronicService?.clause);
    for (const [subject, clause] of Object.entries(clauses))
      if (CLAUSES.some((one) => one === subject)) own(`contract.clauses.${subject}`, clause);
  }
  return settings;
}

function settingsOfFile(file: string | undefined, io: Io): PaperSettings {
  if (file === undefined && !existsSync(USUAL_FILE)) return new Map();
  const path = file ?? USUAL_FILE;
  const read = readPaperSettings(textOf(path, io), path);
  if (read.refusals.length === 0) return read.settings;
  const lines = read.refusals.map(({ at, says }) => `  ${at}  ${says}`).join("\n");
  throw new Declined(`${say.fileRefused[io.language](path)}\n${lines}`);
}

/**
 * Reads settings of papers: what the lender is, what its contracts say, what it decided to ask a court for.
 *
 * Refuses each mistake with its line, and an unknown word with the nearest known one.
 */
export function readPaperSettings(text: string, file: string) {
  const reader = new YamlReader(text, file);
  const settings = new Map<string, string>();
  const given: Given = { reader, settings };
  const map = reader.map(
    reader.root,
    ["papers", ...headsOf(Object.keys(SETTINGS)), "products"],
    "the settings",
  );
  if (map) {
    reader.word(map.get("papers"), ["1"], "papers", map.node);
    readKeys(given, map, Object.keys(SETTINGS), "", "");
    const products = map.get("products");
    if (products !== undefined)
      for (const item of reader.items(products, "products", products)) readProduct(given, item);
  }
  return { settings: settings as PaperSettings, refusals: reader.refusals };
}

interface Given {
  readonly reader: YamlReader;
  readonly settings: Map<string, string>;
}

const headsOf = (keys: readonly string[]): string[] => [...new Set(keys.map((key) => key.split(".")[0]!))];

/** Reads keys with dots as maps within maps; `at` is where they stand, `under` what is put before each key that is kept. */
function readKeys(given: Given, map: YamlMap, keys: readonly string[], at: string, under: string): void {
  const { reader, settings } = given;
  for (const head of headsOf(keys)) {
    const node = map.get(head);
    if (node === undefined) continue;
    const path = `${at}${head}`;
    const below = keys.flatMap((key) => (key.startsWith(`${head}.`) ? [key.slice(head.length + 1)] : []));
    if (below.length > 0) {
      const inner = reader.map(node, headsOf(below), path);
      if (inner) readKeys(given, inner, below, `${path}.`, under);
      continue;
    }
    const found = scalar(node);
    const value = typeof found === "boolean" ? (found ? "yes" : "no") : reader.text(node, path, node);
    if (value === undefined) continue;
    const wrong = wrongValue(SETTINGS[path]!, value);
    if (wrong) reader.refuse(wrong.code, `${path}: ${wrong.says}`, node);
    else settings.set(`${under}${path}`, value);
  }
}

function readProduct(given: Given, item: YamlNode): void {
  const { reader } = given;
  const map = reader.map(item, ["product", ...headsOf(PRODUCT_SETTINGS)], "a product");
  const code = map && reader.text(map.get("product"), "product", map.node);
  if (map && code !== undefined) readKeys(given, map, PRODUCT_SETTINGS, "", `products.${code}.`);
}

interface WrongRow {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly code: string;
  readonly says: string;
}

/** Particulars by loan, and the rows that could not be read: those cases stand without. */
export async function particularsFrom(
  file: string | undefined,
  io: Io,
): Promise<{ readonly of: ReadonlyMap<string, Particulars>; readonly bad: readonly WrongRow[] }> {
  const of = new Map<string, Particulars>();
  const bad: WrongRow[] = [];
  if (file === undefined) return { of, bad };
  const columns = { known: ["loan_id", ...Object.keys(PARTICULARS)], needed: ["loan_id"] };
  const reader = readNamedRows(file, columns);
  for await (const batch of reader) {
    bad.push(...batch.bad);
    for (const { line, texts } of batch.records) {
      const { loan_id: loan, ...own } = texts;
      const wrong = Object.entries(own).flatMap(([column, value]) => {
        const trouble = wrongValue(PARTICULARS[column]!, value);
        return trouble ? [{ line, column, value, ...trouble }] : [];
      });
      if (wrong.length > 0) bad.push(...wrong);
      else of.set(loan!, new Map(Object.entries(own)));
    }
  }
  const { refusals, complete } = reader.summary;
  if (refusals.length > 0 || !complete)
    throw new Declined(
      `${say.fileRefused[io.language](file)}\n${refusals.map(({ says }) => `  ${says}`).join("\n")}`,
    );
  return { of, bad };
}
