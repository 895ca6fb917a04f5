import { addDays, type Day, dayAt, type Instant } from "../../src/core/index.ts";
import {
  type Consent,
  type ContactMade,
  type GateFacts,
  type ProposedStep,
  type RuleContext,
  zonesOf,
} from "../../src/policy/index.ts";
import { debtOf, sameAddress, startOf } from "./scope.ts";

/** Counting of calls as 1006.14(b) has it. Days are calendar days where the person is, or may be: the worst zone counts. */

/** What counts together: a debt, or all that share `countsAs`. No name: nothing is known of any debt. */
type Unit = string | undefined;

const unitOf = (facts: GateFacts, id: string): string => debtOf(facts, id)?.countsAs ?? id;

function unitsOf({ step, facts }: RuleContext): readonly Unit[] {
  const ids = step.debts ?? [
    ...(facts.debts ?? []).map(({ id }) => id),
    ...(facts.contacts ?? []).flatMap(({ debts }) => debts ?? []),
  ];
  const units = new Set(ids.map((id) => unitOf(facts, id)));
  return units.size === 0 ? [undefined] : [...units];
}

/** A call of which no debt is recorded counts for every one: the collector may name one, and has not. */
const isAbout = (facts: GateFacts, { debts }: Pick<ContactMade, "debts">, unit: Unit): boolean =>
  debts === undefined || unit === undefined || debts.some((id) => unitOf(facts, id) === unit);

/** To the same person: of third persons only the address tells one from another. */
const toSamePerson = (step: ProposedStep, { to = "borrower", address }: ContactMade): boolean =>
  to === step.to.role && (to === "borrower" || address === undefined || sameAddress(step, address) !== false);

const MISSED: readonly ContactMade["outcome"][] = ["busy", "not-in-service", "wrong-number"];

/**
 * Whether a past call counts. A busy line or a dead number did not connect; calls to what turned out another's number are
 * taken out; a voicemail counts, even where none could be left. What the person allowed does not count.
 */
function isCounted(context: RuleContext, contact: ContactMade, zone: string, unit: Unit): boolean {
  const { step, facts } = context;
  if (contact.kind !== "call" || contact.inbound === true || contact.asked === true) return false;
  if (MISSED.includes(contact.outcome) || !toSamePerson(step, contact)) return false;
  return isAbout(facts, contact, unit) && !isAllowed(context, contact.at, contact.address, zone, unit);
}

/** A conversation, whoever began it. A call whose outcome nobody knows may have been one. */
const isConversation = (step: ProposedStep, facts: GateFacts, contact: ContactMade, unit: Unit): boolean =>
  contact.kind === "call" &&
  (contact.outcome === "connected" || contact.outcome === "unknown") &&
  toSamePerson(step, contact) &&
  isAbout(facts, contact, unit);

/** Whether the person's consent, given to this collector, takes a call at that instant out of the count. */
function isAllowed(
  context: RuleContext,
  at: Instant,
  address: string | undefined,
  zone: string,
  unit: Unit,
): boolean {
  const { facts } = context;
  return (facts.consents ?? []).some((consent) => {
    if (!isConsentToCalls(consent) || !isAbout(facts, consent, unit)) return false;
    if (consent.address !== undefined && consent.address !== address) return false;
    if (at < (consent.from ?? consent.given) || at < consent.given) return false;
    if (consent.until !== undefined && at > consent.until) return false;
    if (consent.withdrawn !== undefined && at >= consent.withdrawn) return false;
    if (dayAt(zone, at) - dayAt(zone, consent.given) >= context.param<{ days: number }>("call.consent").days)
      return false;
    return !(facts.contacts ?? []).some(
      (contact) =>
        contact.at > consent.given && contact.at < at && isConversation(context.step, facts, contact, unit),
    );
  });
}

const isConsentToCalls = ({ kinds, to, by }: Consent): boolean =>
  kinds.includes("call") && to === "actor" && by !== "notice";

export interface Excess {
  readonly calls: number;
  /** First day on which the count is back below the cap. */
  readonly free: Instant;
}

/** Whether this call is one more than the cap allows within any seven days that end on its day. */
export function overCap(context: RuleContext): Excess | undefined {
  const { calls: cap, days } = context.param<{ calls: number; days: number }>("call.cap");
  return worst(context, (zone, unit, today) => {
    if (isAllowed(context, context.step.at, context.step.to.address, zone, unit)) return undefined;
    const on = (context.facts.contacts ?? [])
      .filter((contact) => isCounted(context, contact, zone, unit))
      .map(({ at }) => dayAt(zone, at));
    const made = (day: Day): number => on.filter((each) => each <= day && each > day - days).length;
    if (made(today) < cap) return undefined;
    let free = addDays(today, 1);
    while (made(free) >= cap) free = addDays(free, 1);
    return { calls: made(today), free: startOf(zone, free) };
  });
}

/** Whether this call falls into the days after a conversation, whose date is the first of them; one of the same instant is this very call. */
export function inCoolOff(context: RuleContext): Excess | undefined {
  const { step, facts } = context;
  const { days } = context.param<{ days: number }>("call.cool-off");
  return worst(context, (zone, unit, today) => {
    if (isAllowed(context, step.at, step.to.address, zone, unit)) return undefined;
    let free: Day | undefined;
    for (const contact of facts.contacts ?? []) {
      if (contact.at >= step.at || !isConversation(step, facts, contact, unit)) continue;
      const until = addDays(dayAt(zone, contact.at), days);
      if (until > today && (free === undefined || until > free)) free = until;
    }
    return free === undefined ? undefined : { calls: 0, free: startOf(zone, free) };
  });
}

function worst(
  context: RuleContext,
  look: (zone: string, unit: Unit, today: Day) => Excess | undefined,
): Excess | undefined {
  let found: Excess | undefined;
  for (const zone of zonesOf(context.facts)) {
    for (const unit of unitsOf(context)) {
      const excess = look(zone, unit, dayAt(zone, context.step.at));
      if (excess && (found === undefined || excess.free > found.free)) found = excess;
    }
  }
  return found;
}

/** The first instant later than the step's at which some consent to calls begins: a refusal may end there. */
export function nextConsent({ step, facts }: RuleContext): Instant | undefined {
  let first: Instant | undefined;
  for (const consent of facts.consents ?? []) {
    const begins = Math.max(consent.from ?? consent.given, consent.given);
    if (!isConsentToCalls(consent) || begins <= step.at) continue;
    if (first === undefined || begins < first) first = begins;
  }
  return first;
}

/** Calls to the same person on the step's day, and the nearest unanswered one just before, in the first zone. */
export function pattern(context: RuleContext): { readonly thatDay: number; readonly since?: number } {
  const { step, facts } = context;
  const zone = facts.borrowerZone!;
  let thatDay = 0;
  let since: number | undefined;
  for (const contact of facts.contacts ?? []) {
    if (contact.at > step.at || !isCounted(context, contact, zone, undefined)) continue;
    if (dayAt(zone, contact.at) === dayAt(zone, step.at)) thatDay++;
    if (contact.outcome === "connected") continue;
    const gap = step.at - contact.at;
    if (since === undefined || gap < since) since = gap;
  }
  return since === undefined ? { thatDay } : { thatDay, since };
}
