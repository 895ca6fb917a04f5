import {
  type BureauFact,
  borrowerN,
  type Fact,
  type Instant,
  isBureauFact,
  type Key,
  keyToNumber,
  numberToKey,
  ok,
  type Result,
} from "../core/index.ts";
import { monthsOf, notePlace, notesIn } from "./bureau.ts";
import { unpackNumbers } from "./bureau-pack.ts";
import type { Lender } from "./catalog.ts";
import { lockBorrowers, seqsOf } from "./outbox-rows.ts";
import { type Actor, appendJournal } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";
import { sealedFacts } from "./vault.ts";

/** What is known of a loan's entry in the record when something is recorded of it. */
export interface BureauEntry {
  /** All facts of the borrower's entries, of his other loans too. */
  readonly notes: readonly BureauFact[];
  /** Months that a report told of, as it told them. */
  readonly told: ReadonlyMap<number, ToldMonth>;
}

export interface ToldMonth {
  readonly code: string;
  /** Numbers of the reports. */
  readonly reports: readonly number[];
}

/**
 * Records facts of a loan's entry, decided under the borrower's lock by what stands.
 *
 * Takes   the loan's key; `decide`, pure, which gives the facts or refuses.
 * Gives   the facts as written. With `dryRun` nothing is.
 * Holds   his journal and the row beside it are written together; facts are numbered without a gap.
 */
export async function recordBureau(
  db: Database,
  lender: Lender,
  loan: Key,
  now: Instant,
  { actor = "person", dryRun = false }: { readonly actor?: Actor; readonly dryRun?: boolean },
  decide: (entry: BureauEntry) => Result<readonly BureauFact[]>,
): Promise<Result<readonly BureauFact[]>> {
  return db.tx(async (sql) => {
    const owner = { bucket: loan.bucket, n: borrowerN(loan.n) };
    await lockBorrowers(sql, [owner]);
    const entry = await bureauEntry(sql, lender, loan);
    const decided = decide(entry);
    if (!decided.ok || dryRun || decided.value.length === 0) return decided;
    await write(sql, lender, owner, entry.notes, decided.value, now, actor);
    return ok(decided.value);
  });
}

/** The same of facts that were decided already, in a transaction that holds the borrower's lock. */
export async function addBureauNotes(
  sql: Sql,
  lender: Lender,
  owner: Key,
  facts: readonly BureauFact[],
  now: Instant,
): Promise<void> {
  if (facts.length === 0) return;
  const { notes } = await bureauEntry(sql, lender, owner);
  await write(sql, lender, owner, notes, facts, now, "person");
}

export async function bureauEntry(sql: Sql, lender: Lender, loan: Key): Promise<BureauEntry> {
  const owner = borrowerN(loan.n);
  const notes = await notesIn(sql, lender, `bucket = ${loan.bucket} and n = ${owner}`);
  return {
    notes: notes.get(keyToNumber({ bucket: loan.bucket, n: owner })) ?? [],
    told: await toldMonths(sql, lender, loan),
  };
}

async function toldMonths(sql: Sql, lender: Lender, loan: Key): Promise<Map<number, ToldMonth>> {
  const rows = await sql.query<{ month: number; report: number; loans: Uint8Array }>(
    "select month, report, loans from bureau_told where bucket = $1 and lender = $2 order by month, report",
    [loan.bucket, lender.id],
  );
  const months = await monthsOf(sql, lender, loan);
  const told = new Map<number, ToldMonth>();
  for (const { month, report, loans } of rows) {
    if (!unpackNumbers(loans).includes(loan.n)) continue;
    const code = months.get(month)?.code;
    if (code !== undefined) told.set(month, { code, reports: [...(told.get(month)?.reports ?? []), report] });
  }
  return told;
}

async function write(
  sql: Sql,
  lender: Lender,
  owner: Key,
  before: readonly BureauFact[],
  facts: readonly BureauFact[],
  now: Instant,
  actor: Actor,
): Promise<void> {
  const seq = (await seqsOf(sql, [owner])).get(keyToNumber(owner)) ?? 0;
  await appendJournal(sql, owner, seq, facts, now, actor);
  await sql.run(
    `insert into bureau_note (bucket, n, lender, facts, told) values ($1, $2, $3, $4, '[]')
     on conflict (bucket, n) do update set facts = excluded.facts`,
    [
      owner.bucket,
      owner.n,
      lender.id,
      sealedFacts(sql.vault, notePlace(owner), JSON.stringify([...before, ...facts])),
    ],
  );
}

/** The row that a borrower's journal must have left; none where nothing of his entries was recorded. */
export function noteRowOf(facts: readonly Fact[]): string | undefined {
  const notes = facts.filter(isBureauFact);
  return notes.length === 0 ? undefined : JSON.stringify(notes);
}

/** A borrower of whose entries something was recorded. */
export interface NotedBorrower {
  readonly owner: Key;
  readonly notes: readonly BureauFact[];
}

/** All of a lender's borrowers of whose entries something was recorded: few, in any book. */
export async function notedBorrowers(sql: Sql, lender: Pick<Lender, "id">): Promise<NotedBorrower[]> {
  const found = await notesIn(sql, lender, "bucket >= 0");
  return [...found].map(([id, notes]) => ({ owner: numberToKey(id), notes })).sort(byKey);
}

const byKey = (a: NotedBorrower, b: NotedBorrower): number =>
  a.owner.bucket - b.owner.bucket || a.owner.n - b.owner.n;
