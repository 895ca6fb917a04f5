import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, desk } from "../../test/support/cli.ts";
import { width } from "../office/io.ts";
import { wrap } from "./forecast/timeline.ts";

const MAP = `map: forecast-loans
kind: loans
lender: { code: branch, name: Branch, zone: Asia/Shanghai, pack: cn, opened_on: 2026-01-01 }
products:
  cash:
    source: kept
    currency: CNY
    method: equal-principal
    every: { months: 1 }
    rate_per: day
    day_count: ACT/365
    interest: daily
    late_interest: { times: 1.5, on: principal }
    strategy: micro-standard
columns: { loan_id: loan, borrower_id: person, principal: amount, rate_percent: rate, disbursed_on: paid_out, installments: n, phone: phone }
`;
const LOANS = `loan,person,amount,rate,paid_out,n,phone
L1,B,3000.00,0.05,2026-01-01,3,19900000000
L2,B,1000.00,0.05,2026-01-01,5,19900000000
`;

let place: Desk;
beforeAll(async () => {
  place = await desk("forecast");
  writeFileSync(join(place.folder, "map.yaml"), MAP);
  writeFileSync(join(place.folder, "loans.csv"), LOANS);
  const imported = await place.run("import", "loans", "loans.csv", "--map", "map.yaml");
  expect(imported.code, imported.err).toBe(0);
  expect((await place.run("close", "--through", "2026-02-11")).code).toBe(0);
}, 120_000);
afterAll(() => place.clear());

interface Told {
  readonly on: string;
  readonly kind: string;
  readonly stop: { readonly amount: string; readonly by: string } | null;
}

test("what a forecast says is what the next closes write, and what is paid as it says is kept away", async () => {
  const before = (await place.run("forecast", "L1", "--through", "2026-02-25", "--json")).objects()[0]!;
  const events = before.events as Told[];
  // Ten days late with 1,000.00 at 0.075 %: 7.50 beside 1,046.50.
  expect(before).toMatchObject({
    loan: "L1",
    asOf: "2026-02-11",
    now: { dpd: 10, pastDue: "1054.00", payoff: "3064.00" },
  });
  const steps = events.filter(({ kind }) => kind === "message" || kind === "call");
  expect(steps.map(({ on, kind }) => `${on} ${kind}`)).toEqual([
    "2026-02-13 call",
    "2026-02-17 message",
    "2026-02-21 call",
  ]);
  expect(steps[1]!.stop).toMatchObject({ amount: "1057.75", by: "2026-02-16" });

  expect((await place.run("close", "--through", "2026-02-16")).code).toBe(0);
  const story = (await place.run("explain", "L1", "--json")).objects()[0]!.facts as {
    on: string;
    kind: string;
  }[];
  const planned = story.filter(({ kind, on }) => kind === "StepPlanned" && on > "2026-02-11");
  expect(planned.map(({ on }) => on)).toEqual(["2026-02-13"]);

  // As it stood on the eleventh, it says the same.
  const again = (
    await place.run("forecast", "L1", "--as-of", "2026-02-11", "--through", "2026-02-25", "--json")
  ).objects()[0]!;
  expect(again).toEqual(before);

  // One fen less than was said leaves the message of the seventeenth; the sum takes it away.
  const [less, paid] = await Promise.all(
    ["1057.74", "1057.75"].map((sum) =>
      place.run("forecast", "L1", "--pay", sum, "--on", "2026-02-16", "--through", "2026-02-25", "--json"),
    ),
  );
  const dayOf = (told: Record<string, unknown>) =>
    (told.events as Told[]).filter(({ on, kind }) => on === "2026-02-17" && kind === "message");
  expect(dayOf(less!.objects()[0]!)).toHaveLength(1);
  expect(dayOf(paid!.objects()[0]!)).toHaveLength(0);
  expect(paid!.objects()[0]!.goes).not.toEqual([]);
}, 60_000);

test("a person reads it as a line of time, in either language, no wider than a terminal", async () => {
  for (const lang of ["en", "zh"]) {
    const { out, code } = await place.run("forecast", "L2", "--lang", lang);
    expect(code).toBe(0);
    expect(out).toContain(lang === "en" ? "What comes if nothing is paid" : "如不还款");
    const timeline = out.slice(0, out.indexOf(lang === "en" ? "Where it stands" : "依据"));
    for (const line of timeline.split("\n")) expect(width(line)).toBeLessThanOrEqual(100);
  }
  const refused = await place.run("forecast", "L1", "--as-of", "2026-03-01");
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("closed through 2026-02-16")]);
});

test("the ways out stand side by side, and none is above what can be paid", async () => {
  const told = (
    await place.run(
      "relief",
      "ways",
      "L1",
      "--income",
      "5000",
      "--living",
      "4200",
      "--other-debts",
      "250",
      "--json",
    )
  ).objects()[0]!;
  const ways = told.ways as { way: string; possible: boolean; monthly: string; why?: string }[];
  expect(told).toMatchObject({ surplus: "550.00", household: { needed: "4450.00", left: "4200.00" } });
  expect(ways.map(({ way }) => way)).toHaveLength(8);
  for (const way of ways.filter((one) => one.way === "plan" || one.way === "hardship")) {
    expect(way.possible).toBe(true);
    expect(Number(way.monthly)).toBeLessThanOrEqual(550);
  }
  const unsaid = await place.run("relief", "ways", "L1", "--income", "5000");
  expect([unsaid.code, unsaid.err]).toEqual([1, expect.stringContaining("--living")]);
});

test("all debts of a file are planned, and a row that cannot be read is told and leaves the others", async () => {
  writeFileSync(
    join(place.folder, "debts.csv"),
    "id,balance,rate_percent_a_year,minimum,legal_by,legal_amount\na,1000.00,24,,,\nb,500.00,12,,,\nc,much,12,,,\n",
  );
  const made = await place.run(
    "relief",
    "plan",
    "debts.csv",
    "--budget",
    "600",
    "--as-of",
    "2026-01-15",
    "--json",
  );
  expect([made.code, made.err]).toEqual([1, expect.stringContaining("line 4 balance")]);
  expect(made.objects()[0]).toMatchObject({
    debts: 2,
    order: ["a", "b"],
    optimum: { interest: "41.83", months: 3 },
    orders: { smallest: { interest: "50.37" } },
  });
  writeFileSync(
    join(place.folder, "debts.json"),
    JSON.stringify({ debts: [{ id: "a", balance: "1000.00", ratePercentAYear: "24" }] }),
  );
  expect((await place.run("relief", "plan", "debts.json", "--budget", "600", "--lang", "zh")).code).toBe(0);
});

test("text is broken at spaces, and Chinese anywhere but before a mark", () => {
  expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
  for (const line of wrap("按目前情况，诉讼时效届满。每次催告或还款均使其重新计算。", 20)) {
    expect(width(line)).toBeLessThanOrEqual(20);
    expect(line).not.toMatch(/^[，。]/);
  }
});
