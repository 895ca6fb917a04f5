import { describe, expect, test } from "vitest";
import { CELL, day, monthIndex } from "../core/index.ts";
import {
  armsReport,
  contactsReport,
  curesByMonth,
  everBy,
  type Figure,
  funnelReport,
  monthMatrix,
  movedKey,
  newcombe,
  promisesReport,
  type Report,
  rollReport,
  stockOf,
  vintageReport,
  vintagesOf,
  wilson,
} from "./index.ts";

const figure = (what: string, x: string, y: string, n: number, amount = 0): Figure => ({
  product: 1,
  what,
  x,
  y,
  n,
  amount,
});
const OCTOBER = monthIndex(day("2026-10-01"));
const asked = { currency: "CNY", from: day("2026-10-01"), to: day("2026-10-31") };
const rowOf = (report: Report, table: string, key: string): (string | null)[] =>
  report.tables
    .find((one) => one.key === table)!
    .rows.find((row) => row.key === key)!
    .cells.map(({ value }) => value);

describe("an interval of a share", () => {
  test.each([
    // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i lies from %f to %f", (hits, cases, low, high) => {
    const found = wilson(hits, cases)!;
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  test.each([
    // Newcombe, "Interval estimation for the difference between independent proportions", 1998, table II, method 10.
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
  ])("of the difference of %i in %i and %i in %i lies from %f to %f", (a, m, b, n, low, high) => {
    const found = newcombe({ hits: a, cases: m }, { hits: b, cases: n })!;
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  test("of no cases there is none", () => expect(wilson(0, 0)).toBeUndefined());
});

describe("the matrix of a month", () => {
  // 100 not past due, 10 in M1, 4 in M2 when October begins; 6 new loans.
  const start = stockOf([
    figure("stock", "0", "", 100, 1_000_000),
    figure("stock", "1", "", 12, 120_000),
    figure("stock", "1", "", -2, -20_000),
    figure("stock", "2", "", 4, 30_000),
  ]);
  const moved = (from: number, to: number, n: number, amount: number) => ({
    product: 1,
    month: OCTOBER,
    from,
    to,
    n,
    amount,
  });
  const matrix = monthMatrix(OCTOBER, start, { n: 6, amount: 60_000 }, [
    moved(0, 1, 5, 50_000),
    moved(0, CELL.ended, 3, 100),
    moved(1, 2, 4, 40_000),
    moved(1, 0, 3, 30_000),
    moved(2, CELL.writtenOff, 1, 7_000),
    moved(CELL.fresh, 1, 1, 9_000),
    // Moved and came back: they stayed.
    moved(0, 0, 2, 20_000),
  ]);
  const n = (from: number, to: number) => matrix.moved.get(movedKey(from, to))?.n;

  test("who did not move is what the stock has more than moved away", () => {
    expect(n(0, 0)).toBe(92);
    expect(n(1, 1)).toBe(3);
    expect(n(2, 2)).toBe(3);
    expect(n(CELL.fresh, 0)).toBe(5);
    expect(matrix.moved.get(movedKey(1, 1))!.amount).toBe(30_000);
  });

  test("says in words how many rolled, beside the month before, and each number has its loans", () => {
    const before = monthMatrix(OCTOBER - 1, start, { n: 0, amount: 0 }, [
      { ...moved(1, 2, 1, 1), month: OCTOBER - 1 },
    ]);
    const report = rollReport(matrix, before, { currency: "CNY", through: day("2026-10-31") });
    expect(report.says.map(({ en }) => en)).toEqual([
      "5 loans rolled from not past due to M1 in October 2026, 5 more than in September 2026.",
      "4 loans rolled from M1 to M2 in October 2026, 3 more than in September 2026.",
    ]);
    expect(report.says[1]!.zh).toBe("2026年10月有4笔从M1滚动到M2，比2026年9月多3笔。");
    // At the start, not past due, M1, M2, written off, ended.
    expect(rowOf(report, "loans", "1")).toEqual(["10", "3", "3", "4", "0", "0"]);
    expect(rowOf(report, "share", "1")).toEqual(["30.0", "30.0", "40.0", "0.0", "0.0"]);
    expect(rowOf(report, "balance-share", "1")).toEqual(["30.0", "30.0", "40.0", "0.0", "0.0"]);
    const cell = report.tables[1]!.rows.find(({ key }) => key === "1")!.cells[3]!;
    expect(cell.behind).toEqual({ of: "roll", month: "2026-10", cell: "1", to: "2" });
  });
});

describe("vintages", () => {
  const march = String(monthIndex(day("2026-03-01")));
  const figures = [
    figure("booked", march, "", 200, 2_000_000),
    figure("ever-30", march, "2", 3, 24_000),
    figure("ever-30", march, "3", 4, 30_000),
    figure("ever-90", march, "4", 1, 6_000),
  ];

  test("add up first times by months on book", () => {
    const [vintage] = vintagesOf(figures);
    expect(everBy(vintage!, 30, 1)).toEqual({ n: 0, amount: 0 });
    expect(everBy(vintage!, 30, 3)).toEqual({ n: 7, amount: 54_000 });
  });

  test("leave a month open that is not over, and one before the book was counted", () => {
    const range = {
      currency: "CNY",
      from: day("2026-01-01"),
      to: day("2026-07-15"),
      through: day("2026-07-15"),
    };
    const report = vintageReport(vintagesOf(figures), { ...range, since: day("2026-04-01") });
    // Loans, paid out; months 0 to 3: March to June. July is not over, March was before the book.
    expect(rowOf(report, "30-loans", "2026-03")).toEqual(["200", "20000.00", null, "0.0", "1.5", "3.5"]);
    expect(rowOf(report, "30-principal", "2026-03")).toEqual(["200", "20000.00", null, "0.0", "1.2", "2.7"]);
    expect(report.tables[0]!.rows[0]!.caution?.en).toContain("before the book was counted");
    expect(report.says[0]!.en).toContain("7 (3.5 %) were ever more than 30 days late");
  });
});

test("the funnel: what stood in a band, what came and what left make what stands in it at the end", () => {
  const start = stockOf([figure("stock", "1", "", 10, 100), figure("stock", "2", "", 3, 30)]);
  const report = funnelReport(
    [
      figure("move", "0", "1", 7, 70),
      figure("move", "1", "2", 4, 40),
      figure("move", "1", "0", 5, 50),
      figure("move", "2", "1", 1, 10),
      figure("move", "2", "-1", 2, 20),
    ],
    start,
    asked,
  );
  // At the start, came, with principal, older, younger, cured, ended, at the end, left well.
  expect(rowOf(report, "bands", "1")).toEqual(["10", "8", "0.80", "4", "0", "5", "0", "9", "55.6"]);
  expect(rowOf(report, "bands", "2")).toEqual(["3", "4", "0.40", "0", "1", "0", "2", "4", "66.7"]);
});

test("cures are told to have lasted only when so many days are over since their month", () => {
  const august = monthIndex(day("2026-08-01"));
  const rows = curesByMonth(
    [figure("relapsed", String(august), "30", 4), figure("relapsed", String(august), "90", 9)],
    new Map([[august, 40]]),
    day("2026-10-31"),
  );
  // 31 August and 30 days: 30 September. And 90 days: 29 November, still to come.
  expect(rows[0]!.cells.map(({ value }) => value)).toEqual(["40", "36", "90.0", null, null]);
});

test("contact intensity: made x 30 x 100 over loan-days in arrears", () => {
  const report = contactsReport(
    [figure("contact", "text", "early", 12), figure("refused", "text", "early", 3)],
    600,
    asked,
  );
  expect(rowOf(report, "channel", "text")).toEqual(["0", "3", "0", "12", "60.0"]);
  expect(contactsReport([], 0, asked).says[0]!.en).toBe("No loan was late in these days.");
});

describe("shares of few cases", () => {
  test("are not told: a promise rate wants thirty that were judged", () => {
    const of = (kept: number, broken: number) =>
      promisesReport(
        [
          figure("promised", "1", "", 60, 600),
          figure("promise-kept", "1", "", kept, 0),
          figure("promise-broken", "1", "", broken, 0),
        ],
        asked,
      );
    expect(rowOf(of(20, 9), "bands", "1").slice(-2)).toEqual([null, null]);
    expect(of(20, 9).tables[0]!.rows[0]!.caution?.en).toBe("Fewer than 30 cases: too few to tell a share.");
    expect(rowOf(of(20, 10), "bands", "1").slice(-2)).toEqual(["66.7", "48.8 – 80.8"]);
  });
});

describe("arms against the hold-out", () => {
  const july = String(monthIndex(day("2026-07-01")));
  const october = String(OCTOBER);
  const arms = (late: number, older: number, heldLate: number, heldOlder: number) =>
    armsReport(
      [
        figure("arm-late", "plan/calls", july, late),
        figure("arm-older", "plan/calls", july, older),
        figure("arm-late", "plan/quiet/hold-out", july, heldLate),
        figure("arm-older", "plan/quiet/hold-out", july, heldOlder),
        figure("arm-late", "plan/calls", october, 500),
      ],
      { ...asked, from: day("2026-07-01"), through: day("2026-10-31") },
    );

  test("a difference is told with its interval, and a month that is not due yet does not count", () => {
    const report = arms(1000, 100, 200, 40);
    const row = rowOf(report, "arms", "plan/calls");
    expect(row.slice(0, 3)).toEqual(["1000", "100", "10.0"]);
    // 10 % less 20 %, Newcombe's method 10.
    expect(row[4]).toBe("-10.0");
    expect(report.says[0]!.en).toMatch(/^calls: fewer loans over 30 days than in the hold-out/);
  });

  test("one that chance would bring is called that, and too few cases are not compared", () => {
    expect(arms(1000, 100, 60, 7).says[0]!.en).toBe(
      "calls: no difference from the hold-out that chance would not bring.",
    );
    const few = arms(1000, 100, 20, 4);
    expect(few.says[0]!.en).toBe("calls: too few cases to compare with the hold-out.");
    expect(rowOf(few, "arms", "plan/calls")[4]).toBeNull();
  });
});
