import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { messageOf, send, testTools } from "../../../test/support/permit.ts";
import { Centre, smpp } from "../../../test/support/smpp-centre.ts";
import type { Inbound } from "../inbound.ts";
import { NotHandedOver } from "../trouble.ts";
import type { ChannelAdapter } from "../types.ts";
import { type SmppSettings, smppChannel } from "./smpp.ts";
import { partsOf } from "./text.ts";

describe("text messages by SMPP, to a message centre on this machine", () => {
  let centre: Centre;
  let port: number;
  const open: ChannelAdapter[] = [];
  const channel = (change: Partial<SmppSettings> = {}): ChannelAdapter => {
    const settings: SmppSettings = {
      name: "sms",
      carries: ["text"],
      host: "127.0.0.1",
      port,
      tls: false,
      systemId: "lender",
      password: "secret",
      systemType: "",
      bind: "transceiver",
      from: "10690000",
      countryCode: "86",
      long: "udh",
      validMinutes: 60,
      receiptIds: "same",
      connectWithinMs: 2000,
      enquireEveryMs: 30_000,
      ...change,
    };
    const made = smppChannel(settings, testTools(), smpp);
    open.push(made);
    return made;
  };

  beforeEach(async () => {
    centre = new Centre();
    port = await centre.open();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close?.();
    await centre.close();
  });

  test("a short English text goes out as one part in the carrier's own alphabet, and a receipt is asked for", async () => {
    const text = "Demo Bank: CNY 100.00 is past due. If the amount is wrong, please contact us.";
    const receipt = await send(channel(), messageOf({ text, language: "en" }));
    expect(receipt).toEqual({ outcome: "sent", receipt: "ab1", references: ["ab1"] });
    expect(centre.submitted[0]).toMatchObject({
      source_addr: "10690000",
      destination_addr: "8619900000000",
      registered_delivery: 1,
      data_coding: 0,
      esm_class: 0,
      short_message: { message: text },
    });
  });

  test("a long Chinese text goes out in UCS-2 parts of 67 characters, which put together are the text", async () => {
    const message = messageOf();
    expect(message.text.length).toBe(128);
    const receipt = await send(channel(), message);
    expect(receipt.references).toEqual(["ab1", "ab2"]);
    const parts = centre.submitted.map(({ short_message, esm_class, data_coding }) => {
      expect({ esm_class, data_coding }).toEqual({ esm_class: 0x40, data_coding: 8 });
      return short_message as { udh: Buffer[]; message: string };
    });
    expect(parts.map(({ message: text }) => text.length)).toEqual([67, 61]);
    expect(parts.map(({ message: text }) => text).join("")).toBe(message.text);
    // 00 03 ref total number: the same reference, two parts, in order.
    const headers = parts.map(({ udh }) => [...udh[0]!]);
    expect(headers.map(([, , , total, number]) => [total, number])).toEqual([
      [2, 1],
      [2, 2],
    ]);
    expect(headers[0]![2]).toBe(headers[1]![2]);
  });

  test("a carrier that cuts by itself gets the whole text as its payload", async () => {
    const message = messageOf();
    const receipt = await send(channel({ long: "payload" }), message);
    expect(receipt.references).toEqual(["ab1"]);
    expect((centre.submitted[0]!.message_payload as { message: string }).message).toBe(message.text);
  });

  test("a message may reach the phone for an hour and no longer", async () => {
    const text = "Demo Bank: CNY 100.00 is past due. If the amount is wrong, please contact us.";
    const before = Date.now();
    await send(channel(), messageOf({ text, language: "en" }));
    const until = (centre.submitted[0]!.validity_period as Date).getTime();
    expect(Math.abs(until - before - 3_600_000)).toBeLessThan(5_000);
  });

  test("too fast (ESME_RTHROTTLED) is no hand-over, and may be tried again", async () => {
    centre.status = () => 0x58;
    const failure = await send(channel(), messageOf()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotHandedOver);
    expect(failure).toMatchObject({ passing: true, message: "the message centre answered ESME_RTHROTTLED" });
  });

  test("a second part that is too fast is tried alone: the first is on its way", async () => {
    centre.status = (n) => (n === 2 ? 0x58 : 0);
    const receipt = await send(channel(), messageOf());
    expect(receipt).toEqual({ outcome: "sent", receipt: "ab1 ab3", references: ["ab1", "ab3"] });
  });

  test("a number that does not exist has failed, and is not tried again", async () => {
    centre.status = () => 0x0b;
    expect(await send(channel(), messageOf())).toEqual({
      outcome: "failed",
      receipt: "the message centre answered ESME_RINVDSTADR",
    });
  });

  test("a refused second part leaves the outcome unknown: half of it may be read", async () => {
    centre.status = (n) => (n === 2 ? 0x0b : 0);
    const failure = await send(channel(), messageOf()).catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(NotHandedOver);
    expect(String(failure)).toContain("1 of 2 parts went out");
  });

  test("a line that breaks after the message was written leaves it unknown; the next message binds anew", async () => {
    const sms = channel();
    const usual = centre.onSubmit;
    centre.onSubmit = (session) => session.destroy();
    const failure = await send(sms, messageOf()).catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(NotHandedOver);
    expect(String(failure)).toContain("broke before the answer");
    centre.onSubmit = usual;
    expect(await send(sms, messageOf())).toMatchObject({ outcome: "sent" });
    expect(centre.sessions).toHaveLength(2);
  });

  test("a wrong password and a centre that is down are no hand-over", async () => {
    await expect(send(channel({ password: "wrong" }), messageOf())).rejects.toThrow("ESME_RINVPASWD");
    await centre.close();
    const failure = await send(channel(), messageOf()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotHandedOver);
    expect(String(failure)).toContain("ECONNREFUSED");
  });

  test("both ends are asked whether they are there, a check sends nothing, and the line is left with goodbye", async () => {
    const sms = channel({ enquireEveryMs: 20 });
    expect(await sms.check!()).toContain("enquire_link answered");
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(centre.enquired).toBeGreaterThan(2);
    expect(centre.submitted).toEqual([]);
    await sms.close!();
    expect(centre.unbound).toBe(1);
  });

  describe("what comes on the same line", () => {
    const delivered = (fields: object): Promise<number> => centre.deliver(fields);
    const listening = async (take: (event: Inbound) => Promise<void>, change: Partial<SmppSettings> = {}) => {
      const sms = channel(change);
      void sms.listen!(take);
      await sms.check!();
    };
    const receiptText = (id: string, stat: string) =>
      `id:${id} sub:001 dlvrd:001 submit date:2603061200 done date:2603061201 stat:${stat} err:000 text:Demo`;

    test("a receipt names the message and what became of it", async () => {
      const events: Inbound[] = [];
      await listening(async (event) => void events.push(event));
      const fields = { source_addr: "8619900000000", destination_addr: "10690000", esm_class: 4 };
      expect(await delivered({ ...fields, short_message: receiptText("AB1", "DELIVRD") })).toBe(0);
      expect(await delivered({ ...fields, short_message: receiptText("AB2", "UNDELIV") })).toBe(0);
      expect(events).toMatchObject([
        { kind: "delivery", id: "ab1/DELIVRD", reference: "ab1", status: "delivered" },
        { kind: "delivery", id: "ab2/UNDELIV", reference: "ab2", status: "failed", reason: "UNDELIV 000" },
      ]);
    });

    test("a receipt by fields of its own is read, and ids in decimal are found again", async () => {
      const events: Inbound[] = [];
      await listening(async (event) => void events.push(event), { receiptIds: "decimal-of-hex" });
      // 0xab1 is 2737.
      await delivered({
        source_addr: "86199",
        esm_class: 4,
        receipted_message_id: "2737",
        message_state: 2,
        short_message: "",
      });
      expect(events).toMatchObject([{ reference: "ab1", status: "delivered" }]);
    });

    test("an answer of the borrower arrives with his number, Chinese and English", async () => {
      const events: Inbound[] = [];
      await listening(async (event) => void events.push(event));
      await delivered({ source_addr: "8619900000000", destination_addr: "10690000", short_message: "退订" });
      await delivered({ source_addr: "8619900000000", destination_addr: "10690000", short_message: "STOP" });
      expect(events).toMatchObject([
        { kind: "message", address: "8619900000000", text: "退订" },
        { kind: "message", address: "8619900000000", text: "STOP" },
      ]);
    });

    test("what could not be kept is asked for again", async () => {
      await listening(async () => {
        throw new Error("the database is gone");
      });
      expect(await delivered({ source_addr: "86199", short_message: "T" })).toBe(0x64);
    });
  });
});

describe("cutting a text into short messages", () => {
  test.each([
    ["160 plain letters are one part", "a".repeat(160), 0, [160]],
    ["161 are two of 153 and 8", "a".repeat(161), 0, [159, 14]],
    ["a euro sign takes two, so 80 of them are one part", "€".repeat(80), 0, [160]],
    ["81 euro signs are 76 and 5: none is cut in two", "€".repeat(81), 0, [158, 16]],
    ["70 Chinese characters are one part", "款".repeat(70), 8, [140]],
    ["71 are 67 and 4", "款".repeat(71), 8, [140, 14]],
    ["a character of four bytes is never cut", `${"款".repeat(66)}😀${"款".repeat(4)}`, 8, [138, 18]],
  ])("%s", (_, text, coding, sizes) => {
    const parts = partsOf(text, 7, "udh")!;
    expect(parts.map(({ bytes }) => bytes.length)).toEqual(sizes);
    expect(new Set(parts.map((part) => part.coding))).toEqual(new Set([coding]));
  });

  test("more than 255 parts are refused", () => {
    expect(partsOf("款".repeat(67 * 256), 0, "udh")).toBeUndefined();
  });
});
