import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Carrier, deadPort } from "../../../test/support/listener.ts";
import { messageOf, NOON, send, testTools } from "../../../test/support/permit.ts";
import type { Call } from "../inbound.ts";
import { secretBytes, webhookSignature } from "../signature.ts";
import { NotHandedOver } from "../trouble.ts";
import type { ChannelAdapter } from "../types.ts";
import { webhookChannel, webhookEar } from "./webhook.ts";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OLD = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

describe("messages to a system of the lender's own, by signed webhook", () => {
  const carrier = new Carrier();
  let port: number;
  const settings = (answerWithinMs = 1000) => ({
    name: "push",
    carries: ["app" as const],
    url: `http://127.0.0.1:${port}/messages`,
    secrets: [KEY, OLD],
    answerWithinMs,
  });
  // The library of the standard judges by the real clock, so the signature is made by it too.
  const channel = (): ChannelAdapter => webhookChannel(settings(), { ...testTools(), now: () => NOON });
  const answers = (status: number, body = "{}"): void => {
    carrier.answer = (_, response) => {
      response.statusCode = status;
      response.end(body);
    };
  };
  const push = () => messageOf({ via: "app" });
  const failureOf = (sending: Promise<unknown>): Promise<unknown> => sending.catch((error: unknown) => error);

  beforeEach(async () => {
    port = await carrier.open();
    carrier.asked.length = 0;
    answers(202);
  });
  afterEach(() => carrier.close());

  test("names the action as webhook-id, the same for every try, and tells no figures but those in the text", async () => {
    const message = push();
    expect(await send(channel(), message)).toEqual({
      outcome: "sent",
      receipt: "202 {}",
      references: [message.id],
    });
    const { headers, body } = carrier.asked[0]!;
    expect(headers["webhook-id"]).toBe(message.id);
    expect(headers["webhook-timestamp"]).toBe(String(NOON / 1000));
    const { id, via, to, language, what, text, loans, lender } = message;
    expect(JSON.parse(body)).toEqual({
      type: "message.send",
      timestamp: "2026-03-06T04:00:00.000Z",
      data: { id, via, to, language, what, text, loans, lender },
    });
  });

  test.each([
    ["the key", KEY],
    ["the old key while keys change", OLD],
  ])("the library of the standard verifies it by %s", async (_, key) => {
    const clocked = webhookChannel(settings(), { ...testTools(), now: () => NOON });
    await send(clocked, push());
    const { headers, body } = carrier.asked[0]!;
    const now = Math.floor(Date.now() / 1000);
    // The same message signed for this minute, which the library insists on.
    const id = String(headers["webhook-id"]);
    const signature = webhookSignature(secretBytes(key), id, now, body);
    const fresh = { "webhook-id": id, "webhook-timestamp": String(now), "webhook-signature": signature };
    expect(new Webhook(key).verify(body, fresh)).toMatchObject({ type: "message.send" });
    const right = webhookSignature(secretBytes(key), id, NOON / 1000, body);
    expect(String(headers["webhook-signature"]).split(" ")).toContain(right);
  });

  test("taken but not wanted, 200 with an error in its body, has failed", async () => {
    answers(200, '{"error":"unknown device"}');
    expect(await send(channel(), push())).toMatchObject({
      outcome: "failed",
      receipt: expect.stringContaining("unknown device"),
    });
    answers(200, '{"accepted":false}');
    expect(await send(channel(), push())).toMatchObject({ outcome: "failed" });
  });

  test.each([429, 503])("%i is no hand-over", async (status) => {
    answers(status);
    expect(await failureOf(send(channel(), push()))).toMatchObject({ name: "NotHandedOver", passing: true });
  });

  test("a refusal (400) has failed, an address elsewhere (302) too, a fault inside (500) is unknown", async () => {
    answers(400);
    expect(await send(channel(), push())).toMatchObject({ outcome: "failed" });
    answers(302);
    expect(await send(channel(), push())).toMatchObject({ outcome: "failed" });
    answers(500);
    expect(await failureOf(send(channel(), push()))).not.toBeInstanceOf(NotHandedOver);
  });

  test("a receiver that hangs, or hangs up after taking it, is asked once, and nobody knows", async () => {
    carrier.answer = () => {};
    const slow = webhookChannel(settings(150), testTools());
    const hung = await failureOf(send(slow, push()));
    expect(hung).toBeInstanceOf(Error);
    expect(hung).not.toBeInstanceOf(NotHandedOver);
    carrier.answer = (_, response) => response.destroy();
    expect(await failureOf(send(channel(), push()))).not.toBeInstanceOf(NotHandedOver);
    expect(carrier.asked).toHaveLength(2);
  });

  test("a receiver that is down is no hand-over", async () => {
    const down = webhookChannel({ ...settings(), url: `http://127.0.0.1:${await deadPort()}/` }, testTools());
    expect(await failureOf(send(down, push()))).toMatchObject({ name: "NotHandedOver", passing: true });
  });

  test("a check is an event of its own kind and no message", async () => {
    expect(await channel().check!()).toContain("answered 202");
    expect(JSON.parse(carrier.asked[0]!.body)).toMatchObject({ type: "check", data: {} });
  });
});

describe("what a signed webhook brings", () => {
  const ear = webhookEar("push", [KEY, OLD]);
  const signedCall = (
    body: unknown,
    change: Partial<{
      at: number;
      key: string;
      signature: string;
      stamp: string;
      id: string;
      method: string;
    }> = {},
  ): Call => {
    const text = JSON.stringify(body);
    const id = change.id ?? "evt_1";
    const seconds = NOON / 1000;
    // By the library of the standard, not by ours.
    const signature = change.signature ?? new Webhook(change.key ?? KEY).sign(id, new Date(NOON), text);
    return {
      method: change.method ?? "POST",
      path: [],
      query: new URLSearchParams(),
      headers: {
        "webhook-id": id,
        "webhook-timestamp": change.stamp ?? String(seconds),
        "webhook-signature": signature,
      },
      body: Buffer.from(text),
      from: "203.0.113.7",
      at: change.at ?? NOON,
    };
  };
  const DELIVERED = { kind: "delivery", via: "app", action: "7-0/2026-03-06/message", status: "delivered" };

  test("an event is known by the call's id", () => {
    expect(ear.hear(signedCall(DELIVERED))).toMatchObject({
      ok: true,
      events: [{ kind: "delivery", id: "evt_1", channel: "push", via: "app", status: "delivered", at: NOON }],
    });
  });

  test("the usual envelope, a list, and the old key are taken too", () => {
    const enveloped = { type: "message.delivered", timestamp: "2026-03-06T04:00:00Z", data: DELIVERED };
    expect(ear.hear(signedCall(enveloped, { key: OLD }))).toMatchObject({ ok: true });
    const two = {
      events: [
        { ...DELIVERED, id: "a" },
        { kind: "stop", id: "b", via: "app", address: "app-1" },
      ],
    };
    expect(ear.hear(signedCall(two))).toMatchObject({
      ok: true,
      events: [{ id: "a" }, { id: "b", kind: "stop" }],
    });
  });

  test.each<[string, Parameters<typeof signedCall>[1], string]>([
    ["a forged signature", { signature: "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }, "not ours"],
    ["another one's key", { key: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }, "not ours"],
    ["another moment than was signed", { stamp: String(NOON / 1000 - 1) }, "not ours"],
    ["a call of six minutes ago", { at: NOON + 360_000 }, "five minutes"],
    ["a call from the future", { at: NOON - 360_000 }, "five minutes"],
    ["no moment at all", { stamp: "now" }, "no number"],
  ])("%s is refused", (_, change, says) => {
    expect(ear.hear(signedCall(DELIVERED, change))).toMatchObject({
      ok: false,
      status: 401,
      says: expect.stringContaining(says),
    });
  });

  test("a body that was changed on its way is refused", () => {
    const call = signedCall(DELIVERED);
    const body = Buffer.from(call.body.toString().replace("delivered", "failed"));
    expect(ear.hear({ ...call, body })).toMatchObject({ ok: false, status: 401 });
  });

  test.each<[string, object, string]>([
    ["an unknown word", { ...DELIVERED, statsu: "x" }, "the nearest is status"],
    [
      "an unknown outcome",
      { kind: "call", action: "7-0/2026-03-06/call", outcome: "promise" },
      "the nearest is promised",
    ],
    [
      "a promise on a call that nobody answered",
      { kind: "call", action: "a", outcome: "no-answer", promised_on: "2026-03-10" },
      "only a call with the outcome promised",
    ],
    ["an event about nobody", { kind: "stop", via: "app" }, "names nobody"],
  ])("%s is named and refused", (_, event, says) => {
    expect(ear.hear(signedCall(event))).toMatchObject({
      ok: false,
      status: 400,
      says: expect.stringContaining(says),
    });
  });
});
