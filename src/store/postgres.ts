import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientBase, Pool, PoolConfig } from "pg";
import { statementName } from "./every-request.ts";
import { type Database, isPassing, type Param, type Row, type Sql } from "./sql.ts";

const INT8 = 20;
const MIN_VERSION = 150_000;

/** A PostgreSQL server, version 15 or later, by its `postgres://` URL. Needs the packages `pg` and `pg-copy-streams`. */
export async function openPostgres(
  url: string,
  options: { max?: number; schema?: string } = {},
): Promise<Database> {
  const { pg, copy } = await drivers();
  const config: PoolConfig = {
    connectionString: url,
    max: options.max ?? 4,
    types: {
      getTypeParser: ((oid: number, format?: "text") =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as never,
    },
  };
  if (options.schema) config.options = `-c search_path=${options.schema}`;
  const pool = new pg.Pool(config);
  // A connection that breaks while idle is replaced at its next use; without a listener it would end the process.
  pool.on("error", () => {});
  const version = await serverVersion(pool, url);
  if (version < MIN_VERSION) {
    await pool.end();
    throw new Error(
      `PostgreSQL ${Math.floor(version / 10_000)} is too old: Arrears needs version 15 or later`,
    );
  }
  const withClient = async <T>(work: (client: ClientBase) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let broken: unknown;
    try {
      return await work(client);
    } catch (error) {
      broken = error;
      throw error;
    } finally {
      client.release(isPassing(broken));
    }
  };
  const ask = (client: ClientBase, text: string, params: readonly Param[] = []) => {
    const name = statementName(text);
    return name === undefined
      ? client.query(text, params as unknown[])
      : client.query({ name, text, values: params as unknown[] });
  };
  const sqlOf = (client: ClientBase): Sql => ({
    query: async <R extends Row>(text: string, params?: readonly Param[]) =>
      (await ask(client, text, params)).rows as R[],
    run: async (text, params) => (await ask(client, text, params)).rowCount ?? 0,
    copyOut: async (select) => {
      const parts: Buffer[] = [];
      const stream = client.query(copy.to(`copy (${select}) to stdout (format binary)`));
      for await (const part of stream) parts.push(part as Buffer);
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    },
    copyIn: async (table, columns, bytes) => {
      const stream = client.query(
        copy.from(`copy ${table} (${columns.join(", ")}) from stdin (format binary)`),
      );
      await pipeline(Readable.from(slices(bytes)), stream);
    },
    script: async (text) => {
      await client.query(text);
    },
  });
  return {
    engine: "postgres",
    query: (text, params) => withClient((client) => sqlOf(client).query(text, params)) as never,
    run: (text, params) => withClient((client) => sqlOf(client).run(text, params)),
    copyOut: (select) => withClient((client) => sqlOf(client).copyOut(select)),
    copyIn: (table, columns, bytes) => withClient((client) => sqlOf(client).copyIn(table, columns, bytes)),
    script: (text) => withClient((client) => sqlOf(client).script(text)),
    tx: (work) =>
      withClient(async (client) => {
        await client.query("begin");
        try {
          const result = await work(sqlOf(client));
          await client.query("commit");
          return result;
        } catch (error) {
          // On a lost connection the server has rolled back by itself.
          await client.query("rollback").catch(() => {});
          throw error;
        }
      }),
    close: () => pool.end(),
  };
}

const SLICE = 1 << 18;

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}

async function drivers() {
  try {
    const pg = (await import("pg")).default;
    const copy = await import("pg-copy-streams");
    return { pg, copy };
  } catch (error) {
    throw new Error("a PostgreSQL server needs two more packages: npm install pg pg-copy-streams", {
      cause: error,
    });
  }
}

async function serverVersion(pool: Pool, url: string): Promise<number> {
  try {
    const { rows } = await pool.query("select current_setting('server_version_num')::int4 as version");
    return rows[0].version;
  } catch (error) {
    await pool.end();
    const place = url.replace(/\/\/[^@/]*@/, "//");
    throw new Error(`cannot reach PostgreSQL at ${place}: ${(error as Error).message}`, { cause: error });
  }
}
