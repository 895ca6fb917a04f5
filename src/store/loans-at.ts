import { type Key, keyToNumber, LOANS_A_BORROWER, type LoanState } from "../core/index.ts";
import { addExtras } from "./close-store.ts";
import { bucketRange, keyArrays, LOAN_COLUMNS, readLoans } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** Rows of loans by their keys, in the order of the keys. */
export const loansAt = (sql: Sql, keys: readonly Key[]): Promise<LoanState[]> =>
  loansBy(sql, keys, "l.n = k.n");

/** Rows of all loans of borrowers, in the order of their keys. */
export const loansOfOwners = (sql: Sql, owners: readonly Key[]): Promise<LoanState[]> =>
  loansBy(sql, owners, `l.n > k.n and l.n < k.n + ${LOANS_A_BORROWER}`);

async function loansBy(sql: Sql, keys: readonly Key[], same: string): Promise<LoanState[]> {
  if (keys.length === 0) return [];
  const columns = LOAN_COLUMNS.map((column) => `l.${column}`).join(", ");
  const stored = readLoans(
    await sql.copyOut(
      `select ${columns} from ${keyArrays(keys)} join loan_state l on l.bucket = k.bucket and ${same}
       where ${bucketRange(keys, "l")} order by l.bucket, l.n`,
    ),
  );
  await addExtras(sql, stored);
  return stored.map(({ loan }) => loan);
}

/** The same by their keys. */
export const loansByKey = (loans: readonly LoanState[]): Map<number, LoanState> =>
  new Map(loans.map((loan) => [keyToNumber(loan), loan]));
