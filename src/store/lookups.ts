import { bucketOf, type Day, FACT_CODES, type Fact, type Key, keyToNumber } from "../core/index.ts";
import type { Batch, KnownLoan, Refused } from "./batch.ts";
import type { Lender } from "./catalog.ts";
import type { CopyWriter } from "./copy.ts";
import { INBOX_SELECT, keyArrays, readInbox } from "./rows.ts";
import type { Sql } from "./sql.ts";

export const REF_COLUMNS = ["bucket", "lender", "external_id", "loan_bucket", "loan_n"] as const;

/** Keys of loans seen lately, so that a file sorted by loan asks the look-up table once. */
const REMEMBERED = 200_000;

/** The bucket of a loan's outside id. */
export const refBucket = (lender: Lender, loanId: string): number => bucketOf(lender.code, `loan ${loanId}`);

export function writeRef(writer: CopyWriter, lender: Lender, loanId: string, key: Key): void {
  writer.row(REF_COLUMNS.length);
  writer.int4(refBucket(lender, loanId));
  writer.int2(lender.id);
  writer.text(loanId);
  writer.int4(key.bucket);
  writer.int4(key.n);
}

/** Keys of loans by their outside ids; ids that the book does not know are not in the answer. */
export async function findKeys(sql: Sql, lender: Lender, ids: readonly string[]): Promise<Map<string, Key>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<{ id: string; bucket: number; n: number }>(
    `select r.external_id as id, r.loan_bucket as bucket, r.loan_n as n
     from unnest($1::int4[], $2::text[]) as k(bucket, id)
     cross join lateral (
       select * from loan_ref r where r.bucket = k.bucket and r.lender = $3 and r.external_id = k.id limit 1
     ) r`,
    [ids.map((id) => refBucket(lender, id)), ids, lender.id],
  );
  return new Map(rows.map(({ id, bucket, n }) => [id, { bucket, n }]));
}

/** The loans of these rows, from memory where they were met lately. Unknown ids are not in the answer. */
export async function knownLoans(
  batch: Batch,
  records: readonly { readonly loanId: string }[],
): Promise<ReadonlyMap<string, KnownLoan>> {
  const { remembered, lender, sql } = batch;
  const asked = new Set<string>();
  for (const { loanId } of records) if (!remembered.has(loanId)) asked.add(loanId);
  if (asked.size === 0) return remembered;
  const keys = await findKeys(sql, lender, [...asked]);
  const standing = await standingOf(batch, [...keys.values()]);
  // What was learnt before is dropped whole, once it is much; this batch keeps what it needs of it.
  const kept: [string, KnownLoan][] = [];
  if (remembered.size + keys.size > REMEMBERED) {
    for (const { loanId } of records)
      if (remembered.has(loanId)) kept.push([loanId, remembered.get(loanId)!]);
    remembered.clear();
    for (const [id, loan] of kept) remembered.set(id, loan);
  }
  for (const [id, key] of keys) remembered.set(id, { key, ...standing.get(keyToNumber(key))! });
  return remembered;
}

async function standingOf(
  batch: Batch,
  keys: readonly Key[],
): Promise<Map<number, Pick<KnownLoan, "disbursedOn" | "product">>> {
  const rows = await batch.sql.query<{ bucket: number; n: number; day: number; product: number }>(
    `select l.bucket, l.n, l.disbursed_on as day, l.product from unnest($1::int4[], $2::int4[]) as k(bucket, n)
     cross join lateral (select * from loan_state l where l.bucket = k.bucket and l.n = k.n limit 1) l`,
    [keys.map(({ bucket }) => bucket), keys.map(({ n }) => n)],
  );
  const byId = new Map(batch.products.map((product) => [product.id, product]));
  return new Map(
    rows.map((row) => [keyToNumber(row), { disbursedOn: row.day as Day, product: byId.get(row.product)! }]),
  );
}

/** Facts that wait for the close of their day, in the order in which it will take them. */
export const waitingOf = (sql: Sql, keys: readonly Key[]): Promise<Map<number, Fact[]>> =>
  waitingBy(sql, keys, "true");

/** Of these only the holds, for those who show what is asked for before the close has seen that somebody disputes it. */
export const holdsWaiting = async (sql: Sql, keys: readonly Key[]): Promise<Map<number, Fact[]>> =>
  keys.length === 0
    ? new Map()
    : waitingBy(sql, keys, `i.kind in (${FACT_CODES.HoldPlaced}, ${FACT_CODES.HoldLifted})`);

async function waitingBy(sql: Sql, keys: readonly Key[], which: string): Promise<Map<number, Fact[]>> {
  const waiting = new Map<number, Fact[]>();
  const columns = INBOX_SELECT.split(", ").map((column) => `i.${column}`);
  const bytes = await sql.copyOut(
    `select ${columns.join(", ")} from ${keyArrays(keys)} join inbox i on i.bucket = k.bucket and i.n = k.n
     where ${which} order by i.on_day, i.recorded_at, i.ord`,
  );
  for (const entry of readInbox(bytes, sql.vault)) {
    const own = waiting.get(keyToNumber(entry));
    if (own) own.push(entry.fact);
    else waiting.set(keyToNumber(entry), [entry.fact]);
  }
  return waiting;
}

export const unknownLoan = (loanId: string, batch: Batch): Omit<Refused, "line"> => ({
  column: "loan_id",
  value: loanId,
  code: "unknown-loan",
  says: `no loan ${loanId} of ${batch.lender.code} in the book; import the loans first, or check the id`,
});

/** Outside ids of loans by key. */
export async function idsOf(sql: Sql, keys: readonly Key[]): Promise<Map<number, string>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{ bucket: number; n: number; payload: string }>(
    `select j.bucket, j.n, j.payload from unnest($1::int4[], $2::int4[]) as k(bucket, n)
     join journal j on j.bucket = k.bucket and j.n = k.n and j.seq = 1`,
    [keys.map(({ bucket }) => bucket), keys.map(({ n }) => n)],
  );
  return new Map(rows.map((row) => [keyToNumber(row), JSON.parse(row.payload).id]));
}
