import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, desk } from "../../test/support/cli.ts";
import { width } from "../office/io.ts";

const MAP = `
map: loans
kind: loans
lender: { code: micro, name: 示例小额贷款, zone: Asia/Shanghai, pack: cn, opened_on: 2025-12-01 }
products:
  cash:
    source: kept
    currency: CNY
    method: equal-principal
    every: { months: 1 }
    rate_per: day
    day_count: ACT/365
    interest: daily
    month_end: clamp
    buckets: [1, 31, 61, 91]
    strategy: micro-standard
columns:
  borrower_id: borrower
  loan_id: loan
  product: product
  principal: amount
  rate_percent: rate
  disbursed_on: paid_out
  first_due_on: due
  installments: n
  name: name
  phone: phone
  address: address
`;
// 12,000 without interest, in one installment due 2026-01-10; 900 the same; 60,000 the same.
const LOANS = `borrower,loan,product,amount,rate,paid_out,n,due,name,phone,address
B1,L1,cash,12000.00,0,2025-12-10,1,2026-01-10,张三,13800000001,湖南省长沙市岳麓区麓山路1号
B2,L2,cash,900.00,0,2025-12-10,1,2026-01-10,李四,13800000002,
B3,L3,cash,60000.00,0,2025-12-10,1,2026-01-10,王五,13800000003,湖南省长沙市岳麓区麓山路2号
B4,=L4,cash,500.00,0,2025-12-10,1,2026-01-10,赵六,13800000004,
`;
const TERMS = `
lender: { name: 示例小额贷款, area: 广东省深圳市南山区 }
courts: { 广东省深圳市南山区: 深圳市南山区人民法院, 湖南省长沙市岳麓区: 长沙市岳麓区人民法院 }
wages:
  - { province: 广东省, year: 2025, yuan: "100000.00", source: "an example, not a published figure" }
costs:
  - { way: suit, kind: lawyer, amount: "800.00" }
  - { way: payment-order, kind: service, amount: "900.00" }
products:
  cash:
    jurisdiction: { clause: 第十七条, pointed_out: true, courts: [ { tie: plaintiff-domicile } ] }
    electronic_service: { clause: 第十八条, to_address_on_file: true }
    residents_only: true
`;

let at: Desk;
beforeAll(async () => {
  at = await desk("advise");
  writeFileSync(join(at.folder, "map.yaml"), MAP);
  writeFileSync(join(at.folder, "loans.csv"), LOANS);
  writeFileSync(join(at.folder, "court-terms.yaml"), TERMS);
  const imported = await at.run("import", "loans", "loans.csv", "--map", "map.yaml");
  expect(imported.err + imported.out).toContain("4");
  await at.run("close", "--through", "2026-04-30");
});
afterAll(() => at.clear());

const wayOf = async (id: string, ...more: string[]) => {
  const { objects } = await at.run("advise", id, "--json", "--as-of", "2026-04-30", "--no-history", ...more);
  return objects()[0] as {
    claim: string;
    advice: { take: string; because: string[] };
    limitation: { worstOn: string };
    ways: {
      way: string;
      standing: string;
      outlay: string;
      breakEven: number;
      conditions: { what: string; state: string }[];
    }[];
  };
};
const standings = async (id: string, ...more: string[]) =>
  (await wayOf(id, ...more)).ways.map(({ way, standing, outlay }) => `${way} ${standing} ${outlay}`);

describe("which way for a loan", () => {
  // 12,000 overdue: case fee 100, half 50, a third 33.33 (cn.md 7.1); costs of the lender on top.
  test("what each way costs and whether it is open, by what the book and the lender know", async () => {
    expect(await standings("L1", "--whereabouts", "known")).toEqual([
      "mediation unsure 0.00",
      "payment-order open 933.33",
      "small-claims open 850.00",
      "summary open 850.00",
      "ordinary open 900.00",
    ]);
    const way = await wayOf("L1", "--whereabouts", "known");
    expect(way.claim).toBe("12000.00");
    expect(way.advice).toEqual({ take: "small-claims", because: ["cheapest-open", "thin-history"] });
    // Three years from the day it fell due, a Wednesday: 2029-01-10.
    expect(way.limitation.worstOn).toBe("2029-01-10");
    // 850 of 12,000 are 7.08… %, rounded up.
    expect(way.ways[2]!.breakEven).toBe(709);
  });

  test("nobody who was not spoken to is taken for found, and one who is missing leaves the ordinary suit", async () => {
    expect(await standings("L1")).toContain("summary unsure 850.00");
    expect(await standings("L1", "--whereabouts", "missing")).toEqual([
      "mediation unsure 0.00",
      "payment-order closed 933.33",
      "small-claims closed 850.00",
      "summary closed 850.00",
      "ordinary open 900.00",
    ]);
  });

  test("a claim above half of the wage is small only by agreement", async () => {
    expect(await standings("L3", "--whereabouts", "known")).toContain("small-claims unsure 1450.00");
    expect(await standings("L3", "--whereabouts", "known", "--small-claims-agreed", "yes")).toContain(
      "small-claims open 1450.00",
    );
  });

  test("without the wage it says that it cannot decide, and which wage it needs", async () => {
    writeFileSync(join(at.folder, "no-wage.yaml"), TERMS.replace(/wages:\n.*\n/, ""));
    const { out } = await at.run(
      "advise",
      "L1",
      "--as-of",
      "2026-04-30",
      "--no-history",
      "--terms",
      "no-wage.yaml",
    );
    expect(out).toContain("cannot be decided without W(广东省, 2025)");
  });

  test("a small debt that costs more than it can bring is not sued for", async () => {
    const small = await wayOf("=L4", "--whereabouts", "known");
    expect(small.advice).toEqual({ take: "do-not-sue", because: ["costs-more-than-it-brings"] });
  });

  test("in words it fits a hundred columns, gives no figure of a thin history, and is no legal advice", async () => {
    const { out, code } = await at.run(
      "advise",
      "L1",
      "--as-of",
      "2026-04-30",
      "--whereabouts",
      "known",
      "--lang",
      "zh",
    );
    expect(code).toBe(0);
    expect(out).toContain("建议：小额诉讼");
    expect(out).toContain("过少：0");
    expect(out).toContain("不构成法律意见");
    const rows = out.split("\n").slice(0, 14);
    expect(Math.max(...rows.map(width))).toBeLessThanOrEqual(100);
  });
});

test("all loans in one table, the largest first, and as a file that a spreadsheet takes for text", async () => {
  const { objects } = await at.run("advise", "--all", "--as-of", "2026-04-30", "--json", "--no-history");
  expect(objects().map(({ loan, claim }) => `${loan} ${claim}`)).toEqual([
    "L3 60000.00",
    "L1 12000.00",
    "L2 900.00",
    "=L4 500.00",
  ]);
  await at.run("advise", "--all", "--as-of", "2026-04-30", "--out", "advice.csv", "--no-history");
  const rows = readFileSync(join(at.folder, "advice.csv"), "utf8").trim().split("\n");
  expect(rows).toHaveLength(5);
  expect(rows[4]).toContain(",'=L4,M4,500.00,do-not-sue,");
  writeFileSync(join(at.folder, "ids.txt"), "L2\nL9\n");
  const some = await at.run("advise", "--from", "ids.txt", "--as-of", "2026-04-30", "--json", "--no-history");
  expect(some.objects().map(({ loan }) => loan)).toEqual(["L2"]);
  expect(some.err).toContain("L9");
});

test("which court: the one agreed first, the others displaced, a payment order where the borrower lives", async () => {
  const courts = async (...more: string[]) => {
    const { objects } = await at.run("court", "where", "L1", "--json", "--as-of", "2026-04-30", ...more);
    return (objects()[0] as { courts: { standing: string; court: string }[] }).courts.map(
      ({ standing, court }) => `${standing} ${court}`,
    );
  };
  expect(await courts()).toEqual([
    "competent 深圳市南山区人民法院",
    "displaced 长沙市岳麓区人民法院",
    "displaced 深圳市南山区人民法院",
  ]);
  expect(await courts("--for", "payment-order")).toEqual(["competent 长沙市岳麓区人民法院"]);
  const { out } = await at.run("court", "where", "L1", "--as-of", "2026-04-30", "--lang", "zh");
  expect(out).toContain("1. 深圳市南山区人民法院 – 有管辖权 (合同约定)");
  expect(out).toContain("在册送达地址：邮寄地址、电话");
  expect(out).toContain("诉前已约定电子送达（第十八条）");
});

test("a file of terms that is not there, or is wrong, is said with its place", async () => {
  const none = await at.run("advise", "L1", "--terms", "none.yaml");
  expect([none.code, none.err]).toEqual([1, expect.stringContaining("none.yaml")]);
  writeFileSync(join(at.folder, "bad.yaml"), "costs:\n  - { way: sue, kind: lawyer, amount: 1 }\n");
  const bad = await at.run("advise", "L1", "--terms", "bad.yaml");
  expect(bad.err).toContain("bad.yaml:2:12");
});
