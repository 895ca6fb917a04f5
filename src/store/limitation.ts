import { borrowerN, type Fact, type Key, keyToNumber, type LoanState, type Product } from "../core/index.ts";
import { products } from "./catalog.ts";
import { journalsOf, readWaiting } from "./close-store.ts";
import { loansByRange } from "./read.ts";
import { keyArrays } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** A loan with all that was booked of it and of its borrower, what waits for a close included. */
export interface LoanWithJournals {
  readonly loan: LoanState;
  readonly product: Product;
  readonly facts: readonly Fact[];
  readonly ofBorrower: readonly Fact[];
}

/** Loans whose journals are in memory at a time. */
const AT_ONCE = 500;

/**
 * The loans of a lender that are wanted, with their journals. The rows of the book are read once, the journals only of those
 * that are wanted.
 *
 * Gives   them by the five hundred, and how much of the book was read by then.
 */
export async function* loansWithJournals(
  sql: Sql,
  lender: string,
  wanted: (loan: LoanState, product: Product) => boolean,
): AsyncGenerator<{
  readonly loans: readonly LoanWithJournals[];
  readonly done: number;
  readonly of: number;
}> {
  const own = new Map(
    (await products(sql)).filter((one) => one.lender === lender).map((one) => [one.id, one]),
  );
  const [count] = await sql.query<{ loans: number }>("select count(*)::int8 as loans from loan_state");
  const of = count!.loans;
  let done = 0;
  for await (const range of loansByRange(sql, [...own.keys()])) {
    const found = range.map(({ loan }) => loan).filter((loan) => wanted(loan, own.get(loan.product)!));
    for (let from = 0; from < found.length; from += AT_ONCE) {
      const some = found.slice(from, from + AT_ONCE);
      yield { loans: await withJournals(sql, some, own), done, of };
    }
    done += range.length;
    yield { loans: [], done, of };
  }
}

async function withJournals(
  sql: Sql,
  loans: readonly LoanState[],
  own: ReadonlyMap<number, Product>,
): Promise<LoanWithJournals[]> {
  const owners = new Map(loans.map((loan) => [keyToNumber(ownerOf(loan)), ownerOf(loan)]));
  const journals = await journalsOf(sql, [...loans, ...owners.values()]);
  const keys = await sql.query<{ bucket: number; n: number }>(
    `select distinct i.bucket, i.n from ${keyArrays(loans)} join inbox i on i.bucket = k.bucket and i.n = k.n`,
  );
  const waiting = new Map<number, readonly Fact[]>();
  for (const { bucket, n } of keys)
    for (const [id, { facts }] of await readWaiting(sql, `bucket = ${bucket} and n = ${n}`, new Map()))
      waiting.set(id, facts);
  return loans.map((loan) => ({
    loan,
    product: own.get(loan.product)!,
    facts: [...(journals.get(keyToNumber(loan)) ?? []), ...(waiting.get(keyToNumber(loan)) ?? [])],
    ofBorrower: journals.get(keyToNumber(ownerOf(loan))) ?? [],
  }));
}

const ownerOf = ({ bucket, n }: Key): Key => ({ bucket, n: borrowerN(n) });
