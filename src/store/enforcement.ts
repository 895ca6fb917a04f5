import {
  BUCKETS,
  borrowerN,
  type ChargeAdded,
  type Day,
  ENFORCEMENT_STATES,
  type EnforcementFact,
  type EnforcementState,
  hash32,
  type Instant,
  type Key,
  LIST_STATES,
  type ListState,
  type PaymentReceived,
  type WatchedDate,
} from "../core/index.ts";
import type { EnforcementLife } from "../legal/index.ts";
import { type NewFact, personBatch } from "./batch.ts";
import { findLender, type Lender, products } from "./catalog.ts";
import { type DeskPerson, readDesk } from "./letters.ts";
import { watchMatters } from "./matters.ts";
import { answerAsked } from "./outbox-rows.ts";
import { putFacts } from "./receipts.ts";
import { appendJournal, distinctKeys } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";

/** What is to be written of one borrower's enforcements, all of it or nothing. */
export interface EnforcementWish {
  readonly facts: readonly EnforcementFact[];
  /** Each enforcement that changed, as its facts leave it, with the days that its loan's closes watch from now on. */
  readonly lives: readonly {
    readonly life: EnforcementLife;
    readonly loan: Key;
    readonly entries: number;
    readonly dates: readonly WatchedDate[];
    readonly ended: boolean;
  }[];
  /** Money on a loan: taken once, by its id. */
  readonly money: readonly { readonly loan: Key; readonly fact: PaymentReceived | ChargeAdded }[];
}

/**
 * Works on the enforcements of some borrowers, one transaction for each: read under his lock, decided, written.
 *
 * Holds   facts, rows, money and watched days of a borrower are written together; money is booked on an open day, once for its id.
 */
export async function atEnforcement(
  db: Database,
  lender: Lender,
  owners: readonly Key[],
  now: Instant,
  decide: (person: DeskPerson, openOn: Day) => EnforcementWish | undefined,
): Promise<void> {
  const own = await products(db);
  for (const owner of distinctKeys(owners))
    await db.tx(async (sql) => {
      // Held until commit, so that a close which begins meanwhile waits for what is booked on its days.
      const held = (await findLender(sql, lender.code, "for share"))!;
      const [person] = await readDesk(sql, held, own, [owner], now);
      const wish = person && decide(person, held.openOn);
      if (person && wish) await write(sql, held, person, wish, now);
    });
}

async function write(
  sql: Sql,
  lender: Lender,
  person: DeskPerson,
  wish: EnforcementWish,
  now: Instant,
): Promise<void> {
  // Read under the lock: nobody has added to it since.
  await appendJournal(sql, person.key, person.facts.length, wish.facts, now);
  await putMoney(sql, lender, wish.money, now);
  for (const one of wish.lives) await putLife(sql, lender, person.key, one, now);
  for (const fact of wish.facts)
    if (fact.kind === "EnforcementApplied")
      await answerAsked(
        sql,
        person.key,
        "ask-enforcement",
        person.loans.filter(({ id }) => id === fact.debt).map(({ key }) => key),
        now,
      );
  await watchMatters(
    sql,
    lender,
    wish.lives.map(({ life, loan, entries, dates, ended }) => ({
      loan,
      owner: person.key,
      on: person.today,
      fact: {
        id: `${life.id}#${entries}`,
        matter: life.id,
        of: "enforcement",
        dates,
        ...(ended ? { ended: true as const } : {}),
      },
    })),
    now,
  );
}

async function putMoney(
  sql: Sql,
  lender: Lender,
  money: EnforcementWish["money"],
  now: Instant,
): Promise<void> {
  if (money.length === 0) return;
  const batch = personBatch(sql, lender, now);
  const news = money.map(
    ({ loan, fact }, line): NewFact => ({
      line,
      key: loan,
      fact,
      id: fact.kind === "PaymentReceived" ? `pay:${fact.id}` : fact.id,
      column: "id",
      value: fact.id,
    }),
  );
  await putFacts(batch, news, []);
}

async function putLife(
  sql: Sql,
  lender: Lender,
  owner: Key,
  { life, loan, entries }: EnforcementWish["lives"][number],
  now: Instant,
): Promise<void> {
  const { id, debt, state, applied, accepted, lists } = life;
  await sql.run(
    `insert into enforcement (applied_at, state_at, bucket, n, loan_n, entries, lender, state, listing, consumption, id, loan,
       court, number)
     values ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (bucket, n, id) do update set state_at = excluded.state_at, entries = excluded.entries, state = excluded.state,
       listing = excluded.listing, consumption = excluded.consumption, number = excluded.number`,
    [
      now,
      owner.bucket,
      owner.n,
      loan.n,
      entries,
      lender.id,
      ENFORCEMENT_STATES.indexOf(state),
      LIST_STATES.indexOf(lists.dishonest.state),
      LIST_STATES.indexOf(lists.consumption.state),
      id,
      debt,
      applied.court,
      accepted?.number ?? null,
    ],
  );
  await sql.run(
    `insert into enforcement_ref (bucket, owner_bucket, owner_n, ref) values ($1, $2, $3, $4)
     on conflict (bucket, ref) do nothing`,
    [bucketOfRef(id), owner.bucket, owner.n, id],
  );
}

/** Never changed: stored rows depend on it. */
const bucketOfRef = (ref: string): number => hash32(`enforcement\u0000${ref}`) % BUCKETS;

/** Whose these enforcements are; those that are not known are not among them. */
export async function ownersOfEnforcements(sql: Sql, ids: readonly string[]): Promise<Map<string, Key>> {
  const owners = new Map<string, Key>();
  for (const id of new Set(ids)) {
    const [row] = await sql.query<{ bucket: number; n: number }>(
      "select owner_bucket as bucket, owner_n as n from enforcement_ref where bucket = $1 and ref = $2",
      [bucketOfRef(id), id],
    );
    if (row) owners.set(id, { bucket: row.bucket, n: row.n });
  }
  return owners;
}

/** An enforcement as it is kept. */
export interface KeptEnforcement {
  readonly owner: Key;
  readonly id: string;
  readonly loan: string;
  readonly court: string;
  readonly number: string | null;
  readonly state: EnforcementState;
  readonly listing: ListState;
  readonly consumption: ListState;
  readonly appliedAt: Instant;
  readonly stateAt: Instant;
}

/** Enforcements of a lender, or of one loan of his, by their ids. */
export async function listEnforcements(
  sql: Sql,
  lender: Pick<Lender, "id">,
  asked: { readonly states?: readonly EnforcementState[]; readonly loan?: string } = {},
): Promise<KeptEnforcement[]> {
  const { states = ENFORCEMENT_STATES, loan } = asked;
  const rows = await sql.query<EnforcementRow>(
    `select ${COLUMNS} from enforcement where bucket >= 0 and lender = $1 and state = any($2::int4[])
       and ($3::text is null or loan = $3) order by id`,
    [lender.id, states.map((state) => ENFORCEMENT_STATES.indexOf(state)), loan ?? null],
  );
  return rows.map(keptEnforcement);
}

/** What their rows say of all enforcements of some buckets, for who compares them with the journal. */
export async function enforcementsIn(
  sql: Sql,
  range: string,
): Promise<(Omit<KeptEnforcement, "number"> & { readonly number?: string })[]> {
  const rows = await sql.query<EnforcementRow>(`select ${COLUMNS} from enforcement where ${range}`);
  return rows.map(keptEnforcement).map(({ number, ...row }) => ({
    ...row,
    ...(number === null ? {} : { number }),
  }));
}

const COLUMNS = "bucket, n, id, loan, court, number, state, listing, consumption, applied_at, state_at";

interface EnforcementRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly id: string;
  readonly loan: string;
  readonly court: string;
  readonly number: string | null;
  readonly state: number;
  readonly listing: number;
  readonly consumption: number;
  readonly applied_at: number;
  readonly state_at: number;
}

const keptEnforcement = (row: EnforcementRow): KeptEnforcement => ({
  owner: { bucket: row.bucket, n: borrowerN(row.n) },
  id: row.id,
  loan: row.loan,
  court: row.court,
  number: row.number,
  state: ENFORCEMENT_STATES[row.state]!,
  listing: LIST_STATES[row.listing]!,
  consumption: LIST_STATES[row.consumption]!,
  appliedAt: row.applied_at,
  stateAt: row.state_at,
});
