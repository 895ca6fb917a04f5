import type { AllocationOrder } from "./allocation.ts";
import type { WorkCalendar } from "./calendar.ts";
import type { LoanState } from "./loan.ts";
import type { Minor } from "./money.ts";
import type { PromiseRules } from "./promise.ts";
import { type Fraction, NO_SHARE, type Rate, rateFromE8, ratio, shareOfDays, wideOf } from "./rate.ts";
import type { LoanTerms, ProductTerms } from "./terms.ts";

/** Price of lateness: a multiple of the contract rate, or a rate of its own, on what is overdue. */
export interface LateInterest {
  readonly rate: { readonly times: Fraction } | Rate;
  readonly on: "principal" | "principal+interest";
  /** Overdue interest bears it too, and what it bears is told apart as compound interest (复利). Beside `principal` only. */
  readonly compound?: boolean;
}

/** Days after the due day that are tolerated: `free` for good, else late interest only waits and then counts from the due day. */
export interface Grace {
  readonly days: number;
  readonly free: boolean;
}

/** A fixed sum, or a share of what is unpaid of the installment, charged once for each that is so many days late. */
export interface LateFee {
  readonly afterDays: number;
  readonly fee: { readonly amount: Minor } | { readonly share: Fraction };
}

/**
 * How days past due are counted. Ours unless a product says otherwise: actual days from the oldest due day not fully paid,
 * 1 on the day after it, whatever is tolerated.
 */
export interface DpdConvention {
  /** `unbroken-arrears`: from the due day since which something has always been past due, whatever older part was paid. */
  readonly since?: "oldest-unpaid" | "unbroken-arrears";
  /** Days of grace count; or count as 0 until they are over and then all at once; or never. */
  readonly grace?: "counts" | "waits" | "excluded";
  /** Arrears up to this sum are as good as none. */
  readonly tolerance?: Minor;
  /** Months as 30 days each, or as they are. */
  readonly basis?: "actual" | "30/360";
}

/** Everything that all loans of a product share. `kept`: we hold the ledger; `fed`: the core system reports balances. */
export interface Product {
  readonly id: number;
  readonly lender: string;
  readonly code: string;
  readonly source: "kept" | "fed";
  readonly terms: ProductTerms;
  readonly lateInterest?: LateInterest;
  readonly grace?: Grace;
  readonly lateFee?: LateFee;
  readonly dpd?: DpdConvention;
  /** An installment due on a day off is in time on the next working day; its interest is as planned. */
  readonly payableOn?: WorkCalendar;
  /** The kind of lender, as the pack names it: which ceiling on the cost of a loan applies. */
  readonly lenderKind?: string;
  readonly allocation: AllocationOrder;
  /** First day past due of each band: `[1, 31, 61]` makes M1 1-30, M2 31-60, M3 from 61. */
  readonly bandEdges: readonly number[];
  readonly strategy: string;
  /** How far ahead a promise to pay may lie, and what keeps it. */
  readonly promises?: PromiseRules;
  /** How many days before limitation runs out in the worst case a close warns, falling; the pack's where absent. */
  readonly limitationWarnings?: readonly number[];
}

type Contract = Pick<LoanState, "principal" | "rateE8" | "disbursedOn" | "firstDueOn" | "installments">;

export function termsOf(loan: Contract, product: Product): LoanTerms {
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

/** Late interest for one minor unit overdue one day at a contract rate; zero where the product charges none. */
export function lateRateADay(contract: Rate, product: Product): Fraction {
  const known = lateRates.get(product);
  const rate = known?.get(contract);
  if (rate !== undefined) return rate;
  const found = lateRate(contract, product);
  if (known) known.set(contract, found);
  else lateRates.set(product, new Map([[contract, found]]));
  return found;
}

/** A book has few products and rates, and each pair is asked for millions of times. */
const lateRates = new WeakMap<Product, Map<Rate, Fraction>>();

function lateRate(contract: Rate, product: Product): Fraction {
  const late = product.lateInterest;
  if (!late) return NO_SHARE;
  if (!("times" in late.rate)) return rateADay(late.rate, product);
  const { times } = late.rate;
  const day = wideOf(rateADay(contract, product));
  return ratio(day.numerator * BigInt(times.numerator), day.denominator * BigInt(times.denominator));
}

/** Late interest runs day by day whatever the basis of the plan: ACT/ACT counts 365 days a year for it. */
const rateADay = (rate: Rate, { terms }: Product): Fraction =>
  shareOfDays(rate, terms.dayCount === "ACT/ACT" ? "ACT/365" : terms.dayCount, 1);

/** 0 while nothing is past due, 1 for M1, 2 for M2 … */
export function bandOf(product: Product, dpd: number): number {
  let band = 0;
  for (const edge of product.bandEdges) {
    if (dpd < edge) break;
    band += 1;
  }
  return band;
}

export const bandName = (band: number): string => BAND_NAMES[band] ?? `M${band}`;
const BAND_NAMES = ["M0", "M1", "M2", "M3", "M4", "M5", "M6", "M7"];
