import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { type Day, day, type Fact, instantAt, type Key } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import {
  type ChannelAdapter,
  decide,
  dispatch,
  type Inbound,
  NotHandedOver,
  type Receipt,
  readChannels,
  repliesOf,
  type Wired,
  wireChannels,
} from "../../src/dispatch/index.ts";
import {
  bookStore,
  closeStore,
  contactsOf,
  type InboundStore,
  inboundStore,
  listOutbox,
  outboxStore,
  reopenAction,
} from "../../src/store/index.ts";
import { JOURNAL_COLUMNS, readJournal } from "../../src/store/rows.ts";
import { furnish, loanRecord, OPENED, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { emptyBook } from "../support/sql-book.ts";

const pack = loadPack("cn");
const at = (text: string, minute: number): number => instantAt("Asia/Shanghai", day(text), minute);
const TEN = at("2026-01-07", 10 * 60);

describe.each(ENGINES)("what comes back, over $name", (engine) => {
  let database: TestDatabase;
  let clock = 1_767_225_600_000;
  const shelf = shelves(pack, () => ++clock);
  let inbound: InboundStore;
  let owner: Key;
  let action: string;
  const closeThrough = async (through: string): Promise<void> => {
    for (let on = OPENED; on <= day(through); on = (on + 1) as Day)
      await runClose(closeStore(database.db, shelf), "test-lender", on);
  };
  /** Facts of the borrower himself, in their order. */
  const facts = async (): Promise<Fact[]> => {
    const bytes = await database.db.copyOut(
      `select ${JOURNAL_COLUMNS.join(", ")} from journal where bucket = ${owner.bucket} and n = ${owner.n} order by seq`,
    );
    return [...readJournal(bytes, database.db.vault)].map(({ fact }) => fact);
  };
  const kinds = async (): Promise<string[]> => (await facts()).map(({ kind }) => kind);
  const sends = (
    receipt: Partial<Receipt> = {},
    carries: ChannelAdapter["carries"] = ["app", "text"],
  ): ChannelAdapter => ({
    name: "sms",
    carries,
    send: async () => ({ outcome: "sent", receipt: "ab1", references: ["ab1"], channel: "sms", ...receipt }),
  });
  const send = (channel: ChannelAdapter, now = TEN) =>
    dispatch(outboxStore(database.db, shelf), [channel], () => now);
  const delivery = (change: Partial<Inbound> = {}): Inbound =>
    ({
      kind: "delivery",
      id: "ab1/DELIVRD",
      channel: "sms",
      via: "text",
      at: TEN + 5000,
      reference: "ab1",
      status: "delivered",
      ...change,
    }) as Inbound;
  const words = (text: string, id = text, address = "+86 199 0000 0000"): Inbound => ({
    kind: "message",
    id,
    channel: "sms",
    via: "text",
    at: TEN + 60_000,
    address,
    text,
  });

  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await emptyBook(database.db);
    await furnish(database.db);
    const { db } = database;
    const book = bookStore(db, shelf);
    // Falls due on 10 January; its first message is planned for the 7th at 10:00, by text: there is no app.
    const record = loanRecord({ id: "L1", disbursedOn: "2025-12-10" });
    await book.loans("test-lender", [{ ...record, borrower: { phone: "19900000000" } }]);
    await closeThrough("2026-01-07");
    const [row] = await db.query<Key & Record<string, unknown>>(
      "select bucket, n from borrower where bucket >= 0",
    );
    owner = { bucket: row!.bucket, n: row!.n };
    action = `${owner.bucket}-${owner.n}/2026-01-07/message`;
    inbound = inboundStore(db, repliesOf, async (lender, of, fact) => {
      const { refused } = await book.persons(lender, [{ line: 1, owner: of, fact }], { actor: "channel" });
      if (refused.length > 0) throw new Error(refused[0]!.says);
    });
  });

  test("a receipt by the carrier's id becomes a fact of its borrower, once however often it comes", async () => {
    await send(sends());
    expect(await inbound.take(delivery(), TEN + 6000)).toBe("new");
    expect(await inbound.take(delivery(), TEN + 7000)).toBe("same");
    expect((await facts()).at(-1)).toMatchObject({
      kind: "DeliveryReported",
      action,
      status: "delivered",
      channel: "sms",
      at: TEN + 5000,
    });
    expect(await kinds()).toEqual(["ContactStarted", "ContactEnded", "DeliveryReported"]);
  });

  test("a receipt that names our own key needs no id of the carrier", async () => {
    await send(sends({ references: [] }));
    const { reference: _, ...byKey } = delivery({ action }) as Inbound & { reference?: string };
    expect(await inbound.take(byKey as Inbound, TEN + 6000)).toBe("new");
  });

  test("a receipt that is quicker than the answer to the message waits, and is matched when that is known", async () => {
    expect(await inbound.take(delivery(), TEN - 1)).toBe("kept");
    expect(await inbound.take(delivery(), TEN - 1)).toBe("kept");
    expect(await inbound.kept()).toHaveLength(1);
    await send(sends());
    expect(await inbound.settle(TEN + 1000)).toBe(1);
    expect(await inbound.kept()).toEqual([]);
    expect((await inbound.kept(true)).map(({ settledAt }) => settledAt)).toEqual([TEN + 1000]);
    expect((await facts()).at(-1)).toMatchObject({ kind: "DeliveryReported", action });
  });

  test("a report on a contact that was never begun matches nobody, and is kept and listed", async () => {
    await send(sends());
    const strange = `${owner.bucket}-${owner.n}/2026-01-06/message`;
    expect(await inbound.take(delivery({ action: strange, reference: "zz" } as Partial<Inbound>), TEN)).toBe(
      "kept",
    );
    expect(await inbound.take(words("hello", "m1", "13800000000"), TEN)).toBe("kept");
    expect((await inbound.kept()).map(({ event }) => event.kind)).toEqual(["delivery", "message"]);
  });

  test("reports out of order say the same of a call as in order", async () => {
    await database.db.run("update outbox set act = 2, via = 'call' where bucket >= 0");
    await send(sends({ references: [] }, ["call", "text"]));
    const call = (await facts())[0] as { action: string };
    const report = (outcome: string, id: string): Inbound =>
      ({
        kind: "call",
        id,
        channel: "calls",
        via: "call",
        at: TEN + 1,
        action: call.action,
        outcome,
      }) as Inbound;
    await inbound.take(report("connected", "2"), TEN + 2);
    await inbound.take(report("no-answer", "1"), TEN + 3);
    const made = await contactsOf(database.db, [owner], OPENED);
    const now = [...made.values()].flat().filter(({ until }) => until === undefined);
    expect(now.map(({ made: { outcome } }) => outcome)).toEqual(["connected"]);
  });

  test.each(["T", "td", "退订", "STOP", "Stop.", "请不要再给我发短信", "please stop texting me"])(
    "“%s” is a stop for that way and number, and binds the next message",
    async (text) => {
      await send(sends());
      expect(await inbound.take(words(text), TEN + 60_000)).toBe("new");
      const all = await facts();
      expect(all.find(({ kind }) => kind === "StopRequested")).toMatchObject({
        kinds: ["text"],
        written: true,
        words: text,
        address: "19900000000",
      });
      expect(all.at(-1)).toMatchObject({ kind: "MessageReceived", wish: "stop", text });
      expect(await inbound.take(words(text), TEN + 90_000)).toBe("same");
      expect((await facts()).length).toBe(all.length);
      // The same message planned once more: it is judged with the stop in sight.
      await database.db.run("update outbox set state = 0, slot = $1 where bucket >= 0", [TEN]);
      const later = at("2026-01-08", 10 * 60);
      const report = await send(sends(), later);
      expect(report.sent).toBe(0);
      expect(report.because).toMatchObject({ "cn/private-peace": 1 });
    },
  );

  test.each(["我已还款，请核实", "Why do I owe this?", "I cannot pay before Friday", "谢谢"])(
    "“%s” is kept as a message and stops nothing",
    async (text) => {
      await send(sends());
      await inbound.take(words(text), TEN + 60_000);
      expect(await kinds()).not.toContain("StopRequested");
      expect((await facts()).at(-1)).toMatchObject({ kind: "MessageReceived", text });
    },
  );

  test("a number that two borrowers gave stops both, and each is told that it is shared", async () => {
    const book = bookStore(database.db, shelf);
    const record = loanRecord({ id: "L2", borrower: "another", disbursedOn: "2025-12-10" });
    await book.loans("test-lender", [{ ...record, borrower: { phone: "+86-199-0000-0000" } }]);
    await closeThrough("2026-01-08");
    await send(sends({ references: [] }), at("2026-01-08", 11 * 60));
    await inbound.take(words("TD"), TEN + 60_000);
    const stops = await database.db.query("select bucket, n from journal where bucket >= 0 and kind = 45");
    expect(stops).toHaveLength(2);
    expect((await facts()).at(-1)).toMatchObject({ shared: true });
  });

  test("a wrong number is never rung or written to again", async () => {
    await send(sends());
    const report: Inbound = {
      kind: "call",
      id: "1",
      channel: "calls",
      via: "call",
      at: TEN,
      action,
      outcome: "wrong-number",
    };
    await inbound.take(report, TEN + 1);
    expect((await facts()).at(-1)).toMatchObject({ kind: "CallReported", address: "19900000000" });
    // The next message, on the next day: to nobody.
    await database.db.run("update outbox set state = 0, slot = $1 where bucket >= 0", [TEN]);
    const later = await send(sends(), at("2026-01-08", 10 * 60));
    expect(later).toMatchObject({ sent: 0, because: { "cn/wrong-number": 1 } });
    // Years later, when the contact itself has long dropped out of every count, it is known still.
    const known = [...(await contactsOf(database.db, [owner], day("2028-01-01"))).values()].flat();
    expect(known.map(({ made }) => made)).toMatchObject([
      { outcome: "wrong-number", address: "19900000000" },
    ]);
  });

  describe("what failed", () => {
    const fails = sends({ outcome: "failed", receipt: "no such number" });
    const order = { by: "Li Na", reason: "the carrier had an outage", surelyNotSent: false };

    test("is listed with the carrier's word, and put back by a person's order, which stands in the journal", async () => {
      await send(fails);
      expect(await listOutbox(database.db, ["failed"], 10)).toMatchObject([
        { action, state: "failed", lender: "test-lender", reason: "no such number" },
      ]);
      expect(await reopenAction(database.db, shelf, action, order, TEN + 1)).toEqual({
        ok: true,
        was: "failed",
      });
      expect((await facts()).at(-1)).toMatchObject({ kind: "ContactReopened", by: "Li Na", was: "failed" });
      expect(await send(sends(), TEN + 2)).toMatchObject({ sent: 1 });
    });

    test("is judged in a dry run that changes nothing", async () => {
      await send(fails);
      const before = await kinds();
      const tried = await reopenAction(database.db, shelf, action, order, TEN + 1, decide);
      expect(tried).toMatchObject({ ok: true, would: { kind: "send", via: "text" } });
      const night = await reopenAction(database.db, shelf, action, order, at("2026-01-07", 23 * 60), decide);
      expect(night).toMatchObject({
        ok: true,
        would: { kind: "later", why: expect.stringContaining("cn/quiet-hours") },
      });
      expect(await kinds()).toEqual(before);
      expect(await listOutbox(database.db, ["failed"], 10)).toHaveLength(1);
    });

    test("of unknown end it is not sent again, unless a person answers for it that it did not go out", async () => {
      const throws: ChannelAdapter = { ...sends(), send: () => Promise.reject(new Error("timed out")) };
      await send(throws);
      expect(await reopenAction(database.db, shelf, action, order, TEN + 1)).toMatchObject({
        ok: false,
        code: "unknown-outcome",
      });
      const sure = { ...order, surelyNotSent: true };
      expect(await reopenAction(database.db, shelf, action, sure, TEN + 1)).toEqual({
        ok: true,
        was: "unknown",
      });
      expect(await send(sends(), TEN + 2)).toMatchObject({ sent: 1 });
    });

    test("what was sent, and what there never was, is not put back", async () => {
      await send(sends());
      expect(await reopenAction(database.db, shelf, action, order, TEN + 1)).toMatchObject({
        ok: false,
        code: "not-failed",
      });
      expect(await reopenAction(database.db, shelf, "1-0/2026-01-07/message", order, TEN)).toMatchObject({
        ok: false,
        code: "no-such-action",
      });
    });
  });

  test("while a channel rests its messages stay planned and write nothing; after the rest they go out", async () => {
    const rests: ChannelAdapter = {
      ...sends(),
      rests: (now) => (now < TEN + 60_000 ? TEN + 60_000 : undefined),
    };
    expect(await send(rests)).toMatchObject({ sent: 0, later: 1, because: { "channel/rests": 1 } });
    expect(await kinds()).toEqual([]);
    expect(await send(rests, TEN + 60_000)).toMatchObject({ sent: 1 });
  });

  test("what was surely not handed over has failed, and counts against no cap", async () => {
    const down: ChannelAdapter = {
      ...sends(),
      send: () => Promise.reject(new NotHandedOver("nobody there", true)),
    };
    expect(await send(down)).toMatchObject({ failed: 1, unknown: 0 });
    expect(await listOutbox(database.db, ["failed"], 10)).toMatchObject([
      { reason: "not handed over: nobody there" },
    ]);
    const contacts = [...(await contactsOf(database.db, [owner], OPENED)).values()].flat();
    expect(contacts).toEqual([]);
  });

  test("by a file of channels a lender's message goes its own way, in the words that were judged", async () => {
    const folder = mkdtempSync(join(tmpdir(), "arrears-wire-"));
    const yaml = `
channels:
  own: { adapter: folder, folder: ${join(folder, "own")} }
  all: { adapter: folder, folder: ${join(folder, "all")} }
routes:
  - text: [all]
  - lender: test-lender
    text: [own]
`;
    const read = readChannels(yaml, "channels.yaml");
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
    const tools = { now: () => TEN, wait: async () => {}, random: () => 0 };
    const wired: Wired = wireChannels(read.file, tools, {});
    expect(await dispatch(outboxStore(database.db, shelf), wired.routed, () => TEN)).toMatchObject({
      sent: 1,
    });
    const [ended] = (await facts()).slice(-1);
    expect(ended).toMatchObject({
      kind: "ContactEnded",
      receipt: expect.stringContaining("_2026-01-07_message.json"),
    });
    rmSync(folder, { recursive: true });
  });
});
