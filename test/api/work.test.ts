import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiWorld, apiWorld, asRead, type Client, LENDER, NOON, OTHER } from "../support/api.ts";
import { LADDER } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { at } from "../support/letters.ts";

const MAP = `kind: balances
lender: { code: LENDER, name: x, zone: Asia/Shanghai, pack: cn }
`;

describe("what people do through the API", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let ops: Client;
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    ops = await world.as("operations");
  });
  afterAll(async () => {
    await world.app.fastify.close();
    await database.drop();
  });

  test("loans come page by page, each once, and the pages stay where they are while the book grows", async () => {
    const seen: string[] = [];
    let cursor = "";
    do {
      const { items, next } = (await ops("GET", `/v1/loans?limit=1${cursor}`)).json();
      seen.push(...items.map(({ loan }: { loan: string }) => loan));
      cursor = next ? `&cursor=${next}` : "";
    } while (cursor);
    expect(seen).toEqual(["L1", "L2", "L3"]);
    expect((await ops("GET", "/v1/loans?band=2&limit=1")).json().items).toHaveLength(1);
    expect((await ops("GET", "/v1/loans?band=0")).json()).toEqual({ items: [], next: null });
    const story: string[] = [];
    cursor = "";
    do {
      const { items, next } = (await ops("GET", `/v1/loans/L1/timeline?limit=4${cursor}`)).json();
      story.push(...items.map(({ on }: { on: string }) => on));
      cursor = next ? `&cursor=${next}` : "";
    } while (cursor);
    expect(story).toEqual([...story].sort().reverse());
    expect(story.length).toBe((await ops("GET", "/v1/loans/L1/timeline?limit=200")).json().items.length);
  });

  test("a suit is opened and its events recorded; the firm of the mandate sees it, a collector only reads, and twice is once", async () => {
    const url = "/v1/loans/L1/proceedings";
    const opening = { kind: "suit", court: "上海市浦东新区人民法院", on: "2026-03-02", id: "S-1" };
    const tried = await ops("POST", `${url}?dryRun=true`, opening);
    expect(tried.json()).toMatchObject({ proceeding: "S-1", became: "would-record" });
    expect((await ops("GET", url)).json()).toEqual({ items: [] });
    expect((await ops("POST", url, opening)).json()).toMatchObject({ became: "recorded" });
    expect((await ops("POST", url, opening)).json()).toMatchObject({ became: "known" });
    const filed = { event: "filed", on: "2026-03-02" };
    const event = async (body: object) =>
      ops("POST", `${url}/S-1/events`, body, await asRead(ops, `${url}/S-1`));
    // Seven days to file or refuse (art. 126): 9 March 2026, a Monday.
    const moved = (await event(filed)).json();
    expect(moved).toMatchObject({ became: "recorded", told: { state: "filed" } });
    expect(moved.told.days).toContainEqual(
      expect.objectContaining({ by: "court", lastOn: "2026-03-09", certain: true }),
    );
    expect((await event(filed)).json()).toMatchObject({ became: "known" });
    const out = await event({ event: "judgment", on: "2026-03-02" });
    expect(out.statusCode).toBe(422);
    const other = await ops("POST", "/v1/loans/L3/proceedings/S-1/events", filed, {
      headers: { "if-match": '"2"' },
    });
    expect(other.statusCode).toBe(404);
    const mei = await world.as("collector");
    expect((await mei("GET", url)).json().items).toHaveLength(1);
    expect((await mei("POST", url, opening)).statusCode).toBe(403);
  });

  test("a collector takes a case, and is told why he may not call; nobody else gets it meanwhile", async () => {
    const mei = await world.as("collector");
    const taken = await mei("POST", "/v1/worklist/next");
    expect(taken.json()).toMatchObject({ claimedBy: "mei", again: false });
    expect((await mei("POST", "/v1/worklist/next")).json().again).toBe(true);
    expect((await mei("POST", "/v1/worklist/call")).json().code).toMatch(/^(?:not-a-call|wrong-code)$/);
    const wrong = await mei("POST", "/v1/worklist/result", { code: "no-answer" });
    expect([wrong.statusCode, wrong.json().code]).toEqual([422, "wrong-code"]);
    expect((await mei("POST", "/v1/worklist/release", { reason: "lunch" })).json()).toEqual({
      released: true,
      backAt: null,
    });
    expect((await mei("POST", "/v1/worklist/release", {})).json().code).toBe("no-case");
  });

  test("a lawyer reads, tries and returns a letter of his firm; a clerk of the firm cannot", async () => {
    const url = `/v1/letters/${world.letter}`;
    const clerk = await world.as("law-firm", { party: "hengxin" });
    const does = async (who: Client, what: string, body?: object) =>
      who("POST", `${url}/${what}`, body, await asRead(who, url));
    expect((await does(clerk, "approve")).json().code).toBe("no-lawyer");
    const wang = await world.as("law-firm");
    expect((await does(wang, "approve")).json().code, "nobody approves what he has not read").toBe(
      "letter-no-read",
    );
    expect((await wang("POST", `${url}/open`)).json().text).toContain("恒信律师事务所");
    const tried = await does(wang, "approve?dryRun=true");
    expect([tried.statusCode, tried.json().code]).toEqual([200, "approved"]);
    const back = await does(wang, "return", { reason: "the address is old" });
    expect([back.statusCode, back.json().done]).toEqual([200, true]);
    expect((await does(wang, "approve")).statusCode).toBe(422);
    expect((await wang("GET", "/v1/letters")).json().items).toHaveLength(1);
    const stranger = await world.as("law-firm", { party: "anotherfirm:zhao" });
    expect((await stranger("GET", "/v1/letters")).json().items).toEqual([]);
  });

  test("a strategy is tried, proposed by one and released by another; its mistakes are told line by line", async () => {
    const body = LADDER.replace("version: 1", "version: 2").replace("2020-01-01", "2026-04-01");
    const bad = await ops("POST", "/v1/strategies/try", { body: body.replace("on_dpd: 5", "on_dpd: five") });
    expect([bad.statusCode, bad.json().code, bad.json().errors.length > 0]).toEqual([
      422,
      "strategy-has-mistakes",
      true,
    ]);
    const tried = (await ops("POST", "/v1/strategies/try", { body, from: "2026-01-05" })).json();
    expect(tried.days.length).toBeGreaterThan(3);
    const boss = await world.as("supervisor");
    expect((await boss("POST", "/v1/strategies", { body })).json()).toEqual({
      strategy: "ladder@2",
      became: "new",
    });
    const own = LADDER.replace("strategy: ladder", "strategy: steps");
    expect((await boss("POST", "/v1/strategies", { body: own })).statusCode).toBe(201);
    const releaseOwn = async (who: Client) =>
      who("POST", "/v1/strategies/steps/1/release", {}, await asRead(who, "/v1/strategies/steps/1"));
    expect((await releaseOwn(boss)).json().code).toBe("same-person");
    expect((await releaseOwn(await world.as("compliance"))).json()).toEqual({
      strategy: "steps@1",
      released: true,
    });
    expect((await releaseOwn(await world.as("compliance"))).json().code).toBe("decided-already");
    const release = async (who: Client) =>
      who("POST", "/v1/strategies/ladder/2/release", {}, await asRead(who, "/v1/strategies/ladder/2"));
    // Products of the other lender follow the same strategy: neither releases it for both.
    expect((await release(await world.as("supervisor"))).json().code).toBe("shared-strategy");
  });

  test("a file is checked before it is taken, and never into another lender's book", async () => {
    const send = (map: string, query = "") =>
      ops("POST", `/v1/imports/payments${query}`, undefined, {
        payload: `--b\r\ncontent-disposition: form-data; name="map"\r\n\r\n${map}\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="../../pay.csv"\r\n\r\nloan,amount,on,id\nL3,10.00,2026-03-01,P1\nL9,10.00,2026-03-01,P2\nL3,ten,2026-03-01,P3\r\n--b--\r\n`,
        headers: { "content-type": "multipart/form-data; boundary=b" },
      });
    expect((await send(MAP)).json().code).toBe("map-has-mistakes");
    const map = (lender: string) => `map: pay
kind: payments
lender: { code: ${lender} }
columns:
  payment_id: id
  loan_id: loan
  amount: amount
  value_on: on
`;
    const dry = await send(map(LENDER), "?dryRun=true");
    expect([dry.statusCode, dry.json()]).toEqual([
      200,
      expect.objectContaining({ dryRun: true, name: "pay.csv", rows: 3, good: 2, bad: 1 }),
    ]);
    expect((await send(map(OTHER))).json().code).toBe("other-lender");
    const done = (await send(map(LENDER))).json();
    expect(done).toMatchObject({ rows: 3, added: 1, bad: 2 });
    expect(done.refused.map(({ code }: { code: string }) => code).sort()).toEqual([
      "not-a-number",
      "unknown-loan",
    ]);
    expect((await ops("GET", "/v1/imports")).json().items[0]).toMatchObject({
      kind: "payments",
      name: "pay.csv",
    });
  });

  test("a close is started, followed as it goes on, and kept with what came of it", async () => {
    world.clock = at("2026-03-03", 60);
    const today = await world.as("operations");
    expect((await today("POST", "/v1/closes", { through: "2026-03-04" })).json().code).toBe("not-yet");
    expect((await today("POST", "/v1/closes", { through: "2026-03-01" })).json().code).toBe("closed-already");
    const started = await today("POST", "/v1/closes", { through: "2026-03-02" });
    expect(started.statusCode).toBe(202);
    const { job } = started.json();
    await world.app.fastify.listen({ port: 0, host: "127.0.0.1" });
    const socket = connect((world.app.fastify.server.address() as AddressInfo).port, "127.0.0.1");
    socket.write(
      `GET /v1/jobs/${job}/progress HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: arrears-session=${today.secret}\r\n\r\n`,
    );
    let events = "";
    socket.on("data", (part: Buffer) => {
      events += part.toString();
    });
    await once(socket, "close");
    expect(events).toContain("content-type: text/event-stream");
    expect(events).toMatch(/event: end\ndata: .*"state":"done"/);
    await world.app.api.jobs.idle();
    const done = (await today("GET", `/v1/jobs/${job}`)).json();
    expect(done).toMatchObject({
      state: "done",
      progress: null,
      result: { from: "2026-03-02", through: "2026-03-02" },
    });
    const elsewhere = await world.as("operations", { lender: OTHER });
    expect((await elsewhere("GET", `/v1/jobs/${job}`)).statusCode).toBe(404);
    world.clock = NOON;
  });

  test("what is agreed to can be fetched as a bundle once its facts are sealed", async () => {
    world.clock = at("2026-03-03", 60);
    const [one, two] = [await world.as("compliance"), await world.as("supervisor")];
    const { approval } = (await one("POST", "/v1/loans/L3/evidence", { reason: "for the court" })).json();
    const url = `/v1/approvals/${approval}`;
    await two("POST", url, { decision: "approved", remark: "fine" }, await asRead(two, url));
    const bundle = await one("GET", `/v1/approvals/${approval}/bundle`);
    expect([
      bundle.statusCode,
      bundle.headers["content-type"],
      bundle.rawPayload.subarray(0, 2).toString(),
    ]).toEqual([200, "application/zip", "PK"]);
    world.clock = NOON;
  });
});
