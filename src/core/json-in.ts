import { type Day, parseDay } from "./calendar.ts";
import { type Minor, parseMoney, ZERO } from "./money.ts";
import { type Every, type Fraction, parseRate, RATE_PERIODS, type Rate, reduce } from "./rate.ts";
import { nearest, type Refusal } from "./trouble.ts";

export type Json = Record<string, unknown>;

/**
 * What was written cannot be read. Thrown by the readers below, so that each reads like a list of what it takes; whoever
 * calls them catches it and gives the refusal as a value.
 */
export class Impossible extends Error {
  readonly refusal: Refusal;
  constructor(code: string, says: string, at: string) {
    super(says);
    this.refusal = { code, says, at };
  }
}

export function known(map: Json, keys: readonly string[], at: string): void {
  for (const key of Object.keys(map)) {
    if (keys.includes(key)) continue;
    const near = nearest(key, keys);
    const hint = near ? `did you mean "${near}"?` : `known are ${keys.join(", ")}`;
    throw new Impossible("unknown-key", `"${key}" is not known here; ${hint}`, at ? `${at}.${key}` : key);
  }
}

export function mapAt(value: unknown, at: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new Impossible("not-an-object", "expected an object", at);
}

export function listAt(value: unknown, at: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Impossible("not-a-list", "expected a list", at);
}

export function oneOf<T extends string>(value: unknown, choices: readonly T[], at: string): T {
  if (choices.includes(value as T)) return value as T;
  const near = nearest(String(value), choices);
  const hint = near ? `did you mean "${near}"?` : `one of ${choices.join(", ")}`;
  throw new Impossible("unknown-value", `"${value}" is not known here; ${hint}`, at);
}

export function dayAt(value: unknown, at: string): Day {
  const day = typeof value === "string" ? parseDay(value) : undefined;
  if (day === undefined)
    throw new Impossible("not-a-day", `"${value}" is not a calendar day; write 2026-03-31`, at);
  return day;
}

export function moneyAt(value: unknown, decimals: number, at: string): Minor {
  const amount = typeof value === "string" ? parseMoney(value, decimals) : undefined;
  if (amount === undefined || amount <= 0)
    throw new Impossible(
      "not-an-amount",
      `"${value}" is no positive amount up to 9.0e15 minor units; write it as text, "1234.50"`,
      at,
    );
  return amount;
}

export function moneyOrZeroAt(value: unknown, decimals: number, at: string): Minor {
  const amount = typeof value === "string" ? parseMoney(value, decimals) : undefined;
  return amount === ZERO ? ZERO : moneyAt(value, decimals, at);
}

export function textAt(value: unknown, at: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Impossible("not-a-text", `expected some text, found ${JSON.stringify(value)}`, at);
}

export function flagAt(value: unknown, at: string): boolean {
  if (typeof value === "boolean") return value;
  throw new Impossible("not-a-flag", `expected true or false, found ${JSON.stringify(value)}`, at);
}

/** An exact decimal number of up to four decimals, as text or as a number. */
export function fractionAt(value: unknown, what: string, example: string, at: string): Fraction {
  const match = /^(\d{1,4})(?:\.(\d{1,4}))?$/.exec(String(value));
  if (!match) throw new Impossible("not-a-number", `"${value}" is not ${what} "${example}"`, at);
  const decimals = match[2] ?? "";
  return reduce(Number(match[1] + decimals), 10 ** decimals.length);
}

export function wholeAt(value: unknown, least: number, most: number, at: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most)
    return value as number;
  throw new Impossible(
    "not-in-range",
    `expected a whole number from ${least} to ${most}, found ${value}`,
    at,
  );
}

export function rateAt(percent: unknown, per: unknown, at: string): Rate {
  const period = oneOf(per, RATE_PERIODS, `${at}.per`);
  const rate = typeof percent === "string" ? parseRate(percent, period) : undefined;
  if (!rate)
    throw new Impossible("not-a-rate", `"${percent}" is no rate; write it as text, "0.05"`, `${at}.percent`);
  return rate;
}

export function everyAt(value: unknown, at: string): Every {
  const every = mapAt(value, at);
  known(every, ["months", "weeks", "days"], at);
  const units = Object.keys(every);
  if (units.length !== 1) throw new Impossible("one-unit", 'a period has one unit: {"months":1}', at);
  const unit = units[0] as "months" | "weeks" | "days";
  return { [unit]: wholeAt(every[unit], 1, 400, `${at}.${unit}`) } as Every;
}

const YES = ["yes", "true", "是"];
const NO = ["no", "false", "否"];

/** Yes or no, as a flag or as a word in either language. */
export function yesAt(value: unknown, at: string): boolean {
  if (typeof value === "boolean") return value;
  const text = String(value).toLowerCase();
  if (YES.includes(text)) return true;
  if (NO.includes(text)) return false;
  const near = nearest(text, ["yes", "no"]);
  throw new Impossible(
    "not-yes-or-no",
    `"${value}" is neither yes nor no${near ? `; did you mean "${near}"?` : ""}`,
    at,
  );
}
