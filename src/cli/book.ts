import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { LENDER_KINDS } from "../../packs/cn/ledger.ts";
import { loadCalendar, loadPack, PLACES, type Place, packageRoot, packWithHouse } from "../../packs/load.ts";
import { type Day, dayAt, parseDay, type WorkCalendar } from "../core/index.ts";
import type { Places } from "../intake/index.ts";
import type { Pack } from "../policy/index.ts";
import {
  type Database,
  freezeStrategy,
  houseSettings,
  type Lender,
  lenders,
  openBook,
  type Shelves,
} from "../store/index.ts";
import { readStrategy, type Strategy, strategyLine } from "../strategy/index.ts";
import { Declined, type Io, WrongUse } from "./io.ts";
import { say } from "./messages.ts";

const packs = new Map<string, Pack | undefined>();

/**
 * The pack of a place, with a lender's own settings as recorded; `undefined` where none is installed: then every step
 * asks a person.
 */
export function packOf(place: string, house: readonly string[] = []): Pack | undefined {
  const key = JSON.stringify([place, ...house]);
  if (!packs.has(key)) {
    const pack =
      house.length > 0
        ? packOf(place)
        : PLACES.includes(place as Place)
          ? loadPack(place as Place)
          : undefined;
    packs.set(key, pack && packWithHouse(pack, house));
  }
  return packs.get(key);
}

/** The pack that a lender of the book is held to, its own settings among the rules. */
export async function packFor(db: Database, lender: Pick<Lender, "id" | "pack">): Promise<Pack | undefined> {
  const settings = await houseSettings(db, lender);
  return packOf(
    lender.pack,
    settings.map(({ body }) => body),
  );
}

const calendars = new Map<string, WorkCalendar | undefined>();

/** The working days of a place, as far as they are published; `undefined` where no pack is installed. */
export function calendarOf(place: string): WorkCalendar | undefined {
  if (!calendars.has(place))
    calendars.set(place, PLACES.includes(place as Place) ? loadCalendar(place as Place) : undefined);
  return calendars.get(place);
}

/** What maps are checked against: the kinds of lenders and the calendars of the installed packs. */
export const INSTALLED: Places = {
  lenderKinds: (place) => (place === "cn" ? LENDER_KINDS : undefined),
  hasCalendar: (place) => PLACES.includes(place as Place),
};

export const installedPacks = (): Pack[] => PLACES.map((place) => packOf(place)!);

export function shelvesOf(io: Io): Shelves {
  const read = new Map<string, Strategy>();
  return {
    pack: packOf,
    readStrategy: (body) => {
      const known = read.get(body) ?? strategyFrom(body, "frozen strategy", io);
      read.set(body, known);
      return known;
    },
    line: strategyLine,
    now: io.now,
  };
}

/** Opens a book that is there, does the work, and closes it again whatever happens. */
export async function withBook<T>(
  place: string,
  io: Io,
  work: (db: Database) => Promise<T>,
  connections?: number,
): Promise<T> {
  // A question about a book whose name was mistyped must not leave a new one behind.
  if (!place.includes("://") && !existsSync(place)) throw new Declined(say.noBook[io.language](place));
  return withBookOrNew(place, work, connections);
}

/** The same for what begins a book where there is none. */
export async function withBookOrNew<T>(
  place: string,
  work: (db: Database) => Promise<T>,
  connections?: number,
): Promise<T> {
  const db = await openBook(place, calendarOf, connections);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** The text of a file that somebody named. */
export function textOf(file: string, io: Io): string {
  mustBeFile(file, io);
  return readFileSync(file, "utf8");
}

export function mustBeFile(file: string, io: Io): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Declined(say.noFile[io.language](file));
  if (found.isDirectory()) throw new Declined(say.notAFile[io.language](file));
}

export function strategyFrom(text: string, file: string, io: Io): Strategy {
  const read = readStrategy(text, file);
  if (read.ok) return read.strategy;
  const lines = read.refusals.map(({ at, says }) => `  ${at}  ${says}`).join("\n");
  throw new Declined(`${say.strategyHasMistakes[io.language](file)}\n${lines}`);
}

/** Freezes every version of a strategy that the shipped folder, or one that is named, holds. */
export async function freezeNamed(db: Database, name: string, io: Io, folder?: string): Promise<void> {
  const folders = [folder, join(packageRoot(), "strategies")].filter((f) => f !== undefined && existsSync(f));
  let found = false;
  for (const place of folders as string[]) {
    for (const file of readdirSync(place).filter((entry) => /\.ya?ml$/.test(entry))) {
      const body = readFileSync(join(place, file), "utf8");
      // Other YAML files, maps among them, lie in the same folders: only a file that begins as this strategy is read.
      if (/^strategy:\s*["']?([\w-]+)/m.exec(body)?.[1] !== name) continue;
      const strategy = strategyFrom(body, file, io);
      if (strategy.name !== name) continue;
      const sha256 = createHash("sha256").update(body).digest("hex");
      await freezeStrategy(db, { name, version: strategy.version, from: strategy.from, body, sha256 });
      found = true;
    }
    if (found) return;
  }
  throw new Declined(say.noStrategy[io.language](name, folders.join(", ")));
}

export async function lendersAsked(db: Database, code: string | undefined, io: Io): Promise<Lender[]> {
  const all = await lenders(db);
  if (all.length === 0) throw new Declined(say.emptyBook[io.language]());
  if (code === undefined) return all;
  const one = all.filter((lender) => lender.code === code);
  if (one.length === 0)
    throw new Declined(say.noLender[io.language](code, all.map((l) => l.code).join(", ")));
  return one;
}

export function dayOption(text: string | undefined, option: string, io: Io): Day | undefined {
  if (text === undefined) return undefined;
  const value = parseDay(text);
  if (value === undefined) throw new WrongUse(say.notADay[io.language](option, text));
  return value;
}

export const todayAt = (lender: Lender, io: Io): Day => dayAt(lender.zone, io.now());
