import {
  type Day,
  type EnforcementState,
  type Fact,
  type ListState,
  type LoanState,
  type Product,
  replay,
} from "../core/index.ts";
import {
  complaintLives,
  enforcementsOf,
  hardshipsOf,
  type ProceedingLife,
  proceedingsOf,
} from "../legal/index.ts";
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

/** What the rows of a borrower's matters say of them. */
export interface KeptMatters {
  readonly proceedings: readonly Pick<ProceedingLife, "id" | "state" | "court" | "caseNumber">[];
  readonly enforcements: readonly KeptEnforcementRow[];
  /** Complaints, requests for help and wishes. */
  readonly requests: readonly { readonly id: string; readonly state: string }[];
}
interface KeptEnforcementRow {
  readonly id: string;
  readonly state: EnforcementState;
  readonly listing: ListState;
  readonly consumption: ListState;
  readonly number?: string | undefined;
}

/** Whether each proceeding, enforcement and request stands in its row as the borrower's journal leaves it. */
export function checkMatters(facts: readonly Fact[], kept: KeptMatters): string | undefined {
  const rows = new Map<string, string>();
  for (const one of kept.proceedings) rows.set(`proceeding ${one.id}`, proceedingTold(one));
  for (const one of kept.enforcements) rows.set(`enforcement ${one.id}`, enforcementTold(one));
  const replayed = new Map<string, string>();
  for (const one of proceedingsOf(facts).values()) replayed.set(`proceeding ${one.id}`, proceedingTold(one));
  for (const { id, state, lists, accepted } of enforcementsOf(facts).values())
    replayed.set(
      `enforcement ${id}`,
      enforcementTold({
        id,
        state,
        listing: lists.dishonest.state,
        consumption: lists.consumption.state,
        number: accepted?.number,
      }),
    );
  for (const { id, state } of kept.requests) rows.set(`request ${id}`, state);
  for (const { id, state } of [...complaintLives(facts).values(), ...hardshipsOf(facts).values()])
    replayed.set(`request ${id}`, state);
  for (const fact of facts) if (fact.kind === "WishMade") replayed.set(`request ${fact.id}`, "done");
  for (const name of new Set([...replayed.keys(), ...rows.keys()])) {
    const [row, journal] = [rows.get(name) ?? "absent", replayed.get(name) ?? "absent"];
    if (row !== journal) return `the row of ${name} is ${row} and by replay ${journal}`;
  }
  return undefined;
}

const proceedingTold = ({ state, court, caseNumber }: KeptMatters["proceedings"][number]): string =>
  [state, court, caseNumber ?? "no number"].join(", ");
const enforcementTold = ({ state, listing, consumption, number }: KeptEnforcementRow): string =>
  [state, `listed ${listing}`, `limited ${consumption}`, number ?? "no number"].join(", ");

/** How a book is checked against its journal, for whoever reads one. */
export const BOOK_CHECKS = { loan: checkLoan, journal: gapIn, matters: checkMatters } as const;

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
