import type { Day, Fact, Instant, Key } from "../core/index.ts";
import { openBorrower } from "./profile.ts";
import type { BorrowerRow } from "./read.ts";
import { appendJournal } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** One action of the outbox, by its key: what a person at work changes, one at a time. */
interface ActionKey extends Key {
  readonly on: Day;
  readonly act: number;
  readonly item: number;
}

/** The borrower's row is the lock under which all contacts with him are decided, over all workers and people. */
export async function lockBorrower(sql: Sql, key: Key): Promise<BorrowerRow> {
  const [row] = await sql.query<BorrowerRow>(
    "select * from borrower where bucket = $1 and n = $2 for update",
    [key.bucket, key.n],
  );
  return openBorrower(sql, row!);
}

/** Adds one fact to the borrower's own journal, under his lock. */
export async function tell(sql: Sql, owner: Key, fact: Fact, recordedAt: Instant): Promise<void> {
  const [last] = await sql.query<{ seq: number }>(
    "select coalesce(max(seq), 0) as seq from journal where bucket = $1 and n = $2",
    [owner.bucket, owner.n],
  );
  await appendJournal(sql, owner, last!.seq, [fact], recordedAt);
}

export async function mark(sql: Sql, key: ActionKey, state: number, now: Instant): Promise<void> {
  await sql.run(
    `update outbox set state = $6, state_at = $7
     where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5`,
    [key.bucket, key.n, key.on, key.act, key.item, state, now],
  );
}

export async function stateOf(sql: Sql, key: ActionKey): Promise<number | undefined> {
  const [row] = await sql.query<{ state: number }>(
    "select state from outbox where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5",
    [key.bucket, key.n, key.on, key.act, key.item],
  );
  return row?.state;
}
