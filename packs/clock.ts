import {
  addDays,
  calmDayAt,
  dayAt,
  formatMinute,
  type Instant,
  instantAt,
  invariant,
  minuteOfDay,
  nextInSpan,
  parseMinute,
  type Span,
} from "../src/core/index.ts";
import { type ContactMade, type GateFacts, type StepKind, zonesOf } from "../src/policy/index.ts";

export const minuteThere = minuteOfDay;

export const timeIn = (zone: string, at: Instant): string => formatMinute(minuteOfDay(zone, at));

/** The instant after `at` by which the clock of each of these zones has come into the span: none of them allows before. */
export const latest = (zones: readonly string[], at: Instant, span: Span): Instant =>
  Math.max(...zones.map((zone) => nextInSpan(zone, at, span)));

/** The rest of the day. */
export const outside = ({ from, to }: Span): Span => ({ from: to % 1440, to: from });

const spans = new WeakMap<object, Span>();

/** Reads `{ from: "22:00", to: "08:00" }` of a parameter; once per value, because rules ask millions of times. */
export function spanOf(value: { readonly from: string; readonly to: string }): Span {
  let span = spans.get(value);
  if (!span) {
    const from = parseMinute(value.from);
    const to = parseMinute(value.to);
    invariant(
      from !== undefined && to !== undefined && from !== to,
      `"${value.from}" to "${value.to}" is not a span of the day (expected HH:MM to another HH:MM)`,
    );
    span = { from, to };
    spans.set(value, span);
  }
  return span;
}

/** The times a person agreed to, if they are two different minutes of a day. */
export function agreedSpan(facts: GateFacts): Span | "none" | "unreadable" {
  const agreed = facts.agreedContactTimes;
  if (agreed === undefined) return "none";
  const { from, to } = agreed;
  const fine =
    Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < 1440 && to >= 0 && to <= 1440;
  return fine && from !== to % 1440 ? { from, to } : "unreadable";
}

/**
 * Zones of the person in which a minute of the day does not suit; all of them have to suit, because he may be in any.
 * One zone is the rule and costs no list.
 */
export function zonesWhere(
  facts: GateFacts,
  at: Instant,
  unsuited: (minute: number) => boolean,
): readonly string[] {
  if (facts.zones === undefined || facts.zones.length === 1) {
    return unsuited(minuteOfDay(facts.borrowerZone!, at)) ? [facts.borrowerZone!] : NO_ZONES;
  }
  return facts.zones.filter((zone) => unsuited(minuteOfDay(zone, at)));
}
const NO_ZONES: readonly string[] = [];

/**
 * First instant at which the local day of any of his zones changes. No count of a day can fall before it; the gate asks
 * again at that instant.
 */
export function startOfNextDay(facts: GateFacts, at: Instant): Instant {
  let first = Number.POSITIVE_INFINITY;
  for (const zone of zonesOf(facts)) {
    const ends = calmDayAt(zone, at)?.until ?? instantAt(zone, addDays(dayAt(zone, at), 1), 0);
    first = Math.min(first, ends);
  }
  return first;
}

/**
 * How many contacts of these kinds fall on the local day of `at`, or on one of the `days - 1` days before it, and meet
 * the condition. Where he may be in several zones, one that falls there in any of them counts. What he began does not.
 */
export function countThatDay(
  facts: GateFacts,
  at: Instant,
  kinds: readonly StepKind[],
  counts: (contact: ContactMade) => boolean,
  days = 1,
): number {
  const zones = facts.zones;
  const zone = facts.borrowerZone!;
  // A day of one zone, without a change of clocks near it, is a plain span of instants: nearly every one is.
  const calm = zones === undefined && days === 1 ? calmDayAt(zone, at) : undefined;
  let count = 0;
  for (const contact of facts.contacts!) {
    const when = contact.at;
    if (calm !== undefined && (when < calm.from || when >= calm.until)) continue;
    if (contact.inbound === true || !kinds.includes(contact.kind) || !counts(contact)) continue;
    if (calm !== undefined) count++;
    else if (
      zones === undefined ? within(dayAt(zone, at) - dayAt(zone, when), days) : isInAny(zones, at, when, days)
    )
      count++;
  }
  return count;
}

const within = (ago: number, days: number): boolean => ago >= 0 && ago < days;
const isInAny = (zones: readonly string[], at: Instant, made: Instant, days: number): boolean =>
  zones.some((zone) => within(dayAt(zone, at) - dayAt(zone, made), days));

/**
 * A call that was put through to him. `unknown` counts, so that a cap holds when a line breaks after hand-over; so does
 * a mailbox, which took the call and the message. Busy, unanswered and dead lines reached nobody, a wrong number not him.
 */
export const isConnected = ({ outcome }: ContactMade): boolean =>
  outcome === "connected" || outcome === "unknown" || outcome === "voicemail";

/** A conversation with him (有效通话), which a mailbox does not hold. */
export const isConversation = ({ outcome }: ContactMade): boolean =>
  outcome === "connected" || outcome === "unknown";

/** A try that he did not answer himself, whatever the line did; a mailbox and an unknown fate count here as well. */
export const isUnanswered = ({ outcome }: ContactMade): boolean => outcome !== "connected";
