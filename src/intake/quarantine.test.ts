import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { csvCell, QuarantineFile } from "./quarantine.ts";
import type { BadRow } from "./records.ts";

const bad = (change: Partial<BadRow> = {}): BadRow => ({
  line: 7,
  column: "amount",
  fileColumn: "Amt",
  value: '=1+"1"',
  code: "not-a-number",
  says: "Found it, expected a number: correct it.",
  raw: '@L1,"a\nb",=1',
  ...change,
});

test.each([
  ["=1", "'=1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@a", "'@a"],
  ["\ta", "'\ta"],
  ["\ra", '"\'\ra"'],
  ["a=1", "a=1"],
  ['a"b', '"a""b"'],
  ["a,b", '"a,b"'],
  ["", ""],
])("the cell %j is written as %j", (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test("a quarantine file reads back as it was written, with formulas neutralised", async () => {
  let text = "";
  const out = new Writable({
    highWaterMark: 10,
    write(chunk, _encoding, done) {
      text += String(chunk);
      setImmediate(done);
    },
  });
  const file = new QuarantineFile(out, { bom: true });
  await file.write([bad()]);
  await file.write([bad({ line: 9, fileColumn: "", value: "张" })]);
  await file.close();
  expect(text.startsWith("\uFEFFline,")).toBe(true);
  expect(parse(text, { bom: true })).toEqual([
    ["line", "column", "value", "code", "reason", "row"],
    ["7", "amount (Amt)", '\'=1+"1"', "not-a-number", bad().says, '\'@L1,"a\nb",=1'],
    ["9", "amount", "张", "not-a-number", bad().says, '\'@L1,"a\nb",=1'],
  ]);
  expect(file.rows).toBe(2);
});

test("a clean import leaves no quarantine file behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "arrears-"));
  const path = join(folder, "bad.csv");
  const clean = new QuarantineFile(path);
  await clean.write([]);
  await clean.close();
  expect(existsSync(path)).toBe(false);
  const dirty = new QuarantineFile(path);
  await dirty.write([bad()]);
  await dirty.close();
  expect(readFileSync(path, "utf8")).toContain("not-a-number");
  rmSync(folder, { recursive: true });
});

test("a folder that does not exist is an error of the world, and is thrown", async () => {
  const file = new QuarantineFile("/nowhere/at/all/bad.csv");
  await expect(file.write([bad()]).then(() => file.close())).rejects.toThrow("ENOENT");
});
