import type { Hold, Instant } from "../core/index.ts";

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

export type PersonRole = "borrower" | "guarantor" | "representative" | "contact-person";

/** One try to reach the person, by anyone who acts on this debt: the lender or any of its agencies. */
export interface ContactMade {
  readonly at: Instant;
  readonly kind: StepKind;
  /** `unknown`: handed over, no answer since; counts as made. */
  readonly outcome: "connected" | "no-answer" | "sent" | "unknown";
  readonly address?: string;
}

/**
 * What is known about the person and the debt when a step is judged. Absent means not known, and a rule that needs an
 * absent fact asks a person.
 */
export interface GateFacts {
  /** The one zone the borrower lives in, from the IANA database. A name that is not in it counts as not known. */
  readonly borrowerZone?: string;
  readonly holds?: readonly Hold[];
  /** Contacts of at least the last eight calendar days. */
  readonly contacts?: readonly ContactMade[];
  /** Kinds for which an address is on file. */
  readonly reach?: readonly StepKind[];
  /** Times of day that the person agreed to, in minutes since local midnight. */
  readonly agreedContactTimes?: { readonly from: number; readonly to: number };
  /** Calls a day that the person agreed to, in place of a cap that an agreement can change. */
  readonly agreedCallCaps?: { readonly connected?: number; readonly attempts?: number };
}

export interface ProposedStep {
  readonly kind: StepKind;
  readonly to: { readonly role: PersonRole; readonly address?: string };
  readonly at: Instant;
}

export type Force =
  | "law"
  | "administrative regulation"
  | "judicial interpretation"
  | "departmental rule"
  | "normative document"
  | "recommended standard"
  | "self-regulation"
  | "house rule";

/** How far the text behind a rule was checked (law/README.md). Shown wherever the rule is shown. */
export type Verification = "verified" | "verified-reprint" | "verified-press" | "unverified" | "house";

export interface Citation {
  /** File under `law/`, without its ending: `cn/gbt-45251-2025`. House rules cite `house/...`. */
  readonly law: string;
  readonly at: string;
  readonly quote: string;
}

/** Order of strictness of sources; a lower layer only makes a verdict stricter. */
export type Layer = "law" | "industry" | "provider" | "house";

export type Outcome =
  | { readonly outcome: "allow" }
  | { readonly outcome: "allow-with-risk"; readonly says: Words }
  | { readonly outcome: "ask-person"; readonly says: Words }
  | {
      readonly outcome: "forbid";
      readonly says: Words;
      /** Earliest instant at which this rule would allow the step; `never` while the facts stay as they are. */
      readonly allowedFrom: Instant | "never";
    };

/** One sentence in the two languages of the house. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

export interface RuleContext {
  readonly step: ProposedStep;
  readonly facts: GateFacts;
  /** The parameter's value in force on the step's day. */
  readonly param: <T>(name: string) => T;
}

export interface Rule {
  readonly id: string;
  readonly says: Words;
  readonly cite: Citation;
  readonly layer: Layer;
  readonly force: Force;
  readonly verification: Verification;
  readonly from: string;
  readonly to?: string;
  readonly governs: readonly StepKind[];
  readonly needs: readonly (keyof GateFacts)[];
  readonly params?: readonly string[];
  readonly check: (context: RuleContext) => Outcome;
}

/** A value with the day it came into force, its source, and who last found it in force. */
export interface DatedValue {
  readonly from: string;
  readonly to?: string;
  readonly value: unknown;
  readonly unlessAgreed?: boolean;
  readonly force: Force;
  readonly verification: Verification;
  readonly checkedOn: string;
  readonly cite: Citation;
}

export interface Pack {
  readonly place: string;
  /** Changes with any rule or parameter; stored with every decision. */
  readonly version: string;
  readonly rules: readonly Rule[];
  readonly params: Readonly<Record<string, readonly DatedValue[]>>;
}

const ALLOW: Outcome = Object.freeze({ outcome: "allow" });
/** One shared object: most rules say nothing else, millions of times a night. */
export const allow = (): Outcome => ALLOW;
export const allowWithRisk = (says: Words): Outcome => ({ outcome: "allow-with-risk", says });
export const askPerson = (says: Words): Outcome => ({ outcome: "ask-person", says });
export const forbid = (says: Words, allowedFrom: Instant | "never"): Outcome => ({
  outcome: "forbid",
  says,
  allowedFrom,
});

/** Gives the rule back; it is here so that a rule file reads as a rule. */
export const rule = (definition: Rule): Rule => definition;
