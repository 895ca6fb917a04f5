import {
  BUCKETS,
  type BureauFact,
  borrowerN,
  type Day,
  fromBits,
  HOLD_KINDS,
  type Hold,
  type Instant,
  type Key,
  keyToNumber,
  type LoanState,
  type PersonFact,
  type Product,
} from "../core/index.ts";
import type { MonthEntry } from "../legal/index.ts";
import type { BookedContact } from "../policy/index.ts";
import { bucketsAtOnce, loansOfBook, monthAt, notesIn, openedNotes } from "./bureau.ts";
import { packNumbers, unpackNumbers } from "./bureau-pack.ts";
import { type Lender, products } from "./catalog.ts";
import { contactsOf } from "./close-store.ts";
import { CopyReader, CopyWriter } from "./copy.ts";
import { loansAt } from "./loans-at.ts";
import { idsOf } from "./lookups.ts";
import { personsOf } from "./persons.ts";
import { openBorrower } from "./profile.ts";
import type { BorrowerRow } from "./read.ts";
import { distinctKeys, keyArrays } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";

/** A loan that a report of a month can tell of, with all that the gate and the file ask for. */
export interface ReportCandidate {
  readonly key: Key;
  readonly id: string;
  readonly loan: LoanState;
  readonly product: Product;
  readonly borrower: BorrowerRow;
  readonly entry: MonthEntry;
  /** Earlier months that reports told of, newest first. */
  readonly history: readonly (MonthEntry | undefined)[];
  readonly person: readonly PersonFact[];
  readonly contacts: readonly BookedContact[];
  readonly notes: readonly BureauFact[];
  readonly holds: readonly Hold[];
}

export interface CandidatesAsked {
  readonly month: number;
  /** How many earlier months are wanted. */
  readonly months: number;
  /** First day of contacts that the pack's rules ask for; none where they ask for none. */
  readonly contactsFrom?: Day;
}

/** The loans of a month that no report has told of yet, by runs of buckets and in order of their keys. */
export async function* reportCandidates(
  sql: Sql,
  lender: Lender,
  { month, months, contactsFrom }: CandidatesAsked,
): AsyncGenerator<{
  readonly candidates: readonly ReportCandidate[];
  readonly done: number;
  readonly of: number;
}> {
  const own = new Map(
    (await products(sql)).filter((one) => one.lender === lender.code).map((one) => [one.id, one]),
  );
  const size = bucketsAtOnce(await loansOfBook(sql));
  for (let from = 0; from < BUCKETS; from += size) {
    const range = `bucket >= ${from} and bucket < ${from + size}`;
    const entries = await monthAt(sql, lender, month, range);
    const told = await toldIn(sql, lender, month, range);
    const keys: Key[] = [];
    for (const [bucket, loans] of [...entries].sort(([a], [b]) => a - b)) {
      const before = told.get(bucket);
      for (const n of loans.keys()) if (!before?.has(n)) keys.push({ bucket, n });
    }
    const done = { done: from + size, of: BUCKETS };
    if (keys.length === 0) {
      yield { candidates: [], ...done };
      continue;
    }
    const earlier = await earlierMonths(sql, lender, month, months, range);
    yield {
      candidates: await candidatesOf(sql, lender, own, keys, entries, earlier, contactsFrom),
      ...done,
    };
  }
}

type OfMonth = Map<number, Map<number, MonthEntry>>;
interface Earlier {
  readonly entries: OfMonth;
  readonly told: Map<number, Set<number>>;
}

async function earlierMonths(
  sql: Sql,
  lender: Lender,
  month: number,
  months: number,
  range: string,
): Promise<Earlier[]> {
  const earlier: Earlier[] = [];
  for (let back = 1; back < months; back++)
    earlier.push({
      entries: await monthAt(sql, lender, month - back, range),
      told: await toldIn(sql, lender, month - back, range),
    });
  return earlier;
}

async function candidatesOf(
  sql: Sql,
  lender: Lender,
  own: ReadonlyMap<number, Product>,
  keys: readonly Key[],
  entries: OfMonth,
  earlier: readonly Earlier[],
  contactsFrom: Day | undefined,
): Promise<ReportCandidate[]> {
  const owners = distinctKeys(keys.map(({ bucket, n }) => ({ bucket, n: borrowerN(n) })));
  const stored = await loansAt(sql, keys);
  const ids = await idsOf(sql, keys);
  const borrowers = new Map(
    (
      await sql.query<BorrowerRow>(
        `select b.* from ${keyArrays(owners)} join borrower b on b.bucket = k.bucket and b.n = k.n`,
      )
    ).map((row) => [keyToNumber(row), openBorrower(sql, row)]),
  );
  const persons = await personsOf(sql, owners);
  const range = `bucket >= ${keys[0]!.bucket} and bucket <= ${keys.at(-1)!.bucket}`;
  const notes = await notesIn(sql, lender, range);
  const contacts =
    contactsFrom === undefined
      ? new Map<number, BookedContact[]>()
      : await contactsOf(sql, owners, contactsFrom);
  return stored.map((loan): ReportCandidate => {
    const owner = keyToNumber({ bucket: loan.bucket, n: borrowerN(loan.n) });
    return {
      key: { bucket: loan.bucket, n: loan.n },
      id: ids.get(keyToNumber(loan))!,
      loan,
      product: own.get(loan.product)!,
      borrower: borrowers.get(owner)!,
      entry: entries.get(loan.bucket)!.get(loan.n)!,
      history: earlier.map(({ entries: of, told }) =>
        told.get(loan.bucket)?.has(loan.n) ? of.get(loan.bucket)?.get(loan.n) : undefined,
      ),
      person: persons.get(owner) ?? [],
      contacts: contacts.get(owner) ?? [],
      notes: notes.get(owner) ?? [],
      holds: fromBits(loan.holds, HOLD_KINDS).map((kind): Hold => {
        const until = loan.extra?.holdsUntil?.[kind];
        return until === undefined ? { kind } : { kind, until };
      }),
    };
  });
}

/** The loans that reports of a month told of, by bucket. */
async function toldIn(
  sql: Sql,
  lender: Pick<Lender, "id">,
  month: number,
  range: string,
): Promise<Map<number, Set<number>>> {
  const bytes = await sql.copyOut(
    `select bucket, loans from bureau_told where ${range} and lender = ${lender.id} and month = ${month | 0}`,
  );
  const told = new Map<number, Set<number>>();
  for (const reader = new CopyReader(bytes); reader.row(); ) {
    const bucket = reader.int4();
    const ns = unpackNumbers(reader.bytes());
    const own = told.get(bucket);
    if (own) for (const n of ns) own.add(n);
    else told.set(bucket, new Set(ns));
  }
  return told;
}

// --- corrections and deletions that wait -------------------------------------------------------------------------------------

/** A correction or deletion that no report has carried yet. */
export interface PendingChange {
  readonly owner: Key;
  readonly fact: Extract<BureauFact, { kind: "BureauCorrected" | "BureauDeleted" }>;
}

export async function pendingChanges(sql: Sql, lender: Pick<Lender, "id">): Promise<PendingChange[]> {
  const rows = await sql.query<{ bucket: number; n: number; facts: string; told: string }>(
    "select bucket, n, facts, told from bureau_note where bucket >= 0 and lender = $1 order by bucket, n",
    [lender.id],
  );
  return rows.flatMap(({ bucket, n, facts, told }) => {
    const carried = new Set(JSON.parse(told) as string[]);
    return (JSON.parse(openedNotes(sql, { bucket, n, facts })) as BureauFact[]).flatMap((fact) =>
      (fact.kind === "BureauCorrected" || fact.kind === "BureauDeleted") && !carried.has(fact.id)
        ? [{ owner: { bucket, n }, fact }]
        : [],
    );
  });
}

/** For a loan and month, the last report that told of it. */
export async function reportOf(
  sql: Sql,
  lender: Pick<Lender, "id">,
  { bucket, n }: Key,
  month: number,
): Promise<number | undefined> {
  const rows = await sql.query<{ report: number; loans: Uint8Array }>(
    "select report, loans from bureau_told where bucket = $1 and lender = $2 and month = $3 order by report desc",
    [bucket, lender.id, month],
  );
  return rows.find(({ loans }) => unpackNumbers(loans).includes(n))?.report;
}

// --- the register ------------------------------------------------------------------------------------------------------------

export interface KeptReport {
  readonly report: number;
  readonly month: number;
  readonly format: string;
  readonly accounts: number;
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly totals: string;
  readonly sha256: string;
}

export async function reportsOf(sql: Sql, lender: Pick<Lender, "id">): Promise<KeptReport[]> {
  return sql.query<KeptReport & Record<string, unknown>>(
    `select report, month, format, accounts, made_at as "madeAt", made_by as "madeBy", totals, sha256
     from bureau_report where lender = $1 order by report`,
    [lender.id],
  );
}

/**
 * Registers a report that was made: its sums, the hash of its bytes, the loans it tells of and the changes it carries.
 *
 * Gives   nothing, or `another` where somebody else made a report meanwhile: then nothing is written, and it is made again.
 */
export async function putReport(
  db: Database,
  lender: Lender,
  report: KeptReport,
  loans: readonly Key[],
  changes: readonly PendingChange[],
): Promise<"another" | undefined> {
  return db.tx(async (sql) => {
    const { month, format, accounts, madeAt, madeBy, totals, sha256 } = report;
    const put = await sql.run(
      `insert into bureau_report (made_at, lender, report, month, accounts, format, made_by, totals, sha256)
       select $1::int8, $2::int2, $3::int4, $4::int4, $5::int4, $6::text, $7::text, $8::text, $9::text
       where $3 = (select coalesce(max(report), 0) + 1 from bureau_report where lender = $2)
       on conflict (lender, report) do nothing`,
      [madeAt, lender.id, report.report, month, accounts, format, madeBy, totals, sha256],
    );
    if (put === 0) return "another";
    const byBucket = new Map<number, number[]>();
    for (const { bucket, n } of loans) {
      const own = byBucket.get(bucket);
      if (own) own.push(n);
      else byBucket.set(bucket, [n]);
    }
    const writer = new CopyWriter();
    for (const [bucket, ns] of byBucket) {
      writer.row(5);
      writer.int4(bucket);
      writer.int4(month);
      writer.int4(report.report);
      writer.int2(lender.id);
      writer.bytes(packNumbers(ns));
    }
    if (writer.rows > 0)
      await sql.copyIn("bureau_told", ["bucket", "month", "report", "lender", "loans"], writer.finish());
    await carry(sql, changes);
    return undefined;
  });
}

/** Notes which changes were carried, so that no later report repeats them. */
async function carry(sql: Sql, changes: readonly PendingChange[]): Promise<void> {
  const byOwner = new Map<number, { owner: Key; ids: string[] }>();
  for (const { owner, fact } of changes) {
    const known = byOwner.get(keyToNumber(owner)) ?? { owner, ids: [] };
    known.ids.push(fact.id);
    byOwner.set(keyToNumber(owner), known);
  }
  for (const { owner, ids } of byOwner.values()) {
    const [row] = await sql.query<{ told: string }>(
      "select told from bureau_note where bucket = $1 and n = $2 for update",
      [owner.bucket, owner.n],
    );
    await sql.run("update bureau_note set told = $3 where bucket = $1 and n = $2", [
      owner.bucket,
      owner.n,
      JSON.stringify([...(JSON.parse(row!.told) as string[]), ...ids]),
    ]);
  }
}
