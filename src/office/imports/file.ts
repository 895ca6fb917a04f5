import { statSync } from "node:fs";
import { basename } from "node:path";
import { type Day, dayAt, formatInstant } from "../../core/index.ts";
import {
  type BadRow,
  checkFile,
  type FileSummary,
  type IntakeKind,
  type IntakeMap,
  type IntakeRecord,
  type LoansMap,
  parseMap,
  readRecords,
} from "../../intake/index.ts";
import {
  type Book,
  bookStore,
  type Database,
  ensureLender,
  ensureProduct,
  findImport,
  type Recorded,
  rememberImport,
} from "../../store/index.ts";
import { freezeNamed, INSTALLED, shelvesOf, textOf } from "../book.ts";
import { count, Declined, type Io } from "../io.ts";
import { settingsOf } from "../loans/product-settings.ts";
import { say } from "../messages.ts";
import { digest, Quarantine } from "./quarantine.ts";

const BATCH_ROWS = 5000;

export function readMap(file: string, kind: IntakeKind, io: Io): IntakeMap {
  const parsed = parseMap(textOf(file, io), file, INSTALLED);
  if (!parsed.ok) {
    const lines = parsed.refusals.map(({ at, says }) => `  ${at}  ${says}`).join("\n");
    throw new Declined(`${say.mapHasMistakes[io.language](file)}\n${lines}`);
  }
  if (parsed.value.kind !== kind)
    throw new Declined(say.mapOfOtherKind[io.language](file, parsed.value.kind, kind));
  return parsed.value;
}

export interface ImportAsked {
  readonly file: string;
  readonly map: IntakeMap;
  readonly mapFolder: string;
  readonly quarantine?: string;
  readonly strategies?: string;
  readonly again?: boolean;
  readonly quiet?: boolean;
  /** The name under which the file is remembered, where it lies under another one. */
  readonly name?: string;
  /** Told of rows that are set aside, as they are. */
  readonly onBad?: (rows: readonly BadRow[]) => void;
}

export interface Imported {
  readonly rows: number;
  readonly added: number;
  readonly same: number;
  readonly updated: number;
  readonly bad: number;
}

/** Takes a file into the book, batch by batch; what is bad goes to a quarantine file with its reason. */
export async function importFile(db: Database, io: Io, asked: ImportAsked): Promise<Imported> {
  const { file, map } = asked;
  const lender = map.lender.code;
  const bytes = statSync(file).size;
  const sha256 = await digest(file);
  const name = asked.name ?? basename(file);
  const earlier = await findImport(db, { lender, kind: map.kind, name, sha256 });
  // Rows that were set aside may be taken now, under a better map or with their loans in the book: then it is not done with.
  if (earlier?.sha256 === sha256 && earlier.bad === 0 && !asked.again) {
    const on = formatInstant("UTC", earlier.recordedAt);
    if (!asked.quiet) io.note(say.sameFile[io.language](name, on));
    io.object({ file, lender, kind: map.kind, sameFile: true, importedAt: on });
    return { rows: 0, added: 0, same: 0, updated: 0, bad: 0 };
  }
  if (earlier && earlier.sha256 !== sha256)
    io.note(say.changedFile[io.language](name, formatInstant("UTC", earlier.recordedAt)));
  // Where the file must be whole before any of it may be taken, it is read twice.
  if (map.control || map.formats.trailer || map.formats.onBadRow === "hold")
    await mustBeWhole(io, file, map, bytes);
  if (map.kind === "loans") await furnish(db, io, map, asked);

  const book = bookStore(db, shelvesOf(io));
  const quarantine = new Quarantine(asked.quarantine ?? `${name}.quarantine.csv`);
  const total = { added: 0, same: 0, updated: 0 };
  const label = `import ${map.kind}`;
  const reader = readRecords(file, map, { batchRows: BATCH_ROWS });
  for await (const { records, bad, bytesRead } of reader) {
    const recorded = await record(book, lender, map.kind, records);
    total.added += recorded.added;
    total.same += recorded.same;
    total.updated += recorded.updated;
    const aside = [...bad, ...recorded.refused.map((refusal) => ({ ...refusal, fileColumn: "", raw: "" }))];
    asked.onBad?.(aside);
    await quarantine.add(aside);
    io.progress(label, bytesRead, bytes, `${count(total.added)} new`);
  }
  await quarantine.close();
  // The planner should know of what has just come in; a server would find out by itself some minutes later.
  if (total.added > 0) await db.script("analyze");
  const { summary } = reader;
  const report = { rows: summary.rows, ...total, bad: quarantine.rows };
  const whole = summary.refusals.length === 0 && summary.complete;
  if (whole) await rememberImport(db, { lender, kind: map.kind, name, sha256, recordedAt: io.now() }, report);
  tell(io, asked, summary, report, quarantine);
  if (!whole) throw new Declined(fileRefusals(io, file, summary));
  return report;
}

function tell(
  io: Io,
  asked: ImportAsked,
  summary: FileSummary,
  report: Imported,
  quarantine: Quarantine,
): void {
  const { file, map } = asked;
  io.object({
    file,
    lender: map.lender.code,
    kind: map.kind,
    ...report,
    totals: summary.totals,
    sha256: summary.sha256,
    encoding: summary.encoding,
    ...(quarantine.rows > 0 ? { quarantine: quarantine.path, byCode: quarantine.byCode } : {}),
  });
  const { rows, added, same, updated, bad } = report;
  io.out(
    `${basename(file)}: ${say.imported[io.language](count(rows), count(added), count(same), count(updated), count(bad))}`,
  );
  if (!asked.quiet) sayTotals(io, summary);
  if (quarantine.rows === 0) return;
  io.out(say.quarantined[io.language](quarantine.path));
  for (const [code, times] of Object.entries(quarantine.byCode)) io.out(`  ${count(times)}  ${code}`);
}

export function sayTotals(io: Io, summary: FileSummary): void {
  for (const { currency, sum, count: rows } of summary.totals)
    io.out(say.total[io.language](currency, sum, count(rows)));
}

const fileRefusals = (io: Io, file: string, summary: FileSummary): string =>
  `${say.fileRefused[io.language](file)}\n${summary.refusals.map(({ says }) => `  ${says}`).join("\n")}`;

async function mustBeWhole(io: Io, file: string, map: IntakeMap, bytes: number): Promise<void> {
  const { summary } = await checkFile(file, map, { onProgress: (read) => io.progress("check", read, bytes) });
  if (summary.refusals.length > 0) throw new Declined(fileRefusals(io, file, summary));
  if (map.formats.onBadRow === "hold" && summary.bad > 0)
    throw new Declined(
      `${say.fileRefused[io.language](file)} ${count(summary.bad)} bad rows (on_bad_row: hold)`,
    );
}

/** Registers the lender, its products and their strategies, as the loans map names them. */
async function furnish(db: Database, io: Io, map: LoansMap, asked: ImportAsked): Promise<void> {
  const { code, name, zone, pack, openedOn } = map.lender;
  const openOn = openedOn ?? (dayAt(zone, io.now()) as Day);
  for (const product of map.products.values()) {
    await freezeNamed(db, product.strategy, io, asked.strategies ?? asked.mapFolder);
  }
  const lender = await ensureLender(db, { code, name, zone, pack, openOn });
  for (const product of map.products.values()) {
    await ensureProduct(db, lender, settingsOf(product));
  }
}

function record(
  book: Book,
  lender: string,
  kind: IntakeKind,
  records: readonly IntakeRecord[],
): Promise<Recorded> {
  switch (kind) {
    case "loans":
      return book.loans(lender, records as never);
    case "payments":
      return book.payments(lender, records as never);
    case "balances":
      return book.balances(lender, records as never);
  }
}
