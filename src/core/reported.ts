import type { Day } from "./calendar.ts";
import { NEVER } from "./calendar.ts";
import type { LoanState } from "./loan.ts";
import { type Minor, minor } from "./money.ts";
import { type Product, termsOf } from "./product.ts";
import { schedule } from "./schedule.ts";

/** Where a fed loan's report and our own derivation from its terms part. The report stays the position. */
export type Finding =
  | { readonly code: "principal-above-lent"; readonly reported: Minor; readonly derived: Minor }
  | { readonly code: "ended-with-principal"; readonly reported: Minor; readonly derived: Minor }
  | { readonly code: "not-a-due-day"; readonly reportedOn: Day; readonly derivedOn: Day | undefined }
  | {
      readonly code: "due-day-differs";
      readonly reportedOn: Day | undefined;
      readonly derivedOn: Day | undefined;
    }
  | { readonly code: "arrears-differ"; readonly reported: Minor; readonly derived: Minor };

/**
 * What a fed loan's last report says otherwise than its contract would, with the principal and interest that it reports as
 * paid applied oldest first.
 *
 * Takes   a fed loan's state: its money fields are the report.
 * Gives   findings, in the order above; none where nothing was reported yet. A difference is no error of the core system's:
 *         it knows of fees, deferrals and restructures that its report does not tell.
 * Units   minor units. `arrears-differ` leaves reported charges out of both sides.
 */
export function findingsOf(loan: LoanState, product: Product): Finding[] {
  const reportedOn = loan.lateOn;
  if (product.source !== "fed" || reportedOn <= loan.disbursedOn) return [];
  const findings: Finding[] = [];
  const outstanding = minor(loan.principal - loan.principalPaid);
  if (outstanding > loan.principal)
    findings.push({ code: "principal-above-lent", reported: outstanding, derived: loan.principal });
  if (loan.status !== "open") {
    if (loan.status === "paid-off" && outstanding > 0)
      findings.push({ code: "ended-with-principal", reported: outstanding, derived: minor(0) });
    return findings;
  }
  const { dueOn, arrears, dueDays } = derived(loan, product, reportedOn);
  const dueReported = loan.dueOn === NEVER ? undefined : loan.dueOn;
  if (dueReported !== undefined && !dueDays.includes(dueReported))
    findings.push({ code: "not-a-due-day", reportedOn: dueReported, derivedOn: dueOn });
  else if (dueReported !== dueOn)
    findings.push({ code: "due-day-differs", reportedOn: dueReported, derivedOn: dueOn });
  const reported = minor(Math.max(0, loan.lateUnits - loan.latePaid));
  if (reported !== arrears) findings.push({ code: "arrears-differ", reported, derived: arrears });
  return findings;
}

function derived(
  loan: LoanState,
  product: Product,
  on: Day,
): { dueOn: Day | undefined; arrears: Minor; dueDays: readonly Day[] } {
  const plan = schedule(termsOf(loan, product));
  let principalLeft: number = Math.max(0, loan.principalPaid);
  let interestLeft: number = loan.interestPaid;
  let arrears = 0;
  let dueOn: Day | undefined;
  for (const row of plan) {
    const principal = row.principal - Math.min(row.principal, principalLeft);
    const interest = row.interest - Math.min(row.interest, interestLeft);
    principalLeft -= row.principal - principal;
    interestLeft -= row.interest - interest;
    if (principal === 0 && interest === 0) continue;
    dueOn ??= row.dueOn;
    if (row.dueOn < on) arrears += principal + interest;
  }
  return { dueOn, arrears: minor(arrears), dueDays: plan.map((row) => row.dueOn) };
}
