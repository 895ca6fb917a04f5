import {
  BUCKETS,
  borrowerN,
  CASE_STATE_AFTER,
  CASE_STATES,
  type CaseFact,
  type CaseState,
  type Day,
  dayAt,
  type Fact,
  hash32,
  type Instant,
  isCaseFact,
  type Key,
  keyToNumber,
  LETTER_STATE_AFTER,
  LETTER_STATES,
  type LetterFact,
  type LetterLifeFact,
  type LetterState,
  type LoanBooked,
  type LoanState,
  type Product,
} from "../core/index.ts";
import type { Letter } from "../documents/letter.ts";
import type { LoanDocument } from "../legal/index.ts";
import { type Lender, products } from "./catalog.ts";
import { journalsOf } from "./close-store.ts";
import { CopyWriter } from "./copy.ts";
import { documentsOf } from "./files.ts";
import { loansOfOwners } from "./loans-at.ts";
import { findKeys, waitingOf } from "./lookups.ts";
import { ACT_CODES, lockBorrowers, STATE } from "./outbox-rows.ts";
import type { BorrowerRow } from "./read.ts";
import { ACTORS, distinctKeys, JOURNAL_COLUMNS, keyArrays, writeJournal } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";
import { opened, sealed } from "./vault.ts";

// --- one borrower on the desk ------------------------------------------------------------------------------------------

export interface DeskLoan {
  readonly key: Key;
  readonly id: string;
  /** As it stands after its last close; what waits is in `facts`. */
  readonly loan: LoanState;
  readonly product: Product;
  readonly booked: LoanBooked;
  /** All facts, journaled or waiting. */
  readonly facts: readonly Fact[];
  readonly documents: readonly LoanDocument[];
}

/** What the signature of a letter's file says of itself, kept beside it for whoever asks. */
export interface KeptSignature {
  readonly signer: string;
  readonly issuer: string;
  readonly serial: string;
  readonly signedAt: Instant;
  readonly stampedAt?: Instant;
  readonly stampedBy?: string;
  readonly development: boolean;
}

/** A letter as it is kept. */
export interface KeptLetter {
  readonly owner: Key;
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly state: LetterState;
  readonly stateAt: Instant;
  readonly handedOverAt: Instant | null;
  readonly firm: string;
  readonly engagement: string;
  readonly lawyer: string;
  readonly code: string;
  readonly dated: Day;
  readonly answerBy: Day;
  readonly loans: readonly string[];
  readonly action: string | null;
  readonly body: string;
  readonly file: string | null;
  readonly signature: KeptSignature | null;
}

export const letterOf = ({ body }: Pick<KeptLetter, "body">): Letter => JSON.parse(body) as Letter;

/** Everything that the desk of the letters knows of a borrower, read under his lock. */
export interface DeskPerson {
  readonly key: Key;
  readonly row: BorrowerRow;
  readonly zone: string;
  readonly today: Day;
  /** His own journal: contacts, replies, facts of the person, cases and letters. */
  readonly facts: readonly Fact[];
  readonly loans: readonly DeskLoan[];
  readonly letters: ReadonlyMap<string, KeptLetter>;
}

/** What is to be written of a borrower. */
export interface DeskWish {
  readonly facts: readonly LetterFact[];
  /** A letter as drafted, or drafted anew; its state follows from the facts. */
  readonly drafts?: readonly Draft[];
  /** What signing adds to a letter. */
  readonly signed?: readonly {
    readonly id: string;
    readonly file: string;
    readonly signature: KeptSignature;
  }[];
  /** Questions of strategies that are answered by what was done. */
  readonly answered?: readonly AskedLetter[];
}

export interface Draft {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly code: string;
  readonly firm: string;
  readonly engagement: string;
  readonly lawyer: string;
  readonly dated: Day;
  readonly answerBy: Day;
  readonly loans: readonly string[];
  readonly body: string;
}

/** Borrowers in one transaction: enough to make few of them, few enough to hold their locks for short. */
const AT_A_TIME = 100;

/**
 * Does the same work for each of many borrowers, group by group: read under lock, decided by `decide`, written.
 *
 * Holds   a borrower's facts and rows are written together or not at all; what was done of earlier groups stays done.
 */
export async function atDesk(
  db: Database,
  lender: Lender,
  owners: readonly Key[],
  now: Instant,
  decide: (person: DeskPerson, sql: Sql) => DeskWish | undefined | Promise<DeskWish | undefined>,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<void> {
  const distinct = distinctKeys(owners).sort((a, b) => a.bucket - b.bucket || a.n - b.n);
  const own = await products(db);
  for (let from = 0; from < distinct.length; from += AT_A_TIME) {
    const group = distinct.slice(from, from + AT_A_TIME);
    await db.tx(async (sql) => {
      const people = await readDesk(sql, lender, own, group, now);
      const wishes: [DeskPerson, DeskWish][] = [];
      for (const person of people) {
        const wish = await decide(person, sql);
        if (wish) wishes.push([person, wish]);
      }
      await write(sql, lender, wishes, now);
    });
    onProgress(Math.min(distinct.length, from + group.length), distinct.length);
  }
}

/** The same borrowers, to look at only: locked for as long as the transaction that reads them. */
export async function readDesk(
  sql: Sql,
  lender: Lender,
  own: readonly Product[],
  owners: readonly Key[],
  now: Instant,
): Promise<DeskPerson[]> {
  const rows = await lockBorrowers(sql, owners);
  if (rows.length === 0) return [];
  const states = await loansOfOwners(sql, rows);
  const journals = await journalsOf(sql, [...rows, ...states]);
  const waiting = states.length > 0 ? await waitingOf(sql, states) : new Map<number, Fact[]>();
  const documents = await documentsOf(sql, states);
  const letters = await lettersAt(sql, rows);
  return rows.map((row) => {
    const zone = row.zone ?? lender.zone;
    const loans = states
      .filter(({ bucket, n }) => bucket === row.bucket && borrowerN(n) === row.n)
      .map((loan): DeskLoan => {
        const id = keyToNumber(loan);
        const facts = [...(journals.get(id) ?? []), ...(waiting.get(id) ?? [])];
        const booked = facts[0] as LoanBooked;
        return {
          key: { bucket: loan.bucket, n: loan.n },
          id: booked.id,
          loan,
          product: own.find((product) => product.id === loan.product)!,
          booked,
          facts,
          documents: documents.filter((one) => keyToNumber(one.loan) === id),
        };
      });
    return {
      key: { bucket: row.bucket, n: row.n },
      row,
      zone,
      today: dayAt(zone, now),
      facts: journals.get(keyToNumber(row)) ?? [],
      loans,
      letters: new Map(
        letters
          .filter(({ owner }) => owner.bucket === row.bucket && owner.n === row.n)
          .map((letter) => [letter.id, letter]),
      ),
    };
  });
}

// --- writing ---------------------------------------------------------------------------------------------------------

async function write(
  sql: Sql,
  lender: Lender,
  wishes: readonly (readonly [DeskPerson, DeskWish])[],
  now: Instant,
): Promise<void> {
  const facts = new CopyWriter(1 << 16);
  for (const [person, wish] of wishes) {
    // Read under the lock: nobody has added to it since.
    let seq = person.facts.length;
    for (const fact of wish.facts) {
      seq += 1;
      writeJournal(facts, { ...person.key, seq, recordedAt: now, actor: ACTORS.person, fact }, sql.vault);
    }
  }
  if (facts.rows > 0) await sql.copyIn("journal", JOURNAL_COLUMNS, facts.finish());
  for (const [{ key, loans }, wish] of wishes) {
    for (const draft of wish.drafts ?? []) await putDraft(sql, lender, key, draft, now);
    for (const { id, file, signature } of wish.signed ?? [])
      await sql.run("update letter set file = $4, signature = $5 where bucket = $1 and n = $2 and id = $3", [
        key.bucket,
        key.n,
        id,
        file,
        JSON.stringify(signature),
      ]);
    for (const { on, act, item } of wish.answered ?? [])
      await sql.run(
        `update outbox set state = ${STATE.done}, state_at = $6
         where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5 and state = ${STATE.planned}`,
        [key.bucket, key.n, on, act, item, now],
      );
    for (const fact of wish.facts)
      if (isCaseFact(fact)) await putCase(sql, lender, key, fact, loans, now);
      else await moveLetter(sql, key, fact, now);
  }
}

async function putDraft(sql: Sql, lender: Lender, owner: Key, draft: Draft, now: Instant): Promise<void> {
  const { id, kind, number, code, firm, engagement, lawyer, dated, answerBy, loans, body } = draft;
  await sql.run(
    `insert into letter (state_at, bucket, n, dated, answer_by, lender, state, id, number, kind, firm, engagement, lawyer,
       code, loans, body)
     values ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (bucket, n, id) do update set dated = excluded.dated, answer_by = excluded.answer_by,
       lawyer = excluded.lawyer, loans = excluded.loans, body = excluded.body`,
    [
      now,
      owner.bucket,
      owner.n,
      dated,
      answerBy,
      lender.id,
      id,
      number,
      kind,
      firm,
      engagement,
      lawyer,
      code,
      loans.join(" "),
      sealed(sql.vault, letterPlace(owner, id), body),
    ],
  );
  for (const ref of [id, code])
    await sql.run(
      `insert into letter_ref (bucket, owner_bucket, owner_n, ref, id) values ($1, $2, $3, $4, $5)
       on conflict (bucket, ref) do nothing`,
      [bucketOfRef(ref), owner.bucket, owner.n, ref, id],
    );
}

/** The row of a letter after a fact of it. */
export async function moveLetter(sql: Sql, owner: Key, fact: LetterLifeFact, now: Instant): Promise<void> {
  const state = LETTER_STATE_AFTER[fact.kind];
  if (state === undefined) return;
  const handed = fact.kind === "LetterHandedOver" ? fact : undefined;
  await sql.run(
    `update letter set state = $4, state_at = $5, handed_over_at = coalesce($6::int8, handed_over_at),
       action = coalesce($7::text, action)
     where bucket = $1 and n = $2 and id = $3`,
    [
      owner.bucket,
      owner.n,
      fact.id,
      LETTER_STATES.indexOf(state),
      now,
      handed?.at ?? null,
      handed?.action ?? null,
    ],
  );
}

async function putCase(
  sql: Sql,
  lender: Lender,
  owner: Key,
  fact: CaseFact,
  loans: readonly DeskLoan[],
  now: Instant,
): Promise<void> {
  if (fact.kind !== "CaseOffered") {
    await sql.run(
      `update legal_case set state = $4, state_at = $5, lawyer = coalesce($6::text, lawyer)
       where bucket = $1 and n = $2 and id = $3`,
      [
        owner.bucket,
        owner.n,
        fact.id,
        CASE_STATES.indexOf(CASE_STATE_AFTER[fact.kind]),
        now,
        fact.kind === "CaseAccepted" ? fact.lawyer : null,
      ],
    );
    return;
  }
  const loan = loans.find(({ id }) => id === fact.debt)!;
  await sql.run(
    `insert into legal_case (offered_at, state_at, bucket, n, loan_n, lender, state, id, loan, firm, engagement, batch)
     values ($1, $1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10)`,
    [
      now,
      owner.bucket,
      owner.n,
      loan.key.n,
      lender.id,
      fact.id,
      fact.debt,
      fact.firm,
      fact.engagement,
      fact.batch,
    ],
  );
  await sql.run(
    `insert into letter_ref (bucket, owner_bucket, owner_n, ref, id) values ($1, $2, $3, $4, $4)
     on conflict (bucket, ref) do nothing`,
    [bucketOfRef(fact.id), owner.bucket, owner.n, fact.id],
  );
}

// --- finding ---------------------------------------------------------------------------------------------------------

/** Never changed: stored rows depend on it. */
const bucketOfRef = (ref: string): number => hash32(`letter\u0000${ref}`) % BUCKETS;

/** Whose a letter or case is, by its id or by the code printed on it. */
export async function ownerOfLetter(
  sql: Sql,
  ref: string,
): Promise<{ readonly owner: Key; readonly id: string } | undefined> {
  const [row] = await sql.query<{ bucket: number; n: number; id: string }>(
    "select owner_bucket as bucket, owner_n as n, id from letter_ref where bucket = $1 and ref = $2",
    [bucketOfRef(ref), ref],
  );
  return row && { owner: { bucket: row.bucket, n: row.n }, id: row.id };
}

interface LetterRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly state_at: number;
  readonly handed_over_at: number | null;
  readonly dated: number;
  readonly answer_by: number;
  readonly state: number;
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly firm: string;
  readonly engagement: string;
  readonly lawyer: string;
  readonly code: string;
  readonly loans: string;
  readonly action: string | null;
  readonly body: string;
  readonly file: string | null;
  readonly signature: string | null;
}

const LETTER_ROW =
  "l.bucket, l.n, l.state_at, l.handed_over_at, l.dated, l.answer_by, l.state, l.id, l.number, l.kind, l.firm, l.engagement, l.lawyer, l.code, l.loans, l.action, l.body, l.file, l.signature";

export const letterPlace = ({ bucket, n }: Key, id: string): string => `letter:${bucket}/${n}/${id}:body`;

const keptOf = (sql: Sql, row: LetterRow): KeptLetter => ({
  owner: { bucket: row.bucket, n: row.n },
  id: row.id,
  number: row.number,
  kind: row.kind,
  state: LETTER_STATES[row.state]!,
  stateAt: row.state_at,
  handedOverAt: row.handed_over_at,
  firm: row.firm,
  engagement: row.engagement,
  lawyer: row.lawyer,
  code: row.code,
  dated: row.dated as Day,
  answerBy: row.answer_by as Day,
  loans: row.loans.split(" "),
  action: row.action,
  body: opened(sql.vault, letterPlace(row, row.id), row.body),
  file: row.file,
  signature: row.signature === null ? null : (JSON.parse(row.signature) as KeptSignature),
});

/** The letters of borrowers, in order of their ids. */
export async function lettersAt(sql: Sql, owners: readonly Key[]): Promise<KeptLetter[]> {
  const rows = await sql.query<LetterRow>(
    `select ${LETTER_ROW} from ${keyArrays(owners)} join letter l on l.bucket = k.bucket and l.n = k.n
     order by l.bucket, l.n, l.id`,
  );
  return rows.map((row) => keptOf(sql, row));
}

/** A letter by its id or by its code. */
export async function keptLetter(sql: Sql, ref: string): Promise<KeptLetter | undefined> {
  const found = await ownerOfLetter(sql, ref);
  if (!found) return undefined;
  const [row] = await sql.query<LetterRow>(
    `select ${LETTER_ROW} from letter l where l.bucket = $1 and l.n = $2 and l.id = $3`,
    [found.owner.bucket, found.owner.n, found.id],
  );
  return row && keptOf(sql, row);
}

/** The letter that a contact carried, by the contact's name. */
export async function letterOfAction(
  sql: Sql,
  owner: Key,
  action: string,
): Promise<{ readonly id: string; readonly state: LetterState } | undefined> {
  const [row] = await sql.query<{ id: string; state: number }>(
    "select id, state from letter where bucket = $1 and n = $2 and action = $3",
    [owner.bucket, owner.n, action],
  );
  return row && { id: row.id, state: LETTER_STATES[row.state]! };
}

export interface LettersAsked {
  readonly states?: readonly LetterState[];
  readonly engagement?: string;
  readonly lawyer?: string;
  readonly firm?: string;
  readonly ids?: readonly string[];
  /** Only those after this id, and so many of them. */
  readonly after?: string;
  readonly limit?: number;
}

/** A lender's letters, oldest number first. */
export async function listLetters(
  sql: Sql,
  lender: Pick<Lender, "id">,
  { states = LETTER_STATES, engagement, lawyer, firm, ids, after, limit }: LettersAsked = {},
): Promise<KeptLetter[]> {
  const rows = await sql.query<LetterRow>(
    `select ${LETTER_ROW} from letter l where l.bucket >= 0 and l.lender = $1 and l.state = any($2::int4[])
       and ($3::text is null or l.engagement = $3) and ($4::text is null or l.lawyer = $4)
       and ($5::text is null or l.firm = $5) and ($6::text[] is null or l.id = any($6))
       and ($7::text is null or l.id > $7) order by l.id limit $8`,
    [
      lender.id,
      states.map((state) => LETTER_STATES.indexOf(state)),
      engagement ?? null,
      lawyer ?? null,
      firm ?? null,
      ids ?? null,
      after ?? null,
      limit ?? null,
    ],
  );
  return rows.map((row) => keptOf(sql, row));
}

/** A case as it stands. */
export interface KeptCase {
  readonly owner: Key;
  readonly id: string;
  readonly loan: string;
  readonly firm: string;
  readonly engagement: string;
  readonly batch: string;
  readonly state: CaseState;
  readonly offeredAt: Instant;
  readonly lawyer: string | null;
}

export interface CasesAsked {
  readonly states?: readonly CaseState[];
  readonly firm?: string;
  readonly batch?: string;
  readonly loans?: readonly string[];
}

export async function listCases(
  sql: Sql,
  lender: Pick<Lender, "id">,
  { states = CASE_STATES, firm, batch, loans }: CasesAsked = {},
): Promise<KeptCase[]> {
  const rows = await sql.query<
    Omit<KeptCase, "owner" | "state"> & Key & { state: number } & Record<string, unknown>
  >(
    `select bucket, n, id, loan, firm, engagement, batch, state, offered_at as "offeredAt", lawyer from legal_case
     where bucket >= 0 and lender = $1 and state = any($2::int4[]) and ($3::text is null or firm = $3)
       and ($4::text is null or batch = $4) and ($5::text[] is null or loan = any($5)) order by id`,
    [
      lender.id,
      states.map((state) => CASE_STATES.indexOf(state)),
      firm ?? null,
      batch ?? null,
      loans ? [...loans] : null,
    ],
  );
  return rows.map(({ bucket, n, state, ...row }) => ({
    ...row,
    owner: { bucket, n },
    state: CASE_STATES[state]!,
  }));
}

/** A question of a strategy that asks for a lawyer's letter. */
export interface AskedLetter {
  readonly owner: Key;
  readonly on: Day;
  readonly act: number;
  readonly item: number;
  readonly steps: readonly { readonly n: number; readonly step: string }[];
}

/** The open questions that ask for a lawyer's letter, whatever step of whatever strategy asked. */
export async function lettersAsked(sql: Sql, lender: Pick<Lender, "id">): Promise<AskedLetter[]> {
  const rows = await sql.query<{
    bucket: number;
    n: number;
    on: number;
    act: number;
    item: number;
    steps: string;
  }>(
    `select bucket, n, on_day as "on", act, item, steps from outbox
     where bucket >= 0 and lender = $1 and act in (${ACT_CODES.ask}, ${ACT_CODES["ask-letter"]})
       and state = ${STATE.planned} and steps like '%lawyers-letter%'
     order by bucket, n, on_day, item`,
    [lender.id],
  );
  return rows.map(({ bucket, n, on, act, item, steps }) => ({
    owner: { bucket, n },
    on: on as Day,
    act,
    item,
    steps: (JSON.parse(steps) as AskedLetter["steps"]).filter(({ step }) => step.includes("lawyers-letter")),
  }));
}

/** Owners of loans by their outside ids; ids that the book does not have are not in the answer. */
export async function ownersOfLoans(
  sql: Sql,
  lender: Lender,
  ids: readonly string[],
): Promise<Map<string, Key>> {
  const keys = await findKeys(sql, lender, ids);
  return new Map([...keys].map(([id, { bucket, n }]) => [id, { bucket, n: borrowerN(n) }]));
}
