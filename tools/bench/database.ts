import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Database, migrate, openEmbedded, openPostgres } from "../../src/store/index.ts";

export type EngineName = "postgres" | "embedded";

/** A database for one measurement, gone afterwards. The server is BENCH_PG, else the one on this machine's usual port. */
export async function benchDatabase(
  engine: EngineName,
  connections = 1,
  /** A name under which it is kept, and found again by the next run. */
  kept?: string,
): Promise<{ db: Database; url?: string; isNew: boolean; drop(): Promise<void> }> {
  if (engine === "embedded") {
    const folder = mkdtempSync(join(tmpdir(), "arrears-bench-"));
    const db = await openEmbedded(join(folder, "book"));
    await migrate(db);
    return {
      db,
      isNew: true,
      drop: async () => {
        await db.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  const server = process.env.BENCH_PG ?? "postgres://postgres@127.0.0.1:5432/postgres";
  const name = `arrears_bench_${kept?.replaceAll(/\W/g, "_") ?? process.pid}`;
  if (kept === undefined) await admin(server, `drop database if exists ${name} with (force)`);
  const isNew = await admin(server, `create database ${name}`).then(
    () => true,
    (error: { code?: string }) => {
      if (kept !== undefined && error.code === "42P04") return false;
      throw error;
    },
  );
  await admin(server, `alter database ${name} set max_parallel_workers_per_gather = 0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = await openPostgres(url.href, { max: connections });
  await migrate(db);
  return {
    db,
    url: url.href,
    isNew,
    drop: async () => {
      await db.close();
      if (kept === undefined) await admin(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function admin(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
