import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testTools } from "../../test/support/permit.ts";
import { aliyunEar } from "./aliyun/aliyun.ts";
import type { Inbound } from "./inbound.ts";
import { inboundServer } from "./listen.ts";
import { taskEar } from "./tasks/tasks.ts";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const TOKEN = "0123456789abcdef01234567";

describe("the listener", () => {
  let server: Server;
  let base: string;
  let taken: Inbound[];
  let log: string[];
  let broken: boolean;
  beforeEach(async () => {
    taken = [];
    log = [];
    broken = false;
    server = inboundServer({
      ears: [taskEar("calls", [KEY]), aliyunEar("ali", { token: TOKEN })],
      take: async (event) => {
        if (broken) throw new Error("the database is gone");
        taken.push(event);
      },
      now: testTools(Date.now()).now,
      log: (says) => void log.push(says),
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const signed = (body: string, id = "evt_1"): RequestInit => {
    const at = new Date();
    const signature = new Webhook(KEY).sign(id, at, body);
    const seconds = String(Math.floor(at.getTime() / 1000));
    return {
      method: "POST",
      body,
      headers: { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": signature },
    };
  };
  const OUTCOME = JSON.stringify({
    kind: "call",
    action: "7-0/2026-03-06/call",
    outcome: "promised",
    promised_on: "2026-03-10",
    promised_amount: "100.00",
    by: "Li Na",
  });

  test("takes the outcome of a call and answers once it is kept", async () => {
    const response = await fetch(`${base}/in/calls`, signed(OUTCOME));
    expect([response.status, await response.text()]).toEqual([200, '{"kept":1}']);
    expect(taken).toMatchObject([
      { kind: "call", outcome: "promised", promisedAmount: 10_000, by: "Li Na", channel: "calls" },
    ]);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("answers as the carrier wants it", async () => {
    const body = JSON.stringify([
      { phone_number: "199", success: true, err_code: "DELIVERED", biz_id: "1^0" },
    ]);
    const response = await fetch(`${base}/in/ali/${TOKEN}`, { method: "POST", body });
    expect(await response.json()).toEqual({ code: 0, msg: "ok" });
  });

  test("what could not be kept is not confirmed, so that it comes again", async () => {
    broken = true;
    const response = await fetch(`${base}/in/calls`, signed(OUTCOME));
    expect(response.status).toBe(503);
    expect(log).toEqual(["not kept: the database is gone"]);
  });

  test("tells a forger nothing but that he is refused, and the log where he came from, never the secret", async () => {
    const forged = { ...signed(OUTCOME), body: OUTCOME.replace("100.00", "1.00") };
    const response = await fetch(`${base}/in/calls`, forged);
    expect([response.status, await response.text()]).toEqual([401, "refused\n"]);
    const guessed = await fetch(`${base}/in/ali/${TOKEN.slice(0, -1)}8`, { method: "POST", body: "[]" });
    expect(guessed.status).toBe(404);
    expect(taken).toEqual([]);
    expect(log.join("\n")).toContain("calls: refused a call from 127.0.0.1: a signature that is not ours");
    expect(log.join("\n")).not.toContain(TOKEN.slice(0, -1));
  });

  test("ten thousand forged calls are refused, every one", async () => {
    const bodies = Array.from({ length: 100 }, (_, i) => signed(OUTCOME.replace("Li Na", `N${i}`)));
    let refused = 0;
    for (let round = 0; round < 100; round++) {
      const answers = await Promise.all(
        bodies.map((one, i) => {
          const headers = { ...(one.headers as Record<string, string>) };
          // A right signature under another id, another moment, or with one letter changed.
          if (round % 3 === 0) headers["webhook-id"] = `evt_${round}_${i}`;
          else if (round % 3 === 1)
            headers["webhook-timestamp"] = String(Number(headers["webhook-timestamp"]) + 1 + round);
          else
            headers["webhook-signature"] = headers["webhook-signature"]!.replace(/.(?==?$)/, (c) =>
              c === "A" ? "B" : "A",
            );
          return fetch(`${base}/in/calls`, { ...one, headers }).then(async (answer) => {
            await answer.arrayBuffer();
            return answer.status;
          });
        }),
      );
      refused += answers.filter((status) => status === 401).length;
    }
    expect(refused).toBe(10_000);
    expect(taken).toEqual([]);
  });

  test("a body that is too long is not read to its end, and what nobody hears is not there", async () => {
    const long = await fetch(`${base}/in/calls`, { method: "POST", body: "x".repeat(300_000) }).catch(
      () => undefined,
    );
    expect(long?.status ?? 413).toBe(413);
    for (const path of ["/", "/in", "/in/other", "/in/%ff", "/api"])
      expect((await fetch(base + path, { method: "POST" })).status).toBe(404);
  });
});
