import {
  type AssetClass,
  type Day,
  day,
  formatDay,
  ok,
  parseMoney,
  type Result,
  refuse,
  type SpecialTransaction,
} from "../../src/core/index.ts";
import type { BureauRule, ClearingRule } from "../../src/legal/index.ts";
import type { DatedValue, Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";
import { sourceOf } from "./court.ts";

/** The first day of the signs, as far as they were read. */
export const BUREAU_FIRST_DAY = "2020-01-19";

const CLASSES: readonly Exclude<AssetClass, "pass">[] = [
  "special-mention",
  "substandard",
  "doubtful",
  "loss",
];

/**
 * How a month of a loan is told in the credit report, on the month's last day.
 *
 * Refuses `no-text-read`: a day before the signs of the second generation of reports.
 * Source  `credit.status.*`, `credit.special`, `credit.class.*`: none of them the issuer's own text, each with its state.
 */
export function bureauRule(pack: Pack, on: Day): Result<BureauRule> {
  const found = (name: string): DatedValue | undefined => valueOn(pack.params, name, on);
  if (!found("credit.status.days"))
    return refuse(
      "no-text-read",
      `how a month of ${formatDay(on)} is told was not read; the first is of ${BUREAU_FIRST_DAY}`,
      "month",
    );
  const value = <T>(name: string): T => found(name)!.value as T;
  const source = (name: string) => sourceOf(name, found(name)!);
  const classes = CLASSES.flatMap((least) => {
    const name = `credit.class.${least}`;
    const dated = found(name);
    return dated
      ? [{ least, days: (dated.value as { beyond: number }).beyond, source: sourceOf(name, dated) }]
      : [];
  });
  return ok({
    daysLate: {
      from: value<{ from: readonly number[] }>("credit.status.days").from,
      source: source("credit.status.days"),
    },
    ...(classes.length > 0 ? { classes: { beyond: classes } } : {}),
    negative: { codes: value<readonly string[]>("credit.negative"), source: source("credit.negative") },
    window: {
      months: value<{ months: number }>("credit.status.window").months,
      source: source("credit.status.window"),
    },
    special: {
      codes: value<Readonly<Record<SpecialTransaction, number>>>("credit.special"),
      source: source("credit.special"),
    },
    signs: source("credit.status.signs"),
  });
}

/** How long bad information is kept, and what the repair of 2025 hides. */
export function clearingRule(pack: Pack, on: Day): ClearingRule {
  const retention = valueOn(pack.params, "credit.retention", on)!;
  const repair = valueOn(pack.params, "credit.repair", on);
  const told = repair?.value as Readonly<Record<string, string>> | undefined;
  return {
    retention: {
      years: (retention.value as { years: number }).years,
      source: sourceOf("credit.retention", retention),
    },
    ...(repair && told
      ? {
          repair: {
            from: day(told.from!),
            to: day(told.to!),
            most: parseMoney(told.most!)!,
            paidEarlyBy: day(told.paid_early_by!),
            hiddenEarlyFrom: day(told.hidden_early_from!),
            paidBy: day(told.paid_by!),
            source: sourceOf("credit.repair", repair),
          },
        }
      : {}),
  };
}

/** Days to answer an objection, days that the authority has to answer a complaint, and when the close reminds. */
export const bureauDeadlines = (pack: Pack, on: Day) => {
  const days = (name: string) => {
    const dated = valueOn(pack.params, name, on)!;
    return { days: (dated.value as { days: number }).days, source: sourceOf(name, dated) };
  };
  return {
    objection: days("credit.objection"),
    complaint: days("credit.complaint"),
    reminders: (valueOn(pack.params, "credit.reminders", on)?.value ?? []) as readonly number[],
  };
};
