import { parseArgs } from "node:util";
import { migrate, openBook, openEmbedded } from "../../src/store/index.ts";
import { freshServerDatabase } from "../support/database.ts";
import findServer from "../support/server.ts";
import { CHAOS_CONNECTIONS, type ChaosResult, chaosRun } from "./chaos.ts";
import { makeBook, sendingShelves } from "./sending.ts";
import { sendingKillRun } from "./sending-kill.ts";

/**
 * `npm run sim -- dispatch [--seeds 1000] [--seed N] [--messages 200] [--engine postgres|embedded] [--kill]`: workers die
 * between every two steps, the provider fails in every way, persons pay and stop us, and the provider's log is audited.
 * With `--kill` the workers are processes of their own and die by SIGKILL.
 */
export async function dispatchSeeds(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string", default: "1000" },
      from: { type: "string", default: "1" },
      seed: { type: "string" },
      messages: { type: "string", default: "200" },
      engine: { type: "string", default: "postgres" },
      kill: { type: "boolean", default: false },
    },
  });
  const first = Number(values.seed ?? values.from);
  const count = values.seed === undefined ? Number(values.seeds) : 1;
  const embedded = values.engine === "embedded";
  const stop = embedded ? undefined : await findServer();
  const server = embedded ? undefined : await freshServerDatabase();
  const db = server ? await openBook(server.url, undefined, CHAOS_CONNECTIONS) : await openEmbedded();
  await migrate(db);
  const shelf = sendingShelves();
  const persons = await makeBook(db, Number(values.messages), shelf);
  const started = performance.now();
  const total = { crashes: 0, seen: 0, unknown: 0, stopped: 0 };
  let failed = 0;
  for (let seed = first; seed < first + count; seed++) {
    const result: ChaosResult =
      values.kill && server
        ? await sendingKillRun(server.url, shelf, persons, seed)
        : await chaosRun(db, shelf, persons, seed);
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += result[name];
    if (result.wrong.length > 0) {
      failed += 1;
      console.error(`seed ${seed}: ${result.wrong.length} wrong`);
      for (const line of result.wrong.slice(0, 5)) console.error(`  ${line}`);
    }
    const done = seed - first + 1;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    if (done % 50 === 0 || done === count)
      console.log(
        `${done} of ${count} seeds, ${total.crashes} crashes, ${total.seen} hand-overs, ${total.unknown} unknown, ${total.stopped} payments and stops, ${failed} failed, ${seconds} s`,
      );
  }
  await db.close();
  await server?.drop();
  await stop?.();
  return failed > 0 ? 1 : 0;
}
