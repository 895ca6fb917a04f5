import { existsSync, rmSync } from "node:fs";
import { withBook } from "../../office/book.ts";
import { Declined, type Io, table, WrongUse } from "../../office/io.ts";
import {
  type Database,
  forgetKeyOf,
  type Keyring,
  keySource,
  knownKeys,
  readKeyring,
  rekey,
  rowsBehind,
  withNewKey,
  writeKeyring,
} from "../../store/index.ts";
import { accessSay } from "../access-words.ts";
import { verbOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = { "dry-run": { type: "boolean" } } as const;

const VERBS = ["list", "add", "rotate", "drop"] as const;

/** The keys under which names, numbers and addresses of a book lie encrypted. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = verbOf(asked, VERBS, "keys", io);
  switch (verb) {
    case "list":
      return withBook(place, io, (db) => list(db, place, io));
    case "add":
      return add(place, io);
    case "rotate":
      return withBook(place, io, (db) => rotate(db, asked.flag("dry-run"), io));
    case "drop":
      return drop(asked.words[1], place, io);
  }
}

const sourceOf = (place: string, io: Io) => {
  const source = keySource(place, process.env.ARREARS_KEYS);
  if (!source) throw new Declined(accessSay.noKeySource[io.language]());
  return source;
};

/** Exit code 1 where something lies open, or under an older key. */
async function list(db: Database, place: string, io: Io): Promise<number> {
  const source = keySource(place, process.env.ARREARS_KEYS);
  const ring: Keyring | undefined = source && readKeyring(source);
  const known = await knownKeys(db);
  const behind = (await rowsBehind(db, db.vault?.current ?? "-")).filter(({ rows }) => rows > 0);
  const keys = (ring?.keys ?? []).map(({ id, madeAt }) => ({
    id,
    madeAt,
    current: id === ring!.current,
    inBook: known.some((one) => one.id === id),
  }));
  io.object({
    source: source === undefined ? null : source.kind === "file" ? source.path : "ARREARS_KEYS",
    keys,
    behind,
  });
  if (!ring) io.out(accessSay.noKeys[io.language]());
  else
    io.out(
      table(
        [...accessSay.keyHeads[io.language]()],
        keys.map(({ id, madeAt, current, inBook }) => [
          id,
          madeAt,
          current ? accessSay.keyCurrent[io.language]() : inBook ? accessSay.keyOld[io.language]() : "",
        ]),
        ["left", "left", "left"],
      ),
    );
  for (const { what, rows } of behind) io.out(accessSay.keyBehind[io.language](what, rows));
  return behind.length > 0 ? 1 : 0;
}

/** A new key, under which everything is written from now on; what is under older ones is read as before. */
async function add(place: string, io: Io): Promise<number> {
  const source = sourceOf(place, io);
  if (source.kind === "text") throw new Declined(accessSay.keysInText[io.language]());
  const { path } = source;
  const isNew = !existsSync(path);
  const ring = withNewKey(isNew ? undefined : readKeyring({ ...source, makeIfNone: false }), io.now());
  writeKeyring(path, ring);
  try {
    await withBook(place, io, async () => {});
  } catch (error) {
    // A key that the book will not have must not be taken for its key later.
    if (isNew) rmSync(path);
    throw error;
  }
  io.object({ key: ring.current, file: path });
  io.out(accessSay.keyAdded[io.language](ring.current, path));
  return 0;
}

async function rotate(db: Database, dryRun: boolean, io: Io): Promise<number> {
  if (!db.vault) throw new Declined(accessSay.noKeySource[io.language]());
  const key = db.vault.current;
  const changed = dryRun
    ? await rowsBehind(db, key)
    : await rekey(db, (what, done, of) => io.progress(key, done, of, what));
  const total = changed.reduce((sum, { rows }) => sum + rows, 0);
  io.object({ key, dryRun, rows: total, kinds: changed.filter(({ rows }) => rows > 0) });
  for (const { what, rows } of changed) if (rows > 0) io.out(accessSay.keyRows[io.language](what, rows));
  io.out(accessSay.keyRotated[io.language](key, total, dryRun));
  return 0;
}

/** An older key leaves the file once nothing of this book lies under it. */
async function drop(id: string | undefined, place: string, io: Io): Promise<number> {
  if (!id) throw new WrongUse(say.missing[io.language]("KEY", "arrears keys drop k1"));
  const source = sourceOf(place, io);
  if (source.kind === "text") throw new Declined(accessSay.keysInText[io.language]());
  const ring = readKeyring(source);
  if (!ring?.keys.some((key) => key.id === id) || ring.current === id)
    throw new Declined(accessSay.keyNotOld[io.language](id));
  await withBook(place, io, async (db) => {
    const behind = (await rowsBehind(db, ring.current)).reduce((sum, { rows }) => sum + rows, 0);
    if (behind > 0) throw new Declined(accessSay.keyInUse[io.language](id, behind));
    await forgetKeyOf(db, id);
  });
  writeKeyring(source.path, { ...ring, keys: ring.keys.filter((key) => key.id !== id) });
  io.object({ dropped: id });
  io.out(accessSay.keyDropped[io.language](id));
  return 0;
}
