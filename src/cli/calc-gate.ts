import type { Place } from "../../packs/load.ts";
import { HOLD_KINDS, type Hold, type Instant, parseDay, parseInstant, parseMinute } from "../core/index.ts";
import { decisionJson } from "../office/gate/json.ts";
import {
  ACTOR_ROLES,
  type Actor,
  CONTACT_OUTCOMES,
  type Consent,
  type ContactBan,
  type ContactMade,
  type DebtFact,
  type GateFacts,
  gate,
  type Inconvenient,
  type NoticeGiven,
  PERSON_ROLES,
  type ProposedStep,
  PURPOSES,
  STEP_KINDS,
  type StopRequest,
} from "../policy/index.ts";
import { packAt } from "./calc-pack.ts";
import {
  answering,
  dayAt,
  flagAt,
  Impossible,
  type Json,
  known,
  listAt,
  mapAt,
  oneOf,
  textAt,
  wholeAt,
} from "./json-in.ts";

/** `arrears calc gate`: may this step be made, why, and if not, when? */
export const calcGate = answering((request) => {
  known(request, ["pack", "step", "facts"], "");
  const pack = packAt(request.pack);
  const step = { actor: ACTS[pack.place as Place], ...stepAt(mapAt(request.step, "step"), "step") };
  const facts = { ...NONE_SAID, ...factsAt(mapAt(request.facts ?? {}, "facts"), "facts") };
  return decisionJson(gate(pack, step, facts), facts.borrowerZone ?? facts.zones?.[0] ?? "UTC");
});

/** Whom a pack is mainly about: who acts where a request does not say. Regulation F binds those who collect for others. */
const ACTS: Readonly<Record<Place, Actor>> = { cn: { role: "lender" }, us: { role: "agency" } };

/**
 * What is recorded only where it happened: a request without it says that there is none. Where the person is, which contacts
 * and holds there were, every loan has an answer to; without it a rule that needs it still asks a person.
 */
const NONE_SAID: GateFacts = {
  stops: [],
  inconvenient: [],
  notices: [],
  consents: [],
  bans: [],
  attorney: { known: false },
};

// --- reading ---------------------------------------------------------------------------------------------------------

function stepAt(step: Json, at: string): ProposedStep {
  known(
    step,
    [
      "kind",
      "to",
      "at",
      "actor",
      "debts",
      "purpose",
      "text",
      "stage",
      "notice",
      "languages",
      "venue",
      "adverse",
    ],
    at,
  );
  const to = mapAt(step.to ?? { role: "borrower" }, `${at}.to`);
  known(to, ["role", "address", "place"], `${at}.to`);
  return {
    kind: oneOf(step.kind, STEP_KINDS, `${at}.kind`),
    to: {
      role: oneOf(to.role ?? "borrower", PERSON_ROLES, `${at}.to.role`),
      ...maybe("address", to.address, textAt, `${at}.to.address`),
      ...maybe("place", to.place, placeAt, `${at}.to.place`),
    },
    at: instantAt(step.at, `${at}.at`),
    ...maybe("actor", step.actor, actorAt, `${at}.actor`),
    ...maybe("debts", step.debts, textsAt, `${at}.debts`),
    ...maybe("purpose", step.purpose, (value, place) => oneOf(value, PURPOSES, place), `${at}.purpose`),
    ...maybe("text", step.text, textAt, `${at}.text`),
    ...maybe("stage", step.stage, textAt, `${at}.stage`),
    ...maybe("notice", step.notice, textAt, `${at}.notice`),
    ...maybe("languages", step.languages, textsAt, `${at}.languages`),
    ...maybe("adverse", step.adverse, flagAt, `${at}.adverse`),
    ...maybe("venue", step.venue, (value, place) => oneOf(value, VENUES, place), `${at}.venue`),
  };
}

const VENUES = ["signed", "lives", "property", "elsewhere"] as const;

const FACTS = [
  "zone",
  "zones",
  "holds",
  "contacts",
  "reach",
  "agreedContactTimes",
  "agreedCallCaps",
  "debts",
  "consents",
  "stops",
  "inconvenient",
  "notices",
  "attorney",
  "employerForbids",
  "unreachable",
  "intended",
  "lenderKind",
  "capacity",
  "bans",
  "refusesAutomation",
];

function factsAt(facts: Json, at: string): GateFacts {
  known(facts, FACTS, at);
  const each =
    <T>(read: (item: Json, place: string) => T) =>
    (value: unknown, place: string): T[] =>
      listAt(value, place).map((item, i) => read(mapAt(item, `${place}[${i}]`), `${place}[${i}]`));
  return {
    ...maybe("borrowerZone", facts.zone, textAt, `${at}.zone`),
    ...maybe("zones", facts.zones, textsAt, `${at}.zones`),
    ...maybe("holds", facts.holds, each(holdAt), `${at}.holds`),
    ...maybe("contacts", facts.contacts, each(contactAt), `${at}.contacts`),
    ...maybe("reach", facts.reach, kindsAt, `${at}.reach`),
    ...maybe("agreedContactTimes", facts.agreedContactTimes, timesAt, `${at}.agreedContactTimes`),
    ...maybe("agreedCallCaps", facts.agreedCallCaps, capsAt, `${at}.agreedCallCaps`),
    ...maybe("debts", facts.debts, each(debtAt), `${at}.debts`),
    ...maybe("consents", facts.consents, each(consentAt), `${at}.consents`),
    ...maybe("stops", facts.stops, each(stopAt), `${at}.stops`),
    ...maybe("inconvenient", facts.inconvenient, each(inconvenientAt), `${at}.inconvenient`),
    ...maybe("notices", facts.notices, each(noticeAt), `${at}.notices`),
    ...maybe("attorney", facts.attorney, attorneyAt, `${at}.attorney`),
    ...maybe("employerForbids", facts.employerForbids, flagAt, `${at}.employerForbids`),
    ...maybe("unreachable", facts.unreachable, flagAt, `${at}.unreachable`),
    ...maybe("intended", facts.intended, textsAt, `${at}.intended`),
    ...maybe("lenderKind", facts.lenderKind, textAt, `${at}.lenderKind`),
    ...maybe(
      "capacity",
      facts.capacity,
      (value, place) => oneOf(value, ["deceased", "limited"] as const, place),
      `${at}.capacity`,
    ),
    ...maybe("bans", facts.bans, each(banAt), `${at}.bans`),
    ...maybe("refusesAutomation", facts.refusesAutomation, flagAt, `${at}.refusesAutomation`),
  };
}

/** A key with its value, or nothing where none was given. */
function maybe<K extends string, T>(
  key: K,
  value: unknown,
  read: (value: unknown, at: string) => T,
  at: string,
): { [Name in K]?: T } {
  return value === undefined ? {} : ({ [key]: read(value, at) } as { [Name in K]?: T });
}

function instantAt(value: unknown, at: string): Instant {
  const instant = typeof value === "string" ? parseInstant(value) : undefined;
  if (instant !== undefined) return instant;
  throw new Impossible(
    "not-an-instant",
    `"${value}" is no instant with its offset; write 2026-03-31T21:30:00+08:00`,
    at,
  );
}

const textsAt = (value: unknown, at: string): string[] =>
  listAt(value, at).map((item, i) => textAt(item, `${at}[${i}]`));
const kindsAt = (value: unknown, at: string) =>
  listAt(value, at).map((item, i) => oneOf(item, STEP_KINDS, `${at}[${i}]`));
function dayTextAt(value: unknown, at: string): string {
  if (typeof value === "string" && parseDay(value) !== undefined) return value;
  throw new Impossible("not-a-day", `"${value}" is not a calendar day; write 2026-03-31`, at);
}
const placeAt = (value: unknown, at: string) => oneOf(value, ["home", "work"] as const, at);

function actorAt(value: unknown, at: string): Actor {
  const actor = mapAt(value, at);
  known(actor, ["role", "ownName", "mandate", "lawyer"], at);
  return {
    role: oneOf(actor.role, ACTOR_ROLES, `${at}.role`),
    ...maybe("ownName", actor.ownName, flagAt, `${at}.ownName`),
    ...maybe("mandate", actor.mandate, flagAt, `${at}.mandate`),
    ...maybe("lawyer", actor.lawyer, textAt, `${at}.lawyer`),
  };
}

function holdAt(hold: Json, at: string): Hold {
  known(hold, ["kind", "until"], at);
  return {
    kind: oneOf(hold.kind, HOLD_KINDS, `${at}.kind`),
    ...maybe("until", hold.until, dayAt, `${at}.until`),
  };
}

function contactAt(contact: Json, at: string): ContactMade {
  known(contact, ["at", "kind", "outcome", "address", "debts", "inbound", "asked", "to"], at);
  return {
    at: instantAt(contact.at, `${at}.at`),
    kind: oneOf(contact.kind, STEP_KINDS, `${at}.kind`),
    outcome: oneOf(contact.outcome, CONTACT_OUTCOMES, `${at}.outcome`),
    ...maybe("address", contact.address, textAt, `${at}.address`),
    ...maybe("debts", contact.debts, textsAt, `${at}.debts`),
    ...maybe("inbound", contact.inbound, flagAt, `${at}.inbound`),
    ...maybe("asked", contact.asked, flagAt, `${at}.asked`),
    ...maybe("to", contact.to, (value, place) => oneOf(value, PERSON_ROLES, place), `${at}.to`),
  };
}

function timesAt(value: unknown, at: string): { from: number; to: number } {
  const times = mapAt(value, at);
  known(times, ["from", "to"], at);
  return { from: minuteAt(times.from, `${at}.from`), to: minuteAt(times.to, `${at}.to`) };
}

function minuteAt(value: unknown, at: string): number {
  const minute = typeof value === "string" ? parseMinute(value) : undefined;
  if (minute !== undefined) return minute;
  throw new Impossible("not-a-time", `"${value}" is no time of the day; write 21:30`, at);
}

function capsAt(value: unknown, at: string): { connected?: number; attempts?: number } {
  const caps = mapAt(value, at);
  known(caps, ["connected", "attempts"], at);
  const cap = (found: unknown, place: string): number => wholeAt(found, 0, 1000, place);
  return {
    ...maybe("connected", caps.connected, cap, `${at}.connected`),
    ...maybe("attempts", caps.attempts, cap, `${at}.attempts`),
  };
}

function debtAt(debt: Json, at: string): DebtFact {
  known(
    debt,
    ["id", "inDefaultWhenObtained", "timeBarred", "state", "countsAs", "firstCommunicated", "kind", "plan"],
    at,
  );
  return {
    id: textAt(debt.id, `${at}.id`),
    ...maybe("inDefaultWhenObtained", debt.inDefaultWhenObtained, flagAt, `${at}.inDefaultWhenObtained`),
    ...maybe("timeBarred", debt.timeBarred, flagAt, `${at}.timeBarred`),
    ...maybe(
      "state",
      debt.state,
      (value, place) => oneOf(value, ["open", "paid", "settled", "discharged"] as const, place),
      `${at}.state`,
    ),
    ...maybe("countsAs", debt.countsAs, textAt, `${at}.countsAs`),
    ...maybe("firstCommunicated", debt.firstCommunicated, instantAt, `${at}.firstCommunicated`),
    ...maybe(
      "kind",
      debt.kind,
      (value, place) => oneOf(value, ["loan", "card"] as const, place),
      `${at}.kind`,
    ),
    ...maybe(
      "plan",
      debt.plan,
      (value, place) => oneOf(value, ["kept", "broken"] as const, place),
      `${at}.plan`,
    ),
  };
}

function consentAt(consent: Json, at: string): Consent {
  known(
    consent,
    ["kinds", "address", "to", "given", "until", "withdrawn", "by", "purpose", "from", "debts", "refuseBy"],
    at,
  );
  return {
    kinds: kindsAt(consent.kinds, `${at}.kinds`),
    ...maybe("address", consent.address, textAt, `${at}.address`),
    to: oneOf(consent.to ?? "actor", ["actor", "creditor", "earlier-collector"] as const, `${at}.to`),
    given: instantAt(consent.given, `${at}.given`),
    ...maybe("until", consent.until, instantAt, `${at}.until`),
    ...maybe("withdrawn", consent.withdrawn, instantAt, `${at}.withdrawn`),
    ...maybe(
      "by",
      consent.by,
      (value, place) => oneOf(value, ["use", "words", "notice", "writing"] as const, place),
      `${at}.by`,
    ),
    ...maybe("from", consent.from, instantAt, `${at}.from`),
    ...maybe("debts", consent.debts, textsAt, `${at}.debts`),
    ...maybe("refuseBy", consent.refuseBy, dayTextAt, `${at}.refuseBy`),
    ...maybe("purpose", consent.purpose, (value, place) => oneOf(value, PURPOSES, place), `${at}.purpose`),
  };
}

function stopAt(stop: Json, at: string): StopRequest {
  known(stop, ["at", "kinds", "address", "debt", "written", "by"], at);
  return {
    at: instantAt(stop.at, `${at}.at`),
    ...maybe("kinds", stop.kinds, kindsAt, `${at}.kinds`),
    ...maybe("address", stop.address, textAt, `${at}.address`),
    ...maybe("debt", stop.debt, textAt, `${at}.debt`),
    ...maybe("written", stop.written, flagAt, `${at}.written`),
    ...maybe("by", stop.by, (value, place) => oneOf(value, PERSON_ROLES, place), `${at}.by`),
  };
}

function banAt(ban: Json, at: string): ContactBan {
  known(ban, ["from", "until"], at);
  return {
    from: instantAt(ban.from, `${at}.from`),
    ...maybe("until", ban.until, instantAt, `${at}.until`),
  };
}

function inconvenientAt(wish: Json, at: string): Inconvenient {
  known(wish, ["weekdays", "dates", "from", "to", "place", "until"], at);
  const minute = (value: unknown, place: string): string => {
    minuteAt(value, place);
    return value as string;
  };
  return {
    ...maybe(
      "weekdays",
      wish.weekdays,
      (value, place) => listAt(value, place).map((item, i) => wholeAt(item, 1, 7, `${place}[${i}]`)),
      `${at}.weekdays`,
    ),
    ...maybe(
      "dates",
      wish.dates,
      (value, place) => listAt(value, place).map((item, i) => dayTextAt(item, `${place}[${i}]`)),
      `${at}.dates`,
    ),
    ...maybe("from", wish.from, minute, `${at}.from`),
    ...maybe("to", wish.to, minute, `${at}.to`),
    ...maybe("place", wish.place, placeAt, `${at}.place`),
    ...maybe("until", wish.until, dayTextAt, `${at}.until`),
  };
}

function noticeAt(notice: Json, at: string): NoticeGiven {
  known(notice, ["kind", "at", "debt", "returned"], at);
  return {
    kind: textAt(notice.kind, `${at}.kind`),
    at: instantAt(notice.at, `${at}.at`),
    ...maybe("debt", notice.debt, textAt, `${at}.debt`),
    ...maybe("returned", notice.returned, instantAt, `${at}.returned`),
  };
}

function attorneyAt(value: unknown, at: string): { known: boolean; answers?: boolean; consents?: boolean } {
  const attorney = mapAt(value, at);
  known(attorney, ["known", "answers", "consents"], at);
  return {
    known: flagAt(attorney.known, `${at}.known`),
    ...maybe("answers", attorney.answers, flagAt, `${at}.answers`),
    ...maybe("consents", attorney.consents, flagAt, `${at}.consents`),
  };
}
