import type { Lang } from "./format.ts";

/** Months and weeks of the calendar as texts; no zone can move a day. */
const DAY_MS = 86_400_000;
const textOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const monthOf = (day: string): string => day.slice(0, 7);

export function shiftMonth(month: string, by: number): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return textOf(Date.UTC(year, number - 1 + by, 1)).slice(0, 7);
}

/** The weeks, Monday first, that a month touches; each of seven days. */
export function weeksOf(month: string): string[][] {
  const [year, number] = month.split("-").map(Number) as [number, number];
  const first = Date.UTC(year, number - 1, 1);
  const last = Date.UTC(year, number, 0);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS;
  const weeks: string[][] = [];
  for (let at = monday; at <= last; at += 7 * DAY_MS)
    weeks.push(Array.from({ length: 7 }, (_, i) => textOf(at + i * DAY_MS)));
  return weeks;
}

const NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
export function monthName(month: string, lang: Lang): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return lang === "zh" ? `${year} 年 ${number} 月` : `${NAMES[number - 1]} ${year}`;
}

export const weekdays = (lang: Lang): readonly string[] =>
  lang === "zh"
    ? ["一", "二", "三", "四", "五", "六", "日"]
    : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
