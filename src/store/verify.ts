import {
  type Day,
  type Fact,
  type Key,
  keyToNumber,
  type LoanBooked,
  type LoanState,
  loanIndex,
  numberToKey,
  type Product,
} from "../core/index.ts";
import type { CloseContext, KeptMatters } from "../dayclose/index.ts";
import { requestsIn } from "./borrower-requests.ts";
import { openedNotes } from "./bureau.ts";
import { noteRowOf } from "./bureau-desk.ts";
import { lenders, products, type Shelves } from "./catalog.ts";
import { addExtras, chunksFor, contextOf } from "./close-store.ts";
import { enforcementsIn } from "./enforcement.ts";
import { openedPerson, personRowOf } from "./persons.ts";
import { proceedingsIn } from "./proceedings.ts";
import { JOURNAL_COLUMNS, type JournalEntry, LOAN_COLUMNS, readJournal, readLoans } from "./rows.ts";
import type { Sql } from "./sql.ts";

export interface Finding {
  readonly loan: string;
  readonly says: string;
  /** Whose loan it is, where it is one. */
  readonly lender?: string;
}

export interface Verified {
  readonly loans: number;
  readonly facts: number;
  readonly findings: readonly Finding[];
  /** Lenders whose last close was broken off: some of their loans are a day ahead of others. */
  readonly unfinished: readonly string[];
}

/** How one loan, and the journal of one borrower, are checked: `src/dayclose` knows, the store only reads. */
export interface Checks {
  readonly loan: (
    witness: {
      readonly loan: LoanState;
      readonly facts: readonly JournalEntry[];
      readonly product: Product;
      readonly closedThrough: Day | undefined;
    },
    context: CloseContext,
  ) => string | undefined;
  readonly journal: (facts: readonly JournalEntry[]) => string | undefined;
  readonly matters: (facts: readonly Fact[], kept: KeptMatters) => string | undefined;
}

/** Checks every loan of the book and every borrower's journal; keeps up to `limit` findings. */
export async function verifyBook(
  sql: Sql,
  shelves: Shelves,
  checks: Checks,
  onProgress: (loans: number, of: number) => void = () => {},
  limit = 100,
): Promise<Verified> {
  const contexts = new Map<string, CloseContext>();
  const byId = new Map((await products(sql)).map((product) => [product.id, product]));
  const all = await lenders(sql);
  const unfinished = all
    .filter(({ openOn, closedThrough }) => openOn > closedThrough + 1)
    .map(({ code }) => code);
  // Where a close was broken off, a loan may be judged only as of the last day that every loan has seen.
  const closed = new Map(
    all.map(({ code, closedThrough }) => [code, unfinished.includes(code) ? undefined : closedThrough]),
  );
  for (const { code } of all) contexts.set(code, await contextOf(sql, shelves, code));
  const [count] = await sql.query<{ loans: number }>("select count(*)::int8 as loans from loan_state");
  const findings: Finding[] = [];
  const find = (loan: string, says: string | undefined, lender?: string): void => {
    if (says && findings.length < limit) findings.push({ loan, says, ...(lender ? { lender } : {}) });
  };
  let loans = 0;
  let facts = 0;
  for (const { from, to } of chunksFor(count!.loans)) {
    const range = `bucket >= ${from} and bucket < ${to}`;
    const stored = readLoans(
      await sql.copyOut(`select ${LOAN_COLUMNS.join(", ")} from loan_state where ${range}`),
    );
    await addExtras(sql, stored);
    const journals = await journalsIn(sql, range);
    for (const journal of journals.values()) facts += journal.length;
    for (const { loan } of stored) {
      const product = byId.get(loan.product)!;
      const journal = journals.get(keyToNumber(loan)) ?? [];
      journals.delete(keyToNumber(loan));
      const witness = { loan, facts: journal, product, closedThrough: closed.get(product.lender) };
      const id = (journal[0]?.fact as LoanBooked | undefined)?.id ?? `${loan.bucket}/${loan.n}`;
      find(id, checks.loan(witness, contexts.get(product.lender)!), product.lender);
    }
    const rows = await borrowerRowsIn(sql, range);
    for (const id of new Set([...journals.keys(), ...rows.keys()])) {
      const { bucket, n } = numberToKey(id);
      find(`${bucket}/${n}`, troubleOfBorrower(n, journals.get(id) ?? [], rows.get(id), checks));
    }
    loans += stored.length;
    onProgress(loans, count!.loans);
  }
  return { loans, facts, findings, unfinished };
}

async function journalsIn(sql: Sql, range: string): Promise<Map<number, JournalEntry[]>> {
  const journals = new Map<number, JournalEntry[]>();
  const columns = JOURNAL_COLUMNS.join(", ");
  for (const entry of readJournal(
    await sql.copyOut(`select ${columns} from journal where ${range} order by bucket, n, seq`),
    sql.vault,
  )) {
    const own = journals.get(keyToNumber(entry));
    if (own) own.push(entry);
    else journals.set(keyToNumber(entry), [entry]);
  }
  return journals;
}

/** What stands of a borrower in rows beside his journal, all of which follows from it. */
interface BorrowerRows {
  readonly person?: string;
  readonly notes?: string;
  readonly matters: KeptMatters;
}

const NO_MATTERS: KeptMatters = { proceedings: [], enforcements: [], requests: [] };

async function borrowerRowsIn(sql: Sql, range: string): Promise<Map<number, BorrowerRows>> {
  const rows = new Map<number, BorrowerRows>();
  const add = (key: Key, more: (before: BorrowerRows) => Partial<BorrowerRows>): void => {
    const before = rows.get(keyToNumber(key)) ?? { matters: NO_MATTERS };
    rows.set(keyToNumber(key), { ...before, ...more(before) });
  };
  type Noted = { bucket: number; n: number; facts: string };
  for (const row of await sql.query<Noted>(`select bucket, n, facts from person where ${range}`))
    add(row, () => ({ person: openedPerson(sql, row) }));
  for (const row of await sql.query<Noted>(`select bucket, n, facts from bureau_note where ${range}`))
    add(row, () => ({ notes: openedNotes(sql, row) }));
  for (const one of await proceedingsIn(sql, range))
    add(one.owner, ({ matters }) => ({
      matters: { ...matters, proceedings: [...matters.proceedings, one] },
    }));
  for (const one of await requestsIn(sql, range))
    add(one.owner, ({ matters }) => ({
      matters: { ...matters, requests: [...matters.requests, one] },
    }));
  for (const one of await enforcementsIn(sql, range))
    add(one.owner, ({ matters }) => ({
      matters: { ...matters, enforcements: [...matters.enforcements, one] },
    }));
  return rows;
}

function troubleOfBorrower(
  n: number,
  journal: readonly JournalEntry[],
  rows: BorrowerRows | undefined,
  checks: Checks,
): string | undefined {
  if (loanIndex(n) !== 0) return "facts of a loan that has no state row";
  const facts = journal.map(({ fact }) => fact);
  return (
    checks.journal(journal) ??
    differs("what is known of the person", rows?.person, personRowOf(facts)) ??
    differs("his credit record", rows?.notes, noteRowOf(facts)) ??
    checks.matters(facts, rows?.matters ?? NO_MATTERS)
  );
}

/** A row is what his journal says, word for word; the same members in another order are the same. */
function differs(what: string, row: string | undefined, replayed: string | undefined): string | undefined {
  if (canonical(row) === canonical(replayed)) return undefined;
  return `the row of ${what} is ${row ?? "absent"} and by replay ${replayed ?? "absent"}`;
}

const canonical = (text: string | undefined): string | undefined =>
  text === undefined
    ? undefined
    : JSON.stringify(JSON.parse(text), (_key, part) =>
        part && typeof part === "object" && !Array.isArray(part)
          ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
          : part,
      );
