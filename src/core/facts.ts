import { BUREAU_FACT_CODES, type BureauFact } from "./bureau-facts.ts";
import { type Day, formatDay } from "./calendar.ts";
import { ENFORCEMENT_FACT_CODES, type EnforcementFact } from "./enforcement-facts.ts";
import { ERASURE_FACT_CODES, type PersonErased } from "./erasure.ts";
import type { HoldKind } from "./holds.ts";
import { LETTER_FACT_CODES, type LetterFact } from "./letter-facts.ts";
import { LIMITATION_FACT_CODES, type LimitationFact } from "./limitation-facts.ts";
import { MATTER_FACT_CODES, type MatterDateCame, type MatterWatched } from "./matter-facts.ts";
import type { Minor } from "./money.ts";
import { PERSON_FACT_CODES, type PersonChanged, type PersonFact } from "./person-facts.ts";
import { PLAN_FACT_CODES, type PlanAgreed, type PlanEnded, type PlanOutcome } from "./plan-facts.ts";
import { PROCEEDING_FACT_CODES, type ProceedingFact } from "./proceeding-facts.ts";
import type { PromiseFact, PromiseOutcome } from "./promise.ts";
import type { Every } from "./rate.ts";
import { REPLY_FACT_CODES, type ReplyFact } from "./reply-facts.ts";
import { REQUEST_FACT_CODES, type RequestFact } from "./request-facts.ts";
import { TEAM_FACT_CODES, type TeamFact } from "./team-facts.ts";
import type { Method } from "./terms.ts";
import { invariant } from "./trouble.ts";
import type { ContactOutcome } from "./ways.ts";
import type { Instant } from "./zone.ts";

/**
 * What happened to a loan, in the past tense. Facts are appended and never edited; figures are derived from them.
 * `on` is the business day it was booked on; what counts from another day says so (`valueOn`).
 */
export type Fact = OutsideFact | CloseFact | BorrowerFact;

/** Facts that come from outside: files, API, people. */
export type OutsideFact =
  | LoanBooked
  | MoneyFact
  | EntryReversed
  | BalanceReported
  | HoldPlaced
  | HoldLifted
  | ReachChanged
  | PersonChanged
  | MatterWatched
  | PlanAgreed
  | PlanEnded
  | PromiseFact;

/** Facts that move a loan's money or its plan. Each counts from its `valueOn`, whenever it was booked. */
export type MoneyFact =
  | PaymentReceived
  | ChargeAdded
  | ClaimWaived
  | AgeingPaused
  | AgeingResumed
  | PlanReplaced
  | LoanAccelerated
  | JudgmentEntered
  | SettlementAgreed
  | RefundPaid
  | WrittenOff
  | LoanAssigned;

/** Facts that the day close writes. */
export type CloseFact =
  | BandEntered
  | Cured
  | LoanEnded
  | StepPlanned
  | StepRefused
  | StepAsked
  | StepLapsed
  | StageEntered
  | SetAside
  | PromiseOutcome
  | LimitationFact
  | MatterDateCame
  | PlanOutcome;

/** Facts of the borrower as a person, over all his loans. */
export type BorrowerFact =
  | ContactStarted
  | ContactEnded
  | ContactWithdrawn
  | ActionCancelled
  | ActionConsolidated
  | ActionFellBack
  | PersonFact
  | TeamFact
  | ReplyFact
  | LetterFact
  | EnforcementFact
  | ProceedingFact
  | BureauFact
  | RequestFact
  | PersonErased;

/**
 * `written-off` is removed from the lender's books and still owed; `settled` is paid with less than was owed; `assigned`
 * belongs to another creditor.
 */
export type LoanStatus = "open" | "paid-off" | "written-off" | "cancelled" | "settled" | "assigned";
/** In the order of their numbers in stored state: only ever append. */
export const LOAN_STATUSES: readonly LoanStatus[] = [
  "open",
  "paid-off",
  "written-off",
  "cancelled",
  "settled",
  "assigned",
];

/** What a core banking system can say of a loan. */
export type ReportedStatus = Exclude<LoanStatus, "settled" | "assigned">;

export interface LoanBooked {
  readonly kind: "LoanBooked";
  readonly on: Day;
  /** The loan's id at the lender. */
  readonly id: string;
  readonly product: number;
  readonly principal: Minor;
  readonly rateE8: number;
  readonly disbursedOn: Day;
  readonly firstDueOn: Day;
  readonly installments: number;
  /** Channels with an address on file, as bits over `CHANNELS`. */
  readonly reach: number;
  /** The borrower's zone where it is not the lender's. */
  readonly zone?: string;
}

export interface PaymentReceived {
  readonly kind: "PaymentReceived";
  readonly on: Day;
  readonly id: string;
  readonly amount: Minor;
  readonly valueOn: Day;
}

/** A contrary entry: the money fact of that id, booked before, never counted. A returned direct debit is one. */
export interface EntryReversed {
  readonly kind: "EntryReversed";
  readonly on: Day;
  readonly id: string;
  readonly reason: string;
}

/** What a charge is. The cost of recovering a debt is owed, but is no part of the price of the loan. */
export type ChargeKind = "fee" | "penalty" | "recovery-cost";
export const CHARGE_KINDS: readonly ChargeKind[] = ["fee", "penalty", "recovery-cost"];

export interface ChargeAdded {
  readonly kind: "ChargeAdded";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
  readonly charge: ChargeKind;
  readonly amount: Minor;
  /** The day it falls due; its value day where none is given. */
  readonly dueOn?: Day;
  readonly reason: string;
}

/** What can be given up. `late-interest` is what has accrued of it; fixed late fees are charges of kind `penalty`. */
export type WaivableKind = "late-interest" | "interest" | "principal" | ChargeKind;
export const WAIVABLE_KINDS: readonly WaivableKind[] = [
  "late-interest",
  "penalty",
  "fee",
  "recovery-cost",
  "interest",
  "principal",
];

/** Part of a claim given up: at most what is owed of that kind on the value day, oldest first. */
export interface ClaimWaived {
  readonly kind: "ClaimWaived";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
  readonly claim: WaivableKind;
  readonly amount: Minor;
  readonly reason: string;
}

/** From the day after, days past due stand still; late interest too where it `stops`. */
export interface AgeingPaused {
  readonly kind: "AgeingPaused";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
  /** Last day of the pause; open until resumed where none is given. */
  readonly until?: Day;
  readonly lateInterest: "runs" | "stops";
}

/** The last day on which a pause holds: the next one counts again. */
export interface AgeingResumed {
  readonly kind: "AgeingResumed";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
}

export type Replan = "deferral" | "extension" | "restructure" | "re-age";
export const REPLANS: readonly Replan[] = ["deferral", "extension", "restructure", "re-age"];

/**
 * A new plan for what is owed. `deferral` moves the dates, `extension` lengthens the term, `re-age` spreads arrears over
 * what is to come, `restructure` replaces the terms. In the ledger they are one thing: all principal owed is split anew.
 */
export interface PlanReplaced {
  readonly kind: "PlanReplaced";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
  readonly how: Replan;
  readonly firstDueOn: Day;
  /** As many as are not fully paid where none is given. */
  readonly installments?: number;
  /** New rate in 1e-8, per the product's period; the present one where none is given. */
  readonly rateE8?: number;
  readonly method?: Method;
  readonly every?: Every;
  /** Interest owed or run to the day: falls due with the first new installment, becomes principal, or is given up. */
  readonly interest: "carry" | "capitalise" | "waive";
  /** Late interest and charges owed to the day: stay owed, become principal, or are given up. */
  readonly late: "keep" | "capitalise" | "waive";
}

/** All that is not yet due falls due on the value day, with interest to that day. */
export interface LoanAccelerated {
  readonly kind: "LoanAccelerated";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
}

/** A judgment's figures replace the contract's from its value day on. */
export interface JudgmentEntered {
  readonly kind: "JudgmentEntered";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
  readonly principal: Minor;
  /** Interest and late interest as adjudged. */
  readonly interest: Minor;
  readonly costs: Minor;
  /** Last day to perform. */
  readonly performBy: Day;
  /** General interest that the judgment grants on the principal after its value day, in 1e-8 a day; none where absent. */
  readonly interestE8ADay?: number;
}

/** So much, paid from the value day on and by that day, is accepted for all. Not paid, nothing changes. */
export interface SettlementAgreed {
  readonly kind: "SettlementAgreed";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
  readonly amount: Minor;
  readonly by: Day;
}

/** Unapplied money given back. */
export interface RefundPaid {
  readonly kind: "RefundPaid";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
  readonly amount: Minor;
}

/** Removed from the lender's books, and still owed. */
export interface WrittenOff {
  readonly kind: "WrittenOff";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
  readonly lateInterest: "runs" | "stops";
}

/** The debt is sold. Towards the borrower it counts once he has been told (Civil Code of China art. 546). */
export interface LoanAssigned {
  readonly kind: "LoanAssigned";
  readonly on: Day;
  readonly id: string;
  readonly valueOn: Day;
  readonly to: string;
  readonly noticeOn?: Day;
}

/** The core banking system's word on a fed loan; the last one is its position. */
export interface BalanceReported {
  readonly kind: "BalanceReported";
  readonly on: Day;
  readonly asOf: Day;
  readonly status: ReportedStatus;
  readonly principal: Minor;
  readonly interestPaid: Minor;
  readonly arrears: Minor;
  readonly charges: Minor;
  readonly dueOn: Day | null;
}

export interface HoldPlaced {
  readonly kind: "HoldPlaced";
  readonly on: Day;
  readonly hold: HoldKind;
  readonly until: Day | null;
  /** Of a dispute: the part that is contested, where it is not the whole. */
  readonly part?: Minor;
}

export interface HoldLifted {
  readonly kind: "HoldLifted";
  readonly on: Day;
  readonly hold: HoldKind;
}

export interface ReachChanged {
  readonly kind: "ReachChanged";
  readonly on: Day;
  readonly reach: number;
  readonly zone?: string;
}

export interface BandEntered {
  readonly kind: "BandEntered";
  readonly on: Day;
  readonly band: number;
  readonly from: number;
  readonly dpd: number;
  readonly arrears: Minor;
}

export interface Cured {
  readonly kind: "Cured";
  readonly on: Day;
  readonly from: number;
}

/** Nothing is owed any more, or the contract was cancelled: no close looks at the loan again. */
export interface LoanEnded {
  readonly kind: "LoanEnded";
  readonly on: Day;
  readonly how: "paid-off" | "settled" | "cancelled" | "assigned";
}

interface StepFact {
  readonly on: Day;
  /** `stage/step@dpd`, unique within a strategy version. */
  readonly step: string;
  readonly dpd: number;
  /** `name@version` of the strategy that asked for it. */
  readonly strategy: string;
}

export interface StepPlanned extends StepFact {
  readonly kind: "StepPlanned";
  readonly via: string;
  /** Earliest instant of sending, as the gate allowed it. */
  readonly slot: Instant;
  readonly pack: string;
  /** Outbox action that carries it; one action can carry steps of several loans. */
  readonly action: string;
  /** The higher step, of another loan, by which the action is made; absent on the step that leads. */
  readonly under?: { readonly loan: number; readonly step: string };
}

export interface StepRefused extends StepFact {
  readonly kind: "StepRefused";
  readonly via: string;
  readonly rules: readonly string[];
  readonly pack: string;
  /** When it is tried again; the day after its stage, on which it lapses, while no such day is known. */
  readonly retryOn: Day;
}

export interface StepAsked extends StepFact {
  readonly kind: "StepAsked";
  readonly via: string;
  readonly rules: readonly string[];
  readonly pack: string;
  /** Steps (`stage/step`) that should be behind it; whoever is asked looks whether they are. */
  readonly after?: readonly string[];
  /**
   * Where a rule asks because something is not known: the day after its stage, on which it lapses. It is judged again as soon
   * as more is recorded of the person.
   */
  readonly retryOn?: Day;
}

export interface StepLapsed extends StepFact {
  readonly kind: "StepLapsed";
  readonly why: "overtaken" | "stage-over" | "not-in-strategy";
  /** The step of the same loan that was made in its place, where it was overtaken. */
  readonly by?: string;
}

/**
 * A loan came into a stage of a strategy that has segments or arms: what it is treated as until it enters the next one.
 * Written once a stage, so that every step in it can be told by its arm and by how likely that was.
 */
export interface StageEntered {
  readonly kind: "StageEntered";
  readonly on: Day;
  readonly stage: string;
  readonly dpd: number;
  /** `name@version` of the strategy. */
  readonly strategy: string;
  readonly segment?: string;
  readonly arm?: string;
  /** Percent of borrowers that the arm takes: how likely the draw was. */
  readonly share?: number;
  /** Version of the way in which arms are drawn. */
  readonly draw?: number;
}

export interface SetAside {
  readonly kind: "SetAside";
  readonly on: Day;
  readonly reason: string;
}

/** Written before the hand-over, so that a crash in between counts as made. */
export interface ContactStarted {
  readonly kind: "ContactStarted";
  readonly on: Day;
  readonly at: Instant;
  readonly action: string;
  readonly via: string;
  readonly address: string;
  readonly pack: string;
  readonly rules: readonly string[];
  readonly verdict?: "allow" | "allow-with-risk";
  /**
   * The step and what was known, as the gate judged them: with the pack of that version the same answer comes out again,
   * years later. Kept as the policy room writes it; nothing here reads it.
   */
  readonly judged?: Readonly<Record<string, unknown>>;
}

export interface ContactEnded {
  readonly kind: "ContactEnded";
  readonly on: Day;
  readonly at: Instant;
  readonly action: string;
  readonly outcome: ContactOutcome | "failed";
  readonly receipt: string;
}

export interface ActionCancelled {
  readonly kind: "ActionCancelled";
  readonly on: Day;
  readonly at: Instant;
  readonly action: string;
  readonly why: string;
  readonly rules: readonly string[];
}

/** A planned action that goes out as part of a later one: what it asked for is said there. */
export interface ActionConsolidated {
  readonly kind: "ActionConsolidated";
  readonly on: Day;
  readonly at: Instant;
  readonly action: string;
  readonly into: string;
  /** The step that leads the later one, and the index of its loan: the highest of all that it carries. */
  readonly by: { readonly loan: number; readonly step: string };
}

/** A contact that was begun and never handed over, because something arrived in between: it was not made. */
export interface ContactWithdrawn {
  readonly kind: "ContactWithdrawn";
  readonly on: Day;
  readonly at: Instant;
  readonly action: string;
  readonly why: string;
}

/** A channel said no, and the step's next one is tried. */
export interface ActionFellBack {
  readonly kind: "ActionFellBack";
  readonly on: Day;
  readonly at: Instant;
  readonly action: string;
  readonly from: string;
  /** Which one, where that is known already. */
  readonly to?: string;
}

/** Kinds of the borrower's own journal, with their numbers. */
const BORROWER_FACT_CODES = {
  ContactStarted: 40,
  ContactEnded: 41,
  ActionCancelled: 42,
  ...PERSON_FACT_CODES,
  ...TEAM_FACT_CODES,
  ...REPLY_FACT_CODES,
  ...LETTER_FACT_CODES,
  ...ENFORCEMENT_FACT_CODES,
  ...PROCEEDING_FACT_CODES,
  ...BUREAU_FACT_CODES,
  ...REQUEST_FACT_CODES,
  ...ERASURE_FACT_CODES,
  ActionConsolidated: 80,
  ContactWithdrawn: 81,
  ActionFellBack: 82,
} as const satisfies Record<BorrowerFact["kind"], number>;

export const isBorrowerFact = (fact: Fact): fact is BorrowerFact => fact.kind in BORROWER_FACT_CODES;

export const isHoldFact = (fact: { readonly kind: string }): fact is HoldPlaced | HoldLifted =>
  fact.kind === "HoldPlaced" || fact.kind === "HoldLifted";

/** The number that stands for each kind in the journal. Never change one; only add. */
export const FACT_CODES = {
  LoanBooked: 1,
  PaymentReceived: 2,
  EntryReversed: 3,
  BalanceReported: 4,
  HoldPlaced: 5,
  HoldLifted: 6,
  ReachChanged: 7,
  ChargeAdded: 8,
  ClaimWaived: 9,
  AgeingPaused: 10,
  AgeingResumed: 11,
  PlanReplaced: 12,
  LoanAccelerated: 13,
  JudgmentEntered: 14,
  SettlementAgreed: 15,
  RefundPaid: 16,
  WrittenOff: 17,
  LoanAssigned: 18,
  BandEntered: 20,
  Cured: 21,
  LoanEnded: 22,
  StepPlanned: 23,
  StepRefused: 24,
  StepAsked: 25,
  StepLapsed: 26,
  SetAside: 27,
  PromiseMade: 28,
  PromiseReplaced: 29,
  PromiseWithdrawn: 30,
  PromiseKept: 31,
  PromiseBroken: 32,
  PromiseReopened: 33,
  PromiseLapsed: 34,
  ...LIMITATION_FACT_CODES,
  ...MATTER_FACT_CODES,
  ...PLAN_FACT_CODES,
  StageEntered: 90,
  PersonChanged: 59,
  ...BORROWER_FACT_CODES,
} as const satisfies Record<Fact["kind"], number>;

const KINDS_BY_CODE = new Map(Object.entries(FACT_CODES).map(([kind, code]) => [code as number, kind]));

export const codeOf = (fact: Fact): number => FACT_CODES[fact.kind];

/** The journal's payload: the fact without what the journal's own columns hold (kind and business day). */
export function factToText(fact: Fact): string {
  switch (fact.kind) {
    // Those that come by the million, spelled out: the same text in a fifth of the time.
    case "PaymentReceived":
      return `{"id":${JSON.stringify(fact.id)},"amount":${fact.amount},"valueOn":${fact.valueOn}}`;
    case "BandEntered":
      return `{"band":${fact.band},"from":${fact.from},"dpd":${fact.dpd},"arrears":${fact.arrears}}`;
    case "StepPlanned":
      return `{"step":${quoted(fact.step)},"dpd":${fact.dpd},"strategy":${quoted(fact.strategy)},"via":${quoted(fact.via)},"pack":${quoted(fact.pack)},"slot":${fact.slot},"action":${quoted(fact.action)}${fact.under ? `,"under":${JSON.stringify(fact.under)}` : ""}}`;
    default: {
      const { kind: _kind, on: _on, ...payload } = fact;
      return JSON.stringify(payload);
    }
  }
}

/** `2026-03-06/message`, `2026-03-06/letter/3`: how facts and receipts name an action of the outbox. */
export const actionId = (on: Day, act: string, item: number): string =>
  item === 0 ? `${formatDay(on)}/${act}` : `${formatDay(on)}/${act}/${item}`;

const quotedWords = new Map<string, string>();

/** A word as JSON writes it; the few that recur in every step are kept. */
function quoted(word: string): string {
  let text = quotedWords.get(word);
  if (text === undefined) {
    text = JSON.stringify(word);
    if (quotedWords.size > 5000) quotedWords.clear();
    quotedWords.set(word, text);
  }
  return text;
}

export function factFromText(code: number, on: Day, payload: string): Fact {
  const kind = KINDS_BY_CODE.get(code);
  invariant(kind !== undefined, `the journal holds a fact of unknown kind ${code}; a newer program wrote it`);
  return { ...JSON.parse(payload), kind, on } as Fact;
}
