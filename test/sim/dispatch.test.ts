import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { CHAOS_CONNECTIONS, chaosRun } from "./chaos.ts";
import { makeBook, type Person, sendingShelves } from "./sending.ts";
import { sendingKillRun } from "./sending-kill.ts";

/** Few seeds, as many as a test run has time for: `npm run sim -- dispatch --seeds 1000` is the long version. */
describe.each(ENGINES)("a dispatch whose workers die over $name", (engine) => {
  let database: TestDatabase;
  let persons: Person[];
  const shelf = sendingShelves();
  beforeAll(async () => {
    database = await engine.open(CHAOS_CONNECTIONS);
    persons = await makeBook(database.db, 200, shelf);
  });
  afterAll(() => database.drop());

  test.each([1, 2, 3])(
    "sends nothing twice, passes no cap, and heeds every payment and stop (seed %i)",
    async (seed) => {
      const result = await chaosRun(database.db, shelf, persons, seed);
      expect(result.wrong, `npm run sim -- dispatch --seed ${seed}`).toEqual([]);
      expect(result.crashes).toBeGreaterThan(4);
      expect(result.unknown).toBeGreaterThan(0);
      expect(result.stopped).toBeGreaterThan(4);
    },
  );
});

test("processes that are killed send nothing twice, pass no cap, and heed every payment and stop", async () => {
  const { url, db, drop } = await ENGINES.find(({ name }) => name === "postgres")!.open();
  const shelf = sendingShelves();
  const persons = await makeBook(db, 300, shelf);
  for (const seed of [1]) {
    const result = await sendingKillRun(url!, shelf, persons, seed, 3);
    expect(result.wrong, `npm run sim -- dispatch --kill --seed ${seed}`).toEqual([]);
    expect(result.crashes).toBeGreaterThan(0);
  }
  await drop();
}, 300_000);

/** Ten thousand are `npm run sim -- dispatch --messages 10000 --seed 1`. */
test("eight workers and some hundred messages: nothing twice, no cap passed, every payment and stop heeded", async () => {
  const { db, drop } = await ENGINES.find(({ name }) => name === "postgres")!.open(CHAOS_CONNECTIONS);
  const shelf = sendingShelves();
  const persons = await makeBook(db, 600, shelf);
  const result = await chaosRun(db, shelf, persons, 1);
  expect(result.wrong).toEqual([]);
  expect(result.seen).toBeGreaterThan(300);
  await drop();
}, 300_000);
