import {
  type Day,
  type Minor,
  parseMoney,
  parseRate,
  type Rate,
  type RoundingMode,
  rateToE8,
  realDay,
} from "../core/index.ts";

/** Why a text is not the value it should be: a stable code and one sentence. */
export interface Trouble {
  readonly code: string;
  readonly says: string;
}

export const isTrouble = (value: unknown): value is Trouble =>
  typeof value === "object" && value !== null && "says" in value;

export interface NumberFormat {
  readonly decimal: string;
  /** Empty when the file groups no digits. */
  readonly thousands: string;
}

export const PLAIN_NUMBERS: NumberFormat = { decimal: ".", thousands: "" };

const SHOWN = 80;

/** A value as a message shows it: at most 80 characters, nothing invisible. */
export function shown(text: string): string {
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
  return cut.replace(INVISIBLE_ALL, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const INVISIBLE_ALL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Full-width digits and signs as plain ones, and outer spaces away: they can be read in one way only. */
export function plain(text: string): string {
  const trimmed = text.trim();
  for (let i = 0; i < trimmed.length; i++) {
    if (trimmed.charCodeAt(i) > 127) {
      return trimmed
        .replace(/[\uFF0B-\uFF0F\uFF10-\uFF1A]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
        .replace(/\u2212/g, "-")
        .replace(/[\u00A0\u202F\u3000]/g, " ");
    }
  }
  return trimmed;
}

/**
 * Reads an amount into minor units.
 *
 * Refuses exponents, infinities, digits grouped other than by threes, more decimals than the currency has (zeros are
 *         no decimals), and what does not fit. Nothing is rounded: a cent that intake makes up is a cent that the
 *         books lack.
 */
export function readMoney(text: string, decimals: number, format: NumberFormat): Minor | Trouble {
  // The usual amount, `1234.56`, without a regular expression: it is read ten million times.
  const point = format.decimal.charCodeAt(0);
  const length = text.length;
  if (length > 0 && length <= 15) {
    let value = 0;
    let fraction = -1;
    let i = 0;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 48 && code <= 57) {
        value = value * 10 + (code - 48);
        if (fraction >= 0) fraction += 1;
      } else if (code === point && fraction < 0 && i > 0) fraction = 0;
      else break;
    }
    if (i === length && fraction !== 0) {
      if (fraction <= decimals)
        return (value * 10 ** (fraction < 0 ? decimals : decimals - fraction)) as Minor;
    }
  }
  const number = readNumber(text, format);
  if (typeof number !== "string") return number;
  const amount = parseMoney(number, decimals);
  if (amount !== undefined) return amount;
  if (/\.\d*[1-9]/.test(number) && number.slice(number.indexOf(".") + 1).replace(/0+$/, "").length > decimals)
    return {
      code: "too-many-decimals",
      says: `Found "${shown(text)}", expected at most ${decimals} decimals: correct the amount, or round it in the map (derive: round).`,
    };
  return {
    code: "too-large",
    says: `Found "${shown(text)}", expected an amount below 90 trillion: correct the amount.`,
  };
}

/** A number as `-1234.5`: no separators, `.` for the decimal point. */
export function readNumber(text: string, format: NumberFormat): string | Trouble {
  const found = plain(text);
  let digits = found;
  if (format.thousands !== "" && found.includes(format.thousands)) {
    if (!groupedBy(format).test(found))
      return {
        code: "bad-grouping",
        says: `Found "${shown(text)}", expected "${format.thousands}" between groups of three digits only: correct the number, or say in the map how numbers are written (formats: decimal, thousands).`,
      };
    digits = found.replaceAll(format.thousands, "");
  }
  if (format.decimal !== ".") {
    if (digits.includes(".")) return notANumber(text, format);
    digits = digits.replace(format.decimal, ".");
  }
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(digits) ? digits : notANumber(text, format);
}

function notANumber(text: string, format: NumberFormat): Trouble {
  return {
    code: "not-a-number",
    says: `Found "${shown(text)}", expected a number written like 1234${format.decimal}56: correct the value.`,
  };
}

const grouped = new Map<string, RegExp>();

function groupedBy({ decimal, thousands }: NumberFormat): RegExp {
  const key = thousands + decimal;
  let pattern = grouped.get(key);
  if (!pattern) {
    const group = escaped(thousands);
    pattern = new RegExp(`^[+-]?\\d{1,3}(?:${group}\\d{3})+(?:${escaped(decimal)}\\d*)?$`);
    grouped.set(key, pattern);
  }
  return pattern;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

export function readRate(text: string, per: Rate["per"], format: NumberFormat): Rate | Trouble {
  const number = readNumber(plain(text).replace(/\s*[%％]$/, ""), format);
  if (typeof number !== "string") return number;
  if (number.startsWith("-") && /[1-9]/.test(number))
    return {
      code: "negative",
      says: `Found "${shown(text)}", expected a rate of 0 or more, in percent: correct the rate.`,
    };
  const rate = parseRate(number.replace(/^[+-]/, ""), per);
  if (rate && rateToE8(rate) !== undefined) return rate;
  return {
    code: "bad-rate",
    says: `Found "${shown(text)}", expected a rate in percent, at most 2,147 and with at most 6 decimals: correct the rate.`,
  };
}

export function readWhole(text: string): number | Trouble {
  const found = plain(text).replace(/\.0*$/, "");
  if (/^[+-]?\d{1,15}$/.test(found)) return Number(found);
  return {
    code: "not-a-whole-number",
    says: `Found "${shown(text)}", expected a whole number: correct the value.`,
  };
}

/**
 * Reads an id. Kept as it is written, leading zeros too; only spaces around it go.
 *
 * Refuses what people cannot see and so cannot compare (control and zero-width characters), and the form that a
 * spreadsheet leaves of a long number (`6.21E+15`), since its digits are lost.
 */
export function readId(text: string): string | Trouble {
  const id = trimSpaces(text);
  const length = id.length;
  if (length === 0) return MISSING;
  if (length > 64)
    return {
      code: "id-too-long",
      says: `Found an id of ${length} characters, expected at most 64: correct the id or the map.`,
    };
  let ascii = true;
  let scientific = false;
  for (let i = 0; i < length; i++) {
    const code = id.charCodeAt(i);
    if (code === 43) scientific = true;
    if (code < 32 || code > 126) ascii = false;
  }
  if (!ascii && INVISIBLE.test(id))
    return {
      code: "bad-id",
      says: `Found "${shown(id)}", expected an id without control or invisible characters: remove them at the source.`,
    };
  if (scientific && /^\d(?:\.\d+)?[Ee]\+\d+$/.test(id))
    return {
      code: "bad-id",
      says: `Found "${shown(id)}", an id that a spreadsheet turned into a rounded number: export the column as text.`,
    };
  return id;
}

export const MISSING: Trouble = {
  code: "missing-value",
  says: "Found nothing, expected a value: fill it in, or give it in the map (constants, derive).",
};

function trimSpaces(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first === 32 || last === 32 || first > 127 || last > 127 ? text.replace(SPACES, "") : text;
}

const SPACES = /^[ \u00A0\u3000]+|[ \u00A0\u3000]+$/g;

/** Names, addresses: kept as they are, formulas too (an export neutralises them). Only spaces around go. */
export function readText(text: string, longest: number): string | Trouble {
  const value = text.replace(SPACES, "");
  if (value.length <= longest) return value;
  return {
    code: "too-long",
    says: `Found ${value.length} characters, expected at most ${longest}: shorten the text.`,
  };
}

/** Whether a spreadsheet would take the text for a formula. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text);

export function readPhone(text: string): string | Trouble {
  const phone = plain(text).replace(/[ ().-]/g, "");
  if (/^\+?\d{5,20}$/.test(phone)) return phone;
  return {
    code: "bad-phone",
    says: `Found "${shown(text)}", expected 5 to 20 digits, with + in front if need be: correct the number or leave it empty.`,
  };
}

export function readEmail(text: string): string | Trouble {
  const email = text.trim();
  if (email.length <= 254 && /^[^@\s]+@[^@\s]+$/.test(email) && !INVISIBLE.test(email)) return email;
  return {
    code: "bad-email",
    says: `Found "${shown(text)}", expected an address with one @: correct it or leave it empty.`,
  };
}

export interface DatePattern {
  readonly text: string;
  readonly read: (text: string) => Day | "impossible" | undefined;
}

const TOKENS: Readonly<Record<string, string>> = {
  yyyy: "(?<year>\\d{4})",
  yy: "(?<short>\\d{2})",
  MMM: "(?<name>[A-Za-z]{3})",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  dd: "(?<day>\\d{2})",
  d: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{2})",
  H: "(?<hour>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  ss: "(?<second>\\d{2})",
  SSS: "\\d{3}",
};

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

export const DATE_LETTERS = Object.keys(TOKENS);

/** A pattern such as `yyyy-MM-dd HH:mm:ss`; letters outside the known ones are put in quotes: `yyyy-MM-dd'T'HH:mm`. */
export function datePattern(text: string): DatePattern | undefined {
  if (text === "yyyy-MM-dd") return { text, read: readIsoDay };
  let source = "";
  const names: string[] = [];
  for (const part of text.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? []) {
    if (part.startsWith("'")) source += escaped(part.slice(1, -1));
    else if (/^[A-Za-z]/.test(part)) {
      const token = TOKENS[part];
      if (!token) return undefined;
      const name = /<(\w+)>/.exec(token)?.[1];
      if (name && names.includes(name)) return undefined;
      if (name) names.push(name);
      source += token;
    } else source += escaped(part);
  }
  const has = (...any: string[]) => any.some((name) => names.includes(name));
  if (!has("year", "short") || !has("month", "name") || !has("day")) return undefined;
  const pattern = new RegExp(`^${source}$`);
  return {
    text,
    read: (found) => {
      const group = pattern.exec(found)?.groups;
      if (!group) return undefined;
      // Two digits are read as 1970 to 2069: no loan on a living book was paid out before 1970.
      const short = Number(group.short);
      const year = group.year !== undefined ? Number(group.year) : short + (short < 70 ? 2000 : 1900);
      const month = group.name ? MONTHS.indexOf(group.name.toLowerCase()) + 1 : Number(group.month);
      if (Number(group.hour ?? 0) > 23 || Number(group.minute ?? 0) > 59 || Number(group.second ?? 0) > 60)
        return "impossible";
      return realDay(year, month, Number(group.day)) ?? "impossible";
    },
  };
}

function readIsoDay(text: string): Day | "impossible" | undefined {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (year < 0 || month < 0 || day < 0) return undefined;
  return realDay(year, month, day) ?? "impossible";
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i) - 48;
    if (code < 0 || code > 9) return -1;
    value = value * 10 + code;
  }
  return value;
}

export const ISO_DAYS: readonly DatePattern[] = [{ text: "yyyy-MM-dd", read: readIsoDay }];

/** Reads a day by the patterns of the map. Two patterns that read two different days out of one text are a refusal. */
export function readDay(text: string, patterns: readonly DatePattern[]): Day | Trouble {
  const usual = patterns.length === 1 ? patterns[0]!.read(text) : undefined;
  if (typeof usual === "number") return usual;
  const found = plain(text);
  let day: Day | undefined;
  let impossible = false;
  for (const pattern of patterns) {
    const read = pattern.read(found);
    if (read === "impossible") impossible = true;
    else if (read !== undefined && day !== undefined && read !== day)
      return {
        code: "ambiguous-date",
        says: `Found "${shown(text)}", which the date patterns of the map read as different days: leave one pattern (formats: date).`,
      };
    else day = read ?? day;
  }
  if (day !== undefined) return day;
  const expected = patterns.map((pattern) => pattern.text).join(" or ");
  if (impossible)
    return {
      code: "impossible-date",
      says: `Found "${shown(text)}", a day that does not exist between 1900 and 2199: correct the date (written ${expected}).`,
    };
  return {
    code: "bad-date",
    says: `Found "${shown(text)}", expected a date written ${expected}: correct the date or the pattern (formats: date).`,
  };
}

/** An exact decimal: `units / 10^scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export function decimal(number: string): Decimal {
  const [whole = "", fraction = ""] = number.replace(/^\+/, "").split(".");
  const units = BigInt(`${whole.replace("-", "")}${fraction}` || "0");
  return { units: number.startsWith("-") ? -units : units, scale: fraction.length };
}

export function plus(a: Decimal, b: Decimal, sign: 1n | -1n): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const up = (x: Decimal) => x.units * 10n ** BigInt(scale - x.scale);
  return { units: up(a) + sign * up(b), scale };
}

export const times = (a: Decimal, b: Decimal): Decimal => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
});

export function rounded(value: Decimal, decimals: number, mode: RoundingMode): Decimal {
  if (value.scale <= decimals) return value;
  const power = 10n ** BigInt(value.scale - decimals);
  const size = value.units < 0n ? -value.units : value.units;
  const whole = size / power;
  const twice = (size % power) * 2n;
  const up =
    mode === "up"
      ? twice > 0n
      : mode === "half-up"
        ? twice >= power
        : mode === "half-even" && (twice > power || (twice === power && whole % 2n === 1n));
  const units = whole + (up ? 1n : 0n);
  return { units: value.units < 0n ? -units : units, scale: decimals };
}

/** As `-15.8`: no zeros at the end. */
export function formatDecimal({ units, scale }: Decimal): string {
  const size = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const fraction = size.slice(size.length - scale).replace(/0+$/, "");
  const whole = size.slice(0, size.length - scale);
  return `${units < 0n ? "-" : ""}${whole}${scale > 0 && fraction ? `.${fraction}` : ""}`;
}
