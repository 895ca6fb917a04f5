import { createHash } from "node:crypto";
import { type Channel, type Instant, parseInstant } from "../../core/index.ts";
import type { Tools } from "../care.ts";
import { handing } from "../clear.ts";
import type { Ear, Inbound } from "../inbound.ts";
import { readList, refusedBy, type SecretPath, textIn, unreadable } from "../secret-path.ts";
import { type Approved, sendable, wordsOf } from "../templates.ts";
import { NotHandedOver, saysOf } from "../trouble.ts";
import type { ChannelAdapter, Receipt } from "../types.ts";

export interface TencentSettings extends Approved {
  readonly name: string;
  readonly carries: readonly Channel[];
  readonly secretId: string;
  readonly secretKey: string;
  readonly sdkAppId: string;
  readonly region: string;
  readonly endpoint: string;
  readonly protocol: "https" | "http";
  readonly countryCode: string;
  readonly answerWithinMs: number;
}

interface SendStatus {
  readonly SerialNo?: string;
  readonly Code?: string;
  readonly Message?: string;
}
interface Client {
  SendSms(request: object): Promise<{ readonly SendStatusSet?: readonly SendStatus[] }>;
  SendStatusStatistics(request: object): Promise<unknown>;
}
/** What of the package `tencentcloud-sdk-nodejs-sms` is used here. */
export interface TencentLibrary {
  readonly sms: { readonly v20210111: { readonly Client: new (config: object) => Client } };
}

/**
 * Text messages by Tencent Cloud SMS (2021-01-11), signed by its own library with TC3-HMAC-SHA256. `SessionContext` carries
 * our key; receipts come back under the `SerialNo` of the answer.
 */
export function tencentChannel(
  settings: TencentSettings,
  tools: Tools,
  library: TencentLibrary,
): ChannelAdapter {
  const client = new library.sms.v20210111.Client({
    credential: { secretId: settings.secretId, secretKey: settings.secretKey },
    region: settings.region,
    profile: {
      signMethod: "TC3-HMAC-SHA256",
      httpProfile: {
        endpoint: settings.endpoint,
        protocol: `${settings.protocol}://`,
        reqTimeout: Math.ceil(settings.answerWithinMs / 1000),
      },
    },
  });
  return {
    name: settings.name,
    carries: settings.carries,
    words: (draft) => wordsOf(settings, draft),
    send: (permit, message) =>
      handing(permit, message, tools.now, async (): Promise<Receipt> => {
        const { template, figures } = sendable(settings, message);
        const answer = await client
          .SendSms({
            PhoneNumberSet: [international(message.to, settings.countryCode)],
            SmsSdkAppId: settings.sdkAppId,
            SignName: settings.sign,
            TemplateId: template.code,
            TemplateParamSet: Object.values(figures),
            SessionContext: message.id,
          })
          .catch(rethrown);
        const status = answer.SendStatusSet?.[0];
        if (status?.Code === "Ok" && status.SerialNo)
          return { outcome: "sent", receipt: status.SerialNo, references: [status.SerialNo] };
        if (status?.Code === undefined) throw new Error("the answer names no status");
        return { outcome: "failed", receipt: `${status.Code}: ${status.Message ?? ""}` };
      }),
    check: async () => {
      const hour = 3_600_000;
      const stamp = (at: Instant): string =>
        new Date(at + 8 * hour).toISOString().slice(0, 13).replace(/[-T]/g, "");
      await client.SendStatusStatistics({
        BeginTime: stamp(tools.now() - hour),
        EndTime: stamp(tools.now()),
        SmsSdkAppId: settings.sdkAppId,
        Limit: 0,
        Offset: 0,
      });
      return `${settings.endpoint} accepts the key`;
    },
  };
}

const international = (address: string, countryCode: string): string => {
  const plain = address.trim();
  if (plain.startsWith("+")) return `+${plain.replace(/\D/g, "")}`;
  return `+${countryCode}${plain.replace(/\D/g, "")}`;
};

/** Refusals of the request as such: nothing was taken, and once the key or the pace is right it may be. */
const REFUSED =
  /^(?:AuthFailure|RequestLimitExceeded|LimitExceeded$|UnauthorizedOperation|MissingParameter|InvalidParameter|UnsupportedOperation|FailedOperation\.InsufficientBalance)/;

function rethrown(error: unknown): never {
  const says = saysOf(error);
  const code = String((error as { code?: unknown }).code ?? "");
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/.test(says))
    throw new NotHandedOver(says, true);
  if (REFUSED.test(code)) throw new NotHandedOver(`${code}: ${says}`, true);
  throw error;
}

/** Hears receipts and answers of borrowers by HTTP. The service signs neither: a secret path stands in for it. */
export function tencentEar(name: string, secret: SecretPath): Ear {
  return {
    name,
    hear: (call) => {
      const refused = refusedBy(secret, call);
      if (refused) return refused;
      const events = readList(call, (entry) => eventOf(entry, name, call.at));
      return events ? { ok: true, events, answer: '{"result":0,"errmsg":"OK"}' } : unreadable;
    },
  };
}

function eventOf(
  entry: Readonly<Record<string, unknown>>,
  channel: string,
  now: Instant,
): Inbound | undefined {
  const mobile = textIn(entry, "mobile");
  if (mobile === undefined) return undefined;
  const base = { channel, via: "text" as const, address: `+${textIn(entry, "nationcode") ?? "86"}${mobile}` };
  const reference = textIn(entry, "sid");
  if (reference !== undefined) {
    const code = textIn(entry, "errmsg") ?? "";
    const received = textIn(entry, "user_receive_time")?.trim().replace(" ", "T");
    return {
      ...base,
      kind: "delivery",
      id: `${reference}/${mobile}/${code}`,
      at: (received && parseInstant(`${received}+08:00`)) || now,
      reference,
      status: entry.report_status === "SUCCESS" ? "delivered" : "failed",
      reason: [code, textIn(entry, "description")].filter(Boolean).join(" ").slice(0, 200),
    };
  }
  // Answers come with `content` (mainland) or `text` (international); the time is in seconds.
  const text = textIn(entry, "content") ?? textIn(entry, "text");
  if (text === undefined) return undefined;
  const seconds = Number(textIn(entry, "time"));
  const at = Number.isSafeInteger(seconds) && seconds > 0 ? seconds * 1000 : now;
  const id = createHash("sha256").update([mobile, at, text].join("\u0000")).digest("hex").slice(0, 32);
  return { ...base, kind: "message", id, at, text: text.slice(0, 4000) };
}
