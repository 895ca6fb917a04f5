import { loadPack } from "../../packs/load.ts";
import {
  addDays,
  arrearsOn,
  BUCKETS,
  book,
  borrowerKey,
  CHANNELS,
  type Day,
  day,
  type Fact,
  formatDay,
  hash32,
  type Key,
  type LoanBooked,
  type LoanState,
  loanKey,
  minor,
  type Product,
  toBits,
} from "../../src/core/index.ts";
import { type CloseContext, nextWake, runClose } from "../../src/dayclose/index.ts";
import { SAMPLE_PRODUCT } from "../../src/sample/index.ts";
import { updateStaged } from "../../src/store/close-store.ts";
import {
  ACTORS,
  CopyWriter,
  closeStore,
  contextOf,
  type Database,
  ensureLender,
  ensureProduct,
  freezeStrategy,
  type ProductSettings,
  type Shelves,
} from "../../src/store/index.ts";
import {
  JOURNAL_COLUMNS,
  LOAN_COLUMNS,
  readLoans,
  STAGED_COLUMNS,
  writeJournal,
  writeLoan,
  writeStaged,
} from "../../src/store/rows.ts";
import { readStrategy, strategyLine } from "../../src/strategy/index.ts";
import { cpuMeter } from "./cpu.ts";
import { benchDatabase, type EngineName } from "./database.ts";
import { traced } from "./trace.ts";

const LENDER = "bench";
/** Days that are closed: the first to warm up, the next three are measured. On the fourth the first day's loans wake again. */
const FIRST = day("2026-03-10");
const MEASURED = [1, 2, 3].map((days) => addDays(FIRST, days));
const LAST = MEASURED.at(-1)!;

/** A reminder before the due day and fifteen steps after it; written like any strategy. */
const STEPS = [1, 3, 5, 7, 10, 14, 18, 22, 26, 33, 40, 47, 54, 75, 85];
const STRATEGY = `
strategy: bench
version: 1
from: "2020-01-01"
intent: A reminder three days ahead and fifteen steps.
stages:
  - stage: before
    dpd: -3..0
    steps: [{ on_dpd: -3, send: reminder, by: [app, text] }]
  - stage: late
    dpd: 1..120
    steps:
${STEPS.map((dpd) => `      - { on_dpd: ${dpd}, send: s${dpd}, by: [app, text] }`).join("\n")}
`;

const { id: _id, lender: _lender, payableOn: _payableOn, ...MICRO } = SAMPLE_PRODUCT;
const PRODUCT: ProductSettings = {
  ...MICRO,
  code: "bench",
  bandEdges: [1, 2, 4, 6, 8, 11, 15, 19, 23, 27, 31, 34, 41, 48, 55, 61, 76, 86, 91, 121],
  strategy: "bench",
};

const shelves: Shelves = {
  pack: () => pack,
  readStrategy: (text) => {
    const read = readStrategy(text, "bench");
    if (!read.ok) throw new Error(JSON.stringify(read.refusals));
    return read.strategy;
  },
  line: strategyLine,
  now: () => 1_773_100_800_000,
};
const pack = loadPack("cn");

/**
 * Makes a loan that wakes on a day of the caller's choice, or sleeps beyond the measured days. One in three of those
 * that wake has a message to send; the others only enter a band.
 */
function loanFor(i: number, key: Key, wakes: Day | undefined, product: Product): LoanState {
  const kind = i % 3;
  const dueOn = (wakes === undefined ? LAST + 8 + (i % 20) : kind === 0 ? wakes + 3 : wakes - 121) as Day;
  const firstDueOn = dueOn;
  const fact: LoanBooked = {
    kind: "LoanBooked",
    on: (FIRST - 200) as Day,
    id: `L${i}`,
    product: product.id,
    principal: minor(100_000 + (i % 900) * 100),
    rateE8: 50_000,
    disbursedOn: (firstDueOn - 31) as Day,
    firstDueOn,
    installments: 12,
    reach: toBits(["app", "text", "call"], CHANNELS),
  };
  const loan = book(key, fact, product);
  if (wakes === undefined) return { ...loan, wakeOn: (dueOn - 3) as Day };
  // An overdue loan has had its steps; what wakes it is the edge of its last band.
  return kind === 0 ? { ...loan, wakeOn: wakes } : { ...loan, wakeOn: wakes, stepsThrough: 120, band: 19 };
}

/** Two loans a borrower, borrowers spread over the buckets by hash and counted in each. */
function keysFor(loans: number): Key[] {
  const counters = new Int32Array(BUCKETS);
  const keys: Key[] = [];
  for (let borrower = 0; keys.length < loans; borrower++) {
    const bucket = hash32(`borrower ${borrower}`) % BUCKETS;
    const owner = borrowerKey(bucket, counters[bucket]!++);
    keys.push(loanKey(owner, 1), loanKey(owner, 2));
  }
  return keys;
}

interface Book {
  readonly loans: number;
  readonly touched: number;
}

async function furnish(
  db: Database,
  { loans, touched }: Book,
  progress: (text: string) => void,
): Promise<void> {
  const lender = await ensureLender(db, {
    code: LENDER,
    name: LENDER,
    zone: "Asia/Shanghai",
    pack: "cn",
    openOn: FIRST,
  });
  await freezeStrategy(db, {
    name: "bench",
    version: 1,
    from: day("2020-01-01"),
    body: STRATEGY,
    sha256: "bench",
  });
  const product = await ensureProduct(db, lender, PRODUCT);
  const stride = Math.floor(loans / touched);
  const keys = keysFor(loans);
  // Rows of one bucket lie together, as they do in a book that was loaded or clustered by its key.
  const order = Uint32Array.from({ length: loans }, (_, i) => i);
  order.sort((a, b) => keys[a]!.bucket - keys[b]!.bucket || keys[a]!.n - keys[b]!.n);
  const BATCH = 100_000;
  for (let at = 0; at < loans; at += BATCH) {
    const rows = new CopyWriter(1 << 24);
    const journal = new CopyWriter(1 << 24);
    for (const i of order.slice(at, at + BATCH)) {
      const turn = Math.floor(i / 6) % stride;
      const wakes = turn <= MEASURED.length ? addDays(FIRST, turn) : undefined;
      const loan = loanFor(i, keys[i]!, wakes, product);
      writeLoan(rows, loan);
      const fact: Fact = {
        kind: "LoanBooked",
        on: FIRST,
        id: `L${i}`,
        product: product.id,
        principal: loan.principal,
        rateE8: loan.rateE8,
        disbursedOn: loan.disbursedOn,
        firstDueOn: loan.firstDueOn,
        installments: 12,
        reach: loan.reach,
      };
      writeJournal(
        journal,
        {
          bucket: loan.bucket,
          n: loan.n,
          seq: 1,
          recordedAt: 0,
          actor: ACTORS.import,
          fact,
        },
        undefined,
      );
    }
    await db.copyIn("loan_state", LOAN_COLUMNS, rows.finish());
    await db.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
    progress(`book ${Math.min(loans, at + BATCH)} of ${loans} loans`);
  }
  await db.script("vacuum analyze");
}

export interface CloseFigures {
  readonly loans: number;
  readonly touched: number;
  readonly actions: number;
  readonly facts: number;
  readonly cpuSeconds: number;
  readonly cpuNode: number;
  readonly cpuServer: number;
  readonly wallSeconds: number;
  readonly cpuMicrosPerTouched: number;
  readonly cpuMicrosPerLoan: number;
  readonly walBytesPerTouched: number;
  /** The measured days one by one; the figures above are those of the middle one by CPU. */
  readonly cpuMicrosPerTouchedByDay: readonly number[];
  /** Of the vacuum after the close, which is not part of it. */
  readonly vacuumCpuSeconds: number;
  readonly stateBytesPerLoan: number;
}

async function closeOne(db: Database, size: Book, progress: (text: string) => void): Promise<CloseFigures> {
  await furnish(db, size, progress);
  const meter = await cpuMeter(db);
  const store = closeStore(db, shelves);
  // The first change of a page after a checkpoint writes the whole page to the log; the warm-up day pays for that.
  await db.script("checkpoint");
  progress("warm-up day");
  await runClose(store, LENDER, FIRST);
  await db.script("vacuum loan_state");
  const trace = process.env.BENCH_TRACE && db.engine === "postgres" ? await traced(db) : undefined;
  const measured = trace ? closeStore(trace.db, shelves) : store;
  const runs: DayRun[] = [];
  for (const on of MEASURED) {
    progress(`measured day ${formatDay(on)}`);
    const lsn = await walAt(db);
    const run = await meter.of(() => runClose(measured, LENDER, on));
    const wal = (await walAt(db)) - lsn;
    const room = await meter.of(() => db.script("vacuum loan_state"));
    const { touched, facts, actions } = run.value.days.at(-1)!;
    const cpu = run.node + run.server;
    runs.push({ ...run, cpu, touched, facts, actions, wal, vacuum: room.node + room.server });
  }
  if (trace)
    for (const [statement, spent] of Object.entries(trace.report())) progress(`${statement}: ${spent}`);
  const run = middle(runs);
  return {
    loans: size.loans,
    touched: run.touched,
    facts: run.facts,
    actions: run.actions,
    cpuSeconds: run.cpu,
    cpuNode: run.node,
    cpuServer: run.server,
    wallSeconds: run.wall,
    cpuMicrosPerTouched: (run.cpu / run.touched) * 1e6,
    cpuMicrosPerLoan: (run.cpu / size.loans) * 1e6,
    walBytesPerTouched: run.wal / run.touched,
    cpuMicrosPerTouchedByDay: runs.map(({ cpu, touched }) => (cpu / touched) * 1e6),
    vacuumCpuSeconds: run.vacuum,
    stateBytesPerLoan: await stateBytes(db, size.loans),
  };
}

interface DayRun {
  readonly cpu: number;
  readonly node: number;
  readonly server: number;
  readonly wall: number;
  readonly touched: number;
  readonly facts: number;
  readonly actions: number;
  readonly wal: number;
  readonly vacuum: number;
}

/** Of a few runs the middle one by CPU: on a shared machine the mean is that of its neighbours. */
const middle = <T extends { readonly cpu: number }>(runs: readonly T[]): T =>
  [...runs].sort((a, b) => a.cpu - b.cpu)[runs.length >> 1]!;

async function walAt(db: Database): Promise<number> {
  const [row] = await db.query<{ at: number }>("select (pg_current_wal_lsn() - '0/0')::int8 as at");
  return row!.at;
}

/** Heap, visibility map and primary key of all partitions. */
async function stateBytes(db: Database, loans: number): Promise<number> {
  const [row] = await db.query<{ bytes: number }>(
    "select sum(pg_total_relation_size(inhrelid))::int8 as bytes from pg_inherits where inhparent = 'loan_state'::regclass",
  );
  return row!.bytes / loans;
}

/** The same bytes out of and into plain heaps without an index, and nothing done with them: what COPY alone costs. */
async function rawCopy(db: Database): Promise<{ cpu: number; bytesOut: number; bytesIn: number }> {
  const columns = LOAN_COLUMNS.join(", ");
  const touched = `select k.bucket, k.n from journal k where k.seq > 1 and k.on_day = ${LAST} group by 1, 2`;
  await db.script(
    `create table raw_state as select ${columns} from loan_state l join (${touched}) t using (bucket, n)`,
  );
  await db.script(`create table raw_journal as select * from journal where seq > 1 and on_day = ${LAST}`);
  await db.script(`create table raw_outbox as select * from outbox where on_day = ${LAST}`);
  await db.script("create table sink_stage (like raw_state); alter table sink_stage add version_before int4");
  await db.script("create table sink_journal (like raw_journal); create table sink_outbox (like raw_outbox)");
  await db.script("vacuum analyze raw_state");
  // Prepared outside the measurement: the bytes that the close wrote.
  const staged = readLoans(await db.copyOut(`select ${columns} from raw_state`));
  const stage = new CopyWriter(1 << 24);
  for (const { loan } of staged) writeStaged(stage, loan, loan);
  const stageBytes = stage.finish();
  const journalBytes = await db.copyOut(`select ${JOURNAL_COLUMNS.join(", ")} from raw_journal`);
  const outboxColumns =
    "slot, state_at, bucket, n, on_day, act, item, lender, state, via, what, strategy, pack, steps";
  const outboxBytes = await db.copyOut(`select ${outboxColumns} from raw_outbox`);
  const meter = await cpuMeter(db);
  const runs: { cpu: number; bytesOut: number }[] = [];
  for (const _ of MEASURED) {
    const run = await meter.of(async () => {
      const out = await db.copyOut(`select ${columns} from raw_state`);
      await db.copyIn("sink_stage", STAGED_COLUMNS, stageBytes);
      await db.copyIn("sink_journal", JOURNAL_COLUMNS, journalBytes);
      await db.copyIn("sink_outbox", outboxColumns.split(", "), outboxBytes);
      return out.length;
    });
    runs.push({ cpu: run.node + run.server, bytesOut: run.value });
  }
  return {
    ...middle(runs),
    bytesIn: stageBytes.length + journalBytes.length + outboxBytes.length,
  };
}

/** Every loan read, computed, updated and journaled, whether anything happened to it or not. */
async function rewriteAll(db: Database, context: CloseContext): Promise<{ cpu: number }> {
  const meter = await cpuMeter(db);
  const run = await meter.of(async () => {
    for (let from = 0; from < 4096; from += 64) {
      await db.tx(async (sql) => {
        const range = `bucket >= ${from} and bucket < ${from + 64}`;
        const rows = readLoans(
          await sql.copyOut(`select ${LOAN_COLUMNS.join(", ")} from loan_state where ${range}`),
        );
        const staged = new CopyWriter(1 << 22);
        const journal = new CopyWriter(1 << 22);
        for (const { loan } of rows) {
          const product = context.product(loan.product);
          const arrears = arrearsOn(loan, product, LAST).total;
          const wakeOn = nextWake(loan, product, context.strategy(product.strategy), LAST);
          writeStaged(staged, loan, { ...loan, wakeOn, version: loan.version + 1 });
          const fact: Fact = {
            kind: "BandEntered",
            on: addDays(LAST, 1),
            band: loan.band,
            from: loan.band,
            dpd: 1,
            arrears,
          };
          writeJournal(
            journal,
            {
              bucket: loan.bucket,
              n: loan.n,
              seq: loan.version + 1,
              recordedAt: 0,
              actor: 1,
              fact,
            },
            undefined,
          );
        }
        await updateStaged(sql, `l.bucket >= ${from} and l.bucket < ${from + 64}`, staged.finish());
        await sql.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
      });
    }
  });
  return { cpu: run.node + run.server };
}

export async function benchClose(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const engine = (args.get("engine") ?? "postgres") as EngineName;
  const loans = Number(args.get("loans") ?? 1_000_000);
  const touched = Number(args.get("touched") ?? Math.round(loans / 10));
  const one = await benchDatabase(engine);
  let single: CloseFigures;
  let raw: Awaited<ReturnType<typeof rawCopy>>;
  let naive: { cpu: number } | undefined;
  try {
    single = await closeOne(one.db, { loans, touched }, progress);
    progress("raw COPY of the same bytes");
    raw = await rawCopy(one.db);
    if (!args.has("skip-naive")) {
      progress("visit and rewrite all");
      naive = await rewriteAll(one.db, await contextOf(one.db, shelves, LENDER));
    }
  } finally {
    await one.drop();
  }
  let double: CloseFigures | undefined;
  if (!args.has("skip-double")) {
    const two = await benchDatabase(engine);
    try {
      double = await closeOne(two.db, { loans: loans * 2, touched }, (text) => progress(`2x: ${text}`));
    } finally {
      await two.drop();
    }
  }
  return {
    bench: "close",
    engine,
    ...single,
    rawCopyCpuMicrosPerTouched: (raw.cpu / single.touched) * 1e6,
    rawBytesOut: raw.bytesOut,
    rawBytesIn: raw.bytesIn,
    ratioToRawCopy: raw.cpu / single.cpuSeconds,
    ...(naive
      ? { rewriteAllCpuSeconds: naive.cpu, timesCheaperThanRewriteAll: naive.cpu / single.cpuSeconds }
      : {}),
    ...(double
      ? {
          doubled: double,
          moreCpuWhenDoubled: double.cpuSeconds / single.cpuSeconds - 1,
        }
      : {}),
  };
}
