import type { Day } from "./calendar.ts";
import {
  CHARGE_KINDS,
  type EntryReversed,
  type HoldLifted,
  type HoldPlaced,
  type MoneyFact,
  REPLANS,
  type Replan,
  WAIVABLE_KINDS,
} from "./facts.ts";
import { HOLD_KINDS } from "./holds.ts";
import {
  dayAt,
  everyAt,
  Impossible,
  type Json,
  known,
  listAt,
  mapAt,
  moneyAt,
  moneyOrZeroAt,
  oneOf,
  rateAt,
  textAt,
  wholeAt,
} from "./json-in.ts";
import { MOST_PARTS, type PromiseFact, type PromisePart } from "./promise.ts";
import { type RatePeriod, rateToE8 } from "./rate.ts";
import { METHODS } from "./terms.ts";
import { ok, type Refusal, type Result } from "./trouble.ts";

/** What a person or a file can record on a loan. */
export type RecordedFact = MoneyFact | EntryReversed | HoldPlaced | HoldLifted | PromiseFact;

/** What an event is read by: where it stands, and what the loan's product says of its figures. */
export interface EventContext {
  /** Where the event stands in its request, before a key: `events[3].`; empty in a file, whose rows are told by line. */
  readonly at: string;
  /** What it is called unless it says. */
  readonly id: string;
  readonly decimals: number;
  readonly ratePer: RatePeriod;
  readonly disbursedOn: Day;
}

interface Common {
  /** Booked on. */
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
}

type Reader = (event: Json, common: Common, context: EventContext) => RecordedFact;

/** Each kind of event: the keys that it takes beside those of all, and how they are read. */
const KINDS: Readonly<Record<string, { readonly keys: readonly string[]; readonly read: Reader }>> = {
  payment: {
    keys: ["amount"],
    read: (event, common, { decimals, at }) => ({
      kind: "PaymentReceived",
      ...common,
      amount: moneyAt(event.amount, decimals, `${at}amount`),
    }),
  },
  reversal: {
    keys: ["of", "reason"],
    read: (event, { on }, { at }) => ({
      kind: "EntryReversed",
      on,
      id: textAt(event.of, `${at}of`),
      reason: reasonAt(event, at),
    }),
  },
  charge: {
    keys: ["amount", "charge", "dueOn", "reason"],
    read: (event, common, { decimals, at }) => ({
      kind: "ChargeAdded",
      ...common,
      charge: oneOf(event.charge ?? "fee", CHARGE_KINDS, `${at}charge`),
      amount: moneyAt(event.amount, decimals, `${at}amount`),
      ...(event.dueOn === undefined ? {} : { dueOn: dayAt(event.dueOn, `${at}dueOn`) }),
      reason: reasonAt(event, at),
    }),
  },
  waiver: {
    keys: ["amount", "claim", "reason"],
    read: (event, common, { decimals, at }) => ({
      kind: "ClaimWaived",
      ...common,
      claim: oneOf(event.claim, WAIVABLE_KINDS, `${at}claim`),
      amount: moneyAt(event.amount, decimals, `${at}amount`),
      reason: reasonAt(event, at),
    }),
  },
  pause: {
    keys: ["until", "lateInterest"],
    read: (event, common, { at }) => {
      const until = event.until === undefined ? undefined : dayAt(event.until, `${at}until`);
      return {
        kind: "AgeingPaused",
        ...common,
        ...(until === undefined ? {} : { until }),
        lateInterest: runsOrStops(event, at),
      };
    },
  },
  resume: { keys: [], read: (_event, common) => ({ kind: "AgeingResumed", ...common }) },
  acceleration: { keys: [], read: (_event, common) => ({ kind: "LoanAccelerated", ...common }) },
  settlement: {
    keys: ["amount", "by"],
    read: (event, common, { decimals, at }) => ({
      kind: "SettlementAgreed",
      ...common,
      amount: moneyAt(event.amount, decimals, `${at}amount`),
      by: dayAt(event.by, `${at}by`),
    }),
  },
  refund: {
    keys: ["amount"],
    read: (event, common, { decimals, at }) => ({
      kind: "RefundPaid",
      ...common,
      amount: moneyAt(event.amount, decimals, `${at}amount`),
    }),
  },
  "write-off": {
    keys: ["lateInterest"],
    read: (event, common, { at }) => ({
      kind: "WrittenOff",
      ...common,
      lateInterest: runsOrStops(event, at),
    }),
  },
  assignment: {
    keys: ["to", "noticeOn"],
    read: (event, common, { at }) => ({
      kind: "LoanAssigned",
      ...common,
      to: textAt(event.to, `${at}to`),
      ...(event.noticeOn === undefined ? {} : { noticeOn: dayAt(event.noticeOn, `${at}noticeOn`) }),
    }),
  },
  judgment: {
    keys: ["principal", "interest", "costs", "performBy", "percentADay"],
    read: (event, common, { decimals, at }) => ({
      kind: "JudgmentEntered",
      ...common,
      principal: moneyOrZeroAt(event.principal, decimals, `${at}principal`),
      interest: moneyOrZeroAt(event.interest ?? "0", decimals, `${at}interest`),
      costs: moneyOrZeroAt(event.costs ?? "0", decimals, `${at}costs`),
      performBy: dayAt(event.performBy, `${at}performBy`),
      ...(event.percentADay === undefined
        ? {}
        : { interestE8ADay: e8At(event.percentADay, "day", `${at}percentADay`) }),
    }),
  },
  ...Object.fromEntries(REPLANS.map((how) => [how, replanOf(how)])),
};

/** Kinds that move money or the plan: what `calc position` takes. */
export const EVENT_KINDS: readonly string[] = Object.keys(KINDS);

const HOLD_READERS: typeof KINDS = {
  hold: {
    keys: ["hold", "until", "part"],
    read: (event, { on }, { at, decimals }) => {
      const hold = oneOf(event.hold, HOLD_KINDS, `${at}hold`);
      if (event.part !== undefined && hold !== "dispute")
        throw new Impossible("part-of-what", "only a dispute can be about a part", `${at}part`);
      return {
        kind: "HoldPlaced",
        on,
        hold,
        until: event.until === undefined ? null : dayAt(event.until, `${at}until`),
        ...(event.part === undefined ? {} : { part: moneyAt(event.part, decimals, `${at}part`) }),
      };
    },
  },
  lift: {
    keys: ["hold"],
    read: (event, { on }, { at }) => ({
      kind: "HoldLifted",
      on,
      hold: oneOf(event.hold, HOLD_KINDS, `${at}hold`),
    }),
  },
};

const PROMISE_READERS: typeof KINDS = {
  promise: {
    keys: ["amount", "by", "parts", "takenBy", "contact", "replaces"],
    read: (event, common, context) => {
      const { at } = context;
      const said = {
        ...common,
        parts: partsAt(event, context),
        ...(event.takenBy === undefined ? {} : { takenBy: textAt(event.takenBy, `${at}takenBy`) }),
        ...(event.contact === undefined ? {} : { contact: textAt(event.contact, `${at}contact`) }),
      };
      return event.replaces === undefined
        ? { kind: "PromiseMade", ...said }
        : { kind: "PromiseReplaced", ...said, replaces: textAt(event.replaces, `${at}replaces`) };
    },
  },
  "promise-withdrawal": {
    keys: ["of", "reason"],
    read: (event, { on }, { at }) => ({
      kind: "PromiseWithdrawn",
      on,
      id: textAt(event.of, `${at}of`),
      reason: reasonAt(event, at),
    }),
  },
};

const RECORDED = { ...KINDS, ...HOLD_READERS, ...PROMISE_READERS };

/** Kinds that can be recorded on a loan of a book: the same, holds and promises. */
export const RECORD_KINDS: readonly string[] = Object.keys(RECORDED);

/** The keys of a kind beside `id`, `on` and `kind`, which all have. */
export const keysOfKind = (kind: string): readonly string[] => RECORDED[kind]?.keys ?? [];

/**
 * An event as it is written, as a fact: the one reader of requests, files and command lines.
 *
 * Takes   keys in camelCase; money and rates as text, days as ISO. A reversal is booked on its own day and undoes the
 *         event `of` which it is. `bookedOn` is the event's own day unless given.
 * Refuses by throwing `Impossible`; `readEvent` gives the refusal as a value.
 */
export function eventAt(event: Json, context: EventContext, kinds = EVENT_KINDS): RecordedFact {
  const { at, disbursedOn } = context;
  const kind = oneOf(event.kind, kinds, `${at}kind`);
  const { keys, read } = RECORDED[kind]!;
  known(event, ["id", "on", "bookedOn", "kind", ...keys], at.replace(/\.$/, ""));
  const valueOn = dayAt(event.on, `${at}on`);
  if (valueOn < disbursedOn)
    throw new Impossible("before-payout", "an event comes after the pay-out", `${at}on`);
  const on = event.bookedOn === undefined ? valueOn : dayAt(event.bookedOn, `${at}bookedOn`);
  const id = event.id === undefined ? context.id : textAt(event.id, `${at}id`);
  const fact = read(event, { on, id, valueOn }, context);
  const no = misordered(fact);
  if (no) throw new Impossible(no.code, no.says, `${at}${no.at}`);
  return fact;
}

/** The same of any kind that can be recorded, with the refusal as a value. */
export function readEvent(event: Json, context: EventContext): Result<RecordedFact> {
  try {
    return ok(eventAt(event, context, RECORD_KINDS));
  } catch (error) {
    if (error instanceof Impossible) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** Days of a fact that contradict each other, whatever loan it is for. */
export function misordered(fact: RecordedFact): Refusal | undefined {
  const no = (says: string, at: string): Refusal => ({ code: "order-of-days", says, at });
  switch (fact.kind) {
    case "AgeingPaused":
      return fact.until !== undefined && fact.until <= fact.valueOn
        ? no("a pause ends after the day it begins", "until")
        : undefined;
    case "PlanReplaced":
      return fact.firstDueOn <= fact.valueOn
        ? no("the first day of a new plan comes after the day of the change", "firstDueOn")
        : undefined;
    case "SettlementAgreed":
      return fact.by < fact.valueOn
        ? no("the last day to pay an agreed sum is not before the day of the agreement", "by")
        : undefined;
    case "JudgmentEntered":
      return fact.performBy < fact.valueOn
        ? no("the last day to perform is not before the day of the judgment", "performBy")
        : undefined;
    case "PromiseMade":
    case "PromiseReplaced": {
      if (fact.parts[0]!.on < fact.valueOn)
        return no("a promise is for the day it is made on or a later one", "by");
      const disordered = fact.parts.some((part, i) => i > 0 && part.on <= fact.parts[i - 1]!.on);
      return disordered ? no("the days of a promise stand in order, each once", "parts") : undefined;
    }
    case "HoldPlaced":
      return fact.until !== null && fact.until < fact.on
        ? no("the last day of a hold is not before the day it begins", "until")
        : undefined;
    default:
      return undefined;
  }
}

/** Keys whose values are whole numbers where they are written as JSON. */
const WHOLE = ["installments"];

/**
 * An event whose values are all text, as cells of a file or options of a command are: names in snake_case or kebab-case,
 * empty ones left out. The period of a new plan is written flat: `every_months`, `every_weeks`, `every_days`.
 */
export function eventOfTexts(texts: Iterable<readonly [string, string]>): Json {
  const event: Json = {};
  for (const [name, text] of texts) {
    const value = text.trim();
    if (value === "") continue;
    const unit = /^every[_-](months|weeks|days)$/.exec(name)?.[1];
    if (unit) event.every = { ...(event.every as Json | undefined), [unit]: wholeOf(value) };
    else {
      const key = name.replace(/[_-]([a-z])/g, (_, letter: string) => letter.toUpperCase());
      event[key] = WHOLE.includes(key) ? wholeOf(value) : value;
    }
  }
  return event;
}

const wholeOf = (text: string): unknown => (/^\d{1,9}$/.test(text) ? Number(text) : text);

/** Terms that replace the loan's: of a `deferral` or a `re-age` only the dates, of a `restructure` any. */
function replanOf(how: Replan): { keys: readonly string[]; read: Reader } {
  return {
    keys: ["firstDueOn", "installments", "rate", "method", "every", "interest", "late"],
    read: (event, common, { ratePer, at }) => {
      return {
        kind: "PlanReplaced",
        ...common,
        how,
        firstDueOn: dayAt(event.firstDueOn, `${at}firstDueOn`),
        ...(event.installments === undefined
          ? {}
          : { installments: wholeAt(event.installments, 1, 600, `${at}installments`) }),
        ...(event.rate === undefined ? {} : { rateE8: e8At(event.rate, ratePer, `${at}rate`) }),
        ...(event.method === undefined ? {} : { method: oneOf(event.method, METHODS, `${at}method`) }),
        ...(event.every === undefined ? {} : { every: everyAt(event.every, `${at}every`) }),
        interest: oneOf(
          event.interest ?? "carry",
          ["carry", "capitalise", "waive"] as const,
          `${at}interest`,
        ),
        late: oneOf(event.late ?? "keep", ["keep", "capitalise", "waive"] as const, `${at}late`),
      };
    },
  };
}

/** One day and sum as `amount` and `by`, or several as `parts`: a list, or text such as "2026-03-10 300.00; 2026-03-20 200.00". */
function partsAt(event: Json, { at, decimals }: EventContext): PromisePart[] {
  if (event.parts === undefined)
    return [{ on: dayAt(event.by, `${at}by`), amount: moneyAt(event.amount, decimals, `${at}amount`) }];
  for (const key of ["amount", "by"])
    if (event[key] !== undefined)
      throw new Impossible("either-or", `a promise has either amount and by, or parts`, `${at}${key}`);
  const parts =
    typeof event.parts === "string"
      ? event.parts.split(";").map((text) => {
          const [on, amount, more] = text.trim().split(/\s+/);
          return more === undefined ? { on, amount } : {};
        })
      : listAt(event.parts, `${at}parts`);
  if (parts.length < 1 || parts.length > MOST_PARTS)
    throw new Impossible(
      "not-in-range",
      `a promise has 1 to ${MOST_PARTS} parts, found ${parts.length}; what takes longer is an arrangement`,
      `${at}parts`,
    );
  return parts.map((part) => {
    const { on, amount } = mapAt(part, `${at}parts`);
    return { on: dayAt(on, `${at}parts`), amount: moneyAt(amount, decimals, `${at}parts`) };
  });
}

/** A rate as text in percent of the loan's own period, or with a period of the same kind. */
function e8At(value: unknown, per: RatePeriod, at: string): number {
  const given = typeof value === "object" && value !== null ? (value as Json) : { percent: value, per };
  known(given, ["percent", "per"], at);
  if (given.per !== per)
    throw new Impossible("another-period", `a new rate is told per ${per}, as the loan's is`, `${at}.per`);
  const rate = rateAt(given.percent, per, at);
  const e8 = rateToE8(rate);
  if (e8 !== undefined) return e8;
  throw new Impossible(
    "rate-too-fine",
    "a new rate has up to six decimals of a percent, up to 2147 percent",
    at,
  );
}

const reasonAt = (event: Json, at: string): string =>
  event.reason === undefined ? "" : textAt(event.reason, `${at}reason`);

const runsOrStops = (event: Json, at: string): "runs" | "stops" =>
  oneOf(event.lateInterest ?? "runs", ["runs", "stops"] as const, `${at}lateInterest`);
