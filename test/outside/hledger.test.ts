/**
 * Books in double entry, checked by programs that are not ours: hledger and beancount, where they are installed. Both read
 * the file, balance every transaction, and compare every loan's accounts with the assertions that its position gave.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BOOK_TEXTS, type ToldLoan } from "../../src/cli/books-text.ts";
import {
  balancesFromFacts,
  type Day,
  day,
  type Fact,
  formatMoney,
  type LoanBooked,
  type Minor,
  minor,
  type Product,
  parseMoney,
  transactionsFromFacts,
} from "../../src/core/index.ts";
import { lenders, moneyFactsByRange, openBook } from "../../src/store/index.ts";
import { arrears } from "../support/cli.ts";

const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;
const HLEDGER = has("hledger");
const BEANCOUNT = has("bean-check");
for (const [there, name] of [
  [HLEDGER, "hledger"],
  [BEANCOUNT, "beancount"],
] as const)
  if (!there)
    console.log(
      `NOTICE: ${name} is not installed; what it would check is skipped (Debian: apt-get install ${name})`,
    );

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "arrears-outside-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The program's words and its exit code; plain ASCII is all that it has to read. */
function ran(program: string, ...args: string[]): { code: number; says: string } {
  const env = { ...process.env, LANG: "C", LC_ALL: "C" };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: "utf8" });
  return { code: status ?? -1, says: `${stdout}${stderr}` };
}
const PASSES = { code: 0, says: "" };

describe.skipIf(!HLEDGER && !BEANCOUNT)("the sample book", () => {
  const through = day("2026-06-30");

  beforeAll(async () => {
    const run = async (...args: string[]): Promise<void> => {
      const { code, err } = await arrears(folder, [...args, "--db", "book"]);
      expect([code, err.includes("arrears:")]).toEqual([0, false]);
    };
    await run("sample", "--borrowers", "300", "--seed", "7", "--out", "sample");
    for (const kind of ["loans", "payments"])
      await run("import", kind, `sample/${kind}.csv`, "--map", `sample/${kind}.map.yaml`);
    await run("close", "--through", "2026-06-30");
    await run("export", "books", "--format", "hledger");
    await run("export", "books", "--format", "beancount");
  });

  test.skipIf(!HLEDGER)("passes every check of hledger, and a cent more does not", () => {
    expect(ran("hledger", "-f", "books.journal", "check", "--strict")).toEqual(PASSES);
    const text = readFileSync(join(folder, "books.journal"), "utf8");
    const last = /\n(.* = )(-?\d+)(\.\d\d CNY\n)(?![\s\S]* = )/;
    const wrong = text.replace(last, (_, before, sum, after) => `\n${before}${Number(sum) + 1}${after}`);
    expect(wrong).not.toBe(text);
    writeFileSync(join(folder, "wrong.journal"), wrong);
    const { code, says } = ran("hledger", "-f", "wrong.journal", "check");
    expect(code).not.toBe(0);
    expect(says).toContain("balance assertion");
  });

  test.skipIf(!BEANCOUNT)("passes bean-check", () => {
    expect(ran("bean-check", "books.beancount")).toEqual(PASSES);
  });

  test.skipIf(!HLEDGER)("comes to the same sums in hledger as over the positions, head by head", async () => {
    const sums = new Map<string, number>();
    const db = await openBook(join(folder, "book"));
    try {
      const [lender] = await lenders(db);
      for await (const { loans } of moneyFactsByRange(db, lender!.code)) {
        for (const { key, facts, product } of loans) {
          const said = balancesFromFacts(key, facts, () => product, { asOf: through });
          for (const [account, amount] of said ?? []) sums.set(account, (sums.get(account) ?? 0) + amount);
        }
      }
    } finally {
      await db.close();
    }
    expect(sums.get("Assets:Receivable:Principal")).toBeGreaterThan(0);
    expect(sums.get("Assets:Receivable:LateInterest")).toBeGreaterThan(0);
    expect(sums.get("Liabilities:Unapplied")).toBeLessThan(0);
    for (const head of ["Principal", "Interest", "LateInterest", "Fee", "Penalty", "RecoveryCost"])
      expect([head, inHledger(`Assets:Receivable:${head}`)]).toEqual([
        head,
        sumOf(sums.get(`Assets:Receivable:${head}`)),
      ]);
    expect(inHledger("Liabilities:Unapplied")).toBe(sumOf(sums.get("Liabilities:Unapplied")));
    // The bank holds what came in less what was lent, by the files themselves.
    const bank = total("payments", "还款金额") - total("loans", "贷款金额");
    expect(inHledger("Assets:Bank")).toBe(sumOf(bank));
  });

  function total(file: string, column: string): number {
    const [head, ...rows] = readFileSync(join(folder, `sample/${file}.csv`), "utf8")
      .trim()
      .split("\n");
    const at = head!.split(",").indexOf(column);
    return rows.reduce((sum, row) => sum + parseMoney(row.split(",")[at]!)!, 0);
  }

  const sumOf = (amount = 0): string => formatMoney(amount as Minor);

  /** The sum of an account and those below it. */
  function inHledger(account: string): string {
    const args = ["balance", `^${account}(:|$)`, "--depth", "1", "--no-total", "--output-format", "csv"];
    const { says } = ran("hledger", "-f", "books.journal", ...args);
    return /"(-?[\d.]+)(?: CNY)?"$/m.exec(says.split("\n").slice(1).join("\n"))?.[1] ?? "0.00";
  }
});

describe.skipIf(!HLEDGER && !BEANCOUNT)("loans with any id and any currency", () => {
  const HOSTILE = [
    "贷款 一号：甲",
    "A  B",
    "A:B;C",
    "A\n2026-01-01 theft\n    Assets:Bank  1.00 CNY\n    Income:Fees",
    "A\r\n2026-01-01 open Assets:Theft",
    '"',
    'x" "y',
    "(A)",
    "[A]",
    "= 5 CNY",
    "a\t; date:2020-01-01",
    "\u2028\u0085\u00a0",
    "",
    "-",
    "--",
    "X--41",
    "A",
    "é",
    "😀",
    "%41",
    "include /etc/passwd",
  ];
  const booked: LoanBooked = {
    kind: "LoanBooked",
    on: day("2026-01-01"),
    id: "",
    product: 1,
    principal: minor(300_000),
    rateE8: 50_000,
    disbursedOn: day("2026-01-01"),
    firstDueOn: day("2026-02-01"),
    installments: 3,
    reach: 0,
  };
  const product = (currency: string): Product => ({
    id: 1,
    lender: "demo",
    code: "micro",
    source: "kept",
    terms: {
      currency,
      ratePer: "day",
      every: { months: 1 },
      method: "equal-principal",
      dayCount: "ACT/365",
      interest: "daily",
      monthEnd: "clamp",
      rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
    },
    lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
    allocation: { order: ["past-due.interest", "past-due.principal"], by: "kind" },
    bandEdges: [1, 31, 61],
    strategy: "none",
  });
  const through = day("2026-03-01");
  const loanOf = (id: string, currency: string): ToldLoan => {
    const on = day("2026-01-20");
    const late = day("2026-02-20");
    const facts: Fact[] = [
      { ...booked, id },
      { kind: "PaymentReceived", on, valueOn: day("2026-01-19"), id, amount: minor(70_000) },
      { kind: "WrittenOff", on: late, valueOn: late, id: `${id}/w`, lateInterest: "runs" },
    ];
    const seen = { asOf: through };
    return {
      id,
      currency,
      through,
      transactions: transactionsFromFacts(facts, () => product(currency), seen)!,
      balances: balancesFromFacts({ bucket: 0, n: 1 }, facts, () => product(currency), seen)!,
    };
  };
  const textOf = (format: "hledger" | "beancount", ids: readonly string[]): string => {
    const { head, loan } = BOOK_TEXTS[format];
    const currencies = ["CNY", "JPY"];
    const lender = HOSTILE[3]!;
    const loans = ids.map((id, i) => loan(loanOf(id, currencies[i % 2]!)));
    return [head({ lender, through: through as Day, currencies }), ...loans].join("");
  };
  const random = fc.sample(fc.string({ unit: "binary", minLength: 1, maxLength: 30 }), {
    numRuns: 200,
    seed: 7,
  });
  const ids = [...new Set([...HOSTILE, ...random])];

  test.skipIf(!HLEDGER)("are accounts of their own to hledger, and nothing else", () => {
    writeFileSync(join(folder, "hostile.journal"), textOf("hledger", ids));
    expect(ran("hledger", "-f", "hostile.journal", "check", "--strict")).toEqual(PASSES);
    const accounts = ran(
      "hledger",
      "-f",
      "hostile.journal",
      "accounts",
      "--used",
      "Assets:Receivable:Principal",
    );
    expect(accounts.says.trim().split("\n")).toHaveLength(ids.length);
    const printed = ran("hledger", "-f", "hostile.journal", "print");
    expect(printed.says.match(/^2026-01-19 payment received/gm)).toHaveLength(ids.length);
    // Every line is a transaction of ours, a posting of it, or blank.
    const ours =
      /^(2026-0[1-3]-\d\d (pay-out|interest|late interest|payment|money held|write-off|balances) .*|\s+\S.*|)$/;
    expect(printed.says.split("\n").filter((line) => !ours.test(line))).toEqual([]);
  });

  test.skipIf(!BEANCOUNT)("are accounts of their own to beancount, and nothing else", () => {
    writeFileSync(join(folder, "hostile.beancount"), textOf("beancount", ids));
    expect(ran("bean-check", "hostile.beancount")).toEqual(PASSES);
  });
});
