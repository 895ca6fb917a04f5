import {
  actionId,
  type Channel,
  type Day,
  dayAt,
  evolve,
  type Fact,
  type Instant,
  keyToNumber,
  LOANS_A_BORROWER,
  type LoanState,
  NEVER,
  personOf,
} from "../core/index.ts";
import type { Action, CloseContext } from "../dayclose/index.ts";
import type { ActionKey, Addressee, Judged, Outbox, Pending, StandingLoan } from "../dispatch/index.ts";
import { contactsBy } from "../policy/index.ts";
import { type Lender, lenders, type Shelves } from "./catalog.ts";
import { ACT_CODES, addExtras, contactsOf, contextOf, journalsOf } from "./close-store.ts";
import { CopyWriter } from "./copy.ts";
import { idsOf } from "./lookups.ts";
import { personsOf } from "./persons.ts";
import type { BorrowerRow } from "./read.ts";
import {
  ACTORS,
  INBOX_SELECT,
  JOURNAL_COLUMNS,
  LOAN_COLUMNS,
  readInbox,
  readLoans,
  writeJournal,
} from "./rows.ts";
import type { Database, Sql } from "./sql.ts";

const STATE = { planned: 0, started: 1, done: 2, cancelled: 3, unknown: 4 } as const;
const ACTS = Object.fromEntries(Object.entries(ACT_CODES).map(([act, code]) => [code, act])) as Record<
  number,
  Action["act"]
>;
const CONTACT_DAYS = 8;
const DUE_ACTS = [ACT_CODES.message, ACT_CODES.call, ACT_CODES.letter].join(", ");
/** Calls of a lender that has collectors are theirs: they take them from the worklist, and dispatch leaves them there. */
const NOT_OF_A_TEAM = `(act <> ${ACT_CODES.call} or lender not in (select c.lender from collector c where c.active = 1))`;

interface OutboxRow extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly on_day: number;
  readonly act: number;
  readonly item: number;
  readonly lender: number;
  readonly state: number;
  readonly slot: number;
  readonly via: string;
  readonly what: string;
  readonly strategy: string;
  readonly pack: string;
  readonly steps: string;
}

/** The outbox over either engine. */
export function outboxStore(db: Database, shelves: Shelves): Outbox {
  // Asked for once: neither changes while messages go out, and each action would ask again.
  let known: Promise<{ all: readonly Lender[]; byId: ReadonlyMap<number, CloseContext> }> | undefined;
  const lendersKnown = async () => {
    const all = await lenders(db);
    const byId = new Map<number, CloseContext>();
    for (const { id, code } of all) byId.set(id, await contextOf(db, shelves, code));
    return { all, byId };
  };
  return {
    due: async (now, limit) => {
      const rows = await db.query<ActionKey & Record<string, unknown>>(
        `select bucket, n, on_day as "on", act, item from outbox
         where state = ${STATE.planned} and slot <= $1 and act in (${DUE_ACTS}) and ${NOT_OF_A_TEAM} order by slot, bucket, n limit $2`,
        [now, limit],
      );
      return rows;
    },
    take: async (key, now, judge) => {
      known ??= lendersKnown();
      const { all, byId } = await known;
      return db.tx((sql) => take(sql, key, now, judge, all, byId));
    },
    end: (key, id, receipt, now) =>
      db.tx(async (sql) => {
        await lockBorrower(sql, key);
        const zone = await zoneOf(sql, key);
        if (receipt) {
          const fact: Fact = { kind: "ContactEnded", on: dayAt(zone, now), at: now, action: id, ...receipt };
          await tell(sql, key, fact, now);
        }
        await mark(sql, key, receipt ? STATE.done : STATE.unknown, now);
      }),
    waiting: async (now) => {
      const [row] = await db.query<{ waiting: number }>(
        `select count(*)::int8 as waiting from outbox
         where state = ${STATE.planned} and slot <= $1 and act in (${DUE_ACTS}) and ${NOT_OF_A_TEAM}`,
        [now],
      );
      return row!.waiting;
    },
    lapse: async (before, now, onProgress = () => {}) => {
      const buckets = await db.query<{ bucket: number }>(
        `select distinct bucket from outbox
         where state = ${STATE.planned} and slot < $1 and act in (${DUE_ACTS}) order by bucket`,
        [before],
      );
      let done = 0;
      for (const { bucket } of buckets) {
        done += await db.tx((sql) => lapse(sql, bucket, before, now));
        onProgress(done);
      }
      return done;
    },
    giveUp: async (olderThan) =>
      db.run(
        `update outbox set state = ${STATE.unknown} where bucket >= 0 and state = ${STATE.started} and state_at < $1`,
        [olderThan],
      ),
  };
}

export async function take(
  sql: Sql,
  key: ActionKey,
  now: Instant,
  judge: (pending: Pending) => Judged,
  all: readonly Lender[],
  contexts: ReadonlyMap<number, CloseContext>,
): Promise<Judged | undefined> {
  const borrower = await lockBorrower(sql, key);
  const [row] = await sql.query<OutboxRow>(
    "select * from outbox where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5",
    [key.bucket, key.n, key.on, key.act, key.item],
  );
  if (!row || row.state !== STATE.planned || row.slot > now) return undefined;
  const lender = all.find(({ id }) => id === row.lender)!;
  const pending = await pendingOf(sql, row, borrower, lender, contexts.get(lender.id)!, now);
  const judged = judge(pending);
  const { zone } = pending.addressee;
  if (judged.kind === "later") {
    await sql.run(
      "update outbox set slot = $6 where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5",
      [key.bucket, key.n, key.on, key.act, key.item, judged.slot],
    );
    return judged;
  }
  const base = { on: dayAt(zone, now), at: now, action: pending.id };
  if (judged.kind === "cancel") {
    await tell(sql, key, { kind: "ActionCancelled", ...base, why: judged.why, rules: judged.rules }, now);
    await mark(sql, key, STATE.cancelled, now);
    return judged;
  }
  const { permit, message } = judged;
  const { via, to: address } = message;
  const fact: Fact = {
    kind: "ContactStarted",
    ...base,
    via,
    address,
    pack: permit.pack,
    rules: permit.rules,
    verdict: permit.verdict,
    judged: { step: permit.step, facts: permit.facts },
  };
  await tell(sql, key, fact, now);
  await mark(sql, key, STATE.started, now);
  return judged;
}

async function lapse(sql: Sql, bucket: number, before: Instant, now: Instant): Promise<number> {
  const rows = await sql.query<OutboxRow & { zone: string }>(
    `select o.*, coalesce(b.zone, l.zone) as zone from outbox o
     join borrower b on b.bucket = o.bucket and b.n = o.n join lender l on l.id = b.lender
     where o.bucket = $1 and o.state = ${STATE.planned} and o.slot < $2 and o.act in (${DUE_ACTS})
     order by o.n, o.on_day, o.act, o.item for update of b`,
    [bucket, before],
  );
  const last = await sql.query<{ n: number; seq: number }>(
    "select n, max(seq) as seq from journal where bucket = $1 and n = any($2::int4[]) group by n",
    [bucket, [...new Set(rows.map(({ n }) => n))]],
  );
  const seqs = new Map(last.map(({ n, seq }) => [n, seq]));
  const writer = new CopyWriter();
  for (const row of rows) {
    const { n, on_day, act, item, zone } = row;
    const seq = (seqs.get(n) ?? 0) + 1;
    seqs.set(n, seq);
    const action = `${bucket}-${n}/${actionId(on_day as Day, ACTS[act]!, item)}`;
    const fact: Fact = {
      kind: "ActionCancelled",
      on: dayAt(zone, now),
      at: now,
      action,
      why: "stale",
      rules: [],
    };
    writeJournal(writer, { bucket, n, seq, recordedAt: now, actor: ACTORS.dispatch, fact });
  }
  if (writer.rows > 0) await sql.copyIn("journal", JOURNAL_COLUMNS, writer.finish());
  await sql.run(
    `update outbox set state = ${STATE.cancelled}, state_at = $3
     where bucket = $1 and state = ${STATE.planned} and slot < $2 and act in (${DUE_ACTS})`,
    [bucket, before, now],
  );
  return rows.length;
}

/** The borrower's row is the lock under which all contacts with him are decided, over all workers. */
async function lockBorrower(sql: Sql, key: ActionKey): Promise<BorrowerRow> {
  const [row] = await sql.query<BorrowerRow>(
    "select * from borrower where bucket = $1 and n = $2 for update",
    [key.bucket, key.n],
  );
  return row!;
}

async function zoneOf(sql: Sql, key: ActionKey): Promise<string> {
  const [row] = await sql.query<{ zone: string }>(
    `select coalesce(b.zone, l.zone) as zone from borrower b join lender l on l.id = b.lender
     where b.bucket = $1 and b.n = $2`,
    [key.bucket, key.n],
  );
  return row!.zone;
}

/** Adds one fact to the borrower's own journal, under his lock. */
async function tell(sql: Sql, key: ActionKey, fact: Fact, recordedAt: number): Promise<void> {
  const [last] = await sql.query<{ seq: number }>(
    "select coalesce(max(seq), 0) as seq from journal where bucket = $1 and n = $2",
    [key.bucket, key.n],
  );
  const writer = new CopyWriter(512);
  const { bucket, n } = key;
  writeJournal(writer, { bucket, n, seq: last!.seq + 1, recordedAt, actor: ACTORS.dispatch, fact });
  await sql.copyIn("journal", JOURNAL_COLUMNS, writer.finish());
}

async function mark(sql: Sql, key: ActionKey, state: number, now: Instant): Promise<void> {
  await sql.run(
    `update outbox set state = $6, state_at = $7
     where bucket = $1 and n = $2 and on_day = $3 and act = $4 and item = $5`,
    [key.bucket, key.n, key.on, key.act, key.item, state, now],
  );
}

async function pendingOf(
  sql: Sql,
  row: OutboxRow,
  borrower: BorrowerRow,
  lender: Lender,
  context: CloseContext,
  now: Instant,
): Promise<Pending> {
  const on = row.on_day as Day;
  const act = ACTS[row.act]!;
  const { bucket, n } = row;
  const contacts = await contactsOf(sql, [{ bucket, n }], (on - CONTACT_DAYS) as Day);
  const persons = await personsOf(sql, [{ bucket, n }]);
  const person = persons.get(keyToNumber({ bucket, n }));
  const [later] = await sql.query<{ on: number }>(
    `select min(on_day) as "on" from outbox
     where bucket = $1 and n = $2 and act = $3 and item = $4 and on_day > $5 and state = ${STATE.planned}`,
    [bucket, n, row.act, row.item, on],
  );
  const { via, what, slot, strategy, pack } = row;
  return {
    id: `${bucket}-${n}/${actionId(on, act, row.item)}`,
    action: {
      bucket,
      n,
      on,
      act,
      item: row.item,
      via,
      what,
      slot,
      strategy,
      pack,
      steps: JSON.parse(row.steps),
    },
    addressee: addresseeOf(borrower, lender),
    loans: await standing(sql, { bucket, n }, dayAt(borrower.zone ?? lender.zone, now), context),
    contacts: contactsBy(contacts.get(keyToNumber({ bucket, n })) ?? [], NEVER),
    ...(person ? { person: personOf(person) } : {}),
    ...(later?.on == null ? {} : { supersededOn: later.on as Day }),
    context,
  };
}

function addresseeOf(borrower: BorrowerRow, lender: Lender): Addressee {
  const { phone, email, app, address } = borrower;
  const addresses: Partial<Record<Channel, string>> = {};
  if (app) addresses.app = app;
  if (phone) {
    addresses.text = phone;
    addresses.call = phone;
  }
  if (email) addresses.email = email;
  if (address) addresses.letter = address;
  return {
    bucket: borrower.bucket,
    n: borrower.n,
    lender: lender.name,
    name: borrower.name,
    addresses,
    zone: borrower.zone ?? lender.zone,
    language:
      borrower.language === "en" || borrower.language === "zh" ? borrower.language : languageOf(lender),
  };
}

const languageOf = (lender: Lender): "en" | "zh" => (lender.pack === "cn" ? "zh" : "en");

/** The borrower's loans with the facts that wait folded in: a payment of this minute counts. */
async function standing(
  sql: Sql,
  { bucket, n }: { readonly bucket: number; readonly n: number },
  today: Day,
  context: CloseContext,
): Promise<StandingLoan[]> {
  const own = `bucket = ${bucket} and n > ${n} and n < ${n + LOANS_A_BORROWER}`;
  const stored = readLoans(
    await sql.copyOut(`select ${LOAN_COLUMNS.join(", ")} from loan_state where ${own} order by n`),
  );
  await addExtras(sql, stored);
  const inbox = [
    ...readInbox(
      await sql.copyOut(`select ${INBOX_SELECT} from inbox where ${own} order by on_day, recorded_at, ord`),
    ),
  ];
  const ids = await idsOf(
    sql,
    stored.map(({ loan }) => loan),
  );
  const loans: StandingLoan[] = [];
  for (const { loan } of stored) {
    const product = context.product(loan.product);
    const waiting = inbox
      .filter((entry) => entry.n === loan.n && hasCome(entry.fact, today))
      .map(({ fact }) => fact);
    loans.push({ id: ids.get(keyToNumber(loan))!, product, loan: await folded(sql, loan, waiting, product) });
  }
  return loans;
}

/**
 * Whether a fact that waits for its close counts today. Money counts from its value day, though it is booked on the next
 * open one; what has no value day counts at once, unless it is dated further ahead than that.
 */
function hasCome(fact: Fact, today: Day): boolean {
  if (fact.kind === "PaymentReceived") return fact.valueOn <= today;
  if (fact.kind === "BalanceReported") return fact.asOf <= today;
  return fact.on <= today + 1;
}

async function folded(
  sql: Sql,
  loan: LoanState,
  waiting: readonly Fact[],
  product: StandingLoan["product"],
): Promise<LoanState> {
  let next = loan;
  const earlier: Fact[] = [];
  if (waiting.length > 0) earlier.push(...((await journalsOf(sql, [loan])).get(keyToNumber(loan)) ?? []));
  for (const fact of waiting) {
    next = evolve(next, fact, product, () => earlier);
    earlier.push(fact);
  }
  return next;
}
