import type { Day, Key, OutsideFact, Product } from "../core/index.ts";
import type { Lender } from "./catalog.ts";
import type { Actor } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** A row that the book would not take, and why. */
export interface Refused {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly code: string;
  readonly says: string;
}

export interface Recorded {
  readonly added: number;
  /** Rows that were in the book already, word for word. */
  readonly same: number;
  /** Loans already in the book for which the row brought something new: a balance, a hold, another address. */
  readonly updated: number;
  readonly refused: readonly Refused[];
}

/** One transaction of an import: the connection, the lender whose row it holds, and what it has learnt. */
export interface Batch {
  readonly sql: Sql;
  readonly lender: Lender;
  readonly products: readonly Product[];
  readonly recordedAt: number;
  readonly remembered: Map<string, KnownLoan>;
  /** Of loans that facts were put into the inbox for, by key: the next number of this batch's millisecond. */
  readonly put: Map<number, number>;
  /** Who records: the import unless said. */
  readonly actor?: Actor;
}

/** What a person records within somebody else's transaction; products, where the facts of it are checked against their terms. */
export const personBatch = (
  sql: Sql,
  lender: Lender,
  recordedAt: number,
  products: readonly Product[] = [],
): Batch => ({
  sql,
  lender,
  products,
  recordedAt,
  remembered: new Map(),
  put: new Map(),
  actor: "person",
});

/** What never changes of a loan, and what an import must know of it. */
export interface KnownLoan {
  readonly key: Key;
  readonly disbursedOn: Day;
  readonly product: Product;
}

/** A fact that a row brings, and the row to blame if the book will not have it. */
export interface NewFact {
  readonly line: number;
  readonly key: Key;
  readonly fact: OutsideFact;
  readonly id: string;
  readonly column: string;
  readonly value: string;
}
