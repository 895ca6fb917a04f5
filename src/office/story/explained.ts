import {
  CHANNELS,
  type Channel,
  CONTACT_KINDS,
  type Day,
  dayAt,
  type Fact,
  formatDay,
  formatInstant,
  fromBits,
  type Instant,
  instantAt,
  isHoldFact,
  NEVER,
  type PersonFacts,
  type Placed,
  personOf,
  replay,
  type StepKind,
} from "../../core/index.ts";
import { contactsBy, type Decision, gate, type Pack } from "../../policy/index.ts";
import { contactsOf, type Database, type LoanFile, personFactsOf } from "../../store/index.ts";
import { packFor } from "../book.ts";
import { decisionJson } from "../gate/json.ts";
import { gateKnown } from "../gate/known.ts";
import type { Io } from "../io.ts";
import { limitationBrief } from "../limitation/json.ts";
import { limitationShown } from "../limitation/of.ts";
import { usualDay } from "../loans/shown.ts";
import { personJson } from "../people/known.ts";
import { storyOf, type Told } from "./story.ts";

/** A loan's story and what may be done with its borrower at an instant, and the same as JSON. */
export async function explained(
  db: Database,
  file: LoanFile,
  { at, step, via }: { readonly at: Instant; readonly step?: string; readonly via?: StepKind | undefined },
) {
  const zone = file.borrower.zone ?? file.lender.zone;
  const story = storyOf(file, step);
  const pack = await packFor(db, file.lender);
  const now = await nowOf(db, file, pack, { zone, at, more: via });
  const limited = limitationShown(file, dayAt(zone, at));
  const json = {
    loan: file.id,
    lender: file.lender.code,
    borrower: file.borrower.external_id,
    otherLoans: file.siblings,
    facts: story.map(factJson),
    at: formatInstant(zone, at),
    person: now.person ? personJson(now.person, zone) : null,
    placedWith: now.placement ? now.placement.with : null,
    ...(limited ? { limitation: limitationBrief(limited) } : {}),
    channels: now.channels.map(({ via, decision }) => jsonOf(via, decision, zone)),
  };
  return { story, pack, now, limited, json };
}

/** A fact with its sentence in English and who booked it. */
const factJson = ({ fact, says, by }: Told) => ({ ...fact, on: formatDay(fact.on), says: says.en, by });

/** Ten in the morning of the usual day; later where something was recorded of the person since, or a hold, so that it counts. */
export function usualInstant(file: LoanFile, zone: string, io: Pick<Io, "now">): Instant {
  const facts = personFactsOf(file);
  const ten = instantAt(zone, usualDay(file, io), 10 * 60);
  const holds = file.waiting.filter(({ fact }) => isHoldFact(fact)).map(({ recordedAt }) => recordedAt);
  return Math.max(ten, ...holds, ...(facts.length === 0 ? [] : [personOf(facts).newest])) as Instant;
}

interface ChannelNow {
  readonly via: StepKind;
  readonly hasAddress: boolean;
  readonly decision: Decision | undefined;
}

/** What the gate says of each kind of step at an instant, with the facts known then; with whom the loan is placed. */
export interface Now {
  readonly channels: readonly ChannelNow[];
  readonly person: PersonFacts | undefined;
  readonly placement: Placed | undefined;
}

/** A loan's facts of the days until then; a hold counts from its record on, though the day that was closed already booked it on the next. */
const factsAt = ({ journal, waiting }: LoanFile, day: Day, at: Instant): Fact[] =>
  [...journal, ...waiting].flatMap(({ fact, recordedAt }) =>
    fact.on <= day || (isHoldFact(fact) && fact.on === day + 1 && recordedAt <= at) ? [fact] : [],
  );

async function nowOf(
  db: Database,
  file: LoanFile,
  pack: Pack | undefined,
  { zone, at, more }: { readonly zone: string; readonly at: Instant; readonly more: StepKind | undefined },
): Promise<Now> {
  const day = dayAt(zone, at);
  const loan = replay(file.key, factsAt(file, day, at), () => file.product) ?? file.stored;
  const owner = { bucket: file.borrower.bucket, n: file.borrower.n };
  // A filing may ask whether he was ever spoken to; of what reaches him, the last days count.
  const since = more !== undefined && !CONTACT_KINDS.includes(more) ? 0 : day - 8;
  const contacts = [...(await contactsOf(db, [owner], since as Day)).values()]
    .flatMap((booked) => contactsBy(booked, NEVER))
    .filter((contact) => contact.at <= at);
  const { known, step, person, placement } = gateKnown(loan, file.product, {
    id: file.id,
    zone,
    at,
    day,
    contacts,
    facts: personFactsOf(file, day, at),
  });
  const reach = fromBits(loan.reach, CHANNELS);
  const kinds: readonly StepKind[] =
    more === undefined || CHANNELS.includes(more as Channel) ? CHANNELS : [...CHANNELS, more];
  const channels = kinds.map((via) => ({
    via,
    hasAddress: !CHANNELS.includes(via as Channel) || reach.includes(via as Channel),
    decision: pack && gate(pack, { kind: via, ...step }, known(via)),
  }));
  return { channels, person, placement };
}

function jsonOf(via: string, decision: Decision | undefined, zone: string): Record<string, unknown> {
  if (!decision) return { via, verdict: "ask-person", because: [{ rule: "pack/none-for-lender" }] };
  return {
    via,
    ...decisionJson(decision, zone),
  };
}
