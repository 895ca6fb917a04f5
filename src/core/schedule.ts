import { type Day, NEVER } from "./calendar.ts";
import { type Minor, minor, mulDivRound, type RoundingMode, ZERO } from "./money.ts";
import {
  countDays,
  type Fraction,
  interestBetween,
  interestOfPeriod,
  NO_SHARE,
  ratio,
  shareOf,
  shareOfDays,
  thirtyDayMonths,
  wideOf,
  wideRound,
} from "./rate.ts";
import { dueDays, type LoanTerms, type Rounding } from "./terms.ts";
import { invariant } from "./trouble.ts";

export interface Installment {
  readonly n: number;
  readonly dueOn: Day;
  /** Days in its period, as the day count counts them. */
  readonly days: number;
  readonly principal: Minor;
  /** Interest that falls due with it. */
  readonly interest: Minor;
  /** Interest that its period earns, where that differs from what falls due with it: under grace on interest. */
  readonly earned?: Minor;
  /** Principal still outstanding once it is paid. */
  readonly balance: Minor;
}

/** One stretch of a plan: the days it runs and the share of a balance that they bear. */
export interface Period {
  readonly from: Day;
  readonly dueOn: Day;
  readonly days: number;
  readonly share: Fraction;
}

/** What decides how a balance is split over periods. A free period is one whose share is zero. */
export type SplitTerms = Pick<
  LoanTerms,
  "method" | "rounding" | "graceOnPrincipal" | "graceOnInterest" | "interestFree"
>;

/**
 * The repayment plan by formula.
 *
 * Takes   the contract's terms; principal > 0, installments >= 1, first due day after the pay-out day, each grace shorter
 *         than the plan.
 * Gives   the installments in order of due day, none after the first that is due on or beyond `through`, for those who
 *         ask only what is past due. A bullet loan has one.
 * Units   minor units; each interest amount is rounded once, by the terms' mode.
 * Refuses (invariant) amounts beyond 9.0e15; equal principal in whole units that are more than the principal; installments
 *         of which whole units leave none.
 * Holds   sum of principal = the principal lent; the last balance is zero; no amount is negative; asking `through` a day
 *         gives the first rows of the same plan.
 * Source  the methods as Chinese lenders publish them (等额本金, 等额本息, 先息后本, 到期还本付息, 等本等息).
 */
export function schedule(terms: LoanTerms, through: Day = NEVER): readonly Installment[] {
  invariant(
    terms.installments >= 1 && terms.principal > 0,
    "a schedule needs a principal and an installment",
  );
  const { method } = terms;
  if (method === "bullet") return amortise(terms.principal, periodsOf(terms), terms);
  // What these two repay in a row depends on no later one.
  if (method === "equal-principal" || method === "interest-only")
    return split(terms.principal, periodsOf(terms, through), terms.installments, terms, ZERO);
  const plan = split(terms.principal, periodsOf(terms), terms.installments, terms, ZERO);
  let end = 1;
  while (end < plan.length && plan[end - 1]!.dueOn < through) end++;
  return end < plan.length ? plan.slice(0, end) : plan;
}

/**
 * The periods of a contract with the share of the balance that each bears; zero in its interest-free ones. A bullet loan
 * has one, over the whole term, which begins where its interest-free periods end.
 */
export function periodsOf(terms: LoanTerms, through: Day = NEVER): Period[] {
  const { rate, dayCount, installments, disbursedOn } = terms;
  const free = terms.interestFree ?? 0;
  invariant(terms.firstDueOn > disbursedOn, "the first due day must come after the pay-out day");
  invariant(
    free >= 0 &&
      free < installments &&
      (terms.graceOnPrincipal ?? 0) < installments &&
      (terms.graceOnInterest ?? 0) < installments,
    "a grace must be shorter than the plan",
  );
  const whole = terms.interest === "period" ? interestOfPeriod(rate, dayCount, terms.every) : undefined;
  const bullet = terms.method === "bullet";
  const due = dueDays(terms, installments, bullet ? NEVER : through);
  if (bullet) return [wholeTerm(terms, due, whole)];
  const split = dayCount === "ACT/ACT" && rate.per !== "day";
  const thirty = dayCount === "30/360" ? thirtyDayMonths(disbursedOn) : undefined;
  const periods: Period[] = [];
  let from = disbursedOn;
  for (let i = 0; i < due.length; i++) {
    const dueOn = due[i]!;
    const days = thirty ? thirty(dueOn) : dueOn - from;
    const share =
      i < free
        ? NO_SHARE
        : (whole ??
          (split ? interestBetween(rate, dayCount, from, dueOn) : shareOfDays(rate, dayCount, days)));
    periods.push({ from, dueOn, days, share });
    from = dueOn;
  }
  return periods;
}

function wholeTerm(terms: LoanTerms, due: readonly Day[], whole: Fraction | undefined): Period {
  const { rate, dayCount, disbursedOn } = terms;
  const free = terms.interestFree ?? 0;
  const dueOn = due.at(-1)!;
  const from = free === 0 ? disbursedOn : due[free - 1]!;
  const share = whole ? times(whole, due.length - free, 1) : interestBetween(rate, dayCount, from, dueOn);
  return { from, dueOn, days: countDays(from, dueOn, dayCount), share };
}

/**
 * The share that a part of a period bears: by its own days where interest is daily; where a period bears its rate
 * whatever its days, by its part of the period's days.
 */
export function shareWithin(
  period: Period,
  terms: Pick<LoanTerms, "rate" | "dayCount" | "interest">,
  after: Day,
  to: Day,
): Fraction {
  const from = after < period.from ? period.from : after;
  if (from >= to || period.share.numerator === 0) return NO_SHARE;
  if (from === period.from && to >= period.dueOn) return period.share;
  if (terms.interest === "daily") return interestBetween(terms.rate, terms.dayCount, from, to);
  if (period.days === 0) return NO_SHARE;
  return times(period.share, countDays(from, to, terms.dayCount), period.days);
}

function times(share: Fraction, factor: number, divisor: number): Fraction {
  const plain = { numerator: share.numerator * factor, denominator: share.denominator * divisor };
  if (plain.numerator <= Number.MAX_SAFE_INTEGER && plain.denominator <= Number.MAX_SAFE_INTEGER)
    return plain;
  const { numerator, denominator } = wideOf(share);
  return ratio(numerator * BigInt(factor), denominator * BigInt(divisor));
}

/**
 * Splits a balance over periods by the terms' method; `schedule` is this over the periods of the contract.
 *
 * Takes   periods in order, at least one. Graces count from the first of them. `carried` is interest that has already run
 *         in the first period, because a prepayment or a new plan fell inside it.
 * Gives   one installment a period, `n` from 1. `carried` falls due with the first on top of what the period's share
 *         gives; an equal installment is level all the same, and repays the less principal.
 * Units   minor units; each interest amount is rounded once, by the terms' mode.
 * Holds   as for `schedule`; sum of interest = sum of interest earned, `carried` included.
 */
export function amortise(
  principal: Minor,
  periods: readonly Period[],
  terms: SplitTerms,
  carried: Minor = ZERO,
): Installment[] {
  invariant(periods.length >= 1 && principal >= 0, "a balance is split over one period or more");
  return split(principal, periods, periods.length, terms, carried);
}

/** `periods` are the first of `count`. */
function split(
  principal: Minor,
  periods: readonly Period[],
  count: number,
  terms: SplitTerms,
  carried: Minor,
): Installment[] {
  const grace = terms.graceOnPrincipal ?? 0;
  const deferred = terms.graceOnInterest ?? 0;
  const alone = terms.method === "bullet";
  invariant(
    alone || (grace >= 0 && grace < count && deferred >= 0 && deferred < count),
    "a grace must be shorter than the plan",
  );
  const plan = byMethod(principal, periods, count, terms, carried, grace);
  let total: number = principal;
  for (let i = 0; i < plan.length; i++) total += plan[i]!.interest;
  requireSafe(total);
  // An equal installment is level whatever interest falls due with it, so it deferred its interest itself.
  if (deferred === 0 || alone || terms.method === "equal-installment") return plan;
  return deferInterest(plan, periods, deferred);
}

function requireSafe(total: number): void {
  invariant(
    total <= Number.MAX_SAFE_INTEGER,
    "principal and interest together are beyond 9.0e15 minor units",
  );
}

function byMethod(
  principal: Minor,
  periods: readonly Period[],
  count: number,
  terms: SplitTerms,
  carried: Minor,
  grace: number,
): Installment[] {
  const { rounding } = terms;
  switch (terms.method) {
    case "equal-principal":
      return equalPrincipal(principal, periods, count, rounding, carried, grace);
    case "interest-only":
    case "bullet":
      // Principal in one part, with the last.
      return equalPrincipal(principal, periods, count, rounding, carried, count - 1);
    case "equal-installment":
      return equalInstallment({
        principal,
        periods,
        rounding,
        carried,
        grace,
        deferred: terms.graceOnInterest ?? 0,
      });
    case "flat":
      return flat(principal, periods, rounding, carried, grace, terms.interestFree ?? 0);
  }
}

/** The interest of the first `deferred` rows falls due with the next one. */
function deferInterest(
  plan: readonly Installment[],
  periods: readonly Period[],
  deferred: number,
): Installment[] {
  let owed = 0;
  return plan.map((row, i) => {
    if (i > deferred) return row;
    owed += row.interest;
    const interest = (i < deferred ? 0 : owed) as Minor;
    return rowOf(row.n, periods[i]!, row.principal, interest, row.interest, row.balance);
  });
}

/** Written out and not spread: a plan is made of these. */
function rowOf(
  n: number,
  period: Period,
  principal: Minor,
  interest: Minor,
  earned: Minor,
  balance: Minor,
): Installment {
  const { dueOn, days } = period;
  if (interest === earned) return { n, dueOn, days, principal, interest, balance };
  return { n, dueOn, days, principal, interest, earned, balance };
}

function equalPrincipal(
  principal: Minor,
  periods: readonly Period[],
  count: number,
  rounding: Rounding,
  carried: Minor,
  grace: number,
): Installment[] {
  const parts = count - grace;
  const part = parts === 1 ? principal : equalPart(principal, parts, rounding);
  const rest = principal - part * (parts - 1);
  const odd = rounding.residual === "first" ? grace : count - 1;
  const plan: Installment[] = [];
  let balance: number = principal;
  for (let i = 0; i < periods.length; i++) {
    const { dueOn, days, share } = periods[i]!;
    const wanted = i < grace ? 0 : i === odd ? rest : part;
    const paid = i === count - 1 ? balance : Math.max(0, Math.min(wanted, balance));
    const own = interestOn(balance, share, rounding);
    const interest = (i === 0 ? own + carried : own) as Minor;
    balance -= paid;
    plan.push({ n: i + 1, dueOn, days, principal: paid as Minor, interest, balance: balance as Minor });
  }
  return plan;
}

/** Interest of one period on a balance, rounded once to the unit. */
function interestOn(balance: number, share: Fraction, rounding: Rounding): Minor {
  const { mode, unit } = rounding;
  if (unit === undefined || unit === 1) return shareOf(balance, share, mode);
  return minor(shareOf(balance, times(share, 1, unit), mode) * unit);
}

/** The mode and the multiple by which a level installment or an equal part is rounded. */
function stepOf(rounding: Rounding): { readonly mode: RoundingMode; readonly multiple: number } {
  const { mode, installmentMode, unit, installmentMultiple } = rounding;
  return {
    mode: installmentMode ?? mode,
    multiple: installmentMultiple === 1 ? (unit ?? 1) : installmentMultiple,
  };
}

/**
 * One of the equal parts of a principal. Cents that round up to more than the principal leave the last rows without any;
 * whole units that do are refused, since the lender meant another plan.
 */
function equalPart(principal: Minor, parts: number, rounding: Rounding): Minor {
  const { residual, installmentMultiple } = rounding;
  const { mode, multiple } = stepOf(rounding);
  // Rounded once, straight to whole units: 1.496 becomes 1.00 and not, by way of 1.50, 2.00.
  const part = toUnits(principal, parts, multiple, mode);
  const gap = principal - part * parts;
  const mean = residual === "level" ? toUnits(Math.abs(gap), parts, multiple, mode) : 0;
  const moved = part + Math.sign(gap) * mean;
  const better = Math.abs(principal - moved * parts) < Math.abs(gap) ? moved : part;
  invariant(
    installmentMultiple === 1 || principal >= better * (parts - 1),
    `${parts} installments of whole units are more than the principal; lower the multiple`,
  );
  requireSome(better, installmentMultiple);
  return minor(better);
}

/** Cents may round to none, and then the odd installment takes all; whole units that do were meant otherwise. */
function requireSome(installment: number, installmentMultiple: number): void {
  invariant(
    installmentMultiple === 1 || installment > 0,
    "an installment rounds to none of its whole units; lower the multiple",
  );
}

/** `amount / parts`, rounded once to whole multiples. */
function toUnits(amount: number, parts: number, multiple: number, mode: RoundingMode): number {
  invariant(Number.isSafeInteger(parts * multiple), "the installment multiple is beyond 9.0e15 minor units");
  return mulDivRound(amount, 1, parts * multiple, mode) * multiple;
}

/** What a plan of equal installments is made of, apart from the level itself. */
interface Levelled {
  readonly principal: Minor;
  readonly periods: readonly Period[];
  readonly rounding: Rounding;
  readonly carried: Minor;
  /** Rows without principal, and rows whose interest falls due later. */
  readonly grace: number;
  readonly deferred: number;
}

function equalInstallment(of: Levelled): Installment[] {
  const { periods, rounding, grace } = of;
  const level = levelInstallment(of);
  if (periods.length - grace > 1) requireSome(level, rounding.installmentMultiple);
  const plan = payLevel(of, level, 0);
  if (rounding.residual === "last") return plan;
  if (rounding.residual === "first") return oddFirst(of, level, plan);
  const gap = gapOf(plan, level);
  const { mode, multiple } = stepOf(rounding);
  const mean = toUnits(Math.abs(gap), periods.length - grace, multiple, mode);
  const moved = minor(level + Math.sign(gap) * mean);
  const second = payLevel(of, moved, 0);
  return Math.abs(gapOf(second, moved)) < Math.abs(gap) ? second : plan;
}

const gapOf = (plan: readonly Installment[], level: number): number => {
  const last = plan.at(-1)!;
  return last.principal + last.interest - level;
};

/**
 * Moves the last installment's gap to the first one. A cent more at the front takes more than a cent off the end, since
 * it bears no interest in between: so the gap is discounted, and moved again for what the rounding of each row left. A
 * move that overshoots is halved until it helps or is none.
 */
function oddFirst(of: Levelled, level: Minor, plan: Installment[]): Installment[] {
  const later = of.periods.slice(of.grace + 1);
  let best = plan;
  let extra = 0;
  let gap = gapOf(best, level);
  let move = discount(gap, later);
  while (move !== 0) {
    const next = payLevel(of, level, extra + move);
    const left = gapOf(next, level);
    if (Math.abs(left) < Math.abs(gap)) {
      best = next;
      extra += move;
      gap = left;
      move = discount(gap, later);
    } else move = Math.trunc(move / 2);
  }
  return best;
}

/** What an amount after these periods is worth before them, to the nearest unit. A double will do: it is tried, not taken. */
function discount(amount: number, periods: readonly Period[]): number {
  let growth = 1;
  for (const { share } of periods) {
    const { numerator, denominator } = share.wide ?? share;
    growth *= 1 + Number(numerator) / Number(denominator);
  }
  return Math.sign(amount) * Math.round(Math.abs(amount) / growth);
}

/** Twice the unit roundoff of a double is 2^-52; half of it bounds the relative error of one operation. */
const ROUNDOFF = 2 ** -53;

/**
 * The level installment: what is owed, grown by all periods, over the sum of the growth that each installment misses;
 * rounded once to whole multiples.
 *
 * Estimated in doubles first. With u = 2^-53: a factor 1 + f is off by 2u at most; `grown` gathers 3u a period and u for
 * what is carried; `sum` 4u a period; dividing them and by the multiple 2u. All terms are positive, so the errors only
 * add: the estimate is off by less than 8(n + 1)u of itself. If no rounding boundary lies within that, it rounds as the
 * exact figure does; else, and where it overflows or a share is wide, the exact one is computed. Nobody downstream can
 * tell which one ran.
 */
function levelInstallment(of: Levelled): Minor {
  const { principal, periods, rounding, carried, grace } = of;
  const { mode, multiple } = stepOf(rounding);
  let grown: number = principal;
  let sum = 0;
  for (let i = grace; i < periods.length; i++) {
    const { share } = periods[i]!;
    const factor = 1 + share.numerator / share.denominator;
    grown *= factor;
    if (i === 0) grown += carried;
    sum = sum * factor + 1;
  }
  const estimate = grown / sum / multiple;
  const error = estimate * (periods.length + 1) * 8 * ROUNDOFF;
  const whole = Math.floor(estimate);
  const part = estimate - whole;
  const halves = mode === "half-up" || mode === "half-even";
  const clear = halves ? Math.abs(part - 1 / 2) > error : part > error && 1 - part > error;
  if (!clear) return exactLevel(of);
  const up = mode === "up" || (halves && part > 1 / 2);
  return minor((up ? whole + 1 : whole) * multiple);
}

function exactLevel(of: Levelled): Minor {
  const { principal, periods, rounding, carried, grace } = of;
  let grown = BigInt(principal);
  let sum = 0n;
  let denominators = 1n;
  for (let i = grace; i < periods.length; i++) {
    const { numerator, denominator } = wideOf(periods[i]!.share);
    const factor = denominator + numerator;
    denominators *= denominator;
    grown *= factor;
    if (i === 0) grown += BigInt(carried) * denominator;
    sum = sum * factor + denominators;
  }
  const { mode, multiple } = stepOf(rounding);
  return minor(wideRound(grown, sum * BigInt(multiple), mode) * multiple);
}

/** Pays the level with every row, and `extra` more with the first that repays principal; the last takes what is left. */
function payLevel(of: Levelled, level: Minor, extra: number): Installment[] {
  const { principal, periods, rounding, carried, grace, deferred } = of;
  const plan: Installment[] = [];
  const last = periods.length - 1;
  let balance: number = principal;
  let owed: number = carried;
  for (let i = 0; i <= last; i++) {
    const own = interestOn(balance, periods[i]!.share, rounding);
    const earned = (i === 0 ? own + carried : own) as Minor;
    owed += own;
    const interest = (i < deferred ? 0 : owed) as Minor;
    owed -= interest;
    const wanted = i < grace ? 0 : level + (i === grace ? extra : 0) - interest;
    const paid = (i === last ? balance : Math.max(0, Math.min(wanted, balance))) as Minor;
    balance -= paid;
    plan.push(rowOf(i + 1, periods[i]!, paid, interest, earned, balance as Minor));
  }
  return plan;
}

/**
 * Interest of each period on the principal lent, whatever has been repaid. The installments of the periods that bear any
 * are level, and principal is what interest leaves of them: so it is in equal parts where interest is. A free period
 * repays its part of the principal alone.
 */
function flat(
  principal: Minor,
  periods: readonly Period[],
  rounding: Rounding,
  carried: Minor,
  grace: number,
  free: number,
): Installment[] {
  const count = periods.length;
  const interests = new Array<number>(count);
  for (let i = 0; i < count; i++) interests[i] = interestOn(principal, periods[i]!.share, rounding);
  const beside = grace === 0 ? interests : interests.slice(grace);
  const principals = besideInterest(principal, beside, Math.max(0, free - grace), rounding);
  const plan: Installment[] = [];
  let balance: number = principal;
  for (let i = 0; i < count; i++) {
    const { dueOn, days } = periods[i]!;
    const paid = i < grace ? 0 : principals[i - grace]!;
    balance -= paid;
    const due = (i === 0 ? interests[0]! + carried : interests[i]!) as Minor;
    plan.push({ n: i + 1, dueOn, days, principal: paid as Minor, interest: due, balance: balance as Minor });
  }
  return plan;
}

/** A principal in the parts that level installments leave beside interest; the odd one is where the residual says. */
function besideInterest(
  principal: Minor,
  interests: readonly number[],
  free: number,
  rounding: Rounding,
): number[] {
  const { residual, installmentMultiple } = rounding;
  const { mode, multiple } = stepOf(rounding);
  const count = interests.length;
  const alone = free === 0 ? 0 : toUnits(principal, count, multiple, mode);
  const level = levelBeside(principal, interests, free, rounding);
  if (count > 1) requireSome(level, installmentMultiple);
  const parts = new Array<number>(count);
  let gap: number = principal;
  for (let i = 0; i < count; i++) {
    parts[i] = i < free ? alone : Math.max(0, level - interests[i]!);
    gap -= parts[i]!;
  }
  if (residual === "first") parts[0]! += gap;
  if (residual === "level") {
    const mean = toUnits(Math.abs(gap), count, multiple, mode);
    const helps = Math.abs(Math.abs(gap) - mean * count) < Math.abs(gap);
    if (helps) for (let i = 0; i < count; i++) parts[i]! += Math.sign(gap) * mean;
  }
  let left: number = principal;
  for (let i = 0; i < count; i++) {
    const taken = i === count - 1 ? left : Math.max(0, Math.min(parts[i]!, left));
    parts[i] = taken;
    left -= taken;
  }
  return parts;
}

/** One part of the principal and the mean of the interest beside it, rounded once. */
function levelBeside(
  principal: Minor,
  interests: readonly number[],
  free: number,
  rounding: Rounding,
): number {
  const { mode, multiple } = stepOf(rounding);
  const count = interests.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += interests[i]!;
  requireSafe(principal + sum);
  if (free === 0 || free >= count) return toUnits(principal + sum, count, multiple, mode);
  const bearing = BigInt(count - free);
  const parts = BigInt(count);
  const top = BigInt(principal) * bearing + BigInt(sum) * parts;
  return wideRound(top, parts * bearing * BigInt(multiple), mode) * multiple;
}
