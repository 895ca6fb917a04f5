import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashPassword } from "../../src/api/access/secrets.ts";
import { accesses, changeStaff, setPassword } from "../../src/store/index.ts";
import { type ApiWorld, apiWorld, type Client, LENDER, NOON } from "../support/api.ts";
import { type Asked, authenticator } from "../support/authenticator.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const HOST = "arrears.example";
const ORIGIN = `http://${HOST}`;
const PASSWORD = "five brown horses";
const MINUTE = 60_000;

describe("passkeys", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let anna: Client;
  const key = authenticator(ORIGIN);
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    anna = await world.as("operations", { id: "anna" });
    await setPassword(world.db, "anna", await hashPassword(PASSWORD), NOON);
  });
  afterAll(() => database.drop());

  const headers = { host: HOST };
  const begin = async (who: Client): Promise<Asked> =>
    (await who("POST", "/v1/me/passkeys/begin", {}, { headers })).json().options;
  const add = (who: Client, passkey: object, more: object = { password: PASSWORD }) =>
    who("POST", "/v1/me/passkeys", { name: "laptop", passkey, ...more }, { headers });
  const post = (url: string, payload: object, remoteAddress = "203.0.113.9") =>
    world.send({ method: "POST", url, payload, headers, remoteAddress });
  const asked = async (): Promise<Asked> => (await post("/v1/session/passkey/ask", {})).json().options;
  const signIn = async (passkey: object, more: object = {}, from?: string) =>
    post("/v1/session/passkey", { passkey, ...more }, from);

  test("one is made by its owner with his password, for this site, once; and listed by the name he gives", async () => {
    const options = await begin(anna);
    expect(options.rp).toEqual({ name: "Arrears", id: HOST });
    const made = key.make(options);
    expect((await add(anna, made, {})).json().code, "a session alone adds no way in").toBe("wrong-password");
    const again = await begin(anna);
    const added = await add(anna, key.make(again));
    expect([added.statusCode, added.json()]).toEqual([201, { id: key.id, name: "laptop" }]);
    const { items } = (await anna("GET", "/v1/me/passkeys")).json();
    expect(items).toEqual([expect.objectContaining({ id: key.id, name: "laptop", usedAt: null })]);
    expect((await add(anna, key.make(again))).json().code, "a challenge is answered once").toBe(
      "wrong-passkey",
    );
    const ben = await world.as("operations", { id: "ben" });
    const his = await begin(ben);
    expect((await add(ben, key.make(his), {})).json().code, "and a key is one person's").toBe(
      "wrong-passkey",
    );
    const hers = await begin(anna);
    expect(
      (await add(ben, authenticator(ORIGIN).make(hers), {})).json().code,
      "nor is a challenge another's",
    ).toBe("wrong-passkey");
  });

  test.each([
    ["of another site's page", { origin: "https://evil.example" }],
    ["for another site", { site: "evil.example" }],
    ["for another challenge", { challenge: "A".repeat(43) }],
    ["that nobody unlocked", { unlocked: false }],
    ["that is a signature for something else", { type: "webauthn.get" }],
  ])("a new key %s is refused", async (_what, wrong) => {
    const other = authenticator(ORIGIN);
    expect((await add(anna, other.make(await begin(anna), wrong))).json().code).toBe("wrong-passkey");
  });

  test("it lets its owner in alone where it was unlocked; the log of accesses has it", async () => {
    const answer = await signIn(key.sign(await asked()));
    expect([answer.statusCode, answer.json().setUp]).toEqual([200, false]);
    const cookie = String(answer.headers["set-cookie"]).split(";")[0]!;
    const me = await world.send({ method: "GET", url: "/v1/me", headers: { cookie } });
    expect(me.json()).toMatchObject({ id: "anna", session: { how: "passkey" } });
    expect(await accesses(world.db, LENDER, { who: "anna", limit: 50 })).toContainEqual(
      expect.objectContaining({ action: "passkey.sign-in", allowed: true }),
    );
  });

  test("one that was not unlocked needs the password beside it, and the right name", async () => {
    const locked = async () => key.sign(await asked(), { unlocked: false });
    expect((await signIn(await locked())).statusCode).toBe(401);
    expect((await signIn(await locked(), { user: "anna", password: "four brown horses" })).statusCode).toBe(
      401,
    );
    expect((await signIn(await locked(), { user: "ben", password: PASSWORD })).statusCode).toBe(401);
    const answer = await signIn(await locked(), { user: " Anna", password: PASSWORD });
    expect(answer.statusCode).toBe(200);
    const unlocked = key.sign(await asked());
    expect(
      (await signIn(unlocked, { user: "anna", password: "wrong" })).statusCode,
      "a password that is given counts",
    ).toBe(401);
  });

  test("a replayed answer, another challenge, site or page, another key, and a key nobody has are refused alike", async () => {
    const used = key.sign(await asked());
    expect((await signIn(used)).statusCode).toBe(200);
    const foreign = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const said = new Set<string>();
    for (const passkey of [
      used,
      key.sign(await asked(), { challenge: "A".repeat(43) }),
      key.sign(await asked(), { origin: "https://evil.example" }),
      key.sign(await asked(), { site: "evil.example" }),
      key.sign(await asked(), { key: foreign }),
      key.sign(await asked(), { type: "webauthn.create" }),
      authenticator(ORIGIN).sign(await asked()),
    ]) {
      const { statusCode, body, headers: got } = await signIn(passkey, {}, `198.51.100.${said.size + 1}`);
      const { instance: _, ...rest } = JSON.parse(body);
      said.add(JSON.stringify([statusCode, rest, got["set-cookie"] ?? null]));
      expect(statusCode).toBe(401);
    }
    expect(said.size, "whatever is wrong is answered in the same words").toBe(1);
  });

  test("a counter that does not go on tells of a copy of the key, and is refused", async () => {
    expect((await signIn(key.sign(await asked(), { counter: 100 }))).statusCode).toBe(200);
    expect((await signIn(key.sign(await asked(), { counter: 100 }))).statusCode).toBe(401);
    expect((await signIn(key.sign(await asked(), { counter: 7 }))).statusCode).toBe(401);
    expect((await signIn(key.sign(await asked(), { counter: 101 }))).statusCode).toBe(200);
  });

  test("a challenge is over after five minutes", async () => {
    world.clock = NOON;
    const late = await asked();
    world.clock = NOON + 6 * MINUTE;
    expect((await signIn(key.sign(late))).statusCode).toBe(401);
    world.clock = NOON;
  });

  test("whoever is switched off is not let in by it; removed it opens nothing, and the last way in stays", async () => {
    await changeStaff(world.db, "anna", { active: false }, world.clock);
    expect((await signIn(key.sign(await asked()), {}, "192.0.2.1")).statusCode).toBe(401);
    await changeStaff(world.db, "anna", { active: true }, world.clock);
    const answer = await signIn(key.sign(await asked()), {}, "192.0.2.1");
    const cookie = String(answer.headers["set-cookie"]).split(";")[0]!;
    const send = (url: string) =>
      world.send({ method: "DELETE", url, headers: { cookie, "x-csrf-token": answer.json().csrf } });
    expect((await send(`/v1/me/passkeys/${key.id}`)).json().code).toBe("last-way-in");
    expect((await send("/v1/me/passkeys/nobodys")).json().code).toBe("no-such-passkey");
    const more = authenticator(ORIGIN);
    const { options } = (
      await world.send({
        method: "POST",
        url: "/v1/me/passkeys/begin",
        payload: {},
        headers: { ...headers, cookie, "x-csrf-token": answer.json().csrf },
      })
    ).json();
    const added = await world.send({
      method: "POST",
      url: "/v1/me/passkeys",
      payload: { name: "key ring", passkey: more.make(options), password: PASSWORD },
      headers: { ...headers, cookie, "x-csrf-token": answer.json().csrf },
    });
    expect(added.statusCode).toBe(201);
    expect((await send(`/v1/me/passkeys/${key.id}`)).json()).toEqual({ done: true });
    expect((await signIn(key.sign(await asked()), {}, "192.0.2.1")).statusCode).toBe(401);
  });
});
