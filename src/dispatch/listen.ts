import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Instant } from "../core/index.ts";
import type { Call, Ear } from "./inbound.ts";
import { saysOf } from "./trouble.ts";
import type { TakeInbound } from "./types.ts";

export interface Listening {
  readonly ears: readonly Ear[];
  readonly take: TakeInbound;
  now(): Instant;
  /** One line a call that was refused or could not be kept: never the secret, never what it said of a person. */
  log(says: string): void;
}

const MOST_BYTES = 256 * 1024;
const PATIENCE_MS = 10_000;

/**
 * A small listener for what carriers call back with: `/in/CHANNEL/…`. Each call is verified by its channel's ear before it
 * is read, and answered only when its events are kept, so that a carrier tries again what was not.
 */
export function inboundServer(listening: Listening): Server {
  const server = createServer((request, response) => {
    answer(request, response, listening).catch((error: unknown) => {
      listening.log(`not kept: ${saysOf(error)}`);
      reply(response, 503, "not kept; try again\n");
    });
  });
  server.requestTimeout = PATIENCE_MS;
  server.headersTimeout = PATIENCE_MS;
  server.maxHeadersCount = 100;
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { ears, take, now, log }: Listening,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://listener");
  const [room, name, ...path] = url.pathname.split("/").slice(1).map(decoded);
  const from = request.socket.remoteAddress ?? "";
  const ear = room === "in" ? ears.find((one) => one.name === name) : undefined;
  if (!ear) return reply(response, 404, "nothing here\n");
  const body = await bodyOf(request);
  if (!body) return reply(response, 413, "too long\n");
  const headers: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(request.headers))
    headers[key] = Array.isArray(value) ? value.join(" ") : value;
  const method = request.method ?? "GET";
  const call: Call = { method, path, query: url.searchParams, headers, body, from, at: now() };
  const heard = ear.hear(call);
  if (!heard.ok) {
    log(`${ear.name}: refused a call from ${from}: ${heard.says}`);
    return reply(response, heard.status, "refused\n");
  }
  for (const event of heard.events) await take(event);
  reply(response, 200, heard.answer, heard.type ?? "application/json; charset=utf-8");
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > MOST_BYTES) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function reply(
  response: ServerResponse,
  status: number,
  text: string,
  type = "text/plain; charset=utf-8",
): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; form-action 'self'",
    ...(status === 413 ? { connection: "close" } : {}),
  });
  response.end(text);
}
