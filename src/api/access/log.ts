import { type Access, type Database, together, writeAccesses } from "../../store/index.ts";

export interface AccessLog {
  /** Resolves once the row is in the database: before that nobody gets an answer. */
  write(row: Access): Promise<void>;
}

/** Requests that come while a statement is on its way share the next one, so that logging costs a part of a statement each. */
export function accessLog(db: Pick<Database, "run">): AccessLog {
  return {
    write: together(async (rows: readonly Access[]) => {
      await writeAccesses(db as Database, rows);
      return rows.map(() => undefined);
    }),
  };
}
