import {
  codeOf,
  type Fact,
  factToText,
  hash32,
  type Key,
  keyToNumber,
  type OutsideFact,
} from "../core/index.ts";
import type { Batch, NewFact, Refused } from "./batch.ts";
import { CopyWriter } from "./copy.ts";
import { ACTORS, distinctKeys, INBOX_COLUMNS, keyArrays, sealedWaiting } from "./rows.ts";
import { type Sql, sqlState } from "./sql.ts";

/** What a fact is called outside, so that the same one is not accepted twice. */
export function idOf(fact: OutsideFact): string {
  switch (fact.kind) {
    case "PaymentReceived":
      return `pay:${fact.id}`;
    case "EntryReversed":
      return `reverse:${fact.id}`;
    case "BalanceReported":
      // A corrected report for the same day says something else and is news.
      return `balance:${fact.asOf}:${digestOf(fact)}`;
    case "HoldPlaced":
      return `hold:${fact.hold}:${fact.until ?? "open"}`;
    case "HoldLifted":
      return `lift:${fact.hold}:${fact.on}`;
    case "ReachChanged":
      return `reach:${fact.reach}:${fact.on}`;
    case "PersonChanged":
      return `person:${fact.of}`;
    case "LoanBooked":
      return `loan:${fact.id}`;
    default:
      return `${fact.kind}:${fact.id}`;
  }
}

/** A digest of what a fact says, apart from the day on which it happened to be booked. */
export const digestOf = (fact: Fact): number => hash32(factToText(fact)) | 0;

export const RECEIPT_COLUMNS = ["bucket", "n", "digest", "id"] as const;

export function writeReceipt(writer: CopyWriter, key: Key, id: string, digest: number): void {
  writer.row(RECEIPT_COLUMNS.length);
  writer.int4(key.bucket);
  writer.int4(key.n);
  writer.int4(digest);
  writer.text(id);
}

/**
 * Puts facts into the inbox, each id once. Gives the lines that were new and how many were there before; one that was
 * accepted earlier under the same id with other content is refused.
 */
export async function putFacts(
  batch: Batch,
  news: readonly NewFact[],
  refused: Refused[],
): Promise<{ lines: number[]; same: number }> {
  const { first, again } = firstOfEach(news.map(toldOf));
  if (first.length === 0) return { lines: [], same: 0 };
  // A file's rows are nearly always all new: COPY them, and only where one was not, find out which.
  const allNew = await copyNew(batch, first);
  if (allNew && again.length === 0) return { lines: first.map(({ news }) => news.line), same: 0 };
  const known = allNew
    ? new Map<string, number>()
    : await receiptsOf(
        batch.sql,
        first.map((one) => one.news),
      );
  const fresh = first.filter(({ name }) => !known.has(name));
  if (!allNew) await copyAfter(batch, fresh);
  const before = first.filter(({ name }) => known.has(name));
  for (const { name, digest } of fresh) known.set(name, digest);
  let same = 0;
  for (const { name, digest, news: one } of [...before, ...again]) {
    if (known.get(name) === digest) same += 1;
    else refused.push(differs(one));
  }
  return { lines: fresh.map(({ news }) => news.line), same };
}

/** A fact made ready for storing: its payload, what it is called, and a digest of what it says. */
interface Told {
  readonly news: NewFact;
  readonly text: string;
  readonly name: string;
  readonly digest: number;
}

function toldOf(news: NewFact): Told {
  const text = factToText(news.fact);
  return { news, text, name: nameOf(news.key, news.id), digest: hash32(text) | 0 };
}

/** A fact's name over all loans: each is accepted once. */
export const nameOf = ({ bucket, n }: Key, id: string): string => `${bucket} ${n} ${id}`;

function firstOfEach(told: readonly Told[]): { first: readonly Told[]; again: readonly Told[] } {
  const seen = new Set<string>();
  for (const { name } of told) seen.add(name);
  if (seen.size === told.length) return { first: told, again: [] };
  seen.clear();
  const first: Told[] = [];
  const again: Told[] = [];
  for (const one of told) {
    (seen.has(one.name) ? again : first).push(one);
    seen.add(one.name);
  }
  return { first, again };
}

const differs = ({ line, column, value }: NewFact): Refused => ({
  line,
  column,
  value,
  code: "differs-from-accepted",
  says: `${value} was accepted before with other content; a correction needs a reversal and a new id`,
});

const UNIQUE_VIOLATION = "23505";

/** Tries to take all as new. False when an id was there before, or a number in the inbox; nothing is written then. */
async function copyNew(batch: Batch, news: readonly Told[]): Promise<boolean> {
  const { sql } = batch;
  await sql.run("savepoint all_new");
  try {
    await copyFacts(batch, news);
    await sql.run("release savepoint all_new");
    return true;
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    await sql.run("rollback to savepoint all_new");
    return false;
  }
}

/** How often numbers are looked up anew, where others write for the same loans in the same millisecond. */
const MOST_TRIES = 3;

/** Behind what another write of this millisecond put there: a write that need not look for that is what an import does all day. */
async function copyAfter(batch: Batch, news: readonly Told[]): Promise<void> {
  if (news.length === 0) return;
  for (let tries = 1; tries < MOST_TRIES; tries++) {
    await numberBehind(batch, news);
    if (await copyNew(batch, news)) return;
  }
  await numberBehind(batch, news);
  await copyFacts(batch, news);
}

async function numberBehind({ sql, recordedAt, put }: Batch, news: readonly Told[]): Promise<void> {
  const rows = await sql.query<{ bucket: number; n: number; last: number }>(
    `select i.bucket, i.n, max(i.ord) as last from ${keyArrays(distinctKeys(news.map((one) => one.news.key)))}
     join inbox i on i.bucket = k.bucket and i.n = k.n and i.recorded_at = $1 group by i.bucket, i.n`,
    [recordedAt],
  );
  for (const { last, ...key } of rows) put.set(keyToNumber(key), last + 1);
}

/** Facts of one loan and one millisecond are numbered in the order in which they came, whoever wrote them. */
async function copyFacts(
  { sql, lender, recordedAt, put, actor = "import" }: Batch,
  news: readonly Told[],
): Promise<void> {
  const receipts = new CopyWriter(1 << 19);
  const inbox = new CopyWriter(1 << 20);
  const next = new Map<number, number>();
  for (const { text, digest, news: one } of news) {
    const { key, fact, id } = one;
    const loan = keyToNumber(key);
    const ord = next.get(loan) ?? put.get(loan) ?? 0;
    next.set(loan, ord + 1);
    writeReceipt(receipts, key, id, digest);
    inbox.row(INBOX_COLUMNS.length);
    inbox.int8(recordedAt);
    inbox.int4(key.bucket);
    inbox.int4(key.n);
    inbox.int4(fact.on);
    inbox.int4(ord);
    inbox.int2(lender.id);
    inbox.int2(ACTORS[actor]);
    inbox.int2(codeOf(fact));
    inbox.text(sealedWaiting(sql.vault, key, fact, text));
  }
  await sql.copyIn("receipt", RECEIPT_COLUMNS, receipts.finish());
  await sql.copyIn("inbox", INBOX_COLUMNS, inbox.finish());
  for (const [loan, ord] of next) put.set(loan, ord);
}

/** Digests of those that were accepted before, by name. */
export async function receiptsOf(
  sql: Sql,
  news: readonly Pick<NewFact, "key" | "id">[],
): Promise<Map<string, number>> {
  const rows = await sql.query<{ bucket: number; n: number; id: string; digest: number }>(
    `select r.bucket, r.n, r.id, r.digest from unnest($1::int4[], $2::int4[], $3::text[]) as k(bucket, n, id)
     cross join lateral (
       select * from receipt r where r.bucket = k.bucket and r.n = k.n and r.id = k.id limit 1
     ) r`,
    [news.map(({ key }) => key.bucket), news.map(({ key }) => key.n), news.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, digest, ...key }) => [nameOf(key, id), digest]));
}
