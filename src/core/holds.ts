import type { Day } from "./calendar.ts";
import type { Minor } from "./money.ts";

/** What pauses steps. Recorded on the loan; read by the gate. */
export type HoldKind =
  | "dispute"
  | "complaint"
  | "hardship"
  | "represented"
  | "cease-contact"
  | "insolvency"
  | "deceased"
  | "minor";

/** In the order of their bits in stored state: only ever append. */
export const HOLD_KINDS: readonly HoldKind[] = [
  "dispute",
  "complaint",
  "hardship",
  "represented",
  "cease-contact",
  "insolvency",
  "deceased",
  "minor",
];

/** Holds about the person, not about one debt: recorded with any of his loans, they stand on all of them. */
export const PERSON_HOLDS: readonly HoldKind[] = [
  "represented",
  "cease-contact",
  "insolvency",
  "deceased",
  "minor",
];

export interface Hold {
  readonly kind: HoldKind;
  /** Last day of the hold; absent while nobody knows when it ends. */
  readonly until?: Day;
  /** Of a dispute: the part that is contested, where it is not the whole. */
  readonly part?: Minor;
}

/** What one of a borrower's loans has of holds, for `holdsToSpread`. */
export interface HeldLoan {
  readonly n: number;
  readonly disbursedOn: Day;
  readonly kinds: readonly HoldKind[];
  readonly until: Partial<Record<HoldKind, Day>>;
}

/**
 * Holds about the person that some of his loans do not have yet: what stands on one of them, or has just been brought,
 * belongs on all. Gives loan and hold in order of hold and loan; a loan keeps a hold of the same kind that it has.
 */
export function holdsToSpread(
  loans: readonly HeldLoan[],
  brought: readonly Hold[],
): { readonly loan: HeldLoan; readonly hold: Hold }[] {
  const spread: { loan: HeldLoan; hold: Hold }[] = [];
  const ordered = [...loans].sort((a, b) => a.n - b.n);
  for (const kind of PERSON_HOLDS) {
    const holder = ordered.find(({ kinds }) => kinds.includes(kind));
    const until = holder?.until[kind];
    const standing: Hold | undefined = holder && (until === undefined ? { kind } : { kind, until });
    const hold = brought.findLast((one) => one.kind === kind) ?? standing;
    if (!hold) continue;
    for (const loan of ordered) if (!loan.kinds.includes(kind)) spread.push({ loan, hold });
  }
  return spread;
}

/** Ways to reach a borrower for which an address can be on file. In the order of their bits: only ever append. */
export type Channel = "app" | "text" | "call" | "email" | "letter";
export const CHANNELS: readonly Channel[] = ["app", "text", "call", "email", "letter"];

/** A set over one of the lists above as the bits of a small whole number, as the state row holds it. */
export function toBits<T>(members: Iterable<T>, list: readonly T[]): number {
  let bits = 0;
  for (const member of members) bits |= 1 << list.indexOf(member);
  return bits;
}

export function fromBits<T>(bits: number, list: readonly T[]): T[] {
  return list.filter((_, index) => (bits & (1 << index)) !== 0);
}
