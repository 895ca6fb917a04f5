import { tmpdir } from "node:os";
import Fastify, { type FastifyInstance } from "fastify";
import { loadPack } from "../../packs/load.ts";
import { hashOf, newId, newSecret } from "../../src/api/access/secrets.ts";
import { attempts, buildApp, proxyList } from "../../src/api/index.ts";
import { day, minor, parseRate, usualFirstDue } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import type { LoanRecord } from "../../src/intake/index.ts";
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

/**
 * Requests a CPU second and their slowest hundredth, by `inject` in this process, so that nobody's client is measured, over a
 * session that is looked up and with each access logged; beside a bare Fastify route that answers bytes of the same length
 * in the same run. CPU is this process's and the server's.
 */
export async function benchApi(
  args: ReadonlyMap<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const loans = Number(args.get("loans") ?? 100_000);
  const each = Number(args.get("requests") ?? 400);
  const engine = (args.get("engine") ?? "postgres") as EngineName;
  const { db, drop } = await benchDatabase(engine, 4);
  try {
    await furnish(db, loans, progress);
    const secret = newSecret();
    await addStaff(db, { id: "bench", lender: LENDER, role: "operations", name: "bench", party: null }, NOW);
    const session = {
      id: newId(),
      staff: "bench",
      how: "password",
      createdAt: NOW,
      seenAt: NOW,
      endsAt: NOW + 1e9,
    };
    await addSession(db, hashOf(secret), session);
    const { fastify } = await buildApp({
      db,
      shelves,
      packFor: async () => pack,
      now: () => NOW,
      log: () => {},
      proxies: proxyList([]),
      attempts: attempts({ atOnce: 1e9, everyMs: 1 }),
      secure: false,
      waiverLimit: 0,
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
    const figures: Record<string, unknown> = { loans, engine, requests: each };
    for (const [name, url] of Object.entries(READS)) {
      progress(name);
      const first = await fastify.inject({ method: "GET", url: fill(url, 0), headers });
      if (first.statusCode !== 200) throw new Error(`${name}: ${first.statusCode} ${first.body}`);
      const bytes = first.rawPayload.length;
      const ours = await measure(fastify, (i) => fill(url, i), headers, each, meter);
      const base = await measure(bare, () => `/bare/${bytes}`, {}, each, meter);
      figures[name] = {
        bytes,
        requestsPerCpuSecond: Math.round(ours.perCpu),
        p50Ms: ours.p50,
        p99Ms: ours.p99,
        bareRequestsPerCpuSecond: Math.round(base.perCpu),
        ofBare: Math.round((ours.perCpu / base.perCpu) * 1000) / 1000,
      };
    }
    await fastify.close();
    await bare.close();
    return figures;
  } finally {
    await drop();
  }
}

async function measure(
  app: FastifyInstance,
  url: (i: number) => string,
  headers: Record<string, string>,
  each: number,
  meter: Awaited<ReturnType<typeof cpuMeter>>,
): Promise<{ perCpu: number; p50: number; p99: number }> {
  const times: number[] = [];
  const ask = async (i: number): Promise<void> => {
    const began = performance.now();
    await app.inject({ method: "GET", url: url(i), headers });
    times.push(performance.now() - began);
  };
  for (let i = 0; i < each / 4; i++) await ask(i);
  times.length = 0;
  const spent = await meter.of(async () => {
    for (let i = 0; i < each; i++) await ask(i);
  });
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]! * 100) / 100;
  return { perCpu: each / Math.max(0.001, spent.node + spent.server), p50: at(0.5), p99: at(0.99) };
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
  await db.script("analyze");
  progress("closing");
  await runClose(closeStore(db, shelves), LENDER, CLOSED);
  await db.script("analyze");
}
