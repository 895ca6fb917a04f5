import { type Minor, minor } from "./money.ts";

export type ClaimKind = "penalty" | "fee" | "interest" | "principal";
export type Timing = "past-due" | "due" | "in-advance";
export type AllocationSlot = `${Timing}.${ClaimKind}`;

const TIMINGS: readonly Timing[] = ["past-due", "due", "in-advance"];
const KINDS: readonly ClaimKind[] = ["penalty", "fee", "interest", "principal"];
export const ALLOCATION_SLOTS: readonly AllocationSlot[] = TIMINGS.flatMap((timing) =>
  KINDS.map((kind) => `${timing}.${kind}` as const),
);

/** One amount owed: what kind, for which installment (0 for the loan as a whole), and whether its day has come. */
export interface Claim {
  readonly timing: Timing;
  readonly kind: ClaimKind;
  readonly installment: number;
  readonly amount: Minor;
  /** The charge that it is, where it is one. */
  readonly charge?: string;
}

export interface AllocationOrder {
  readonly order: readonly AllocationSlot[];
  /**
   * `installment`: the oldest installment's kinds first; `kind`: one kind over all installments first. What is to come
   * is always taken installment by installment: see `inOrder`.
   */
  readonly by: "installment" | "kind";
  /**
   * Where money in advance goes. `next` (unless given) pays the coming installments as they stand. `last` takes principal
   * off the last ones, and `reamortise` splits what is left anew over the same days; under both, interest is owed only for
   * the days that principal was out.
   */
  readonly inAdvance?: InAdvance;
}

export type InAdvance = "next" | "last" | "reamortise";
export const IN_ADVANCE: readonly InAdvance[] = ["next", "last", "reamortise"];

/**
 * The order with the timings that it leaves out added behind, kinds as for what is past due. A contract that speaks only
 * of arrears does not mean that money paid on the due day is held back.
 */
export function completeOrder({ order, ...rest }: AllocationOrder): AllocationOrder {
  const kindOf = (slot: AllocationSlot): ClaimKind => slot.slice(slot.indexOf(".") + 1) as ClaimKind;
  const kinds = [...new Set(order.map(kindOf))];
  const absent = TIMINGS.filter((timing) => !order.some((slot) => slot.startsWith(`${timing}.`)));
  return {
    order: [...order, ...absent.flatMap((timing) => kinds.map((kind) => `${timing}.${kind}` as const))],
    ...rest,
  };
}

export interface Allocation {
  readonly lines: readonly Claim[];
  readonly unapplied: Minor;
}

/** Costs, interest, principal, oldest first within each: Civil Code of China art. 561, where the contract is silent. */
export const CN_DEFAULT_ORDER: AllocationOrder = {
  order: TIMINGS.flatMap((timing) => [
    `${timing}.fee` as const,
    `${timing}.penalty` as const,
    `${timing}.interest` as const,
    `${timing}.principal` as const,
  ]),
  by: "kind",
};

/**
 * Splits a payment over open claims in the order given: by due date, by kind, or both.
 *
 * Takes   claims with amounts >= 0, one currency, oldest installment first within a kind.
 * Gives   lines in order of application, whole or part amounts; what is left is `unapplied`.
 * Units   minor units.
 * Refuses nothing: any payment can be split.
 * Holds   sum(lines) + unapplied = payment.
 * Source  the contract, else the pack's parameter `allocation.order`.
 */
export function allocate(payment: Minor, claims: readonly Claim[], order: AllocationOrder): Allocation {
  const lines: Claim[] = [];
  let left: number = payment;
  for (const claim of inOrder(claims, order)) {
    if (left === 0) break;
    const amount = Math.min(left, claim.amount);
    if (amount === 0) continue;
    lines.push({ ...claim, amount: amount as Minor });
    left -= amount;
  }
  return { lines, unapplied: minor(left) };
}

/**
 * Claims whose slot the order does not name are left alone: the contract lets no payment reach them. By installment, a
 * claim for the loan as a whole (late interest) stands with the oldest installment of its timing where the order names
 * it before principal, else behind the last: the order decides, and a payment in two parts pays what the whole would.
 */
function inOrder(claims: readonly Claim[], { order, by }: AllocationOrder): Claim[] {
  const rankOf = (claim: Claim): number => order.indexOf(`${claim.timing}.${claim.kind}`);
  const ranked = claims.filter((claim) => rankOf(claim) >= 0);
  if (by === "kind") return ranked.sort(byKind(rankOf, order));
  const oldest = new Map<Timing, number>();
  for (const { timing, installment } of ranked)
    if (installment > 0) oldest.set(timing, Math.min(installment, oldest.get(timing) ?? installment));
  const placeOf = (claim: Claim): number => {
    if (claim.installment > 0) return claim.installment;
    const first = rankOf(claim) < order.indexOf(`${claim.timing}.principal`);
    return first ? (oldest.get(claim.timing) ?? 0) : Number.MAX_SAFE_INTEGER;
  };
  return ranked.sort(
    (a, b) =>
      TIMINGS.indexOf(a.timing) - TIMINGS.indexOf(b.timing) ||
      placeOf(a) - placeOf(b) ||
      rankOf(a) - rankOf(b),
  );
}

/**
 * One kind over all installments, of what is owed. Of what is not yet due, the next installment comes whole before the
 * one after it: its interest is not owed yet, and by kind a borrower who pays one installment two days early would pay
 * the interest of all later months instead, and be past due.
 */
function byKind(rankOf: (claim: Claim) => number, order: readonly AllocationSlot[]) {
  const lastAhead = order.findLastIndex((slot) => slot.startsWith("in-advance."));
  const groupOf = (claim: Claim): number => (claim.timing === "in-advance" ? lastAhead : rankOf(claim));
  return (a: Claim, b: Claim): number =>
    groupOf(a) - groupOf(b) || a.installment - b.installment || rankOf(a) - rankOf(b);
}
