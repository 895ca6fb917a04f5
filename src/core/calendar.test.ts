import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  type Day,
  day,
  dayOf,
  daysInMonth,
  formatDay,
  isLeapYear,
  isWorkingDay,
  NEVER,
  parseDay,
  realDay,
  weekday,
  ymd,
} from "./calendar.ts";

describe("days", () => {
  it("every day from 1900 to 2199 is counted once, in order, and comes back as text and as numbers", () => {
    let expected = day("1900-01-01") as number;
    for (let year = 1900; year <= 2199; year++) {
      for (let month = 1; month <= 12; month++) {
        for (let date = 1; date <= daysInMonth(year, month); date++) {
          const value = dayOf(year, month, date);
          const text = formatDay(value);
          const back = ymd(value);
          if (
            value !== expected ||
            parseDay(text) !== value ||
            back.year !== year ||
            back.month !== month ||
            back.day !== date
          )
            expect.fail(`${year}-${month}-${date} became ${value}, ${text}, ${JSON.stringify(back)}`);
          expected += 1;
        }
      }
    }
    // 300 years of 365 days and 73 leap days: 1904…2196 is 74 multiples of 4, less 2100, with 2000 kept.
    expect(expected - day("1900-01-01")).toBe(300 * 365 + 73);
  });

  // Known by their definition or from any almanac.
  it.each([
    ["1970-01-01", 0],
    ["1969-12-31", -1],
    ["2000-01-01", 10_957],
    ["2000-03-01", 11_017],
    ["2038-01-19", 24_855],
  ])("%s is day %i", (text, value) => {
    expect(day(text)).toBe(value);
    expect(formatDay(value as Day)).toBe(text);
  });

  it.each([
    ["1970-01-01", 4],
    ["1900-01-01", 1],
    ["2000-01-01", 6],
    ["2026-03-01", 7],
    ["2024-02-29", 4],
    ["1969-07-20", 7],
    ["1949-10-01", 6],
  ])("%s is weekday %i, Monday being 1", (text, expected) => {
    expect(weekday(day(text))).toBe(expected);
  });

  it.each([
    [1900, false],
    [1904, true],
    [2000, true],
    [2023, false],
    [2024, true],
    [2100, false],
  ])("%i is a leap year: %s", (year, leap) => {
    expect(isLeapYear(year)).toBe(leap);
    expect(daysInMonth(year, 2)).toBe(leap ? 29 : 28);
    expect(realDay(year, 2, 29) !== undefined).toBe(leap);
  });

  it.each([
    "2026-02-29",
    "2100-02-29",
    "2026-13-01",
    "2026-00-01",
    "2026-01-00",
    "2026-04-31",
    "1899-12-31",
    "2200-01-01",
    "2026-1-1",
    "20260101",
    "2026-01-01T00:00",
    " 2026-01-01",
    "2026-01-01\n",
    "",
  ])('"%s" is no day', (text) => {
    expect(parseDay(text)).toBeUndefined();
    expect(() => day(text)).toThrow("is not a calendar day");
  });

  it("never is later than any day", () => {
    expect(NEVER).toBeGreaterThan(day("2199-12-31"));
  });
});

describe("months", () => {
  it.each([
    ["2026-01-31", 1, "2026-02-28", "2026-03-01"],
    ["2024-01-31", 1, "2024-02-29", "2024-03-01"],
    ["2024-01-30", 1, "2024-02-29", "2024-03-01"],
    ["2024-01-29", 1, "2024-02-29", "2024-02-29"],
    ["2026-01-31", 2, "2026-03-31", "2026-03-31"],
    ["2026-01-31", 3, "2026-04-30", "2026-05-01"],
    ["2026-01-28", 1, "2026-02-28", "2026-02-28"],
    ["2024-02-29", 12, "2025-02-28", "2025-03-01"],
    ["2024-02-29", 48, "2028-02-29", "2028-02-29"],
    ["2026-12-31", 2, "2027-02-28", "2027-03-01"],
    ["2026-03-31", -1, "2026-02-28", "2026-03-01"],
    ["2026-01-15", -1, "2025-12-15", "2025-12-15"],
    ["2026-11-30", 0, "2026-11-30", "2026-11-30"],
    ["2099-12-31", 2, "2100-02-28", "2100-03-01"],
  ])("%s and %i months: clamped %s, rolled %s", (from, months, clamped, rolled) => {
    expect(formatDay(addMonths(day(from), months, "clamp"))).toBe(clamped);
    expect(formatDay(addMonths(day(from), months, "roll"))).toBe(rolled);
  });

  it("counted from one day, later months never come earlier, and lie within the month or on the next first", () => {
    const days = fc.integer({ min: day("1950-01-01"), max: day("2150-12-31") });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 360 }), (from, months) => {
        const start = ymd(from as Day);
        const clamped = ymd(addMonths(from as Day, months, "clamp"));
        expect((clamped.year - start.year) * 12 + clamped.month - start.month).toBe(months);
        expect(clamped.day).toBe(Math.min(start.day, daysInMonth(clamped.year, clamped.month)));
        const rolled = addMonths(from as Day, months, "roll");
        expect(rolled - addMonths(from as Day, months, "clamp")).toBe(clamped.day === start.day ? 0 : 1);
        expect(addMonths(from as Day, months + 1, "roll")).toBeGreaterThan(rolled);
      }),
    );
  });
});

describe("working days", () => {
  // The State Council's notice for 2026: 1 to 3 January off, Sunday 4 January worked instead.
  const calendar = {
    place: "cn",
    source: "notice for 2026, first days only",
    years: new Set([2026]),
    daysOff: new Set([day("2026-01-01"), day("2026-01-02"), day("2026-01-03")]),
    makeUpWorkdays: new Set([day("2026-01-04")]),
  };

  it.each([
    ["2026-01-01", false],
    ["2026-01-02", false],
    ["2026-01-03", false],
    ["2026-01-04", true],
    ["2026-01-05", true],
    ["2026-01-10", false],
    ["2026-01-11", false],
  ])("%s is worked: %s", (text, worked) => {
    expect(isWorkingDay(calendar, day(text))).toBe(worked);
  });

  it("a year without a published notice is an error and not a guess", () => {
    expect(() => isWorkingDay(calendar, day("2027-01-04"))).toThrow("no holiday notice for 2027");
    expect(() => isWorkingDay(calendar, addDays(day("2026-01-01"), -1))).toThrow("2025");
  });
});
