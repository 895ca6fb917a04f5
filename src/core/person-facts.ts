import type { Day } from "./calendar.ts";
import type { ActorRole, ConsentBy, ContactOutcome, PersonRole, Purpose, StepKind } from "./ways.ts";
import type { Instant } from "./zone.ts";

/**
 * What is known of the borrower as a person, over all his loans: wishes, consents, notices, bans, who speaks for him, who
 * works his loans, and contacts that others made. They stand in his own journal (index 0), each under an `id` of its own;
 * `debt` and `debts` are ids of his loans at the lender. `on` is the business day it was booked on: no close of an earlier
 * day knows it. `at` is the instant from which it counts.
 */
export type PersonFact =
  | ConsentGiven
  | ConsentWithdrawn
  | StopRequested
  | StopLifted
  | TimesRefused
  | TimesAgreed
  | NoticeGiven
  | NoticeReturned
  | ContactBanned
  | ContactBanEnded
  | AttorneyNoted
  | EmployerNoted
  | GuarantorNoted
  | ContactReported
  | Placed
  | Recalled
  | PersonFactReversed;

interface OfPerson {
  readonly on: Day;
  /** What it is called; accepted once for a borrower. */
  readonly id: string;
  readonly at: Instant;
}

/** To whom a wish or a consent was told, where it was the lender itself. Anybody else is told by name, as in `Placed.with`. */
export const THE_LENDER = "lender";

/** The person allowed these ways. */
export interface ConsentGiven extends OfPerson {
  readonly kind: "ConsentGiven";
  readonly kinds: readonly StepKind[];
  readonly address?: string;
  /** `lender`, or the name of the agency or firm to which he said it. */
  readonly to: string;
  readonly by?: ConsentBy;
  /** What it was given for, where that was said. */
  readonly purpose?: Purpose;
  /** First instant that it covers, where that is later than `at`. */
  readonly from?: Instant;
  readonly until?: Instant;
  /** Debts that it names; every one where absent. */
  readonly debts?: readonly string[];
  /** Last day on which he could refuse what a notice told him of. */
  readonly refuseBy?: Day;
}

/** He took consent back: to these ways, at every address, towards everybody and for every purpose unless one is named. */
export interface ConsentWithdrawn extends OfPerson {
  readonly kind: "ConsentWithdrawn";
  readonly kinds: readonly StepKind[];
  readonly address?: string;
  readonly to?: string;
  readonly purpose?: Purpose;
}

/** He asked that something stop: a way, an address, a debt, or everything where it names none. */
export interface StopRequested extends OfPerson {
  readonly kind: "StopRequested";
  readonly kinds?: readonly StepKind[];
  readonly address?: string;
  readonly debt?: string;
  /** In writing, or by an electronic medium that is read as writing. */
  readonly written?: boolean;
  /** Who asked: the borrower where absent. */
  readonly by?: PersonRole;
  /** His own words, where they were kept. */
  readonly words?: string;
}

/** The stop request `of` holds no longer. */
export interface StopLifted extends OfPerson {
  readonly kind: "StopLifted";
  readonly of: string;
}

/** Times that he said do not suit him: days of the week (1 Monday … 7 Sunday) or dates, all day or a span of minutes. */
export interface TimesRefused extends OfPerson {
  readonly kind: "TimesRefused";
  readonly weekdays?: readonly number[];
  readonly dates?: readonly Day[];
  /** Minutes since local midnight; `to` is the first one after the span, which may go over midnight. */
  readonly from?: number;
  readonly to?: number;
  readonly place?: "home" | "work";
  /** Last day for which he said so. */
  readonly until?: Day;
}

/** What he agreed to: times of day, in minutes since local midnight, and calls a day. The last one stands. */
export interface TimesAgreed extends OfPerson {
  readonly kind: "TimesAgreed";
  readonly from?: number;
  readonly to?: number;
  /** Connected calls, and tries, a day. */
  readonly connected?: number;
  readonly attempts?: number;
}

/** A notice that a later step needs, in the words of the pack (`bureau-negative`, `validation-notice`). */
export interface NoticeGiven extends OfPerson {
  readonly kind: "NoticeGiven";
  readonly notice: string;
  readonly debt?: string;
  /** How it went out. */
  readonly via?: StepKind;
}

/** The notice `of` came back. */
export interface NoticeReturned extends OfPerson {
  readonly kind: "NoticeReturned";
  readonly of: string;
}

/** An order of the police or a court that nobody of this side approaches him. */
export interface ContactBanned extends OfPerson {
  readonly kind: "ContactBanned";
  /** First instant after it; open where none is given. */
  readonly until?: Instant;
}

/** The ban `of` has ended. */
export interface ContactBanEnded extends OfPerson {
  readonly kind: "ContactBanEnded";
  readonly of: string;
}

/** Whether a lawyer speaks for him, answers, and agrees that he be addressed himself. The last one stands. */
export interface AttorneyNoted extends OfPerson {
  readonly kind: "AttorneyNoted";
  readonly known: boolean;
  readonly name?: string;
  readonly answers?: boolean;
  readonly consents?: boolean;
}

/** Whether his employer forbids such contacts at work. The last one stands. */
export interface EmployerNoted extends OfPerson {
  readonly kind: "EmployerNoted";
  readonly forbids: boolean;
}

/** Whether somebody answers for one of his loans, and who. The last one of a loan stands. */
export interface GuarantorNoted extends OfPerson {
  readonly kind: "GuarantorNoted";
  readonly debt: string;
  readonly known: boolean;
  readonly name?: string;
}

/** A contact that was not made from here: an agency's, a call of the lender's own centre, or one that he began himself. */
export interface ContactReported extends OfPerson {
  readonly kind: "ContactReported";
  readonly via: StepKind;
  readonly outcome: ContactOutcome;
  readonly address?: string;
  /** Begun by the person. */
  readonly inbound?: boolean;
  /** Made at his own wish, within what he allowed. */
  readonly asked?: boolean;
  /** Debts that it was about; it counts for every one where absent. */
  readonly debts?: readonly string[];
  /** Whom it was to reach; the borrower unless said. */
  readonly to?: PersonRole;
  /** Who made it: `lender`, or the agency's name. */
  readonly who: string;
}

/**
 * What the lender's own strategy does on a placed loan: it waits; it goes on in the lender's name; or it goes on for the
 * one with whom the loan is placed, who is then the actor of each step.
 */
export type LenderSteps = "pause" | "continue" | "as-agent";
export const LENDER_STEPS: readonly LenderSteps[] = ["pause", "continue", "as-agent"];

/** Who can work a loan for the lender. A `lender` is a unit of its own under another name. */
export type PlacedRole = Exclude<ActorRole, "debt-buyer">;
export const PLACED_ROLES: readonly PlacedRole[] = ["agency", "law-firm", "lender"];

/** A loan is worked by somebody else from a day on, who is then the actor of the steps on it. The last placement stands. */
export interface Placed extends OfPerson {
  readonly kind: "Placed";
  readonly debt: string;
  /** Name of the agency or firm, the same in every placement with it. */
  readonly with: string;
  readonly role: PlacedRole;
  /** Whether there is a written mandate for this debt. */
  readonly mandate?: boolean;
  /** The lawyer who answers for what a law firm sends. */
  readonly lawyer?: string;
  readonly from: Day;
  /** Last day of the placement; until recalled where none is given. */
  readonly until?: Day;
  readonly lenderSteps: LenderSteps;
  /** Whether it was in default when it was placed, where that is known. */
  readonly inDefault?: boolean;
}

/** The loan comes back: from `on`, and from this instant where a step is judged to the minute. */
export interface Recalled extends OfPerson {
  readonly kind: "Recalled";
  readonly debt: string;
  readonly reason?: string;
}

/** A contrary entry: the fact of that id was recorded by mistake and counts no longer, with all that hangs on it. */
export interface PersonFactReversed extends OfPerson {
  readonly kind: "PersonFactReversed";
  readonly of: string;
  readonly reason: string;
}

/**
 * On each of his loans, beside a fact of his that may allow what was refused: the loan wakes on the day, and steps that
 * were refused are tried again. `what` is the fact's kind, `of` its id.
 */
export interface PersonChanged {
  readonly kind: "PersonChanged";
  readonly on: Day;
  readonly what: PersonFact["kind"];
  readonly of: string;
}

/** The numbers of these kinds in the journal. Never change one; only add. */
export const PERSON_FACT_CODES = {
  ConsentGiven: 43,
  ConsentWithdrawn: 44,
  StopRequested: 45,
  StopLifted: 46,
  TimesRefused: 47,
  TimesAgreed: 48,
  NoticeGiven: 49,
  NoticeReturned: 50,
  ContactBanned: 51,
  ContactBanEnded: 52,
  AttorneyNoted: 53,
  EmployerNoted: 54,
  ContactReported: 55,
  Placed: 56,
  Recalled: 57,
  PersonFactReversed: 58,
  GuarantorNoted: 121,
} as const satisfies Record<PersonFact["kind"], number>;

export const isPersonFact = (fact: { readonly kind: string }): fact is PersonFact =>
  fact.kind in PERSON_FACT_CODES;
