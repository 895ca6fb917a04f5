import { createHash, createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Asked, Carrier, deadPort } from "../../../test/support/listener.ts";
import { messageOf, NOON, OWED, send, testTools } from "../../../test/support/permit.ts";
import type { Call } from "../inbound.ts";
import { wordsOf } from "../templates.ts";
import { NotHandedOver } from "../trouble.ts";
import type { ChannelAdapter, Message } from "../types.ts";
import { type TencentLibrary, type TencentSettings, tencentChannel, tencentEar } from "./tencent.ts";

const library = createRequire(import.meta.url)("tencentcloud-sdk-nodejs-sms") as TencentLibrary;
const SECRET = "test-secret";

/** The signature of a request by the published method (TC3-HMAC-SHA256), worked out here without the library. */
function isSigned({ headers, body }: Asked): boolean {
  const match =
    /^TC3-HMAC-SHA256 Credential=test-id\/(\d{4}-\d\d-\d\d)\/([^/]+)\/tc3_request, SignedHeaders=content-type;host, Signature=([0-9a-f]{64})$/.exec(
      String(headers.authorization),
    );
  if (!match) return false;
  const [, date, service, signature] = match;
  const stamp = String(headers["x-tc-timestamp"]);
  if (new Date(Number(stamp) * 1000).toISOString().slice(0, 10) !== date) return false;
  const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
  const mac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
  const host = String(headers.host).replace(/:\d+$/, "");
  const canonical = [
    "POST",
    "/",
    "",
    `content-type:${headers["content-type"]}\nhost:${host}\n`,
    "content-type;host",
    sha(body),
  ].join("\n");
  const toSign = ["TC3-HMAC-SHA256", stamp, `${date}/${service}/tc3_request`, sha(canonical)].join("\n");
  const key = mac(mac(mac(`TC3${SECRET}`, date!), service!), "tc3_request");
  return mac(key, toSign).toString("hex") === signature;
}

const APPROVED = {
  sign: "示例银行",
  templates: [
    {
      what: "reminder",
      language: "zh" as const,
      code: "1110",
      text: "您的贷款自{due_on}起逾期，应还{amount}元。请仅通过我们的官方渠道还款。如暂时无法还款，可与我们协商分期或延期；如对金额有异议，请与我们联系，我们将先核查。",
      params: ["due_on", "amount"] as const,
    },
  ],
};

describe("text messages by Tencent Cloud, to a server on this machine that checks each signature itself", () => {
  const carrier = new Carrier();
  let port: number;
  let answer: object;
  const settings = (): TencentSettings => ({
    name: "tc",
    carries: ["text"],
    secretId: "test-id",
    secretKey: SECRET,
    sdkAppId: "1400000000",
    region: "ap-guangzhou",
    endpoint: `127.0.0.1:${port}`,
    protocol: "http",
    countryCode: "86",
    answerWithinMs: 1000,
    ...APPROVED,
  });
  const channel = (): ChannelAdapter => tencentChannel(settings(), testTools(), library);
  const message = (): Message => {
    const draft = messageOf();
    return { ...draft, text: wordsOf(APPROVED, { ...draft, owed: OWED })! };
  };
  const ok = (Code: string) => ({
    Response: {
      SendStatusSet: [{ SerialNo: "5000:1045710669157053657849499619", Code, Message: Code }],
      RequestId: "r",
    },
  });

  beforeEach(async () => {
    port = await carrier.open();
    carrier.asked.length = 0;
    answer = ok("Ok");
    carrier.answer = (asked, response) => {
      response.setHeader("content-type", "application/json");
      const wrong = {
        Response: { Error: { Code: "AuthFailure.SignatureFailure", Message: "no" }, RequestId: "r" },
      };
      response.end(JSON.stringify(isSigned(asked) ? answer : wrong));
    };
  });
  afterEach(() => carrier.close());

  test("a message is its template and numbered figures, signed, with our key as its context", async () => {
    const one = message();
    expect(await send(channel(), one)).toMatchObject({
      outcome: "sent",
      references: ["5000:1045710669157053657849499619"],
    });
    expect(JSON.parse(carrier.asked[0]!.body)).toEqual({
      PhoneNumberSet: ["+8619900000000"],
      SmsSdkAppId: "1400000000",
      SignName: "示例银行",
      TemplateId: "1110",
      TemplateParamSet: ["2026-03-01", "1234.56"],
      SessionContext: one.id,
    });
  });

  test("a limit of theirs on the number is a failure; too many requests and a wrong key may be tried again", async () => {
    answer = ok("LimitExceeded.PhoneNumberDailyLimit");
    expect(await send(channel(), message())).toMatchObject({ outcome: "failed" });
    answer = { Response: { Error: { Code: "RequestLimitExceeded", Message: "slower" }, RequestId: "r" } };
    expect(await send(channel(), message()).catch((error: unknown) => error)).toMatchObject({
      passing: true,
    });
    const wrong = tencentChannel({ ...settings(), secretKey: "other" }, testTools(), library);
    expect(await send(wrong, message()).catch((error: unknown) => error)).toBeInstanceOf(NotHandedOver);
  });

  test("an error inside their service, and a service that takes the message and hangs, leave it unknown", async () => {
    answer = { Response: { Error: { Code: "InternalError.Timeout", Message: "sorry" }, RequestId: "r" } };
    expect(await send(channel(), message()).catch((error: unknown) => error)).not.toBeInstanceOf(
      NotHandedOver,
    );
    carrier.answer = () => {};
    carrier.asked.length = 0;
    const failure = await send(channel(), message()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(NotHandedOver);
    expect(carrier.asked).toHaveLength(1);
  });

  test("a service that is down is no hand-over", async () => {
    const endpoint = `127.0.0.1:${await deadPort()}`;
    const down = tencentChannel({ ...settings(), endpoint }, testTools(), library);
    expect(await send(down, message()).catch((error: unknown) => error)).toBeInstanceOf(NotHandedOver);
  });

  test("a check asks for figures of the account and sends nothing", async () => {
    answer = { Response: { SendStatusStatistics: {}, RequestId: "r" } };
    expect(await channel().check!()).toContain("accepts the key");
    expect(carrier.asked.map(({ headers }) => headers["x-tc-action"])).toEqual(["SendStatusStatistics"]);
  });
});

describe("what Tencent Cloud calls back with", () => {
  const TOKEN = "0123456789abcdef0123456789abcdef";
  const ear = tencentEar("tc", { token: TOKEN });
  const call = (body: unknown): Call => ({
    method: "POST",
    path: [TOKEN],
    query: new URLSearchParams("sdkappid=1400000000"),
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
    from: "203.0.113.7",
    at: NOON,
  });

  test("receipts, by their published example", () => {
    const report = {
      user_receive_time: "2026-03-06 12:00:05",
      nationcode: "86",
      mobile: "19900000000",
      report_status: "SUCCESS",
      errmsg: "DELIVRD",
      description: "用户短信送达成功",
      sid: "5000:1045710669157053657849499619",
    };
    expect(ear.hear(call([report]))).toMatchObject({
      ok: true,
      answer: '{"result":0,"errmsg":"OK"}',
      events: [{ kind: "delivery", status: "delivered", reference: report.sid, at: NOON + 5000 }],
    });
  });

  test("an answer of the borrower, with its time in seconds", () => {
    const up = {
      mobile: "19900000000",
      nationcode: "86",
      content: "T",
      time: NOON / 1000 + 60,
      sign: "示例银行",
      extend: "1",
    };
    expect(ear.hear(call(up))).toMatchObject({
      ok: true,
      events: [{ kind: "message", text: "T", address: "+8619900000000", at: NOON + 60_000 }],
    });
  });
});
