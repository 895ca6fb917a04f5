import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../packs/load.ts";
import { cellsOf, matrixText, rowTroubles } from "../../src/api/access/matrix.ts";
import { isGranted, type Relation, ROLES, type Role } from "../../src/api/access/roles.ts";
import { newId } from "../../src/api/access/secrets.ts";
import { clientOperations, type Described } from "../../src/api/client-types.ts";
import { openApiText } from "../../src/api/openapi.ts";
import type { Route } from "../../src/api/route.ts";
import { OPEN_ROUTES, ROUTES } from "../../src/api/routes/index.ts";
import { addToken, beginJob, propose, staff } from "../../src/store/index.ts";
import { type ApiWorld, apiWorld, type Client, LENDER, NEXT_YEAR, NOON, OTHER } from "../support/api.ts";
import { LADDER } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

/** What a route is sent. Names in braces are filled in by relation; the rest is the same for everybody. */
interface Sent {
  readonly url: string;
  readonly body?: unknown;
}

const REASON = "asked on the phone";

/** One request a route that is whole enough to get past its schema. A route that is not here fails the first test. */
const REQUESTS: Readonly<Record<string, Sent>> = {
  "session.me": { url: "/v1/me" },
  "session.sign-out": { url: "/v1/session" },
  "session.list": { url: "/v1/me/sessions" },
  "session.end-others": { url: "/v1/me/sessions" },
  "session.set-password": { url: "/v1/me/password", body: { password: "short" } },
  "session.begin-code": { url: "/v1/me/code" },
  "session.confirm-code": {
    url: "/v1/me/code/confirm",
    body: { key: "A".repeat(32), proof: "x", code: "000000" },
  },
  "passkey.list": { url: "/v1/me/passkeys" },
  "passkey.begin": { url: "/v1/me/passkeys/begin", body: {} },
  "passkey.add": {
    url: "/v1/me/passkeys",
    body: {
      name: "x",
      passkey: {
        id: "x",
        rawId: "x",
        type: "public-key",
        response: { clientDataJSON: "x", attestationObject: "x" },
      },
    },
  },
  "passkey.remove": { url: "/v1/me/passkeys/none" },
  "search.people": { url: "/v1/search/people", body: { value: "13800138000" } },
  "lender.read": { url: "/v1/lender" },
  "laws.list": { url: "/v1/laws" },
  "rules.list": { url: "/v1/rules?pack=none" },
  "rule.read": { url: "/v1/rules/cn/quiet-hours" },
  "loans.list": { url: "/v1/loans" },
  "loan.read": { url: "/v1/loans/{loan}" },
  "loan.schedule": { url: "/v1/loans/{loan}/schedule" },
  "loan.timeline": { url: "/v1/loans/{loan}/timeline" },
  "loan.why": { url: "/v1/loans/{loan}/why" },
  "loan.limitation": { url: "/v1/loans/{loan}/limitation" },
  "loan.record": { url: "/v1/loans/{loan}/events", body: { kind: "hold", with: { hold: "dispute" } } },
  "events.record": {
    url: "/v1/events?dryRun=true",
    body: { events: [{ loan: "L1", id: "E-1", kind: "hold", with: { hold: "dispute" } }] },
  },
  "borrower.read": { url: "/v1/borrowers/{borrower}" },
  "borrower.reveal": { url: "/v1/borrowers/{borrower}/reveal", body: { fields: ["phone"], reason: REASON } },
  "worklist.read": { url: "/v1/worklist" },
  "worklist.next": { url: "/v1/worklist/next" },
  "worklist.call": { url: "/v1/worklist/call" },
  "worklist.result": { url: "/v1/worklist/result", body: { code: "no-answer" } },
  "worklist.release": { url: "/v1/worklist/release", body: {} },
  "placed.list": { url: "/v1/placed" },
  "collectors.list": { url: "/v1/collectors" },
  "actions.list": { url: "/v1/actions" },
  "actions.retry": {
    url: "/v1/actions/retry?dryRun=true",
    body: { actions: ["1-0/2026-01-01/call"], reason: REASON },
  },
  "letters.list": { url: "/v1/letters" },
  "cases.list": { url: "/v1/cases" },
  "letter.read": { url: "/v1/letters/{letter}" },
  "letter.open": { url: "/v1/letters/{letter}/open" },
  "letter.approve": { url: "/v1/letters/{letter}/approve?dryRun=true" },
  "letters.approve": { url: "/v1/letters/approve?dryRun=true", body: { letters: ["none"] } },
  "letters.sign": { url: "/v1/letters/sign?dryRun=true", body: { letters: ["none"] } },
  "letter.withdraw": { url: "/v1/letters/{letter}/withdraw?dryRun=true", body: { reason: REASON } },
  "letter.sign": { url: "/v1/letters/{letter}/sign?dryRun=true" },
  "letter.return": { url: "/v1/letters/{letter}/return?dryRun=true", body: { reason: REASON } },
  "letter.file": { url: "/v1/letters/{letter}/file" },
  "loan.messages": { url: "/v1/loans/{loan}/messages" },
  "loan.message-send": {
    url: "/v1/loans/{loan}/messages?dryRun=true",
    body: { step: "early/none@1", via: "text" },
  },
  "loan.message-take-back": { url: "/v1/loans/{loan}/messages/take-back", body: {} },
  "words.check": { url: "/v1/words/check", body: { text: "还款" } },
  "loan.presence": { url: "/v1/loans/{loan}/presence" },
  "proceedings.list": { url: "/v1/proceedings" },
  "enforcements.list": { url: "/v1/enforcements" },
  "court.deadlines": { url: "/v1/court/deadlines" },
  "court.calendar": { url: "/v1/court/calendar.ics" },
  "loan.proceeding": { url: "/v1/loans/{loan}/proceedings/S-none" },
  "loan.enforcements": { url: "/v1/loans/{loan}/enforcements" },
  "loan.enforcement": { url: "/v1/loans/{loan}/enforcements/E-none" },
  "enforcement.kinds": { url: "/v1/enforcement-events" },
  "loan.enforcement-apply": {
    url: "/v1/loans/{loan}/enforcements?dryRun=true",
    body: {
      court: "浦东新区人民法院",
      number: "(2026)沪0115民初1号",
      on: "2026-02-26",
      debt: "100.00",
      performBy: "2026-02-10",
    },
  },
  "loan.enforcement-event": {
    url: "/v1/loans/{loan}/enforcements/E-none/events?dryRun=true",
    body: { event: "accepted", on: "2026-02-26" },
  },
  "loan.papers": { url: "/v1/loans/{loan}/papers" },
  "loan.paper": { url: "/v1/loans/{loan}/papers/complaint-loan" },
  "loan.paper-file": { url: "/v1/loans/{loan}/papers/complaint-loan/file?format=text&draft=true" },
  "loan.forecast": { url: "/v1/loans/{loan}/forecast" },
  "loan.line": { url: "/v1/loans/{loan}/line" },
  "loan.advice": { url: "/v1/loans/{loan}/advice" },
  "loan.courts": { url: "/v1/loans/{loan}/courts" },
  "loan.proceedings": { url: "/v1/loans/{loan}/proceedings" },
  "loan.proceeding-open": {
    url: "/v1/loans/{loan}/proceedings?dryRun=true",
    body: { kind: "suit", court: "浦东新区人民法院", on: "2026-02-26" },
  },
  "loan.proceeding-event": {
    url: "/v1/loans/{loan}/proceedings/S-none/events?dryRun=true",
    body: { event: "filed", on: "2026-02-26" },
  },
  "requests.list": { url: "/v1/borrowers/{borrower}/requests" },
  "complaint.open": {
    url: "/v1/borrowers/{borrower}/complaints?dryRun=true",
    body: { loans: ["{loan}"], kind: "conduct", words: "called at night" },
  },
  "complaint.read": { url: "/v1/borrowers/{borrower}/complaints/C-none" },
  "complaint.event": {
    url: "/v1/borrowers/{borrower}/complaints/C-none/events?dryRun=true",
    body: { type: "informed", words: "more" },
  },
  "wish.make": {
    url: "/v1/borrowers/{borrower}/wishes?dryRun=true",
    body: { wish: "only-at-times", from: "10:00", to: "12:00" },
  },
  "request.file-add": { url: "/v1/borrowers/{borrower}/requests/C-none/files?dryRun=true" },
  "request.file": { url: `/v1/borrowers/{borrower}/requests/C-none/files/${"0".repeat(64)}` },
  "loan.ways": { url: "/v1/loans/{loan}/ways", body: { surplus: "500.00" } },
  "hardship.request": {
    url: "/v1/borrowers/{borrower}/hardship?dryRun=true",
    body: { loan: "{loan}", reasons: ["illness"], words: "in hospital since May" },
  },
  "hardship.read": { url: "/v1/borrowers/{borrower}/hardship/H-none" },
  "hardship.ways": { url: "/v1/borrowers/{borrower}/hardship/H-none/ways" },
  "hardship.event": {
    url: "/v1/borrowers/{borrower}/hardship/H-none/events?dryRun=true",
    body: { type: "informed", words: "more" },
  },
  "hardship.agreement": { url: "/v1/borrowers/{borrower}/hardship/H-none/agreement" },
  "hardship.agreement-file": { url: "/v1/borrowers/{borrower}/hardship/H-none/agreement.pdf" },
  "complaints.list": { url: "/v1/complaints" },
  "hardship.list": { url: "/v1/hardship" },
  "strategies.list": { url: "/v1/strategies" },
  "strategy.read": { url: "/v1/strategies/ladder/1" },
  "strategy.try": { url: "/v1/strategies/try", body: { body: LADDER, from: "2026-01-05" } },
  "strategy.try-book": {
    url: "/v1/strategies/try-book",
    body: { body: LADDER, beside: "ladder@9" },
  },
  "strategy.propose": { url: "/v1/strategies", body: { body: LADDER } },
  "strategy.release": { url: "/v1/strategies/ladder/1/release", body: {} },
  "strategy.withdraw": { url: "/v1/strategies/ladder/1/withdraw", body: {} },
  "import.upload": { url: "/v1/imports/loans?dryRun=true" },
  "imports.list": { url: "/v1/imports" },
  "close.start": { url: "/v1/closes", body: { through: "2026-02-01" } },
  "closes.list": { url: "/v1/closes" },
  "jobs.list": { url: "/v1/jobs" },
  "job.cancel": { url: "/v1/jobs/job-of-the-test/cancel" },
  "job.retry": { url: "/v1/jobs/job-of-the-test/retry" },
  "book.verify": { url: "/v1/verify" },
  "job.read": { url: "/v1/jobs/job-of-the-test" },
  "job.progress": { url: "/v1/jobs/job-of-the-test/progress" },
  "approvals.list": { url: "/v1/approvals" },
  "approval.read": { url: "/v1/approvals/proposal-of-test" },
  "approval.decide": { url: "/v1/approvals/proposal-of-test", body: { decision: "refused", remark: "no" } },
  "loan.verify": { url: "/v1/loans/{loan}/verify" },
  "evidence.propose": { url: "/v1/loans/{loan}/evidence", body: { reason: REASON } },
  "evidence.fetch": { url: "/v1/approvals/proposal-of-test/bundle" },
  "audit.list": { url: "/v1/audit" },
  "users.list": { url: "/v1/users" },
  "users.parties": { url: "/v1/user-parties" },
  "user.read": { url: "/v1/users/somebody" },
  "user.invite": { url: "/v1/users", body: { user: "somebody", name: "x", role: "auditor", reason: REASON } },
  "user.role": { url: "/v1/users/somebody/role", body: { role: "auditor", reason: REASON } },
  "user.reset": { url: "/v1/users/somebody/reset", body: { reason: REASON } },
  "user.enable": { url: "/v1/users/somebody/enable", body: { reason: REASON } },
  "user.end-sessions": { url: "/v1/users/somebody/sessions/end", body: { reason: REASON } },
  "user.link": { url: "/v1/approvals/proposal-of-test/link", body: {} },
  "user.disable": { url: "/v1/users/somebody/disable", body: { reason: REASON } },
  "tokens.list": { url: "/v1/tokens" },
  "token.create": { url: "/v1/tokens", body: { name: "x", scopes: ["book:read"] } },
  "token.revoke": { url: "/v1/tokens/token-of-the-test" },
  "webhooks.list": { url: "/v1/webhooks" },
  "webhook.create": { url: "/v1/webhooks", body: { url: "ftp://nowhere" } },
  "webhook.rotate": { url: "/v1/webhooks/webhook-of-test/rotate" },
  "webhook.remove": { url: "/v1/webhooks/webhook-of-test" },
  "webhook.test": { url: "/v1/webhooks/webhook-of-test/test" },
  "webhook.deliveries": { url: "/v1/webhooks/webhook-of-test/deliveries" },
  "webhook.replay": { url: "/v1/webhooks/webhook-of-test/replay", body: {} },
  "session.may": { url: "/v1/me/may" },
  "analytics.read": { url: "/v1/analytics/roll" },
  "analytics.file": { url: "/v1/analytics/ages/file" },
  "analytics.loans": { url: "/v1/analytics/loans?of=booked&month=2025-12" },
  "today.read": { url: "/v1/today" },
  "today.refused": { url: "/v1/today/refused?day=2026-03-01&rule=cn/quiet-hours" },
  "today.did": { url: "/v1/today/did?day=2026-03-01&what=cured" },
  "promises.list": { url: "/v1/promises" },
  "search.read": { url: "/v1/search?q=L1" },
  "worklist.codes": { url: "/v1/worklist/codes" },
  "loan.borrower": { url: "/v1/loans/{loan}/borrower" },
  "loan.contacts": { url: "/v1/loans/{loan}/contacts" },
};

/** Of these a "no such thing" is the right answer to somebody who may: there is no signed file, no bundle of his, and no proceeding, enforcement or request of that id. */
const NOT_FOUND_IS_FINE = [
  "webhook.rotate",
  "webhook.remove",
  "webhook.test",
  "webhook.deliveries",
  "webhook.replay",

  "letter.file",
  "evidence.fetch",
  "user.link",
  "loan.proceeding",
  "loan.proceeding-event",
  "loan.enforcement",
  "loan.enforcement-event",
  "complaint.read",
  "complaint.event",
  "request.file-add",
  "request.file",
  "hardship.read",
  "hardship.ways",
  "hardship.event",
  "hardship.agreement",
  "hardship.agreement-file",
];

/** Who asks, about what, and when, so that he stands in this relation. */
function standing(relation: Relation): { lender?: string; party?: string; loan: string; at: number } {
  switch (relation) {
    case "other-lender":
      return { lender: OTHER, loan: "L1", at: NOON };
    case "recalled":
      return { loan: "L2", at: NOON };
    case "not-placed":
    case "somebody-else":
      return { loan: "L3", at: NOON };
    case "mandate-over":
      return { loan: "L1", at: NEXT_YEAR };
    case "not-mandated":
      return { party: "anotherfirm:zhao", loan: "L1", at: NOON };
    default:
      return { loan: "L1", at: NOON };
  }
}

describe("the matrix of role, action and relation", () => {
  let database: TestDatabase;
  let world: ApiWorld;

  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    await world.as("collector", { id: "somebody" });
    const job = {
      id: "job-of-the-test",
      lender: LENDER,
      kind: "none",
      asked: "{}",
      by: "anna",
      startedAt: NOON,
    };
    await beginJob(world.db, job);
    await addToken(world.db, "hash", {
      id: "token-of-the-test",
      lender: LENDER,
      name: "x",
      scopes: [],
      createdBy: "anna",
      createdAt: NOON,
      expiresAt: NOON + 1000,
    });
    await propose(
      world.db,
      {
        id: "proposal-of-test",
        lender: LENDER,
        what: "evidence.bundle",
        subject: "loan L1",
        body: JSON.stringify({ loan: "L1", asOf: "2026-03-01" }),
        reason: REASON,
        proposedBy: "anna",
        proposedAt: NOON,
      },
      NEXT_YEAR + 86_400_000 - NOON,
    );
  });
  afterAll(() => database.drop());

  test("every route has a row, the row decides for every role, and this test knows how to ask it", () => {
    expect(rowTroubles(ROUTES)).toEqual([]);
    expect(ROUTES.map(({ id }) => id).filter((id) => !Object.hasOwn(REQUESTS, id))).toEqual([]);
    expect(Object.keys(REQUESTS).filter((id) => !ROUTES.some((route) => route.id === id))).toEqual([]);
  });

  test("a route without a row, or with one that cannot be, is found", () => {
    const [route] = ROUTES;
    const { auditor: _, ...may } = route!.may;
    expect(rowTroubles([{ ...route!, may: may as never }])).toEqual([
      `${route!.id}: nobody has decided for the role auditor`,
    ]);
    expect(rowTroubles([{ ...route!, may: { ...route!.may, borrower: "placed" } }])).toEqual([
      `${route!.id}: borrower can never stand as placed to a nothing`,
    ]);
    const write = ROUTES.find(({ id }) => id === "loan.record")!;
    expect(rowTroubles([{ ...write, may: { ...write.may, auditor: "own-lender" } }])).toEqual([
      "loan.record: an auditor changes nothing",
    ]);
  });

  test("a program without the scope may nothing, whatever the row says", () => {
    for (const route of ROUTES)
      for (const relation of ["anybody", "own-lender"] as const)
        expect(isGranted(route.may, "integrator", relation, { asked: route.scope, held: [] }), route.id).toBe(
          false,
        );
  });

  const asked = async (route: Route, role: Role, relation: Relation): Promise<number> => {
    const { lender, party, loan, at } = standing(relation);
    world.clock = at;
    const who: Client =
      role === "integrator"
        ? await world.program(route.scope === undefined ? [] : [route.scope], lender)
        : await world.as(role, { ...(lender ? { lender } : {}), ...(party ? { party } : {}) });
    const { url, body } = REQUESTS[route.id]!;
    const filled = (text: string) =>
      text
        .replace("{loan}", loan)
        .replace("{borrower}", encodeURIComponent(`borrower of ${loan}`))
        .replace("{letter}", world.letter);
    const form =
      route.id === "import.upload"
        ? {
            payload: `--b\r\ncontent-disposition: form-data; name="map"\r\n\r\nkind: loans\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nx\r\n--b--\r\n`,
            headers: { "content-type": "multipart/form-data; boundary=b" },
          }
        : route.id === "request.file-add"
          ? {
              payload: `--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\r\n--b--\r\n`,
              headers: { "content-type": "multipart/form-data; boundary=b" },
            }
          : {};
    const answer = await who(
      route.method,
      filled(url),
      body === undefined ? undefined : (JSON.parse(filled(JSON.stringify(body))) as unknown),
      { ...form, headers: { ...form.headers, "if-match": '"1"', "idempotency-key": newId() } },
    );
    return answer.statusCode;
  };

  // A stream of events that goes on is not waited for.
  const cells = cellsOf(ROUTES).filter(({ action, allowed }) => !(action === "job.progress" && allowed));

  test.each(ROLES)("%s: the server answers every cell as its row says", async (role) => {
    const wrong: string[] = [];
    for (const cell of cells.filter((one) => one.role === role)) {
      const route = ROUTES.find(({ id }) => id === cell.action)!;
      const status = await asked(route, role, cell.relation);
      const isNo =
        status === 401 ||
        status === 403 ||
        (status === 404 && !(cell.allowed && NOT_FOUND_IS_FINE.includes(route.id)));
      if (status >= 500 || status === 400 || isNo === cell.allowed)
        wrong.push(`${cell.action} ${cell.relation}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  test("every one of these decisions is in the log of accesses, the refused ones too", async () => {
    const [row] = await world.db.query<{ all: number; no: number }>(
      `select count(*)::int4 as all, count(*) filter (where allowed = 0)::int4 as no from access_log
       where lender = (select id from lender where code = $1) or lender = (select id from lender where code = $2)`,
      [LENDER, OTHER],
    );
    expect(row!.no).toBeGreaterThanOrEqual(cells.filter(({ allowed }) => !allowed).length - 1);
    expect((await staff(world.db, LENDER)).length).toBeGreaterThan(100);
  });

  test("the page and the description of the API are as the routes are; npm run api-docs writes them", () => {
    const read = (file: string) => readFileSync(join(packageRoot(), "docs/reference", file), "utf8");
    expect(read("access.md")).toBe(matrixText(ROUTES, OPEN_ROUTES));
    expect(read("openapi.json")).toBe(openApiText(world.app.fastify.swagger()));
    expect(read("../../src/client/operations.ts")).toBe(
      clientOperations(world.app.fastify.swagger() as Described),
    );
  });
});
