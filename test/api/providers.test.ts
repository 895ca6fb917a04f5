import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Provider } from "../../src/api/access/identity.ts";
import { addIdentity, addStaff, changeStaff, staffSecrets } from "../../src/store/index.ts";
import { type ApiWorld, apiWorld, LENDER } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { CLIENT, type TestProvider, testProvider } from "../support/provider.ts";

const HOST = "arrears.example";
const ORIGIN = `http://${HOST}`;

describe("signing in by a provider of identities", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let home: TestProvider;
  let elsewhere: TestProvider;
  const ids = ["home", "elsewhere", "strict", "wrong-method", "open"];
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    home = await testProvider(ids.map((id) => `${ORIGIN}/sign-in/from/${id}`));
    elsewhere = await testProvider([`${ORIGIN}/sign-in/from/elsewhere`]);
    const provider = (id: string, issuer: string, more: Partial<Provider> = {}): Provider => ({
      id,
      name: { en: id, zh: id },
      issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      scopes: ["email", "profile"],
      ...more,
    });
    world = await apiWorld(database.db, {
      origin: ORIGIN,
      providers: [
        provider("home", home.issuer),
        provider("elsewhere", elsewhere.issuer),
        provider("strict", home.issuer, { acr: ["urn:two-factor"], amr: ["otp"] }),
        provider("wrong-method", home.issuer, { amr: ["hwk"] }),
        provider("open", home.issuer, { create: { lender: LENDER, role: "auditor" } }),
      ],
    });
    for (const id of ["anna", "ben", "carla"])
      await addStaff(
        world.db,
        { id, lender: LENDER, role: "operations", name: id, party: null },
        world.clock,
      );
    await addIdentity(world.db, "anna", { issuer: home.issuer, kind: "subject", value: "u-anna" }, 0);
    await addIdentity(
      world.db,
      "ben",
      { issuer: home.issuer, kind: "email", value: "Ben@Lender.example" },
      0,
    );
  });
  afterAll(async () => {
    await home.close();
    await elsewhere.close();
    await database.drop();
  });

  interface Begun {
    readonly address: string;
    readonly cookie: string;
  }
  const begin = async (provider: string): Promise<Begun> => {
    const answer = await world.send({
      method: "POST",
      url: "/v1/session/provider",
      payload: { provider },
      headers: { host: HOST },
    });
    expect(answer.statusCode).toBe(200);
    const cookie = String(answer.headers["set-cookie"]);
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    return { address: answer.json().address, cookie: cookie.split(";")[0]! };
  };
  const back = (url: URL, cookie: string) =>
    world.send({ method: "GET", url: `${url.pathname}${url.search}`, headers: { host: HOST, cookie } });
  const sessionOf = (answer: { headers: Record<string, unknown> }): string | undefined =>
    [answer.headers["set-cookie"]]
      .flat()
      .map(String)
      .find((line) => line.startsWith("arrears-session="))
      ?.split(";")[0];
  /** The whole way, as a person goes it; gives his session. */
  const goes = async (provider: string, account: TestProvider["account"]): Promise<string | undefined> => {
    home.account = account;
    const { address, cookie } = await begin(provider);
    const answer = await back(await home.visit(address), cookie);
    expect(answer.statusCode).toBe(302);
    return sessionOf(answer);
  };
  const whoIs = async (session: string | undefined): Promise<string> =>
    (await world.send({ method: "GET", url: "/v1/me", headers: { cookie: session! } })).json().id;

  test("the sign-in page is told which there are", async () => {
    const { providers, passkeys } = (await world.send({ method: "GET", url: "/v1/session/ways" })).json();
    expect(passkeys).toBe(true);
    expect(providers.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(JSON.stringify(providers)).not.toContain(CLIENT.secret);
  });

  test("whoever is known by his subject comes in, by authorization code with PKCE, state and nonce", async () => {
    const { address } = await begin("home");
    const { searchParams } = new URL(address);
    expect(searchParams.get("response_type")).toBe("code");
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("state")).toMatch(/^[\w-]{43}$/);
    expect(searchParams.get("nonce")).toMatch(/^[\w-]{43}$/);
    expect(await whoIs(await goes("home", { sub: "u-anna" }))).toBe("anna");
  });

  test("whoever is known by an address that the provider verified comes in, and is known by his subject from then on", async () => {
    const unverified = { sub: "u-ben", email: "ben@lender.example", email_verified: false };
    expect(await goes("home", unverified)).toBeUndefined();
    expect(await whoIs(await goes("home", { ...unverified, email_verified: true }))).toBe("ben");
    expect(await whoIs(await goes("home", { sub: "u-ben" }))).toBe("ben");
    const other = { sub: "u-other", email: "ben@lender.example", email_verified: true };
    expect(await goes("home", other), "the address moved to another account").toBeUndefined();
  });

  test("nobody is made by it unless that is configured, and then with the role that is", async () => {
    const stranger = { sub: "u-new", email: "new@lender.example", email_verified: true, name: "New One" };
    expect(await goes("home", stranger)).toBeUndefined();
    expect(await whoIs(await goes("open", stranger))).toBe("new@open");
    expect(await staffSecrets(world.db, "new@open")).toMatchObject({ role: "auditor", name: "New One" });
    expect(await whoIs(await goes("open", { sub: "u-new" }))).toBe("new@open");
  });

  test("whoever was switched off is not let in", async () => {
    await addIdentity(world.db, "carla", { issuer: home.issuer, kind: "subject", value: "u-carla" }, 0);
    await changeStaff(world.db, "carla", { active: false }, world.clock);
    expect(await goes("home", { sub: "u-carla" })).toBeUndefined();
  });

  test("a context and a method that are asked for have to have been used", async () => {
    expect(await whoIs(await goes("strict", { sub: "u-anna" }))).toBe("anna");
    expect(await goes("wrong-method", { sub: "u-anna" })).toBeUndefined();
  });

  test("an answer counts once, in the browser that began, for the state that it was given", async () => {
    home.account = { sub: "u-anna" };
    const { address, cookie } = await begin("home");
    const url = await home.visit(address);
    const stranger = await begin("home");
    expect(sessionOf(await back(url, stranger.cookie)), "another browser").toBeUndefined();
    const wrong = new URL(url);
    wrong.searchParams.set("state", "A".repeat(43));
    expect(sessionOf(await back(wrong, cookie)), "another state").toBeUndefined();
    expect(
      sessionOf(await back(wrong, `arrears-flow=${"A".repeat(43)}`)),
      "a state of one's own",
    ).toBeUndefined();
    expect(sessionOf(await back(url, cookie))).toBeDefined();
    expect(sessionOf(await back(url, cookie)), "a second time").toBeUndefined();
  });

  test("a code that was used, or of another flow, or none, leads to nothing", async () => {
    home.account = { sub: "u-anna" };
    const first = await begin("home");
    const url = await home.visit(first.address);
    const used = url.searchParams.get("code")!;
    expect(sessionOf(await back(url, first.cookie))).toBeDefined();
    const second = await begin("home");
    const other = await home.visit(second.address);
    other.searchParams.set("code", used);
    expect(sessionOf(await back(other, second.cookie)), "a code that was used").toBeUndefined();
    // A code of one flow has another verifier and nonce than the flow into which it is put.
    const [third, fourth] = [await begin("home"), await begin("home")];
    const [one, two] = [await home.visit(third.address), await home.visit(fourth.address)];
    two.searchParams.set("code", one.searchParams.get("code")!);
    expect(sessionOf(await back(two, fourth.cookie)), "a code of another flow").toBeUndefined();
    const fifth = await begin("home");
    const no = await home.visit(fifth.address);
    no.searchParams.delete("code");
    no.searchParams.set("error", "access_denied");
    expect(sessionOf(await back(no, fifth.cookie))).toBeUndefined();
  });

  test("one provider cannot answer for another, nor name another issuer", async () => {
    home.account = { sub: "u-anna" };
    elsewhere.account = { sub: "u-anna" };
    const { address, cookie } = await begin("elsewhere");
    const url = await elsewhere.visit(address);
    expect(
      sessionOf(await back(url, cookie)),
      "the same subject at another issuer is somebody else",
    ).toBeUndefined();
    const begun = await begin("home");
    const answer = await home.visit(begun.address);
    const mixed = new URL(answer);
    mixed.pathname = "/sign-in/from/elsewhere";
    expect(sessionOf(await back(mixed, begun.cookie)), "at another's address").toBeUndefined();
    const named = await begin("home");
    const tampered = await home.visit(named.address);
    expect(tampered.searchParams.get("iss"), "the provider names itself (RFC 9207)").toBe(home.issuer);
    tampered.searchParams.set("iss", elsewhere.issuer);
    expect(sessionOf(await back(tampered, named.cookie)), "another issuer in the answer").toBeUndefined();
  });

  test("a nonce other than the flow's is refused", async () => {
    home.account = { sub: "u-anna" };
    const { address, cookie } = await begin("home");
    const replaced = new URL(address);
    replaced.searchParams.set("nonce", "A".repeat(43));
    expect(sessionOf(await back(await home.visit(replaced.href), cookie))).toBeUndefined();
  });

  test("no log line names whoever was refused, or holds a code", async () => {
    const text = JSON.stringify(world.log);
    expect(text).toContain("provider-refused");
    for (const secret of ["u-anna", "ben@lender", "code=", CLIENT.secret]) expect(text).not.toContain(secret);
  });
});
