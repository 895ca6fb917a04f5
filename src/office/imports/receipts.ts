import { statSync } from "node:fs";
import { basename } from "node:path";
import { readInbound } from "../../dispatch/index.ts";
import { readReceipts } from "../../intake/index.ts";
import type { Database } from "../../store/index.ts";
import { counting, inboundOf } from "../channels/file.ts";
import { channelSay } from "../channels/messages.ts";
import { count, Declined, type Io } from "../io.ts";
import { say } from "../messages.ts";
import { Quarantine } from "./quarantine.ts";

const BATCH_ROWS = 1000;

export interface ReceiptsAsked {
  readonly file: string;
  readonly channel: string;
  readonly quarantine?: string;
  readonly dryRun: boolean;
}

/** Takes a file of what came back: tracking of letters, outcomes of calls, delivery reports. A row that is known changes nothing. */
export async function importReceipts(db: Database, io: Io, asked: ReceiptsAsked): Promise<number> {
  const { file, dryRun, channel } = asked;
  const bytes = statSync(file).size;
  const { take, counts } = counting(inboundOf(db, io), io.now);
  const quarantine = new Quarantine(asked.quarantine ?? `${basename(file)}.quarantine.csv`);
  const shown: string[] = [];
  let bad = 0;
  const reader = readReceipts(file, { batchRows: BATCH_ROWS });
  for await (const { records, bad: broken, bytesRead } of reader) {
    const rows = [...broken];
    for (const { line, fields } of records) {
      const event = readInbound(withId(fields), channel, io.now());
      if (event.ok) {
        if (!dryRun) await take(event.value);
        continue;
      }
      const { kind = "" } = fields;
      rows.push({
        line,
        column: "kind",
        value: kind,
        code: "not-an-event",
        says: event.says,
        fileColumn: "",
        raw: "",
      });
    }
    bad += rows.length;
    if (dryRun) for (const row of rows) shown.push(`  ${row.line}  ${row.code}: ${row.says}`);
    else await quarantine.add(rows);
    io.progress("import receipts", bytesRead, bytes, `${count(counts.new)} new`);
  }
  await quarantine.close();
  const { summary } = reader;
  const set = quarantine.rows > 0 ? { quarantine: quarantine.path } : {};
  io.object({
    file,
    kind: "receipts",
    ...(dryRun ? { dryRun } : {}),
    rows: summary.rows,
    bad,
    ...counts,
    ...set,
  });
  io.out(`${basename(file)}: ${channelSay.receiptsRead[io.language](count(summary.rows), count(bad))}`);
  if (!dryRun)
    io.out(channelSay.took[io.language](count(counts.new), count(counts.same), count(counts.kept)));
  for (const line of shown.slice(0, 20)) io.out(line);
  if (quarantine.rows > 0) io.out(say.quarantined[io.language](quarantine.path));
  if (summary.refusals.length > 0 || !summary.complete)
    throw new Declined(
      `${say.fileRefused[io.language](file)}\n${summary.refusals.map(({ says }) => `  ${says}`).join("\n")}`,
    );
  return bad + counts.kept > 0 ? 1 : 0;
}

/** A row without an id is known by what it says: the same row in tomorrow's file is no news. */
function withId(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (fields.id) return fields;
  return {
    ...fields,
    id: Object.entries(fields)
      .map(([key, text]) => `${key}=${text}`)
      .sort()
      .join(" ")
      .slice(0, 200),
  };
}
