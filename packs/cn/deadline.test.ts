import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, day, formatDay, isWorkingDay } from "../../src/core/index.ts";
import { deadline, type Period, type PeriodRule } from "../../src/legal/index.ts";
import { loadCalendar, loadPack } from "../load.ts";
import { countingOf } from "./counting.ts";
import { sourceOf } from "./court.ts";

const pack = loadPack("cn");
const calendar = loadCalendar("cn");
const rule = (period: Period): PeriodRule => ({
  period,
  source: sourceOf("court.answer", pack.params["court.answer"]![0]!),
});

const counting = (law: "procedure" | "civil") => {
  const found = countingOf(pack, calendar, day("2026-01-05"), law);
  if (!found.ok) throw new Error(found.refusal.says);
  return found.value;
};
const lastOn = (from: string, period: Period): string => {
  const found = deadline("answer", day(from), rule(period), counting("procedure"));
  return found.ok ? formatDay(found.value.lastOn) : found.refusal.code;
};

// Days off of 2025 and 2026 by the notices of the State Council (law/cn/holidays-2025.md, -2026.md); counted by hand on a calendar.
describe("the last day of a period", () => {
  test.each([
    // The day of the event does not count: 15 days after 4 March are the 19th.
    ["15 days, a plain week", "2026-03-04", { days: 15 }, "2026-03-19"],
    ["15 days end on a Saturday", "2026-03-06", { days: 15 }, "2026-03-23"],
    ["15 days end on a Sunday", "2026-03-07", { days: 15 }, "2026-03-23"],
    ["15 days end on the Monday after", "2026-03-08", { days: 15 }, "2026-03-23"],
    // Spring Festival 2026: off from Sunday 15 to Monday 23 February; Saturdays 14 and 28 February are worked.
    [
      "a Saturday that is worked, the last day before Spring Festival",
      "2026-01-30",
      { days: 15 },
      "2026-02-14",
    ],
    ["the first day of Spring Festival", "2026-01-31", { days: 15 }, "2026-02-24"],
    ["the last day of Spring Festival", "2026-02-08", { days: 15 }, "2026-02-24"],
    ["the first day after Spring Festival", "2026-02-09", { days: 15 }, "2026-02-24"],
    ["the day after that", "2026-02-10", { days: 15 }, "2026-02-25"],
    ["a Saturday that is worked after Spring Festival", "2026-02-13", { days: 15 }, "2026-02-28"],
    ["the Sunday after it", "2026-02-14", { days: 15 }, "2026-03-02"],
    // Spring Festival 2025: off from 28 January to 4 February; Sunday 26 January and Saturday 8 February are worked.
    ["a Sunday that is worked", "2025-01-11", { days: 15 }, "2025-01-26"],
    ["inside Spring Festival 2025", "2025-01-13", { days: 15 }, "2025-02-05"],
    // National Day 2026: off from 1 to 7 October; Sunday 20 September and Saturday 10 October are worked.
    ["a Sunday that is worked before National Day", "2026-09-10", { days: 10 }, "2026-09-20"],
    ["inside National Day", "2026-09-16", { days: 15 }, "2026-10-08"],
    ["a Saturday that is worked after it", "2026-09-25", { days: 15 }, "2026-10-10"],
    // By months: the day of the same number, or the last of the month.
    ["six months", "2026-03-31", { months: 6 }, "2026-09-30"],
    ["one month from 31 January, to the end of February", "2026-01-31", { months: 1 }, "2026-02-28"],
    ["one year", "2025-06-20", { years: 1 }, "2026-06-22"],
    // Three working days from the Friday before Spring Festival 2026: Saturday the 14th, then Tuesday the 24th, Wednesday the 25th.
    ["three working days over Spring Festival", "2026-02-13", { workingDays: 3 }, "2026-02-25"],
    ["three working days in a plain week", "2026-03-02", { workingDays: 3 }, "2026-03-05"],
    ["three days before a hearing, wherever they fall", "2026-02-25", { daysBefore: 3 }, "2026-02-22"],
    // The calendar of 2026 is the last one.
    ["the last day that is known", "2026-12-16", { days: 15 }, "2026-12-31"],
    ["the day after it", "2026-12-17", { days: 15 }, "calendar-unknown"],
    ["working days beyond it", "2026-12-30", { workingDays: 3 }, "calendar-unknown"],
  ] as const)("%s", (_, from, period, expected) => {
    expect(lastOn(from, period)).toBe(expected);
  });

  test("shows each step with the sentence of the law that counts", () => {
    const asked = (law: "procedure" | "civil") =>
      deadline("answer", day("2026-01-31"), rule({ days: 15 }), counting(law));
    const [procedure, civil] = [asked("procedure"), asked("civil")];
    if (!procedure.ok || !civil.ok) throw new Error("both are known");
    expect(formatDay(procedure.value.naturalOn)).toBe("2026-02-15");
    expect(procedure.value.steps.map(({ step, source: { cite } }) => [step, cite.law, cite.at])).toEqual([
      ["first-day-not-counted", "cn/civil-procedure-law", "art. 85(2)"],
      ["period", "cn/civil-procedure-law", "art. 128(1)"],
      ["next-working-day", "cn/civil-procedure-law", "art. 85(3)"],
    ]);
    expect(civil.value.steps.map(({ source: { cite } }) => cite.at)).toEqual([
      "art. 201",
      "art. 128(1)",
      "art. 203(1)",
    ]);
    expect(civil.value.lastOn).toBe(procedure.value.lastOn);
  });

  test("says what to do where the calendar ends", () => {
    const found = deadline("answer", day("2026-12-25"), rule({ days: 15 }), counting("procedure"));
    expect(found.ok ? "" : found.refusal.says).toMatch(
      /answer ends on 2027-01-09 by counting.*until the end of 2026; add the next holiday notice.*act before that day/,
    );
  });

  test("is a working day, never before it was counted, and never later for an earlier event", () => {
    const first = day("2025-01-01");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 690 }), fc.integer({ min: 1, max: 35 }), (after, days) => {
        const of = (from: Day) => deadline("answer", from, rule({ days }), counting("procedure"));
        const [one, next] = [of(addDays(first, after)), of(addDays(first, after + 1))];
        if (!one.ok || !next.ok) return;
        expect(isWorkingDay(calendar, one.value.lastOn)).toBe(true);
        expect(one.value.lastOn).toBeGreaterThanOrEqual(one.value.naturalOn);
        expect(next.value.lastOn).toBeGreaterThanOrEqual(one.value.lastOn);
      }),
    );
  });
});

test("how days were counted before a text that was read is not guessed", () => {
  expect(countingOf(pack, calendar, day("2023-12-31"))).toMatchObject({
    ok: false,
    refusal: { code: "no-text-read" },
  });
  expect(countingOf(pack, calendar, day("2024-01-01")).ok).toBe(true);
  expect(countingOf(pack, calendar, day("2020-12-31"), "civil").ok).toBe(false);
});
