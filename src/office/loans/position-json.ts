import {
  type Arrears,
  type Books,
  type Ceiling,
  claimableOf,
  formatDay,
  formatMoney,
  formatPercent,
  type Minor,
  type Position,
  type Product,
} from "../../core/index.ts";

/** A position as every command gives it out: money as text, days as ISO, `bucket` the age band (M0, M1, …). */
export function positionJson(position: Position, decimals: number): Record<string, unknown> {
  const money = (value: Minor) => formatMoney(value, decimals);
  const { nextDue } = position;
  return {
    asOf: formatDay(position.asOf),
    status: position.status,
    dpd: position.dpd,
    bucket: position.band,
    outstanding: money(position.outstanding),
    arrears: arrearsJson(position.arrears, money),
    dueOn: position.dueOn === null ? null : formatDay(position.dueOn),
    nextDue: nextDue && { on: formatDay(nextDue.on), amount: money(nextDue.amount) },
    contractual: money(position.contractual),
    payoff: money(position.payoff),
    unapplied: money(position.unapplied),
    installments: position.installments.map((row) => ({
      n: row.n,
      dueOn: formatDay(row.dueOn),
      days: row.days,
      principal: money(row.principal),
      interest: money(row.interest),
      principalPaid: money(row.principalPaid),
      interestPaid: money(row.interestPaid),
      released: money(row.released),
      balance: money(row.balance),
    })),
  };
}

const arrearsJson = (arrears: Arrears, money: (value: Minor) => string): Record<string, string> => ({
  principal: money(arrears.principal),
  interest: money(arrears.interest),
  lateInterest: money(arrears.lateInterest),
  compoundInterest: money(arrears.compoundInterest),
  fee: money(arrears.fee),
  penalty: money(arrears.penalty),
  recoveryCost: money(arrears.recoveryCost),
  total: money(arrears.total),
});

/** What can be claimed under a ceiling, with the working. */
export function claimableJson(
  books: Books,
  product: Product,
  ceiling: Ceiling,
  decimals: number,
): Record<string, unknown> {
  const money = (value: Minor) => formatMoney(value, decimals);
  const found = claimableOf(books, product, ceiling);
  return {
    claimable: money(found.claimable),
    ceiling: {
      percentAYear: formatPercent(ceiling.rate),
      yearDays: ceiling.yearDays,
      rule: ceiling.rule,
      cite: ceiling.cite,
      force: ceiling.force,
      verification: ceiling.verification,
      onRequest: ceiling.onRequest,
      allowed: money(found.allowed),
      charged: money(found.charged),
      excess: money(found.excess),
      reduced: {
        interest: money(found.reduced.interest),
        fee: money(found.reduced.fee),
        penalty: money(found.reduced.penalty),
      },
      paidAbove: money(found.paidAbove),
    },
  };
}
