import type { LoanFile } from "../../store/index.ts";
import { masked } from "./mask.ts";
import type { Role } from "./roles.ts";

/** What an agency's own file of a placed loan has too, and nothing besides: what it needs to speak about the debt. */
const AGENCY_LOAN = [
  "loan",
  "lender",
  "currency",
  "asOf",
  "status",
  "dpd",
  "bucket",
  "arrears",
  "disputed",
  "askable",
  "dueOn",
  "nextDue",
  "payoff",
  "claimable",
  "promises",
] as const;

/** How the book came by a figure is the house's own matter. */
const NOT_FOR_BORROWERS = ["source", "differences", "person"] as const;

/** The members of a loan that a role is shown. */
export function loanFields<T extends Readonly<Record<string, unknown>>>(role: Role, loan: T): Partial<T> {
  const keep = (key: string): boolean => {
    if (role === "agency" || role === "agency-collector")
      return (AGENCY_LOAN as readonly string[]).includes(key);
    if (role === "borrower") return !(NOT_FOR_BORROWERS as readonly string[]).includes(key);
    return true;
  };
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(loan)) if (keep(key)) shown[key] = value;
  return shown as Partial<T>;
}

/** Facts about how the team works, which neither a borrower nor an agency is told. */
const INSIDE = [
  "CaseClaimed",
  "CaseReleased",
  "CaseShown",
  "ContactChecked",
  "QuestionAnswered",
  "SetAside",
  "StepAsked",
  "PersonChanged",
  "StageEntered",
];

export const isToldTo = (role: Role, kind: string): boolean =>
  role === "borrower" || role === "agency" || role === "agency-collector" ? !INSIDE.includes(kind) : true;

const MOBILE = /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d{9}(?!\d)/g;
const LANDLINE = /(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/g;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g;
/** A Chinese identity number, which no text here should hold; where one does, it is not shown. */
const IDENTITY = /(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\w)/g;

/** Without an @ and without seven figures in a row there is nothing of what is looked for below. */
const SUSPECT = /@|\d{7}/;

/** A text with numbers and addresses masked, and whatever the borrower's own row says of him. */
export function maskText(text: string, known: readonly string[] = []): string {
  let shown = text;
  for (const value of known)
    if (value.length > 1 && shown.includes(value)) shown = shown.replaceAll(value, "****");
  if (!SUSPECT.test(shown)) return shown;
  return shown
    .replaceAll(EMAIL, masked.email)
    .replaceAll(IDENTITY, "******************")
    .replaceAll(MOBILE, masked.phone)
    .replaceAll(LANDLINE, masked.phone);
}

/** The same of every text within some JSON. */
export function maskDeep<T>(value: T, known: readonly string[] = []): T {
  if (typeof value === "string") return maskText(value, known) as T;
  if (Array.isArray(value)) return value.map((part: unknown) => maskDeep(part, known)) as T;
  if (typeof value !== "object" || value === null) return value;
  const shown: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) shown[key] = maskDeep(part, known);
  return shown as T;
}

/** Values of a borrower's row that no sentence may repeat. */
export const ownValues = ({ borrower }: Pick<LoanFile, "borrower">): string[] =>
  [borrower.name, borrower.phone, borrower.email, borrower.address, borrower.app].filter(
    (value): value is string => value !== null && value !== "",
  );
