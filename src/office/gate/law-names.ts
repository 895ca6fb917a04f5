import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../packs/load.ts";

export interface LawName {
  readonly zh: string;
  readonly en: string;
}

let names: Readonly<Record<string, LawName>> | undefined;

/** The names that the texts under `law/` have of themselves, by the names under which rules cite them. Read once. */
export function lawNames(): Readonly<Record<string, LawName>> {
  if (names) return names;
  const found: Record<string, LawName> = {};
  const root = join(packageRoot(), "law");
  for (const place of readdirSync(root, { withFileTypes: true }).filter((one) => one.isDirectory()))
    for (const file of readdirSync(join(root, place.name)).filter((name) => name.endsWith(".md"))) {
      const text = readFileSync(join(root, place.name, file), "utf8");
      const zh = /^instrument: (.+)$/m.exec(text)?.[1];
      const en = /^in_english: (.+)$/m.exec(text)?.[1] ?? zh;
      if (zh !== undefined && en !== undefined) found[`${place.name}/${file.slice(0, -3)}`] = { zh, en };
    }
  names = found;
  return names;
}
