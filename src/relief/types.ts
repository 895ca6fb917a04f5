import type { Day, Fact, Minor, PlanReplaced, Position, Product } from "../core/index.ts";
import type { Source } from "../legal/index.ts";
import type { Pack } from "../policy/index.ts";
import type { Paid } from "./follow.ts";

export type WayKind =
  | "pay-all"
  | "catch-up"
  | "part-payment"
  | "plan"
  | "extension"
  | "hardship"
  | "settlement"
  | "enforcement-settlement";
export const WAYS_OUT: readonly WayKind[] = [
  "pay-all",
  "catch-up",
  "part-payment",
  "plan",
  "extension",
  "hardship",
  "settlement",
  "enforcement-settlement",
];

/** Who has to say yes. */
export type Consent = "nobody" | "lender";

/**
 * What a way does to what the lender may do. `over`: nothing is owed; `in-time`: nothing is late while it is kept; `goes-on`: what stays
 * late is pursued as before; `by-agreement`: the agreement says what rests while it is kept; `rests-by-rule`: no collection while it is kept.
 */
export type Exposure = "over" | "in-time" | "goes-on" | "by-agreement" | "rests-by-rule";

/** What a way does to the credit record. */
export type RecordOutcome =
  | { readonly kind: "never-late" }
  /** Late months stay until then: some years after nothing is late any more. `on` absent where the place's law was not read. */
  | { readonly kind: "clears"; readonly on?: Day }
  | { readonly kind: "stays-late" }
  /** What is reported of an agreed plan, the agreement has to say. */
  | { readonly kind: "by-agreement" };

export type WhyNot =
  | "fed"
  | "above-surplus"
  | "no-surplus-told"
  | "nothing-past-due"
  | "past-due"
  | "term-ended"
  | "not-offered"
  | "no-judgment"
  | "judged"
  | "nothing-owed"
  | "no-sum-told"
  | "covers-all"
  | "refused";

interface WayBase {
  readonly way: WayKind;
  /** Parameters and rules of the pack that it rests on. */
  readonly because: readonly Source[];
}

/** A way that can be gone, kept to its end. */
export interface OpenWay extends WayBase {
  readonly possible: true;
  readonly payments: readonly Paid[];
  readonly total: Minor;
  /** What it costs beyond the principal that is owed today; below zero where a part of that is given up. */
  readonly cost: Minor;
  readonly endsOn: Day;
  /** Calendar months in which something is paid. */
  readonly months: number;
  /** The most that one calendar month asks for. */
  readonly monthly: Minor;
  /** Whether no month asks for more than can really be paid; absent where nobody said what that is. */
  readonly affordable?: boolean;
  readonly needs: Consent;
  readonly exposure: Exposure;
  readonly record: RecordOutcome;
  /** What stays late just after the first payment. */
  readonly lateAfter: { readonly pastDue: Minor; readonly dpd: number };
  /** Limitation runs anew from the day on which it is agreed or paid. */
  readonly restartsLimitation: boolean;
  /** The new plan as the ledger would take it, where it is one that has to be agreed. */
  readonly change?: PlanReplaced;
  /** Of such a plan: by how much it asks for more in all than the contract as it stands, caught up today. */
  readonly heavier?: Minor;
}

export interface ClosedWay extends WayBase {
  readonly possible: false;
  readonly why: WhyNot;
  /** The least that a month would have to bear, where that is what it fails by. */
  readonly least?: Minor;
  /** The ledger's own words, where it refused. */
  readonly says?: string;
}

export type Way = OpenWay | ClosedWay;

/** What the lender is willing to agree to. Nothing of it is law; what nobody said is asked for as if it could be had. */
export interface Willing {
  /** Most months of a plan by agreement. */
  readonly planMonths: number;
  /** Most months of a hardship plan of a loan; of a card the law's. */
  readonly hardshipMonths: number;
}

export const USUALLY_ASKED: Willing = { planMonths: 24, hardshipMonths: 60 };

export interface WaysAsked {
  /** All facts of the loan, journaled or waiting. */
  readonly facts: readonly Fact[];
  readonly product: Product;
  readonly asOf: Day;
  readonly pack: Pack | undefined;
  /** What can really be paid in a month. Without it no plan is proposed. */
  readonly surplus?: Minor;
  /** A sum that could be paid now. */
  readonly now?: Minor;
  readonly card?: boolean;
  /** Who answers for the loan as guarantor. */
  readonly guarantor?: string;
  readonly willing?: Willing;
  /** Days between an agreement and its first payment, at least; seven unless said. */
  readonly firstAfter?: number;
}

export interface WaysOut {
  readonly loan: string;
  readonly currency: string;
  readonly asOf: Day;
  readonly position: Position;
  readonly surplus?: Minor;
  readonly guarantor?: string;
  readonly ways: readonly Way[];
}
