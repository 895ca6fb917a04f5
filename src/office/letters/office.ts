import { dayAt, type Instant } from "../../core/index.ts";
import { figuresStand } from "../../documents/from-book.ts";
import type { Letter } from "../../documents/letter.ts";
import {
  type Check,
  type Engagement,
  engagementInForce,
  type FirmLawyer,
  type LawFirm,
  lawyerInForce,
  type Moment,
  passes,
} from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";
import {
  type Database,
  type DeskLoan,
  type DeskPerson,
  engagements,
  firmLawyers,
  firms,
  type KeptSignature,
  type Lender,
  type LetterTerms,
  letterOf,
  letterTerms,
  type Shelves,
  sha256Hex,
} from "../../store/index.ts";
import { checksOn, mandated } from "./checks.ts";
import { debtChecked, debtOfBook } from "./debts.ts";

/** Makes of a letter as data what people read. */
export interface LetterPress {
  /** The whole letter as plain text: what the gate judges, word by word. */
  text(letter: Letter): string;
  /** The letter as a file that can be signed. Throws where a name cannot be set. */
  pdf(letter: Letter): Promise<Uint8Array>;
}

export interface LetterSigner {
  /** It signs with a certificate that was made for trying. */
  readonly development: boolean;
  /** Whose certificate it is, as it names itself. */
  readonly certificate: string;
  sign(
    pdf: Uint8Array,
    letter: Letter,
  ): Promise<{ readonly bytes: Uint8Array; readonly signature: KeptSignature }>;
}

/** Everything that work on letters needs, opened once for a command. */
export interface Office {
  readonly db: Database;
  readonly lender: Lender;
  readonly shelves: Shelves;
  readonly now: Instant;
  readonly pack: Pack;
  readonly terms: LetterTerms;
  readonly firms: readonly LawFirm[];
  readonly lawyers: readonly FirmLawyer[];
  readonly engagements: readonly Engagement[];
  readonly press: LetterPress;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly onProgress?: (label: string, done: number, of: number) => void;
}

/** `undefined` until the lender has said what its letters say: ways to pay, whom to ask, when a letter is worth it. */
export async function openOffice(
  given: Omit<Office, "terms" | "firms" | "lawyers" | "engagements">,
): Promise<Office | undefined> {
  const { db, lender } = given;
  const terms = await letterTerms(db, lender);
  return (
    terms && {
      ...given,
      terms,
      firms: await firms(db, lender),
      lawyers: await firmLawyers(db, lender),
      engagements: await engagements(db, lender),
    }
  );
}

/** What became of one case or letter. */
export interface Outcome {
  /** Id of the letter, case or loan. */
  readonly id: string;
  readonly done: boolean;
  /** What it is now, or the code of the refusal. */
  readonly code: string;
  readonly says?: { readonly en: string; readonly zh: string };
  readonly checks?: readonly Check[];
  readonly rules?: readonly string[];
}

/** Kinds that ask for money: of the others neither figures nor what is still owed is asked. */
export const isDemand = (kind: string): boolean =>
  kind === "demand" || kind === "acceleration" || kind === "final-notice";

export const todayOf = ({ lender, now }: Pick<Office, "lender" | "now">) => dayAt(lender.zone, now);

/** What is known of a kept letter now, for `mayMove`. */
export function momentOf(
  office: Office,
  person: DeskPerson,
  id: string,
  by?: string,
): { readonly moment: Moment; readonly checks: readonly Check[]; readonly letter: Letter } {
  const kept = person.letters.get(id)!;
  const letter = letterOf(kept);
  const mandate = mandated(office, kept.engagement, kept.lawyer);
  const loans = person.loans.filter((loan) => kept.loans.includes(loan.id));
  const checks = checksOn(office, person, loans, mandate, kept.kind);
  const drafted = person.facts.findLast((fact) => fact.kind === "LetterDrafted" && fact.id === id);
  const approved = person.facts.findLast((fact) => fact.kind === "LetterApproved" && fact.id === id);
  const sha256 = sha256Hex(kept.body);
  const textOf = () =>
    ((kept.state === "drafted" ? drafted : approved) as { readonly sha256: string }).sha256;
  const { engagement, lawyer } = mandate;
  const asks = isDemand(kept.kind);
  return {
    letter,
    checks,
    moment: {
      // The lawyer whom the letter names stands behind it, and nobody in his place.
      lawyer:
        engagement !== undefined &&
        lawyer !== undefined &&
        (by === undefined || by === lawyer.id) &&
        lawyerInForce(lawyer, engagement, person.today),
      engagement: engagement !== undefined && engagementInForce(engagement, person.today),
      checks: passes(checks),
      owed: !asks || owedOf(office, person, loans) > 0,
      figures: !asks || stands(office, person, letter, loans),
      sameText: (kept.state === "drafted" ? drafted : approved) !== undefined && textOf() === sha256,
    },
  };
}

function owedOf(office: Office, person: DeskPerson, loans: readonly DeskLoan[]): number {
  return loans.reduce((sum, loan) => sum + (debtChecked(office, person, loan).claimable ?? 0), 0);
}

function stands(office: Office, person: DeskPerson, letter: Letter, loans: readonly DeskLoan[]): boolean {
  if (person.today - letter.on > office.terms.freshDays) return false;
  const debts = letter.debts.flatMap(({ loan }) => {
    const desk = loans.find(({ id }) => id === loan);
    const debt = desk && debtOfBook(office, desk, letter.on);
    return debt ? [debt] : [];
  });
  return debts.length === letter.debts.length && figuresStand(letter, debts, person.today);
}
