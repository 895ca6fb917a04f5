import { limitationRule } from "../../../packs/cn/index.ts";
import {
  type ContactStarted,
  dayAt,
  type Fact,
  formatDay,
  holdsOn,
  InvariantError,
  type LoanState,
  type Minor,
  positionFromFacts,
  replay,
} from "../../core/index.ts";
import { composeLetter, type DebtOfBook, type LetterFrame } from "../../documents/from-book.ts";
import {
  type DeliveryValue,
  deliveryValue,
  type EarlierDemand,
  type LetterLife,
  type LimitationSummary,
  limitation,
  limitedDebt,
  type PreflightDebt,
} from "../../legal/index.ts";
import type { DeskLoan, DeskPerson } from "../../store/index.ts";
import { calendarOf } from "../book.ts";
import { ceilingOf } from "../loans/ceilings.ts";
import { type Office, todayOf } from "./office.ts";

/** The loan with everything folded in that waits for a close, or why it cannot be. */
export function standingOf({ key, facts, product }: DeskLoan): LoanState | string {
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

const BARE = { language: "zh-CN" } as LetterFrame;

export function debtChecked(office: Office, person: DeskPerson, desk: DeskLoan): PreflightDebt {
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
