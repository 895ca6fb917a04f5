import { CONSENT_FORMS, type ConsentForm, type Result } from "../../core/index.ts";
import {
  consentSource,
  consentsOf,
  type Jurisdiction,
  type ProductCourtTerms,
  type ServiceLaw,
  type Source,
} from "../../legal/index.ts";
import type { LoanFile } from "../../store/index.ts";
import { sourceJson } from "../limitation/json.ts";

/** By which ways papers of a court can reach him: addresses on file, and consent to the electronic one. */
export interface Reach {
  readonly addresses: Readonly<Record<"post" | "email" | "phone", string | undefined>>;
  readonly consent?: { readonly proof?: string; readonly toAddressOnFile: boolean; readonly source: Source };
  /** The four forms of consent, for those who have none yet. */
  readonly forms: readonly { readonly form: ConsentForm; readonly source: Source }[];
}

export function reachOf(
  file: LoanFile,
  terms: ProductCourtTerms | undefined,
  law: Result<ServiceLaw>,
): Reach {
  const { address, email, phone } = file.borrower;
  const addresses = { post: address ?? undefined, email: email ?? undefined, phone: phone ?? undefined };
  if (!law.ok) return { addresses, forms: [] };
  const [shown] = consentsOf(terms, file.stored.disbursedOn);
  const forms = CONSENT_FORMS.map((form) => ({ form, source: consentSource(form, law.value) }));
  if (!shown) return { addresses, forms };
  const toAddressOnFile = terms?.electronicService?.toAddressOnFile ?? false;
  const proof = shown.proof === undefined ? {} : { proof: shown.proof };
  return {
    addresses,
    forms,
    consent: { ...proof, toAddressOnFile, source: consentSource(shown.form, law.value) },
  };
}

/** Which addresses there are, not what they are. */
export const serviceJson = ({ addresses, consent, forms }: Reach): Record<string, unknown> => ({
  addresses: Object.fromEntries(Object.entries(addresses).map(([way, value]) => [way, value !== undefined])),
  consent: consent
    ? {
        form: "agreed-before",
        proof: consent.proof ?? null,
        toAddressOnFile: consent.toAddressOnFile,
        cite: sourceJson(consent.source),
      }
    : null,
  forms: forms.map(({ form, source }) => ({ form, cite: sourceJson(source) })),
});

export const courtsJson = ({ suit, courts, notes }: Jurisdiction): Record<string, unknown> => ({
  suit,
  courts: courts.map(({ basis, standing, area, court, because, missing }) => ({
    basis,
    standing,
    area: area ?? null,
    court: court ?? null,
    missing,
    because: because.map(({ rule, source }) => ({ rule, cite: sourceJson(source) })),
  })),
  notes: notes.map(({ rule, source }) => ({ rule, cite: sourceJson(source) })),
});
