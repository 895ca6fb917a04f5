import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, type TestDatabase } from "../../test/support/database.ts";
import { letterBook } from "../../test/support/letters.ts";
import type { Io } from "../office/io.ts";
import * as token from "./commands/token.ts";
import * as user from "./commands/user.ts";
import { readOptions } from "./options.ts";

describe("arrears user and arrears token", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    await letterBook(database.db, ["L1"]);
  });
  afterAll(() => database.drop());

  const run = async (command: typeof user | typeof token, ...args: string[]) => {
    const objects: Record<string, unknown>[] = [];
    const said: string[] = [];
    const io: Io = {
      language: "en",
      json: true,
      out: (text) => {
        said.push(text);
      },
      object: (value) => {
        objects.push({ ...value });
      },
      note: () => {},
      progress: () => {},
      now: () => 1_772_424_000_000,
    };
    const asked = readOptions(args, command.options, "en");
    try {
      await command.run(asked, io, database.url!);
    } catch (error) {
      return { no: (error as Error).message, objects, said };
    }
    return { objects, said };
  };

  test("somebody is added with a link that sets him up, once and under a name that nobody had", async () => {
    const { objects } = await run(
      user,
      "add",
      "Anna",
      "--role",
      "operations",
      "--base",
      "https://arrears.example",
    );
    expect(objects[0]).toMatchObject({ id: "anna", role: "operations", lender: "test-lender", party: null });
    expect(objects[0]!.link).toMatch(/^https:\/\/arrears\.example\/sign-in#[\w-]{43}$/);
    const rows = await database.db.query<{ hash: string; purpose: string }>(
      "select hash, purpose from sign_in_link",
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.purpose).toBe("set-up");
    expect(String(objects[0]!.link)).not.toContain(rows[0]!.hash);
    expect((await run(user, "add", "ANNA", "--role", "auditor")).no).toContain("is taken");
  });

  test("a role that is somebody at the lender needs a name that the lender knows", async () => {
    expect((await run(user, "add", "wang", "--role", "law-firm")).no).toContain("--party");
    expect((await run(user, "add", "wang", "--role", "law-firm", "--party", "hengxin:nobody")).no).toContain(
      "knows no hengxin:nobody",
    );
    expect(
      (await run(user, "add", "wang", "--role", "law-firm", "--party", "hengxin:wang")).objects[0],
    ).toMatchObject({ party: "hengxin:wang" });
    expect((await run(user, "add", "b", "--role", "borrower", "--party", "nobody")).no).toBeDefined();
    expect(
      (await run(user, "add", "zhang", "--role", "borrower", "--party", "borrower of L1")).objects[0],
    ).toMatchObject({ role: "borrower" });
    expect((await run(user, "add", "x", "--role", "suprvisor")).no).toContain("supervisor");
    expect((await run(user, "add", "x", "--role", "integrator")).no).toBeDefined();
  });

  test("he is given another role, switched off and on again, and listed", async () => {
    expect((await run(user, "role", "anna", "--role", "supervisor")).objects[0]).toMatchObject({
      role: "supervisor",
      active: true,
    });
    expect((await run(user, "disable", "anna")).objects[0]).toMatchObject({ active: false });
    expect((await run(user, "enable", "anna")).objects[0]).toMatchObject({ active: true });
    expect((await run(user, "link", "anna")).objects[0]).toMatchObject({ id: "anna" });
    expect((await run(user, "disable", "nobody")).no).toContain("nobody is called nobody");
    const { objects, said } = await run(user, "list");
    expect(objects.map(({ id }) => id)).toEqual(["anna", "wang", "zhang"]);
    expect(objects[0]).not.toHaveProperty("password");
    expect(said.join("\n")).toContain("law firm");
  });

  test("a token is shown once, listed without its secret, and revoked", async () => {
    const [made] = (await run(token, "add", "core", "--scopes", "loans:read,imports:write", "--days", "10"))
      .objects;
    expect(made!.token).toMatch(/^arr_[\w-]{16}_[\w-]{43}$/);
    expect((await run(token, "add", "core", "--scopes", "loans:reed")).no).toContain("loans:read");
    expect((await run(token, "add", "core", "--scopes", "loans:read", "--days", "4000")).no).toBeDefined();
    const { objects, said } = await run(token, "list");
    expect(objects).toEqual([
      expect.objectContaining({ name: "core", scopes: ["loans:read", "imports:write"], revokedAt: null }),
    ]);
    expect(`${JSON.stringify(objects)}${said}`).not.toContain(String(made!.token).slice(-43));
    expect((await run(token, "revoke", String(made!.id))).objects[0]).toMatchObject({ revoked: true });
    expect((await run(token, "revoke", String(made!.id))).no).toContain("no token");
  });
});
