import { addressForms, BUCKETS, hash32, type Key } from "../core/index.ts";
import { CopyWriter } from "./copy.ts";
import type { Sql } from "./sql.ts";
import { opened, type Vault } from "./vault.ts";

/** What a borrower's row says of him as a person. */
export interface Profile {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly app: string | null;
  readonly address: string | null;
}

export const PROFILE_FIELDS = ["name", "phone", "email", "app", "address"] as const;

interface SealedRow extends Key, Partial<Profile> {
  readonly sealed?: string | null;
}

const placeOf = ({ bucket, n }: Key): string => `borrower:${bucket}/${n}:sealed`;

/** The columns of a profile as they are stored: one sealed value, or five open ones in a book without keys. */
export function storedProfile(
  vault: Vault | undefined,
  key: Key,
  profile: Told,
): Profile & { readonly sealed: string | null } {
  const { name = null, phone = null, email = null, app = null, address = null } = profile;
  const plain = { name, phone, email, app, address };
  if (!vault) return { ...plain, sealed: null };
  const none = { name: null, phone: null, email: null, app: null, address: null };
  if (PROFILE_FIELDS.every((field) => plain[field] === null)) return { ...none, sealed: null };
  const kept = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== null));
  return { ...none, sealed: vault.seal(placeOf(key), JSON.stringify(kept)) };
}

/** A row of `borrower` with what it says of the person readable. Whoever reads those columns goes through here. */
export function openBorrower<T extends SealedRow>(sql: Pick<Sql, "vault">, row: T): T {
  if (row.sealed == null) return row;
  const profile = JSON.parse(opened(sql.vault, placeOf(row), row.sealed)) as Partial<Profile>;
  return { ...row, ...profile, sealed: null };
}

type Told = Readonly<Partial<Record<keyof Profile, string | null | undefined>>>;

/** Replaces a profile, under the borrower's lock; `before` is what stood there. */
export async function putProfile(
  sql: Sql,
  key: Key,
  lender: number,
  before: Told,
  profile: Told,
): Promise<void> {
  const stored = storedProfile(sql.vault, key, profile);
  await sql.run(
    `update borrower set name = $3, phone = $4, email = $5, app = $6, address = $7, sealed = $8
     where bucket = $1 and n = $2`,
    [key.bucket, key.n, ...PROFILE_FIELDS.map((field) => stored[field]), stored.sealed],
  );
  await dropRefs(sql, key, before);
  await putRefs(sql, lender, [{ key, profile }]);
}

// --- finding ---------------------------------------------------------------------------------------------------------

const nameForm = (name: string): string =>
  name.normalize("NFKC").replaceAll(/\s+/g, " ").trim().toLowerCase();

/** Never changed: stored rows depend on it. */
const bucketOfBlind = (blind: string): number => hash32(`person\u0000${blind}`) % BUCKETS;

/** The blind forms under which a value is kept; for a look-up all forms that it may have been written in. */
const phoneBlinds = (vault: Vault, phone: string): string[] =>
  addressForms("call", phone)
    .filter((form) => form !== "")
    .map((form) => vault.blind("phone", form));
const nameBlind = (vault: Vault, name: string): string => vault.blind("name", nameForm(name));

const REF_COLUMNS = ["bucket", "owner_bucket", "owner_n", "lender", "blind"] as const;

const blindsOf = (vault: Vault, { name, phone }: Told): string[] => [
  ...(phone ? phoneBlinds(vault, phone).slice(0, 1) : []),
  ...(name ? [nameBlind(vault, name)] : []),
];

/** Keeps by what these borrowers are found. A book without keys looks through its rows instead. */
export async function putRefs(
  sql: Sql,
  lender: number,
  people: readonly { readonly key: Key; readonly profile: Told }[],
): Promise<void> {
  const { vault } = sql;
  if (!vault) return;
  const rows = people.flatMap(({ key, profile }) =>
    blindsOf(vault, profile).map((blind) => ({ key, blind, bucket: bucketOfBlind(blind) })),
  );
  if (rows.length === 0) return;
  // In the order of the key, so that each leaf of the index is met once.
  rows.sort((a, b) => a.bucket - b.bucket || (a.blind < b.blind ? -1 : a.blind > b.blind ? 1 : 0));
  const writer = new CopyWriter(1 << 16);
  for (const { bucket, key, blind } of rows) {
    writer.row(REF_COLUMNS.length);
    writer.int4(bucket);
    writer.int4(key.bucket);
    writer.int4(key.n);
    writer.int2(lender);
    writer.text(blind);
  }
  await sql.copyIn("person_ref", REF_COLUMNS, writer.finish());
}

/** He is found by none of these any more. */
export async function dropRefs(sql: Sql, { bucket, n }: Key, profile: Told): Promise<void> {
  const blinds = sql.vault ? blindsOf(sql.vault, profile) : [];
  if (blinds.length === 0) return;
  await sql.run(
    `delete from person_ref r using unnest($1::int4[], $2::text[]) as k(bucket, blind)
     where r.bucket = k.bucket and r.blind = k.blind and r.owner_bucket = $3 and r.owner_n = $4`,
    [blinds.map(bucketOfBlind), blinds, bucket, n],
  );
}

/** A number as it is remembered only to be recognised again. */
export const recognised = (vault: Vault | undefined, phone: string): string =>
  vault ? vault.blind("phone", addressForms("call", phone)[0]!) : phone;

/**
 * Everybody of a lender with exactly this phone number or name, however it was written; at most `limit`. What a book took in
 * before it had keys is found once it was rotated.
 */
export async function findPeople(
  sql: Sql,
  lender: number,
  value: string,
  limit: number,
): Promise<readonly (Key & { readonly id: string })[]> {
  const { vault } = sql;
  const phones = addressForms("call", value).filter((form) => form.length >= 5);
  if (!vault)
    return sql.query<{ bucket: number; n: number; id: string }>(
      `select b.bucket, b.n, b.external_id as id from borrower b where b.bucket >= 0 and b.lender = $1
         and (regexp_replace(b.phone, '\\D', '', 'g') = any($2::text[]) or lower(b.name) = $3) order by 1, 2 limit $4`,
      [lender, phones, nameForm(value), limit],
    );
  const blinds = [...phones.map((form) => vault.blind("phone", form)), nameBlind(vault, value)];
  return sql.query<{ bucket: number; n: number; id: string }>(
    `select distinct b.bucket, b.n, b.external_id as id from unnest($1::int4[], $2::text[]) as k(bucket, blind)
     join person_ref r on r.bucket = k.bucket and r.blind = k.blind and r.lender = $3
     join borrower b on b.bucket = r.owner_bucket and b.n = r.owner_n order by 1, 2 limit $4`,
    [blinds.map(bucketOfBlind), blinds, lender, limit],
  );
}

/** Borrowers of any lender with one of these numbers, by the lender's number and their id, with their name. */
export async function borrowersByPhone(
  sql: Sql,
  phones: readonly string[],
  limit: number,
): Promise<
  readonly (Key & { readonly lender: number; readonly id: string; readonly name: string | null })[]
> {
  type Row = Key & { lender: number; id: string; name: string | null; sealed: string | null };
  // What lies open still, in each bucket by an index that is empty once everything is sealed.
  const rows = await sql.query<Row & Record<string, unknown>>(
    `select b.bucket, b.n, b.lender, b.external_id as id, b.name, b.sealed from generate_series(0, $2) as k(bucket)
     cross join lateral (select * from borrower b where b.bucket = k.bucket and b.phone = any($1::text[]) limit $3) b
     order by b.lender, b.external_id limit $3`,
    [phones, BUCKETS - 1, limit],
  );
  const { vault } = sql;
  if (!vault) return rows;
  const blinds = [...new Set(phones.flatMap((phone) => phoneBlinds(vault, phone)))];
  const sealed = await sql.query<Row & Record<string, unknown>>(
    `select b.bucket, b.n, b.lender, b.external_id as id, b.name, b.sealed
     from unnest($1::int4[], $2::text[]) as k(bucket, blind)
     join person_ref r on r.bucket = k.bucket and r.blind = k.blind
     join borrower b on b.bucket = r.owner_bucket and b.n = r.owner_n order by b.lender, b.external_id limit $3`,
    [blinds.map(bucketOfBlind), blinds, limit],
  );
  const all = new Map([...rows, ...sealed].map((row) => [`${row.bucket} ${row.n}`, openBorrower(sql, row)]));
  return [...all.values()].map(({ bucket, n, lender, id, name }) => ({ bucket, n, lender, id, name }));
}
