import { readFileSync } from "node:fs";
import type { Database } from "../../src/store/index.ts";

const TICKS_A_SECOND = 100;

/** CPU seconds of this process and, on a server, of the database's own processes that served it. */
export interface CpuMeter {
  /** CPU seconds spent while the work ran, and its wall seconds. */
  of<T>(work: () => Promise<T>): Promise<{ value: T; node: number; server: number; wall: number }>;
}

/**
 * On the embedded engine everything is this process. On a server the backends of our own connections are read from
 * /proc, so the server must run on this machine; they are told not to use parallel workers, whose time would hide.
 */
export async function cpuMeter(db: Database): Promise<CpuMeter> {
  const backends = async (): Promise<number[]> => {
    if (db.engine === "embedded") return [];
    const rows = await db.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and application_name = current_setting('application_name')",
    );
    return rows.map(({ pid }) => pid);
  };
  const serverSeconds = async (): Promise<ReadonlyMap<number, number>> =>
    new Map((await backends()).map((pid) => [pid, secondsOf(pid)]));
  return {
    of: async (work) => {
      const server = await serverSeconds();
      const cpu = process.cpuUsage();
      const wall = process.hrtime.bigint();
      const value = await work();
      const spent = process.cpuUsage(cpu);
      return {
        value,
        node: (spent.user + spent.system) / 1e6,
        // Of a connection that was idle and has gone nothing is missed; one that is new is counted whole.
        server: [...(await serverSeconds())].reduce(
          (sum, [pid, seconds]) => sum + seconds - (server.get(pid) ?? 0),
          0,
        ),
        wall: Number(process.hrtime.bigint() - wall) / 1e9,
      };
    },
  };
}

function secondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}

/** CPU seconds that this process has spent so far, on all its threads. */
export function spentSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/**
 * How many pieces of work are done in a CPU second, after half as long of warming. What `prepare` makes for each batch is
 * not counted: a decision is measured on facts that were just read and that nobody has judged before.
 */
export async function perCpuSecond<T>(
  seconds: number,
  prepare: () => readonly T[],
  work: (batch: readonly T[]) => unknown,
): Promise<number> {
  const during = async (limit: number): Promise<number> => {
    let done = 0;
    let spent = 0;
    while (spent < limit) {
      const batch = prepare();
      const start = spentSeconds();
      const working = work(batch);
      if (working instanceof Promise) await working;
      spent += spentSeconds() - start;
      done += batch.length;
    }
    return done / spent;
  };
  await during(seconds / 2);
  return during(seconds);
}
