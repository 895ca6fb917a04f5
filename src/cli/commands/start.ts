import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../packs/load.ts";
import { borrowerLink, linkFor } from "../../api/access/links.ts";
import { ROLE_WORDS, type Role } from "../../api/access/roles.ts";
import { portalMember } from "../../api/portal/door.ts";
import { addDays, day, formatDay, parseMoney } from "../../core/index.ts";
import { withBookOrNew } from "../../office/book.ts";
import { closeLender, tellBands } from "../../office/close/lender.ts";
import { tellSealed } from "../../office/evidence/seal-words.ts";
import { sealBook } from "../../office/evidence/sealing.ts";
import { importFile, readMap } from "../../office/imports/file.ts";
import { type Io, WrongUse } from "../../office/io.ts";
import {
  addStaff,
  changeStaff,
  type Database,
  findLender,
  loanFile,
  putAgency,
  putCollector,
  summarise,
} from "../../store/index.ts";
import { accessSay } from "../access-words.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { portalSettings } from "../portal.ts";
import { serveBook } from "../serving.ts";
import { writeSample } from "./sample.ts";
import { onlyTrouble, portAsked, WAIVER_LIMIT } from "./serve.ts";

export const options = {
  borrowers: { type: "string" },
  port: { type: "string" },
  "no-serve": { type: "boolean" },
} as const;

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
  const port = portAsked(asked, io);
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
    // Nobody stops a machine that checks things: there the books are the end of it.
    if (asked.flag("no-serve") || process.env.CI) return;
    await serveSample(db, io, port);
  });
  return 0;
}

const SAMPLE = "sample-micro";
const LINK_MS = 8 * 3_600_000;
const AGENCY = "sample-agency";

/** Serves the sample book, with a link for each role: each works once. */
async function serveSample(db: Database, io: Io, port: number): Promise<void> {
  const serving = await serveBook(db, io, {
    host: "127.0.0.1",
    port,
    zone: "Asia/Shanghai",
    proxies: [],
    secure: false,
    waiverLimit: parseMoney(WAIVER_LIMIT)!,
    log: onlyTrouble,
    portal: portalSettings(join(packageRoot(), "examples/portal.yaml"), io),
  });
  io.object({ serving: true, host: serving.host, port: serving.port });
  io.out("");
  io.out(accessSay.serving[io.language](serving.host, serving.port));
  io.out(accessSay.linksHead[io.language]());
  const base = `http://${serving.host}:${serving.port}`;
  for (const [role, party] of await peopleOf(db)) {
    const id = `sample-${role}`;
    const one = { id, lender: SAMPLE, role, name: ROLE_WORDS[role][io.language], party };
    if (!(await addStaff(db, one, io.now())))
      await changeStaff(db, id, { role, party, active: true }, io.now());
    const link = await linkFor(db, id, "whole", { now: io.now(), base, ms: LINK_MS });
    io.object({ role, link });
    io.out(`  ${ROLE_WORDS[role][io.language].padEnd(18)} ${link}`);
  }
  const borrower = await sampleBorrower(db);
  if (borrower !== undefined) {
    const staff = await portalMember({ db }, [SAMPLE, borrower], io.now());
    const link = await borrowerLink(db, staff, { now: io.now(), base, ms: LINK_MS });
    io.object({ role: "borrower", borrower, link });
    io.out(`  ${ROLE_WORDS.borrower[io.language].padEnd(18)} ${link}`);
  }
  io.out(accessSay.stop[io.language]());
  await serving.untilStopped();
}

/** Whose arrears are the largest: of him there is most to see. */
async function sampleBorrower(db: Database): Promise<string | undefined> {
  const { toLookAt } = await summarise(db, SAMPLE, MICRO_THROUGH);
  const [loan] = toLookAt;
  return loan && (await loanFile(db, loan.id, SAMPLE))?.borrower.external_id;
}

/** Somebody for each role that the sample has anything for. No firm is engaged in it, borrowers have pages of their own, programs have tokens. */
async function peopleOf(db: Database): Promise<readonly (readonly [Role, string | null])[]> {
  const lender = (await findLender(db, SAMPLE))!;
  await putCollector(db, lender, { id: "mei", name: "Mei", team: "", skills: {}, lead: true, active: true });
  await putAgency(db, lender, { name: AGENCY, role: "agency", active: true });
  return [
    ["operations", null],
    ["collector", "mei"],
    ["supervisor", null],
    ["compliance", null],
    ["auditor", null],
    ["agency", AGENCY],
  ];
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
