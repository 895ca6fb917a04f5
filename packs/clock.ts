import {
  addDays,
  calmDayAt,
  dayAt,
  type Instant,
  instantAt,
  invariant,
  minuteOfDay,
  nextLocalMinute,
  parseMinute,
} from "../src/core/index.ts";
import type { ContactMade, GateFacts, StepKind } from "../src/policy/index.ts";

/** A span of the local day in minutes since midnight; `to` is outside it, and it may pass midnight. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const isInside = ({ from, to }: Span, minute: number): boolean =>
  from < to ? minute >= from && minute < to : minute >= from || minute < to;

/** The next instant after `at` at which the clock in the zone shows the minute. */
export const next = (zone: string, at: Instant, minute: number): Instant =>
  nextLocalMinute(zone, at, minute % 1440);

export const minuteThere = minuteOfDay;

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

/** First instant of the next day where the person lives. */
export const startOfNextDay = (zone: string, at: Instant): Instant =>
  calmDayAt(zone, at)?.until ?? instantAt(zone, addDays(dayAt(zone, at), 1), 0);

/** How many contacts of these kinds fall on the same local day as `at` and meet the condition. */
export function countThatDay(
  facts: GateFacts,
  at: Instant,
  kinds: readonly StepKind[],
  counts: (contact: ContactMade) => boolean,
): number {
  const zone = facts.borrowerZone!;
  const calm = calmDayAt(zone, at);
  let count = 0;
  for (const contact of facts.contacts!) {
    const when = contact.at;
    if (calm ? when < calm.from || when >= calm.until : dayAt(zone, when) !== dayAt(zone, at)) continue;
    if (kinds.includes(contact.kind) && counts(contact)) count++;
  }
  return count;
}
