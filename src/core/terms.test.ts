import { describe, expect, it } from "vitest";
import { day, formatDay, type MonthEnd } from "./calendar.ts";
import type { Every } from "./rate.ts";
import { dueDay, usualFirstDue } from "./terms.ts";

const dueDays = (
  disbursedOn: string,
  firstDueOn: string,
  every: Every,
  monthEnd: MonthEnd,
  count: number,
) => {
  const terms = { disbursedOn: day(disbursedOn), firstDueOn: day(firstDueOn), every, monthEnd };
  return Array.from({ length: count }, (_, i) => formatDay(dueDay(terms, i + 1)));
};

describe("due days", () => {
  it("of a loan paid out on the 31st come back to the 31st after a short month", () => {
    expect(dueDays("2026-01-31", "2026-02-28", { months: 1 }, "clamp", 4)).toEqual([
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
      "2026-05-31",
    ]);
  });

  it("roll to the first of the next month where the contract says so", () => {
    expect(dueDays("2026-01-31", "2026-03-01", { months: 1 }, "roll", 4)).toEqual([
      "2026-03-01",
      "2026-03-31",
      "2026-05-01",
      "2026-05-31",
    ]);
  });

  it("of a loan whose first due day is not the usual one are counted from that day", () => {
    expect(dueDays("2026-01-15", "2026-01-31", { months: 1 }, "clamp", 3)).toEqual([
      "2026-01-31",
      "2026-02-28",
      "2026-03-31",
    ]);
    expect(dueDays("2026-01-15", "2026-02-28", { months: 1 }, "clamp", 3)).toEqual([
      "2026-02-28",
      "2026-03-28",
      "2026-04-28",
    ]);
  });

  it("keep 29 February through common years", () => {
    expect(dueDays("2024-02-29", "2025-02-28", { months: 12 }, "clamp", 4)).toEqual([
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
  });

  it("come every so many weeks or days", () => {
    expect(dueDays("2026-02-20", "2026-03-06", { weeks: 2 }, "clamp", 3)).toEqual([
      "2026-03-06",
      "2026-03-20",
      "2026-04-03",
    ]);
    expect(dueDays("2026-02-20", "2026-02-22", { days: 15 }, "clamp", 3)).toEqual([
      "2026-02-22",
      "2026-03-09",
      "2026-03-24",
    ]);
  });

  it("usually begin one period after the money was paid out", () => {
    expect(formatDay(usualFirstDue(day("2026-01-31"), { months: 1 }, "clamp"))).toBe("2026-02-28");
    expect(formatDay(usualFirstDue(day("2026-01-31"), { months: 1 }, "roll"))).toBe("2026-03-01");
    expect(formatDay(usualFirstDue(day("2026-01-31"), { days: 30 }, "clamp"))).toBe("2026-03-02");
  });
});
