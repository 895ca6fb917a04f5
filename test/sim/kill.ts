import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPack } from "../../packs/load.ts";
import { addDays } from "../../src/core/index.ts";
import { BOOK_CHECKS } from "../../src/dayclose/index.ts";
import { openBook, verifyBook } from "../../src/store/index.ts";
import { shelves } from "../support/book.ts";
import { ensureBuilt } from "../support/build.ts";
import { freshServerDatabase } from "../support/database.ts";
import { type Dump, MemoryBook } from "../support/memory-store.ts";
import { dumpBook } from "../support/sql-book.ts";
import { audit } from "./auditor.ts";
import { liveByFiles } from "./timeline.ts";
import { draw, type WorldSize, worldOf } from "./world.ts";

export type KillEngine = "embedded" | "postgres";

export interface KillResult {
  readonly seed: number;
  readonly engine: KillEngine;
  /** Kills that met a living process. */
  readonly kills: number;
  /** Milliseconds of the last, unbroken stretch from an open book to its end. */
  readonly ms: number;
  /** What is wrong; empty when the book is as an uninterrupted run leaves it. */
  readonly wrong: readonly string[];
}

export const KILL_SIZE: WorldSize = { borrowers: 180, events: 400, days: 20, filesOnly: true };
const KILLS = [1, 1, 2, 3];
const GIVE_UP_AFTER = 120_000;

/**
 * One seed: a process imports and closes a book and is killed with SIGKILL at up to three random moments, in the
 * middle of opening, importing or closing; then it runs to its end, and the book is compared with that of a run in
 * memory that nothing interrupted, verified against its journal, and audited.
 */
export async function killRun(engine: KillEngine, seed: number, usualMs: number): Promise<KillResult> {
  const world = worldOf(seed, KILL_SIZE);
  const pack = loadPack("cn");
  const expected = new MemoryBook(world, pack);
  await liveByFiles(world, expected, expected, addDays(world.opened, -1));

  const place = await freshPlace(engine);
  try {
    let kills = 0;
    let ms = 0;
    const wanted = usualMs > 0 ? KILLS[draw(seed, "kills", KILLS.length)]! : 0;
    for (let life = 0; ; life++) {
      const end = life < wanted ? momentOf(seed, life, usualMs) : undefined;
      const ended = await liveOnce(place.at, seed, end);
      if (ended.killed) kills += 1;
      else {
        ms = ended.ms;
        break;
      }
    }
    const db = await openBook(place.at);
    try {
      const dump = await dumpBook(db);
      const verified = await verifyBook(db, shelves(pack), BOOK_CHECKS);
      const wrong = [
        ...differences(withoutPack(expected.dump()), withoutPack(dump)),
        ...verified.findings.map(({ loan, says }) => `${loan}: ${says}`),
        ...audit(world, dump),
      ];
      return { seed, engine, kills, ms, wrong };
    } finally {
      await db.close();
    }
  } finally {
    await place.drop();
  }
}

/** Mostly while the book is open; now and then while it is being opened, or recovered from the last kill. */
function momentOf(seed: number, life: number, usualMs: number): { after: "start" | "open"; ms: number } {
  const part = draw(seed, `moment ${life}`, 1000) / 1000;
  return draw(seed, `while ${life}`, 5) === 0
    ? { after: "start", ms: Math.round(100 + part * 1500) }
    : { after: "open", ms: Math.round(part * usualMs) };
}

type Ended = { readonly killed: true } | { readonly killed: false; readonly ms: number };

function liveOnce(
  place: string,
  seed: number,
  end: { after: "start" | "open"; ms: number } | undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [childEntry(), place, String(seed), JSON.stringify(KILL_SIZE)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let told = "";
    let errors = "";
    let openAt = 0;
    let kill: NodeJS.Timeout | undefined;
    const killIn = (ms: number) => {
      kill = setTimeout(() => child.kill("SIGKILL"), ms);
    };
    const hung = setTimeout(() => {
      errors += "it ran for two minutes and was ended";
      child.kill("SIGKILL");
    }, GIVE_UP_AFTER);
    if (end?.after === "start") killIn(end.ms);
    child.stderr.on("data", (text) => {
      errors += text;
    });
    child.stdout.on("data", (text) => {
      told += text;
      if (openAt === 0 && told.includes("open\n")) {
        openAt = performance.now();
        if (end?.after === "open") killIn(end.ms);
      }
    });
    child.on("close", (code, signal) => {
      clearTimeout(kill);
      clearTimeout(hung);
      if (signal === "SIGKILL" && errors === "") resolve({ killed: true });
      else if (code === 0 && told.includes("done\n"))
        resolve({ killed: false, ms: performance.now() - openAt });
      else reject(new Error(`the closing process ended with ${signal ?? code}: ${errors}`));
    });
  });
}

/** A pack's version is a digest of its compiled rules too, which the sources and the build spell differently. */
const withoutPack = (dump: Dump): Dump =>
  JSON.parse(JSON.stringify(dump).replaceAll(/"cn-[0-9a-f]+\\"/g, '"cn\\"'));

function differences(expected: Dump, found: Dump): string[] {
  const wrong: string[] = [];
  const ids = new Set([...Object.keys(expected.loans), ...Object.keys(found.loans)]);
  for (const id of ids) {
    const [a, b] = [expected.loans[id], found.loans[id]];
    if (!a || !b) wrong.push(`${id}: ${a ? "lost" : "in the book and never sent"}`);
    else {
      const at = Array.from({ length: Math.max(a.facts.length, b.facts.length) }, (_, i) => i).find(
        (i) => a.facts[i] !== b.facts[i],
      );
      if (at !== undefined)
        wrong.push(`${id}: fact ${at + 1} is ${b.facts[at]}, and should be ${a.facts[at]}`);
      else if (a.state !== b.state) wrong.push(`${id}: its row is ${b.state}, and should be ${a.state}`);
    }
  }
  const listed = new Set(found.actions);
  const wanted = new Set(expected.actions);
  if (listed.size !== found.actions.length) wrong.push("an action is in the outbox twice");
  for (const action of wanted) if (!listed.has(action)) wrong.push(`not in the outbox: ${action}`);
  for (const action of listed)
    if (!wanted.has(action)) wrong.push(`in the outbox and not planned: ${action}`);
  return wrong;
}

// --- places and programs -----------------------------------------------------------------------------------------

let prepared: Promise<string> | undefined;

/** A new book: a copy of one prepared folder, since making the embedded database takes seconds; or a new database. */
async function freshPlace(engine: KillEngine): Promise<{ at: string; drop(): Promise<void> }> {
  if (engine === "postgres") {
    const { url, drop } = await freshServerDatabase();
    return { at: url, drop };
  }
  prepared ??= prepare();
  const from = await prepared;
  const folder = mkdtempSync(join(tmpdir(), "arrears-kill-"));
  const at = join(folder, "book");
  cpSync(from, at, { recursive: true });
  return { at, drop: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function prepare(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "arrears-prepared-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const at = join(folder, "book");
  await (await openBook(at)).close();
  return at;
}

/** The program of a child process: from the build, beside this file; from the sources, out of the build that they make. */
export function childEntry(file = "child.js"): string {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith(".js")) return join(here, "..", file);
  ensureBuilt();
  return join(here, "../../../dist/test/sim", file);
}

/** How long an unbroken run takes here and now; kills are drawn from that time. */
export async function usualMsOf(engine: KillEngine): Promise<number> {
  const { ms, wrong } = await killRun(engine, 0, 0);
  if (wrong.length > 0)
    throw new Error(`an unbroken run on ${engine} is wrong already:\n${wrong.slice(0, 10).join("\n")}`);
  return ms;
}
