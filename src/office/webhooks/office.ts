import { createHash, randomBytes } from "node:crypto";
import type { BlockList } from "node:net";
import { formatDay, type Instant } from "../../core/index.ts";
import {
  type Database,
  endDelivery,
  factsSince,
  putDeliveries,
  setWebhookState,
  takeDeliveries,
  type WebhookDelivery,
  type WebhookEndpoint,
  webhookEndpoints,
  webhooksSeenUntil,
} from "../../store/index.ts";
import { afterTry, EVENT_FACTS, EVENT_KINDS, eventOf, type Posted, postEvent } from "../../webhooks/index.ts";

/** An event as it is sent: what happened, when it was recorded, and ids by which the API can be asked. */
interface EventBody {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, string>>;
}

const textOf = (type: string, at: Instant, data: EventBody["data"]): string =>
  JSON.stringify({ type, timestamp: new Date(at).toISOString(), data } satisfies EventBody);

/** A new secret: 192 random bits in the form that Standard Webhooks gives them. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(24).toString("base64")}`;
/** After a rotation the old secret signs too for so long. */
export const OLD_SECRET_MS = 24 * 3_600_000;

const ANSWER_WITHIN_MS = 15_000;
const LEASE_MS = 60_000;
const AT_A_TIME = 20;

export const wants = ({ events }: Pick<WebhookEndpoint, "events">, kind: string): boolean =>
  events.includes("*") || events.includes(kind);

/** Which of these names are no event; none where all are. */
export const unknownEvents = (names: readonly string[]): string[] =>
  names.filter((name) => name !== "*" && !(EVENT_KINDS as readonly string[]).includes(name));

/**
 * Puts what was recorded since the last look on its way to every endpoint that wants it. Facts are read after they were
 * committed, so that nothing is told that did not happen; each has one id, so that looking twice tells nothing twice.
 */
export async function gatherEvents(db: Database, now: Instant): Promise<number> {
  const since = await webhooksSeenUntil(db);
  if (since === undefined) return 0;
  const endpoints = (await webhookEndpoints(db, now)).filter(({ state }) => state === "active");
  const all = (await factsSince(db, EVENT_FACTS, since)).flatMap(
    ({ id, lender, loan, borrower, recordedAt, fact }) => {
      const told = eventOf(fact);
      if (!told) return [];
      const data = {
        lender,
        borrower,
        ...(loan === undefined ? {} : { loan }),
        on: formatDay(fact.on),
        ...told.more,
      };
      const body = textOf(told.kind, recordedAt, data);
      return endpoints
        .filter((one) => one.lender === lender && recordedAt >= one.createdAt && wants(one, told.kind))
        .map((one) => ({ endpoint: one.id, id: eventId(lender, id), kind: told.kind, body }));
    },
  );
  return putDeliveries(db, all, now, now);
}

const eventId = (lender: string, fact: string): string =>
  `evt_${createHash("sha256").update(`${lender}\n${fact}`).digest("base64url").slice(0, 27)}`;

export interface Delivered {
  readonly delivered: number;
  readonly failed: number;
  readonly dead: number;
}

/** Sends what is due. Any number of processes may do so at once: each delivery is in one hand at a time. */
export async function deliverDue(
  db: Database,
  {
    now,
    allowed,
    stop,
  }: { readonly now: () => Instant; readonly allowed: BlockList; readonly stop?: AbortSignal },
): Promise<Delivered> {
  const counts = { delivered: 0, failed: 0, dead: 0 };
  for (;;) {
    if (stop?.aborted) return counts;
    const taken = await takeDeliveries(db, now(), LEASE_MS, AT_A_TIME);
    if (taken.length === 0) return counts;
    const endpoints = new Map((await webhookEndpoints(db, now())).map((one) => [one.id, one]));
    await Promise.all(
      taken.map(async (one) => {
        const endpoint = endpoints.get(one.endpoint);
        if (!endpoint) return;
        const posted = await send(endpoint, one, now(), allowed);
        const next = afterTry(one.tries, posted.status, now());
        const state = next.is === "again" ? "waiting" : next.is === "delivered" ? "delivered" : "dead";
        await endDelivery(db, one, {
          state,
          nextAt: next.is === "again" ? next.at : now(),
          lastAt: now(),
          lastStatus: posted.status,
          lastSays: posted.says,
        });
        if (next.is === "gone") await setWebhookState(db, endpoint.id, "gone");
        counts[state === "waiting" ? "failed" : state] += 1;
      }),
    );
  }
}

const send = (
  { url, secrets }: WebhookEndpoint,
  { id, body }: Pick<WebhookDelivery, "id" | "body">,
  now: Instant,
  allowed: BlockList,
): Promise<Posted> =>
  postEvent({
    url,
    id,
    body,
    secrets,
    at: Math.floor(now / 1000),
    allowed,
    answerWithinMs: ANSWER_WITHIN_MS,
  });

/** One event of the type `ping`, at once and once. */
export const ping = (endpoint: WebhookEndpoint, now: Instant, allowed: BlockList): Promise<Posted> => {
  const id = `evt_ping_${randomBytes(12).toString("base64url")}`;
  return send(endpoint, { id, body: textOf("ping", now, { lender: endpoint.lender }) }, now, allowed);
};
