import type { AllocationOrder } from "./allocation.ts";
import type { LoanState } from "./loan.ts";
import { type Fraction, type Rate, rateFromE8, reduce } from "./rate.ts";
import type { LoanTerms, ProductTerms } from "./terms.ts";

/** Price of lateness: a multiple of the contract rate, or a rate of its own, on what is overdue. */
export interface LateInterest {
  readonly rate: { readonly times: Fraction } | Rate;
  readonly on: "principal" | "principal+interest";
}

/** Everything that all loans of a product share. `kept`: we hold the ledger; `fed`: the core system reports balances. */
export interface Product {
  readonly id: number;
  readonly lender: string;
  readonly code: string;
  readonly source: "kept" | "fed";
  readonly terms: ProductTerms;
  readonly lateInterest?: LateInterest;
  readonly allocation: AllocationOrder;
  /** First day past due of each band: `[1, 31, 61]` makes M1 1-30, M2 31-60, M3 from 61. */
  readonly bandEdges: readonly number[];
  readonly strategy: string;
}

export function termsOf(loan: LoanState, product: Product): LoanTerms {
  const { terms } = product;
  // Written out: this is asked for each loan that a close touches, and spreading costs microseconds.
  return {
    currency: terms.currency,
    every: terms.every,
    method: terms.method,
    ratePer: terms.ratePer,
    dayCount: terms.dayCount,
    interest: terms.interest,
    monthEnd: terms.monthEnd,
    rounding: terms.rounding,
    graceOnPrincipal: terms.graceOnPrincipal,
    graceOnInterest: terms.graceOnInterest,
    interestFree: terms.interestFree,
    principal: loan.principal,
    rate: rateFromE8(loan.rateE8, terms.ratePer),
    disbursedOn: loan.disbursedOn,
    firstDueOn: loan.firstDueOn,
    installments: loan.installments,
  };
}

const YEAR_DAYS = { "30/360": 360, "ACT/360": 360, "ACT/364": 364, "ACT/365": 365, "ACT/ACT": 365 } as const;

/** Late interest for one minor unit overdue one day, as an exact ratio; zero where the product charges none. */
export function lateRateADay(loan: LoanState, product: Product): Fraction {
  const late = product.lateInterest;
  if (!late) return { numerator: 0, denominator: 1 };
  const own = "times" in late.rate ? rateFromE8(loan.rateE8, product.terms.ratePer) : late.rate;
  const times = "times" in late.rate ? late.rate.times : { numerator: 1, denominator: 1 };
  const power = 10 ** own.scale * times.denominator;
  const rate = own.numerator * times.numerator;
  if (own.per === "day") return reduce(rate, power);
  const yearDays = YEAR_DAYS[product.terms.dayCount];
  return own.per === "year" ? reduce(rate, power * yearDays) : reduce(rate * 12, power * yearDays);
}

/** 0 while nothing is past due, 1 for M1, 2 for M2 … */
export function bandOf(product: Product, dpd: number): number {
  let band = 0;
  for (const edge of product.bandEdges) {
    if (dpd < edge) break;
    band += 1;
  }
  return band;
}

export const bandName = (band: number): string => `M${band}`;
