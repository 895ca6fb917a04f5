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

/** Any number will do that nothing else in the database locks. */
const MIGRATION_LOCK = 4_096_001;

/**
 * Brings the database to the version this program knows; refuses one that is newer. All in one transaction, under a
 * lock: two processes that open a new database together, or one that follows a killed one whose statements the server
 * is still running, would otherwise create the same table twice.
 *
 * Each file that was never applied is, in the order of the numbers, those below the highest too: numbers are taken before a change is
 * merged, and a book that was made in between has the later one only.
 *
 * Throws  what the database says, with the name of the file; then nothing of it stands.
 */
export async function migrate(db: Database, known: readonly Migration[] = migrations()): Promise<void> {
  await db.tx(async (sql) => {
    await sql.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await sql.script("create table if not exists migration (version int4 primary key, name text not null)");
    const rows = await sql.query<{ version: number }>("select version from migration");
    const applied = new Set(rows.map(({ version }) => version));
    const have = Math.max(0, ...applied);
    const newest = known.at(-1)!.version;
    if (have > newest) {
      throw new Error(
        `this database is at version ${have}, and this program knows versions up to ${newest}: install a newer Arrears`,
      );
    }
    for (const { version, name, text } of known) {
      if (applied.has(version)) continue;
      await sql.script(text).catch((error: unknown) => {
        throw new Error(`${name}, which this database lacks: ${(error as Error).message}`, { cause: error });
      });
      await sql.run("insert into migration values ($1, $2)", [version, name]);
    }
  });
}
