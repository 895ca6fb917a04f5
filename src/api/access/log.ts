import { type Access, type Database, writeAccesses } from "../../store/index.ts";

export interface AccessLog {
  /** Resolves once the row is in the database: before that nobody gets an answer. */
  write(row: Access): Promise<void>;
}

/** Requests that come while a statement is on its way share the next one, so that logging costs a part of a statement each. */
export function accessLog(db: Pick<Database, "run">): AccessLog {
  let waiting: { row: Access; done: () => void; failed: (error: unknown) => void }[] = [];
  let busy = false;
  const flush = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await writeAccesses(
          db as Database,
          batch.map(({ row }) => row),
        );
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    busy = false;
  };
  return {
    write: (row) =>
      new Promise((done, failed) => {
        waiting.push({ row, done, failed });
        if (!busy) void flush();
      }),
  };
}
