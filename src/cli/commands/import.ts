import { existsSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { nearest } from "../../core/index.ts";
import { checkFile, guessMap, type IntakeKind, type IntakeMap } from "../../intake/index.ts";
import { mustBeFile, withBook, withBookOrNew } from "../../office/book.ts";
import { importEvents } from "../../office/imports/events.ts";
import { importFile, readMap, sayTotals } from "../../office/imports/file.ts";
import { importReceipts } from "../../office/imports/receipts.ts";
import { count, Declined, type Io, WrongUse } from "../../office/io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  map: { type: "string" },
  guess: { type: "boolean" },
  out: { type: "string" },
  "dry-run": { type: "boolean" },
  quarantine: { type: "string" },
  strategies: { type: "string" },
  again: { type: "boolean" },
  lender: { type: "string" },
  channel: { type: "string" },
} as const;

const KINDS: readonly IntakeKind[] = ["loans", "payments", "balances"];
const EVENTS = "events";
const RECEIPTS = "receipts";
export async function run(asked: Asked, io: Io, db: string): Promise<number> {
  const [kindWord, file] = asked.words;
  if (kindWord === EVENTS) return events(asked, io, db, file);
  if (kindWord === RECEIPTS) return receipts(asked, io, db, file);
  const kind = KINDS.find((known) => known === kindWord);
  if (!kind) {
    const all = [...KINDS, EVENTS, RECEIPTS];
    const near = kindWord === undefined ? undefined : nearest(kindWord, all);
    throw new WrongUse(
      say.missing[io.language](
        all.join(" | "),
        near === EVENTS || near === RECEIPTS
          ? `arrears import ${near} FILE`
          : `arrears import ${near ?? "loans"} FILE --map MAP.yaml`,
      ),
    );
  }
  if (!file)
    throw new WrongUse(
      say.missing[io.language]("FILE", `arrears import ${kind} loans.csv --map loans.map.yaml`),
    );
  mustBeFile(file, io);
  if (asked.flag("guess")) return guess(asked, io, kind, file);
  const mapFile = asked.text("map");
  if (!mapFile)
    throw new WrongUse(say.missing[io.language]("--map MAP.yaml", `arrears import ${kind} ${file} --guess`));
  const map = readMap(mapFile, kind, io);
  if (asked.flag("dry-run")) return dryRun(io, file, map);
  return withBookOrNew(db, async (database) => {
    const outcome = await importFile(database, io, {
      file,
      map,
      ...definedOnly({ quarantine: asked.text("quarantine"), strategies: asked.text("strategies") }),
      mapFolder: dirname(mapFile),
      again: asked.flag("again"),
    });
    return outcome.bad > 0 ? 1 : 0;
  });
}

/** Events have columns of ours, and need no map; each is checked against its loan, so that a dry run needs the book too. */
async function events(asked: Asked, io: Io, place: string, file: string | undefined): Promise<number> {
  if (!file) throw new WrongUse(say.missing[io.language]("FILE", "arrears import events events.csv"));
  if (asked.text("map") !== undefined || asked.flag("guess"))
    throw new WrongUse(say.eventsNoMap[io.language]());
  mustBeFile(file, io);
  return withBook(place, io, (db) =>
    importEvents(db, io, {
      file,
      dryRun: asked.flag("dry-run"),
      again: asked.flag("again"),
      ...definedOnly({ lender: asked.text("lender"), quarantine: asked.text("quarantine") }),
    }),
  );
}

/** What came back by file: letters tracked, calls ended, messages delivered. `--channel` names where it came from. */
async function receipts(asked: Asked, io: Io, place: string, file: string | undefined): Promise<number> {
  if (!file) throw new WrongUse(say.missing[io.language]("FILE", "arrears import receipts tracking.csv"));
  mustBeFile(file, io);
  return withBook(place, io, (db) =>
    importReceipts(db, io, {
      file,
      channel: asked.text("channel") ?? "file",
      dryRun: asked.flag("dry-run"),
      ...definedOnly({ quarantine: asked.text("quarantine") }),
    }),
  );
}

const definedOnly = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

async function guess(asked: Asked, io: Io, kind: IntakeKind, file: string): Promise<number> {
  if (statSync(file).size === 0) throw new Declined(say.emptyFile[io.language](file));
  const text = await guessMap(file, kind);
  const out = asked.text("out") ?? `${file.replace(/(\.[a-z]+)?(\.gz)?$/i, "")}.map.yaml`;
  if (existsSync(out) && !asked.flag("again"))
    throw new Declined(`${out} exists; give another --out, or --again to overwrite it`);
  writeFileSync(out, text);
  io.out(say.guessed[io.language](out));
  io.object({ wrote: out });
  return 0;
}

async function dryRun(io: Io, file: string, map: IntakeMap): Promise<number> {
  const bytes = statSync(file).size;
  const { summary, bad } = await checkFile(file, map, {
    onProgress: (read) => io.progress("check", read, bytes),
  });
  io.object({ dryRun: true, file, ...summary });
  io.out(say.wouldImport[io.language](count(summary.rows), count(summary.good), count(summary.bad)));
  sayTotals(io, summary);
  for (const row of bad.slice(0, 20)) io.out(`  ${row.line}  ${row.column}  ${row.value}  ${row.says}`);
  for (const refusal of summary.refusals) io.out(`  ${refusal.says}`);
  return summary.bad > 0 || summary.refusals.length > 0 ? 1 : 0;
}
