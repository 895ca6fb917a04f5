import {
  addressForms,
  BUCKETS,
  type Channel,
  hash32,
  type Instant,
  type Key,
  keyToNumber,
} from "../core/index.ts";
import type { Ended } from "../dispatch/index.ts";
import type { Sql } from "./sql.ts";
import { isSealed, opened, sealed } from "./vault.ts";

/** Never changed: stored rows depend on it. */
const bucketOfAddress = (form: string): number => hash32(`address\u0000${form}`) % BUCKETS;
const refPlace = (form: string, { bucket, n }: Key): string => `address_ref:${form}/${bucket}/${n}:written`;
const bucketOfReference = (channel: string, reference: string): number =>
  hash32(`reference\u0000${channel}\u0000${reference}`) % BUCKETS;

/** An address that a contact went to. */
export interface Addressed extends Key {
  readonly via: Channel;
  readonly address: string;
}

/** Keeps where contacts went, in the transaction that begins them: an answer may be quicker than the carrier's receipt. */
export async function rememberAddresses(
  sql: Sql,
  addressed: readonly Addressed[],
  now: Instant,
): Promise<void> {
  // One row a borrower and address, in the order of the key: two writers then never wait for each other in a circle.
  const rows = new Map<string, Addressed & { readonly form: string; readonly refBucket: number }>();
  for (const one of addressed) {
    const plain = addressForms(one.via, one.address)[0]!;
    if (plain === "") continue;
    const form = sql.vault ? sql.vault.blind("address", plain) : plain;
    const refBucket = bucketOfAddress(form);
    rows.set(`${String(refBucket).padStart(4)} ${form} ${one.bucket} ${one.n}`, { ...one, form, refBucket });
  }
  if (rows.size === 0) return;
  const all = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await sql.run(
    `insert into address_ref (last_at, bucket, owner_bucket, owner_n, via, address, written)
     select $1, k.bucket, k.owner_bucket, k.owner_n, k.via, k.address, k.written
     from unnest($2::int4[], $3::int4[], $4::int4[], $5::text[], $6::text[], $7::text[])
       as k(bucket, owner_bucket, owner_n, via, address, written)
     on conflict (bucket, address, owner_bucket, owner_n) do update
       set last_at = excluded.last_at, via = excluded.via, written = excluded.written`,
    [
      now,
      all.map(({ refBucket }) => refBucket),
      all.map(({ bucket }) => bucket),
      all.map(({ n }) => n),
      all.map(({ via }) => via),
      all.map(({ form }) => form),
      all.map((one) => sealed(sql.vault, refPlace(one.form, one), one.address)),
    ],
  );
}

/** Keeps the ids that carriers gave, so that their reports find the contact. */
export async function rememberReferences(sql: Sql, ended: readonly Ended[], now: Instant): Promise<void> {
  const rows = ended.flatMap(({ begun, ending }) => {
    if (ending.outcome !== "sent" || ending.channel === undefined) return [];
    const { channel, references = [] } = ending;
    return references
      .filter((reference) => reference !== "")
      .map((reference) => ({
        refBucket: bucketOfReference(channel, reference),
        channel,
        reference,
        key: begun.key,
        action: begun.message.id,
      }));
  });
  if (rows.length === 0) return;
  await sql.run(
    `insert into contact_ref (recorded_at, bucket, owner_bucket, owner_n, channel, reference, action)
     select $1, k.bucket, k.owner_bucket, k.owner_n, k.channel, k.reference, k.action
     from unnest($2::int4[], $3::int4[], $4::int4[], $5::text[], $6::text[], $7::text[])
       as k(bucket, owner_bucket, owner_n, channel, reference, action)
     on conflict (bucket, channel, reference) do nothing`,
    [
      now,
      rows.map(({ refBucket }) => refBucket),
      rows.map(({ key }) => key.bucket),
      rows.map(({ key }) => key.n),
      rows.map(({ channel }) => channel),
      rows.map(({ reference }) => reference),
      rows.map(({ action }) => action),
    ],
  );
}

/** The contact that a carrier's id stands for. */
export async function contactOfReference(
  sql: Sql,
  channel: string,
  reference: string,
): Promise<(Key & { readonly action: string }) | undefined> {
  const [row] = await sql.query<{ bucket: number; n: number; action: string }>(
    `select owner_bucket as bucket, owner_n as n, action from contact_ref
     where bucket = $1 and channel = $2 and reference = $3`,
    [bucketOfReference(channel, reference), channel, reference],
  );
  return row;
}

/** Everybody to whom something was sent at an address, in the order of their keys, with the address as it was written. */
export async function ownersOfAddress(
  sql: Sql,
  via: Channel,
  address: string,
): Promise<readonly (Key & { readonly written: string })[]> {
  const { vault } = sql;
  const plain = addressForms(via, address).filter((form) => form !== "");
  // What was written before the book had keys stands open still.
  const forms = vault ? [...plain.map((form) => vault.blind("address", form)), ...plain] : plain;
  const rows = await sql.query<{ bucket: number; n: number; form: string; written: string }>(
    `select r.owner_bucket as bucket, r.owner_n as n, r.address as form, r.written
     from unnest($1::int4[], $2::text[]) as k(bucket, address)
     join address_ref r on r.bucket = k.bucket and r.address = k.address order by 1, 2, r.written`,
    [forms.map(bucketOfAddress), forms],
  );
  const owners = new Map(
    rows.map(({ form, ...row }) => [
      keyToNumber(row),
      { bucket: row.bucket, n: row.n, written: opened(vault, refPlace(form, row), row.written) },
    ]),
  );
  return [...owners.values()];
}

/** Brings one row under the current key: one that lay open moves to where its blind form is looked for. */
export async function moveAddress(
  sql: Sql,
  row: {
    readonly last_at: number;
    readonly bucket: number;
    readonly owner_bucket: number;
    readonly owner_n: number;
    readonly via: string;
    readonly address: string;
    readonly written: string;
  },
): Promise<void> {
  const vault = sql.vault!;
  const owner = { bucket: row.owner_bucket, n: row.owner_n };
  const form = isSealed(row.written) ? row.address : vault.blind("address", row.address);
  const written = vault.seal(refPlace(form, owner), vault.open(refPlace(row.address, owner), row.written));
  await sql.run(
    "delete from address_ref where bucket = $1 and address = $2 and owner_bucket = $3 and owner_n = $4",
    [row.bucket, row.address, owner.bucket, owner.n],
  );
  await sql.run(
    `insert into address_ref (last_at, bucket, owner_bucket, owner_n, via, address, written)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (bucket, address, owner_bucket, owner_n) do nothing`,
    [row.last_at, bucketOfAddress(form), owner.bucket, owner.n, row.via, form, written],
  );
}
