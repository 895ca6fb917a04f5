import type { Day } from "./calendar.ts";
import { type Minor, minor, mulDiv } from "./money.ts";
import type { Rate } from "./rate.ts";
import { invariant } from "./trouble.ts";

/** One of several debts of one debtor to one creditor, all in one currency. */
export interface Debt {
  readonly id: string;
  /** Owed now. */
  readonly amount: Minor;
  readonly due: boolean;
  readonly dueOn: Day;
  /** How well it is secured: 0 for nothing, and higher is better. Only the order counts. */
  readonly security: number;
  /** What it costs the debtor while it is unpaid. */
  readonly burden: Rate;
}

/** The step of the order that gave a debt its place. */
export type DebtReason =
  | "designated"
  | "due-first"
  | "least-secured"
  | "heaviest-burden"
  | "earliest-due"
  | "pro-rata"
  | "only-debt";

export interface DebtLine {
  readonly debt: string;
  readonly amount: Minor;
  readonly because: DebtReason;
}

export interface DebtAllocation {
  readonly lines: readonly DebtLine[];
  readonly left: Minor;
}

/**
 * Splits one payment over several debts of one debtor to one creditor.
 *
 * The debts that the debtor names as he pays come first, as he orders them. The others follow: due before not yet due;
 * then the least secured; of those the one that burdens the debtor most; of those the earliest due; and debts equal in
 * all of it share by their amounts. An agreement of the parties goes before this order: whoever has one gives it as the
 * designation. The article speaks of several debts that are due; those that are not are ordered by the same steps here,
 * so that the answer never depends on the order in which they are given.
 *
 * Takes   amounts >= 0, each debt once; designated ids that are among the debts.
 * Gives   lines in order of application, none of zero, each with the step that set it apart from its neighbours.
 * Units   minor units. Equal debts share by the largest remainder, and remainders that tie go by id.
 * Refuses nothing: any payment can be split. An unknown or doubled id is the caller's bug.
 * Holds   sum(lines) + left = payment, and no debt gets more than is owed.
 * Source  Civil Code of China art. 560.
 */
export function allocateAcross(
  payment: Minor,
  debts: readonly Debt[],
  designation: readonly string[] = [],
): DebtAllocation {
  const known = new Map(debts.map((debt) => [debt.id, debt]));
  invariant(known.size === debts.length, "each debt is given once");
  invariant(new Set(designation).size === designation.length, "each designated debt is named once");
  const named = designation.map((id) => {
    const debt = known.get(id);
    invariant(debt !== undefined, `the designated debt ${id} is not among the debts`);
    return debt;
  });
  const others = debts.filter(({ id }) => !designation.includes(id));

  const lines: DebtLine[] = [];
  let left: number = payment;
  const pay = (debt: Debt, amount: number, because: DebtReason): void => {
    if (amount > 0) lines.push({ debt: debt.id, amount: minor(amount), because });
    left -= amount;
  };
  for (const debt of named) pay(debt, Math.min(left, debt.amount), "designated");
  for (const { equals, because } of inOrder(others)) {
    const owed = equals.reduce((sum, debt) => sum + debt.amount, 0);
    const shares = owed <= left ? equals.map(({ amount }) => amount) : sharesOf(left, equals, owed);
    equals.forEach((debt, index) => {
      pay(debt, shares[index]!, because);
    });
  }
  return { lines, left: minor(left) };
}

/** Debts that stand alike, in one place of the order. */
interface Place {
  readonly equals: readonly Debt[];
  readonly because: DebtReason;
}

const STEPS: readonly (readonly [DebtReason, (a: Debt, b: Debt) => number])[] = [
  ["due-first", (a, b) => Number(b.due) - Number(a.due)],
  ["least-secured", (a, b) => a.security - b.security],
  ["heaviest-burden", (a, b) => compareRates(b.burden, a.burden)],
  ["earliest-due", (a, b) => a.dueOn - b.dueOn],
];

function inOrder(debts: readonly Debt[]): readonly Place[] {
  const owing = debts.filter(({ amount }) => amount > 0);
  const sorted = [...owing].sort((a, b) => stepBetween(a, b)?.order ?? (a.id < b.id ? -1 : 1));
  const groups: Debt[][] = [];
  for (const debt of sorted) {
    const last = groups[groups.length - 1];
    if (last && stepBetween(last[0]!, debt) === undefined) last.push(debt);
    else groups.push([debt]);
  }
  return groups.map((equals, index) => {
    if (equals.length > 1) return { equals, because: "pro-rata" };
    // The step that put it before the next one; the last debt is told why it stands behind.
    const neighbour = groups[index + 1] ?? groups[index - 1];
    const step = neighbour && stepBetween(equals[0]!, neighbour[0]!);
    return { equals, because: step?.because ?? "only-debt" };
  });
}

/** The first step that tells two debts apart, and which of them it puts first. */
function stepBetween(a: Debt, b: Debt): { because: DebtReason; order: number } | undefined {
  for (const [because, compare] of STEPS) {
    const order = compare(a, b);
    if (order !== 0) return { because, order };
  }
  return undefined;
}

/** Days and months in a year when a daily, a monthly and a yearly cost are compared. */
const A_YEAR: Readonly<Record<Rate["per"], bigint>> = { day: 365n, month: 12n, year: 1n };

/** Exact, by cross-multiplying: it runs a few times a payment, so that the wide numbers cost nothing. */
function compareRates(a: Rate, b: Rate): number {
  const left = BigInt(a.numerator) * A_YEAR[a.per] * 10n ** BigInt(b.scale);
  const right = BigInt(b.numerator) * A_YEAR[b.per] * 10n ** BigInt(a.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Shares in proportion to what is owed, exact to the cent: the cents left over go to the largest remainders. */
function sharesOf(amount: number, debts: readonly Debt[], owed: number): readonly number[] {
  const parts = debts.map((debt) => mulDiv(amount, debt.amount, owed));
  const over = amount - parts.reduce((sum, { quotient }) => sum + quotient, 0);
  const byRemainder = parts
    .map((_, index) => index)
    .sort((a, b) => parts[b]!.remainder - parts[a]!.remainder);
  const lucky = new Set(byRemainder.slice(0, over));
  return parts.map(({ quotient }, index) => quotient + (lucky.has(index) ? 1 : 0));
}
