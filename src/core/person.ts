import { type Day, NEVER } from "./calendar.ts";
import {
  type AttorneyNoted,
  type ConsentGiven,
  type ConsentWithdrawn,
  type ContactBanned,
  type ContactReported,
  type EmployerNoted,
  type GuarantorNoted,
  type NoticeGiven,
  type PersonFact,
  type Placed,
  type StopRequested,
  THE_LENDER,
  type TimesAgreed,
  type TimesRefused,
} from "./person-facts.ts";
import { ok, type Refusal, type Result } from "./trouble.ts";
import type { Instant } from "./zone.ts";

/** What is known of a person on a day: what he said, was told and is protected by, and who works which of his loans. */
export interface PersonFacts {
  /** With the instant from which it was taken back. Consent taken back that nobody had recorded stands here too. */
  readonly consents: readonly StandingConsent[];
  readonly stops: readonly StopRequested[];
  readonly refused: readonly TimesRefused[];
  readonly agreed?: TimesAgreed;
  readonly notices: readonly SentNotice[];
  readonly bans: readonly ContactBanned[];
  readonly attorney?: AttorneyNoted;
  readonly employer?: EmployerNoted;
  /** Who answers for which of his loans. */
  readonly guarantors: readonly GuarantorNoted[];
  /** The last placement of each loan, unless it was recalled. */
  readonly placements: readonly Placed[];
  /** Contacts made elsewhere, as far as they were given to the fold. */
  readonly contacts: readonly ContactReported[];
  /** Instant of the last fact that counts: nothing is judged as of an earlier minute of its day. */
  readonly newest: Instant;
}

export interface StandingConsent extends Omit<ConsentGiven, "kind"> {
  readonly withdrawn?: Instant;
}

export interface SentNotice extends NoticeGiven {
  readonly returned?: Instant;
}

/**
 * What was known of a person on a day.
 *
 * Takes   facts in the order of his journal; others than of the person are passed over by the caller.
 * Gives   what stands of those booked by the day, without what was reversed by it.
 * Holds   facts booked later change nothing: a close of many days at once sees each day as it was.
 */
export function personOf(facts: readonly PersonFact[], knownOn: Day = NEVER): PersonFacts {
  const known = standingOf(facts, knownOn);
  const last = <K extends PersonFact["kind"]>(kind: K): Extract<PersonFact, { kind: K }> | undefined =>
    known.findLast((fact): fact is Extract<PersonFact, { kind: K }> => fact.kind === kind);
  const all = <K extends PersonFact["kind"]>(kind: K): Extract<PersonFact, { kind: K }>[] =>
    known.filter((fact): fact is Extract<PersonFact, { kind: K }> => fact.kind === kind);
  const lifted = new Set(all("StopLifted").map(({ of }) => of));
  const returned = new Map(all("NoticeReturned").map(({ of, at }) => [of, at]));
  const ended = new Map(all("ContactBanEnded").map(({ of, at }) => [of, at]));
  const [agreed, attorney, employer] = [last("TimesAgreed"), last("AttorneyNoted"), last("EmployerNoted")];
  return {
    consents: consentsOf(known),
    stops: all("StopRequested").filter(({ id }) => !lifted.has(id)),
    refused: all("TimesRefused"),
    ...(agreed ? { agreed } : {}),
    notices: all("NoticeGiven").map((notice) => {
      const at = returned.get(notice.id);
      return at === undefined ? notice : { ...notice, returned: at };
    }),
    bans: all("ContactBanned").map((ban) => {
      const at = ended.get(ban.id);
      return at === undefined ? ban : { ...ban, until: Math.min(at, ban.until ?? at) };
    }),
    ...(attorney ? { attorney } : {}),
    ...(employer ? { employer } : {}),
    guarantors: guarantorsOf(known),
    placements: placementsOf(known),
    contacts: all("ContactReported"),
    newest: known.reduce((newest, { at }) => Math.max(newest, at), Number.NEGATIVE_INFINITY),
  };
}

/** Facts booked by a day and not reversed by it, in order of their days and within one as they came. */
function standingOf(facts: readonly PersonFact[], knownOn: Day): readonly PersonFact[] {
  const known = facts.filter(({ on }) => on <= knownOn).sort((a, b) => a.on - b.on);
  const reversed = new Set(known.flatMap((fact) => (fact.kind === "PersonFactReversed" ? [fact.of] : [])));
  return reversed.size === 0 ? known : known.filter(({ id }) => !reversed.has(id));
}

function consentsOf(facts: readonly PersonFact[]): StandingConsent[] {
  let consents: StandingConsent[] = [];
  for (const fact of facts) {
    if (fact.kind === "ConsentGiven") {
      const { kind: _, ...consent } = fact;
      consents.push(consent);
    } else if (fact.kind === "ConsentWithdrawn") consents = withdrawn(consents, fact);
  }
  return consents;
}

/** Consents with some ways taken back: one to several ways of which only some were falls into two. */
function withdrawn(consents: readonly StandingConsent[], wish: ConsentWithdrawn): StandingConsent[] {
  const left = new Set(wish.kinds);
  const next = consents.flatMap((consent) => {
    const taken = isAbout(consent, wish) ? consent.kinds.filter((kind) => wish.kinds.includes(kind)) : [];
    if (taken.length === 0) return [consent];
    for (const kind of taken) left.delete(kind);
    const kept = consent.kinds.filter((kind) => !taken.includes(kind));
    const back = { ...consent, kinds: taken, withdrawn: wish.at };
    return kept.length === 0 ? [back] : [{ ...consent, kinds: kept }, back];
  });
  if (left.size === 0) return next;
  // He takes back what nobody had recorded, as a clause of the contract: that he did is known all the same.
  const { id, on, at, address, purpose, to = THE_LENDER } = wish;
  const kinds = wish.kinds.filter((kind) => left.has(kind));
  return [
    ...next,
    {
      id,
      on,
      at,
      kinds,
      to,
      withdrawn: at,
      ...(address === undefined ? {} : { address }),
      ...(purpose === undefined ? {} : { purpose }),
    },
  ];
}

/** A consent to every address is taken back whole by a word about one: which others he still allows he has to say. */
const isAbout = (consent: StandingConsent, { at, address, to, purpose }: ConsentWithdrawn): boolean =>
  consent.withdrawn === undefined &&
  consent.at <= at &&
  (address === undefined || consent.address === undefined || consent.address === address) &&
  (to === undefined || consent.to === to) &&
  (purpose === undefined || consent.purpose === purpose);

function guarantorsOf(facts: readonly PersonFact[]): GuarantorNoted[] {
  const last = new Map<string, GuarantorNoted>();
  for (const fact of facts) if (fact.kind === "GuarantorNoted") last.set(fact.debt, fact);
  return [...last.values()].filter(({ known }) => known);
}

function placementsOf(facts: readonly PersonFact[]): Placed[] {
  const placed = new Map<string, Placed>();
  for (const fact of facts) {
    if (fact.kind === "Placed") placed.set(fact.debt, fact);
    else if (fact.kind === "Recalled") placed.delete(fact.debt);
  }
  return [...placed.values()];
}

/** With whom a loan is placed on a day; nobody, where the lender works it himself. */
export const placementOn = (person: PersonFacts, debt: string, on: Day): Placed | undefined =>
  person.placements.find(
    (placed) =>
      placed.debt === debt && placed.from <= on && (placed.until === undefined || on <= placed.until),
  );

/** A contact reported from elsewhere, in the form in which contacts are counted. */
export const contactReported = ({
  at,
  via: kind,
  outcome,
  address,
  debts,
  inbound,
  asked,
  to,
}: ContactReported) => ({
  at,
  kind,
  outcome,
  ...(address === undefined ? {} : { address }),
  ...(debts === undefined ? {} : { debts }),
  ...(inbound === undefined ? {} : { inbound }),
  ...(asked === undefined ? {} : { asked }),
  ...(to === undefined ? {} : { to }),
});

/** Facts that the close and the dispatch read in one row; contacts, which come by the dozen, stay in the journal. */
export const isKept = (fact: PersonFact): boolean => fact.kind !== "ContactReported";

/** Kinds that can only forbid more: for them no loan has to wake. */
const ONLY_STRICTER: readonly PersonFact["kind"][] = [
  "ConsentWithdrawn",
  "StopRequested",
  "TimesRefused",
  "NoticeReturned",
  "ContactBanned",
  "ContactReported",
  "Placed",
  "GuarantorNoted",
];

/** Whether a fact may allow a step that was refused: then his loans wake on its day. */
export const mayAllow = (fact: PersonFact): boolean => !ONLY_STRICTER.includes(fact.kind);

/** The day on which a fact can be booked at the earliest: never before the one that it ends or undoes. */
export function notBefore(fact: PersonFact, facts: readonly PersonFact[]): Day {
  const ended =
    "of" in fact
      ? facts.find(({ id }) => id === fact.of)
      : fact.kind === "Recalled"
        ? placementsOf(standingOf(facts, NEVER)).find(({ debt }) => debt === fact.debt)
        : undefined;
  return Math.max(fact.on, ended?.on ?? fact.on) as Day;
}

/** What each kind that ends another one ends, and how it is called in a refusal. */
const ENDS = {
  StopLifted: { kind: "StopRequested", word: "stop request" },
  NoticeReturned: { kind: "NoticeGiven", word: "notice" },
  ContactBanEnded: { kind: "ContactBanned", word: "ban" },
} as const;

/**
 * Whether a fact may be recorded of a person as he stands.
 *
 * Takes   the fact wished for; an empty `of` means the only one that stands. All facts of the person so far.
 * Gives   the fact, its `of` filled in.
 * Refuses the first of `no-such-entry`, `already-reversed`, `none-stands`, `which-one`, `not-placed`, `placed-already`.
 */
export function decidePerson<F extends PersonFact>(wish: F, facts: readonly PersonFact[]): Result<F> {
  const known = standingOf(facts, NEVER);
  switch (wish.kind) {
    case "StopLifted":
    case "NoticeReturned":
    case "ContactBanEnded": {
      const { kind, word } = ENDS[wish.kind];
      const over = new Set(known.flatMap((fact) => (fact.kind === wish.kind ? [fact.of] : [])));
      const standing = known.filter((fact) => fact.kind === kind && !over.has(fact.id)).map(({ id }) => id);
      if (standing.length === 0)
        return no("none-stands", `no ${word} stands that could end; show lists what is known`, "of");
      if (wish.of === "" && standing.length === 1) return ok({ ...wish, of: standing[0]! });
      if (standing.includes(wish.of)) return ok(wish);
      return wish.of === ""
        ? no(
            "which-one",
            `more than one ${word} stands: ${standing.join(", ")}; say which, --of ${standing[0]}`,
            "of",
          )
        : no("no-such-entry", `no ${word} ${wish.of} stands; those that do: ${standing.join(", ")}`, "of");
    }
    case "PersonFactReversed":
      if (known.some(({ id }) => id === wish.of)) return ok(wish);
      return facts.some(({ id }) => id === wish.of)
        ? no("already-reversed", `${wish.of} was reversed before; nothing of it counts any more`, "of")
        : no("no-such-entry", `nothing known of the person is called ${wish.of}; show lists it`, "of");
    case "Recalled":
      return placementsOf(known).some(({ debt }) => debt === wish.debt)
        ? ok(wish)
        : no("not-placed", `${wish.debt} is placed with nobody; there is nothing to recall`);
    case "Placed": {
      const other = placementsOf(known).find(({ debt }) => debt === wish.debt);
      const isOver = other?.until !== undefined && other.until < wish.from;
      return other && !isOver
        ? no("placed-already", `${wish.debt} is placed with ${other.with}; recall it first`)
        : ok(wish);
    }
    default:
      return ok(wish);
  }
}

const no = (code: string, says: string, at?: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: at === undefined ? { code, says } : { code, says, at },
});
