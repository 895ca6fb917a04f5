import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { staffSecrets } from "../../src/store/index.ts";
import { type ApiWorld, apiWorld, type Client, NOON } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const REASON = "joins the team on Monday";
const DAY_MS = 86_400_000;

describe("looking after users", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let runs: Client;
  let second: Client;

  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    world.clock = NOON;
    runs = await world.as("operations", { id: "olga" });
    second = await world.as("supervisor", { id: "sun" });
  });
  afterAll(() => database.drop());

  const invite = (body: object) => runs("POST", "/v1/users", { reason: REASON, ...body });
  const decide = (approval: string, who: Client = second) =>
    who(
      "POST",
      `/v1/approvals/${approval}`,
      { decision: "approved", remark: "known to me" },
      { headers: { "if-match": '"1"' } },
    );
  /** Does something about a user as he was just read. */
  const about = async (user: string, act: string, body: object) => {
    const read = (await runs("GET", `/v1/users/${user}`)).json();
    return runs("POST", `/v1/users/${user}/${act}`, body, {
      headers: { "if-match": `"${read.version ?? 1}"` },
    });
  };
  const useLink = (link: string) =>
    world.send({
      method: "POST",
      url: "/v1/session/link",
      payload: { link: link.split("#")[1] },
      remoteAddress: "203.0.113.9",
    });

  test("a collector is invited by one person: the link works once, and leads only to setting how he signs in", async () => {
    const answer = await invite({ user: "Lin", name: "Lin", role: "collector", party: "mei" });
    expect(answer.statusCode).toBe(201);
    const { user, done, link } = answer.json();
    expect([user, done]).toEqual(["lin", true]);
    expect(link).toMatch(/\/sign-in#[\w-]{43}$/);
    const opened = await useLink(link);
    expect([opened.statusCode, opened.json().setUp]).toEqual([200, true]);
    expect((await useLink(link)).json().code).toBe("link-refused");
    const { open, ...seen } = (await runs("GET", "/v1/users/lin")).json();
    expect([seen.party, seen.sessions, open.length]).toEqual(["mei", 1, 1]);
    expect(seen.signedInAt).not.toBeNull();
  });

  test.each([
    ["a name that somebody has", { user: "olga", name: "x", role: "auditor" }, "name-taken"],
    ["a name that is none", { user: "a b", name: "x", role: "auditor" }, "not-a-name"],
    [
      "a collector whom the team does not know",
      { user: "c1", name: "x", role: "collector", party: "nobody" },
      "no-such-party",
    ],
    ["a lawyer of no firm", { user: "c2", name: "x", role: "law-firm" }, "party-missing"],
  ])("refuses %s", async (_, body, code) => {
    const answer = await invite(body);
    expect([answer.statusCode, answer.json().code]).toEqual([422, code]);
  });

  test("whoever will decide is let in by two: nobody is there before, the link is for who asked, once, within a day", async () => {
    const { approval, link } = (await invite({ user: "chen", name: "Chen", role: "compliance" })).json();
    expect(link).toBeNull();
    expect(await staffSecrets(world.db, "chen")).toBeUndefined();
    expect((await runs("POST", `/v1/approvals/${approval}/link`, {})).statusCode).toBe(404);
    expect((await decide(approval)).json().result).toEqual({ user: "chen", done: true, linkGiven: false });
    const other = await world.as("operations", { id: "otto" });
    expect((await other("POST", `/v1/approvals/${approval}/link`, {})).statusCode).toBe(404);
    world.clock = NOON + DAY_MS + 1;
    const late = await world.as("operations", { id: "olga" });
    expect((await late("POST", `/v1/approvals/${approval}/link`, {})).statusCode).toBe(404);
    world.clock = NOON;
    const given = await Promise.all([
      runs("POST", `/v1/approvals/${approval}/link`, {}),
      runs("POST", `/v1/approvals/${approval}/link`, {}),
    ]);
    expect(given.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404]);
    const { link: told } = given.find(({ statusCode }) => statusCode === 200)!.json();
    expect((await useLink(told)).json().setUp).toBe(true);
    // The secret is in no row that anybody reads.
    const listed = (await second("GET", "/v1/approvals")).body;
    expect(listed).not.toContain(told.split("#")[1]);
  });

  test("a role is changed by two where either of the roles decides, and his sessions end with it", async () => {
    const lin = await world.as("collector", { id: "lin2" });
    const before = (await about("lin2", "role", { role: "supervisor", reason: REASON })).json();
    expect([before.done, (await staffSecrets(world.db, "lin2"))?.role]).toEqual([false, "collector"]);
    await decide(before.approval);
    expect(await staffSecrets(world.db, "lin2")).toMatchObject({ role: "supervisor", party: null });
    expect((await lin("GET", "/v1/me")).statusCode).toBe(401);
    const back = (await about("lin2", "role", { role: "collector", party: "mei", reason: REASON })).json();
    expect(back.done).toBe(false);
  });

  test("nobody does anything of this for himself, and nobody decides about himself", async () => {
    for (const act of ["disable", "reset", "enable"]) {
      const answer = await about("olga", act, { reason: REASON });
      expect([act, answer.json().code]).toEqual([act, "oneself"]);
    }
    const { approval } = (await about("sun", "role", { role: "compliance", reason: REASON })).json();
    expect((await decide(approval)).json().result).toMatchObject({ refused: "oneself" });
    expect((await staffSecrets(world.db, "sun"))?.role).toBe("supervisor");
  });

  test("a reset takes away password, code and every session; suspending ends them too, and one is let in again", async () => {
    const kai = await world.as("collector", { id: "kai" });
    await world.db.run("update staff set password = 'x', totp_step = 5 where id = 'kai'");
    const { done, link } = (await about("kai", "reset", { reason: "lost his phone" })).json();
    expect([done, (await staffSecrets(world.db, "kai"))?.password]).toEqual([true, null]);
    expect((await kai("GET", "/v1/me")).statusCode).toBe(401);
    expect((await about("kai", "disable", { reason: "left the house" })).statusCode).toBe(200);
    expect((await useLink(link)).json().code).toBe("link-refused");
    expect((await about("kai", "enable", { reason: "came back" })).json().done).toBe(true);
    const again = await world.as("collector", { id: "kai2" });
    expect((await about("kai2", "sessions/end", { reason: "left it open" })).json().ended).toBe(1);
    expect((await again("GET", "/v1/me")).statusCode).toBe(401);
  });

  test("what was read of a user before somebody else changed him changes nothing", async () => {
    await world.as("collector", { id: "ray" });
    const { version } = (await runs("GET", "/v1/users/ray")).json();
    await about("ray", "disable", { reason: "on leave until May" });
    const stale = await runs(
      "POST",
      "/v1/users/ray/role",
      { role: "agency", party: "anxin", reason: REASON },
      { headers: { "if-match": `"${version}"` } },
    );
    expect([stale.statusCode, stale.json().code]).toEqual([412, "changed-meanwhile"]);
    expect(await staffSecrets(world.db, "ray")).toMatchObject({ role: "collector", active: false });
  });

  test("another lender's user is nobody, borrowers are not in the list, and pages follow each other", async () => {
    await world.as("operations", { id: "far", lender: "other-lender" });
    await world.as("borrower", { id: "bo" });
    expect((await runs("GET", "/v1/users/far")).statusCode).toBe(404);
    expect((await about("far", "disable", { reason: REASON })).statusCode).toBe(404);
    expect((await about("far", "reset", { reason: REASON })).json().code).toBe("no-such-user");
    const names: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: { items: { id: string }[]; next: string | null } = (
        await runs("GET", `/v1/users?limit=2${cursor ? `&cursor=${cursor}` : ""}`)
      ).json();
      names.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("olga");
    expect(names.filter((name) => name === "bo" || name === "far")).toEqual([]);
  });

  test("each of these is in the log of accesses with its reason", async () => {
    const auditor = await world.as("auditor");
    const { items } = (await auditor("GET", "/v1/audit?who=olga&limit=200")).json();
    const remarks = items.map((row: { remark: string | null }) => row.remark);
    expect(remarks).toContain(`user.invite chen: ${REASON}`);
    expect(remarks).toContain("user.reset kai: lost his phone");
  });
});
