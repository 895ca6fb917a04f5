import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
// @ts-expect-error: an example in plain JavaScript, as whoever copies it runs it
import { webhookReceiver } from "../../examples/webhook-receiver.mjs";
import { proxyList } from "../../src/api/attempts.ts";
import { day, minor } from "../../src/core/index.ts";
import { secretBytes, webhookSignature } from "../../src/dispatch/signature.ts";
import { deliverDue, gatherEvents, newWebhookSecret } from "../../src/office/webhooks/office.ts";
import { type Round, tellUntil } from "../../src/office/webhooks/worker.ts";
import { bookStore } from "../../src/store/index.ts";
import { afterTry, isInside, placeOf, postEvent, TRY_AFTER_MS } from "../../src/webhooks/index.ts";
import { type ApiWorld, apiWorld, type Client, LENDER, NOON } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const HERE = proxyList(["127.0.0.0/8"]);
const NOWHERE = proxyList([]);

interface Heard {
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
}

describe("events told to endpoints", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let ops: Client;
  const heard: Heard[] = [];
  let status = 204;
  let hook: { id: string; secret: string };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    heard.push({
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(parts).toString("utf8"),
    });
    response.writeHead(status).end();
  });
  let url: string;
  const deliver = () => deliverDue(world.db, { now: () => world.clock, allowed: HERE });
  const pay = async (id: string) => {
    const { refused } = await bookStore(world.db, {
      ...world.app.api.shelves,
      now: () => world.clock,
    }).payments(LENDER, [
      {
        kind: "payment",
        line: 2,
        paymentId: id,
        loanId: "L1",
        amount: minor(100),
        valueOn: day("2026-03-02"),
      },
    ]);
    expect(refused).toEqual([]);
  };

  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    ops = await world.as("operations");
    url = await listening(server);
    hook = (
      await ops("POST", "/v1/webhooks", { url, events: ["payment.received", "proceeding.opened"] })
    ).json();
  });
  afterAll(async () => {
    server.close();
    await world.app.fastify.close();
    await database.drop();
  });

  test("a payment is told once with ids and no sum, and an independent verifier believes it", async () => {
    await pay("P-1");
    expect(await gatherEvents(world.db, world.clock)).toBe(1);
    expect(await gatherEvents(world.db, world.clock), "looked at again, nothing is new").toBe(0);
    expect(await deliver()).toEqual({ delivered: 1, failed: 0, dead: 0 });
    const [{ headers, body }] = heard as [Heard];
    // The verifier reads the clock of the machine; ours stands still, so the same is signed for its now.
    const id = headers["webhook-id"]!;
    const at = new Date();
    const seconds = Math.floor(at.getTime() / 1000);
    const signature = webhookSignature(secretBytes(hook.secret), id, seconds, body);
    expect(headers["webhook-signature"]).toBe(
      webhookSignature(secretBytes(hook.secret), id, NOON / 1000, body),
    );
    const verified = new Webhook(hook.secret).verify(body, {
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": signature,
    });
    expect(verified).toMatchObject({
      type: "payment.received",
      data: { lender: LENDER, borrower: "borrower of L1", loan: "L1", payment: "P-1" },
    });
    expect(body).not.toMatch(/1\.00|amount|199\d{8}/);
  });

  test("the published test vector of Standard Webhooks comes out", () => {
    // https://github.com/standard-webhooks/standard-webhooks: the vector of its reference libraries.
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const body = '{"test": 2432232314}';
    const signature = webhookSignature(secretBytes(secret), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body);
    expect(signature).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  test("what fails is tried again, later each time, and given up at last; then it can be sent again", async () => {
    status = 500;
    await pay("P-2");
    await gatherEvents(world.db, world.clock);
    const before = heard.length;
    expect(await deliver()).toEqual({ delivered: 0, failed: 1, dead: 0 });
    expect(await deliver(), "not before its time").toEqual({ delivered: 0, failed: 0, dead: 0 });
    for (const wait of TRY_AFTER_MS) {
      world.clock += wait;
      await deliver();
    }
    expect(heard.length - before).toBe(TRY_AFTER_MS.length + 1);
    expect(new Set(heard.slice(before).map(({ headers }) => headers["webhook-id"])).size, "one id").toBe(1);
    const list = async (state: string) =>
      (await ops("GET", `/v1/webhooks/${hook.id}/deliveries?state=${state}`)).json().items;
    ops = await world.as("operations");
    expect(await list("dead")).toMatchObject([{ kind: "payment.received", lastStatus: 500, tries: 10 }]);
    status = 204;
    expect((await ops("POST", `/v1/webhooks/${hook.id}/replay`, {})).json().replayed).toBe(1);
    expect(await deliver()).toEqual({ delivered: 1, failed: 0, dead: 0 });
    expect(await list("dead")).toEqual([]);
    world.clock = NOON;
  });

  test("two workers at once tell each event once, and end when they are stopped", async () => {
    heard.length = 0;
    status = 204;
    const stop = new AbortController();
    const rounds: Round[] = [];
    const worker = () =>
      tellUntil(world.db, {
        now: () => world.clock,
        allowed: HERE,
        stop: stop.signal,
        told: (round) => rounds.push(round),
        failed: (error) => {
          throw error;
        },
        pauseMs: 10,
      });
    const working = [worker(), worker()];
    for (let i = 0; i < 5; i++) await pay(`W-${i}`);
    await vi.waitFor(() => expect(heard).toHaveLength(5), { timeout: 10_000 });
    stop.abort();
    await Promise.all(working);
    expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(5);
    expect(rounds.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(5);
    await pay("W-late");
    expect(heard, "nothing is begun after it was stopped").toHaveLength(5);
    await gatherEvents(world.db, world.clock);
    await deliver();
  });

  test("while keys change both sign; a ping tells whether it works; removed is removed", async () => {
    ops = await world.as("operations");
    const fresh = (await ops("POST", `/v1/webhooks/${hook.id}/rotate`)).json().secret;
    expect(fresh).not.toBe(hook.secret);
    const tested = (await ops("POST", `/v1/webhooks/${hook.id}/test`)).json();
    expect(tested).toMatchObject({ status: 204 });
    const { headers, body } = heard.at(-1)!;
    const signed = (secret: string) =>
      webhookSignature(secretBytes(secret), headers["webhook-id"]!, NOON / 1000, body);
    expect(headers["webhook-signature"]).toBe(`${signed(fresh)} ${signed(hook.secret)}`);
    const shown = (await ops("GET", "/v1/webhooks")).body;
    expect(shown).not.toContain(fresh);
    expect((await ops("DELETE", `/v1/webhooks/${hook.id}`)).statusCode).toBe(200);
    expect((await ops("POST", `/v1/webhooks/${hook.id}/test`)).statusCode).toBe(404);
  });

  test("an address inside, by number, by name or wrapped, is refused, and HTTP outside too", async () => {
    for (const address of [
      "127.0.0.1",
      "10.1.2.3",
      "169.254.169.254",
      "::1",
      "fe80::1",
      "::ffff:10.0.0.1",
      "fd00::1",
      "2002:7f00:1::",
    ])
      expect(isInside(address), address).toBe(true);
    for (const address of ["93.184.215.14", "2606:2800:21f::1"])
      expect(isInside(address), address).toBe(false);
    const at =
      (...addresses: string[]) =>
      async () =>
        addresses.map((address) => ({ address, family: 4 as const }));
    const asked = new URL("https://hooks.example/x");
    expect(await placeOf(asked, NOWHERE, at("93.184.215.14"))).toMatchObject({ address: "93.184.215.14" });
    expect(await placeOf(asked, NOWHERE, at("93.184.215.14", "10.0.0.5"))).toMatch(/private/);
    expect(await placeOf(new URL("http://hooks.example/x"), NOWHERE, at("93.184.215.14"))).toMatch(/https/);
    expect(await placeOf(new URL("http://127.0.0.1/x"), NOWHERE)).toMatch(/private/);
    expect(await placeOf(new URL("http://2130706433/x"), NOWHERE), "127.0.0.1 as one number").toMatch(
      /private/,
    );
    ops = await world.as("operations");
    const refused = await ops("POST", "/v1/webhooks", { url: "http://10.0.0.1/x" });
    expect([refused.statusCode, refused.json().code]).toEqual([422, "bad-endpoint"]);
  });

  test("a redirect is not followed, and an answer of 410 ends it for good", async () => {
    status = 302;
    const posted = await postEvent({
      url,
      id: "evt_1",
      body: "{}",
      secrets: [newWebhookSecret()],
      at: 1,
      allowed: HERE,
      answerWithinMs: 5000,
    });
    status = 204;
    expect(posted.status).toBe(302);
    expect(afterTry(1, 302, 0)).toEqual({ is: "again", at: 5000 });
    expect(afterTry(1, 410, 0)).toEqual({ is: "gone" });
    expect(afterTry(TRY_AFTER_MS.length + 1, null, 0)).toEqual({ is: "dead" });
  });

  test("the receiver of the example takes an event once, and neither a forged nor an old one", async () => {
    const secret = newWebhookSecret();
    const took: string[] = [];
    const example = webhookReceiver({ secret, take: (type: string) => took.push(type), now: () => NOON });
    const place = await listening(example);
    const send = (id: string, more: { at?: number; body?: string; secrets?: string[] } = {}) =>
      postEvent({
        url: place,
        id,
        body: '{"type":"payment.received","data":{}}',
        secrets: [secret],
        at: NOON / 1000,
        allowed: HERE,
        answerWithinMs: 5000,
        ...more,
      });
    expect((await send("evt_1")).status).toBe(204);
    expect((await send("evt_1")).status, "once more").toBe(204);
    expect((await send("evt_2", { secrets: [newWebhookSecret()] })).status, "forged").toBe(401);
    expect((await send("evt_3", { at: NOON / 1000 - 301 })).status, "old").toBe(400);
    expect(took).toEqual(["payment.received"]);
    example.close();
  });
});
