import { randomBytes } from "node:crypto";
import pg from "pg";
import {
  carrying,
  type Database,
  migrate,
  openEmbedded,
  openPostgres,
  vaultFor,
} from "../../src/store/index.ts";

/** A fresh, migrated database that is gone after the test. */
export interface TestDatabase {
  readonly db: Database;
  /** What `--db` takes; only on the server engine. */
  readonly url?: string;
  drop(): Promise<void>;
}

export interface Engine {
  readonly name: "embedded" | "postgres";
  /** `connections` is for tests in which more than a few transactions run at once; the embedded engine has one. */
  open(connections?: number): Promise<TestDatabase>;
}

/** Keys of the tests' books. */
const KEYS = JSON.stringify({
  current: "k1",
  index: Buffer.alloc(32, 1).toString("base64url"),
  keys: [{ id: "k1", madeAt: "2026-01-01T00:00:00.000Z", key: Buffer.alloc(32, 2).toString("base64url") }],
});
// Commands that a test runs on the server's book ask for them as everybody does.
process.env.ARREARS_KEYS ??= KEYS;

/** Both engines; every store test runs over each. */
export const ENGINES: readonly Engine[] = [
  {
    name: "embedded",
    open: async () => {
      const db = await openEmbedded();
      await migrate(db);
      return { db, drop: () => db.close() };
    },
  },
  {
    name: "postgres",
    open: async (connections) => {
      const { url, drop } = await freshServerDatabase();
      const plain = await openPostgres(url, connections ? { max: connections } : {});
      await migrate(plain);
      // One engine with encrypted fields and one without: what a test says holds for both.
      const vault = await vaultFor(plain, url, KEYS, 0);
      const db = carrying(plain, { vault: vault! });
      return {
        db,
        url,
        drop: async () => {
          await db.close();
          await drop();
        },
      };
    },
  },
];

/** An empty database on the test server; `server.ts` has put its address into the environment. */
export async function freshServerDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env.ARREARS_TEST_PG;
  if (!server) throw new Error("run these tests with vitest: its global set-up finds the PostgreSQL server");
  const name = `arrears_test_${process.pid}_${randomBytes(6).toString("hex")}`;
  await admin(server, `create database ${name}`);
  // No test pulls the server's plug, and waiting for the disk at each commit would triple their time.
  await admin(server, `alter database ${name} set synchronous_commit = off`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(server, `drop database if exists ${name} with (force)`) };
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
