import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { day } from "../../src/core/index.ts";
import { type BadRow, type LoanRecord, parseMap, readRecords } from "../../src/intake/index.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The tape read without the code under test: no field of it is quoted. */
const tape = readFileSync(path("loans.csv"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.trim().split(","));
const header = tape[0]!;
const cell = (line: number, name: string) => tape[line - 1]![header.indexOf(name)]!;
/** Cents, from up to six decimals of which only the first two are used by the columns asked for. */
const cents = (text: string) => Math.round(Number(text) * 100);

async function read() {
  const map = parseMap(readFileSync(path("loans.map.yaml"), "utf8"), "loans.map.yaml");
  if (!map.ok) throw new Error(map.refusals[0]!.says);
  const reader = readRecords(path("loans.csv"), map.value);
  const loans: LoanRecord[] = [];
  const bad: BadRow[] = [];
  for await (const batch of reader) {
    for (const record of batch.records) if (record.kind === "loan") loans.push(record);
    bad.push(...batch.bad);
  }
  return { loans, bad, summary: reader.summary };
}

describe("the Prosper tape", async () => {
  const { loans, bad, summary } = await read();

  test("every row is imported or quarantined with a reason", () => {
    expect(summary).toMatchObject({ rows: 2765, good: 2762, bad: 3, refusals: [], complete: true });
    expect(loans).toHaveLength(2762);
    expect(bad.map(({ line, code, value }) => [line, code, value])).toEqual([
      [11, "duplicate-id", "121268"],
      [1001, "duplicate-id", "132043"],
      [2541, "duplicate-id", "135375"],
    ]);
  });

  test("outstanding is the amount lent less principal paid, below zero where a completed loan was overpaid", () => {
    let overpaid = 0;
    for (const { line, balance } of loans) {
      const left =
        cents(cell(line, "LoanOriginalAmount")) - cents(cell(line, "LP_CustomerPrincipalPayments"));
      if (left < 0) overpaid += 1;
      expect([line, balance!.principal]).toEqual([line, left]);
    }
    expect(overpaid).toBe(83);
  });

  test("days past due counted from the due day are the tape's own for every loan that has any", () => {
    const asOf = day("2014-03-11");
    let late = 0;
    for (const { line, balance } of loans) {
      const days = Number(cell(line, "LoanCurrentDaysDelinquent"));
      expect(balance!.asOf).toBe(asOf);
      expect([line, balance!.dueOn === undefined ? 0 : asOf - balance!.dueOn]).toEqual([line, days]);
      if (/Past Due|Defaulted|Chargedoff/.test(cell(line, "LoanStatus"))) {
        expect(days).toBeGreaterThan(0);
        late += 1;
      }
    }
    expect(late).toBe(51 + 129 + 259);
  });

  test("a rate of .158000 is 15.8 percent, and pay-out days lose their time", () => {
    expect(loans[0]).toMatchObject({
      loanId: "19141",
      borrowerId: "B19141",
      rate: { numerator: 158, scale: 3, per: "year" },
      disbursedOn: day("2007-09-12"),
      firstDueOn: day("2007-10-12"),
      installments: 36,
      balance: { status: "paid-off", interestPaid: 197114, principal: 0 },
    });
  });
});
