import { formatDay, formatMoney, type Minor, type Position } from "../core/index.ts";

/** A position as every command gives it out: money as text, days as ISO, `bucket` the age band (M0, M1, …). */
export function positionJson(position: Position, decimals: number): Record<string, unknown> {
  const money = (value: Minor) => formatMoney(value, decimals);
  const { arrears, nextDue } = position;
  return {
    asOf: formatDay(position.asOf),
    status: position.status,
    dpd: position.dpd,
    bucket: position.band,
    outstanding: money(position.outstanding),
    arrears: {
      principal: money(arrears.principal),
      interest: money(arrears.interest),
      lateInterest: money(arrears.lateInterest),
      total: money(arrears.total),
    },
    dueOn: position.dueOn === null ? null : formatDay(position.dueOn),
    nextDue: nextDue && { on: formatDay(nextDue.on), amount: money(nextDue.amount) },
    payoff: money(position.payoff),
    unapplied: money(position.unapplied),
    installments: position.installments.map((row) => ({
      n: row.n,
      dueOn: formatDay(row.dueOn),
      principal: money(row.principal),
      interest: money(row.interest),
      principalPaid: money(row.principalPaid),
      interestPaid: money(row.interestPaid),
      balance: money(row.balance),
    })),
  };
}
