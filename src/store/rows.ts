import {
  codeOf,
  type Day,
  type Fact,
  factFromText,
  factToText,
  type Key,
  keyToNumber,
  LOAN_STATUSES,
  type LoanExtra,
  type LoanState,
  type LoanStatus,
  type Minor,
} from "../core/index.ts";
import { CopyReader, CopyWriter } from "./copy.ts";
import type { Sql } from "./sql.ts";
import { hasPersonal, holdsSealed, openedFact, sealedFact, type Vault } from "./vault.ts";

/** Who wrote a fact, as the journal's number for it. Never change one; only add. */
export const ACTORS = { close: 1, import: 2, dispatch: 3, person: 4, channel: 6 } as const;
export type Actor = keyof typeof ACTORS;

const SET_ASIDE = 4;
/** It has a row in `loan_extra`. */
export const HAS_EXTRA = 8;
const REACH_SHIFT = 4;
const REACH = 0x1f0;
/** How often it was late before: three bits. */
const TIMES_LATE_SHIFT = 10;
const TIMES_LATE = 0x1c00;
/** The third bit of the status; the first two are the lowest. */
const STATUS_HIGH = 0x200;

/** Columns of `loan_state` in the order in which they are written and read. */
export const LOAN_COLUMNS = [
  "principal",
  "principal_paid",
  "interest_paid",
  "late_units",
  "late_paid",
  "bucket",
  "n",
  "version",
  "rate_e8",
  "disbursed_on",
  "first_due_on",
  "due_on",
  "late_on",
  "wake_on",
  "product",
  "installments",
  "status",
  "band",
  "steps_through",
  "holds",
] as const;

/** The columns that facts change, with the version that must still stand: the staging table of an update. */
export const STAGED_COLUMNS = [
  "principal_paid",
  "interest_paid",
  "late_units",
  "late_paid",
  "bucket",
  "n",
  "version_before",
  "version",
  "due_on",
  "late_on",
  "wake_on",
  "status",
  "band",
  "steps_through",
  "holds",
] as const;

const statusBits = (loan: LoanState): number =>
  statusCode(LOAN_STATUSES.indexOf(loan.status)) |
  (loan.setAside ? SET_ASIDE : 0) |
  (loan.extra ? HAS_EXTRA : 0) |
  (loan.reach << REACH_SHIFT) |
  (loan.timesLate << TIMES_LATE_SHIFT);

const statusCode = (status: number): number => (status & 3) | (status > 3 ? STATUS_HIGH : 0);
const statusOf = (bits: number): LoanStatus =>
  LOAN_STATUSES[(bits & 3) + ((bits & STATUS_HIGH) !== 0 ? 4 : 0)]!;

export function writeLoan(writer: CopyWriter, loan: LoanState): void {
  writer.row(LOAN_COLUMNS.length);
  writer.int8(loan.principal);
  writer.int8(loan.principalPaid);
  writer.int8(loan.interestPaid);
  writer.int8(loan.lateUnits);
  writer.int8(loan.latePaid);
  writer.int4(loan.bucket);
  writer.int4(loan.n);
  writer.int4(loan.version);
  writer.int4(loan.rateE8);
  writer.int4(loan.disbursedOn);
  writer.int4(loan.firstDueOn);
  writer.int4(loan.dueOn);
  writer.int4(loan.lateOn);
  writer.int4(loan.wakeOn);
  writer.int2(loan.product);
  writer.int2(loan.installments);
  writer.int2(statusBits(loan));
  writer.int2(loan.band);
  writer.int2(loan.stepsThrough);
  writer.int2(loan.holds);
}

export function writeStaged(writer: CopyWriter, before: LoanState, loan: LoanState): void {
  writer.row(STAGED_COLUMNS.length);
  writer.int8(loan.principalPaid);
  writer.int8(loan.interestPaid);
  writer.int8(loan.lateUnits);
  writer.int8(loan.latePaid);
  writer.int4(loan.bucket);
  writer.int4(loan.n);
  writer.int4(before.version);
  writer.int4(loan.version);
  writer.int4(loan.dueOn);
  writer.int4(loan.lateOn);
  writer.int4(loan.wakeOn);
  writer.int2(statusBits(loan));
  writer.int2(loan.band);
  writer.int2(loan.stepsThrough);
  writer.int2(loan.holds);
}

/** A loan as its row gives it; whether `loan_extra` holds more is said beside it. */
export interface StoredLoan {
  loan: LoanState;
  readonly hasExtra: boolean;
}

export function readLoans(bytes: Buffer): StoredLoan[] {
  const reader = new CopyReader(bytes);
  const loans: StoredLoan[] = [];
  while (reader.row()) loans.push(readLoan(reader));
  return loans;
}

const INT2 = 6;
const INT4 = 8;
const INT8 = 12;
/** Bytes of the columns before the key, between it and the status, and after that, each with its length. */
const BEFORE_KEY = 5 * INT8;
const KEY_TO_STATUS = 7 * INT4 + 2 * INT2;
const AFTER_STATUS = 3 * INT2;
const LOAN_ROW = 2 + BEFORE_KEY + 2 * INT4 + KEY_TO_STATUS + INT2 + AFTER_STATUS;

/**
 * Rows of loans as COPY gave them, in order of their keys. A loan is decoded when its turn comes: decoded together, the
 * loans of a chunk would all live until the last of them is closed, and the garbage collector would carry them along.
 */
export class LoanRows {
  readonly #bytes: Buffer;
  readonly #starts: Uint32Array;
  readonly #keys: Float64Array;
  readonly #flagged = new Set<number>();
  readonly #order: Uint32Array;
  readonly count: number;

  constructor(parts: readonly Buffer[]) {
    this.#bytes = parts.length === 1 ? parts[0]! : joined(parts);
    const most = Math.ceil(this.#bytes.length / LOAN_ROW);
    this.#starts = new Uint32Array(most);
    this.#keys = new Float64Array(most);
    const reader = new CopyReader(this.#bytes);
    let count = 0;
    let inOrder = true;
    for (; reader.row(); count++) {
      this.#starts[count] = reader.at;
      reader.skip(BEFORE_KEY);
      const key = keyToNumber({ bucket: reader.int4(), n: reader.int4() });
      reader.skip(KEY_TO_STATUS);
      if ((reader.int2() & HAS_EXTRA) !== 0) this.#flagged.add(key);
      reader.skip(AFTER_STATUS);
      inOrder &&= count === 0 || this.#keys[count - 1]! < key;
      this.#keys[count] = key;
    }
    this.count = count;
    this.#order = Uint32Array.from({ length: count }, (_, i) => i);
    if (!inOrder) this.#order.sort((a, b) => this.#keys[a]! - this.#keys[b]!);
  }

  key(i: number): number {
    return this.#keys[this.#order[i]!]!;
  }

  /** Without what `loan_extra` holds of it. */
  loan(i: number): LoanState {
    return readLoan(new CopyReader(this.#bytes, this.#starts[this.#order[i]!]!)).loan;
  }

  /** Keys of the loans of which `loan_extra` holds more. */
  get withExtra(): ReadonlySet<number> {
    return this.#flagged;
  }
}

/** One COPY out of several: the header of the first, the rows of each, one trailer. */
const joined = (parts: readonly Buffer[]): Buffer =>
  Buffer.concat(
    parts.map((part, i) =>
      part.subarray(
        i === 0 ? 0 : new CopyReader(part).at,
        i === parts.length - 1 ? part.length : part.length - 2,
      ),
    ),
  );

function readLoan(reader: CopyReader): StoredLoan {
  const principal = reader.int8() as Minor;
  const principalPaid = reader.int8() as Minor;
  const interestPaid = reader.int8() as Minor;
  const lateUnits = reader.int8();
  const latePaid = reader.int8() as Minor;
  const bucket = reader.int4();
  const n = reader.int4();
  const version = reader.int4();
  const rateE8 = reader.int4();
  const disbursedOn = reader.int4() as Day;
  const firstDueOn = reader.int4() as Day;
  const dueOn = reader.int4() as Day;
  const lateOn = reader.int4() as Day;
  const wakeOn = reader.int4() as Day;
  const product = reader.int2();
  const installments = reader.int2();
  const bits = reader.int2();
  const band = reader.int2();
  const stepsThrough = reader.int2();
  const holds = reader.int2();
  const loan: LoanState = {
    bucket,
    n,
    version,
    product,
    status: statusOf(bits),
    setAside: (bits & SET_ASIDE) !== 0,
    principal,
    rateE8,
    disbursedOn,
    firstDueOn,
    installments,
    principalPaid,
    interestPaid,
    lateUnits,
    latePaid,
    lateOn,
    dueOn,
    band,
    stepsThrough,
    holds,
    reach: (bits & REACH) >> REACH_SHIFT,
    timesLate: (bits & TIMES_LATE) >> TIMES_LATE_SHIFT,
    wakeOn,
  };
  return { loan, hasExtra: (bits & HAS_EXTRA) !== 0 };
}

/** The columns of a loan as a statement gives them, without COPY. */
export interface LoanRowColumns
  extends Record<string, unknown>,
    Record<(typeof LOAN_COLUMNS)[number], number> {}

/** The loan of such a row, with what `loan_extra` holds of it. */
export function loanOfRow(row: LoanRowColumns, extra: string | null): LoanState {
  const bits = row.status;
  const loan: LoanState = {
    bucket: row.bucket,
    n: row.n,
    version: row.version,
    product: row.product,
    status: statusOf(bits),
    setAside: (bits & SET_ASIDE) !== 0,
    principal: row.principal as Minor,
    rateE8: row.rate_e8,
    disbursedOn: row.disbursed_on as Day,
    firstDueOn: row.first_due_on as Day,
    installments: row.installments,
    principalPaid: row.principal_paid as Minor,
    interestPaid: row.interest_paid as Minor,
    lateUnits: row.late_units,
    latePaid: row.late_paid as Minor,
    lateOn: row.late_on as Day,
    dueOn: row.due_on as Day,
    band: row.band,
    stepsThrough: row.steps_through,
    holds: row.holds,
    reach: (bits & REACH) >> REACH_SHIFT,
    timesLate: (bits & TIMES_LATE) >> TIMES_LATE_SHIFT,
    wakeOn: row.wake_on as Day,
  };
  return (bits & HAS_EXTRA) === 0 ? loan : withStoredExtra(loan, extra ?? "{}");
}

export const withStoredExtra = (loan: LoanState, body: string): LoanState => ({
  ...loan,
  extra: JSON.parse(body) as LoanExtra,
});

export const JOURNAL_COLUMNS = [
  "bucket",
  "n",
  "seq",
  "on_day",
  "recorded_at",
  "actor",
  "kind",
  "payload",
] as const;

export interface JournalEntry {
  readonly bucket: number;
  readonly n: number;
  readonly seq: number;
  readonly recordedAt: number;
  readonly actor: number;
  readonly fact: Fact;
}

export const journalPlace = (bucket: number, n: number, seq: number): string =>
  `journal:${bucket}/${n}/${seq}`;
/** A fact that waits has no number yet. */
export const inboxPlace = (bucket: number, n: number): string => `inbox:${bucket}/${n}`;

/** The payload of a row of the journal as it was before it was sealed. */
export const openedPayload = (
  vault: Vault | undefined,
  { bucket, n, seq }: Key & { readonly seq: number },
  payload: string,
): string => (holdsSealed(payload) ? openedFact(vault, journalPlace(bucket, n, seq), payload) : payload);

export const sealedPayload = (
  vault: Vault,
  { bucket, n, seq }: Key & { readonly seq: number },
  payload: string,
): string => sealedFact(vault, journalPlace(bucket, n, seq), payload);

/** The payload of a fact for the inbox. */
export const sealedWaiting = (
  vault: Vault | undefined,
  { bucket, n }: Key,
  fact: Fact,
  text: string,
): string => (vault && hasPersonal(fact) ? sealedFact(vault, inboxPlace(bucket, n), text) : text);

export const openedWaiting = (vault: Vault | undefined, { bucket, n }: Key, payload: string): string =>
  holdsSealed(payload) ? openedFact(vault, inboxPlace(bucket, n), payload) : payload;

/** `vault` is said even where there is none, so that no writer forgets it. */
export function writeJournal(writer: CopyWriter, entry: JournalEntry, vault: Vault | undefined): void {
  writer.row(JOURNAL_COLUMNS.length);
  writer.int4(entry.bucket);
  writer.int4(entry.n);
  writer.int4(entry.seq);
  writer.int4(entry.fact.on);
  writer.int8(entry.recordedAt);
  writer.int2(entry.actor);
  writer.int2(codeOf(entry.fact));
  const text = factToText(entry.fact);
  writer.text(vault && hasPersonal(entry.fact) ? sealedPayload(vault, entry, text) : text);
}

/** Adds facts to one journal, behind the `seq` that it ends with; under the lock that guards it. */
export async function appendJournal(
  sql: Sql,
  owner: Key,
  seq: number,
  facts: readonly Fact[],
  recordedAt: number,
  actor: Actor = "person",
): Promise<void> {
  if (facts.length === 0) return;
  const journal = new CopyWriter(1 << 14);
  facts.forEach((fact, i) => {
    const { bucket, n } = owner;
    writeJournal(journal, { bucket, n, seq: seq + 1 + i, recordedAt, actor: ACTORS[actor], fact }, sql.vault);
  });
  await sql.copyIn("journal", JOURNAL_COLUMNS, journal.finish());
}

export function* readJournal(bytes: Buffer, vault: Vault | undefined): Generator<JournalEntry> {
  const reader = new CopyReader(bytes);
  while (reader.row()) {
    const bucket = reader.int4();
    const n = reader.int4();
    const seq = reader.int4();
    const on = reader.int4() as Day;
    const recordedAt = reader.int8();
    const actor = reader.int2();
    const code = reader.int2();
    const payload = openedPayload(vault, { bucket, n, seq }, reader.text());
    yield { bucket, n, seq, recordedAt, actor, fact: factFromText(code, on, payload) };
  }
}

export const INBOX_COLUMNS = [
  "recorded_at",
  "bucket",
  "n",
  "on_day",
  "ord",
  "lender",
  "actor",
  "kind",
  "payload",
] as const;

export interface InboxEntry {
  readonly bucket: number;
  readonly n: number;
  readonly recordedAt: number;
  readonly actor: number;
  readonly fact: Fact;
}

export const INBOX_SELECT = "bucket, n, on_day, recorded_at, actor, kind, payload";

export function* readInbox(bytes: Buffer, vault: Vault | undefined): Generator<InboxEntry> {
  const reader = new CopyReader(bytes);
  while (reader.row()) {
    const bucket = reader.int4();
    const n = reader.int4();
    const on = reader.int4() as Day;
    const recordedAt = reader.int8();
    const actor = reader.int2();
    const code = reader.int2();
    const payload = openedWaiting(vault, { bucket, n }, reader.text());
    yield { bucket, n, recordedAt, actor, fact: factFromText(code, on, payload) };
  }
}

/** Keys as two literal arrays, for `unnest` inside a COPY, which takes no parameters. Whole numbers only. */
export function keyArrays(keys: readonly { readonly bucket: number; readonly n: number }[]): string {
  const buckets = keys.map(({ bucket }) => bucket | 0).join(",");
  const ns = keys.map(({ n }) => n | 0).join(",");
  return `unnest('{${buckets}}'::int4[], '{${ns}}'::int4[]) as k(bucket, n)`;
}

/** Each key once. */
export const distinctKeys = <K extends { readonly bucket: number; readonly n: number }>(
  keys: readonly K[],
): K[] => [...new Map(keys.map((key) => [keyToNumber(key), key])).values()];

/** Between the first and the last bucket asked for, as numbers: a plan then visits only the partitions that hold them. */
export function bucketRange(keys: readonly { readonly bucket: number }[], of: string): string {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { bucket } of keys) [least, most] = [Math.min(least, bucket), Math.max(most, bucket)];
  return `${of}.bucket >= ${least | 0} and ${of}.bucket <= ${most | 0}`;
}
