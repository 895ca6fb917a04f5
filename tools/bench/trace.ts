import { readFileSync } from "node:fs";
import type { Database, Sql } from "../../src/store/index.ts";

/** Server and client CPU by statement, for finding where a close spends its time. Only with one connection. */
export async function traced(db: Database): Promise<{ db: Database; report(): Record<string, string> }> {
  const [row] = await db.query<{ pid: number }>("select pg_backend_pid() as pid");
  const spent = new Map<string, { server: number; node: number; calls: number }>();
  const measure = async <T>(label: string, work: () => Promise<T>): Promise<T> => {
    const server = ticks(row!.pid);
    const node = process.cpuUsage();
    try {
      return await work();
    } finally {
      const cpu = process.cpuUsage(node);
      const sum = spent.get(label) ?? { server: 0, node: 0, calls: 0 };
      spent.set(label, sum);
      sum.server += ticks(row!.pid) - server;
      sum.node += (cpu.user + cpu.system) / 1e6;
      sum.calls += 1;
    }
  };
  const label = (text: string): string => text.replace(/\s+/g, " ").slice(0, 60);
  const wrap = (sql: Sql): Sql => ({
    query: (text, params) => measure(label(text), () => sql.query(text, params)),
    run: (text, params) => measure(label(text), () => sql.run(text, params)),
    copyOut: (text) => measure(`out ${label(text)}`, () => sql.copyOut(text)),
    copyIn: (table, columns, bytes) => measure(`in ${table}`, () => sql.copyIn(table, columns, bytes)),
    script: (text) => measure(label(text), () => sql.script(text)),
  });
  return {
    db: {
      ...db,
      ...wrap(db),
      tx: (work) => measure("whole transactions", () => db.tx((sql) => work(wrap(sql)))),
    },
    report: () =>
      Object.fromEntries(
        [...spent]
          .sort((a, b) => b[1].server + b[1].node - a[1].server - a[1].node)
          .map(([key, { server, node, calls }]) => [
            key,
            `${calls} calls, server ${server.toFixed(2)} s, node ${node.toFixed(2)} s`,
          ]),
      ),
  };
}

function ticks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
