import {
  type Day,
  formatDay,
  formatInstant,
  formatMoney,
  type Instant,
  type Minor,
  weekday,
  ymd,
} from "../core/index.ts";

import type { HelpLine } from "./help.ts";

export type Language = "zh" | "en";
export type Said = Readonly<Record<Language, string>>;

/** What every page needs to know of its reader and its place. */
export interface Show {
  readonly language: Language;
  /** Zone in which instants are told. */
  readonly zone: string;
  /** The page's own path with its question, without the two that switch language and size. */
  readonly path: string;
  /** Bigger letters, as the reader asked. */
  readonly large: boolean;
  /** Token of the session's forms; absent where nobody is signed in. */
  readonly csrf?: string;
  /** Lenders of this book, in whose name the page speaks; one where somebody is signed in. */
  readonly house: House;
  /** Names of laws by their place: `cn/civil-code`. */
  readonly laws: Readonly<Record<string, Said>>;
  /** Whose law is told: the place of the reader's lender, or that of the book's lenders where nobody is signed in. */
  readonly place?: string;
  /** Who else helps there. */
  readonly help?: readonly HelpLine[];
}

/** Who stands behind the page, as its operator set it (`arrears serve --portal FILE`). */
export interface House {
  /** Name of the lender; of a book of several where nobody is signed in, absent. */
  readonly name?: string;
  /** How its people are reached. The reader is told to compare it with his own contract. */
  readonly phone?: string;
  readonly hours?: Said;
  /** Where money goes, in the lender's own words. */
  readonly pay: readonly Said[];
  /** Free help that the operator names beside what is public. */
  readonly help: readonly Said[];
}

/** Where nobody is signed in, and a book may be of several lenders. */
export const NO_HOUSE: House = { pay: [], help: [] };

export const say = (words: Said, { language }: Pick<Show, "language">): string => words[language];

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  zh: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `2026-03-31 周二`, `Tue 31 Mar 2026`: a day is never told without its weekday. */
export function dayText(on: Day, { language }: Pick<Show, "language">): string {
  const name = WEEKDAYS[language][weekday(on) - 1]!;
  if (language === "zh") return `${formatDay(on)} ${name}`;
  const { year, month, day } = ymd(on);
  return `${name} ${day} ${MONTHS[month - 1]} ${year}`;
}

/** Day and minute, in the reader's zone. */
export function instantText(at: Instant, { zone }: Pick<Show, "zone">): string {
  return formatInstant(zone, at).slice(0, 16).replace("T", " ");
}

const SIGNS: Readonly<Record<string, string>> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£" };

/** `¥12,345.67`, a minus before the sign. */
export function moneyText(amount: number, currency: string, decimals = 2): string {
  const text = formatMoney(Math.abs(amount) as Minor, decimals);
  const [whole = "", rest] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = SIGNS[currency] ?? `${currency} `;
  return `${amount < 0 ? "−" : ""}${sign}${grouped}${rest === undefined ? "" : `.${rest}`}`;
}
