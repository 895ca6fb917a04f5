import {
  type Day,
  formatDay,
  interestBetween,
  invariant,
  least,
  type Minor,
  minor,
  ok,
  type Rate,
  type Result,
  refuse,
  subtract,
  type Wide,
  wideOf,
  wideRound,
  ZERO,
} from "../core/index.ts";
import { exactText, NOTHING, plus, times } from "./exact.ts";
import type { Source } from "./source.ts";

/** The day on which the period expires does not count, the day of payment does (`exclusive-start`) or not (`exclusive-both`). */
export type DelayDayCount = "exclusive-start" | "exclusive-both";
export const DELAY_DAY_COUNTS: readonly DelayDayCount[] = ["exclusive-start", "exclusive-both"];

/** The law of a place on the price of not performing a judgment; a pack gives it. */
export interface DelayInterestRule {
  /** Of the doubled part, a day. */
  readonly rate: Rate;
  readonly dayCount: DelayDayCount;
  readonly sources: { readonly rate: Source; readonly dayCount: Source; readonly order: Source };
}

export interface DelayedDebt {
  /** The money debt of the judgment, without the general interest that runs on. */
  readonly debt: Minor;
  /** The day on which the period for performance expires. */
  readonly from: Day;
  /** The day to which it is counted. */
  readonly to: Day;
  readonly payments?: readonly { readonly on: Day; readonly amount: Minor }[];
  /** Interest that the judgment itself grants until payment. None where it grants none. */
  readonly generalRate?: Rate;
}

/** A part of the debt and how long it stood unpaid. Interest is exact, as text, before any rounding. */
export interface DelayStep {
  readonly part: Minor;
  readonly from: Day;
  readonly until: Day;
  readonly days: number;
  readonly doubled: string;
  readonly general: string;
  /** Whether a payment ended it, or the day to which it is counted. */
  readonly paid: boolean;
}

export interface DelayInterest {
  readonly doubled: Minor;
  readonly general: Minor;
  /** Still owed on the last day. */
  readonly left: { readonly debt: Minor; readonly general: Minor; readonly doubled: Minor };
  /** Paid beyond all that is owed. */
  readonly unapplied: Minor;
  readonly steps: readonly DelayStep[];
  readonly dayCount: DelayDayCount;
  readonly sources: DelayInterestRule["sources"];
}

/**
 * The price of not performing a judgment on money: the doubled part, beside the general interest that the judgment
 * grants.
 *
 * Each part of the debt counts from the day the period expires to the day of its own payment. A payment goes to the
 * money debt of the judgment first and to the doubled part only when nothing of that is left. Within the money debt
 * it goes to the general interest before the debt, as any payment does where nothing else is agreed. General interest
 * and the doubled part bear no interest of their own.
 *
 * Takes   the debt, the two days, payments in any order; rates as the judgment and the law have them.
 * Gives   both kinds of interest, what is left of each, each part with its days, and where the law stands.
 * Units   minor units, each sum rounded half up once. A yearly or monthly general rate is taken by a year of 365 days.
 * Refuses `order-of-days`: the last day before the first, or a payment outside them.
 * Holds   payments = unapplied + what was paid of debt, general interest and doubled part.
 * Source  the pack's parameters `delay-interest.*`.
 */
export function delayInterest(delayed: DelayedDebt, rule: DelayInterestRule): Result<DelayInterest> {
  const { debt, from, to, payments = [], generalRate } = delayed;
  invariant(debt >= 0, `a debt is at least zero, found ${debt}`);
  if (to < from)
    return refuse(
      "order-of-days",
      `${formatDay(to)} lies before ${formatDay(from)}, when the period expires`,
      "to",
    );
  for (const [index, { on, amount }] of payments.entries()) {
    invariant(amount >= 0, `a payment is at least zero, found ${amount}`);
    if (on < from || on > to) {
      const says = `a payment lies between ${formatDay(from)} and ${formatDay(to)}; what was paid earlier is no part of the debt`;
      return refuse("order-of-days", says, `payments[${index}].on`);
    }
  }

  const generalOn = (part: number, until: Day): Wide =>
    generalRate ? times(part, wideOf(interestBetween(generalRate, "ACT/365", from, until))) : NOTHING;
  const daysUntil = (until: Day): number =>
    rule.dayCount === "exclusive-both" ? Math.max(0, until - from - 1) : until - from;
  const doubledOn = (part: number, until: Day): Wide => {
    const day = interestBetween(rule.rate, "ACT/365", from, (from + daysUntil(until)) as Day);
    return times(part, wideOf(day));
  };

  const steps: DelayStep[] = [];
  let open = debt;
  let [general, doubled]: [Wide, Wide] = [NOTHING, NOTHING];
  let [paidGeneral, paidDoubled, unapplied]: [Minor, Minor, Minor] = [ZERO, ZERO, ZERO];
  const close = (part: Minor, until: Day, paid: boolean): void => {
    if (part === 0) return;
    const [ofGeneral, ofDoubled] = [generalOn(part, until), doubledOn(part, until)];
    general = plus(general, ofGeneral);
    doubled = plus(doubled, ofDoubled);
    open = subtract(open, part);
    const interest = { doubled: exactText(ofDoubled), general: exactText(ofGeneral) };
    steps.push({ part, from, until, days: daysUntil(until), ...interest, paid });
  };
  for (const { on, amount } of [...payments].sort((a, b) => a.on - b.on)) {
    const owed = subtract(rounded(plus(general, generalOn(open, on))), paidGeneral);
    const toGeneral = least(amount, owed);
    paidGeneral = minor(paidGeneral + toGeneral);
    const toDebt = least(subtract(amount, toGeneral), open);
    close(toDebt, on, true);
    const rest = subtract(amount, minor(toGeneral + toDebt));
    const toDoubled = open === 0 ? least(rest, subtract(rounded(doubled), paidDoubled)) : ZERO;
    paidDoubled = minor(paidDoubled + toDoubled);
    unapplied = minor(unapplied + rest - toDoubled);
  }
  const left = open;
  close(open, to, false);
  const sums = { general: rounded(general), doubled: rounded(doubled) };
  return ok({
    ...sums,
    left: {
      debt: left,
      general: subtract(sums.general, paidGeneral),
      doubled: subtract(sums.doubled, paidDoubled),
    },
    unapplied,
    steps,
    dayCount: rule.dayCount,
    sources: rule.sources,
  });
}

const rounded = ({ numerator, denominator }: Wide): Minor => wideRound(numerator, denominator, "half-up");
