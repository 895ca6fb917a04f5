import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { branchMap, LATE } from "../../test/support/branch-map.ts";
import { type Desk, desk, type Ran } from "../../test/support/cli.ts";

const STRATEGY = `strategy: branch
version: 1
from: "2020-01-01"
intent: Call early.
stages:
  - stage: early
    dpd: 1..30
    goal: Speak with him.
    pause_on: [dispute]
    steps:
      - { on_dpd: 5, call: borrower, at: "09:30" }
`;
/** 1,000.00 in five installments of 200.00 at 0.05 % a day: the first, 215.50, is due on 10 January. */
const LOANS = `loan,person,amount,rate,paid_out,n,phone
L1,B1,1000.00,0.05,2025-12-10,5,19900000001
L2,B2,1000.00,0.05,2025-12-10,5,19900000002
`;
const TEN = ["--at", "2026-01-15T10:00:00+08:00"];
/** 5 days on 200.00 at 0.075 %: 0.75. The 100.00 bear 0.75 x 100.00 / 215.50 = 0.348 of it, rounded up. */
const RESTS = { arrears: "216.25", disputed: "100.35", askable: "115.90" };

let place: Desk;
const run = (...args: string[]): Promise<Ran> => place.run(...args);
const json = async (...args: string[]) => (await run(...args, "--json")).objects();

beforeAll(async () => {
  place = await desk("disputed");
  for (const [name, text] of [
    ["loans.map.yaml", branchMap([LATE, "strategy: branch"], ", phone: phone")],
    ["branch.v1.yaml", STRATEGY],
    ["loans.csv", LOANS],
  ] as const)
    writeFileSync(join(place.folder, name), text);
  await run("strategy", "propose", "branch.v1.yaml", "--by", "mei");
  await run("strategy", "release", "branch@1", "--by", "lin");
  await run("import", "loans", "loans.csv", "--map", "loans.map.yaml", "--strategies", ".");
  await run("close", "--through", "2026-01-15");
  await run("collector", "add", "mei");
  const contests = ["--kind", "sum-wrong", "--words", "I paid a part", "--disputed", "100.00"];
  const opened = await run("complaint", "open", "L1", ...contests, "--by", "lin", ...TEN);
  expect(opened.err).toBe("");
  expect(opened.code).toBe(0);
}, 120_000);
afterAll(() => place.clear());

test("whoever looks at a loan reads which part of what is owed is contested, from its record on", async () => {
  const [loan] = await json("show", "L1");
  expect(loan).toMatchObject({
    arrears: { total: RESTS.arrears },
    disputed: RESTS.disputed,
    askable: RESTS.askable,
  });
  const [other] = await json("show", "L2");
  expect(other).toMatchObject({ arrears: { total: "216.25" }, disputed: "0.00", askable: "216.25" });
  // Of the day before, when nobody had contested anything: 4 days of late interest are 0.60.
  expect((await json("show", "L1", "--as-of", "2026-01-14"))[0]).toMatchObject({
    arrears: { total: "216.10" },
    disputed: "0.00",
    askable: "216.10",
  });
  const en = (await run("show", "L1")).out;
  expect(en).toMatch(/of which disputed, not to be asked for +100\.35/);
  expect(en).toMatch(/to be asked for +115\.90/);
  const zh = (await run("show", "L1", "--lang", "zh")).out;
  expect(zh).toMatch(/其中有异议，不得催收 +100\.35/);
  expect(zh).toMatch(/可催收 +115\.90/);
  expect((await run("show", "L2")).out).not.toContain("disputed");
});

test("the worklist and the case in hand say what rests, and the call asks for the rest alone", async () => {
  const rows = await json("worklist", ...TEN);
  expect(rows).toMatchObject([
    { loans: ["L1"], ...RESTS },
    { loans: ["L2"], arrears: "216.25", disputed: "0.00", askable: "216.25" },
  ]);
  expect((await run("worklist", "--lang", "zh", ...TEN)).out).toMatch(/216\.25 +100\.35 +115\.90/);
  const [explained] = await json("explain", "L1", ...TEN);
  const { channels } = explained as { channels: { via: string; verdict: string }[] };
  expect(channels.filter(({ via }) => via === "call" || via === "letter")).toMatchObject([
    { via: "call", verdict: "allow" },
    // It would state the whole claim.
    { via: "letter", verdict: "forbid" },
  ]);
  expect((await run("next", "--collector", "mei", "--lang", "zh", ...TEN)).out).toContain(
    "其中有异议，不得催收 100.35；可催收 115.90",
  );
  const [call] = await json("call", "--collector", "mei", ...TEN);
  expect(call).toMatchObject({ may: true, script: expect.stringContaining("应还115.90元") });
});
