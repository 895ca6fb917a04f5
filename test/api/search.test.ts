import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loanFile } from "../../src/store/index.ts";
import { putProfile } from "../../src/store/profile.ts";
import { type ApiWorld, apiWorld, asRead, type Client, NEXT_YEAR, NOON, OTHER } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const NAMES = ["赵一", "钱二", "欧阳三", "孙四"];

describe("looking for a person or a suit", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let ops: Client;
  const phones = new Map<string, string>();
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    ops = await world.as("operations");
    for (const [i, loan] of ["L1", "L2", "L3", "O1"].entries()) {
      const { lender, borrower } = (await loanFile(world.db, loan))!;
      const phone = `1390000000${i}`;
      await world.db.tx((sql) =>
        putProfile(sql, borrower, lender.id, borrower, { ...borrower, name: NAMES[i]!, phone }),
      );
      phones.set(loan, phone);
    }
  });
  afterAll(() => database.drop());

  const look = (who: Client, value: string) => who("POST", "/v1/search/people", { value });
  const found = async (who: Client, loan: string): Promise<string[]> =>
    (await look(who, phones.get(loan)!)).json().items.map((one: { loan: string }) => one.loan);

  test("the house finds whom it lends to, masked, and who was found is kept, not what was typed", async () => {
    const { items } = (await look(ops, "139 0000 0002")).json();
    expect(items).toEqual([
      {
        kind: "borrower",
        id: "borrower of L3",
        loan: "L3",
        loans: 1,
        name: "欧*",
        phone: "139****0002",
      },
    ]);
    expect((await look(ops, "欧阳 三")).json().items, "a name is another name with a blank in it").toEqual(
      [],
    );
    expect((await look(ops, "欧阳三")).json().items).toEqual(items);
    expect(await found(ops, "O1"), "another lender's borrower is nobody here").toEqual([]);
    const audit = await (await world.as("compliance"))("GET", "/v1/audit?limit=200");
    const looks = audit.json().items.filter((one: { action: string }) => one.action === "search.people");
    expect(looks.map((one: { remark: string }) => one.remark)).toEqual(
      expect.arrayContaining(["found borrower of L3", "found nobody"]),
    );
    expect(audit.body).not.toContain("13900000002");
    expect(JSON.stringify(world.log)).not.toContain("13900000002");
  });

  test("an agency finds whom it has in hand now, a firm for whom it has the mandate, and all others are nobody", async () => {
    const [agency, firm] = [await world.as("agency-collector"), await world.as("law-firm")];
    expect(await found(agency, "L1")).toEqual(["L1"]);
    expect(await found(firm, "L1")).toEqual(["L1"]);
    const nobody = (await look(agency, "13999999999")).json();
    for (const loan of ["L2", "L3", "O1"]) {
      expect((await look(agency, phones.get(loan)!)).json(), loan).toEqual(nobody);
      expect((await look(firm, phones.get(loan)!)).json(), loan).toEqual(nobody);
    }
    expect(await found(await world.as("agency", { party: "another" }), "L1")).toEqual([]);
    expect(await found(await world.as("law-firm", { party: "anotherfirm:zhao" }), "L1")).toEqual([]);
    world.clock = NEXT_YEAR;
    expect(await found(await world.as("law-firm"), "L1"), "its engagement is over").toEqual([]);
    world.clock = NOON;
    for (const role of ["borrower", "auditor"] as const)
      expect((await look(await world.as(role), phones.get("L1")!)).statusCode, role).toBe(403);
  });

  test("nobody walks through the book by it: who looks too often waits, and nobody else does", async () => {
    const walker = await world.as("collector");
    const codes: number[] = [];
    for (let i = 0; i < 31; i++) codes.push((await look(walker, `1390000${1000 + i}`)).statusCode);
    expect(new Set(codes.slice(0, 30))).toEqual(new Set([200]));
    expect(codes[30]).toBe(429);
    const late = await look(walker, phones.get("L1")!);
    expect([late.json().code, Number(late.headers["retry-after"])]).toEqual(["too-many", 10]);
    expect((await look(ops, phones.get("L1")!)).statusCode).toBe(200);
    world.clock = NOON + 11_000;
    expect((await look(walker, phones.get("L1")!)).statusCode).toBe(200);
    world.clock = NOON;
  });

  test("part of a name or of a number finds nobody, nor does what breaks statements", async () => {
    for (const value of ["1390", "139000000", "borrower", "%%", "' or 1=1 --", "_".repeat(11)])
      expect((await look(await world.as("supervisor"), value)).json().items, value).toEqual([]);
    expect((await look(ops, "1")).statusCode).toBe(400);
  });

  test("a suit is found by its id or the court's number, by those who may read it", async () => {
    const url = "/v1/loans/L1/proceedings";
    await ops("POST", url, { kind: "suit", court: "浦东新区人民法院", on: "2026-02-20", id: "S-7" });
    const event = async (event: string, on: string, more = {}) => {
      const body = { event, on, with: more };
      const answer = await ops("POST", `${url}/S-7/events`, body, await asRead(ops, `${url}/S-7`));
      expect(answer.statusCode, answer.body).toBe(200);
    };
    await event("filed", "2026-02-21");
    await event("accepted", "2026-02-24", {
      case_number: "(2026)沪0115民初88号",
      procedure: "ordinary",
    });
    const search = async (who: Client, q: string) =>
      (await who("GET", `/v1/search?q=${encodeURIComponent(q)}`)).json().items;
    const suit = [{ kind: "suit", id: "S-7", loan: "L1" }];
    for (const who of [ops, await world.as("collector"), await world.as("law-firm")])
      for (const q of ["S-7", "（2026）沪0115民初88号"]) expect(await search(who, q)).toEqual(suit);
    expect(await search(await world.as("law-firm", { party: "anotherfirm:zhao" }), "S-7")).toEqual([]);
    expect(await search(await world.as("operations", { lender: OTHER }), "S-7")).toEqual([]);
  });
});
