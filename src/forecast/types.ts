import type { Day, Fact, Instant, Minor, Position } from "../core/index.ts";
import type { Action, CloseContext, WokenBorrower } from "../dayclose/index.ts";
import type { CourtFeeTiers, Limitation, Source } from "../legal/index.ts";

/**
 * How sure a coming event is. `contract`: it follows from the contract and the calendar, and nobody has to decide anything.
 * `intended`: the lender's plan as it stands now; it may change its mind. `court`: only if somebody goes to court and the court agrees.
 */
export type Certainty = "contract" | "intended" | "court";
export const CERTAINTIES: readonly Certainty[] = ["contract", "intended", "court"];

export type EventKind =
  | "due"
  | "late"
  | "older"
  | "late-fee"
  | "message"
  | "call"
  | "letter"
  | "review"
  | "may-we"
  | "lawyers-letter"
  | "bureau-notice"
  | "mediation"
  | "payment-order"
  | "suit"
  | "enforcement"
  | "promise-broken"
  | "promise-over"
  | "matter-day"
  | "cured"
  | "ended"
  | "record-month"
  | "record-clears"
  | "court-accepts"
  | "court-judges"
  | "court-order"
  | "court-enforces"
  | "suit-possible"
  | "limitation-ends";

/** What an event does to the credit record, by itself. */
export type RecordEffect =
  /** Nothing. */
  | "none"
  /** A month in which something is unpaid may be reported as late, if the lender reports at all and told the person first. */
  | "may-report-late"
  /** The notice that has to come before a report. */
  | "notice-before-report"
  /** A court's list is told to the bureaus, if the court puts a person on it. */
  | "if-listed"
  | "clears";

/** What makes an event, with where it stands. */
export interface Because {
  readonly from: "contract" | "strategy" | "law" | "court";
  /** `terms`, `gentle@1 early/send-overdue@1`, a rule or a parameter of the pack. */
  readonly ref: string;
  readonly source?: Source;
}

/**
 * The smallest sum that keeps an event away, and the last day on which it does: paid on that day it does, one minor unit less does not.
 * What else is due later goes on.
 */
export interface Stop {
  readonly amount: Minor;
  readonly by: Day;
  /** What leaves nothing late on the day after, all that had fallen due by then included. */
  readonly clears: Minor;
}

export interface ForecastEvent {
  readonly on: Day;
  /** Last day of a range; one day where absent. */
  readonly through?: Day;
  readonly kind: EventKind;
  readonly certainty: Certainty;
  /** What falls due, is charged, or a court may make the loser bear. */
  readonly sum?: Minor;
  /** What stands past due on the day, if nothing but what was assumed is paid, and what would pay off everything. */
  readonly pastDue: Minor;
  readonly payoff: Minor;
  readonly dpd: number;
  /** Of a message, a call, a question: its way, its name in the plan, its time. */
  readonly via?: string;
  readonly what?: string;
  readonly slot?: Instant;
  /** Number of the installment, months past due as the record writes them, days of a period. */
  readonly n?: number;
  readonly sign?: string;
  readonly record: RecordEffect;
  readonly stop?: Stop;
  readonly because: readonly Because[];
  /** What the close will write, where it writes it. */
  readonly fact?: Fact;
}

/** A step that the plan names and a rule keeps back. */
export interface HeldBack {
  readonly on: Day;
  readonly step: string;
  readonly via: string;
  readonly because: readonly Because[];
  /** The next day on which it is looked at; absent where none is known. */
  readonly againOn?: Day;
}

/** A sum that somebody thinks of paying. */
export interface Thought {
  readonly amount: Minor;
  readonly on: Day;
}

export interface ForecastAsked {
  /**
   * Everything the next close would be given of the borrower, awake or asleep, with the journals of his loans and his own: what stops an
   * event is found by paying it in thought.
   */
  readonly borrower: WokenBorrower;
  /** Key number of the loan that is asked about. */
  readonly n: number;
  /** The last day that is closed: the close of the next day is the first that is foreseen. */
  readonly asOf: Day;
  readonly through: Day;
  readonly context: CloseContext;
  readonly pay?: Thought;
  /** What courts charge on a day; without it no fee is told. */
  readonly courtFees?: (on: Day) => CourtFeeTiers | undefined;
}

export interface Forecast {
  readonly loan: string;
  readonly currency: string;
  readonly asOf: Day;
  readonly through: Day;
  readonly pay?: Thought;
  /** As of `asOf`, before anything that is thought of. */
  readonly position: Position;
  readonly events: readonly ForecastEvent[];
  readonly heldBack: readonly HeldBack[];
  /** Where the forecast ends before `through`: a calendar is not published so far, or the loan cannot be counted. */
  readonly unknownFrom?: { readonly on: Day; readonly reason: string };
  readonly limitation?: Limitation;
  /** What the closes write on this loan, and plan for the borrower: the forecast is told from these and from nothing else. */
  readonly facts: readonly Fact[];
  readonly actions: readonly Action[];
}
