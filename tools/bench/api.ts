import { tmpdir } from "node:os";
import Fastify, { type FastifyInstance } from "fastify";
import { loadPack } from "../../packs/load.ts";
import { hashOf, newId, newSecret } from "../../src/api/access/secrets.ts";
import { attempts, buildApp, proxyList } from "../../src/api/index.ts";
import { type Day, day, minor, parseRate, usualFirstDue } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import type { LoanRecord, PaymentRecord } from "../../src/intake/index.ts";
import { SAMPLE_PRODUCT } from "../../src/sample/index.ts";
import {
  addSession,
  addStaff,
  bookStore,
  closeStore,
  type Database,
  ensureLender,
  ensureProduct,
  freezeStrategy,
  type Shelves,
} from "../../src/store/index.ts";
import { readStrategy, strategyLine } from "../../src/strategy/index.ts";
import { cpuMeter } from "./cpu.ts";
import { benchDatabase, type EngineName } from "./database.ts";

const LENDER = "bench";
const STRATEGY = `
strategy: bench
version: 1
from: "2020-01-01"
intent: One call a month late.
stages:
  - stage: late
    dpd: 1..90
    steps: [{ on_dpd: 30, call: borrower }]
`;
const OPENED = day("2026-01-01");
const CLOSED = day("2026-03-10");
/** Noon of the day after, where the lender is. */
const NOW = 1_773_201_600_000;

/** The reads that screens make most. `{loan}` and `{borrower}` change from request to request. */
const READS: Readonly<Record<string, string>> = {
  me: "/v1/me",
  loans: "/v1/loans?limit=50",
  "loans far in": "/v1/loans?limit=50&cursor={cursor}",
  loan: "/v1/loans/{loan}",
  schedule: "/v1/loans/{loan}/schedule",
  timeline: "/v1/loans/{loan}/timeline",
  why: "/v1/loans/{loan}/why",
  limitation: "/v1/loans/{loan}/limitation",
  borrower: "/v1/borrowers/{borrower}",
  lender: "/v1/lender",
};

/** What is asked of one loan that has a thousand events, and of the list of today's work: milliseconds of the server, one at a time. */
const ALONE: Readonly<Record<string, string>> = {
  "case of 1,000 events": "/v1/loans/L0",
  "its timeline, first page": "/v1/loans/L0/timeline",
  "its schedule": "/v1/loans/L0/schedule",
  "why on it": "/v1/loans/L0/why",
  worklist: "/v1/worklist?limit=50",
  "loans, first page": "/v1/loans?limit=50",
  "loans, far in": "/v1/loans?limit=50&cursor={cursor}",
};
const EVENTS = 1000;

/**
 * Requests a CPU second, as many in flight as `--flight` says, and their slowest hundredth one at a time; by `inject` in this
 * process, so that nobody's client is measured, with a session that is looked up and each access logged before its answer.
 * Beside it, in the same run and with as many in flight, a bare Fastify route that knows nobody, asks no database and answers
 * as many bytes of JSON, round by round in turn with ours. CPU is this process's and the server's, its writer of the log and checkpoints left out.
 */
export async function benchApi(
  args: ReadonlyMap<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const loans = Number(args.get("loans") ?? 100_000);
  const each = Number(args.get("requests") ?? 400);
  const flight = Number(args.get("flight") ?? 16);
  const only = args.get("only")?.split(",");
  const engine = (args.get("engine") ?? "postgres") as EngineName;
  // A book under a name of its own is kept for the next run.
  const { db, drop, isNew } = await benchDatabase(engine, 4, args.get("book"));
  try {
    if (isNew) await furnish(db, loans, progress);
    const secret = newSecret();
    const name = `bench-${process.pid}`;
    await addStaff(db, { id: name, lender: LENDER, role: "operations", name: "bench", party: null }, NOW);
    const session = {
      id: newId(),
      staff: name,
      how: "password",
      createdAt: NOW,
      seenAt: NOW,
      endsAt: NOW + 1e9,
    };
    await addSession(db, hashOf(secret), session);
    const began = performance.now();
    const { fastify } = await buildApp({
      db,
      shelves,
      packFor: async () => pack,
      // It goes on as a server's does, so that a list that is kept for a while is made anew here too.
      now: () => NOW + Math.floor(performance.now() - began),
      log: () => {},
      proxies: proxyList([]),
      attempts: attempts({ atOnce: 1e9, everyMs: 1 }),
      secure: false,
      waiverLimit: 0,
      webhookAllow: proxyList([]),
      verifier: () => "",
      scratch: tmpdir(),
    });
    const bare = Fastify({ logger: false });
    bare.get("/bare/:bytes", async (request) => ({
      text: "x".repeat(Number((request.params as { bytes: string }).bytes)),
    }));
    await bare.ready();
    const meter = await cpuMeter(db);
    const headers = { cookie: `arrears-session=${secret}` };
    const cursor = Buffer.from(JSON.stringify(["loans", 2048, 0])).toString("base64url");
    const fill = (url: string, i: number): string =>
      url
        .replace("{loan}", `L${(i * 7919) % loans}`)
        .replace("{borrower}", `B${Math.floor(((i * 7919) % loans) / 2)}`)
        .replace("{cursor}", cursor);
    const figures: Record<string, unknown> = { loans, engine, requests: each, flight };
    for (const [name, url] of Object.entries(READS)) {
      if (only && !only.includes(name)) continue;
      progress(name);
      const bytes = await bytesOf(fastify, fill(url, 1), headers);
      const [ours, base] = await measured(
        { app: fastify, url: (i) => fill(url, i), headers },
        { app: bare, url: () => `/bare/${bytes}`, headers: {} },
        { each, flight, meter },
      );
      figures[name] = {
        bytes,
        requestsPerCpuSecond: Math.round(ours.perCpu),
        node: share(ours.node),
        server: share(ours.server),
        p50Ms: ours.p50,
        p99Ms: ours.p99,
        bareRequestsPerCpuSecond: Math.round(base.perCpu),
        ofBare: Math.round((ours.perCpu / base.perCpu) * 1000) / 1000,
      };
    }
    for (const [name, url] of Object.entries(ALONE)) {
      if (only) continue;
      progress(name);
      await bytesOf(fastify, fill(url, 1), headers);
      const times = await alone(fastify, () => fill(url, 1), headers, 60);
      figures[name] = { p50Ms: at(times, 0.5), p99Ms: at(times, 0.99) };
    }
    await fastify.close();
    await bare.close();
    return figures;
  } finally {
    await drop();
  }
}

const share = (microseconds: number): string => `${Math.round(microseconds)} µs`;

const at = (sorted: readonly number[], part: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]! * 100) / 100;

async function bytesOf(app: FastifyInstance, url: string, headers: Record<string, string>): Promise<number> {
  const first = await app.inject({ method: "GET", url, headers });
  if (first.statusCode !== 200) throw new Error(`${url}: ${first.statusCode} ${first.body}`);
  return first.rawPayload.length;
}

/** Milliseconds of requests that come one after the other, in order. */
async function alone(
  app: FastifyInstance,
  url: (i: number) => string,
  headers: Record<string, string>,
  each: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < each; i++) {
    const began = performance.now();
    await app.inject({ method: "GET", url: url(i), headers });
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}

interface Asked {
  readonly app: FastifyInstance;
  url(i: number): string;
  readonly headers: Record<string, string>;
}

interface Spent {
  readonly perCpu: number;
  readonly node: number;
  readonly server: number;
  readonly p50: number;
  readonly p99: number;
}

/** So many rounds of both in turn, because a machine that others use is now slow and now fast. */
const ROUNDS = 8;

/** CPU that each of several apps spends on as many requests, round by round in turn; then its times one at a time. */
async function measured(
  first: Asked,
  second: Asked,
  {
    each,
    flight,
    meter,
  }: {
    readonly each: number;
    readonly flight: number;
    readonly meter: Awaited<ReturnType<typeof cpuMeter>>;
  },
): Promise<readonly [Spent, Spent]> {
  const run = async ({ app, url, headers }: Asked, from: number, to: number): Promise<void> => {
    let next = from;
    const one = async (): Promise<void> => {
      while (next < to) await app.inject({ method: "GET", url: url(next++), headers });
    };
    await Promise.all(Array.from({ length: flight }, one));
  };
  const round = Math.max(1, Math.round(each / ROUNDS));
  const both = [first, second].map((asked) => ({ asked, node: 0, server: 0 }));
  for (const { asked } of both) await run(asked, 0, round * 2);
  for (let k = 2; k < ROUNDS + 2; k++)
    for (const one of both) {
      const spent = await meter.of(() => run(one.asked, k * round, (k + 1) * round));
      one.node += spent.node;
      one.server += spent.server;
    }
  const done = round * ROUNDS;
  const told: Spent[] = [];
  for (const { asked, node, server } of both) {
    const times = await alone(asked.app, (i) => asked.url(i + 3), asked.headers, Math.min(each, 200));
    told.push({
      perCpu: done / Math.max(0.001, node + server),
      node: (node / done) * 1e6,
      server: (server / done) * 1e6,
      p50: at(times, 0.5),
      p99: at(times, 0.99),
    });
  }
  return [told[0]!, told[1]!];
}

const pack = loadPack("cn");
const shelves: Shelves = {
  pack: () => pack,
  readStrategy: (text) => {
    const read = readStrategy(text, "bench");
    if (!read.ok) throw new Error(JSON.stringify(read.refusals));
    return read.strategy;
  },
  line: strategyLine,
  now: () => NOW,
};

const { id: _id, lender: _lender, payableOn: _payableOn, ...MICRO } = SAMPLE_PRODUCT;

/** Two loans a borrower, paid out over half a year; a tenth of them past due when the days are closed. */
async function furnish(db: Database, loans: number, progress: (text: string) => void): Promise<void> {
  const settings = { code: LENDER, name: LENDER, zone: "Asia/Shanghai", pack: "cn", openOn: OPENED };
  const lender = await ensureLender(db, settings);
  await freezeStrategy(db, {
    name: "bench",
    version: 1,
    from: day("2020-01-01"),
    body: STRATEGY,
    sha256: "bench",
  });
  const product = await ensureProduct(db, lender, { ...MICRO, code: "bench", strategy: "bench" });
  const rate = parseRate("0.05", "day")!;
  const book = bookStore(db, shelves);
  const BATCH = 5000;
  for (let at = 0; at < loans; at += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, loans - at) }, (_, k): LoanRecord => {
      const i = at + k;
      const disbursedOn = day(i % 10 === 0 ? "2026-01-05" : "2026-02-25");
      return {
        kind: "loan",
        line: k + 2,
        loanId: `L${i}`,
        borrowerId: `B${Math.floor(i / 2)}`,
        product: product.code,
        principal: minor(100_000 + (i % 900) * 100),
        rate,
        disbursedOn,
        firstDueOn: usualFirstDue(disbursedOn, product.terms.every, "clamp"),
        installments: 12,
        borrower: { name: `张${i % 1000}`, phone: `139${String(i % 100_000_000).padStart(8, "0")}` },
      };
    });
    const { refused } = await book.loans(LENDER, rows);
    if (refused.length > 0) throw new Error(refused[0]!.says);
    if (at % 50_000 === 0) progress(`${at} of ${loans} loans`);
  }
  const payments = Array.from({ length: EVENTS }, (_, i): PaymentRecord => {
    const valueOn = (day("2026-01-10") + Math.floor(i / 20)) as Day;
    return { kind: "payment", line: i + 2, paymentId: `P${i}`, loanId: "L0", amount: minor(1), valueOn };
  });
  const paid = await book.payments(LENDER, payments);
  if (paid.refused.length > 0) throw new Error(paid.refused[0]!.says);
  await db.script("analyze");
  progress("closing");
  await runClose(closeStore(db, shelves), LENDER, CLOSED);
  await db.script("analyze");
}
