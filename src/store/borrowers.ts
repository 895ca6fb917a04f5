import {
  borrowerKey,
  borrowerN,
  bucketOf,
  type Day,
  fromBits,
  type HeldLoan,
  HOLD_KINDS,
  holdsToSpread,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  loanKey,
  type OutsideFact,
  PERSON_HOLDS,
  type Product,
} from "../core/index.ts";
import type { BorrowerRecord, LoanRecord } from "../intake/index.ts";
import type { Batch, NewFact, Refused } from "./batch.ts";
import type { Lender } from "./catalog.ts";
import { CopyWriter } from "./copy.ts";
import { openBorrower, PROFILE_FIELDS, putProfile, putRefs, recognised, storedProfile } from "./profile.ts";
import { idOf, putFacts } from "./receipts.ts";
import type { Sql } from "./sql.ts";
import type { Vault } from "./vault.ts";

/** A row for a loan that the book does not have, its product found and its rate checked. */
export interface NewLoan {
  readonly record: LoanRecord;
  readonly product: Product;
  readonly rateE8: number;
}

const BORROWER_COLUMNS = [
  "bucket",
  "n",
  "lender",
  "loans",
  "external_id",
  "name",
  "phone",
  "email",
  "app",
  "address",
  "sealed",
  "zone",
  "language",
] as const;

const PROFILE = [...PROFILE_FIELDS, "zone", "language"] as const;

interface OwnerRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly external_id: string;
  readonly loans: number;
}

async function ownersOf(batch: Batch, ids: readonly string[]): Promise<Map<string, OwnerRow>> {
  const { sql, lender } = batch;
  const rows = await sql.query<OwnerRow>(
    `select b.bucket, b.n, b.external_id, b.loans from unnest($1::int4[], $2::text[]) as k(bucket, id)
     cross join lateral (
       select * from borrower b where b.bucket = k.bucket and b.lender = $3 and b.external_id = k.id limit 1
     ) b`,
    [ids.map((id) => bucketOf(lender.code, id)), ids, lender.id],
  );
  return new Map(rows.map((row) => [row.external_id, row]));
}

/** The rows without numbers that turned out not to be the borrower's: a file does not bring them back. */
export async function withoutDropped(
  { sql, lender }: Batch,
  records: readonly LoanRecord[],
): Promise<readonly LoanRecord[]> {
  const ids = [
    ...new Set(records.flatMap(({ borrowerId, borrower }) => (borrower.phone ? [borrowerId] : []))),
  ];
  if (ids.length === 0) return records;
  const rows = await sql.query<{ id: string; dropped: string }>(
    `select b.external_id as id, b.dropped from unnest($1::int4[], $2::text[]) as k(bucket, id)
     cross join lateral (
       select * from borrower b where b.bucket = k.bucket and b.lender = $3 and b.external_id = k.id limit 1
     ) b where b.dropped is not null`,
    [ids.map((id) => bucketOf(lender.code, id)), ids, lender.id],
  );
  if (rows.length === 0) return records;
  const dropped = new Map(rows.map((row) => [row.id, JSON.parse(row.dropped) as string[]]));
  return records.map((record) => {
    const { phone, ...rest } = record.borrower;
    const numbers = dropped.get(record.borrowerId);
    return phone !== undefined &&
      numbers?.some((one) => one === phone || one === recognised(sql.vault, phone))
      ? { ...record, borrower: rest }
      : record;
  });
}

/** Finds or makes the borrowers of new loans, and gives each loan the next index under its borrower. */
export async function borrowersFor(
  batch: Batch,
  accepted: readonly NewLoan[],
  refused: Refused[],
  /** Filled with the ids of borrowers who had loans before. */
  grownIds: Set<string>,
): Promise<Map<LoanRecord, Key>> {
  const { sql, lender } = batch;
  const byBorrower = new Map<string, NewLoan[]>();
  for (const loan of accepted) {
    const own = byBorrower.get(loan.record.borrowerId);
    if (own) own.push(loan);
    else byBorrower.set(loan.record.borrowerId, [loan]);
  }
  const ids = [...byBorrower.keys()];
  const buckets = ids.map((id) => bucketOf(lender.code, id));
  const owners = await ownersOf(batch, ids);
  for (const id of owners.keys()) grownIds.add(id);
  const missing = ids.map((id, i) => ({ id, bucket: buckets[i]! })).filter(({ id }) => !owners.has(id));
  const numbers = await takeNumbers(
    sql,
    missing.map(({ bucket }) => bucket),
  );
  const writer = new CopyWriter(1 << 18);
  const made: { readonly key: Key; readonly profile: BorrowerRecord }[] = [];
  for (const { id, bucket } of missing) {
    const { n } = borrowerKey(bucket, numbers.next(bucket));
    const rows = byBorrower.get(id)!;
    owners.set(id, { bucket, n, external_id: id, loans: 0 });
    const { borrower } = rows[0]!.record;
    writeBorrower(writer, { bucket, n }, lender, id, borrower, rows.length, sql.vault);
    made.push({ key: { bucket, n }, profile: borrower });
  }
  if (writer.rows > 0) await sql.copyIn("borrower", BORROWER_COLUMNS, writer.finish());
  await putRefs(sql, lender.id, made);

  const keys = new Map<LoanRecord, Key>();
  const grown: { bucket: number; n: number; loans: number }[] = [];
  for (const [id, rows] of byBorrower) {
    const owner = owners.get(id)!;
    let index = owner.loans;
    for (const { record } of rows) {
      if (index + 1 >= LOANS_A_BORROWER) refused.push(tooManyLoans(record));
      else keys.set(record, loanKey(owner, ++index));
    }
    if (owner.loans > 0) grown.push({ bucket: owner.bucket, n: owner.n, loans: index });
  }
  if (grown.length > 0) {
    await sql.run(
      `update borrower b set loans = k.loans from unnest($1::int4[], $2::int4[], $3::int2[]) as k(bucket, n, loans)
       where b.bucket = k.bucket and b.n = k.n`,
      [grown.map((g) => g.bucket), grown.map((g) => g.n), grown.map((g) => g.loans)],
    );
  }
  return keys;
}

const tooManyLoans = (record: LoanRecord): Refused => ({
  line: record.line,
  column: "borrower_id",
  value: record.borrowerId,
  code: "too-many-loans",
  says: `a borrower can have ${LOANS_A_BORROWER - 1} loans, and this one has as many`,
});

/** Reserves borrower numbers in their buckets; the counter rows serialise imports that meet in one bucket. */
async function takeNumbers(sql: Sql, buckets: readonly number[]): Promise<{ next(bucket: number): number }> {
  const wanted = new Map<number, number>();
  for (const bucket of buckets) wanted.set(bucket, (wanted.get(bucket) ?? 0) + 1);
  if (wanted.size === 0) return { next: () => 0 };
  // In bucket order, so that two imports never wait for each other in a circle.
  const ordered = [...wanted].sort((a, b) => a[0] - b[0]);
  const rows = await sql.query<{ bucket: number; borrowers: number }>(
    `insert into bucket_counter (bucket, borrowers)
     select k.bucket, k.wanted from unnest($1::int4[], $2::int4[]) as k(bucket, wanted)
     on conflict (bucket) do update set borrowers = bucket_counter.borrowers + excluded.borrowers
     returning bucket, borrowers`,
    [ordered.map(([bucket]) => bucket), ordered.map(([, count]) => count)],
  );
  const next = new Map(rows.map(({ bucket, borrowers }) => [bucket, borrowers - wanted.get(bucket)!]));
  return {
    next: (bucket) => {
      const number = next.get(bucket)!;
      next.set(bucket, number + 1);
      return number;
    },
  };
}

function writeBorrower(
  writer: CopyWriter,
  key: Key,
  lender: Lender,
  id: string,
  borrower: BorrowerRecord,
  loans: number,
  vault: Vault | undefined,
): void {
  const stored = storedProfile(vault, key, borrower);
  writer.row(BORROWER_COLUMNS.length);
  writer.int4(key.bucket);
  writer.int4(key.n);
  writer.int2(lender.id);
  writer.int2(Math.min(loans, LOANS_A_BORROWER - 1));
  writer.text(id);
  for (const field of PROFILE_FIELDS) writer.textOrNull(stored[field]);
  writer.textOrNull(stored.sealed);
  writer.textOrNull(borrower.zone);
  writer.textOrNull(borrower.language);
}

/** Addresses and the like are no facts of a loan: the last word on them stands. What a row leaves out stays as it was. */
export async function refreshBorrowers(
  batch: Batch,
  known: readonly { record: LoanRecord; key: Key }[],
): Promise<number[]> {
  const owners = known.map(({ key }) => ({ bucket: key.bucket, n: borrowerN(key.n) }));
  const rows = await batch.sql.query<{ bucket: number; n: number } & Record<string, unknown>>(
    `select b.* from unnest($1::int4[], $2::int4[]) as k(bucket, n)
     cross join lateral (select * from borrower b where b.bucket = k.bucket and b.n = k.n limit 1) b`,
    [owners.map(({ bucket }) => bucket), owners.map(({ n }) => n)],
  );
  const stored = new Map(
    rows.map((row): [number, Record<string, unknown>] => [keyToNumber(row), openBorrower(batch.sql, row)]),
  );
  const lines: number[] = [];
  for (const [i, { record }] of known.entries()) {
    const row = stored.get(keyToNumber(owners[i]!))!;
    const changed = PROFILE.filter(
      (field) => record.borrower[field] && record.borrower[field] !== row[field],
    );
    if (changed.length === 0) continue;
    const before = { ...row };
    for (const field of changed) row[field] = record.borrower[field];
    await putProfile(batch.sql, owners[i]!, batch.lender.id, before, row);
    await batch.sql.run("update borrower set zone = $3, language = $4 where bucket = $1 and n = $2", [
      owners[i]!.bucket,
      owners[i]!.n,
      (row.zone ?? null) as string | null,
      (row.language ?? null) as string | null,
    ]);
    lines.push(record.line);
  }
  return lines;
}

/**
 * A hold about the person stands on all of his loans: those he has when it is recorded, and those that come later. Each
 * loan's journal then tells by itself why it was left alone.
 */
export async function spreadHolds(
  batch: Batch,
  records: readonly LoanRecord[],
  grown: ReadonlySet<string>,
): Promise<void> {
  const brought = records.filter(({ hold }) => hold && PERSON_HOLDS.includes(hold.kind));
  const concerned = new Set([...grown, ...brought.map(({ borrowerId }) => borrowerId)]);
  if (concerned.size === 0) return;
  const news: NewFact[] = [];
  for (const [id, { bucket, n }] of await ownersOf(batch, [...concerned])) {
    const holds = brought.filter(({ borrowerId }) => borrowerId === id).map(({ hold }) => hold!);
    for (const { loan, hold } of holdsToSpread(await heldLoans(batch.sql, bucket, n), holds)) {
      const on = Math.max(batch.lender.openOn, loan.disbursedOn) as Day;
      const fact: OutsideFact = { kind: "HoldPlaced", on, hold: hold.kind, until: hold.until ?? null };
      news.push({
        line: 0,
        key: { bucket, n: loan.n },
        fact,
        id: idOf(fact),
        column: "hold",
        value: hold.kind,
      });
    }
  }
  // The same hold may be on its way to a loan already: that is no news, and nobody's mistake.
  await putFacts(batch, news, []);
}

async function heldLoans(sql: Sql, bucket: number, owner: number): Promise<HeldLoan[]> {
  const rows = await sql.query<{ n: number; day: number; holds: number; body: string | null }>(
    `select l.n, l.disbursed_on as day, l.holds, e.body from loan_state l
     left join loan_extra e on e.bucket = l.bucket and e.n = l.n
     where l.bucket = $1 and l.n > $2 and l.n < $3`,
    [bucket, owner, owner + LOANS_A_BORROWER],
  );
  return rows.map(({ n, day, holds, body }) => ({
    n,
    disbursedOn: day as Day,
    kinds: fromBits(holds, HOLD_KINDS),
    until: body === null ? {} : (JSON.parse(body).holdsUntil ?? {}),
  }));
}
