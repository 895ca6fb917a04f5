import { newId } from "../../api/access/secrets.ts";
import { proxyList } from "../../api/attempts.ts";
import { lendersAsked, withBook } from "../../office/book.ts";
import { count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { newWebhookSecret, OLD_SECRET_MS, ping, unknownEvents } from "../../office/webhooks/office.ts";
import { type Round, tellOnce, tellUntil } from "../../office/webhooks/worker.ts";
import {
  addWebhook,
  type Database,
  removeWebhook,
  replayDeliveries,
  rotateWebhook,
  type WebhookEndpoint,
  webhookEndpoints,
} from "../../store/index.ts";
import { EVENT_KINDS, placeOf, urlTrouble } from "../../webhooks/index.ts";
import { listOf, verbOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { stopped } from "../stopped.ts";
import { webhookSay } from "../webhooks/words.ts";

const TEXT = { type: "string" } as const;
export const options = {
  events: TEXT,
  lender: TEXT,
  allow: TEXT,
  ids: TEXT,
  state: TEXT,
  follow: { type: "boolean" },
} as const;

const VERBS = ["add", "list", "rotate", "remove", "test", "replay", "deliver"] as const;

/** Where the lender is told of events, and the worker that tells. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = verbOf(asked, VERBS, "webhook", io);
  const word = asked.words[1];
  if (verb !== "list" && verb !== "deliver" && !word)
    throw new WrongUse(
      say.missing[io.language](
        verb === "add" ? "URL" : "ID",
        "arrears webhook add https://example.com/events --events payment.received",
      ),
    );
  const allowed = proxyList(listOf(asked.text("allow") ?? process.env.ARREARS_WEBHOOK_ALLOW ?? ""));
  return withBook(place, io, async (db) => {
    switch (verb) {
      case "list":
        return list(db, asked, io);
      case "add":
        return add(db, asked, io, word!, allowed);
      case "deliver":
        return deliver(db, asked, io, allowed);
      default: {
        const [endpoint] = await webhookEndpoints(db, io.now(), { id: word! });
        if (!endpoint) throw new Declined(webhookSay.unknown[io.language](word!));
        return change(db, asked, io, verb, endpoint, allowed);
      }
    }
  });
}

async function list(db: Database, asked: Asked, io: Io): Promise<number> {
  const lender = asked.text("lender");
  const all = await webhookEndpoints(db, io.now(), lender === undefined ? {} : { lender });
  for (const { secrets: _, ...one } of all) io.object({ ...one });
  const rows = all.map(({ id, lender: of, url, events, state }) => [id, of, url, events.join(" "), state]);
  io.out(table(webhookSay.heads[io.language](), rows, ["left", "left", "left", "left", "left"]));
  return 0;
}

async function add(
  db: Database,
  asked: Asked,
  io: Io,
  url: string,
  allowed: Parameters<typeof placeOf>[1],
): Promise<number> {
  const events = listOf(asked.text("events") ?? "*");
  const unknown = unknownEvents(events);
  if (unknown.length > 0 || events.length === 0)
    throw new WrongUse(webhookSay.badEvents[io.language](unknown.join(", "), EVENT_KINDS.join(", ")));
  const trouble = urlTrouble(url) ?? (await placeOf(new URL(url), allowed));
  if (typeof trouble === "string") throw new Declined(webhookSay.badUrl[io.language](trouble));
  const [lender, ...more] = await lendersAsked(db, asked.text("lender"), io);
  if (more.length > 0)
    throw new Declined(say.oneLender[io.language]([lender!, ...more].map(({ code }) => code).join(", ")));
  const [id, secret] = [newId(), newWebhookSecret()];
  const one = { id, lender: lender!.code, url, events, createdBy: "command line", createdAt: io.now() };
  await addWebhook(db, one, secret);
  io.object({ ...one, secret });
  io.out(webhookSay.secret[io.language](id));
  io.out(secret);
  return 0;
}

async function change(
  db: Database,
  asked: Asked,
  io: Io,
  verb: "rotate" | "remove" | "test" | "replay",
  endpoint: WebhookEndpoint,
  allowed: Parameters<typeof ping>[2],
): Promise<number> {
  const { id } = endpoint;
  switch (verb) {
    case "rotate": {
      const secret = newWebhookSecret();
      await rotateWebhook(db, endpoint, secret, io.now() + OLD_SECRET_MS);
      io.object({ id, secret });
      io.out(webhookSay.secret[io.language](id));
      io.out(secret);
      return 0;
    }
    case "remove":
      await removeWebhook(db, endpoint.lender, id);
      io.object({ id, removed: true });
      io.out(webhookSay.removed[io.language](id));
      return 0;
    case "test": {
      const { status, says } = await ping(endpoint, io.now(), allowed);
      io.object({ id, status, says });
      io.out(webhookSay.tested[io.language](says));
      return status !== null && status < 300 ? 0 : 1;
    }
    case "replay": {
      const ids = asked.text("ids");
      const state = asked.text("state") ?? (ids === undefined ? "dead" : undefined);
      if (state !== undefined && state !== "dead" && state !== "delivered")
        throw new WrongUse(say.missing[io.language]("--state dead|delivered", "--state dead"));
      const replayed = await replayDeliveries(
        db,
        id,
        { ...(ids === undefined ? {} : { ids: listOf(ids) }), ...(state === undefined ? {} : { state }) },
        io.now(),
      );
      io.object({ id, replayed });
      io.out(webhookSay.replayed[io.language](count(replayed)));
      return 0;
    }
  }
}

async function deliver(
  db: Database,
  asked: Asked,
  io: Io,
  allowed: Parameters<typeof ping>[2],
): Promise<number> {
  const tell = (round: Round): void => {
    io.object({ ...round });
    io.out(webhookSay.delivered[io.language](count(round.delivered), count(round.failed), count(round.dead)));
  };
  if (!asked.flag("follow")) {
    tell(await tellOnce(db, { now: io.now, allowed }));
    return 0;
  }
  const stop = new AbortController();
  void stopped().then(() => stop.abort());
  const failed = (error: unknown): void => io.note((error as Error).message);
  await tellUntil(db, { now: io.now, allowed, stop: stop.signal, told: tell, failed });
  return 0;
}
