import { describe, expect, test } from "vitest";
import { messageOf, NOON, permitFor, send, testTools } from "../../test/support/permit.ts";
import { inOrder, USUAL_CARE, withAnswerTime, withCare, withPace } from "./care.ts";
import { handing } from "./clear.ts";
import { NoAnswer, NotHandedOver } from "./trouble.ts";
import type { ChannelAdapter, Receipt } from "./types.ts";

const SENT: Receipt = { outcome: "sent", receipt: "1" };
const CARE = { ...USUAL_CARE, firstWaitMs: 100, restAfter: 3, restMs: 10_000 };

/** A channel that does as it is told, one word a hand-over; the last one stays. */
function scripted(...words: readonly ("sent" | "busy" | "no" | "throw" | "hang")[]) {
  const tools = testTools();
  let handed = 0;
  const channel: ChannelAdapter = {
    name: "scripted",
    carries: ["text"],
    send: (permit, message) =>
      handing(permit, message, tools.now, async () => {
        const word = words[Math.min(handed, words.length - 1)]!;
        handed += 1;
        if (word === "busy") throw new NotHandedOver("the line is busy", true);
        if (word === "no") throw new NotHandedOver("no template for it");
        if (word === "throw") throw new Error("timed out");
        if (word === "hang") await new Promise(() => {});
        return SENT;
      }),
  };
  return { channel, tools, handed: () => handed };
}

describe("care around a channel", () => {
  test("tries again what was surely not handed over, with waits that grow, under one permit", async () => {
    const { channel, tools, handed } = scripted("busy", "busy", "sent");
    expect(await send(withCare(channel, CARE, tools), messageOf())).toEqual(SENT);
    expect(handed()).toBe(3);
    expect(tools.waited).toEqual([50, 100]);
  });

  test("never tries again what may have been handed over", async () => {
    const { channel, tools, handed } = scripted("throw", "sent");
    await expect(send(withCare(channel, CARE, tools), messageOf())).rejects.toThrow("timed out");
    expect(handed()).toBe(1);
  });

  test("does not try again what no second try will change", async () => {
    const { channel, tools, handed } = scripted("no", "sent");
    await expect(send(withCare(channel, CARE, tools), messageOf())).rejects.toThrow("no template");
    expect(handed()).toBe(1);
  });

  test("stops trying when the permit would run out meanwhile", async () => {
    const { channel, tools, handed } = scripted("busy");
    const slow = withCare(channel, { ...CARE, firstWaitMs: 90_000, tries: 9 }, tools);
    await expect(send(slow, messageOf())).rejects.toThrow("busy");
    // 45 seconds into the minute that a permit lasts; another 90 would be past its end.
    expect(handed()).toBe(2);
  });

  test("a permit whose try failed still stands for that message, and for no other", async () => {
    const { channel } = scripted("busy", "sent");
    const message = messageOf();
    const permit = permitFor(message);
    await expect(channel.send(permit, message)).rejects.toThrow("busy");
    await expect(channel.send(permit, { ...message })).rejects.toThrow("used");
    expect(await channel.send(permit, message)).toEqual(SENT);
    await expect(channel.send(permit, message)).rejects.toThrow("used");
  });

  test("leaves a channel alone that fails three times in a row, longer each time, and asks with one message", async () => {
    const { channel, tools, handed } = scripted("busy", "busy", "busy", "busy", "sent");
    const careful = withCare(channel, { ...CARE, tries: 1 }, tools);
    for (let i = 0; i < 3; i++) await expect(send(careful, messageOf())).rejects.toThrow("busy");
    expect(careful.rests!(tools.now())).toBe(NOON + 10_000);
    await expect(careful.send(permitFor(messageOf()), messageOf())).rejects.toThrow("rests after failures");
    expect(handed()).toBe(3);
    tools.at = NOON + 10_000;
    expect(careful.rests!(tools.now())).toBeUndefined();
    await expect(send(careful, messageOf())).rejects.toThrow("busy");
    expect(careful.rests!(tools.now())).toBe(NOON + 30_000);
    tools.at = NOON + 30_000;
    expect(await send(careful, messageOf())).toEqual(SENT);
    expect(careful.rests!(tools.now())).toBeUndefined();
  });

  test("a number that does not exist says nothing about the line", async () => {
    const { channel, tools } = scripted("no");
    const careful = withCare(channel, CARE, tools);
    for (let i = 0; i < 5; i++) await expect(send(careful, messageOf())).rejects.toThrow("no template");
    expect(careful.rests!(tools.now())).toBeUndefined();
  });

  test("a carrier that hangs gives no answer in time, and nobody knows", async () => {
    const { channel } = scripted("hang");
    const sending = send(withAnswerTime(channel, 20), messageOf());
    await expect(sending).rejects.toBeInstanceOf(NoAnswer);
  });

  test("two a second: of five at once one goes at once and the last two seconds later", async () => {
    const { channel, tools } = scripted("sent");
    // All five come at the same instant: the clock stands while they are given in.
    const waited: number[] = [];
    const paced = withPace(channel, 2, 1, { ...tools, wait: async (ms) => void waited.push(ms) });
    const messages = Array.from({ length: 5 }, () => messageOf());
    const permits = messages.map((message) => permitFor(message));
    await Promise.all(messages.map((message, i) => paced.send(permits[i]!, message)));
    expect(waited).toEqual([500, 1000, 1500, 2000]);
  });
});

describe("several channels for one way", () => {
  const named = (name: string, made: ReturnType<typeof scripted>): ChannelAdapter => ({
    ...made.channel,
    name,
  });

  test("the second takes what the first surely did not", async () => {
    const first = scripted("busy");
    const second = scripted("sent");
    const both = inOrder([named("a", first), named("b", second)], ["text"], () => NOON);
    expect(await send(both, messageOf())).toEqual({ ...SENT, channel: "b" });
  });

  test("the second gets nothing that the first may have sent", async () => {
    const second = scripted("sent");
    const both = inOrder([named("a", scripted("throw")), named("b", second)], ["text"], () => NOON);
    await expect(send(both, messageOf())).rejects.toThrow("timed out");
    expect(second.handed()).toBe(0);
  });

  test("where all say no, all reasons are named", async () => {
    const both = inOrder([named("a", scripted("busy")), named("b", scripted("no"))], ["text"], () => NOON);
    await expect(send(both, messageOf())).rejects.toThrow("the line is busy; no template for it");
  });
});
