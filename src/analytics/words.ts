import { CELL, decimalsOf, formatDay, formatMoney, type Minor, monthStart, ymd } from "../core/index.ts";
import type { Behind, Cell, Says } from "./types.ts";

export const says = (en: string, zh: string): Says => ({ en, zh });
export const same = (text: string): Says => ({ en: text, zh: text });

const MONTHS = [
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

export function monthSays(index: number): Says {
  const { year, month } = ymd(monthStart(index));
  return says(`${MONTHS[month - 1]} ${year}`, `${year}年${month}月`);
}

/** `2026-10`. */
export const monthText = (index: number): string => formatDay(monthStart(index)).slice(0, 7);

export function cellSays(cell: number): Says {
  if (cell === CELL.fresh) return says("New", "新增");
  if (cell === CELL.writtenOff) return says("Written off", "已核销");
  if (cell === CELL.ended) return says("Ended", "已结清");
  if (cell === 0) return says("Not past due", "未逾期");
  return same(`M${cell}`);
}

/** Worse from left to right: not past due, the bands, written off; ended stands apart. */
export const inOrder = (cells: Iterable<number>): number[] =>
  [...cells].sort((a, b) => placeOf(a) - placeOf(b));
const placeOf = (cell: number): number => {
  if (cell === CELL.fresh) return -1;
  if (cell === CELL.writtenOff) return 1000;
  return cell === CELL.ended ? 1001 : cell;
};

export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

export const counted = (n: number, behind?: Behind): Cell =>
  behind && n !== 0 ? { value: String(n), behind } : { value: String(n) };

export const money =
  (currency: string) =>
  (amount: number): Cell => ({ value: formatMoney(amount as Minor, decimalsOf(currency)) });

/** In percent with one decimal, halves up; null of nothing. */
export const shareOf = (part: number, whole: number): Cell => ({
  value: whole > 0 ? percent(part / whole) : null,
});

export function percent(share: number): string {
  const tenths = Math.round(share * 1000);
  const text = String(Math.abs(tenths)).padStart(2, "0");
  return `${tenths < 0 ? "-" : ""}${text.slice(0, -1)}.${text.slice(-1)}`;
}
