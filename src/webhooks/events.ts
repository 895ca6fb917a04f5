import type { Fact } from "../core/index.ts";

/** Events that outsiders can ask to be told of, each with the fact that it follows from. */
export const EVENT_KINDS = [
  "payment.received",
  "payment.reversed",
  "loan.cured",
  "loan.ended",
  "promise.made",
  "promise.kept",
  "promise.broken",
  "hold.placed",
  "hold.lifted",
  "complaint.opened",
  "complaint.moved",
  "hardship.requested",
  "hardship.moved",
  "letter.handed-over",
  "letter.delivered",
  "letter.refused",
  "letter.returned",
  "letter.answered",
  "proceeding.opened",
  "proceeding.moved",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Facts from which an event follows. */
export const EVENT_FACTS = [
  "PaymentReceived",
  "EntryReversed",
  "Cured",
  "LoanEnded",
  "PromiseMade",
  "PromiseKept",
  "PromiseBroken",
  "HoldPlaced",
  "HoldLifted",
  "LetterHandedOver",
  "LetterDelivered",
  "LetterRefused",
  "LetterReturned",
  "LetterAnswered",
  "ProceedingOpened",
  "ProceedingMoved",
  "ComplaintOpened",
  "ComplaintMoved",
  "HardshipRequested",
  "HardshipMoved",
] as const satisfies readonly Fact["kind"][];

const LETTERS: Partial<Record<Fact["kind"], EventKind>> = {
  LetterHandedOver: "letter.handed-over",
  LetterDelivered: "letter.delivered",
  LetterRefused: "letter.refused",
  LetterReturned: "letter.returned",
  LetterAnswered: "letter.answered",
};

/** What is told of it beside the ids of loan and borrower: ids and words of ours, no name, no sum, no text of anybody. */
export interface Told {
  readonly kind: EventKind;
  readonly more: Readonly<Record<string, string>>;
}

/** The event that follows from a fact. What is asked for with it is asked of the API, by whoever may. */
export function eventOf(fact: Fact): Told | undefined {
  const letter = LETTERS[fact.kind];
  if (letter) return { kind: letter, more: { letter: (fact as { id: string }).id } };
  switch (fact.kind) {
    case "PaymentReceived":
      return { kind: "payment.received", more: { payment: fact.id } };
    case "EntryReversed":
      return { kind: "payment.reversed", more: { entry: fact.id } };
    case "Cured":
      return { kind: "loan.cured", more: {} };
    case "LoanEnded":
      return { kind: "loan.ended", more: { how: fact.how } };
    case "PromiseMade":
      return { kind: "promise.made", more: { promise: fact.id } };
    case "PromiseKept":
      return { kind: "promise.kept", more: { promise: fact.id } };
    case "PromiseBroken":
      return { kind: "promise.broken", more: { promise: fact.id } };
    case "HoldPlaced":
      return { kind: "hold.placed", more: { hold: fact.hold } };
    case "HoldLifted":
      return { kind: "hold.lifted", more: { hold: fact.hold } };
    case "ProceedingOpened":
      return { kind: "proceeding.opened", more: { proceeding: fact.id } };
    case "ProceedingMoved":
      return { kind: "proceeding.moved", more: { proceeding: fact.id, event: fact.what.type } };
    case "ComplaintOpened":
      return { kind: "complaint.opened", more: { complaint: fact.id } };
    case "ComplaintMoved":
      return { kind: "complaint.moved", more: { complaint: fact.id, event: fact.what.type } };
    case "HardshipRequested":
      return { kind: "hardship.requested", more: { request: fact.id } };
    case "HardshipMoved":
      return { kind: "hardship.moved", more: { request: fact.id, event: fact.what.type } };
    default:
      return undefined;
  }
}
