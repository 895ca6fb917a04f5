import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type Day, day, formatDay } from "./calendar.ts";
import {
  calmDayAt,
  dayAt,
  formatInstant,
  formatMinute,
  instantAt,
  isInside,
  isZone,
  minuteOfDay,
  nextInSpan,
  offsetMinutes,
  parseInstant,
  parseMinute,
} from "./zone.ts";

const utc = (text: string): number => Date.parse(text);

describe("offsets of a zone", () => {
  // Offsets as the IANA time-zone database has them; all well-known cases.
  it.each([
    ["Asia/Shanghai", "2026-01-01T00:00Z", 480],
    ["Asia/Shanghai", "2026-07-01T00:00Z", 480],
    // China kept summer time from 1986 to 1991.
    ["Asia/Shanghai", "1988-07-01T00:00Z", 540],
    ["America/New_York", "2026-03-08T06:59Z", -300],
    ["America/New_York", "2026-03-08T07:00Z", -240],
    ["America/New_York", "2026-11-01T05:59Z", -240],
    ["America/New_York", "2026-11-01T06:00Z", -300],
    ["America/Phoenix", "2026-07-01T00:00Z", -420],
    // Lord Howe Island moves by half an hour.
    ["Australia/Lord_Howe", "2026-01-01T00:00Z", 660],
    ["Australia/Lord_Howe", "2026-07-01T00:00Z", 630],
    ["Pacific/Kiritimati", "2026-01-01T00:00Z", 840],
    ["Asia/Kathmandu", "2026-01-01T00:00Z", 345],
    ["UTC", "2026-01-01T00:00Z", 0],
  ])("%s at %s is %i minutes east", (zone, at, minutes) => {
    expect(offsetMinutes(zone, utc(at))).toBe(minutes);
  });

  it("knows a zone of the database from a word that is none", () => {
    expect(isZone("Asia/Shanghai")).toBe(true);
    expect(isZone("Asia/Atlantis")).toBe(false);
    expect(isZone("")).toBe(false);
  });
});

describe("the day and minute at an instant", () => {
  it.each([
    ["Asia/Shanghai", "2026-02-28T15:59:59.999Z", "2026-02-28", 1439],
    ["Asia/Shanghai", "2026-02-28T16:00Z", "2026-03-01", 0],
    ["Pacific/Kiritimati", "2025-12-31T10:00Z", "2026-01-01", 0],
    ["America/New_York", "2026-01-01T04:59Z", "2025-12-31", 1439],
    ["America/New_York", "1969-12-31T12:00Z", "1969-12-31", 420],
  ])("in %s at %s is %s, minute %i", (zone, at, date, minute) => {
    expect(formatDay(dayAt(zone, utc(at)))).toBe(date);
    expect(minuteOfDay(zone, utc(at))).toBe(minute);
  });
});

describe("the instant of a local day and minute", () => {
  // Worked by hand from the offsets above: local time less the offset in force.
  it.each([
    ["Asia/Shanghai", "2026-03-01", "08:00", "2026-03-01T00:00Z"],
    ["Asia/Shanghai", "2026-03-01", "24:00", "2026-03-01T16:00Z"],
    ["Pacific/Kiritimati", "2026-01-01", "00:00", "2025-12-31T10:00Z"],
    // New York springs forward on 2026-03-08 from 02:00 to 03:00, which is 07:00Z.
    ["America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59Z"],
    ["America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00Z"],
    ["America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00Z"],
    ["America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00Z"],
    ["America/New_York", "2026-03-08", "03:01", "2026-03-08T07:01Z"],
    ["America/New_York", "2026-03-08", "08:00", "2026-03-08T12:00Z"],
    // It falls back on 2026-11-01 from 02:00 to 01:00: 01:30 comes twice, and the first is meant.
    ["America/New_York", "2026-11-01", "00:59", "2026-11-01T04:59Z"],
    ["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z"],
    ["America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00Z"],
    // Lord Howe falls back on 2026-04-05 from 02:00 (+11:00) to 01:30 (+10:30): the first 01:45 is at +11:00.
    ["Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45Z"],
    ["Australia/Lord_Howe", "2026-04-05", "02:00", "2026-04-04T15:30Z"],
    // It springs forward on 2026-10-04 from 02:00 (+10:30) to 02:30 (+11:00), at 15:30Z of the day before.
    ["Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30Z"],
    ["Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30Z"],
    // Nuuk springs forward late on Saturday 2025-03-29, at 01:00Z of Sunday; its next midnight is that very instant.
    ["America/Nuuk", "2025-03-29", "24:00", "2025-03-30T01:00Z"],
    // Samoa had no 30 December 2011: the first instant after the jump is the midnight of the 31st, at +14:00.
    ["Pacific/Apia", "2011-12-30", "08:00", "2011-12-30T10:00Z"],
  ])("%s on %s at %s is %s", (zone, date, time, at) => {
    const found = instantAt(zone, day(date), parseMinute(time)!);
    expect(new Date(found).toISOString()).toBe(new Date(utc(at)).toISOString());
  });

  it("comes back as the same day and minute wherever that time of day exists", () => {
    const zones = [
      "Asia/Shanghai",
      "America/New_York",
      "Australia/Lord_Howe",
      "Pacific/Kiritimati",
      "Europe/Prague",
      "America/Nuuk",
      "America/Santiago",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2015, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 }),
        (zone, minutes) => {
          const at = minutes * 60_000;
          const found = instantAt(zone, dayAt(zone, at), minuteOfDay(zone, at));
          expect(dayAt(zone, found)).toBe(dayAt(zone, at));
          expect(minuteOfDay(zone, found)).toBe(minuteOfDay(zone, at));
          // Equal, or the first of two where clocks went back by at most an hour.
          expect(at - found).toBeOneOf([0, 30 * 60_000, 60 * 60_000]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("never goes back as the local minute goes on, through every change of a year", () => {
    for (const zone of ["America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo"]) {
      let last = Number.NEGATIVE_INFINITY;
      for (let date = day("2026-01-01"); date <= day("2026-12-31"); date = addDays(date, 1)) {
        for (let minute = 0; minute <= 1440; minute += 30) {
          const at = instantAt(zone, date, minute);
          expect(at).toBeGreaterThanOrEqual(last);
          last = at;
        }
      }
    }
  });
});

describe("when clocks next come into a span of the day", () => {
  it.each([
    ["Asia/Shanghai", "2026-03-01T07:59:59+08:00", "08:00-22:00", "2026-03-01T08:00:00+08:00"],
    ["Asia/Shanghai", "2026-03-01T22:00:00+08:00", "08:00-22:00", "2026-03-02T08:00:00+08:00"],
    ["Asia/Shanghai", "2026-12-31T22:00:00+08:00", "08:00-22:00", "2027-01-01T08:00:00+08:00"],
    // Over midnight.
    ["Asia/Shanghai", "2026-03-01T12:00:00+08:00", "22:00-08:00", "2026-03-01T22:00:00+08:00"],
    // In spring the clock jumps over the first minute, and into the span or past all of it.
    ["America/New_York", "2026-03-07T22:00:00-05:00", "02:30-04:00", "2026-03-08T03:00:00-04:00"],
    ["America/New_York", "2026-03-07T22:00:00-05:00", "02:10-02:50", "2026-03-09T02:10:00-04:00"],
    // In autumn it shows the hour from one to two twice, and goes back into a span that it had left.
    ["America/New_York", "2026-11-01T01:10:00-04:00", "01:30-02:30", "2026-11-01T01:30:00-04:00"],
    ["America/New_York", "2026-11-01T01:10:00-05:00", "01:30-02:30", "2026-11-01T01:30:00-05:00"],
    ["America/New_York", "2026-11-01T01:40:00-04:00", "00:30-01:30", "2026-11-01T01:00:00-05:00"],
  ])("in %s after %s, %s begins at %s", (zone, after, hours, next) => {
    const [from, to] = hours.split("-").map((time) => parseMinute(time)!);
    const found = nextInSpan(zone, parseInstant(after)!, { from: from!, to: to! });
    expect(formatInstant(zone, found)).toBe(next);
  });

  it("is the first minute inside, counted minute by minute through every change of a year", () => {
    for (const zone of ["America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo"]) {
      const changes: number[] = [];
      for (let at = utc("2026-01-01T00:00Z"); at < utc("2027-01-01T00:00Z"); at += 3_600_000)
        if (offsetMinutes(zone, at) !== offsetMinutes(zone, at + 3_600_000)) changes.push(at + 3_600_000);
      expect(changes).toHaveLength(2);
      for (const change of changes)
        for (const [from, to] of [
          [0, 60],
          [30, 150],
          [130, 170],
          [1380, 30],
          [480, 1320],
          [60, 1440],
        ]) {
          const span = { from: from!, to: to! };
          let next: number | undefined;
          for (let at = change + 30 * 3_600_000; at >= change - 4 * 3_600_000; at -= 60_000) {
            const inside = isInside(span, minuteOfDay(zone, at));
            if (!inside && next !== undefined) expect(nextInSpan(zone, at, span)).toBe(next);
            if (inside) next = at;
          }
        }
    }
  });
});

describe("times of day as text", () => {
  it.each([
    ["00:00", 0],
    ["08:30", 510],
    ["23:59", 1439],
    ["24:00", 1440],
  ])("%s is minute %i, and back", (text, minute) => {
    expect(parseMinute(text)).toBe(minute);
    expect(formatMinute(minute)).toBe(text);
  });

  it.each(["24:01", "25:00", "8:30", "08:60", "0830", "", "08:30 ", "-1:00"])('"%s" is no time', (text) => {
    expect(parseMinute(text)).toBeUndefined();
  });
});

describe("instants as text", () => {
  it.each([
    ["2026-03-31T21:30:00+08:00", "2026-03-31T13:30:00.000Z"],
    ["2026-03-31T21:30+08:00", "2026-03-31T13:30:00.000Z"],
    ["2026-03-31T13:30:00Z", "2026-03-31T13:30:00.000Z"],
    ["2026-03-31T13:30:00.5Z", "2026-03-31T13:30:00.500Z"],
    ["2026-03-31T13:30:00.045Z", "2026-03-31T13:30:00.045Z"],
    ["2026-01-01T00:15:00+05:45", "2025-12-31T18:30:00.000Z"],
    ["2026-01-01T00:00:00-03:30", "2026-01-01T03:30:00.000Z"],
  ])("reads %s", (text, iso) => {
    expect(new Date(parseInstant(text)!).toISOString()).toBe(iso);
  });

  it.each([
    ["no offset is nobody's instant", "2026-03-31T21:30:00"],
    ["29 February of a common year", "2026-02-29T00:00Z"],
    ["hour 24", "2026-03-31T24:00Z"],
    ["minute 60", "2026-03-31T23:60Z"],
    ["second 60", "2026-03-31T23:59:60Z"],
    ["offset beyond 14 hours", "2026-03-31T00:00+15:00"],
    ["a day alone", "2026-03-31"],
    ["text after it", "2026-03-31T00:00Z x"],
  ])("refuses %s", (_, text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it("what is written is read back, to the second, in any zone", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          "Asia/Shanghai",
          "America/New_York",
          "Australia/Lord_Howe",
          "Pacific/Kiritimati",
          "UTC",
        ),
        fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2099, 0, 1) / 1000 }),
        (zone, seconds) => {
          expect(parseInstant(formatInstant(zone, seconds * 1000))).toBe(seconds * 1000);
        },
      ),
    );
  });

  it("days far apart stay apart", () => {
    expect(dayAt("UTC", utc("2199-12-31T23:59:59Z")) as Day).toBe(day("2199-12-31"));
  });
});

describe("the clock of the runtime, asked at each instant", () => {
  // The oracle: the formatter itself, for every zone that it knows, in the years whose law is read.
  const at = fc.integer({ min: utc("1990-01-01T00:00Z"), max: utc("2036-01-01T00:00Z") });
  const zone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
  const shown = (timeZone: string, instant: number): string =>
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(instant);

  it("shows the same day and minute", () => {
    fc.assert(
      fc.property(zone, at, (zone, at) => {
        const ours = `${formatDay(dayAt(zone, at))} ${formatMinute(minuteOfDay(zone, at))}`;
        expect(ours).toBe(shown(zone, at));
      }),
      { numRuns: 500 },
    );
  });

  it("has a calm day's instants on that day, and no other within four days", () => {
    fc.assert(
      fc.property(zone, at, fc.integer({ min: -96 * 3600, max: 96 * 3600 }), (zone, at, seconds) => {
        const calm = calmDayAt(zone, at);
        if (!calm) return;
        const other = at + seconds * 1000;
        const within = other >= calm.from && other < calm.until;
        expect(shown(zone, other).slice(0, 10) === shown(zone, at).slice(0, 10)).toBe(within);
      }),
      { numRuns: 500 },
    );
  });
});
