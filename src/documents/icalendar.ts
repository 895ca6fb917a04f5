import { addDays, type Day, formatDay } from "../core/index.ts";

/** A day in a calendar: the whole of it, or an hour of it where a minute is given. */
export interface CalendarEntry {
  /** The same for the same thing however often the file is made: calendars then move it and do not double it. */
  readonly uid: string;
  readonly on: Day;
  /** Minute of the day, Shanghai time. */
  readonly minute?: number;
  readonly summary: string;
  readonly description?: string;
  readonly location?: string;
  readonly category?: string;
  /** Days before it on which a calendar reminds. */
  readonly remindDays?: number;
}

const CRLF = "\r\n";
/** RFC 5545, 3.1: lines longer than so many octets, the break not counted, are folded. */
const OCTETS = 75;

/** RFC 5545, 3.3.11: what a text cannot hold as it is. */
export const escapeText = (text: string): string =>
  text
    .replace(/\\/g, "\\\\")
    .replace(/;/g, "\\;")
    .replace(/,/g, "\\,")
    .replace(/\r\n|\r|\n/g, "\\n");

/** One content line, folded after at most 75 octets, never inside a character. */
export function foldLine(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    // A line that goes on begins with a space, which counts.
    if (octets + size > OCTETS) {
      parts.push(part);
      part = "";
      octets = 1;
    }
    part += character;
    octets += size;
  }
  parts.push(part);
  return parts.join(`${CRLF} `);
}

function octetsOf(character: string): number {
  const point = character.codePointAt(0)!;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

const dateOf = (on: Day): string => formatDay(on).replaceAll("-", "");

/** UTC of a minute in Shanghai, whose offset has been eight hours since 1991; earlier days are no matter of this feed. */
function instantText(on: Day, minute: number): string {
  const utc = minute - 480;
  const day = utc < 0 ? addDays(on, -1) : on;
  const rest = (utc + 1440) % 1440;
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${dateOf(day)}T${two(Math.floor(rest / 60))}${two(rest % 60)}00Z`;
}

/**
 * A calendar feed as RFC 5545 writes it.
 *
 * Takes   the entries, a name, and the instant of making as `20260301T010000Z`.
 * Gives   the text, with CRLF ends of line. Whole days have `VALUE=DATE` and take no time of anybody's.
 */
export function calendarFeed(
  entries: readonly CalendarEntry[],
  { name, stamp }: { readonly name: string; readonly stamp: string },
): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Arrears//calendar//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escapeText(name)}`,
    "X-WR-TIMEZONE:Asia/Shanghai",
    ...entries.flatMap((entry) => linesOf(entry, stamp)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => foldLine(line) + CRLF).join("");
}

function linesOf(entry: CalendarEntry, stamp: string): string[] {
  const { uid, on, minute, summary, description, location, category, remindDays } = entry;
  const when =
    minute === undefined
      ? [
          `DTSTART;VALUE=DATE:${dateOf(on)}`,
          `DTEND;VALUE=DATE:${dateOf(addDays(on, 1))}`,
          "TRANSP:TRANSPARENT",
        ]
      : [`DTSTART:${instantText(on, minute)}`, "DURATION:PT1H"];
  return [
    "BEGIN:VEVENT",
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${stamp}`,
    ...when,
    `SUMMARY:${escapeText(summary)}`,
    ...(description === undefined ? [] : [`DESCRIPTION:${escapeText(description)}`]),
    ...(location === undefined ? [] : [`LOCATION:${escapeText(location)}`]),
    ...(category === undefined ? [] : [`CATEGORIES:${escapeText(category)}`]),
    ...(remindDays === undefined
      ? []
      : [
          "BEGIN:VALARM",
          "ACTION:DISPLAY",
          `TRIGGER:-P${remindDays}D`,
          `DESCRIPTION:${escapeText(summary)}`,
          "END:VALARM",
        ]),
    "END:VEVENT",
  ];
}
