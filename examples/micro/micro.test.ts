import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { formatDay, formatMoney } from "../../src/core/index.ts";
import { type IntakeRecord, parseMap, readRecords } from "../../src/intake/index.ts";
import {
  csvOfLoans,
  csvOfPayments,
  LOANS_HEADER,
  PAYMENTS_HEADER,
  RollRates,
  sampleBorrowers,
  sampleMaps,
  sampleReadme,
  windowOf,
} from "../../src/sample/index.ts";

const OPTIONS = { borrowers: 20, seed: 80 };
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const text = (name: string) => readFileSync(path(name), "utf8");
const borrowers = [...sampleBorrowers(OPTIONS)];

async function read(file: "loans" | "payments"): Promise<IntakeRecord[]> {
  const map = parseMap(text(`${file}.map.yaml`), `${file}.map.yaml`);
  if (!map.ok) throw new Error(map.refusals.map(({ at, says }) => `${at}: ${says}`).join("\n"));
  const reader = readRecords(path(`${file}.csv`), map.value);
  const records: IntakeRecord[] = [];
  for await (const batch of reader) {
    expect(batch.bad).toEqual([]);
    records.push(...batch.records);
  }
  expect(reader.summary).toMatchObject({ bad: 0, refusals: [], complete: true });
  return records;
}

describe("the small simulated book", () => {
  test("is what `arrears sample --borrowers 20 --seed 80` writes; where it is not, write it again", () => {
    const rates = new RollRates(windowOf(OPTIONS));
    for (const borrower of borrowers) rates.add(borrower);
    const maps = sampleMaps(OPTIONS);
    expect(text("loans.csv")).toBe(LOANS_HEADER + borrowers.map(({ loans }) => csvOfLoans(loans)).join(""));
    expect(text("payments.csv")).toBe(
      PAYMENTS_HEADER + borrowers.map(({ payments }) => csvOfPayments(payments)).join(""),
    );
    expect(text("loans.map.yaml")).toBe(maps.loans);
    expect(text("payments.map.yaml")).toBe(maps.payments);
    expect(text("README.md")).toBe(sampleReadme(OPTIONS, rates));
  });

  test("every loan is read as it was simulated", async () => {
    const found = await read("loans");
    const expected = borrowers.flatMap((borrower) => borrower.loans);
    expect(found).toEqual(
      expected.map(({ phone, email, app, hold, rateE8: _, ...contract }, i) => ({
        kind: "loan",
        line: i + 2,
        ...contract,
        borrower: { ...(phone && { phone }), ...(email && { email }), ...(app && { app }) },
        ...(hold && { hold }),
      })),
    );
    expect(found.some((loan) => loan.kind === "loan" && loan.hold?.until)).toBe(true);
  });

  test("every payment is read as it was simulated, booked on its day", async () => {
    const found = await read("payments");
    const expected = borrowers.flatMap((borrower) => borrower.payments);
    expect(found).toEqual(expected.map((payment, i) => ({ kind: "payment", line: i + 2, ...payment })));
    const first = expected[0]!;
    expect(text("payments.csv").split("\n")[1]).toBe(
      `${first.paymentId},${first.loanId},${formatMoney(first.amount)},${formatDay(first.valueOn)}`,
    );
  });
});
