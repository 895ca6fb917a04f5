import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../packs/load.ts";
import { PROBLEMS } from "../../src/api/http/problem.ts";
import { ISSUE_KINDS, languageOf, saidOfIssue } from "../../src/api/http/said.ts";
import { REFUSALS_IN_CHINESE } from "../../src/office/refusal-texts.ts";
import { type ApiWorld, apiWorld, asRead, type Client } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const HAN = /\p{Script=Han}/u;
/** Rooms whose refusals can be the answer to a request; the press works for commands and before letters are drafted. */
const ROOMS = [
  "api",
  "cli",
  "core",
  "dispatch",
  "forecast",
  "intake",
  "legal",
  "office",
  "relief",
  "store",
  "strategy",
  "yaml",
];

/** The code is the first argument, or the second behind what it is about. */
const FUNCTIONS =
  /\b(?:refuse(?:At|AtOffset)?|Impossible)\(\s*(?:[^"'`(),]+(?:\([^()]*\)[^"'`(),]*)?,\s*)?"([a-z][\w-]+)",/g;
const OBJECTS = /\bcode: "([a-z][\w-]+)",\s*says: [^{]/g;

/** Every code that a rule refuses by in one language: `refuse("code", …)`, `new Impossible("code", …)`, `{ code: "…", says: … }`. */
function* codesIn(room: string): Generator<{ readonly code: string; readonly file: string }> {
  const folder = join(packageRoot(), "src", room);
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts") || file.startsWith("commands/")) continue;
    const text = readFileSync(join(folder, file), "utf8");
    const made = [FUNCTIONS, OBJECTS].flatMap((pattern) => [...text.matchAll(pattern)]);
    for (const { 0: found, 1: code, index } of made) {
      const rest = text.slice(index + found.length, index + 500).split(/code: "|\brefuse\(/)[0]!;
      // Said in both languages where it is made.
      if (!/saysZh|\bzh:/.test(rest) && !HAN.test(rest)) yield { code: code!, file: `${room}/${file}` };
    }
  }
}

describe("every no, in both languages", () => {
  test("each problem has its titles", () => {
    for (const [code, { en, zh }] of Object.entries(PROBLEMS)) {
      expect(zh, code).toMatch(HAN);
      expect(en, code).not.toMatch(HAN);
    }
  });

  test("each code by which a rule refuses is known in Chinese", () => {
    const found = ROOMS.flatMap((room) => [...codesIn(room)]);
    expect(found.length).toBeGreaterThan(150);
    const missing = found.filter(({ code }) => !Object.hasOwn(REFUSALS_IN_CHINESE, code));
    expect(missing).toEqual([]);
    for (const [code, text] of Object.entries(REFUSALS_IN_CHINESE)) expect(text, code).toMatch(HAN);
  });

  test("what a schema did not like is said in both", () => {
    for (const kind of ISSUE_KINDS) {
      const { says, saysZh } = saidOfIssue(kind, "as zod says it", { keys: ["x"], values: ["a", "b"] });
      expect([kind, says === "" || HAN.test(says), HAN.test(saysZh)]).toEqual([kind, false, true]);
    }
    expect(saidOfIssue("custom", "a day, as 2026-03-31", {}).saysZh).toBe("日期，如 2026-03-31");
    const many = Array.from({ length: 1000 }, (_, i) => `key-${i}`);
    expect(saidOfIssue("unrecognized_keys", "", { keys: many }).says.length).toBeLessThan(120);
  });

  test.each([
    [undefined, "en"],
    ["", "en"],
    ["zh-CN", "zh"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    ["en;q=0.4, zh-Hans;q=0.5", "zh"],
    ["en-GB, zh;q=0.9", "en"],
    ["fr, de;q=0.9", "en"],
    ["zh;q=0", "en"],
    [`${"x,".repeat(100_000)}zh`, "en"],
  ] as const)("of %j it is %s", (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe("over HTTP", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let ops: Client;
  beforeAll(async () => {
    database = await ENGINES[0]!.open();
    world = await apiWorld(database.db);
    ops = await world.as("operations");
  });
  afterAll(() => database.drop());
  const inChinese = { "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" };

  test("a rule of the ledger says no in the language that was asked for, under the same code", async () => {
    const url = "/v1/loans/L3";
    const body = { kind: "waiver", with: { amount: "1.00", claim: "penalty", reason: "x" } };
    const said = async (more: Record<string, string>) => {
      const { headers } = await asRead(ops, url);
      const answer = await ops("POST", `${url}/events`, body, { headers: { ...headers, ...more } });
      return { language: answer.headers["content-language"], ...answer.json() };
    };
    const [en, zh] = [await said({}), await said(inChinese)];
    expect([en.language, zh.language]).toEqual(["en", "zh-CN"]);
    expect(en.code).toBe(zh.code);
    expect(en.title).toBe("It was refused");
    expect(zh.title).toBe("被拒绝");
    expect(en.detail).not.toMatch(HAN);
    expect([zh.detail, en.detailZh]).toEqual([en.detailZh, zh.detailZh]);
    expect(zh.detail).toMatch(HAN);
  });

  test("a body that does not fit, an unknown address and a closed door are told in Chinese", async () => {
    const bad = await ops("POST", "/v1/tokens", { name: "", scopes: ["x"], more: 1 }, { headers: inChinese });
    expect([bad.statusCode, bad.json().title]).toEqual([400, "请求无法读取"]);
    for (const { says } of bad.json().errors) expect(says).toMatch(HAN);
    const lost = await ops("GET", "/v1/loans/none", undefined, { headers: inChinese });
    expect([lost.json().code, lost.json().title]).toEqual(["not-found", PROBLEMS["not-found"].zh]);
    const nobody = await world.send({ method: "GET", url: "/v1/me", headers: inChinese });
    expect([nobody.statusCode, nobody.json().title]).toEqual([401, "请先登录"]);
  });
});
