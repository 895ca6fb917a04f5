import {
  BAND_CLOSED,
  type Day,
  type Fact,
  type Instant,
  instantAt,
  keyToNumber,
  LOANS_A_BORROWER,
} from "../core/index.ts";
import type { Action } from "../dayclose/index.ts";
import type { ActionKey, BorrowerKey } from "../dispatch/index.ts";
import { CopyWriter } from "./copy.ts";
import { ACT_CODES, actionName, lockBorrowers, STATE, SUPERVISOR, seqsOf } from "./outbox-rows.ts";
import { ACTORS, distinctKeys, JOURNAL_COLUMNS, keyArrays, writeJournal } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** A borrower of whom a loan's end was written down, and on which day. */
export interface EndedLoan extends BorrowerKey {
  /** Key of the loan. */
  readonly loan: number;
  readonly on: Day;
}

interface PlannedRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly on_day: number;
  readonly act: number;
  readonly item: number;
  readonly steps: string;
}

/**
 * Cancels what is planned about loans that have ended and about no other: messages, calls and questions to people.
 *
 * Takes   the ends that this close has written, its own actions stored; the zone that the business day is of.
 * Holds   what tells the borrower of the end stays, and so does a supervisor's question, which is about a person, and
 *         one about a matter, which goes on. What is
 *         also about a loan that goes on stays and is judged when it is made. Each cancelled action is a fact of its borrower.
 */
export async function cancelOfEnded(
  sql: Sql,
  ended: readonly EndedLoan[],
  zone: string,
  recordedAt: Instant,
): Promise<void> {
  if (ended.length === 0) return;
  const endedOn = new Map<number, Day>();
  for (const { bucket, loan, on } of ended) endedOn.set(keyToNumber({ bucket, n: loan }), on);
  const owners = distinctKeys(ended);
  await lockBorrowers(sql, owners);
  const rows = await sql.query<PlannedRow>(
    `select o.bucket, o.n, o.on_day, o.act, o.item, o.steps
     from ${keyArrays(owners)} join outbox o on o.bucket = k.bucket and o.n = k.n
     where o.state = ${STATE.planned} and o.what not like '${SUPERVISOR}%'
       and o.act <> ${ACT_CODES["ask-matter"]}
     order by o.bucket, o.n, o.on_day, o.act, o.item`,
  );
  if (rows.length === 0) return;
  const over = await overLoans(sql, owners);
  const seqs = await seqsOf(sql, owners);
  const facts = new CopyWriter(1 << 12);
  const keys: ActionKey[] = [];
  for (const { bucket, n, on_day, act, item, steps } of rows) {
    const about = JSON.parse(steps) as Action["steps"];
    const ends = about.map((step) => endedOn.get(keyToNumber({ bucket, n: step.n })));
    if (!about.every((step) => over.has(keyToNumber({ bucket, n: step.n })))) continue;
    // Planned by the end itself: it is what tells of it.
    const on = Math.max(...ends.map((end) => end ?? 0)) as Day;
    if (on === 0 || on_day >= on) continue;
    const key: ActionKey = { bucket, n, on: on_day as Day, act, item };
    keys.push(key);
    const owner = keyToNumber({ bucket, n });
    const seq = (seqs.get(owner) ?? 0) + 1;
    seqs.set(owner, seq);
    const at = instantAt(zone, on, 0);
    const fact: Fact = {
      kind: "ActionCancelled",
      on,
      at,
      action: actionName(key),
      why: "loan-ended",
      rules: [],
    };
    writeJournal(facts, { bucket, n, seq, recordedAt, actor: ACTORS.close, fact }, sql.vault);
  }
  if (keys.length === 0) return;
  await sql.copyIn("journal", JOURNAL_COLUMNS, facts.finish());
  await sql.run(
    `update outbox o set state = ${STATE.cancelled}, state_at = $6
     from unnest($1::int4[], $2::int4[], $3::int4[], $4::int2[], $5::int2[]) as k(bucket, n, on_day, act, item)
     where o.bucket = k.bucket and o.n = k.n and o.on_day = k.on_day and o.act = k.act and o.item = k.item`,
    [
      keys.map(({ bucket }) => bucket),
      keys.map(({ n }) => n),
      keys.map(({ on }) => on),
      keys.map(({ act }) => act),
      keys.map(({ item }) => item),
      recordedAt,
    ],
  );
}

/** Loans of these borrowers of which no close makes anything any more. */
async function overLoans(sql: Sql, owners: readonly BorrowerKey[]): Promise<ReadonlySet<number>> {
  const rows = await sql.query<BorrowerKey & Record<string, unknown>>(
    `select l.bucket, l.n from ${keyArrays(owners)}
     join loan_state l on l.bucket = k.bucket and l.n > k.n and l.n < k.n + ${LOANS_A_BORROWER}
     where l.band = ${BAND_CLOSED}`,
  );
  return new Set(rows.map(keyToNumber));
}
