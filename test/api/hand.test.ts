import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiWorld, apiWorld, type Client, NOON } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

/** What a person does by hand, over HTTP: L3 is 50 days past due on 1 March 2026 and is nobody's but the lender's. */
describe("messages by hand", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let mei: Client;
  beforeAll(async () => {
    database = await ENGINES.find(({ name }) => name === "embedded")!.open();
    world = await apiWorld(database.db);
    mei = await world.as("collector");
  });
  afterAll(async () => {
    await database?.drop();
  });

  type Hand = {
    step: string;
    via: string;
    verdict: string;
    text: string | null;
    because: { rule: string }[];
  };
  const choices = async (): Promise<Hand[]> => {
    const answer = await mei("GET", "/v1/loans/L3/messages");
    expect(answer.statusCode, answer.body).toBe(200);
    return (answer.json() as { items: Hand[] }).items;
  };

  test("are those of the strategy's steps for the stage, each judged, and a look writes nothing", async () => {
    const before = await database.db.query("select count(*)::int4 as n from outbox");
    const items = await choices();
    expect(items.length).toBeGreaterThan(0);
    for (const { verdict, text, because } of items)
      expect(verdict === "send" ? text : because.length).toBeTruthy();
    expect(await database.db.query("select count(*)::int4 as n from outbox")).toEqual(before);
  });

  test("of a step that is not of the loan's stage there is none", async () => {
    const answer = await mei("POST", "/v1/loans/L3/messages", { step: "early/my-own-words@1", via: "text" });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: "no-such-message" });
  });

  test("wait a minute, can be taken back in it, and once a day is enough", async () => {
    const one = (await choices()).find(({ verdict }) => verdict === "send")!;
    expect(one).toBeDefined();
    const body = { step: one.step, via: one.via };
    const sent = await mei("POST", "/v1/loans/L3/messages", body);
    expect(sent.json()).toMatchObject({ planned: true, until: "2026-03-02T12:01:00.000+08:00" });
    expect((await mei("POST", "/v1/loans/L3/messages", body)).statusCode).toBe(422);
    expect((await mei("POST", "/v1/loans/L3/messages/take-back", {})).statusCode).toBe(200);
    const again = await mei("POST", "/v1/loans/L3/messages/take-back", {});
    expect(again.json()).toMatchObject({ code: "gone-out" });
    // What was taken back makes room for another.
    expect((await mei("POST", "/v1/loans/L3/messages", body)).json()).toMatchObject({ planned: true });
  });

  test("words that may not be said are found, with where they stand and what to say instead", async () => {
    const answer = await mei("POST", "/v1/words/check", { text: "再不还就让警察抓你" });
    const { forbidden, required } = answer.json() as {
      forbidden: { from: number; found: string }[];
      required: object[];
    };
    expect(forbidden.length).toBeGreaterThan(0);
    expect(forbidden[0]!.found).toMatch(/警察/);
    expect(required.length).toBeGreaterThan(0);
  });

  test("two who look at one loan see each other, and no longer once one has gone", async () => {
    const boss = await world.as("supervisor");
    const look = async (who: Client) =>
      ((await who("GET", "/v1/loans/L3/presence")).json() as { others: { name: string }[] }).others;
    expect(await look(mei)).toEqual([]);
    expect((await look(boss)).map(({ name }) => name)).toEqual([expect.stringMatching(/^collector/)]);
    world.clock = NOON + 60_000;
    expect(await look(boss)).toEqual([]);
  });
});
