import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Database } from "./sql.ts";

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
}

/** The numbered SQL files, forward only. */
export function migrations(): readonly Migration[] {
  const folder = join(packageRoot(), "src/store/migrations");
  return readdirSync(folder)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      name,
      text: readFileSync(join(folder, name), "utf8"),
    }));
}

/** The folder that holds package.json: from the sources and from the build alike. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}

/** Brings the database to the version this program knows; refuses one that is newer. */
export async function migrate(db: Database, known: readonly Migration[] = migrations()): Promise<void> {
  await db.script("create table if not exists migration (version int4 primary key, name text not null)");
  const rows = await db.query<{ version: number }>(
    "select coalesce(max(version), 0) as version from migration",
  );
  const have = rows[0]!.version;
  const newest = known.at(-1)!.version;
  if (have > newest) {
    throw new Error(
      `this database is at version ${have}, and this program knows versions up to ${newest}: install a newer Arrears`,
    );
  }
  for (const { version, name, text } of known) {
    if (version <= have) continue;
    await db.script(`begin;\n${text}\ninsert into migration values (${version}, '${name}');\ncommit;`);
  }
}
