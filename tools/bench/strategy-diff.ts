import { readFileSync } from "node:fs";
import { loadPack, packageRoot } from "../../packs/load.ts";
import {
  addDays,
  BUCKETS,
  book,
  borrowerKey,
  CHANNELS,
  type Day,
  day,
  type Fact,
  HOLD_KINDS,
  hash32,
  instantAt,
  type Key,
  type LoanState,
  loanKey,
  minor,
  type Product,
  toBits,
} from "../../src/core/index.ts";
import { projectBorrower, type WokenBorrower } from "../../src/dayclose/index.ts";
import { compareOnBook, type Question } from "../../src/office/strategy/outlook.ts";
import { SAMPLE_PRODUCT } from "../../src/sample/index.ts";
import {
  ACTORS,
  CopyWriter,
  contextOf,
  type Database,
  ensureLender,
  ensureProduct,
  freezeStrategy,
  type ProductSettings,
  type Shelves,
  scanBorrowers,
} from "../../src/store/index.ts";
import { JOURNAL_COLUMNS, LOAN_COLUMNS, LoanRows, writeJournal, writeLoan } from "../../src/store/rows.ts";
import { readStrategy, type Strategy, strategyLine } from "../../src/strategy/index.ts";
import { cpuMeter } from "./cpu.ts";
import { benchDatabase, type EngineName } from "./database.ts";

const LENDER = "bench";
const FIRST = day("2026-03-10");
const DAYS = 30;
const ZONE = "Asia/Shanghai";

const shipped = (file: string): string => readFileSync(`${packageRoot()}/strategies/${file}`, "utf8");

function strategyOf(text: string): Strategy {
  const read = readStrategy(text, "bench");
  if (!read.ok) throw new Error(JSON.stringify(read.refusals));
  return read.strategy;
}

/** The plan of now, and one with segments, three arms, other days and fewer calls. */
const BODY_A = shipped("micro-standard.v1.yaml");
const BODY_B = `
strategy: micro-standard
version: 2
from: "2026-03-10"
segments:
  - { segment: small, amount: 0..5000.00 }
  - { segment: again, times_late: 1.. }
  - { segment: rest }
arms:
  - { arm: champion, share: 85 }
  - { arm: challenger, share: 12 }
  - { arm: quiet, share: 3, hold_out: true }
stages:
  - stage: before
    dpd: -2..0
    steps: [{ on_dpd: -2, send: reminder, by: [app, text] }]
  - stage: early
    dpd: 1..14
    pause_on: [dispute, complaint, hardship, cease_contact]
    steps:
      - { on_dpd: 1, send: overdue, by: [app, text] }
      - { on_dpd: 4, call: borrower, at: "14:00", at_most: 2 per week, segments: [again, rest] }
      - { on_dpd: 6, offer: another-day, by: [app, text, email] }
      - { on_dpd: 9, send: overdue, by: [text], arms: [challenger] }
  - stage: late
    dpd: 15..90
    pause_on: [hold]
    steps:
      - { on_dpd: 20, call: borrower, every: 10 days }
      - { on_dpd: 31, offer: smaller-parts, by: [app, text] }
  - stage: formal
    dpd: 91..
    steps: [{ on_dpd: 91, letter: lawyers-letter }, { on_dpd: 121, mediation: apply, after: [letter-lawyers-letter] }]
`;

const { id: _id, lender: _lender, payableOn: _payableOn, ...MICRO } = SAMPLE_PRODUCT;
const PRODUCT: ProductSettings = { ...MICRO, code: "bench", strategy: "micro-standard" };
const REACHES = [
  ["app", "text", "call"],
  ["text", "call"],
  ["app", "text", "call", "email"],
  ["email"],
] as const;

const pack = loadPack("cn");
const shelves: Shelves = {
  pack: () => pack,
  readStrategy: strategyOf,
  line: strategyLine,
  now: () => 1_773_100_800_000,
};

/** Most loans wait for their next due day, one in eight is late by up to half a year; one in fifty is under a hold. */
function loanFor(i: number, key: Key, product: Product): LoanState {
  const draw = (what: string, n: number): number => hash32(`${what} ${i}`) % n;
  const late = draw("late", 8) === 0;
  const dueOn = (late ? FIRST - 1 - draw("dpd", 180) : FIRST + draw("ahead", 31)) as Day;
  const loan = book(
    key,
    {
      kind: "LoanBooked",
      on: (FIRST - 200) as Day,
      id: `L${i}`,
      product: product.id,
      principal: minor(100_000 + (i % 900) * 1000),
      rateE8: 50_000,
      disbursedOn: (dueOn - 31) as Day,
      firstDueOn: dueOn,
      installments: 12,
      // The same for all loans of a borrower.
      reach: toBits(REACHES[hash32(`reach ${Math.floor(i / 2)}`) % 10 < 6 ? 0 : draw("other", 4)]!, CHANNELS),
    },
    product,
  );
  const dpd = FIRST - 1 - dueOn;
  const held = draw("held", 50) === 0 ? 1 << draw("hold", HOLD_KINDS.length) : 0;
  return {
    ...loan,
    wakeOn: FIRST,
    timesLate: draw("before", 4) === 0 ? draw("times", 3) : 0,
    stepsThrough: Math.max(-999, dpd),
    band: product.bandEdges.filter((edge) => edge <= dpd).length,
    holds: held,
  };
}

async function furnish(db: Database, loans: number, progress: (text: string) => void): Promise<void> {
  const settings = { code: LENDER, name: LENDER, zone: ZONE, pack: "cn", openOn: FIRST };
  const lender = await ensureLender(db, settings);
  const { name, version, from } = strategyOf(BODY_A);
  await freezeStrategy(db, { name, version, from, body: BODY_A, sha256: "a" });
  const product = await ensureProduct(db, lender, PRODUCT);
  const counters = new Int32Array(BUCKETS);
  const BATCH = 100_000;
  for (let at = 0; at < loans; at += BATCH) {
    const rows = new CopyWriter(1 << 24);
    const journal = new CopyWriter(1 << 24);
    for (let i = at; i < Math.min(loans, at + BATCH); i += 2) {
      const bucket = hash32(`borrower ${i}`) % BUCKETS;
      const owner = borrowerKey(bucket, counters[bucket]!++);
      for (const index of [1, 2]) writeLoan(rows, loanFor(i + index - 1, loanKey(owner, index), product));
      // One in twenty had a message within the week, a few minutes after ten.
      if (hash32(`contacted ${i}`) % 20 > 0) continue;
      const on = addDays(FIRST, -1 - (i % 7));
      const at = instantAt(ZONE, on, 600 + (hash32(`minute ${i}`) % 5)) + (i % 60_000);
      const action = `${bucket}-${owner.n}/message`;
      const facts: Fact[] = [
        { kind: "ContactStarted", on, at, action, via: "text", address: "19900000000", pack: "p", rules: [] },
        { kind: "ContactEnded", on, at, action, outcome: "sent", receipt: "r" },
      ];
      facts.forEach((fact, n) => {
        writeJournal(
          journal,
          { ...owner, seq: n + 1, recordedAt: 0, actor: ACTORS.dispatch, fact },
          undefined,
        );
      });
    }
    await db.copyIn("loan_state", LOAN_COLUMNS, rows.finish());
    await db.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
    progress(`book ${Math.min(loans, at + BATCH)} of ${loans} loans`);
  }
  await db.script("vacuum analyze");
}

/** The same rows out of the book and decoded, and nothing done with them. */
async function copyAndParse(db: Database): Promise<number> {
  let loans = 0;
  for (let from = 0; from < BUCKETS; from += 64) {
    const rows = new LoanRows([
      await db.copyOut(
        `select ${LOAN_COLUMNS.join(", ")} from loan_state where bucket >= ${from} and bucket < ${from + 64}`,
      ),
    ]);
    for (let i = 0; i < rows.count; i++) if (rows.loan(i).principal > 0) loans += 1;
  }
  return loans;
}

/**
 * Two strategies compared over a whole book, beside reading the same rows, and beside closing each borrower by himself: how
 * much less it takes to close those that are alike once.
 */
export async function benchStrategyDiff(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const loans = Number(args.get("loans") ?? 1_000_000);
  const { db, drop } = await benchDatabase((args.get("engine") ?? "postgres") as EngineName);
  try {
    await furnish(db, loans, progress);
    const meter = await cpuMeter(db);
    const [a, b] = [BODY_A, BODY_B].map((body) => ({ strategy: strategyOf(body), others: [] }));
    const question: Question = {
      lender: {
        id: 1,
        code: LENDER,
        name: LENDER,
        zone: ZONE,
        pack: "cn",
        openOn: FIRST,
        closedThrough: addDays(FIRST, -1),
      },
      names: ["micro-standard"],
      sides: [a!, b!],
      first: FIRST,
      through: addDays(FIRST, DAYS - 1),
    };
    progress("diff");
    const diff = await meter.of(() => compareOnBook(db, shelves, question));
    progress("COPY out and parse");
    const raw = await meter.of(() => copyAndParse(db));
    progress("a sample, borrower by borrower");
    const context = await contextOf(db, shelves, LENDER);
    const wanted = Math.min(20_000, diff.value.borrowers);
    const each: { cpu: number; borrowers: number } = { cpu: 0, borrowers: 0 };
    const one = (borrower: WokenBorrower): void => {
      if (each.borrowers >= wanted) return;
      const before = process.cpuUsage();
      for (const _side of [a, b]) projectBorrower(borrower, question.through, context);
      const { user, system } = process.cpuUsage(before);
      each.cpu += (user + system) / 1e6;
      each.borrowers += 1;
    };
    await scanBorrowers(db, question.lender, FIRST, { contacts: () => {}, borrower: one });
    const cpu = diff.node + diff.server;
    const oneByOne = (each.cpu / each.borrowers) * diff.value.borrowers;
    return {
      bench: "strategy-diff",
      engine: db.engine,
      loans: diff.value.loans,
      borrowers: diff.value.borrowers,
      classes: diff.value.classes,
      stepsMade: [...diff.value.outlooks[0].steps.values()].reduce((sum, { all }) => sum + all.planned, 0),
      wallSeconds: diff.wall,
      cpuSeconds: cpu,
      cpuNode: diff.node,
      cpuServer: diff.server,
      copyAndParseCpuSeconds: raw.node + raw.server,
      timesCopyAndParse: cpu / (raw.node + raw.server),
      oneByOneCpuSeconds: oneByOne,
      timesCheaperThanOneByOne: oneByOne / cpu,
    };
  } finally {
    await drop();
  }
}
