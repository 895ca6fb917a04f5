import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeOf, lettersOf, publicLetter } from "../../test/support/public-letters.ts";
import { day } from "../core/index.ts";
import { answer, type Pages } from "./answer.ts";
import { attempts, clientOf, proxyList } from "./attempts.ts";
import type { Answer, Request } from "./http.ts";
import { maskName, type PublicLetter, type PublicStanding } from "./public-letter.ts";

const CODE = codeOf(1);
const OTHER = codeOf(2);
const NOW = Date.UTC(2026, 2, 3);

interface Site extends Pages {
  readonly asked: readonly string[];
  readonly logged: string[];
}

function site(letter: PublicLetter = publicLetter(), more: Partial<Pages> = {}): Site {
  const letters = lettersOf(new Map([[CODE, letter]]));
  const logged: string[] = [];
  return {
    letters,
    attempts: attempts({ atOnce: 1000, everyMs: 1000 }),
    proxies: proxyList([]),
    mostBytes: 100_000,
    zone: "Asia/Shanghai",
    now: () => NOW,
    log: (says) => void logged.push(says),
    asked: letters.asked,
    logged,
    ...more,
  };
}

async function* one(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}
const ask = (pages: Pages, target: string, more: Partial<Request> = {}): Promise<Answer> =>
  answer({ method: "GET", target, headers: {}, peer: "203.0.113.7", body: one(), ...more }, pages);

const BOUNDARY = "----form";
const part = (name: string, value: string | Buffer, file = ""): Buffer =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`),
    Buffer.from(value as string),
    Buffer.from("\r\n"),
  ]);
const filePart = (value: Buffer, name = "letter.pdf"): Buffer =>
  part("file", value, `; filename="${name}"\r\nContent-Type: application/pdf`);
const END = Buffer.from(`--${BOUNDARY}--\r\n`);

function post(
  pages: Pages,
  target: string,
  parts: readonly Buffer[],
  more: Partial<Request> = {},
): Promise<Answer> {
  return ask(pages, target, {
    method: "POST",
    headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
    body: one(...parts, END),
    ...more,
  });
}

const text = ({ body }: Answer): string =>
  body
    .replace(/<style>[\s\S]*<\/style>/, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, " ");

describe("the page of a letter", () => {
  test("shows who wrote it, for whom, to whom, when, its hash and how it stands", async () => {
    const page = await ask(site(), `/verify/${CODE}`);
    expect(page.status).toBe(200);
    for (const shown of [
      "有这封信函",
      "试用件",
      "（2026）示律函字第 0301 号",
      "催告函",
      "2026-03-02 周一",
      "示例律师事务所",
      "31110000E00000000X",
      "王示例",
      "11101202610000000",
      "示例小额贷款有限公司",
      "张*",
      "5e".repeat(32),
      "2026-03-02 09:30:00 (UTC+08:00)",
      "2026-03-02 09:30:02 (UTC+08:00)",
      "开发用证书，无法律效力",
      "全国律师诚信信息公示平台",
      "未核验",
      "借款合同",
    ])
      expect(text(page)).toContain(shown);
    const english = await ask(site(), `/verify/${CODE}?lang=en`);
    for (const shown of [
      "There is a letter",
      "For trying only",
      "Demand letter",
      "Mon 2 Mar 2026",
      "no legal effect",
      "unverified",
    ])
      expect(text(english)).toContain(shown);
  });

  test("is valid where its certificate is a firm's own, or it was signed by hand", async () => {
    const { signature, ...byHand } = publicLetter();
    for (const letter of [byHand, { ...byHand, signature: { ...signature!, development: false } }]) {
      const page = text(await ask(site(letter), `/verify/${CODE}`));
      expect(page).toContain("有效 该函已发出");
      expect(page).not.toContain("开发用证书");
    }
  });

  test.each<[PublicStanding, string, string]>([
    [
      { status: "withdrawn", on: day("2026-03-05") },
      "已撤回 · 2026-03-05 周四",
      "Withdrawn · Thu 5 Mar 2026",
    ],
    [
      { status: "replaced", on: day("2026-03-05"), by: "第 0302 号" },
      "已被取代（新函：第 0302 号） · 2026-03-05 周四",
      "Replaced by 第 0302 号 · Thu 5 Mar 2026",
    ],
    [{ status: "paid", on: day("2026-03-05") }, "已付清 · 2026-03-05", "Paid · Thu 5 Mar 2026"],
  ])("says of %j how it stands", async (standing, zh, en) => {
    const pages = site(publicLetter("张三", standing));
    expect(text(await ask(pages, `/verify/${CODE}`))).toContain(zh);
    expect(text(await ask(pages, `/verify/${CODE}?lang=en`))).toContain(en);
  });

  test("is found by a code typed in small letters, with blanks, or without dashes", async () => {
    for (const typed of [
      CODE.toLowerCase(),
      CODE.replaceAll("-", ""),
      encodeURIComponent(CODE.replaceAll("-", " ")),
    ])
      expect((await ask(site(), `/verify/${typed}`)).status).toBe(200);
  });

  test("never shows more of a name than its first character", async () => {
    const names = fc.oneof(
      fc.stringMatching(/^[\u4e00-\u9fa5·]{2,12}$/),
      fc.constantFrom("欧阳娜娜", "𠮷野家", "买买提·阿不都拉", "O'Brien Smith", "Ångström", "  张 三 "),
    );
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const plain = await ask(site(publicLetter("某")), `/verify/${CODE}`);
        const shown = await ask(site(publicLetter(name)), `/verify/${CODE}`);
        const [first] = name.normalize("NFC").trim();
        // The whole page is the same for everybody but for one character.
        expect(text(shown).replace(`${first}*`, "某*")).toBe(text(plain));
        expect([...maskName(name)]).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  });

  test("shows whatever stands in its fields as text", async () => {
    const evil = `"><script>alert(1)</script>'&\u0060`;
    const letter = publicLetter();
    const pages = site({
      ...letter,
      number: evil,
      firm: { name: evil, licence: evil },
      lawyer: { name: evil, licence: evil },
      client: { name: evil },
      addressee: maskName("<b>x"),
      signature: { ...letter.signature!, signer: evil, issuer: evil, stampedBy: evil },
    });
    const { body } = await ask(pages, `/verify/${CODE}`);
    expect(body).not.toContain("<script");
    expect(body).not.toContain("<*");
    expect(text(await ask(pages, `/verify/${CODE}`))).toContain("alert(1)");
  });
});

describe("a code that leads to nothing", () => {
  test("gets one page, whichever it is, and does not come back in it", async () => {
    const pages = site();
    const [first, second] = await Promise.all([
      ask(pages, `/verify/${OTHER}`),
      ask(pages, `/verify/${codeOf(3)}`),
    ]);
    expect(first).toEqual(second);
    expect(first.status).toBe(404);
    expect(first.body).not.toContain(OTHER);
    expect(pages.asked).toHaveLength(2);
  });

  test("and was mistyped is told apart without a look-up", async () => {
    const pages = site();
    const wrong = `${CODE.slice(0, -1)}${CODE.endsWith("7") ? "8" : "7"}`;
    for (const typed of [wrong, "x", "0".repeat(24)]) {
      const page = await ask(pages, `/verify/${typed}`);
      expect(page.status).toBe(404);
      expect(text(page)).toContain("核验码输入有误");
    }
    expect(pages.asked).toEqual([]);
  });

  test("says nothing where letters cannot be read, and the reason goes to the log", async () => {
    const broken = site(publicLetter(), {
      letters: { byCode: () => Promise.reject(new Error("db at 10.0.0.1 is gone")) },
    });
    const page = await ask(broken, `/verify/${CODE}`);
    expect(page.status).toBe(503);
    expect(page.body).not.toContain("10.0.0.1");
    expect(broken.logged).toEqual(["not looked up: db at 10.0.0.1 is gone"]);
  });
});

describe("a file", () => {
  const pdf = Buffer.from("%PDF-1.7 the letter");
  const sha256 = createHash("sha256").update(pdf).digest("hex");
  const pages = () => site({ ...publicLetter(), sha256 });

  test("that was sent is the same, whether it comes with the code or to its page, in one piece or byte by byte", async () => {
    for (const parts of [
      [part("code", CODE), filePart(pdf)],
      [filePart(pdf), part("code", CODE.toLowerCase())],
    ])
      expect(text(await post(pages(), "/verify", parts))).toContain("文件一致");
    const whole = Buffer.concat([filePart(pdf), END]);
    const bytes = [...whole].map((byte) => Buffer.of(byte));
    const page = await post(pages(), `/verify/${CODE}?lang=en`, [], { body: one(...bytes) });
    expect(text(page)).toContain("The file is the same");
    expect(text(page)).toContain(sha256);
  });

  test("with one byte changed is another, and says so if it is no PDF", async () => {
    const changed = Buffer.from(pdf);
    changed[10]! ^= 1;
    expect(text(await post(pages(), `/verify/${CODE}`, [filePart(changed)]))).toContain("文件不一致");
    expect(text(await post(pages(), `/verify/${CODE}`, [filePart(Buffer.from("hello"))]))).toContain(
      "该文件不是 PDF",
    );
  });

  test("with a name that climbs is compared by its bytes alone, and the name is nowhere", async () => {
    for (const name of ["../../etc/passwd", "C:\\x.pdf", "\u0000.pdf", "<script>.pdf"]) {
      const page = await post(pages(), `/verify/${CODE}`, [filePart(pdf, name)]);
      expect(text(page)).toContain("文件一致");
      expect(page.body).not.toContain("passwd");
      expect(page.body).not.toContain("<script");
    }
  });

  test("of a code that leads to nothing gets the page of every such code", async () => {
    const page = await post(pages(), "/verify", [part("code", OTHER), filePart(pdf)]);
    expect(page).toEqual(await ask(pages(), `/verify/${codeOf(4)}`));
    expect((await post(pages(), "/verify", [filePart(pdf)])).status).toBe(404);
  });

  test("that was not chosen leads from the code to its page", async () => {
    const page = await post(pages(), "/verify?lang=en", [
      part("code", CODE.toLowerCase()),
      filePart(Buffer.alloc(0), ""),
    ]);
    expect(page).toMatchObject({ status: 303, headers: { location: `/verify/${CODE}?lang=en` } });
    expect(text(await post(pages(), `/verify/${CODE}`, []))).toContain("没有选择文件");
  });

  test("of exactly the limit is compared, and of one byte more is refused", async () => {
    const just = Buffer.alloc(100_000, 1);
    expect((await post(pages(), `/verify/${CODE}`, [filePart(just)])).status).toBe(200);
    const more = await post(pages(), `/verify/${CODE}`, [filePart(Buffer.alloc(100_001, 1))]);
    expect(more).toMatchObject({ status: 413, headers: { connection: "close" } });
    const told = await post(pages(), `/verify/${CODE}`, [], {
      headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}`, "content-length": "900000000" },
      body: {
        [Symbol.asyncIterator]: () => {
          throw new Error("the body was read");
        },
      },
    });
    expect(told.status).toBe(413);
  });

  test("sent in another form is refused, and a form that breaks off too", async () => {
    expect(
      (await post(pages(), "/verify", [], { headers: { "content-type": "application/json" } })).status,
    ).toBe(415);
    expect(
      (await post(pages(), "/verify", [], { headers: { "content-type": "multipart/form-data" } })).status,
    ).toBe(415);
    expect((await post(pages(), "/verify", [], { headers: {} })).status).toBe(415);
    const broken = await post(pages(), "/verify", [], {
      body: one(Buffer.from(`--${BOUNDARY}\r\nContent-Disp`)),
    });
    expect(broken.status).toBe(400);
  });

  test("never makes trouble, whatever is sent for one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 80 })), fc.boolean(), async (noise, inForm) => {
        const parts = noise.map((bytes) =>
          inForm ? Buffer.concat([Buffer.from(`--${BOUNDARY}\r\n`), bytes]) : bytes,
        );
        const page = await post(pages(), "/verify", [], { body: one(...parts) });
        expect([400, 404, 413]).toContain(page.status);
      }),
    );
  });
});

describe("what is asked otherwise", () => {
  test.each([
    ["/verify/../etc/passwd", 404],
    ["/verify/%2e%2e%2fetc%2fpasswd", 404],
    [`/verify/${CODE}/more`, 404],
    ["/verify/%", 404],
    ["/verify/%00", 404],
    ["//evil.example/verify", 404],
    ["http://evil.example/verify", 404],
    ["/verifyx", 404],
    ["/admin", 404],
    ["*", 404],
    ["/verify/", 200],
    ["/verify?code=%22%3E%3Cscript%3E", 200],
  ])("%s gives %i, and nothing of it comes back", async (target, status) => {
    const page = await ask(site(), target);
    expect(page.status).toBe(status);
    expect(page.body).not.toMatch(/evil|passwd|<script/);
  });

  test("by another method is refused with what may be used", async () => {
    for (const method of ["PUT", "DELETE", "OPTIONS", "TRACE"])
      expect(await ask(site(), `/verify/${CODE}`, { method })).toMatchObject({
        status: 405,
        headers: { allow: "GET, HEAD, POST" },
      });
    const head = await ask(site(), `/verify/${CODE}`, { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, body: "" });
    expect(await ask(site(), "/")).toMatchObject({ status: 303, headers: { location: "/verify" } });
  });

  test("in English by preference, Chinese else", async () => {
    const inLanguage = async (header: string | undefined, target = "/verify") =>
      (await ask(site(), target, { headers: { "accept-language": header } })).headers["content-language"];
    expect(await inLanguage("en-GB,en;q=0.9,zh;q=0.5")).toBe("en");
    expect(await inLanguage("fr, zh-TW")).toBe("zh-CN");
    expect(await inLanguage(undefined)).toBe("zh-CN");
    expect(await inLanguage("en", "/verify?lang=zh")).toBe("zh-CN");
  });

  test("every answer forbids scripts, frames, guessing of types and keeping", async () => {
    const pages = site();
    for (const page of await Promise.all([
      ask(pages, "/verify"),
      ask(pages, `/verify/${CODE}`),
      ask(pages, `/verify/${OTHER}`),
      ask(pages, "/x"),
      ask(pages, "/verify", { method: "PUT" }),
      post(pages, "/verify", [], { headers: {} }),
    ])) {
      const policy = page.headers["content-security-policy"]!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src|unsafe|https?:/);
      const style = /<style>([\s\S]*)<\/style>/.exec(page.body)![1]!;
      expect(policy).toContain(`'sha256-${createHash("sha256").update(style).digest("base64")}'`);
      expect(page.body).not.toMatch(/ on\w+=|style=|<script|https?:\/\//);
      expect(page.headers).toMatchObject({
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
      });
    }
  });

  test("every page names its language, has one heading, and a label for each field", async () => {
    const pages = site();
    for (const target of ["/verify", `/verify/${CODE}`, `/verify/${OTHER}`, "/verify/x", "/nowhere"])
      for (const language of ["zh", "en"]) {
        const { body } = await ask(pages, `${target}?lang=${language}`);
        expect(body).toContain(`<html lang="${language === "zh" ? "zh-CN" : "en"}">`);
        expect(body.match(/<h1>/g)).toHaveLength(1);
        const ids = [...body.matchAll(/<input id="(\w+)"/g)].map(([, id]) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(body).toContain(`<label for="${id}">`);
      }
  });
});

describe("too many look-ups", () => {
  const slow = () => site(publicLetter(), { attempts: attempts({ atOnce: 2, everyMs: 10_000 }) });

  test("of one address are refused for a while, found or not, and of another are not", async () => {
    let now = NOW;
    const pages = { ...slow(), now: () => now };
    expect((await ask(pages, `/verify/${CODE}`)).status).toBe(200);
    expect((await ask(pages, `/verify/${OTHER}`)).status).toBe(404);
    for (const code of [CODE, OTHER]) {
      const refused = await ask(pages, `/verify/${code}`);
      expect(refused).toMatchObject({ status: 429, headers: { "retry-after": "10" } });
      expect(text(refused)).toContain("10 秒");
    }
    expect((await ask(pages, `/verify/${CODE}`, { peer: "203.0.113.8" })).status).toBe(200);
    expect((await ask(pages, "/verify")).status).toBe(200);
    now += 9_999;
    expect((await ask(pages, `/verify/${CODE}`)).headers["retry-after"]).toBe("1");
    now += 1;
    expect((await ask(pages, `/verify/${CODE}`)).status).toBe(200);
  });

  test("refuse a file before it is read", async () => {
    const pages = slow();
    for (let i = 0; i < 2; i += 1) await post(pages, `/verify/${CODE}`, []);
    let read = false;
    const body = (async function* () {
      read = true;
      yield Buffer.alloc(1);
    })();
    expect(await post(pages, `/verify/${CODE}`, [], { body })).toMatchObject({
      status: 429,
      headers: { connection: "close" },
    });
    expect(read).toBe(false);
  });

  test("are counted for the network of an IPv6 address", () => {
    const none = proxyList([]);
    const client = (peer: string): string => clientOf(peer, undefined, none);
    expect(client("2001:db8:1:2::1")).toBe(client("2001:db8:1:2:ffff::9"));
    expect(client("2001:db8:1:2::1")).not.toBe(client("2001:db8:1:3::1"));
    expect(client("2001:db8::1")).toBe("2001:db8:0:0::/64");
    expect(client("::1")).toBe("0:0:0:0::/64");
    expect(client("::ffff:203.0.113.7")).toBe("203.0.113.7");
  });

  test("are counted for whom our own proxy heard, and a stranger's word is not taken", () => {
    const proxies = proxyList(["10.0.0.0/8", "::1"]);
    expect(clientOf("10.0.0.1", "198.51.100.1, 203.0.113.9", proxies)).toBe("203.0.113.9");
    expect(clientOf("10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.2", proxies)).toBe("203.0.113.9");
    expect(clientOf("::1", "2001:db8:1:2::1", proxies)).toBe("2001:db8:1:2::/64");
    expect(clientOf("203.0.113.7", "198.51.100.1", proxies)).toBe("203.0.113.7");
    expect(clientOf("10.0.0.1", undefined, proxies)).toBe("10.0.0.1");
    expect(clientOf("10.0.0.1", "<script>", proxies)).toBe("10.0.0.1");
    // A port that a proxy writes behind the address makes no new caller.
    expect(clientOf("10.0.0.1", "203.0.113.9:41234", proxies)).toBe("203.0.113.9");
    expect(clientOf("10.0.0.1", "[2001:db8:1:2::1]:41234", proxies)).toBe("2001:db8:1:2::/64");
    expect(clientOf("fe80::1%eth0", undefined, proxies)).toBe("fe80:0:0:0::/64");
    expect(clientOf("", undefined, proxies)).toBe("");
  });

  test("of very many addresses do not fill the memory: the one unseen for the longest is forgotten", () => {
    const few = attempts({ atOnce: 1, everyMs: 1000 }, 2);
    expect(few.take("a", NOW)).toBeUndefined();
    expect(few.take("b", NOW)).toBeUndefined();
    expect(few.take("a", NOW)).toBe(1);
    expect(few.take("c", NOW)).toBeUndefined();
    expect(few.take("a", NOW)).toBe(1);
    expect(few.take("b", NOW)).toBeUndefined();
  });
});
