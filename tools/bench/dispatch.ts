import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { loadPack } from "../../packs/load.ts";
import {
  addDays,
  BUCKETS,
  book,
  borrowerKey,
  CHANNELS,
  type Day,
  day,
  hash32,
  instantAt,
  type Key,
  type LoanBooked,
  loanKey,
  minor,
  toBits,
} from "../../src/core/index.ts";
import { type ChannelAdapter, type DispatchReport, dispatch } from "../../src/dispatch/index.ts";
import { usePermit } from "../../src/policy/index.ts";
import { SAMPLE_PRODUCT } from "../../src/sample/index.ts";
import {
  ACTORS,
  CopyWriter,
  type Database,
  ensureLender,
  ensureProduct,
  freezeStrategy,
  openPostgres,
  outboxStore,
  type ProductSettings,
  type Shelves,
} from "../../src/store/index.ts";
import { OUTBOX_COLUMNS } from "../../src/store/outbox-rows.ts";
import { JOURNAL_COLUMNS, LOAN_COLUMNS, writeJournal, writeLoan } from "../../src/store/rows.ts";
import { readStrategy, strategyLine } from "../../src/strategy/index.ts";
import { cpuMeter } from "./cpu.ts";
import { benchDatabase, type EngineName } from "./database.ts";
import { traced } from "./trace.ts";

const LENDER = "bench";
const ON = day("2026-03-10");
const NOW = instantAt("Asia/Shanghai", ON, 10 * 60);
const STRATEGY = `
strategy: bench
version: 1
from: "2020-01-01"
intent: One message.
stages:
  - stage: late
    dpd: 1..120
    steps: [{ on_dpd: 3, send: overdue, by: [app, text] }]
`;
const { id: _id, lender: _lender, payableOn: _payableOn, ...MICRO } = SAMPLE_PRODUCT;
const PRODUCT: ProductSettings = { ...MICRO, code: "bench", strategy: "bench" };

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

/** A way out that ends in this process: takes its permit as any channel must, and says yes. */
const nowhere: ChannelAdapter = {
  name: "nowhere",
  carries: CHANNELS,
  atOnce: 1000,
  send: async (permit, message) => {
    const wrong = usePermit(permit, {
      kind: message.via,
      address: message.to,
      text: message.text,
      at: NOW,
    });
    if (wrong) throw new Error(wrong);
    return { outcome: "sent", receipt: message.id };
  },
};

/**
 * Jobs a second from planned to ended, without a network: everything is done that is done for a message, and the channel
 * ends in the process. Beside it, in the same run and on rows of the same bytes: claiming, marking and writing alone, by
 * SQL, with nothing read and nothing judged.
 */
export async function benchDispatch(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const engine = (args.get("engine") ?? "postgres") as EngineName;
  const jobs = Number(args.get("jobs") ?? 20_000);
  const batch = Number(args.get("batch") ?? 100);
  const workers = Number(args.get("workers") ?? (engine === "postgres" ? 4 : 1));
  const processes = engine === "postgres" ? Number(args.get("processes") ?? 1) : 1;
  const loans = Number(args.get("loans") ?? 1);
  const { db, url, drop } = await benchDatabase(engine, process.env.BENCH_TRACE ? 1 : workers + 1);
  try {
    progress(`a book of ${jobs} borrowers with ${loans} loans each`);
    await furnish(db, jobs, loans);
    const keep = await copyForRaw(db);
    const meter = await cpuMeter(db);
    const trace = process.env.BENCH_TRACE && db.engine === "postgres" ? await traced(db) : undefined;
    const run =
      processes === 1
        ? await meter.of(() =>
            dispatch(outboxStore(trace?.db ?? db, shelves), [nowhere], () => NOW, { workers, batch }),
          )
        : await meter.of(() => inProcesses(url!, processes, workers, batch));
    if (trace)
      for (const [statement, spent] of Object.entries(trace.report())) progress(`${statement}: ${spent}`);
    const [sent] = await db.query<{ n: number }>("select count(*)::int4 as n from outbox where state = 2");
    if (sent!.n !== jobs) throw new Error(`${sent!.n} of ${jobs} were sent`);
    progress("the same rows by SQL alone");
    const raw = await keep.run(batch);
    const childCpu = processes === 1 ? 0 : (run.value as { cpu: number }).cpu;
    const childServer = processes === 1 ? 0 : (run.value as { server: number }).server;
    const node = run.node + childCpu;
    const server = run.server + childServer;
    return {
      bench: "dispatch",
      engine,
      jobs,
      loansABorrower: loans,
      batch,
      processes,
      workersAProcess: workers,
      jobsASecond: jobs / run.wall,
      wallSeconds: run.wall,
      cpuSeconds: node + server,
      cpuNode: node,
      cpuServer: server,
      cpuMicrosAJob: ((node + server) / jobs) * 1e6,
      rawJobsASecond: jobs / raw.wall,
      rawCpuMicrosAJob: (raw.cpu / jobs) * 1e6,
      ratioToRawCpu: raw.cpu / (node + server),
    };
  } finally {
    await drop();
  }
}

/** Borrowers in order of their keys, each with a message that is due, and loans that are three days late. */
async function furnish(db: Database, jobs: number, loans: number): Promise<void> {
  const lender = await ensureLender(db, {
    code: LENDER,
    name: LENDER,
    zone: "Asia/Shanghai",
    pack: "cn",
    openOn: ON,
  });
  await freezeStrategy(db, {
    name: "bench",
    version: 1,
    from: day("2020-01-01"),
    body: STRATEGY,
    sha256: "bench",
  });
  const product = await ensureProduct(db, lender, PRODUCT);
  const counters = new Int32Array(BUCKETS);
  const owners = Array.from({ length: jobs }, (_, i): Key => {
    const bucket = hash32(`borrower ${i}`) % BUCKETS;
    return borrowerKey(bucket, counters[bucket]!++);
  }).sort((a, b) => a.bucket - b.bucket || a.n - b.n);
  const borrowers = new CopyWriter(1 << 22);
  const rows = new CopyWriter(1 << 22);
  const journal = new CopyWriter(1 << 22);
  const outbox = new CopyWriter(1 << 22);
  const dueOn = addDays(ON, -3);
  for (const [i, owner] of owners.entries()) {
    borrowers.row(7);
    borrowers.int4(owner.bucket);
    borrowers.int4(owner.n);
    borrowers.int2(lender.id);
    borrowers.int2(loans);
    borrowers.text(`B${i}`);
    borrowers.text(`1990${String(i).padStart(7, "0")}`);
    borrowers.text(`app-${i}`);
    const steps: { n: number; step: string }[] = [];
    for (let index = 1; index <= loans; index++) {
      const key = loanKey(owner, index);
      const fact: LoanBooked = {
        kind: "LoanBooked",
        on: (ON - 100) as Day,
        id: `L${i}-${index}`,
        product: product.id,
        principal: minor(100_000 + (i % 900) * 100),
        rateE8: 50_000,
        disbursedOn: addDays(dueOn, -31),
        firstDueOn: dueOn,
        installments: 12,
        reach: toBits(["app", "text", "call"], CHANNELS),
      };
      writeLoan(rows, { ...book(key, fact, product), stepsThrough: 3, band: 1 });
      writeJournal(journal, { ...key, seq: 1, recordedAt: 0, actor: ACTORS.import, fact }, undefined);
      steps.push({ n: key.n, step: "late/send-overdue@3" });
    }
    outbox.row(OUTBOX_COLUMNS.length);
    outbox.int8(NOW - 3_600_000);
    outbox.int8(0);
    outbox.int4(owner.bucket);
    outbox.int4(owner.n);
    outbox.int4(ON);
    outbox.int2(1);
    outbox.int2(0);
    outbox.int2(lender.id);
    outbox.int2(0);
    for (const text of ["app", "overdue", "bench@1", pack.version, JSON.stringify(steps)]) outbox.text(text);
  }
  await db.copyIn(
    "borrower",
    ["bucket", "n", "lender", "loans", "external_id", "phone", "app"],
    borrowers.finish(),
  );
  await db.copyIn("loan_state", LOAN_COLUMNS, rows.finish());
  await db.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
  await db.copyIn("outbox", OUTBOX_COLUMNS, outbox.finish());
  await db.script("vacuum analyze");
  await db.script("checkpoint");
}

/** The same outbox again, for marking it without judging; the facts are those that the dispatch wrote. */
async function copyForRaw(
  db: Database,
): Promise<{ run(batch: number): Promise<{ wall: number; cpu: number }> }> {
  await db.script(
    `create table raw_outbox (like outbox including all) with (fillfactor = 90);
     insert into raw_outbox select * from outbox order by bucket, n;
     create table raw_journal (like journal including all);`,
  );
  await db.script("vacuum analyze raw_outbox");
  return {
    run: async (batch) => {
      const keys = await db.query<{ bucket: number; n: number }>(
        "select bucket, n from raw_outbox order by bucket, n",
      );
      const columns = JOURNAL_COLUMNS.join(", ");
      const pieces: { keys: typeof keys; begun: Buffer; ended: Buffer }[] = [];
      for (let at = 0; at < keys.length; at += batch) {
        const own = keys.slice(at, at + batch);
        const [first, last] = [own[0]!, own.at(-1)!];
        const range = `(bucket, n) >= (${first.bucket}, ${first.n}) and (bucket, n) <= (${last.bucket}, ${last.n})`;
        const of = (kind: number) =>
          db.copyOut(`select ${columns} from journal where ${range} and kind = ${kind} order by bucket, n`);
        pieces.push({ keys: own, begun: await of(40), ended: await of(41) });
      }
      const meter = await cpuMeter(db);
      const run = await meter.of(async () => {
        for (const piece of pieces) {
          const params = [piece.keys.map(({ bucket }) => bucket), piece.keys.map(({ n }) => n)];
          const mark = (to: number) =>
            `update raw_outbox o set state = ${to}, state_at = $3 from (
               select o.bucket, o.n from unnest($1::int4[], $2::int4[]) as k(bucket, n)
               join raw_outbox o on o.bucket = k.bucket and o.n = k.n
               where o.state = ${to - 1} for update of o skip locked) k
             where o.bucket = k.bucket and o.n = k.n returning o.*`;
          await db.tx(async (sql) => {
            await sql.query(mark(1), [...params, NOW]);
            await sql.copyIn("raw_journal", JOURNAL_COLUMNS, piece.begun);
          });
          await db.tx(async (sql) => {
            await sql.query(mark(2), [...params, NOW]);
            await sql.copyIn("raw_journal", JOURNAL_COLUMNS, piece.ended);
          });
        }
      });
      return { wall: run.wall, cpu: run.node + run.server };
    },
  };
}

/** Several processes on one book, as a lender would start them; CPU of each by its own account. */
async function inProcesses(
  url: string,
  processes: number,
  workers: number,
  batch: number,
): Promise<{ cpu: number; server: number }> {
  const script = fileURLToPath(import.meta.url);
  const children = Array.from(
    { length: processes },
    (_, i) =>
      new Promise<{ cpu: number; server: number }>((resolve, reject) => {
        const child = spawn(process.execPath, [script, url, String(workers), String(batch)], {
          stdio: ["ignore", "pipe", "inherit"],
          // By this name its connections, and so their CPU, are told from those of the others.
          env: { ...process.env, PGAPPNAME: `bench-${i}` },
        });
        let told = "";
        child.stdout.on("data", (text) => {
          told += text;
        });
        child.on("close", (code) =>
          code === 0
            ? resolve(JSON.parse(told))
            : reject(new Error(`a dispatching process ended with ${code}`)),
        );
      }),
  );
  const spent = await Promise.all(children);
  return {
    cpu: spent.reduce((sum, { cpu }) => sum + cpu, 0),
    server: spent.reduce((sum, { server }) => sum + server, 0),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [url, workers, batch] = process.argv.slice(2) as [string, string, string];
  const db = await openPostgres(url, { max: Number(workers) + 1 });
  const meter = await cpuMeter(db);
  const run = await meter.of(
    (): Promise<DispatchReport> =>
      dispatch(outboxStore(db, shelves), [nowhere], () => NOW, {
        workers: Number(workers),
        batch: Number(batch),
      }),
  );
  process.stdout.write(JSON.stringify({ cpu: run.node, server: run.server }));
  await db.close();
}
