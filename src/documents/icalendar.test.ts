import fc from "fast-check";
import { expect, test } from "vitest";
import { day } from "../core/index.ts";
import { calendarFeed, escapeText, foldLine } from "./icalendar.ts";

const STAMP = "20260301T010000Z";
const feed = (entry: Partial<Parameters<typeof calendarFeed>[0][0]>): string =>
  calendarFeed([{ uid: "P1/answer@arrears", on: day("2026-03-27"), summary: "答辩", ...entry }], {
    name: "庭审日历; court, days",
    stamp: STAMP,
  });

/** A content line as RFC 5545, 3.1 unfolds it: CRLF and one white space away. */
const unfolded = (text: string): string[] => text.replace(/\r\n[ \t]/g, "").split("\r\n");
const unescaped = (text: string): string =>
  text.replace(/\\([\\;,nN])/g, (_, one: string) => (one === "n" || one === "N" ? "\n" : one));

test("a whole day has a date and ends on the next one, as 3.6.1 has it; the last day of a year goes over", () => {
  expect(unfolded(feed({ on: day("2026-12-31") }))).toEqual(
    expect.arrayContaining(["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"]),
  );
});

test("an hour of a day is said in UTC: Shanghai is eight hours ahead, so that seven in the morning is the day before", () => {
  expect(feed({ minute: 9 * 60 + 30 })).toContain("DTSTART:20260327T013000Z\r\n");
  expect(feed({ minute: 7 * 60 })).toContain("DTSTART:20260326T230000Z\r\n");
  expect(feed({ minute: 8 * 60 })).toContain("DTSTART:20260327T000000Z\r\n");
});

test("what 3.6 and 3.6.1 ask for is there once: version, maker, uid and stamp", () => {
  const lines = unfolded(feed({}));
  for (const one of [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "BEGIN:VEVENT",
    `DTSTAMP:${STAMP}`,
    "UID:P1/answer@arrears",
    "END:VEVENT",
    "END:VCALENDAR",
  ])
    expect(lines.filter((line) => line === one)).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith("PRODID:"))).toHaveLength(1);
});

// The escapes of 3.3.11: ESCAPED-CHAR = ("\\" / "\;" / "\," / "\N" / "\n").
test("commas, semicolons, strokes and ends of line are escaped, colons are not", () => {
  expect(escapeText("a,b;c\\d\ne: f")).toBe("a\\,b\\;c\\\\d\\ne: f");
  expect(unfolded(feed({}))).toContain("X-WR-CALNAME:庭审日历\\; court\\, days");
});

test("no line is longer than 75 octets, none breaks a character, and nothing of a text is lost", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
      const written = feed({ summary: text, description: `${text}；说明` });
      for (const line of written.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(written.endsWith("END:VCALENDAR\r\n")).toBe(true);
      expect(Buffer.from(written).toString("utf8")).toBe(Buffer.from(written).toString());
      const summary = unfolded(written).find((line) => line.startsWith("SUMMARY:"))!;
      expect(unescaped(summary.slice("SUMMARY:".length))).toBe(text.replace(/\r\n|\r/g, "\n"));
    }),
  );
});

test("a line of exactly 75 octets stays one, of 76 it folds", () => {
  expect(foldLine("x".repeat(75))).toBe("x".repeat(75));
  expect(foldLine("x".repeat(76))).toBe(`${"x".repeat(75)}\r\n x`);
  // 25 characters of three octets each are 75.
  expect(foldLine("庭".repeat(26))).toBe(`${"庭".repeat(25)}\r\n 庭`);
});

test("a reminder is an alarm so many days before", () => {
  expect(unfolded(feed({ remindDays: 5 }))).toEqual(
    expect.arrayContaining(["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P5D"]),
  );
});
