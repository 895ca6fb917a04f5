import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isLeaked } from "./leaked-passwords.ts";

const folder = mkdtempSync(join(tmpdir(), "arrears-leaked-"));
afterAll(() => rmSync(folder, { recursive: true }));

const sha1 = (text: string): string => createHash("sha1").update(text).digest("hex").toUpperCase();

function listOf(name: string, passwords: readonly string[], ending = "\n"): string {
  const lines = passwords.map((password, i) => `${sha1(password)}:${i * i + 1}`).sort();
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => line + ending).join(""));
  return path;
}

describe("a list of leaked passwords", () => {
  const many = Array.from({ length: 500 }, (_, i) => `password number ${i}`);

  test.each([
    ["of one", ["only this one"]],
    ["of two", ["one of them", "and the other"]],
    ["of many", many],
  ])("%s knows each that is in it, and no other", async (name, passwords) => {
    const path = listOf(name, passwords);
    for (const password of passwords) expect(await isLeaked(path, password), password).toBe(true);
    for (let i = 0; i < 200; i++) expect(await isLeaked(path, `nobody's ${i}`)).toBe(false);
  });

  test("may have line ends of another system, no counts, small letters, and no end of its last line", async () => {
    const path = listOf("windows", many, "\r\n");
    expect(await isLeaked(path, many[7]!)).toBe(true);
    expect(await isLeaked(path, "nobody's")).toBe(false);
    const bare = join(folder, "bare");
    writeFileSync(
      bare,
      many
        .map((one) => sha1(one).toLowerCase())
        .sort()
        .join("\n"),
    );
    for (const password of many) expect(await isLeaked(bare, password), password).toBe(true);
  });

  test("that is empty knows none; one that is not there is an error and not a no", async () => {
    expect(await isLeaked(listOf("empty", []), "anything")).toBe(false);
    await expect(isLeaked(join(folder, "nowhere"), "anything")).rejects.toThrow("ENOENT");
  });
});
