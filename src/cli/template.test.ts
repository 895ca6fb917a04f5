import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arrears } from "../../test/support/cli.ts";
import { GOOD_TEMPLATE, word } from "../../test/support/word.ts";

let folder: string;
const at = (name: string): string => join(folder, name);
const run = (...words: readonly string[]) => arrears(folder, ["template", ...words, "--db", at("db")]);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "arrears-template-"));
  writeFileSync(at("firm.docx"), word(GOOD_TEMPLATE));
  writeFileSync(at("bad.docx"), word(["{numbr}", ...GOOD_TEMPLATE]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a firm's template with a mistake is told, with the nearest field, and not taken", async () => {
  const checked = await run("check", at("bad.docx"));
  expect(checked.code).toBe(1);
  expect(checked.out).toContain("{numbr} is not a field of a letter; did you mean {number}?");
  expect((await run("propose", at("bad.docx"), "--name", "firm", "--by", "Li")).code).toBe(1);
});

test("one person proposes a template and another releases it; the file comes back as it was", async () => {
  expect((await run("propose", at("firm.docx"), "--name", "firm", "--by", "Li")).code).toBe(0);
  const same = await run("release", "firm@1", "--by", "li");
  expect(same.code).toBe(1);
  expect(same.err).toContain("firm@1 was proposed by Li; somebody else has to release it.");
  expect((await run("release", "firm@1", "--by", "Wang")).code).toBe(0);
  const listed = JSON.parse((await run("list", "--json")).out);
  expect(listed).toMatchObject({ template: "firm@1", state: "released", by: "Wang" });
  expect((await run("show", "firm@1", "--out", at("back.docx"), "--lang", "zh")).out).toContain("已发布");
  expect(Buffer.compare(readFileSync(at("back.docx")), readFileSync(at("firm.docx")))).toBe(0);
  expect((await run("show", "firm@2")).code).toBe(1);
});
