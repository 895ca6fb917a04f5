import type { Day } from "./calendar.ts";
import type { Minor } from "./money.ts";
import type { Instant } from "./zone.ts";

/**
 * The enforcement of a judgment on a debt, and the lists that go with it, as they happened. They stand in the borrower's own
 * journal (index 0). `id` names the enforcement, `event` the one entry, accepted once; `dated` is the day on which it happened,
 * `on` the business day it was booked on.
 */
export type EnforcementFact =
  | EnforcementApplied
  | EnforcementAccepted
  | EnforcementRejected
  | EnforcementNoticed
  | AssetsReported
  | MeasureWished
  | MeasureGranted
  | MeasureEnded
  | MoneyRecovered
  | EnforcementSettled
  | SettlementBroken
  | EnforcementStayed
  | EnforcementResumed
  | RoundEnded
  | AssetsSearched
  | PenaltyImposed
  | EnforcementClosed
  | ListMoved
  | EnforcementReversed;

interface OfEnforcement {
  readonly on: Day;
  readonly at: Instant;
  readonly id: string;
  readonly event: string;
  readonly by: string;
  readonly dated: Day;
  /** Id or hash of what shows it. */
  readonly proof?: string;
  readonly note?: string;
}

/** What is enforced, in the words of the judgment. */
export interface EnforcedJudgment {
  readonly court: string;
  readonly number: string;
  /** The day from which its figures count. */
  readonly valueOn: Day;
  /** The last day to perform; the last part's where it has parts. */
  readonly performBy: Day;
  /** The money debt on which a doubled part is counted. */
  readonly debt: Minor;
  readonly parts?: readonly { readonly dueOn: Day; readonly amount: Minor }[];
  /** What it grants as a sum beside that: interest to a day, costs. */
  readonly outsideBase: Minor;
  /** General interest that it grants until payment, in 1e-8 a day; none where absent. */
  readonly interestE8ADay?: number;
}

/** The creditor applied for enforcement. `applyBy` is the last day of the period as it was reckoned then. */
export interface EnforcementApplied extends OfEnforcement {
  readonly kind: "EnforcementApplied";
  readonly debt: string;
  readonly court: string;
  readonly judgment: EnforcedJudgment;
  readonly applyBy: Day;
  /** After that day: it is taken, and the debtor has a defence. */
  readonly late: boolean;
}

export interface EnforcementAccepted extends OfEnforcement {
  readonly kind: "EnforcementAccepted";
  readonly number: string;
}

export type RejectedWhy = "not-accepted" | "out-of-time" | "not-enforceable";
export const REJECTED_WHYS: readonly RejectedWhy[] = ["not-accepted", "out-of-time", "not-enforceable"];

/** The court does not enforce: it did not take it, found the objection to a late application right, or ruled so otherwise. */
export interface EnforcementRejected extends OfEnforcement {
  readonly kind: "EnforcementRejected";
  readonly why: RejectedWhy;
}

export interface EnforcementNoticed extends OfEnforcement {
  readonly kind: "EnforcementNoticed";
  /** Last day that the notice gives to perform. */
  readonly performBy: Day;
  /** It warns of the list of dishonest debtors. */
  readonly warned: boolean;
  /** It came with the order to report assets. */
  readonly assetsOrdered: boolean;
}

export type AssetsOutcome = "reported" | "nothing-to-take" | "refused" | "false" | "not-answered";
export const ASSETS_OUTCOMES: readonly AssetsOutcome[] = [
  "reported",
  "nothing-to-take",
  "refused",
  "false",
  "not-answered",
];

export interface AssetsReported extends OfEnforcement {
  readonly kind: "AssetsReported";
  readonly outcome: AssetsOutcome;
}

export type MeasureType =
  | "freeze-deposits"
  | "deduct-deposits"
  | "withhold-income"
  | "seize-movables"
  | "seize-immovables"
  | "freeze-other"
  | "auction"
  | "exit-ban";
export const MEASURE_TYPES: readonly MeasureType[] = [
  "freeze-deposits",
  "deduct-deposits",
  "withhold-income",
  "seize-movables",
  "seize-immovables",
  "freeze-other",
  "auction",
  "exit-ban",
];

export interface MeasureWished extends OfEnforcement {
  readonly kind: "MeasureWished";
  readonly measure: string;
  readonly type: MeasureType;
  readonly what: string;
}

export interface MeasureGranted extends OfEnforcement {
  readonly kind: "MeasureGranted";
  readonly measure: string;
  readonly type: MeasureType;
  readonly what: string;
  readonly amount?: Minor;
  /** Last day of a freeze or a seizure. */
  readonly until?: Day;
  /** What it leaves the person and those he keeps to live on, a month; for income always said. */
  readonly keeps?: Minor;
}

export type MeasureEndedWhy = "taken" | "lifted" | "lapsed" | "refused";
export const MEASURE_ENDED_WHYS: readonly MeasureEndedWhy[] = ["taken", "lifted", "lapsed", "refused"];

export interface MeasureEnded extends OfEnforcement {
  readonly kind: "MeasureEnded";
  readonly measure: string;
  readonly why: MeasureEndedWhy;
}

/** How money came; `dated` is the day that stops the count of the doubled part. */
export type RecoveredHow = "paid" | "deducted" | "sale-ruling" | "in-kind-ruling" | "other-sale";
export const RECOVERED_HOWS: readonly RecoveredHow[] = [
  "paid",
  "deducted",
  "sale-ruling",
  "in-kind-ruling",
  "other-sale",
];

/** Money came in. `payment` is the id of the payment that the loan's own journal holds. */
export interface MoneyRecovered extends OfEnforcement {
  readonly kind: "MoneyRecovered";
  readonly amount: Minor;
  readonly how: RecoveredHow;
  readonly payment: string;
}

/** The parties settled in the enforcement; their parts sum to what is accepted for all. */
export interface EnforcementSettled extends OfEnforcement {
  readonly kind: "EnforcementSettled";
  readonly parts: readonly { readonly dueOn: Day; readonly amount: Minor }[];
}

/** It is not kept: the creditor asks that the judgment be enforced again, or sues on the settlement. */
export interface SettlementBroken extends OfEnforcement {
  readonly kind: "SettlementBroken";
  readonly next: "resume" | "sue";
}

/**
 * Why it stands still. `review-stay` and `review-deferral`: while the judgment is looked at again; `retrial`: stayed by a
 * retrial; `other`, such as a settlement.
 */
export type StayWhy = "review-stay" | "review-deferral" | "retrial" | "other";
export const STAY_WHYS: readonly StayWhy[] = ["review-stay", "review-deferral", "retrial", "other"];

/** Its days are left out of the doubled part only for a review or a retrial that the debtor did not ask for. */
export interface EnforcementStayed extends OfEnforcement {
  readonly kind: "EnforcementStayed";
  readonly why: StayWhy;
  readonly atRequest: boolean;
}

export type ResumedWhy = "stay-over" | "settlement-broken" | "new-assets";
export const RESUMED_WHYS: readonly ResumedWhy[] = ["stay-over", "settlement-broken", "new-assets"];

export interface EnforcementResumed extends OfEnforcement {
  readonly kind: "EnforcementResumed";
  readonly why: ResumedWhy;
  /** Which assets were found. */
  readonly assets?: string;
}

/** The round is ended: nothing can be taken now, and the debt stays. */
export interface RoundEnded extends OfEnforcement {
  readonly kind: "RoundEnded";
  readonly approved: "applicant" | "panel-and-president";
  /** Whoever qualified was put on the list; nobody did, where that is so. */
  readonly listedIfQualified: boolean;
  readonly searched: boolean;
  /** A missing debtor was looked for, and what obstructed was sanctioned, where there was cause. */
  readonly soughtAndSanctioned: boolean;
}

/** The court looked for assets through its network. */
export interface AssetsSearched extends OfEnforcement {
  readonly kind: "AssetsSearched";
  readonly found: boolean;
}

export type PenaltyKind = "fine" | "detention" | "crime-reported";
export const PENALTY_KINDS: readonly PenaltyKind[] = ["fine", "detention", "crime-reported"];

export interface PenaltyImposed extends OfEnforcement {
  readonly kind: "PenaltyImposed";
  readonly penalty: PenaltyKind;
  readonly amount?: Minor;
  readonly days?: number;
}

export type ClosedWhy = "performed" | "settlement-performed" | "withdrawn" | "ended";
export const CLOSED_WHYS: readonly ClosedWhy[] = ["performed", "settlement-performed", "withdrawn", "ended"];

export interface EnforcementClosed extends OfEnforcement {
  readonly kind: "EnforcementClosed";
  readonly why: ClosedWhy;
}

// --- the lists ---------------------------------------------------------------------------------------------------------

export type ListName = "dishonest" | "consumption";
export const LIST_NAMES: readonly ListName[] = ["dishonest", "consumption"];

/** The six grounds of the list of dishonest debtors. Being unable to pay is none of them. */
export type DishonestGround =
  | "able-but-refusing"
  | "obstruction"
  | "evasion"
  | "asset-report"
  | "consumption-order"
  | "settlement-refused";
export const DISHONEST_GROUNDS: readonly DishonestGround[] = [
  "able-but-refusing",
  "obstruction",
  "evasion",
  "asset-report",
  "consumption-order",
  "settlement-refused",
];

/** The seven cases in which a listing without a term is deleted. */
export type RemovalCase =
  | "performed"
  | "settlement-performed"
  | "creditor-asks"
  | "searched-twice"
  | "stayed"
  | "not-enforced"
  | "ended";
export const REMOVAL_CASES: readonly RemovalCase[] = [
  "performed",
  "settlement-performed",
  "creditor-asks",
  "searched-twice",
  "stayed",
  "not-enforced",
  "ended",
];

export type ListMove =
  | "applied"
  | "refused"
  | "decided"
  | "published"
  | "entitled"
  | "chased"
  | "removed"
  | "correction-asked"
  | "correction-granted"
  | "correction-refused"
  | "review-asked"
  | "review-decided"
  | "ordered"
  | "permitted"
  | "relieved"
  | "lifted";
export const LIST_MOVES: readonly ListMove[] = [
  "applied",
  "refused",
  "decided",
  "published",
  "entitled",
  "chased",
  "removed",
  "correction-asked",
  "correction-granted",
  "correction-refused",
  "review-asked",
  "review-decided",
  "ordered",
  "permitted",
  "relieved",
  "lifted",
];

/** Something about the list of dishonest debtors, or about an order that limits consumption. */
export interface ListMoved extends OfEnforcement {
  readonly kind: "ListMoved";
  readonly list: ListName;
  readonly move: ListMove;
  readonly ground?: DishonestGround;
  /** Years of a listing with a term. */
  readonly years?: number;
  /** Last day of grace before it is published; last day of an order, a relief or a permission. */
  readonly until?: Day;
  readonly case?: RemovalCase;
}

/** Where a listing or an order stands. */
export type ListState =
  | "none"
  | "applied"
  | "refused"
  | "in-grace"
  | "listed"
  | "removed"
  | "ordered"
  | "lifted";
/** In the order of their numbers in stored rows: only ever append. */
export const LIST_STATES: readonly ListState[] = [
  "none",
  "applied",
  "refused",
  "in-grace",
  "listed",
  "removed",
  "ordered",
  "lifted",
];

// --- contrary entries ----------------------------------------------------------------------------------------------------

/** The entry `of` was made by mistake and counts no longer. */
export interface EnforcementReversed extends OfEnforcement {
  readonly kind: "EnforcementReversed";
  readonly of: string;
  readonly reason: string;
}

export type EnforcementState =
  | "applied"
  | "accepted"
  | "noticed"
  | "settled"
  | "settlement-broken"
  | "stayed"
  | "round-ended"
  | "sued"
  | "rejected"
  | "closed";
/** In the order of their numbers in stored state: only ever append. */
export const ENFORCEMENT_STATES: readonly EnforcementState[] = [
  "applied",
  "accepted",
  "noticed",
  "settled",
  "settlement-broken",
  "stayed",
  "round-ended",
  "sued",
  "rejected",
  "closed",
];

/** The numbers of these kinds in the journal. Never change one; only add. */
export const ENFORCEMENT_FACT_CODES = {
  EnforcementApplied: 150,
  EnforcementAccepted: 151,
  EnforcementRejected: 152,
  EnforcementNoticed: 153,
  AssetsReported: 154,
  MeasureWished: 155,
  MeasureGranted: 156,
  MeasureEnded: 157,
  MoneyRecovered: 158,
  EnforcementSettled: 159,
  SettlementBroken: 160,
  EnforcementStayed: 161,
  EnforcementResumed: 162,
  RoundEnded: 163,
  AssetsSearched: 164,
  PenaltyImposed: 165,
  EnforcementClosed: 166,
  ListMoved: 167,
  EnforcementReversed: 168,
} as const satisfies Record<EnforcementFact["kind"], number>;

export const isEnforcementFact = (fact: { readonly kind: string }): fact is EnforcementFact =>
  fact.kind in ENFORCEMENT_FACT_CODES;
