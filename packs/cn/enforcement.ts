import {
  type Day,
  formatDay,
  ok,
  parseMoney,
  type Result,
  refuse,
  type WorkCalendar,
} from "../../src/core/index.ts";
import {
  ENFORCEMENT_PERIODS,
  type EnforcementPeriod,
  type EnforcementRule,
  type Period,
  type PeriodRule,
  type Source,
} from "../../src/legal/index.ts";
import type { DatedValue, Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";
import { countingOf } from "./counting.ts";
import { sourceOf } from "./court.ts";

/** The first day that can be asked about: the Civil Procedure Law as revised in 2023. */
export const ENFORCEMENT_FROM = "2024-01-01";

/**
 * The law on enforcement, on the list of dishonest debtors and on limits of consumption, on a day.
 *
 * Takes   the day asked about; the calendar of days off.
 * Refuses `no-text-read`: a day before the Civil Procedure Law of 2023 came into force.
 * Source  `enforcement.*`, `dishonest.*`, `consumption.*`, `limitation.enforcement`.
 */
export function enforcementRule(pack: Pack, calendar: WorkCalendar, on: Day): Result<EnforcementRule> {
  const counting = countingOf(pack, calendar, on);
  const found = (name: string): DatedValue | undefined => valueOn(pack.params, name, on);
  if (!counting.ok || !found("enforcement.continue") || !found("limitation.enforcement"))
    return refuse(
      "no-text-read",
      `the law on enforcement of ${formatDay(on)} was not read; the first text is of ${ENFORCEMENT_FROM}`,
      "asOf",
    );
  const source = (name: string): Source => sourceOf(name, found(name)!);
  const value = (name: string) => found(name)!.value as Readonly<Record<string, number>>;
  const recheck = value("enforcement.round.recheck");
  const longest = value("enforcement.measures.longest");
  const { least, most } = value("dishonest.term.longer");
  const grace = value("dishonest.grace");
  return ok({
    counting: counting.value,
    periods: Object.fromEntries(
      ENFORCEMENT_PERIODS.map((name) => [name, { period: periodIn(value(name)), source: source(name) }]),
    ) as Readonly<Record<EnforcementPeriod, PeriodRule>>,
    recheck: {
      months: recheck.months!,
      years: recheck.years!,
      source: source("enforcement.round.recheck"),
    },
    longest: {
      deposits: longest.deposits!,
      movables: longest.movables!,
      other: longest.other!,
      source: source("enforcement.measures.longest"),
    },
    fine: {
      most: parseMoney((found("enforcement.refusal.fine")!.value as { most: string }).most)!,
      source: source("enforcement.refusal.fine"),
    },
    detention: {
      days: value("enforcement.refusal.detention").days!,
      source: source("enforcement.refusal.detention"),
    },
    term: { years: value("dishonest.term").years!, source: source("dishonest.term") },
    longer: { least: least!, most: most!, source: source("dishonest.term.longer") },
    grace: { least: grace.least!, most: grace.most!, source: source("dishonest.grace") },
    remindDays: value("enforcement.reminders").days!,
    chaseDays: value("enforcement.chase").working_days!,
    source,
  });
}

function periodIn({ days, months, years, working_days }: Readonly<Record<string, number>>): Period {
  if (days !== undefined) return { days };
  if (months !== undefined) return { months };
  return years !== undefined ? { years } : { workingDays: working_days! };
}
