/** By this the late interest of 1.5 times the rate is counted on overdue principal. */
export const LATE = 'late_interest: { times: "1.5", on: principal }';

/**
 * The map of a small lender's file of loans: equal principal by the month, a rate a day, in a book opened on 1 January 2026.
 *
 * Takes   what its one product says beside that, a line each, and columns beside those that every loan has.
 */
export const branchMap = (product: readonly string[], columns = ""): string => `map: branch-loans
kind: loans
lender: { code: branch, name: Branch, zone: Asia/Shanghai, pack: cn, opened_on: 2026-01-01 }
products:
  cash:
    source: kept
    currency: CNY
    method: equal-principal
    every: { months: 1 }
    rate_per: day
    day_count: ACT/365
    interest: daily
${product.map((line) => `    ${line}\n`).join("")}columns: { loan_id: loan, borrower_id: person, principal: amount, rate_percent: rate, disbursed_on: paid_out, installments: n${columns} }
`;
