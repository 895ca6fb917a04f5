import { type Keyring, type KeySource, keySource, makeKeyring, readKeyring } from "./keyring.ts";
import type { Database, Sql } from "./sql.ts";
import { KeyMissing, type Vault, vaultOf } from "./vault.ts";

const proofPlace = (id: string): string => `book_key:${id}:proof`;
/** What a proof holds: it tells a wrong key, and a wrong index, from the right ones. */
const proofText = (vault: Vault): string => vault.blind("proof", "arrears");

/**
 * The keys of a book that was just opened, checked against it; made at first use where the book is a folder.
 *
 * Takes   where the book is, and what `ARREARS_KEYS` says.
 * Gives   `undefined` for a book on a server for which nobody named keys: its fields lie open, and `arrears keys list` says so.
 * Throws  one clear error where a key that the book has values under is missing or another one.
 */
export async function vaultFor(
  db: Database,
  place: string,
  told: string | undefined,
  now: number,
): Promise<Vault | undefined> {
  const source = keySource(place, told);
  const known = await knownKeys(db);
  if (!source) {
    if (known.length > 0)
      throw missing(known, "name the file of its keys, or the document itself, in ARREARS_KEYS");
    return undefined;
  }
  const ring = readKeyring(source) ?? firstRing(source, known, now);
  const vault = vaultOf(ring, () => readKeyring(source) ?? ring);
  const gone = known.filter(({ id }) => !ring.keys.some((key) => key.id === id));
  if (gone.length > 0) throw missing(gone, `add them to ${nameOf(source)}`);
  for (const { id, proof } of known) {
    let text: string | undefined;
    try {
      text = vault.open(proofPlace(id), proof);
    } catch {
      text = undefined;
    }
    if (text !== proofText(vault))
      throw new KeyMissing(
        `${nameOf(source)} holds another key ${id} than the one under which this book has values: it is the file of another book`,
      );
  }
  if (!known.some(({ id }) => id === ring.current))
    await db.run(
      "insert into book_key (id, proof, first_at) values ($1, $2, $3) on conflict (id) do nothing",
      [ring.current, vault.seal(proofPlace(ring.current), proofText(vault)), now],
    );
  return vault;
}

const nameOf = (source: KeySource): string => (source.kind === "file" ? source.path : "ARREARS_KEYS");

function firstRing(source: KeySource, known: readonly KnownKey[], now: number): Keyring {
  const path = source.kind === "file" ? source.path : "";
  // A new key beside a book whose own was lost would open nothing, and hide what is wrong.
  if (known.length > 0)
    throw missing(known, `put ${path} back from where you keep it, or name it in ARREARS_KEYS`);
  return makeKeyring(path, now);
}

const missing = (keys: readonly KnownKey[], how: string): KeyMissing =>
  new KeyMissing(
    `names, numbers and addresses of this book are encrypted, and ${keys.length === 1 ? "the key" : "the keys"} ${keys
      .map(({ id }) => id)
      .join(", ")} for them ${keys.length === 1 ? "is" : "are"} not at hand: ${how}`,
  );

export interface KnownKey {
  readonly id: string;
  readonly proof: string;
  readonly firstAt: number;
}

/** The keys under which the book has, or had, values. */
export const knownKeys = (sql: Sql): Promise<KnownKey[]> =>
  sql.query<KnownKey & Record<string, unknown>>(
    `select id, proof, first_at as "firstAt" from book_key order by first_at, id`,
  );

/** The book knows the key no longer; only once nothing lies under it. */
export const forgetKeyOf = (sql: Sql, id: string): Promise<number> =>
  sql.run("delete from book_key where id = $1", [id]);
