import {
  BUCKETS,
  type Day,
  hash32,
  type Instant,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  PROCEEDING_KINDS,
  PROCEEDING_STATES,
  type ProceedingFact,
  type ProceedingKind,
  type ProceedingState,
} from "../core/index.ts";
import type { EventRecord } from "../intake/index.ts";
import type { ProceedingLife } from "../legal/index.ts";
import type { Act } from "../strategy/index.ts";
import type { Refused } from "./batch.ts";
import { personBatch } from "./batch.ts";
import { findLender, type Lender, products } from "./catalog.ts";
import { recordEvents } from "./events.ts";
import { type DeskPerson, readDesk } from "./letters.ts";
import { type MatterWish, watchMatters } from "./matters.ts";
import { answerAsked } from "./outbox-rows.ts";
import { openBorrower } from "./profile.ts";
import { appendJournal, keyArrays } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";

/** A proceeding as its row tells it. */
export interface KeptProceeding {
  readonly owner: Key;
  readonly id: string;
  readonly way: ProceedingKind;
  readonly state: ProceedingState;
  readonly stateAt: Instant;
  readonly openedOn: Day;
  readonly court: string;
  readonly caseNumber: string | null;
  readonly loans: readonly string[];
  readonly firm: string | null;
  readonly engagement: string | null;
  readonly lawyer: string | null;
}

/** What is to be written of a borrower's proceedings. */
export interface CourtWish {
  readonly facts: readonly ProceedingFact[];
  /** The proceedings after these facts. */
  readonly lives: readonly ProceedingLife[];
  readonly watch: readonly MatterWish[];
  /** What belongs into the ledgers of loans, or is taken back from them. */
  readonly money: readonly EventRecord[];
  /** Questions of strategies that are answered by it, and about which loans. */
  readonly answers?: { readonly act: Act; readonly loans: readonly Key[] };
}

/** The ledger would not have what follows from an event; nothing of it was written. */
export class LedgerRefused extends Error {
  override name = "LedgerRefused";
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(refused.says);
    this.refused = refused;
  }
}

/**
 * Reads a borrower with all that is booked of him, under lock, and writes what `decide` makes of it.
 *
 * Holds   facts, row, days for the close and entries in ledgers are written together or not at all; under `dryRun` nothing is.
 * Throws  `LedgerRefused` where a ledger refuses its entry.
 */
export async function atCourt<T>(
  db: Database,
  lenderCode: string,
  owner: Key,
  now: Instant,
  decide: (person: DeskPerson, lender: Lender) => { readonly wish?: CourtWish; readonly told: T },
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<T | undefined> {
  const own = await products(db);
  return db.tx(async (sql) => {
    // Held until commit, as imports hold it: what is booked on a day is there before its close begins.
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
    if (wish.money.length > 0) {
      const batch = personBatch(
        sql,
        lender,
        now,
        own.filter(({ lender: code }) => code === lender.code),
      );
      const { refused } = await recordEvents(batch, wish.money, { actor: "person", dryRun });
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
  wish: CourtWish,
  now: Instant,
): Promise<void> {
  const { key, facts } = person;
  // Read under the lock: nobody has added to it since.
  await appendJournal(sql, key, facts.length, wish.facts, now);
  for (const life of wish.lives) await putRow(sql, lender, person, life, now);
  await watchMatters(sql, lender, wish.watch, now);
  if (wish.answers) await answerAsked(sql, key, wish.answers.act, wish.answers.loans, now);
}

async function putRow(
  sql: Sql,
  lender: Lender,
  { key, loans }: DeskPerson,
  life: ProceedingLife,
  now: Instant,
) {
  const lead = loans.find(({ id }) => id === life.debts[0])!;
  const { opened, id, way, state, court, debts, caseNumber, appealNumber } = life;
  await sql.run(
    `insert into proceeding (state_at, bucket, n, loan_n, opened_on, lender, way, state, id, court, loans, case_number, firm,
       engagement, lawyer)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (bucket, n, id) do update set state_at = excluded.state_at, state = excluded.state,
       court = excluded.court, case_number = excluded.case_number`,
    [
      now,
      key.bucket,
      key.n,
      lead.key.n,
      opened.dated,
      lender.id,
      PROCEEDING_KINDS.indexOf(way),
      PROCEEDING_STATES.indexOf(state),
      id,
      court,
      debts.join(" "),
      caseNumber ?? null,
      opened.firm ?? null,
      opened.engagement ?? null,
      opened.lawyer ?? null,
    ],
  );
  for (const ref of [id, caseNumber, appealNumber])
    if (ref !== undefined)
      await sql.run(
        `insert into proceeding_ref (bucket, owner_bucket, owner_n, lender, ref, id) values ($1, $2, $3, $4, $5, $6)
         on conflict (bucket, lender, ref) do nothing`,
        [bucketOf(ref), key.bucket, key.n, lender.id, ref, id],
      );
}

// --- finding ---------------------------------------------------------------------------------------------------------

/** Never changed: stored rows depend on it. */
const bucketOf = (ref: string): number => hash32(`proceeding\u0000${ref}`) % BUCKETS;

/** Whose a proceeding is, by its id or by a court's number of it, each as it is kept. */
export async function ownerOfProceeding(
  sql: Sql,
  lender: Pick<Lender, "id">,
  ref: string,
): Promise<{ readonly owner: Key; readonly id: string } | undefined> {
  const [row] = await sql.query<{ bucket: number; n: number; id: string }>(
    "select owner_bucket as bucket, owner_n as n, id from proceeding_ref where bucket = $1 and lender = $2 and ref = $3",
    [bucketOf(ref), lender.id, ref],
  );
  return row && { owner: { bucket: row.bucket, n: row.n }, id: row.id };
}

export interface ProceedingsAsked {
  readonly states?: readonly ProceedingState[];
  readonly ways?: readonly ProceedingKind[];
  readonly court?: string;
  readonly loans?: readonly string[];
  /** The last one of the page before. */
  readonly after?: { readonly openedOn: number; readonly id: string };
  readonly limit?: number;
}

interface ProceedingRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly id: string;
  readonly way: number;
  readonly state: number;
  readonly state_at: number;
  readonly opened_on: number;
  readonly court: string;
  readonly case_number: string | null;
  readonly loans: string;
  readonly firm: string | null;
  readonly engagement: string | null;
  readonly lawyer: string | null;
}

const COLUMNS =
  "bucket, n, id, way, state, state_at, opened_on, court, case_number, loans, firm, engagement, lawyer";

/** A lender's proceedings, in the order in which they were opened. */
export async function listProceedings(
  sql: Sql,
  lender: Pick<Lender, "id">,
  { states = PROCEEDING_STATES, ways = PROCEEDING_KINDS, court, loans, after, limit }: ProceedingsAsked = {},
): Promise<KeptProceeding[]> {
  const rows = await sql.query<ProceedingRow>(
    `select ${COLUMNS}
     from proceeding
     where bucket >= 0 and lender = $1 and state = any($2::int4[]) and way = any($3::int4[])
       and ($4::text is null or court = $4)
       and ($5::text[] is null or string_to_array(loans, ' ') && $5)
       and ($6::int4 is null or (opened_on, id) > ($6, $7))
     order by opened_on, id limit $8`,
    [
      lender.id,
      states.map((one) => PROCEEDING_STATES.indexOf(one)),
      ways.map((one) => PROCEEDING_KINDS.indexOf(one)),
      court ?? null,
      loans ? [...loans] : null,
      after?.openedOn ?? null,
      after?.id ?? "",
      limit ?? null,
    ],
  );
  return rows.map(keptProceeding);
}

/** What their rows say of all proceedings of some buckets, for who compares them with the journal. */
export async function proceedingsIn(
  sql: Sql,
  range: string,
): Promise<(Pick<KeptProceeding, "owner" | "id" | "state" | "court"> & { readonly caseNumber?: string })[]> {
  const rows = await sql.query<ProceedingRow>(`select ${COLUMNS} from proceeding where ${range}`);
  return rows.map(keptProceeding).map(({ caseNumber, ...row }) => ({
    ...row,
    ...(caseNumber === null ? {} : { caseNumber }),
  }));
}

const keptProceeding = (row: ProceedingRow): KeptProceeding => ({
  owner: { bucket: row.bucket, n: row.n },
  id: row.id,
  way: PROCEEDING_KINDS[row.way]!,
  state: PROCEEDING_STATES[row.state]!,
  stateAt: row.state_at,
  openedOn: row.opened_on as Day,
  court: row.court,
  caseNumber: row.case_number,
  loans: row.loans.split(" "),
  firm: row.firm,
  engagement: row.engagement,
  lawyer: row.lawyer,
});

/** Names of borrowers by their keys, for lists that people read; none of one whose name is not kept. */
export async function namesOf(sql: Sql, owners: readonly Key[]): Promise<ReadonlyMap<number, string>> {
  if (owners.length === 0) return new Map();
  const found = await sql.query<{ bucket: number; n: number; name: string | null; sealed: string | null }>(
    `select b.bucket, b.n, b.name, b.sealed from ${keyArrays(owners)} join borrower b on b.bucket = k.bucket and b.n = k.n`,
  );
  const rows = found.map((row) => openBorrower(sql, row));
  return new Map(rows.flatMap((row) => (row.name === null ? [] : [[keyToNumber(row), row.name] as const])));
}
