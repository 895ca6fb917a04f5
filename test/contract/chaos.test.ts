import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { type Day, day, type Instant, instantAt } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { dispatch, readChannels, readInbound, repliesOf, wireChannels } from "../../src/dispatch/index.ts";
import { bookStore, closeStore, inboundStore, listOutbox, outboxStore } from "../../src/store/index.ts";
import { furnish, loanRecord, OPENED, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { Carrier } from "../support/listener.ts";
import { emptyBook } from "../support/sql-book.ts";

const PEOPLE = 60;
const pack = loadPack("cn");

/** A small generator with a seed, so that a failure can be played again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(ENGINES)("a carrier that misbehaves, over $name", (engine) => {
  let database: TestDatabase;
  const carrier = new Carrier();
  let port: number;
  let clock = 1_767_225_600_000;
  const shelf = shelves(pack, () => ++clock);
  beforeAll(async () => {
    database = await engine.open();
    port = await carrier.open();
  });
  afterAll(async () => {
    await carrier.close();
    await database.drop();
  });

  test.each([4711, 4712])("nobody is written to twice, whatever it does (seed %i)", async (seed) => {
    const { db } = database;
    const next = dice(seed);
    await emptyBook(db);
    await furnish(db);
    const book = bookStore(db, shelf);
    const loans = Array.from({ length: PEOPLE }, (_, i) => {
      const record = loanRecord({ id: `L${i}`, borrower: `b${i}`, disbursedOn: "2025-12-10" }, i + 2);
      return { ...record, borrower: { app: `app-${i}` } };
    });
    await book.loans("test-lender", loans);
    for (let on = OPENED; on <= day("2026-01-07"); on = (on + 1) as Day)
      await runClose(closeStore(db, shelf), "test-lender", on);

    // What the carrier did with each message, by its own log; and reports that it will tell late, twice, out of order.
    const accepted = new Map<string, number>();
    const reports: { id: string; action: string; status: string }[] = [];
    carrier.answer = ({ headers, body }, response) => {
      const id = String(headers["webhook-id"]);
      const roll = next();
      const accept = (): void => {
        accepted.set(id, (accepted.get(id) ?? 0) + 1);
        for (const status of ["accepted", "delivered", "delivered"])
          reports.push({ id: `${id}-${status}`, action: JSON.parse(body).data.id, status });
      };
      const answer = (status: number, text = "{}"): void => {
        response.statusCode = status;
        response.end(text);
      };
      if (roll < 0.1) return; // Hangs; took nothing.
      if (roll < 0.2) return accept(); // Takes it, and hangs.
      if (roll < 0.3) {
        accept();
        return void response.destroy();
      }
      if (roll < 0.4) return answer(429);
      if (roll < 0.5) return answer(503);
      if (roll < 0.6) return answer(500);
      if (roll < 0.65) return answer(200, '{"error":"unknown device"}');
      accept();
      answer(202);
    };
    const yaml = `
channels:
  push: { adapter: webhook, carries: [app], url: "http://127.0.0.1:${port}/", secret: { env: K }, answer_within_seconds: 1, first_wait_ms: 1, rest_after: 1000 }
routes:
  - app: push
`;
    const read = readChannels(yaml, "channels.yaml");
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    const TEN = instantAt("Asia/Shanghai", day("2026-01-07"), 600);
    const tools = { now: (): Instant => TEN, wait: async () => {}, random: next };
    const wired = wireChannels(read.file, tools, { K: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" });

    const first = await dispatch(outboxStore(db, shelf), wired.routed, () => TEN);
    expect(first.sent + first.failed + first.unknown).toBe(PEOPLE);
    expect(first.unknown).toBeGreaterThan(0);
    // The same again, and the next day: what failed or is unknown stays so until a person says otherwise.
    for (const at of [TEN, TEN + 3_600_000, TEN + 86_400_000])
      expect(await dispatch(outboxStore(db, shelf), wired.routed, () => at)).toMatchObject({
        sent: 0,
        failed: 0,
        unknown: 0,
      });
    expect([...accepted.values()].filter((times) => times > 1)).toEqual([]);
    // Whoever was reached is never among those that failed: a failure is told only where nothing was taken.
    const failed = await listOutbox(db, ["failed"], 1000);
    expect(failed.filter(({ action }) => accepted.has(action))).toEqual([]);
    const told = (await listOutbox(db, ["unknown"], 1000)).length;
    expect([failed.length, told]).toEqual([first.failed, first.unknown]);

    // Every report twice, shuffled; afterwards each stands once, under its message.
    const inbound = inboundStore(db, repliesOf, async () => {});
    const shuffled = [...reports, ...reports].map((one) => ({ one, at: next() })).sort((a, b) => a.at - b.at);
    const counts = { new: 0, same: 0, kept: 0 };
    for (const { one } of shuffled) {
      const event = readInbound({ kind: "delivery", via: "app", ...one }, "push", TEN);
      if (!event.ok) throw new Error(event.says);
      counts[await inbound.take(event.value, TEN + 60_000)] += 1;
    }
    expect(counts).toEqual({ new: accepted.size * 2, same: shuffled.length - accepted.size * 2, kept: 0 });
  });
});
