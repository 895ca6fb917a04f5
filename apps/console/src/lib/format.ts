/** How figures and days look. Nothing here reckons: a figure comes from the API as text and is set in type. */
export type Lang = "zh" | "en";

const SIGNS: Readonly<Record<string, string>> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", HKD: "HK$" };

/** `12345.6` with its thousands: `12,345.6`. Text in, text out; no number in between. */
export function grouped(text: string): string {
  const [, sign = "", whole = text, rest = ""] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? [];
  return `${sign === "-" ? "−" : ""}${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${rest}`;
}

export const signOf = (currency: string): string => SIGNS[currency] ?? `${currency} `;

/** `¥12,345.67` */
export function money(text: string, currency: string): string {
  const shown = grouped(text);
  return shown.startsWith("−") ? `−${signOf(currency)}${shown.slice(1)}` : `${signOf(currency)}${shown}`;
}

/** Whether a sum is nothing, in whatever decimals it is told. */
export const isZero = (text: string): boolean => /^[0.]+$/.test(text);

export const count = (value: number): string => grouped(String(value));

const WEEKDAYS = {
  zh: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
} as const;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `2026-03-31 周二`, `Tue 31 Mar 2026`. The day is a day of the calendar: no zone can move it. */
export function day(text: string, lang: Lang): string {
  const read = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (!read) return text;
  const [, year, month, date] = read;
  const weekday = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date))).getUTCDay();
  return lang === "zh"
    ? `${year}-${month}-${date} ${WEEKDAYS.zh[weekday]}`
    : `${WEEKDAYS.en[weekday]} ${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** An instant as it is told where it counts: `2026-03-31T21:30:00+08:00` keeps its own clock. */
export function instant(text: string, lang: Lang): string {
  const read = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (!read) return text;
  const zone = read[3] === "Z" || read[3] === "+00:00" ? " UTC" : "";
  return `${day(read[1]!, lang)} ${read[2]}${zone}`;
}

/** An instant that the server keeps in UTC, on the clock of whoever reads. */
export function localInstant(text: string, lang: Lang): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const two = (value: number): string => String(value).padStart(2, "0");
  const on = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day(on, lang)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** How a day is shown in a field, and how else it may be typed: without its weekday, which no field can read again. */
export const dayFormats = (lang: Lang): string[] =>
  lang === "zh" ? ["YYYY-MM-DD", "YYYYMMDD"] : ["D MMM YYYY", "YYYY-MM-DD", "YYYYMMDD"];
