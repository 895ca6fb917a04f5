import { z } from "zod";
import { newWebhookSecret, OLD_SECRET_MS, ping, unknownEvents } from "../../office/webhooks/office.ts";
import {
  addWebhook,
  deliveries,
  removeWebhook,
  replayDeliveries,
  rotateWebhook,
  type WebhookEndpoint,
  webhookEndpoints,
} from "../../store/index.ts";
import { EVENT_KINDS, placeOf, urlTrouble } from "../../webhooks/index.ts";
import { newId } from "../access/secrets.ts";
import type { Api } from "../api.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { route } from "../route.ts";
import { OVERSIGHT_READS, RUNS } from "./rows.ts";
import { Id, utc, utcOrNull } from "./shapes.ts";

const WebhookParams = z.strictObject({ webhook: Id });

const Endpoint = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  state: z.enum(["active", "disabled", "gone"]),
  createdBy: z.string(),
  createdAt: z.string(),
});

const endpointOf = ({
  id,
  url,
  events,
  state,
  createdBy,
  createdAt,
}: WebhookEndpoint): z.input<typeof Endpoint> => ({
  id,
  url,
  events: [...events],
  state,
  createdBy,
  createdAt: utc(createdAt),
});

async function mustFind(api: Api, lender: string, id: string): Promise<WebhookEndpoint> {
  const [found] = await webhookEndpoints(api.db, api.now(), { lender, id });
  if (!found) throw new Problem("not-found");
  return found;
}

export const WEBHOOK_ROUTES = [
  route({
    id: "webhooks.list",
    method: "GET",
    url: "/v1/webhooks",
    says: { en: "Where the lender is told of events, without secrets", zh: "事件推送端点列表" },
    of: "lender",
    may: OVERSIGHT_READS,
    answers: z.object({ items: z.array(Endpoint), events: z.array(z.string()) }),
    handle: async ({ api, lender }) => ({
      items: (await webhookEndpoints(api.db, api.now(), { lender: lender.code })).map(endpointOf),
      events: [...EVENT_KINDS],
    }),
  }),
  route({
    id: "webhook.create",
    method: "POST",
    url: "/v1/webhooks",
    says: {
      en: "Be told of events from now on; the secret is told this once",
      zh: "新建推送端点（密钥仅显示一次）",
    },
    of: "lender",
    guard: { none: "adds" },
    may: RUNS,
    once: true,
    status: 201,
    body: z.strictObject({
      url: z.string().max(2000),
      events: z.array(z.string().max(60)).min(1).max(EVENT_KINDS.length).default(["*"]),
    }),
    answers: z.object({ id: z.string(), secret: z.string() }),
    handle: async ({ api, who, lender, now, body, remark }) => {
      const unknown = unknownEvents(body.events);
      if (unknown.length > 0)
        throw refusedBy({
          code: "no-such-event",
          says: `no such event: ${unknown.join(", ")}`,
          saysZh: `没有此事件：${unknown.join("、")}`,
          at: "body/events",
        });
      const trouble = urlTrouble(body.url) ?? (await placeOf(new URL(body.url), api.webhookAllow));
      if (typeof trouble === "string")
        throw refusedBy({
          code: "bad-endpoint",
          says: `the address cannot be an endpoint: ${trouble}`,
          saysZh: "该地址不能作为端点：须为公网 https 地址，或在已允许的网络内",
          at: "body/url",
        });
      const [id, secret] = [newId(), newWebhookSecret()];
      await addWebhook(
        api.db,
        {
          id,
          lender: lender.code,
          url: body.url,
          events: [...new Set(body.events)],
          createdBy: who.id,
          createdAt: now,
        },
        secret,
      );
      remark(`webhook ${id}: ${body.events.join(", ")}`);
      return { id, secret };
    },
  }),
  route({
    id: "webhook.rotate",
    method: "POST",
    url: "/v1/webhooks/:webhook/rotate",
    says: {
      en: "A new secret, told this once; the old one signs beside it for a day",
      zh: "更换密钥（仅显示一次），旧密钥并行一天",
    },
    of: "lender",
    guard: { none: "once" },
    may: RUNS,
    once: true,
    params: WebhookParams,
    answers: z.object({ id: z.string(), secret: z.string(), oldUntil: z.string() }),
    handle: async ({ api, lender, now, params }) => {
      const found = await mustFind(api, lender.code, params.webhook);
      const secret = newWebhookSecret();
      await rotateWebhook(api.db, found, secret, now + OLD_SECRET_MS);
      return { id: found.id, secret, oldUntil: utc(now + OLD_SECRET_MS) };
    },
  }),
  route({
    id: "webhook.remove",
    method: "DELETE",
    url: "/v1/webhooks/:webhook",
    says: { en: "Be told no more; what waits is dropped", zh: "删除推送端点" },
    of: "lender",
    guard: { none: "once" },
    may: RUNS,
    once: true,
    params: WebhookParams,
    answers: z.object({ id: z.string(), removed: z.literal(true) }),
    handle: async ({ api, lender, params }) => {
      if (!(await removeWebhook(api.db, lender.code, params.webhook))) throw new Problem("not-found");
      return { id: params.webhook, removed: true as const };
    },
  }),
  route({
    id: "webhook.test",
    method: "POST",
    url: "/v1/webhooks/:webhook/test",
    says: { en: "Send one event of the type ping now, and say what came back", zh: "发送测试事件" },
    of: "lender",
    guard: { none: "keeps" },
    may: RUNS,
    once: true,
    params: WebhookParams,
    answers: z.object({ id: z.string(), status: z.int().nullable(), says: z.string() }),
    handle: async ({ api, lender, now, params }) => {
      const found = await mustFind(api, lender.code, params.webhook);
      return { id: found.id, ...(await ping(found, now, api.webhookAllow)) };
    },
  }),
  route({
    id: "webhook.deliveries",
    method: "GET",
    url: "/v1/webhooks/:webhook/deliveries",
    says: { en: "What was sent or waits, the newest first", zh: "投递记录" },
    of: "lender",
    may: OVERSIGHT_READS,
    params: WebhookParams,
    query: z.strictObject({
      state: z.enum(["waiting", "delivered", "dead"]).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answers: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          state: z.enum(["waiting", "delivered", "dead"]),
          tries: z.int(),
          nextAt: z.string(),
          lastAt: z.string().nullable(),
          lastStatus: z.int().nullable(),
          lastSays: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ api, lender, params, query }) => {
      const found = await mustFind(api, lender.code, params.webhook);
      const rows = await deliveries(api.db, found.id, query.limit, query.state);
      return {
        items: rows.map(({ id, kind, state, tries, nextAt, lastAt, lastStatus, lastSays }) => ({
          id,
          kind,
          state,
          tries,
          nextAt: utc(nextAt),
          lastAt: utcOrNull(lastAt),
          lastStatus,
          lastSays,
        })),
      };
    },
  }),
  route({
    id: "webhook.replay",
    method: "POST",
    url: "/v1/webhooks/:webhook/replay",
    says: { en: "Send again: the events named, or all that were given up", zh: "重新投递" },
    of: "lender",
    guard: { none: "rows" },
    may: RUNS,
    params: WebhookParams,
    body: z.strictObject({ ids: z.array(z.string().max(100)).min(1).max(1000).optional() }),
    answers: z.object({ id: z.string(), replayed: z.int() }),
    handle: async ({ api, lender, now, params, body }) => {
      const found = await mustFind(api, lender.code, params.webhook);
      const asked = body.ids ? { ids: body.ids } : ({ state: "dead" } as const);
      return { id: found.id, replayed: await replayDeliveries(api.db, found.id, asked, now) };
    },
  }),
];
