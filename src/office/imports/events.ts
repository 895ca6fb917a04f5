import { statSync } from "node:fs";
import { basename } from "node:path";
import { formatInstant } from "../../core/index.ts";
import { readEvents } from "../../intake/index.ts";
import { bookStore, type Database, findImport, rememberImport } from "../../store/index.ts";
import { lendersAsked, shelvesOf } from "../book.ts";
import { count, Declined, type Io, WrongUse } from "../io.ts";
import { say } from "../messages.ts";
import { digest, Quarantine } from "./quarantine.ts";

const BATCH_ROWS = 1000;

export interface EventsAsked {
  readonly file: string;
  readonly lender?: string;
  readonly quarantine?: string;
  readonly dryRun: boolean;
  readonly again: boolean;
}

/** Takes a file of events into the book: each row checked against its loan, what is refused set aside with its reason. */
export async function importEvents(db: Database, io: Io, asked: EventsAsked): Promise<number> {
  const { file, dryRun } = asked;
  const [lender, other] = await lendersAsked(db, asked.lender, io);
  if (other)
    throw new WrongUse(
      say.missing[io.language]("--lender CODE", `arrears import events ${file} --lender ${lender!.code}`),
    );
  const code = lender!.code;
  const name = basename(file);
  const bytes = statSync(file).size;
  const sha256 = await digest(file);
  const earlier = await findImport(db, { lender: code, kind: "events", name, sha256 });
  if (earlier?.sha256 === sha256 && earlier.bad === 0 && !asked.again && !dryRun) {
    const on = formatInstant("UTC", earlier.recordedAt);
    io.note(say.sameFile[io.language](name, on));
    io.object({ file, lender: code, kind: "events", sameFile: true, importedAt: on });
    return 0;
  }
  const book = bookStore(db, shelvesOf(io));
  const quarantine = new Quarantine(asked.quarantine ?? `${name}.quarantine.csv`);
  const total = { added: 0, same: 0, updated: 0 };
  const notes: Record<string, number> = {};
  const shown: string[] = [];
  let bad = 0;
  const reader = readEvents(file, { batchRows: BATCH_ROWS });
  for await (const batch of reader) {
    // One batch is one transaction; a dry run of it does not see the batch before, which was not written.
    const done = await book.events(code, batch.records, { dryRun });
    total.added += done.added;
    total.same += done.same;
    for (const told of done.told)
      for (const note of told.notes) notes[note.code] = (notes[note.code] ?? 0) + 1;
    const rows = [...batch.bad, ...done.refused.map((refusal) => ({ ...refusal, fileColumn: "", raw: "" }))];
    bad += rows.length;
    if (dryRun)
      for (const row of rows)
        shown.push(`  ${row.line}  ${row.column}  ${row.value}  ${row.code}: ${row.says}`);
    else await quarantine.add(rows);
    io.progress("import events", batch.bytesRead, bytes, `${count(total.added)} new`);
  }
  await quarantine.close();
  const { summary } = reader;
  const whole = summary.refusals.length === 0 && summary.complete;
  const report = { rows: summary.rows, ...total, bad };
  // A row that its loan refused today may be taken tomorrow: such a file is not done with.
  if (whole && bad === 0 && !dryRun)
    await rememberImport(db, { lender: code, kind: "events", name, sha256, recordedAt: io.now() }, report);
  io.object({
    file,
    lender: code,
    kind: "events",
    ...(dryRun ? { dryRun } : {}),
    ...report,
    notes,
    sha256,
    ...(quarantine.rows > 0 ? { quarantine: quarantine.path, byCode: quarantine.byCode } : {}),
  });
  const { rows, added, same, updated } = report;
  if (dryRun) io.out(say.wouldImport[io.language](count(rows), count(rows - bad), count(bad)));
  else
    io.out(
      `${name}: ${say.imported[io.language](count(rows), count(added), count(same), count(updated), count(bad))}`,
    );
  for (const line of shown.slice(0, 20)) io.out(line);
  for (const [note, times] of Object.entries(notes)) io.out(`  ${count(times)}  ${note}`);
  if (quarantine.rows > 0) {
    io.out(say.quarantined[io.language](quarantine.path));
    for (const [why, times] of Object.entries(quarantine.byCode)) io.out(`  ${count(times)}  ${why}`);
  }
  if (!whole)
    throw new Declined(
      `${say.fileRefused[io.language](file)}\n${summary.refusals.map(({ says }) => `  ${says}`).join("\n")}`,
    );
  return bad > 0 ? 1 : 0;
}
