/** Words for who meets whom, how, and what came of it: used by facts of a person and by the rules that ask for them. */

/** How a step reaches someone, or which authority it goes to. */
export type StepKind =
  | "app"
  | "text"
  | "email"
  | "call"
  | "visit"
  | "letter"
  | "post"
  | "mediation"
  | "payment-order"
  | "suit"
  | "enforcement"
  | "bureau";
export const STEP_KINDS: readonly StepKind[] = [
  "app",
  "text",
  "email",
  "call",
  "visit",
  "letter",
  "post",
  "mediation",
  "payment-order",
  "suit",
  "enforcement",
  "bureau",
];

/** Kinds that reach a person, as against filings with an authority. */
export const CONTACT_KINDS: readonly StepKind[] = ["app", "text", "email", "call", "visit", "letter", "post"];

/** Who is addressed. `representative` speaks for the borrower; a lawyer who does is an `attorney`. */
export type PersonRole =
  | "borrower"
  | "guarantor"
  | "representative"
  | "attorney"
  | "spouse"
  | "guardian"
  | "estate"
  | "contact-person"
  | "third-person";
export const PERSON_ROLES: readonly PersonRole[] = [
  "borrower",
  "guarantor",
  "representative",
  "attorney",
  "spouse",
  "guardian",
  "estate",
  "contact-person",
  "third-person",
];

/** Who acts. A lender that acts under a name that hides it is an agency to those who meet it (`gate` takes it for one). */
export type ActorRole = "lender" | "agency" | "law-firm" | "debt-buyer";
export const ACTOR_ROLES: readonly ActorRole[] = ["lender", "agency", "law-firm", "debt-buyer"];

/**
 * What became of a contact. `unknown`: handed over, no answer since; counts as made. `voicemail` was not answered by the
 * person. `busy` and `not-in-service` reached nothing; `wrong-number` is one that turned out not to be his; `bounced`
 * came back.
 */
export type ContactOutcome =
  | "connected"
  | "no-answer"
  | "voicemail"
  | "busy"
  | "not-in-service"
  | "wrong-number"
  | "sent"
  | "bounced"
  | "unknown";
export const CONTACT_OUTCOMES: readonly ContactOutcome[] = [
  "connected",
  "no-answer",
  "voicemail",
  "busy",
  "not-in-service",
  "wrong-number",
  "sent",
  "bounced",
  "unknown",
];

/** Local calendar days of contacts that the gate is shown. */
export const CONTACT_DAYS = 8;

/**
 * What a step is for. `collect` unless said; `locate` asks a third person where the borrower is; `reply` answers him;
 * `marketing` offers him something; `sign-in` is a code or link that he asked for this minute, to see what is his.
 */
export type Purpose = "collect" | "locate" | "reply" | "notice" | "marketing" | "sign-in";
export const PURPOSES: readonly Purpose[] = ["collect", "locate", "reply", "notice", "marketing", "sign-in"];

/** How a consent was given, where a rule asks: the person used the address, or said so; or a notice told him of it. */
export type ConsentBy = "use" | "words" | "notice" | "writing";
export const CONSENT_BY: readonly ConsentBy[] = ["use", "words", "notice", "writing"];
