import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { type Day, day, instantAt } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { type ChannelAdapter, dispatch } from "../../src/dispatch/index.ts";
import { type GateFacts, type ProposedStep, replay, usePermit } from "../../src/policy/index.ts";
import { randomOf } from "../../src/sample/random.ts";
import { bookStore, closeStore, contactBegun, outboxStore } from "../../src/store/index.ts";
import { furnish, loanRecord, OPENED, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { emptyBook } from "../support/sql-book.ts";
import { Crash, crashingAt } from "./faults.ts";

const pack = loadPack("cn");
const CALLS_ON = "2026-01-15";
const at = (minute: number): number => instantAt("Asia/Shanghai", day(CALLS_ON), minute);
const WORKERS = 50;

/**
 * A person is to be called far more often than the standard allows; many workers do it at once, and die at any moment:
 * before the permit is recorded, between the record and the hand-over, after the hand-over, before the receipt.
 */
describe.each(ENGINES)("caps under many workers over $name", (engine) => {
  let database: TestDatabase;
  let clock = 1_767_225_600_000;
  const shelf = shelves(pack, () => ++clock);

  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await emptyBook(database.db);
    await furnish(database.db);
    // Due on 10 January: the ladder calls on the fifth day after.
    await bookStore(database.db, shelf).loans("test-lender", [
      loanRecord({ id: "L1", disbursedOn: "2025-12-10" }),
    ]);
    for (let on = OPENED; on <= day(CALLS_ON); on = (on + 1) as Day)
      await runClose(closeStore(database.db, shelf), "test-lender", on);
    await database.db.run("delete from outbox where act <> 2");
    await database.db.run(
      `insert into outbox select slot, state_at, bucket, n, on_day, act, i, lender, state, via, what, strategy, pack, steps
       from outbox, generate_series(1, 30) as i`,
    );
  });

  test.each([1, 2, 3])(
    "nobody is called more than three times a day, whatever dies (seed %i)",
    async (seed) => {
      const dice = randomOf(String(seed));
      const called: string[] = [];
      const channel = (): ChannelAdapter => ({
        name: "dialler",
        carries: ["call"],
        send: async (permit, message) => {
          const { via: kind, to: address, text, id } = message;
          const wrong = usePermit(permit, { kind, address, text, at: permit.step.at });
          if (wrong) throw new Error(wrong);
          if (dice() < 1 / 4) throw new Error("died before the hand-over");
          called.push(id);
          if (dice() < 1 / 4) throw new Error("died after the hand-over");
          return { outcome: "sent", receipt: id };
        },
      });
      const worker = async (i: number): Promise<void> => {
        const db = crashingAt(database.db, dice() < 1 / 2 ? Math.floor(dice() * 60) + 1 : 0);
        // Each worker's clock differs a little, as clocks do.
        await dispatch(outboxStore(db, shelf), [channel()], () => at(10 * 60) + i * 500).catch((error) => {
          if (!(error instanceof Crash)) throw error;
        });
      };
      await Promise.all(Array.from({ length: WORKERS }, (_, i) => worker(i)));
      await dispatch(outboxStore(database.db, shelf), [channel()], () => at(11 * 60));
      const begun = await database.db.query<{ n: number }>(
        "select count(*)::int4 as n from journal where kind = 40",
      );
      expect(called.length).toBeLessThanOrEqual(3);
      expect(new Set(called).size).toBe(called.length);
      // What was begun counts as made, whatever became of it: so three are begun, and the rest waits or is refused.
      expect(begun[0]!.n).toBe(3);
    },
  );

  test("each contact's permit is judged again to the same answer from what was recorded", async () => {
    const channel: ChannelAdapter = {
      name: "dialler",
      carries: ["call"],
      send: async (_permit, { id }) => ({ outcome: "sent", receipt: id }),
    };
    await dispatch(outboxStore(database.db, shelf), [channel], () => at(10 * 60));
    const rows = await database.db.query<{ payload: string }>("select payload from journal where kind = 40");
    expect(rows).toHaveLength(3);
    for (const { payload } of rows) {
      const { action } = JSON.parse(payload) as { action: string };
      const { fact } = (await contactBegun(database.db, action))!;
      const { step, facts } = fact.judged as { step: ProposedStep; facts: GateFacts };
      const recorded = { pack: fact.pack, verdict: fact.verdict!, rules: fact.rules, step, facts };
      expect(replay(recorded, pack)).toMatchObject({
        samePack: true,
        sameVerdict: true,
        gone: [],
        added: [],
      });
    }
  });
});
