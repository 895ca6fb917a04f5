import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { day } from "../core/index.ts";
import { guessMap } from "./guess.ts";
import { parseMap } from "./map.ts";
import type { IntakeKind, IntakeRecord } from "./records.ts";
import { readRecords } from "./rows.ts";

async function guessAndRead(bytes: Buffer, kind: IntakeKind) {
  const text = await guessMap(bytes, kind);
  const map = parseMap(text);
  if (!map.ok) throw new Error(`${text}\n${map.refusals.map(({ says }) => says).join("\n")}`);
  const records: IntakeRecord[] = [];
  const reader = readRecords(bytes, map.value);
  for await (const batch of reader) records.push(...batch.records);
  return { text, records, summary: reader.summary };
}

describe("a guessed map", () => {
  test("reads a Chinese loans file in GBK", async () => {
    const file = `借据号,客户号,姓名,手机号,贷款金额,日利率,放款日,首期还款日,期数
0001,C01,张伟,13800000000,"10,000.00",0.05,2026/01/31,2026/02/28,12
0002,C02,王芳,13900000000,5000.00,0.05,2026/02/01,2026/03/01,6
`;
    const { records, text } = await guessAndRead(iconv.encode(file, "gbk"), "loans");
    expect(text).toContain("encoding: gb18030");
    expect(text).toContain("zone: Asia/Shanghai");
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({
      loanId: "0001",
      borrowerId: "C01",
      principal: 1_000_000,
      rate: { numerator: 5, scale: 4, per: "day" },
      disbursedOn: day("2026-01-31"),
      firstDueOn: day("2026-02-28"),
      installments: 12,
      borrower: { name: "张伟", phone: "13800000000" },
    });
  });

  test("reads a Chinese payments file", async () => {
    const file = "借据号\t还款金额\t还款日期\n0001\t100.00\t20260301\n";
    const { records } = await guessAndRead(Buffer.from(file), "payments");
    expect(records).toMatchObject([{ loanId: "0001", amount: 10_000, valueOn: day("2026-03-01") }]);
  });

  test("reads an English balances file whose status and days late are in the lender's words", async () => {
    const file = `Loan Number;Reporting Date;Loan Status;Principal Balance;Days Past Due
7;31.03.2026;Current;1.000,50;0
8;31.03.2026;Charged Off;2.000,00;120
`;
    const { records } = await guessAndRead(Buffer.from(file), "balances");
    expect(records).toMatchObject([
      { loanId: "7", status: "open", principal: 100_050, asOf: day("2026-03-31") },
      { loanId: "8", status: "written-off", dueOn: day("2025-12-01") },
    ]);
    expect(records[0]).not.toHaveProperty("dueOn");
  });

  test("reads JSON lines, and rates written as fractions", async () => {
    const file = `{"loan_id":"1","customer_id":"9","loan_amount":1000,"interest_rate":0.158,"start_date":"2026-01-01","term":12}\n`;
    const { records, text } = await guessAndRead(Buffer.from(file), "loans");
    expect(text).toContain("times: 100");
    expect(records).toMatchObject([{ loanId: "1", rate: { numerator: 158, scale: 3 } }]);
  });

  test("says what it could not find, and what to write there", async () => {
    const text = await guessMap(Buffer.from("loan id,foo\n1,2\n"), "payments");
    expect(text).toContain("# amount: ? # fill in");
    expect(text).toContain('# not used: "foo"');
    const map = parseMap(text);
    expect(map.ok ? [] : map.refusals.map(({ code }) => code)).toEqual(["missing-field", "missing-field"]);
  });

  test("says when a date could be read in two ways", async () => {
    const file = Buffer.from("loan id,amount,payment date\n1,2.00,01/02/2026\n");
    expect(await guessMap(file, "payments")).toContain("01/02/2026 could also be dd/MM/yyyy");
  });

  test.each(["", "\n", '"', "\u0000", "{", '=1,"@2": x,#,\''])(
    "of a file such as %j is still a text",
    async (file) => {
      for (const kind of ["loans", "payments", "balances"] as const) {
        const map = parseMap(await guessMap(Buffer.from(file), kind));
        expect(map.ok ? [] : map.refusals.map(({ code }) => code)).not.toContain("bad-yaml");
      }
    },
  );
});
