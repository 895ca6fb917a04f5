import {
  type DayCount,
  day,
  decimalsOf,
  type Every,
  formatDay,
  formatMoney,
  type Installment,
  type LoanTerms,
  type Method,
  type Minor,
  type MonthEnd,
  minor,
  parseMoney,
  parseRate,
  type RatePeriod,
  type Residual,
  type RoundingMode,
  usualFirstDue,
} from "../../src/core/index.ts";

/** Terms as a test writes them: money and days as text, and only what matters to it. */
export interface Given {
  readonly currency?: string;
  readonly principal?: string;
  readonly percent?: string;
  readonly per?: RatePeriod;
  readonly installments?: number;
  readonly method?: Method;
  readonly every?: Every;
  readonly interest?: "daily" | "period";
  readonly dayCount?: DayCount;
  readonly mode?: RoundingMode;
  readonly installmentMode?: RoundingMode;
  readonly unit?: string;
  readonly residual?: Residual;
  readonly multiple?: string;
  readonly disbursedOn?: string;
  readonly firstDueOn?: string;
  readonly monthEnd?: MonthEnd;
  readonly graceOnPrincipal?: number;
  readonly graceOnInterest?: number;
  readonly interestFree?: number;
}

/** 10,000.00 in ten months from 1 January 2026, equal principal at 0.05 % a day, unless given. */
export function terms(given: Given): LoanTerms {
  const { graceOnPrincipal, graceOnInterest, interestFree, unit, installmentMode } = given;
  const every = given.every ?? { months: 1 };
  const disbursedOn = day(given.disbursedOn ?? "2026-01-01");
  const monthEnd = given.monthEnd ?? "clamp";
  const currency = given.currency ?? "CNY";
  const money = (text: string): Minor => parseMoney(text, decimalsOf(currency))!;
  return {
    currency,
    principal: money(given.principal ?? "10000.00"),
    rate: parseRate(given.percent ?? "0.05", given.per ?? "day")!,
    ratePer: given.per ?? "day",
    every,
    method: given.method ?? "equal-principal",
    dayCount: given.dayCount ?? "ACT/365",
    interest: given.interest ?? "daily",
    monthEnd,
    disbursedOn,
    firstDueOn: given.firstDueOn ? day(given.firstDueOn) : usualFirstDue(disbursedOn, every, monthEnd),
    installments: given.installments ?? 10,
    rounding: {
      mode: given.mode ?? "half-up",
      residual: given.residual ?? "last",
      installmentMultiple: given.multiple ? money(given.multiple) : minor(1),
      ...(unit ? { unit: money(unit) } : {}),
      ...(installmentMode ? { installmentMode } : {}),
    },
    graceOnPrincipal,
    graceOnInterest,
    interestFree,
  };
}

/** `dueOn days principal interest balance` a row. */
export const table = (plan: readonly Installment[]): string[] =>
  plan.map((row) =>
    [
      formatDay(row.dueOn),
      row.days,
      ...[row.principal, row.interest, row.balance].map((m) => formatMoney(m)),
    ].join(" "),
  );

export const totals = (plan: readonly Installment[]): string[] =>
  plan.map((row) => formatMoney((row.principal + row.interest) as Minor));
