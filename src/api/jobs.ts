import { EventEmitter } from "node:events";
import { beginJob, type Database, endJob, type Job } from "../store/index.ts";
import { newId } from "./access/secrets.ts";

export interface JobProgress {
  readonly label: string;
  readonly done: number;
  readonly of: number;
}

/** Long work of this process: where it stands, for whoever listens; its end is in the database. */
export interface Jobs {
  start(
    asked: Pick<Job, "lender" | "kind" | "asked" | "by">,
    work: (progress: (at: JobProgress) => void) => Promise<unknown>,
  ): Promise<string>;
  /** The last word of a job that runs here. */
  at(id: string): JobProgress | undefined;
  /** Calls back with each step, and once with `undefined` at the end; gives what stops it. */
  follow(id: string, told: (at: JobProgress | undefined) => void): () => void;
  /** Ends a job of this process at its next step; what it has committed by then stays. `false` where it does not run here. */
  cancel(id: string): boolean;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

class Cancelled extends Error {
  override name = "Cancelled";
}

export function jobRunner(
  db: Database,
  now: () => number,
  failed: (error: unknown, kind: string) => void,
): Jobs {
  const last = new Map<string, JobProgress>();
  const running = new Map<string, Promise<void>>();
  const cancelled = new Set<string>();
  const told = new EventEmitter();
  told.setMaxListeners(0);
  return {
    start: async (asked, work) => {
      const id = newId();
      await beginJob(db, { ...asked, id, startedAt: now() });
      last.set(id, { label: asked.kind, done: 0, of: 1 });
      const run = async (): Promise<void> => {
        try {
          const result = await work((at) => {
            if (cancelled.has(id)) throw new Cancelled();
            last.set(id, at);
            told.emit(id, at);
          });
          await endJob(db, id, { state: "done", at: now(), result: JSON.stringify(result ?? null) });
        } catch (error) {
          if (cancelled.has(id)) {
            await endJob(db, id, { state: "cancelled", at: now(), result: "null" }).catch(() => {});
            return;
          }
          failed(error, asked.kind);
          // Its own words may hold what a file said; the log has them, the row has that it failed.
          const says = error instanceof Error && error.name === "Declined" ? error.message : "failed";
          await endJob(db, id, { state: "failed", at: now(), result: JSON.stringify({ says }) }).catch(
            () => {},
          );
        } finally {
          last.delete(id);
          cancelled.delete(id);
          running.delete(id);
          told.emit(id, undefined);
          told.removeAllListeners(id);
        }
      };
      running.set(id, run());
      return id;
    },
    at: (id) => last.get(id),
    cancel: (id) => {
      if (!running.has(id)) return false;
      cancelled.add(id);
      return true;
    },
    follow: (id, listener) => {
      if (!running.has(id)) {
        listener(undefined);
        return () => {};
      }
      told.on(id, listener);
      return () => told.off(id, listener);
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
