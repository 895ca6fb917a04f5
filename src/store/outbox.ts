import {
  actionId,
  type Channel,
  type Day,
  type DeliveryReported,
  dayAt,
  type Fact,
  type Instant,
  InvariantError,
  keyToNumber,
  parseDay,
} from "../core/index.ts";
import type { Action } from "../dayclose/index.ts";
import type {
  ActionKey,
  Begun,
  BorrowerKey,
  Decided,
  DueNow,
  Ended,
  Lease,
  Outbox,
  PlannedAction,
  Standing,
  Taken,
} from "../dispatch/index.ts";
import { lenders, type Shelves } from "./catalog.ts";
import { contextOf } from "./close-store.ts";
import { CopyReader, CopyWriter } from "./copy.ts";
import { type AddedRow, addCounts } from "./counts.ts";
import { ACT_CODES, DUE_ACTS, lockBorrowers, notOfATeam, STATE, seqsOf } from "./outbox-rows.ts";
import { type Addressed, rememberAddresses, rememberReferences } from "./refs.ts";
import { ACTORS, JOURNAL_COLUMNS, writeJournal } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";
import { type Lenders, marksOf, readStanding, type Stood } from "./standing.ts";
import type { Vault } from "./vault.ts";

/** The outbox over either engine. */
export function outboxStore(db: Database, shelves: Shelves): Outbox {
  // Asked for once a look over the outbox: each batch would ask again.
  let known: Promise<Lenders> | undefined;
  return {
    due: (now, lostBefore) => {
      known = undefined;
      return due(db, now, lostBefore);
    },
    take: async (lease, borrowers, now, decide) => {
      known ??= lendersOf(db, shelves);
      const all = await known;
      return db.tx((sql) => take(sql, lease, borrowers, now, decide, all));
    },
    unchanged: async (begun) => {
      if (begun.length === 0) return [];
      const marks = await marksOf(
        db,
        begun.map(({ key }) => key),
      );
      return begun.map(({ mark }, i) => mark === marks[i]);
    },
    end: async (lease, ended, now, release) => {
      if (ended.length + release.length > 0) await db.tx((sql) => end(sql, lease, ended, now, release));
    },
    giveUp: async (lost) => {
      if (lost.length === 0) return 0;
      return db.run(
        `update outbox o set state = ${STATE.unknown} from ${KEYS}
         where o.bucket = k.bucket and ${SAME_KEY} and o.state = ${STATE.started}`,
        keyParams(lost),
      );
    },
  };
}

const KEYS =
  "unnest($1::int4[], $2::int4[], $3::int4[], $4::int2[], $5::int2[]) as k(bucket, n, on_day, act, item)";
const SAME_KEY = "o.n = k.n and o.on_day = k.on_day and o.act = k.act and o.item = k.item";

const keyParams = (keys: readonly ActionKey[]): number[][] => [
  keys.map(({ bucket }) => bucket),
  keys.map(({ n }) => n),
  keys.map(({ on }) => on),
  keys.map(({ act }) => act),
  keys.map(({ item }) => item),
];

export async function lendersOf(db: Database, shelves: Shelves): Promise<Lenders> {
  const all = await lenders(db);
  const contexts = new Map<number, Awaited<ReturnType<typeof contextOf>>>();
  for (const { id, code } of all) contexts.set(id, await contextOf(db, shelves, code));
  return { all: new Map(all.map((lender) => [lender.id, lender])), contexts };
}

/** Reads the outbox once: which borrowers have something due, and what was begun and never ended. */
async function due(db: Database, now: Instant, lostBefore: Instant): Promise<DueNow> {
  const bytes = await db.copyOut(
    `select bucket, n, on_day, act, item, state from outbox
     where state in (${STATE.planned}, ${STATE.started}) and ((state = ${STATE.planned} and slot <= ${Math.floor(now)} and act in (${DUE_ACTS})
            and ${notOfATeam("outbox")})
        or (state = ${STATE.started} and state_at <= ${Math.floor(lostBefore)}))
     order by bucket, n`,
  );
  const borrowers: { bucket: number; n: number; actions: number }[] = [];
  const lost: ActionKey[] = [];
  const reader = new CopyReader(bytes);
  while (reader.row()) {
    const [bucket, n, on, act, item] = [
      reader.int4(),
      reader.int4(),
      reader.int4() as Day,
      reader.int2(),
      reader.int2(),
    ];
    if (reader.int2() === STATE.started) lost.push({ bucket, n, on, act, item });
    else {
      const last = borrowers.at(-1);
      if (last?.bucket === bucket && last.n === n) last.actions += 1;
      else borrowers.push({ bucket, n, actions: 1 });
    }
  }
  return { borrowers, lost };
}

// --- taking ------------------------------------------------------------------------------------------------------

async function take(
  sql: Sql,
  lease: Lease,
  borrowers: readonly BorrowerKey[],
  now: Instant,
  decide: (standing: Standing) => Decided,
  all: Lenders,
): Promise<Taken> {
  const asked = [...new Set(borrowers.map(({ bucket }) => bucket))];
  const { held, orphaned } = await leaseBuckets(sql, lease, asked, now);
  const unknown = orphaned.length > 0 ? await giveUpIn(sql, orphaned) : 0;
  const leased = asked.filter((bucket) => !held.has(bucket));
  const own = borrowers.filter(({ bucket }) => held.has(bucket));
  const written = new Written(now, sql.vault);
  const standing = own.length > 0 ? await readStanding(sql, own, now, all) : [];
  for (const stood of standing) written.decide(stood, decide);
  await written.store(sql);
  const { begun, cancelled, later, consolidated, broken, more } = written;
  return { begun, cancelled, later, consolidated, broken, more, unknown, leased };
}

/**
 * Buckets that this worker has from now on: those that are free, and those whose worker has been silent for too long.
 * What another worker is just taking is passed over.
 */
async function leaseBuckets(
  sql: Sql,
  { worker, forMs }: Lease,
  buckets: readonly number[],
  now: Instant,
): Promise<{ held: ReadonlySet<number>; orphaned: number[] }> {
  const rows = await sql.query<{ bucket: number; until: number; worker: string }>(
    `select bucket, until, worker from dispatch_lease
     where bucket = any($1::int4[]) and (until <= $2 or worker = $3) order by bucket for update skip locked`,
    [buckets, now, worker],
  );
  const orphaned = rows.filter((row) => row.until > 0 && row.worker !== worker).map(({ bucket }) => bucket);
  // One that is this worker's already is prolonged when half of its time is gone.
  const renew = rows.filter((row) => row.worker !== worker || row.until < now + forMs / 2);
  if (renew.length > 0) {
    await sql.run("update dispatch_lease set until = $2, worker = $3 where bucket = any($1::int4[])", [
      renew.map(({ bucket }) => bucket),
      now + forMs,
      worker,
    ]);
  }
  return { held: new Set(rows.map(({ bucket }) => bucket)), orphaned };
}

/** What a worker that is gone had begun in these buckets. */
const giveUpIn = (sql: Sql, buckets: readonly number[]): Promise<number> =>
  sql.run(
    `update outbox set state = ${STATE.unknown} where bucket = any($1::int4[]) and state = ${STATE.started}`,
    [buckets],
  );

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** What a batch decides, gathered for writing in one go. */
export class Written {
  readonly #now: Instant;
  readonly #facts = new CopyWriter(1 << 17);
  readonly #changes: OutboxChange[] = [];
  readonly #carriers: PlannedAction[] = [];
  readonly begun: Begun[] = [];
  readonly cancelled: Mutable<Taken["cancelled"][number]>[] = [];
  readonly later: Mutable<Taken["later"][number]>[] = [];
  readonly broken: Taken["broken"][number][] = [];
  readonly #addressed: Addressed[] = [];
  readonly more: BorrowerKey[] = [];
  readonly #counted: AddedRow[] = [];
  consolidated = 0;

  readonly #vault: Vault | undefined;

  constructor(now: Instant, vault: Vault | undefined) {
    this.#vault = vault;
    this.#now = now;
  }

  /** Our own bug on one borrower leaves his actions as they are; the others go on. */
  decide(stood: Stood, decide: (standing: Standing) => Decided): void {
    const { key, standing, broken } = stood;
    if (!standing) {
      this.broken.push({ ...key, says: broken! });
      return;
    }
    try {
      this.#add(stood, decide(standing));
    } catch (error) {
      if (!(error instanceof InvariantError)) throw error;
      this.broken.push({ ...key, says: error.message });
    }
  }

  #add(stood: Stood, { consolidated, carriers, judged, more }: Decided): void {
    const now = this.#now;
    const base = { on: dayAt(stood.zone, now), at: now };
    let { seq } = stood;
    const tell = (fact: Fact): void => {
      seq += 1;
      const entry = { ...stood.key, seq, recordedAt: now, actor: ACTORS.dispatch, fact };
      writeJournal(this.#facts, entry, this.#vault);
    };
    for (const { action, into, by } of consolidated) {
      const names = { action: nameOf(action), into: nameOf(into) };
      tell({ kind: "ActionConsolidated", ...base, ...names, by });
      this.#changes.push({ ...keyOf(action), state: STATE.cancelled, slot: action.slot });
    }
    this.consolidated += consolidated.length;
    this.#carriers.push(...carriers);
    for (const { action, judged: result } of judged) {
      const key = keyOf(action);
      if (result.kind === "later") {
        this.later.push(result);
        this.#changes.push({ ...key, state: STATE.planned, slot: result.slot });
      } else if (result.kind === "cancel") {
        const { why, rules } = result;
        tell({ kind: "ActionCancelled", ...base, action: nameOf(action), why, rules });
        this.cancelled.push(result);
        this.#changes.push({ ...key, state: STATE.cancelled, slot: action.slot });
      } else {
        const { permit, message, next } = result;
        tell({
          kind: "ContactStarted",
          ...base,
          action: message.id,
          via: message.via,
          address: message.to,
          pack: permit.pack,
          rules: permit.rules,
          verdict: permit.verdict,
          judged: { step: permit.step, facts: permit.facts },
        });
        this.#count(stood, action, message.via, base.on);
        this.#addressed.push({ ...stood.key, via: message.via, address: message.to });
        this.#changes.push({ ...key, state: STATE.started, slot: action.slot });
        const { tried } = action;
        this.begun.push({ key, permit, message, next, tried, zone: stood.zone, mark: stood.mark(seq) });
      }
    }
    if (more) this.more.push(stood.key);
  }

  /** A contact begun counts as made, on the day it was begun and under the stage of the step that leads it. */
  #count({ standing }: Stood, { steps: [lead] }: PlannedAction, via: string, on: Day): void {
    const loan = standing?.loans.find((one) => one.loan.n === lead?.n);
    if (!lead || !loan) return;
    const y = lead.step.slice(0, Math.max(0, lead.step.indexOf("/")));
    this.#counted.push({ on, product: loan.product.id, what: "contact", x: via, y, n: 1, amount: 0 });
  }

  async store(sql: Sql): Promise<void> {
    if (this.#facts.rows > 0) await sql.copyIn("journal", JOURNAL_COLUMNS, this.#facts.finish());
    await rememberAddresses(sql, this.#addressed, this.#now);
    const [first] = this.#addressed;
    if (first) await addCounts(sql, first.bucket, this.#counted);
    for (const action of this.#carriers) await carry(sql, action);
    await change(sql, this.#changes, this.#now);
  }
}

interface OutboxChange extends ActionKey {
  readonly state: number;
  readonly slot: Instant;
}

const keyOf = ({ bucket, n, on, act, item }: Action): ActionKey => ({
  bucket,
  n,
  on,
  act: ACT_CODES[act],
  item,
});

const nameOf = ({ bucket, n, on, act, item }: Action): string => `${bucket}-${n}/${actionId(on, act, item)}`;

async function change(sql: Sql, changes: readonly OutboxChange[], now: Instant): Promise<void> {
  if (changes.length === 0) return;
  const changed = await sql.run(
    `update outbox o set state = k.state, slot = k.slot, state_at = $8
     from unnest($1::int4[], $2::int4[], $3::int4[], $4::int2[], $5::int2[], $6::int2[], $7::int8[])
       as k(bucket, n, on_day, act, item, state, slot)
     where o.bucket = k.bucket and ${SAME_KEY} and o.state = ${STATE.planned}`,
    [...keyParams(changes), changes.map(({ state }) => state), changes.map(({ slot }) => slot), now],
  );
  if (changed !== changes.length)
    throw new Error(`${changes.length - changed} actions changed while their borrower was locked`);
}

/** A later action takes over what earlier ones were to say. */
async function carry(sql: Sql, action: PlannedAction): Promise<void> {
  const { bucket, n, on, act, item } = keyOf(action);
  const { via, what, strategy, steps } = action;
  await sql.run(
    `update outbox set via = $6, what = $7, strategy = $8, steps = $9
     where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5`,
    [bucket, n, on, act, item, via, what, strategy, JSON.stringify(steps)],
  );
}

// --- ending ------------------------------------------------------------------------------------------------------

async function end(
  sql: Sql,
  { worker }: Lease,
  ended: readonly Ended[],
  now: Instant,
  release: readonly number[],
): Promise<void> {
  if (ended.length > 0) {
    const keys = ended.map(({ begun }) => begun.key);
    await lockBorrowers(sql, keys);
    const seqs = await seqsOf(sql, keys);
    const facts = new CopyWriter(1 << 15);
    const ends: EndChange[] = [];
    for (const one of ended) {
      const { begun } = one;
      const { bucket, n } = begun.key;
      const id = keyToNumber(begun.key);
      for (const fact of factsOf(one, now)) {
        const seq = (seqs.get(id) ?? 0) + 1;
        seqs.set(id, seq);
        writeJournal(facts, { bucket, n, seq, recordedAt: now, actor: ACTORS.dispatch, fact }, sql.vault);
      }
      ends.push(endOf(one, now));
    }
    if (facts.rows > 0) await sql.copyIn("journal", JOURNAL_COLUMNS, facts.finish());
    await rememberReferences(sql, ended, now);
    await changeEnds(sql, ends, now);
  }
  if (release.length > 0) {
    await sql.run("update dispatch_lease set until = 0 where bucket = any($1::int4[]) and worker = $2", [
      release,
      worker,
    ]);
  }
}

function factsOf({ begun, ending }: Ended, now: Instant): Fact[] {
  const base = { on: dayAt(begun.zone, now), at: now, action: begun.message.id };
  switch (ending.outcome) {
    // What nobody knows is no fact: a contact that was begun and has no end.
    case "unknown":
      return [];
    case "withdrawn":
      return [{ kind: "ContactWithdrawn", ...base, why: ending.why }];
    default: {
      const { outcome, receipt } = ending;
      const fact: Fact = { kind: "ContactEnded", ...base, outcome, receipt };
      const to = nextChannel({ begun, ending }, now);
      return to ? [fact, { kind: "ActionFellBack", ...base, from: begun.message.via, to }] : [fact];
    }
  }
}

/** The step's next channel, where one has said no and the day is still the same. */
const nextChannel = ({ begun, ending }: Ended, now: Instant): Channel | undefined =>
  ending.outcome === "failed" && dayAt(begun.zone, begun.permit.step.at) === dayAt(begun.zone, now)
    ? begun.next[0]
    : undefined;

interface EndChange extends ActionKey {
  readonly state: number;
  /** Channels that said no, and the one that is next; only where there is one. */
  readonly tried: string | null;
  readonly via: string | null;
}

function endOf(ended: Ended, now: Instant): EndChange {
  const { key, tried, message } = ended.begun;
  const via = nextChannel(ended, now);
  if (via) return { ...key, state: STATE.planned, tried: [...tried, message.via].join(","), via };
  const { outcome } = ended.ending;
  const state = {
    sent: STATE.done,
    failed: STATE.failed,
    unknown: STATE.unknown,
    withdrawn: STATE.planned,
  }[outcome];
  return { ...key, state, tried: null, via: null };
}

/** One that was taken for lost in the meantime is known again. */
async function changeEnds(sql: Sql, ends: readonly EndChange[], now: Instant): Promise<void> {
  await sql.run(
    `update outbox o set state = k.state, state_at = $9, tried = coalesce(k.tried, o.tried),
       via = coalesce(k.via, o.via), slot = case when k.via is null then o.slot else $9 end
     from unnest($1::int4[], $2::int4[], $3::int4[], $4::int2[], $5::int2[], $6::int2[], $7::text[], $8::text[])
       as k(bucket, n, on_day, act, item, state, tried, via)
     where o.bucket = k.bucket and ${SAME_KEY} and o.state in (${STATE.started}, ${STATE.unknown})`,
    [
      ...keyParams(ends),
      ends.map(({ state }) => state),
      ends.map(({ tried }) => tried),
      ends.map(({ via }) => via),
      now,
    ],
  );
}

// --- what comes back later ---------------------------------------------------------------------------------------

const CONTACT = /^(\d{1,4})-(\d{1,10})\/(\d{4}-\d\d-\d\d)\/([a-z]+)(?:\/(\d+))?(?:\+(\d+))?$/;

/** The row of the outbox that a contact's name tells of. */
export function actionKeyOf(action: string): ActionKey | undefined {
  const named = CONTACT.exec(action);
  if (!named) return undefined;
  const [, bucket, n, day, act, item = "0"] = named;
  const code = ACT_CODES[act as Action["act"]];
  const on = parseDay(day!);
  if (code === undefined || on === undefined) return undefined;
  return { bucket: Number(bucket), n: Number(n), on, act: code, item: Number(item) };
}

/**
 * A carrier reports, after it had taken a message, that it could not deliver it or that it came back. On the same local
 * day the step's next channel is tried: the action is planned again, to be judged like any, and `via` counts as tried.
 *
 * Takes   the borrower locked; the contact that the report is about.
 * Gives   the facts to write after the report; none where the day is over or another attempt was begun since.
 */
export async function fallBack(
  sql: Sql,
  { action, on, at, status, reason }: DeliveryReported,
  startedOn: Day,
  via: string,
): Promise<Fact[]> {
  const named = CONTACT.exec(action);
  if (!named || (status !== "failed" && status !== "bounced")) return [];
  const base = { on, at, action };
  // One that was not delivered reached nobody; one that came back stays a contact whose outcome is known.
  const receipt = reason ?? "not delivered";
  const facts: Fact[] =
    status === "failed" ? [{ kind: "ContactEnded", ...base, outcome: "failed", receipt }] : [];
  if (startedOn !== on) return facts;
  const [, bucket, n, day, act, item = "0", attempt = "1"] = named;
  const changed = await sql.run(
    `update outbox set state = ${STATE.planned}, state_at = $6, slot = $6,
       tried = case when tried is null then $7 else tried || ',' || $7 end
     where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5
       and state in (${STATE.done}, ${STATE.unknown})
       and coalesce(cardinality(string_to_array(tried, ',')), 0) = $8`,
    [
      Number(bucket),
      Number(n),
      parseDay(day!)!,
      ACT_CODES[act as Action["act"]],
      Number(item),
      at,
      via,
      Number(attempt) - 1,
    ],
  );
  return changed === 0 ? facts : [...facts, { kind: "ActionFellBack", ...base, from: via }];
}
