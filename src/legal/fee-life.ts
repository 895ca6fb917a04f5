import type { Minor, Procedure } from "../core/index.ts";
import type { CourtFee, CourtFeeTiers, FeeShare } from "./court-fee.ts";
import type { Source } from "./source.ts";

/** The sentences of law that say who prepays, who bears and what is refunded; each is a parameter `court-fee.*` of the pack. */
export const FEE_RULES = [
  "prepaid",
  "application-prepaid",
  "prepay-days",
  "settled",
  "halved-once",
  "appeal",
  "appeal-prepaid",
  "changed-on-appeal",
  "increased",
  "reduced",
  "reduced-late",
  "remanded",
  "rejected",
  "loser-pays",
  "part-won",
  "mediated",
  "withdrawn",
  "payment-order.unopposed",
  "payment-order.opposed",
  "payment-order.top-up",
  "enforcement.bearer",
  "enforcement.settled",
  "preservation.bearer",
  "turned-ordinary",
  "turned-ordinary.unpaid",
  "other-costs",
  "refund",
  "refund-days",
  "relief",
  "relief.applied-for",
  "relief.waiver",
  "relief.reduced",
] as const;
export type FeeRule = (typeof FEE_RULES)[number];

/** A fee that a court or a province chooses between two amounts. */
export interface FeeBetween {
  readonly least: Minor;
  readonly most: Minor;
  readonly source: Source;
}

/** All that the law of a place says of fees on a day; a pack gives it. */
export interface CourtFeeLaw {
  readonly tiers: CourtFeeTiers;
  readonly settled: FeeShare;
  readonly prepayDays: number;
  readonly refundDays: number;
  readonly failedObjection: FeeBetween;
  readonly enforcementWithoutAmount: FeeBetween;
  readonly sources: Readonly<Record<FeeRule, Source>>;
}

/** `other`: refused, not served in time, withdrawn before it was received. */
export const PAYMENT_ORDER_ENDS = ["pending", "unopposed", "opposed", "other"] as const;
export type PaymentOrderEnd = (typeof PAYMENT_ORDER_ENDS)[number];

/**
 * What a judgment says of the fee: the debtor bears all, none, or an amount; left out, it is not decided yet. `directly`: who won agreed
 * that the debtor pays him and not the court.
 */
export interface BorneByJudgment {
  readonly kind: "judgment";
  readonly debtorBears?: "all" | "none" | Minor;
  readonly directly?: boolean;
}
export type FeeEnd =
  | { readonly kind: "pending" }
  | BorneByJudgment
  /** Mediated in court: what was agreed that the debtor bears, absent where it was not agreed. */
  | { readonly kind: "mediated"; readonly debtorBears?: Minor }
  | { readonly kind: "withdrawn" };
/** `rejected`: not accepted, or dismissed without a decision on the claim. */
export type SuitFeeEnd = FeeEnd | { readonly kind: "rejected" };
export type AppealFeeEnd = FeeEnd | { readonly kind: "remanded" };

export interface SuitFees {
  readonly amount: Minor;
  /** Small claims are part of summary procedure and pay its fee. */
  readonly procedure: Procedure;
  /** The claim after it was changed; `inTime`: before the court's inquiry ended. A larger claim is always topped up. */
  readonly changed?: { readonly amount: Minor; readonly inTime: boolean };
  /** Summary procedure became ordinary, and whether the difference was paid in time. */
  readonly turnedOrdinary?: "paid" | "unpaid";
  readonly end: SuitFeeEnd;
}

/** Costs that are not a court's fee: what the lender pays and supplies. `claimable`: the contract lets it be asked of the debtor. */
export interface LegalCost {
  readonly kind: "lawyer" | "service" | "announcement" | "appraisal" | "other";
  readonly amount: Minor;
  readonly claimable?: boolean;
  /** What was decided or agreed that the debtor bears. */
  readonly debtorBears?: Minor;
}

/** The life of a debt before the courts as far as it has gone, or as it is imagined. The applicant is the lender throughout. */
export interface FeeLife {
  readonly paymentOrder?: { readonly amount: Minor; readonly end: PaymentOrderEnd };
  /** The suit took over the opposed payment order, or was brought apart from it. */
  readonly suit?: SuitFees & { readonly after?: "payment-order" | "separate" };
  readonly preservation?: { readonly amount: Minor };
  readonly appeal?: { readonly amount: Minor; readonly by: "lender" | "debtor"; readonly end: AppealFeeEnd };
  readonly enforcement?: {
    readonly amount: Minor;
    /** Settled in enforcement: what was agreed that the debtor bears, or not agreed. */
    readonly settled?: { readonly debtorBears?: Minor };
  };
  readonly costs?: readonly LegalCost[];
}

export type FeeOf = "payment-order" | "preservation" | "case" | "appeal" | "enforcement" | LegalCost["kind"];

export interface FeeReason {
  readonly rule: FeeRule;
  readonly source: Source;
  /** What the sentence made of the sum here, where it moved one. */
  readonly gives?: Minor;
}

/**
 * One fee or cost over its life.
 *
 * Holds   applicant + debtor + open = charged; what the lender prepaid, with what was credited, less what it got back or may get back, is what it
 *         bears and what is open. Nothing is negative.
 */
export interface FeeLine {
  readonly of: FeeOf;
  /** What it comes to in the end. */
  readonly charged: Minor;
  readonly prepaidBy: "lender" | "debtor" | "nobody";
  /** What the lender pays before it is decided who bears it. */
  readonly prepaid: Minor;
  /** Paid already as the fee of a payment order that became this suit; and the other side of it. */
  readonly creditedIn: Minor;
  readonly creditedOut: Minor;
  /** What a court gives back to the lender, and what the debtor owes him of it. */
  readonly fromCourt: Minor;
  readonly fromDebtor: Minor;
  /** What the lender has to pay because the other side prepaid and won. */
  readonly toPay: Minor;
  readonly applicant: Minor;
  readonly debtor: Minor;
  /** Nobody has decided or agreed yet who bears this. */
  readonly open: Minor;
  /** The lender may ask for what it bears in a suit or under the contract. */
  readonly mayClaim: boolean;
  /** How the court's fee was reckoned; none for other costs. */
  readonly fee?: CourtFee;
  readonly because: readonly FeeReason[];
}

export interface FeesOfLife {
  readonly lines: readonly FeeLine[];
  readonly total: Pick<
    FeeLine,
    "charged" | "prepaid" | "fromCourt" | "fromDebtor" | "applicant" | "debtor" | "open"
  >;
}
