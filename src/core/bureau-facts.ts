import type { Day } from "./calendar.ts";
import type { Instant } from "./zone.ts";

/**
 * What is said and done about a loan's entry in the credit record: what its money does not tell of a month, objections and their
 * answers, corrections and deletions. They stand in the borrower's own journal (index 0), each under an `id` of its own; `debt` is the
 * loan's id at the lender. The status of a month is no fact: it is derived from the loan's facts and these.
 */
export type BureauFact =
  | BureauMarked
  | BureauMarkReversed
  | BureauDisputed
  | BureauAnswered
  | BureauCorrected
  | BureauDeleted
  | BureauComplained
  | BureauComplaintAnswered
  | BureauReminded;

interface OfBureau {
  readonly on: Day;
  readonly at: Instant;
  readonly id: string;
  readonly debt: string;
  /** Who acted; `close` where no person did. */
  readonly by: string;
}

/**
 * What happened to a loan and shows in no sum: who paid, or with what. `guarantor` and `in-kind` are of the month of their day;
 * `bad-debt` and `unknown` last until reversed; `ended` closes it otherwise than by payment.
 */
export type BureauMark = "guarantor" | "in-kind" | "bad-debt" | "ended" | "unknown";
export const BUREAU_MARKS: readonly BureauMark[] = ["guarantor", "in-kind", "bad-debt", "ended", "unknown"];

export interface BureauMarked extends OfBureau {
  readonly kind: "BureauMarked";
  readonly mark: BureauMark;
  /** The day that it is of. */
  readonly dated: Day;
  readonly reason: string;
}

/** The mark `of` was set by mistake, or holds no longer: months after this fact's day do not know it. */
export interface BureauMarkReversed extends OfBureau {
  readonly kind: "BureauMarkReversed";
  readonly of: string;
  readonly reason: string;
}

/** The person objects to what is reported of the loan: of some months (`2026-10`), or of all. */
export interface BureauDisputed extends OfBureau {
  readonly kind: "BureauDisputed";
  readonly received: Day;
  readonly answerBy: Day;
  readonly months: readonly string[];
  readonly words: string;
  /** Through whom it came. */
  readonly via: "lender" | "bureau";
}

export type DisputeOutcome = "stands" | "corrected" | "deleted";
export const DISPUTE_OUTCOMES: readonly DisputeOutcome[] = ["stands", "corrected", "deleted"];

/** The objection `of` was checked and answered in writing. */
export interface BureauAnswered extends OfBureau {
  readonly kind: "BureauAnswered";
  readonly of: string;
  readonly outcome: DisputeOutcome;
  readonly dated: Day;
  readonly words: string;
  /** SHA-256 of the written answer, or where it stands. */
  readonly proof: string;
}

/** A month is reported anew with another status. The next report carries it as a record that names the earlier one. */
export interface BureauCorrected extends OfBureau {
  readonly kind: "BureauCorrected";
  readonly month: string;
  readonly was: string;
  readonly to: string;
  readonly reason: string;
  /** The objection that led to it. */
  readonly of?: string;
}

/** Months are taken back. */
export interface BureauDeleted extends OfBureau {
  readonly kind: "BureauDeleted";
  readonly months: readonly string[];
  readonly reason: string;
  readonly of?: string;
}

/** The person complained to the authority, which answers him by a day. */
export interface BureauComplained extends OfBureau {
  readonly kind: "BureauComplained";
  readonly to: string;
  readonly accepted: Day;
  readonly answerBy: Day;
  readonly words: string;
}

export interface BureauComplaintAnswered extends OfBureau {
  readonly kind: "BureauComplaintAnswered";
  readonly of: string;
  readonly dated: Day;
  readonly words: string;
}

/** A close found the answer to an objection near its last day, or past it. Written once for each number of days. */
export interface BureauReminded extends OfBureau {
  readonly kind: "BureauReminded";
  readonly of: string;
  readonly answerBy: Day;
  /** Days that were left; below zero once it is late. */
  readonly daysLeft: number;
}

/** The numbers of these kinds in the journal. Never change one; only add. */
export const BUREAU_FACT_CODES = {
  BureauMarked: 170,
  BureauMarkReversed: 171,
  BureauDisputed: 172,
  BureauAnswered: 173,
  BureauCorrected: 174,
  BureauDeleted: 175,
  BureauComplained: 176,
  BureauComplaintAnswered: 177,
  BureauReminded: 178,
} as const satisfies Record<BureauFact["kind"], number>;

export const isBureauFact = (fact: { readonly kind: string }): fact is BureauFact =>
  fact.kind in BUREAU_FACT_CODES;

// --- how a month is told ----------------------------------------------------------------------------------------------------

/**
 * The status of a loan in a month, by the signs of the credit report: N paid as due; * nothing due and nothing behind; 1 to 7 past due;
 * M paid after its day and before the month's end; D repaid by a guarantor; Z in kind; B bad debt; C settled; G ended otherwise; A no
 * bill because its day moved (cards); # open and not known. Before a loan is open its place in a row of months is `/`.
 */
export type BureauCode =
  | "N"
  | "*"
  | "1"
  | "2"
  | "3"
  | "4"
  | "5"
  | "6"
  | "7"
  | "M"
  | "D"
  | "Z"
  | "B"
  | "C"
  | "G"
  | "A"
  | "#";
/** In the order of their numbers in stored rows: only ever append. */
export const BUREAU_CODES: readonly BureauCode[] = [
  "N",
  "*",
  "1",
  "2",
  "3",
  "4",
  "5",
  "6",
  "7",
  "M",
  "D",
  "Z",
  "B",
  "C",
  "G",
  "A",
  "#",
];
export type AssetClass = "pass" | "special-mention" | "substandard" | "doubtful" | "loss";
/** From the best to the worst, in the order of their numbers in stored rows: only ever append. */
export const ASSET_CLASSES: readonly AssetClass[] = [
  "pass",
  "special-mention",
  "substandard",
  "doubtful",
  "loss",
];

/** Special transactions of a month. The numbers are those of the one reader of reports in which they were seen. */
export type SpecialTransaction =
  | "extension"
  | "guarantor"
  | "in-kind"
  | "early-payoff"
  | "judicial"
  | "reduction"
  | "assigned";
/** In the order of their bits in stored rows: only ever append. */
export const SPECIAL_TRANSACTIONS: readonly SpecialTransaction[] = [
  "extension",
  "guarantor",
  "in-kind",
  "early-payoff",
  "judicial",
  "reduction",
  "assigned",
];
