import { createHmac } from "node:crypto";
import type { Instant } from "../core/index.ts";
import { type Call, type Ear, type Inbound, readInbound } from "./inbound.ts";
import { sameSecret } from "./secret-path.ts";

/**
 * Standard Webhooks (version 1, symmetric): HMAC-SHA256 over `id.timestamp.body`, in base64, as `v1,…`. A dozen lines on
 * node:crypto instead of the package, which brings a SHA-256 of its own in plain JavaScript; the tests hold both together.
 */
export function webhookSignature(secret: Buffer, id: string, seconds: number, body: string | Buffer): string {
  return `v1,${createHmac("sha256", secret).update(`${id}.${seconds}.`).update(body).digest("base64")}`;
}

/** The key's bytes, from its usual form `whsec_…`. */
export const secretBytes = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ""), "base64");

const WINDOW_MS = 5 * 60_000;

/** Why a signed call is not believed; `undefined` where it is. Several signatures may stand side by side while keys change. */
export function unsigned(call: Call, secrets: readonly Buffer[]): string | undefined {
  const id = call.headers["webhook-id"];
  const stamp = call.headers["webhook-timestamp"];
  const signatures = call.headers["webhook-signature"];
  if (!id || !stamp || !signatures) return "no webhook-id, webhook-timestamp or webhook-signature";
  if (!/^\d{1,12}$/.test(stamp)) return "a webhook-timestamp that is no number";
  const seconds = Number(stamp);
  if (Math.abs(call.at - seconds * 1000) > WINDOW_MS) return "a webhook-timestamp more than five minutes off";
  const expected = secrets.map((secret) => webhookSignature(secret, id, seconds, call.body));
  const given = signatures.split(" ");
  return expected.some((right) => given.some((one) => sameSecret(one, right)))
    ? undefined
    : "a signature that is not ours";
}

/**
 * Hears events in our own format in calls signed by Standard Webhooks: one event, a list under `events`, or the usual
 * envelope with `data`. An event without an id takes the call's.
 */
export function signedEar(name: string, secrets: readonly Buffer[]): Ear {
  return {
    name,
    hear: (call) => {
      if (call.method !== "POST") return { ok: false, status: 405, says: `${call.method} instead of POST` };
      const wrong = unsigned(call, secrets);
      if (wrong !== undefined) return { ok: false, status: 401, says: wrong };
      const read = eventsOf(call, name);
      return typeof read === "string"
        ? { ok: false, status: 400, says: read }
        : { ok: true, events: read, answer: JSON.stringify({ kept: read.length }) };
    },
  };
}

function eventsOf(call: Call, channel: string): Inbound[] | string {
  let value: unknown;
  try {
    value = JSON.parse(call.body.toString("utf8"));
  } catch {
    return "the body is no JSON";
  }
  const body = (value ?? {}) as { events?: unknown; data?: unknown };
  const entries: unknown[] = Array.isArray(body.events) ? body.events : [body.data ?? value];
  const events: Inbound[] = [];
  for (const [at, entry] of entries.entries()) {
    const own = entries.length === 1 ? { id: call.headers["webhook-id"], ...(entry as object) } : entry;
    const read = readInbound(own, channel, call.at as Instant);
    if (!read.ok) return entries.length === 1 ? read.says : `event ${at + 1}: ${read.says}`;
    events.push(read.value);
  }
  return events;
}
