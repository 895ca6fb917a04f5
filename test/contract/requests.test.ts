import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Access,
  accesses,
  approval,
  beginJob,
  decideApproval,
  endJob,
  forgetKey,
  jobOf,
  jobs,
  keepAnswer,
  propose,
  takeKey,
  writeAccesses,
} from "../../src/store/index.ts";
import { furnish } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const NOW = 1_767_225_600_000;
const LENDER = "test-lender";

describe.each(ENGINES)("what requests leave behind, over $name", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database.db);
  });
  afterAll(() => database.drop());

  test("a key is taken once, gives its answer again for a day, and is free again after trouble of ours", async () => {
    const { db } = database;
    const asked = { who: "anna", key: "key-0001", digest: "d1" };
    const both = await Promise.all([takeKey(db, asked, NOW), takeKey(db, asked, NOW)]);
    expect(both.map(({ is }) => is).sort()).toEqual(["new", "running"]);
    expect(await takeKey(db, { ...asked, digest: "d2" }, NOW)).toEqual({ is: "other" });
    await keepAnswer(db, asked, { status: 201, body: '{"a":1}' });
    expect(await takeKey(db, asked, NOW + 1000)).toEqual({ is: "known", status: 201, body: '{"a":1}' });
    expect((await takeKey(db, { ...asked, who: "ben" }, NOW)).is).toBe("new");
    await forgetKey(db, { ...asked, who: "ben" });
    expect((await takeKey(db, { ...asked, who: "ben" }, NOW)).is).toBe("new");
    expect((await takeKey(db, { ...asked, who: "ben" }, NOW + 120_001)).is, "whoever had it died").toBe(
      "new",
    );
    expect((await takeKey(db, asked, NOW + 86_400_001)).is).toBe("new");
  });

  test("what is proposed is decided by another person, once, and not after its time", async () => {
    const { db } = database;
    const of = (id: string) => ({
      id,
      lender: LENDER,
      what: "loan.record",
      subject: "loan L1",
      body: "{}",
      reason: "hardship",
      proposedBy: "anna",
      proposedAt: NOW,
    });
    await propose(db, of("A1"), 1000);
    await propose(db, of("A2"), 1000);
    const word = (by: string, at = NOW) => ({ state: "approved" as const, by, at, remark: "fine" });
    const decide = (id: string, by: string, at?: number, lender = LENDER) =>
      decideApproval(db, { lender, id }, word(by, at));
    expect(await decide("A1", "anna")).toBe("same-person");
    expect(await decide("A1", "ben", NOW, "other")).toBe("unknown");
    expect(await decide("none", "ben")).toBe("unknown");
    const all = await Promise.all(["ben", "carla", "dora"].map((by) => decide("A1", by)));
    expect([...all].sort()).toEqual(["decided", "decided", "done"]);
    expect((await approval(db, LENDER, "A1"))?.state).toBe("approved");
    expect(await decide("A2", "ben", NOW + 1000)).toBe("over");
  });

  test("accesses come back the newest first, page by page, by subject and by person, and only a lender's own", async () => {
    const { db } = database;
    const one = (i: number, more: Partial<Access> = {}): Access => ({
      lender: LENDER,
      at: NOW + i,
      id: `r${i}`,
      who: "anna",
      role: "auditor",
      action: "loan.read",
      relation: "own-lender",
      subject: `loan L${i % 2}`,
      allowed: true,
      status: 200,
      remark: null,
      ...more,
    });
    const known = [one(1), one(2), one(3, { who: "ben", allowed: false, status: 404, remark: "no" }), one(4)];
    expect(await writeAccesses(db, [...known, one(5, { lender: "nobody" })])).toBe(4);
    const ids = async (asked: Omit<Parameters<typeof accesses>[2], "limit">, limit = 10) =>
      (await accesses(db, LENDER, { ...asked, limit })).map(({ id }) => id);
    expect(await ids({})).toEqual(["r4", "r3", "r2", "r1"]);
    expect(await ids({}, 2)).toEqual(["r4", "r3"]);
    expect(await ids({ before: { at: NOW + 3, id: "r3" } })).toEqual(["r2", "r1"]);
    expect(await ids({ subject: "loan L1" })).toEqual(["r3", "r1"]);
    expect(await ids({ who: "ben" })).toEqual(["r3"]);
    expect(await accesses(db, "nobody", { limit: 9 })).toEqual([]);
    expect(await accesses(db, LENDER, { who: "ben", limit: 1 })).toEqual([known[2]]);
  });

  test("a job is known while it runs and after, to its lender only", async () => {
    const { db } = database;
    await beginJob(db, { id: "J1", lender: LENDER, kind: "close", asked: "{}", by: "anna", startedAt: NOW });
    expect((await jobs(db, LENDER, "close", 5))[0]).toMatchObject({
      id: "J1",
      state: "running",
      endedAt: null,
    });
    await endJob(db, "J1", { state: "done", at: NOW + 5, result: '{"loans":1}' });
    expect(await jobOf(db, LENDER, "J1")).toMatchObject({
      state: "done",
      endedAt: NOW + 5,
      result: '{"loans":1}',
    });
    expect(await jobOf(db, "other", "J1")).toBeUndefined();
  });
});
