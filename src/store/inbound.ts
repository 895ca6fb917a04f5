import {
  BUCKETS,
  borrowerN,
  type CallReported,
  type DeliveryReported,
  dayAt,
  FACT_CODES,
  type Fact,
  hash32,
  type Instant,
  type Key,
  type LetterLifeFact,
  type LetterState,
  type LetterTracked,
  type StopRequested,
} from "../core/index.ts";
import type { Inbound, Replied, Whose } from "../dispatch/index.ts";
import { letterOfAction, moveLetter } from "./letters.ts";
import { fallBack } from "./outbox.ts";
import { lockBorrowers, seqsOf } from "./outbox-rows.ts";
import { contactBegun } from "./read.ts";
import { contactOfReference, ownersOfAddress } from "./refs.ts";
import { appendJournal, openedPayload } from "./rows.ts";
import type { Database, Sql } from "./sql.ts";
import { opened, sealed } from "./vault.ts";

/** What became of an event: told to its borrower, known before, or kept because nobody is known whose it is. */
export type Taken = "new" | "same" | "kept";

export interface KeptInbound {
  readonly channel: string;
  readonly id: string;
  readonly receivedAt: Instant;
  readonly settledAt: Instant | null;
  readonly event: Inbound;
}

export interface InboundStore {
  /** Once it returns the event stands in the book: as a fact of its borrower, or among those that matched nobody. */
  take(event: Inbound, now: Instant): Promise<Taken>;
  /** Tries those again that matched nobody, because a report can be quicker than the receipt it belongs to. */
  settle(now: Instant): Promise<number>;
  kept(all?: boolean): Promise<readonly KeptInbound[]>;
}

/** Records a wish of a person, as the room of the person's facts does it: at once, under his lock, once under its id. */
export type RecordStop = (lender: string, owner: Key, stop: StopRequested) => Promise<void>;

/** Records a promise that was told in a call, on the loan that the call was about. */
export type RecordPromise = (lender: string, owner: Key, report: CallReported) => Promise<void>;

/** What a carrier's word makes of a letter in a state; nothing where it makes nothing of it. */
export type FollowLetter = (
  letter: { readonly id: string; readonly state: LetterState },
  reply: LetterTracked | DeliveryReported,
) => LetterLifeFact | undefined;

/**
 * Takes what came in.
 *
 * Takes   `replies`, what an event is in the book of its borrower; `recordStop`, how a wish to stop is recorded.
 * Holds   an event that comes twice, late or out of order changes nothing twice: it is known by its channel and id. The
 *         wish is recorded before the reply, so that a crash in between records both when the carrier tries again.
 */
export function inboundStore(
  db: Database,
  replies: (event: Inbound, whose: Whose) => Replied,
  recordStop: RecordStop,
  recordPromise: RecordPromise = async () => {},
  followLetter: FollowLetter = () => undefined,
): InboundStore {
  const told = async (event: Inbound, now: Instant): Promise<Taken> => {
    const found = await ownersOf(db, event);
    if (found.owners.length === 0) return "kept";
    let fresh = false;
    for (const owner of found.owners) {
      const one = await tell(db, event, owner, found, now, replies, recordStop, recordPromise, followLetter);
      fresh ||= one;
    }
    return fresh ? "new" : "same";
  };
  return {
    take: async (event, now) => {
      const taken = await told(event, now);
      if (taken === "kept") await keep(db, event, now);
      return taken;
    },
    settle: async (now) => {
      let settled = 0;
      for (const { event, channel, id } of await keptOf(db, false)) {
        if ((await told(event, now)) === "kept") continue;
        await db.run(
          "update inbound_kept set settled_at = $4 where bucket = $1 and channel = $2 and id = $3",
          [bucketOfEvent(channel, id), channel, id, now],
        );
        settled += 1;
      }
      return settled;
    },
    kept: (all = false) => keptOf(db, all),
  };
}

interface Found {
  /** Each with his address as it is on file, where he was found by it. */
  readonly owners: readonly (Key & { readonly written?: string })[];
  readonly action?: string;
}

const ACTION = /^(\d{1,4})-(\d{1,10})\/\d{4}-\d\d-\d\d\/[a-z]+(?:\/\d+)?(?:\+\d+)?$/;

/** By our own key, then by the carrier's, then by the address; reports on one message never by the address alone. */
async function ownersOf(db: Database, event: Inbound): Promise<Found> {
  const own = event.action === undefined ? null : ACTION.exec(event.action);
  if (own) {
    const key = { bucket: Number(own[1]), n: Number(own[2]) };
    const action = event.action!;
    if (key.bucket < BUCKETS && borrowerN(key.n) === key.n && (await wasBegun(db, key, action)))
      return { owners: [key], action };
  }
  if (event.reference !== undefined) {
    const contact = await contactOfReference(db, event.channel, event.reference);
    if (contact) return { owners: [{ bucket: contact.bucket, n: contact.n }], action: contact.action };
  }
  const personal = event.kind === "message" || event.kind === "stop";
  if (personal && event.address !== undefined)
    return { owners: await ownersOfAddress(db, event.via, event.address) };
  return { owners: [] };
}

/** A contact of this name was really begun: a report on one that never was matches nobody. */
async function wasBegun(sql: Sql, { bucket, n }: Key, action: string): Promise<boolean> {
  return (await addressOf(sql, { bucket, n }, action)) !== undefined;
}

async function addressOf(sql: Sql, { bucket, n }: Key, action: string): Promise<string | undefined> {
  const rows = await sql.query<{ seq: number; payload: string }>(
    `select seq, payload from journal where bucket = $1 and n = $2 and kind = ${FACT_CODES.ContactStarted}
     and position($3 in payload) > 0 order by seq desc`,
    [bucket, n, JSON.stringify(action)],
  );
  for (const { seq, payload } of rows) {
    const begun = JSON.parse(openedPayload(sql.vault, { bucket, n, seq }, payload)) as {
      action: string;
      address: string;
    };
    if (begun.action === action) return begun.address;
  }
  return undefined;
}

/** Tells one borrower, under his lock. Gives whether it was news. */
async function tell(
  db: Database,
  event: Inbound,
  owner: Found["owners"][number],
  found: Found,
  now: Instant,
  replies: (event: Inbound, whose: Whose) => Replied,
  recordStop: RecordStop,
  recordPromise: RecordPromise,
  followLetter: FollowLetter,
): Promise<boolean> {
  const [row] = await db.query<{ zone: string; lender: string }>(
    `select coalesce(b.zone, l.zone) as zone, l.code as lender from borrower b join lender l on l.id = b.lender
     where b.bucket = $1 and b.n = $2`,
    [owner.bucket, owner.n],
  );
  if (!row) return false;
  const { action } = found;
  const address = action === undefined ? owner.written : await addressOf(db, owner, action);
  const { reply, stop } = replies(event, {
    ...(action === undefined ? {} : { action }),
    ...(address === undefined ? {} : { address }),
    shared: found.owners.length > 1,
    on: dayAt(row.zone, now),
    now,
  });
  const id = `in:${event.channel}/${event.id}`;
  const [known] = await db.query("select 1 from receipt where bucket = $1 and n = $2 and id = $3", [
    owner.bucket,
    owner.n,
    id,
  ]);
  if (known) return false;
  if (stop) await recordStop(row.lender, owner, stop);
  if (reply?.kind === "CallReported" && reply.promisedOn !== undefined && reply.promisedAmount !== undefined)
    await recordPromise(row.lender, owner, reply);
  return db.tx((sql) => write(sql, owner, id, reply, now, followLetter));
}

/** The receipt first: whoever of two comes second writes nothing. */
async function write(
  sql: Sql,
  owner: Key,
  id: string,
  reply: Fact | undefined,
  now: Instant,
  followLetter: FollowLetter,
): Promise<boolean> {
  await lockBorrowers(sql, [owner]);
  const { bucket, n } = owner;
  const fresh = await sql.run(
    `insert into receipt (bucket, n, digest, id) values ($1, $2, $3, $4) on conflict (bucket, n, id) do nothing`,
    [bucket, n, hash32(JSON.stringify(reply ?? null)) | 0, id],
  );
  if (fresh === 0) return false;
  if (reply) {
    const seq = (await seqsOf(sql, [owner])).values().next().value ?? 0;
    const facts = [reply, ...(await whatFollows(sql, owner, reply, now, followLetter))];
    await appendJournal(sql, owner, seq, facts, now, "channel");
  }
  return true;
}

/** A message that did not arrive goes by the next way while its day lasts; a lawyer's letter goes on in its own life. */
async function whatFollows(
  sql: Sql,
  owner: Key,
  reply: Fact,
  now: Instant,
  followLetter: FollowLetter,
): Promise<readonly Fact[]> {
  if (reply.kind !== "DeliveryReported" && reply.kind !== "LetterTracked") return [];
  const letter = await letterOfAction(sql, owner, reply.action);
  if (letter) {
    const fact = followLetter(letter, reply);
    if (fact) await moveLetter(sql, owner, fact, now);
    return fact ? [fact] : [];
  }
  if (reply.kind !== "DeliveryReported") return [];
  const begun = await contactBegun(sql, reply.action);
  return begun ? fallBack(sql, reply, begun.fact.on, begun.fact.via) : [];
}

const bucketOfEvent = (channel: string, id: string): number =>
  hash32(`inbound\u0000${channel}\u0000${id}`) % BUCKETS;

export const keptPlace = (channel: string, id: string): string => `inbound_kept:${channel}/${id}:body`;

const keep = (db: Database, event: Inbound, now: Instant): Promise<number> =>
  db.run(
    `insert into inbound_kept (received_at, settled_at, bucket, channel, id, body) values ($1, 0, $2, $3, $4, $5)
     on conflict (bucket, channel, id) do nothing`,
    [
      now,
      bucketOfEvent(event.channel, event.id),
      event.channel,
      event.id,
      sealed(db.vault, keptPlace(event.channel, event.id), JSON.stringify(event)),
    ],
  );

async function keptOf(sql: Sql, all: boolean): Promise<KeptInbound[]> {
  const rows = await sql.query<{
    channel: string;
    id: string;
    received_at: number;
    settled_at: number;
    body: string;
  }>(
    `select channel, id, received_at, settled_at, body from inbound_kept
     where bucket >= 0 ${all ? "" : "and settled_at = 0"} order by received_at, channel, id`,
  );
  return rows.map(({ channel, id, received_at, settled_at, body }) => ({
    channel,
    id,
    receivedAt: received_at,
    settledAt: settled_at === 0 ? null : settled_at,
    event: JSON.parse(opened(sql.vault, keptPlace(channel, id), body)) as Inbound,
  }));
}
