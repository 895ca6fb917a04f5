import { nearest, parseDay, parseMoney } from "../../core/index.ts";
import { CLAUSES, ORGANISATIONS, OWNERSHIPS } from "./facts.ts";

/** How a value of the settings or of the particulars is written. */
export type Kind = "text" | "day" | "money" | "yes-no" | "id-number" | readonly string[];

const METHODS = [
  "equal-installment",
  "equal-principal",
  "bullet",
  "monthly-interest",
  "quarterly-interest",
  "yearly-interest",
  "other",
] as const;

/** Keys that may stand below a product as well: a product's own value comes before the lender's. */
const OF_A_PRODUCT = {
  "contract.name": "text",
  "contract.method": METHODS,
  "contract.method_said": "text",
  "contract.security": ["none"],
  ...Object.fromEntries(CLAUSES.map((clause) => [`contract.clauses.${clause}`, "text"])),
  "court.name": "text",
  "court.agreed": "text",
  "card.fees": "text",
  "card.termination": "text",
  "card.notice": "text",
} as Readonly<Record<string, Kind>>;

/** The settings of papers: what the lender is, what its contracts say, and what it decided to ask a court for. */
export const SETTINGS: Readonly<Record<string, Kind>> = {
  "lender.name": "text",
  "lender.address": "text",
  "lender.registered_at": "text",
  "lender.representative": "text",
  "lender.representative_title": "text",
  "lender.phone": "text",
  "lender.credit_code": "text",
  "lender.organisation": Object.keys(ORGANISATIONS),
  "lender.ownership": OWNERSHIPS,
  "agent.authority": ["general", "special"],
  "service.address": "text",
  "service.post_code": "text",
  "service.recipient": "text",
  "service.phone": "text",
  "service.email": "text",
  "service.platform": "text",
  "service.consent": "yes-no",
  "claims.until_paid": "yes-no",
  "claims.early": ["accelerate", "terminate", "no"],
  "claims.security": "yes-no",
  "claims.recovery_costs": "text",
  "claims.court_fees": "yes-no",
  "claims.other": "text",
  "claims.law": "text",
  "mediation.body": "text",
  "mediation.known": "yes-no",
  "mediation.benefits": "yes-no",
  "mediation.first": ["yes", "no", "undecided"],
  ...OF_A_PRODUCT,
};
export const PRODUCT_SETTINGS: readonly string[] = Object.keys(OF_A_PRODUCT);

/** Settings by key; those of a product as `products.CODE.key`. */
export type PaperSettings = ReadonlyMap<string, string>;

/** What no book holds of one case: the person as the forms ask for him, the contract's own numbers, what a court gave. */
export const PARTICULARS: Readonly<Record<string, Kind>> = {
  name: "text",
  sex: ["male", "female"],
  born_on: "day",
  ethnicity: "text",
  employer: "text",
  position: "text",
  phone: "text",
  registered_address: "text",
  habitual_address: "text",
  id_type: "text",
  id_number: "id-number",
  contract_name: "text",
  contract_number: "text",
  signed_on: "day",
  signed_at: "text",
  through: "day",
  matured: "yes-no",
  core_as_of: "day",
  core_principal: "money",
  core_interest: "money",
  core_compound: "money",
  core_late: "money",
  core_fees: "money",
  core_paid_through: "day",
  security_things: "text",
  guarantor: "text",
  guarantee_signed_on: "day",
  guarantee_kind: ["general", "joint"],
  guarantee_terms: "text",
  court: "text",
  case_number: "text",
  preserved: "yes-no",
  preservation_court: "text",
  preservation_on: "day",
  preservation_number: "text",
  property: "text",
  bond: "text",
  urgency: "text",
  payment_order_conditions: "yes-no",
  judgment_number: "text",
  judgment_court: "text",
  judgment_effective_on: "day",
  mediated_on: "day",
  agreement_amount: "money",
  agreement_by: "day",
  agreement_terms: "text",
  card_number: "text",
  card_holder: "text",
  card_issued_on: "day",
  other: "text",
};

/** Particulars of one loan by column; every value was read and is right in its form. */
export type Particulars = ReadonlyMap<string, string>;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = "10X98765432";

/**
 * Whether a citizen's identity number is right in its form: eighteen characters, a day of birth, and its check character.
 *
 * Source  GB 11643-1999 (ISO 7064, MOD 11-2).
 */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, n) => total + weight * Number(text[n]), 0);
  return CHECKS[sum % 11] === text[17];
}

/** What is wrong with a value of a kind; nothing where it is right. */
export function wrongValue(
  kind: Kind,
  value: string,
): { readonly code: string; readonly says: string } | undefined {
  const wrong = (code: string, expected: string) => ({
    code,
    says: `Found "${value}", expected ${expected}.`,
  });
  if (kind === "day")
    return parseDay(value) === undefined ? wrong("not-a-day", "a day as 2026-03-31") : undefined;
  if (kind === "money") {
    const amount = parseMoney(value);
    return amount === undefined || amount < 0 ? wrong("not-a-sum", "a sum as 1234.50") : undefined;
  }
  if (kind === "yes-no")
    return value === "yes" || value === "no" ? undefined : wrong("not-yes-or-no", "yes or no");
  if (kind === "id-number")
    // Only what has the form of a citizen's number is checked as one: passports have numbers of their own.
    return /^\d{17}[\dXx]$/.test(value) && !isIdNumber(value)
      ? wrong("bad-id-number", "an identity number whose check character fits")
      : undefined;
  if (kind === "text" || kind.includes(value)) return undefined;
  const near = nearest(value, kind);
  return wrong(
    "unknown-value",
    near ? `one of ${kind.join(", ")}; did you mean "${near}"?` : `one of ${kind.join(", ")}`,
  );
}
