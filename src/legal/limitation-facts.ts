import {
  type CallReported,
  type ContactEnded,
  type ContactReported,
  type Day,
  type DeliveryReported,
  dayAt,
  dueDays,
  type Fact,
  firstBooks,
  fold,
  inBookedOrder,
  type LetterDelivered,
  type LetterRefused,
  type LetterReturned,
  type LetterTracked,
  type LoanBooked,
  type Minor,
  type Product,
  standing,
  termsOf,
} from "../core/index.ts";
import { proofOfDelivery } from "./delivery.ts";
import { enforcementsOf } from "./enforcement-life.ts";
import type { LimitationEvent, LimitedDebt, Proof, Restart } from "./limitation.ts";
import { isOverState, proceedingsOf } from "./proceeding.ts";

/** What a book holds of one debt. */
export interface BookedDebt {
  readonly product: Product;
  /** The loan's own facts and those of its borrower, each in order of its journal. */
  readonly facts: readonly Fact[];
  readonly ofBorrower: readonly Fact[];
  /** Where the lender's day is told. */
  readonly zone: string;
}

/**
 * A debt as `limitation` takes it, from what was booked: what fell due when, and what happened to it with which proof.
 *
 * Nothing is claimed that is not on record. A payment is proved by its entry; a message or letter by the carrier's word that it
 * arrived. A call, a promise and an agreed plan are on record as somebody's word only, and so doubtful: whoever holds the
 * recording or the signed paper gives it to `calc limitation`.
 *
 * Takes   facts; `knownOn`, the last business day whose facts are known, all where absent.
 * Gives   the debt; `undefined` before it was booked.
 */
export function limitedDebt(booked: BookedDebt, knownOn?: Day): LimitedDebt | undefined {
  const known = (facts: readonly Fact[]): readonly Fact[] =>
    knownOn === undefined ? facts : facts.filter(({ on }) => on <= knownOn);
  const facts = inBookedOrder(known(booked.facts));
  const first = facts[0];
  if (first?.kind !== "LoanBooked") return undefined;
  const { dueOn, provenDueOn } = dueDaysOf(first, facts, booked.product);
  const events = [
    ...eventsOfLoan(facts, booked.product),
    ...eventsOfContacts(first.id, facts, inBookedOrder(known(booked.ofBorrower)), booked.zone),
    ...eventsOfProceedings(first.id, known(booked.ofBorrower)),
    ...eventsOfEnforcements(first.id, known(booked.ofBorrower)),
  ];
  return { dueOn, ...(provenDueOn ? { provenDueOn } : {}), card: false, events };
}

/**
 * An application for enforcement interrupts, and while it runs time does not. Once a round is ended the creditor may ask again without
 * limit of time, so that it goes on to count as running; one that was withdrawn is doubtful, as a suit is.
 */
const eventsOfEnforcements = (id: string, ofBorrower: readonly Fact[]): Restart[] =>
  [...enforcementsOf(ofBorrower).values()]
    .filter(({ debt }) => debt === id)
    .map(({ id: ref, applied, closed, rejected }): Restart => {
      const endedOn = (closed ?? rejected)?.dated;
      return {
        on: applied.dated,
        ref,
        kind: "enforcement",
        proof: closed?.why === "withdrawn" ? "withdrawn" : "filed",
        ...(endedOn === undefined ? {} : { endedOn }),
      };
    });

/**
 * Due days of the plan agreed last; where it is not the contract's, what is proved: the contract's own, or the day on which all
 * was made due before.
 */
function dueDaysOf(
  first: LoanBooked,
  facts: readonly Fact[],
  product: Product,
): Pick<LimitedDebt, "dueOn" | "provenDueOn"> {
  const terms = termsOf(first, product);
  const contract = dueDays(terms, terms.installments);
  const counted = standing(facts);
  const replaced = counted.findLastIndex(isPlan);
  if (replaced < 0) return { dueOn: contract };
  const { rows } = fold(firstBooks(terms), counted.slice(0, replaced + 1), product);
  const due = counted.slice(0, replaced).find(({ kind }) => kind === "LoanAccelerated")?.valueOn;
  const proven = due === undefined ? contract : [Math.min(due, ...contract.slice(-1)) as Day];
  return { dueOn: rows.map((row) => row.dueOn), provenDueOn: proven };
}

const isPlan = ({ kind }: Fact): boolean => kind === "PlanReplaced";

function eventsOfLoan(facts: readonly Fact[], product: Product): LimitationEvent[] {
  const events: LimitationEvent[] = [];
  const counted = standing(facts);
  const replaced = counted.findLastIndex(isPlan);
  for (const [place, fact] of counted.entries()) {
    const { valueOn: on, id: ref } = fact;
    switch (fact.kind) {
      case "PaymentReceived":
        if (fact.amount > 0) events.push({ on, ref, kind: "part-payment", proof: "booked" });
        break;
      case "PlanReplaced":
      case "SettlementAgreed":
        events.push({ on, ref, kind: "installment-plan", proof: "words" });
        break;
      case "LoanAccelerated":
        // A plan that was agreed later has due days of its own.
        if (place > replaced) events.push({ on, ref, kind: "acceleration" });
        break;
      case "JudgmentEntered":
        events.push({ on, ref, kind: "judgment", performBy: fact.performBy });
        break;
      case "LoanAssigned":
        if (fact.noticeOn !== undefined)
          events.push({ on: fact.noticeOn, ref, kind: "assignment-notice", proof: "words" });
        break;
      default:
        break;
    }
  }
  if (product.source === "fed") events.push(...paidBetweenReports(facts));
  const withdrawn = new Set(facts.flatMap((fact) => (fact.kind === "PromiseWithdrawn" ? [fact.id] : [])));
  for (const fact of facts) {
    if ((fact.kind === "PromiseMade" || fact.kind === "PromiseReplaced") && !withdrawn.has(fact.id))
      events.push({ on: fact.valueOn, ref: fact.id, kind: "promise", proof: "words" });
  }
  return events;
}

/** A core system's reports say that money came, and not on which day or from whom. */
function paidBetweenReports(facts: readonly Fact[]): Restart[] {
  const events: Restart[] = [];
  let before: { readonly principal: Minor; readonly interestPaid: Minor } | undefined;
  for (const fact of facts) {
    if (fact.kind !== "BalanceReported") continue;
    if (before && (fact.principal < before.principal || fact.interestPaid > before.interestPaid))
      events.push({ on: fact.asOf, kind: "part-payment", proof: "words" });
    before = fact;
  }
  return events;
}

/** How something was sent, and the last word on what became of it. */
interface Sent {
  readonly on: Day;
  readonly via: string;
  readonly ended?: ContactEnded;
  readonly called?: CallReported;
  readonly delivery?: DeliveryReported;
  readonly tracked?: LetterTracked;
}

/** Messages, letters and calls that were about this loan. Which they were, its own planned steps say. */
function eventsOfContacts(
  id: string,
  facts: readonly Fact[],
  ofBorrower: readonly Fact[],
  zone: string,
): Restart[] {
  const about = new Set(facts.flatMap((fact) => (fact.kind === "StepPlanned" ? [fact.action] : [])));
  const sent = new Map<string, Sent>();
  const events: Restart[] = [];
  const letters = demandsByLetter(id, ofBorrower);
  for (const fact of ofBorrower) {
    switch (fact.kind) {
      case "LetterHandedOver":
        if (letters.has(fact.id)) about.add(fact.action);
        break;
      case "LetterDelivered":
      case "LetterRefused":
      case "LetterReturned":
        // What a carrier reported stands beside it as the report itself.
        if (letters.has(fact.id) && !fact.proof.startsWith("in:")) events.push(handedIn(fact));
        break;
      case "ActionConsolidated":
        if (about.has(fact.action)) about.add(fact.into);
        break;
      case "ContactStarted":
        sent.set(fact.action, { on: dayAt(zone, fact.at), via: fact.via });
        break;
      case "ContactWithdrawn":
      case "ContactReopened":
        sent.delete(fact.action);
        break;
      case "ContactEnded":
        told(sent, fact.action, (one) => ({ ...one, ended: fact }));
        break;
      case "CallReported":
        told(sent, fact.action, (one) => ({ ...one, called: fact }));
        break;
      case "DeliveryReported":
        // Of several the last word stands, but a later doubt takes no arrival back.
        told(sent, fact.action, (one) =>
          one.delivery?.status === "delivered" ? one : { ...one, delivery: fact },
        );
        break;
      case "LetterTracked":
        told(sent, fact.action, (one) =>
          one.tracked?.status === "delivered" ? one : { ...one, tracked: fact },
        );
        break;
      default:
        break;
    }
  }
  for (const [action, one] of sent) {
    if (!about.has(action)) continue;
    const event = eventOf(one, zone);
    if (event) events.push({ ...event, ref: action });
  }
  const reversed = new Set(
    ofBorrower.flatMap((fact) => (fact.kind === "PersonFactReversed" ? [fact.of] : [])),
  );
  for (const fact of ofBorrower) {
    if (fact.kind !== "ContactReported" || reversed.has(fact.id)) continue;
    if (fact.debts && !fact.debts.includes(id)) continue;
    const event = reportedEvent(fact, zone);
    if (event) events.push(event);
  }
  return events;
}

/** What was filed before a court or a mediator about this loan: it interrupts from the day of filing until it has ended. */
function eventsOfProceedings(id: string, ofBorrower: readonly Fact[]): Restart[] {
  const events: Restart[] = [];
  for (const { id: ref, debts, way, state, events: happened } of proceedingsOf(ofBorrower).values()) {
    const filed = happened.find(({ what }) => what.type === "filed");
    if (!filed || !debts.includes(id)) continue;
    const isOver = isOverState(state) || state === "effective";
    const withdrawn = happened.some(({ what }) => what.type === "withdrawn");
    events.push({
      on: filed.dated,
      ref,
      kind: way,
      proof: withdrawn ? "withdrawn" : "filed",
      ...(isOver ? { endedOn: happened.at(-1)!.dated } : {}),
    });
  }
  return events;
}

/** Ids of the lawyers' letters that ask for this debt; one that confirms or withdraws is no demand. */
function demandsByLetter(id: string, ofBorrower: readonly Fact[]): ReadonlySet<string> {
  const letters = new Set<string>();
  for (const fact of ofBorrower) {
    if (fact.kind !== "LetterDrafted") continue;
    const asks = fact.letter === "demand" || fact.letter === "acceleration" || fact.letter === "final-notice";
    if (asks && fact.debts.includes(id)) letters.add(fact.id);
  }
  return letters;
}

/** A delivery that a person recorded, with the paper that shows it. */
function handedIn(fact: LetterDelivered | LetterRefused | LetterReturned): Restart {
  const outcome =
    fact.kind === "LetterDelivered" ? "delivered" : fact.kind === "LetterRefused" ? "refused" : "returned";
  const receivedBy = fact.kind === "LetterDelivered" ? fact.receivedBy : undefined;
  const { restart, proof } = proofOfDelivery(fact.way, outcome, receivedBy);
  return { on: fact.dated, ref: fact.id, kind: restart, proof };
}

function told(sent: Map<string, Sent>, action: string, more: (one: Sent) => Sent): void {
  const one = sent.get(action);
  if (one) sent.set(action, more(one));
}

const NOT_REACHED: ReadonlySet<string> = new Set([
  "no-answer",
  "voicemail",
  "busy",
  "not-in-service",
  "wrong-number",
  "bounced",
  "failed",
]);

/** Answered by somebody else: nothing was demanded of the debtor. */
const NOT_HIMSELF: ReadonlySet<string> = new Set(["third-person", "deceased-told"]);
const SPOKEN_TO: ReadonlySet<string> = new Set(["connected", "promised", "refused"]);

function eventOf({ on, via, ended, called, delivery, tracked }: Sent, zone: string): Restart | undefined {
  if (via === "call") {
    const spoken = called
      ? SPOKEN_TO.has(called.outcome)
      : ended?.outcome === "connected" && !NOT_HIMSELF.has(ended.receipt);
    return spoken ? { on, kind: "call", proof: "words" } : undefined;
  }
  if (tracked) {
    const proof = LETTER_PROOFS[tracked.status];
    return { on: tracked.status === "posted" ? on : tracked.dated, kind: "letter", proof };
  }
  const kind = via === "letter" || via === "post" ? "letter" : "message";
  if (delivery) {
    const arrived = delivery.status === "delivered";
    return { on: arrived ? dayAt(zone, delivery.at) : on, kind, proof: DELIVERY_PROOFS[delivery.status] };
  }
  return { on, kind, proof: ended && NOT_REACHED.has(ended.outcome) ? "failed" : "sent" };
}

const LETTER_PROOFS = {
  posted: "sent",
  delivered: "delivered",
  refused: "refused",
  returned: "returned",
} as const;
const DELIVERY_PROOFS = {
  accepted: "sent",
  delivered: "delivered",
  failed: "failed",
  expired: "failed",
  bounced: "failed",
  unknown: "sent",
} as const satisfies Record<DeliveryReported["status"], Proof>;

/** Contacts that others made: their word. */
function reportedEvent(fact: ContactReported, zone: string): Restart | undefined {
  if (fact.inbound || (fact.to !== undefined && fact.to !== "borrower") || NOT_REACHED.has(fact.outcome))
    return undefined;
  const base = { on: dayAt(zone, fact.at), ref: fact.id };
  if (fact.via === "call") return { ...base, kind: "call", proof: "words" };
  if (fact.via === "visit") return { ...base, kind: "demand-in-person", proof: "words" };
  if (fact.via === "letter" || fact.via === "post") return { ...base, kind: "letter", proof: "sent" };
  return fact.via === "text" || fact.via === "email" || fact.via === "app"
    ? { ...base, kind: "message", proof: "sent" }
    : undefined;
}
