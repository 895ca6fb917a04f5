import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { WorkCalendar } from "../src/core/index.ts";
import type { Pack, WordRule } from "../src/policy/index.ts";
import { cnCalendar, cnPack } from "./cn/index.ts";
import type { PackWords } from "./house/index.ts";
import { readWordRules, type WordPlace } from "./words.ts";

export type Place = "cn";
export const PLACES: readonly Place[] = ["cn"];

type Files = Readonly<Record<string, unknown>>;
const PACKS: Readonly<Record<Place, (files: Files, words: PackWords) => Pack>> = { cn: cnPack };
const CALENDARS: Readonly<Record<Place, (file: unknown) => WorkCalendar>> = { cn: cnCalendar };

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

/** Reads a place's statutory holidays and make-up working days. */
export const loadCalendar = (place: Place, root: string | URL = packageRoot()): WorkCalendar =>
  CALENDARS[place](readFiles(place, "params", root).calendar);

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

function readFiles(place: string, kind: "params" | "words", root: string | URL): Record<string, unknown> {
  const folder = join(typeof root === "string" ? root : fileURLToPath(root), "packs", place, kind);
  const files: Record<string, unknown> = {};
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(".yaml")) continue;
    const path = join(folder, name);
    try {
      files[name.slice(0, -".yaml".length)] = parse(readFileSync(path, "utf8"));
    } catch (cause) {
      throw new Error(`${path} cannot be read as YAML: ${String(cause)}`, { cause });
    }
  }
  return files;
}
