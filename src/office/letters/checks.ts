import {
  decimalsOf,
  type Instant,
  instantAt,
  isPersonFact,
  lastDayOf,
  type Minor,
  openPromise,
  type Product,
  parseMoney,
  personOf,
} from "../../core/index.ts";
import type { Letter, LetterKind } from "../../documents/letter.ts";
import { type Check, type Engagement, type FirmLawyer, type LawFirm, preflight } from "../../legal/index.ts";
import { debtOf, type GateFacts, gate, gateFactsOf, type ProposedStep } from "../../policy/index.ts";
import type { DeskLoan, DeskPerson } from "../../store/index.ts";
import { debtChecked, demandsOn, standingOf } from "./debts.ts";
import { isDemand, type Office } from "./office.ts";

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
