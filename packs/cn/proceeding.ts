import { type Day, formatDay, ok, type Result, refuse, type WorkCalendar } from "../../src/core/index.ts";
import {
  type Period,
  type PeriodRule,
  PROCEEDING_PERIODS,
  PROCEEDING_POINTS,
  type ProceedingLaw,
  type ProceedingPeriod,
  type ProceedingPoint,
  type Source,
} from "../../src/legal/index.ts";
import type { Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";
import { countingOf } from "./counting.ts";
import { sourceOf } from "./court.ts";

/** What stands in the pack under another name, because messages of courts or limitation need it too. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  answer: "court.answer",
  notice: "court.hearing-notice",
  appeal: "court.appeal",
  "payment-order.objection": "court.payment-order",
  "payment-order.inability": "court.payment-order.inability",
  enforcement: "limitation.enforcement",
};

/**
 * The law on proceedings in force on a day, for `proceedingDays`.
 *
 * Refuses `no-text-read`: a day before the Civil Procedure Law as revised in 2023.
 * Source  `proceeding.*`, `court.*`, `limitation.enforcement`.
 */
export function proceedingLaw(pack: Pack, calendar: WorkCalendar, on: Day): Result<ProceedingLaw> {
  const counting = countingOf(pack, calendar, on);
  if (!counting.ok || !valueOn(pack.params, "proceeding.accept", on))
    return refuse(
      "no-text-read",
      `the law of procedure on ${formatDay(on)} was not read; the first text is of 2024-01-01`,
      "on",
    );
  const found = (name: string) => {
    const param = ELSEWHERE[name] ?? `proceeding.${name}`;
    const dated = valueOn(pack.params, param, on)!;
    return { value: dated.value, source: sourceOf(param, dated) };
  };
  const rule = (name: ProceedingPeriod): PeriodRule => {
    const { value, source } = found(name);
    return { period: periodOf(name, value as Record<string, number>), source };
  };
  return ok({
    counting: counting.value,
    periods: Object.fromEntries(PROCEEDING_PERIODS.map((name) => [name, rule(name)])) as Record<
      ProceedingPeriod,
      PeriodRule
    >,
    points: Object.fromEntries(PROCEEDING_POINTS.map((name) => [name, found(name).source])) as Record<
      ProceedingPoint,
      Source
    >,
    remindDays: (found("remind").value as { days: number }).days,
  });
}

function periodOf(name: ProceedingPeriod, { days, months, years }: Record<string, number>): Period {
  if (name === "notice") return { daysBefore: days! };
  if (days !== undefined) return { days };
  return months === undefined ? { years: years! } : { months };
}
