import { type Day, NEVER } from "./calendar.ts";
import type { Fact, LoanStatus } from "./facts.ts";
import { type LoanState, lateInterestDue, lateUnitsThrough, payoffOn, replay, unpaid } from "./loan.ts";
import { type Minor, minor, ZERO } from "./money.ts";
import { bandName, bandOf, type Product, termsOf } from "./product.ts";
import { type Installment, schedule } from "./schedule.ts";
import { invariant } from "./trouble.ts";

export interface Arrears {
  readonly principal: Minor;
  readonly interest: Minor;
  readonly lateInterest: Minor;
  readonly total: Minor;
}

export interface InstallmentPosition extends Installment {
  readonly principalPaid: Minor;
  readonly interestPaid: Minor;
}

/** What a loan's figures are on a day. */
export interface Position {
  readonly asOf: Day;
  readonly source: "kept" | "fed";
  readonly status: LoanStatus;
  /** The plan with what is paid of each row; empty on fed loans, whose plan the core system holds. */
  readonly installments: readonly InstallmentPosition[];
  /** Principal still owed, due or not. */
  readonly outstanding: Minor;
  readonly arrears: Arrears;
  /** 1 on the day after the due day; 0 while nothing is past due. */
  readonly dpd: number;
  readonly band: string;
  /** Oldest due day not fully paid, past or to come. */
  readonly dueOn: Day | null;
  readonly nextDue: { readonly on: Day; readonly amount: Minor } | null;
  /** All that would close the loan on this day. */
  readonly payoff: Minor;
  readonly unapplied: Minor;
}

/** Days past due on a day; negative while the oldest unpaid due day is still to come; 0 without one. */
export const daysFromDue = (loan: LoanState, on: Day): number => (loan.dueOn === NEVER ? 0 : on - loan.dueOn);
export const dpdOn = (loan: LoanState, on: Day): number => Math.max(0, daysFromDue(loan, on));

/** What is past due on a day at or after the last money of the loan. */
export function arrearsOn(
  loan: LoanState,
  product: Product,
  on: Day,
  plan: readonly Installment[] = product.source === "kept" ? schedule(termsOf(loan, product), on) : [],
): Arrears {
  if (product.source === "fed") {
    const charges = loan.latePaid;
    const total = minor(loan.lateUnits);
    return { principal: minor(Math.max(0, total - charges)), interest: ZERO, lateInterest: charges, total };
  }
  let principal = 0;
  let interest = 0;
  for (const row of unpaid(loan, plan)) {
    if (row.dueOn >= on) break;
    principal += row.principal;
    interest += row.interest;
  }
  const lateUnits = lateUnitsThrough(loan, product, plan, on);
  const lateInterest = lateInterestDue({ ...loan, lateUnits }, product);
  return {
    principal: minor(principal),
    interest: minor(interest),
    lateInterest,
    total: minor(principal + interest + lateInterest),
  };
}

/**
 * A loan's position on any day at or after its last money; `positionFromFacts` serves every other day.
 *
 * Takes   the folded loan and its product.
 * Units   minor units; days past due count from the oldest unpaid due day.
 * Holds   outstanding = principal lent - principal paid; arrears.total = its parts.
 */
export function position(loan: LoanState, product: Product, asOf: Day): Position {
  invariant(
    asOf >= loan.lateOn || product.source === "fed",
    "for an earlier day, replay the facts valued by then",
  );
  const dpd = dpdOn(loan, asOf);
  const plan = product.source === "kept" ? schedule(termsOf(loan, product)) : [];
  const arrears = arrearsOn(loan, product, asOf, plan);
  const outstanding = minor(loan.principal - loan.principalPaid);
  const next = unpaid(loan, plan).find((row) => row.dueOn >= asOf);
  return {
    asOf,
    source: product.source,
    status: loan.status,
    installments: withPaid(loan, plan),
    outstanding,
    arrears,
    dpd,
    band: bandName(bandOf(product, dpd)),
    dueOn: loan.dueOn === NEVER ? null : loan.dueOn,
    nextDue: next ? { on: next.dueOn, amount: minor(next.principal + next.interest) } : null,
    payoff: product.source === "kept" ? payoff(loan, product, plan, asOf) : outstanding,
    unapplied: loan.extra?.unapplied ?? ZERO,
  };
}

/** The same for any day, past or future, from the journal: only facts booked by `knownOn` and money valued by `asOf`. */
export function positionFromFacts(
  key: { bucket: number; n: number },
  facts: readonly Fact[],
  product: (id: number) => Product,
  asOf: Day,
  knownOn: Day = NEVER,
): Position | undefined {
  const known = facts.filter((fact) => {
    if (fact.on > knownOn) return false;
    if (fact.kind === "PaymentReceived") return fact.valueOn <= asOf;
    if (fact.kind === "BalanceReported") return fact.asOf <= asOf;
    if (fact.kind === "PaymentReversed") return true;
    return fact.kind === "LoanBooked";
  });
  const kept = known.filter(
    (fact) =>
      fact.kind !== "PaymentReversed" ||
      known.some((other) => other.kind === "PaymentReceived" && other.id === fact.id),
  );
  const loan = replay(key, kept, product);
  if (!loan || loan.disbursedOn > asOf) return undefined;
  return position(loan, product(loan.product), asOf);
}

/** On top of what lies unapplied. */
function payoff(loan: LoanState, product: Product, plan: readonly Installment[], asOf: Day): Minor {
  const accrued = { ...loan, lateUnits: lateUnitsThrough(loan, product, plan, asOf), lateOn: asOf };
  return minor(Math.max(0, payoffOn(accrued, product, plan) - (loan.extra?.unapplied ?? 0)));
}

/** What is paid of each row: principal and interest are each paid oldest first. */
function withPaid(loan: LoanState, plan: readonly Installment[]): InstallmentPosition[] {
  let principalLeft: number = loan.principalPaid;
  let interestLeft: number = loan.interestPaid;
  return plan.map((row) => {
    const principalPaid = minor(Math.min(row.principal, principalLeft));
    const interestPaid = minor(Math.min(row.interest, interestLeft));
    principalLeft -= principalPaid;
    interestLeft -= interestPaid;
    return { ...row, principalPaid, interestPaid };
  });
}
