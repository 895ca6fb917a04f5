import {
  type Day,
  dayAt,
  type ErasureHold,
  erasureHolds,
  type Fact,
  factFromText,
  type Instant,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  ok,
  type Result,
  refuse,
} from "../core/index.ts";
import { closedPayload, type FactRow, type Hash, openMembers } from "../evidence/index.ts";
import { REQUEST_SORTS } from "./borrower-requests.ts";
import { notePlace } from "./bureau.ts";
import { noteRowOf } from "./bureau-desk.ts";
import type { Lender } from "./catalog.ts";
import { addExtras } from "./close-store.ts";
import { dropRequestFiles } from "./files.ts";
import { letterPlace, lettersAt } from "./letters.ts";
import { idsOf } from "./lookups.ts";
import { personPlace, personRowOf } from "./persons.ts";
import { dropRefs, PROFILE_FIELDS } from "./profile.ts";
import type { BorrowerRow } from "./read.ts";
import { JOURNAL_COLUMNS, LOAN_COLUMNS, readLoans } from "./rows.ts";
import { sealedThrough } from "./seal-check.ts";
import { rowsOf } from "./seals.ts";
import type { Database, Sql } from "./sql.ts";
import { lockBorrower, tell } from "./team-action.ts";
import { sealed, sealedFacts } from "./vault.ts";

export interface ErasureAsked {
  /** His id at the lender. */
  readonly borrower: string;
  readonly by: string;
  readonly ground: string;
  readonly years: number;
  readonly now: Instant;
  readonly hash: Hash;
  readonly dryRun: boolean;
}

export interface Erasure {
  readonly borrower: string;
  readonly loans: readonly string[];
  /** Facts from which something is taken, and how many values. */
  readonly facts: number;
  readonly values: number;
  /** Members of his own row that are emptied. */
  readonly fields: readonly string[];
  readonly holds: readonly ErasureHold[];
  readonly done: boolean;
}

/** What his own row says of him. His zone and language stay: without them no old step can be judged again. */
const FIELDS = PROFILE_FIELDS;

/**
 * Takes out of the book what says something of a borrower: personal values of his facts and of his loans', with their salts;
 * his row; what is kept of him beside the journal; the addresses by which answers find him.
 *
 * Holds   each fact keeps its number and the salted hash of what was taken, so that every seal and every proof holds. It is the
 *         one thing that changes rows of the journal, and it is a fact itself. Nothing is taken while a reason speaks against it.
 * Refuses `unknown-borrower`.
 */
export function eraseBorrower(db: Database, lender: Lender, asked: ErasureAsked): Promise<Result<Erasure>> {
  return db.tx(async (sql) => {
    const [found] = await sql.query<BorrowerRow & { bucket: number; n: number }>(
      "select * from borrower where bucket >= 0 and lender = $1 and external_id = $2",
      [lender.id, asked.borrower],
    );
    if (!found)
      return refuse(
        "unknown-borrower",
        `${lender.code} has no borrower ${asked.borrower}; arrears explain LOAN names the borrower of a loan`,
      );
    const row = await lockBorrower(sql, found);
    const { bucket, n } = row;
    const range = `bucket = ${bucket} and n > ${n} and n < ${n + LOANS_A_BORROWER}`;
    await sql.query(`select n from loan_state where ${range} order by bucket, n for update`);
    const stored = readLoans(
      await sql.copyOut(`select ${LOAN_COLUMNS.join(", ")} from loan_state where ${range} order by n`),
    );
    await addExtras(sql, stored);
    const loans = stored.map(({ loan }) => loan);
    const ids = await idsOf(sql, loans);
    const own = `bucket = ${bucket} and n >= ${n} and n < ${n + LOANS_A_BORROWER}`;
    const rows = [
      ...rowsOf(
        await sql.copyOut(`select ${JOURNAL_COLUMNS.join(", ")} from journal where ${own} order by n, seq`),
        sql.vault,
      ),
    ];
    const today = Math.max(lender.openOn, dayAt(lender.zone, asked.now)) as Day;
    const holds = erasureHolds({
      today,
      loans: loans.map((loan) => ({
        id: ids.get(keyToNumber(loan)) ?? "",
        status: loan.status,
        held: loan.holds !== 0,
      })),
      lastOn: rows.reduce((last, { day }) => Math.max(last, day), 0) as Day,
      years: asked.years,
      waiting: await countOf(sql, `inbox where ${own}`),
      open: await countOf(sql, `outbox where ${own} and state in (0, 1)`),
      unsealed: await unsealedIn(sql, bucket, rows),
    });
    const open = rows.filter(({ payload }) => openMembers(payload).length > 0);
    const result = {
      borrower: asked.borrower,
      loans: [...ids.values()],
      facts: open.length,
      values: open.reduce((sum, { payload }) => sum + openMembers(payload).length, 0),
      fields: FIELDS.filter((field) => row[field] !== null),
      holds,
    };
    if (asked.dryRun || holds.length > 0) return ok({ ...result, done: false });
    await erase(sql, asked, row, open, rows);
    const { by, ground, now: at } = asked;
    const fact: Fact = { kind: "PersonErased", on: today, at, by, ground, facts: open.length };
    await tell(sql, row, fact, at);
    return ok({ ...result, done: true });
  });
}

async function countOf(sql: Sql, from: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(`select count(*)::int4 as n from ${from}`);
  return row!.n;
}

async function unsealedIn(sql: Sql, bucket: number, rows: readonly FactRow[]): Promise<number> {
  const keys = [...new Set(rows.map(({ n }) => n))].map((n) => ({ bucket, n }));
  const through = await sealedThrough(sql, keys);
  return rows.filter((row) => row.seq > (through.get(keyToNumber(row)) ?? 0)).length;
}

async function erase(
  sql: Sql,
  { hash }: ErasureAsked,
  borrower: BorrowerRow,
  open: readonly FactRow[],
  rows: readonly FactRow[],
): Promise<void> {
  const { bucket, n } = borrower;
  const closed = new Map<FactRow, string>();
  for (const row of open) {
    const [salt] = await sql.query<{ salt: string }>(
      "select encode(salt, 'hex') as salt from seal_salt where bucket = $1 and n = $2 and seq = $3",
      [bucket, row.n, row.seq],
    );
    if (!salt)
      throw new Error(`fact ${row.seq} of ${bucket}/${row.n} is sealed and has no salt: arrears verify`);
    const { payload } = closedPayload(hash, row.payload, salt.salt);
    closed.set(row, payload);
    await sql.run("update journal set payload = $4 where bucket = $1 and n = $2 and seq = $3", [
      bucket,
      row.n,
      row.seq,
      payload,
    ]);
  }
  const last = n + LOANS_A_BORROWER - 1;
  await sql.run("delete from seal_salt where bucket = $1 and n between $2 and $3", [bucket, n, last]);
  await dropRefs(sql, borrower, borrower);
  await sql.run(
    `update borrower set ${FIELDS.map((field) => `${field} = null`).join(", ")}, sealed = null, dropped = null
     where bucket = $1 and n = $2`,
    [bucket, n],
  );
  await sql.run("delete from address_ref where bucket >= 0 and owner_bucket = $1 and owner_n = $2", [
    bucket,
    n,
  ]);
  // Why he asked for help: the list of requests has it beside the fact.
  await sql.run("update request set about = '' where bucket = $1 and n = $2 and sort = $3", [
    bucket,
    n,
    REQUEST_SORTS.indexOf("hardship"),
  ]);
  await closePages(sql, { bucket, n });
  const facts = rows
    .filter((row) => row.n === n)
    .map((row) => factFromText(row.kind, row.day as Day, closed.get(row) ?? row.payload));
  await erasePapers(sql, { bucket, n }, requestFilesOf(facts));
  const person = personRowOf(facts);
  if (person !== undefined)
    await sql.run("update person set facts = $3 where bucket = $1 and n = $2", [
      bucket,
      n,
      sealedFacts(sql.vault, personPlace({ bucket, n }), person),
    ]);
  const notes = noteRowOf(facts);
  if (notes !== undefined)
    await sql.run("update bureau_note set facts = $3 where bucket = $1 and n = $2", [
      bucket,
      n,
      sealedFacts(sql.vault, notePlace({ bucket, n }), notes),
    ]);
}

/** Nobody comes in to his pages any more: sessions, remembered devices and links end. */
async function closePages(sql: Sql, { bucket, n }: Key): Promise<void> {
  const his = `(select s.id from staff s join borrower b on b.lender = s.lender and b.external_id = s.party
    where b.bucket = $1 and b.n = $2 and s.role = 'borrower')`;
  for (const table of ["staff_session", "portal_device", "sign_in_link"])
    await sql.run(`delete from ${table} where staff in ${his}`, [bucket, n]);
  await sql.run(`update staff set active = 0 where id in ${his}`, [bucket, n]);
}

/** Hashes of what he added to his complaints and requests. */
const requestFilesOf = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) => (fact.kind === "RequestFileAdded" ? [fact.sha256] : []));

/**
 * His letters lose their addressee and their files, his loans the papers that were registered on them, his requests the documents that were
 * added to them: a file goes where nobody else's letter, loan or request has the same bytes. The facts go on to hold the hashes of what there
 * was.
 */
async function erasePapers(sql: Sql, { bucket, n }: Key, ofRequests: readonly string[]): Promise<void> {
  const letters = await lettersAt(sql, [{ bucket, n }]);
  for (const { id, body } of letters) {
    const { about: _about, ...letter }: Record<string, unknown> = JSON.parse(body);
    await sql.run("update letter set body = $4, file = null where bucket = $1 and n = $2 and id = $3", [
      bucket,
      n,
      id,
      sealed(
        sql.vault,
        letterPlace({ bucket, n }, id),
        JSON.stringify({ ...letter, addressee: { name: "–" } }),
      ),
    ]);
  }
  const last = n + LOANS_A_BORROWER - 1;
  const papers = await sql.query<{ sha256: string }>(
    "select sha256 from loan_document where bucket = $1 and n between $2 and $3",
    [bucket, n, last],
  );
  await sql.run("delete from loan_document where bucket = $1 and n between $2 and $3", [bucket, n, last]);
  await dropRequestFiles(sql, { bucket, n }, ofRequests);
  const files = [...letters.map(({ file }) => file), ...papers.map(({ sha256 }) => sha256), ...ofRequests];
  await sql.run(
    `delete from kept_file f where f.bucket >= 0 and f.sha256 = any($1::text[])
       and not exists (select 1 from letter l where l.bucket >= 0 and l.file = f.sha256)
       and not exists (select 1 from loan_document d where d.bucket >= 0 and d.sha256 = f.sha256)
       and not exists (select 1 from request_file r where r.bucket = f.bucket and r.sha256 = f.sha256)`,
    [files.filter((file) => file !== null)],
  );
}
