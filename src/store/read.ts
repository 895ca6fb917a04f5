import {
  type Arrears,
  arrearsOn,
  BUCKETS,
  bandOf,
  type ContactStarted,
  type Day,
  dpdOn,
  FACT_CODES,
  type Fact,
  isMoneyFact,
  isPersonFact,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  type LoanState,
  NEVER,
  numberToKey,
  type PersonFact,
  type Product,
} from "../core/index.ts";
import { findLender, type Lender, lenders, products } from "./catalog.ts";
import { addExtras, chunksFor } from "./close-store.ts";
import { everyRequest } from "./every-request.ts";
import { loanFilesById, loanFilesOfOwners } from "./loan-files.ts";
import { idsOf } from "./lookups.ts";

import {
  HAS_EXTRA,
  INBOX_SELECT,
  type InboxEntry,
  JOURNAL_COLUMNS,
  type JournalEntry,
  LOAN_COLUMNS,
  type LoanRowColumns,
  loanOfRow,
  readInbox,
  readJournal,
  readLoans,
  type StoredLoan,
} from "./rows.ts";
import type { Sql } from "./sql.ts";

/** Everything the book holds on one loan. */
export interface LoanFile {
  readonly key: Key;
  readonly id: string;
  readonly lender: Lender;
  readonly product: Product;
  readonly borrower: BorrowerRow;
  readonly stored: LoanState;
  readonly journal: readonly JournalEntry[];
  /** Facts accepted and waiting for the close of their day. */
  readonly waiting: readonly InboxEntry[];
  /** Facts of the borrower as a person: consents, stops, placements and the like; contacts, cancelled actions. */
  readonly ofBorrower: readonly JournalEntry[];
  /** Outside ids of his other loans. */
  readonly siblings: readonly string[];
}

export interface BorrowerRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly external_id: string;
  readonly loans: number;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly app: string | null;
  readonly address: string | null;
  readonly zone: string | null;
  readonly language: string | null;
}

/** All facts of a loan, journaled or waiting, in the order in which they count. */
export const factsOf = (file: Pick<LoanFile, "journal" | "waiting">): Fact[] => [
  ...file.journal.map(({ fact }) => fact),
  ...file.waiting.map(({ fact }) => fact),
];

/**
 * What a person who works on a loan goes by, as it was recorded: the loan's facts, and what is known of who owes it. Contacts are
 * not among them: a message that goes out changes nothing that somebody decides on.
 */
export const loanHistory = ({ journal, waiting, ofBorrower }: LoanHistory): Fact[] =>
  [...journal, ...waiting, ...ofBorrower.filter(({ fact }) => isPersonFact(fact))]
    .sort((a, b) => a.recordedAt - b.recordedAt)
    .map(({ fact }) => fact);

/** How many of these there are: the version that a writer names. */
export const loanVersion = ({ journal, waiting, ofBorrower }: LoanHistory): number =>
  journal.length +
  waiting.length +
  ofBorrower.reduce((count, { fact }) => count + (isPersonFact(fact) ? 1 : 0), 0);

type LoanHistory = Pick<LoanFile, "journal" | "waiting" | "ofBorrower">;

/** What was recorded of the person, as known at an instant of a day: what was booked by the day, and what was told by then. */
export const personFactsOf = (
  { ofBorrower }: Pick<LoanFile, "ofBorrower">,
  day: Day = NEVER,
  at: number = Number.POSITIVE_INFINITY,
): PersonFact[] =>
  ofBorrower.flatMap(({ fact, recordedAt }) =>
    isPersonFact(fact) && (fact.on <= day || recordedAt <= at) ? [fact] : [],
  );

/** Finds a loan by its outside id; by all lenders unless one is named. */
export async function loanFile(sql: Sql, id: string, lenderCode?: string): Promise<LoanFile | undefined> {
  for (const lender of await lenders(sql)) {
    if (lenderCode !== undefined && lender.code !== lenderCode) continue;
    const [file] = await loanFilesById(sql, [{ lender, id }]);
    if (file) return file;
  }
  return undefined;
}

/** All loans of a borrower by his id at the lender; none where the lender knows nobody by it. */
export const borrowerLoans = async (sql: Sql, lender: Lender, externalId: string): Promise<LoanFile[]> =>
  (await loanFilesOfOwners(sql, [{ lender, id: externalId }]))[0]!;

/** One row of a list of loans: the state row, its id and the borrower's. */
export interface LoanRow {
  readonly loan: LoanState;
  readonly id: string;
  readonly borrower: string;
}

export interface LoansAsked {
  /** The last key of the page before. */
  readonly after?: Key;
  readonly limit: number;
  readonly products: readonly number[];
  /** Age bands, as kept by the last close. */
  readonly bands?: readonly number[];
}

/** Loans in the order of their keys, from a key on: a page costs the same wherever it begins and however large the book. */
export async function listLoans(sql: Sql, { after, limit, products, bands }: LoansAsked): Promise<LoanRow[]> {
  if (products.length === 0) return [];
  const found: ListedRow[] = [];
  let from: Key = after ?? { bucket: 0, n: -1 };
  // A run of buckets at a time, so that the server looks into few partitions; small books take ever longer runs.
  for (let run = RUN; from.bucket < BUCKETS && found.length < limit; run *= 8) {
    const to = Math.min(BUCKETS, from.bucket - (from.bucket % RUN) + run);
    const wanted = limit - found.length;
    found.push(
      ...(await sql.query<ListedRow>(LIST, [from.bucket, from.n, to, products, bands ?? null, wanted])),
    );
    from = { bucket: to, n: -1 };
  }
  return found.map((row) => ({
    loan: loanOfRow(row, row.extra),
    id: (JSON.parse(row.first) as { id: string }).id,
    borrower: row.borrower,
  }));
}

/** Buckets of a partition. */
const RUN = 64;

interface ListedRow extends LoanRowColumns {
  readonly extra: string | null;
  readonly first: string;
  readonly borrower: string;
}

const LIST = everyRequest(
  `select ${LOAN_COLUMNS.map((name) => `l.${name}`).join(", ")}, x.body as extra, j.payload as first,
     b.external_id as borrower
   from (
     select * from loan_state l where l.bucket >= $1 and l.bucket < $3 and (l.bucket > $1 or l.n > $2)
       and l.product = any($4::int2[]) and ($5::int2[] is null or l.band = any($5))
     order by l.bucket, l.n limit $6
   ) l
   cross join lateral (
     select * from journal j where j.bucket = l.bucket and j.n = l.n and j.seq = 1 limit 1
   ) j
   join borrower b on b.bucket = l.bucket and b.n = l.n - l.n % ${LOANS_A_BORROWER}
   left join loan_extra x on x.bucket = l.bucket and x.n = l.n and l.status & ${HAS_EXTRA} <> 0
   order by l.bucket, l.n`,
);

/** The contact that an action began, by the action's name (`7-0/2026-03-06/message`), with its lender. */
export async function contactBegun(
  sql: Sql,
  action: string,
): Promise<
  | { readonly fact: ContactStarted; readonly lender: Pick<Lender, "id" | "pack">; readonly zone: string }
  | undefined
> {
  const named = /^(\d{1,4})-(\d{1,10})\/\d{4}-\d{2}-\d{2}\/[a-z]+(?:\/\d+)?(?:\+\d)?$/.exec(action);
  if (!named) return undefined;
  const [bucket, n] = [Number(named[1]), Number(named[2])];
  const bytes = await sql.copyOut(
    `select ${JOURNAL_COLUMNS.join(", ")} from journal
     where bucket = ${bucket} and n = ${n} and kind = ${FACT_CODES.ContactStarted} order by seq desc`,
  );
  for (const { fact } of readJournal(bytes, sql.vault)) {
    if (fact.kind !== "ContactStarted" || fact.action !== action) continue;
    const [of] = await sql.query<{ id: number; pack: string; zone: string }>(
      `select l.id, l.pack, coalesce(b.zone, l.zone) as zone from borrower b join lender l on l.id = b.lender
       where b.bucket = $1 and b.n = $2`,
      [bucket, n],
    );
    return { fact, lender: of!, zone: of!.zone };
  }
  return undefined;
}

// --- the whole book ----------------------------------------------------------------------------------------------

export interface BandTotal {
  /** 0 for not past due; the product's bands after it. */
  readonly band: number;
  readonly loans: number;
  readonly outstanding: number;
  readonly arrears: number;
}

export interface BookSummary {
  readonly lender: Lender;
  readonly asOf: Day;
  readonly currency: string;
  readonly loans: number;
  readonly ended: number;
  readonly writtenOff: number;
  readonly setAside: number;
  /** Open loans by band; written-off ones are counted apart. */
  readonly bands: readonly BandTotal[];
  /** Loans a reader may want to see: the largest arrears, one that was cured, one with a refused step. */
  readonly toLookAt: readonly {
    readonly id: string;
    readonly why: "largest-arrears" | "cured" | "refused";
  }[];
}

const STORY_DPD = 120;

/** Arrears by band on a day, from the state rows; one pass over the lender's book. */
export async function summarise(sql: Sql, code: string, asOf: Day): Promise<BookSummary> {
  const lender = await findLender(sql, code);
  if (!lender) throw new Error(`no lender ${code} in this book`);
  const own = new Map((await products(sql)).filter((p) => p.lender === code).map((p) => [p.id, p]));
  const bands = new Map<number, { band: number; loans: number; outstanding: number; arrears: number }>();
  const counts = { loans: 0, ended: 0, writtenOff: 0, setAside: 0 };
  let largest: { loan: LoanState; arrears: number } | undefined;
  for await (const loans of loansByRange(sql, [...own.keys()])) {
    for (const { loan } of loans) {
      counts.loans += 1;
      if (loan.setAside) counts.setAside += 1;
      if (loan.status === "written-off") counts.writtenOff += 1;
      else if (loan.status !== "open") counts.ended += 1;
      else if (loan.disbursedOn <= asOf) {
        const product = own.get(loan.product)!;
        const arrears = add(bands, loan, product, asOf);
        // A loan that was lost years ago has the largest sum and the shortest story.
        const told = dpdOn(loan, product, asOf) <= STORY_DPD;
        if (told && arrears.total > (largest?.arrears ?? 0)) largest = { loan, arrears: arrears.total };
      }
    }
  }
  const toLookAt = await examples(sql, largest?.loan, [...own.keys()]);
  const currency = [...own.values()][0]?.terms.currency ?? "";
  const ordered = [...bands.values()].sort((a, b) => a.band - b.band);
  return { lender, asOf, currency, ...counts, bands: ordered, toLookAt };
}

function add(
  bands: Map<number, { band: number; loans: number; outstanding: number; arrears: number }>,
  loan: LoanState,
  product: Product,
  asOf: Day,
): Arrears {
  const band = bandOf(product, dpdOn(loan, product, asOf));
  const arrears = arrearsOn(loan, product, Math.max(asOf, loan.lateOn) as Day);
  const total = bands.get(band) ?? { band, loans: 0, outstanding: 0, arrears: 0 };
  bands.set(band, total);
  total.loans += 1;
  total.outstanding += loan.principal - loan.principalPaid;
  total.arrears += arrears.total;
  return arrears;
}

async function examples(
  sql: Sql,
  largest: LoanState | undefined,
  productIds: readonly number[],
): Promise<BookSummary["toLookAt"]> {
  const taken = new Map<number, BookSummary["toLookAt"][number]["why"]>();
  if (largest) taken.set(keyToNumber(largest), "largest-arrears");
  // A refusal by a rule is a better story than a missing address; the latest comes first.
  const latest = async (kind: number): Promise<Key | undefined> => {
    const rows = await sql.query<{ bucket: number; n: number }>(
      `select j.bucket, j.n from journal j join loan_state l on l.bucket = j.bucket and l.n = j.n
       where j.kind = $1 and l.product = any($2::int4[])
       order by position('reach/no-address' in j.payload), j.on_day desc, j.bucket, j.n limit 3`,
      [kind, productIds],
    );
    return rows.find((row) => !taken.has(keyToNumber(row)));
  };
  for (const [why, kind] of [
    ["refused", FACT_CODES.StepRefused],
    ["cured", FACT_CODES.Cured],
  ] as const) {
    const key = await latest(kind);
    if (key) taken.set(keyToNumber(key), why);
  }
  const ids = await idsOf(sql, [...taken.keys()].map(numberToKey));
  return [...taken].map(([key, why]) => ({ why, id: ids.get(key)! }));
}

/** The loans of products with all that their rows hold, by runs of buckets. */
export async function* loansByRange(sql: Sql, productIds: readonly number[]): AsyncGenerator<StoredLoan[]> {
  if (productIds.length === 0) return;
  const [count] = await sql.query<{ loans: number }>("select count(*)::int8 as loans from loan_state");
  for (const { from, to } of chunksFor(count!.loans)) {
    const range = `bucket >= ${from} and bucket < ${to} and product in (${productIds.join(", ")})`;
    const loans = readLoans(
      await sql.copyOut(`select ${LOAN_COLUMNS.join(", ")} from loan_state where ${range}`),
    );
    await addExtras(sql, loans);
    yield loans;
  }
}

/** What double entry asks of a loan: its product and the facts that move money. */
export interface LoanFacts {
  readonly key: Key;
  readonly product: Product;
  readonly facts: readonly Fact[];
}

/** About this many loans are in memory at a time. */
const LOANS_A_RANGE = 4000;
const OTHERS_NEEDED = ["LoanBooked", "EntryReversed", "BalanceReported"];
const OF_MONEY = Object.entries(FACT_CODES)
  .filter(([kind]) => OTHERS_NEEDED.includes(kind) || isMoneyFact({ kind } as Fact))
  .map(([, code]) => code)
  .join(", ");

/** A lender's loans with their money facts, journaled or waiting, range by range of borrowers. */
export async function* moneyFactsByRange(
  sql: Sql,
  lenderCode: string,
): AsyncGenerator<{ loans: LoanFacts[]; done: number; of: number }> {
  const own = new Map((await products(sql)).filter((p) => p.lender === lenderCode).map((p) => [p.id, p]));
  const [count] = await sql.query<{ loans: number }>("select count(*)::int8 as loans from loan_state");
  const wanted = Math.min(BUCKETS, (LOANS_A_RANGE * BUCKETS) / Math.max(1, count!.loans));
  const size = 2 ** Math.max(0, Math.floor(Math.log2(wanted)));
  for (let from = 0; from < BUCKETS; from += size) {
    const range = `bucket >= ${from} and bucket < ${from + size} and kind in (${OF_MONEY})`;
    const loans = new Map<number, { key: Key; product: Product; facts: Fact[] }>();
    const take = ({ bucket, n, fact }: { bucket: number; n: number; fact: Fact }): void => {
      const id = keyToNumber({ bucket, n });
      const product = fact.kind === "LoanBooked" ? own.get(fact.product) : undefined;
      if (product) loans.set(id, { key: { bucket, n }, product, facts: [fact] });
      else loans.get(id)?.facts.push(fact);
    };
    const columns = JOURNAL_COLUMNS.join(", ");
    const journal = `select ${columns} from journal where ${range} order by bucket, n, seq`;
    for (const entry of readJournal(await sql.copyOut(journal), sql.vault)) take(entry);
    const inbox = `select ${INBOX_SELECT} from inbox where ${range} order by bucket, n, on_day, recorded_at, ord`;
    for (const entry of readInbox(await sql.copyOut(inbox), sql.vault)) take(entry);
    const done = Math.min(1, (from + size) / BUCKETS);
    yield { loans: [...loans.values()], done: Math.round(count!.loans * done), of: count!.loans };
  }
}
