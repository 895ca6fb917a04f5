import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardTroubles, SHOWN } from "../../src/api/guard.ts";
import { ROUTES } from "../../src/api/routes/index.ts";
import { type ApiWorld, apiWorld, asRead, type Client } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

describe("every write on something that is shown", () => {
  test("asks which version was read, or says why it does not; what it asks for a read gives", () => {
    expect(guardTroubles(ROUTES)).toEqual([]);
    const guarded = ROUTES.flatMap(({ guard }) => (guard && "by" in guard ? guard.by : []));
    expect(new Set(guarded), "nothing is shown with a version that no write asks for").toEqual(
      new Set(Object.keys(SHOWN)),
    );
  });

  test("is found where nobody has said so", () => {
    const write = ROUTES.find(({ id }) => id === "letter.approve")!;
    const { guard: _, ...without } = write;
    expect(guardTroubles([without])).toEqual([
      "letter.approve: nobody has said whether it asks for a version, or why not",
    ]);
    expect(guardTroubles([write])).toEqual(["letter.approve: no read gives the version of a letter"]);
  });
});

// The embedded engine has one connection, and no race.
describe("two at once", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let house: Client;
  beforeAll(async () => {
    database = await ENGINES[1]!.open(20);
    world = await apiWorld(database.db);
    house = await world.as("operations");
  });
  afterAll(() => database.drop());

  /** Both have read the same; both write; one is done, the other is told what was done. */
  async function race(read: string, url: string, first: [Client, object], second: [Client, object]) {
    const version = await asRead(first[0], read);
    const answers = await Promise.all([first, second].map(([who, body]) => who("POST", url, body, version)));
    expect(
      answers.map(({ statusCode }) => statusCode).sort(),
      answers.map(({ body }) => body).join(),
    ).toEqual([200, 412]);
    const late = answers.find(({ statusCode }) => statusCode === 412)!;
    expect(late.json()).toMatchObject({ code: "changed-meanwhile", version: expect.any(Number) });
    return late.json() as { version: number; changes: { by: string; says: { en: string; zh: string } }[] };
  }

  test("a description tells which header a write takes, and why another takes none", () => {
    const { paths } = world.app.fastify.swagger() as unknown as {
      paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
    };
    const headers = (path: string) =>
      paths[path]!.post!.parameters?.filter((one) => one.in === "header").map(({ name }) => name);
    expect(headers("/v1/letters/{letter}/approve")).toEqual(["idempotency-key", "if-match"]);
    expect(headers("/v1/worklist/next")).toEqual(["idempotency-key"]);
    expect(paths["/v1/worklist/next"]!.post).toHaveProperty("x-no-if-match");
  });

  test("a letter is approved or returned, not both, and who was late sees which", async () => {
    const url = `/v1/letters/${world.letter}`;
    const [wang, again] = [await world.as("law-firm"), await world.as("law-firm")];
    await wang("POST", `${url}/open`);
    const version = await asRead(wang, url);
    const answers = await Promise.all([
      wang("POST", `${url}/approve`, undefined, version),
      again("POST", `${url}/return`, { reason: "the address is old" }, version),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412]);
    const late = answers.find(({ statusCode }) => statusCode === 412)!.json();
    expect(late.changes).toHaveLength(1);
    expect(late.changes[0]).toMatchObject({
      by: "wang",
      says: { zh: expect.stringMatching(/审核通过|退回/) },
    });
    expect((await wang("GET", url)).headers.etag).toBe(`"${late.version}"`);
  });

  test("a proceeding takes one event of two", async () => {
    const url = "/v1/loans/L3/proceedings";
    await house("POST", url, { kind: "suit", court: "浦东新区人民法院", on: "2026-02-25", id: "S-3" });
    const other = await world.as("supervisor");
    const filed = (on: string) => ({ event: "filed", on });
    const late = await race(
      `${url}/S-3`,
      `${url}/S-3/events`,
      [house, filed("2026-02-26")],
      [other, filed("2026-02-27")],
    );
    expect(late.changes).toHaveLength(1);
    expect((await house("GET", `${url}/S-3`)).json().history).toHaveLength(2);
  });

  test("a complaint is answered once", async () => {
    const borrower = "/v1/borrowers/borrower%20of%20L3";
    const opened = await house("POST", `${borrower}/complaints`, {
      loans: ["L3"],
      kind: "conduct",
      words: "called at night",
      channel: "phone",
    });
    expect(opened.statusCode, opened.body).toBe(201);
    const url = `${borrower}/complaints/${opened.json().complaint.reference}`;
    const answered = (outcome: string) => ({
      type: "answered",
      outcome,
      reason: { en: "looked into", zh: "已核实" },
    });
    const late = await race(
      url,
      `${url}/events`,
      [house, answered("upheld")],
      [await world.as("compliance"), answered("rejected")],
    );
    expect(late.changes[0]!.says.zh.length).toBeGreaterThan(1);
  });

  test("a loan is placed with one agency of two, though what is told is of its person", async () => {
    const place = (to: string) => ({
      kind: "placement",
      with: { with: to, role: "agency", mandate: "yes", from: "2026-03-02" },
    });
    const known = await house("POST", "/v1/loans/L3/events?dryRun=true", place("anxin"), {
      ...(await asRead(house, "/v1/loans/L3")),
    });
    expect(known.statusCode, known.body).toBe(200);
    const late = await race(
      "/v1/loans/L3",
      "/v1/loans/L3/events",
      [house, place("anxin")],
      [await world.as("supervisor"), place("anxin")],
    );
    expect(late.changes).toHaveLength(1);
  });

  test("somebody is switched off once, as he was read", async () => {
    await world.as("collector", { id: "fred" });
    const off = { reason: "left the house" };
    await race("/v1/users/fred", "/v1/users/fred/disable", [house, off], [await world.as("operations"), off]);
  });
});
