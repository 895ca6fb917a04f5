import type { Day } from "./calendar.ts";
import { Impossible, type Json, known, oneOf, dayAt as readDay, textAt, wholeAt, yesAt } from "./json-in.ts";
import { LENDER_STEPS, type PersonFact, PLACED_ROLES, THE_LENDER } from "./person-facts.ts";
import { ok, type Result } from "./trouble.ts";
import { CONSENT_BY, CONTACT_KINDS, CONTACT_OUTCOMES, PERSON_ROLES, PURPOSES, STEP_KINDS } from "./ways.ts";
import { dayAt, formatInstant, type Instant, instantAt, parseInstant, parseMinute } from "./zone.ts";

/** What an event about a person is read by. */
export interface PersonEventContext {
  /** What it is called unless it says. */
  readonly id: string;
  /** The loan with which it comes. */
  readonly loan: string;
  /** Where the borrower lives: times without an offset are read on its clock. */
  readonly zone: string;
  /** When it is recorded. */
  readonly now: Instant;
}

interface Common {
  readonly on: Day;
  readonly id: string;
  readonly at: Instant;
}

interface Kind {
  readonly keys: readonly string[];
  /** When it counts from, told by a day alone: a wish of his from the day's first minute, what we may rely on from its last. */
  readonly from: "first" | "last";
  readonly read: (event: Json, common: Common, context: PersonEventContext) => PersonFact;
}

const KINDS: Readonly<Record<string, Kind>> = {
  consent: {
    keys: ["at", "kinds", "address", "to", "by", "purpose", "from", "until", "debts", "refuseBy"],
    from: "last",
    read: (event, common, context) => ({
      kind: "ConsentGiven",
      ...common,
      kinds: listAt(event.kinds, "kinds", (one) => oneOf(one, STEP_KINDS, "kinds")),
      ...maybe("address", event.address, textAt),
      to: event.to === undefined ? THE_LENDER : textAt(event.to, "to"),
      ...maybe("by", event.by, (value, at) => oneOf(value, CONSENT_BY, at)),
      ...maybe("purpose", event.purpose, (value, at) => oneOf(value, PURPOSES, at)),
      ...maybe("from", event.from, (value, at) => momentAt(value, at, context, "first")),
      ...maybe("until", event.until, (value, at) => momentAt(value, at, context, "last")),
      ...maybe("debts", event.debts, (value, at) => listAt(value, at, (one) => textAt(one, at))),
      ...maybe("refuseBy", event.refuseBy, readDay),
    }),
  },
  withdrawal: {
    keys: ["at", "kinds", "address", "to", "purpose"],
    from: "first",
    read: (event, common) => ({
      kind: "ConsentWithdrawn",
      ...common,
      kinds: listAt(event.kinds, "kinds", (one) => oneOf(one, STEP_KINDS, "kinds")),
      ...maybe("address", event.address, textAt),
      ...maybe("to", event.to, textAt),
      ...maybe("purpose", event.purpose, (value, at) => oneOf(value, PURPOSES, at)),
    }),
  },
  stop: {
    keys: ["at", "kinds", "address", "debt", "written", "by", "words"],
    from: "first",
    read: (event, common) => ({
      kind: "StopRequested",
      ...common,
      ...maybe("kinds", event.kinds, (value, at) => listAt(value, at, (one) => oneOf(one, STEP_KINDS, at))),
      ...maybe("address", event.address, textAt),
      ...maybe("debt", event.debt, textAt),
      ...maybe("written", event.written, yesAt),
      ...maybe("by", event.by, (value, at) => oneOf(value, PERSON_ROLES, at)),
      ...maybe("words", event.words, textAt),
    }),
  },
  "lift-stop": {
    keys: ["at", "of"],
    from: "last",
    read: (event, common) => ({ kind: "StopLifted", ...common, of: ofAt(event) }),
  },
  times: {
    keys: ["weekdays", "dates", "from", "to", "place", "until"],
    from: "first",
    read: (event, common) => ({ kind: "TimesRefused", ...common, ...refusedTimes(event) }),
  },
  "agreed-times": {
    keys: ["from", "to", "connected", "attempts"],
    from: "last",
    read: (event, common) => {
      const { from, to } = spanAt(event);
      const caps = {
        ...maybe("connected", event.connected, (value, at) => numberAt(value, 0, 1000, at)),
        ...maybe("attempts", event.attempts, (value, at) => numberAt(value, 0, 1000, at)),
      };
      if (from === undefined && Object.keys(caps).length === 0)
        throw new Impossible(
          "nothing-said",
          'say what was agreed: "from" and "to", "connected", or "attempts"',
          "from",
        );
      return {
        kind: "TimesAgreed",
        ...common,
        ...(from === undefined || to === undefined ? {} : { from, to }),
        ...caps,
      };
    },
  },
  notice: {
    keys: ["at", "notice", "debt", "via"],
    from: "last",
    read: (event, common, { loan }) => ({
      kind: "NoticeGiven",
      ...common,
      notice: textAt(event.notice, "notice"),
      // About the loan with which it comes, unless it is said to be about all: a notice is no wider than it was.
      ...(event.debt === "all" ? {} : { debt: event.debt === undefined ? loan : textAt(event.debt, "debt") }),
      ...maybe("via", event.via, (value, at) => oneOf(value, CONTACT_KINDS, at)),
    }),
  },
  "notice-return": {
    keys: ["at", "of"],
    from: "first",
    read: (event, common) => ({ kind: "NoticeReturned", ...common, of: ofAt(event) }),
  },
  ban: {
    keys: ["at", "until"],
    from: "first",
    read: (event, common, context) => ({
      kind: "ContactBanned",
      ...common,
      ...maybe("until", event.until, (value, at) => momentAt(value, at, context, "last")),
    }),
  },
  "ban-end": {
    keys: ["at", "of"],
    from: "last",
    read: (event, common) => ({ kind: "ContactBanEnded", ...common, of: ofAt(event) }),
  },
  attorney: {
    keys: ["known", "name", "answers", "consents"],
    from: "first",
    read: (event, common) => ({
      kind: "AttorneyNoted",
      ...common,
      known: event.known === undefined ? true : yesAt(event.known, "known"),
      ...maybe("name", event.name, textAt),
      ...maybe("answers", event.answers, yesAt),
      ...maybe("consents", event.consents, yesAt),
    }),
  },
  employer: {
    keys: ["forbids"],
    from: "first",
    read: (event, common) => ({
      kind: "EmployerNoted",
      ...common,
      forbids: event.forbids === undefined ? true : yesAt(event.forbids, "forbids"),
    }),
  },
  guarantor: {
    keys: ["known", "name"],
    from: "first",
    read: (event, common, { loan }) => {
      const known = event.known === undefined ? true : yesAt(event.known, "known");
      return {
        kind: "GuarantorNoted",
        ...common,
        debt: loan,
        known,
        ...(known ? { name: textAt(event.name, "name") } : {}),
      };
    },
  },
  contact: {
    keys: ["at", "via", "outcome", "address", "inbound", "asked", "debts", "role", "who"],
    from: "last",
    read: (event, common) => ({
      kind: "ContactReported",
      ...common,
      via: oneOf(event.via, CONTACT_KINDS, "via"),
      outcome: oneOf(event.outcome ?? "unknown", CONTACT_OUTCOMES, "outcome"),
      ...maybe("address", event.address, textAt),
      ...maybe("inbound", event.inbound, yesAt),
      ...maybe("asked", event.asked, yesAt),
      ...maybe("debts", event.debts, (value, at) => listAt(value, at, (one) => textAt(one, at))),
      ...maybe("to", event.role, (value) => oneOf(value, PERSON_ROLES, "role")),
      who: event.who === undefined ? THE_LENDER : textAt(event.who, "who"),
    }),
  },
  placement: {
    keys: ["with", "role", "mandate", "lawyer", "from", "until", "lenderSteps", "inDefault"],
    from: "first",
    read: (event, common, { loan }) => {
      const from = event.from === undefined ? common.on : readDay(event.from, "from");
      const until = event.until === undefined ? undefined : readDay(event.until, "until");
      if (until !== undefined && until < from)
        throw new Impossible("order-of-days", "the last day of a placement is not before its first", "until");
      return {
        kind: "Placed",
        ...common,
        debt: loan,
        with: textAt(event.with, "with"),
        role: oneOf(event.role ?? "agency", PLACED_ROLES, "role"),
        ...maybe("mandate", event.mandate, yesAt),
        ...maybe("lawyer", event.lawyer, textAt),
        from,
        ...(until === undefined ? {} : { until }),
        lenderSteps: oneOf(event.lenderSteps ?? "pause", LENDER_STEPS, "lenderSteps"),
        ...maybe("inDefault", event.inDefault, yesAt),
      };
    },
  },
  recall: {
    keys: ["at", "reason"],
    from: "last",
    read: (event, common, { loan }) => ({
      kind: "Recalled",
      ...common,
      debt: loan,
      ...maybe("reason", event.reason, textAt),
    }),
  },
};

/** Kinds of events about the person: recorded with any of his loans, they are known of all of them. */
export const PERSON_EVENT_KINDS: readonly string[] = Object.keys(KINDS);

/** The keys of such a kind beside `id`, `on` and `kind`, which all have. */
export const keysOfPersonEvent = (kind: string): readonly string[] => KINDS[kind]?.keys ?? [];

/**
 * An event about a person as it is written, as a fact: the one reader of files and command lines.
 *
 * Takes   keys in camelCase. Days as ISO; instants with their offset, or a time of the day on the borrower's clock; lists
 *         as lists or parted by commas; yes or no.
 * Gives   the fact. `at` is when it is recorded where the day is that very day; on an earlier day its first minute for what
 *         he wished, its last for what we may rely on.
 * Refuses by the codes of `json-in.ts`, `not-yes-or-no`, `not-an-instant`, `not-a-time`, `nothing-said`, `order-of-days`,
 *         `future-day`, `time-missing`.
 */
export function readPersonEvent(event: Json, context: PersonEventContext): Result<PersonFact> {
  try {
    return ok(personEventAt(event, context));
  } catch (error) {
    if (error instanceof Impossible) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

function personEventAt(event: Json, context: PersonEventContext): PersonFact {
  const name = oneOf(event.kind, PERSON_EVENT_KINDS, "kind");
  const { keys, from, read } = KINDS[name]!;
  known(event, ["id", "on", "kind", ...keys], "");
  const on = readDay(event.on, "on");
  const today = dayAt(context.zone, context.now);
  if (name === "contact" && event.at === undefined)
    throw new Impossible(
      "time-missing",
      "a contact says when it was: --at 14:30, or an instant with its offset",
      "at",
    );
  const told = event.at === undefined ? undefined : momentAt(event.at, "at", { ...context, on }, from);
  const at = told ?? (on === today ? context.now : edgeOf(context.zone, on, from));
  // A book may be ahead of the clock, as one made for a trial is: then its own days count.
  if (at > context.now && (on <= today || dayAt(context.zone, at) > on))
    throw new Impossible(
      "future-day",
      `${formatInstant(context.zone, at)} is still to come; record it when it has happened`,
      "at",
    );
  const id = event.id === undefined ? context.id : textAt(event.id, "id");
  return read(event, { on, id, at }, context);
}

const LAST_MINUTE = 24 * 60 - 1;

const edgeOf = (zone: string, on: Day, edge: "first" | "last"): Instant =>
  instantAt(zone, on, edge === "first" ? 0 : LAST_MINUTE);

/** An instant with its offset; a time of the event's day; or a day, of which its first or last minute is meant. */
function momentAt(
  value: unknown,
  at: string,
  { zone, on }: Pick<PersonEventContext, "zone"> & { readonly on?: Day },
  edge: "first" | "last",
): Instant {
  const text = typeof value === "string" ? value : "";
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  const minute = parseMinute(text);
  if (minute !== undefined && on !== undefined) return instantAt(zone, on, minute);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return edgeOf(zone, readDay(text, at), edge);
  throw new Impossible(
    "not-an-instant",
    `"${value}" is no instant with its offset${on === undefined ? ", nor a day" : ", nor a time of the day"}; write 2026-03-31T21:30:00+08:00`,
    at,
  );
}

function refusedTimes(event: Json) {
  const times = {
    ...maybe("weekdays", event.weekdays, (value, at) => listAt(value, at, (one) => weekdayAt(one, at))),
    ...maybe("dates", event.dates, (value, at) => listAt(value, at, (one) => readDay(one, at))),
    ...spanAt(event),
    ...maybe("place", event.place, (value, at) => oneOf(value, ["home", "work"] as const, at)),
  };
  if (Object.keys(times).length === 0)
    throw new Impossible(
      "nothing-said",
      'say which times do not suit him: "weekdays", "dates", "from" and "to", or "place"',
      "weekdays",
    );
  return { ...times, ...maybe("until", event.until, readDay) };
}

function spanAt(event: Json): { from?: number; to?: number } {
  const span = { ...maybe("from", event.from, minuteAt), ...maybe("to", event.to, minuteAt) };
  if ((span.from === undefined) !== (span.to === undefined))
    throw new Impossible(
      "nothing-said",
      'a span of the day has both ends: "from" and "to"',
      span.from === undefined ? "from" : "to",
    );
  return span;
}

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function weekdayAt(value: unknown, at: string): number {
  const text = String(value).toLowerCase();
  if (/^[1-7]$/.test(text)) return Number(text);
  return WEEKDAYS.indexOf(oneOf(text.slice(0, 3), WEEKDAYS, at)) + 1;
}

function minuteAt(value: unknown, at: string): number {
  const minute = typeof value === "string" ? parseMinute(value) : undefined;
  if (minute !== undefined) return minute;
  throw new Impossible("not-a-time", `"${value}" is no time of the day; write 21:30`, at);
}

const numberAt = (value: unknown, least: number, most: number, at: string): number =>
  wholeAt(typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : value, least, most, at);

/** A list as such, or parted by commas, semicolons or blanks. */
function listAt<T>(value: unknown, at: string, read: (one: string) => T): T[] {
  const parts = Array.isArray(value)
    ? value.map(String)
    : typeof value === "string"
      ? value.split(/[,;，、\s]+/).filter((part) => part !== "")
      : [];
  if (parts.length === 0)
    throw new Impossible(
      "not-a-list",
      `expected one or more, parted by commas, found ${JSON.stringify(value ?? "")}`,
      at,
    );
  return [...new Set(parts)].map(read);
}

const ofAt = (event: Json): string => (event.of === undefined ? "" : textAt(event.of, "of"));

function maybe<K extends string, T>(
  key: K,
  value: unknown,
  read: (value: unknown, at: string) => T,
): { [Name in K]?: T } {
  return value === undefined ? {} : ({ [key]: read(value, key) } as { [Name in K]?: T });
}
