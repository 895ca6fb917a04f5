import {
  BUCKETS,
  type BureauFact,
  borrowerN,
  type Day,
  FACT_CODES,
  type Fact,
  isMoneyFact,
  type Key,
  keyToNumber,
  type LoanState,
  numberToKey,
  type Product,
} from "../core/index.ts";
import type { Beside, MonthEntry } from "../legal/index.ts";
import { MonthPacker, unpackMonth } from "./bureau-pack.ts";
import { type Lender, products } from "./catalog.ts";
import { extrasIn, journalsOf } from "./close-store.ts";
import { CopyReader, CopyWriter } from "./copy.ts";
import { LOAN_COLUMNS, LoanRows, withStoredExtra } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";
import { openedFacts } from "./vault.ts";

/** Buckets of one transaction, or read together: a partition of a large book, and a small one whole. */
export const bucketsAtOnce = (loans: number): number =>
  loans <= 20_000 ? BUCKETS : loans <= 300_000 ? 512 : 64;

export async function loansOfBook(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ loans: number }>("select count(*)::int8 as loans from loan_state");
  return row!.loans;
}

/** Journals that are in memory at a time. */
const JOURNALS_AT_ONCE = 2000;

/** How a loan's month is told; `src/legal` knows, the store only reads and writes. */
export interface MonthWork {
  readonly month: number;
  readonly first: Day;
  readonly last: Day;
  /** From the row alone, or `journal` where only the facts tell. */
  fromRow(loan: LoanState, product: Product, beside: Beside): MonthEntry | undefined | "journal";
  /** From the facts; `notes` are those of the borrower's entries in the record. */
  fromFacts(
    key: Key,
    facts: readonly Fact[],
    product: Product,
    notes: readonly BureauFact[],
  ): MonthEntry | undefined;
}

/** Loans of one sign: how many, what is outstanding and what is past due of them. */
export type SignTotal = readonly [loans: number, outstanding: number, pastDue: number];

/** What a month end brought, by currency and sign; how many loans were told from their journals. */
export interface MonthTally {
  readonly loans: number;
  readonly fromJournals: number;
  readonly byCode: Readonly<Record<string, Readonly<Record<string, SignTotal>>>>;
  readonly byClass: Readonly<Record<string, number>>;
}

export interface MonthTaken {
  readonly tally: MonthTally;
  /** Every bucket was taken before. */
  readonly known: boolean;
}

/**
 * Takes a month's end: one pass over the lender's book, a partition a transaction.
 *
 * Takes   a month whose last day is closed; the work of it.
 * Gives   the figures. What was taken before is passed over, so that a pass that was broken off goes on, and a second one does nothing.
 * Holds   rows say what their facts booked by the month's last day say; where more was booked since, the facts are read.
 */
export async function takeMonthEnd(
  db: Database,
  lender: Lender,
  work: MonthWork,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
  onProgress: (buckets: number, of: number, loans: number) => void = () => {},
): Promise<MonthTaken> {
  const tally = new Tally();
  const taken = await chunksTaken(db, lender, work.month);
  let covered = 0;
  for (const [from, { to, text }] of taken) {
    tally.join(JSON.parse(text) as MonthTally);
    covered += to - from;
  }
  if (covered === BUCKETS) return { tally: tally.sum(), known: true };
  // A pass that goes on keeps the size with which it was begun.
  const [begun] = taken;
  const size = begun ? begun[1].to - begun[0] : bucketsAtOnce(await loansOfBook(db));
  const own = new Map(
    (await products(db)).filter((one) => one.lender === lender.code).map((one) => [one.id, one]),
  );
  const events = await eventsOf(db, lender, work);
  for (let from = 0; from < BUCKETS; from += size) {
    const chunk = { from, to: from + size };
    if (!taken.has(from))
      tally.join(await db.tx((sql) => takeChunk(sql, lender, own, events, work, chunk, dryRun)));
    onProgress(chunk.to, BUCKETS, tally.loans);
  }
  return { tally: tally.sum(), known: false };
}

async function chunksTaken(
  sql: Sql,
  lender: Lender,
  month: number,
): Promise<Map<number, { readonly to: number; readonly text: string }>> {
  const rows = await sql.query<{ bucket: number; bucket_to: number; tally: string }>(
    "select bucket, bucket_to, tally from bureau_chunk where bucket >= 0 and lender = $1 and month = $2",
    [lender.id, month],
  );
  return new Map(rows.map(({ bucket, bucket_to: to, tally: text }) => [bucket, { to, text }]));
}

/** The months of which every bucket was taken. */
export async function monthsTaken(sql: Sql, lender: Pick<Lender, "id">): Promise<number[]> {
  const rows = await sql.query<{ month: number }>(
    `select month from bureau_chunk where bucket >= 0 and lender = $1
     group by month having sum(bucket_to - bucket) = ${BUCKETS} order by month`,
    [lender.id],
  );
  return rows.map(({ month }) => month);
}

// --- what the rows do not tell ----------------------------------------------------------------------------------------------

/** Keys of loans to which something happened that a row does not show. */
interface MonthEvents {
  /** Reversed, planned anew, judged, given up or sold in the month, or booked after it: only the facts tell. */
  readonly moved: ReadonlySet<number>;
  readonly ended: ReadonlySet<number>;
  readonly reportedLate: ReadonlySet<number>;
}

const MOVE = Object.entries(FACT_CODES)
  .filter(
    ([kind]) =>
      isMoneyFact({ kind } as Fact) ||
      kind === "EntryReversed" ||
      kind === "BalanceReported" ||
      kind === "LoanBooked" ||
      kind === "SetAside",
  )
  .map(([, code]) => code)
  .join(", ");

/** Money that is told as a special transaction of its month, or that changes more of a month than its sums. */
const SPECIAL = [
  FACT_CODES.EntryReversed,
  FACT_CODES.ClaimWaived,
  FACT_CODES.PlanReplaced,
  FACT_CODES.JudgmentEntered,
  FACT_CODES.SettlementAgreed,
  FACT_CODES.LoanAssigned,
  FACT_CODES.WrittenOff,
].join(", ");

/** One pass over the journal for the whole book: it lies in the order of its days, not of its buckets. */
async function eventsOf(db: Database, lender: Lender, { first, last }: MonthWork): Promise<MonthEvents> {
  const { LoanEnded, BalanceReported } = FACT_CODES;
  const since = lender.closedThrough > last ? `or (j.on_day > ${last} and j.kind in (${MOVE}))` : "";
  const bytes = await db.copyOut(
    `select j.bucket, j.n, j.kind, j.on_day from journal j where j.bucket >= 0 and j.on_day >= ${first} and (
       (j.on_day <= ${last} and (j.kind in (${SPECIAL}, ${LoanEnded})
          or (j.kind = ${BalanceReported} and position('"arrears":0,' in j.payload) = 0)))
       ${since})`,
  );
  const moved = new Set<number>();
  const ended = new Set<number>();
  const reportedLate = new Set<number>();
  for (const reader = new CopyReader(bytes); reader.row(); ) {
    const id = keyToNumber({ bucket: reader.int4(), n: reader.int4() });
    const kind = reader.int2();
    if (reader.int4() > last) moved.add(id);
    else if (kind === LoanEnded) ended.add(id);
    else if (kind === BalanceReported) reportedLate.add(id);
    else moved.add(id);
  }
  return { moved, ended, reportedLate };
}

// --- one chunk ------------------------------------------------------------------------------------------------------------

/** A run of buckets; `to` is not among them. */
interface Buckets {
  readonly from: number;
  readonly to: number;
}

async function takeChunk(
  sql: Sql,
  lender: Lender,
  own: ReadonlyMap<number, Product>,
  events: MonthEvents,
  work: MonthWork,
  chunk: Buckets,
  dryRun: boolean,
): Promise<MonthTally> {
  const { month } = work;
  const { from, to } = chunk;
  if (!dryRun) {
    const fenced = await sql.run(
      `insert into bureau_chunk (bucket, bucket_to, month, lender, tally) values ($1, $2, $3, $4, '')
       on conflict (bucket, lender, month, bucket_to) do nothing`,
      [from, to, month, lender.id],
    );
    // Another process took it meanwhile; its figures are there once it has committed, and the fence waited for that.
    if (fenced === 0)
      return JSON.parse((await chunksTaken(sql, lender, month)).get(from)!.text) as MonthTally;
  }
  const entries = await entriesOf(sql, lender, own, events, work, chunk);
  const tally = new Tally();
  tally.fromJournals = entries.fromJournals;
  const writer = new CopyWriter(1 << 18);
  let packer = new MonthPacker();
  let bucket = -1;
  const flush = (): void => {
    if (packer.count === 0) return;
    writer.row(4);
    writer.int4(bucket);
    writer.int4(month);
    writer.int2(lender.id);
    writer.bytes(packer.finish());
    packer = new MonthPacker();
  };
  for (let i = 0; i < entries.keys.length; i++) {
    const entry = entries.found[i];
    if (!entry) continue;
    const key = numberToKey(entries.keys[i]!);
    if (key.bucket !== bucket) {
      flush();
      bucket = key.bucket;
    }
    packer.add(key.n, entry);
    tally.add(entry, entries.currencies[i]!);
  }
  flush();
  const sum = tally.sum();
  if (dryRun) return sum;
  if (writer.rows > 0)
    await sql.copyIn("bureau_month", ["bucket", "month", "lender", "loans"], writer.finish());
  await sql.run(
    "update bureau_chunk set tally = $5 where bucket = $1 and bucket_to = $2 and month = $3 and lender = $4",
    [from, to, month, lender.id, JSON.stringify(sum)],
  );
  return sum;
}

/** The loans of a run of buckets in order of their keys, each with its month or none. */
interface Entries {
  readonly keys: readonly number[];
  readonly currencies: readonly string[];
  readonly found: (MonthEntry | undefined)[];
  readonly fromJournals: number;
}

async function entriesOf(
  sql: Sql,
  lender: Lender,
  own: ReadonlyMap<number, Product>,
  { moved, ended, reportedLate }: MonthEvents,
  work: MonthWork,
  { from, to }: Buckets,
): Promise<Entries> {
  const range = `bucket >= ${from} and bucket < ${to}`;
  const ids = own.size > 0 ? [...own.keys()].join(", ") : "-1";
  const rows = new LoanRows([
    await sql.copyOut(
      `select ${LOAN_COLUMNS.join(", ")} from loan_state where ${range} and product in (${ids})`,
    ),
  ]);
  const extras = rows.withExtra.size > 0 ? await extrasIn(sql, range) : new Map<number, string>();
  const before = await monthAt(sql, lender, work.month - 1, range);
  const notes = await notesIn(sql, lender, range);
  const keys: number[] = [];
  const currencies: string[] = [];
  const found: (MonthEntry | undefined)[] = [];
  const asked: { readonly at: number; readonly key: Key; readonly product: Product }[] = [];
  for (let i = 0; i < rows.count; i++) {
    const id = rows.key(i);
    const row = rows.loan(i);
    const loan = rows.withExtra.has(id) ? withStoredExtra(row, extras.get(id) ?? "{}") : row;
    const product = own.get(loan.product)!;
    const noted = notes.size > 0 && notes.has(keyToNumber({ bucket: loan.bucket, n: borrowerN(loan.n) }));
    const entry =
      noted || moved.has(id)
        ? "journal"
        : work.fromRow(loan, product, {
            before: before.get(loan.bucket)?.get(loan.n),
            endedNow: ended.has(id),
            reportedLate: reportedLate.has(id),
          });
    keys.push(id);
    currencies.push(product.terms.currency);
    if (entry === "journal") asked.push({ at: i, key: { bucket: loan.bucket, n: loan.n }, product });
    found.push(entry === "journal" ? undefined : entry);
  }
  for (let at = 0; at < asked.length; at += JOURNALS_AT_ONCE) {
    const some = asked.slice(at, at + JOURNALS_AT_ONCE);
    const journals = await journalsOf(
      sql,
      some.map(({ key }) => key),
    );
    for (const { at: place, key, product } of some) {
      const owner = keyToNumber({ bucket: key.bucket, n: borrowerN(key.n) });
      found[place] = work.fromFacts(
        key,
        journals.get(keyToNumber(key)) ?? [],
        product,
        notes.get(owner) ?? [],
      );
    }
  }
  return { keys, currencies, found, fromJournals: asked.length };
}

/** The loans of a run of buckets at a month's end, by bucket and number. */
export async function monthAt(
  sql: Sql,
  lender: Pick<Lender, "id">,
  month: number,
  range: string,
): Promise<Map<number, Map<number, MonthEntry>>> {
  const bytes = await sql.copyOut(
    `select bucket, loans from bureau_month where ${range} and lender = ${lender.id} and month = ${month | 0}`,
  );
  const months = new Map<number, Map<number, MonthEntry>>();
  for (const reader = new CopyReader(bytes); reader.row(); )
    months.set(reader.int4(), unpackMonth(reader.bytes()));
  return months;
}

export const notePlace = ({ bucket, n }: Key): string => `bureau_note:${bucket}/${n}`;
export const openedNotes = (
  sql: Pick<Sql, "vault">,
  row: { bucket: number; n: number; facts: string },
): string => openedFacts(sql.vault, notePlace(row), row.facts);

/** What was recorded of borrowers' entries in the record, by borrower, in a run of buckets. */
export async function notesIn(
  sql: Sql,
  lender: Pick<Lender, "id">,
  range: string,
): Promise<Map<number, BureauFact[]>> {
  const rows = await sql.query<{ bucket: number; n: number; facts: string }>(
    `select bucket, n, facts from bureau_note where ${range} and lender = $1`,
    [lender.id],
  );
  return new Map(rows.map((row) => [keyToNumber(row), JSON.parse(openedNotes(sql, row)) as BureauFact[]]));
}

/** The months of one loan that were taken, oldest first. */
export async function monthsOf(
  sql: Sql,
  lender: Pick<Lender, "id">,
  { bucket, n }: Key,
): Promise<Map<number, MonthEntry>> {
  const rows = await sql.query<{ month: number; loans: Uint8Array }>(
    "select month, loans from bureau_month where bucket = $1 and lender = $2 order by month",
    [bucket, lender.id],
  );
  const months = new Map<number, MonthEntry>();
  for (const { month, loans } of rows) {
    const entry = unpackMonth(loans).get(n);
    if (entry) months.set(month, entry);
  }
  return months;
}

// --- figures --------------------------------------------------------------------------------------------------------------

class Tally {
  readonly #byCode = new Map<string, Map<string, [number, number, number]>>();
  readonly #byClass = new Map<string, number>();
  loans = 0;
  fromJournals = 0;

  add({ code, class: least, outstanding, pastDue }: MonthEntry, currency: string): void {
    this.loans += 1;
    const total = this.#total(currency, code);
    total[0] += 1;
    total[1] += outstanding;
    total[2] += pastDue;
    if (least !== undefined) this.#byClass.set(least, (this.#byClass.get(least) ?? 0) + 1);
  }

  join(other: MonthTally): void {
    this.loans += other.loans;
    this.fromJournals += other.fromJournals;
    for (const [currency, codes] of Object.entries(other.byCode))
      for (const [code, [loans, outstanding, pastDue]] of Object.entries(codes)) {
        const total = this.#total(currency, code);
        total[0] += loans;
        total[1] += outstanding;
        total[2] += pastDue;
      }
    for (const [least, loans] of Object.entries(other.byClass))
      this.#byClass.set(least, (this.#byClass.get(least) ?? 0) + loans);
  }

  sum(): MonthTally {
    return {
      loans: this.loans,
      fromJournals: this.fromJournals,
      byCode: Object.fromEntries(
        [...this.#byCode].map(([currency, codes]) => [currency, Object.fromEntries(codes)]),
      ),
      byClass: Object.fromEntries(this.#byClass),
    };
  }

  #total(currency: string, code: string): [number, number, number] {
    let codes = this.#byCode.get(currency);
    if (!codes) {
      codes = new Map();
      this.#byCode.set(currency, codes);
    }
    let total = codes.get(code);
    if (!total) {
      total = [0, 0, 0];
      codes.set(code, total);
    }
    return total;
  }
}
