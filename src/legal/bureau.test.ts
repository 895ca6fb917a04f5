import { describe, expect, test } from "vitest";
import { bureauRule } from "../../packs/cn/index.ts";
import { loadPack } from "../../packs/load.ts";
import { type BureauCode, day, formatDay } from "../core/index.ts";
import {
  classOf,
  formatMonth,
  lastDayOf,
  type MonthSeen,
  monthCode,
  monthOf,
  parseMonth,
  windowOf,
} from "./bureau.ts";

const pack = loadPack("cn");
const ruleOf = (on: string) => {
  const rule = bureauRule(pack, day(on));
  if (!rule.ok) throw new Error(rule.refusal.says);
  return rule.value;
};
const rule = ruleOf("2026-10-31");
const plain: MonthSeen = {
  status: "open",
  unknown: false,
  marks: new Set(),
  late: { dpd: 0 },
  dueInMonth: true,
  paidLate: false,
};
const code = (seen: Partial<MonthSeen>): BureauCode => monthCode({ ...plain, ...seen }, rule.daysLate.from);

describe("the status of a month", () => {
  // law/cn/credit-report-notes.md: 1 is 1 to 30 days, 2 31 to 60 … 6 151 to 180, 7 more.
  test.each([
    [0, "N"],
    [1, "1"],
    [30, "1"],
    [31, "2"],
    [60, "2"],
    [61, "3"],
    [90, "3"],
    [91, "4"],
    [120, "4"],
    [121, "5"],
    [150, "5"],
    [151, "6"],
    [180, "6"],
    [181, "7"],
    [2000, "7"],
  ])("%i days past due at the month's end are %s", (dpd, expected) => {
    expect(code({ late: { dpd } })).toBe(expected);
  });

  test.each([
    [0, "N"],
    [1, "1"],
    [6, "6"],
    [7, "7"],
    [30, "7"],
  ])("%i missed minimum payments of a card are %s", (missed, expected) => {
    expect(code({ late: { missed } })).toBe(expected);
  });

  test("paid late within the month is M, nothing due and nothing behind is *", () => {
    expect(code({ paidLate: true })).toBe("M");
    expect(code({ paidLate: true, dueInMonth: false })).toBe("M");
    expect(code({ dueInMonth: false })).toBe("*");
    expect(code({ dueInMonth: false, late: { dpd: 3 } })).toBe("1");
  });

  test.each([
    ["paid-off", "C"],
    ["settled", "C"],
    ["cancelled", "G"],
    ["assigned", "G"],
    ["written-off", "B"],
  ] as const)("a loan that is %s is told as %s", (status, expected) => {
    expect(code({ status })).toBe(expected);
  });

  test.each([
    ["guarantor", "D"],
    ["in-kind", "Z"],
    ["bad-debt", "B"],
    ["ended", "G"],
    ["unknown", "#"],
  ])("marked %s it is %s", (mark, expected) => {
    expect(code({ marks: new Set([mark]), late: { dpd: 45 } })).toBe(expected);
  });

  test("an end stands before who paid, and bad debt before days past due", () => {
    expect(code({ status: "paid-off", marks: new Set(["guarantor"]) })).toBe("C");
    expect(code({ marks: new Set(["bad-debt", "guarantor"]) })).toBe("B");
    expect(code({ unknown: true, late: { dpd: 0 } })).toBe("#");
  });

  test("a card whose bill moved is A, and a loan that is late never", () => {
    expect(code({ billMoved: true, late: { missed: 0 } })).toBe("A");
    expect(code({ late: { dpd: 1 } })).toBe("1");
  });

  test("every sign rests on a text that was not verified, and says so", () => {
    expect(
      [rule.daysLate.source, rule.signs, rule.special!.source, rule.window.source].map((s) => s.verification),
    ).toEqual(Array(4).fill("unverified"));
    expect(rule.negative.source.verification).toBe("verified");
  });
});

describe("the five classes", () => {
  test.each([
    [0, "pass"],
    [1, "special-mention"],
    [90, "special-mention"],
    [91, "substandard"],
    [270, "substandard"],
    [271, "doubtful"],
    [360, "doubtful"],
    [361, "loss"],
  ])("%i days past due are at least %s", (dpd, least) => {
    expect(classOf(dpd, rule)).toBe(least);
  });

  test("before the measures came into force no class is told", () => {
    expect(ruleOf("2023-06-30").classes).toBeUndefined();
    expect(classOf(400, ruleOf("2023-06-30"))).toBeUndefined();
    expect(classOf(400, ruleOf("2023-07-01"))).toBe("loss");
  });

  test("each line says that it was not verified", () => {
    expect(rule.classes?.beyond.map(({ source }) => source.verification)).toEqual(
      Array(4).fill("unverified"),
    );
  });

  test("a month before the signs were read is refused", () => {
    expect(bureauRule(pack, day("2020-01-18"))).toMatchObject({
      ok: false,
      refusal: { code: "no-text-read" },
    });
    expect(bureauRule(pack, day("2020-01-19")).ok).toBe(true);
  });
});

describe("months", () => {
  test("are read, written and ended by the calendar", () => {
    expect(formatMonth(parseMonth("2026-10")!)).toBe("2026-10");
    expect(parseMonth("2026-13")).toBeUndefined();
    expect(parseMonth("2026-1")).toBeUndefined();
    expect(monthOf(day("2026-12-31"))).toBe(parseMonth("2026-12"));
    expect(formatDay(lastDayOf(parseMonth("2024-02")!))).toBe("2024-02-29");
    expect(formatDay(lastDayOf(parseMonth("2026-12")!))).toBe("2026-12-31");
  });

  test("a report shows sixty of them: padded before the loan was open, blank after it ended", () => {
    const m = (text: string) => parseMonth(text)!;
    const codes = new Map<number, BureauCode>([
      [m("2026-06"), "*"],
      [m("2026-07"), "N"],
      [m("2026-09"), "1"],
      [m("2026-10"), "C"],
    ]);
    const row = windowOf(codes, { opened: m("2026-06"), last: m("2026-12"), months: 60 });
    expect(row).toHaveLength(60);
    expect(row.slice(-8)).toBe("/*N#1C  ");
    expect(row.slice(0, 52)).toBe("/".repeat(52));
  });
});
