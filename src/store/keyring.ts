import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";

/** Keys of a book. They never stand in it, nor in what is backed up with it. */
export interface Keyring {
  readonly keys: readonly BookKey[];
  /** The key for new values. */
  readonly current: string;
  /** From which equal values are found by; it stays when keys are changed. */
  readonly index: Buffer;
}

export interface BookKey {
  readonly id: string;
  readonly key: Buffer;
  /** When it was made, as ISO text. */
  readonly madeAt: string;
}

/** Where keys come from: a file, or the document itself in an environment variable. */
export type KeySource =
  | { readonly kind: "file"; readonly path: string; readonly makeIfNone: boolean }
  | { readonly kind: "text"; readonly text: string };

export class BadKeys extends Error {
  override name = "BadKeys";
}

/**
 * Where the keys of a book are: what `ARREARS_KEYS` names (a file, or the document itself, which begins with a brace); for a
 * folder, else, the file beside it, never within it. A book on a server has no place of its own: `undefined`.
 */
export function keySource(place: string, told: string | undefined): KeySource | undefined {
  if (told?.trimStart().startsWith("{")) return { kind: "text", text: told };
  if (told) return { kind: "file", path: told, makeIfNone: false };
  if (place.includes("://")) return undefined;
  return { kind: "file", path: `${place.replace(/[/\\]+$/, "")}.keys`, makeIfNone: true };
}

/** Reads the ring; `undefined` where the file beside a book is not there yet. */
export function readKeyring(source: KeySource): Keyring | undefined {
  if (source.kind === "text") return parseKeyring(source.text, "ARREARS_KEYS");
  if (!existsSync(source.path)) {
    if (source.makeIfNone) return undefined;
    throw new BadKeys(
      `ARREARS_KEYS names ${source.path}, and there is no such file; arrears keys add makes one`,
    );
  }
  // Others on the machine who can read the keys need no key.
  if (process.platform !== "win32" && (statSync(source.path).mode & 0o077) !== 0)
    throw new BadKeys(`${source.path} can be read by others on this machine: chmod 600 ${source.path}`);
  return parseKeyring(readFileSync(source.path, "utf8"), source.path);
}

/** Makes a ring of one key beside a book; of two that do so at once one wins, and both have its ring. */
export function makeKeyring(path: string, now: number): Keyring {
  const ring = withNewKey(undefined, now);
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, keyringText(ring), { mode: 0o600 });
  try {
    linkSync(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return parseKeyring(readFileSync(path, "utf8"), path);
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    writeFileSync(path, keyringText(ring), { mode: 0o600, flag: "wx" });
  } finally {
    unlinkSync(aside);
  }
  return ring;
}

/** Writes a ring in the place of another, whole or not at all. */
export function writeKeyring(path: string, ring: Keyring): void {
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, keyringText(ring), { mode: 0o600 });
  renameSync(aside, path);
}

/** The ring with one more key, which is the current one from now on. */
export function withNewKey(ring: Keyring | undefined, now: number): Keyring {
  const last = Math.max(0, ...(ring?.keys ?? []).map(({ id }) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0)));
  const made: BookKey = { id: `k${last + 1}`, key: randomBytes(32), madeAt: new Date(now).toISOString() };
  return { keys: [...(ring?.keys ?? []), made], current: made.id, index: ring?.index ?? randomBytes(32) };
}

/** `{"current":"k1","index":"…","keys":[{"id":"k1","madeAt":"…","key":"…"}]}`; keys are 32 bytes in base64url. */
export const keyringText = ({ keys, current, index }: Keyring): string =>
  `${JSON.stringify(
    {
      current,
      index: index.toString("base64url"),
      keys: keys.map(({ id, key, madeAt }) => ({ id, madeAt, key: key.toString("base64url") })),
    },
    null,
    2,
  )}\n`;

/** Never says what it found: an error may be logged. */
function parseKeyring(text: string, from: string): Keyring {
  const bad = (says: string): BadKeys => new BadKeys(`${from} holds no keys that can be used: ${says}`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw bad("it is no JSON");
  }
  const { keys, current, index } = (read ?? {}) as Record<string, unknown>;
  if (!Array.isArray(keys)) throw bad("no list `keys`");
  const all = keys.map((one: unknown, i): BookKey => {
    const { id, key, madeAt } = (one ?? {}) as Record<string, unknown>;
    if (typeof id !== "string" || !/^[a-z0-9]{1,16}$/.test(id))
      throw bad(`key ${i + 1} has no id of small letters and digits`);
    return { id, key: secret(key, `key ${id}`, bad), madeAt: typeof madeAt === "string" ? madeAt : "" };
  });
  if (new Set(all.map(({ id }) => id)).size !== all.length) throw bad("two keys have one id");
  if (!all.some(({ id }) => id === current)) throw bad("`current` names none of its keys");
  return { keys: all, current: current as string, index: secret(index, "index", bad) };
}

function secret(value: unknown, what: string, bad: (says: string) => BadKeys): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value, "base64url") : Buffer.alloc(0);
  if (bytes.length !== 32) throw bad(`${what} is not 32 bytes in base64url`);
  return bytes;
}
