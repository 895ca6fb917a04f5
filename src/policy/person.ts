import {
  type Day,
  formatDay,
  formatMinute,
  type Hold,
  type Instant,
  type LoanStatus,
  type PersonFacts,
  type Placed,
  type StandingConsent,
  THE_LENDER,
  type TimesRefused,
} from "../core/index.ts";
import type { Actor, Consent, ContactMade, DebtFact, GateFacts, Inconvenient, StepKind } from "./types.ts";

/** What a book knows when a step is judged. */
export interface Known {
  /** Where the borrower lives. */
  readonly zone: string;
  readonly holds: readonly Hold[];
  /** Contacts with him, the lender's and others', as far as they were booked by then. */
  readonly contacts: readonly ContactMade[];
  /** Channels with an address on file. */
  readonly reach: readonly StepKind[];
  /** Absent where nothing was ever recorded of him: most borrowers. */
  readonly person?: PersonFacts | undefined;
  /** With whom the loan of the step is placed, where that one acts. */
  readonly placement?: Placed | undefined;
  /** The step's loans, where any fact names one. */
  readonly debts?: readonly DebtFact[] | undefined;
  /** What the creditor is, in the pack's words, where the products of the step's loans say so. */
  readonly lenderKind?: string | undefined;
}

/**
 * A book that keeps such facts says of each kind whether there are any: what was never recorded is not there. Only
 * `employerForbids`, of which a book without a word knows nothing, stays unknown.
 */
const NOTHING_SAID = Object.freeze({
  stops: Object.freeze([]),
  inconvenient: Object.freeze([]),
  notices: Object.freeze([]),
  consents: Object.freeze([]),
  bans: Object.freeze([]),
  attorney: Object.freeze({ known: false }),
});

const NOTHING = Object.freeze({});

/**
 * What the gate is told: the one way from a book's facts to the gate's, for the close, the dispatch and whoever explains.
 *
 * Takes   what is known on the day of the step; `person` as `personOf` gives it for that day.
 * Gives   the facts; consents are told as given to the one who acts, to the creditor, or to somebody before.
 */
export function gateFactsOf(known: Known): GateFacts {
  const { zone, holds, contacts, reach, person, placement, debts, lenderKind } = known;
  // Of most borrowers, millions of times a night: written out, because a spread takes several times as long.
  if (!person)
    return {
      borrowerZone: zone,
      holds,
      contacts,
      reach,
      stops: NOTHING_SAID.stops,
      inconvenient: NOTHING_SAID.inconvenient,
      notices: NOTHING_SAID.notices,
      consents: NOTHING_SAID.consents,
      bans: NOTHING_SAID.bans,
      attorney: NOTHING_SAID.attorney,
      ...(lenderKind === undefined ? NOTHING : { lenderKind }),
    };
  const { agreed, attorney, employer } = person;
  const actor = placement?.with ?? THE_LENDER;
  return {
    borrowerZone: zone,
    holds,
    contacts,
    reach,
    stops: person.stops.map(({ at, kinds, address, debt, written, by }) =>
      compact({ at, kinds, address, debt, written, by }),
    ),
    inconvenient: person.refused.map(inconvenientOf),
    notices: person.notices.map(({ notice, at, debt, returned }) =>
      compact({ kind: notice, at, debt, returned }),
    ),
    consents: person.consents.map((consent) => consentOf(consent, actor)),
    bans: person.bans.map(({ at, until }) => compact({ from: at, until })),
    attorney: attorney
      ? compact({ known: attorney.known, answers: attorney.answers, consents: attorney.consents })
      : NOTHING_SAID.attorney,
    ...(employer ? { employerForbids: employer.forbids } : {}),
    ...(agreed?.from === undefined || agreed.to === undefined
      ? {}
      : { agreedContactTimes: { from: agreed.from, to: agreed.to } }),
    ...(agreed && (agreed.connected ?? agreed.attempts) !== undefined
      ? { agreedCallCaps: compact({ connected: agreed.connected, attempts: agreed.attempts }) }
      : {}),
    ...(debts && debts.length > 0 ? { debts } : {}),
    ...(lenderKind === undefined ? NOTHING : { lenderKind }),
  };
}

function consentOf(consent: StandingConsent, actor: string): Consent {
  const { kinds, address, at, from, until, withdrawn, by, purpose, debts, refuseBy } = consent;
  const to: Consent["to"] =
    consent.to === actor ? "actor" : consent.to === THE_LENDER ? "creditor" : "earlier-collector";
  return compact({
    kinds,
    address,
    to,
    given: at,
    until,
    withdrawn,
    by,
    purpose,
    from,
    debts,
    refuseBy: refuseBy === undefined ? undefined : formatDay(refuseBy),
  });
}

const inconvenientOf = ({ weekdays, dates, from, to, place, until }: TimesRefused): Inconvenient =>
  compact({
    weekdays,
    dates: dates?.map((date) => formatDay(date)),
    from: from === undefined ? undefined : formatMinute(from),
    to: to === undefined ? undefined : formatMinute(to),
    place,
    until: until === undefined ? undefined : formatDay(until),
  });

const THE_LENDER_ACTS: Actor = Object.freeze({ role: "lender" });

/**
 * Who acts on a loan: whoever it is placed with. A unit of the lender's under another name is met as an agency, and the
 * gate takes it for one.
 */
export function actorOf(placement: Placed | undefined): Actor {
  if (!placement) return THE_LENDER_ACTS;
  const { role, mandate, lawyer } = placement;
  return compact({ role, ownName: role === "lender" ? false : undefined, mandate, lawyer });
}

/** A loan as the gate knows it: what is owed no more is not collected, and a placement says whether it was in default. */
export function debtOf(id: string, status: LoanStatus, placement: Placed | undefined): DebtFact {
  const state =
    status === "open" || status === "written-off" || status === "assigned"
      ? "open"
      : status === "paid-off"
        ? "paid"
        : status === "settled"
          ? "settled"
          : "discharged";
  return compact({ id, state, inDefaultWhenObtained: placement?.inDefault } as const);
}

/** A contact with the day it was booked on and, where it was reported by mistake, the day on which that was put right. */
export interface BookedContact {
  readonly on: Day;
  readonly until?: Day;
  readonly made: ContactMade;
}

/** The contacts that were known on a day. */
export const contactsBy = (contacts: readonly BookedContact[], day: Day): readonly ContactMade[] =>
  contacts.length === 0
    ? NONE
    : contacts
        .filter(({ on, until }) => on <= day && (until === undefined || day < until))
        .map(({ made }) => made);

const NONE: readonly never[] = [];

export { contactReported } from "../core/index.ts";

const A_MINUTE = 60_000;

/**
 * The instant of a step, put off to the minute after the last thing known of the person where that is later on the same
 * day: what is known by then counts, and a notice has to have been given before the step.
 */
export function afterNews(person: PersonFacts | undefined, slot: Instant, dayEnds: Instant): Instant {
  if (!person || person.newest < slot || person.newest >= dayEnds) return slot;
  const next = (Math.floor(person.newest / A_MINUTE) + 1) * A_MINUTE;
  return next < dayEnds ? next : slot;
}

type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the keys that say nothing, so that a stored permit is no longer than what was known. */
function compact<T extends object>(given: T): Compact<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Compact<T>;
}
