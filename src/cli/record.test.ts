import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { branchMap, LATE } from "../../test/support/branch-map.ts";
import { type Desk, desk, type Ran } from "../../test/support/cli.ts";

const MAP = branchMap([LATE, "strategy: micro-standard"]);
/** Each 1,000.00 in five installments of 200.00 at 0.05 % a day, due on the 10th of January to May 2026. */
const LOANS = `loan,person,amount,rate,paid_out,n
L1,B1,1000.00,0.05,2025-12-10,5
L2,B1,1000.00,0.05,2025-12-10,5
L3,B3,1000.00,0.05,2025-12-10,5
L4,B4,1000.00,0.05,2025-12-10,5
`;

let place: Desk;
let folder = "";
const run = (...args: string[]): Promise<Ran> => place.run(...args);
const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);

beforeAll(async () => {
  place = await desk("record");
  folder = place.folder;
  write("loans.map.yaml", MAP);
  write("loans.csv", LOANS);
  expect((await run("import", "loans", "loans.csv", "--map", "loans.map.yaml")).code).toBe(0);
  expect((await run("close", "--through", "2026-02-15")).code).toBe(0);
}, 60_000);
afterAll(() => place.clear());

describe("a charge by hand", () => {
  const CHARGE = ["record", "charge", "L1", "--amount", "30.00", "--on", "2026-02-12", "--reason", "notary"];

  test("is shown before and after by a dry run, which writes nothing", async () => {
    const { code, objects } = await run(...CHARGE, "--dry-run", "--json");
    expect(code).toBe(0);
    // Two installments of 200.00 with 15.50 and 12.40 of interest, and late interest 200 x 0.075 % x (36 + 5) days = 6.15.
    expect(objects()).toMatchObject([
      {
        loan: "L1",
        kind: "charge",
        bookedOn: "2026-02-16",
        known: false,
        dryRun: true,
        before: { asOf: "2026-02-15", dpd: 36, arrears: { fee: "0.00", total: "434.05" } },
        after: { asOf: "2026-02-15", dpd: 36, arrears: { fee: "30.00", total: "464.05" } },
      },
    ]);
    expect((await run("show", "L1", "--json")).objects()).toMatchObject([{ arrears: { fee: "0.00" } }]);
  });

  test("is seen by show at once, is recorded once, and says how it is undone", async () => {
    const first = await run(...CHARGE);
    expect(first.code).toBe(0);
    const undo = /undo it: arrears (record reversal L1 --of made-\w{32})/.exec(first.out)![1]!;
    const [shown, again] = [await run("show", "L1", "--json"), await run(...CHARGE, "--json")];
    expect(shown.objects()).toMatchObject([{ arrears: { fee: "30.00" } }]);
    expect(again.objects()).toMatchObject([{ known: true, after: { arrears: { fee: "30.00" } } }]);
    const story = await run("explain", "L1", "--json");
    const facts = story.objects()[0]!.facts as { kind: string; by: string }[];
    expect(facts.filter(({ kind }) => kind === "ChargeAdded")).toMatchObject([{ by: "person" }]);

    const undone = await run(...undo.split(" "), "--on", "2026-02-13");
    expect(undone.out).toContain("a reversal is not undone");
    expect((await run("show", "L1", "--json")).objects()).toMatchObject([{ arrears: { fee: "0.00" } }]);
    const late = await run(...CHARGE);
    expect(late.out).toContain("recorded on L1 before: nothing written");
    expect(late.err).toContain("reversed since; to record it anew, give it another id");
  }, 30_000);

  test("that contradicts the loan is refused with what is owed, in the language asked for", async () => {
    const waiver = [
      "record",
      "waiver",
      "L1",
      "--claim",
      "late-interest",
      "--amount",
      "6.16",
      "--on",
      "2026-02-15",
    ];
    const [english, chinese] = [await run(...waiver), await run(...waiver, "--lang", "zh")];
    expect([english.code, english.err]).toEqual([
      1,
      "arrears: more-than-owed: 6.15 of late-interest is owed on 2026-02-15, and 6.16 would be given up; give up 6.15 or less\n",
    ]);
    expect(chinese.err).toContain("more-than-owed: 金额超过所欠");
  });

  test.each([
    ["a kind that is not known", ["record", "chrge", "L1"], "for example: arrears record charge L000123"],
    ["no loan", ["record", "charge"], "LOAN is missing"],
    ["no amount", ["record", "charge", "L1"], "--amount: "],
    [
      "a key of another kind",
      ["record", "charge", "L1", "--amount", "1.00", "--hold", "dispute"],
      "--hold: ",
    ],
    [
      "a word that is not known",
      ["record", "waiver", "L1", "--amount", "1.00", "--claim", "fees"],
      'did you mean "fee"?',
    ],
    ["a day that does not exist", ["record", "resume", "L1", "--on", "2026-02-30"], "is not a calendar day"],
  ])("with %s is wrong use", async (_, args, says) => {
    const { code, err } = await run(...args);
    expect(err).toContain(says);
    expect(code).toBe(2);
  });
});

test("a hold about the person stands on all of his loans, is lifted from all, and can be placed again", async () => {
  const hold = ["record", "hold", "L1", "--hold", "deceased", "--until", "2026-04-30"];
  const placed = await run(...hold, "--on", "2026-02-16", "--json");
  expect(placed.objects()).toMatchObject([
    {
      before: { holds: [] },
      after: { holds: [{ hold: "deceased", until: "2026-04-30" }] },
      undo: "record lift L1 --hold deceased",
    },
  ]);
  const holdsOf = async (loan: string): Promise<string[]> => {
    const [story] = (await run("explain", loan, "--json")).objects();
    return (story!.facts as { kind: string }[])
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith("Hold"));
  };
  expect(await holdsOf("L2")).toEqual(["HoldPlaced"]);
  expect((await run("record", "lift", "L2", "--hold", "deceased", "--on", "2026-02-16")).code).toBe(0);
  expect(await holdsOf("L1")).toEqual(["HoldPlaced", "HoldLifted"]);
  expect((await run("record", "lift", "L2", "--hold", "deceased", "--on", "2026-02-17")).err).toContain(
    "no-such-hold",
  );
  expect((await run(...hold, "--on", "2026-02-17")).out).toContain("hold recorded on L1");
  expect(await holdsOf("L2")).toEqual(["HoldPlaced", "HoldLifted", "HoldPlaced"]);
}, 30_000);

describe("a file of events", () => {
  const EVENTS = `loan_id,kind,on,amount,charge,claim,reason,id,of,first_due_on,installments,late
L3,charge,2026-02-01,12.00,penalty,,late,c1,,,,
L3,waiver,2026-02-02,12.00,,penalty,kind,w1,,,,
L3,waiver,2026-02-03,12.00,,penalty,kind,w2,,,,
L3,re-age,2026-02-12,,,,,r1,,2026-03-20,4,capitalise
L9,charge,2026-02-01,12.00,penalty,,late,c1,,,,
L3,chrge,2026-02-01,12.00,penalty,,late,c3,,,,
L3,charge,2026-02-01,13.00,penalty,,late,c1,,,,
L3,reversal,2026-02-15,,,,bounced,,c1,,,
`;

  test("is taken row by row; what its loan refuses goes to quarantine, and twice changes nothing", async () => {
    write("events.csv", EVENTS);
    const dry = await run("import", "events", "events.csv", "--dry-run", "--json");
    expect(dry.objects()).toMatchObject([{ dryRun: true, rows: 8, added: 4, bad: 4 }]);
    expect(existsSync(join(folder, "events.csv.quarantine.csv"))).toBe(false);
    const first = await run("import", "events", "events.csv", "--json");
    expect(first.code).toBe(1);
    expect(first.objects()).toMatchObject([
      {
        rows: 8,
        added: 4,
        same: 0,
        bad: 4,
        byCode: { "nothing-owed": 1, "unknown-loan": 1, "unknown-kind": 1, "duplicate-id": 1 },
      },
    ]);
    const quarantine = readFileSync(join(folder, "events.csv.quarantine.csv"), "utf8");
    expect(quarantine).toContain("4,claim,penalty,nothing-owed,");
    const again = await run("import", "events", "events.csv", "--json");
    expect(again.objects()).toMatchObject([{ added: 0, same: 4, bad: 4, notes: { "reversed-since": 1 } }]);

    write(
      "more.jsonl.gz",
      gzipSync('{"loan_id":"L3","kind":"charge","on":"2026-02-01","amount":"14.00","id":"c1"}\n'),
    );
    const changed = await run("import", "events", "more.jsonl.gz", "--json");
    expect(changed.objects()).toMatchObject([{ added: 0, byCode: { "differs-from-accepted": 1 } }]);
  }, 30_000);

  test("with a column or a key that is not known is refused with the nearest known one", async () => {
    write("typo.csv", "loan_id,kind,on,amuont\nL4,charge,2026-02-01,1.00\n");
    write("typo.jsonl", '{"loan_id":"L4","kind":"pause","on":"2026-02-01","untill":"2026-03-01"}\n');
    const [header, key] = [
      await run("import", "events", "typo.csv"),
      await run("import", "events", "typo.jsonl", "--json"),
    ];
    expect([header.code, header.err.includes('did you mean "amount"?')]).toEqual([1, true]);
    expect(key.objects()).toMatchObject([{ added: 0, bad: 1, byCode: { "unknown-key": 1 } }]);
  });

  test("whose every row was taken is known by its bytes", async () => {
    write("good.tsv", "loan_id\tkind\ton\tlate_interest\nL4\tpause\t2026-02-12\tstops\n");
    expect((await run("import", "events", "good.tsv")).code).toBe(0);
    expect((await run("import", "events", "good.tsv", "--json")).objects()).toMatchObject([
      { sameFile: true },
    ]);
  });
});

test("after the close every row equals its journal", async () => {
  expect((await run("close", "--through", "2026-02-20")).code).toBe(0);
  expect((await run("verify", "--json")).objects()).toMatchObject([{ loans: 4, findings: [] }]);
  // Re-aged on 12 February: nothing is past due until 20 March.
  expect((await run("show", "L3", "--json")).objects()).toMatchObject([
    { dpd: 0, nextDue: { on: "2026-03-20" } },
  ]);
});
