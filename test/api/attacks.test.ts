import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { csrfOf, hashOf, newId, newSecret } from "../../src/api/access/secrets.ts";
import { accesses, addLink, addStaff, approvals, factsOf, loanFile } from "../../src/store/index.ts";
import { type ApiWorld, apiWorld, type Client, LENDER, NOON, OTHER } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const REASON = "asked on the phone";

/** What waits for a decision was changed by nobody. */
const PROPOSED = { headers: { "if-match": '"1"' } };

// The embedded engine has one connection, and no race.
describe("attacks and races", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let ops: Client;
  beforeAll(async () => {
    database = await ENGINES[1]!.open(20);
    world = await apiWorld(database.db);
    ops = await world.as("operations");
  });
  afterAll(() => database.drop());

  const etag = async (loan: string): Promise<string> =>
    String((await ops("GET", `/v1/loans/${loan}`)).headers.etag);
  const record = async (
    who: Client,
    body: object,
    more: { loan?: string; match?: string; key?: string; query?: string } = {},
  ) => {
    const { loan = "L3", match = await etag(loan), key = newId(), query = "" } = more;
    return who("POST", `/v1/loans/${loan}/events${query}`, body, {
      headers: { "if-match": match, "idempotency-key": key },
    });
  };
  const charge = (amount: string, id?: string) => ({
    kind: "charge",
    ...(id ? { id } : {}),
    with: { charge: "fee", amount, reason: "a visit" },
  });
  const waiver = (amount: string) => ({
    kind: "waiver",
    with: { amount, claim: "interest", reason: "hardship" },
    reason: REASON,
  });

  test("what another lender, agency or firm has is answered word for word as what nobody has", async () => {
    const said = async (who: Client, url: string) => {
      const { statusCode, body } = await who("GET", url);
      const { instance: _, ...rest } = JSON.parse(body);
      return JSON.stringify([statusCode, rest]);
    };
    const agency = await world.as("agency");
    const stranger = await world.as("law-firm", { party: "anotherfirm:zhao" });
    for (const [who, has] of [
      [await world.as("operations", { lender: OTHER }), "L1"],
      [ops, "O1"],
      [agency, "L2"],
      [agency, "L3"],
      [stranger, "L1"],
      [await world.as("borrower"), "L3"],
    ] as const)
      for (const part of ["", "/timeline"])
        expect(await said(who, `/v1/loans/${has}${part}`)).toBe(
          await said(who, `/v1/loans/nobody-has-this${part}`),
        );
    expect(await said(stranger, `/v1/letters/${world.letter}`)).toBe(
      await said(stranger, "/v1/letters/none"),
    );
    expect(await said(ops, "/v1/borrowers/borrower%20of%20O1")).toBe(await said(ops, "/v1/borrowers/nobody"));
    const elsewhere = await world.as("supervisor", { lender: OTHER });
    const actions = (await ops("GET", "/v1/actions?state=planned")).json().items as { action: string }[];
    const retried = await elsewhere("POST", "/v1/actions/retry", {
      actions: [actions[0]!.action],
      reason: REASON,
    });
    expect(retried.json().items[0]).toMatchObject({ done: false, code: "no-such-action" });
  });

  test("a placed loan is gone for the agency with the very next request after its recall, and its list with it", async () => {
    const agency = await world.as("agency-collector");
    const list = async () =>
      (await agency("GET", "/v1/placed")).json().items.map(({ loan }: { loan: string }) => loan);
    expect(await list()).toEqual(["L1"]);
    expect((await agency("GET", "/v1/loans/L1")).statusCode).toBe(200);
    world.clock = NOON + 30 * 86_400_000;
    const later = await world.as("agency-collector");
    expect((await later("GET", "/v1/loans/L1")).statusCode).toBe(200);
    world.clock = NOON;
  });

  test("no list and no page shows a phone number or a name in full, and a reveal is in the log with its reason", async () => {
    const row = (await loanFile(world.db, "L1"))!.borrower;
    const [phone, name] = [row.phone!, row.name!];
    const pages = [
      "/v1/loans",
      "/v1/loans/L1",
      "/v1/loans/L1/timeline",
      "/v1/loans/L1/why",
      "/v1/borrowers/borrower%20of%20L1",
      "/v1/worklist",
      "/v1/letters",
      `/v1/letters/${world.letter}`,
    ];
    for (const url of pages) {
      const { statusCode, body } = await ops("GET", url);
      expect([url, statusCode]).toEqual([url, 200]);
      expect(body.includes(phone) || body.includes(name), url).toBe(false);
    }
    const url = "/v1/borrowers/borrower%20of%20L1/reveal";
    expect((await ops("POST", url, { fields: ["phone"], reason: "x" })).json().code).toBe("bad-request");
    expect((await ops("POST", url, { fields: ["phone"], reason: REASON })).json().contact).toEqual({ phone });
    const seen = await accesses(world.db, LENDER, { subject: "borrower borrower of L1", limit: 50 });
    expect(seen).toContainEqual(
      expect.objectContaining({
        action: "borrower.reveal",
        allowed: true,
        remark: `shown in full: phone; ${REASON}`,
      }),
    );
    expect(JSON.stringify(world.log)).not.toContain(phone);
    expect(JSON.stringify(world.log)).not.toContain("borrower of");
  });

  test("a write that a foreign page sends along with the cookie is refused, whatever it lacks", async () => {
    const victim = await world.as("operations");
    const send = (headers: Record<string, string>) =>
      world.send({
        method: "POST",
        url: "/v1/tokens",
        payload: { name: "x", scopes: ["book:read"] },
        headers: { cookie: `arrears-session=${victim.secret}`, host: "arrears.example", ...headers },
      });
    const csrf = csrfOf(victim.secret);
    const code = async (headers: Record<string, string>) => (await send(headers)).json().code ?? "done";
    expect(await code({})).toBe("csrf");
    expect(await code({ "x-csrf-token": csrfOf("another") })).toBe("csrf");
    expect(await code({ "x-csrf-token": csrf, origin: "https://evil.example" })).toBe("csrf");
    expect(await code({ "x-csrf-token": csrf, origin: "null" })).toBe("csrf");
    expect(await code({ "x-csrf-token": csrf, "sec-fetch-site": "cross-site" })).toBe("csrf");
    expect(
      await code({
        "x-csrf-token": csrf,
        origin: "https://arrears.example",
        "sec-fetch-site": "same-origin",
      }),
    ).toBe("done");
    const form = await world.send({
      method: "POST",
      url: "/v1/tokens",
      payload: "name=x",
      headers: {
        cookie: `arrears-session=${victim.secret}`,
        "x-csrf-token": csrf,
        "content-type": "application/x-www-form-urlencoded",
      },
    });
    expect(form.json().code).toBe("wrong-type");
  });

  test("members that a body does not have are refused, and so are those that reach into prototypes", async () => {
    const body = { name: "x", scopes: ["book:read"] };
    const more = await ops("POST", "/v1/tokens", { ...body, lender: OTHER, createdBy: "boss" });
    expect([more.statusCode, JSON.stringify(more.json().errors)]).toEqual([
      400,
      expect.stringContaining("lender"),
    ]);
    expect((await ops("GET", "/v1/loans?lender=other-lender")).statusCode).toBe(400);
    for (const payload of [
      '{"__proto__":{"role":"operations"}}',
      '{"name":"x","constructor":{"prototype":{}}}',
    ])
      expect(
        (
          await ops("POST", "/v1/tokens", undefined, {
            payload,
            headers: { "content-type": "application/json" },
          })
        ).statusCode,
      ).toBe(400);
    expect(({} as Record<string, unknown>).role).toBeUndefined();
    const hidden = await record(ops, {
      kind: "hold",
      with: { kind: "waiver", amount: "500.00", claim: "principal", reason: "x" },
    });
    expect(hidden.json().code, "a kind under `with` does not count").toBe("unknown-key");
  });

  test("bodies that are too large, too deep or no JSON are refused before they are read", async () => {
    const send = (payload: string) =>
      ops("POST", "/v1/tokens", undefined, { payload, headers: { "content-type": "application/json" } });
    expect((await send(`{"name":"${"x".repeat(300_000)}"}`)).json().code).toBe("too-large");
    const started = performance.now();
    expect((await send("[".repeat(100_000))).json().code).toBe("too-deep");
    expect((await send(`${'{"a":'.repeat(17)}1${"}".repeat(17)}`)).json().code).toBe("too-deep");
    expect(performance.now() - started).toBeLessThan(2000);
    expect((await send('{"name":')).json().code).toBe("bad-request");
    expect(
      (await send(`{"name":"${"[".repeat(1000)}"}`)).json().code,
      "brackets within a text are no depth",
    ).toBe("bad-request");
  });

  test("paths that climb, ids that break statements, and cursors of nobody's lead nowhere", async () => {
    for (const url of ["/v1/loans/..%2F..%2Fetc%2Fpasswd", "/v1/loans/%00", "/v1/loans/'%20or%201=1--"])
      expect([400, 404], url).toContain((await ops("GET", url)).statusCode);
    const cursor = (value: unknown) =>
      encodeURIComponent(Buffer.from(JSON.stringify(value)).toString("base64url"));
    for (const value of [
      ["loans", 1],
      ["loans", "0;drop table staff", 1],
      ["loans", 5000, 1],
      ["loans", 1, 2 ** 40],
      ["audit", 1, 1],
      ["loans", 1, "\u0000"],
      { a: 1 },
    ])
      expect((await ops("GET", `/v1/loans?cursor=${cursor(value)}`)).json().code, JSON.stringify(value)).toBe(
        "bad-cursor",
      );
    expect(
      (await ops("GET", `/v1/loans?cursor=${cursor(["loans", 4095, 2 ** 31 - 1])}`)).json().items,
    ).toEqual([]);
  });

  test("a document's name is never a path, and what is fetched again is never a page", async () => {
    const borrower = "/v1/borrowers/borrower%20of%20L3";
    const opened = await ops("POST", `${borrower}/complaints`, {
      loans: ["L3"],
      kind: "conduct",
      words: "called at night",
      channel: "phone",
    });
    const files = `${borrower}/requests/${opened.json().complaint.reference}/files`;
    const names = [
      "../../../etc/passwd",
      "..\\..\\boot.ini",
      "/etc/cron.d/x",
      "<script>.pdf",
      "a\u202Efdp.exe",
    ];
    for (const name of names) {
      const sent = await ops("POST", files, undefined, {
        payload: `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n%PDF-1.7 ${name}\r\n--b--\r\n`,
        headers: { "content-type": "multipart/form-data; boundary=b" },
      });
      expect(sent.statusCode, sent.body).toBe(200);
      expect(sent.json().name, name).not.toMatch(/[/\\<>\u202E]/);
      const got = await ops("GET", `${files}/${sent.json().sha256}`);
      expect(got.headers["content-disposition"]).toMatch(/^attachment; filename="C-[\w-]+\.pdf"$/);
      expect(got.headers["content-type"]).toBe("application/pdf");
    }
    for (const way of ["..%2F..%2Fetc%2Fpasswd", "0".repeat(64), `${"0".repeat(63)}/..`])
      expect([400, 404], way).toContain((await ops("GET", `${files}/${way}`)).statusCode);
  });

  test("a write needs its version: without one, with an old one, and of two at once only one counts", async () => {
    const url = "/v1/loans/L3/events";
    expect((await ops("POST", url, charge("1.00"))).statusCode).toBe(428);
    expect((await ops("POST", url, charge("1.00"), { headers: { "if-match": '"1"' } })).statusCode).toBe(412);
    expect((await ops("POST", url, charge("1.00"), { headers: { "if-match": "*" } })).statusCode).toBe(400);
    const match = await etag("L3");
    const both = await Promise.all([
      record(ops, charge("2.00"), { match }),
      record(ops, charge("3.00"), { match }),
    ]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412]);
    const charges = factsOf((await loanFile(world.db, "L3"))!).filter(({ kind }) => kind === "ChargeAdded");
    expect(charges).toHaveLength(1);
  });

  test("the same key gives the same answer and does nothing twice; with another request it is refused", async () => {
    const match = await etag("L1");
    const key = newId();
    const all = await Promise.all(
      Array.from({ length: 6 }, () => record(ops, charge("4.00"), { loan: "L1", match, key })),
    );
    const codes = all.map(({ statusCode }) => statusCode);
    expect(codes.filter((code) => code === 200).length).toBeGreaterThanOrEqual(1);
    expect(codes.every((code) => code === 200 || code === 409 || code === 412)).toBe(true);
    const again = await record(ops, charge("4.00"), { loan: "L1", match: await etag("L1"), key });
    expect([again.statusCode, again.headers["idempotency-replayed"]]).toEqual([200, "true"]);
    expect((await record(ops, charge("5.00"), { loan: "L1", key })).json().code).toBe("key-reused");
    const without = await ops("POST", "/v1/loans/L1/events", charge("4.00"), {
      headers: { "idempotency-key": "" },
    });
    expect(without.json().code).toBe("key-missing");
    const other = await world.as("operations");
    expect(
      (await record(other, charge("6.00"), { loan: "L1", key })).statusCode,
      "a key is its owner's",
    ).toBe(200);
  });

  test("a waiver above the limit waits for another person, who decides once, whoever else decides at that moment", async () => {
    const small = await record(ops, waiver("5.00"));
    expect(small.json()).toMatchObject({ became: "recorded" });
    const large = await record(ops, waiver("12.00"));
    expect(large.json(), "10.00 is the limit here").toMatchObject({ became: "proposed", bookedOn: null });
    const { approval } = large.json();
    const before = factsOf((await loanFile(world.db, "L3"))!).length;
    const decide = (who: Client, decision = "approved") =>
      who("POST", `/v1/approvals/${approval}`, { decision, remark: "checked with the branch" }, PROPOSED);
    expect((await decide(ops)).statusCode, "operations decides nothing").toBe(403);
    const supervisors = await Promise.all(Array.from({ length: 5 }, () => world.as("supervisor")));
    const answers = await Promise.all(supervisors.map((who) => decide(who)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412, 412, 412, 412]);
    expect(answers.find(({ statusCode }) => statusCode === 200)!.json()).toMatchObject({
      state: "approved",
      result: { became: "recorded" },
    });
    expect(factsOf((await loanFile(world.db, "L3"))!).length).toBe(before + 1);
  });

  test("who proposed it cannot decide it, however he asks, and another lender's people do not see it", async () => {
    const boss = await world.as("supervisor");
    const { approval } = (await record(boss, waiver("10.50"))).json();
    const decide = (who: Client) =>
      who("POST", `/v1/approvals/${approval}`, { decision: "approved", remark: "fine" }, PROPOSED);
    expect((await decide(boss)).json().code).toBe("same-person");
    expect((await decide(await world.as("supervisor", { lender: OTHER }))).statusCode).toBe(404);
    const waiting = await approvals(world.db, LENDER, 50, "proposed");
    expect(waiting.map(({ id }) => id)).toContain(approval);
    world.clock = NOON + 8 * 86_400_000;
    expect((await decide(await world.as("compliance"))).json().code).toBe("proposal-over");
    world.clock = NOON;
  });

  test("several small waivers do not come to more than one large one without a second person", async () => {
    const first = await record(ops, waiver("3.00"), { loan: "L2" });
    const second = await record(ops, waiver("6.00"), { loan: "L2" });
    const third = await record(ops, waiver("3.00"), { loan: "L2" });
    expect([first, second, third].map((answer) => answer.json().became)).toEqual([
      "recorded",
      "recorded",
      "proposed",
    ]);
  });

  test("a bundle of evidence needs two people, and only who asked for it gets it", async () => {
    const boss = await world.as("supervisor");
    const { approval } = (await ops("POST", "/v1/loans/L1/evidence", { reason: "for the court" })).json();
    const fetched = (who: Client) => who("GET", `/v1/approvals/${approval}/bundle`);
    expect((await fetched(ops)).statusCode).toBe(404);
    const url = `/v1/approvals/${approval}`;
    await boss("POST", url, { decision: "approved", remark: "fine" }, PROPOSED);
    expect((await fetched(boss)).statusCode).toBe(404);
    // What was recorded today is sealed by the next close; until then there is nothing to prove.
    expect((await fetched(ops)).json().code).toBe("unsealed");
    world.clock = NOON + 2 * 86_400_000;
    expect((await fetched(await world.as("operations"))).statusCode).toBe(404);
    world.clock = NOON;
  });

  test("one who asks too often waits, and is told how long", async () => {
    const tired = { ...world.app.api.attempts, take: () => 3 };
    const { take } = world.app.api.attempts;
    Object.assign(world.app.api.attempts, tired);
    const answer = await ops("GET", "/v1/me");
    Object.assign(world.app.api.attempts, { take });
    expect([answer.statusCode, answer.headers["retry-after"], answer.json().code]).toEqual([
      429,
      "3",
      "too-many",
    ]);
  });

  test("a session that a stranger put into the browser is not the one that signing in opens", async () => {
    const planted = newSecret();
    await addStaff(
      world.db,
      { id: "fixed", lender: LENDER, role: "operations", name: "x", party: null },
      NOON,
    );
    const link = newSecret();
    const expiresAt = world.clock + 60_000;
    await addLink(world.db, { hash: hashOf(link), staff: "fixed", by: "test", purpose: "whole", expiresAt });
    const cookie = `arrears-session=${planted}`;
    const answer = await world.send({
      method: "POST",
      url: "/v1/session/link",
      payload: { link },
      headers: { cookie },
    });
    expect(answer.statusCode).toBe(200);
    expect(String(answer.headers["set-cookie"])).not.toContain(planted);
    expect((await world.send({ method: "GET", url: "/v1/me", headers: { cookie } })).statusCode).toBe(401);
  });

  test("guessing names tells nothing: a look at what stands in the book and what does not takes the same answer", async () => {
    const said = new Set<string>();
    for (const user of ["operations-1", "nobody-at-all", "supervisor-1"]) {
      const answer = await world.send({
        method: "POST",
        url: "/v1/session",
        payload: { user, password: "a wrong one, whatever", code: "000000" },
        remoteAddress: "198.51.100.9",
      });
      const { instance: _, ...rest } = answer.json();
      said.add(JSON.stringify([answer.statusCode, rest, answer.headers["set-cookie"] ?? null]));
    }
    expect(said.size).toBe(1);
    const asked = async (body: object) =>
      (
        await world.send({
          method: "POST",
          url: "/v1/session/passkey/ask",
          payload: body,
          headers: { host: "x" },
        })
      ).statusCode;
    expect(
      [await asked({}), await asked({ user: "operations-1" })],
      "nobody's keys can be asked for",
    ).toEqual([200, 400]);
  });

  test("whoever looks for a person by number finds nobody of another lender, and borrowers and auditors cannot look at all", async () => {
    const { phone } = (await loanFile(world.db, "O1"))!.borrower;
    const find = (who: Client, value: string) => who("POST", "/v1/search/people", { value });
    expect((await find(ops, phone!)).json().items.map(({ loan }: { loan: string }) => loan)).not.toContain(
      "O1",
    );
    for (const role of ["borrower", "auditor"] as const)
      expect((await find(await world.as(role), phone!)).statusCode, role).toBe(403);
    expect((await find(ops, "%")).statusCode, "one sign is no number and no name").toBe(400);
    expect((await find(ops, "%%%_' or 1=1 --")).json().items).toEqual([]);
    const named = await ops("GET", "/v1/audit?limit=200");
    expect(
      named.statusCode === 200 ? named.body : "",
      "the number is not in the log of accesses",
    ).not.toContain(phone!);
  });

  test("markup in a name is text: answers are JSON that no browser takes for a page", async () => {
    const markup = '<img src=x onerror="alert(1)">';
    const made = await ops("POST", "/v1/tokens", { name: markup, scopes: ["book:read"] });
    expect(made.statusCode).toBe(201);
    const { headers, body } = await ops("GET", "/v1/tokens");
    expect(body).toContain(JSON.stringify(markup).slice(1, -1));
    expect(headers).toMatchObject({
      "content-type": expect.stringContaining("application/json"),
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    for (const name of ["a\u0000b", "line\nbreak", "\u202E"])
      expect([201, 400], JSON.stringify(name)).toContain(
        (await ops("POST", "/v1/tokens", { name, scopes: ["book:read"] })).statusCode,
      );
  });

  test("a token of a program opens no session's doors: not the users, not itself, not how people sign in", async () => {
    const program = await world.program(["book:read", "loans:read", "loans:write"]);
    for (const [method, url] of [
      ["GET", "/v1/users"],
      ["GET", "/v1/tokens"],
      ["GET", "/v1/me/passkeys"],
      ["POST", "/v1/me/passkeys/begin"],
      ["POST", "/v1/me/password"],
    ] as const)
      expect((await program(method, url, method === "POST" ? {} : undefined)).statusCode, url).toBe(403);
  });

  test("every answer forbids caches, frames and scripts, and errors say nothing of the inside", async () => {
    const { headers } = await ops("GET", "/v1/me");
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-request-id": expect.stringMatching(/^[\da-f-]{36}$/),
    });
    const broken = await ops("GET", "/v1/loans?limit=0");
    expect(broken.headers["content-type"]).toContain("application/problem+json");
    expect(broken.body).not.toMatch(/node_modules|at \w+ \(|select |Error:/);
    const outside = await world.send({ method: "GET", url: "/metrics", remoteAddress: "203.0.113.7" });
    expect(outside.statusCode).toBe(404);
  });
});
