import type { Day } from "./calendar.ts";
import type { Minor } from "./money.ts";
import type { Instant } from "./zone.ts";

/**
 * The life of a proceeding on a borrower's debts: mediation before a suit, a payment order, a suit. Its facts stand in the borrower's own
 * journal (index 0); each names who recorded it. `on` is the business day it was booked on, `dated` the day on which it happened.
 */
export type ProceedingFact = ProceedingOpened | ProceedingMoved | ProceedingTakenBack;

export type ProceedingKind = "mediation" | "payment-order" | "suit";
export const PROCEEDING_KINDS: readonly ProceedingKind[] = ["mediation", "payment-order", "suit"];

/** How a court hears a suit. */
export type Procedure = "ordinary" | "summary" | "small-claims";
export const PROCEDURES: readonly Procedure[] = ["ordinary", "summary", "small-claims"];

interface OfProceeding {
  readonly on: Day;
  readonly at: Instant;
  /** Id of the proceeding. */
  readonly id: string;
  readonly by: string;
}

/** Somebody decided to go to this court (or mediator) about these loans. Nothing is filed by it. */
export interface ProceedingOpened extends OfProceeding {
  readonly kind: "ProceedingOpened";
  readonly way: ProceedingKind;
  /** As wished for; the court decides when it accepts. */
  readonly procedure?: Procedure;
  readonly court: string;
  readonly debts: readonly string[];
  readonly dated: Day;
  /** What is claimed, where it was said. */
  readonly claimed?: Minor;
  readonly firm?: string;
  readonly engagement?: string;
  readonly lawyer?: string;
  /** The letter that came before it. */
  readonly letter?: string;
  /** The proceeding that it continues: the payment order that became void, the mediation that failed. */
  readonly after?: string;
}

export interface ProceedingMoved extends OfProceeding {
  readonly kind: "ProceedingMoved";
  /** Unique within the proceeding; the same one twice changes nothing. */
  readonly event: string;
  readonly dated: Day;
  readonly what: ProceedingEvent;
}

/** An event was recorded wrongly: it and what followed from it count no more. Only the last one can be taken back. */
export interface ProceedingTakenBack extends OfProceeding {
  readonly kind: "ProceedingTakenBack";
  readonly event: string;
  readonly reason: string;
}

/** Sides of a proceeding: the lender who claims, and the debtor. */
export type Side = "us" | "debtor";
export const SIDES: readonly Side[] = ["us", "debtor"];

/** How papers are served. */
export type ServiceWay = "paper" | "left" | "electronic" | "public-notice";
export const SERVICE_WAYS: readonly ServiceWay[] = ["paper", "left", "electronic", "public-notice"];
/** The four ways of consenting to electronic service. */
export type ConsentForm = "express" | "agreed-before" | "address-given" | "acted-on";
export const CONSENT_FORMS: readonly ConsentForm[] = [
  "express",
  "agreed-before",
  "address-given",
  "acted-on",
];
export type ServedPaper = "complaint" | "payment-order" | "judgment" | "ruling" | "appeal";
export const SERVED_PAPERS: readonly ServedPaper[] = [
  "complaint",
  "payment-order",
  "judgment",
  "ruling",
  "appeal",
];

/** Why a case is no small claim. */
export type SmallClaimBar = "foreign" | "appraisal" | "whereabouts" | "counterclaim" | "other";
export const SMALL_CLAIM_BARS: readonly SmallClaimBar[] = [
  "foreign",
  "appraisal",
  "whereabouts",
  "counterclaim",
  "other",
];

/** What a judgment, an order or an agreement gives on one loan. */
export interface Adjudged {
  readonly debt: string;
  readonly principal: Minor;
  /** Interest and late interest to the day `countedTo`. */
  readonly interest: Minor;
  /** Costs that the debtor has to pay to us: fees that we advanced, the lawyer's fee, as far as they were awarded. */
  readonly costs: Minor;
  /** Interest on the principal after that day, in 1e-8 a day. */
  readonly interestE8ADay?: number;
}

/** What was adjudged on all loans, and by when it has to be performed. */
export interface Award {
  readonly sums: readonly Adjudged[];
  readonly countedTo: Day;
  /** Last day to perform, where it is named; else so many days from the day of effect. */
  readonly performBy?: Day;
  readonly performDays?: number;
}

export type AppealOutcome = "upheld" | "changed" | "remanded" | "withdrawn";
export const APPEAL_OUTCOMES: readonly AppealOutcome[] = ["upheld", "changed", "remanded", "withdrawn"];
export type RulingOn = "no-acceptance" | "dismissal" | "jurisdiction";
export const RULINGS: readonly RulingOn[] = ["no-acceptance", "dismissal", "jurisdiction"];
export type FeeFor = "case" | "payment-order" | "preservation" | "appeal" | "other";
export const FEES_FOR: readonly FeeFor[] = ["case", "payment-order", "preservation", "appeal", "other"];

/** What can happen in a proceeding. */
export type ProceedingEvent =
  | { readonly type: "preserved" }
  | { readonly type: "filed" }
  | { readonly type: "fee-noticed"; readonly amount: Minor }
  | { readonly type: "fee-paid"; readonly amount: Minor; readonly of: FeeFor }
  | { readonly type: "fee-refunded"; readonly amount: Minor; readonly of: FeeFor }
  | {
      readonly type: "accepted";
      readonly caseNumber: string;
      readonly procedure?: Procedure;
      readonly judge?: string;
    }
  | {
      readonly type: "served";
      readonly paper: ServedPaper;
      readonly to: Side;
      readonly way: ServiceWay;
      readonly consent?: ConsentForm;
    }
  | { readonly type: "answered" }
  | { readonly type: "jurisdiction-objected" }
  | { readonly type: "jurisdiction-ruled"; readonly upheld: boolean; readonly court?: string }
  | { readonly type: "converted"; readonly procedure: Procedure; readonly bar?: SmallClaimBar }
  | { readonly type: "extended"; readonly months: number }
  | { readonly type: "period-set"; readonly name: string; readonly until: Day; readonly side: Side }
  | { readonly type: "period-kept"; readonly name: string }
  | {
      readonly type: "hearing-set";
      readonly hearingOn: Day;
      readonly minute?: number;
      readonly place?: string;
    }
  | { readonly type: "adjourned"; readonly reason: string; readonly hearingOn?: Day }
  | { readonly type: "heard" }
  | ({ readonly type: "mediated" } & Award)
  | { readonly type: "mediation-failed"; readonly reason?: string }
  | { readonly type: "withdrawn"; readonly deemed: boolean; readonly reason: string }
  | { readonly type: "ruled"; readonly ruling: Exclude<RulingOn, "jurisdiction"> }
  | ({ readonly type: "judgment" } & Award)
  | { readonly type: "claim-dismissed" }
  | { readonly type: "appealed"; readonly side: Side }
  | { readonly type: "appeal-accepted"; readonly caseNumber: string }
  | { readonly type: "appeal-decided"; readonly outcome: AppealOutcome; readonly award?: Award }
  | ({ readonly type: "issued" } & Award)
  | {
      readonly type: "objected";
      readonly written: boolean;
      readonly ground: ObjectionGround;
      /** Whether the law lets it count, as it was judged when it was recorded: in writing, in time, about the debt. */
      readonly counts: boolean;
    }
  | { readonly type: "objection-dismissed" }
  | { readonly type: "voided"; readonly why: "objection" | "unserved" | "other" }
  | { readonly type: "suit-refused" }
  | { readonly type: "became-suit"; readonly proceeding?: string }
  | ({ readonly type: "agreed" } & Award)
  | { readonly type: "confirmation-applied" }
  | { readonly type: "confirmed" }
  | { readonly type: "confirmation-refused"; readonly reason?: string }
  | {
      readonly type: "effective";
      readonly performBy: Day;
      /** Id of the entry by which its sums are in the ledger. */
      readonly entry: string;
    }
  | { readonly type: "enforcement-applied" }
  | { readonly type: "performed" }
  | { readonly type: "ended"; readonly reason: string };

/** What a debtor objects to a payment order with; only one about the debt itself counts. */
export type ObjectionGround = "debt" | "inability" | "more-time" | "other-way";
export const OBJECTION_GROUNDS: readonly ObjectionGround[] = ["debt", "inability", "more-time", "other-way"];

export type ProceedingState =
  | "prepared"
  | "filed"
  | "accepted"
  | "served"
  | "hearing"
  | "heard"
  | "mediated"
  | "ruled"
  | "ruling-appealed"
  | "judged"
  | "appealed"
  | "final"
  | "issued"
  | "objected"
  | "void"
  | "agreed"
  | "confirming"
  | "effective"
  | "performed"
  | "ended";
/** In the order of their numbers in stored state: only ever append. */
export const PROCEEDING_STATES: readonly ProceedingState[] = [
  "prepared",
  "filed",
  "accepted",
  "served",
  "hearing",
  "heard",
  "mediated",
  "ruled",
  "ruling-appealed",
  "judged",
  "appealed",
  "final",
  "issued",
  "objected",
  "void",
  "agreed",
  "confirming",
  "effective",
  "performed",
  "ended",
];

/** The numbers of these kinds in the journal. Never change one; only add. */
export const PROCEEDING_FACT_CODES = {
  ProceedingOpened: 131,
  ProceedingMoved: 132,
  ProceedingTakenBack: 133,
} as const satisfies Record<ProceedingFact["kind"], number>;

export const isProceedingFact = (fact: { readonly kind: string }): fact is ProceedingFact =>
  fact.kind in PROCEEDING_FACT_CODES;
