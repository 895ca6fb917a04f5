import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { type Day, day, factFromText, formatDay, instantAt } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import {
  type ChannelAdapter,
  dispatch,
  type Message,
  type Receipt,
  repliesOf,
} from "../../src/dispatch/index.ts";
import { bookStore, closeStore, inboundStore, outboxStore } from "../../src/store/index.ts";
import { furnish, loanRecord, OPENED, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { emptyBook } from "../support/sql-book.ts";

const pack = loadPack("cn");
const TEN = 10 * 60;
const at = (text: string, minute = TEN): number => instantAt("Asia/Shanghai", day(text), minute);

/** A channel that keeps what it was given and answers as it is told. */
function recorder(answer: (message: Message) => Receipt["outcome"] = () => "sent") {
  const sent: Message[] = [];
  const channel: ChannelAdapter = {
    name: "recorder",
    carries: ["app", "text", "call", "email", "letter"],
    send: async (_permit, message) => {
      sent.push(message);
      return { outcome: answer(message), receipt: "r" };
    },
  };
  return {
    channel,
    sent,
    told: () => sent.map(({ what, via, loans }) => `${what} ${via} ${loans.join("+")}`),
  };
}

describe.each(ENGINES)("what goes out and in which order over $name", (engine) => {
  let database: TestDatabase;
  let clock = 1_767_225_600_000;
  const shelf = shelves(pack, () => ++clock);
  const close = async (through: string, from: Day = OPENED): Promise<void> => {
    for (let on = from; on <= day(through); on = (on + 1) as Day)
      await runClose(closeStore(database.db, shelf), "test-lender", on);
  };
  /** Loans of one person by the day on which the first installment falls due. */
  const lend = (...due: [id: string, on: string][]) =>
    bookStore(database.db, shelf).loans(
      "test-lender",
      due.map(([id, on], i) => {
        const [year, month, date] = on.split("-").map(Number) as [number, number, number];
        const disbursedOn = formatDay(
          day(
            `${month === 1 ? year - 1 : year}-${String(month === 1 ? 12 : month - 1).padStart(2, "0")}-${String(date).padStart(2, "0")}`,
          ),
        );
        return loanRecord({ id, borrower: "one", disbursedOn }, i + 2);
      }),
    );
  const send = (now: number, channel: ChannelAdapter) =>
    dispatch(outboxStore(database.db, shelf), [channel], () => now);
  /** What the journal says of the person, and of the steps of his loans. */
  const facts = async (...kinds: string[]): Promise<string[]> => {
    const rows = await database.db.query<{ kind: number; on_day: number; payload: string }>(
      "select kind, on_day, payload from journal order by on_day, recorded_at, n, seq",
    );
    return rows
      .map(({ kind, on_day, payload }) => factFromText(kind, on_day as Day, payload))
      .filter(({ kind }) => kinds.includes(kind))
      .map((fact) => {
        const { kind, on, ...rest } = fact as unknown as Record<string, unknown>;
        const names = ["action", "into", "by", "step", "under", "why", "from", "to"];
        const told = names.flatMap((name) => (rest[name] === undefined ? [] : [JSON.stringify(rest[name])]));
        return `${formatDay(on as Day)} ${kind} ${told
          .join(" ")
          .replaceAll('"', "")
          .replaceAll(/\d+-\d+\/(?=\d{4}-)/g, "")}`;
      });
  };

  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await emptyBook(database.db);
    await furnish(database.db);
  });

  test("two loans with a message on one day make one message, by the higher step, and the other says so", async () => {
    // On the 15th one is ten days late and the other one day.
    await lend(["L1", "2026-01-05"], ["L2", "2026-01-14"]);
    await close("2026-01-15");
    await database.db.run("update outbox set state = 3 where on_day < $1", [day("2026-01-15")]);
    const { channel, told } = recorder();
    expect(await send(at("2026-01-15"), channel)).toMatchObject({ sent: 1 });
    expect(told()).toEqual(["overdue-again text L1+L2"]);
    expect((await facts("StepPlanned")).slice(-2)).toEqual([
      "2026-01-15 StepPlanned 2026-01-15/message early/send-overdue-again@10",
      "2026-01-15 StepPlanned 2026-01-15/message early/send-overdue@1 {loan:1,step:early/send-overdue-again@10}",
    ]);
  });

  test("a message put off from yesterday goes out within today's, which is made as the higher of both", async () => {
    await lend(["L1", "2026-01-05"], ["L2", "2026-01-15"]);
    await close("2026-01-15");
    await database.db.run("update outbox set state = 3 where on_day < $1", [day("2026-01-15")]);
    // At ten in the evening it is put off to eight in the morning; then today's is planned, for ten.
    const { channel, told } = recorder();
    expect(await send(at("2026-01-15", 22 * 60), channel)).toMatchObject({ sent: 0, later: 1 });
    await close("2026-01-16", day("2026-01-16"));
    expect(await send(at("2026-01-16", 8 * 60), channel)).toMatchObject({ sent: 0, consolidated: 1 });
    expect(await send(at("2026-01-16"), channel)).toMatchObject({ sent: 1 });
    expect(told()).toEqual(["overdue-again text L1+L2"]);
    expect(await facts("ActionConsolidated")).toEqual([
      "2026-01-16 ActionConsolidated 2026-01-15/message 2026-01-16/message {loan:1,step:early/send-overdue-again@10}",
    ]);
    expect(await send(at("2026-01-16", 20 * 60), channel)).toMatchObject({ sent: 0, later: 0 });
  });

  test("nights without a close or a dispatch skip no step whose stage is open, and it is made once", async () => {
    await lend(["L1", "2026-01-10"]);
    await close("2026-01-08");
    // Twelve days at once: the call of the fifth day and the message of the tenth were missed.
    await runClose(closeStore(database.db, shelf), "test-lender", day("2026-01-21"));
    const { channel, told } = recorder();
    await send(at("2026-01-21"), channel);
    expect(told()).toEqual(["borrower call L1", "overdue-again text L1"]);
    await send(at("2026-01-22"), channel);
    expect(told()).toHaveLength(2);
    expect(await facts("ActionConsolidated")).toEqual([
      "2026-01-21 ActionConsolidated 2026-01-07/message 2026-01-20/message {loan:1,step:early/send-overdue-again@10}",
      "2026-01-21 ActionConsolidated 2026-01-11/message 2026-01-20/message {loan:1,step:early/send-overdue-again@10}",
    ]);
  });

  test("a missed step whose stage is over is not made, and says so", async () => {
    await lend(["L1", "2026-01-10"]);
    await close("2026-01-15");
    const { channel, told } = recorder();
    // Sixteen days late: the early stage ended on the day before.
    await send(at("2026-01-26"), channel);
    expect(told()).toEqual([]);
    expect(await facts("ActionCancelled")).toEqual([
      "2026-01-26 ActionCancelled 2026-01-11/message no-longer-due",
      "2026-01-26 ActionCancelled 2026-01-15/call no-longer-due",
    ]);
  });

  test("what was put off for a loan that is paid in the meantime leaves the other loan's message as it was", async () => {
    await lend(["L1", "2026-01-05"], ["L2", "2026-01-15"]);
    await close("2026-01-15");
    await database.db.run("update outbox set state = 3 where on_day < $1", [day("2026-01-15")]);
    const { channel, told } = recorder();
    await send(at("2026-01-15", 22 * 60), channel);
    await close("2026-01-16", day("2026-01-16"));
    await bookStore(database.db, shelf).payments("test-lender", [
      paymentRecord("L1", "P1", 200_000, day("2026-01-16")),
    ]);
    await send(at("2026-01-16"), channel);
    expect(told()).toEqual(["overdue app L2"]);
  });

  test("of one person's message and call the earlier goes out first, and a close on the same day adds no second message", async () => {
    await lend(["L1", "2026-01-10"], ["L2", "2026-01-14"]);
    await close("2026-01-15");
    await database.db.run("update outbox set state = 3 where on_day < $1", [day("2026-01-15")]);
    const { channel, told } = recorder();
    await send(at("2026-01-15"), channel);
    expect(told()).toEqual(["borrower call L1", "overdue app L2"]);
    // The next day is closed before midnight, and its message is asked for on the same local day.
    await close("2026-01-16", day("2026-01-16"));
    await database.db.run(
      `insert into outbox (slot, state_at, bucket, n, on_day, act, item, lender, state, via, what, strategy, pack, steps)
       select slot, state_at, bucket, n, on_day + 1, act, item, lender, 0, via, what, strategy, pack, steps
       from outbox where act = 1 and on_day = $1`,
      [day("2026-01-15")],
    );
    const again = await send(at("2026-01-15", 20 * 60), channel);
    expect(again).toMatchObject({ sent: 0, later: 1, because: { "house/one-message-a-day": 1 } });
    expect(told()).toHaveLength(2);
  });

  describe("a channel that says no", () => {
    beforeEach(async () => {
      await lend(["L1", "2026-01-10"]);
      await close("2026-01-11");
      await database.db.run("update outbox set state = 3 where on_day < $1", [day("2026-01-11")]);
    });

    test("falls back to the step's next one within the day, judged again, under another key", async () => {
      const { channel, sent } = recorder(({ via }) => (via === "app" ? "failed" : "sent"));
      expect(await send(at("2026-01-11"), channel)).toMatchObject({ sent: 1, failed: 1 });
      expect(sent.map(({ via }) => via)).toEqual(["app", "text"]);
      expect(sent[1]!.id).toBe(`${sent[0]!.id}+2`);
      expect(await facts("ContactStarted", "ContactEnded", "ActionFellBack")).toEqual([
        "2026-01-11 ContactStarted 2026-01-11/message",
        "2026-01-11 ContactEnded 2026-01-11/message",
        "2026-01-11 ActionFellBack 2026-01-11/message app text",
        "2026-01-11 ContactStarted 2026-01-11/message+2",
        "2026-01-11 ContactEnded 2026-01-11/message+2",
      ]);
    });

    test("is not fallen back from when nobody knows whether it said no", async () => {
      const throws: ChannelAdapter = {
        ...recorder().channel,
        send: async () => {
          throw new Error("broken off");
        },
      };
      expect(await send(at("2026-01-11"), throws)).toMatchObject({ unknown: 1 });
      const { channel, told } = recorder();
      await send(at("2026-01-11", 11 * 60), channel);
      expect(told()).toEqual([]);
    });

    test("and the last of them too leaves the action failed", async () => {
      const { channel, sent } = recorder(() => "failed");
      expect(await send(at("2026-01-11"), channel)).toMatchObject({ sent: 0, failed: 2 });
      expect(sent).toHaveLength(2);
      const states = await database.db.query("select state from outbox where state <> 3");
      expect(states).toEqual([{ state: 5 }]);
    });

    test("is held to the gate as the first was: a payment in between stops it", async () => {
      const book = bookStore(database.db, shelf);
      let paid = false;
      const { channel, sent } = recorder(() => "failed");
      const pays: ChannelAdapter = {
        ...channel,
        send: async (permit, message) => {
          if (!paid)
            await book.payments("test-lender", [paymentRecord("L1", "P1", 200_000, day("2026-01-11"))]);
          paid = true;
          return channel.send(permit, message);
        },
      };
      expect(await send(at("2026-01-11"), pays)).toMatchObject({ failed: 1, cancelled: 1 });
      expect(sent).toHaveLength(1);
    });

    test.each([
      ["bounced", "2026-01-11", ["app", "text"]],
      ["failed", "2026-01-11", ["app", "text"]],
      ["unknown", "2026-01-11", ["app"]],
      ["bounced", "2026-01-12", ["app"]],
    ] as const)("reported later as %s on %s: %j", async (status, on, ways) => {
      const { channel, sent } = recorder();
      await send(at("2026-01-11"), channel);
      const inbound = inboundStore(database.db, repliesOf, async () => {});
      const event = {
        kind: "delivery",
        channel: "carrier",
        id: "e1",
        at: at(on, 12 * 60),
        via: "app",
        action: sent[0]!.id,
        status,
      } as const;
      expect(await inbound.take(event, at(on, 12 * 60))).toBe("new");
      expect(await inbound.take(event, at(on, 12 * 60))).toBe("same");
      await send(at(on, 13 * 60), channel);
      expect(sent.map(({ via }) => via)).toEqual(ways);
    });
  });

  test("a payment between the judgment and the hand-over withdraws the contact, which then counts for nothing", async () => {
    await lend(["L1", "2026-01-10"]);
    await close("2026-01-11");
    const outbox = outboxStore(database.db, shelf);
    const book = bookStore(database.db, shelf);
    const paying = {
      ...outbox,
      unchanged: async (begun: Parameters<typeof outbox.unchanged>[0]) => {
        if (begun.length > 0)
          await book.payments("test-lender", [paymentRecord("L1", "P1", 200_000, day("2026-01-11"))]);
        return outbox.unchanged(begun);
      },
    };
    const { channel, told } = recorder();
    const report = await dispatch(paying, [channel], () => at("2026-01-11"));
    expect(report).toMatchObject({ sent: 0, withdrawn: 1, cancelled: 1 });
    expect(told()).toEqual([]);
    expect((await facts("ContactWithdrawn", "ActionCancelled")).slice(-2)).toEqual([
      "2026-01-11 ContactWithdrawn 2026-01-11/message changed",
      "2026-01-11 ActionCancelled 2026-01-11/message no-longer-due",
    ]);
  });

  test("two processes under one name would share leases; under their own, a bucket is one's at a time", async () => {
    await lend(["L1", "2026-01-10"]);
    await close("2026-01-11");
    const outbox = outboxStore(database.db, shelf);
    const { borrowers } = await outbox.due(at("2026-01-11"), 0);
    const nothing = () => ({ consolidated: [], carriers: [], judged: [], more: false });
    const take = (worker: string, now: number) =>
      outbox.take({ worker, forMs: 60_000 }, borrowers, now, nothing);
    expect((await take("a", at("2026-01-11"))).leased).toEqual([]);
    expect((await take("b", at("2026-01-11"))).leased).toEqual([borrowers[0]!.bucket]);
    expect((await take("a", at("2026-01-11"))).leased).toEqual([]);
    expect((await take("b", at("2026-01-11") + 60_000)).leased).toEqual([]);
    await outbox.end({ worker: "b", forMs: 60_000 }, [], at("2026-01-11"), [borrowers[0]!.bucket]);
    expect((await take("a", at("2026-01-11") + 60_000)).leased).toEqual([]);
  });
});
