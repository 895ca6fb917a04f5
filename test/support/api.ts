import { tmpdir } from "node:os";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { ROLES_OF_PARTY, type Role } from "../../src/api/access/roles.ts";
import { csrfOf, hashOf, newId, newSecret } from "../../src/api/access/secrets.ts";
import type { Given, LogLine } from "../../src/api/api.ts";
import { type App, buildApp } from "../../src/api/app.ts";
import { attempts, proxyList } from "../../src/api/attempts.ts";
import { day, type PersonFact } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { moveCases, offerCases } from "../../src/office/letters/cases.ts";
import { draftLetters } from "../../src/office/letters/draft.ts";
import {
  addSession,
  addStaff,
  addToken,
  bookStore,
  closeStore,
  type Database,
  ensureLender,
  ensureProduct,
  listCases,
  loanFile,
  putAgency,
  putCollector,
} from "../../src/store/index.ts";
import { loanRecord, PRODUCT, shelves } from "./book.ts";
import { at, letterBook, pack, plainSigner } from "./letters.ts";

export const NOON = at("2026-03-02");
/** After the firm's engagement, which ends with 2026. */
export const NEXT_YEAR = at("2027-01-15");
export const LENDER = "test-lender";
export const OTHER = "other-lender";
export const PHONE = "19912345678";

export interface Client {
  readonly secret: string;
  (
    method: InjectOptions["method"],
    url: string,
    body?: unknown,
    more?: InjectOptions,
  ): Promise<LightMyRequestResponse>;
}

/** A write on what somebody has just read: with the version that the read gave. */
export const asRead = async (who: Client, read: string): Promise<{ headers: { "if-match": string } }> => ({
  headers: { "if-match": String((await who("GET", read)).headers.etag) },
});

export interface ApiWorld {
  readonly app: App;
  readonly db: Database;
  readonly log: LogLine[];
  /** The letter on loan L1. */
  readonly letter: string;
  clock: number;
  /** Somebody new of a role, signed in; of the lender's own, unless another is named. */
  as(
    role: Exclude<Role, "integrator">,
    more?: { lender?: string; party?: string; id?: string; how?: string },
  ): Promise<Client>;
  /** A program with a token of these scopes. */
  program(scopes: readonly string[], lender?: string): Promise<Client>;
  send(options: InjectOptions): Promise<LightMyRequestResponse>;
}

const PARTIES: Partial<Record<Role, string>> = {
  collector: "mei",
  agency: "anxin",
  "agency-collector": "anxin",
  "law-firm": "hengxin:wang",
  borrower: "borrower of L1",
};

/**
 * A book on which every relation can be tried: L1 is placed with the agency and a letter on it lies at the firm; L2 was placed
 * and came back; L3 is nobody's but the lender's. Another lender of the same book has O1.
 */
export async function apiWorld(
  db: Database,
  more: Partial<Pick<Given, "origin" | "providers" | "scan" | "isLeaked">> = {},
): Promise<ApiWorld> {
  const loans = ["L1", "L2", "L3"];
  const letters = await letterBook(db, loans);
  await letters.papers(loans);
  let clock = at("2026-03-01", 60);
  const shelf = shelves(pack, () => clock);
  const other = await ensureLender(db, {
    code: OTHER,
    name: "Other lender",
    zone: "Asia/Shanghai",
    pack: "cn",
    openOn: day("2026-01-01"),
  });
  await ensureProduct(db, other, PRODUCT);
  await bookStore(db, shelf).loans(OTHER, [
    loanRecord({ id: "O1", borrower: "borrower of O1", disbursedOn: "2026-01-05" }),
  ]);
  for (const lender of [LENDER, OTHER]) await runClose(closeStore(db, shelf), lender, day("2026-03-01"));
  clock = NOON;
  await putAgency(db, letters.lender, { name: "anxin", role: "agency", listed: true, active: true });
  await putCollector(db, letters.lender, {
    id: "mei",
    name: "Mei",
    team: "north",
    skills: {},
    lead: false,
    active: true,
  });
  const tell = async (loan: string, fact: PersonFact): Promise<void> => {
    const { bucket, n } = (await loanFile(db, loan))!.borrower;
    const { refused } = await bookStore(db, shelf).persons(LENDER, [{ line: 1, owner: { bucket, n }, fact }]);
    if (refused.length > 0) throw new Error(refused[0]!.says);
  };
  const from = day("2026-02-20");
  for (const [i, debt] of ["L1", "L2"].entries())
    await tell(debt, {
      kind: "Placed",
      on: day("2026-03-02"),
      id: `place/M1/${debt}`,
      at: NOON - 3_600_000 + i,
      debt,
      with: "anxin",
      role: "agency",
      mandate: true,
      from,
      lenderSteps: "continue",
    });
  await tell("L2", {
    kind: "Recalled",
    on: day("2026-03-02"),
    id: "recall/L2",
    at: NOON - 60_000,
    debt: "L2",
    reason: "paid",
  });
  const office = await letters.office("2026-03-02");
  await offerCases(office, {
    engagement: "HX-2026-1",
    batch: "B1",
    by: "anna",
    loans: ["L1", "L2"],
    dryRun: false,
  });
  const cases = await listCases(db, letters.lender, { batch: "B1" });
  const of = (loan: string) => cases.filter((one) => one.loan === loan);
  await moveCases(office, of("L1"), { to: "accepted", by: "wang", lawyer: "wang", dryRun: false });
  await moveCases(office, of("L2"), {
    to: "declined",
    by: "wang",
    lawyer: "wang",
    reason: "conflict",
    dryRun: false,
  });
  const [drafted] = await draftLetters(
    office,
    of("L1").map(({ owner }) => owner),
    {
      kind: "demand",
      language: "zh-CN",
      by: "anna",
      dryRun: false,
    },
  );
  if (!drafted?.done) throw new Error(`no letter: ${JSON.stringify(drafted)}`);
  const log: LogLine[] = [];
  const app = await buildApp({
    db,
    shelves: shelf,
    packFor: async () => pack,
    now: () => clock,
    log: (line) => {
      log.push(line);
    },
    proxies: proxyList([]),
    attempts: attempts({ atOnce: 1_000_000, everyMs: 1 }),
    secure: false,
    waiverLimit: 1_000,
    verifier: () => "// a program that checks",
    signer: async () => plainSigner(() => clock),
    scratch: tmpdir(),
    checkAnswers: true,
    webhookAllow: proxyList(["127.0.0.0/8"]),
    ...more,
  });
  let people = 0;
  const client = (secret: string, headers: Record<string, string>): Client =>
    Object.assign(
      (method: InjectOptions["method"], url: string, body?: unknown, more: InjectOptions = {}) =>
        app.fastify.inject({
          method: method!,
          url,
          ...(body === undefined ? {} : { payload: body as Record<string, unknown> }),
          ...more,
          headers: {
            ...headers,
            ...(method === "GET" ? {} : { "idempotency-key": newId() }),
            ...more.headers,
          },
        }),
      { secret },
    ) as Client;
  const world: ApiWorld = {
    app,
    db,
    log,
    letter: drafted.id,
    get clock() {
      return clock;
    },
    set clock(now) {
      clock = now;
    },
    as: async (role, { lender = LENDER, party, id, how = "password" } = {}) => {
      people += 1;
      const name = id ?? `${role}-${people}`;
      const whose = party ?? (ROLES_OF_PARTY.includes(role) ? PARTIES[role]! : null);
      await addStaff(db, { id: name, lender, role, name, party: whose }, clock);
      const secret = newSecret();
      const times = { createdAt: clock, seenAt: clock, endsAt: clock + 43_200_000 };
      await addSession(db, hashOf(secret), { id: newId(), staff: name, how, ...times });
      return client(secret, { cookie: `arrears-session=${secret}`, "x-csrf-token": csrfOf(secret) });
    },
    program: async (scopes, lender = LENDER) => {
      const [id, secret] = [newId(), newSecret()];
      await addToken(db, hashOf(secret), {
        id,
        lender,
        name: "core system",
        scopes,
        createdBy: "anna",
        createdAt: clock,
        expiresAt: clock + 86_400_000 * 400,
      });
      return client(secret, { authorization: `Bearer arr_${id}_${secret}` });
    },
    send: (options) => app.fastify.inject(options),
  };
  return world;
}
