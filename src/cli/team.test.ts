import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { branchMap, LATE } from "../../test/support/branch-map.ts";
import { type Desk, desk, type Ran } from "../../test/support/cli.ts";

const MAP = branchMap(
  [LATE, "strategy: branch", "promises: { within_days: 20, kept_from_percent: 95, remind_days: 1 }"],
  ", phone: phone",
);
const STRATEGY = `strategy: branch
version: 1
from: "2020-01-01"
intent: Call early.
stages:
  - stage: early
    dpd: 1..30
    goal: Speak with him.
    pause_on: [promise_to_pay]
    steps:
      - { on_dpd: 5, call: borrower, at: "09:30" }
      - { on_dpd: 12, send: overdue, by: [text] }
`;
/** Each 1,000.00 in five installments of 200.00 at 0.05 % a day: the first is due on 10 January. */
const LOANS = `loan,person,amount,rate,paid_out,n,phone
L1,B1,1000.00,0.05,2025-12-10,5,19900000001
L2,B2,2000.00,0.05,2025-12-10,5,19900000002
L3,B3,3000.00,0.05,2025-12-10,5,19900000003
`;

let place: Desk;
let folder = "";
const run = (...args: string[]): Promise<Ran> => place.run(...args);
const json = async (...args: string[]) => (await run(...args, "--json")).objects();
const at = (day: string, time: string) => ["--at", `${day}T${time}:00+08:00`];

beforeAll(async () => {
  place = await desk("team");
  folder = place.folder;
  for (const [name, text] of [
    ["loans.map.yaml", MAP],
    ["branch.v1.yaml", STRATEGY],
    ["loans.csv", LOANS],
  ] as const)
    writeFileSync(join(folder, name), text);
  expect((await run("strategy", "propose", "branch.v1.yaml", "--by", "mei")).code).toBe(0);
  expect((await run("strategy", "release", "branch@1", "--by", "lin")).code).toBe(0);
  const imported = await run("import", "loans", "loans.csv", "--map", "loans.map.yaml", "--strategies", ".");
  expect(imported.err + imported.out).toContain("3");
  expect(imported.code).toBe(0);
  expect((await run("close", "--through", "2026-01-15")).code).toBe(0);
}, 120_000);
afterAll(() => place.clear());

describe("a day of a collector at the command line", () => {
  const NOW = at("2026-01-15", "10:00");

  test("she is hired, finds her list with its reasons, and takes the largest case", async () => {
    expect(
      await json("collector", "add", "mei", "--team", "north", "--languages", "zh", "--capacity", "9"),
    ).toMatchObject([{ id: "mei", team: "north", languages: ["zh"], capacity: 9, active: true }]);
    expect(await json("worklist", ...NOW)).toMatchObject([
      { loans: ["L3"], act: "call", dpd: 5, reason: "planned-today", claimedBy: null },
      { loans: ["L2"] },
      { loans: ["L1"] },
    ]);
    expect(await json("next", "--collector", "mei", ...NOW)).toMatchObject([
      { loans: ["L3"], claimedBy: "mei", claimedUntil: "2026-01-15T10:20:00+08:00", again: false },
    ]);
    expect((await run("worklist", "--lang", "zh", ...NOW)).out).toContain("今日计划");
  });

  test("she asks whether she may call, calls, and records the promise; the loan tells it", async () => {
    const [may] = await json("call", "--collector", "mei", ...NOW);
    expect(may).toMatchObject({ may: true, number: "19900000003", permit: { verdict: "allow" } });
    const again = await run("call", "--collector", "mei", ...NOW, "--lang", "zh");
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("already-begun")]);
    const tooFar = await run(
      "result",
      "connected-promised",
      "--collector",
      "mei",
      "--amount",
      "600.00",
      "--by",
      "2026-02-05",
      ...NOW,
    );
    expect([tooFar.code, tooFar.err]).toEqual([1, expect.stringContaining("too-far-ahead")]);
    const told = await run(
      "result",
      "connected-promised",
      "--collector",
      "mei",
      "--amount",
      "600.00",
      "--by",
      "2026-01-21",
      ...NOW,
    );
    expect(told.code).toBe(0);
    expect(await json("show", "L3")).toMatchObject([
      {
        promises: [
          {
            takenBy: "mei",
            status: "open",
            parts: [{ on: "2026-01-21", amount: "600.00", paidByThen: "0.00" }],
          },
        ],
      },
    ]);
    expect((await run("show", "L3", "--lang", "zh")).out).toContain("承诺还款");
    expect((await run("show", "L3", "--statement")).out).toContain("promises to pay:");
  });

  test("the list of result codes is there in both languages", async () => {
    expect((await json("result", "--list")).length).toBeGreaterThan(20);
    expect((await run("result", "--list", "--lang", "zh")).out).toContain("号码错误");
    const wrong = await run("result", "no-anser", "--collector", "mei");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("no-answer")]);
  });

  test("a promise by hand is undone by its withdrawal, and files bring promises too", async () => {
    const promised = await run(
      "record",
      "promise",
      "L2",
      "--amount",
      "100.00",
      "--by",
      "2026-01-20",
      "--on",
      "2026-01-15",
      "--id",
      "H1",
      "--taken-by",
      "lin",
    );
    expect(promised.code).toBe(0);
    expect(promised.out).toContain("record promise-withdrawal L2 --of H1");
    expect(
      (
        await run(
          "record",
          "promise-withdrawal",
          "L2",
          "--of",
          "H1",
          "--on",
          "2026-01-16",
          "--reason",
          "misheard",
        )
      ).code,
    ).toBe(0);
    writeFileSync(
      join(folder, "promises.csv"),
      "loan_id,kind,on,id,parts,taken_by\nL2,promise,2026-01-16,H2,2026-01-18 50.00; 2026-01-20 40.00,lin\nL2,promise,2026-01-16,H3,2026-01-18 50.00,lin\n",
    );
    const file = await run("import", "events", "promises.csv", "--json");
    expect(file.objects().at(-1)).toMatchObject({ added: 1, bad: 1, byCode: { "promise-open": 1 } });
  });

  test("the close keeps one that is paid, breaks one that is not, and the sums are told for each collector", async () => {
    writeFileSync(
      join(folder, "payments.csv"),
      "loan,amount,day\nL2,50.00,2026-01-18\nL2,36.00,2026-01-20\nL3,100.00,2026-01-20\n",
    );
    writeFileSync(
      join(folder, "payments.map.yaml"),
      "map: p\nkind: payments\nlender: { code: branch }\ncolumns: { loan_id: loan, amount: amount, value_on: day }\n",
    );
    const paid = await run("import", "payments", "payments.csv", "--map", "payments.map.yaml");
    expect(paid.code, paid.err).toBe(0);
    expect((await run("close", "--through", "2026-01-23")).code).toBe(0);
    // 95 % of 90.00 is 85.50, and 86.00 came.
    expect(await json("promises", "--by", "collector")).toEqual([
      {
        collector: "lin",
        taken: 2,
        open: 0,
        kept: 1,
        broken: 0,
        dropped: 1,
        keptShare: "100",
        promised: "190.00",
        paidOnKept: "86.00",
        paidOnBroken: "0.00",
      },
      {
        collector: "mei",
        taken: 1,
        open: 0,
        kept: 0,
        broken: 1,
        dropped: 0,
        keptShare: "0",
        promised: "600.00",
        paidOnKept: "0.00",
        paidOnBroken: "100.00",
      },
    ]);
    const story = await run("explain", "L3");
    expect(story.out).toContain("BROKEN: 600.00 was promised by 2026-01-21, 100.00 came");
    expect((await run("explain", "L3", "--lang", "zh")).out).toContain("失约");
    expect(await json("verify")).toMatchObject([{ findings: [] }]);
  });

  test("her contact is sampled, checked and counted", async () => {
    const days = ["--from", "2026-01-01", "--to", "2026-01-31"];
    const [sampled, counts] = await json("quality", "sample", ...days, "--seed", "7");
    expect(sampled).toMatchObject({ by: "mei", code: "connected-promised", why: "stratum", checked: null });
    expect(counts).toMatchObject({ contacts: 1, sampled: 1 });
    const contact = String(sampled!.contact);
    const wrong = await run("quality", "record", contact, "--by", "anna", "--fail", "--reasons", "ruде");
    expect(wrong.code).toBe(2);
    const done = await run(
      "quality",
      "record",
      contact,
      "--by",
      "anna",
      "--fail",
      "--reasons",
      "rude,identity",
      ...at("2026-01-22", "10:00"),
    );
    expect(done.code).toBe(0);
    expect(await json("quality", "report", ...days)).toEqual([
      {
        by: "mei",
        contacts: 1,
        complaints: 0,
        checked: 1,
        passed: 0,
        failed: 1,
        passShare: "0",
        reasons: { rude: 1, identity: 1 },
      },
    ]);
  });
});

describe("an agency at the command line", () => {
  const NOW = at("2026-01-23", "10:00");

  test("is told of with what is missing, and gets nothing without a mandate", async () => {
    expect((await run("agency", "add", "anxin", "--lawyer", "Li")).out).toContain("not-listed");
    const none = await run("place", "--agency", "anxin", ...NOW);
    expect([none.code, none.err]).toEqual([1, expect.stringContaining("no mandate")]);
    const [told] = await json(
      "agency",
      "mandate",
      "anxin",
      "--id",
      "M1",
      "--from",
      "2026-01-01",
      "--segment",
      "dpd=5..90",
    );
    expect(told).toMatchObject({ mandates: [{ id: "M1", from: "2026-01-01", to: null }] });
    const wider = await run("place", "--agency", "anxin", "--segment", "dpd=1..90", ...NOW);
    expect([wider.code, wider.err]).toEqual([1, expect.stringContaining("covers dpd=5..90")]);
  });

  test("a dry run writes nothing; the notice goes out first; then it sees, and tells, and is recalled", async () => {
    const place = (...more: string[]) => json("place", "--agency", "anxin", ...more);
    expect((await place("--dry-run", ...NOW)).at(-1)).toMatchObject({
      dryRun: true,
      "notice-first": 3,
      placed: 0,
    });
    expect((await place(...NOW)).at(-1)).toMatchObject({ "notice-first": 3 });
    expect((await run("dispatch", "--out", "out", ...NOW)).code).toBe(0);
    // The strategy's message of the day before went out first, and one a day is enough: the notices wait for the morning.
    expect((await place(...at("2026-01-23", "11:00"))).at(-1)).toMatchObject({ "notice-underway": 3 });
    expect((await run("dispatch", "--out", "out", ...at("2026-01-24", "09:00"))).code).toBe(0);
    expect((await place(...at("2026-01-24", "11:00"))).at(-1)).toMatchObject({ placed: 3 });
    const later = at("2026-01-24", "12:00");
    const contests = ["--kind", "sum-wrong", "--words", "I paid a part", "--disputed", "100.00"];
    expect((await run("complaint", "open", "L1", ...contests, "--by", "lin", ...later)).code).toBe(0);
    expect((await run("agency", "export", "anxin", "--out", "anxin.csv", ...later)).code).toBe(0);
    const file = readFileSync(join(folder, "anxin.csv"), "utf8");
    expect(file.split("\n")[0]).toBe(
      "loan,placement,from,until,lender,name,phone,address,language,zone,currency,dpd,dueOn,arrears,disputed,askable,payoff,promise,contactsToday",
    );
    expect(file.split("\n")).toHaveLength(5);
    // 14 days on 200.00 at 0.075 %: 2.10, of which the 100.00 of 215.50 bear 0.974, rounded up; 217.60 - 100.98 = 116.62.
    expect(file.split("\n").find((line) => line.startsWith("L1,"))).toContain(",217.60,100.98,116.62,");
    const recalled = await json(
      "recall",
      "--agency",
      "anxin",
      "--reason",
      "complaint",
      "--loans",
      "L1",
      ...at("2026-01-24", "13:00"),
    );
    expect(recalled).toEqual([{ loan: "L1", agency: "anxin", reason: "complaint", dryRun: false }]);
    writeFileSync(
      join(folder, "report.csv"),
      "loan_id,id,at,kind,via,outcome,amount,by\nL2,R1,2026-01-24T12:30:00+08:00,contact,call,connected,,\nL1,R2,2026-01-24T12:40:00+08:00,contact,call,no-answer,,\nL3,R3,2026-01-24T12:50:00+08:00,contact,call,shouted,,\n",
    );
    const report = await run(
      "agency",
      "report",
      "anxin",
      "report.csv",
      ...at("2026-01-24", "14:00"),
      "--json",
    );
    expect(report.code).toBe(1);
    expect(report.objects()).toMatchObject([
      { line: 4, refused: "unknown-value" },
      { line: 3, refused: "recalled" },
      { agency: "anxin", contacts: 1, promises: 0, refused: 2 },
    ]);
    expect((await run("explain", "L2")).out).toContain("anxin");
    expect(await json("verify")).toMatchObject([{ findings: [] }]);
  });
});

test.each([
  "collector",
  "worklist",
  "next",
  "call",
  "result",
  "release",
  "promises",
  "agency",
  "place",
  "recall",
  "quality",
])("arrears %s --help says what it takes, in both languages", async (command) => {
  for (const language of ["en", "zh"]) {
    const { code, out } = await run(command, "--help", "--lang", language);
    expect(code).toBe(0);
    expect(out).toContain(`arrears ${command}`);
  }
});
