import type { Position } from "../../src/core/index.ts";
import type { Figures } from "./oracle.ts";

/** The engine's position in the oracle's words. */
export function shown(seen: Position): Figures {
  const { arrears } = seen;
  return {
    status: seen.status,
    outstanding: seen.outstanding,
    principal: arrears.principal,
    interest: arrears.interest,
    lateInterest: arrears.lateInterest,
    compoundInterest: arrears.compoundInterest,
    fee: arrears.fee,
    penalty: arrears.penalty,
    recoveryCost: arrears.recoveryCost,
    dpd: seen.dpd,
    dueOn: seen.dueOn,
    nextDue: seen.nextDue,
    contractual: seen.contractual,
    payoff: seen.payoff,
    unapplied: seen.unapplied,
    open: seen.installments
      .map((row) => ({
        ...row,
        left: row.principal + row.interest - row.principalPaid - row.interestPaid - row.released,
      }))
      .filter(({ left }) => left > 0)
      .map(({ dueOn, left }) => `${dueOn} ${left}`),
    principalPaid: seen.installments.reduce((sum, row) => sum + row.principalPaid, 0),
    interestPaid: seen.installments.reduce((sum, row) => sum + row.interestPaid, 0),
  };
}
