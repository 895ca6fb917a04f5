import type { Day, Instant } from "../core/index.ts";
import type { LetterKind } from "../documents/letter.ts";
import type { LetterCode } from "../documents/letter-code.ts";

declare const maskedName: unique symbol;
/** A name of which only the first character is left; `maskName` makes it, and nothing else. */
export type MaskedName = string & { readonly [maskedName]: true };

/**
 * What is left of a name for everybody to see: its first character. How many more there were is not told.
 *
 * Takes   a person's or a company's name.
 * Gives   `张*`; for an empty name `*`.
 */
export function maskName(name: string): MaskedName {
  const [first = ""] = name.normalize("NFC").trim();
  return `${first}*` as MaskedName;
}

/** How the letter stands on the day when somebody asks. */
export type PublicStanding =
  | { readonly status: "valid" }
  | { readonly status: "withdrawn"; readonly on: Day }
  /** `by` is the number of the letter that stands in its place. */
  | { readonly status: "replaced"; readonly on: Day; readonly by: string }
  | { readonly status: "paid"; readonly on: Day };

/** What the signature of the file says, as it was when the letter was signed. */
export interface PublicSignature {
  /** Name in the certificate, and who issued it. */
  readonly signer: string;
  readonly issuer: string;
  readonly serial: string;
  readonly signedAt: Instant;
  /** The time-stamp authority's own time and name, where there is a token. */
  readonly stampedAt?: Instant;
  readonly stampedBy?: string;
  /** Signed with a certificate made here for trying: without legal effect. */
  readonly development: boolean;
}

/**
 * All that the public page knows of a letter. There is no field for an amount, a loan, an address or a full name, so
 * that none can be shown.
 */
export interface PublicLetter {
  readonly number: string;
  readonly kind: LetterKind;
  readonly on: Day;
  readonly firm: { readonly name: string; readonly licence: string };
  readonly lawyer: { readonly name: string; readonly licence: string };
  /** The lender. */
  readonly client: { readonly name: string };
  readonly addressee: MaskedName;
  readonly standing: PublicStanding;
  /** Of the signed PDF, in hex. */
  readonly sha256: string;
  readonly signature?: PublicSignature;
}

/** Where the page finds letters. A letter that was not yet handed over is not found. */
export interface PublicLetters {
  byCode(code: LetterCode): Promise<PublicLetter | undefined>;
}
