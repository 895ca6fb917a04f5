import { ceilingFor, LENDER_KINDS, type LenderKind } from "../../../packs/cn/index.ts";
import {
  type Ceiling,
  type Day,
  type LoanState,
  type Product,
  type Result,
  refuse,
} from "../../core/index.ts";
import { packOf } from "../book.ts";

/**
 * The ceiling on what a loan may cost, by the pack of its lender's place and the kind of lender that its product names.
 * Refused where no kind is named, or the pack has read no text for it.
 */
export function ceilingOf(
  { pack: place }: { readonly pack: string },
  product: Product,
  loan: Pick<LoanState, "disbursedOn">,
  on: Day,
): Result<Ceiling> {
  const pack = packOf(place);
  const { lenderKind } = product;
  if (lenderKind === undefined)
    return refuse(
      "no-lender-kind",
      "the product does not say what kind of lender lends: lender_kind in its map",
    );
  if (place !== "cn" || !pack)
    return refuse("no-ceiling", `the pack of ${place} has no ceiling on the cost of a loan`);
  if (!isLenderKind(lenderKind))
    return refuse("unknown-lender-kind", `${lenderKind} is none of ${LENDER_KINDS.join(", ")}`);
  // The contract is made on the day of the pay-out, as far as a book knows.
  return ceilingFor({ lenderKind, contractOn: loan.disbursedOn, on }, pack);
}

const isLenderKind = (kind: string): kind is LenderKind => LENDER_KINDS.includes(kind as LenderKind);
