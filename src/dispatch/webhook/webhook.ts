import type { Channel } from "../../core/index.ts";
import type { Tools } from "../care.ts";
import { handing } from "../clear.ts";
import type { Ear } from "../inbound.ts";
import { secretBytes, signedEar, webhookSignature } from "../signature.ts";
import { NotHandedOver, saysOf } from "../trouble.ts";
import type { ChannelAdapter, Message, Receipt } from "../types.ts";

export interface WebhookSettings {
  readonly name: string;
  readonly carries: readonly Channel[];
  readonly url: string;
  /** `whsec_…`; the first signs, and a second one too while keys change. */
  readonly secrets: readonly string[];
  readonly answerWithinMs: number;
}

const MOST_ANSWER = 64 * 1024;

/**
 * Hands a message to a system of the lender's own, signed by Standard Webhooks: its app, its message hub. `webhook-id` is the
 * action's key, the same for every try, and the receiver is to take it as the idempotency key.
 */
export function webhookChannel(settings: WebhookSettings, tools: Tools): ChannelAdapter {
  const secrets = settings.secrets.map(secretBytes);
  const post = async (id: string, body: string): Promise<Response> => {
    const seconds = Math.floor(tools.now() / 1000);
    return fetch(settings.url, {
      method: "POST",
      body,
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(seconds),
        "webhook-signature": secrets.map((one) => webhookSignature(one, id, seconds, body)).join(" "),
      },
      signal: AbortSignal.timeout(settings.answerWithinMs),
    });
  };
  return {
    name: settings.name,
    carries: settings.carries,
    send: (permit, message) =>
      handing(permit, message, tools.now, async (): Promise<Receipt> => {
        const response = await post(message.id, bodyOf(message, tools)).catch(rethrown);
        return receiptOf(response, message.id);
      }),
    check: async () => {
      const response = await post(
        "check",
        JSON.stringify({ type: "check", timestamp: isoOf(tools), data: {} }),
      );
      await response.body?.cancel();
      if (response.status >= 300)
        throw new Error(`${settings.url} answered ${response.status} to an event "check"`);
      return `${settings.url} answered ${response.status} to an event "check"`;
    },
  };
}

const isoOf = (tools: Tools): string => new Date(tools.now()).toISOString();

function bodyOf(message: Message, tools: Tools): string {
  const { id, via, to, language, what, text, loans, lender } = message;
  const data = { id, via, to, language, what, text, loans, ...(lender === undefined ? {} : { lender }) };
  return JSON.stringify({ type: "message.send", timestamp: isoOf(tools), data });
}

const UNREACHED =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|DEPTH_ZERO.*|ERR_TLS.*|SELF_SIGNED.*|UNABLE_TO_.*)$/;

function rethrown(error: unknown): never {
  const cause = (error as { cause?: { code?: unknown } }).cause;
  const code = String(cause?.code ?? "");
  if (UNREACHED.test(code)) throw new NotHandedOver(`${code} ${saysOf(cause)}`.trim(), true);
  throw error;
}

/** 2xx took it, unless its body says otherwise; 429 and 503 did not; other refusals are final; what else fails, nobody knows. */
async function receiptOf(response: Response, id: string): Promise<Receipt> {
  const text = await bodyText(response);
  const says = `${response.status} ${text}`.slice(0, 200).trim();
  if (response.ok) {
    const error = errorIn(text);
    return error
      ? { outcome: "failed", receipt: error }
      : { outcome: "sent", receipt: says, references: [id] };
  }
  if (response.status === 429 || response.status === 503) throw new NotHandedOver(says, true);
  if (response.status < 500) return { outcome: "failed", receipt: says };
  throw new Error(says);
}

async function bodyText(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MOST_ANSWER) break;
  }
  return text;
}

/** An answer of 200 whose body says no: `{"error": …}`, `{"ok": false}`, `{"accepted": false}`. */
function errorIn(text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof body !== "object" || body === null) return undefined;
  const { error, ok, accepted } = body as Record<string, unknown>;
  if (error) return `answered 200 and says: ${JSON.stringify(error)}`.slice(0, 200);
  return ok === false || accepted === false ? `answered 200 and says: ${text.slice(0, 150)}` : undefined;
}

/** Hears delivery reports, answers and wishes in our own format, signed with the same key. */
export function webhookEar(name: string, secrets: readonly string[]): Ear {
  return signedEar(name, secrets.map(secretBytes));
}
