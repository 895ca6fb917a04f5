import {
  addDays,
  type Day,
  day,
  formatDay,
  invariant,
  type WorkCalendar,
  weekday,
  ymd,
} from "../src/core/index.ts";
import { dayText, mapping, onlyKeys, show, text } from "./params.ts";

/**
 * Reads a place's calendar from its parsed YAML file.
 *
 * Holds   every day lies in its notice's year; a make-up workday is a Saturday or Sunday and no day off.
 * Refuses by throwing, because the file is ours.
 */
export function readCalendar(found: unknown): WorkCalendar {
  const file = mapping(found, "calendar");
  onlyKeys(file, ["place", "checked_on", "years"], "calendar");
  dayText(file.checked_on, "calendar.checked_on");
  const years = new Set<number>();
  const daysOff = new Set<Day>();
  const makeUpWorkdays = new Set<Day>();
  const notices: string[] = [];
  for (const [index, entry] of list(file.years, "calendar.years").entries()) {
    const at = `calendar.years[${index}]`;
    const notice = mapping(entry, at);
    onlyKeys(notice, ["year", "notice", "force", "verification", "law", "holidays"], at);
    const year = notice.year;
    invariant(
      typeof year === "number" && !years.has(year),
      `${at}.year is ${show(year)}, expected a new year`,
    );
    years.add(year);
    notices.push(text(notice.notice, `${at}.notice`));
    text(notice.law, `${at}.law`);
    for (const [nth, holiday] of list(notice.holidays, `${at}.holidays`).entries()) {
      readHoliday(holiday, `${at}.holidays[${nth}]`, year, daysOff, makeUpWorkdays);
    }
  }
  for (const workday of makeUpWorkdays) {
    invariant(
      weekday(workday) > 5 && !daysOff.has(workday),
      `${formatDay(workday)} cannot be a make-up workday: it must be a Saturday or Sunday and no day off`,
    );
  }
  return {
    place: text(file.place, "calendar.place"),
    source: notices.join(", "),
    years,
    daysOff,
    makeUpWorkdays,
  };
}

function readHoliday(
  found: unknown,
  at: string,
  year: number,
  daysOff: Set<Day>,
  makeUpWorkdays: Set<Day>,
): void {
  const holiday = mapping(found, at);
  onlyKeys(holiday, ["name", "off", "work"], at);
  text(holiday.name, `${at}.name`);
  const off = list(holiday.off, `${at}.off`).map((value) => dayOfYear(value, `${at}.off`, year));
  invariant(off.length === 1 || off.length === 2, `${at}.off is one day, or the first and the last`);
  for (let value = off[0]!; value <= off[off.length - 1]!; value = addDays(value, 1)) {
    invariant(!daysOff.has(value), `${at}: ${formatDay(value)} is off twice`);
    daysOff.add(value);
  }
  for (const value of list(holiday.work ?? [], `${at}.work`)) {
    makeUpWorkdays.add(dayOfYear(value, `${at}.work`, year));
  }
}

function dayOfYear(found: unknown, at: string, year: number): Day {
  const value = day(dayText(found, at));
  invariant(ymd(value).year === year, `${at}: ${formatDay(value)} is not in ${year}`);
  return value;
}

function list(found: unknown, at: string): readonly unknown[] {
  invariant(Array.isArray(found), `${at} is ${show(found)}, expected a list`);
  return found;
}
