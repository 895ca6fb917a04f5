import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { WorkCalendar } from "../src/core/index.ts";
import type { Pack } from "../src/policy/index.ts";
import { cnCalendar, cnPack } from "./cn/index.ts";
import { usCalendar, usPack } from "./us/index.ts";

export type Place = "cn" | "us";
export const PLACES: readonly Place[] = ["cn", "us"];

type Files = Readonly<Record<string, unknown>>;
const PACKS: Readonly<Record<Place, (files: Files) => Pack>> = { cn: cnPack, us: usPack };
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
  PACKS[place](readParamFiles(place, root));

/** Reads a place's statutory holidays and make-up working days. */
export const loadCalendar = (place: Place, root: string | URL = packageRoot()): WorkCalendar =>
  CALENDARS[place](readParamFiles(place, root));

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

function readParamFiles(place: Place, root: string | URL): Record<string, unknown> {
  const folder = join(typeof root === "string" ? root : fileURLToPath(root), "packs", place, "params");
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
