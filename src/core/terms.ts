import { addDays, addMonths, type Day, type MonthEnd, monthsAfter, NEVER, ymd } from "./calendar.ts";
import type { Minor, RoundingMode } from "./money.ts";
import type { DayCount, Every, Rate } from "./rate.ts";

/**
 * How a loan is repaid. `equal-principal` (等额本金): principal in equal parts, interest on what is still owed;
 * `equal-installment` (等额本息): the annuity; `interest-only` (先息后本): principal with the last installment; `bullet`
 * (到期还本付息): one installment for everything at the end; `flat` (等本等息): interest on the principal lent,
 * whatever has been repaid, in level installments.
 */
export type Method = "equal-principal" | "equal-installment" | "interest-only" | "bullet" | "flat";
export const METHODS: readonly Method[] = [
  "equal-principal",
  "equal-installment",
  "interest-only",
  "bullet",
  "flat",
];

export type Residual = "last" | "first" | "level";
export const RESIDUALS: readonly Residual[] = ["last", "first", "level"];

export interface Rounding {
  readonly mode: RoundingMode;
  /** Where the level installment, or the equal part, is rounded otherwise than interest: up to the next cent, say. */
  readonly installmentMode?: RoundingMode;
  /** Interest and equal parts in whole multiples of this many minor units; 1, the currency's own, unless given. */
  readonly unit?: Minor;
  /**
   * Which installment takes the cents that do not divide evenly: the last or the first that repays principal. `level`
   * leaves them to the last, but first moves the level figure by the mean of the last one's gap, and keeps the move only
   * if the gap shrinks.
   */
  readonly residual: Residual;
  /**
   * Installments in whole multiples of this many minor units; 1 unless the contract says otherwise. Made whole is the
   * installment of `equal-installment` and `flat`, and the principal part of `equal-principal`. Of `interest-only` and
   * `bullet` nothing is: their principal is repaid in one piece, and interest is rounded to the unit alone.
   */
  readonly installmentMultiple: Minor;
}

/** What the product says; the same for all loans of it. */
export interface ProductTerms {
  readonly currency: string;
  readonly every: Every;
  readonly method: Method;
  readonly ratePer: Rate["per"];
  readonly dayCount: DayCount;
  /** `daily` counts the days of each period; `period` takes the period's rate whatever its days. */
  readonly interest: "daily" | "period";
  readonly monthEnd: MonthEnd;
  readonly rounding: Rounding;
  /** The first so many installments repay no principal; the rest repay it all. None unless given. */
  readonly graceOnPrincipal?: number | undefined;
  /**
   * The interest of the first so many periods falls due with the next installment, and bears none. An equal installment is
   * level all the same: it repays the more principal first, and the less then. None unless given.
   */
  readonly graceOnInterest?: number | undefined;
  /** The first so many periods bear no interest. None unless given. */
  readonly interestFree?: number | undefined;
}

/** What one contract says. With its product's terms it determines the whole schedule. */
export interface LoanTerms extends ProductTerms {
  readonly principal: Minor;
  readonly rate: Rate;
  readonly disbursedOn: Day;
  readonly firstDueOn: Day;
  readonly installments: number;
}

type DueTerms = Pick<LoanTerms, "disbursedOn" | "firstDueOn" | "every" | "monthEnd">;

/**
 * The due day of installment `n` (1-based). Counted from the pay-out day where the first due day is the usual one, else
 * from the first due day: so that after 31 January and 28 February comes 31 March.
 */
export function dueDay(terms: DueTerms, n: number): Day {
  return dueDays(terms, n)[n - 1]!;
}

/** Due days 1 to `count`, but none after the first that lies on or beyond `through`. */
export function dueDays(terms: DueTerms, count: number, through: Day = NEVER): Day[] {
  const { disbursedOn, firstDueOn, every, monthEnd } = terms;
  const usual = usualFirstDue(disbursedOn, every, monthEnd) === firstDueOn;
  const origin = usual ? disbursedOn : firstDueOn;
  const start = ymd(origin);
  const days: Day[] = [];
  for (let n = usual ? 1 : 0; days.length < count; n++) {
    const due =
      "months" in every ? monthsAfter(start, every.months * n, monthEnd) : addDays(origin, daysOf(every) * n);
    days.push(due);
    if (due >= through) break;
  }
  return days;
}

/** The usual first due day: one period after the money was paid out. */
export function usualFirstDue(disbursedOn: Day, every: Every, monthEnd: MonthEnd): Day {
  if ("months" in every) return addMonths(disbursedOn, every.months, monthEnd);
  return addDays(disbursedOn, daysOf(every));
}

const daysOf = (every: { readonly weeks: number } | { readonly days: number }): number =>
  "weeks" in every ? every.weeks * 7 : every.days;
