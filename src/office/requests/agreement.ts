import { type Day, decimalsOf, type HardshipMoved, type Product, whatHappened } from "../../core/index.ts";
import {
  type AgreementLanguage,
  type AgreementText,
  agreement,
  agreementText,
} from "../../documents/index.ts";
import type { HardshipLife } from "../../legal/index.ts";
import type { DeskPerson, Lender } from "../../store/index.ts";

/** The day from which the offered plan counts: that of the proposal, whose figures the second person agreed to. */
export const offeredOn = (life: HardshipLife): Day =>
  life.events.findLast((one) => one.what.type === "proposed" || one.what.type === "offered")!.what.type ===
  "offered"
    ? (life.events.findLast((one) => one.what.type === "proposed" && sameOffer(one, life))?.dated ??
      life.events.findLast((one) => one.what.type === "offered")!.dated)
    : life.events.findLast((one) => one.what.type === "proposed")!.dated;

const sameOffer = (fact: HardshipMoved, { offer }: HardshipLife): boolean => {
  const what = whatHappened(fact);
  return what.type === "proposed" && JSON.stringify(what.offer) === JSON.stringify(offer);
};

/** Between whom an agreement is, and on what product. */
export interface AgreementParties {
  readonly lender: Pick<Lender, "name">;
  readonly borrower: { readonly name: string | null; readonly external_id: string };
  readonly product: Product;
}

/** The agreement that the offer makes, as data; nothing where there is no offer. */
export function agreementOf(
  life: HardshipLife,
  { lender, borrower, product }: AgreementParties,
  language: AgreementLanguage,
): AgreementText | undefined {
  if (!life.offer) return undefined;
  const { currency } = product.terms;
  return agreement(
    {
      reference: life.id,
      lender: lender.name,
      borrower: borrower.name ?? borrower.external_id,
      loan: life.debt,
      currency,
      decimals: decimalsOf(currency),
      offer: life.offer,
      on: offeredOn(life),
    },
    language,
  );
}

export function acceptedText(
  { row, loans }: DeskPerson,
  lender: Lender,
  life: HardshipLife,
  language: AgreementLanguage,
): string | undefined {
  const { product } = loans.find(({ id }) => id === life.debt)!;
  const made = agreementOf(life, { lender, borrower: row, product }, language);
  return made && agreementText(made);
}
