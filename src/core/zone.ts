import { addDays, type Day, dayOf, formatDay, realDay } from "./calendar.ts";
import { invariant } from "./trouble.ts";

/** An instant: whole milliseconds since 1970-01-01T00:00Z. Given by the caller; core has no clock. */
export type Instant = number;

export const MINUTES_A_DAY = 1440;
const MS_A_MINUTE = 60_000;
const MS_A_DAY = 86_400_000;
const QUARTER_HOUR = 15 * MS_A_MINUTE;

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** Whether the zone is one that the runtime's time-zone database knows. */
export function isZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/**
 * Minutes east of UTC at an instant. The database is asked once per zone and quarter of an hour, because the formatter
 * costs microseconds and the close asks millions of times. Since 2012 every change of an inhabited place falls on a
 * quarter; the few one minute past it (Newfoundland before) are seen up to a quarter of an hour late.
 */
export function offsetMinutes(zone: string, at: Instant): number {
  let known = offsets.get(zone);
  if (!known) {
    known = new Map();
    offsets.set(zone, known);
  }
  const quarter = Math.floor(at / QUARTER_HOUR);
  let offset = known.get(quarter);
  if (offset === undefined) {
    const part: Record<string, number> = {};
    for (const { type, value } of formatterOf(zone).formatToParts(quarter * QUARTER_HOUR))
      part[type] = Number(value);
    const local =
      dayOf(part.year!, part.month!, part.day!) * MS_A_DAY + (part.hour! * 60 + part.minute!) * MS_A_MINUTE;
    offset = (local - quarter * QUARTER_HOUR) / MS_A_MINUTE;
    if (known.size > 10_000) known.clear();
    known.set(quarter, offset);
  }
  return offset;
}

/** The calendar day in a zone at an instant: done once, at the edge. */
export function dayAt(zone: string, at: Instant): Day {
  return Math.floor((at + offsetMinutes(zone, at) * MS_A_MINUTE) / MS_A_DAY) as Day;
}

/** Minutes since local midnight, 0…1439. */
export function minuteOfDay(zone: string, at: Instant): number {
  const local = at + offsetMinutes(zone, at) * MS_A_MINUTE;
  return Math.floor((local - Math.floor(local / MS_A_DAY) * MS_A_DAY) / MS_A_MINUTE);
}

/**
 * The instant at which clocks in the zone show a day and minute; minute 1440 is the next midnight.
 *
 * Where clocks go back and show it twice, the first time. Where they jump over it (an hour in spring, once a whole day
 * in Samoa), the first instant after the jump: the earliest at which that time of day has passed.
 */
export function instantAt(zone: string, day: Day, minute: number): Instant {
  const local = day * MS_A_DAY + minute * MS_A_MINUTE;
  // Offsets lie within a day of UTC, so these two are in force on either side of any change near the wanted time.
  const before = offsetMinutes(zone, local - MS_A_DAY);
  const first = local - before * MS_A_MINUTE;
  if (offsetMinutes(zone, first) === before) return first;
  const after = offsetMinutes(zone, local + MS_A_DAY);
  const second = local - after * MS_A_MINUTE;
  if (offsetMinutes(zone, second) === after) return second;
  let change = Math.ceil(second / QUARTER_HOUR) * QUARTER_HOUR;
  while (offsetMinutes(zone, change) === before) change += QUARTER_HOUR;
  return change;
}

/** `"08:30"` → 510, `"24:00"` → 1440. */
export function parseMinute(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (!match) return undefined;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minute <= MINUTES_A_DAY ? minute : undefined;
}

export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** `2026-03-31T21:30:00+08:00`: what people read and machines parse. */
export function formatInstant(zone: string, at: Instant): string {
  const offset = offsetMinutes(zone, at);
  const local = at + offset * MS_A_MINUTE;
  const day = Math.floor(local / MS_A_DAY) as Day;
  const seconds = Math.floor((local - day * MS_A_DAY) / 1000);
  const clock = `${formatMinute(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
  const sign = offset < 0 ? "-" : "+";
  return `${formatDay(day)}T${clock}${sign}${formatMinute(Math.abs(offset))}`;
}

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/** Reads an ISO 8601 instant with its offset; without an offset it is nobody's instant and gives `undefined`. */
export function parseInstant(text: string): Instant | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [
    ,
    year,
    month,
    date,
    hour,
    minute,
    second = "0",
    fraction = "0",
    sign,
    offsetHour = "0",
    offsetMinute = "0",
  ] = match;
  const day = realDay(Number(year), Number(month), Number(date));
  if (day === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (Number(offsetHour) > 14 || Number(offsetMinute) > 59) return undefined;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === "-" ? -1 : 1);
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  return day * MS_A_DAY + minutes * MS_A_MINUTE + Number(second) * 1000 + Number(fraction.padEnd(3, "0"));
}

export function nextLocalMinute(zone: string, after: Instant, minute: number): Instant {
  const today = dayAt(zone, after);
  const candidate = instantAt(zone, today, minute);
  if (candidate > after) return candidate;
  const next = instantAt(zone, addDays(today, 1), minute);
  invariant(next > after, "the next local minute lies in the future");
  return next;
}
