import type {
  Day,
  Fact,
  Instant,
  LoanState,
  Minor,
  OutsideFact,
  PersonFact,
  Product,
} from "../core/index.ts";
import type { BookedContact, Pack } from "../policy/index.ts";
import type { Act, StrategyLine } from "../strategy/index.ts";
import type { LimitationWatch } from "./limitation.ts";

/** Everything from outside that one lender's close needs. */
export interface CloseContext {
  /** Zone of the lender, and of borrowers who have no other. */
  readonly zone: string;
  /** The compliance pack that governs this lender's steps; without one, every step asks a person. */
  readonly pack: Pack | undefined;
  readonly product: (id: number) => Product;
  readonly strategy: (name: string) => StrategyLine | undefined;
  /** Where the pack has the law on limitation. */
  readonly limitation?: LimitationWatch;
}

/** A loan that a close takes up, with the facts that wait for it. */
export interface WokenLoan {
  readonly loan: LoanState;
  /** Accepted facts that no close has folded in yet, in order of booked day. */
  readonly waiting: readonly OutsideFact[];
  /** What it is called at the lender; given where anything is known of the person, whose facts name loans by it. */
  readonly id?: string;
  /** The journal so far; given only where the waiting facts `needsHistory`, or limitation is looked at. */
  readonly journal?: readonly Fact[];
}

/** One borrower's woken loans: the unit of work, of locking and of distribution. */
export interface WokenBorrower {
  readonly bucket: number;
  /** Key number of the borrower himself (loan index 0). */
  readonly n: number;
  readonly loans: readonly WokenLoan[];
  /** Contacts of the last days with this person, whoever made them, each with the day it was booked on. */
  readonly contacts: readonly BookedContact[];
  /** What was recorded of him, contacts apart, in the order of his journal; absent where nothing ever was. */
  readonly person?: readonly PersonFact[];
  /** His own journal; given only where limitation is looked at. */
  readonly journal?: readonly Fact[];
}

/** Something to be done: one row of the outbox, under a key that a repeated close makes again. */
export interface Action {
  readonly bucket: number;
  readonly n: number;
  readonly on: Day;
  readonly act: Act;
  /** 0 for what covers the borrower; else the index of the one loan it concerns. */
  readonly item: number;
  readonly via: string;
  readonly what: string;
  readonly slot: Instant;
  readonly strategy: string;
  readonly pack: string;
  readonly steps: readonly ActionStep[];
}

/** A step that an action carries, by the key of its loan. */
export interface ActionStep {
  readonly n: number;
  readonly step: string;
  /** The day on which it was planned, where it came from an earlier action than the one that carries it now. */
  readonly on?: Day;
}

export interface ClosedLoan {
  readonly before: LoanState;
  readonly after: LoanState;
  /** New journal entries in order: the waiting facts as they were folded in, and what the close added. */
  readonly facts: readonly Fact[];
  /** The loan after each of them. */
  readonly states: readonly LoanState[];
  /** Payments that were taken back, by the fact that did it: how much each was. */
  readonly undone?: ReadonlyMap<Fact, Minor>;
  /** Limitation had to be looked at and the journals were not given: close the borrower again with them. */
  readonly wantsJournals?: true;
}

export interface ClosedBorrower {
  readonly loans: readonly ClosedLoan[];
  readonly actions: readonly Action[];
}
