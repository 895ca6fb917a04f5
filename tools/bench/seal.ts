import { hash } from "node:crypto";
import {
  BUCKETS,
  book,
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
} from "../../src/core/index.ts";
import { factText } from "../../src/evidence/index.ts";
import { SAMPLE_PRODUCT } from "../../src/sample/index.ts";
import {
  ACTORS,
  CopyWriter,
  type Database,
  ensureLender,
  ensureProduct,
  type SealTools,
  sealFacts,
  verifySeals,
} from "../../src/store/index.ts";
import { JOURNAL_COLUMNS, LOAN_COLUMNS, writeJournal, writeLoan } from "../../src/store/rows.ts";
import { rowsOf } from "../../src/store/seals.ts";
import { cpuMeter, spentSeconds } from "./cpu.ts";
import { benchDatabase, type EngineName } from "./database.ts";

const ON = day("2026-03-10");
const { id: _id, lender: _lender, payableOn: _payableOn, ...PRODUCT } = SAMPLE_PRODUCT;

/**
 * Facts sealed in a CPU second, first a whole book and then a night of it, with what the database does counted in; beside it,
 * in the same run, SHA-256 over the same bytes and nothing else. One loan in ten has a contact that says something of a person.
 */
export async function benchSeal(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const engine = (args.get("engine") ?? "postgres") as EngineName;
  const loans = Number(args.get("loans") ?? 50_000);
  const each = Number(args.get("facts") ?? 12);
  const { db, drop } = await benchDatabase(engine);
  try {
    progress(`a book of ${loans} loans with ${each} facts each`);
    const book = await furnish(db, loans, each);
    const meter = await cpuMeter(db);
    let salted = 0;
    const tools: SealTools = {
      hash: (bytes) => hash("sha256", bytes, "buffer"),
      salt: () => hash("sha256", `salt ${salted++}`, "buffer").subarray(0, 16),
      now: () => 1_770_000_000_000,
    };
    const round = async (what: string) => {
      progress(what);
      const before = process.memoryUsage().rss;
      let peak = before;
      const run = await meter.of(() =>
        sealFacts(db, tools, () => {
          peak = Math.max(peak, process.memoryUsage().rss);
        }),
      );
      return {
        ...run,
        facts: run.value.facts,
        cpu: run.node + run.server,
        grewMb: Math.round((peak - before) / 2 ** 20),
      };
    };
    const first = await round("sealing all of it");
    const night = Math.floor(loans / 10);
    await addNight(db, book.slice(0, night), each);
    const second = await round(`sealing a night of ${night} loans`);
    const nothing = await round("sealing when nothing is new");
    progress("SHA-256 over the same bytes");
    const raw = await rawHashing(db);
    const verified = await meter.of(() => verifySeals(db, tools.hash));
    if (
      verified.value.findings.length > 0 ||
      verified.value.unsealed > 0 ||
      first.facts + second.facts !== raw.facts
    )
      throw new Error(`the seals do not hold: ${JSON.stringify(verified.value)}`);
    const rawPerSecond = raw.facts / raw.seconds;
    return {
      bench: "seal",
      engine,
      loans,
      facts: first.facts,
      salted,
      bytesAFact: Math.round(raw.bytes / raw.facts),
      factsACpuSecond: Math.round(first.facts / first.cpu),
      nodeSeconds: first.node,
      serverSeconds: first.server,
      grewMb: first.grewMb,
      nightFacts: second.facts,
      nightFactsACpuSecond: Math.round(second.facts / second.cpu),
      nightCpuSeconds: second.cpu,
      nothingNewCpuMicrosecondsALoan: (1e6 * nothing.cpu) / loans,
      rawSha256ACpuSecond: Math.round(rawPerSecond),
      ofRaw: first.facts / first.cpu / rawPerSecond,
      ofRawWithoutDatabase: first.facts / first.node / rawPerSecond,
      verifiedACpuSecond: Math.round(verified.value.sealed / (verified.node + verified.server)),
      storedBytesAFact: await storedBytes(db, raw.facts),
    };
  } finally {
    await drop();
  }
}

async function furnish(db: Database, count: number, each: number): Promise<readonly LoanState[]> {
  const lender = await ensureLender(db, {
    code: "bench",
    name: "Bench",
    zone: "Asia/Shanghai",
    pack: "cn",
    openOn: ON,
  });
  const product = await ensureProduct(db, lender, { ...PRODUCT, code: "bench", strategy: "none" });
  const counters = new Int32Array(BUCKETS);
  const owners = Array.from({ length: count }, (_, i): Key => {
    const bucket = hash32(`borrower ${i}`) % BUCKETS;
    return borrowerKey(bucket, counters[bucket]!++);
  }).sort((a, b) => a.bucket - b.bucket || a.n - b.n);
  const borrowers = new CopyWriter(1 << 22);
  const rows = new CopyWriter(1 << 22);
  const journal = new CopyWriter(1 << 24);
  const books: LoanState[] = [];
  for (const [i, owner] of owners.entries()) {
    const key = loanKey(owner, 1);
    const booked: LoanBooked = {
      kind: "LoanBooked",
      on: (ON - 100) as Day,
      id: `L${i}`,
      product: product.id,
      principal: minor(100_000),
      rateE8: 50_000,
      disbursedOn: (ON - 100) as Day,
      firstDueOn: (ON - 70) as Day,
      installments: 12,
      reach: 7,
    };
    const loan = { ...book(key, booked, product), version: each };
    books.push(loan);
    writeLoan(rows, loan);
    borrowers.row(5);
    borrowers.int4(owner.bucket);
    borrowers.int4(owner.n);
    borrowers.int2(lender.id);
    borrowers.int2(1);
    borrowers.text(`B${i}`);
    for (let seq = 1; seq <= each; seq++)
      writeJournal(
        journal,
        {
          ...key,
          seq,
          recordedAt: 0,
          actor: ACTORS.close,
          fact: seq === 1 ? booked : factAt(seq),
        },
        undefined,
      );
    if (i % 10 === 0)
      writeJournal(
        journal,
        { ...owner, seq: 1, recordedAt: 0, actor: ACTORS.dispatch, fact: contact(i) },
        undefined,
      );
  }
  await db.copyIn("borrower", ["bucket", "n", "lender", "loans", "external_id"], borrowers.finish());
  await db.copyIn("loan_state", LOAN_COLUMNS, rows.finish());
  await db.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
  await db.script("vacuum analyze");
  return books;
}

/** What a night writes most: a step that was planned, or a band that was entered. */
const factAt = (seq: number): Fact =>
  seq % 2 === 0
    ? {
        kind: "StepPlanned",
        on: ON,
        step: "early/send-overdue@1",
        dpd: 1,
        strategy: "micro-standard@2",
        via: "app",
        pack: "cn@0123456789ab",
        slot: 1_770_000_000_000,
        action: "2026-03-10/message",
      }
    : { kind: "BandEntered", on: ON, band: 1, from: 0, dpd: 1, arrears: minor(123_456) };

const contact = (i: number): Fact => ({
  kind: "ContactStarted",
  on: ON,
  at: 1_770_000_000_000,
  action: `${i}-0/2026-03-10/message`,
  via: "text",
  address: `1990${String(i).padStart(7, "0")}`,
  pack: "cn@0123456789ab",
  rules: ["cn/quiet-hours", "cn/contact-ban"],
  verdict: "allow",
  judged: { step: { kind: "text", to: { role: "borrower" } }, facts: { zone: "Asia/Shanghai", holds: [] } },
});

async function addNight(db: Database, loans: readonly LoanState[], before: number): Promise<void> {
  const journal = new CopyWriter(1 << 22);
  for (const { bucket, n } of loans)
    writeJournal(
      journal,
      {
        bucket,
        n,
        seq: before + 1,
        recordedAt: 1,
        actor: ACTORS.close,
        fact: factAt(2),
      },
      undefined,
    );
  await db.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
  await db.run(
    `update loan_state l set version = $3 from unnest($1::int4[], $2::int4[]) as k(bucket, n)
     where l.bucket = k.bucket and l.n = k.n`,
    [loans.map(({ bucket }) => bucket), loans.map(({ n }) => n), before + 1],
  );
}

/** The same texts, hashed one by one; reading them is not counted. */
async function rawHashing(db: Database): Promise<{ facts: number; bytes: number; seconds: number }> {
  const bytes = await db.copyOut(`select ${JOURNAL_COLUMNS.join(", ")} from journal`);
  const texts = [...rowsOf(bytes, undefined)].map((row) => Buffer.from(`\0${factText(row)}`));
  const start = spentSeconds();
  for (const text of texts) hash("sha256", text, "buffer");
  const seconds = spentSeconds() - start;
  return { facts: texts.length, bytes: texts.reduce((sum, { length }) => sum + length, 0), seconds };
}

async function storedBytes(db: Database, facts: number): Promise<number> {
  const [row] = await db.query<{ bytes: number }>(
    `select sum(pg_total_relation_size(name::regclass))::int8 as bytes
     from unnest(array['seal_part', 'seal_mark', 'seal_salt', 'seal_batch']) as name`,
  );
  return Math.round((10 * row!.bytes) / facts) / 10;
}
