import { type Day, type Fact, type LoanState, type Product, replay } from "../core/index.ts";
import type { CloseContext } from "./types.ts";
import { nextWake } from "./wake.ts";

/** What a loan's journal and its state row say of each other. */
export interface Witness {
  readonly loan: LoanState;
  /** The journal in order of `seq`. */
  readonly facts: readonly { readonly seq: number; readonly fact: Fact }[];
  readonly product: Product;
  /** Last day that is closed for every loan; absent while a close is unfinished, and then nobody oversleeps. */
  readonly closedThrough: Day | undefined;
}

/** State = replay, no gap, nobody oversleeps. Gives what is wrong in one sentence, or `undefined`. */
export function checkLoan(witness: Witness, context: CloseContext): string | undefined {
  const { loan, facts, product, closedThrough } = witness;
  const gap = gapIn(facts);
  if (gap) return gap;
  if (facts.length !== loan.version)
    return `the row knows ${loan.version} facts, the journal holds ${facts.length}`;
  // What could not be folded cannot be folded here either; the loan is on the list of those set aside.
  if (loan.setAside) return undefined;
  const again = replayed(witness);
  if (typeof again === "string") return again;
  for (const field of COMPARED) {
    const [row, journal] = [JSON.stringify(loan[field]), JSON.stringify(again[field])];
    if (row !== journal) return `${field} is ${row} in the row and ${journal} by replay`;
  }
  if (closedThrough === undefined) return undefined;
  const wake = nextWake(
    again,
    product,
    context.strategy(product.strategy),
    closedThrough,
    context.limitation,
  );
  return loan.wakeOn > wake ? `it sleeps until day ${loan.wakeOn} and should wake on day ${wake}` : undefined;
}

/** A journal that cannot be folded is a finding about one loan, and the others are still checked. */
function replayed({ loan, facts, product }: Witness): LoanState | string {
  try {
    const again = replay(
      loan,
      facts.map(({ fact }) => fact),
      () => product,
    );
    return again ?? "its journal is empty";
  } catch (error) {
    return `its journal cannot be folded: ${(error as Error).message}`;
  }
}

/** Facts are numbered from 1 without a gap, so that a missing one shows. */
export function gapIn(facts: readonly { readonly seq: number }[]): string | undefined {
  const at = facts.findIndex(({ seq }, i) => seq !== i + 1);
  return at < 0 ? undefined : `fact ${at + 1} is missing from the journal`;
}

const COMPARED = [
  "status",
  "principal",
  "rateE8",
  "disbursedOn",
  "firstDueOn",
  "installments",
  "principalPaid",
  "interestPaid",
  "lateUnits",
  "latePaid",
  "lateOn",
  "dueOn",
  "band",
  "stepsThrough",
  "holds",
  "reach",
  "timesLate",
  "extra",
] as const satisfies readonly (keyof LoanState)[];
