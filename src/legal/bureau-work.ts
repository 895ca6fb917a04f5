import {
  type BureauFact,
  type Fact,
  InvariantError,
  type Key,
  type LoanBooked,
  type LoanState,
  minor,
  type Product,
  ZERO,
} from "../core/index.ts";
import type { BureauRule, Month } from "./bureau.ts";
import {
  type Beside,
  type MonthEntry,
  marksOf,
  monthEndOf,
  monthFromFacts,
  monthFromRow,
} from "./bureau-month.ts";

/** What a pass over a book does with each loan at a month's end. */
export function monthWork(month: Month, rule: BureauRule) {
  const end = monthEndOf(month, rule);
  return {
    month,
    first: end.first,
    last: end.last,
    fromRow: (loan: LoanState, product: Product, beside: Beside): MonthEntry | undefined | "journal" => {
      try {
        return monthFromRow(loan, product, end, beside);
      } catch (error) {
        return unknown(error, loan);
      }
    },
    fromFacts: (
      key: Key,
      facts: readonly Fact[],
      product: Product,
      notes: readonly BureauFact[],
    ): MonthEntry | undefined => {
      const booked = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
      if (!booked) return undefined;
      const marks = marksOf(notes, booked.id, end);
      try {
        return monthFromFacts({ key, facts, product, marks }, end);
      } catch (error) {
        return unknown(error, { principal: booked.principal, principalPaid: ZERO });
      }
    },
  };
}

/** A loan that cannot be counted is told as not known, and the pass goes on: `verify` names it. */
function unknown(
  error: unknown,
  { principal, principalPaid }: Pick<LoanState, "principal" | "principalPaid">,
): MonthEntry {
  if (!(error instanceof InvariantError)) throw error;
  return {
    code: "#",
    class: undefined,
    dpd: 0,
    dueAge: 0,
    outstanding: minor(Math.max(0, principal - principalPaid)),
    pastDue: ZERO,
    special: [],
    lateUnits: 0,
  };
}
