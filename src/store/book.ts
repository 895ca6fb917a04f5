import {
  addDays,
  book,
  CHANNELS,
  type Channel,
  type Day,
  dayAt,
  evolve,
  type Fact,
  formatDay,
  InvariantError,
  type Key,
  keyToNumber,
  type LoanBooked,
  type LoanState,
  nearest,
  type OutsideFact,
  type Product,
  rateToE8,
  schedule,
  toBits,
} from "../core/index.ts";
import type {
  Balance,
  BalanceRecord,
  BorrowerRecord,
  EventRecord,
  LoanRecord,
  PaymentRecord,
} from "../intake/index.ts";
import type { Batch, KnownLoan, NewFact, Recorded, Refused } from "./batch.ts";
import { borrowersFor, type NewLoan, refreshBorrowers, spreadHolds, withoutDropped } from "./borrowers.ts";
import { findLender, products, type Shelves } from "./catalog.ts";
import { journalsOf, writeExtras } from "./close-store.ts";
import { CopyWriter } from "./copy.ts";
import { BookedCounts } from "./counts.ts";
import { type EventsAsked, type RecordedEvents, recordEvents } from "./events.ts";
import { findKeys, knownLoans, REF_COLUMNS, unknownLoan, waitingOf, writeRef } from "./lookups.ts";
import { type PersonAsked, type PersonRecord, type RecordedPersons, recordPersons } from "./persons.ts";
import { digestOf, idOf, putFacts, RECEIPT_COLUMNS, writeReceipt } from "./receipts.ts";
import { ACTORS, JOURNAL_COLUMNS, LOAN_COLUMNS, writeJournal, writeLoan } from "./rows.ts";
import type { Database } from "./sql.ts";

/** What imports write. Every batch is one transaction; nothing in it is done twice. */
export interface Book {
  loans(lender: string, records: readonly LoanRecord[]): Promise<Recorded>;
  payments(lender: string, records: readonly PaymentRecord[]): Promise<Recorded>;
  balances(lender: string, records: readonly BalanceRecord[]): Promise<Recorded>;
}

/** A book that also takes events: what a person or a file of events records on a loan, each checked against the loan. */
export interface RecordingBook extends Book {
  events(lender: string, records: readonly EventRecord[], how?: EventsAsked): Promise<RecordedEvents>;
  /** Facts of persons that are known as facts already: what a channel heard, what an agency reported. */
  persons(lender: string, records: readonly PersonRecord[], how?: PersonAsked): Promise<RecordedPersons>;
}

export function bookStore(db: Database, shelves: Shelves): RecordingBook {
  const remembered = new Map<string, Map<string, KnownLoan>>();
  let recordedAt = 0;
  const batch = <T>(lender: string, work: (b: Batch) => Promise<T>): Promise<T> =>
    db.tx(async (sql) => {
      // Every look-up here is by primary key. While statistics lag behind an import the planner takes the tables for
      // empty and would read them whole, again for each key.
      await sql.run("set local enable_seqscan = off");
      // Held until commit, so that a close which begins meanwhile waits for what is booked on its days.
      const owner = await findLender(sql, lender, "for share");
      if (!owner) throw new Error(`no lender ${lender} in this book; import its loans first`);
      const own = (await products(sql)).filter((product) => product.lender === lender);
      // Batches of one millisecond keep their order.
      recordedAt = Math.max(shelves.now(), recordedAt + 1);
      const known = remembered.get(lender) ?? new Map<string, KnownLoan>();
      remembered.set(lender, known);
      return work({ sql, lender: owner, products: own, recordedAt, remembered: known, put: new Map() });
    });
  return {
    loans: (lender, records) => batch(lender, (b) => recordLoans(b, records)),
    payments: (lender, records) => batch(lender, (b) => recordPayments(b, records)),
    balances: (lender, records) => batch(lender, (b) => recordBalances(b, records)),
    events: (lender, records, how = {}) => batch(lender, (b) => recordEvents(b, records, how)),
    persons: (lender, records, how = {}) => batch(lender, (b) => recordPersons(b, records, how)),
  };
}

// --- loans -------------------------------------------------------------------------------------------------------

async function recordLoans(batch: Batch, given: readonly LoanRecord[]): Promise<Recorded> {
  const refused: Refused[] = [];
  const records = await withoutDropped(batch, given);
  const keys = await findKeys(
    batch.sql,
    batch.lender,
    records.map(({ loanId }) => loanId),
  );
  const fresh: LoanRecord[] = [];
  const known: { record: LoanRecord; key: Key }[] = [];
  const inThisBatch = new Set<string>();
  for (const record of records) {
    const key = keys.get(record.loanId);
    if (inThisBatch.has(record.loanId)) refused.push(sameIdTwice(record));
    else if (key) known.push({ record, key });
    else fresh.push(record);
    inThisBatch.add(record.loanId);
  }
  const grown = new Set<string>();
  const added = await addLoans(batch, fresh, refused, grown);
  const again = await seeLoansAgain(batch, known, refused);
  await spreadHolds(batch, records, grown);
  return { added, ...again, refused };
}

const sameIdTwice = (record: LoanRecord): Refused => ({
  line: record.line,
  column: "loan_id",
  value: record.loanId,
  code: "duplicate-in-file",
  says: `loan ${record.loanId} stands in this file more than once; the first one was taken`,
});

async function addLoans(
  batch: Batch,
  records: readonly LoanRecord[],
  refused: Refused[],
  grown: Set<string>,
): Promise<number> {
  const accepted: NewLoan[] = [];
  for (const record of records) {
    const product = batch.products.find(({ code }) => code === record.product);
    const rateE8 = rateToE8(record.rate);
    if (!product) refused.push(unknownProduct(record, batch.products));
    else if (rateE8 === undefined) refused.push(rateTooFine(record));
    else {
      const impossible = product.source === "kept" ? impossibleTerms(record, product) : undefined;
      if (impossible) refused.push(impossible);
      else accepted.push({ record, product, rateE8 });
    }
  }
  if (accepted.length === 0) return 0;
  const owners = await borrowersFor(batch, accepted, refused, grown);
  const loans = new CopyWriter(1 << 20);
  const journal = new CopyWriter(1 << 20);
  const refs = new CopyWriter(1 << 18);
  const receipts = new CopyWriter();
  const extras: { after: LoanState }[] = [];
  const counts = new BookedCounts();
  const placed = accepted.filter(({ record }) => owners.has(record));
  // In key order, so that each table's pages and index leaves are met once and not at random.
  const keyOf = ({ record }: NewLoan): Key => owners.get(record)!;
  placed.sort((a, b) => keyOf(a).bucket - keyOf(b).bucket || keyOf(a).n - keyOf(b).n);
  for (const { record, product, rateE8 } of placed) {
    const key = owners.get(record)!;
    const facts = firstFacts(batch, record, product, rateE8);
    let loan = book(key, facts[0] as LoanBooked, product);
    for (const fact of facts.slice(1)) loan = evolve(loan, fact, product);
    writeLoan(loans, loan);
    counts.add(loan, facts[0]!.on);
    facts.forEach((fact, i) => {
      const entry = { ...key, seq: i + 1, recordedAt: batch.recordedAt, actor: ACTORS.import, fact };
      writeJournal(journal, entry, batch.sql.vault);
      if (i > 0) writeReceipt(receipts, key, idOf(fact as OutsideFact), digestOf(fact));
    });
    if (loan.extra) extras.push({ after: loan });
    writeRef(refs, batch.lender, record.loanId, key);
  }
  const { sql } = batch;
  await sql.copyIn("loan_ref", REF_COLUMNS, refs.finish());
  await sql.copyIn("loan_state", LOAN_COLUMNS, loans.finish());
  await sql.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
  if (receipts.rows > 0) await sql.copyIn("receipt", RECEIPT_COLUMNS, receipts.finish());
  if (extras.length > 0) await writeExtras(sql, extras);
  await counts.store(sql);
  return placed.length;
}

/** A plan that cannot be made is told now, row by row, and not by a loan that is set aside at night. */
function impossibleTerms(record: LoanRecord, product: Product): Refused | undefined {
  const { principal, rate, disbursedOn, firstDueOn, installments } = record;
  try {
    schedule({ ...product.terms, principal, rate, disbursedOn, firstDueOn, installments });
    return undefined;
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    const { line, loanId: value } = record;
    return { line, column: "principal", value, code: "impossible-terms", says: error.message };
  }
}

function unknownProduct(record: LoanRecord, products: readonly Product[]): Refused {
  const codes = products.map(({ code }) => code);
  const near = nearest(record.product, codes);
  return {
    line: record.line,
    column: "product",
    value: record.product,
    code: "unknown-product",
    says: `no product ${record.product}; ${near ? `did you mean ${near}?` : `known are ${codes.join(", ")}`}`,
  };
}

const rateTooFine = (record: LoanRecord): Refused => ({
  line: record.line,
  column: "rate_percent",
  value: String(record.rate.numerator),
  code: "rate-too-fine",
  says: "rates are kept to six decimals of a percent, up to 2147 percent a period",
});

function firstFacts(batch: Batch, record: LoanRecord, product: Product, rateE8: number): Fact[] {
  const on = Math.max(batch.lender.openOn, record.disbursedOn) as Day;
  const zone = zoneApart(batch, record.borrower);
  const booked: LoanBooked = {
    kind: "LoanBooked",
    on,
    id: record.loanId,
    product: product.id,
    principal: record.principal,
    rateE8,
    disbursedOn: record.disbursedOn,
    firstDueOn: record.firstDueOn,
    installments: record.installments,
    reach: reachOf(record.borrower),
    ...(zone === undefined ? {} : { zone }),
  };
  const facts: Fact[] = [booked];
  if (record.balance) facts.push(reported(record.balance, on));
  if (record.hold)
    facts.push({ kind: "HoldPlaced", on, hold: record.hold.kind, until: record.hold.until ?? null });
  return facts;
}

const zoneApart = (batch: Batch, borrower: BorrowerRecord): string | undefined =>
  borrower.zone !== undefined && borrower.zone !== batch.lender.zone ? borrower.zone : undefined;

/** A phone takes messages and calls. */
function reachOf(borrower: BorrowerRecord): number {
  const channels: Channel[] = [];
  if (borrower.app) channels.push("app");
  if (borrower.phone) channels.push("text", "call");
  if (borrower.email) channels.push("email");
  if (borrower.address) channels.push("letter");
  return toBits(channels, CHANNELS);
}

function reported(balance: Balance, on: Day): Fact {
  return {
    kind: "BalanceReported",
    on,
    asOf: balance.asOf,
    status: balance.status,
    principal: balance.principal,
    interestPaid: balance.interestPaid,
    arrears: balance.arrears,
    charges: balance.charges,
    dueOn: balance.dueOn ?? null,
  };
}

/** Loans that are in the book already: the contract must be the same; a balance, hold or address may be news. */
async function seeLoansAgain(
  batch: Batch,
  known: readonly { record: LoanRecord; key: Key }[],
  refused: Refused[],
): Promise<{ same: number; updated: number }> {
  if (known.length === 0) return { same: 0, updated: 0 };
  const journals = await journalsOf(
    batch.sql,
    known.map(({ key }) => key),
  );
  // What the last file brought may wait for its close still, and must not be brought again.
  const waiting = await waitingOf(
    batch.sql,
    known.map(({ key }) => key),
  );
  const news: NewFact[] = [];
  const quiet = new Set<number>();
  for (const { record, key } of known) {
    const journal = journals.get(keyToNumber(key)) ?? [];
    const before = journal[0] as LoanBooked;
    const product = batch.products.find(({ code }) => code === record.product);
    const field = differingField(record, before, product);
    if (field) {
      refused.push({
        line: record.line,
        column: field,
        value: record.loanId,
        code: "loan-differs",
        says: `loan ${record.loanId} is in the book with another ${field}; a contract is not changed by importing it again`,
      });
      continue;
    }
    quiet.add(record.line);
    const on = Math.max(batch.lender.openOn, before.on) as Day;
    const facts: OutsideFact[] = firstFacts(
      { ...batch, lender: { ...batch.lender, openOn: on } },
      record,
      product!,
      before.rateE8,
    ).slice(1) as OutsideFact[];
    const reach = reachOf(record.borrower);
    if (reach !== lastReach([...journal, ...(waiting.get(keyToNumber(key)) ?? [])])) {
      const zone = zoneApart(batch, record.borrower);
      facts.push({ kind: "ReachChanged", on, reach, ...(zone === undefined ? {} : { zone }) });
    }
    for (const fact of facts)
      news.push({ line: record.line, key, fact, id: idOf(fact), column: "loan_id", value: record.loanId });
  }
  const put = await putFacts(batch, news, refused);
  const lines = new Set([...put.lines, ...(await refreshBorrowers(batch, known))]);
  for (const line of lines) quiet.delete(line);
  return { same: quiet.size, updated: lines.size };
}

function differingField(
  record: LoanRecord,
  before: LoanBooked,
  product: Product | undefined,
): string | undefined {
  if (!product || product.id !== before.product) return "product";
  if (record.principal !== before.principal) return "principal";
  if (rateToE8(record.rate) !== before.rateE8) return "rate_percent";
  if (record.disbursedOn !== before.disbursedOn) return "disbursed_on";
  if (record.firstDueOn !== before.firstDueOn) return "first_due_on";
  if (record.installments !== before.installments) return "installments";
  return undefined;
}

function lastReach(facts: readonly Fact[]): number {
  const last = facts.findLast((fact) => fact.kind === "LoanBooked" || fact.kind === "ReachChanged");
  return last && "reach" in last ? last.reach : 0;
}

// --- payments and balances ---------------------------------------------------------------------------------------

async function recordPayments(batch: Batch, records: readonly PaymentRecord[]): Promise<Recorded> {
  const refused: Refused[] = [];
  const loans = await knownLoans(batch, records);
  const news: NewFact[] = [];
  for (const record of records) {
    const loan = loans.get(record.loanId);
    const no = paymentRefusal(record, loan, batch);
    if (no || !loan) {
      refused.push({ line: record.line, ...no! });
      continue;
    }
    const { paymentId: id, amount, valueOn } = record;
    const on = Math.max(record.bookedOn ?? valueOn, valueOn, batch.lender.openOn) as Day;
    const fact: OutsideFact = { kind: "PaymentReceived", on, id, amount, valueOn };
    news.push({ line: record.line, key: loan.key, fact, id: `pay:${id}`, column: "payment_id", value: id });
  }
  const put = await putFacts(batch, news, refused);
  return { added: put.lines.length, same: put.same, updated: 0, refused };
}

function paymentRefusal(
  record: PaymentRecord,
  loan: KnownLoan | undefined,
  batch: Batch,
): Omit<Refused, "line"> | undefined {
  if (!loan) return unknownLoan(record.loanId, batch);
  if (loan.product.source === "fed") {
    const says = `loan ${record.loanId} is fed: its balance is reported, payments are not kept; import balances instead`;
    return { column: "loan_id", value: record.loanId, code: "fed-loan", says };
  }
  if (record.valueOn < loan.disbursedOn) {
    const says = `loan ${record.loanId} was paid out after this payment's value day; check the date or the loan id`;
    return { column: "value_on", value: formatDay(record.valueOn), code: "before-payout", says };
  }
  const latest = addDays(
    Math.max(batch.lender.openOn, dayAt(batch.lender.zone, batch.recordedAt)) as Day,
    FAR_AHEAD,
  );
  if (record.valueOn > latest) {
    const says = `value day ${formatDay(record.valueOn)} lies more than a year ahead; check the year`;
    return { column: "value_on", value: formatDay(record.valueOn), code: "far-ahead", says };
  }
  return undefined;
}

/** Days. A payment for a day beyond them would wait in the inbox for ever, and is a slip of the pen. */
const FAR_AHEAD = 366;

async function recordBalances(batch: Batch, records: readonly BalanceRecord[]): Promise<Recorded> {
  const refused: Refused[] = [];
  const loans = await knownLoans(batch, records);
  const news: NewFact[] = [];
  for (const record of records) {
    const loan = loans.get(record.loanId);
    if (!loan) refused.push({ line: record.line, ...unknownLoan(record.loanId, batch) });
    else if (loan.product.source === "kept") {
      const says = `loan ${record.loanId} is kept here from its payments; a reported balance would be a second truth`;
      refused.push({ line: record.line, column: "loan_id", value: record.loanId, code: "kept-loan", says });
    } else {
      // Never before its booking: a loan can be in the book ahead of its pay-out.
      const on = Math.max(batch.lender.openOn, record.asOf, loan.disbursedOn) as Day;
      const fact = reported(record, on) as OutsideFact;
      const { line, loanId: value } = record;
      news.push({ line, key: loan.key, fact, id: idOf(fact), column: "as_of", value });
    }
  }
  const put = await putFacts(batch, news, refused);
  return { added: put.lines.length, same: put.same, updated: 0, refused };
}

export type { Recorded, Refused } from "./batch.ts";
export type { EventsAsked, RecordedEvents, ToldEvent } from "./events.ts";
export type { PersonAsked, PersonRecord, RecordedPersons, ToldPerson } from "./persons.ts";
