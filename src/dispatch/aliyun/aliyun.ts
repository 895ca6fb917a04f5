import { createHash } from "node:crypto";
import { type Channel, type Instant, parseInstant } from "../../core/index.ts";
import type { Tools } from "../care.ts";
import { handing } from "../clear.ts";
import type { Ear, Inbound } from "../inbound.ts";
import { readList, refusedBy, type SecretPath, textIn, unreadable } from "../secret-path.ts";
import { type Approved, sendable, wordsOf } from "../templates.ts";
import { NotHandedOver, saysOf } from "../trouble.ts";
import type { ChannelAdapter, Receipt } from "../types.ts";

export interface AliyunSettings extends Approved {
  readonly name: string;
  readonly carries: readonly Channel[];
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly endpoint: string;
  readonly protocol: "https" | "http";
  readonly answerWithinMs: number;
}

interface SendSmsAnswer {
  readonly statusCode?: number;
  readonly body?: { readonly code?: string; readonly message?: string; readonly bizId?: string };
}
interface Client {
  sendSmsWithOptions(request: object, runtime: object): Promise<SendSmsAnswer>;
  queryMobilesCardSupportWithOptions?: unknown;
  querySmsSignListWithOptions(
    request: object,
    runtime: object,
  ): Promise<{ readonly body?: { readonly code?: string; readonly message?: string } }>;
}
/** What of the packages `@alicloud/dysmsapi20170525` and `@alicloud/openapi-core` is used here. */
export interface AliyunLibrary {
  readonly dysms: {
    readonly default: new (config: object) => Client;
    readonly SendSmsRequest: new (fields: object) => object;
    readonly QuerySmsSignListRequest: new (fields: object) => object;
  };
  readonly core: { readonly $OpenApiUtil: { readonly Config: new (fields: object) => object } };
}

/**
 * Text messages by Alibaba Cloud SMS (Dysmsapi 2017-05-25), signed by its own library with ACS3-HMAC-SHA256.
 *
 * The service honours no idempotency key, by its own words; `OutId` carries ours and comes back with the receipt. Nothing
 * is retried by the library.
 */
export function aliyunChannel(
  settings: AliyunSettings,
  tools: Tools,
  library: AliyunLibrary,
): ChannelAdapter {
  const { dysms, core } = library;
  const client = new dysms.default(
    new core.$OpenApiUtil.Config({
      accessKeyId: settings.accessKeyId,
      accessKeySecret: settings.accessKeySecret,
      endpoint: settings.endpoint,
      protocol: settings.protocol,
    }),
  );
  const runtime = {
    autoretry: false,
    connectTimeout: Math.min(10_000, settings.answerWithinMs),
    readTimeout: settings.answerWithinMs,
  };
  return {
    name: settings.name,
    carries: settings.carries,
    words: (draft) => wordsOf(settings, draft),
    send: (permit, message) =>
      handing(permit, message, tools.now, async (): Promise<Receipt> => {
        const { template, figures } = sendable(settings, message);
        const request = new dysms.SendSmsRequest({
          phoneNumbers: message.to,
          signName: settings.sign,
          templateCode: template.code,
          templateParam: JSON.stringify(figures),
          outId: message.id,
        });
        const { body } = await client.sendSmsWithOptions(request, runtime).catch(rethrown);
        const code = body?.code ?? "no code";
        if (code === "OK" && body?.bizId)
          return { outcome: "sent", receipt: body.bizId, references: [body.bizId] };
        if (code.startsWith("isp.")) throw new Error(`${code}: ${body?.message}`);
        if (/^Throttling/.test(code)) throw new NotHandedOver(`${code}: ${body?.message}`, true);
        return { outcome: "failed", receipt: `${code}: ${body?.message}` };
      }),
    check: async () => {
      const request = new dysms.QuerySmsSignListRequest({ pageIndex: 1, pageSize: 1 });
      const { body } = await client.querySmsSignListWithOptions(request, runtime);
      if (body?.code !== "OK") throw new Error(`${body?.code}: ${body?.message}`);
      return `${settings.endpoint} accepts the key`;
    },
  };
}

/** Before the request was written nothing was handed over; a refused signature or key neither. */
function rethrown(error: unknown): never {
  const says = saysOf(error);
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ConnectTimeout/i.test(`${code} ${says}`))
    throw new NotHandedOver(says, true);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) throw new NotHandedOver(says, true);
  throw error;
}

/** Hears receipts (SmsReport) and answers of borrowers (SmsUp) by HTTP. The service signs neither: a secret path stands in for it. */
export function aliyunEar(name: string, secret: SecretPath): Ear {
  return {
    name,
    hear: (call) => {
      const refused = refusedBy(secret, call);
      if (refused) return refused;
      const events = readList(call, (entry) => eventOf(entry, name, call.at));
      return events ? { ok: true, events, answer: '{"code":0,"msg":"ok"}' } : unreadable;
    },
  };
}

/** `2017-01-01 00:00:00`, in Beijing. */
const beijing = (text: string | undefined): Instant | undefined =>
  text === undefined ? undefined : parseInstant(`${text.trim().replace(" ", "T")}+08:00`);

function eventOf(
  entry: Readonly<Record<string, unknown>>,
  channel: string,
  now: Instant,
): Inbound | undefined {
  const address = textIn(entry, "phone_number");
  if (address === undefined) return undefined;
  const base = { channel, via: "text" as const, address };
  const reference = textIn(entry, "biz_id");
  if (reference !== undefined) {
    const code = textIn(entry, "err_code") ?? "";
    const action = textIn(entry, "out_id");
    return {
      ...base,
      kind: "delivery",
      id: `${reference}/${address}/${code}`,
      at: beijing(textIn(entry, "report_time")) ?? now,
      reference,
      ...(action ? { action } : {}),
      status: entry.success === true || entry.success === "true" ? "delivered" : "failed",
      reason: [code, textIn(entry, "err_msg")].filter(Boolean).join(" ").slice(0, 200),
    };
  }
  const text = textIn(entry, "content");
  if (text === undefined) return undefined;
  const sent = textIn(entry, "send_time");
  const told = createHash("sha256").update([address, sent, text].join("\u0000")).digest("hex").slice(0, 32);
  return {
    ...base,
    kind: "message",
    id: textIn(entry, "sequence_id") ?? told,
    at: beijing(sent) ?? now,
    text: text.slice(0, 4000),
  };
}
