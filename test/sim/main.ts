import { parseArgs } from "node:util";
import findServer from "../support/server.ts";
import { dispatchSeeds } from "./dispatch-main.ts";
import { type KillEngine, killRun, usualMsOf } from "./kill.ts";

/** `npm run sim -- dispatch --seeds 1000`: what a dispatch does whose workers die; see `dispatchSeeds`. */
if (process.argv[2] === "dispatch") process.exit(await dispatchSeeds(process.argv.slice(3)));

/** `npm run sim -- --seeds 1000 --engine both`: kills a closing process once per seed and engine, and compares. */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    engine: { type: "string", default: "both" },
  },
});

const engines: readonly KillEngine[] =
  values.engine === "both" ? ["embedded", "postgres"] : [values.engine as KillEngine];
if (!engines.every((engine) => engine === "embedded" || engine === "postgres")) {
  console.error(`--engine ${values.engine} is not known; give embedded, postgres or both`);
  process.exit(2);
}
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;

const stop = engines.includes("postgres") ? await findServer() : undefined;
const started = performance.now();
const seconds = () => ((performance.now() - started) / 1000).toFixed(0);
let kills = 0;
let failed = 0;
for (const engine of engines) {
  const usualMs = await usualMsOf(engine);
  for (let seed = first; seed < first + count; seed++) {
    try {
      const result = await killRun(engine, seed, usualMs);
      kills += result.kills;
      if (result.wrong.length > 0) failure(engine, seed, result.wrong);
    } catch (error) {
      failure(engine, seed, [(error as Error).message]);
    }
    const done = seed - first + 1;
    if (done % 10 === 0 || done === count)
      console.log(`${engine}: ${done} of ${count} seeds, ${kills} kills, ${failed} failed, ${seconds()} s`);
  }
}
await stop?.();
console.log(`${count * engines.length} runs, ${kills} kills, ${failed} failed, ${seconds()} s`);
process.exitCode = failed > 0 ? 1 : 0;

function failure(engine: KillEngine, seed: number, wrong: readonly string[]): void {
  failed += 1;
  console.error(`seed ${seed} on ${engine}: ${wrong.length} differences`);
  for (const line of wrong.slice(0, 5)) console.error(`  ${line}`);
  console.error(`  again: npm run sim -- --seed ${seed} --engine ${engine}`);
}
