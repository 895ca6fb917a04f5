import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { LENDER_KINDS } from "../../packs/cn/ledger.ts";
import { loadCalendar, loadPack, PLACES, type Place, packageRoot, packWithHouse } from "../../packs/load.ts";
import { type Day, dayAt, parseDay, type WorkCalendar } from "../core/index.ts";
import type { Places } from "../intake/index.ts";
import type { Pack } from "../policy/index.ts";
import {
  type Database,
  freezeStrategy,
  houseSettings,
  type KnownStrategy,
  knownStrategies,
  type Lender,
  lenders,
  openBook,
  type Shelves,
} from "../store/index.ts";
import { readStrategy, type Strategy, strategyId, strategyLine } from "../strategy/index.ts";
import { Declined, type Io, WrongUse } from "./io.ts";
import { limitationWatchOf } from "./limitation/json.ts";
import { say } from "./messages.ts";
import { lineDiff } from "./strategy/line-diff.ts";
import { strategySay } from "./strategy/words.ts";

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
    limitation: limitationWatchOf,
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

const shippedFolder = (): string => join(packageRoot(), "strategies");
export const sha256Of = (body: string): string => createHash("sha256").update(body).digest("hex");

interface StrategyFile {
  readonly file: string;
  readonly body: string;
  readonly sha256: string;
  readonly strategy: Strategy;
}

/** The versions of a strategy that a folder holds. */
function versionsIn(folder: string, name: string, io: Io): StrategyFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((entry) => /\.ya?ml$/.test(entry))
    .flatMap((entry) => {
      const body = readFileSync(join(folder, entry), "utf8");
      // Other YAML files, maps among them, lie in the same folders: only a file that begins as this strategy is read.
      if (/^strategy:\s*["']?([\w-]+)/m.exec(body)?.[1] !== name) return [];
      const strategy = strategyFrom(body, entry, io);
      return strategy.name === name
        ? [{ file: join(folder, entry), body, sha256: sha256Of(body), strategy }]
        : [];
    });
}

/**
 * A strategy that somebody names: a file, or `name@2`, or a name for its newest version, of the book or as shipped; with all
 * others that its arms may follow: those of the book, of the file's folder and those shipped.
 */
export function strategyNamed(word: string, ofBook: readonly KnownStrategy[], io: Io): NamedStrategy {
  const read = ofBook.map(({ name, version, body }) => strategyFrom(body, `${name}@${version}`, io));
  const isFile = existsSync(word) || /[\\/]|\.ya?ml$/.test(word);
  const strategy = isFile ? strategyFrom(textOf(word, io), word, io) : newestNamed(word, read, io);
  if (!strategy) throw new Declined(strategySay.unknown[io.language](word));
  const folders = isFile ? [dirname(word), shippedFolder()] : [shippedFolder()];
  const wanted = strategy.arms.flatMap(({ follows }) => (follows ? [follows.split("@")[0]!] : []));
  const beside = folders.flatMap((folder) =>
    wanted.flatMap((name) => versionsIn(folder, name, io).map((file) => file.strategy)),
  );
  const others = [...read, ...beside];
  for (const { name, follows } of strategy.arms)
    if (follows !== undefined && !others.some((one) => strategyId(one) === follows))
      throw new Declined(strategySay.followsNowhere[io.language](name, follows, folders.join(", ")));
  return { strategy, others };
}

function newestNamed(word: string, ofBook: readonly Strategy[], io: Io): Strategy | undefined {
  const [name, version] = word.split("@");
  const shipped = versionsIn(shippedFolder(), name!, io).map(({ strategy }) => strategy);
  const named = [...ofBook, ...shipped].filter(
    (one) => one.name === name && (version === undefined || strategyId(one) === word),
  );
  return named.reduce<Strategy | undefined>(
    (newest, one) => (newest && newest.version >= one.version ? newest : one),
    undefined,
  );
}

/** The versions of the book, where there is one: a file can be tried without. */
export const versionsOf = async (place: string, io: Io): Promise<readonly KnownStrategy[]> =>
  existsSync(place) || place.includes("://") ? withBook(place, io, (db) => knownStrategies(db)) : [];

export interface NamedStrategy {
  readonly strategy: Strategy;
  /** May hold a version twice. */
  readonly others: readonly Strategy[];
}

/**
 * Takes in the versions of a product's strategy that are shipped with the program; those of a folder of the lender's own
 * must have been released by two people, and an import says so where none is.
 */
export async function freezeNamed(db: Database, name: string, io: Io, folder?: string): Promise<void> {
  const shipped = versionsIn(shippedFolder(), name, io);
  const own = folder === undefined ? [] : versionsIn(folder, name, io);
  for (const file of own.length > 0 ? own : shipped) {
    if (!shipped.some(({ sha256 }) => sha256 === file.sha256)) continue;
    const { version, from } = file.strategy;
    await freezeStrategy(
      db,
      { name, version, from, body: file.body, sha256: file.sha256 },
      { by: "import", at: io.now(), remark: "as shipped" },
    );
  }
  const known = await knownStrategies(db, name);
  const inUse = known.some(({ state }) => state === "released" || state === "shipped");
  for (const { strategy, sha256, body, file } of own) {
    const there = known.find(({ version }) => version === strategy.version);
    if (there && there.sha256 !== sha256)
      throw new Declined(
        say.strategyChanged[io.language](strategyId(strategy), file, lineDiff(there.body, body)),
      );
    if (!there && inUse) io.note(say.strategyNotReleased[io.language](strategyId(strategy), file));
  }
  if (inUse) return;
  const first = own[0] ?? known[0];
  if (!first) {
    const folders = [folder, shippedFolder()].filter((place) => place !== undefined && existsSync(place));
    throw new Declined(say.noStrategy[io.language](name, folders.join(", ")));
  }
  const version = "strategy" in first ? first.strategy.version : first.version;
  throw new Declined(
    say.strategyUnreleased[io.language](`${name}@${version}`, "file" in first ? first.file : undefined),
  );
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

export const todayAt = (lender: Lender, io: Pick<Io, "now">): Day => dayAt(lender.zone, io.now());
