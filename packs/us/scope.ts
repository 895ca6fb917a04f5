import { addDays, type Day, dayAt, type Instant, instantAt } from "../../src/core/index.ts";
import {
  type ActorRole,
  type ContactMade,
  type DebtFact,
  type GateFacts,
  type NoticeGiven,
  PERSON_ROLES,
  type PersonRole,
  type Proposed,
  type ProposedStep,
  type StepKind,
} from "../../src/policy/index.ts";

/** The day on which Regulation F came into force. Before it the pack has read no norm. */
export const US_FIRST_DAY = "2021-11-30";

/**
 * Whom Regulation F binds: debt collectors, and not a creditor that collects its own debts in its own name. A buyer of
 * debts can be outside (comment 2(i)-1); whether one is depends on its business, so here it is inside.
 */
export const COLLECTORS: readonly ActorRole[] = ["agency", "law-firm", "debt-buyer"];

export const ELECTRONIC: readonly StepKind[] = ["app", "text", "email"];
export const ON_PAPER: readonly StepKind[] = ["letter", "post"];
/** What has an hour: the post brings a letter at its own. */
export const TIMED: readonly StepKind[] = ["app", "text", "email", "call", "visit"];

/** 1006.6(a); who promised to pay is one too, 1006.2(e). Confirmed successors in interest are recorded as the borrower. */
export const CONSUMERS: readonly PersonRole[] = ["borrower", "guarantor", "spouse", "guardian", "estate"];
export const OTHERS = PERSON_ROLES.filter((role) => !CONSUMERS.includes(role));
export const ALL_BUT_ATTORNEY = PERSON_ROLES.filter((role) => role !== "attorney");
export const OTHERS_BUT_ATTORNEY = OTHERS.filter((role) => role !== "attorney");

export const toConsumer = ({ step }: Proposed): boolean => CONSUMERS.includes(step.to.role);

/**
 * Whether any debt of the step is one that the regulation covers: one that was not in default when the actor got it is
 * outside, 1006.2(i)(2)(vi)(C). What is not known is inside.
 */
export function isCovered({ step, facts }: Proposed): boolean {
  const ids = step.debts ?? facts.debts?.map(({ id }) => id) ?? [];
  return ids.length === 0 || ids.some((id) => debtOf(facts, id)?.inDefaultWhenObtained !== false);
}

export const isAtWork = (proposed: Proposed): boolean =>
  proposed.step.to.place === "work" && isCovered(proposed);

export const debtOf = (facts: GateFacts, id: string): DebtFact | undefined =>
  facts.debts?.find((debt) => debt.id === id);

/** The debts that the step is about, as far as facts know them. */
export const debtsOf = (step: ProposedStep, facts: GateFacts): readonly DebtFact[] =>
  (facts.debts ?? []).filter(({ id }) => step.debts === undefined || step.debts.includes(id));

/** Whether what names a debt, or none, is about one of the step's. */
export const touches = (step: ProposedStep, debt: string | undefined): boolean =>
  debt === undefined || step.debts === undefined || step.debts.includes(debt);

/** A thing that names an address is about this step's; `unknown` while the step has none. */
export function sameAddress(step: ProposedStep, address: string | undefined): boolean | "unknown" {
  if (address === undefined) return true;
  return step.to.address === undefined ? "unknown" : step.to.address === address;
}

const isOurs = ({ inbound }: ContactMade): boolean => inbound !== true;

/**
 * The person's own contact that this step answers: the last by the same medium, later than `after`, to which nothing has
 * gone back yet. One answer each.
 */
export function answered(
  step: ProposedStep,
  facts: GateFacts,
  after = Number.NEGATIVE_INFINITY,
): ContactMade | undefined {
  if (step.purpose !== "reply") return undefined;
  const byThatWay = (facts.contacts ?? []).filter(({ kind, at }) => kind === step.kind && at <= step.at);
  let last: ContactMade | undefined;
  for (const contact of byThatWay) {
    if (contact.inbound === true && contact.at > after && (last === undefined || contact.at > last.at)) {
      last = contact;
    }
  }
  const since = last?.at;
  return since !== undefined && byThatWay.some((contact) => isOurs(contact) && contact.at >= since)
    ? undefined
    : last;
}

export const startOf = (zone: string, day: Day): Instant => instantAt(zone, day, 0);
export const dayAfter = (zone: string, at: Instant, days: number): Instant =>
  startOf(zone, addDays(dayAt(zone, at), days));

/** Notices of these kinds that touch the step's debts and were given by then. */
export const noticesOf = ({ step, facts }: Proposed, kinds: readonly string[]): readonly NoticeGiven[] =>
  (facts.notices ?? []).filter(
    ({ kind, at, debt }) => kinds.includes(kind) && at <= step.at && touches(step, debt),
  );

/** A notice that came back was not sent, comment 42(a)(1)-2. */
export const cameBack = (notice: NoticeGiven, by: Instant): boolean =>
  notice.returned !== undefined && notice.returned <= by;

/** Whether the text holds any of the phrases, letters of either case alike. */
export function holds(text: string, phrases: readonly string[]): boolean {
  const words = text.toLowerCase().replace(/\s+/g, " ");
  return phrases.some((phrase) => words.includes(phrase));
}
