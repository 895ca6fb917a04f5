import {
  type CaseClaimed,
  type Collector,
  canTake,
  type Day,
  dayAt,
  type Fact,
  type Instant,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  type Ranked,
  resultOf,
  type Skills,
} from "../core/index.ts";
import type { CloseContext } from "../dayclose/index.ts";
import type { ActionKey } from "../dispatch/index.ts";
import type { Lender, Shelves } from "./catalog.ts";
import { contextOf } from "./close-store.ts";
import { idsOf } from "./lookups.ts";
import { STATE, SUPERVISOR } from "./outbox-rows.ts";
import type { Database, Sql } from "./sql.ts";
import { lockBorrower, stateOf, tell } from "./team-action.ts";
import { casesNow, type WorkCase } from "./worklist.ts";

// --- collectors --------------------------------------------------------------------------------------------------

/** A collector as he is registered. `lead` takes what a supervisor has to look at. */
export interface TeamMember extends Collector {
  readonly lead: boolean;
}

interface CollectorRow extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly skills: string;
  readonly capacity: number | null;
  readonly active: number;
}

const COLLECTOR = "select id, name, team, skills, capacity, active from collector";

function memberOf({ id, name, team, skills, capacity, active }: CollectorRow): TeamMember {
  const { lead, ...rest } = JSON.parse(skills) as Skills & { readonly lead?: boolean };
  return {
    id,
    name,
    team,
    skills: rest,
    lead: lead ?? false,
    active: active === 1,
    ...(capacity === null ? {} : { capacity }),
  };
}

export async function collectors(sql: Sql, lender: Pick<Lender, "id">): Promise<TeamMember[]> {
  const rows = await sql.query<CollectorRow>(`${COLLECTOR} where lender = $1 order by id`, [lender.id]);
  return rows.map(memberOf);
}

/** Registers a collector, or says anew what he is and can take. */
export async function putCollector(sql: Sql, lender: Pick<Lender, "id">, member: TeamMember): Promise<void> {
  const { id, name, team, skills, lead, capacity, active } = member;
  await sql.run(
    `insert into collector (lender, id, name, team, skills, capacity, active) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (lender, id) do update set name = excluded.name, team = excluded.team, skills = excluded.skills,
       capacity = excluded.capacity, active = excluded.active`,
    [
      lender.id,
      id,
      name,
      team,
      JSON.stringify({ ...skills, ...(lead ? { lead } : {}) }),
      capacity ?? null,
      active ? 1 : 0,
    ],
  );
}

// --- claims ------------------------------------------------------------------------------------------------------

export interface ClaimAsked {
  readonly collector: string;
  readonly now: Instant;
  /** How long the case is his, in milliseconds. */
  readonly lease: number;
}

export type Claimed =
  | {
      readonly ok: true;
      readonly taken: Ranked<WorkCase>;
      readonly until: Instant;
      /** He held it already, and holds it longer now. */
      readonly again: boolean;
    }
  | { readonly ok: false; readonly code: TeamRefusal; readonly says: string };

export type TeamRefusal =
  | "unknown-collector"
  | "not-active"
  | "capacity"
  | "nothing-to-do"
  | "no-case"
  | "taken-over"
  | "not-a-call"
  | "not-begun"
  | "already-begun"
  | "wrong-code"
  | "missing"
  | "not-then";

/** A case is put off for so long at most: what waits longer is a promise or a hold. */
const PUT_OFF_MOST_MS = 14 * 86_400_000;

const no = (code: TeamRefusal, says: string): { ok: false; code: TeamRefusal; says: string } => ({
  ok: false,
  code,
  says,
});

/**
 * The next case for a collector, with a lease: nobody else takes the same person before it ends or he gives it back.
 *
 * Takes   the worklist as it was ranked, some time ago perhaps: what is given away is read again.
 * Holds   a borrower's row is locked before his case is given away, and whoever finds it locked goes on to the next: of
 *         any number who ask at once, no two hold one borrower. One who holds a case gets the same one again.
 */
export async function nextCase(
  db: Database,
  shelves: Shelves,
  lender: Lender,
  ranked: readonly Ranked<WorkCase>[],
  { collector, now, lease }: ClaimAsked,
): Promise<Claimed> {
  const context = await contextOf(db, shelves, lender.code);
  return db.tx(async (sql) => {
    const member = await lockCollector(sql, lender, collector);
    if (!member) return no("unknown-collector", `no collector ${collector}; arrears collector lists them`);
    if (!member.active) return no("not-active", `collector ${collector} is not active`);
    const until = now + lease;
    const held = await heldBy(sql, lender, collector, now);
    if (held) {
      const taken = await caseNow(sql, context, lender, held, now);
      await sql.run("update claim set until_at = $3 where bucket = $1 and n = $2", [
        held.bucket,
        held.n,
        until,
      ]);
      if (taken) return { ok: true, taken, until, again: true } as const;
      if ((await stateOf(sql, held)) === STATE.started)
        return no("already-begun", "the call that was begun has no result yet; record it first");
      // What he held was cancelled or ended elsewhere since.
      await sql.run("delete from claim where bucket = $1 and n = $2", [held.bucket, held.n]);
    }
    const today = dayAt(lender.zone, now);
    if (member.capacity !== undefined && (await doneOn(sql, lender, collector, today)) >= member.capacity)
      return no("capacity", `${collector} has ended ${member.capacity} cases today, which is his capacity`);
    for (const one of ranked) {
      if (!canTake(member, one.case) || (one.case.supervisor && !member.lead)) continue;
      if (one.case.claimedBy !== undefined && one.case.claimedBy !== collector) continue;
      const taken = await take(sql, context, lender, one.case.key, { collector, now, until });
      if (taken) return { ok: true, taken, until, again: false } as const;
    }
    return no("nothing-to-do", `nothing in the worklist is for ${collector} now`);
  });
}

const sameKey = (a: ActionKey, b: ActionKey): boolean =>
  a.bucket === b.bucket && a.n === b.n && a.on === b.on && a.act === b.act && a.item === b.item;

/** The collector's own row, locked: he claims one case at a time, from however many windows. */
async function lockCollector(sql: Sql, lender: Lender, id: string): Promise<TeamMember | undefined> {
  const [row] = await sql.query<CollectorRow>(`${COLLECTOR} where lender = $1 and id = $2 for update`, [
    lender.id,
    id,
  ]);
  return row && memberOf(row);
}

/** The case that a collector holds, its lease over or not, unless somebody else has taken it since. */
async function heldBy(
  sql: Sql,
  lender: Lender,
  collector: string,
  now: Instant,
): Promise<ActionKey | undefined> {
  const [row] = await sql.query<ActionKey & Record<string, unknown>>(
    `select bucket, n, on_day as "on", act, item from claim
     where bucket >= 0 and lender = $1 and collector = $2 and until_at > $3 order by taken_at desc limit 1`,
    [lender.id, collector, now],
  );
  return row;
}

async function doneOn(sql: Sql, lender: Lender, collector: string, on: Day): Promise<number> {
  const [row] = await sql.query<{ done: number }>(
    "select done from collector_day where lender = $1 and collector = $2 and on_day = $3",
    [lender.id, collector, on],
  );
  return row?.done ?? 0;
}

async function countDay(
  sql: Sql,
  lender: Lender,
  collector: string,
  on: Day,
  what: "claimed" | "done",
): Promise<void> {
  const [claimed, done] = what === "claimed" ? [1, 0] : [0, 1];
  await sql.run(
    `insert into collector_day (lender, collector, on_day, claimed, done) values ($1, $2, $3, $4, $5)
     on conflict (lender, collector, on_day)
     do update set claimed = collector_day.claimed + excluded.claimed, done = collector_day.done + excluded.done`,
    [lender.id, collector, on, claimed, done],
  );
}

/** A case as it stands at this moment, if it still waits. */
async function caseNow(
  sql: Sql,
  context: CloseContext,
  lender: Lender,
  key: ActionKey,
  now: Instant,
): Promise<Ranked<WorkCase> | undefined> {
  const still = await casesNow(sql, context, lender, [key], now);
  return still.find(({ case: one }) => sameKey(one.key, key));
}

async function take(
  sql: Sql,
  context: CloseContext,
  lender: Lender,
  key: ActionKey,
  { collector, now, until }: { readonly collector: string; readonly now: Instant; readonly until: Instant },
): Promise<Ranked<WorkCase> | undefined> {
  const { bucket, n, on, act, item } = key;
  // Whoever holds the row decides about this person just now: go on to the next one.
  const locked = await sql.query(
    "select n from borrower where bucket = $1 and n = $2 for update skip locked",
    [bucket, n],
  );
  if (locked.length === 0) return undefined;
  const taken = await caseNow(sql, context, lender, key, now);
  if (!taken) return undefined;
  const [before] = await sql.query<{ collector: string }>(
    "select collector from claim where bucket = $1 and n = $2",
    [bucket, n],
  );
  const changed = await sql.run(
    `insert into claim (until_at, taken_at, bucket, n, on_day, act, item, lender, collector)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (bucket, n) do update set until_at = excluded.until_at, taken_at = excluded.taken_at,
       on_day = excluded.on_day, act = excluded.act, item = excluded.item, collector = excluded.collector
     where claim.until_at <= $2`,
    [until, now, bucket, n, on, act, item, lender.id, collector],
  );
  if (changed === 0) return undefined;
  await sql.run(
    "delete from put_off where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5",
    [bucket, n, on, act, item],
  );
  const today = dayAt(lender.zone, now);
  if (before) {
    const expired: Fact = {
      kind: "CaseReleased",
      on: today,
      at: now,
      collector: before.collector,
      why: "expired",
    };
    await tell(sql, key, expired, now);
  }
  const claimed: CaseClaimed = {
    kind: "CaseClaimed",
    on: today,
    at: now,
    collector,
    until,
    action: taken.case.id,
  };
  await tell(sql, key, claimed, now);
  await countDay(sql, lender, collector, today, "claimed");
  return taken;
}

/** Gives a case back without a result; with `backAt` nobody is given it before that instant. */
export async function releaseCase(
  db: Database,
  lender: Lender,
  { collector, now, reason, backAt }: Released,
): Promise<
  { readonly ok: true } | { readonly ok: false; readonly code: TeamRefusal; readonly says: string }
> {
  if (backAt !== undefined && (backAt <= now || backAt > now + PUT_OFF_MOST_MS))
    return no("not-then", "a case is put off to an instant within fourteen days from now");
  return db.tx(async (sql) => {
    const claim = await claimOf(sql, lender, collector);
    if (!claim) return no("no-case", `${collector} holds no case`);
    await lockBorrower(sql, claim);
    if (backAt !== undefined && (await stateOf(sql, claim)) === STATE.started)
      return no("already-begun", "the call that was begun has no result yet; record it first");
    const gone = await sql.run("delete from claim where bucket = $1 and n = $2 and collector = $3", [
      claim.bucket,
      claim.n,
      collector,
    ]);
    if (gone === 0) return no("taken-over", "somebody else has taken the case since");
    if (backAt !== undefined)
      await sql.run(
        `insert into put_off (bucket, n, on_day, act, item, until_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (bucket, n, on_day, act, item) do update set until_at = excluded.until_at`,
        [claim.bucket, claim.n, claim.on, claim.act, claim.item, backAt],
      );
    const on = dayAt(lender.zone, now);
    const rest = { ...(reason === undefined ? {} : { reason }), ...(backAt === undefined ? {} : { backAt }) };
    await tell(sql, claim, { kind: "CaseReleased", on, at: now, collector, why: "returned", ...rest }, now);
    return { ok: true } as const;
  });
}

interface Released {
  readonly collector: string;
  readonly now: Instant;
  readonly reason?: string | undefined;
  readonly backAt?: Instant | undefined;
}

/** The case of a collector: his last claim that nobody has taken over, though its lease may be past. */
export async function claimOf(
  sql: Sql,
  lender: Pick<Lender, "id">,
  collector: string,
): Promise<(ActionKey & { readonly until: Instant }) | undefined> {
  const [row] = await sql.query<ActionKey & { until: number } & Record<string, unknown>>(
    `select bucket, n, on_day as "on", act, item, until_at as until from claim
     where bucket >= 0 and lender = $1 and collector = $2 order by taken_at desc limit 1`,
    [lender.id, collector],
  );
  return row;
}

/** A case is over: the claim is gone, and counts against the day's capacity. */
export async function endCase(
  sql: Sql,
  lender: Lender,
  key: ActionKey,
  collector: string,
  now: Instant,
): Promise<void> {
  await sql.run("delete from claim where bucket = $1 and n = $2 and collector = $3", [
    key.bucket,
    key.n,
    collector,
  ]);
  const on = dayAt(lender.zone, now);
  await tell(sql, key, { kind: "CaseReleased", on, at: now, collector, why: "done" }, now);
  await countDay(sql, lender, collector, on, "done");
}

/** Ids of a borrower's loans by their number, for facts that name loans. */
export async function loansNamed(sql: Sql, owner: Key, ns: readonly number[]): Promise<string[]> {
  const ids = await idsOf(
    sql,
    ns.map((n) => ({ bucket: owner.bucket, n })),
  );
  return ns.flatMap((n) => ids.get(keyToNumber({ bucket: owner.bucket, n })) ?? []);
}

export const isOwned = (owner: Key, n: number): boolean => n > owner.n && n < owner.n + LOANS_A_BORROWER;

export const refuseTeam = no;
export const supervisorWhat = (code: string): string => `${SUPERVISOR}${resultOf(code)?.code ?? code}`;
