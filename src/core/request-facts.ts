import type { Day } from "./calendar.ts";
import type { Replan } from "./facts.ts";
import type { Minor } from "./money.ts";
import type { Every } from "./rate.ts";
import type { Method } from "./terms.ts";
import type { Instant } from "./zone.ts";

/**
 * What the borrower asks for, and what he is answered: complaints and disputes, requests for help, wishes about contact. They stand in his own
 * journal (index 0). `id` is the reference that he is given: it says nothing of him and cannot be guessed.
 */
export type RequestFact =
  | ComplaintOpened
  | ComplaintMoved
  | HardshipRequested
  | HardshipMoved
  | WishMade
  | RequestFileAdded;

interface OfRequest {
  readonly on: Day;
  readonly at: Instant;
  /** The reference. */
  readonly id: string;
  /** Who recorded it: `borrower`, or somebody of the house by his name. */
  readonly by: string;
}

/**
 * What somebody said in his own words, beside what happened. It stands apart in a fact, under names that are sealed by a salted hash and that an
 * erasure takes out; `whatHappened` puts the two together again.
 */
interface Said {
  /** Of a guarantor. */
  readonly name?: string;
  readonly words?: string;
  readonly reason?: string | InBoth;
  readonly text?: string;
  readonly household?: HouseholdTold;
}
const SAID: readonly string[] = ["words", "reason", "text", "household"];

/** An event in the two parts in which a fact holds it. */
export function inParts(
  event: ComplaintEvent | HardshipEvent,
): Said & { readonly what: { readonly type: string } } {
  const { bare, name } = withoutGuarantor(event);
  const all = Object.entries(bare).filter(([, value]) => value !== undefined);
  return {
    ...(name === undefined ? {} : { name }),
    what: Object.fromEntries(all.filter(([name]) => !SAID.includes(name))) as { type: string },
    ...Object.fromEntries(all.filter(([name]) => SAID.includes(name))),
  };
}

/** A guarantor is named in an offer and in his consent: his name stands apart as words do. */
function withoutGuarantor(event: ComplaintEvent | HardshipEvent): { bare: object; name?: string } {
  if ("offer" in event && event.offer.guarantor !== undefined) {
    const { guarantor: name, ...offer } = event.offer;
    return { bare: { ...event, offer }, name };
  }
  if (event.type !== "consented") return { bare: event };
  const { guarantor: name, ...bare } = event;
  return { bare, name };
}

/** The event of a fact, whole. */
export function whatHappened(fact: ComplaintMoved): ComplaintEvent;
export function whatHappened(fact: HardshipMoved): HardshipEvent;
export function whatHappened(fact: ComplaintMoved | HardshipMoved): ComplaintEvent | HardshipEvent {
  const said = Object.fromEntries(
    SAID.flatMap((name) => (name in fact ? [[name, fact[name as keyof Said]]] : [])),
  );
  const { what, name } = fact;
  if (name === undefined) return { ...what, ...said } as ComplaintEvent | HardshipEvent;
  const named =
    "offer" in what ? { offer: { ...(what.offer as object), guarantor: name } } : { guarantor: name };
  return { ...what, ...named, ...said } as HardshipEvent;
}

/** What it is about. The first three contest the claim, the others how it is collected or what is told of it. */
export type ComplaintKind =
  | "sum-wrong"
  | "not-mine"
  | "identity-theft"
  | "conduct"
  | "privacy"
  | "third-person"
  | "letter-false"
  | "credit-record"
  | "other";
export const COMPLAINT_KINDS: readonly ComplaintKind[] = [
  "sum-wrong",
  "not-mine",
  "identity-theft",
  "conduct",
  "privacy",
  "third-person",
  "letter-false",
  "credit-record",
  "other",
];

/** How it came. */
export type RequestChannel = "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
export const REQUEST_CHANNELS: readonly RequestChannel[] = [
  "portal",
  "app",
  "phone",
  "letter",
  "email",
  "visit",
  "regulator",
];

export interface ComplaintOpened extends OfRequest {
  readonly kind: "ComplaintOpened";
  readonly topic: ComplaintKind;
  /** The day on which it was received: periods count from it. */
  readonly receivedOn: Day;
  readonly channel: RequestChannel;
  /** Loans that it is about; the first one's closes watch its days. */
  readonly debts: readonly string[];
  /** His own words. */
  readonly words: string;
  /** The part that he contests, where he contests a part. */
  readonly disputed?: Minor;
  /** Day of what he complains of, and of whom, where he said so. */
  readonly happenedOn?: Day;
  readonly against?: string;
  /** What the register that it comes from calls it. */
  readonly outside?: string;
  /** The hold that it placed on its loans. */
  readonly holds?: "dispute" | "complaint";
}

export type ComplaintState =
  | "received"
  | "acknowledged"
  | "asked"
  | "upheld"
  | "partly"
  | "rejected"
  | "escalated"
  | "withdrawn"
  | "closed";
/** In the order of their numbers in stored state: only ever append. */
export const COMPLAINT_STATES: readonly ComplaintState[] = [
  "received",
  "acknowledged",
  "asked",
  "upheld",
  "partly",
  "rejected",
  "escalated",
  "withdrawn",
  "closed",
];

/** A text in both languages. */
export interface InBoth {
  readonly zh: string;
  readonly en: string;
}

export type EscalatedTo = "head-office" | "regulator" | "mediation" | "court" | "bureau";
export const ESCALATED_TO: readonly EscalatedTo[] = [
  "head-office",
  "regulator",
  "mediation",
  "court",
  "bureau",
];

/** What an outcome asks for in the books. Proposed by it, done by an event of the ledger that names it. */
export interface Correction {
  readonly debt: string;
  readonly what: "waiver" | "reversal" | "bureau-correction" | "stop" | "letter-withdrawn";
  readonly amount?: Minor;
  /** The kind of claim of a waiver, the entry of a reversal. */
  readonly of?: string;
}

export type ComplaintEvent =
  | { readonly type: "acknowledged" }
  | { readonly type: "asked"; readonly words: string }
  | { readonly type: "informed"; readonly words: string }
  /** More time: once because it is complex, once more with the approval of somebody above. He is told of both. */
  | { readonly type: "extended"; readonly reason: string; readonly approvedBy?: string }
  | {
      readonly type: "answered";
      readonly outcome: "upheld" | "partly" | "rejected";
      readonly reason: InBoth;
      readonly corrections?: readonly Correction[];
    }
  | { readonly type: "corrected"; readonly entry: string; readonly reason: string }
  | { readonly type: "escalated"; readonly to: EscalatedTo; readonly reference?: string }
  | { readonly type: "withdrawn"; readonly reason?: string }
  | { readonly type: "closed"; readonly reason: string }
  | { readonly type: "noted"; readonly words: string };

export interface ComplaintMoved extends OfRequest, Said {
  readonly kind: "ComplaintMoved";
  /** Unique within the complaint; the same one twice changes nothing. */
  readonly event: string;
  readonly dated: Day;
  /** A `ComplaintEvent` without his words. */
  readonly what: { readonly type: string };
}

// --- help ------------------------------------------------------------------------------------------------------------

export type HardshipReason =
  | "illness"
  | "job-loss"
  | "income-fell"
  | "family"
  | "disaster"
  | "accident"
  | "business-failed"
  | "other";
export const HARDSHIP_REASONS: readonly HardshipReason[] = [
  "illness",
  "job-loss",
  "income-fell",
  "family",
  "disaster",
  "accident",
  "business-failed",
  "other",
];

/** A month of his household as he tells it; see `relief/budget.ts`. */
export interface HouseholdTold {
  readonly income: Minor;
  readonly living: Minor;
  readonly dependants: number;
  readonly dependantsNeed?: Minor;
  readonly otherDebts: Minor;
}

export interface HardshipRequested extends OfRequest {
  readonly kind: "HardshipRequested";
  readonly receivedOn: Day;
  readonly channel: RequestChannel;
  /** The loan that he asks about. */
  readonly debt: string;
  /** Why he cannot pay: it may speak of his health, and goes with his words when he is erased. Read it by `hardshipReasons`. */
  readonly about?: readonly HardshipReason[];
  /** Where it stood before: a seal holds it as it is, so that it cannot be taken out of such a fact. */
  readonly reasons?: readonly HardshipReason[];
  readonly words: string;
  readonly household?: HouseholdTold;
  /** What he himself proposes to pay a month, where he said so. */
  readonly wish?: Minor;
  /** Last day of the hold that rests collection while he waits. */
  readonly restsUntil: Day;
}

/** Why he cannot pay; none once he was erased, when a salted hash stands there. */
export const hardshipReasons = ({ about, reasons }: HardshipRequested): readonly HardshipReason[] =>
  about === undefined ? (reasons ?? []) : Array.isArray(about) ? about : [];

export type HardshipState =
  | "requested"
  | "asked"
  | "proposed"
  | "offered"
  | "consenting"
  | "running"
  | "refused"
  | "declined"
  | "lapsed"
  | "withdrawn"
  | "ended";
/** In the order of their numbers in stored state: only ever append. */
export const HARDSHIP_STATES: readonly HardshipState[] = [
  "requested",
  "asked",
  "proposed",
  "offered",
  "consenting",
  "running",
  "refused",
  "declined",
  "lapsed",
  "withdrawn",
  "ended",
];

/** How the books are changed by what is offered. */
export type OfferedChange =
  | {
      readonly change: Replan;
      readonly firstDueOn: Day;
      readonly installments: number;
      readonly rateE8?: number;
      readonly method?: Method;
      readonly every?: Every;
      readonly interest: "carry" | "capitalise" | "waive";
      readonly late: "keep" | "capitalise" | "waive";
    }
  | { readonly change: "settlement"; readonly amount: Minor; readonly by: Day };

/** What the lender offers: how the books would change, what is then paid when, and what happens if it is not. */
export interface HardshipOffer {
  /** Name of the way by which it was found: `plan`, `hardship`, `extension`, `settlement`. */
  readonly way: string;
  readonly change: OfferedChange;
  readonly payments: readonly { readonly on: Day; readonly amount: Minor }[];
  readonly total: Minor;
  /** Beyond the principal owed on the day of the offer; below zero where a part is given up. */
  readonly cost: Minor;
  readonly validUntil: Day;
  readonly graceDays: number;
  /** Missed payments that are forgiven once they are made up within the days of grace. */
  readonly missesForgiven: number;
  /** Who answers for the loan as guarantor. */
  readonly guarantor?: string;
  /**
   * By how much it asks for more in all than the contract as it stood: he does not answer for that without his written consent. Absent where
   * no text was read that says what follows; then his consent is needed in any case.
   */
  readonly heavier?: Minor;
}

export type HardshipEvent =
  | { readonly type: "asked"; readonly words: string }
  | { readonly type: "informed"; readonly words: string; readonly household?: HouseholdTold }
  /** Above the limit it waits for a second person. */
  | { readonly type: "proposed"; readonly offer: HardshipOffer; readonly reason: string }
  | { readonly type: "offered"; readonly offer: HardshipOffer; readonly approves?: string }
  | { readonly type: "returned"; readonly reason: string }
  /** Always by a person. */
  | { readonly type: "refused"; readonly reason: InBoth }
  | { readonly type: "review-asked"; readonly words: string }
  | {
      readonly type: "accepted";
      /** The text that he agreed to, word for word, and its SHA-256. */
      readonly text: string;
      readonly sha256: string;
      readonly language: "zh-CN" | "en";
      /** How it was accepted: by a click when signed in, on paper, on a recorded call. */
      readonly how: "electronic" | "paper" | "call";
    }
  /** The guarantor, in writing: `proof` names the paper or the document of the request. */
  | { readonly type: "consented"; readonly guarantor: string; readonly proof: string }
  /** The lender goes on without him, and knows what he then does not answer for. */
  | { readonly type: "unconsented"; readonly reason: string }
  | { readonly type: "started"; readonly entry: string }
  | { readonly type: "declined"; readonly reason?: string }
  | { readonly type: "lapsed" }
  | { readonly type: "withdrawn"; readonly reason?: string }
  | { readonly type: "ended"; readonly reason: string }
  | { readonly type: "noted"; readonly words: string };

export interface HardshipMoved extends OfRequest, Said {
  readonly kind: "HardshipMoved";
  readonly event: string;
  readonly dated: Day;
  /** A `HardshipEvent` without his words. */
  readonly what: { readonly type: string };
}

// --- wishes ----------------------------------------------------------------------------------------------------------

/** What he wishes of contacts. Each became facts of the person at once, which the gate obeys. */
export type WishKind =
  | "stop-all"
  | "stop-channel"
  | "stop-number"
  | "stop-third-person"
  | "only-at-times"
  | "not-at-times"
  | "representative"
  | "representative-ended"
  | "lift";
export const WISH_KINDS: readonly WishKind[] = [
  "stop-all",
  "stop-channel",
  "stop-number",
  "stop-third-person",
  "only-at-times",
  "not-at-times",
  "representative",
  "representative-ended",
  "lift",
];

export interface WishMade extends OfRequest {
  readonly kind: "WishMade";
  readonly wish: WishKind;
  readonly channel: RequestChannel;
  readonly debt: string;
  /** Ids of the facts of the person that it became. */
  readonly became: readonly string[];
  readonly words?: string;
}

/** A document that he, or somebody for him, added to a request. The bytes are kept under their hash. */
export interface RequestFileAdded extends OfRequest {
  readonly kind: "RequestFileAdded";
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly type: "pdf" | "jpeg" | "png";
}

/** The numbers of these kinds in the journal. Never change one; only add. */
export const REQUEST_FACT_CODES = {
  ComplaintOpened: 179,
  ComplaintMoved: 180,
  HardshipRequested: 181,
  HardshipMoved: 182,
  WishMade: 183,
  RequestFileAdded: 184,
} as const satisfies Record<RequestFact["kind"], number>;

export const isRequestFact = (fact: { readonly kind: string }): fact is RequestFact =>
  fact.kind in REQUEST_FACT_CODES;
