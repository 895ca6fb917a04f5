import { type Key, keyToNumber } from "../core/index.ts";
import { openBorrower } from "./profile.ts";
import { keyArrays } from "./rows.ts";
import type { Row, Sql } from "./sql.ts";

/** What a question about courts needs to know of a borrower besides his journal. */
export interface DefendantRow extends Row {
  readonly loans: number;
  readonly name: string | null;
  readonly address: string | null;
}

/** These borrowers by their keys; one that is not there is left out. */
export async function defendantsOf(
  sql: Sql,
  owners: readonly Key[],
): Promise<ReadonlyMap<number, DefendantRow>> {
  if (owners.length === 0) return new Map();
  const rows = await sql.query<DefendantRow & Key & { readonly sealed?: string | null }>(
    `select b.bucket, b.n, b.loans, b.name, b.address, b.sealed from ${keyArrays(owners)} join borrower b on b.bucket = k.bucket and b.n = k.n`,
  );
  return new Map(
    rows.map((row) => {
      const { loans, name, address } = openBorrower(sql, row);
      return [keyToNumber(row), { loans, name, address }];
    }),
  );
}
