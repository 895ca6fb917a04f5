import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Day, day } from "./calendar.ts";
import { allocateAcross, type Debt } from "./debts.ts";
import { formatMoney, type Minor, parseMoney } from "./money.ts";
import { parseRate, type Rate } from "./rate.ts";

const money = (text: string): Minor => parseMoney(text)!;
const perYear = (percent: string): Rate => parseRate(percent, "year")!;

const debt = (id: string, amount: string, more: Partial<Debt> = {}): Debt => ({
  id,
  amount: money(amount),
  due: true,
  dueOn: day("2026-03-01"),
  security: 0,
  burden: perYear("18"),
  ...more,
});

const paid = (payment: string, debts: readonly Debt[], designation?: readonly string[]): string[] => {
  const { lines, left } = allocateAcross(money(payment), debts, designation);
  const parts = lines.map((line) => `${line.debt} ${formatMoney(line.amount)} ${line.because}`);
  return left > 0 ? [...parts, `left ${formatMoney(left)}`] : parts;
};

describe("each step of Civil Code art. 560 decides where the steps before it do not", () => {
  it.each<[string, Debt, Debt, string]>([
    [
      "what is due comes first, even if better secured, cheaper and later",
      debt("first", "100", { security: 9, burden: perYear("1"), dueOn: day("2026-03-31") }),
      debt("second", "100", { due: false }),
      "due-first",
    ],
    [
      "of what is due, the least secured, even if cheaper and later",
      debt("first", "100", { burden: perYear("1"), dueOn: day("2026-03-31") }),
      debt("second", "100", { security: 1 }),
      "least-secured",
    ],
    [
      "of what is secured alike, the heaviest burden, even if later",
      debt("first", "100", { burden: perYear("18.01"), dueOn: day("2026-03-31") }),
      debt("second", "100"),
      "heaviest-burden",
    ],
    [
      "of what burdens alike, the earliest due",
      debt("first", "100", { dueOn: day("2026-02-28") }),
      debt("second", "100"),
      "earliest-due",
    ],
  ])("%s", (_, first, second, because) => {
    for (const debts of [
      [first, second],
      [second, first],
    ]) {
      expect(paid("0", debts)).toEqual([]);
      expect(paid("99.99", debts)).toEqual([`first 99.99 ${because}`]);
      expect(paid("100.00", debts)).toEqual([`first 100.00 ${because}`]);
      expect(paid("100.01", debts)).toEqual([`first 100.00 ${because}`, `second 0.01 ${because}`]);
      expect(paid("200.01", debts)).toEqual([
        `first 100.00 ${because}`,
        `second 100.00 ${because}`,
        "left 0.01",
      ]);
    }
  });

  it("each line is told by the step between it and the next, the last by the step before it", () => {
    const debts = [
      debt("e", "1", { due: false }),
      debt("d", "1", { security: 5 }),
      debt("c", "1", { burden: perYear("10") }),
      debt("b", "1", { dueOn: day("2026-03-02") }),
      debt("a", "1"),
    ];
    expect(paid("5", debts)).toEqual([
      "a 1.00 earliest-due",
      "b 1.00 heaviest-burden",
      "c 1.00 least-secured",
      "d 1.00 due-first",
      "e 1.00 due-first",
    ]);
  });

  it("a debt alone needs no step, and one of nothing is passed over", () => {
    expect(paid("3", [debt("a", "2"), debt("b", "0", { burden: perYear("99") })])).toEqual([
      "a 2.00 only-debt",
      "left 1.00",
    ]);
    expect(paid("3", [])).toEqual(["left 3.00"]);
  });
});

describe("what the debtor designates", () => {
  const debts = [debt("a", "100"), debt("b", "100", { due: false, security: 9, burden: perYear("1") })];
  it.each<[string, readonly string[], readonly string[]]>([
    ["50", ["b"], ["b 50.00 designated"]],
    ["100.01", ["b"], ["b 100.00 designated", "a 0.01 only-debt"]],
    ["150", ["b", "a"], ["b 100.00 designated", "a 50.00 designated"]],
    ["150", ["a"], ["a 100.00 designated", "b 50.00 only-debt"]],
    ["150", [], ["a 100.00 due-first", "b 50.00 due-first"]],
  ])("%s to %j", (payment, designation, lines) => {
    expect(paid(payment, debts, designation)).toEqual(lines);
  });

  it("of a debt that does not exist, or twice, is the caller's mistake", () => {
    expect(() => paid("1", debts, ["c"])).toThrow("designated debt c is not among the debts");
    expect(() => paid("1", debts, ["a", "a"])).toThrow("named once");
    expect(() => paid("1", [debts[0]!, debts[0]!])).toThrow("each debt is given once");
  });
});

describe("equal debts share by what is owed", () => {
  // Worked by hand: 100.00 over 10, 20 and 30 is 16.666…, 33.333…, 50; the cent left goes to the largest remainder.
  it.each<[string, readonly string[], readonly string[]]>([
    ["60", ["10", "20", "30"], ["10.00", "20.00", "30.00"]],
    ["6", ["10", "20", "30"], ["1.00", "2.00", "3.00"]],
    ["10", ["10", "20", "30"], ["1.67", "3.33", "5.00"]],
    ["0.01", ["10", "20", "30"], ["0.00", "0.00", "0.01"]],
    ["0.02", ["10", "10", "10"], ["0.01", "0.01", "0.00"]],
    ["0.01", ["10", "10", "10"], ["0.01", "0.00", "0.00"]],
    ["59.99", ["10", "20", "30"], ["10.00", "20.00", "29.99"]],
  ])("%s over %j is %j", (payment, owed, expected) => {
    const debts = owed.map((amount, index) => debt("abc"[index]!, amount));
    const { lines } = allocateAcross(money(payment), debts);
    const of = (id: string) => formatMoney(lines.find((line) => line.debt === id)?.amount ?? (0 as Minor));
    expect(["a", "b", "c"].map(of)).toEqual(expected);
    expect(lines.every(({ because }) => because === "pro-rata")).toBe(true);
  });
});

describe("burdens of different periods are compared by the year", () => {
  it.each<[Rate, Rate, "a" | "b"]>([
    // 0.05 % a day is 18.25 % a year of 365 days; 1.5 % a month is 18 %.
    [parseRate("0.05", "day")!, perYear("18.25"), "a"],
    [parseRate("0.05", "day")!, perYear("18.2500001"), "b"],
    [parseRate("0.05", "day")!, parseRate("1.5", "month")!, "a"],
    [parseRate("1.5", "month")!, perYear("18"), "a"],
    [parseRate("1.5", "month")!, perYear("18.01"), "b"],
  ])("%j against %j", (a, b, heavier) => {
    const [first] = paid("1", [
      debt("b", "1", { burden: b, dueOn: day("2026-03-02") }),
      debt("a", "1", { burden: a }),
    ]);
    expect(first).toMatch(new RegExp(`^${heavier} `));
  });
});

describe("properties", () => {
  const debts = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z]{1,3}$/),
      amount: fc.integer({ min: 0, max: 100_000_000_000 }).map((n) => n as Minor),
      due: fc.boolean(),
      dueOn: fc.integer({ min: 20_000, max: 20_002 }).map((n) => n as Day),
      security: fc.integer({ min: 0, max: 2 }),
      burden: fc.constantFrom(perYear("10"), perYear("20")),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  );
  const payment = fc.integer({ min: 0, max: 300_000_000_000 }).map((n) => n as Minor);

  it("every cent goes to a debt or is left, and no debt gets more than is owed", () => {
    fc.assert(
      fc.property(payment, debts, (payment, debts) => {
        const { lines, left } = allocateAcross(payment, debts);
        expect(lines.reduce((sum, { amount }) => sum + amount, 0) + left).toBe(payment);
        for (const line of lines)
          expect(line.amount).toBeLessThanOrEqual(debts.find(({ id }) => id === line.debt)!.amount);
        if (left > 0) expect(lines).toHaveLength(debts.filter(({ amount }) => amount > 0).length);
      }),
    );
  });

  it("the order in which debts are given changes nothing", () => {
    fc.assert(
      fc.property(payment, debts, (payment, debts) => {
        expect(allocateAcross(payment, [...debts].reverse())).toEqual(allocateAcross(payment, debts));
      }),
    );
  });
});
