import type { Database, Lender } from "../../store/index.ts";
import type { EnforcementLaw } from "./office.ts";

/** Where the work on enforcements is done: the book, the lender, the clock and the law. */
export interface Desk {
  readonly db: Database;
  readonly lender: Lender;
  readonly now: number;
  readonly law: EnforcementLaw;
}

/** Key of a borrower himself. */
export type Owner = { readonly bucket: number; readonly n: number };
