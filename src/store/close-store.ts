import {
  BUCKETS,
  borrowerN,
  type CallReported,
  CONTACT_DAYS,
  type ContactEnded,
  type ContactReopened,
  type ContactStarted,
  contactReported,
  type Day,
  type DeliveryReported,
  FACT_CODES,
  type Fact,
  isOfferOver,
  keyToNumber,
  type LoanState,
  NEVER,
  needsHistory,
  numberToKey,
  type OutsideFact,
  type PersonFact,
} from "../core/index.ts";
import type {
  Action,
  Chunk,
  ChunkWork,
  CloseBegun,
  CloseContext,
  ClosedBorrower,
  ClosedLoan,
  CloseStore,
  DayTally,
  WokenBorrower,
  WokenLoan,
} from "../dayclose/index.ts";
import type { BookedContact, ContactMade, StepKind } from "../policy/index.ts";
import { findLender, houseSettings, type Lender, products, type Shelves } from "./catalog.ts";
import { CopyWriter } from "./copy.ts";
import { storeCounts } from "./counts.ts";
import { cancelOfEnded, type EndedLoan } from "./ended.ts";
import { idsOf } from "./lookups.ts";
import { lapseOffers, type OfferOver } from "./offers-over.ts";
import { ACT_CODES, OUTBOX_COLUMNS } from "./outbox-rows.ts";
import { personsOf } from "./persons.ts";
import { strategies } from "./releases.ts";
import {
  ACTORS,
  INBOX_SELECT,
  JOURNAL_COLUMNS,
  keyArrays,
  LOAN_COLUMNS,
  LoanRows,
  readInbox,
  readJournal,
  STAGED_COLUMNS,
  type StoredLoan,
  withStoredExtra,
  writeJournal,
  writeStaged,
} from "./rows.ts";
import { type Database, isPassing, type Sql } from "./sql.ts";
import type { Vault } from "./vault.ts";

/** A batch of about this many touched loans is one transaction. */
const TOUCHED_A_CHUNK = 20_000;
/** Share of a book that wakes on an ordinary day, for sizing chunks only. */
const USUAL_SHARE = 0.12;
/** However small the book, so that progress can be seen. */
const LEAST_CHUNKS = 16;
const RETRIES = 8;

const STAGE = `create temp table if not exists stage_loan (
  principal_paid int8, interest_paid int8, late_units int8, late_paid int8, bucket int4, n int4, version_before int4,
  version int4, due_on int4, late_on int4, wake_on int4, status int2, band int2, steps_through int2, holds int2
) on commit delete rows`;

/** The close's storage over either engine. */
export function closeStore(db: Database, shelves: Shelves): CloseStore {
  return {
    begin: (lender, through) => begin(db, shelves, lender, through),
    closeChunk: (lender, through, chunk, work) =>
      retrying(() => db.tx((sql) => closeChunk(sql, shelves, lender, through, chunk, work))),
    finish: async (lender, through) => {
      await db.run("update lender set closed_through = greatest(closed_through, $2) where code = $1", [
        lender,
        through,
      ]);
    },
  };
}

/**
 * Makes room in the pages that closes have changed, so that the next updates stay in place. A server's autovacuum does
 * the same in its own time; the embedded engine has none. Cheap while few rows have changed since the last time.
 */
export async function makeRoom(db: Database, changedLoans: number): Promise<void> {
  if (changedLoans >= ROOM_AFTER) await db.script("vacuum loan_state");
}

const ROOM_AFTER = 20_000;

/** Everything a close is given from storage: products, strategies as frozen, the lender's pack. */
export async function contextOf(sql: Sql, shelves: Shelves, lenderCode: string): Promise<CloseContext> {
  const lender = await findLender(sql, lenderCode);
  if (!lender) throw new Error(`no lender ${lenderCode} in this book`);
  const byId = new Map((await products(sql)).map((product) => [product.id, product]));
  const versions = (await strategies(sql)).map(({ body }) => shelves.readStrategy(body));
  const lines = new Map(
    [...new Set(versions.map(({ name }) => name))].map((name) => [
      name,
      shelves.line(
        versions.filter((version) => version.name === name),
        versions,
      ),
    ]),
  );
  const limitation = shelves.limitation?.(lender.pack);
  return {
    zone: lender.zone,
    pack: shelves.pack(
      lender.pack,
      (await houseSettings(sql, lender)).map(({ body }) => body),
    ),
    product: (id) => {
      const product = byId.get(id);
      if (!product) throw new Error(`no product ${id} in this book`);
      return product;
    },
    strategy: (name) => lines.get(name),
    ...(limitation ? { limitation } : {}),
  };
}

async function begin(db: Database, shelves: Shelves, code: string, through: Day): Promise<CloseBegun> {
  const from = await db.tx(async (sql) => {
    // Imports hold the lender's row in share mode while they write: what they booked on these days is all there.
    const lender = await findLender(sql, code, "for update");
    if (!lender) throw new Error(`no lender ${code} in this book`);
    await sql.run("update lender set open_on = greatest(open_on, $2) where code = $1", [code, through + 1]);
    return (lender.closedThrough + 1) as Day;
  });
  const context = await contextOf(db, shelves, code);
  const loans = await bookSize(db);
  return { from, loans, chunks: chunksFor(loans), context };
}

/** Loans in the book, about: counting them would read it all. Exact while the book is small or was never analysed. */
async function bookSize(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ loans: number; unknown: number }>(
    `select coalesce(sum(c.reltuples), 0)::int8 as loans, count(*) filter (where c.reltuples < 0)::int4 as unknown
     from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'loan_state'::regclass`,
  );
  if (row!.unknown === 0 && row!.loans > 50_000) return row!.loans;
  const [exact] = await sql.query<{ loans: number }>("select count(*)::int8 as loans from loan_state");
  return exact!.loans;
}

/** Runs of whole buckets, each with about as many touched loans as one transaction should hold. */
export function chunksFor(loans: number): Chunk[] {
  const perBucket = (loans * USUAL_SHARE) / BUCKETS;
  const wanted = Math.max(
    1,
    Math.min(BUCKETS / LEAST_CHUNKS, Math.floor(TOUCHED_A_CHUNK / Math.max(perBucket, 1))),
  );
  // A power of two, so that chunks and partitions of 64 buckets share their borders.
  const size = 2 ** Math.floor(Math.log2(wanted));
  const chunks: Chunk[] = [];
  for (let from = 0; from < BUCKETS; from += size) chunks.push({ from, to: from + size });
  return chunks;
}

export async function productIds(sql: Sql, lender: number): Promise<string> {
  const rows = await sql.query<{ id: number }>("select id from product where lender = $1", [lender]);
  return rows.length > 0 ? rows.map(({ id }) => id).join(", ") : "-1";
}

async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= RETRIES || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
    }
  }
}

async function closeChunk(
  sql: Sql,
  shelves: Shelves,
  code: string,
  through: Day,
  chunk: Chunk,
  work: ChunkWork,
): Promise<readonly DayTally[]> {
  const lender = (await findLender(sql, code))!;
  // The fence first: a second process waits here until the first has committed, and then finds the chunk done.
  const fenced = await sql.run(
    `insert into close_chunk (bucket, bucket_to, lender, through, tallies) values ($1, $2, $3, $4, '')
     on conflict (bucket, lender, through, bucket_to) do nothing`,
    [chunk.from, chunk.to, lender.id, through],
  );
  if (fenced === 0) return talliesOf(sql, lender.id, through, chunk);
  const woken = await readWoken(sql, lender.id, await productIds(sql, lender.id), through, chunk);
  if (woken.rows.count === 0) return [];
  const tally = work.newTally();
  const counts = work.newCounts();
  const written = new Written(lender, through, shelves.now(), woken.origins, sql.vault);
  const anyPerson = await hasPersons(sql, lender.id, chunk);
  await closeAll(sql, borrowersOf(woken), work, anyPerson, (closed) => {
    tally.add(closed);
    counts.add(closed);
    written.add(closed);
  });
  await written.store(sql, chunk);
  await lapseOffers(sql, written.offersOver, (keys) => journalsOf(sql, keys), work.lapse, shelves.now());
  await storeCounts(sql, chunk.from, counts);
  if (woken.waiting.size > 0) {
    await sql.run("delete from inbox where bucket >= $1 and bucket < $2 and lender = $3 and on_day <= $4", [
      chunk.from,
      chunk.to,
      lender.id,
      through,
    ]);
  }
  const tallies = tally.days();
  await sql.run(
    "update close_chunk set tallies = $5 where bucket = $1 and bucket_to = $2 and lender = $3 and through = $4",
    [chunk.from, chunk.to, lender.id, through, JSON.stringify(tallies)],
  );
  return tallies;
}

/**
 * Closes borrower by borrower, and again those for whom more has to be read: the journal of a loan that was set aside,
 * the contacts of someone who was to be contacted. What comes of each is handed on as soon as it stands and not held: a
 * chunk's worth of small objects that live until its end costs the garbage collector more than the close itself.
 */
async function closeAll(
  sql: Sql,
  borrowers: Iterable<WokenBorrower>,
  work: ChunkWork,
  anyPerson: boolean,
  done: (closed: ClosedBorrower) => void,
): Promise<void> {
  const fell: Closing[] = [];
  let judged: Closing[] = [];
  const settle = async (borrower: WokenBorrower, closed: ClosedBorrower): Promise<void> => {
    judged.push({ borrower, closed });
    if (judged.length >= JUDGED_AT_ONCE) await settleJudged();
  };
  const settleJudged = async (): Promise<void> => {
    const made = await contactsOfJudged(sql, judged);
    const persons = await personsOf(sql, anyPerson ? judged.map(({ borrower }) => borrower) : []);
    const named = await namedLoans(sql, judged, made, persons);
    for (const { borrower, closed } of judged) {
      const id = keyToNumber(borrower);
      const [contacts, person] = [made.get(id), persons.get(id)];
      if (!contacts && !person) done(closed);
      else done(work.close(knowing(borrower, contacts ?? NONE, person, named)));
    }
    judged = [];
  };
  let asking: WokenBorrower[] = [];
  const settleAsking = async (): Promise<void> => {
    for (const borrower of await withAllJournals(sql, asking)) await settle(borrower, work.close(borrower));
    asking = [];
  };
  for (const borrower of borrowers) {
    const closed = work.close(borrower);
    if (closed.loans.some(fellAside)) fell.push({ borrower, closed });
    else if (closed.loans.some(({ wantsJournals }) => wantsJournals)) {
      asking.push(borrower);
      if (asking.length >= JUDGED_AT_ONCE) await settleAsking();
    } else if (firstJudged(closed) < NEVER) await settle(borrower, closed);
    else done(closed);
  }
  for (const borrower of await withJournals(sql, fell)) {
    const closed = work.close(borrower);
    if (closed.loans.some(({ wantsJournals }) => wantsJournals)) asking.push(borrower);
    else await settle(borrower, closed);
  }
  await settleAsking();
  await settleJudged();
}

/**
 * Whether anything at all was recorded of the chunk's people: mostly nothing was, and nobody has to be asked about. What is
 * recorded while it closes is booked on a later day.
 */
async function hasPersons(sql: Sql, lender: number, { from, to }: Chunk): Promise<boolean> {
  const rows = await sql.query(
    "select 1 from person where bucket >= $1 and bucket < $2 and lender = $3 limit 1",
    [from, to, lender],
  );
  return rows.length > 0;
}

/** Ids of the loans of borrowers of whom a fact may name one. */
async function namedLoans(
  sql: Sql,
  judged: readonly Closing[],
  made: ReadonlyMap<number, readonly BookedContact[]>,
  persons: ReadonlyMap<number, readonly PersonFact[]>,
): Promise<ReadonlyMap<number, string>> {
  const some = judged.filter(({ borrower }) => {
    const id = keyToNumber(borrower);
    return persons.has(id) || made.get(id)?.some(({ made: { debts } }) => debts !== undefined);
  });
  return idsOf(
    sql,
    some.flatMap(({ borrower }) => borrower.loans.map(({ loan }) => loan)),
  );
}

/** The borrower with what is known of him. */
export function knowing(
  borrower: WokenBorrower,
  contacts: readonly BookedContact[],
  person: readonly PersonFact[] | undefined,
  named: ReadonlyMap<number, string>,
): WokenBorrower {
  const loans = borrower.loans.map((woken) => {
    const id = named.get(keyToNumber(woken.loan));
    return id === undefined ? woken : { ...woken, id };
  });
  return { ...borrower, loans, contacts, ...(person ? { person } : {}) };
}

/** Borrowers whose contacts are read together: enough that the question costs little, few enough to be held. */
const JUDGED_AT_ONCE = 500;

interface Closing {
  readonly borrower: WokenBorrower;
  readonly closed: ClosedBorrower;
}

const fellAside = ({ facts }: ClosedLoan): boolean => facts.some(({ kind }) => kind === "SetAside");

async function talliesOf(sql: Sql, lender: number, through: Day, chunk: Chunk): Promise<readonly DayTally[]> {
  const [row] = await sql.query<{ tallies: string }>(
    "select tallies from close_chunk where bucket = $1 and bucket_to = $2 and lender = $3 and through = $4",
    [chunk.from, chunk.to, lender, through],
  );
  return row?.tallies ? JSON.parse(row.tallies) : [];
}

// --- reading -----------------------------------------------------------------------------------------------------

/** What a chunk's close is given. */
interface Woken {
  readonly rows: LoanRows;
  readonly extras: ReadonlyMap<number, string>;
  readonly waiting: Waiting;
  readonly origins: Origins;
  readonly journals: ReadonlyMap<number, Fact[]>;
}

async function readWoken(sql: Sql, lender: number, ids: string, through: Day, chunk: Chunk): Promise<Woken> {
  const range = `bucket >= ${chunk.from} and bucket < ${chunk.to}`;
  const columns = LOAN_COLUMNS.join(", ");
  // The day first: nine loans in ten sleep, and are then passed over at one comparison.
  const awake = await sql.copyOut(
    `select ${columns} from loan_state where wake_on <= ${through} and ${range} and product in (${ids})`,
  );
  const origins: Origins = new Map();
  const waiting = await readWaiting(sql, `${range} and lender = ${lender} and on_day <= ${through}`, origins);
  let rows = new LoanRows([awake]);
  const asleep = missing(rows, waiting);
  if (asleep.length > 0) {
    const select = LOAN_COLUMNS.map((column) => `l.${column}`).join(", ");
    const joined = `loan_state l on l.bucket = k.bucket and l.n = k.n and l.${range.replace(" and ", " and l.")}`;
    rows = new LoanRows([
      awake,
      await sql.copyOut(`select ${select} from ${keyArrays(asleep)} join ${joined}`),
    ]);
  }
  const extras = await extrasOf(sql, [...rows.withExtra].map(numberToKey));
  const journals = await journalsFor(sql, rows, extras, waiting);
  return { rows, extras, waiting, origins, journals };
}

type Waiting = Map<number, { key: { bucket: number; n: number }; facts: OutsideFact[] }>;

/** Who recorded a fact and when: what waited keeps its own, the close signs what it adds. */
type Origins = Map<Fact, { readonly recordedAt: number; readonly actor: number }>;

export async function readWaiting(sql: Sql, where: string, origins: Origins): Promise<Waiting> {
  const waiting: Waiting = new Map();
  const bytes = await sql.copyOut(
    `select ${INBOX_SELECT} from inbox where ${where} order by on_day, recorded_at, ord`,
  );
  for (const entry of readInbox(bytes, sql.vault)) {
    const id = keyToNumber(entry);
    const known = waiting.get(id) ?? {
      key: { bucket: entry.bucket, n: entry.n },
      facts: [] as OutsideFact[],
    };
    known.facts.push(entry.fact as OutsideFact);
    origins.set(entry.fact, entry);
    waiting.set(id, known);
  }
  return waiting;
}

function missing(rows: LoanRows, waiting: Waiting): { bucket: number; n: number }[] {
  if (waiting.size === 0) return [];
  const present = new Set<number>();
  for (let i = 0; i < rows.count; i++) present.add(rows.key(i));
  return [...waiting].filter(([id]) => !present.has(id)).map(([, { key }]) => key);
}

export async function addExtras(sql: Sql, loans: readonly StoredLoan[]): Promise<void> {
  const flagged = loans.filter(({ hasExtra }) => hasExtra);
  const bodies = await extrasOf(
    sql,
    flagged.map(({ loan }) => loan),
  );
  for (const stored of flagged)
    stored.loan = withStoredExtra(stored.loan, bodies.get(keyToNumber(stored.loan)) ?? "{}");
}

async function extrasOf(
  sql: Sql,
  keys: readonly { readonly bucket: number; readonly n: number }[],
): Promise<Map<number, string>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{ bucket: number; n: number; body: string }>(
    `select e.bucket, e.n, e.body from ${keyArrays(keys)}
     join loan_extra e on e.bucket = k.bucket and e.n = k.n`,
  );
  return new Map(rows.map((row) => [keyToNumber(row), row.body]));
}

/** What `loan_extra` holds in a run of buckets. */
export async function extrasIn(sql: Sql, range: string): Promise<Map<number, string>> {
  const rows = await sql.query<{ bucket: number; n: number; body: string }>(
    `select bucket, n, body from loan_extra where ${range}`,
  );
  return new Map(rows.map((row) => [keyToNumber(row), row.body]));
}

function loanAt(rows: LoanRows, extras: ReadonlyMap<number, string>, i: number): LoanState {
  const loan = rows.loan(i);
  return rows.withExtra.has(rows.key(i)) ? withStoredExtra(loan, extras.get(rows.key(i)) ?? "{}") : loan;
}

export async function journalsFor(
  sql: Sql,
  rows: LoanRows,
  extras: ReadonlyMap<number, string>,
  waiting: Waiting,
): Promise<Map<number, Fact[]>> {
  const wanted: LoanState[] = [];
  for (let i = 0; waiting.size > 0 && i < rows.count; i++) {
    const facts = waiting.get(rows.key(i))?.facts;
    if (!facts) continue;
    const loan = loanAt(rows, extras, i);
    if (loan.setAside || needsHistory(loan, facts)) wanted.push(loan);
  }
  return journalsOf(sql, wanted);
}

export async function journalsOf(
  sql: Sql,
  keys: readonly { readonly bucket: number; readonly n: number }[],
): Promise<Map<number, Fact[]>> {
  const journals = new Map<number, Fact[]>();
  if (keys.length === 0) return journals;
  const columns = JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ");
  const bytes = await sql.copyOut(
    `select ${columns} from ${keyArrays(keys)} join journal j on j.bucket = k.bucket and j.n = k.n
     order by j.bucket, j.n, j.seq`,
  );
  for (const entry of readJournal(bytes, sql.vault)) {
    const id = keyToNumber(entry);
    const facts = journals.get(id);
    if (facts) facts.push(entry.fact);
    else journals.set(id, [entry.fact]);
  }
  return journals;
}

/** The woken borrowers in order of their keys, and each one's loans likewise, wherever their rows lie. */
export function* borrowersOf({ rows, extras, waiting, journals }: Woken): Generator<WokenBorrower> {
  let loans: WokenLoan[] = [];
  for (let i = 0; i < rows.count; i++) {
    const loan = loanAt(rows, extras, i);
    const id = rows.key(i);
    const facts = waiting.get(id)?.facts ?? NONE;
    const journal = journals.get(id);
    loans.push(journal ? { loan, waiting: facts, journal } : { loan, waiting: facts });
    const owner = borrowerN(loan.n);
    const next = i + 1 < rows.count ? numberToKey(rows.key(i + 1)) : undefined;
    if (next?.bucket === loan.bucket && borrowerN(next.n) === owner) continue;
    yield { bucket: loan.bucket, n: owner, loans, contacts: NONE };
    loans = [];
  }
}

const NONE: readonly never[] = [];

/** Contacts matter only to borrowers for whom something was planned or refused, so they are read after a first run. */
async function contactsOfJudged(
  sql: Sql,
  judged: readonly Closing[],
): Promise<ReadonlyMap<number, BookedContact[]>> {
  let first: number = NEVER;
  for (const { closed } of judged) first = Math.min(first, firstJudged(closed));
  if (first === NEVER) return new Map();
  return contactsOf(
    sql,
    judged.map(({ borrower }) => borrower),
    (first - CONTACT_DAYS) as Day,
  );
}

/** The first day on which the gate judged a step of this borrower; when many days are closed at once, long ago. */
function firstJudged({ loans, actions }: ClosedBorrower): Day {
  let first: number = NEVER;
  for (const { act, on } of actions) if (act !== "ask" && act !== "ask-matter") first = Math.min(first, on);
  for (const { facts } of loans) {
    for (const fact of facts) {
      if (fact.on >= first || (fact.kind !== "StepRefused" && fact.kind !== "StepAsked")) continue;
      if (!NOT_OF_THE_GATE.includes(fact.rules[0]!)) first = fact.on;
    }
  }
  return first as Day;
}

const NOT_OF_THE_GATE = ["reach/no-address", "pack/none-for-lender", "strategy/ask-person"];

/**
 * A loan that was set aside in this very run, and for which more facts wait, is built again from its journal, as it
 * would be if each day were closed by itself.
 */
async function withJournals(sql: Sql, fell: readonly Closing[]): Promise<WokenBorrower[]> {
  const loans = fell.flatMap(({ closed }) => closed.loans.filter(fellAside));
  const journals = await journalsOf(
    sql,
    loans.map(({ after }) => after),
  );
  return fell.map(({ borrower }) => ({
    ...borrower,
    loans: borrower.loans.map((woken) => {
      const journal = journals.get(keyToNumber(woken.loan));
      return journal ? { ...woken, journal } : woken;
    }),
  }));
}

/** The borrowers with all that was ever booked of them and of their woken loans. */
async function withAllJournals(sql: Sql, asking: readonly WokenBorrower[]): Promise<WokenBorrower[]> {
  const keys = asking.flatMap((borrower) => [borrower, ...borrower.loans.map(({ loan }) => loan)]);
  const journals = await journalsOf(sql, keys);
  const of = (key: { readonly bucket: number; readonly n: number }): readonly Fact[] =>
    journals.get(keyToNumber(key)) ?? NONE;
  return asking.map((borrower) => ({
    ...borrower,
    journal: of(borrower),
    loans: borrower.loans.map((woken) => ({ ...woken, journal: of(woken.loan) })),
  }));
}

/** Contacts begun with these borrowers or reported of them, whoever made them, booked on or after a day. */
export async function contactsOf(
  sql: Sql,
  borrowers: readonly { readonly bucket: number; readonly n: number }[],
  since: Day,
): Promise<Map<number, BookedContact[]>> {
  const columns = JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ");
  const bytes = await sql.copyOut(
    `select ${columns} from ${keyArrays(borrowers)} join journal j on j.bucket = k.bucket and j.n = k.n
     where j.kind in (${OF_CONTACTS}) and (j.on_day >= ${since} or ${WRONG_NUMBER}) order by j.bucket, j.n, j.seq`,
  );
  const made = new Map<number, Map<string, BookedContact>>();
  const ofBorrower = (id: number): Map<string, BookedContact> => {
    const own = made.get(id) ?? new Map<string, BookedContact>();
    made.set(id, own);
    return own;
  };
  for (const { bucket, n, seq, fact } of readJournal(bytes, sql.vault)) {
    const id = keyToNumber({ bucket, n });
    const { on } = fact;
    if (fact.kind === "ContactStarted") ofBorrower(id).set(fact.action, { on, made: contactOf(fact) });
    else if (fact.kind === "ContactReported")
      ofBorrower(id).set(`reported ${fact.id}`, { on, made: contactReported(fact) });
    else if (fact.kind === "PersonFactReversed") {
      const reported = made.get(id)?.get(`reported ${fact.of}`);
      if (reported) ofBorrower(id).set(`reported ${fact.of}`, { ...reported, until: fact.on });
    } else if (fact.kind === "ContactEnded") {
      const started = made.get(id)?.get(fact.action);
      if (started && fact.outcome !== "failed")
        ofBorrower(id).set(fact.action, {
          on: started.on,
          made: { ...started.made, outcome: outcomeOf(started.made, fact) },
        });
      else if (started) ofBorrower(id).delete(fact.action);
    } else if (fact.kind === "ContactWithdrawn") made.get(id)?.delete(fact.action);
    else if (isLaterWord(fact)) {
      const started = made.get(id)?.get(fact.action);
      // A close of the days between knows the contact as it was known then.
      if (started) {
        ofBorrower(id).set(`${fact.action} before ${seq}`, { ...started, until: on });
        if (fact.kind === "ContactReopened") ofBorrower(id).delete(fact.action);
        else ofBorrower(id).set(fact.action, { on, made: reported(started.made, fact) });
      } else if (
        fact.kind === "CallReported" &&
        fact.outcome === "wrong-number" &&
        fact.address !== undefined
      ) {
        const { at, address } = fact;
        ofBorrower(id).set(fact.action, { on, made: { at, kind: "call", outcome: "wrong-number", address } });
      }
    }
  }
  return new Map([...made].map(([id, own]) => [id, [...own.values()]]));
}

const OF_CONTACTS = [
  FACT_CODES.ContactStarted,
  FACT_CODES.ContactEnded,
  FACT_CODES.ContactReported,
  FACT_CODES.PersonFactReversed,
  FACT_CODES.ContactWithdrawn,
  FACT_CODES.DeliveryReported,
  FACT_CODES.CallReported,
  FACT_CODES.ContactReopened,
].join(", ");

/** A number that is somebody else's stays that, however long ago it was found out. */
const WRONG_NUMBER = `(j.kind in (${FACT_CODES.CallReported}, ${FACT_CODES.ContactReported})
  and position('"outcome":"wrong-number"' in j.payload) > 0)`;

type LaterWord = DeliveryReported | CallReported | ContactReopened;
const isLaterWord = (fact: Fact): fact is LaterWord =>
  fact.kind === "DeliveryReported" || fact.kind === "CallReported" || fact.kind === "ContactReopened";

/** A call that a dialler took over is not answered yet: until it says more, nobody knows, and it counts as made. */
const outcomeOf = ({ kind }: ContactMade, { outcome }: ContactEnded): ContactMade["outcome"] =>
  outcome === "failed" || (kind === "call" && outcome === "sent") ? "unknown" : outcome;

const OF_CALLS: Readonly<Record<CallReported["outcome"], ContactMade["outcome"]>> = {
  connected: "connected",
  promised: "connected",
  refused: "connected",
  // Whoever it was, somebody was spoken to: for caps on calls it is one that was answered.
  "third-person": "connected",
  "wrong-number": "wrong-number",
  voicemail: "voicemail",
  busy: "busy",
  "no-answer": "no-answer",
  "not-in-service": "not-in-service",
};
const CALL_ORDER: readonly ContactMade["outcome"][] = [
  "connected",
  "wrong-number",
  "voicemail",
  "busy",
  "no-answer",
  "not-in-service",
];

/**
 * What later reports make of a contact. Of several on one call the one that says most stands, in whatever order they come;
 * a message that came back is one that bounced, and every other report leaves it as sent.
 */
function reported(made: ContactMade, fact: DeliveryReported | CallReported): ContactMade {
  if (fact.kind === "DeliveryReported")
    return fact.status === "bounced" ? { ...made, outcome: "bounced" } : made;
  const said = OF_CALLS[fact.outcome];
  const before = CALL_ORDER.indexOf(made.outcome);
  return before >= 0 && before < CALL_ORDER.indexOf(said) ? made : { ...made, outcome: said };
}

const contactOf = (fact: ContactStarted): ContactMade => ({
  at: fact.at,
  kind: fact.via as StepKind,
  outcome: "unknown",
  address: fact.address,
});

// --- writing -----------------------------------------------------------------------------------------------------

/** What a chunk's close has brought, as the bytes that COPY takes. */
class Written {
  readonly #lender: number;
  readonly #zone: string;
  readonly #through: Day;
  readonly #origins: Origins;
  readonly #own: { readonly recordedAt: number; readonly actor: number };
  readonly #awake = new CopyWriter(1 << 20);
  readonly #asleep = new CopyWriter();
  readonly #journal = new CopyWriter(1 << 20);
  readonly #outbox = new CopyWriter(1 << 18);
  readonly #extras: { before: LoanState; after: LoanState }[] = [];
  readonly #ended: EndedLoan[] = [];
  /** Offers that nobody accepted in their time, by whom they were made to. */
  readonly offersOver: OfferOver[] = [];

  readonly #vault: Vault | undefined;

  constructor(
    { id, zone }: Lender,
    through: Day,
    recordedAt: number,
    origins: Origins,
    vault: Vault | undefined,
  ) {
    this.#vault = vault;
    this.#lender = id;
    this.#zone = zone;
    this.#through = through;
    this.#origins = origins;
    this.#own = { recordedAt, actor: ACTORS.close };
  }

  add({ loans, actions }: ClosedBorrower): void {
    for (const { before, after, facts } of loans) {
      writeStaged(before.wakeOn <= this.#through ? this.#awake : this.#asleep, before, after);
      if (before.extra || after.extra) this.#extras.push({ before, after });
      const { bucket, n } = before;
      let seq = before.version;
      for (const fact of facts) {
        if (fact.kind === "LoanEnded") this.#ended.push({ bucket, n: borrowerN(n), loan: n, on: fact.on });
        if (fact.kind === "MatterDateCame" && isOfferOver(fact))
          this.offersOver.push({ owner: { bucket, n: borrowerN(n) }, over: fact });
        seq += 1;
        const { recordedAt, actor } = (this.#origins.size > 0 && this.#origins.get(fact)) || this.#own;
        writeJournal(this.#journal, { bucket, n, seq, recordedAt, actor, fact }, this.#vault);
      }
    }
    for (const action of actions) writeAction(this.#outbox, this.#lender, this.#own.recordedAt, action);
  }

  async store(sql: Sql, chunk: Chunk): Promise<void> {
    const range = `l.bucket >= ${chunk.from} and l.bucket < ${chunk.to}`;
    // The join reads the chunk's loans once more, and one that sleeps is passed over sooner than compared.
    await this.#update(sql, this.#awake, `l.wake_on <= ${this.#through} and ${range}`);
    await this.#update(sql, this.#asleep, range);
    await writeExtras(sql, this.#extras);
    if (this.#journal.rows > 0) await sql.copyIn("journal", JOURNAL_COLUMNS, this.#journal.finish());
    if (this.#outbox.rows > 0) await sql.copyIn("outbox", OUTBOX_COLUMNS, this.#outbox.finish());
    await cancelOfEnded(sql, this.#ended, this.#zone, this.#own.recordedAt);
  }

  async #update(sql: Sql, staged: CopyWriter, among: string): Promise<void> {
    if (staged.rows === 0) return;
    const updated = await updateStaged(sql, among, staged.finish());
    if (updated !== staged.rows)
      throw new Error(`${staged.rows - updated} loans changed while they were being closed; close again`);
  }
}

function writeAction(writer: CopyWriter, lender: number, recordedAt: number, action: Action): void {
  writer.row(OUTBOX_COLUMNS.length);
  writer.int8(action.slot);
  writer.int8(recordedAt);
  writer.int4(action.bucket);
  writer.int4(action.n);
  writer.int4(action.on);
  writer.int2(ACT_CODES[action.act]);
  writer.int2(action.item);
  writer.int2(lender);
  writer.int2(0);
  writer.text(action.via);
  writer.text(action.what);
  writer.text(action.strategy);
  writer.text(action.pack);
  writer.text(JSON.stringify(action.steps));
}

/**
 * Brings staged rows into `loan_state` where their version still stands; gives the number of rows changed. `among` says
 * where to look, in terms of `l`: a run of buckets, and what else all of them have in common.
 */
export async function updateStaged(sql: Sql, among: string, staged: Buffer): Promise<number> {
  await sql.run(STAGE);
  await sql.run("delete from stage_loan");
  await sql.copyIn("stage_loan", STAGED_COLUMNS, staged);
  return sql.run(
    `update loan_state l set principal_paid = s.principal_paid, interest_paid = s.interest_paid,
       late_units = s.late_units, late_paid = s.late_paid, version = s.version, due_on = s.due_on, late_on = s.late_on,
       wake_on = s.wake_on, status = s.status, band = s.band, steps_through = s.steps_through, holds = s.holds
     from stage_loan s
     where ${among} and l.bucket = s.bucket and l.n = s.n and l.version = s.version_before`,
  );
}

export async function writeExtras(
  sql: Sql,
  extras: readonly { readonly before?: LoanState; readonly after: LoanState }[],
): Promise<void> {
  const changed = extras.filter(({ before, after }) => before?.extra !== after.extra);
  const gone = changed.filter(({ before }) => before?.extra).map(({ after }) => after);
  if (gone.length > 0) {
    await sql.run(
      `delete from loan_extra e using ${keyArrays(gone)} where e.bucket = k.bucket and e.n = k.n`,
    );
  }
  const writer = new CopyWriter();
  for (const { after } of changed) {
    if (!after.extra) continue;
    writer.row(3);
    writer.int4(after.bucket);
    writer.int4(after.n);
    writer.text(JSON.stringify(after.extra));
  }
  if (writer.rows > 0) await sql.copyIn("loan_extra", ["bucket", "n", "body"], writer.finish());
}
