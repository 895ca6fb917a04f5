import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { WorkCalendar } from "../src/core/index.ts";
import type { Pack, WordRule } from "../src/policy/index.ts";
import { cnCalendar, cnPack } from "./cn/index.ts";
import { CN_LIMITS } from "./cn/limits.ts";
import { type Cited, type ClauseCover, citedIn, coverage } from "./coverage.ts";
import type { PackWords } from "./house/index.ts";
import { type Limits, type ReadHouse, readHouse, withHouse } from "./house/tighten.ts";
import { usCalendar, usPack } from "./us/index.ts";
import { US_LIMITS } from "./us/limits.ts";
import { readWordRules, type WordPlace } from "./words.ts";

export type Place = "cn" | "us";
export const PLACES: readonly Place[] = ["cn", "us"];

type Files = Readonly<Record<string, unknown>>;
const PACKS: Readonly<Record<Place, (files: Files, words: PackWords) => Pack>> = { cn: cnPack, us: usPack };
const LIMITS: Readonly<Record<Place, Limits>> = { cn: CN_LIMITS, us: US_LIMITS };
const CALENDARS: Readonly<Record<Place, (files: Files) => WorkCalendar>> = {
  cn: ({ calendar }) => cnCalendar(calendar),
  us: usCalendar,
};

/**
 * Reads a pack's parameter files and builds the pack. The only file of this folder that touches the disk.
 *
 * Takes   the place; the package root, found from this file when absent, in the source tree and in the build alike.
 * Refuses by throwing, with the file's name.
 */
export const loadPack = (place: Place, root: string | URL = packageRoot()): Pack =>
  PACKS[place](readFiles(place, "params", root), {
    own: loadWords(place, root),
    house: loadWords("house", root),
  });

/** The rules on words of a place, or the house's, which every pack carries. */
export function loadWords(
  place: WordPlace | "house",
  root: string | URL = packageRoot(),
): readonly WordRule[] {
  const common = readFiles("house", "words", root);
  return readWordRules(place === "house" ? common : readFiles(place, "words", root), common);
}

/** Which clause of `law/` the pack of a place carries, and which it does not. A text of the house is every pack's, unless its head names a place. */
export function coverageOf(
  place: Place,
  pack: Pack,
  root: string | URL = packageRoot(),
): readonly ClauseCover[] {
  const folder = typeof root === "string" ? root : fileURLToPath(root);
  const texts = new Map<string, string>();
  for (const part of [place, "house"]) {
    for (const name of readdirSync(join(folder, "law", part)).sort()) {
      if (!name.endsWith(".md")) continue;
      const text = readFileSync(join(folder, "law", part, name), "utf8");
      const only = /^place: (\w+)$/m.exec(text.slice(0, text.indexOf("\n---\n")))?.[1];
      if (only === undefined || only === place) texts.set(`${part}/${name.slice(0, -".md".length)}`, text);
    }
  }
  const examples: Cited[] = [];
  const tried = join(folder, "packs", place, "examples");
  for (const name of readdirSync(tried).sort()) {
    if (name.endsWith(".yaml"))
      examples.push(...citedIn(parse(readFileSync(join(tried, name), "utf8")), name));
  }
  return coverage(pack, texts, examples, [...loadWords(place, root), ...loadWords("house", root)]);
}

/** Reads a lender's own settings, and refuses those that are looser than the pack of its place. */
export const readHouseFor = (place: Place, pack: Pack, text: string, file: string): ReadHouse =>
  readHouse(text, file, pack, LIMITS[place]);

const NO_LIMITS: Limits = { quietHours: [], openHours: [], connectedADay: [], attemptsANumberADay: [] };

/**
 * The pack with a lender's settings as recorded, by first day. They were held against the pack when they were recorded,
 * and are not again: a newer pack may have become stricter, and its rules stand whatever a lender's say.
 */
export function packWithHouse(pack: Pack, settings: readonly string[]): Pack {
  if (settings.length === 0) return pack;
  const houses = settings.map((text) => {
    const read = readHouse(text, "the recorded settings", pack, NO_LIMITS);
    if (!read.ok)
      throw new Error(
        `a lender's recorded settings cannot be read: ${read.refusals.map(({ says }) => says).join("; ")}`,
      );
    return read.house;
  });
  return withHouse(pack, ...houses);
}

/** Reads a place's statutory holidays and make-up working days. */
export const loadCalendar = (place: Place, root: string | URL = packageRoot()): WorkCalendar =>
  CALENDARS[place](readFiles(place, "params", root));

/** The nearest folder above this file that has a `package.json`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("no package.json above the packs; give the package root");
    folder = parent;
  }
  return folder;
}

const read = new Map<string, { readonly text: string; readonly value: unknown }>();

/** The house's words belong to every pack, and a calendar to its pack: parsing takes far longer than reading. */
function parsed(path: string): unknown {
  const text = readFileSync(path, "utf8");
  const before = read.get(path);
  if (before?.text === text) return before.value;
  const value: unknown = parse(text);
  read.set(path, { text, value });
  return value;
}

function readFiles(place: string, kind: "params" | "words", root: string | URL): Record<string, unknown> {
  const folder = join(typeof root === "string" ? root : fileURLToPath(root), "packs", place, kind);
  const files: Record<string, unknown> = {};
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(".yaml")) continue;
    const path = join(folder, name);
    try {
      files[name.slice(0, -".yaml".length)] = parsed(path);
    } catch (cause) {
      throw new Error(`${path} cannot be read as YAML: ${String(cause)}`, { cause });
    }
  }
  return files;
}
