import {
  type Fact,
  HARDSHIP_STATES,
  type HardshipMoved,
  type Instant,
  type Key,
  keyToNumber,
  type MatterDateCame,
} from "../core/index.ts";
import { answered } from "./matters.ts";
import { appendJournal } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** An offer that nobody accepted in its time, and to whom it was made. */
export interface OfferOver {
  readonly owner: Key;
  readonly over: MatterDateCame;
}

/**
 * Records of offers that a close found over what became of their requests: a fact of the borrower's own journal, and the row.
 *
 * Holds   in the close's own transaction, loans before their borrower. A request that has moved on meanwhile is left as it is.
 */
export async function lapseOffers(
  sql: Sql,
  over: readonly OfferOver[],
  journals: (keys: readonly Key[]) => Promise<ReadonlyMap<number, readonly Fact[]>>,
  lapse: (ofBorrower: readonly Fact[], over: MatterDateCame) => HardshipMoved | undefined,
  now: Instant,
): Promise<void> {
  for (const { owner, over: one } of over) {
    await sql.query("select n from borrower where bucket = $1 and n = $2 for update", [
      owner.bucket,
      owner.n,
    ]);
    const facts = (await journals([owner])).get(keyToNumber(owner)) ?? [];
    const fact = lapse(facts, one);
    if (!fact) continue;
    // Somebody was asked whether to remind him of its last day.
    await answered(sql, owner, { matter: fact.id, dates: [] }, now);
    await appendJournal(sql, owner, facts.length, [fact], now, "close");
    await sql.run(
      "update request set state = $4, state_at = $5, next_on = null where bucket = $1 and n = $2 and id = $3",
      [owner.bucket, owner.n, fact.id, HARDSHIP_STATES.indexOf("lapsed"), now],
    );
  }
}
