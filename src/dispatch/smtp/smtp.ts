import { createHmac } from "node:crypto";
import { Readable } from "node:stream";
import type { Channel } from "../../core/index.ts";
import type { Tools } from "../care.ts";
import { handing } from "../clear.ts";
import type { Call, Ear, Heard } from "../inbound.ts";
import { refusedBy, type SecretPath, sameSecret } from "../secret-path.ts";
import { NotHandedOver, saysOf } from "../trouble.ts";
import type { ChannelAdapter, Message, Receipt } from "../types.ts";
import { bounceOf } from "./bounce.ts";
import { messageIdOf } from "./message-id.ts";

export interface SmtpSettings {
  readonly name: string;
  readonly carries: readonly Channel[];
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` demanded, or `none` for a relay on the same machine. */
  readonly security: "tls" | "starttls" | "none";
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  /** Domain of message ids and of the signature. */
  readonly domain: string;
  /** Says nothing of a debt: it shows on locked screens. `{lender}` stands for the lender's name. */
  readonly subject: Readonly<Record<"en" | "zh", string>>;
  readonly dkim?: { readonly selector: string; readonly privateKey: string };
  /** Where `arrears listen` is reached for one-click unsubscribing, and the key that its links are signed with. */
  readonly unsubscribe?: { readonly url: string; readonly secret: string };
  readonly answerWithinMs: number;
  /** An extra root for the server's certificate, in PEM. */
  readonly ca?: string;
}

interface Connection {
  readonly secure: boolean;
  connect(connected: (error?: Error) => void): void;
  login(auth: object, done: (error?: Error | null) => void): void;
  send(
    envelope: object,
    message: Readable,
    done: (error: SmtpError | null, info?: { response: string }) => void,
  ): void;
  quit(): void;
  close(): void;
  on(event: "error" | "end", heard: (error?: SmtpError) => void): void;
}
interface SmtpError extends Error {
  readonly responseCode?: number;
  readonly code?: string;
}
interface Built {
  readonly envelope: object;
  readonly message: Buffer;
}
/** What of the package `nodemailer` is used here. */
export interface SmtpLibrary {
  readonly nodemailer: {
    createTransport(options: object): { sendMail(mail: object): Promise<Built> };
  };
  readonly Connection: new (options: object) => Connection;
}

/**
 * E-mail by SMTP: plain text, one person a message, its Message-ID made of the action's key.
 *
 * Until the server has said "go on" to DATA nothing was handed over. After that only its own last word counts: a refusal is
 * a failure, silence is unknown.
 */
export function smtpChannel(settings: SmtpSettings, tools: Tools, library: SmtpLibrary): ChannelAdapter {
  return {
    name: settings.name,
    carries: settings.carries,
    send: (permit, message) =>
      handing(permit, message, tools.now, async (): Promise<Receipt> => {
        const { envelope, message: raw } = await build(message, settings, library);
        const connection = await open(settings, library);
        const id = messageIdOf(message.id, settings.domain);
        try {
          const response = await deliver(connection, envelope, raw);
          return { outcome: "sent", receipt: `${id} ${response}`.slice(0, 300), references: [id] };
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          return { outcome: "failed", receipt: error.message };
        } finally {
          connection.close();
        }
      }),
    check: async () => {
      const connection = await open(settings, library);
      const secured = connection.secure ? "over TLS" : "without TLS";
      connection.quit();
      return `${settings.host}:${settings.port} answers ${secured}${settings.user ? ", and knows the user" : ""}`;
    },
  };
}

/** The server's last word on this message: no. */
class Refused extends Error {
  override name = "Refused";
}

async function build(message: Message, settings: SmtpSettings, library: SmtpLibrary): Promise<Built> {
  const { domain, dkim, unsubscribe } = settings;
  const builder = library.nodemailer.createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
    ...(dkim
      ? { dkim: { domainName: domain, keySelector: dkim.selector, privateKey: dkim.privateKey } }
      : {}),
  });
  const link = unsubscribe && `${unsubscribe.url}/${unsubscribeToken(message.id, unsubscribe.secret)}`;
  return builder.sendMail({
    from: settings.from,
    to: { name: "", address: message.to },
    subject: settings.subject[message.language].replaceAll("{lender}", message.owed?.lender ?? ""),
    text: message.text,
    messageId: `<${messageIdOf(message.id, domain)}>`,
    headers: {
      "Auto-Submitted": "auto-generated",
      ...(link
        ? { "List-Unsubscribe": `<${link}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
        : {}),
    },
    ...(message.file
      ? {
          attachments: [
            {
              filename: message.file.name,
              content: message.file.bytes,
              contentType: "application/pdf",
            },
          ],
        }
      : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Whatever goes wrong up to here, nothing was handed over. */
async function open(settings: SmtpSettings, library: SmtpLibrary): Promise<Connection> {
  const { host, port, security, user, password, domain, answerWithinMs, ca } = settings;
  const connection = new library.Connection({
    host,
    port,
    name: domain,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    connectionTimeout: Math.min(10_000, answerWithinMs),
    greetingTimeout: Math.min(10_000, answerWithinMs),
    socketTimeout: answerWithinMs,
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.on("error", (error) => reject(error));
      connection.on("end", () => reject(new Error("the server closed the connection")));
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    if (user !== undefined)
      await new Promise<void>((resolve, reject) => {
        connection.on("error", (error) => reject(error));
        connection.on("end", () => reject(new Error("the server closed the connection")));
        connection.login({ user, credentials: { user, pass: password } }, (error) =>
          error ? reject(error) : resolve(),
        );
      });
    return connection;
  } catch (error) {
    connection.close();
    throw new NotHandedOver(`${host}:${port}: ${saysOf(error)}`, true);
  }
}

function deliver(connection: Connection, envelope: object, raw: Buffer): Promise<string> {
  // The library reads the message once the server has said 354: from then on it may have it.
  let begun = false;
  const content = new Readable({
    read() {
      begun = true;
      this.push(raw);
      this.push(null);
    },
  });
  return new Promise((resolve, reject) => {
    const broke = (error: SmtpError): void => reject(judged(error, begun));
    connection.on("error", (error) => broke(error ?? new Error("the connection broke")));
    connection.on("end", () => broke(new Error("the server closed the connection")));
    connection.send(envelope, content, (error, info) => (error ? broke(error) : resolve(info!.response)));
  });
}

function judged(error: SmtpError, begun: boolean): Error {
  const { responseCode: code } = error;
  if (code !== undefined && code >= 500) return new Refused(error.message);
  if (code !== undefined && code >= 400) return new NotHandedOver(error.message, true);
  return begun ? error : new NotHandedOver(error.message, true);
}

const unsubscribeToken = (action: string, secret: string): string =>
  `${Buffer.from(action).toString("base64url")}.${signed(action, secret)}`;
const signed = (action: string, secret: string): string =>
  createHmac("sha256", secret).update(`unsubscribe\u0000${action}`).digest("base64url");

/**
 * Hears one-click unsubscribing (RFC 8058) under `unsubscribe/…`, and bounces (RFC 3464) that a mail server hands on under
 * `bounce/…`: links carry a signature of ours, bounces come by a secret path.
 */
export function smtpEar(name: string, unsubscribe: string | undefined, bounce: SecretPath | undefined): Ear {
  return {
    name,
    hear: (call) => {
      const [what, ...path] = call.path;
      if (what === "unsubscribe" && unsubscribe !== undefined)
        return unsubscribed({ ...call, path }, name, unsubscribe);
      if (what === "bounce" && bounce) {
        const refused = refusedBy(bounce, { ...call, path });
        if (refused) return refused;
        const event = bounceOf(call.body.toString("utf8"), name, call.at);
        return event
          ? { ok: true, events: [event], answer: '{"kept":1}' }
          : { ok: false, status: 400, says: "no delivery report (RFC 3464) in it" };
      }
      return { ok: false, status: 404, says: `nothing is heard under ${what ?? "/"}` };
    },
  };
}

/** A plain visit only shows the button: link checkers of mail systems visit every link. */
const PAGE = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>E-mail</title><form method="post"><p>Stop e-mails to this address? 不再向此邮箱发送邮件？</p>
<button name="List-Unsubscribe" value="One-Click">Stop · 停止</button></form>`;

function unsubscribed(call: Call, channel: string, secret: string): Heard {
  const [token = ""] = call.path;
  const [encoded = "", signature = ""] = token.split(".");
  const action = Buffer.from(encoded, "base64url").toString("utf8");
  if (!sameSecret(signature, signed(action, secret)))
    return { ok: false, status: 404, says: "an unsubscribe link that was not signed here" };
  if (call.method === "GET") return { ok: true, events: [], answer: PAGE, type: "text/html; charset=utf-8" };
  if (call.method !== "POST") return { ok: false, status: 405, says: `${call.method} instead of POST` };
  return {
    ok: true,
    events: [{ kind: "stop", id: `unsubscribe/${action}`, channel, via: "email", at: call.at, action }],
    answer: "Done. 已停止。\n",
    type: "text/plain; charset=utf-8",
  };
}
