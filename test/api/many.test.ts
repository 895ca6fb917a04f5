import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiWorld, apiWorld, type Client } from "../support/api.ts";
import { LADDER } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

describe("many at once, and long work", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let ops: Client;
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    ops = await world.as("operations");
  });
  afterAll(async () => {
    await world.app.api.jobs.idle();
    await world.app.fastify.close();
    await database.drop();
  });

  const ended = async (job: string): Promise<Record<string, unknown>> => {
    await world.app.api.jobs.idle();
    return (await ops("GET", `/v1/jobs/${job}`)).json();
  };

  test("a lawyer approves many letters row by row: a stranger's is as unknown as none, an unread one is refused, a dry run changes nothing", async () => {
    const wang = await world.as("law-firm");
    const letters = [world.letter, "hengxin-2020-999999"];
    const approve = (who: Client, query = "", more = {}) =>
      who("POST", `/v1/letters/approve${query}`, { letters, ...more });
    const code = (answer: { items: { letter: string; code: string }[] }, letter: string) =>
      answer.items.find((one) => one.letter === letter)!.code;
    // Of one letter the sample is that letter: it has to be read first.
    const unread = (await approve(wang, "?dryRun=true", { sample: { n: 1, seed: 7 } })).json();
    expect(unread).toMatchObject({ dryRun: true, approved: 0, sample: [world.letter] });
    expect(code(unread, world.letter)).toBe("sample-not-opened");
    expect(code(unread, letters[1]!)).toBe("no-such-letter");
    expect(code((await approve(wang)).json(), world.letter)).toBe("letter-no-read");
    expect((await wang("POST", `/v1/letters/${world.letter}/open`)).statusCode).toBe(200);
    const tried = (await approve(wang, "?dryRun=true", { sample: { n: 1, seed: 7 } })).json();
    expect([tried.approved, code(tried, world.letter)]).toEqual([1, "approved"]);
    expect((await wang("GET", `/v1/letters/${world.letter}`)).json().state).toBe("drafted");
    const stranger = await world.as("law-firm", { party: "anotherfirm:zhao" });
    expect(code((await approve(stranger)).json(), world.letter)).toBe("no-such-letter");
    const clerk = await world.as("law-firm", { party: "hengxin" });
    const refused = (await approve(clerk)).json();
    expect([refused.code, refused.detailZh]).toEqual(["no-lawyer", expect.stringContaining("律师")]);
    expect((await approve(wang)).json().approved).toBe(1);
    expect((await wang("GET", `/v1/letters/${world.letter}`)).json().state).toBe("approved");
  });

  test("a strategy is tried on the whole book as a job, and the book stays as it was", async () => {
    const body = LADDER.replace("version: 1", "version: 2").replace("on_dpd: 5", "on_dpd: 6");
    const before = (await ops("GET", "/v1/strategies")).json();
    const started = await ops("POST", "/v1/strategies/try-book", { body, beside: "ladder@1" });
    expect(started.statusCode).toBe(202);
    const done = await ended(started.json().job);
    expect(done).toMatchObject({ kind: "try-book", state: "done" });
    expect(done.result).toMatchObject({ a: "ladder@1", b: "ladder@2", loans: 3, borrowers: 3 });
    expect((done.result as { changes: unknown[] }).changes.length).toBeGreaterThan(0);
    expect((await ops("GET", "/v1/strategies")).json()).toEqual(before);
    const nowhere = await ops("POST", "/v1/strategies/try-book", { body, beside: "ladder@9" });
    expect([nowhere.statusCode, nowhere.json().code]).toEqual([422, "no-such-version"]);
    const both = { body, strategy: "ladder@1", beside: "ladder@1" };
    expect((await ops("POST", "/v1/strategies/try-book", both)).statusCode).toBe(400);
  });

  test("the whole book is verified as a job, which is listed with who started it, and started again by another", async () => {
    const { job } = (await ops("POST", "/v1/verify")).json();
    const done = await ended(job);
    expect(done).toMatchObject({
      kind: "verify",
      state: "done",
      result: { findings: [], findingsElsewhere: 0 },
    });
    const boss = await world.as("supervisor");
    const again = (await boss("POST", `/v1/jobs/${job}/retry`)).json().job;
    expect(again).not.toBe(job);
    expect(await ended(again)).toMatchObject({ kind: "verify", state: "done" });
    const { items } = (await ops("GET", "/v1/jobs?kind=verify")).json();
    expect(items.map(({ id }: { id: string }) => id).sort()).toEqual([again, job].sort());
    expect(new Set(items.map(({ by }: { by: string }) => by)).size).toBe(2);
    expect((await ops("POST", `/v1/jobs/${job}/cancel`)).json().code).toBe("not-running");
    expect((await ops("POST", "/v1/jobs/none/retry")).statusCode).toBe(404);
  });

  test("events of many loans are recorded row by row; an unknown loan and what takes two people are refused, twice is once", async () => {
    const charge = (loan: string, id: string) => ({
      loan,
      id,
      kind: "charge",
      with: { charge: "fee", amount: "1.00", reason: "a visit" },
    });
    const waiver = {
      loan: "L3",
      id: "W-1",
      kind: "waiver",
      with: { claim: "interest", amount: "12.00", reason: "x" },
    };
    const events = [charge("L3", "C-1"), charge("L2", "C-2"), charge("O1", "C-3"), waiver];
    const became = async (query = "") => {
      const answer = (
        await ops("POST", `/v1/events${query}`, { events, reason: "the batch of today" })
      ).json();
      return [
        answer.recorded,
        ...answer.items.map((one: { became: string; code: string | null }) => one.code ?? one.became),
      ];
    };
    expect(await became("?dryRun=true")).toEqual([
      2,
      "would-record",
      "would-record",
      "unknown-loan",
      "second-person",
    ]);
    expect(await became()).toEqual([2, "recorded", "recorded", "unknown-loan", "second-person"]);
    expect(await became()).toEqual([0, "known", "known", "unknown-loan", "second-person"]);
  });

  test("a read gives only the fields that are asked for, and lists as a table; what a role is not shown stays away", async () => {
    expect((await ops("GET", "/v1/loans/L1?fields=loan,dpd,nowhere")).json()).toEqual({
      loan: "L1",
      dpd: expect.any(Number),
    });
    const list = (await ops("GET", "/v1/loans?fields=loan&limit=2")).json();
    expect(list).toEqual({ items: [{ loan: "L1" }, { loan: "L2" }], next: expect.any(String) });
    const csv = await ops("GET", "/v1/loans?fields=loan,currency&limit=2", undefined, {
      headers: { accept: "text/csv" },
    });
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(csv.body).toBe("loan,currency\nL1,CNY\nL2,CNY\n");
    expect(csv.headers["x-next-cursor"]).toBe(list.next);
    const agency = await world.as("agency");
    expect((await agency("GET", "/v1/loans/L1?fields=loan,differences,limitation,principal")).json()).toEqual(
      { loan: "L1" },
    );
    expect((await ops("GET", "/v1/loans/L1?fields=a b")).statusCode).toBe(400);
    expect(
      (await ops("GET", "/v1/loans/L1", undefined, { headers: { accept: "text/csv" } })).statusCode,
    ).toBe(405);
  });

  test("a job that is cancelled ends at its next step, and says so", async () => {
    let step: (() => void) | undefined;
    const waiting = new Promise<void>((resolve) => {
      step = resolve;
    });
    const { jobs } = world.app.api;
    const job = await jobs.start(
      { lender: "test-lender", kind: "verify", asked: "{}", by: "x" },
      async (progress) => {
        await waiting;
        progress({ label: "loans", done: 1, of: 2 });
        throw new Error("went on");
      },
    );
    expect((await ops("POST", `/v1/jobs/${job}/cancel`)).json()).toEqual({ job, cancelling: true });
    step!();
    expect(await ended(job)).toMatchObject({ state: "cancelled", result: null });
  });
});
