import type { Database, Sql } from "../../src/store/index.ts";

export class Crash extends Error {
  override name = "Crash";
}

/** A database on which the n-th call, counted over everything, fails before it reaches the engine. 0 never fails. */
export function crashingAt(db: Database, at: number): Database & { readonly calls: () => number } {
  let calls = 0;
  const count = (): void => {
    calls += 1;
    if (calls === at) throw new Crash(`call ${calls}`);
  };
  const wrap = (sql: Sql): Sql => ({
    ...sql,
    query: async (text, params) => {
      count();
      return sql.query(text, params);
    },
    run: async (text, params) => {
      count();
      return sql.run(text, params);
    },
    copyOut: async (select) => {
      count();
      return sql.copyOut(select);
    },
    copyIn: async (table, columns, bytes) => {
      count();
      return sql.copyIn(table, columns, bytes);
    },
    script: (text) => {
      count();
      return sql.script(text);
    },
  });
  return {
    ...wrap(db),
    engine: db.engine,
    tx: (work) =>
      db.tx(async (sql) => {
        const result = await work(wrap(sql));
        // The last statement of a transaction is its commit.
        count();
        return result;
      }),
    close: () => db.close(),
    calls: () => calls,
  };
}
