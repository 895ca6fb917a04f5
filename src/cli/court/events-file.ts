import { basename } from "node:path";
import { readNamedRows } from "../../intake/index.ts";
import { ALL_EVENT_COLUMNS } from "../../legal/index.ts";
import { mustBeFile } from "../../office/book.ts";
import { type Court, moveProceeding, type Outcome } from "../../office/court/desk.ts";
import { Quarantine } from "../../office/imports/quarantine.ts";
import { count, Declined, type Io } from "../../office/io.ts";
import { say } from "../messages.ts";

/** Columns of a file of events from a law firm. */
export const COURT_FILE_COLUMNS: readonly string[] = [
  "proceeding",
  "event",
  "on",
  "id",
  ...ALL_EVENT_COLUMNS,
];

/**
 * Takes the events of a file, row by row in its order: each is checked against its proceeding as the rows before left it.
 *
 * Gives   exit code 1 where a row was refused; refused rows go to the quarantine with line and reason, the others are taken.
 * Holds   a row that was taken before changes nothing. A dry run sees of each row only what is booked, not the rows before it.
 */
export async function importCourtEvents(
  court: Court,
  io: Io,
  {
    file,
    dryRun,
    quarantine: to,
  }: { readonly file: string; readonly dryRun: boolean; readonly quarantine?: string },
): Promise<number> {
  mustBeFile(file, io);
  const { language } = io;
  const zh = language === "zh";
  const quarantine = new Quarantine(to ?? `${basename(file)}.quarantine.csv`);
  const total = { added: 0, same: 0, bad: 0 };
  const reader = readNamedRows(file, { known: COURT_FILE_COLUMNS, needed: ["proceeding", "event", "on"] });
  for await (const batch of reader) {
    const bad = [...batch.bad];
    for (const { line, texts } of batch.records) {
      const { proceeding, event, ...rest } = texts;
      const outcome = await moveProceeding(court, proceeding!, event!, rest, dryRun);
      io.object(rowJson(line, proceeding!, event!, outcome, dryRun));
      if (!outcome.done) {
        const { code, says } = outcome.refusal;
        bad.push({
          line,
          column: "event",
          value: event!,
          code,
          says: says[language],
          fileColumn: "event",
          raw: "",
        });
        io.out(`  ${line}  ${proceeding}  ${event}  ${code}: ${says[language]}`);
      } else if (outcome.known) total.same += 1;
      else total.added += 1;
    }
    for (const row of batch.bad)
      io.out(`  ${row.line}  ${row.column}  ${row.value}  ${row.code}: ${row.says}`);
    total.bad += bad.length;
    if (!dryRun) await quarantine.add(bad);
  }
  await quarantine.close();
  const { summary } = reader;
  io.object({
    file,
    ...(dryRun ? { dryRun } : {}),
    rows: summary.rows,
    ...total,
    ...(quarantine.rows > 0 ? { quarantine: quarantine.path, byCode: quarantine.byCode } : {}),
  });
  io.out(
    zh
      ? `${basename(file)}：${count(summary.rows)} 行，新登记 ${count(total.added)}，已有 ${count(total.same)}，未采纳 ${count(total.bad)}${dryRun ? "（试运行，未写入）" : ""}`
      : `${basename(file)}: ${count(summary.rows)} rows, ${count(total.added)} new, ${count(total.same)} known, ${count(total.bad)} refused${dryRun ? " (dry run: nothing was written)" : ""}`,
  );
  if (quarantine.rows > 0) io.out(say.quarantined[language](quarantine.path));
  if (summary.refusals.length > 0 || !summary.complete)
    throw new Declined(
      `${say.fileRefused[language](file)}\n${summary.refusals.map(({ says }) => `  ${says}`).join("\n")}`,
    );
  return total.bad > 0 ? 1 : 0;
}

function rowJson(
  line: number,
  proceeding: string,
  event: string,
  outcome: Outcome,
  dryRun: boolean,
): Record<string, unknown> {
  const base = { line, proceeding, event, ...(dryRun ? { dryRun } : {}) };
  if (!outcome.done)
    return { ...base, became: "refused", code: outcome.refusal.code, says: outcome.refusal.says.en };
  return { ...base, became: outcome.known ? "known" : "recorded", state: outcome.life.state };
}
