import { describe, expect, test } from "vitest";
import { day, minor } from "../core/index.ts";
import {
  type AccountRow,
  csvFormat,
  jsonlFormat,
  type ReportFormat,
  type ReportMeta,
  TotalsCount,
} from "./bureau-file.ts";
import { accountStatus, BASE_SEGMENT, historyCode, METRO2_LENGTH, metro2Format } from "./bureau-metro2.ts";
import type { MonthEntry } from "./bureau-month.ts";

const meta: ReportMeta = {
  lender: "demo",
  lenderName: "Demo Lending",
  report: 3,
  month: "2026-10",
  asOf: day("2026-10-31"),
  madeAt: "2026-11-02T09:00:00-05:00",
  madeOn: day("2026-11-02"),
  madeBy: "mei",
  pack: "us-1",
};
const entry = (dpd: number, more: Partial<MonthEntry> = {}): MonthEntry => ({
  code: dpd < 30 ? "N" : "1",
  class: undefined,
  dpd,
  dueAge: dpd,
  outstanding: minor(123_456),
  pastDue: minor(dpd > 0 ? 10_099 : 0),
  special: [],
  lateUnits: 0,
  ...more,
});
const row = (one: MonthEntry, more: Partial<AccountRow> = {}): AccountRow => ({
  loan: "L-1",
  borrower: "B-1",
  name: 'Jane Q, "Public"',
  phone: "+1 (212) 555-0100",
  address: "1 Main St, Springfield",
  openedOn: day("2026-01-10"),
  currency: "USD",
  decimals: 2,
  principal: 200_000,
  installments: 12,
  entry: one,
  special: [5],
  disputed: false,
  history: [one, entry(0), undefined],
  chargedOff: one.code === "B",
  ...more,
});

/** A file of these rows, and the totals of them. */
function fileOf(format: ReportFormat, rows: readonly AccountRow[]): string {
  const totals = new TotalsCount();
  let text = format.head(meta);
  for (const one of rows) {
    text += format.account(one, meta);
    totals.account(
      one.currency,
      one.decimals,
      one.entry.code,
      one.entry.outstanding,
      one.entry.pastDue,
      one.disputed,
    );
  }
  return text + format.tail(totals.totals(), "0".repeat(64));
}

describe("a report file", () => {
  test.each([jsonlFormat, csvFormat])(
    "in $name adds up to its own trailer, whatever a name holds",
    (format) => {
      const read = format.read(fileOf(format, [row(entry(0)), row(entry(45), { disputed: true })]));
      expect(read.counted).toEqual(read.said);
      expect(read.counted).toMatchObject({
        accounts: 2,
        disputed: 1,
        byStatus: { USD: { "1": { loans: 1, outstanding: "1234.56", pastDue: "100.99" } } },
      });
      expect(() => format.read(format.head(meta))).toThrow("not whole");
    },
  );
});

describe("Metro 2", () => {
  test.each([
    [0, "11", "0"],
    [29, "11", "0"],
    [30, "71", "1"],
    [59, "71", "1"],
    [60, "78", "2"],
    [89, "78", "2"],
    [90, "80", "3"],
    [119, "80", "3"],
    [120, "82", "4"],
    [149, "82", "4"],
    [150, "83", "5"],
    [179, "83", "5"],
    [180, "84", "6"],
    [900, "84", "6"],
  ])("%i days past due are status %s and history %s", (dpd, status, history) => {
    expect([accountStatus(entry(dpd), false), historyCode(entry(dpd))]).toEqual([status, history]);
  });

  test("paid is 13, charged off 97, sold 05, an empty month B", () => {
    expect(accountStatus(entry(0, { code: "C" }), false)).toBe("13");
    expect(accountStatus(entry(400, { code: "B" }), true)).toBe("97");
    expect(accountStatus(entry(0, { code: "G", special: ["assigned"] }), false)).toBe("05");
    expect(historyCode(undefined)).toBe("B");
  });

  test("fields cover the segment from its first character to its last, and none lies over another", () => {
    const taken = new Set<number>();
    for (const [from, to] of Object.values(BASE_SEGMENT))
      for (let at = from; at <= to; at++) {
        expect(taken.has(at)).toBe(false);
        taken.add(at);
      }
    expect(Math.max(...taken)).toBeLessThanOrEqual(METRO2_LENGTH);
  });

  test("each line has 426 characters, with fields where the public layout has them", () => {
    const format = metro2Format();
    const text = fileOf(format, [row(entry(45, { dueAge: 45 }), { disputed: true }), row(entry(0))]);
    const lines = text.split("\n").slice(0, -1);
    expect(lines.map((one) => one.length)).toEqual([426, 426, 426, 426]);
    const at = (from: number, to: number): string => lines[1]!.slice(from - 1, to);
    // Positions as cfpb/Metro2 fields.py gives them.
    expect(at(1, 4)).toBe("0426");
    expect(at(43, 72).trim()).toBe("L-1");
    expect(at(76, 83)).toBe("01102026");
    expect(at(93, 101)).toBe("000002000");
    expect(at(124, 125)).toBe("71");
    expect(at(127, 150)).toBe(`10${"B".repeat(22)}`);
    expect(at(153, 154)).toBe("XB");
    expect(at(155, 163)).toBe("000001234");
    expect(at(164, 172)).toBe("000000100");
    expect(at(182, 189)).toBe("10312026");
    // 45 days before 31 October: the first missed payment of 16 September.
    expect(at(190, 197)).toBe("09162026");
    expect(at(232, 256).trim()).toBe("PUBLIC");
    expect(at(315, 324)).toBe("2125550100");
    expect(lines[0]!.slice(4, 10)).toBe("HEADER");
    expect(lines[3]!.slice(4, 20)).toBe("TRAILER000000002");
    const read = format.read(text);
    expect(read.counted).toMatchObject({
      accounts: 2,
      byStatus: { USD: { "11": { loans: 1 }, "71": { loans: 1 } } },
    });
    expect(read.counted).toEqual(read.said);
    expect(() => format.read(text.slice(0, -5))).toThrow("characters");
  });
});
