import {
  type Books,
  booksFromFacts,
  type Ceiling,
  claimableOf,
  formatPercent,
  type Seen,
} from "../../core/index.ts";
import { factsOf, type LoanFile } from "../../store/index.ts";
import { ceilingOf } from "./ceilings.ts";

/** The books with the ceiling that holds for them, or why there is none. */
export type Claim = { readonly books: Books; readonly ceiling: Ceiling } | { readonly none: string };

export function claimOn(file: LoanFile, seen: Seen): Claim {
  if (file.product.source === "fed") return { none: "fed" };
  const books = booksFromFacts(factsOf(file), () => file.product, seen);
  const ceiling = ceilingOf(file.lender, file.product, file.stored, seen.asOf);
  if (!ceiling.ok) return { none: ceiling.refusal.says };
  return books ? { books, ceiling: ceiling.value } : { none: "" };
}

/** The figure, the line it rests on, and how far that text was checked. */
export function claimLine(
  { books, ceiling }: { books: Books; ceiling: Ceiling },
  file: LoanFile,
  onRequest: string,
  money: (value: number) => string,
): string {
  const found = claimableOf(books, file.product, ceiling);
  const request = ceiling.onRequest ? ` · ${onRequest}` : "";
  return `${money(found.claimable)}  ≤ ${formatPercent(ceiling.rate)} %${request} · ${ceiling.rule} (${ceiling.verification})`;
}
