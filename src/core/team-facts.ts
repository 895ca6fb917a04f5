import type { Day } from "./calendar.ts";
import type { HoldKind } from "./holds.ts";
import type { ResultCode } from "./team/results.ts";
import type { Instant } from "./zone.ts";

/** What the collection team did with a person's case: who held it, what came of it, and how a contact was judged since. */
export type TeamFact =
  | CaseClaimed
  | CaseReleased
  | ContactResult
  | QuestionAnswered
  | ContactChecked
  | AddressDropped
  | LanguageNoted
  | CaseShown;

interface OfTeam {
  readonly on: Day;
  readonly at: Instant;
  readonly collector: string;
}

/** Nobody else has the case before `until`, unless it is released. */
export interface CaseClaimed extends OfTeam {
  readonly kind: "CaseClaimed";
  readonly until: Instant;
  /** Action of the outbox for which it was claimed. */
  readonly action: string;
}

export interface CaseReleased extends OfTeam {
  readonly kind: "CaseReleased";
  /** `done` with a result; `returned` without one; `expired` when somebody else took it over. */
  readonly why: "done" | "returned" | "expired";
  readonly reason?: string;
  /** Nobody is given it before this instant. */
  readonly backAt?: Instant;
}

/** What came of a call, in a code of the fixed table. */
export interface ContactResult extends OfTeam {
  readonly kind: "ContactResult";
  readonly action: string;
  readonly code: ResultCode;
  readonly note?: string;
  /** What the code brought about: holds placed, the promise taken. */
  readonly holds?: readonly HoldKind[];
  readonly promise?: string;
}

/** What a person decided of a question that the strategy asked. */
export interface QuestionAnswered extends OfTeam {
  readonly kind: "QuestionAnswered";
  readonly action: string;
  readonly code: ResultCode;
  readonly note?: string;
}

/** A contact listened to or read again afterwards. `by` is who judged it; `collector` whose contact it was. */
export interface ContactChecked extends OfTeam {
  readonly kind: "ContactChecked";
  /** Action of the outbox, or the id of a contact that was reported. */
  readonly contact: string;
  readonly by: string;
  readonly result: "pass" | "fail";
  readonly reasons: readonly string[];
  readonly note?: string;
}

/** An address that turned out not to be his, or out of service: it is used no longer. */
export interface AddressDropped extends OfTeam {
  readonly kind: "AddressDropped";
  readonly field: "phone";
  readonly address: string;
  readonly why: ResultCode;
}

export interface LanguageNoted extends OfTeam {
  readonly kind: "LanguageNoted";
  readonly language: string;
}

/** What an agency was given to see of a loan: written before it leaves the house. */
export interface CaseShown {
  readonly kind: "CaseShown";
  readonly on: Day;
  readonly at: Instant;
  readonly agency: string;
  readonly debt: string;
  /** The placement under which it was shown. */
  readonly placement: string;
}

/** The numbers of these kinds in the journal. Never change one; only add. */
export const TEAM_FACT_CODES = {
  CaseClaimed: 60,
  CaseReleased: 61,
  ContactResult: 62,
  QuestionAnswered: 63,
  ContactChecked: 64,
  AddressDropped: 65,
  LanguageNoted: 66,
  CaseShown: 67,
} as const satisfies Record<TeamFact["kind"], number>;

export const isTeamFact = (fact: { readonly kind: string }): fact is TeamFact => fact.kind in TEAM_FACT_CODES;
