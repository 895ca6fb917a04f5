import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookStore } from "../../src/store/index.ts";
import { type ApiWorld, apiWorld, type Client, LENDER, NOON } from "../support/api.ts";
import { loanRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { pack } from "../support/letters.ts";

/** What a person does by hand, over HTTP: L9 fell due on 24 February 2026 and is six days past due on 2 March, in the stage of the messages `overdue`. */
describe("messages by hand", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let mei: Client;
  beforeAll(async () => {
    database = await ENGINES.find(({ name }) => name === "embedded")!.open();
    world = await apiWorld(database.db);
    await bookStore(
      database.db,
      shelves(pack, () => NOON),
    ).loans(LENDER, [loanRecord({ id: "L9", disbursedOn: "2026-01-24" })]);
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
    const answer = await mei("GET", "/v1/loans/L9/messages");
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
    const answer = await mei("POST", "/v1/loans/L9/messages", { step: "early/my-own-words@1", via: "text" });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: "no-such-message" });
  });

  test("wait a minute, can be taken back in it, and once a day is enough", async () => {
    const one = (await choices()).find(({ verdict }) => verdict === "send")!;
    expect(one).toBeDefined();
    const body = { step: one.step, via: one.via };
    const sent = await mei("POST", "/v1/loans/L9/messages", body);
    expect(sent.json()).toMatchObject({ planned: true, until: "2026-03-02T12:01:00+08:00" });
    expect((await mei("POST", "/v1/loans/L9/messages", body)).statusCode).toBe(422);
    expect((await mei("POST", "/v1/loans/L9/messages/take-back", {})).statusCode).toBe(200);
    const again = await mei("POST", "/v1/loans/L9/messages/take-back", {});
    expect(again.json()).toMatchObject({ code: "gone-out" });
    // What was taken back makes room for another.
    expect((await mei("POST", "/v1/loans/L9/messages", body)).json()).toMatchObject({ planned: true });
  });

  test("words that may not be said are found, with where they stand and what to say instead", async () => {
    const answer = await mei("POST", "/v1/words/check", { text: "再不还就让警察抓你", kind: "text" });
    const { forbidden, required } = answer.json() as {
      forbidden: { from: number; found: string }[];
      required: object[];
    };
    expect(forbidden.length).toBeGreaterThan(0);
    expect(forbidden.map(({ found }) => found).join()).toMatch(/警察|抓/);
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
