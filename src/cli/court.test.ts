import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arrears, type Ran } from "../../test/support/cli.ts";

const NOTICE =
  "【东台市人民法院】王五：您与某某公司借款合同纠纷一案，案号（2026）苏0981民初88号，定于2026年3月20日上午9时30分在第三审判庭开庭，请查收起诉状副本。电话0515-85212345。";
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "arrears-court-"));
  writeFileSync(join(folder, "notice.txt"), NOTICE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...args: string[]): Promise<Ran> => arrears(folder, args);
const asked = ["--received", "2026-03-02"];

test("a court's message is read from a file, with each point of law and its source, and is never called genuine", async () => {
  const { code, objects } = await run(
    "court",
    "read-sms",
    "notice.txt",
    ...asked,
    "--json",
    "--hearing",
    "2026-03-20",
  );
  expect(code).toBe(0);
  const [read] = objects();
  expect(read).toMatchObject({
    reading: "has-the-usual-parts",
    genuine: "never-told-by-text",
    court: "东台市人民法院",
    hearing: { on: "2026-03-20", at: "09:30" },
    matches: [{ part: "hearing", agrees: true }],
    days: [
      {
        what: "answer",
        on: "2026-03-17",
        cite: { law: "cn/civil-procedure-law", at: "art. 128(1)", verification: "verified" },
      },
      { what: "hearing", on: "2026-03-20" },
    ],
  });
  expect(read!.check).toHaveLength(6);
});

test("what has the signs of a scam says to do nothing, gives no days to reckon by, and ends with 1", async () => {
  const text = "【法院】案件已立案，请转账至账户6222021234567890123，否则逮捕";
  const { code, out } = await run("court", "read-sms", "--text", text, ...asked, "--lang", "zh");
  expect(code).toBe(1);
  expect(out).toContain("请勿按其转账、点击链接、回复或回拨");
  expect(out).not.toContain("如果是真的");
  expect(out).toContain("拨打12368");
});

test.each([
  [["court"], 2, "read-sms"],
  [["court", "read-smss"], 2, "court read-sms"],
  [["court", "read-sms", "none.txt"], 1, "cannot read none.txt"],
  [["court", "read-sms", "--text", " "], 1, "no text"],
  [["court", "read-sms", "--text", "x", "--received", "2020-01-01"], 1, "the first text is of 2024-01-01"],
] as const)("%j is refused with what to do", async (args, code, says) => {
  const ran = await run(...args);
  expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(says)]);
});
