import { add, atLeastZero, least, type Minor, mulDivRound, type RoundingMode, subtract } from "./money.ts";
import type { Rate } from "./rate.ts";
import { invariant } from "./trouble.ts";

/** The most that a loan may cost by law, and what the law is. A pack gives it; nothing here knows a place. */
export interface Ceiling {
  /** The parameter it comes from, `cost-ceiling.licensed`. */
  readonly rule: string;
  /** Per year. */
  readonly rate: Rate;
  /** Days that a year counts. No text read says which; 365 gives the lower line and so favours the borrower. */
  readonly yearDays: 360 | 365;
  /** Whether a court cuts only if the borrower asks for it. Then the excess is owed until he does. */
  readonly onRequest: boolean;
  readonly cite: string;
  readonly force: string;
  /** How far the text behind it was checked; shown wherever a figure that rests on it is shown. */
  readonly verification: string;
}

/** The price of a loan by kind. The costs of recovering it (court fees) are no price of the loan and stay outside. */
export interface Charges {
  readonly interest: Minor;
  readonly fee: Minor;
  readonly penalty: Minor;
}

/** What a loan has cost to a day, and what could have been asked for it. */
export interface CostSoFar {
  /** Principal outstanding, summed over every day to the day: minor units x days. */
  readonly principalDays: number;
  /** All that has been charged to the day, paid or not. What was waived is left out. */
  readonly charged: Charges;
  readonly unpaid: Charges & { readonly principal: Minor };
  /** As the loan's own interest is rounded. */
  readonly rounding: RoundingMode;
}

export interface Claimable {
  readonly ceiling: Ceiling;
  /** What the loan may have cost to the day. */
  readonly allowed: Minor;
  readonly charged: Minor;
  readonly excess: Minor;
  /** Taken off what is unpaid: penalty first, then fees, then interest. */
  readonly reduced: Charges;
  readonly contractual: Minor;
  readonly claimable: Minor;
  /** The part of the excess that is paid already. Nothing is taken off principal for it; it is shown to people. */
  readonly paidAbove: Minor;
}

/**
 * What can be claimed of a loan under a ceiling on its whole cost.
 *
 * The line is tested on the total of interest, compound interest, penalty and fees over the whole time, not row by row:
 * a dear month can be made good by cheap ones. A payment's own split is not touched, since a contract that was performed
 * stays performed until somebody asks; so what was paid above the line is a figure of its own.
 *
 * Takes   figures of one loan, one currency, each at least zero, nothing unpaid that was not charged.
 * Gives   the line, the excess over it, and the claim with the excess taken off what is unpaid.
 * Units   minor units. The line is rounded once, at the end, as the loan's interest is: rounded down instead, a loan
 *         priced exactly at the line would stand a cent above it by rounding alone.
 * Holds   claimable + sum(reduced) = contractual; sum(reduced) + paidAbove = excess; principal is never reduced.
 * Refuses nothing. A ceiling that is not yearly, or more unpaid than charged, is the caller's bug.
 */
export function claimable(cost: CostSoFar, ceiling: Ceiling): Claimable {
  mustAddUp(cost, ceiling);
  const { charged, unpaid } = cost;
  const { numerator, scale } = ceiling.rate;
  const allowed = mulDivRound(cost.principalDays, numerator, 10 ** scale * ceiling.yearDays, cost.rounding);
  const total = add(charged.interest, charged.fee, charged.penalty);
  const excess = atLeastZero(subtract(total, allowed));

  const penalty = least(unpaid.penalty, excess);
  const fee = least(unpaid.fee, subtract(excess, penalty));
  const interest = least(unpaid.interest, subtract(excess, add(penalty, fee)));
  const taken = add(penalty, fee, interest);
  const contractual = add(unpaid.principal, unpaid.interest, unpaid.fee, unpaid.penalty);
  return {
    ceiling,
    allowed,
    charged: total,
    excess,
    reduced: { interest, fee, penalty },
    contractual,
    claimable: subtract(contractual, taken),
    paidAbove: subtract(excess, taken),
  };
}

function mustAddUp({ principalDays, charged, unpaid }: CostSoFar, ceiling: Ceiling): void {
  invariant(ceiling.rate.per === "year", `a ceiling is a rate per year, found one per ${ceiling.rate.per}`);
  invariant(
    Number.isSafeInteger(principalDays) && principalDays >= 0,
    `principal x days is a whole number of at least zero, found ${principalDays}`,
  );
  invariant(unpaid.principal >= 0, `principal is at least zero, found ${unpaid.principal}`);
  for (const kind of ["interest", "fee", "penalty"] as const) {
    invariant(
      unpaid[kind] >= 0 && unpaid[kind] <= charged[kind],
      `unpaid ${kind} lies between zero and what was charged, found ${unpaid[kind]} of ${charged[kind]}`,
    );
  }
}
