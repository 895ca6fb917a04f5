import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openEmbedded } from "./pglite.ts";

const folder = mkdtempSync(join(tmpdir(), "arrears-embedded-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a book opens again after a kill at the moment in which PostgreSQL marks that it runs", async () => {
  const book = join(folder, "book");
  const first = await openEmbedded(book);
  await first.script("create table kept (n int4); insert into kept values (7)");
  await first.close();
  // What stands there when a process is ended between making that file and writing it.
  const mark = join(book, "postmaster.pid");
  writeFileSync(mark, "");
  const again = await openEmbedded(book);
  expect(await again.query("select n from kept")).toEqual([{ n: 7 }]);
  // The mark is PostgreSQL's still: without its own it would not be the file that this test is about.
  expect(existsSync(mark) && readFileSync(mark, "utf8").length).toBeGreaterThan(0);
  await again.close();
});
