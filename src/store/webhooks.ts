import {
  type Day,
  FACT_CODES,
  type Fact,
  factFromText,
  type Instant,
  keyToNumber,
  loanIndex,
} from "../core/index.ts";
import { idsOf } from "./lookups.ts";
import type { Database, Sql } from "./sql.ts";
import { opened, sealed } from "./vault.ts";

/** Where a lender wants to be told of events. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly lender: string;
  readonly url: string;
  /** Names of events; `*` stands for all. */
  readonly events: readonly string[];
  readonly state: "active" | "disabled" | "gone";
  /** The first signs; a second one signs too while its owner changes keys. */
  readonly secrets: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Instant;
}

export interface WebhookDelivery {
  readonly endpoint: string;
  readonly id: string;
  readonly kind: string;
  readonly body: string;
  readonly state: "waiting" | "delivered" | "dead";
  readonly tries: number;
  readonly nextAt: Instant;
  readonly createdAt: Instant;
  readonly lastAt: Instant | null;
  readonly lastStatus: number | null;
  readonly lastSays: string | null;
}

/** Where a secret lies: the old one moves to the column beside it, and is of the same place. */
export const webhookPlace = (id: string): string => `webhook_endpoint:${id}:secret`;

/** How a secret lies in its column, and how it is read again. Only these two know. */
const secretKept = (sql: Sql, id: string, secret: string): string =>
  sealed(sql.vault, webhookPlace(id), secret);
const secretRead = (sql: Sql, id: string, kept: string): string => opened(sql.vault, webhookPlace(id), kept);

interface EndpointRow extends Record<string, unknown> {
  readonly id: string;
  readonly lender: string;
  readonly url: string;
  readonly events: string;
  readonly state: WebhookEndpoint["state"];
  readonly secret: string;
  readonly old_secret: string | null;
  readonly old_until: number | null;
  readonly created_by: string;
  readonly created_at: number;
}

const ENDPOINT = `select e.id, l.code as lender, e.url, e.events, e.state, e.secret, e.old_secret, e.old_until,
  e.created_by, e.created_at from webhook_endpoint e join lender l on l.id = e.lender`;

const endpointOf = (sql: Sql, row: EndpointRow, now: Instant): WebhookEndpoint => ({
  id: row.id,
  lender: row.lender,
  url: row.url,
  events: row.events.split(" "),
  state: row.state,
  secrets: [
    secretRead(sql, row.id, row.secret),
    ...(row.old_secret !== null && (row.old_until ?? 0) > now
      ? [secretRead(sql, row.id, row.old_secret)]
      : []),
  ],
  createdBy: row.created_by,
  createdAt: row.created_at,
});

export async function webhookEndpoints(
  sql: Sql,
  now: Instant,
  asked: { readonly lender?: string; readonly id?: string } = {},
): Promise<WebhookEndpoint[]> {
  const rows = await sql.query<EndpointRow>(
    `${ENDPOINT} where ($1::text is null or l.code = $1) and ($2::text is null or e.id = $2) order by e.created_at, e.id`,
    [asked.lender ?? null, asked.id ?? null],
  );
  return rows.map((row) => endpointOf(sql, row, now));
}

/** Facts from this instant on are told to it. */
export const addWebhook = (
  sql: Sql,
  one: Pick<WebhookEndpoint, "id" | "lender" | "url" | "events" | "createdBy" | "createdAt">,
  secret: string,
): Promise<number> =>
  sql.run(
    `insert into webhook_endpoint (id, lender, url, events, state, secret, created_by, created_at, seen_until)
     select $1, l.id, $3, $4, 'active', $5, $6, $7::int8, $7::int8 from lender l where l.code = $2`,
    [
      one.id,
      one.lender,
      one.url,
      one.events.join(" "),
      secretKept(sql, one.id, secret),
      one.createdBy,
      one.createdAt,
    ],
  );

/** A new secret signs from now on; the one before signs beside it until then. */
export async function rotateWebhook(
  sql: Sql,
  { id, lender }: Pick<WebhookEndpoint, "id" | "lender">,
  secret: string,
  oldUntil: Instant,
): Promise<boolean> {
  const changed = await sql.run(
    `update webhook_endpoint set old_secret = secret, old_until = $4, secret = $3
     where id = $1 and lender = (select l.id from lender l where l.code = $2)`,
    [id, lender, secretKept(sql, id, secret), oldUntil],
  );
  return changed === 1;
}

/** Also what waits for it is dropped. `false` where the lender has no such endpoint. */
export async function removeWebhook(db: Database, lender: string, id: string): Promise<boolean> {
  return db.tx(async (sql) => {
    const removed = await sql.run(
      "delete from webhook_endpoint where id = $1 and lender = (select l.id from lender l where l.code = $2)",
      [id, lender],
    );
    if (removed === 1) await sql.run("delete from webhook_delivery where endpoint = $1", [id]);
    return removed === 1;
  });
}

export const setWebhookState = (sql: Sql, id: string, state: WebhookEndpoint["state"]): Promise<number> =>
  sql.run("update webhook_endpoint set state = $2 where id = $1", [id, state]);

// --- what happened ---------------------------------------------------------------------------------------------------

/** A fact with the ids that outsiders know it by. */
export interface ToldFact {
  /** The same however often it is read, while it waits and once it stands in the journal. */
  readonly id: string;
  readonly lender: string;
  /** Missing where it is of the person and not of one loan. */
  readonly loan?: string;
  readonly borrower: string;
  readonly recordedAt: Instant;
  readonly fact: Fact;
}

/** Transactions last so long at most: a fact that was recorded at an instant and is seen later is still found. */
const OVERLAP_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
/** What was delivered is kept so long, for whoever wants it again. */
const KEPT_MS = 30 * DAY_MS;

/**
 * Facts of these kinds that were recorded since the endpoints last looked, committed ones only: those of the journal and those
 * that wait for the close of their day.
 */
export async function factsSince(
  sql: Sql,
  kinds: readonly Fact["kind"][],
  since: Instant,
): Promise<ToldFact[]> {
  const codes = kinds.map((kind) => FACT_CODES[kind]);
  const rows = await sql.query<{
    bucket: number;
    n: number;
    seq: number;
    on_day: number;
    recorded_at: number;
    kind: number;
    payload: string;
    borrower: string;
    lender: string;
  }>(
    `select t.*, b.external_id as borrower, l.code as lender from (
       select bucket, n, seq, on_day, recorded_at, kind, payload from journal
       where bucket >= 0 and recorded_at >= $1 and kind = any($2::int2[])
       union all
       select bucket, n, 0, on_day, recorded_at, kind, payload from inbox
       where bucket >= 0 and recorded_at >= $1 and kind = any($2::int2[])
     ) t
     join borrower b on b.bucket = t.bucket and b.n = t.n - t.n % 4096 join lender l on l.id = b.lender
     order by t.recorded_at, t.bucket, t.n, t.seq`,
    [since - OVERLAP_MS, codes],
  );
  const ids = await idsOf(
    sql,
    rows.filter(({ n }) => loanIndex(n) > 0),
  );
  return rows.map((row) => {
    const fact = factFromText(row.kind, row.on_day as Day, row.payload);
    const { id, hold } = fact as { readonly id?: unknown; readonly hold?: string };
    const loan = ids.get(keyToNumber(row));
    // A fact that waits has no number yet; those that can wait have an id of their own or a day on which there is one of them.
    const own = typeof id === "string" ? id : `${row.on_day}${hold === undefined ? "" : `/${hold}`}`;
    const event = (fact as { readonly event?: unknown }).event;
    return {
      id: `${row.bucket}-${row.n}/${fact.kind}/${own}${typeof event === "string" ? `/${event}` : ""}`,
      lender: row.lender,
      ...(loan === undefined ? {} : { loan }),
      borrower: row.borrower,
      recordedAt: row.recorded_at,
      fact,
    };
  });
}

/** The instant from which the endpoints have not looked yet; none where there is no endpoint that is told anything. */
export async function webhooksSeenUntil(sql: Sql): Promise<Instant | undefined> {
  const [row] = await sql.query<{ until: number | null }>(
    "select min(seen_until) as until from webhook_endpoint where state = 'active'",
  );
  return row?.until ?? undefined;
}

/** Puts events on their way; one that an endpoint has already is not put twice. Gives how many are new. */
export async function putDeliveries(
  db: Database,
  all: readonly {
    readonly endpoint: string;
    readonly id: string;
    readonly kind: string;
    readonly body: string;
  }[],
  now: Instant,
  seenUntil?: Instant,
): Promise<number> {
  return db.tx(async (sql) => {
    const added = await sql.run(
      `insert into webhook_delivery (endpoint, id, kind, body, state, tries, next_at, created_at)
       select d.endpoint, d.id, d.kind, d.body, 'waiting', 0, $5::int8, $5::int8
       from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as d(endpoint, id, kind, body)
       on conflict (endpoint, id) do nothing`,
      [
        all.map(({ endpoint }) => endpoint),
        all.map(({ id }) => id),
        all.map(({ kind }) => kind),
        all.map(({ body }) => body),
        now,
      ],
    );
    if (seenUntil !== undefined) {
      await sql.run(
        "update webhook_endpoint set seen_until = greatest(seen_until, $1) where state = 'active'",
        [seenUntil],
      );
      await sql.run("delete from webhook_delivery where state = 'delivered' and created_at < $1", [
        now - KEPT_MS,
      ]);
    }
    return added;
  });
}

const DELIVERY = `d.endpoint, d.id, d.kind, d.body, d.state, d.tries, d.next_at as "nextAt",
  d.created_at as "createdAt", d.last_at as "lastAt", d.last_status as "lastStatus", d.last_says as "lastSays"`;

/**
 * Takes deliveries that are due, each for one worker: whoever dies with one in hand has it tried again after the lease, so that
 * every event arrives at least once.
 */
export const takeDeliveries = (
  sql: Sql,
  now: Instant,
  lease: number,
  most: number,
): Promise<WebhookDelivery[]> =>
  sql.query<WebhookDelivery & Record<string, unknown>>(
    `update webhook_delivery d set next_at = $2, tries = d.tries + 1 from (
       select w.endpoint, w.id from webhook_delivery w join webhook_endpoint e on e.id = w.endpoint
       where w.state = 'waiting' and w.next_at <= $1 and e.state = 'active'
       order by w.next_at, w.id limit $3 for update of w skip locked
     ) due where d.endpoint = due.endpoint and d.id = due.id returning ${DELIVERY}`,
    [now, now + lease, most],
  );

export const endDelivery = (
  sql: Sql,
  { endpoint, id }: Pick<WebhookDelivery, "endpoint" | "id">,
  end: Pick<WebhookDelivery, "state" | "nextAt" | "lastAt" | "lastStatus" | "lastSays">,
): Promise<number> =>
  sql.run(
    `update webhook_delivery set state = $3, next_at = $4, last_at = $5, last_status = $6, last_says = $7
     where endpoint = $1 and id = $2`,
    [endpoint, id, end.state, end.nextAt, end.lastAt, end.lastStatus, end.lastSays],
  );

/** The newest first. */
export const deliveries = (
  sql: Sql,
  endpoint: string,
  limit: number,
  state?: WebhookDelivery["state"],
): Promise<WebhookDelivery[]> =>
  sql.query<WebhookDelivery & Record<string, unknown>>(
    `select ${DELIVERY} from webhook_delivery d where d.endpoint = $1 and ($2::text is null or d.state = $2)
     order by d.created_at desc, d.id limit $3`,
    [endpoint, state ?? null, limit],
  );

/** Puts deliveries on their way again: those named, or all of one state. Gives how many. */
export const replayDeliveries = (
  sql: Sql,
  endpoint: string,
  asked: { readonly ids?: readonly string[]; readonly state?: WebhookDelivery["state"] },
  now: Instant,
): Promise<number> =>
  sql.run(
    `update webhook_delivery set state = 'waiting', tries = 0, next_at = $4
     where endpoint = $1 and ($2::text[] is null or id = any($2)) and ($3::text is null or state = $3)`,
    [endpoint, asked.ids ?? null, asked.state ?? null, now],
  );
