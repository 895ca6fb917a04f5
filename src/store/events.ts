import {
  borrowerN,
  type Day,
  type Decided,
  dayAt,
  decide,
  decimalsOf,
  type Fact,
  formatDay,
  fromBits,
  HOLD_KINDS,
  hash32,
  isHoldFact,
  isMoneyFact,
  isPersonFact,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  type LoanBooked,
  ok,
  PERSON_EVENT_KINDS,
  PERSON_HOLDS,
  type PersonFact,
  parseDay,
  type RecordedFact,
  type Refusal,
  type Result,
  readEvent,
  readPersonEvent,
  refuse,
} from "../core/index.ts";
import type { EventRecord } from "../intake/index.ts";
import type { Batch, KnownLoan, NewFact, Recorded, Refused } from "./batch.ts";
import { journalsOf } from "./close-store.ts";
import { knownLoans, unknownLoan, waitingOf } from "./lookups.ts";
import { type PersonRecord, recordPersons } from "./persons.ts";
import { digestOf, idOf, nameOf, putFacts, receiptsOf } from "./receipts.ts";
import { type Actor, distinctKeys, keyArrays } from "./rows.ts";

export interface EventsAsked {
  readonly actor?: Actor;
  /** Checks everything and writes nothing. */
  readonly dryRun?: boolean;
  /** So many facts the loan and its person had when it was read (`loanVersion`); with more of them by now nothing is recorded. */
  readonly ifFacts?: number;
}

/** What became of a row that was not refused. */
export interface ToldEvent {
  readonly line: number;
  readonly fact: RecordedFact | PersonFact;
  /** It stood in the book before. */
  readonly known: boolean;
  readonly notes: readonly Refusal[];
}

export interface RecordedEvents extends Recorded {
  readonly told: readonly ToldEvent[];
}

/**
 * Takes events into the inbox, each checked against its loan as it stands with all that was accepted before it.
 *
 * Gives   counts as other imports do, and each event that was not refused as a fact.
 * Refuses a row by what its event says (`readEvent`), or by what its loan says to it (`decide`).
 * Holds   the loans are locked until commit, so that two people cannot give back the same money.
 */
export async function recordEvents(
  batch: Batch,
  records: readonly EventRecord[],
  { actor = "import", dryRun = false, ifFacts }: EventsAsked,
): Promise<RecordedEvents> {
  const refused: Refused[] = [];
  const told: ToldEvent[] = [];
  const news: NewFact[] = [];
  const loans = await knownLoans(batch, records);
  const keys = distinctKeys(records.flatMap(({ loanId }) => loans.get(loanId)?.key ?? []));
  const facts = await factsHeld(batch, keys, dryRun);
  const holds = await holdsAccepted(batch, records, loans);
  const persons = await aboutPersons(batch, records, loans, facts);
  const ofOwner = ifFacts === undefined ? undefined : await personFactsOfOwners(batch, keys);
  const wished: PersonRecord[] = [];
  let same = 0;
  for (const record of records) {
    const { line, loanId } = record;
    const loan = loans.get(loanId);
    if (!loan) {
      refused.push({ line, ...unknownLoan(loanId, batch) });
      continue;
    }
    const own = facts.get(keyToNumber(loan.key))!;
    const version = own.length + (ofOwner?.get(keyToNumber(ownerOf(loan.key))) ?? 0);
    if (ifFacts !== undefined && version !== ifFacts) {
      refused.push(refusedBy(record, changedMeanwhile(ifFacts, version)));
      continue;
    }
    if (persons.has(record)) {
      const read = personRecordOf(record, loan.key, persons.get(record)!, batch);
      if (read.ok) wished.push(read.value);
      else refused.push(refusedBy(record, read.refusal));
      continue;
    }
    const decided = decidedOn(record, loan, own, batch, holds);
    if (!decided.ok) {
      refused.push(refusedBy(record, decided.refusal));
      continue;
    }
    const { fact, known, notes } = decided.value;
    told.push({ line, fact, known, notes });
    if (known) {
      same += 1;
      continue;
    }
    own.push(fact);
    news.push({ line, key: loan.key, fact, id: receiptOf(fact, record.id), column: "id", value: record.id });
  }
  const ofPersons = await recordPersons(batch, wished, { actor, dryRun });
  refused.push(...ofPersons.refused);
  told.push(...ofPersons.told.map((one) => ({ ...one, notes: [] })));
  told.sort((a, b) => a.line - b.line);
  refused.sort((a, b) => a.line - b.line);
  const [added, known] = [ofPersons.added, same + ofPersons.same];
  if (dryRun) return { added: added + news.length, same: known, updated: 0, refused, told };
  const put = await putFacts({ ...batch, actor }, news, refused);
  await spread({ ...batch, actor }, news);
  return { added: added + put.lines.length, same: known + put.same, updated: 0, refused, told };
}

const ownerOf = ({ bucket, n }: Key): Key => ({ bucket, n: borrowerN(n) });

/** How much is known of the persons who owe these loans, beside the loans' own facts: the rest of a loan's version. */
async function personFactsOfOwners({ sql }: Batch, keys: readonly Key[]): Promise<Map<number, number>> {
  const journals = await journalsOf(sql, distinctKeys(keys.map(ownerOf)));
  return new Map([...journals].map(([owner, facts]) => [owner, facts.filter(isPersonFact).length]));
}

const changedMeanwhile = (read: number, has: number): Refusal => ({
  code: "changed-meanwhile",
  says: `the loan has ${has} facts and had ${read} when it was read; read it again`,
  at: "loanId",
});

/** How an event about a person is read: by his zone, or as the reversal of one that was. */
type AboutPerson = { readonly zone: string } | { readonly reverses: string };

/** The events that are about the person and not about one loan's money. */
async function aboutPersons(
  batch: Batch,
  records: readonly EventRecord[],
  loans: ReadonlyMap<string, KnownLoan>,
  facts: ReadonlyMap<number, readonly Fact[]>,
): Promise<Map<EventRecord, AboutPerson>> {
  const { sql, lender } = batch;
  const about = new Map<EventRecord, AboutPerson>();
  const maybe = records.filter(
    ({ loanId, event }) =>
      loans.has(loanId) && (PERSON_EVENT_KINDS.includes(String(event.kind)) || event.kind === "reversal"),
  );
  if (maybe.length === 0) return about;
  const ownerOfRecord = ({ loanId }: EventRecord): Key => ownerOf(loans.get(loanId)!.key);
  const zones = await sql.query<{ bucket: number; n: number; zone: string | null }>(
    `select b.bucket, b.n, b.zone from ${keyArrays(distinctKeys(maybe.map(ownerOfRecord)))}
     join borrower b on b.bucket = k.bucket and b.n = k.n`,
  );
  const zoneOf = new Map(zones.map((row) => [keyToNumber(row), row.zone]));
  // What a reversal undoes is money of the loan, or something known of the person: their ids tell.
  const inThisBatch = new Set(
    maybe
      .filter(({ event }) => event.kind !== "reversal")
      .map((record) => nameOf(ownerOfRecord(record), `person:${record.id}`)),
  );
  const reversals = maybe.filter(({ event }) => event.kind === "reversal");
  const ofPerson = await receiptsOf(
    sql,
    reversals.map((record) => ({ key: ownerOfRecord(record), id: `person:${String(record.event.of)}` })),
  );
  for (const record of maybe) {
    const owner = ownerOfRecord(record);
    if (record.event.kind !== "reversal") {
      about.set(record, { zone: zoneOf.get(keyToNumber(owner)) ?? lender.zone });
      continue;
    }
    const reverses = String(record.event.of);
    const isMoney = facts
      .get(keyToNumber(loans.get(record.loanId)!.key))
      ?.some((fact) => isMoneyFact(fact) && fact.id === reverses);
    const name = nameOf(owner, `person:${reverses}`);
    if (!isMoney && (ofPerson.has(name) || inThisBatch.has(name))) about.set(record, { reverses });
  }
  return about;
}

function personRecordOf(
  { line, loanId, id, event }: EventRecord,
  key: Key,
  about: AboutPerson,
  { recordedAt, lender }: Batch,
): Result<PersonRecord> {
  const owner = ownerOf(key);
  // Of what was written: an event without a time is the same event when it is sent again later.
  const digest = hash32(JSON.stringify(Object.entries({ ...event, loan: loanId }).sort())) | 0;
  if ("zone" in about) {
    const { zone } = about;
    const read = readPersonEvent(event, { id, loan: loanId, zone, now: recordedAt });
    if (!read.ok) return read;
    const today = Math.max(lender.openOn, dayAt(zone, recordedAt)) as Day;
    if (read.value.on > today)
      return refuse(
        "future-day",
        `${formatDay(read.value.on)} is still to come: the open business day is ${formatDay(today)}; record it when its day has come`,
        "on",
      );
    return ok({ line, owner, fact: read.value, digest });
  }
  const on = typeof event.on === "string" ? parseDay(event.on) : undefined;
  if (on === undefined)
    return refuse("not-a-day", `"${event.on}" is not a calendar day; write 2026-03-31`, "on");
  const reason = typeof event.reason === "string" ? event.reason : "";
  const fact: PersonFact = {
    kind: "PersonFactReversed",
    on,
    id: `reversal of ${about.reverses}`,
    at: recordedAt,
    of: about.reverses,
    reason,
  };
  return ok({ line, owner, fact, digest });
}

function decidedOn(
  record: EventRecord,
  { key, product, disbursedOn }: KnownLoan,
  facts: readonly Fact[],
  { lender, recordedAt }: Batch,
  holds: ReadonlyMap<string, number>,
): Result<Decided> {
  const { currency, ratePer } = product.terms;
  const read = readEvent(record.event, {
    at: "",
    id: record.id,
    decimals: decimalsOf(currency),
    ratePer,
    disbursedOn,
  });
  if (!read.ok) return read;
  const fact = { ...read.value, on: bookedOn(read.value, facts, lender.openOn) };
  const accepted = holds.get(nameOf(key, receiptOf(fact, record.id)));
  if (accepted === digestOf(fact) && !isMoneyFact(fact))
    return { ok: true, value: { fact, known: true, notes: [] } };
  const today = Math.max(lender.openOn, dayAt(lender.zone, recordedAt)) as Day;
  return decide(fact, { facts, product, today });
}

/** Never on a closed day, before the loan, or before the entry that it undoes. */
function bookedOn(fact: RecordedFact, facts: readonly Fact[], openOn: Day): Day {
  const loan = facts.find((one): one is LoanBooked => one.kind === "LoanBooked");
  let on = Math.max(fact.on, openOn, loan?.on ?? openOn);
  if (fact.kind === "EntryReversed")
    for (const one of facts) if (isMoneyFact(one) && one.id === fact.id) on = Math.max(on, one.on);
  const undone =
    fact.kind === "PromiseWithdrawn" ? fact.id : fact.kind === "PromiseReplaced" ? fact.replaces : undefined;
  if (undone !== undefined)
    for (const one of facts)
      if ((one.kind === "PromiseMade" || one.kind === "PromiseReplaced") && one.id === undone)
        on = Math.max(on, one.on);
  return on as Day;
}

/** A hold can be placed again after it was lifted: the event's own id tells the two apart. */
const receiptOf = (fact: RecordedFact, id: string): string =>
  isHoldFact(fact) ? `${fact.kind}:${id}` : idOf(fact);

const refusedBy = ({ line, event }: EventRecord, { code, says, at }: Refusal): Refused => {
  const value = at === undefined ? undefined : event[at.split(".")[0]!];
  const column = (at ?? "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { line, column, value: typeof value === "string" ? value : JSON.stringify(value ?? ""), code, says };
};

/** All facts of the loans, journaled or waiting, for this transaction alone. */
async function factsHeld(batch: Batch, keys: readonly Key[], dryRun: boolean): Promise<Map<number, Fact[]>> {
  if (keys.length === 0) return new Map();
  const { sql } = batch;
  // In order of key, so that two batches never wait for each other in a circle. A close that moves facts from the inbox
  // into the journal changes these rows too: both are read after it or before it.
  if (!dryRun)
    await sql.query(
      `select l.n from ${keyArrays(keys)} join loan_state l on l.bucket = k.bucket and l.n = k.n
       order by l.bucket, l.n for update of l`,
    );
  const journals = await journalsOf(sql, keys);
  const waiting = await waitingOf(sql, keys);
  return new Map(
    keys.map((key) => {
      const id = keyToNumber(key);
      return [id, [...(journals.get(id) ?? []), ...(waiting.get(id) ?? [])]];
    }),
  );
}

/** Receipts of holds and lifts, which have no id in the journal by which they could be known. */
async function holdsAccepted(
  batch: Batch,
  records: readonly EventRecord[],
  loans: ReadonlyMap<string, KnownLoan>,
): Promise<Map<string, number>> {
  const asked = records.flatMap(({ loanId, id, event }) => {
    const loan = loans.get(loanId);
    if (!loan || (event.kind !== "hold" && event.kind !== "lift")) return [];
    return [{ key: loan.key, id: `${event.kind === "hold" ? "HoldPlaced" : "HoldLifted"}:${id}` }];
  });
  return asked.length === 0 ? new Map() : receiptsOf(batch.sql, asked);
}

/** A hold about the person stands on all of his loans, and is lifted from all. */
async function spread(batch: Batch, news: readonly NewFact[]): Promise<void> {
  const wider: NewFact[] = [];
  for (const one of news) {
    const { key, fact } = one;
    if (fact.kind !== "HoldPlaced" && fact.kind !== "HoldLifted") continue;
    if (!PERSON_HOLDS.includes(fact.hold)) continue;
    for (const loan of await siblingsOf(batch, key)) {
      if (fact.kind === "HoldLifted" && !loan.held.has(fact.hold)) continue;
      const on = Math.max(fact.on, loan.disbursedOn, batch.lender.openOn) as Day;
      wider.push({ ...one, key: loan.key, fact: { ...fact, on } });
    }
  }
  // What is on its way to a loan already is no news, and nobody's mistake.
  await putFacts(batch, wider, []);
}

async function siblingsOf(batch: Batch, key: Key) {
  const owner = borrowerN(key.n);
  const rows = await batch.sql.query<{ n: number; day: number; holds: number }>(
    `select n, disbursed_on as day, holds from loan_state where bucket = $1 and n > $2 and n < $3 and n <> $4`,
    [key.bucket, owner, owner + LOANS_A_BORROWER, key.n],
  );
  const keys = rows.map(({ n }) => ({ bucket: key.bucket, n }));
  const waiting = keys.length === 0 ? new Map<number, Fact[]>() : await waitingOf(batch.sql, keys);
  return rows.map(({ n, day, holds }, i) => {
    const held = new Set(fromBits(holds, HOLD_KINDS));
    for (const fact of waiting.get(keyToNumber(keys[i]!)) ?? [])
      if (fact.kind === "HoldPlaced") held.add(fact.hold);
    return { key: { bucket: key.bucket, n }, disbursedOn: day as Day, held };
  });
}
