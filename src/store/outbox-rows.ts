import { actionId, type Instant, type Key, keyToNumber, loanIndex } from "../core/index.ts";
import type { Action } from "../dayclose/index.ts";
import type { ActionKey, BorrowerKey } from "../dispatch/index.ts";
import { openBorrower } from "./profile.ts";
import type { BorrowerRow } from "./read.ts";
import { keyArrays } from "./rows.ts";
import type { Sql } from "./sql.ts";

export const ACT_CODES = {
  message: 1,
  call: 2,
  letter: 3,
  ask: 4,
  "ask-letter": 5,
  "ask-mediation": 6,
  "ask-payment-order": 7,
  "ask-suit": 8,
  "ask-enforcement": 9,
  "ask-bureau": 10,
  "ask-matter": 11,
} as const satisfies Record<Action["act"], number>;
export const OUTBOX_COLUMNS = [
  "slot",
  "state_at",
  "bucket",
  "n",
  "on_day",
  "act",
  "item",
  "lender",
  "state",
  "via",
  "what",
  "strategy",
  "pack",
  "steps",
] as const;

/** What the outbox holds of an action's life. */
export const STATE = { planned: 0, started: 1, done: 2, cancelled: 3, unknown: 4, failed: 5 } as const;
export type OutboxState = keyof typeof STATE;
export const OUTBOX_STATES = Object.keys(STATE) as readonly OutboxState[];

export const ACTS = Object.fromEntries(Object.entries(ACT_CODES).map(([act, code]) => [code, act])) as Record<
  number,
  Action["act"]
>;
/** How facts and receipts name a row of the outbox. */
export const actionName = ({ bucket, n, on, act, item }: ActionKey): string =>
  `${bucket}-${n}/${actionId(on, ACTS[act]!, item)}`;

/** What is sent; questions for people wait in the outbox until somebody answers them. */
export const DUE_ACTS = [ACT_CODES.message, ACT_CODES.call, ACT_CODES.letter].join(", ");
/** Calls of a lender that has collectors are theirs: they take them from the worklist, and dispatch leaves them there. */
export const notOfATeam = (outbox: string): string =>
  `(${outbox}.act <> ${ACT_CODES.call} or ${outbox}.lender not in (select c.lender from collector c where c.active = 1))`;

/** A question for a supervisor says which result it comes from: `supervisor/abuse`. */
export const SUPERVISOR = "supervisor/";

/** A borrower's row, and whose he is. */
export interface OwnerRow extends BorrowerRow {
  readonly lender: number;
}

export async function lockBorrowers(sql: Sql, keys: readonly BorrowerKey[]): Promise<OwnerRow[]> {
  const rows = await sql.query<OwnerRow>(
    `select b.* from ${keyArrays(keys)} join borrower b on b.bucket = k.bucket and b.n = k.n
     order by b.bucket, b.n for update of b`,
  );
  return rows.map((row) => openBorrower(sql, row));
}

/** The number of each borrower's last fact; under his lock nobody adds another. */
export async function seqsOf(sql: Sql, keys: readonly BorrowerKey[]): Promise<Map<number, number>> {
  const rows = await sql.query<BorrowerKey & { seq: number } & Record<string, unknown>>(
    `select k.bucket, k.n,
       (select coalesce(max(j.seq), 0) from journal j where j.bucket = k.bucket and j.n = k.n) as seq
     from ${keyArrays(keys)}`,
  );
  return new Map(rows.map((row) => [keyToNumber(row), row.seq]));
}

/** What a strategy asked people of these loans is answered by what was done. */
export async function answerAsked(
  sql: Sql,
  { bucket, n }: Key,
  act: Action["act"],
  loans: readonly Key[],
  now: Instant,
): Promise<void> {
  await sql.run(
    `update outbox set state = ${STATE.done}, state_at = $5
     where bucket = $1 and n = $2 and act = $3 and item = any($4::int4[]) and state = ${STATE.planned}`,
    [bucket, n, ACT_CODES[act], loans.map((loan) => loanIndex(loan.n)), now],
  );
}
