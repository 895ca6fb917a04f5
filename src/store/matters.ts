import { type Day, type Instant, type Key, MATTER, type MatterWatched } from "../core/index.ts";
import type { Action } from "../dayclose/index.ts";
import { type NewFact, personBatch } from "./batch.ts";
import type { Lender } from "./catalog.ts";
import { ACT_CODES, STATE } from "./outbox-rows.ts";
import { putFacts } from "./receipts.ts";
import type { Sql } from "./sql.ts";

/** The days of a matter as they are to be watched from now on, and the loan whose closes watch them. */
export interface MatterWish {
  readonly loan: Key;
  /** Key of the borrower himself. */
  readonly owner: Key;
  readonly fact: Omit<MatterWatched, "on" | "kind">;
  readonly on: Day;
}

/**
 * Hands the days of matters to the closes of their loans, and takes back what was asked about days that are watched no longer.
 *
 * Takes   the lender with its row held, as imports have it; ids that differ for each change of a matter's days.
 * Holds   never booked on a closed day; the same id with the same days twice changes nothing.
 */
export async function watchMatters(
  sql: Sql,
  lender: Lender,
  wishes: readonly MatterWish[],
  now: Instant,
): Promise<void> {
  const batch = personBatch(sql, lender, now);
  const news = wishes.map(({ loan, fact, on }, line): NewFact => {
    const booked: MatterWatched = { kind: "MatterWatched", on: Math.max(on, lender.openOn) as Day, ...fact };
    return { line, key: loan, fact: booked, id: `MatterWatched:${fact.id}`, column: "id", value: fact.id };
  });
  await putFacts(batch, news, []);
  for (const { owner, fact } of wishes) await answered(sql, owner, fact, now);
}

/** Questions about days of a matter that are watched no longer are answered; what they ask of other matters stays. */
export async function answered(
  sql: Sql,
  { bucket, n }: Key,
  { matter, dates }: Pick<MatterWish["fact"], "matter" | "dates">,
  now: Instant,
): Promise<void> {
  const rows = await sql.query<{ on: number; item: number; steps: string }>(
    `select on_day as "on", item, steps from outbox
     where bucket = $1 and n = $2 and act = ${ACT_CODES["ask-matter"]} and state = ${STATE.planned}`,
    [bucket, n],
  );
  const prefix = `${MATTER}${matter}/`;
  const still = new Set(dates.map(({ what }) => what));
  for (const { on, item, steps } of rows) {
    const about = JSON.parse(steps) as Action["steps"];
    const left = about.filter(
      ({ step }) => !step.startsWith(prefix) || still.has(step.slice(prefix.length).split("@")[0]!),
    );
    if (left.length === about.length) continue;
    await sql.run(
      `update outbox set steps = $5, state = $6, state_at = $7
       where bucket = $1 and n = $2 and on_day = $3 and act = ${ACT_CODES["ask-matter"]} and item = $4`,
      [
        bucket,
        n,
        on,
        item,
        JSON.stringify(left.length === 0 ? about : left),
        left.length === 0 ? STATE.done : STATE.planned,
        now,
      ],
    );
  }
}
