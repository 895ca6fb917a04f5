import type { Day } from "./calendar.ts";
import {
  ASSETS_OUTCOMES,
  CLOSED_WHYS,
  DISHONEST_GROUNDS,
  type EnforcementApplied,
  type EnforcementFact,
  LIST_MOVES,
  LIST_NAMES,
  MEASURE_ENDED_WHYS,
  MEASURE_TYPES,
  PENALTY_KINDS,
  RECOVERED_HOWS,
  REJECTED_WHYS,
  REMOVAL_CASES,
  RESUMED_WHYS,
  STAY_WHYS,
} from "./enforcement-facts.ts";
import {
  Impossible,
  type Json,
  known,
  moneyAt,
  oneOf,
  dayAt as readDay,
  textAt,
  wholeAt,
  yesAt,
} from "./json-in.ts";
import type { Minor } from "./money.ts";
import { ok, type Result } from "./trouble.ts";
import type { Instant } from "./zone.ts";

/** What an entry about an enforcement is read by. */
export interface EnforcementEventContext {
  /** The enforcement, the entry's own name, who makes it, when, and on which business day. */
  readonly id: string;
  readonly event: string;
  readonly by: string;
  readonly at: Instant;
  readonly on: Day;
  readonly decimals: number;
}

/** Everything but the application, which is read from the judgment. */
export type EnforcementEntry = Exclude<EnforcementFact, EnforcementApplied>;

type Common = Pick<EnforcementEntry, "id" | "event" | "by" | "at" | "on" | "dated" | "proof" | "note">;

interface Kind {
  readonly keys: readonly string[];
  readonly read: (event: Json, common: Common, context: EnforcementEventContext) => EnforcementEntry;
}

const KINDS: Readonly<Record<string, Kind>> = {
  accepted: {
    keys: ["number"],
    read: ({ number }, common) => ({
      kind: "EnforcementAccepted",
      ...common,
      number: number === undefined ? "" : textAt(number, "number"),
    }),
  },
  rejected: {
    keys: ["why"],
    read: ({ why }, common) => ({
      kind: "EnforcementRejected",
      ...common,
      why: oneOf(why, REJECTED_WHYS, "why"),
    }),
  },
  noticed: {
    keys: ["performBy", "warned", "assetsOrdered"],
    read: ({ performBy, warned, assetsOrdered }, common) => ({
      kind: "EnforcementNoticed",
      ...common,
      performBy: readDay(performBy, "performBy"),
      warned: maybeYes(warned, true, "warned"),
      assetsOrdered: maybeYes(assetsOrdered, true, "assetsOrdered"),
    }),
  },
  assets: {
    keys: ["outcome"],
    read: ({ outcome }, common) => ({
      kind: "AssetsReported",
      ...common,
      outcome: oneOf(outcome, ASSETS_OUTCOMES, "outcome"),
    }),
  },
  wish: {
    keys: ["measure", "type", "what"],
    read: ({ measure, type, what }, common) => ({
      kind: "MeasureWished",
      ...common,
      measure: textAt(measure, "measure"),
      type: oneOf(type, MEASURE_TYPES, "type"),
      what: textAt(what, "what"),
    }),
  },
  granted: {
    keys: ["measure", "type", "what", "amount", "until", "keeps"],
    read: ({ measure, type, what, amount, until, keeps }, common, { decimals }) => ({
      kind: "MeasureGranted",
      ...common,
      measure: textAt(measure, "measure"),
      type: oneOf(type, MEASURE_TYPES, "type"),
      what: textAt(what, "what"),
      ...(amount === undefined ? {} : { amount: moneyAt(amount, decimals, "amount") }),
      ...(until === undefined ? {} : { until: readDay(until, "until") }),
      ...(keeps === undefined ? {} : { keeps: moneyAt(keeps, decimals, "keeps") }),
    }),
  },
  ended: {
    keys: ["measure", "why"],
    read: ({ measure, why }, common) => ({
      kind: "MeasureEnded",
      ...common,
      measure: textAt(measure, "measure"),
      why: oneOf(why, MEASURE_ENDED_WHYS, "why"),
    }),
  },
  recovered: {
    keys: ["amount", "how", "payment"],
    read: ({ amount, how, payment }, common, { decimals }) => ({
      kind: "MoneyRecovered",
      ...common,
      amount: moneyAt(amount, decimals, "amount"),
      how: oneOf(how ?? "paid", RECOVERED_HOWS, "how"),
      payment: payment === undefined ? `${common.id}/${common.event}` : textAt(payment, "payment"),
    }),
  },
  settled: {
    keys: ["parts"],
    read: ({ parts }, common, { decimals }) => ({
      kind: "EnforcementSettled",
      ...common,
      parts: parts === undefined ? [] : partsOfText(parts, decimals, "parts"),
    }),
  },
  broken: {
    keys: ["next"],
    read: ({ next }, common) => ({
      kind: "SettlementBroken",
      ...common,
      next: oneOf(next, ["resume", "sue"] as const, "next"),
    }),
  },
  stayed: {
    keys: ["why", "atRequest"],
    read: ({ why, atRequest }, common) => ({
      kind: "EnforcementStayed",
      ...common,
      why: oneOf(why, STAY_WHYS, "why"),
      atRequest: maybeYes(atRequest, false, "atRequest"),
    }),
  },
  resumed: {
    keys: ["why", "assets"],
    read: ({ why, assets }, common) => ({
      kind: "EnforcementResumed",
      ...common,
      why: oneOf(why, RESUMED_WHYS, "why"),
      ...(assets === undefined ? {} : { assets: textAt(assets, "assets") }),
    }),
  },
  "round-ended": {
    keys: ["approved", "listedIfQualified", "searched", "sought"],
    read: ({ approved, listedIfQualified, searched, sought }, common) => ({
      kind: "RoundEnded",
      ...common,
      approved: oneOf(approved, ["applicant", "panel-and-president"] as const, "approved"),
      listedIfQualified: maybeYes(listedIfQualified, false, "listedIfQualified"),
      searched: maybeYes(searched, false, "searched"),
      soughtAndSanctioned: maybeYes(sought, false, "sought"),
    }),
  },
  searched: {
    keys: ["found"],
    read: ({ found }, common) => ({
      kind: "AssetsSearched",
      ...common,
      found: maybeYes(found, false, "found"),
    }),
  },
  penalty: {
    keys: ["penalty", "amount", "days"],
    read: ({ penalty, amount, days }, common, { decimals }) => ({
      kind: "PenaltyImposed",
      ...common,
      penalty: oneOf(penalty, PENALTY_KINDS, "penalty"),
      ...(amount === undefined ? {} : { amount: moneyAt(amount, decimals, "amount") }),
      ...(days === undefined ? {} : { days: wholeAt(Number(days), 1, 1000, "days") }),
    }),
  },
  closed: {
    keys: ["why"],
    read: ({ why }, common) => ({
      kind: "EnforcementClosed",
      ...common,
      why: oneOf(why, CLOSED_WHYS, "why"),
    }),
  },
  list: {
    keys: ["list", "move", "ground", "years", "until", "case"],
    read: ({ list, move, ground, years, until, ...event }, common) => ({
      kind: "ListMoved",
      ...common,
      list: oneOf(list, LIST_NAMES, "list"),
      move: oneOf(move, LIST_MOVES, "move"),
      ...(ground === undefined ? {} : { ground: oneOf(ground, DISHONEST_GROUNDS, "ground") }),
      ...(years === undefined ? {} : { years: wholeAt(Number(years), 1, 10, "years") }),
      ...(until === undefined ? {} : { until: readDay(until, "until") }),
      ...(event.case === undefined ? {} : { case: oneOf(event.case, REMOVAL_CASES, "case") }),
    }),
  },
  reversed: {
    keys: ["of"],
    read: ({ of }, common) => ({
      kind: "EnforcementReversed",
      ...common,
      of: textAt(of, "of"),
      reason: common.note ?? "",
    }),
  },
};

/** What can be recorded of an enforcement once it was applied for. */
export const ENFORCEMENT_EVENT_KINDS: readonly string[] = Object.keys(KINDS);
/** The keys of such a kind, beside those which all have. */
export const keysOfEnforcementEvent = (kind: string): readonly string[] => KINDS[kind]?.keys ?? [];
/** Keys that every entry may have. */
export const ENFORCEMENT_COMMON_KEYS = ["kind", "dated", "proof", "note"] as const;

/**
 * An entry about an enforcement as it is written, as a fact: the one reader of files and command lines.
 *
 * Takes   keys in camelCase; days as ISO, sums and yes or no as text; `parts` as `DAY SUM; DAY SUM`.
 * Refuses by the codes of `json-in.ts`, `not-yes-or-no`, `not-parts`, `future-day`.
 */
export function readEnforcementEvent(
  event: Json,
  context: EnforcementEventContext,
  today: Day,
): Result<EnforcementEntry> {
  try {
    const name = oneOf(event.kind, ENFORCEMENT_EVENT_KINDS, "kind");
    const { keys, read } = KINDS[name]!;
    known(event, [...ENFORCEMENT_COMMON_KEYS, ...keys], "");
    const dated = event.dated === undefined ? today : readDay(event.dated, "dated");
    if (dated > today)
      throw new Impossible("future-day", "it is recorded when it has happened, not before", "dated");
    const { id, event: own, by, at, on } = context;
    const common = {
      on,
      at,
      id,
      event: own,
      by,
      dated,
      ...(event.proof === undefined ? {} : { proof: textAt(event.proof, "proof") }),
      ...(event.note === undefined ? {} : { note: textAt(event.note, "note") }),
    };
    return ok(read(event, common, context));
  } catch (error) {
    if (error instanceof Impossible) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** `2026-12-01 500.00; 2027-01-01 500.00`: days and sums, as a promise in parts is written. */
export const partsOfText = (
  value: unknown,
  decimals: number,
  at: string,
): readonly { readonly dueOn: Day; readonly amount: Minor }[] =>
  textAt(value, at)
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [day, sum, ...more] = part.split(/\s+/);
      if (sum === undefined || more.length > 0)
        throw new Impossible(
          "not-parts",
          `"${part}" is no day with its sum; write "2026-12-01 500.00; 2027-01-01 500.00"`,
          at,
        );
      return { dueOn: readDay(day, at), amount: moneyAt(sum, decimals, at) };
    });

const maybeYes = (value: unknown, usual: boolean, at: string): boolean =>
  value === undefined ? usual : yesAt(value, at);
