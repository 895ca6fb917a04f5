import { type Result, refuse } from "../core/index.ts";
import { checkDebts, type DebtPlan, type Debts } from "./debts.ts";
import { NAMED_ORDERS, type NamedOrder, orderOf, payInOrder } from "./orders.ts";

/** The plans of the named orders, and the cheapest of all that were tried. */
export interface Compared {
  readonly orders: Readonly<Partial<Record<NamedOrder, DebtPlan>>>;
  readonly optimum: DebtPlan;
  /** Places of the debts in the order of the optimum. */
  readonly order: readonly number[];
  /** How many orders were tried: all there are of up to so many debts. */
  readonly tried: number;
}

/** Up to so many debts every order is tried, 720 of six; of more, the named ones and each debt put first in the dearest-first order. */
const ALL_UP_TO = 6;

/**
 * Compares orders of payment under one monthly budget and finds the cheapest.
 *
 * What is looked for is, in this order: fewest legal days missed, fewest months below a contract's minimum, least interest.
 *
 * Why an order suffices. Interest is a share of each balance. Take a plan that in some month gives the last unit of free money to a debt while a
 * dearer one is open, and later gives that dearer one a unit: swapping the two units changes neither month's sum, and lowers interest on the
 * dearer debt by more than it raises the other's. So once minimums and legal days have what they ask for, free money goes to the dearest open
 * debt in any cheapest plan; and because `inOrder` gives a legal day no more than keeps it in reach, no month gives it early without need. The
 * argument is exact where no minimum frees itself before a legal day and apart from rounding to minor units; for these cases every order of up
 * to six debts is tried.
 *
 * Refuses what `checkDebts` refuses; `never-ends` where no order ends.
 * Holds   the optimum is never worse than a named order: they are among those tried.
 */
export function cheapest(asked: Debts): Result<Compared> {
  const checked = checkDebts(asked);
  if (!checked.ok) return checked;
  const { debts } = asked;
  const orders: Partial<Record<NamedOrder, DebtPlan>> = {};
  let best: { plan: DebtPlan; order: readonly number[] } | undefined;
  let tried = 0;
  let refused: Result<DebtPlan> | undefined;
  const attempt = (order: readonly number[]): DebtPlan | undefined => {
    const made = payInOrder(asked, order);
    tried += 1;
    if (!made.ok) {
      refused = made;
      return undefined;
    }
    if (!best || isBetter(made.value, best.plan)) best = { plan: made.value, order };
    return made.value;
  };
  for (const name of NAMED_ORDERS) {
    const plan = attempt(orderOf(name, debts));
    if (plan) orders[name] = plan;
  }
  for (const order of candidates(asked)) attempt(order);
  if (!best)
    return refused && !refused.ok ? refused : refuse("never-ends", "no order of payment ends", "budget");
  return { ok: true, value: { orders, optimum: best.plan, order: best.order, tried } };
}

const missed = ({ belowMinimum }: DebtPlan): number =>
  belowMinimum.reduce((sum, { months }) => sum + months, 0);

export const isBetter = (a: DebtPlan, b: DebtPlan): boolean =>
  (a.missesLegal.length - b.missesLegal.length || missed(a) - missed(b) || a.interest - b.interest) < 0;

function candidates({ debts }: Debts): readonly (readonly number[])[] {
  const dearest = orderOf("highest-cost", debts);
  if (debts.length <= ALL_UP_TO) return permutations(dearest);
  return dearest.map((first) => [first, ...dearest.filter((i) => i !== first)]);
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, i) => permutations(items.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}
