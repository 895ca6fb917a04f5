import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { day } from "../core/index.ts";
import { CompactCounts } from "./counts.ts";
import { decimal, formatDecimal, plus, rounded, times } from "./fields.ts";
import { parseMap } from "./map.ts";
import type { IntakeRecord, LoanRecord, PaymentRecord } from "./records.ts";
import { checkFile, type ReadOptions, readRecords } from "./rows.ts";

const mapOf = (text: string) => {
  const map = parseMap(text);
  if (!map.ok) throw new Error(map.refusals.map(({ says }) => says).join("\n"));
  return map.value;
};

const PAYMENTS = `
map: p
kind: payments
lender: { code: demo }
currency: CNY
columns: { loan_id: loan, amount: amount, value_on: date }
`;

const TAPE = `
map: t
kind: loans
lender: { code: demo, name: Demo, zone: America/New_York, pack: us }
products:
  a: { source: fed, currency: USD, method: equal-installment, every: { months: 1 }, rate_per: year, day_count: 30/360, interest: period, strategy: s }
columns: { loan_id: id, principal: lent, disbursed_on: paid_out, installments: n }
constants: { as_of: 2014-03-11, status: open }
`;

async function read(text: string, map: string, options: ReadOptions = {}) {
  const reader = readRecords(Buffer.from(text), mapOf(map), options);
  const records: IntakeRecord[] = [];
  const sizes: number[] = [];
  for await (const batch of reader) {
    records.push(...batch.records);
    sizes.push(batch.records.length + batch.bad.length);
  }
  return { records, sizes, summary: reader.summary };
}

describe("payments without an id", () => {
  const file =
    "loan,amount,date\nL1,5.00,2026-01-01\nL1,5.00,2026-01-01\nL1,5.0,2026-01-01\nL2,5.00,2026-01-01\n";
  const ids = async () =>
    (await read(file, PAYMENTS)).records.map((record) => (record as PaymentRecord).paymentId);

  test("get the same ids whenever the file is read", async () => {
    expect(await ids()).toEqual(await ids());
  });

  test("stay as many as there are, also when they are equal", async () => {
    expect(new Set(await ids()).size).toBe(4);
  });
});

describe("deriving", () => {
  const derived = async (derive: string, header: string, cells: string, more = "") => {
    const map = `${TAPE}${more}derive:\n  borrower_id: { text: "B{id}" }\n${derive}`;
    const { records, summary } = await read(
      `id,lent,paid_out,n,${header}\n7,100.00,2014-01-31,12,${cells}\n`,
      map,
    );
    expect(summary.refusals).toEqual([]);
    return records[0] as LoanRecord;
  };
  const PLAIN = "  rate_percent: { times: 100, of: r }\n  outstanding: { subtract: [lent, p] }\n";

  test("a rate of .158000 times 100 is 15.8, exactly", async () => {
    const loan = await derived(PLAIN, "r,p", ".158000,0");
    expect(loan.rate).toEqual({ numerator: 158, scale: 3, per: "year" });
    expect(loan.borrowerId).toBe("B7");
  });

  test("what is left is what was lent less what was paid, to the cent, and not below the floor", async () => {
    expect((await derived(PLAIN, "r,p", ".1,99.99")).balance!.principal).toBe(1);
    const floor = PLAIN.replace("p] }", "p], at_least: 0 }");
    expect((await derived(floor, "r,p", ".1,100.01")).balance!.principal).toBe(0);
  });

  test("a due day counts back from the day reported for, and is absent when nothing is late", async () => {
    const late = `${PLAIN}  due_on: { days_before: as_of, by: d, when_above: 0 }\n`;
    expect((await derived(late, "r,p,d", ".1,0,11")).balance!.dueOn).toBe(day("2014-02-28"));
    expect((await derived(late, "r,p,d", ".1,0,0")).balance!.dueOn).toBeUndefined();
    expect((await derived(late, "r,p,d", ".1,0,")).balance!.dueOn).toBeUndefined();
  });

  test("a first due day some months after pay-out is held at the end of a short month", async () => {
    const months = `${PLAIN}  first_due_on: { months_after: disbursed_on, by: 1 }\n`;
    expect((await derived(months, "r,p", ".1,0")).firstDueOn).toBe(day("2014-02-28"));
  });

  test("decimals are exact where floats are not", () => {
    const sum = plus(decimal("0.1"), decimal("0.2"), 1n);
    expect(formatDecimal(sum)).toBe("0.3");
    expect(formatDecimal(times(decimal("1.15"), decimal("100")))).toBe("115");
    expect(formatDecimal(plus(decimal("0.1"), decimal("0.25"), -1n))).toBe("-0.15");
    // 0.125 and 0.135 lie half way: to the even cent both, 0.12 and 0.14.
    expect(formatDecimal(rounded(decimal("0.125"), 2, "half-even"))).toBe("0.12");
    expect(formatDecimal(rounded(decimal("0.135"), 2, "half-even"))).toBe("0.14");
    expect(formatDecimal(rounded(decimal("0.125"), 2, "half-up"))).toBe("0.13");
    expect(formatDecimal(rounded(decimal("-0.121"), 2, "up"))).toBe("-0.13");
    expect(formatDecimal(rounded(decimal("0.129"), 2, "down"))).toBe("0.12");
  });

  test("a field that is derived from itself is refused with the file", async () => {
    const map = `${TAPE}derive:
  borrower_id: { text: "B{id}" }
  rate_percent: { times: 1, of: outstanding }
  outstanding: { times: 1, of: rate_percent }
`;
    const { summary } = await read("id,lent,paid_out,n\n1,1.00,2014-01-01,1\n", map);
    expect(summary.refusals.map(({ code }) => code)).toContain("circular-derive");
  });
});

describe("reading a file", () => {
  const many = `loan,amount,date\n${Array.from({ length: 2500 }, (_, i) => `L${i},1.01,2026-01-01\n`).join("")}`;

  test("comes in batches of at most the size asked for", async () => {
    const { sizes } = await read(many, PAYMENTS, { batchRows: 1000 });
    expect(sizes).toEqual([1000, 1000, 500]);
  });

  test("tells totals by currency, the hash, the encoding and the delimiter", async () => {
    const { summary } = await read(many, PAYMENTS);
    expect(summary).toMatchObject({
      rows: 2500,
      good: 2500,
      totals: [{ currency: "CNY", count: 2500, sum: "2525.00" }],
      encoding: "utf-8",
      format: "delimited",
      delimiter: ",",
      bytes: many.length,
      complete: true,
    });
    expect(summary.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("goes on after the line where an earlier run stopped, with the same made ids", async () => {
    const whole = await read(many, PAYMENTS);
    const rest = await read(many, PAYMENTS, { afterLine: 2001 });
    expect(rest.records).toEqual(whole.records.slice(2000));
    expect(rest.summary).toEqual(whole.summary);
  });

  test("closes its source when the caller stops early", async () => {
    const source = Readable.from([Buffer.from(many), Buffer.from("x")]);
    for await (const _ of readRecords(source, mapOf(PAYMENTS), { batchRows: 10 })) break;
    expect(source.destroyed).toBe(true);
  });

  test("one byte more is another hash", async () => {
    const [a, b] = [await read(many, PAYMENTS), await read(`${many} `, PAYMENTS)];
    expect(a.summary.sha256).not.toBe(b.summary.sha256);
  });

  test("a path that does not exist is refused and not thrown at", async () => {
    const { summary } = await checkFile("/nowhere/at/all.csv", mapOf(PAYMENTS));
    expect(summary.refusals.map(({ code }) => code)).toEqual(["cannot-read"]);
  });

  test("a stream that breaks off is refused after the rows that came", async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("loan,amount,date\nL1,1.00,2026-01-01\nL2,1.0");
        throw new Error("connection lost");
      })(),
    );
    const { summary } = await checkFile(broken, mapOf(PAYMENTS));
    expect(summary).toMatchObject({ rows: 1, good: 1, complete: false });
    expect(summary.refusals.map(({ code }) => code)).toEqual(["cannot-read"]);
  });

  test("sums stay exact beyond 2^53 minor units", async () => {
    const rows = Array.from({ length: 3 }, (_, i) => `L${i},90071992547409.91,2026-01-01\n`).join("");
    const { summary } = await read(`loan,amount,date\n${rows}`, PAYMENTS);
    expect(summary.totals).toEqual([{ currency: "CNY", count: 3, sum: "270215977642229.73" }]);
  });
});

test("counting texts by hash gives what a Map gives, and stops at its capacity", () => {
  const counts = new CompactCounts(30_000);
  const exact = new Map<string, number>();
  for (let i = 0; i < 100_000; i++) {
    const text = `L${(i * 7919) % 30_000}`;
    expect(counts.add(text)).toBe(exact.get(text) ?? 0);
    exact.set(text, (exact.get(text) ?? 0) + 1);
  }
  expect(counts.full).toBe(true);
  expect(counts.add("one more")).toBeUndefined();
  expect(counts.add("L5")).toBe(exact.get("L5"));
});
