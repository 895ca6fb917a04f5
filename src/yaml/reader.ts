import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { nearest, parseDay, parseMinute, type Refusal } from "../core/index.ts";

export type YamlNode = Node;

/** A map of the file whose keys are all known. */
export interface YamlMap {
  readonly node: YamlNode;
  get(key: string): YamlNode | undefined;
}

/**
 * One YAML file that people write, read by a fixed vocabulary. Every mistake becomes a refusal with its line and column
 * and, where a word is not known, the nearest that is; reading goes on, so that all mistakes are told at once. Nothing is
 * guessed: what is refused is given as `undefined`.
 */
export class YamlReader<R extends Refusal = Refusal> {
  readonly refusals: R[] = [];
  /** The document; nothing of a file that is not YAML. */
  readonly root: YamlNode | null;
  readonly #lines = new LineCounter();
  readonly #file: string;

  constructor(text: string, file: string) {
    this.#file = file;
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    for (const error of document.errors) this.#refuseAtOffset("not-yaml", error.message, error.pos[0]);
    this.root = document.contents as Node | null;
  }

  map(node: YamlNode | null | undefined, keys: readonly string[], where: string): YamlMap | undefined {
    if (!isMap(node)) {
      this.refuse("not-a-map", `${where} must be a map with ${keys.join(", ")}`, node ?? undefined);
      return undefined;
    }
    const values = new Map<string, Node>();
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      if (!keys.includes(key)) this.unknown(key, keys, where, pair.key as Node);
      else if (pair.value) values.set(key, pair.value as Node);
    }
    return { node: node as Node, get: (key) => values.get(key) };
  }

  /** A list that may not be left out. */
  items(node: YamlNode | undefined, key: string, parent: YamlNode): YamlNode[] {
    if (isSeq(node)) return node.items as Node[];
    this.refuse("not-a-list", `${key} must be a list`, node ?? parent);
    return [];
  }

  /** Text, or a number written as such; not empty. */
  text(node: YamlNode | undefined, key: string, parent: YamlNode): string | undefined {
    const value = scalar(node);
    if ((typeof value === "string" && value.trim() !== "") || typeof value === "number") return String(value);
    this.refuse("missing", `${key} is missing or empty`, node ?? parent);
    return undefined;
  }

  day(node: YamlNode | undefined, key: string, parent: YamlNode) {
    const text = this.text(node, key, parent);
    const day = text === undefined ? undefined : parseDay(text);
    if (text !== undefined && day === undefined)
      this.refuse("not-a-day", `${key}: "${text}" is not a calendar day; write it as "2026-01-31"`, node);
    return day;
  }

  /** A minute of the day; midnight at its end is one only where `most` is 1,440. */
  minute(node: YamlNode | undefined, key: string, parent: YamlNode, most = 1439): number | undefined {
    const value = scalar(node);
    const minute = typeof value === "string" ? parseMinute(value) : undefined;
    if (minute !== undefined && minute <= most) return minute;
    this.refuse(
      "not-a-time",
      `${key}: "${value ?? ""}" is not a time of day; write it as "10:00", in quotes`,
      node ?? parent,
    );
    return undefined;
  }

  whole(
    node: YamlNode | undefined,
    key: string,
    parent: YamlNode,
    least = Number.MIN_SAFE_INTEGER,
    most = Number.MAX_SAFE_INTEGER,
  ): number | undefined {
    const value = scalar(node);
    if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most)
      return value as number;
    const bounds = most === Number.MAX_SAFE_INTEGER ? "" : ` from ${least} to ${most}`;
    this.refuse("not-a-number", `${key} must be a whole number${bounds}`, node ?? parent);
    return undefined;
  }

  /** One of the known words. */
  word<T extends string>(
    node: YamlNode | undefined,
    known: readonly T[],
    where: string,
    parent: YamlNode,
  ): T | undefined {
    const word = wordOf(node);
    if ((known as readonly string[]).includes(word)) return word as T;
    if (node === undefined) this.refuse("missing", `${where} is missing: one of ${known.join(", ")}`, parent);
    else this.unknown(word, known, where, node);
    return undefined;
  }

  unknown(word: string, known: readonly string[], where: string, node: YamlNode): void {
    const near = nearest(word, known);
    const hint = near ? `did you mean "${near}"?` : `known are ${known.join(", ")}`;
    this.refuse("unknown-word", `"${word}" is not known in ${where}; ${hint}`, node);
  }

  /** Refuses something at a place of the file; `more` is what the caller's refusals carry beyond the usual. */
  refuse(code: string, says: string, node: YamlNode | undefined, more?: Omit<R, keyof Refusal>): void {
    this.#refuseAtOffset(code, says, node?.range?.[0] ?? 0, more);
  }

  #refuseAtOffset(code: string, says: string, offset: number, more?: Omit<R, keyof Refusal>): void {
    const { line, col } = this.#lines.linePos(offset);
    // An empty file has no line for the reader, but it has one for people.
    const at = `${this.#file}:${Math.max(1, line)}:${Math.max(1, col)}`;
    this.refusals.push({ code, says, at, ...more } as R);
  }
}

/** The plain value of a node; `undefined` of a list, a map, or nothing. */
export const scalar = (node: YamlNode | undefined): unknown => (isScalar(node) ? node.value : undefined);

export const isSequence = (node: YamlNode | undefined): boolean => isSeq(node);

export const isMapNode = (node: YamlNode | undefined): boolean => isMap(node);

/** The keys of a map whose keys are the writer's own; none of anything else. */
export const keysOf = (node: YamlNode | undefined): string[] =>
  isMap(node) ? node.items.map(({ key }) => (isScalar(key) ? String(key.value) : "")) : [];

/** A node as a word, empty where it is none. */
export const wordOf = (node: YamlNode | undefined): string => {
  const value = scalar(node);
  return value === undefined || value === null ? "" : String(value);
};
