import {
  type Day,
  decidePerson,
  FACT_CODES,
  type Fact,
  factToText,
  hash32,
  isKept,
  isPersonFact,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  mayAllow,
  notBefore,
  type PersonFact,
  type Refusal,
} from "../core/index.ts";
import type { Batch, NewFact, Recorded, Refused } from "./batch.ts";
import { CopyWriter } from "./copy.ts";
import { idsOf } from "./lookups.ts";
import { nameOf, putFacts, RECEIPT_COLUMNS, receiptsOf, writeReceipt } from "./receipts.ts";
import { ACTORS, type Actor, JOURNAL_COLUMNS, keyArrays, readJournal, writeJournal } from "./rows.ts";
import type { Sql } from "./sql.ts";
import { openedFacts, sealedFacts } from "./vault.ts";

/** A fact of a person that is wished for. */
export interface PersonRecord {
  readonly line: number;
  /** Key of the borrower himself, whose journal takes it (`borrowerN` of any of his loans' numbers). */
  readonly owner: Key;
  readonly fact: PersonFact;
  /** Of what was said, where some of the fact was filled in; the same id with another one is refused. */
  readonly digest?: number;
}

export interface PersonAsked {
  readonly actor?: Actor;
  /** Checks everything and writes nothing. */
  readonly dryRun?: boolean;
}

/** What became of a record that was not refused. */
export interface ToldPerson {
  readonly line: number;
  readonly fact: PersonFact;
  /** It stood in the book before. */
  readonly known: boolean;
}

export interface RecordedPersons extends Recorded {
  readonly told: readonly ToldPerson[];
}

/**
 * Takes facts of persons into their own journals, at once: the next close of an open day and the next message know them.
 *
 * Takes   records in the order in which they count; ids are unique for a borrower.
 * Gives   counts, and each fact as it stands, with the business day it was booked on.
 * Refuses a record whose id was accepted with other content, whose debts are not his, or by `decidePerson`.
 * Holds   his row is locked until commit, so that no message goes out between; a fact is never booked on a closed day; his
 *         loans are woken where it may allow what was refused.
 */
export async function recordPersons(
  batch: Batch,
  records: readonly PersonRecord[],
  { actor = "import", dryRun = false }: PersonAsked = {},
): Promise<RecordedPersons> {
  const people = await peopleOf(batch, records, dryRun);
  const accepted = await receiptsOf(
    batch.sql,
    records.map(({ owner, fact }) => ({ key: owner, id: receiptOf(fact) })),
  );
  const refused: Refused[] = [];
  const told: ToldPerson[] = [];
  const news: { readonly record: PersonRecord; readonly fact: PersonFact; readonly digest: number }[] = [];
  for (const record of records) {
    const { line, owner } = record;
    const person = people.get(keyToNumber(owner))!;
    const fact = { ...record.fact, on: Math.max(record.fact.on, batch.lender.openOn) as Day };
    const digest = record.digest ?? hash32(factToText(fact)) | 0;
    const name = nameOf(owner, receiptOf(fact));
    const before = accepted.get(name);
    if (before !== undefined) {
      if (before === digest) told.push({ line, fact, known: true });
      else refused.push(refusedBy(line, fact, differs(fact)));
      continue;
    }
    const no = troubleOfDebts(fact, person);
    const decided = no ? ({ ok: false, refusal: no } as const) : decidePerson(fact, person.facts);
    if (!decided.ok) {
      refused.push(refusedBy(line, fact, decided.refusal));
      continue;
    }
    const booked = { ...decided.value, on: notBefore(decided.value, person.facts) };
    accepted.set(name, digest);
    person.facts.push(booked);
    person.changed = true;
    told.push({ line, fact: booked, known: false });
    news.push({ record, fact: booked, digest });
  }
  const same = told.filter(({ known }) => known).length;
  if (!dryRun && news.length > 0) await write({ ...batch, actor }, [...people.values()], news);
  return { added: news.length, same, updated: 0, refused, told };
}

/** What was recorded of these borrowers, contacts apart; of most of them nothing was. */
export async function personsOf(
  sql: Sql,
  owners: readonly { readonly bucket: number; readonly n: number }[],
): Promise<Map<number, PersonFact[]>> {
  if (owners.length === 0) return new Map();
  const rows = await sql.query<{ bucket: number; n: number; facts: string }>(
    `select p.bucket, p.n, p.facts from ${keyArrays(owners)} join person p on p.bucket = k.bucket and p.n = k.n`,
  );
  return new Map(rows.map((row) => [keyToNumber(row), JSON.parse(openedPerson(sql, row)) as PersonFact[]]));
}

export const personPlace = ({ bucket, n }: Key): string => `person:${bucket}/${n}`;
export const openedPerson = (
  sql: Pick<Sql, "vault">,
  row: { bucket: number; n: number; facts: string },
): string => openedFacts(sql.vault, personPlace(row), row.facts);

/** The row that a borrower's journal must have left; none where nothing is kept of him there. */
export function personRowOf(facts: readonly Fact[]): string | undefined {
  const kept = facts.filter((fact) => isPersonFact(fact) && isKept(fact));
  return kept.length === 0 ? undefined : JSON.stringify(kept);
}

const receiptOf = ({ id }: PersonFact): string => `person:${id}`;

const refusedBy = (line: number, fact: PersonFact, { code, says, at = "id" }: Refusal): Refused => ({
  line,
  column: at.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  value: at in fact ? String(fact[at as keyof PersonFact]) : fact.id,
  code,
  says,
});

const differs = ({ id }: PersonFact): Refusal => ({
  code: "differs-from-accepted",
  says: `${id} was accepted before with other content; a correction is a reversal and a new id`,
  at: "id",
});

function troubleOfDebts(fact: PersonFact, { loans }: Person): Refusal | undefined {
  const named = [
    ...("debt" in fact && fact.debt !== undefined ? [fact.debt] : []),
    ...("debts" in fact && fact.debts !== undefined ? fact.debts : []),
  ];
  const strange = named.find((id) => !loans.some((loan) => loan.id === id));
  if (strange === undefined) return undefined;
  const his = loans.map(({ id }) => id).join(", ");
  return {
    code: "not-his-debt",
    says: `${strange} is no loan of this borrower; his are ${his}`,
    at: "debt" in fact ? "debt" : "debts",
  };
}

// --- reading ---------------------------------------------------------------------------------------------------------

/** A borrower as he stands while a batch is recorded. */
interface Person {
  readonly owner: Key;
  readonly loans: readonly { readonly id: string; readonly key: Key; readonly disbursedOn: Day }[];
  readonly facts: PersonFact[];
  changed: boolean;
}

async function peopleOf(
  { sql }: Batch,
  records: readonly PersonRecord[],
  dryRun: boolean,
): Promise<Map<number, Person>> {
  const owners = [...new Map(records.map(({ owner }) => [keyToNumber(owner), owner])).values()];
  if (owners.length === 0) return new Map();
  // The lock under which messages to him are decided, taken in order of key: none goes out between two facts.
  if (!dryRun)
    await sql.query(
      `select b.n from ${keyArrays(owners)} join borrower b on b.bucket = k.bucket and b.n = k.n
       order by b.bucket, b.n for update of b`,
    );
  const kept = await personsOf(sql, owners);
  // What can be reversed is also a contact, which only the journal holds.
  const reversing = new Set(
    records.flatMap(({ owner, fact }) => (fact.kind === "PersonFactReversed" ? [keyToNumber(owner)] : [])),
  );
  const whole = await wholeOf(
    sql,
    owners.filter((owner) => reversing.has(keyToNumber(owner))),
  );
  const rows = await sql.query<{ bucket: number; n: number; owner: number; day: number }>(
    `select l.bucket, l.n, k.n as owner, l.disbursed_on as day from ${keyArrays(owners)}
     join loan_state l on l.bucket = k.bucket and l.n > k.n and l.n < k.n + ${LOANS_A_BORROWER} order by l.n`,
  );
  const ids = await idsOf(sql, rows);
  return new Map(
    owners.map((owner) => {
      const id = keyToNumber(owner);
      const loans = rows
        .filter((row) => row.bucket === owner.bucket && row.owner === owner.n)
        .map(({ bucket, n, day }) => ({
          id: ids.get(keyToNumber({ bucket, n })) ?? "",
          key: { bucket, n },
          disbursedOn: day as Day,
        }));
      return [id, { owner, loans, facts: [...(whole.get(id) ?? kept.get(id) ?? [])], changed: false }];
    }),
  );
}

async function wholeOf(sql: Sql, owners: readonly Key[]): Promise<Map<number, PersonFact[]>> {
  const facts = new Map<number, PersonFact[]>();
  if (owners.length === 0) return facts;
  const columns = JOURNAL_COLUMNS.map((column) => `j.${column}`).join(", ");
  const bytes = await sql.copyOut(
    `select ${columns} from ${keyArrays(owners)} join journal j on j.bucket = k.bucket and j.n = k.n
     where j.kind between ${FACT_CODES.ConsentGiven} and ${FACT_CODES.PersonFactReversed}
     order by j.bucket, j.n, j.seq`,
  );
  for (const { bucket, n, fact } of readJournal(bytes, sql.vault)) {
    if (!isPersonFact(fact)) continue;
    const id = keyToNumber({ bucket, n });
    facts.set(id, [...(facts.get(id) ?? []), fact]);
  }
  return facts;
}

// --- writing ---------------------------------------------------------------------------------------------------------

async function write(
  batch: Batch,
  people: readonly Person[],
  news: readonly { readonly record: PersonRecord; readonly fact: PersonFact; readonly digest: number }[],
): Promise<void> {
  const { sql, lender, recordedAt, actor = "import" } = batch;
  const changed = people.filter((person) => person.changed);
  const seqs = await lastSeqs(
    sql,
    changed.map(({ owner }) => owner),
  );
  const journal = new CopyWriter();
  const receipts = new CopyWriter();
  for (const { record, fact, digest } of news) {
    const { owner } = record;
    const id = keyToNumber(owner);
    const seq = (seqs.get(id) ?? 0) + 1;
    seqs.set(id, seq);
    writeJournal(journal, { ...owner, seq, recordedAt, actor: ACTORS[actor], fact }, sql.vault);
    writeReceipt(receipts, owner, receiptOf(fact), digest);
  }
  await sql.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
  await sql.copyIn("receipt", RECEIPT_COLUMNS, receipts.finish());
  const rows = changed.flatMap(({ owner, facts }) => {
    const row = personRowOf(facts);
    return row === undefined ? [] : [{ ...owner, row }];
  });
  await sql.run(
    `insert into person (bucket, n, lender, facts)
     select k.bucket, k.n, $4, k.facts from unnest($1::int4[], $2::int4[], $3::text[]) as k(bucket, n, facts)
     on conflict (bucket, n) do update set facts = excluded.facts`,
    [
      rows.map(({ bucket }) => bucket),
      rows.map(({ n }) => n),
      rows.map(({ row, ...key }) => sealedFacts(sql.vault, personPlace(key), row)),
      lender.id,
    ],
  );
  const byOwner = new Map(people.map((person) => [keyToNumber(person.owner), person]));
  const wakes = news.flatMap(({ record, fact }) =>
    wakesOf(byOwner.get(keyToNumber(record.owner))!, record, fact),
  );
  await putFacts(batch, wakes, []);
}

async function lastSeqs(sql: Sql, owners: readonly Key[]): Promise<Map<number, number>> {
  const rows = await sql.query<{ bucket: number; n: number; seq: number }>(
    `select k.bucket, k.n, coalesce(max(j.seq), 0) as seq from ${keyArrays(owners)}
     left join journal j on j.bucket = k.bucket and j.n = k.n group by k.bucket, k.n`,
  );
  return new Map(rows.map((row) => [keyToNumber(row), row.seq]));
}

/** One fact for each of his loans that may now be allowed more: the one it names, or all of them. */
function wakesOf({ loans }: Person, { line }: PersonRecord, fact: PersonFact): NewFact[] {
  if (!mayAllow(fact)) return [];
  const debt = "debt" in fact ? fact.debt : undefined;
  return loans
    .filter(({ id }) => debt === undefined || debt === id)
    .map(({ id, key, disbursedOn }) => ({
      line,
      key,
      fact: {
        kind: "PersonChanged",
        on: Math.max(fact.on, disbursedOn) as Day,
        what: fact.kind,
        of: fact.id,
      },
      id: receiptOf(fact),
      column: "id",
      value: id,
    }));
}
