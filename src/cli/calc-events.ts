import {
  CHARGE_KINDS,
  type Day,
  type Fact,
  type LoanTerms,
  METHODS,
  REPLANS,
  type Replan,
  rateToE8,
  WAIVABLE_KINDS,
} from "../core/index.ts";
import { everyAt } from "./calc-terms.ts";
import {
  dayAt,
  Impossible,
  type Json,
  known,
  moneyAt,
  moneyOrZeroAt,
  oneOf,
  rateAt,
  textAt,
  wholeAt,
} from "./json-in.ts";

export interface EventContext {
  readonly terms: LoanTerms;
  readonly decimals: number;
}

interface Common {
  /** Booked on. */
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
}

type Reader = (event: Json, common: Common, context: EventContext, at: string) => Fact;

/** Each kind of event: the keys that it takes beside those of all, and how they are read. */
const KINDS: Readonly<Record<string, { readonly keys: readonly string[]; readonly read: Reader }>> = {
  payment: {
    keys: ["amount"],
    read: (event, common, { decimals }, at) => ({
      kind: "PaymentReceived",
      ...common,
      amount: moneyAt(event.amount, decimals, `${at}.amount`),
    }),
  },
  reversal: {
    keys: ["of", "reason"],
    read: (event, { on }, _context, at) => ({
      kind: "EntryReversed",
      on,
      id: textAt(event.of, `${at}.of`),
      reason: reasonAt(event, at),
    }),
  },
  charge: {
    keys: ["amount", "charge", "dueOn", "reason"],
    read: (event, common, { decimals }, at) => ({
      kind: "ChargeAdded",
      ...common,
      charge: oneOf(event.charge ?? "fee", CHARGE_KINDS, `${at}.charge`),
      amount: moneyAt(event.amount, decimals, `${at}.amount`),
      ...(event.dueOn === undefined ? {} : { dueOn: dayAt(event.dueOn, `${at}.dueOn`) }),
      reason: reasonAt(event, at),
    }),
  },
  waiver: {
    keys: ["amount", "claim", "reason"],
    read: (event, common, { decimals }, at) => ({
      kind: "ClaimWaived",
      ...common,
      claim: oneOf(event.claim, WAIVABLE_KINDS, `${at}.claim`),
      amount: moneyAt(event.amount, decimals, `${at}.amount`),
      reason: reasonAt(event, at),
    }),
  },
  pause: {
    keys: ["until", "lateInterest"],
    read: (event, common, _context, at) => {
      const until = event.until === undefined ? undefined : dayAt(event.until, `${at}.until`);
      if (until !== undefined && until <= common.valueOn)
        throw new Impossible("order-of-days", "a pause ends after the day it begins", `${at}.until`);
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
    read: (event, common, { decimals }, at) => ({
      kind: "SettlementAgreed",
      ...common,
      amount: moneyAt(event.amount, decimals, `${at}.amount`),
      by: dayAt(event.by, `${at}.by`),
    }),
  },
  refund: {
    keys: ["amount"],
    read: (event, common, { decimals }, at) => ({
      kind: "RefundPaid",
      ...common,
      amount: moneyAt(event.amount, decimals, `${at}.amount`),
    }),
  },
  "write-off": {
    keys: ["lateInterest"],
    read: (event, common, _context, at) => ({
      kind: "WrittenOff",
      ...common,
      lateInterest: runsOrStops(event, at),
    }),
  },
  assignment: {
    keys: ["to", "noticeOn"],
    read: (event, common, _context, at) => ({
      kind: "LoanAssigned",
      ...common,
      to: textAt(event.to, `${at}.to`),
      ...(event.noticeOn === undefined ? {} : { noticeOn: dayAt(event.noticeOn, `${at}.noticeOn`) }),
    }),
  },
  judgment: {
    keys: ["principal", "interest", "costs", "performBy", "percentADay"],
    read: (event, common, { decimals }, at) => ({
      kind: "JudgmentEntered",
      ...common,
      principal: moneyOrZeroAt(event.principal, decimals, `${at}.principal`),
      interest: moneyOrZeroAt(event.interest ?? "0", decimals, `${at}.interest`),
      costs: moneyOrZeroAt(event.costs ?? "0", decimals, `${at}.costs`),
      performBy: dayAt(event.performBy, `${at}.performBy`),
      ...(event.percentADay === undefined
        ? {}
        : { interestE8ADay: e8At(event.percentADay, "day", `${at}.percentADay`) }),
    }),
  },
  ...Object.fromEntries(REPLANS.map((how) => [how, replanOf(how)])),
};

export const EVENT_KINDS = Object.keys(KINDS);

/**
 * An event of a request as a fact. Without `id` it is called by its place; `bookedOn` is its own day unless given; a
 * reversal is booked on its own day and undoes the event `of` which it is.
 */
export function eventAt(event: Json, place: number, context: EventContext): Fact {
  const at = `events[${place}]`;
  const kind = oneOf(event.kind, EVENT_KINDS, `${at}.kind`);
  const { keys, read } = KINDS[kind]!;
  known(event, ["id", "on", "bookedOn", "kind", ...keys], at);
  const valueOn = dayAt(event.on, `${at}.on`);
  if (valueOn < context.terms.disbursedOn)
    throw new Impossible("before-payout", "an event comes after the pay-out", `${at}.on`);
  const on = event.bookedOn === undefined ? valueOn : dayAt(event.bookedOn, `${at}.bookedOn`);
  const id = event.id === undefined ? `event ${place}` : textAt(event.id, `${at}.id`);
  return read(event, { on, id, valueOn }, context, at);
}

/** Terms that replace the loan's: of a `deferral` or a `re-age` only the dates, of a `restructure` any. */
function replanOf(how: Replan): { keys: readonly string[]; read: Reader } {
  return {
    keys: ["firstDueOn", "installments", "rate", "method", "every", "interest", "late"],
    read: (event, common, { terms }, at) => {
      const firstDueOn = dayAt(event.firstDueOn, `${at}.firstDueOn`);
      if (firstDueOn <= common.valueOn)
        throw new Impossible(
          "order-of-days",
          "the first day of a new plan comes after the day of the change",
          `${at}.firstDueOn`,
        );
      return {
        kind: "PlanReplaced",
        ...common,
        how,
        firstDueOn,
        ...(event.installments === undefined
          ? {}
          : { installments: wholeAt(event.installments, 1, 600, `${at}.installments`) }),
        ...(event.rate === undefined ? {} : { rateE8: e8At(event.rate, terms.rate.per, `${at}.rate`) }),
        ...(event.method === undefined ? {} : { method: oneOf(event.method, METHODS, `${at}.method`) }),
        ...(event.every === undefined ? {} : { every: everyAt(event.every, `${at}.every`) }),
        interest: oneOf(
          event.interest ?? "carry",
          ["carry", "capitalise", "waive"] as const,
          `${at}.interest`,
        ),
        late: oneOf(event.late ?? "keep", ["keep", "capitalise", "waive"] as const, `${at}.late`),
      };
    },
  };
}

/** A rate as text in percent of the loan's own period, or with a period of the same kind. */
function e8At(value: unknown, per: LoanTerms["rate"]["per"], at: string): number {
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
  event.reason === undefined ? "" : textAt(event.reason, `${at}.reason`);

const runsOrStops = (event: Json, at: string): "runs" | "stops" =>
  oneOf(event.lateInterest ?? "runs", ["runs", "stops"] as const, `${at}.lateInterest`);
