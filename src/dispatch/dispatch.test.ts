import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { type Day, day, instantAt } from "../core/index.ts";
import { gate, type Permit } from "../policy/index.ts";
import { folderChannel } from "./folder/folder.ts";
import { dispatch } from "./run.ts";
import type { ActionKey, Begun, ChannelAdapter, Message, Outbox, Taken } from "./types.ts";

const NOON = instantAt("Asia/Shanghai", day("2026-03-06"), 12 * 60);
const facts = { borrowerZone: "Asia/Shanghai", holds: [], contacts: [], reach: ["text" as const] };
/** The least that the rules on words let pass. */
const TEXT = "Demo Bank: CNY 100.00 is past due. If the amount is wrong, please contact us.";
const permit = (): Permit =>
  gate(
    loadPack("cn"),
    {
      kind: "text",
      to: { role: "borrower", address: "19900000000" },
      at: NOON,
      actor: { role: "lender" },
      text: TEXT,
    },
    facts,
  ).permit!;
const message = (id: string): Message => ({
  id,
  via: "text",
  to: "19900000000",
  language: "en",
  what: "reminder",
  text: TEXT,
  loans: ["L1"],
});

describe("the folder channel", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "arrears-folder-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("writes a message with a permit of the gate as one whole file, named after the action", async () => {
    const receipt = await folderChannel(folder, () => NOON).send(permit(), message("7-0/2026-03-06/message"));
    expect(receipt).toEqual({ outcome: "sent", receipt: "7-0_2026-03-06_message.json" });
    expect(readdirSync(folder)).toEqual(["7-0_2026-03-06_message.json"]);
  });

  test.each([
    ["a copy of a permit", () => ({ ...permit() })],
    ["a permit that went through JSON", () => JSON.parse(JSON.stringify(permit()))],
    ["an object that inherits from a permit", () => Object.create(permit())],
    ["nothing", () => undefined],
  ])("refuses %s, and writes nothing", async (_, forged) => {
    const sending = folderChannel(folder, () => NOON).send(forged() as Permit, message("1"));
    await expect(sending).rejects.toThrow("with a permit of the gate for it, or not at all: no-permit");
    expect(existsSync(join(folder, "1.json"))).toBe(false);
  });
});

describe("a permit", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "arrears-folder-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each<[string, Partial<Message>, number, string]>([
    ["other words", { text: "Pay, or else." }, 0, "another-text"],
    ["another number", { to: "19900000001" }, 0, "another-address"],
    ["another way", { via: "app" }, 0, "another-way"],
    ["a minute and a millisecond later", {}, 60_001, "expired"],
    ["earlier than it was given for", {}, -1, "expired"],
  ])("sends nothing with %s", async (_, change, after, why) => {
    const channel = folderChannel(folder, () => NOON + after);
    await expect(channel.send(permit(), { ...message("1"), ...change })).rejects.toThrow(why);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is used up by the first message", async () => {
    const channel = folderChannel(folder, () => NOON + 60_000);
    const once = permit();
    await channel.send(once, message("1"));
    await expect(channel.send(once, message("2"))).rejects.toThrow("used");
    expect(readdirSync(folder)).toEqual(["1.json"]);
  });
});

describe("dispatch", () => {
  const key = (n: number): ActionKey => ({ bucket: 0, n, on: day("2026-03-06") as Day, act: 1, item: 0 });
  const begunOf = (n: number): Begun => ({
    key: key(n),
    permit: permit(),
    message: message(`0-${n}`),
    next: [],
    tried: [],
    zone: "Asia/Shanghai",
    mark: "",
  });
  const NOTHING: Taken = {
    begun: [],
    cancelled: [],
    later: [],
    consolidated: 0,
    unknown: 0,
    broken: [],
    more: [],
    leased: [],
  };

  /** An outbox in memory that takes each borrower as it was told to. */
  function outbox(answers: ReadonlyMap<number, () => Taken>): Outbox & { readonly ended: string[] } {
    const planned = new Set(answers.keys());
    const ended: string[] = [];
    return {
      ended,
      due: async () => ({ borrowers: [...planned].map((n) => ({ bucket: 0, n, actions: 1 })), lost: [] }),
      take: async (_lease, borrowers) => {
        const taken = borrowers.map(({ n }) => answers.get(n)!());
        for (const { begun } of taken) for (const { key } of begun) planned.delete(key.n);
        return {
          ...NOTHING,
          begun: taken.flatMap(({ begun }) => begun),
          broken: taken.flatMap(({ broken }) => broken),
        };
      },
      unchanged: async (begun) => begun.map(() => true),
      end: async (_lease, ends) => {
        for (const { begun, ending } of ends) ended.push(`${begun.message.id} ${ending.outcome}`);
      },
      giveUp: async () => 0,
    };
  }
  const send = (n: number) => (): Taken => ({ ...NOTHING, begun: [begunOf(n)] });
  const channel = (work: ChannelAdapter["send"]): ChannelAdapter => ({
    name: "test",
    carries: ["text"],
    send: work,
  });
  const works = channel(async () => ({ outcome: "sent", receipt: "1" }));

  test("a channel that throws leaves the contact unknown, and the next action goes on", async () => {
    let first = true;
    const once = channel(async () => {
      if (first) {
        first = false;
        throw new Error("timed out");
      }
      return { outcome: "sent", receipt: "2" };
    });
    const box = outbox(new Map([1, 2].map((n) => [n, send(n)])));
    expect(await dispatch(box, [once], () => NOON)).toMatchObject({ sent: 1, unknown: 1 });
    expect(box.ended).toEqual(["0-1 unknown", "0-2 sent"]);
  });

  test("our own bug on one borrower leaves his action planned, and the others are sent", async () => {
    const broken = (): Taken => ({
      ...NOTHING,
      broken: [{ bucket: 0, n: 1, says: "principal paid lies within the principal" }],
    });
    const box = outbox(new Map([[1, broken], ...[2, 3].map((n) => [n, send(n)] as const)]));
    expect(await dispatch(box, [works], () => NOON)).toMatchObject({
      sent: 2,
      because: { "broken: principal paid lies within the principal": 1 },
    });
  });

  test("a database that is gone ends the run: it is not taken for a fault of one borrower", async () => {
    const gone = (): Taken => {
      throw new Error("connection lost");
    };
    await expect(dispatch(outbox(new Map([[1, gone]])), [works], () => NOON)).rejects.toThrow(
      "connection lost",
    );
  });

  test("a message that no channel carries has failed, and says so", async () => {
    const box = outbox(new Map([[1, send(1)]]));
    expect(await dispatch(box, [], () => NOON)).toMatchObject({ failed: 1 });
    expect(box.ended).toEqual(["0-1 failed"]);
  });

  test("a channel that never answers leaves the contact unknown, and holds up nobody else for longer", async () => {
    const hangs = channel((_permit, { id }) =>
      id === "0-1" ? new Promise(() => {}) : Promise.resolve({ outcome: "sent", receipt: id }),
    );
    const box = outbox(new Map([1, 2].map((n) => [n, send(n)])));
    expect(await dispatch(box, [hangs], () => NOON, { answerMs: 20 })).toMatchObject({ sent: 1, unknown: 1 });
    expect(box.ended.sort()).toEqual(["0-1 unknown", "0-2 sent"]);
  });

  test("what changed between the judgment and the hand-over is withdrawn, and not handed over", async () => {
    const box = outbox(new Map([1, 2].map((n) => [n, send(n)])));
    let asked = 0;
    const changed = { ...box, unchanged: async (begun: readonly Begun[]) => begun.map(() => asked++ !== 0) };
    const seen: string[] = [];
    const sees = channel(async (_permit, { id }) => {
      seen.push(id);
      return { outcome: "sent", receipt: id };
    });
    expect(await dispatch(changed, [sees], () => NOON)).toMatchObject({ sent: 2, withdrawn: 1 });
    expect(box.ended).toEqual(["0-1 withdrawn", "0-2 sent", "0-1 sent"]);
    expect(seen).toEqual(["0-2", "0-1"]);
  });

  test("a stop ends what is with the channel, withdraws what is not, and begins nothing more", async () => {
    const box = outbox(new Map([1, 2, 3].map((n) => [n, send(n)])));
    let stopped = false;
    const slow: ChannelAdapter = {
      ...channel(async (_permit, { id }) => {
        stopped = true;
        return { outcome: "sent", receipt: id };
      }),
      atOnce: 1,
    };
    const report = await dispatch(box, [slow], () => NOON, { batch: 2, stopped: () => stopped });
    expect(report).toMatchObject({ sent: 1, withdrawn: 1 });
    expect(box.ended).toEqual(["0-1 sent", "0-2 withdrawn"]);
  });
});
