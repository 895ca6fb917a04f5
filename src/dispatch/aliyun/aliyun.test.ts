import { createHash, createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Asked, Carrier, deadPort } from "../../../test/support/listener.ts";
import { messageOf, NOON, OWED, send, testTools } from "../../../test/support/permit.ts";
import type { Call } from "../inbound.ts";
import { wordsOf } from "../templates.ts";
import { NotHandedOver } from "../trouble.ts";
import type { ChannelAdapter, Message } from "../types.ts";
import { type AliyunLibrary, type AliyunSettings, aliyunChannel, aliyunEar } from "./aliyun.ts";

const require = createRequire(import.meta.url);
const library: AliyunLibrary = {
  dysms: require("@alicloud/dysmsapi20170525"),
  core: require("@alicloud/openapi-core"),
};
const SECRET = "test-secret";

/** The signature of a request by the published method (ACS3-HMAC-SHA256), worked out here without the library. */
function isSigned({ method, url, headers, body }: Asked): boolean {
  const match = /^ACS3-HMAC-SHA256 Credential=test-id,SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    String(headers.authorization),
  );
  if (!match) return false;
  const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
  if (headers["x-acs-content-sha256"] !== sha(body)) return false;
  const { pathname, searchParams } = new URL(url, "http://x");
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...searchParams]
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .sort()
    .join("&");
  const signed = match[1]!.split(";");
  const lines = signed.map((name) => `${name}:${String(headers[name]).trim()}\n`).join("");
  const canonical = [method, pathname, query, lines, match[1], sha(body)].join("\n");
  const right = createHmac("sha256", SECRET)
    .update(`ACS3-HMAC-SHA256\n${sha(canonical)}`)
    .digest("hex");
  return right === match[2];
}

const APPROVED = {
  sign: "示例银行",
  templates: [
    {
      what: "reminder",
      language: "zh" as const,
      when: "overdue" as const,
      code: "SMS_100",
      text: "您有{loans}笔贷款自{due_on}起逾期，截至{as_of}应还{amount}元。请仅通过我们的官方渠道还款。如暂时无法还款，可与我们协商分期或延期；如对金额有异议，请与我们联系，我们将先核查。",
    },
  ],
};

describe("text messages by Alibaba Cloud, to a server on this machine that checks each signature itself", () => {
  const carrier = new Carrier();
  let port: number;
  let answer: object;
  let status: number;
  const settings = (): AliyunSettings => ({
    name: "ali",
    carries: ["text"],
    accessKeyId: "test-id",
    accessKeySecret: SECRET,
    endpoint: `127.0.0.1:${port}`,
    protocol: "http",
    answerWithinMs: 1500,
    ...APPROVED,
  });
  const channel = (): ChannelAdapter => aliyunChannel(settings(), testTools(), library);
  const message = (): Message => {
    const draft = messageOf();
    return { ...draft, text: wordsOf(APPROVED, { ...draft, owed: OWED })! };
  };

  beforeEach(async () => {
    port = await carrier.open();
    carrier.asked.length = 0;
    status = 200;
    answer = { Code: "OK", Message: "OK", BizId: "9006197469364984^0", RequestId: "r" };
    carrier.answer = (asked, response) => {
      const right = isSigned(asked);
      response.statusCode = right ? status : 400;
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify(right ? answer : { Code: "SignatureDoesNotMatch", Message: "no", RequestId: "r" }),
      );
    };
  });
  afterEach(() => carrier.close());

  test("a message is its template's code and figures, signed, with our key beside it", async () => {
    const one = message();
    expect(await send(channel(), one)).toEqual({
      outcome: "sent",
      receipt: "9006197469364984^0",
      references: ["9006197469364984^0"],
    });
    const { searchParams } = new URL(carrier.asked[0]!.url, "http://x");
    const sent = Object.fromEntries([...searchParams, ...new URLSearchParams(carrier.asked[0]!.body)]);
    expect(sent).toMatchObject({
      PhoneNumbers: "19900000000",
      SignName: "示例银行",
      TemplateCode: "SMS_100",
      OutId: one.id,
    });
    expect(JSON.parse(sent.TemplateParam!)).toEqual({
      loans: "1",
      due_on: "2026-03-01",
      as_of: "2026-03-06",
      amount: "1234.56",
    });
    expect(carrier.asked[0]!.headers["x-acs-action"]).toBe("SendSms");
  });

  test("a text other than the template's is not sent: what was judged is what is sent", async () => {
    const failure = await send(channel(), messageOf()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotHandedOver);
    expect(String(failure)).toContain("SMS_100 does not give the text that was judged");
    expect(carrier.asked).toEqual([]);
  });

  test("without an approved template nothing is sent, so that another channel may", async () => {
    const english = messageOf({ language: "en" });
    await expect(send(channel(), english)).rejects.toThrow("no approved template for reminder in en");
  });

  test("a refused number has failed; a throttled account may try again; a fault of theirs is unknown", async () => {
    answer = { Code: "isv.MOBILE_NUMBER_ILLEGAL", Message: "no such number", RequestId: "r" };
    expect(await send(channel(), message())).toMatchObject({ outcome: "failed" });
    answer = { Code: "Throttling.User", Message: "slower", RequestId: "r" };
    expect(await send(channel(), message()).catch((error: unknown) => error)).toMatchObject({
      passing: true,
    });
    answer = { Code: "isp.SYSTEM_ERROR", Message: "sorry", RequestId: "r" };
    const failure = await send(channel(), message()).catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(NotHandedOver);
  });

  test("a wrong key and a service that is down are no hand-over", async () => {
    const wrong = aliyunChannel({ ...settings(), accessKeySecret: "other" }, testTools(), library);
    const failure = await send(wrong, message()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotHandedOver);
    const down = aliyunChannel(
      { ...settings(), endpoint: `127.0.0.1:${await deadPort()}` },
      testTools(),
      library,
    );
    expect(await send(down, message()).catch((error: unknown) => error)).toBeInstanceOf(NotHandedOver);
  });

  test("a service that takes the message and hangs up is asked once, and nobody knows", async () => {
    carrier.answer = (_, response) => response.destroy();
    const failure = await send(channel(), message()).catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(NotHandedOver);
    expect(carrier.asked).toHaveLength(1);
  });

  test("a check asks for the signatures of the account and sends nothing", async () => {
    expect(await channel().check!()).toContain("accepts the key");
    expect(carrier.asked.map(({ headers }) => headers["x-acs-action"])).toEqual(["QuerySmsSignList"]);
  });
});

describe("what Alibaba Cloud calls back with", () => {
  const TOKEN = "0123456789abcdef0123456789abcdef";
  const call = (body: unknown, change: Partial<Call> = {}): Call => ({
    method: "POST",
    path: [TOKEN],
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
    from: "203.0.113.7",
    at: NOON,
    ...change,
  });
  const ear = aliyunEar("ali", { token: TOKEN, allowFrom: ["203.0.113.0/24"] });
  const REPORT = {
    phone_number: "19900000000",
    send_time: "2026-03-06 12:00:01",
    report_time: "2026-03-06 12:00:05",
    success: true,
    err_code: "DELIVERED",
    err_msg: "用户接收成功",
    sms_size: "1",
    biz_id: "9006197469364984^0",
    out_id: "7-0/2026-03-06/message",
  };

  test("receipts name our key, their id and the second, in Beijing", () => {
    expect(
      ear.hear(call([REPORT, { ...REPORT, success: false, err_code: "MOBILE_TERMINAL_ERROR" }])),
    ).toMatchObject({
      ok: true,
      answer: '{"code":0,"msg":"ok"}',
      events: [
        {
          kind: "delivery",
          status: "delivered",
          reference: "9006197469364984^0",
          action: "7-0/2026-03-06/message",
          at: NOON + 5000,
        },
        { kind: "delivery", status: "failed" },
      ],
    });
  });

  test("an answer of the borrower is a message from his number", () => {
    const up = {
      phone_number: "19900000000",
      content: "退订",
      send_time: "2026-03-06 12:01:00",
      sign_name: "示例银行",
      dest_code: "1",
      sequence_id: 1234,
    };
    expect(ear.hear(call([up]))).toMatchObject({
      ok: true,
      events: [{ kind: "message", id: "1234", text: "退订", address: "19900000000" }],
    });
  });

  test.each<[string, Partial<Call>, number]>([
    ["by a path that was guessed", { path: ["0123456789abcdef0123456789abcdee"] }, 404],
    ["by no path", { path: [] }, 404],
    ["from elsewhere", { from: "198.51.100.1" }, 401],
    ["by a visit", { method: "GET" }, 405],
    ["with a body that is no JSON", { body: Buffer.from("x=1") }, 400],
  ])("a call %s is refused", (_, change, status) => {
    expect(ear.hear(call([REPORT], change))).toMatchObject({ ok: false, status });
  });

  test("a call through a socket of both families is known by its IPv4 address", () => {
    expect(ear.hear(call([REPORT], { from: "::ffff:203.0.113.7" }))).toMatchObject({ ok: true });
  });
});
