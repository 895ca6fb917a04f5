import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ArrearsProblem, type Client, client } from "../../src/client/index.ts";
import { type ApiWorld, apiWorld } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

describe("the client that is made from the description of the API", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let base: string;
  let program: Client;
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    await world.app.fastify.listen({ port: 0, host: "127.0.0.1" });
    base = `http://127.0.0.1:${(world.app.fastify.server.address() as AddressInfo).port}`;
    const { secret } = await world.program(["loans:read", "loans:write", "closes:write"]);
    const [row] = await world.db.query<{ id: string }>("select id from api_token");
    program = client({ base, token: `arr_${row!.id}_${secret}` });
  });
  afterAll(async () => {
    await world.app.api.jobs.idle();
    await world.app.fastify.close();
    await database.drop();
  });

  test("goes through all pages, reads with the version, and records under it once, however often the key is sent", async () => {
    const loans: string[] = [];
    for await (const { loan } of program.items("loans.list", { query: { limit: 1 } })) loans.push(loan);
    expect(loans).toEqual(["L1", "L2", "L3"]);
    const { data, etag } = await program.tell("loan.read", { params: { loan: "L3" } });
    expect(etag).toBe(`"${data.version}"`);
    const charge = {
      params: { loan: "L3" },
      body: { kind: "charge", with: { charge: "fee", amount: "1.00", reason: "a visit" } },
      ifMatch: etag!,
      key: "the-charge-of-today",
    } as const;
    const first = await program.tell("loan.record", charge);
    expect([first.data.became, first.replayed]).toEqual(["recorded", false]);
    const again = await program.tell("loan.record", charge);
    expect([again.data, again.replayed]).toEqual([first.data, true]);
  });

  test("a no is an error with its code, its status and both sentences", async () => {
    const asked = { params: { loan: "L3" }, body: { kind: "hold", with: { hold: "dispute" } } } as const;
    const refused = await program.call("loan.record", asked).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ArrearsProblem);
    expect(refused).toMatchObject({
      status: 428,
      code: "version-missing",
      body: { titleZh: expect.stringMatching(/If-Match/) },
    });
    const stale = await program
      .call("loan.record", { ...asked, ifMatch: '"1"' })
      .catch(({ code }: ArrearsProblem) => code);
    expect(stale).toBe("changed-meanwhile");
  });

  test("follows a job to its end, as a person signed in by a cookie", async () => {
    const ops = await world.as("operations");
    const page = client({
      base,
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set("cookie", `arrears-session=${ops.secret}`);
        return fetch(input, { ...init, headers });
      },
    });
    let go: () => void = () => {};
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    const job = await world.app.api.jobs.start(
      { lender: "test-lender", kind: "verify", asked: "{}", by: "x" },
      async (progress) => {
        progress({ label: "loans", done: 1, of: 2 });
        await waiting;
        progress({ label: "loans", done: 2, of: 2 });
        return { loans: 2 };
      },
    );
    const seen: string[] = [];
    for await (const { event, data } of page.follow(job)) {
      seen.push(event);
      go();
      if (event === "end") expect(data).toMatchObject({ state: "done", result: { loans: 2 } });
    }
    expect(seen).toEqual(["progress", "progress", "end"]);
  });
});
