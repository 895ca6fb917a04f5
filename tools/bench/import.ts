import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { addDays, day, formatDay, formatMoney, type Minor } from "../../src/core/index.ts";
import { importFile, readMap } from "../../src/office/imports/file.ts";
import type { Io } from "../../src/office/io.ts";
import { sampleMaps } from "../../src/sample/index.ts";
import { CopyWriter, type Database } from "../../src/store/index.ts";
import { cpuMeter } from "./cpu.ts";
import { benchDatabase, type EngineName } from "./database.ts";
import { traced } from "./trace.ts";

/** Payments a loan in the measured file: a year of a monthly loan. */
const PAYMENTS_A_LOAN = 10;
const OPENED = day("2026-01-01");

const silent: Io = {
  language: "en",
  json: false,
  out: () => {},
  object: () => {},
  note: () => {},
  progress: () => {},
  now: () => 1_773_100_800_000,
};

/**
 * Rows a second of `import payments` (or `import loans`), from the bytes of the file to committed facts, against COPY of
 * the same values into a table without an index in the same database.
 */
export async function benchImport(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const engine = (args.get("engine") ?? "postgres") as EngineName;
  const rows = Number(args.get("rows") ?? 1_000_000);
  const kind = args.get("kind") === "loans" ? "loans" : "payments";
  const folder = mkdtempSync(join(tmpdir(), "arrears-bench-import-"));
  const { db, drop } = await benchDatabase(engine);
  try {
    const loans = kind === "loans" ? rows : Math.ceil(rows / PAYMENTS_A_LOAN);
    progress(`files of ${loans} loans${kind === "payments" ? ` and ${rows} payments` : ""}`);
    await writeFiles(folder, loans, kind === "payments" ? rows : 0);
    const meter = await cpuMeter(db);
    const trace = process.env.BENCH_TRACE && db.engine === "postgres" ? await traced(db) : undefined;
    const target = trace?.db ?? db;
    const loansRun = await meter.of(() => take(target, folder, "loans"));
    progress(`loans imported: ${Math.round(loans / loansRun.wall)} a second`);
    const run = kind === "loans" ? loansRun : await meter.of(() => take(target, folder, "payments"));
    if (trace)
      for (const [statement, spent] of Object.entries(trace.report())) progress(`${statement}: ${spent}`);
    const cpu = run.node + run.server;
    const own = {
      bench: "import",
      engine,
      kind,
      rows,
      rowsASecond: rows / run.wall,
      cpuMicrosARow: (cpu / rows) * 1e6,
      cpuNodeMicrosARow: (run.node / rows) * 1e6,
      cpuServerMicrosARow: (run.server / rows) * 1e6,
      peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    if (args.has("skip-raw")) return own;
    progress("raw COPY of the same rows, and of the bytes that the import wrote");
    const raw = await rawCopy(db, rows, kind);
    const keyed = await keyedCopy(db, kind);
    return {
      ...own,
      rawRowsASecond: rows / raw.wall,
      ratioToRawCopy: raw.wall / run.wall,
      ratioToRawCopyCpu: raw.cpu / cpu,
      rawCpuMicrosARow: (raw.cpu / rows) * 1e6,
      keyedRowsASecond: rows / keyed.wall,
      ratioToKeyedCopy: keyed.wall / run.wall,
      ratioToKeyedCopyCpu: keyed.cpu / cpu,
    };
  } finally {
    await drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function take(db: Database, folder: string, kind: "loans" | "payments"): Promise<void> {
  const map = readMap(join(folder, `${kind}.map.yaml`), kind, silent);
  const outcome = await importFile(db, silent, {
    file: join(folder, `${kind}.csv`),
    map,
    mapFolder: folder,
    quiet: true,
  });
  if (outcome.bad > 0) throw new Error(`${outcome.bad} rows of the bench's own file were refused`);
}

/** Loans that all began a year ago, and their payments in order of day, as a lender's nightly file has them. */
async function writeFiles(folder: string, loans: number, payments: number): Promise<void> {
  const maps = sampleMaps({ openedOn: OPENED });
  writeFileSync(join(folder, "loans.map.yaml"), maps.loans);
  writeFileSync(join(folder, "payments.map.yaml"), maps.payments);
  const loansFile = createWriteStream(join(folder, "loans.csv"));
  loansFile.write(
    "借据号,客户号,产品,贷款金额,日利率(%),放款日,首期还款日,期数,手机号,电子邮箱,APP标识,暂停催收原因,暂停截止日\n",
  );
  await lines(loansFile, loans, (i) => {
    const paidOut = addDays(day("2025-01-01"), i % 28);
    const due = addDays(paidOut, 31);
    return `L${i},B${i >> 1},micro-10,${1000 + (i % 400) * 100}.00,0.05,${formatDay(paidOut)},${formatDay(due)},10,1990000${String(i % 10_000).padStart(4, "0")},,app-${i},,\n`;
  });
  const paymentsFile = createWriteStream(join(folder, "payments.csv"));
  paymentsFile.write("流水号,借据号,还款金额,还款日期\n");
  await lines(paymentsFile, payments, (i) => {
    const loan = i % loans;
    const on = addDays(day("2025-02-15"), Math.floor(i / loans) * 30);
    return `P${i},L${loan},${formatMoney((10_000 + (i % 7777)) as Minor)},${formatDay(on)}\n`;
  });
}

async function lines(file: NodeJS.WritableStream, count: number, line: (i: number) => string): Promise<void> {
  const BATCH = 10_000;
  for (let at = 0; at < count; at += BATCH) {
    let text = "";
    for (let i = at; i < Math.min(count, at + BATCH); i++) text += line(i);
    if (!file.write(text)) await new Promise((resolve) => file.once("drain", resolve));
  }
  file.end();
  await finished(file);
}

/** The values of the file's rows, by COPY BINARY into a bare table. The bytes are made before the clock starts. */
async function rawCopy(
  db: Database,
  rows: number,
  kind: "loans" | "payments",
): Promise<{ wall: number; cpu: number }> {
  await db.script("create table raw_rows (id text, loan text, amount int8, on_day int4, more text)");
  const meter = await cpuMeter(db);
  let wall = 0;
  let cpu = 0;
  const BATCH = 100_000;
  for (let at = 0; at < rows; at += BATCH) {
    const writer = new CopyWriter(1 << 24);
    for (let i = at; i < Math.min(rows, at + BATCH); i++) {
      writer.row(5);
      writer.text(`P${i}`);
      writer.text(`L${i % (rows / PAYMENTS_A_LOAN)}`);
      writer.int8(10_000 + (i % 7777));
      writer.int4(20_000);
      writer.text(kind === "loans" ? `micro-10 1990000${i % 10_000} app-${i} 2025-01-01 2025-02-01 10` : "");
    }
    const bytes = writer.finish();
    const run = await meter.of(() =>
      db.copyIn("raw_rows", ["id", "loan", "amount", "on_day", "more"], bytes),
    );
    wall += run.wall;
    cpu += run.node + run.server;
  }
  return { wall, cpu };
}

/**
 * COPY of exactly what the import committed into empty tables with the same primary keys: what storing it costs when
 * nothing is read, checked or looked up.
 */
async function keyedCopy(db: Database, kind: "loans" | "payments"): Promise<{ wall: number; cpu: number }> {
  const tables = kind === "loans" ? ["borrower", "loan_ref", "loan_state", "journal"] : ["receipt", "inbox"];
  const meter = await cpuMeter(db);
  let wall = 0;
  let cpu = 0;
  for (const table of tables) {
    await db.script(`create table keyed_${table} (like ${table} including indexes)`);
    const columns = await db.query<{ name: string }>(
      "select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum",
      [`keyed_${table}`],
    );
    const names = columns.map(({ name }) => name);
    // In pieces of the import's own batches, and in the order in which it wrote.
    for (let from = 0; from < 4096; from += 64) {
      const range = `bucket >= ${from} and bucket < ${from + 64}`;
      const bytes = await db.copyOut(`select ${names.join(", ")} from ${table} where ${range}`);
      const run = await meter.of(() => db.copyIn(`keyed_${table}`, names, bytes));
      wall += run.wall;
      cpu += run.node + run.server;
    }
  }
  return { wall, cpu };
}
