import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, desk, type Ran } from "../../test/support/cli.ts";

const map = (pack: string, zone: string, currency: string): string => `map: ${pack}-loans
kind: loans
lender: { code: ${pack}-branch, name: Branch, zone: ${zone}, pack: ${pack}, opened_on: 2026-01-01 }
products:
  cash:
    source: kept
    currency: ${currency}
    method: equal-principal
    every: { months: 1 }
    rate_per: day
    day_count: ACT/365
    interest: daily
    strategy: micro-standard
columns: { loan_id: loan, borrower_id: person, principal: amount, rate_percent: rate, disbursed_on: paid_out, installments: n, phone: phone, address: address }
`;
const loans = (prefix: string): string => `loan,person,amount,rate,paid_out,n,phone,address
${prefix}1,${prefix}B,1000.00,0.05,2025-12-10,5,19900000000,1 Example Road
${prefix}2,${prefix}B,1000.00,0.05,2025-12-10,5,19900000000,1 Example Road
${prefix}3,${prefix}C,1000.00,0.05,2025-12-10,5,19900000001,1 Example Road
`;

let place: Desk;
let folder = "";
const run = (...args: string[]): Promise<Ran> => place.run(...args);
/** Verdicts by way, at ten in the morning of a day on the lender's clock. */
async function verdicts(loan: string, at: string, ...more: string[]): Promise<Record<string, string>> {
  const { objects } = await run("explain", loan, "--at", at, "--json", ...more);
  const channels = objects()[0]!.channels as { via: string; verdict: string }[];
  return Object.fromEntries(channels.map(({ via, verdict }) => [via, verdict]));
}
const TEN_IN_SHANGHAI = "2026-02-20T10:00:00+08:00";

beforeAll(async () => {
  place = await desk("person");
  folder = place.folder;
  for (const [pack, zone, currency, prefix] of [
    ["cn", "Asia/Shanghai", "CNY", "L"],
    ["us", "America/New_York", "USD", "U"],
  ] as const) {
    writeFileSync(join(folder, `${pack}.map.yaml`), map(pack, zone, currency));
    writeFileSync(join(folder, `${pack}.csv`), loans(prefix));
    const imported = await run("import", "loans", `${pack}.csv`, "--map", `${pack}.map.yaml`);
    expect(imported.code, imported.err).toBe(0);
    expect((await run("close", "--through", "2026-02-19", "--lender", `${pack}-branch`)).code).toBe(0);
  }
}, 120_000);
afterAll(() => place.clear());

describe("a wish that texts stop", () => {
  const STOP = ["record", "stop", "U1", "--kinds", "text", "--on", "2026-02-16", "--id", "S1"];

  test("is told by a dry run, and nothing changes", async () => {
    const { code, objects } = await run(...STOP, "--dry-run", "--json");
    expect(code).toBe(0);
    expect(objects()).toMatchObject([
      { loan: "U1", kind: "stop", id: "S1", dryRun: true, before: [], after: [{ kind: "StopRequested" }] },
    ]);
    expect((await run("show", "U1", "--json")).objects()[0]).not.toHaveProperty("person");
  });

  test("ends texts about both of his loans and leaves letters, from its minute on", async () => {
    const first = await run(...STOP);
    expect(first.code).toBe(0);
    expect(first.out).toContain("for each of his loans: U1, U2");
    expect(first.out).toContain("undo it: arrears record reversal U1 --of S1");
    const noon = "2026-02-20T12:00:00-05:00";
    expect(await verdicts("U2", noon)).toMatchObject({ text: "forbid", letter: "allow", call: "allow" });
    expect(await verdicts("U2", "2026-02-19T12:00:00-05:00")).toMatchObject({ text: "allow" });
    expect(await verdicts("U3", noon)).toMatchObject({ text: "allow" });
  });

  test("is recorded once, and shown with its id and since when", async () => {
    expect((await run(...STOP, "--json")).objects()).toMatchObject([{ known: true }]);
    const shown = await run("show", "U2");
    expect(shown.out).toContain("known of the borrower:");
    expect(shown.out).toContain("asked to stop text, from 2026-02-16T00:00:00-05:00  [S1]");
    const chinese = await run("show", "U2", "--lang", "zh");
    expect(chinese.out).toContain("要求停止短信，自 2026-02-16T00:00:00-05:00 起  [S1]");
  });

  test("is lifted, or reversed, and texts go again", async () => {
    const lifted = await run("record", "lift-stop", "U1", "--on", "2026-02-20");
    expect(lifted.code, lifted.err).toBe(0);
    expect(await verdicts("U1", "2026-02-21T12:00:00-05:00")).toMatchObject({ text: "allow" });
  });
});

describe("a notice and a written consent", () => {
  test("unlock the report to the bureau, which a person then decides", async () => {
    expect(await verdicts("L1", TEN_IN_SHANGHAI, "--via", "bureau")).toMatchObject({ bureau: "forbid" });
    const consent = ["record", "consent", "L1", "--kinds", "bureau", "--by", "writing", "--on", "2026-01-05"];
    expect((await run(...consent)).code).toBe(0);
    const notice = ["record", "notice", "L1", "--notice", "bureau-negative", "--on", "2026-02-01"];
    expect((await run(...notice)).code).toBe(0);
    // Both are booked on the first open day, the twentieth.
    expect(await verdicts("L1", "2026-02-20T18:00:00+08:00", "--via", "bureau")).toMatchObject({
      bureau: "ask-person",
    });
    expect(await verdicts("L2", "2026-02-20T18:00:00+08:00", "--via", "bureau")).toMatchObject({
      bureau: "forbid",
    });
  });
});

describe("a placement with an agency", () => {
  const CALLS = `{"loan_id":"U1","kind":"placement","on":"2026-02-17","with":"Agency","in_default":"yes","id":"P1"}
${[1, 2, 3, 4, 5, 6, 7]
  .map(
    (i) =>
      `{"loan_id":"U1","kind":"contact","on":"2026-02-18","at":"1${i}:00","via":"call","outcome":"no-answer","who":"Agency","debts":"U1","id":"K${i}"}`,
  )
  .join("\n")}
{"loan_id":"U1","kind":"contact","on":"2026-02-18","at":"18:00","via":"cal","outcome":"no-answer","id":"K8"}
`;

  test("comes in a file with the agency's calls; what cannot be read is set aside with the nearest word", async () => {
    writeFileSync(join(folder, "agency.jsonl"), CALLS);
    const dry = await run("import", "events", "agency.jsonl", "--lender", "us-branch", "--dry-run", "--json");
    expect(dry.objects()).toMatchObject([{ rows: 9, added: 8, bad: 1 }]);
    const taken = await run("import", "events", "agency.jsonl", "--lender", "us-branch", "--json");
    expect(taken.code).toBe(1);
    expect(taken.objects()).toMatchObject([{ added: 8, bad: 1, byCode: { "unknown-value": 1 } }]);
    const again = await run("import", "events", "agency.jsonl", "--lender", "us-branch", "--json");
    expect(again.objects()).toMatchObject([{ added: 0, same: 8, bad: 1 }]);
  });

  test("makes Regulation F bind: after seven calls the eighth is stopped, and after the recall no rule counts them", async () => {
    const noon = "2026-02-20T12:00:00-05:00";
    const told = await run("explain", "U1", "--at", noon);
    expect(told.out).toContain("judged as done by Agency (agency), with whom the loan is placed");
    expect(told.out).toContain("house/us-calls");
    expect(await verdicts("U1", noon)).toMatchObject({ call: "forbid" });
    // The other loan of the same borrower is the lender's own, and the calls were not about it.
    expect(await verdicts("U2", noon)).toMatchObject({ call: "allow" });
    const recall = await run(
      "record",
      "recall",
      "U1",
      "--on",
      "2026-02-20",
      "--at",
      "11:00",
      "--reason",
      "paid in part",
    );
    expect(recall.code, recall.err).toBe(0);
    expect(await verdicts("U1", noon)).toMatchObject({ call: "allow" });
    expect((await run("record", "recall", "U1")).err).toContain("not-placed");
  });
});

describe("what is written wrongly", () => {
  test.each([
    [["record", "consnt", "L1"], "arrears record consent"],
    [
      ["record", "contact", "L1", "--via", "call", "--at", "00:00", "--outcome", "conected"],
      'did you mean "connected"?',
    ],
    [["record", "ban", "L1", "--kinds", "text"], "A ban takes --on --id --at --until"],
    [["record", "lift-stop", "L3"], "none-stands"],
    [["record", "stop", "L1", "--debt", "L3"], "L3 is no loan of this borrower; his are L1, L2"],
    [["explain", "L1", "--via", "bureou"], "did you mean bureau"],
  ])("%j is refused with what to do", async (args, says) => {
    const { code, err } = await run(...args);
    expect(code).not.toBe(0);
    expect(err).toContain(says);
  });

  test("is told in Chinese too", async () => {
    const { err } = await run("record", "lift-stop", "L3", "--lang", "zh");
    expect(err).toContain("没有可结束的记录");
  });
});

test("every row of a person equals his journal", async () => {
  const { code, objects } = await run("verify", "--json");
  expect(objects()).toMatchObject([{ findings: [] }]);
  expect(code).toBe(0);
});
