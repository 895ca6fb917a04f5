import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { PGlite, type Transaction, types } from "@electric-sql/pglite";
import { takeLock } from "./lock.ts";
import type { Database, Param, Row, Sql } from "./sql.ts";

/**
 * The embedded database: PostgreSQL as WebAssembly in this process, its files in one folder, or in memory without one.
 * One process at a time, which our lock file sees to. It does not call fsync: a killed process loses nothing that was
 * committed, a power failure may; it is for trying and for small books.
 */
export async function openEmbedded(folder?: string): Promise<Database> {
  if (folder === undefined) return wrap(await create());
  mustSuit(folder);
  mkdirSync(folder, { recursive: true });
  const release = takeLock(`${folder.replace(/[/\\]+$/, "")}.lock`);
  try {
    // PostgreSQL's own mark of a running server. Ours is the lock above; a process that was killed while it wrote this one
    // leaves it empty, and PostgreSQL then refuses to start at all.
    rmSync(join(folder, "postmaster.pid"), { force: true });
    return wrap(await create(folder), release);
  } catch (error) {
    release();
    throw error;
  }
}

/** A folder that holds something else would be littered with the files of a database. */
function mustSuit(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory())
    throw new Error(`${folder} is a file; a book is a folder, or has a postgres:// address`);
  const names = readdirSync(folder);
  // One that was broken off while it was made has some of these, and is made anew.
  if (names.length > 0 && !names.some((name) => /^(PG_VERSION|base|global|pg_\w+)$/.test(name)))
    throw new Error(`${folder} holds other files and no book; give an empty folder or a new name`);
}

const create = (dataDir?: string): Promise<PGlite> =>
  PGlite.create({
    ...(dataDir === undefined ? {} : { dataDir }),
    relaxedDurability: false,
    parsers: { [types.INT8]: Number },
  });

function wrap(db: PGlite, release: () => void = () => {}): Database {
  return {
    ...sqlOf(db),
    engine: "embedded",
    tx: (work) => db.transaction((tx) => work(sqlOf(tx))),
    close: async () => {
      await db.close();
      release();
    },
  };
}

function sqlOf(db: PGlite | Transaction): Sql {
  const query = (text: string, params: readonly Param[] = []) => db.query<Row>(text, [...params]);
  return {
    query: async <R extends Row>(text: string, params?: readonly Param[]) =>
      (await query(text, params)).rows as R[],
    run: async (text, params) => (await query(text, params)).affectedRows ?? 0,
    copyOut: async (select) => {
      const { blob } = await db.query(`copy (${select}) to '/dev/blob' (format binary)`);
      return Buffer.from(await blob!.arrayBuffer());
    },
    copyIn: async (table, columns, bytes) => {
      const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
      await db.query(`copy ${table} (${columns.join(", ")}) from '/dev/blob' (format binary)`, [], { blob });
    },
    script: async (text) => {
      await db.exec(text);
    },
  };
}
