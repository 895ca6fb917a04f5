import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromBase32, hashOf, newSecret, totpAt, totpStep } from "../../src/api/access/secrets.ts";
import { addLink, addStaff, changeStaff, type LinkPurpose } from "../../src/store/index.ts";
import { type ApiWorld, apiWorld, asRead, LENDER, NOON } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const PASSWORD = "five brown horses";
const MINUTE = 60_000;

describe.each(ENGINES)("signing in over $name", (engine) => {
  let database: TestDatabase;
  let world: ApiWorld;
  beforeAll(async () => {
    database = await engine.open();
    world = await apiWorld(database.db, { isLeaked: async (password) => password.startsWith("leaked ") });
  });
  afterAll(() => database.drop());

  const post = (
    url: string,
    payload: object,
    headers: Record<string, string> = {},
    remoteAddress = "203.0.113.7",
  ) => world.send({ method: "POST", url, payload, headers, remoteAddress });
  const link = async (staff: string, purpose: LinkPurpose = "set-up", ms = 15 * MINUTE): Promise<string> => {
    const secret = newSecret();
    await addLink(world.db, {
      hash: hashOf(secret),
      staff,
      by: "test",
      purpose,
      expiresAt: world.clock + ms,
    });
    return secret;
  };
  const person = (id: string, role = "operations") =>
    addStaff(world.db, { id, lender: LENDER, role, name: id, party: null }, world.clock);
  const cookieIn = (answer: { headers: Record<string, unknown> }): string =>
    String(answer.headers["set-cookie"]).split(";")[0]!;

  /** Somebody with a password and a key, set up by a link as everybody is; gives the key. */
  const setUp = async (id: string): Promise<string> => {
    await person(id);
    const opened = await post("/v1/session/link", { link: await link(id) });
    expect([opened.statusCode, opened.json().setUp]).toEqual([200, true]);
    const headers = { cookie: cookieIn(opened), "x-csrf-token": opened.json().csrf };
    expect((await world.send({ method: "GET", url: "/v1/loans", headers })).statusCode).toBe(403);
    const leaked = await post("/v1/me/password", { password: "leaked long ago, and long" }, headers);
    expect(leaked.json()).toMatchObject({ code: "password-leaked", at: "password" });
    expect((await post("/v1/me/password", { password: PASSWORD }, headers)).json()).toEqual({ done: true });
    const { key, proof } = (
      await post("/v1/me/code", {}, { ...headers, "content-type": "application/json" })
    ).json();
    const code = totpAt(fromBase32(key), totpStep(world.clock));
    expect((await post("/v1/me/code/confirm", { key, proof: "x", code }, headers)).statusCode).toBe(422);
    expect((await post("/v1/me/code/confirm", { key, proof, code }, headers)).json()).toEqual({ done: true });
    return key;
  };
  const codeNow = (key: string): string => totpAt(fromBase32(key), totpStep(world.clock));

  test("a link sets somebody up once; then password and code together let him in", async () => {
    world.clock = NOON;
    const key = await setUp("anna");
    world.clock += MINUTE;
    const first = await post("/v1/session", { user: " ANNA ", password: PASSWORD, code: codeNow(key) });
    expect([first.statusCode, first.json().setUp]).toEqual([200, false]);
    const cookie = first.headers["set-cookie"];
    expect(cookie).toMatch(/^arrears-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    expect(
      (await world.send({ method: "GET", url: "/v1/loans", headers: { cookie: cookieIn(first) } }))
        .statusCode,
    ).toBe(200);
    const again = await post("/v1/session", { user: "anna", password: PASSWORD, code: codeNow(key) });
    expect([again.statusCode, again.json().code], "a code is taken once").toEqual([401, "sign-in-refused"]);
  });

  test("a link works once, not when it is over, and not for whoever was switched off", async () => {
    world.clock = NOON;
    await person("ben");
    const once = await link("ben", "whole");
    expect((await post("/v1/session/link", { link: once })).statusCode).toBe(200);
    expect((await post("/v1/session/link", { link: once })).json().code).toBe("link-refused");
    const late = await link("ben", "whole");
    world.clock += 16 * MINUTE;
    expect((await post("/v1/session/link", { link: late })).statusCode).toBe(401);
    const off = await link("ben", "whole");
    await changeStaff(world.db, "ben", { active: false }, world.clock);
    expect((await post("/v1/session/link", { link: off })).statusCode).toBe(401);
    expect((await post("/v1/session/link", { link: newSecret() })).statusCode).toBe(401);
  });

  test("wrong name, wrong password, wrong code and no password at all are answered alike", async () => {
    world.clock = NOON + 60 * MINUTE;
    const key = await setUp("carla");
    await person("dora");
    world.clock += MINUTE;
    const wrong = "000000" === codeNow(key) ? "111111" : "000000";
    const answers = [];
    for (const [user, password, code] of [
      ["nobody", PASSWORD, "000000"],
      ["dora", PASSWORD, "000000"],
      ["carla", "four brown horses", codeNow(key)],
      ["carla", PASSWORD, wrong],
    ]) {
      const { statusCode, headers, body } = await post("/v1/session", {
        user: user!,
        password: password!,
        code: code!,
      });
      const { instance: _, ...said } = JSON.parse(body);
      answers.push(JSON.stringify([statusCode, said, headers["set-cookie"] ?? null]));
    }
    expect(new Set(answers).size).toBe(1);
  });

  test("after five wrong tries each doubles the wait; a right one meanwhile looks wrong, from elsewhere it is taken", async () => {
    world.clock = NOON + 120 * MINUTE;
    const key = await setUp("emil");
    world.clock += MINUTE;
    for (let i = 0; i < 12; i++) await post("/v1/session", { user: "emil", password: "no", code: "000000" });
    const right = () => ({ user: "emil", password: PASSWORD, code: codeNow(key) });
    expect((await post("/v1/session", right())).statusCode).toBe(401);
    // Twelve wrong ones and this one: 2^8 seconds.
    expect(
      (await post("/v1/session", right(), {}, "198.51.100.9")).statusCode,
      "no enemy locks him out",
    ).toBe(200);
    world.clock += 257_000;
    expect((await post("/v1/session", right())).statusCode).toBe(200);
  });

  test("a session ends after half an hour unused and after twelve hours whatever was done", async () => {
    world.clock = NOON + 1000 * MINUTE;
    const idle = await world.as("auditor");
    world.clock += 29 * MINUTE;
    expect((await idle("GET", "/v1/me")).statusCode).toBe(200);
    world.clock += 29 * MINUTE;
    expect((await idle("GET", "/v1/me")).statusCode).toBe(200);
    world.clock += 31 * MINUTE;
    expect((await idle("GET", "/v1/me")).json().code).toBe("not-signed-in");
    const busy = await world.as("auditor");
    for (let hour = 0; hour < 24; hour++) {
      world.clock += 29 * MINUTE;
      expect((await busy("GET", "/v1/me")).statusCode).toBe(200);
    }
    world.clock += 25 * MINUTE;
    expect((await busy("GET", "/v1/me")).statusCode).toBe(401);
  });

  test("signing out, being switched off and another role count with the next request", async () => {
    world.clock = NOON;
    const gone = await world.as("operations", { id: "fred" });
    const other = await world.as("operations");
    expect((await gone("GET", "/v1/users")).statusCode).toBe(200);
    const disable = async (more: InjectOptions) =>
      other("POST", "/v1/users/fred/disable", { reason: "left the house" }, more);
    const read = await asRead(other, "/v1/users/fred");
    expect((await disable({ headers: { "if-match": '"1"' } })).json().code).toBe("changed-meanwhile");
    const done = await disable(read);
    expect(done.json()).toEqual({ user: "fred", active: false });
    expect((await gone("GET", "/v1/users")).statusCode).toBe(401);
    const out = await other("DELETE", "/v1/session");
    expect(out.headers["set-cookie"]).toContain("Max-Age=0");
    expect(out.headers["clear-site-data"]).toBe('"cache"');
    expect((await other("GET", "/v1/me")).statusCode).toBe(401);
  });

  test("who signs in gets a new secret, whatever cookie the browser brought", async () => {
    world.clock = NOON;
    await person("gina");
    const planted = newSecret();
    const opened = await world.send({
      method: "POST",
      url: "/v1/session/link",
      payload: { link: await link("gina", "whole") },
      headers: { cookie: `arrears-session=${planted}` },
    });
    expect(cookieIn(opened)).not.toContain(planted);
    const asked = await world.send({
      method: "GET",
      url: "/v1/me",
      headers: { cookie: `arrears-session=${planted}` },
    });
    expect(asked.statusCode).toBe(401);
    const rows = await world.db.query<{ hash: string }>("select hash from staff_session");
    const secret = cookieIn(opened).split("=")[1]!;
    expect(
      rows.some(({ hash }) => hash === secret),
      "a session is kept as a hash",
    ).toBe(false);
  });

  test("a second of two sessions is ended by its owner, and by nobody else", async () => {
    world.clock = NOON;
    const one = await world.as("compliance");
    expect((await one("DELETE", "/v1/me/sessions")).json()).toEqual({ ended: 0 });
    expect((await one("GET", "/v1/me/sessions")).json().items).toHaveLength(1);
  });

  test("a token is taken until it is revoked or over, and only whole", async () => {
    world.clock = NOON;
    const ops = await world.as("operations");
    const made = (await ops("POST", "/v1/tokens", { name: "core", scopes: ["loans:read"], days: 1 })).json();
    const use = (token: string, url = "/v1/loans") =>
      world
        .send({ method: "GET", url, headers: { authorization: `Bearer ${token}` } })
        .then(({ statusCode }) => statusCode);
    expect(await use(made.token)).toBe(200);
    expect(await use(made.token, "/v1/lender"), "not within its scopes").toBe(403);
    expect(await use(`${made.token.slice(0, -1)}${made.token.endsWith("A") ? "B" : "A"}`)).toBe(401);
    expect(await use(made.token.slice(0, 20))).toBe(401);
    expect((await ops("DELETE", `/v1/tokens/${made.id}`)).statusCode).toBe(200);
    expect(await use(made.token)).toBe(401);
    const short = (await ops("POST", "/v1/tokens", { name: "core", scopes: ["loans:read"], days: 1 })).json();
    world.clock += 86_400_001;
    expect(await use(short.token)).toBe(401);
  });
});
