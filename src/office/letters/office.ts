import { limitationRule } from "../../../packs/cn/index.ts";
import {
  type ContactStarted,
  dayAt,
  decimalsOf,
  type Fact,
  formatDay,
  holdsOn,
  type Instant,
  InvariantError,
  instantAt,
  isPersonFact,
  type LoanState,
  lastDayOf,
  type Minor,
  openPromise,
  type Product,
  parseMoney,
  personOf,
  positionFromFacts,
  replay,
} from "../../core/index.ts";
import { composeLetter, type DebtOfBook, figuresStand, type LetterFrame } from "../../documents/from-book.ts";
import type { Letter, LetterKind } from "../../documents/letter.ts";
import {
  type Check,
  type DeliveryValue,
  deliveryValue,
  type EarlierDemand,
  type Engagement,
  engagementInForce,
  type FirmLawyer,
  type LawFirm,
  type LetterLife,
  type LimitationSummary,
  lawyerInForce,
  limitation,
  limitedDebt,
  type Moment,
  type PreflightDebt,
  passes,
  preflight,
} from "../../legal/index.ts";
import {
  debtOf,
  type GateFacts,
  gate,
  gateFactsOf,
  type Pack,
  type ProposedStep,
} from "../../policy/index.ts";
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
import { calendarOf } from "../book.ts";
import { ceilingOf } from "../loans/ceilings.ts";

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

// --- a person's debts ----------------------------------------------------------------------------------------------------

/** The loan with everything folded in that waits for a close, or why it cannot be. */
function standingOf({ key, facts, product }: DeskLoan): LoanState | string {
  try {
    return replay(key, facts, () => product)!;
  } catch (error) {
    if (error instanceof InvariantError) return error.message;
    throw error;
  }
}

/** The debt as letters are composed of; `undefined` where the core system keeps it or no ceiling is known. */
export function debtOfBook(
  office: Office,
  { id, product, booked, facts, loan }: DeskLoan,
  on = todayOf(office),
) {
  if (product.source === "fed") return undefined;
  const ceiling = ceilingOf(office.lender, product, loan, on);
  if (!ceiling.ok) return undefined;
  const debt: DebtOfBook = { loan: id, product, booked, facts, ceiling: ceiling.value };
  return debt;
}

export const todayOf = ({ lender, now }: Pick<Office, "lender" | "now">) => dayAt(lender.zone, now);

const BARE = { language: "zh-CN" } as LetterFrame;

function debtChecked(office: Office, person: DeskPerson, desk: DeskLoan): PreflightDebt {
  const { today } = person;
  const loan = standingOf(desk);
  const base = {
    loan: desk.id,
    currency: desk.product.terms.currency,
    kept: desk.product.source === "kept",
    documents: desk.documents,
  };
  const none = { contractual: 0 as Minor, claimable: undefined, dpd: 0, holds: [] };
  if (typeof loan === "string") return { ...base, ...none, status: "open", broken: loan };
  if (loan.setAside) return { ...base, ...none, status: loan.status, broken: "set aside" };
  const position = positionFromFacts(desk.key, desk.facts, () => desk.product, today);
  if (!position) return { ...base, ...none, status: loan.status, broken: "not paid out yet" };
  const debt = debtOfBook(office, desk, today);
  const claimable = debt && composeLetter({ ...BARE, on: today }, [debt]).demanded;
  const clock = limitationOn(office, person, desk);
  return {
    ...base,
    status: loan.status,
    contractual: position.arrears.total,
    claimable,
    dpd: position.dpd,
    holds: holdsOn(loan, today),
    ...(clock ? { limitation: clock } : {}),
  };
}

/** Where limitation stands by what is booked of the loan and of its borrower. */
function limitationOn(
  { pack, lender, now }: Office,
  person: DeskPerson,
  { facts, product }: DeskLoan,
): LimitationSummary | undefined {
  const calendar = calendarOf(lender.pack);
  const on = dayAt(lender.zone, now);
  if (lender.pack !== "cn" || !calendar) return undefined;
  const rule = limitationRule(pack, calendar, on);
  const debt = limitedDebt({ product, facts, ofBorrower: person.facts, zone: lender.zone });
  if (!rule.ok || !debt) return undefined;
  const found = limitation(debt, rule.value, on);
  return found.ok ? found.value : undefined;
}

/** What the last word on a letter's way is worth in law; nothing while it is in the house, or where no text was read. */
export function valueOfDelivery(
  { pack, lender, now }: Pick<Office, "pack" | "lender" | "now">,
  { facts, handedOver }: LetterLife,
): DeliveryValue | undefined {
  const calendar = calendarOf(lender.pack);
  const rule =
    calendar && lender.pack === "cn" ? limitationRule(pack, calendar, dayAt(lender.zone, now)) : undefined;
  if (!rule?.ok || !handedOver) return undefined;
  const last = facts.findLast(
    (fact) =>
      fact.kind === "LetterDelivered" || fact.kind === "LetterRefused" || fact.kind === "LetterReturned",
  );
  if (!last || !("way" in last)) return deliveryValue(handedOver.way, "sent", rule.value);
  return last.kind === "LetterDelivered"
    ? deliveryValue(last.way, "delivered", rule.value, last.receivedBy)
    : deliveryValue(last.way, last.kind === "LetterRefused" ? "refused" : "returned", rule.value);
}

const DEMANDING_WAYS = ["app", "text", "email", "call", "letter"];

/** Contacts of the lender about these debts, with the carrier's last word on each. */
export function demandsOn(facts: readonly Fact[], loans: readonly string[], zone: string): EarlierDemand[] {
  const words = new Map<string, Pick<EarlierDemand, "receipt" | "outcome">>();
  for (const fact of facts) {
    if (fact.kind === "ContactEnded" && fact.outcome !== "failed")
      words.set(fact.action, { receipt: fact.receipt, outcome: fact.outcome });
    else if (fact.kind === "DeliveryReported" && fact.status === "delivered")
      words.set(fact.action, { receipt: fact.id, outcome: fact.status });
    else if (fact.kind === "ContactEnded" || fact.kind === "ContactWithdrawn") words.delete(fact.action);
  }
  const demands: EarlierDemand[] = [];
  for (const fact of facts) {
    if (fact.kind === "ContactStarted" && DEMANDING_WAYS.includes(fact.via) && isAbout(fact, loans)) {
      const { at, via, action } = fact;
      const on = formatDay(dayAt(zone, at));
      demands.push({ at: on, via, action, ...words.get(action) });
    }
    // Told by an agency, or by the lender's own call centre: the report is what shows it.
    if (fact.kind === "ContactReported" && fact.inbound !== true && DEMANDING_WAYS.includes(fact.via)) {
      const about = fact.debts === undefined || fact.debts.some((id) => loans.includes(id));
      if (about)
        demands.push({
          at: formatDay(dayAt(zone, fact.at)),
          via: fact.via,
          action: fact.id,
          receipt: fact.outcome,
          outcome: fact.outcome,
        });
    }
  }
  return demands;
}

function isAbout({ judged }: ContactStarted, loans: readonly string[]): boolean {
  const step = judged?.step as { readonly debts?: readonly string[] } | undefined;
  return step?.debts === undefined || step.debts.some((id) => loans.includes(id));
}

// --- checks --------------------------------------------------------------------------------------------------------------

const LIMITATION_WARN_DAYS = 180;

export interface Mandated {
  readonly firm: LawFirm | undefined;
  readonly engagement: Engagement | undefined;
  readonly lawyer: FirmLawyer | undefined;
}

export function mandated(office: Office, engagement: string, lawyer: string | undefined): Mandated {
  const found = office.engagements.find(({ id }) => id === engagement);
  return {
    engagement: found,
    firm: office.firms.find(({ id }) => id === found?.firm),
    lawyer: office.lawyers.find((one) => one.firm === found?.firm && one.id === lawyer),
  };
}

/** Everything that is asked before a letter on these loans; of a letter that asks for no money only what concerns the firm. */
export function checksOn(
  office: Office,
  person: DeskPerson,
  loans: readonly DeskLoan[],
  mandate: Mandated,
  kind: LetterKind | string,
): Check[] {
  const debts = loans.map((loan) => debtChecked(office, person, loan));
  const promises = loans.flatMap((desk) => {
    const loan = standingOf(desk);
    const promise = typeof loan === "string" ? undefined : openPromise(loan, desk.product, person.today);
    return promise ? [lastDayOf(promise)] : [];
  });
  const [currency = "CNY"] = debts.map((debt) => debt.currency);
  const all = preflight({
    on: person.today,
    ...mandate,
    debts,
    name: person.row.name,
    address: person.row.address,
    demands: demandsOn(
      person.facts,
      loans.map(({ id }) => id),
      person.zone,
    ),
    worth: parseMoney(office.terms.worth, decimalsOf(currency)) ?? (0 as Minor),
    limitationWarnDays: LIMITATION_WARN_DAYS,
    ...(promises.length > 0 ? { promiseUntil: promises.sort((a, b) => b - a)[0]! } : {}),
  });
  return isDemand(kind) ? all : all.filter(({ check }) => OF_ANY_LETTER.includes(check));
}
const OF_ANY_LETTER: readonly string[] = ["engagement", "lawyer", "identity", "address"];

/** The step that hands a letter over, as the gate is asked about it. */
export function stepOf(
  letter: Pick<Letter, "debts" | "lawyer">,
  to: string,
  kind: "letter" | "email" | "app",
  at: Instant,
  text: string,
): ProposedStep {
  return {
    kind,
    to: { role: "borrower", address: to },
    at,
    actor: { role: "law-firm", mandate: true, lawyer: letter.lawyer.name },
    debts: letter.debts.map(({ loan }) => loan),
    text,
  };
}

/** What the creditor is, as rules ask that bind some of them only; not told where his loans say different things. */
export function lenderKindOf(loans: readonly { readonly product: Product }[]): Pick<GateFacts, "lenderKind"> {
  const kinds = new Set(loans.map(({ product }) => product.lenderKind));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? { lenderKind: kind } : {};
}

/** The words of a draft, judged as if it were handed over at noon: so that no lawyer reads what could never go out. */
export function wordsCheck(office: Office, person: DeskPerson, letter: Letter): Check {
  const at = instantAt(person.zone, person.today, 12 * 60);
  const address = person.row.address ?? "";
  const known = person.facts.filter(isPersonFact);
  const facts = gateFactsOf({
    zone: person.zone,
    holds: [],
    contacts: [],
    reach: ["letter"],
    person: known.length > 0 ? personOf(known) : undefined,
    debts: person.loans.map(({ id, loan }) => debtOf(id, loan.status, undefined)),
  });
  const decision = gate(office.pack, stepOf(letter, address, "letter", at, office.press.text(letter)), {
    ...facts,
    ...lenderKindOf(person.loans),
  });
  const because = decision.because.filter(({ outcome }) => outcome.outcome === decision.verdict);
  const told = (language: "en" | "zh"): string =>
    because
      .map(({ rule, outcome }) => ("says" in outcome ? `${rule.id}: ${outcome.says[language]}` : rule.id))
      .join("; ");
  const passed = decision.permit !== undefined;
  return {
    check: "gate",
    state: passed ? "ok" : "stops",
    proof: `${office.pack.place} ${office.pack.version}`,
    says: passed
      ? { en: "the gate lets its words pass", zh: "文字已通过合规判定" }
      : { en: `the gate does not let it pass: ${told("en")}`, zh: `未通过合规判定：${told("zh")}` },
  };
}

// --- the moment of an event --------------------------------------------------------------------------------------------

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
