import {
  arrearsOn,
  type Case,
  type CaseClaimed,
  type Collector,
  canTake,
  type Day,
  dayAt,
  dayAtDpd,
  daysFromDue,
  type Fact,
  type Instant,
  type Key,
  keyToNumber,
  LOANS_A_BORROWER,
  type LoanState,
  MATTER,
  MAY_WE,
  type Minor,
  promiseOn,
  type Ranked,
  rank,
  resultOf,
  type Skills,
} from "../core/index.ts";
import type { Action, CloseContext } from "../dayclose/index.ts";
import type { ActionKey } from "../dispatch/index.ts";
import type { Lender, Shelves } from "./catalog.ts";
import { addExtras, contextOf } from "./close-store.ts";
import { idsOf } from "./lookups.ts";
import { ACT_CODES, actionName, STATE, SUPERVISOR } from "./outbox-rows.ts";
import { keyArrays, LOAN_COLUMNS, readLoans } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";
import { lockBorrower, stateOf, tell } from "./team-action.ts";

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

// --- the worklist ------------------------------------------------------------------------------------------------

/** A case of the worklist: the action, and whose it is. */
export interface WorkCase extends Case {
  readonly key: ActionKey;
  readonly id: string;
  readonly borrower: string;
  /** Outside ids of the loans that it is about. */
  readonly loans: readonly string[];
  readonly what: string;
  readonly steps: readonly string[];
  readonly claimedBy?: string;
  readonly claimedUntil?: Instant;
}

/** Whether an act was put off beyond an instant. Of several calls to one person one carries them all: they are put off together. */
const putOff = (table: string, now: string): string =>
  `select 1 from put_off p where p.bucket = ${table}.bucket and p.n = ${table}.n and p.act = ${table}.act and p.until_at > ${now}
     and (p.act = ${ACT_CODES.call} or (p.on_day = ${table}.on_day and p.item = ${table}.item))`;

/** The oldest so many planned acts are ranked; the rest waits behind them, so that the list costs the same however large the book. */
const RANKED_AT_MOST = 5_000;
/** Days back in which a contact, or a word for the supervisor, is looked for. */
const LOOK_BACK = 60;

interface PlannedRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly on_day: number;
  readonly act: number;
  readonly item: number;
  readonly slot: number;
  readonly what: string;
  readonly steps: string;
  readonly borrower: string;
  readonly language: string | null;
  readonly zone: string | null;
  readonly collector: string | null;
  readonly until_at: number | null;
}

/**
 * The calls and questions that are planned by now, in the order in which they are to be taken, each with its reason.
 *
 * Holds   a case somebody holds is told with his name, and is nobody else's; what is paid by the last close is left out, and
 *         so is a call that nobody made while its stage lasted. A question waits until somebody answers it.
 */
export async function worklist(
  db: Sql,
  shelves: Shelves,
  lender: Lender,
  now: Instant,
): Promise<Ranked<WorkCase>[]> {
  const context = await contextOf(db, shelves, lender.code);
  const rows = await db.query<PlannedRow>(
    `select o.bucket, o.n, o.on_day, o.act, o.item, o.slot, o.what, o.steps, b.external_id as borrower, b.language,
       b.zone, c.collector, c.until_at
     from (
       select * from outbox where lender = $1 and state = ${STATE.planned} and slot <= $2
         and act not in (${ACT_CODES.message}, ${ACT_CODES.letter})
         and not exists (${putOff("outbox", "$2")})
       order by on_day, bucket, n, act, item limit ${RANKED_AT_MOST}
     ) o join borrower b on b.bucket = o.bucket and b.n = o.n
     left join claim c on c.bucket = o.bucket and c.n = o.n and c.until_at > $2
     order by o.on_day, o.bucket, o.n, o.act, o.item`,
    [lender.id, now],
  );
  const loans = await loansOf(db, rows);
  const contacts = await lastContacts(db, rows, (dayAt(lender.zone, now) - LOOK_BACK) as Day);
  const keys = [...loans.values()].map(({ bucket, n }) => ({ bucket, n }));
  const ids = await idsOf(db, keys);
  const cases = lastCalls(rows).flatMap(
    (row) => caseOf(row, { loans, contacts, ids, context, lender, now }) ?? [],
  );
  return rank(cases, dayAt(lender.zone, now));
}

/**
 * Of several calls that are planned for one person the last one carries them all, as dispatch has it; of a question whether
 * a step may be made that was asked again, the last one stands.
 */
function lastCalls(rows: readonly PlannedRow[]): PlannedRow[] {
  const last = new Map<string, PlannedRow>();
  for (const row of rows) {
    const { bucket, n, on_day, act, item, what } = row;
    const which = what.startsWith(MAY_WE) ? what : what.startsWith(MATTER) ? row.steps : on_day;
    last.set(`${bucket} ${n} ${act}${act === ACT_CODES.call ? "" : ` ${item} ${which}`}`, row);
  }
  return [...last.values()];
}

interface Known {
  readonly loans: ReadonlyMap<number, LoanState>;
  readonly contacts: ReadonlyMap<number, Instant>;
  readonly ids: ReadonlyMap<number, string>;
  readonly context: CloseContext;
  readonly lender: Lender;
  readonly now: Instant;
}

function caseOf(row: PlannedRow, known: Known): WorkCase | undefined {
  const { bucket, n, act, item, what, slot, borrower } = row;
  const { context, lender, now } = known;
  const steps = JSON.parse(row.steps) as Action["steps"];
  const zone = row.zone ?? lender.zone;
  const today = dayAt(zone, now);
  const on = row.on_day as Day;
  const asksWhether = what.startsWith(MAY_WE);
  const asksMatter = what.startsWith(MATTER);
  const open = steps.flatMap(({ n: of, step }) => {
    const loan = known.loans.get(keyToNumber({ bucket, n: of }));
    if (!loan || (!isOwed(loan) && !asksMatter) || loan.setAside) return [];
    // What was allowed since, or has lapsed, is asked of nobody.
    if (asksWhether && !loan.extra?.blocked?.some((blocked) => blocked.step === step)) return [];
    return [{ loan, step }];
  });
  // A supervisor's question outlives the debt; a call does not.
  if (open.length === 0 && !what.startsWith(SUPERVISOR)) return undefined;
  const last = known.contacts.get(keyToNumber({ bucket, n }));
  const all = open.map((one) => figuresOf(one, context, today, on, last, zone));
  const figures = act === ACT_CODES.call ? all.filter(({ isOver }) => !isOver) : all;
  if (open.length > 0 && figures.length === 0) return undefined;
  const least = (days: readonly (number | undefined)[]): Day | undefined =>
    days.reduce<number | undefined>(
      (a, b) => (b === undefined ? a : a === undefined ? b : Math.min(a, b)),
      undefined,
    ) as Day | undefined;
  const lastDay = least(figures.map((one) => one.lastDay));
  const brokenOn = least(figures.map((one) => one.brokenOn));
  return {
    key: { bucket, n, on, act, item },
    id: actionName({ bucket, n, on, act, item }),
    act: act === ACT_CODES.call ? "call" : "ask",
    on,
    slot,
    borrower,
    what,
    language: row.language ?? (lender.pack === "cn" ? "zh" : "en"),
    loans: steps.flatMap(({ n: of }) => known.ids.get(keyToNumber({ bucket, n: of })) ?? []),
    steps: steps.map(({ step }) => step),
    products: [...new Set(open.map(({ loan }) => context.product(loan.product).code))],
    stages: [...new Set(open.map(({ step }) => step.split("/")[0]!))],
    dpd: Math.max(0, ...figures.map(({ dpd }) => dpd)),
    arrears: figures.reduce((sum, { arrears }) => sum + arrears, 0) as Minor,
    ...(lastDay === undefined ? {} : { lastDay }),
    ...(brokenOn === undefined ? {} : { brokenOn }),
    ...(last === undefined ? {} : { lastContact: last }),
    ...(what.startsWith(SUPERVISOR) ? { supervisor: true } : {}),
    ...(asksWhether ? { ruleAsks: true } : {}),
    ...(row.collector === null ? {} : { claimedBy: row.collector, claimedUntil: row.until_at! }),
  };
}

const isOwed = ({ status }: LoanState): boolean => status === "open" || status === "written-off";

function figuresOf(
  { loan, step }: { readonly loan: LoanState; readonly step: string },
  context: CloseContext,
  today: Day,
  plannedOn: Day,
  lastContact: Instant | undefined,
  zone: string,
): { dpd: number; arrears: number; isOver: boolean; lastDay?: Day; brokenOn?: Day } {
  const product = context.product(loan.product);
  const planned = context.strategy(product.strategy)?.step(plannedOn, step);
  const dpd = daysFromDue(loan, product, today);
  const until = planned?.until;
  const broken = (loan.extra?.promises ?? []).flatMap((promise) => {
    if (promise.told !== "broken") return [];
    return [(promise.parts[promiseOn(promise, loan, product, today).part]!.on + 1) as Day];
  });
  const brokenOn = broken.at(-1);
  const spoken = lastContact !== undefined && brokenOn !== undefined && dayAt(zone, lastContact) >= brokenOn;
  const asOf = Math.max(today, loan.lateOn) as Day;
  return {
    dpd,
    // Its stage has ended, or the installment that it was planned for is paid and another one is late.
    isOver: planned !== undefined && (dpd > planned.until || loan.dueOn + planned.dpd > plannedOn),
    arrears: arrearsOn(loan, product, asOf).total,
    ...(until !== undefined && Number.isFinite(until) ? { lastDay: dayAtDpd(loan, product, until) } : {}),
    ...(brokenOn === undefined || spoken ? {} : { brokenOn }),
  };
}

async function loansOf(sql: Sql, rows: readonly PlannedRow[]): Promise<Map<number, LoanState>> {
  const keys = new Map<number, Key>();
  for (const { bucket, steps } of rows)
    for (const { n } of JSON.parse(steps) as Action["steps"])
      keys.set(keyToNumber({ bucket, n }), { bucket, n });
  if (keys.size === 0) return new Map();
  const columns = LOAN_COLUMNS.map((column) => `l.${column}`).join(", ");
  const stored = readLoans(
    await sql.copyOut(
      `select ${columns} from ${keyArrays([...keys.values()])} join loan_state l on l.bucket = k.bucket and l.n = k.n`,
    ),
  );
  await addExtras(sql, stored);
  return new Map(stored.map(({ loan }) => [keyToNumber(loan), loan]));
}

/** The last contact with each borrower, by anybody: begun from here, or reported. */
async function lastContacts(sql: Sql, rows: readonly Key[], since: Day): Promise<Map<number, Instant>> {
  if (rows.length === 0) return new Map();
  const owners = [...new Map(rows.map((row) => [keyToNumber(row), row])).values()];
  const found = await sql.query<{ bucket: number; n: number; at: number }>(
    `select j.bucket, j.n, max((j.payload::json->>'at')::int8) as at
     from ${keyArrays(owners)} join journal j on j.bucket = k.bucket and j.n = k.n
     where j.kind in (40, 55) and j.on_day >= ${since} group by j.bucket, j.n`,
  );
  return new Map(found.map(({ at, ...key }) => [keyToNumber(key), at]));
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
 * Takes   the worklist as ranked just now.
 * Holds   a borrower's row is locked before his case is given away, and whoever finds it locked goes on to the next: of
 *         any number who ask at once, no two hold one borrower. One who holds a case gets the same one again.
 */
export async function nextCase(
  db: Database,
  lender: Lender,
  ranked: readonly Ranked<WorkCase>[],
  { collector, now, lease }: ClaimAsked,
): Promise<Claimed> {
  return db.tx(async (sql) => {
    const member = await lockCollector(sql, lender, collector);
    if (!member) return no("unknown-collector", `no collector ${collector}; arrears collector lists them`);
    if (!member.active) return no("not-active", `collector ${collector} is not active`);
    const until = now + lease;
    const held = await heldBy(sql, lender, collector, now);
    if (held) {
      const taken = ranked.find(({ case: one }) => sameKey(one.key, held));
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
      if (await take(sql, lender, one.case, { collector, now, until }))
        return { ok: true, taken: one, until, again: false } as const;
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

async function take(
  sql: Sql,
  lender: Lender,
  one: WorkCase,
  { collector, now, until }: { readonly collector: string; readonly now: Instant; readonly until: Instant },
): Promise<boolean> {
  const { bucket, n, on, act, item } = one.key;
  // Whoever holds the row decides about this person just now: go on to the next one.
  const locked = await sql.query(
    "select n from borrower where bucket = $1 and n = $2 for update skip locked",
    [bucket, n],
  );
  if (locked.length === 0) return false;
  const [planned] = await sql.query(
    `select n from outbox where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5
       and state = ${STATE.planned} and not exists (${putOff("outbox", "$6")})`,
    [bucket, n, on, act, item, now],
  );
  if (!planned) return false;
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
  if (changed === 0) return false;
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
    await tell(sql, one.key, expired, now);
  }
  const claimed: CaseClaimed = { kind: "CaseClaimed", on: today, at: now, collector, until, action: one.id };
  await tell(sql, one.key, claimed, now);
  await countDay(sql, lender, collector, today, "claimed");
  return true;
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
