import type { Result } from "../core/index.ts";
import { type DebtPlan, type Debts, monthsUntil, type OwedDebt, payMonths, type Split } from "./debts.ts";
import { rateCompared } from "./rates.ts";

/** Orders that people are told of, and that have a name. */
export type NamedOrder = "highest-cost" | "smallest" | "soonest-legal";
export const NAMED_ORDERS: readonly NamedOrder[] = ["highest-cost", "smallest", "soonest-legal"];

/** The debts' places in the order in which what is left of a month goes to them. */
export function orderOf(name: NamedOrder, debts: readonly OwedDebt[]): readonly number[] {
  const places = debts.map((_, i) => i);
  const by = (compare: (a: OwedDebt, b: OwedDebt) => number): number[] =>
    places.sort((a, b) => compare(debts[a]!, debts[b]!) || a - b);
  const dearest = (a: OwedDebt, b: OwedDebt): number => rateCompared(b.rate, a.rate);
  switch (name) {
    case "highest-cost":
      return by((a, b) => dearest(a, b) || a.balance - b.balance);
    case "smallest":
      return by((a, b) => a.balance - b.balance || dearest(a, b));
    case "soonest-legal":
      return by((a, b) => (a.legal?.by ?? NO_DAY) - (b.legal?.by ?? NO_DAY) || dearest(a, b));
  }
}

const NO_DAY = Number.MAX_SAFE_INTEGER;

/** Pays in an order: what contracts and legal days ask for first, the rest to the first of the order. */
export const payInOrder = (asked: Debts, order: readonly number[]): Result<DebtPlan> =>
  payMonths(asked, inOrder(asked, order));

/**
 * A month's budget in parts: first what the legal days to come ask of this month, the soonest day first; then each contract's minimum; then
 * what is left, to the first in the order until it is paid, and so on.
 *
 * What a legal day asks of a month is as little as keeps it in reach: all that days up to it still ask for, less what the months before it can
 * carry beside the minimums.
 */
export function inOrder({ asOf, debts }: Debts, order: readonly number[]): Split {
  const legal = debts.map((debt) =>
    debt.legal ? { month: monthsUntil(asOf, debt.legal.by), amount: debt.legal.amount } : undefined,
  );
  const paidSoFar = debts.map(() => 0);
  return (month, owed, budget) => {
    const paid = debts.map(() => 0);
    let left = budget;
    const give = (i: number, sum: number): void => {
      const part = Math.max(0, Math.min(sum, left, owed[i]! - paid[i]!));
      paid[i]! += part;
      left -= part;
    };
    const open = (i: number): number =>
      legal[i] && legal[i].month >= month ? Math.max(0, legal[i].amount - paidSoFar[i]!) : 0;
    const byDay = order.filter((i) => open(i) > 0).sort((a, b) => legal[a]!.month - legal[b]!.month);
    // Beside a debt's own minimum, which counts for its legal day too.
    const capacity = budget - debts.reduce((sum, { minimum }, i) => sum + Math.min(minimum, owed[i]!), 0);
    let asked = 0;
    let now = 0;
    for (const i of byDay) {
      const months = legal[i]!.month - month + 1;
      asked += Math.max(0, open(i) - debts[i]!.minimum * months);
      now = Math.max(now, asked - Math.max(0, capacity) * (months - 1));
    }
    // Where not all can be done, a legal day comes before a minimum.
    const scarce = capacity < now;
    if (scarce) for (const i of byDay) give(i, open(i));
    for (const i of order) give(i, debts[i]!.minimum - paid[i]!);
    for (const i of byDay) {
      const part = Math.min(now, open(i) - Math.min(open(i), paid[i]!));
      if (part > 0) {
        give(i, part);
        now -= part;
      }
    }
    for (const i of order) give(i, owed[i]!);
    paid.forEach((sum, i) => {
      paidSoFar[i]! += sum;
    });
    return paid;
  };
}
