import {
  BUCKETS,
  type BureauFact,
  COMPLAINT_STATES,
  type ComplaintState,
  type Day,
  HARDSHIP_STATES,
  type HardshipState,
  hash32,
  type Instant,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  type OutsideFact,
  type RequestFact,
} from "../core/index.ts";
import type { EventRecord } from "../intake/index.ts";
import { personBatch } from "./batch.ts";
import { addBureauNotes } from "./bureau-desk.ts";
import { findLender, type Lender, products } from "./catalog.ts";
import { type AddedRow, addCounts } from "./counts.ts";
import { recordEvents } from "./events.ts";
import { keepRequestFile } from "./files.ts";
import { type DeskPerson, readDesk } from "./letters.ts";
import { type MatterWish, watchMatters } from "./matters.ts";
import { LedgerRefused } from "./proceedings.ts";
import { putFacts } from "./receipts.ts";
import { appendJournal, keyArrays } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";

/** What a borrower can ask for. In the order of their numbers in stored rows: only ever append. */
export type RequestSort = "complaint" | "hardship" | "wish";
export const REQUEST_SORTS: readonly RequestSort[] = ["complaint", "hardship", "wish"];

/** A request as its row tells it. */
export interface KeptRequest {
  readonly owner: Key;
  readonly id: string;
  readonly sort: RequestSort;
  readonly state: ComplaintState | HardshipState | "done";
  readonly at: Instant;
  readonly stateAt: Instant;
  readonly receivedOn: Day;
  readonly nextOn: Day | null;
  readonly about: string;
  readonly loans: readonly string[];
}

/** What is to be written of a borrower's requests. */
export interface RequestWish {
  readonly facts: readonly RequestFact[];
  /** The row of each request after these facts. */
  readonly rows: readonly RequestRow[];
  readonly watch: readonly MatterWish[];
  /** What becomes of it on his loans and of his person: holds, wishes, a new plan. */
  readonly events: readonly EventRecord[];
  /** What the closes of a loan have to know: an agreed plan, or its end. */
  readonly plans?: readonly { readonly loan: Key; readonly fact: OutsideFact & { readonly id: string } }[];
  readonly files?: readonly Uint8Array[];
  /** What it means for the entries of his loans at the credit bureau. */
  readonly notes?: readonly BureauFact[];
}

export interface RequestRow extends Omit<KeptRequest, "owner" | "stateAt"> {
  /** What a register outside calls it. */
  readonly outside?: string | undefined;
}

/**
 * Reads a borrower with all that is booked of him, under lock, and writes what `decide` makes of it.
 *
 * Holds   facts, rows, holds, days for the close and entries of ledgers are written together or not at all; under `dryRun` nothing is.
 *         His row is locked: no message goes out between a wish and its record.
 * Throws  `LedgerRefused` where a ledger or his own record refuses what would follow.
 */
export async function atRequests<T>(
  db: Database,
  lenderCode: string,
  owner: Key,
  now: Instant,
  decide: (person: DeskPerson, lender: Lender) => { readonly wish?: RequestWish; readonly told: T },
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<T | undefined> {
  const own = await products(db);
  return db.tx(async (sql) => {
    const lender = (await findLender(sql, lenderCode, "for share"))!;
    // Loans before their borrower, as a close takes them: two that wait for each other would both be lost.
    await sql.query(
      `select l.n from loan_state l where l.bucket = $1 and l.n > $2 and l.n < $3 order by l.n for update of l`,
      [owner.bucket, owner.n, owner.n + LOANS_A_BORROWER],
    );
    const [person] = await readDesk(sql, lender, own, [owner], now);
    if (!person) return undefined;
    const { wish, told } = decide(person, lender);
    if (!wish) return told;
    // His own journal first: what events say of his person follows in it.
    if (!dryRun) await appendJournal(sql, person.key, person.facts.length, wish.facts, now);
    if (wish.events.length > 0) {
      const mine = own.filter(({ lender: code }) => code === lender.code);
      const { refused } = await recordEvents(personBatch(sql, lender, now, mine), wish.events, {
        actor: "person",
        dryRun,
      });
      if (refused[0]) throw new LedgerRefused(refused[0]);
    }
    if (!dryRun) await write(sql, lender, person, wish, now);
    return told;
  });
}

async function write(
  sql: Sql,
  lender: Lender,
  person: DeskPerson,
  wish: RequestWish,
  now: Instant,
): Promise<void> {
  for (const row of wish.rows) await putRow(sql, lender, person, row, now);
  await addCounts(sql, person.key.bucket, complaintsOf(wish.facts, person));
  const plans = (wish.plans ?? []).map(({ loan, fact }, line) => ({
    line,
    key: loan,
    fact: { ...fact, on: Math.max(fact.on, lender.openOn) as Day },
    id: `${fact.kind}:${fact.id}`,
    column: "id",
    value: fact.id,
  }));
  if (plans.length > 0) await putFacts(personBatch(sql, lender, now), plans, []);
  await watchMatters(sql, lender, wish.watch, now);
  await addBureauNotes(sql, lender, person.key, wish.notes ?? [], now);
  for (const bytes of wish.files ?? []) await keepRequestFile(sql, person.key, bytes, now);
}

/** Complaints as figures of the day on which they are booked, each under the first of its loans. */
const complaintsOf = (facts: readonly RequestFact[], { loans }: DeskPerson): AddedRow[] =>
  facts.flatMap((fact): AddedRow[] => {
    if (fact.kind !== "ComplaintOpened") return [];
    const lead = loans.find(({ id }) => id === fact.debts[0]);
    if (!lead) return [];
    const { topic: x, channel: y, on } = fact;
    return [{ on, product: lead.product.id, what: "complaint", x, y, n: 1, amount: 0 }];
  });

const stateNumber = ({ sort, state }: Pick<KeptRequest, "sort" | "state">): number =>
  sort === "complaint"
    ? COMPLAINT_STATES.indexOf(state as ComplaintState)
    : sort === "hardship"
      ? HARDSHIP_STATES.indexOf(state as HardshipState)
      : 0;

const stateOf = (sort: RequestSort, n: number): KeptRequest["state"] =>
  sort === "complaint" ? COMPLAINT_STATES[n]! : sort === "hardship" ? HARDSHIP_STATES[n]! : "done";

async function putRow(
  sql: Sql,
  lender: Lender,
  { key, loans }: DeskPerson,
  row: RequestRow,
  now: Instant,
): Promise<void> {
  const lead = loans.find(({ id }) => id === row.loans[0])!;
  await sql.run(
    `insert into request (at, state_at, bucket, n, loan_n, received_on, next_on, lender, sort, state, about, id, loans)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (bucket, n, id) do update set state_at = excluded.state_at, state = excluded.state,
       next_on = excluded.next_on`,
    [
      row.at,
      now,
      key.bucket,
      key.n,
      lead.key.n,
      row.receivedOn,
      row.nextOn,
      lender.id,
      REQUEST_SORTS.indexOf(row.sort),
      stateNumber(row),
      row.about,
      row.id,
      row.loans.join(" "),
    ],
  );
  for (const ref of [row.id, row.outside])
    if (ref !== undefined)
      await sql.run(
        `insert into request_ref (bucket, owner_bucket, owner_n, lender, ref, id) values ($1, $2, $3, $4, $5, $6)
         on conflict (bucket, lender, ref) do nothing`,
        [bucketOf(ref), key.bucket, key.n, lender.id, ref, row.id],
      );
}

// --- finding ---------------------------------------------------------------------------------------------------------

/** Never changed: stored rows depend on it. */
const bucketOf = (ref: string): number => hash32(`request\u0000${ref}`) % BUCKETS;

/** Whose a request is, by its reference or by what an outside register calls it. */
export async function ownerOfRequest(
  sql: Sql,
  lender: Pick<Lender, "id">,
  ref: string,
): Promise<{ readonly owner: Key; readonly id: string } | undefined> {
  const [row] = await sql.query<{ bucket: number; n: number; id: string }>(
    "select owner_bucket as bucket, owner_n as n, id from request_ref where bucket = $1 and lender = $2 and ref = $3",
    [bucketOf(ref), lender.id, ref],
  );
  return row && { owner: { bucket: row.bucket, n: row.n }, id: row.id };
}

export interface RequestsAsked {
  readonly sort: RequestSort;
  readonly states?: readonly string[];
  readonly about?: string;
  /** Only those with something to do by this day. */
  readonly nextBy?: Day;
  readonly limit?: number;
}

interface Row extends Record<string, unknown> {
  readonly at: number;
  readonly state_at: number;
  readonly bucket: number;
  readonly n: number;
  readonly received_on: number;
  readonly next_on: number | null;
  readonly sort: number;
  readonly state: number;
  readonly about: string;
  readonly id: string;
  readonly loans: string;
}

const COLUMNS = "at, state_at, bucket, n, received_on, next_on, sort, state, about, id, loans";

/** A lender's requests of one sort: those with the nearest day first, then the oldest. */
export async function listRequests(
  sql: Sql,
  lender: Pick<Lender, "id">,
  { sort, states, about, nextBy, limit = 10_000 }: RequestsAsked,
): Promise<KeptRequest[]> {
  const numbers = states?.map((state) => stateNumber({ sort, state: state as KeptRequest["state"] }));
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from request
     where bucket >= 0 and lender = $1 and sort = $2 and ($3::int4[] is null or state = any($3::int4[]))
       and ($4::text is null or about = $4) and ($5::int4 is null or next_on <= $5)
     order by next_on nulls last, received_on, id limit $6`,
    [lender.id, REQUEST_SORTS.indexOf(sort), numbers ?? null, about ?? null, nextBy ?? null, limit],
  );
  return rows.map(kept);
}

/** All that one borrower asked for, the newest first. */
export async function requestsOfBorrower(sql: Sql, { bucket, n }: Key): Promise<KeptRequest[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from request where bucket = $1 and n = $2 order by at desc, id`,
    [bucket, n],
  );
  return rows.map(kept);
}

/** Requests of the borrowers in a range of keys, for whoever checks rows against journals. */
export async function requestsIn(sql: Sql, range: string): Promise<KeptRequest[]> {
  return (await sql.query<Row>(`select ${COLUMNS} from request where ${range}`)).map(kept);
}

function kept(row: Row): KeptRequest {
  const sort = REQUEST_SORTS[row.sort]!;
  return {
    owner: { bucket: row.bucket, n: row.n },
    id: row.id,
    sort,
    state: stateOf(sort, row.state),
    at: row.at,
    stateAt: row.state_at,
    receivedOn: row.received_on as Day,
    nextOn: row.next_on as Day | null,
    about: row.about,
    loans: row.loans.split(" "),
  };
}

/** What lenders call these borrowers, by their keys. */
export async function externalIdsOf(sql: Sql, owners: readonly Key[]): Promise<ReadonlyMap<number, string>> {
  if (owners.length === 0) return new Map();
  const rows = await sql.query<{ bucket: number; n: number; id: string }>(
    `select b.bucket, b.n, b.external_id as id from ${keyArrays(owners)}
     join borrower b on b.bucket = k.bucket and b.n = k.n`,
  );
  return new Map(rows.map((row) => [keyToNumber(row), row.id]));
}
