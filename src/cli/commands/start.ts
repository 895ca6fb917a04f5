import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../packs/load.ts";
import { addDays, day, formatDay } from "../../core/index.ts";
import { type Database, findLender, summarise } from "../../store/index.ts";
import { withBookOrNew } from "../book.ts";
import { type Io, WrongUse } from "../io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { tellSealed } from "../seal-words.ts";
import { sealBook } from "../sealing.ts";
import { closeLender, tellBands } from "./close.ts";
import { importFile, readMap } from "./import.ts";
import { writeSample } from "./sample.ts";

export const options = { borrowers: { type: "string" } } as const;

const SEED = 7;
const BORROWERS = 10_000;
/** Last day of the simulated book, and thirty days after the real tape's. */
const MICRO_THROUGH = day("2026-06-30");
const TAPE_DAY = day("2014-03-11");

/** The newcomer's first command: two books in, their days closed, and what the nights found. Running it again changes nothing. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const wanted = asked.text("borrowers") ?? String(BORROWERS);
  if (!/^[1-9]\d{0,7}$/.test(wanted)) throw new WrongUse(say.notANumber[io.language]("--borrowers", wanted));
  const borrowers = Number(wanted);
  // Beside the book; a server has no folder, and its address (with a password, perhaps) is no name for one.
  const base = place.includes("://") ? ".arrears" : place.replace(/[/\\]+$/, "");
  const folder = `${base}-sample-${borrowers}`;
  const prosper = join(packageRoot(), "examples/prosper");
  if (!existsSync(join(folder, "README.md"))) await writeSample(io, folder, { borrowers, seed: SEED });
  await withBookOrNew(place, async (db) => {
    await take(db, io, folder, ["loans", "payments"], folder);
    await take(db, io, prosper, ["loans"], folder);
    const looked: string[] = [];
    for (const [code, through] of [
      ["prosper-tape", addDays(TAPE_DAY, 30)],
      ["sample-micro", MICRO_THROUGH],
    ] as const) {
      const lender = (await findLender(db, code))!;
      if (lender.closedThrough < through) await closeLender(db, io, lender, through);
      else {
        io.out("");
        io.out(say.closedAlready[io.language](lender.name, formatDay(lender.closedThrough)));
        tellBands(io, await summarise(db, code, through));
      }
      if (code === "sample-micro") looked.push(...(await lookAt(db, io, code, place)));
    }
    tellSealed(await sealBook(db, io), io.language, io.out);
    io.object({ lookAt: looked });
  });
  return 0;
}

async function take(
  db: Database,
  io: Io,
  folder: string,
  kinds: readonly ("loans" | "payments")[],
  beside: string,
): Promise<void> {
  for (const kind of kinds) {
    const map = readMap(join(folder, `${kind}.map.yaml`), kind, io);
    const file = join(folder, `${kind}.csv`);
    // Not into the working folder: the book's own place keeps what was set aside.
    const quarantine = join(beside, `${map.lender.code}.${kind}.quarantine.csv`);
    await importFile(db, io, { file, map, mapFolder: folder, quarantine, quiet: true });
  }
}

async function lookAt(db: Database, io: Io, code: string, place: string): Promise<string[]> {
  const { toLookAt } = await summarise(db, code, MICRO_THROUGH);
  io.out("");
  io.out(say.lookAt[io.language]());
  const where = place === ".arrears" ? "" : ` --db ${place}`;
  const commands = toLookAt.map(({ id }) => `bin/arrears explain ${id}${where}`);
  const longest = Math.max(0, ...commands.map(({ length }) => length));
  for (const [i, { why }] of toLookAt.entries())
    io.out(`  ${commands[i]!.padEnd(longest)}   ${say.why[io.language](why)}`);
  return commands;
}
