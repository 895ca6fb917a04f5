import { describe, expect, test } from "vitest";
import { killRun, usualMsOf } from "./kill.ts";

/** Fifteen in all; a process on the embedded engine takes longer to start. `npm run sim` is the long version. */
const SEEDS = { embedded: 6, postgres: 9 };

describe.concurrent("a close that is killed", () => {
  test.each(["embedded", "postgres"] as const)(
    "on %s is finished by running it again, with nothing lost and nothing doubled",
    async (engine) => {
      const usualMs = await usualMsOf(engine);
      let kills = 0;
      for (let seed = 1; seed <= SEEDS[engine]; seed++) {
        const result = await killRun(engine, seed, usualMs);
        kills += result.kills;
        expect(result.wrong, `npm run sim -- --seed ${seed} --engine ${engine}`).toEqual([]);
      }
      expect(kills, "kills that met a living process").toBeGreaterThan(SEEDS[engine] / 2);
    },
    600_000,
  );
});
