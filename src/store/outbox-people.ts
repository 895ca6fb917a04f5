import {
  BUCKETS,
  type ContactReopened,
  type Day,
  dayAt,
  FACT_CODES,
  formatDay,
  type Instant,
  parseDay,
} from "../core/index.ts";
import type { ActionKey, Decided, Standing } from "../dispatch/index.ts";
import { type Lender, lenders, type Shelves } from "./catalog.ts";
import { contextOf } from "./close-store.ts";
import { ACT_CODES, actionName, lockBorrowers, type OutboxState, STATE, seqsOf } from "./outbox-rows.ts";
import { appendJournal } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";
import { readStanding } from "./standing.ts";

/** An action of the outbox as a person is shown it. */
export interface OutboxEntry {
  readonly action: string;
  readonly lender: string;
  readonly borrower: string;
  readonly state: OutboxState;
  readonly via: string;
  readonly what: string;
  readonly slot: Instant;
  readonly stateAt: Instant;
  /** The channel's last word, where it had one. */
  readonly reason?: string;
}

const STATES = Object.fromEntries(Object.entries(STATE).map(([name, code]) => [code, name])) as Record<
  number,
  OutboxState
>;

/** Actions in these states, the newest first, with the reason that stands in the journal. */
export async function listOutbox(
  db: Database,
  states: readonly OutboxState[],
  limit: number,
  of?: Pick<Lender, "id">,
): Promise<readonly OutboxEntry[]> {
  const rows = await db.query<OutboxRow & { lender: string; borrower: string }>(
    `select o.bucket, o.n, o.on_day, o.act, o.item, o.state, o.via, o.what, o.slot, o.state_at,
       l.code as lender, b.external_id as borrower
     from outbox o join borrower b on b.bucket = o.bucket and b.n = o.n join lender l on l.id = o.lender
     where o.bucket >= 0 and o.state = any($1::int2[]) and ($3::int2 is null or o.lender = $3)
     order by o.state_at desc, o.bucket, o.n, o.on_day limit $2`,
    [states.map((state) => STATE[state]), limit, of?.id ?? null],
  );
  const entries: OutboxEntry[] = [];
  for (const row of rows) {
    const action = nameOf(row);
    const reason = STATES[row.state] === "failed" ? await lastWord(db, row, action) : undefined;
    entries.push({
      action,
      lender: row.lender,
      borrower: row.borrower,
      state: STATES[row.state]!,
      via: row.via,
      what: row.what,
      slot: row.slot,
      stateAt: row.state_at,
      ...(reason === undefined ? {} : { reason }),
    });
  }
  return entries;
}

interface OutboxRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly on_day: number;
  readonly act: number;
  readonly item: number;
  readonly state: number;
  readonly via: string;
  readonly what: string;
  readonly slot: number;
  readonly state_at: number;
}

const nameOf = ({ on_day, ...row }: OutboxRow): string => actionName({ ...row, on: on_day as Day });

async function lastWord(sql: Sql, { bucket, n }: OutboxRow, action: string): Promise<string | undefined> {
  const rows = await sql.query<{ payload: string }>(
    `select payload from journal where bucket = $1 and n = $2 and kind = ${FACT_CODES.ContactEnded} order by seq desc limit 50`,
    [bucket, n],
  );
  const ended = rows
    .map(({ payload }) => JSON.parse(payload) as { action: string; receipt: string })
    // A second channel's contact has the action's name with its number behind it.
    .find((one) => one.action === action || one.action.startsWith(`${action}+`));
  return ended?.receipt;
}

/** The key of an action by its name, as messages, facts and lists have it. */
export function actionKeyOf(name: string): ActionKey | undefined {
  const match = /^(\d{1,4})-(\d{1,10})\/(\d{4}-\d\d-\d\d)\/([a-z-]+)(?:\/(\d+))?(?:\+\d+)?$/.exec(name);
  if (!match) return undefined;
  const on = parseDay(match[3]!);
  const act = ACT_CODES[match[4] as keyof typeof ACT_CODES];
  if (on === undefined || act === undefined) return undefined;
  return { bucket: Number(match[1]), n: Number(match[2]), on, act, item: Number(match[5] ?? 0) };
}

/** Of these actions those whose borrower is a lender's. */
export async function ownActions(
  sql: Sql,
  lender: Pick<Lender, "id">,
  names: readonly string[],
): Promise<string[]> {
  const keys = names.flatMap((name) => {
    const key = actionKeyOf(name);
    return key && key.bucket < BUCKETS && key.n < 2 ** 31 ? [{ name, ...key }] : [];
  });
  if (keys.length === 0) return [];
  const rows = await sql.query<{ bucket: number; n: number }>(
    `select b.bucket, b.n from unnest($1::int4[], $2::int4[]) as k(bucket, n)
     join borrower b on b.bucket = k.bucket and b.n = k.n where b.lender = $3`,
    [keys.map(({ bucket }) => bucket), keys.map(({ n }) => n), lender.id],
  );
  const own = new Set(rows.map(({ bucket, n }) => `${bucket}/${n}`));
  return keys.filter(({ bucket, n }) => own.has(`${bucket}/${n}`)).map(({ name }) => name);
}

export interface Reopening {
  readonly by: string;
  readonly reason: string;
  /** The person knows that it did not go out: without that, what nobody knows the end of is not sent again. */
  readonly surelyNotSent: boolean;
}

export type Reopened =
  | { readonly ok: true; readonly was: "failed" | "unknown"; readonly would?: Would }
  | {
      readonly ok: false;
      readonly code: "no-such-action" | "not-failed" | "unknown-outcome";
      readonly says: string;
    };
/** What would become of it now. */
export type Would =
  | { readonly kind: "send"; readonly via: string; readonly text: string }
  | { readonly kind: "cancel" | "later"; readonly why: string };

/**
 * Puts a failed action back among the planned ones, by a person's order. It is judged again when it is sent, like any.
 *
 * Takes   the action's name; who orders it and why; `decide`, the second judgment, for a dry run that changes nothing.
 * Refuses an action that did not fail; one of unknown outcome unless the person says that it surely did not go out.
 * Holds   the order stands in the borrower's journal.
 */
export async function reopenAction(
  db: Database,
  shelves: Shelves,
  name: string,
  order: Reopening,
  now: Instant,
  dryRun?: (standing: Standing, now: Instant) => Decided,
): Promise<Reopened> {
  const key = actionKeyOf(name);
  const no = { ok: false, code: "no-such-action", says: `no action ${name} in the outbox` } as const;
  if (!key) return no;
  let answer: Reopened | undefined;
  try {
    return await db.tx(async (sql) => {
      const done = (await reopen(sql, key, order, now)) ?? no;
      if (!done.ok || !dryRun) return done;
      answer = { ...done, would: await rehearse(sql, db, shelves, key, now, dryRun) };
      throw new RolledBack();
    });
  } catch (error) {
    if (error instanceof RolledBack) return answer!;
    throw error;
  }
}

/** Ends a transaction in which only was tried what would happen. */
class RolledBack extends Error {}

async function reopen(
  sql: Sql,
  key: ActionKey,
  order: Reopening,
  now: Instant,
): Promise<Reopened | undefined> {
  const [borrower] = await lockBorrowers(sql, [key]);
  const [row] = await sql.query<OutboxRow & { zone: string }>(
    `select o.*, coalesce(b.zone, l.zone) as zone from outbox o
     join borrower b on b.bucket = o.bucket and b.n = o.n join lender l on l.id = o.lender
     where o.bucket = $1 and o.n = $2 and o.on_day = $3 and o.act = $4 and o.item = $5`,
    [key.bucket, key.n, key.on, key.act, key.item],
  );
  if (!borrower || !row) return undefined;
  const action = nameOf(row);
  const was = STATES[row.state]!;
  if (was !== "failed" && was !== "unknown")
    return { ok: false, code: "not-failed", says: `${action} is ${was}: only what failed is sent again` };
  if (was === "unknown" && !order.surelyNotSent)
    return {
      ok: false,
      code: "unknown-outcome",
      says: `nobody knows whether ${action} went out, so it counts as made; ask the carrier first`,
    };
  const { bucket, n } = key;
  const fact: ContactReopened = {
    kind: "ContactReopened",
    on: dayAt(row.zone, now),
    at: now,
    action,
    was,
    by: order.by,
    reason: order.reason,
  };
  const seq = (await seqsOf(sql, [key])).values().next().value ?? 0;
  await appendJournal(sql, { bucket, n }, seq, [fact], now);
  await sql.run(
    `update outbox set state = ${STATE.planned}, slot = $6, state_at = $6, tried = null
     where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5`,
    [bucket, n, key.on, key.act, key.item, now],
  );
  return { ok: true, was };
}

async function rehearse(
  sql: Sql,
  db: Database,
  shelves: Shelves,
  key: ActionKey,
  now: Instant,
  decide: (standing: Standing, now: Instant) => Decided,
): Promise<Would> {
  const all = await lenders(sql);
  const contexts = new Map<number, Awaited<ReturnType<typeof contextOf>>>();
  for (const { id, code } of all) contexts.set(id, await contextOf({ ...db, ...sql }, shelves, code));
  const [stood] = await readStanding(sql, [key], now, {
    all: new Map(all.map((lender) => [lender.id, lender])),
    contexts,
  });
  if (!stood?.standing) return { kind: "cancel", why: stood?.broken ?? "nothing is planned" };
  const decided = decide(stood.standing, now);
  const mine = decided.judged.find(
    ({ action }) => action.on === key.on && ACT_CODES[action.act] === key.act && action.item === key.item,
  );
  if (!mine)
    return { kind: "later", why: `after another action of his, or as part of it (${formatDay(key.on)})` };
  const { judged } = mine;
  if (judged.kind === "send") return { kind: "send", via: judged.message.via, text: judged.message.text };
  const why = judged.kind === "cancel" ? [judged.why, ...judged.rules] : judged.rules;
  return { kind: judged.kind, why: why.join(", ") };
}
