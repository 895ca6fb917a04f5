import {
  addMonths,
  type Day,
  type Fraction,
  formatDay,
  interestOfPeriod,
  type Minor,
  minor,
  ok,
  type Rate,
  type Result,
  refuse,
  shareOf,
} from "../core/index.ts";

/** One debt of several, at whichever lender, as its borrower typed or imported it. */
export interface OwedDebt {
  readonly id: string;
  readonly balance: Minor;
  /** What it costs a year, all in, late or not. */
  readonly rate: Rate;
  /** What its contract asks for each month. */
  readonly minimum: Minor;
  /** A day by which so much has to be paid, or what was announced for it may come: a hearing, the end of a payment order. */
  readonly legal?: { readonly by: Day; readonly amount: Minor };
}

/** All debts of a person, and what can really be paid on all of them together in a month. */
export interface Debts {
  readonly asOf: Day;
  readonly debts: readonly OwedDebt[];
  readonly budget: Minor;
}

/** What each debt got in one month, in the order of the debts. */
export interface PlanMonth {
  readonly on: Day;
  readonly paid: readonly Minor[];
  readonly interest: readonly Minor[];
  readonly left: readonly Minor[];
}

export interface DebtPlan {
  readonly months: readonly PlanMonth[];
  readonly total: Minor;
  /** Interest over the whole time: what the choice costs. */
  readonly interest: Minor;
  /** Debts whose legal day passes before what it asks for was paid. */
  readonly missesLegal: readonly string[];
  /** Debts, months of which got less than their contract asks for, with how many. */
  readonly belowMinimum: readonly { readonly id: string; readonly months: number }[];
  /** Last day on which something is paid. */
  readonly endsOn: Day;
}

/** Longer than any plan that is of use: what takes longer than this is not a plan. */
export const MOST_MONTHS = 600;

/** Months after `asOf` by whose payment day a day is met: payments are made a month apart, the first one a month from now. */
export function monthsUntil(asOf: Day, by: Day): number {
  let months = 0;
  while (addMonths(asOf, months + 1, "clamp") <= by) months += 1;
  return months;
}

/**
 * Checks debts before anything is planned.
 *
 * Refuses `no-debts`; `not-positive`: a balance of 0 or less, or a sum below zero; `twice`: an id that stands twice; `more-than-owed`: a legal day
 *         that asks for more than the balance; `no-budget`.
 */
export function checkDebts({ debts, budget, asOf }: Debts): Result<true> {
  if (debts.length === 0) return refuse("no-debts", "name at least one debt", "debts");
  if (budget <= 0)
    return refuse(
      "no-budget",
      "nothing is left to pay debts with: there is no plan; ask for help before paying",
      "budget",
    );
  const seen = new Set<string>();
  for (const { id, balance, minimum, legal } of debts) {
    if (seen.has(id)) return refuse("twice", `the debt ${id} stands twice`, id);
    seen.add(id);
    if (balance <= 0 || minimum < 0)
      return refuse("not-positive", `${id}: a balance is above 0 and a minimum is not below it`, id);
    if (legal && (legal.amount <= 0 || legal.amount > balance))
      return refuse("more-than-owed", `${id}: what a legal day asks for lies between 0 and the balance`, id);
    if (legal && legal.by < asOf)
      return refuse(
        "over",
        `${id}: ${formatDay(legal.by)} is over; leave it out, and see what came of it`,
        id,
      );
  }
  return ok(true);
}

const MONTH = { months: 1 } as const;

/** How a month's budget is split: debts as they stand before the payment, interest of the month added. */
export type Split = (month: number, owed: readonly number[], budget: number) => readonly number[];

/**
 * Pays month by month until nothing is owed.
 *
 * Takes   the debts and how each month is split; the whole budget goes out while anything is owed.
 * Gives   the plan; refuses `never-ends` where the budget does not outpay the interest.
 * Units   minor units; interest of each debt and month rounded half up, by the rate of a twelfth of a year.
 * Holds   what is paid in a month is never above the budget; what is paid in all is the balances and the interest.
 */
export function payMonths({ asOf, debts, budget }: Debts, split: Split): Result<DebtPlan> {
  const shares = debts.map(({ rate }): Fraction => interestOfPeriod(rate, "ACT/365", MONTH));
  let owed: number[] = debts.map(({ balance }) => balance);
  const months: PlanMonth[] = [];
  while (owed.some((one) => one > 0)) {
    if (months.length >= MOST_MONTHS)
      return refuse(
        "never-ends",
        `after ${MOST_MONTHS} months something is still owed: the budget does not outpay the interest`,
        "budget",
      );
    const interest = owed.map((one, i) => shareOf(one, shares[i]!, "half-up"));
    const due = owed.map((one, i) => one + interest[i]!);
    const paid = split(months.length + 1, due, budget);
    owed = due.map((one, i) => one - paid[i]!);
    months.push({
      on: addMonths(asOf, months.length + 1, "clamp"),
      paid: paid.map(minor),
      interest,
      left: owed.map(minor),
    });
  }
  return ok(summed(months, debts, asOf));
}

function summed(months: readonly PlanMonth[], debts: readonly OwedDebt[], asOf: Day): DebtPlan {
  const interest = months.reduce((sum, month) => sum + month.interest.reduce((a, b) => a + b, 0), 0);
  const total = months.reduce((sum, month) => sum + month.paid.reduce((a, b) => a + b, 0), 0);
  const paidBy = (i: number, count: number): number =>
    months.slice(0, count).reduce((sum, { paid }) => sum + paid[i]!, 0);
  return {
    months,
    total: minor(total),
    interest: minor(interest),
    missesLegal: debts.flatMap(({ id, legal }, i) =>
      legal && paidBy(i, monthsUntil(asOf, legal.by)) < legal.amount ? [id] : [],
    ),
    belowMinimum: debts.flatMap(({ id, minimum }, i) => {
      const count = months.filter(({ paid, left }) => left[i]! > 0 && paid[i]! < minimum).length;
      return count > 0 ? [{ id, months: count }] : [];
    }),
    endsOn: months.at(-1)!.on,
  };
}
