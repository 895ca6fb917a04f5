import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Io } from "../office/io.ts";
import { options, run } from "./commands/policy.ts";
import { readOptions } from "./options.ts";

const folder = mkdtempSync(join(tmpdir(), "arrears-policy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function policy(...args: string[]) {
  const out: string[] = [];
  const objects: Record<string, unknown>[] = [];
  const io: Io = {
    language: "en",
    json: false,
    out: (text) => out.push(text),
    object: (value) => objects.push({ ...value }),
    note: () => {},
    progress: () => {},
    now: () => 0,
  };
  const code = await run(readOptions(args, options, "en"), io, ".arrears");
  return { code, out: out.join("\n"), objects };
}

function settings(text: string): string {
  const file = join(folder, "house.yaml");
  writeFileSync(file, `house: example\nfrom: "2026-04-01"\n${text}`);
  return file;
}

describe("policy check", () => {
  test("says what a lender's settings tighten, and the version of the pack with them", async () => {
    const { code, out, objects } = await policy(
      "check",
      settings('quiet_hours: { from: "20:00", to: "09:00" }\ngap_minutes: 240\n'),
      "--pack",
      "cn",
    );
    expect(code).toBe(0);
    expect(out).toContain("example is stricter than the pack from 2026-04-01 on (cn-");
    expect(out).toContain("lender/quiet-hours  No contact 20:00–09:00 where the borrower lives.");
    expect(out).toContain("lender/gap  At least 240 minutes between two contacts.");
    expect(objects).toMatchObject([{ pack: "cn", ok: true, house: "example" }]);
  });

  test("refuses what is looser with the place, the rule, its source and what would do", async () => {
    const { code, out, objects } = await policy(
      "check",
      settings('quiet_hours: { from: "22:00", to: "07:00" }\n'),
      "--pack",
      "cn",
    );
    expect(code).toBe(1);
    expect(out).toContain("house.yaml:3:14");
    expect(out).toContain("it would loosen cn/quiet-hours (cn/gbt-45251-2025, 5.3: “");
    expect(out).toContain("strict enough: from 22:00 or earlier, to 08:00 or later");
    expect(objects).toMatchObject([{ ok: false, refusals: [{ loosens: { rule: "cn/quiet-hours" } }] }]);
  });

  test("of a file that is not there says so", async () => {
    await expect(policy("check", join(folder, "nothing.yaml"))).rejects.toThrow("nothing.yaml");
  });
});

test("policy coverage tells of each clause what carries it, or why nothing does", async () => {
  const { code, out, objects } = await policy("coverage", "--pack", "cn");
  expect(code).toBe(0);
  expect(out).toMatch(/cn\/gbt-45251-2025 5\.3 — quiet hours +verified-press +cn\/quiet-hours/);
  expect(out).toContain("– no step posts anything in public.");
  expect(objects.find(({ law, at }) => law === "cn/credit-regulations" && at === "art. 15")).toMatchObject({
    pack: "cn",
    state: "verified",
    rules: ["cn/bureau-notice"],
    examples: 7,
  });
  const us = await policy("coverage", "--pack", "us");
  expect(us.code).toBe(0);
  expect(us.out).toMatch(/us\/reg-f-1006-2 1006\.2\(j\) .*packs\/us\/limited-content\.ts/);
  expect(us.objects.find(({ at }) => at === "1006.2(j)")).toMatchObject({
    rules: [],
    modules: ["packs/us/limited-content.ts"],
    tests: ["packs/us/documents.test.ts"],
  });
});
