import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deadPort } from "../../../test/support/listener.ts";
import { messageOf, NOON, send, testTools } from "../../../test/support/permit.ts";
import type { Call } from "../inbound.ts";
import { NotHandedOver } from "../trouble.ts";
import type { ChannelAdapter } from "../types.ts";
import { actionOf, messageIdOf } from "./message-id.ts";
import { type SmtpLibrary, type SmtpSettings, smtpChannel, smtpEar } from "./smtp.ts";

const require = createRequire(import.meta.url);
const library: SmtpLibrary = {
  nodemailer: require("nodemailer"),
  Connection: require("nodemailer/lib/smtp-connection"),
};
const refusal = (responseCode: number, says: string): Error =>
  Object.assign(new Error(says), { responseCode });
const EMAIL = { via: "email", language: "en" } as const;

describe("e-mail by SMTP, to a mail server on this machine", () => {
  let server: SMTPServer;
  let port: number;
  let mails: string[];
  const open = async (options: SMTPServerOptions = {}): Promise<void> => {
    server = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      onData: (stream, _session, done) => {
        let text = "";
        stream.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        stream.on("end", () => {
          mails.push(text);
          done(null, "queued as 4711");
        });
      },
      ...options,
    });
    server.on("error", () => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    port = (server.server.address() as AddressInfo).port;
  };
  const settings = (change: Partial<SmtpSettings> = {}): SmtpSettings => ({
    name: "mail",
    carries: ["email"],
    host: "127.0.0.1",
    port,
    security: "none",
    from: "Demo Bank <service@bank.example>",
    domain: "bank.example",
    subject: { en: "{lender}: a message for you", zh: "{lender}：给您的通知" },
    answerWithinMs: 1000,
    ...change,
  });
  const channel = (change: Partial<SmtpSettings> = {}): ChannelAdapter =>
    smtpChannel(settings(change), testTools(), library);
  const failureOf = (sending: Promise<unknown>): Promise<unknown> => sending.catch((error: unknown) => error);

  beforeEach(() => {
    mails = [];
  });
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

  test("goes out as plain text under an id made of the action's key, and its subject says nothing of a debt", async () => {
    await open();
    const message = messageOf(EMAIL);
    const receipt = await send(channel(), message);
    const id = messageIdOf(message.id, "bank.example");
    expect(receipt).toMatchObject({ outcome: "sent", references: [id] });
    expect(receipt.receipt).toContain("queued as 4711");
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain(`Message-ID: <${id}>`);
    expect(mails[0]).toContain("Subject: Demo Bank: a message for you\r\n");
    expect(mails[0]).toContain("Content-Type: text/plain; charset=utf-8");
    expect(mails[0]).toContain("Auto-Submitted: auto-generated");
    expect(mails[0]).not.toContain("text/html");
    const body = mails[0]!.slice(mails[0]!.indexOf("\r\n\r\n"));
    // Soft breaks of quoted-printable belong to the wire.
    expect(body.replace(/=\r\n/g, "")).toContain("CNY 1234.56 is past due on your loan since 2026-03-01");
  });

  test("can be unsubscribed with one click", async () => {
    await open();
    const url = "https://in.bank.example/in/mail/unsubscribe";
    await send(channel({ unsubscribe: { url, secret: "key" } }), messageOf(EMAIL));
    const header = mails[0]!.replace(/\r\n[ \t]+/g, " ");
    expect(header).toMatch(
      /List-Unsubscribe: <https:\/\/in\.bank\.example\/in\/mail\/unsubscribe\/[\w-]+\.[\w-]+>/,
    );
    expect(header).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  });

  test("carries a DKIM signature that the public key confirms", async () => {
    await open();
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
    await send(channel({ dkim: { selector: "s1", privateKey: pem } }), messageOf(EMAIL));
    const [head, ...rest] = mails[0]!.split("\r\n\r\n");
    const headers = head!.replace(/\r\n(?=[ \t])/g, "").split("\r\n");
    const dkim = headers.find((line) => /^DKIM-Signature:/i.test(line))!;
    const tag = (name: string): string =>
      new RegExp(`[;\\s]${name}=([^;]*)`).exec(dkim)![1]!.replace(/\s/g, "");
    expect([tag("d"), tag("s"), tag("c")]).toEqual(["bank.example", "s1", "relaxed/relaxed"]);
    // RFC 6376, 3.4.4: blanks at line ends go, runs of blanks become one, empty lines at the end go.
    const body = rest
      .join("\r\n\r\n")
      .replace(/[ \t]+(?=\r\n)/g, "")
      .replace(/[ \t]+/g, " ")
      .replace(/(?:\r\n)*$/, "\r\n");
    expect(tag("bh")).toBe(createHash("sha256").update(body).digest("base64"));
    const relaxed = (line: string): string => {
      const at = line.indexOf(":");
      return `${line.slice(0, at).toLowerCase()}:${line
        .slice(at + 1)
        .replace(/\s+/g, " ")
        .trim()}`;
    };
    const signed = tag("h")
      .split(":")
      .map((name) => headers.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)));
    const lines = signed.filter((line) => line !== undefined).map((line) => `${relaxed(line)}\r\n`);
    const own = relaxed(dkim.replace(/([;\s]b=)[^;]*/, "$1"));
    const right = createVerify("sha256")
      .update(lines.join("") + own)
      .verify(publicKey, tag("b"), "base64");
    expect(right).toBe(true);
  });

  test("an address that does not exist (550) has failed", async () => {
    await open({ onRcptTo: (_address, _session, done) => done(refusal(550, "no such user")) });
    expect(await send(channel(), messageOf(EMAIL))).toMatchObject({
      outcome: "failed",
      receipt: expect.stringContaining("no such user"),
    });
  });

  test("a full or careful server (451 at the recipient) may be asked again", async () => {
    await open({ onRcptTo: (_address, _session, done) => done(refusal(451, "greylisted")) });
    const failure = await failureOf(send(channel(), messageOf(EMAIL)));
    expect(failure).toBeInstanceOf(NotHandedOver);
    expect(failure).toMatchObject({ passing: true });
  });

  test("a server that refuses the content after reading it has the last word: 554 failed, 452 again", async () => {
    let code = 554;
    await open({
      onData: (stream, _session, done) => {
        stream.resume().on("end", () => done(refusal(code, "not this")));
      },
    });
    expect(await send(channel(), messageOf(EMAIL))).toMatchObject({ outcome: "failed" });
    code = 452;
    expect(await failureOf(send(channel(), messageOf(EMAIL)))).toBeInstanceOf(NotHandedOver);
  });

  test("a server that reads the message and then says nothing leaves it unknown", async () => {
    let read = 0;
    await open({
      onData: (stream) => {
        read += 1;
        stream.resume();
      },
    });
    const failure = await failureOf(send(channel(), messageOf(EMAIL)));
    expect(read).toBe(1);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(NotHandedOver);
  });

  test("a server that says nothing before it has the message, and one that is down, are no hand-over", async () => {
    await open({ onMailFrom: () => {} });
    expect(await failureOf(send(channel(), messageOf(EMAIL)))).toBeInstanceOf(NotHandedOver);
    const down = channel({ port: await deadPort() });
    expect(await failureOf(send(down, messageOf(EMAIL)))).toBeInstanceOf(NotHandedOver);
  });

  test("a server that offers no TLS is given nothing where TLS is demanded", async () => {
    await open();
    const failure = await failureOf(send(channel({ security: "starttls" }), messageOf(EMAIL)));
    expect(failure).toBeInstanceOf(NotHandedOver);
    expect(mails).toEqual([]);
  });

  test("a server whose certificate nobody vouches for is given nothing", async () => {
    await open({ hideSTARTTLS: false });
    const failure = await failureOf(send(channel({ security: "starttls" }), messageOf(EMAIL)));
    expect(failure).toBeInstanceOf(NotHandedOver);
    expect(String(failure)).toMatch(/certificate/i);
    expect(mails).toEqual([]);
  });

  test("a check signs in and sends nothing; a wrong password is named", async () => {
    await open({
      allowInsecureAuth: true,
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        password === "right" ? done(null, { user: username }) : done(new Error("wrong password")),
    });
    expect(await channel({ user: "lender", password: "right" }).check!()).toContain("knows the user");
    await expect(channel({ user: "lender", password: "wrong" }).check!()).rejects.toThrow("wrong password");
    expect(mails).toEqual([]);
  });
});

describe("what comes back by e-mail", () => {
  const TOKEN = "0123456789abcdef0123456789abcdef";
  const ear = smtpEar("mail", "key", { token: TOKEN });
  const call = (method: string, path: readonly string[], body = ""): Call => ({
    method,
    path,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(body),
    from: "203.0.113.7",
    at: NOON,
  });
  /** Worked out once with openssl: HMAC-SHA256 under "key" of `unsubscribe`, NUL, the action. */
  const SIGNATURE = "pnhnPjc0aUJXStRtkwpK0hUBgFVhNlZad3rNzsqQjlA";
  const LINK = `${Buffer.from("7-0/2026-03-06/message").toString("base64url")}.${SIGNATURE}`;

  test("one click on our link is a wish to stop; a visit only shows the button", () => {
    expect(ear.hear(call("POST", ["unsubscribe", LINK], "List-Unsubscribe=One-Click"))).toMatchObject({
      ok: true,
      events: [{ kind: "stop", via: "email", action: "7-0/2026-03-06/message" }],
    });
    expect(ear.hear(call("GET", ["unsubscribe", LINK]))).toMatchObject({
      ok: true,
      events: [],
      type: "text/html; charset=utf-8",
    });
  });

  test("a link for another message with our signature, or none, is refused", () => {
    const other = `${Buffer.from("7-4096/2026-03-06/message").toString("base64url")}.${SIGNATURE}`;
    expect(ear.hear(call("POST", ["unsubscribe", other]))).toMatchObject({ ok: false, status: 404 });
    expect(ear.hear(call("POST", ["unsubscribe", "x"]))).toMatchObject({ ok: false, status: 404 });
  });

  const DSN = [
    "From: MAILER-DAEMON@mx.example",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "",
    "Final-Recipient: rfc822; wang@example.com",
    "Action: failed",
    "Status: 5.1.1",
    "Diagnostic-Code: smtp; 550 5.1.1",
    " User unknown",
    "",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    "Message-ID: <7-0.2026-03-06.message@bank.example>",
    "--b--",
  ].join("\r\n");

  test("a bounce (RFC 3464) names our message by its id, and why", () => {
    expect(ear.hear(call("POST", ["bounce", TOKEN], DSN))).toMatchObject({
      ok: true,
      events: [
        {
          kind: "delivery",
          status: "bounced",
          action: "7-0/2026-03-06/message",
          address: "wang@example.com",
          reason: "5.1.1 smtp; 550 5.1.1 User unknown",
        },
      ],
    });
  });

  test("a bounce by a path that was guessed is refused, and a letter that is no bounce too", () => {
    expect(ear.hear(call("POST", ["bounce", "0".repeat(32)], DSN))).toMatchObject({ ok: false, status: 404 });
    expect(ear.hear(call("POST", ["bounce", TOKEN], "Subject: hello\r\n\r\nhi"))).toMatchObject({
      ok: false,
      status: 400,
    });
  });

  test.each(["7-0/2026-03-06/message", "4095-12288/2026-03-06/letter/3", "7-0/2026-03-06/message+2"])(
    "the id of %s leads back to it",
    (action) => {
      expect(actionOf(`<${messageIdOf(action, "bank.example")}>`)).toBe(action);
    },
  );
});
