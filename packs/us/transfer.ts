import type { DebtFact } from "../../src/policy/index.ts";

/** To whom a debt would go. `owner` and the others are the exceptions of 1006.30(b)(2). */
export type Transferee =
  | "buyer"
  | "collector"
  | "owner"
  | "previous-owner-by-contract"
  | "merger"
  | "securitization";

export type TransferBar =
  | { readonly bar: "none" }
  | { readonly bar: "forbidden" | "not-known"; readonly at: string; readonly says: string };

/**
 * Whether a debt may be sold, transferred for consideration or placed. No step of the gate is one: who prepares a sale asks here.
 *
 * Takes   the debt as far as facts know it; a lien that still stands after a discharge, with the discharge told to whoever takes it.
 * Source  12 CFR 1006.30(b).
 */
export function transferBar(
  { state }: Pick<DebtFact, "state">,
  to: Transferee,
  secured: { readonly lien: boolean; readonly dischargeTold: boolean } = {
    lien: false,
    dischargeTold: false,
  },
): TransferBar {
  if (state === "open" || (to !== "buyer" && to !== "collector")) return { bar: "none" };
  if (state === undefined) {
    return {
      bar: "not-known",
      at: "1006.30(b)(1)",
      says: "whether it was paid, settled or discharged is not known",
    };
  }
  if (state === "discharged" && secured.lien && secured.dischargeTold) return { bar: "none" };
  return { bar: "forbidden", at: "1006.30(b)(1)", says: `the debt is ${state}` };
}
