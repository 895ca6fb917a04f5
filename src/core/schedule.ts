import { type Day, NEVER } from "./calendar.ts";
import { type Minor, minor, mulDivRound, type RoundingMode } from "./money.ts";
import { countDays, type Fraction, interestBetween, interestOfPeriod } from "./rate.ts";
import { dueDays, type LoanTerms } from "./terms.ts";
import { invariant } from "./trouble.ts";

export interface Installment {
  readonly n: number;
  readonly dueOn: Day;
  /** Days in its period, as the day count counts them. */
  readonly days: number;
  readonly principal: Minor;
  readonly interest: Minor;
  /** Principal still outstanding once it is paid. */
  readonly balance: Minor;
}

/**
 * The repayment plan by formula.
 *
 * Takes   the contract's terms; principal > 0, installments >= 1, first due day after the pay-out day.
 * Gives   the installments in order of due day; of equal principal, none after the first that is due on or beyond
 *         `through`, for those who ask only what is past due.
 * Units   minor units; each interest amount is rounded once, by the terms' mode.
 * Holds   sum of principal = the principal lent; the last balance is zero; no amount is negative.
 * Source  the two methods as Chinese lenders publish them (等额本金, 等额本息).
 */
export function schedule(terms: LoanTerms, through: Day = NEVER): readonly Installment[] {
  invariant(
    terms.installments >= 1 && terms.principal > 0,
    "a schedule needs a principal and an installment",
  );
  invariant(terms.firstDueOn > terms.disbursedOn, "the first due day must come after the pay-out day");
  if (terms.method === "equal-principal") return equalPrincipal(terms, periodsOf(terms, through));
  return equalInstallment(terms, periodsOf(terms, NEVER));
}

interface Period {
  readonly dueOn: Day;
  readonly days: number;
  readonly share: Fraction;
}

function periodsOf(terms: LoanTerms, through: Day): Period[] {
  const { rate, dayCount } = terms;
  const whole = terms.interest === "period" ? interestOfPeriod(rate, dayCount, terms.every) : undefined;
  const periods: Period[] = [];
  let from = terms.disbursedOn;
  for (const dueOn of dueDays(terms, terms.installments, through)) {
    const days = countDays(from, dueOn, dayCount);
    periods.push({ dueOn, days, share: whole ?? interestBetween(rate, dayCount, from, dueOn) });
    from = dueOn;
  }
  return periods;
}

const interestOn = (balance: number, share: Fraction, mode: RoundingMode): Minor =>
  mulDivRound(balance, share.numerator, share.denominator, mode);

function equalPrincipal(terms: LoanTerms, periods: readonly Period[]): Installment[] {
  const { mode, residual, installmentMultiple } = terms.rounding;
  const count = terms.installments;
  // Rounded once, straight to whole units: 1.496 becomes 1.00 and not, by way of 1.50, 2.00.
  const units = mulDivRound(terms.principal, 1, count * installmentMultiple, mode);
  const part = minor(units * installmentMultiple);
  const rest = terms.principal - part * (count - 1);
  invariant(
    rest >= 0,
    `${count} installments of whole units are more than the principal; lower the multiple`,
  );
  const odd = residual === "first" ? 0 : count - 1;
  const plan: Installment[] = [];
  let balance: number = terms.principal;
  for (let i = 0; i < periods.length; i++) {
    const { dueOn, days, share } = periods[i]!;
    const principal = (i === odd ? rest : part) as Minor;
    const interest = interestOn(balance, share, mode);
    balance -= principal;
    plan.push({ n: i + 1, dueOn, days, principal, interest, balance: balance as Minor });
  }
  return plan;
}

function equalInstallment(terms: LoanTerms, periods: readonly Period[]): Installment[] {
  const { mode, residual, installmentMultiple } = terms.rounding;
  const level = levelInstallment(terms.principal, periods, installmentMultiple, mode);
  const plan = payLevel(terms, periods, level, 0);
  if (residual === "first") return oddFirst(terms, periods, level, plan);
  if (residual === "last") return plan;
  // Move the level by the mean of the last installment's gap, and keep the move only if the gap shrinks.
  const gap = gapOf(plan, level);
  const mean =
    mulDivRound(Math.abs(gap), 1, periods.length * installmentMultiple, mode) * installmentMultiple;
  const moved = minor(level + Math.sign(gap) * mean);
  const second = payLevel(terms, periods, moved, 0);
  return Math.abs(gapOf(second, moved)) < Math.abs(gap) ? second : plan;
}

const gapOf = (plan: readonly Installment[], level: number): number => {
  const last = plan.at(-1)!;
  return last.principal + last.interest - level;
};

/**
 * Moves the last installment's gap to the first one. A cent more at the front takes more than a cent off the end, since
 * it bears no interest in between: so the gap is discounted, and tried again for what the rounding of each row left.
 */
function oddFirst(
  terms: LoanTerms,
  periods: readonly Period[],
  level: Minor,
  plan: Installment[],
): Installment[] {
  let best = plan;
  let extra = 0;
  for (let round = 0; round < 4; round++) {
    const move = discount(gapOf(best, level), periods.slice(1));
    const next = payLevel(terms, periods, level, extra + move);
    if (Math.abs(gapOf(next, level)) >= Math.abs(gapOf(best, level))) break;
    best = next;
    extra += move;
  }
  return best;
}

/** What an amount after these periods is worth before them, rounded half up. */
function discount(amount: number, periods: readonly Period[]): number {
  let numerator = BigInt(Math.abs(amount));
  let denominator = 1n;
  for (const { share } of periods) {
    numerator *= BigInt(share.denominator);
    denominator *= BigInt(share.denominator + share.numerator);
  }
  return Math.sign(amount) * Number((2n * numerator + denominator) / (2n * denominator));
}

/**
 * The level installment: P x prod(1 + f) / sum of the later products, in exact whole-number ratios, rounded once to
 * whole multiples.
 */
function levelInstallment(
  principal: Minor,
  periods: readonly Period[],
  multiple: Minor,
  mode: RoundingMode,
): Minor {
  let grown = BigInt(principal);
  let sum = 0n;
  let denominators = 1n;
  for (const { share } of periods) {
    const denominator = BigInt(share.denominator);
    const factor = denominator + BigInt(share.numerator);
    denominators *= denominator;
    grown *= factor;
    sum = sum * factor + denominators;
  }
  sum *= BigInt(multiple);
  const whole = grown / sum;
  const remainder = grown % sum;
  const twice = remainder * 2n;
  const up =
    remainder !== 0n &&
    (mode === "up" ||
      (mode === "half-up" && twice >= sum) ||
      (mode === "half-even" && (twice > sum || (twice === sum && whole % 2n === 1n))));
  return minor((Number(whole) + (up ? 1 : 0)) * multiple);
}

function payLevel(
  terms: LoanTerms,
  periods: readonly Period[],
  level: Minor,
  firstExtra: number,
): Installment[] {
  const { mode } = terms.rounding;
  const plan: Installment[] = [];
  let balance: number = terms.principal;
  for (let i = 0; i < periods.length; i++) {
    const { dueOn, days, share } = periods[i]!;
    const interest = interestOn(balance, share, mode);
    const last = i === periods.length - 1;
    const wanted = level + (i === 0 ? firstExtra : 0) - interest;
    const principal = last ? balance : Math.max(0, Math.min(wanted, balance));
    balance -= principal;
    plan.push({ n: i + 1, dueOn, days, principal: principal as Minor, interest, balance: balance as Minor });
  }
  return plan;
}
