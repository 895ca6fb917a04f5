import { loadPack } from "../../packs/load.ts";
import { addDays, type Day, day, type HoldKind, instantAt, minor } from "../../src/core/index.ts";
import { runClose } from "../../src/dayclose/index.ts";
import { bookStore, closeStore, type Database, type Shelves } from "../../src/store/index.ts";
import { furnish, loanRecord, OPENED, paymentRecord, shelves } from "../support/book.ts";
import { putFacts } from "../support/sql-book.ts";
import { draw } from "./world.ts";

/**
 * A book in which thousands of messages and calls are due at once: nothing was dispatched for two weeks, so that what was
 * missed, what was put off and what is new meet. Each person has an address of his own, by which the provider's log names
 * him without asking the book.
 */
export const SENDING_DAY = day("2026-01-15");
export const SENDING_ZONE = "Asia/Shanghai";
export const at = (minutes: number, on: Day = SENDING_DAY): number => instantAt(SENDING_ZONE, on, minutes);

/** A stage that stays open, a message with two ways out, calls. */
const STRATEGY = `
strategy: ladder
version: 1
from: "2020-01-01"
intent: For the simulation of dispatch.
stages:
  - stage: before
    dpd: -3..0
    steps:
      - { on_dpd: -3, send: reminder, by: [app, text] }
  - stage: early
    dpd: 1..60
    steps:
      - { on_dpd: 1, send: overdue, by: [app, text] }
      - { on_dpd: 3, call: borrower, at: "09:30" }
      - { on_dpd: 7, send: overdue-again, by: [text, app] }
`;

export interface Person {
  readonly name: string;
  readonly loans: readonly string[];
}

export const pack = loadPack("cn");

export function sendingShelves(): Shelves {
  let clock = 1_767_225_600_000;
  return shelves(pack, () => ++clock);
}

/** Makes the book, closes it day by day, and gives the persons in it. About `messages` actions are due on the last day. */
export async function makeBook(db: Database, messages: number, shelf: Shelves): Promise<Person[]> {
  await furnish(db, STRATEGY);
  const persons: Person[] = [];
  const records = [];
  for (let p = 0; p < messages * 0.42; p++) {
    const of = (what: string, n: number) => draw(0, `${what} ${p}`, n);
    const name = `p${p}`;
    const loans = of("loans", 3) === 0 ? [`${name}-1`, `${name}-2`] : [`${name}-1`];
    persons.push({ name, loans });
    for (const id of loans) {
      // Falls due 1 to 10 days before the day of sending.
      const disbursedOn = addDays(day("2025-12-05"), of(`due of ${id}`, 10));
      records.push({
        ...loanRecord({ id, borrower: name, disbursedOn }, records.length + 2),
        borrower: { app: `app ${name}`, phone: `phone ${name}` },
      });
    }
  }
  await bookStore(db, shelf).loans("test-lender", records);
  for (let on = OPENED; on <= SENDING_DAY; on = addDays(on, 1))
    await runClose(closeStore(db, shelf), "test-lender", on);
  // A few are to be called far more often than anybody may.
  await db.script(`
    insert into outbox (slot, state_at, bucket, n, on_day, act, item, lender, state, via, what, strategy, pack, steps)
    select slot, state_at, bucket, n, on_day, act, i, lender, state, via, what, strategy, pack, steps
    from outbox, generate_series(1, 6) as i where act = 2 and bucket % 16 = 0;
    create table saved_outbox as select * from outbox;
    analyze`);
  return persons;
}

/** The book as it was made: what the last seed did is undone. */
export const resetBook = (db: Database): Promise<void> =>
  db.script(`
    delete from journal where n % 4096 = 0;
    delete from inbox;
    delete from receipt where id like 'pay:late %';
    truncate outbox;
    insert into outbox select * from saved_outbox order by bucket, n;
    update dispatch_lease set until = 0 where until > 0`);

/** All that he owes is paid. */
export async function pay(db: Database, shelf: Shelves, person: Person): Promise<void> {
  const rows = person.loans.map((loan, i) =>
    paymentRecord(loan, `late ${loan}`, minor(200_000), SENDING_DAY, i + 2),
  );
  await bookStore(db, shelf).payments("test-lender", rows);
}

/** All of his loans are disputed, or he asks to be left alone. */
export const stop = (db: Database, shelf: Shelves, person: Person, hold: HoldKind): Promise<void> =>
  putFacts(
    db,
    shelf,
    person.loans.map((loan) => ({
      loan,
      fact: { kind: "HoldPlaced", on: SENDING_DAY, hold, until: null },
    })),
  );

/** One hand-over as the provider saw it. */
export interface Seen {
  readonly id: string;
  readonly person: string;
  readonly via: string;
  readonly at: number;
  /** It took the message: the person was reached, whatever it answered. */
  readonly accepted: boolean;
  readonly said: "sent" | "failed" | "nothing";
}

/** What stopped whom, and after which hand-overs. */
export interface Stopped {
  readonly person: string;
  readonly why: string;
  /** Names of the messages whose last look at the book had begun by then. */
  readonly beyond: ReadonlySet<string>;
}

/**
 * What is wrong with a dispatch that is over, from the provider's log and the book's rows, in sentences. Written without
 * a look at how dispatch works: counts of the log by person and day, and the outbox against the log.
 */
export async function auditSending(
  db: Database,
  seen: readonly Seen[],
  stopped: readonly Stopped[],
  now: number,
): Promise<string[]> {
  const wrong: string[] = [];
  const byId = new Map<string, Seen>();
  for (const one of seen) {
    if (byId.has(one.id)) wrong.push(`${one.id} was handed over twice`);
    byId.set(one.id, one);
  }
  caps(seen, wrong);
  for (const { person, why, beyond } of stopped)
    for (const { id, person: whom } of seen)
      if (whom === person && !beyond.has(id)) wrong.push(`${id} was handed over after ${person} ${why}`);
  await rows(db, byId, now, wrong);
  return wrong;
}

/** At most one message and three calls a person and local day, by what the provider took. */
function caps(seen: readonly Seen[], wrong: string[]): void {
  const counts = new Map<string, number>();
  for (const { person, via, at: when, accepted } of seen) {
    if (!accepted) continue;
    const local = Math.floor((when + 8 * 3_600_000) / 86_400_000);
    const hour = ((when + 8 * 3_600_000) / 3_600_000) % 24;
    if (hour < 8 || hour >= 22) wrong.push(`${person} was reached in hour ${hour}`);
    const key = `${person}: ${via === "call" ? "calls" : "messages"} on day ${local}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [key, n] of counts) if (n > (key.includes("calls") ? 3 : 1)) wrong.push(`${n} of ${key}`);
}

const STATES = ["planned", "started", "done", "cancelled", "unknown", "failed"];

interface Row extends Record<string, unknown> {
  readonly bucket: number;
  readonly n: number;
  readonly seq: number;
  readonly kind: number;
  readonly payload: string;
}

/** The outbox and the journal against the log: nothing left over, nothing unknown that is not listed, no gap. */
async function rows(
  db: Database,
  byId: ReadonlyMap<string, Seen>,
  now: number,
  wrong: string[],
): Promise<void> {
  const facts = await db.query<Row>(
    "select bucket, n, seq, kind, payload from journal where n % 4096 = 0 order by bucket, n, seq",
  );
  const begun = new Map<string, string>();
  let last = { bucket: -1, n: -1, seq: 0 };
  for (const { bucket, n, seq, kind, payload } of facts) {
    const next = last.bucket === bucket && last.n === n ? last.seq + 1 : 1;
    if (seq !== next) wrong.push(`the journal of ${bucket}-${n} has ${seq} after ${next - 1}`);
    last = { bucket, n, seq };
    const { action, outcome } = JSON.parse(payload) as { action: string; outcome?: string };
    if (kind === 40) begun.set(action, "open");
    if (kind === 41) begun.set(action, outcome!);
    if (kind === 81) begun.delete(action);
  }
  const planned = await db.query<{ name: string; state: number; slot: number; tried: string | null }>(
    `select bucket || '-' || n || '/' || (date '1970-01-01' + on_day) || '/' ||
       (array['message', 'call', 'letter'])[act] || case when item = 0 then '' else '/' || item end as name,
       state, slot, tried from outbox where act <= 3`,
  );
  const states = new Map(planned.map(({ name, state }) => [name, STATES[state]!]));
  for (const { name, state, slot } of planned) {
    if (state === 1) wrong.push(`${name} is begun, and nobody will ever end it`);
    if (state === 0 && slot <= now) wrong.push(`${name} is due and was left over`);
  }
  for (const [id, one] of byId) {
    const end = begun.get(id);
    const state = states.get(id.replace(/\+\d$/, ""))!;
    if (end === undefined) wrong.push(`${id} was handed over and no contact is recorded`);
    // What it took and did not answer to stands as unknown; what it answered may, where the worker died on it.
    if (one.said === "nothing" && end !== "open")
      wrong.push(`${id} has ended as ${end}, and nothing was said`);
    if (end === "open" && state !== "unknown") wrong.push(`${id} has no end, and its action is ${state}`);
    if (end === "sent" && one.said !== "sent") wrong.push(`${id} was ${one.said}, and is recorded as sent`);
    if (end === "failed" && one.said !== "failed")
      wrong.push(`${id} was ${one.said}, and is recorded as failed`);
  }
}
