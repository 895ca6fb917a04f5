import { type Day, formatDay, ok, type Result, refuse, type WorkCalendar } from "../../src/core/index.ts";
import {
  type LimitationRule,
  OBSTACLE_KINDS,
  type Proof,
  type ProofGrade,
  RESTART_KINDS,
  type RestartClass,
  type Source,
} from "../../src/legal/index.ts";
import type { DatedValue, Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";
import { sourceOf } from "./court.ts";

/** The first day of the General Provisions, whose three years are the oldest that were read. */
export const LIMITATION_FIRST_DAY = "2017-10-01";
/** The first day that can be asked about: the Civil Code and the revised provisions. */
export const LIMITATION_JUDGED_FROM = "2021-01-01";

/**
 * The law on limitation as a court of a day would apply it, for `limitation`.
 *
 * A case of today is judged by the provisions of today, whenever the event was (art. 20 of the provisions on limitation); the
 * length of a period is that of the day on which it begins.
 *
 * Takes   the day asked about; the calendar of days off.
 * Refuses `no-text-read`: a day before the Civil Code and the revised provisions.
 * Source  `limitation.*`.
 */
export function limitationRule(pack: Pack, calendar: WorkCalendar, on: Day): Result<LimitationRule> {
  const found = (name: string): DatedValue | undefined => valueOn(pack.params, `limitation.${name}`, on);
  if (!found("by.suit"))
    return refuse(
      "no-text-read",
      `what interrupts limitation on ${formatDay(on)} was not read; the first text is of ${LIMITATION_JUDGED_FROM}`,
      "asOf",
    );
  const source = (name: string): Source => sourceOf(`limitation.${name}`, found(name)!);
  const number = (name: string, key: string): number =>
    (found(name)!.value as Readonly<Record<string, number>>)[key]!;
  const years = (name: string) => ({ years: number(name, "years"), source: source(name) });
  const grade = found("proofs")!.value as Readonly<Record<Proof, ProofGrade>>;
  return ok({
    period: (beginsOn) => {
      const dated = valueOn(pack.params, "limitation.period", beginsOn);
      if (!dated) return undefined;
      return {
        years: (dated.value as { years: number }).years,
        source: sourceOf("limitation.period", dated),
      };
    },
    firstDay: LIMITATION_FIRST_DAY,
    longStop: years("long-stop"),
    suspension: {
      lastMonths: number("suspension", "last_months"),
      restMonths: number("suspension.rest", "months"),
      source: source("suspension"),
    },
    ...(found("enforcement") ? { enforcement: years("enforcement") } : {}),
    guarantee: { months: number("guarantee", "months"), source: source("guarantee") },
    calendar,
    restarts: byName(RESTART_KINDS, (kind) => ({
      // Whether a bare admission is agreement to perform is for a court: the text speaks of agreement only.
      as: kind === "acknowledgment" ? "admission" : (found(`by.${kind}`)!.value as RestartClass),
      source: source(`by.${kind}`),
    })),
    obstacles: byName(OBSTACLE_KINDS, (kind) => source(`obstacle.${kind}`)),
    ...(found("card")
      ? {
          card: {
            debit: source("card.debit"),
            sent: source("card.sent-to-address-on-file"),
            report: source("card.police-report"),
          },
        }
      : {}),
    proofs: { grade, source: source("proofs") },
    sources: {
      start: source("start"),
      installments: source("start.installments"),
      lastDayOff: source("last-day.off"),
      rest: source("suspension.rest"),
      part: source("restart.part"),
      defence: source("defence"),
      paidAfter: source("waiver"),
      agreedAfter: source("waiver.agrees"),
      newAgreement: source("waiver.new-agreement"),
      signedDemand: source("waiver.signed-demand"),
    },
  });
}

const byName = <K extends string, T>(names: readonly K[], value: (name: K) => T): Readonly<Record<K, T>> =>
  Object.fromEntries(names.map((name) => [name, value(name)])) as Record<K, T>;

/** How many days before the worst case the close warns, where a product does not say. */
export const limitationWarningDays = (pack: Pack, on: Day): readonly number[] =>
  (valueOn(pack.params, "limitation.warnings", on)?.value ?? []) as readonly number[];
