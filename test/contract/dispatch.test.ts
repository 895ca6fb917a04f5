import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { type Day, day, hash32, instantAt } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { type ChannelAdapter, dispatch, folderChannel, type Message } from "../../src/dispatch/index.ts";
import { isPermit, type Permit } from "../../src/policy/index.ts";
import {
  bookStore,
  closeStore,
  figuresBetween,
  freezeStrategy,
  type HouseSettings,
  houseSettings,
  loansBehind,
  openBook,
  outboxStore,
  products,
  recordHouse,
} from "../../src/store/index.ts";
import { furnish, LADDER, loanRecord, OPENED, paymentRecord, shelves, strategyOf } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { dumpBook, emptyBook, putFacts } from "../support/sql-book.ts";

const pack = loadPack("cn");
const ZONE = "Asia/Shanghai";
const at = (text: string, minute: number): number => instantAt(ZONE, day(text), minute);
const TEN = 10 * 60;

/** A channel that keeps what it was given. */
function recorder(): ChannelAdapter & { readonly sent: { permit: Permit; message: Message }[] } {
  const sent: { permit: Permit; message: Message }[] = [];
  return {
    name: "recorder",
    carries: ["app", "text", "call", "email", "letter"],
    sent,
    send: async (permit, message) => {
      sent.push({ permit, message });
      return { outcome: "sent", receipt: `r${sent.length}` };
    },
  };
}

describe.each(ENGINES)("dispatch over $name", (engine) => {
  let database: TestDatabase;
  let clock = 1_767_225_600_000;
  const shelf = shelves(pack, () => ++clock);
  const closeThrough = async (through: string): Promise<void> => {
    for (let on = OPENED; on <= day(through); on = (on + 1) as Day)
      await runClose(closeStore(database.db, shelf), "test-lender", on);
  };
  const states = async () =>
    (
      await database.db.query<{ state: number; what: string }>(
        "select state, what from outbox order by bucket, n, on_day, act",
      )
    ).map(({ what, state }) => `${what} ${["planned", "started", "done", "cancelled", "unknown"][state]}`);

  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await emptyBook(database.db);
    await furnish(database.db);
    // Falls due on 10 January; its first message is planned for the 7th at 10:00.
    await bookStore(database.db, shelf).loans("test-lender", [
      loanRecord({ id: "L1", disbursedOn: "2025-12-10" }),
    ]);
    await closeThrough("2026-01-07");
  });

  test("a contact that was begun is a figure of its day, with its channel, its stage and its loan", async () => {
    await dispatch(outboxStore(database.db, shelf), [recorder()], () => at("2026-01-07", TEN));
    const [product] = await products(database.db);
    const asked = { from: day("2026-01-07"), to: day("2026-01-07") };
    const made = await figuresBetween(database.db, [product!.id], ["contact"], asked);
    expect(made).toEqual([{ product: product!.id, what: "contact", x: "app", y: "before", n: 1, amount: 0 }]);
    const wanted = { of: "fact", what: "contact", ...asked, x: "app", y: "before" } as const;
    const { items } = await loansBehind(database.db, [product!.id], wanted, { limit: 10 });
    expect(items.map(({ loan, on }) => [loan, on])).toEqual([["L1", day("2026-01-07")]]);
  });

  test("a payment between planning and sending cancels the message", async () => {
    const book = bookStore(database.db, shelf);
    await book.payments("test-lender", [paymentRecord("L1", "P1", 21_550, day("2026-01-07"))]);
    const channel = recorder();
    const report = await dispatch(outboxStore(database.db, shelf), [channel], () => at("2026-01-07", TEN));
    expect(report).toMatchObject({ sent: 0, cancelled: 1, because: { "no-longer-due": 1 } });
    expect(channel.sent).toEqual([]);
    expect(await states()).toEqual(["reminder cancelled"]);
  });

  test("a dispute between planning and sending stops the message", async () => {
    await putFacts(database.db, shelf, [
      { loan: "L1", fact: { kind: "HoldPlaced", on: day("2026-01-07"), hold: "dispute", until: null } },
    ]);
    const channel = recorder();
    const report = await dispatch(outboxStore(database.db, shelf), [channel], () => at("2026-01-07", TEN));
    expect(report).toMatchObject({ sent: 0, cancelled: 1, because: { "house/holds": 1 } });
  });

  test("nothing is sent before its slot, and once it has come it is sent once", async () => {
    const channel = recorder();
    const outbox = outboxStore(database.db, shelf);
    expect(await dispatch(outbox, [channel], () => at("2026-01-07", TEN - 1))).toMatchObject({ sent: 0 });
    expect(await dispatch(outbox, [channel], () => at("2026-01-07", TEN))).toMatchObject({ sent: 1 });
    expect(await dispatch(outbox, [channel], () => at("2026-01-07", TEN + 1))).toMatchObject({ sent: 0 });
    expect(channel.sent).toHaveLength(1);
    expect(isPermit(channel.sent[0]!.permit)).toBe(true);
    expect(await states()).toEqual(["reminder done"]);
  });

  test("at night the message waits for eight in the morning while its day lasts", async () => {
    await database.db.run("update outbox set slot = $1", [at("2026-01-07", 0)]);
    const channel = recorder();
    const outbox = outboxStore(database.db, shelf);
    const report = await dispatch(outbox, [channel], () => at("2026-01-07", 7 * 60 + 59));
    expect(report).toMatchObject({ sent: 0, later: 1 });
    expect(report.because).toMatchObject({ "cn/quiet-hours": 1 });
    expect(await dispatch(outbox, [channel], () => at("2026-01-07", 8 * 60))).toMatchObject({ sent: 1 });
  });

  test("at ten in the evening it waits for the next morning", async () => {
    const channel = recorder();
    const outbox = outboxStore(database.db, shelf);
    expect(await dispatch(outbox, [channel], () => at("2026-01-07", 22 * 60))).toMatchObject({
      sent: 0,
      later: 1,
    });
    expect(await dispatch(outbox, [channel], () => at("2026-01-08", 8 * 60 - 1))).toMatchObject({ sent: 0 });
    expect(await dispatch(outbox, [channel], () => at("2026-01-08", 8 * 60))).toMatchObject({ sent: 1 });
  });

  test("a process that dies after the contact began leaves it unknown, and nobody sends it again", async () => {
    const outbox = outboxStore(database.db, shelf);
    const dying: ChannelAdapter = {
      ...recorder(),
      send: () => {
        throw new Error("the process died here");
      },
    };
    const noEnd = { ...outbox, end: async () => {} };
    await dispatch(noEnd, [dying], () => at("2026-01-07", TEN));
    expect(await states()).toEqual(["reminder started"]);
    const channel = recorder();
    expect(await dispatch(outbox, [channel], () => at("2026-01-07", TEN + 9))).toMatchObject({ sent: 0 });
    expect(await states()).toEqual(["reminder started"]);
    // Ten minutes after it began its worker is taken for dead.
    expect(await dispatch(outbox, [channel], () => at("2026-01-07", TEN + 10))).toMatchObject({ unknown: 1 });
    expect(await states()).toEqual(["reminder unknown"]);
    await dispatch(outbox, [channel], () => at("2026-01-07", TEN + 90));
    expect(channel.sent).toEqual([]);
  });

  test("an unknown outcome counts as the day's message", async () => {
    const outbox = outboxStore(database.db, shelf);
    const throwing: ChannelAdapter = {
      ...recorder(),
      send: async () => {
        throw new Error("no answer");
      },
    };
    expect(await dispatch(outbox, [throwing], () => at("2026-01-07", TEN))).toMatchObject({ unknown: 1 });
    // The same person's second loan asks for a message on the same day.
    await database.db.run(
      `insert into outbox select slot, state_at, bucket, n, on_day, 3, item, lender, 0, 'text', what, strategy, pack, steps
       from outbox`,
    );
    const channel = recorder();
    const report = await dispatch(outbox, [channel], () => at("2026-01-07", TEN + 5));
    expect(channel.sent).toEqual([]);
    expect(report.because).toMatchObject({ "house/one-message-a-day": 1 });
  });

  test("a close that catches up two weeks sees the message that went out on its first day", async () => {
    const { db } = database;
    // The same person's second loan is to be reminded on the 8th, on which the first loan's message goes out late.
    await bookStore(db, shelf).loans("test-lender", [
      loanRecord({ id: "L2", borrower: "borrower of L1", disbursedOn: "2025-12-11" }),
    ]);
    expect(await dispatch(outboxStore(db, shelf), [recorder()], () => at("2026-01-08", TEN))).toMatchObject({
      sent: 1,
    });
    await runClose(closeStore(db, shelf), "test-lender", day("2026-01-21"));
    const { facts } = (await dumpBook(db)).loans.L2!;
    expect(facts[1]).toContain("2026-01-08 StepRefused");
    expect(facts[1]).toContain("house/one-message-a-day");
    expect(facts[2]).toContain("2026-01-09 StepPlanned");
  });

  test("a later version of the strategy does not cancel what an earlier one planned", async () => {
    const body = LADDER.replace("version: 1", "version: 2")
      .replace('"2020-01-01"', '"2026-06-01"')
      .replace("send: reminder", "send: gentle-reminder");
    const { name, version, from } = strategyOf(body);
    await freezeStrategy(database.db, { name, version, from, body, sha256: "2" });
    const channel = recorder();
    expect(
      await dispatch(outboxStore(database.db, shelf), [channel], () => at("2026-01-07", TEN)),
    ).toMatchObject({
      sent: 1,
    });
  });

  describe("a lender's own settings", () => {
    const settings = (from: string, rest: string): HouseSettings => {
      const body = `house: own\nfrom: "${from}"\n${rest}\n`;
      return { from: day(from), body, sha256: String(hash32(body)) };
    };
    const NO_WAY = "channels_not_used: [app, text, call, email, letter]";
    const record = (own: HouseSettings, on: string, dryRun = false) =>
      recordHouse(database.db, "test-lender", own, at(on, TEN), dryRun);
    const send = (on: string) => dispatch(outboxStore(database.db, shelf), [recorder()], () => at(on, TEN));

    test("stop a planned message at the second of sending, and the next steps at the close", async () => {
      expect(await record(settings("2026-01-08", NO_WAY), "2026-01-07")).toBe("new");
      expect(await send("2026-01-08")).toMatchObject({
        sent: 0,
        cancelled: 1,
        because: { "lender/channels-not-used": 1 },
      });
      await closeThrough("2026-01-11");
      const { facts } = (await dumpBook(database.db)).loans.L1!;
      const refused = facts.filter((fact) => fact.includes("StepRefused"));
      expect(refused).toHaveLength(1);
      expect(refused[0]).toMatch(/^2026-01-11 .*lender\/channels-not-used/);
    });

    test("hold until the day before the next ones", async () => {
      await record(settings("2026-01-08", NO_WAY), "2026-01-07");
      expect(await record(settings("2026-01-09", "channels_not_used: [app]"), "2026-01-07")).toBe("new");
      expect(await send("2026-01-09")).toMatchObject({ sent: 1 });
    });

    test("begin after the days that are closed, and after today once something has gone out", async () => {
      const soon = settings("2026-01-07", NO_WAY);
      expect(await record(soon, "2026-01-07")).toEqual({ tooEarly: day("2026-01-08") });
      await send("2026-01-07");
      const next = settings("2026-01-08", NO_WAY);
      expect(await record(next, "2026-01-08")).toEqual({ tooEarly: day("2026-01-09") });
      expect(await record(settings("2026-01-09", NO_WAY), "2026-01-08")).toBe("new");
    });

    test("are recorded once, not at all by a dry run, and none before those that are there", async () => {
      const own = settings("2026-02-01", NO_WAY);
      expect(await record(own, "2026-01-07", true)).toBe("new");
      expect(await houseSettings(database.db, { id: 1 })).toEqual([]);
      expect([await record(own, "2026-01-07"), await record(own, "2026-01-07")]).toEqual(["new", "same"]);
      expect(await houseSettings(database.db, { id: 1 })).toEqual([own]);
      const other = settings("2026-02-01", "gap_minutes: 60");
      expect(await record(other, "2026-01-07")).toEqual({ tooEarly: day("2026-02-02") });
    });
  });

  test("the folder channel writes each message as one whole file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "arrears-out-"));
    const now = () => at("2026-01-07", TEN);
    await dispatch(outboxStore(database.db, shelf), [folderChannel(folder, now)], now);
    const files = readdirSync(folder);
    expect(files).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(folder, files[0]!), "utf8"))).toMatchObject({
      via: "app",
      what: "reminder",
      loans: ["L1"],
      permit: { verdict: "allow" },
    });
    rmSync(folder, { recursive: true });
  });

  test.runIf(engine.name === "postgres")("two dispatchers at once send each message once", async () => {
    const book = bookStore(database.db, shelf);
    const more = Array.from({ length: 60 }, (_, i) =>
      loanRecord({ id: `M${i}`, disbursedOn: "2025-12-11" }, i + 2),
    );
    await book.loans("test-lender", more);
    await runClose(closeStore(database.db, shelf), "test-lender", day("2026-01-08"));
    const others = await Promise.all([1, 2].map(() => openBook(database.url!)));
    const channel = recorder();
    const now = () => at("2026-01-08", TEN);
    await Promise.all(others.map((db) => dispatch(outboxStore(db, shelf), [channel], now)));
    const ids = channel.sent.map(({ message }) => message.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(61);
    await Promise.all(others.map((db) => db.close()));
  });
});
