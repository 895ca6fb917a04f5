import { bureauRule } from "../../packs/cn/index.ts";
import { loadPack } from "../../packs/load.ts";
import {
  BUCKETS,
  borrowerKey,
  type Day,
  day,
  type Fact,
  hash32,
  type Key,
  type LoanBooked,
  type LoanState,
  loanKey,
  minor,
  type Product,
  positionFromFacts,
  replay,
} from "../../src/core/index.ts";
import {
  lastDayOf,
  type MonthEntry,
  monthEndOf,
  monthFromFacts,
  monthWork,
  parseMonth,
} from "../../src/legal/index.ts";
import { SAMPLE_PRODUCT } from "../../src/sample/index.ts";
import { MonthPacker } from "../../src/store/bureau-pack.ts";
import {
  ACTORS,
  CopyWriter,
  type Database,
  ensureLender,
  ensureProduct,
  findLender,
  takeMonthEnd,
} from "../../src/store/index.ts";
import { JOURNAL_COLUMNS, LOAN_COLUMNS, writeJournal, writeLoan } from "../../src/store/rows.ts";
import { cpuMeter } from "./cpu.ts";
import { benchDatabase, type EngineName } from "./database.ts";

const LENDER = "bench";
const MONTH = parseMonth("2026-10")!;
const { id: _id, lender: _lender, payableOn: _payableOn, ...MICRO } = SAMPLE_PRODUCT;
const RUNS = 3;

/** A kind of loan of the book: how many of a hundred are so, and its life. Each has ten monthly installments of 100.00 and interest. */
interface Kind {
  readonly share: number;
  readonly firstDueOn: string;
  /** Value days of payments that each take one installment; the amount of the last one closes the loan where `all`. */
  readonly paid: readonly string[];
  readonly all?: true;
  readonly late?: true;
  readonly charge?: string;
}

const monthly = (from: number, to: number, on: string): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `2026-${String(from + i).padStart(2, "0")}-${on}`);

/**
 * Like a micro-loan book: most pay as due; some were late once, some are late now, a few cleared old arrears in the month or carry a
 * fee, so that only their journals tell; some end in it, and some ended long ago.
 */
const KINDS: readonly Kind[] = [
  { share: 55, firstDueOn: "2026-03-10", paid: monthly(3, 10, "10") },
  { share: 10, firstDueOn: "2026-08-20", paid: monthly(8, 10, "20") },
  { share: 5, firstDueOn: "2026-11-05", paid: [] },
  {
    share: 8,
    firstDueOn: "2026-03-10",
    paid: ["2026-03-10", "2026-04-10", "2026-05-15", ...monthly(6, 10, "10")],
    late: true,
  },
  { share: 4, firstDueOn: "2026-03-10", paid: [...monthly(3, 9, "10"), "2026-10-15"], late: true },
  { share: 4, firstDueOn: "2026-03-10", paid: monthly(3, 9, "10") },
  { share: 3, firstDueOn: "2026-03-10", paid: monthly(3, 7, "10") },
  { share: 2, firstDueOn: "2026-03-10", paid: monthly(3, 4, "10") },
  {
    share: 1,
    firstDueOn: "2026-03-10",
    paid: [...monthly(3, 8, "10"), "2026-10-05", "2026-10-06"],
    late: true,
  },
  { share: 1, firstDueOn: "2026-03-10", paid: monthly(3, 10, "10"), charge: "2026-06-01" },
  { share: 4, firstDueOn: "2026-03-10", paid: [...monthly(3, 9, "10"), "2026-10-12"], all: true },
  { share: 3, firstDueOn: "2026-03-10", paid: [...monthly(3, 5, "10"), "2026-06-20"], all: true },
];

interface Template {
  readonly facts: readonly Fact[];
  readonly state: LoanState;
  readonly before: MonthEntry | undefined;
  readonly share: number;
}

const ZERO_KEY = { bucket: 0, n: 1 };

function templateOf(kind: Kind, product: Product): Template {
  const firstDueOn = day(kind.firstDueOn);
  const booked: LoanBooked = {
    kind: "LoanBooked",
    on: (firstDueOn - 31) as Day,
    id: "L",
    product: product.id,
    principal: minor(100_000),
    rateE8: 50_000,
    disbursedOn: (firstDueOn - 31) as Day,
    firstDueOn,
    installments: 10,
    reach: 3,
  };
  const facts: Fact[] = [booked];
  if (kind.charge)
    facts.push({
      kind: "ChargeAdded",
      on: day(kind.charge),
      id: "c",
      valueOn: day(kind.charge),
      charge: "fee",
      amount: minor(500),
      reason: "bench",
    });
  kind.paid.forEach((text, i) => {
    const on = day(text);
    const last = kind.all && i === kind.paid.length - 1;
    // Every installment is 100.00 and at most 15.50 of interest; what is over lies ahead in the next one.
    facts.push({
      kind: "PaymentReceived",
      on,
      id: `p${i}`,
      amount: last ? positionFromFacts(ZERO_KEY, facts, () => product, on)!.payoff : minor(11_550),
      valueOn: on,
    });
    if (last) facts.push({ kind: "LoanEnded", on, how: "paid-off" });
  });
  const state = replay(ZERO_KEY, facts, () => product)!;
  const end = monthEndOf(MONTH - 1, ruleOf(MONTH - 1));
  const before = monthFromFacts({ key: ZERO_KEY, facts, product, marks: new Set() }, end);
  return { facts, state, before, share: kind.share };
}

const pack = loadPack("cn");
function ruleOf(month: number) {
  const rule = bureauRule(pack, lastDayOf(month));
  if (!rule.ok) throw new Error(rule.refusal.says);
  return rule.value;
}

async function furnish(db: Database, loans: number, progress: (text: string) => void): Promise<void> {
  const lender = await ensureLender(db, {
    code: LENDER,
    name: LENDER,
    zone: "Asia/Shanghai",
    pack: "cn",
    openOn: day("2026-11-01"),
  });
  const product = await ensureProduct(db, lender, { ...MICRO, code: "bench" });
  const templates = KINDS.map((kind) => templateOf(kind, product));
  const deck = templates.flatMap((template) => Array<Template>(template.share).fill(template));
  const keys = keysFor(loans);
  const order = Uint32Array.from({ length: loans }, (_, i) => i);
  order.sort((a, b) => keys[a]!.bucket - keys[b]!.bucket || keys[a]!.n - keys[b]!.n);
  const months = new CopyWriter(1 << 24);
  let packer = new MonthPacker();
  let bucket = 0;
  const flush = (): void => {
    if (packer.count > 0) {
      months.row(4);
      months.int4(bucket);
      months.int4(MONTH - 1);
      months.int2(lender.id);
      months.bytes(packer.finish());
    }
    packer = new MonthPacker();
  };
  const BATCH = 50_000;
  for (let at = 0; at < loans; at += BATCH) {
    const rows = new CopyWriter(1 << 24);
    const journal = new CopyWriter(1 << 24);
    for (const i of order.slice(at, at + BATCH)) {
      const key = keys[i]!;
      const { state, facts, before } = deck[hash32(`loan ${i}`) % 100]!;
      writeLoan(rows, { ...state, ...key });
      let seq = 0;
      for (const fact of facts)
        writeJournal(
          journal,
          {
            ...key,
            seq: ++seq,
            recordedAt: 0,
            actor: ACTORS.import,
            fact: fact.kind === "LoanBooked" ? { ...fact, id: `L${i}` } : fact,
          },
          undefined,
        );
      if (key.bucket !== bucket) {
        flush();
        bucket = key.bucket;
      }
      if (before) packer.add(key.n, before);
      if (state.extra) extras.push({ key, body: JSON.stringify(state.extra) });
    }
    await db.copyIn("loan_state", LOAN_COLUMNS, rows.finish());
    await db.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
    const more = new CopyWriter(1 << 20);
    for (const { key, body } of extras.splice(0)) {
      more.row(3);
      more.int4(key.bucket);
      more.int4(key.n);
      more.text(body);
    }
    if (more.rows > 0) await db.copyIn("loan_extra", ["bucket", "n", "body"], more.finish());
    progress(`book ${Math.min(loans, at + BATCH)} of ${loans} loans`);
  }
  flush();
  await db.copyIn("bureau_month", ["bucket", "month", "lender", "loans"], months.finish());
  await db.script("vacuum analyze");
}

const extras: { readonly key: Key; readonly body: string }[] = [];

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

const middle = <T extends { readonly cpu: number }>(runs: readonly T[]): T =>
  [...runs].sort((a, b) => a.cpu - b.cpu)[runs.length >> 1]!;

/** The month's end of a book in one pass, against COPY of the same bytes out of and into plain heaps with nothing done between. */
export async function benchMonthEnd(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const engine = (args.get("engine") ?? "postgres") as EngineName;
  const loans = Number(args.get("loans") ?? 1_000_000);
  const { db, drop } = await benchDatabase(engine);
  try {
    await furnish(db, loans, progress);
    const lender = { ...(await findLender(db, LENDER))!, closedThrough: lastDayOf(MONTH) };
    const meter = await cpuMeter(db);
    const work = monthWork(MONTH, ruleOf(MONTH));
    const runs = [];
    for (let i = 0; i < RUNS; i++) {
      progress(`month end, run ${i + 1}`);
      await db.script(
        `delete from bureau_month where bucket >= 0 and month = ${MONTH}; delete from bureau_chunk where bucket >= 0`,
      );
      const run = await meter.of(() => takeMonthEnd(db, lender, work));
      runs.push({ ...run, cpu: run.node + run.server });
    }
    const run = middle(runs);
    progress("again: nothing to do");
    const again = await meter.of(() => takeMonthEnd(db, lender, work));
    progress("raw COPY of the same bytes");
    const raw = await rawCopy(db);
    const { tally } = run.value;
    return {
      bench: "month-end",
      engine,
      loans,
      told: tally.loans,
      fromJournals: tally.fromJournals,
      byCode: Object.fromEntries(Object.entries(tally.byCode.CNY ?? {}).map(([code, [n]]) => [code, n])),
      cpuSeconds: run.cpu,
      cpuNode: run.node,
      cpuServer: run.server,
      wallSeconds: run.wall,
      cpuMicrosPerLoan: (run.cpu / loans) * 1e6,
      loansPerSecond: loans / run.wall,
      cpuSecondsByRun: runs.map(({ cpu }) => cpu),
      cpuSecondsAgain: again.node + again.server,
      rawCopyCpuSeconds: raw.cpu,
      rawBytesOut: raw.bytesOut,
      rawBytesIn: raw.bytesIn,
      ratioToRawCopy: raw.cpu / run.cpu,
      bytesPerLoanAndMonth: raw.bytesIn / tally.loans,
    };
  } finally {
    await drop();
  }
}

async function rawCopy(db: Database): Promise<{ cpu: number; bytesOut: number; bytesIn: number }> {
  const columns = LOAN_COLUMNS.join(", ");
  const monthColumns = ["bucket", "month", "lender", "loans"];
  await db.script(`create table raw_state as select ${columns} from loan_state`);
  await db.script(`create table raw_before as select * from bureau_month where month = ${MONTH - 1}`);
  await db.script("create table sink_month (like bureau_month)");
  const bytes = await db.copyOut(
    `select ${monthColumns.join(", ")} from bureau_month where month = ${MONTH}`,
  );
  const meter = await cpuMeter(db);
  const runs = [];
  for (let i = 0; i < RUNS; i++) {
    const run = await meter.of(async () => {
      let out = (await db.copyOut(`select ${columns} from raw_state`)).length;
      out += (await db.copyOut(`select ${monthColumns.join(", ")} from raw_before`)).length;
      await db.copyIn("sink_month", monthColumns, bytes);
      return out;
    });
    runs.push({ cpu: run.node + run.server, bytesOut: run.value });
  }
  return { ...middle(runs), bytesIn: bytes.length };
}
