import { existsSync, readFileSync } from "node:fs";
import { parseMoney, type Refusal } from "../../core/index.ts";
import {
  type AgreedClause,
  type AgreedCourt,
  CONNECTING_PLACES,
  COST_WAYS,
  type CostTerm,
  type CourtTerms,
  type ElectronicServiceClause,
  type LenderParticulars,
  NO_COURT_TERMS,
  type ProductCourtTerms,
  type WageFigure,
} from "../../legal/index.ts";
import { isMapNode, keysOf, scalar, type YamlMap, type YamlNode, YamlReader } from "../../yaml/index.ts";
import { Declined, type Io } from "../io.ts";

/** Beside the book, like `channels.yaml`. */
export const COURT_TERMS_FILE = "court-terms.yaml";

export type ReadCourtTerms =
  | { readonly ok: true; readonly terms: CourtTerms }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/**
 * Reads what a lender supplies about courts (docs/reference/jurisdiction.md has the format).
 *
 * Gives   the terms, or every mistake with its line and column.
 */
export function readCourtTerms(text: string, file: string): ReadCourtTerms {
  const reader = new Reader(text, file);
  const terms = reader.terms();
  return reader.refusals.length === 0 ? { ok: true, terms } : { ok: false, refusals: reader.refusals };
}

/** The terms that a command works with: of the file that was named, of the usual one where it is there, or none. */
export function courtTermsFor(asked: string | undefined, io: Io): { terms: CourtTerms; file?: string } {
  const file = asked ?? COURT_TERMS_FILE;
  if (!existsSync(file)) {
    if (asked !== undefined) throw new Declined(WORDS.none[io.language](file));
    return { terms: NO_COURT_TERMS };
  }
  const read = readCourtTerms(readFileSync(file, "utf8"), file);
  if (read.ok) return { terms: read.terms, file };
  const lines = read.refusals.map(({ at, says }) => `  ${at}  ${says}`).join("\n");
  throw new Declined(`${WORDS.mistakes[io.language](file)}\n${lines}`);
}

const LENDER = ["name", "address", "area", "credit_code", "representative", "representative_title", "phone"];
const PRODUCT = [
  "contract_name",
  "jurisdiction",
  "electronic_service",
  "signed_at",
  "performed_at",
  "made_online",
  "residents_only",
  "clauses",
];
const CLAUSE = ["clause", "says", "in_writing", "courts", "pointed_out", "arbitration"];
const COURT = ["tie", "court", "area", "proof"];
const COSTS: readonly CostTerm["kind"][] = ["lawyer", "service", "announcement", "appraisal", "other"];

class Reader {
  readonly #yaml: YamlReader;

  constructor(text: string, file: string) {
    this.#yaml = new YamlReader(text, file);
  }

  get refusals(): readonly Refusal[] {
    return this.#yaml.refusals;
  }

  terms(): CourtTerms {
    if (this.refusals.length > 0) return NO_COURT_TERMS;
    const root = this.#yaml.map(
      this.#yaml.root,
      ["lender", "courts", "wages", "costs", "products"],
      "court terms",
    );
    if (!root) return NO_COURT_TERMS;
    return {
      lender: this.#lender(root.get("lender")),
      courts: this.#texts(root.get("courts"), "courts"),
      wages: this.#list(root, "wages", (node) => this.#wage(node)),
      costs: this.#list(root, "costs", (node) => this.#cost(node)),
      products: this.#named(root.get("products"), "products", (node, code) => this.#product(node, code)),
    };
  }

  #lender(node: YamlNode | undefined): LenderParticulars {
    const map = node && this.#yaml.map(node, LENDER, "lender");
    if (!map) return {};
    const text = (key: string) => this.#text(map, key);
    return {
      ...opt("name", text("name")),
      ...opt("address", text("address")),
      ...opt("area", text("area")),
      ...opt("creditCode", text("credit_code")),
      ...opt("representative", text("representative")),
      ...opt("representativeTitle", text("representative_title")),
      ...opt("phone", text("phone")),
    };
  }

  #wage(node: YamlNode): WageFigure | undefined {
    const map = this.#yaml.map(node, ["province", "year", "yuan", "source", "published_on"], "wages");
    if (!map) return undefined;
    const province = this.#yaml.text(map.get("province"), "province", node);
    const year = this.#yaml.whole(map.get("year"), "year", node, 2000, 2199);
    const amount = this.#money(map, "yuan");
    const source = this.#yaml.text(map.get("source"), "source", node);
    const published = map.get("published_on");
    const publishedOn = published && this.#yaml.day(published, "published_on", node);
    if (province === undefined || year === undefined || amount === undefined || source === undefined)
      return undefined;
    return { province, year, amount, source, ...opt("publishedOn", publishedOn) };
  }

  #cost(node: YamlNode): CostTerm | undefined {
    const map = this.#yaml.map(node, ["way", "kind", "amount", "claimable"], "costs");
    if (!map) return undefined;
    const way = this.#yaml.word(map.get("way"), COST_WAYS, "way", node);
    const kind = this.#yaml.word(map.get("kind"), COSTS, "kind", node);
    const amount = this.#money(map, "amount");
    if (way === undefined || kind === undefined || amount === undefined) return undefined;
    return { way, kind, amount, ...opt("claimable", this.#flag(map, "claimable")) };
  }

  #product(node: YamlNode, code: string): ProductCourtTerms | undefined {
    const map = this.#yaml.map(node, PRODUCT, code);
    if (!map) return undefined;
    const [clause, service] = [map.get("jurisdiction"), map.get("electronic_service")];
    return {
      ...opt("contractName", this.#text(map, "contract_name")),
      ...opt("jurisdiction", clause && this.#clause(clause)),
      ...opt("electronicService", service && this.#service(service)),
      ...opt("signedAt", this.#text(map, "signed_at")),
      ...opt("performedAt", this.#text(map, "performed_at")),
      ...opt("madeOnline", this.#flag(map, "made_online")),
      ...opt("residentsOnly", this.#flag(map, "residents_only")),
      clauses: this.#texts(map.get("clauses"), "clauses"),
    };
  }

  #clause(node: YamlNode): AgreedClause | undefined {
    const map = this.#yaml.map(node, CLAUSE, "jurisdiction");
    if (!map) return undefined;
    const arbitration = map.get("arbitration");
    return {
      ...opt("clause", this.#text(map, "clause")),
      ...opt("says", this.#text(map, "says")),
      inWriting: this.#flag(map, "in_writing") ?? true,
      courts: this.#list(map, "courts", (court) => this.#court(court)),
      ...opt("pointedOut", this.#flag(map, "pointed_out")),
      ...opt(
        "arbitration",
        arbitration && this.#yaml.word(arbitration, ["only", "or-suit"] as const, "arbitration", node),
      ),
    };
  }

  #court(node: YamlNode): AgreedCourt | undefined {
    const map = this.#yaml.map(node, COURT, "courts");
    const tie = map && this.#yaml.word(map.get("tie"), CONNECTING_PLACES, "tie", node);
    if (!map || !tie) return undefined;
    return {
      tie,
      ...opt("court", this.#text(map, "court")),
      ...opt("area", this.#text(map, "area")),
      ...opt("proof", this.#text(map, "proof")),
    };
  }

  #service(node: YamlNode): ElectronicServiceClause | undefined {
    const map = this.#yaml.map(node, ["clause", "says", "to_address_on_file"], "electronic_service");
    return (
      map && {
        ...opt("clause", this.#text(map, "clause")),
        ...opt("says", this.#text(map, "says")),
        toAddressOnFile: this.#flag(map, "to_address_on_file") ?? false,
      }
    );
  }

  #list<T>(map: YamlMap, key: string, read: (node: YamlNode) => T | undefined): T[] {
    const node = map.get(key);
    if (!node) return [];
    return this.#yaml
      .items(node, key, map.node)
      .map(read)
      .filter((value) => value !== undefined);
  }

  /** A map whose keys are the lender's own: products, areas, subjects. */
  #named<T>(
    node: YamlNode | undefined,
    where: string,
    read: (node: YamlNode, key: string) => T | undefined,
  ): Record<string, T> {
    if (!node) return {};
    if (!isMapNode(node)) {
      this.#yaml.refuse("not-a-map", `${where} must be a map`, node);
      return {};
    }
    const map = this.#yaml.map(node, keysOf(node), where);
    const found: Record<string, T> = {};
    for (const key of keysOf(node)) {
      const at = map?.get(key);
      const value = at && read(at, key);
      if (value !== undefined) found[key] = value;
    }
    return found;
  }

  #texts(node: YamlNode | undefined, where: string): Record<string, string> {
    return this.#named(node, where, (value, key) => this.#yaml.text(value, key, value));
  }

  #text(map: YamlMap, key: string): string | undefined {
    const node = map.get(key);
    return node && this.#yaml.text(node, key, map.node);
  }

  #flag(map: YamlMap, key: string): boolean | undefined {
    const node = map.get(key);
    if (!node) return undefined;
    const value = scalar(node);
    if (typeof value === "boolean") return value;
    this.#yaml.refuse("not-a-flag", `${key} must be true or false`, node);
    return undefined;
  }

  #money(map: YamlMap, key: string) {
    const text = this.#yaml.text(map.get(key), key, map.node);
    const amount = text === undefined ? undefined : parseMoney(text);
    if (amount !== undefined && amount > 0) return amount;
    if (text !== undefined)
      this.#yaml.refuse(
        "not-an-amount",
        `${key}: "${text}" is no amount above zero; write it as "800.00"`,
        map.get(key),
      );
    return undefined;
  }
}

const opt = <K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };

const WORDS = {
  none: {
    en: (file: string) => `there is no file ${file}; docs/reference/jurisdiction.md says what stands in it`,
    zh: (file: string) => `没有文件 ${file}；内容见 docs/reference/jurisdiction.md`,
  },
  mistakes: {
    en: (file: string) => `${file} has mistakes:`,
    zh: (file: string) => `${file} 有错误：`,
  },
} as const;
