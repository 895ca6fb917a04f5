import { parseMinute, parseMoney } from "../../src/core/index.ts";
import { show, type ValueCheck } from "../params.ts";

/** The shapes of this pack's values. A file is checked against them before anything is built from it. */

type Values = Readonly<Record<string, unknown>>;

const expected =
  (fine: (value: unknown) => boolean, what: string): ValueCheck =>
  (value) =>
    fine(value) ? undefined : `found ${show(value)}, expected ${what}`;

const isMap = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
const isWords = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((word) => typeof word === "string" && word !== "" && word === word.toLowerCase());

/** Exactly these keys, each a whole number above zero. */
const counts = (...keys: readonly string[]): ValueCheck =>
  expected(
    (value) =>
      isMap(value) &&
      Object.keys(value).sort().join() === [...keys].sort().join() &&
      Object.values(value).every(isCount),
    `whole numbers above zero for ${keys.join(", ")}`,
  );

const hours = expected(
  (value) =>
    isMap(value) &&
    typeof value.from === "string" &&
    typeof value.to === "string" &&
    (parseMinute(value.from) ?? 1440) < (parseMinute(value.to) ?? -1),
  '{ from: "HH:MM", to: "HH:MM" }, the first earlier',
);

const words = expected(isWords, "a list of phrases in small letters");
const byLanguage = (isFine: (value: unknown) => boolean, what: string): ValueCheck =>
  expected(
    (value) => isMap(value) && value.en !== undefined && Object.values(value).every(isFine),
    `${what} for each language, en among them`,
  );

const isHoliday = (value: unknown): boolean => {
  if (
    !isMap(value) ||
    typeof value.name !== "string" ||
    !isCount(value.month) ||
    (value.month as number) > 12
  )
    return false;
  const keys = Object.keys(value).sort().join();
  if (keys === "day,month,name") return isCount(value.day) && (value.day as number) <= 28;
  return (
    keys === "month,name,nth,weekday" &&
    isCount(value.weekday) &&
    (value.weekday as number) <= 7 &&
    [1, 2, 3, 4, -1].includes(value.nth as number)
  );
};

export const KNOWN: Readonly<Record<string, ValueCheck>> = {
  "call.cap": counts("calls", "days"),
  "call.consent": counts("days"),
  "call.cool-off": counts("days"),
  "call.pattern": counts("minutes", "on_one_day"),
  "complaint.review": expected((value) => value === true, "true: the text is all there is"),
  "contact.cumulative": counts("contacts", "days"),
  "contact.hours": hours,
  "contact.hours.house": hours,
  "email.refusal": counts("days"),
  "furnish.age": counts("years", "days"),
  "furnish.age.accounts": counts("years"),
  "furnish.dispute": counts("days"),
  "furnish.from-day": counts("day"),
  "furnish.history": counts("months"),
  "furnish.start-told": counts("days"),
  "furnish.status": expected((value) => {
    const from = isMap(value) ? value.from : undefined;
    return (
      Array.isArray(from) &&
      from.length > 0 &&
      from.every((n, i) => isCount(n) && (i === 0 || n > from[i - 1]))
    );
  }, "{ from: days past due, rising }"),
  "furnish.wait": counts("days"),
  "help-line.consumer": expected(
    (value) => isMap(value) && typeof value.at === "string" && Object.keys(value).join() === "at",
    "{ at: a site }",
  ),
  "hardship.answer": counts("days"),
  "hardship.grace": counts("days", "times"),
  "hardship.length": counts("usual", "hardship"),
  "hardship.limit": expected(
    (value) => isMap(value) && typeof value.above === "string" && parseMoney(value.above) !== undefined,
    '{ above: "50000.00" }',
  ),
  "hardship.offer": counts("days"),
  "hardship.remind": counts("days"),
  "hardship.rest": counts("days"),
  "holidays.federal": expected(
    (value) => Array.isArray(value) && value.every(isHoliday),
    "holidays, each { name, month, day } or { name, month, weekday, nth }",
  ),
  "holidays.in-lieu": expected((value) => typeof value === "boolean", "true or false"),
  "record.retention": counts("years"),
  "record.retention.regulation": counts("years"),
  "revocation.honoured": counts("business_days"),
  "text.debt": words,
  "text.disclosure": byLanguage(
    (value) => isMap(value) && ["collecting", "use", "collector"].every((key) => isWords(value[key])),
    "{ collecting, use, collector }",
  ),
  "text.fresh": counts("days"),
  "text.opt-out": byLanguage(isWords, "a list of phrases in small letters"),
  "text.suit": words,
  "validation.due": counts("days"),
  "validation.period": counts("days", "assumed_receipt"),
};
