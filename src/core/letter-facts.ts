import type { Day } from "./calendar.ts";
import type { Minor } from "./money.ts";
import type { Instant } from "./zone.ts";

/**
 * What a law firm does on a borrower's debts under its mandate: cases that were offered to it, and letters. They stand in the
 * borrower's own journal (index 0); each names the person who acted, the instant, and what proves it.
 */
export type LetterFact = CaseFact | LetterLifeFact;

export type CaseFact = CaseOffered | CaseAccepted | CaseDeclined | CaseRecalled;

export type LetterLifeFact =
  | LetterDrafted
  | LetterOpened
  | LetterApproved
  | LetterSentBack
  | LetterSigned
  | LetterHandedOver
  | LetterDelivered
  | LetterRefused
  | LetterReturned
  | LetterLost
  | LetterAnswered
  | LetterDeadlinePassed
  | NextStepProposed
  | LetterStopped
  | LetterWithdrawn
  | LetterReplaced;

interface OfFirm {
  readonly on: Day;
  readonly at: Instant;
  /** Id of the case or of the letter. */
  readonly id: string;
  /** Who acted. */
  readonly by: string;
}

// --- cases -----------------------------------------------------------------------------------------------------------

/** A loan is offered to a firm under an engagement, with others of one batch. */
export interface CaseOffered extends OfFirm {
  readonly kind: "CaseOffered";
  readonly debt: string;
  readonly firm: string;
  readonly engagement: string;
  readonly batch: string;
  /** Question of the strategy that this answers, where one asked for a lawyer's letter. */
  readonly action?: string;
}

export interface CaseAccepted extends OfFirm {
  readonly kind: "CaseAccepted";
  readonly lawyer: string;
}

export interface CaseDeclined extends OfFirm {
  readonly kind: "CaseDeclined";
  readonly reason: string;
}

export type CaseRecallReason = "paid" | "engagement-over" | "complaint" | "other";
export const CASE_RECALL_REASONS: readonly CaseRecallReason[] = [
  "paid",
  "engagement-over",
  "complaint",
  "other",
];

export interface CaseRecalled extends OfFirm {
  readonly kind: "CaseRecalled";
  readonly why: CaseRecallReason;
  readonly reason?: string;
}

export type CaseState = "offered" | "accepted" | "declined" | "recalled";
/** In the order of their numbers in stored state: only ever append. */
export const CASE_STATES: readonly CaseState[] = ["offered", "accepted", "declined", "recalled"];

export const CASE_STATE_AFTER = {
  CaseOffered: "offered",
  CaseAccepted: "accepted",
  CaseDeclined: "declined",
  CaseRecalled: "recalled",
} as const satisfies Record<CaseFact["kind"], CaseState>;

// --- letters ---------------------------------------------------------------------------------------------------------

/** A check of what has to be there before a letter goes out, and what it came to. */
export interface CheckedItem {
  readonly check: string;
  readonly state: "ok" | "warn" | "missing" | "stops";
  /** Where the proof stands. */
  readonly proof?: string;
}

/** A letter as data was made, or made anew after it had been sent back: with the figures of its date. */
export interface LetterDrafted extends OfFirm {
  readonly kind: "LetterDrafted";
  readonly letter: string;
  readonly number: string;
  readonly firm: string;
  readonly engagement: string;
  readonly debts: readonly string[];
  readonly cases: readonly string[];
  /** Date of the letter, and of every figure in it. */
  readonly dated: Day;
  readonly demanded: Minor;
  readonly answerBy: Day;
  /** SHA-256 of the letter as data, as it is kept. */
  readonly sha256: string;
  readonly checks: readonly CheckedItem[];
  /** The earlier letter that this one corrects or withdraws. */
  readonly about?: string;
}

/** A lawyer looked at the letter with its facts and their proofs. */
export interface LetterOpened extends OfFirm {
  readonly kind: "LetterOpened";
  readonly licence: string;
  readonly sha256: string;
}

/** The named lawyer stands behind this text: by itself, or as one of a batch of which he opened a stated random sample. */
export interface LetterApproved extends OfFirm {
  readonly kind: "LetterApproved";
  readonly licence: string;
  readonly sha256: string;
  readonly sample?: {
    readonly batch: string;
    readonly seed: number;
    readonly n: number;
    readonly of: number;
  };
}

/** The lawyer does not stand behind it, and says why. */
export interface LetterSentBack extends OfFirm {
  readonly kind: "LetterSentBack";
  readonly licence: string;
  readonly reason: string;
}

/** Signed by the firm's certificate. From here on nothing of it changes. */
export interface LetterSigned extends OfFirm {
  readonly kind: "LetterSigned";
  /** SHA-256 of the signed file, as it is kept and sent. */
  readonly file: string;
  readonly bytes: number;
  /** Whose certificate, as it names itself. */
  readonly certificate: string;
  /** Instant that a time-stamp authority gave, where one was asked. */
  readonly stampedAt?: Instant;
  /** Signed with a certificate that is for trying only. */
  readonly development?: true;
}

/** How a letter reaches the person. */
export type LetterWay = "post" | "email" | "portal" | "in-person";
export const LETTER_WAYS: readonly LetterWay[] = ["post", "email", "portal", "in-person"];

/** Given to whoever carries it, under a permit of the gate. `action` is the contact in which the permit's inputs stand. */
export interface LetterHandedOver extends OfFirm {
  readonly kind: "LetterHandedOver";
  readonly way: LetterWay;
  readonly action: string;
  readonly receipt: string;
}

interface OfDelivery extends OfFirm {
  readonly way: LetterWay;
  /** The day that the carrier or the record names. */
  readonly dated: Day;
  /** Id of the receipt, or SHA-256 of the document, that shows it. */
  readonly proof: string;
}

export interface LetterDelivered extends OfDelivery {
  readonly kind: "LetterDelivered";
  /** Who took it, where that is known. */
  readonly receivedBy?: string;
}

export interface LetterRefused extends OfDelivery {
  readonly kind: "LetterRefused";
  readonly reason?: string;
}

/** Came back: no such address, nobody there. */
export interface LetterReturned extends OfDelivery {
  readonly kind: "LetterReturned";
  readonly reason?: string;
}

/** No word of the carrier for so long that nobody knows where it is. */
export interface LetterLost extends OfFirm {
  readonly kind: "LetterLost";
  readonly days: number;
}

export type LetterAnswer = "pays" | "paid" | "disputes" | "asks-for-plan" | "complains" | "other";
export const LETTER_ANSWERS: readonly LetterAnswer[] = [
  "pays",
  "paid",
  "disputes",
  "asks-for-plan",
  "complains",
  "other",
];

export interface LetterAnswered extends OfFirm {
  readonly kind: "LetterAnswered";
  readonly answer: LetterAnswer;
  readonly dated: Day;
  readonly words?: string;
  readonly proof?: string;
}

export interface LetterDeadlinePassed extends OfFirm {
  readonly kind: "LetterDeadlinePassed";
  readonly answerBy: Day;
}

export type NextStep =
  | "mediation"
  | "payment-order"
  | "suit"
  | "final-notice"
  | "send-again"
  | "find-address"
  | "dispute-reply"
  | "plan-offer"
  | "ask-person";

/** What should come next, for a person to decide: nothing is begun by it. */
export interface NextStepProposed extends OfFirm {
  readonly kind: "NextStepProposed";
  readonly next: NextStep;
  readonly why: string;
}

/** It will not go out: what it asks for is paid, or something came that forbids it. */
export interface LetterStopped extends OfFirm {
  readonly kind: "LetterStopped";
  readonly why: "paid" | "held" | "recalled";
  readonly says: string;
}

export interface LetterWithdrawn extends OfFirm {
  readonly kind: "LetterWithdrawn";
  readonly reason: string;
  /** The second letter that says so to the person, where the first one had left the house. */
  readonly letter?: string;
}

/** Another letter stands in its place. */
export interface LetterReplaced extends OfFirm {
  readonly kind: "LetterReplaced";
  readonly reason: string;
  readonly letter: string;
}

export type LetterState =
  | "drafted"
  | "approved"
  | "sent-back"
  | "signed"
  | "handed-over"
  | "delivered"
  | "refused"
  | "returned"
  | "unknown"
  | "answered"
  | "deadline-passed"
  | "next-proposed"
  | "stopped"
  | "withdrawn"
  | "replaced";
/** In the order of their numbers in stored state: only ever append. */
export const LETTER_STATES: readonly LetterState[] = [
  "drafted",
  "approved",
  "sent-back",
  "signed",
  "handed-over",
  "delivered",
  "refused",
  "returned",
  "unknown",
  "answered",
  "deadline-passed",
  "next-proposed",
  "stopped",
  "withdrawn",
  "replaced",
];

/** What each fact makes of a letter; having been opened changes nothing. */
export const LETTER_STATE_AFTER = {
  LetterDrafted: "drafted",
  LetterOpened: undefined,
  LetterApproved: "approved",
  LetterSentBack: "sent-back",
  LetterSigned: "signed",
  LetterHandedOver: "handed-over",
  LetterDelivered: "delivered",
  LetterRefused: "refused",
  LetterReturned: "returned",
  LetterLost: "unknown",
  LetterAnswered: "answered",
  LetterDeadlinePassed: "deadline-passed",
  NextStepProposed: "next-proposed",
  LetterStopped: "stopped",
  LetterWithdrawn: "withdrawn",
  LetterReplaced: "replaced",
} as const satisfies Record<LetterLifeFact["kind"], LetterState | undefined>;

/** The numbers of these kinds in the journal. Never change one; only add. */
export const LETTER_FACT_CODES = {
  CaseOffered: 100,
  CaseAccepted: 101,
  CaseDeclined: 102,
  CaseRecalled: 103,
  LetterDrafted: 105,
  LetterOpened: 106,
  LetterApproved: 107,
  LetterSentBack: 108,
  LetterSigned: 109,
  LetterHandedOver: 110,
  LetterDelivered: 111,
  LetterRefused: 112,
  LetterReturned: 113,
  LetterLost: 114,
  LetterAnswered: 115,
  LetterDeadlinePassed: 116,
  NextStepProposed: 117,
  LetterStopped: 118,
  LetterWithdrawn: 119,
  LetterReplaced: 120,
} as const satisfies Record<LetterFact["kind"], number>;

export const isLetterFact = (fact: { readonly kind: string }): fact is LetterFact =>
  fact.kind in LETTER_FACT_CODES;

export const isCaseFact = (fact: { readonly kind: string }): fact is CaseFact =>
  fact.kind in CASE_STATE_AFTER;

export const isLetterLifeFact = (fact: { readonly kind: string }): fact is LetterLifeFact =>
  fact.kind in LETTER_STATE_AFTER;
