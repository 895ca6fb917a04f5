import { type Day, dayOf, formatDay, realDay } from "./calendar.ts";
import { invariant } from "./trouble.ts";

/** An instant: whole milliseconds since 1970-01-01T00:00Z. Given by the caller; core has no clock. */
export type Instant = number;

export const MINUTES_A_DAY = 1440;
const MS_A_MINUTE = 60_000;
const MS_A_DAY = 86_400_000;
/**
 * No zone of the database, in any year that it has, changed its clocks twice within 3.9 days; so between two looks three
 * days apart there is one change at most.
 */
const LOOK = 3 * MS_A_DAY;
const BLOCK = 122 * LOOK;
const MOST_BLOCKS = 1000;

/** A time in which clocks keep one distance from UTC: `from` is in it, `until` is not. */
interface Stretch {
  readonly from: Instant;
  readonly until: Instant;
  readonly offset: number;
}

interface Clocks {
  readonly formatter: Intl.DateTimeFormat;
  /** About a year each, read from the database when first asked for. */
  readonly blocks: Map<number, readonly Stretch[]>;
  /** Where the last answer was found: the next one is mostly there too. */
  last: Stretch;
  calmDay: CalmDay;
}

/** A local day without a change of clocks, nor one near it: exactly the instants from `from` until before `until`. */
export interface CalmDay {
  readonly from: Instant;
  readonly until: Instant;
}

const NOWHERE: Stretch = { from: 0, until: 0, offset: 0 };
const clocks = new Map<string, Clocks>();
/** The zone asked for last: who asks once mostly asks several times. */
let lastZone: string | undefined;
let lastClocks: Clocks;

/** Whether the zone is one that the runtime's time-zone database knows. */
export function isZone(zone: string): boolean {
  try {
    clocksOf(zone);
    return true;
  } catch {
    return false;
  }
}

function clocksOf(zone: string): Clocks {
  if (zone === lastZone) return lastClocks;
  let found = clocks.get(zone);
  if (!found) {
    const formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    found = { formatter, blocks: new Map(), last: NOWHERE, calmDay: NOWHERE };
    clocks.set(zone, found);
  }
  lastZone = zone;
  lastClocks = found;
  return found;
}

/**
 * Minutes east of UTC at an instant, to the minute of the change. The database is asked once per zone and year, because
 * the formatter costs microseconds and the close asks millions of times.
 */
export const offsetMinutes = (zone: string, at: Instant): number => stretchAt(clocksOf(zone), at).offset;

function stretchAt(of: Clocks, at: Instant): Stretch {
  if (at >= of.last.from && at < of.last.until) return of.last;
  const block = Math.floor(at / BLOCK);
  let stretches = of.blocks.get(block);
  if (!stretches) {
    stretches = stretchesIn(of.formatter, block * BLOCK);
    if (of.blocks.size >= MOST_BLOCKS) of.blocks.clear();
    of.blocks.set(block, stretches);
  }
  const found = stretches.find(({ until }) => at < until);
  invariant(found !== undefined, "the stretches of a block cover it");
  of.last = found;
  return found;
}

function stretchesIn(formatter: Intl.DateTimeFormat, start: Instant): Stretch[] {
  const stretches: Stretch[] = [];
  let from = start;
  let offset = askedOffset(formatter, start);
  for (let look = start + LOOK; look <= start + BLOCK; look += LOOK) {
    const later = askedOffset(formatter, look);
    if (later === offset) continue;
    const change = changeBetween(formatter, look - LOOK, look, offset);
    stretches.push({ from, until: change, offset });
    from = change;
    offset = later;
  }
  stretches.push({ from, until: start + BLOCK, offset });
  return stretches.filter((stretch) => stretch.from < stretch.until);
}

/** The first whole minute with another offset than the one before, which holds at `from` and no more at `to`. */
function changeBetween(formatter: Intl.DateTimeFormat, from: Instant, to: Instant, before: number): Instant {
  let [last, first] = [from, to];
  while (first - last > MS_A_MINUTE) {
    const middle = last + Math.floor((first - last) / 2 / MS_A_MINUTE) * MS_A_MINUTE;
    if (askedOffset(formatter, middle) === before) last = middle;
    else first = middle;
  }
  return first;
}

/** From the database, at a whole minute. */
function askedOffset(formatter: Intl.DateTimeFormat, at: Instant): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(at)) part[type] = Number(value);
  const local =
    dayOf(part.year!, part.month!, part.day!) * MS_A_DAY + (part.hour! * 60 + part.minute!) * MS_A_MINUTE;
  return (local - at) / MS_A_MINUTE;
}

/** The calendar day in a zone at an instant: done once, at the edge. */
export function dayAt(zone: string, at: Instant): Day {
  return Math.floor((at + offsetMinutes(zone, at) * MS_A_MINUTE) / MS_A_DAY) as Day;
}

/** Clocks jump by a day and a little at most, so an instant farther from a local day than this is never of that day. */
const NEAR = 2 * MS_A_DAY;

/**
 * The local day of an instant as a span of instants, for who asks of many instants whether they are of that day.
 *
 * Gives   `undefined` where clocks change near it: a date can then come twice, and each instant has to be asked.
 */
export function calmDayAt(zone: string, at: Instant): CalmDay | undefined {
  const of = clocksOf(zone);
  if (at >= of.calmDay.from && at < of.calmDay.until) return of.calmDay;
  const { from, until, offset } = stretchAt(of, at);
  const start = Math.floor((at + offset * MS_A_MINUTE) / MS_A_DAY) * MS_A_DAY - offset * MS_A_MINUTE;
  if (start - NEAR < from || start + MS_A_DAY + NEAR > until) return undefined;
  of.calmDay = { from: start, until: start + MS_A_DAY };
  return of.calmDay;
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
  const of = clocksOf(zone);
  let stretch = stretchAt(of, second);
  while (stretch.offset === before) stretch = stretchAt(of, stretch.until);
  return stretch.from;
}

/** `"08:30"` → 510, `"24:00"` → 1440. */
export function parseMinute(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (!match) return undefined;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minute <= MINUTES_A_DAY ? minute : undefined;
}

const twoDigits = (n: number): string => String(n).padStart(2, "0");
const MINUTES = Array.from(
  { length: MINUTES_A_DAY + 1 },
  (_, minute) => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`,
);

/** 510 → `"08:30"`; minutes of a day, the next midnight included. */
export function formatMinute(minute: number): string {
  const text = MINUTES[minute];
  invariant(text !== undefined, "a minute of the day is a whole number from 0 to 1440");
  return text;
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

/** A span of the local day in minutes since midnight; `to` is outside it, and it may pass midnight. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const isInside = ({ from, to }: Span, minute: number): boolean =>
  from < to ? minute >= from && minute < to : minute >= from || minute < to;

/**
 * The next instant after another at which clocks in the zone come into a span of the day: they show its first minute,
 * or a change of clocks sets them into the middle of it, forward or back.
 */
export function nextInSpan(zone: string, after: Instant, span: Span): Instant {
  const of = clocksOf(zone);
  let stretch = stretchAt(of, after);
  for (let from = after; ; from = stretch.until, stretch = stretchAt(of, from)) {
    if (from > after && isInside(span, minuteOfDay(zone, from))) return from;
    const shift = stretch.offset * MS_A_MINUTE;
    const midnight = Math.floor((from + shift) / MS_A_DAY) * MS_A_DAY - shift;
    const today = midnight + span.from * MS_A_MINUTE;
    const shown = today > after && today >= from ? today : today + MS_A_DAY;
    if (shown < stretch.until) return shown;
  }
}
