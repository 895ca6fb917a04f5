import {
  type ComplaintEvent,
  type ComplaintMoved,
  type Day,
  formatDay,
  formatInstant,
  formatMoney,
  type HardshipEvent,
  type HardshipMoved,
  type HardshipOffer,
  type HouseholdTold,
  hardshipReasons,
  type LoanState,
  type Minor,
  type RequestFileAdded,
  type RunningPlan,
  type WishMade,
  whatHappened,
} from "../../core/index.ts";
import {
  answerDay,
  COMPLAINT_EVENT_WORDS,
  COMPLAINT_EVENTS_OF_HIS,
  COMPLAINT_KIND_WORDS,
  COMPLAINT_STATE_WORDS,
  type ComplaintLaw,
  type ComplaintLife,
  complaintMayFollow,
  HARDSHIP_EVENT_WORDS,
  HARDSHIP_EVENTS_OF_HIS,
  HARDSHIP_REASON_WORDS,
  HARDSHIP_STATE_WORDS,
  type HardshipLaw,
  type HardshipLife,
  hardshipDay,
  hardshipMayFollow,
  isOpenComplaint,
  isRestingHardship,
  needsConsent,
} from "../../legal/index.ts";
import {
  EXPOSURE_WORDS,
  guarantorWords,
  recordWords,
  type Surplus,
  WAY_WORDS,
  type WaysOut,
  whyNotWords,
} from "../../relief/index.ts";
import { sourceJson } from "../limitation/json.ts";
import type { BudgetAsked } from "../relief/json.ts";
import { waysJson } from "../relief/json.ts";
import { surplusTold } from "./offers.ts";
import { GUARANTOR_WORDS, WISH_WORDS } from "./words.ts";

/** To whom a request is told: the house sees who wrote what, he himself sees what concerns him. */
export interface ToldTo {
  readonly today: Day;
  readonly zone: string;
  readonly decimals: number;
  readonly currency: string;
  readonly himself: boolean;
}

/** What the house writes for itself. */
const INSIDE = ["noted", "proposed", "returned"];

const fileJson = ({ sha256, name, bytes, type, at }: RequestFileAdded, zone: string) => ({
  sha256,
  name,
  bytes,
  type,
  at: formatInstant(zone, at),
});

export function complaintJson(life: ComplaintLife, law: ComplaintLaw, to: ToldTo) {
  const { opened } = life;
  const money = (amount: Minor): string => formatMoney(amount, to.decimals);
  const due = answerDay(life, law);
  const may = complaintMayFollow(life.state);
  return {
    reference: life.id,
    sort: "complaint" as const,
    kind: life.about,
    kindWords: COMPLAINT_KIND_WORDS[life.about],
    state: life.state,
    stateWords: COMPLAINT_STATE_WORDS[life.state],
    since: formatDay(life.since),
    loans: life.debts,
    currency: to.currency,
    receivedOn: formatDay(opened.receivedOn),
    channel: opened.channel,
    words: opened.words,
    disputed: opened.disputed === undefined ? null : money(opened.disputed),
    happenedOn: opened.happenedOn === undefined ? null : formatDay(opened.happenedOn),
    against: opened.against ?? null,
    outside: opened.outside ?? null,
    /** The hold by which the gate stops contact; none where it stops nothing or is answered. */
    holds: isOpenComplaint(life.state) ? (opened.holds ?? null) : null,
    answerBy: due ? formatDay(due.lastOn) : null,
    daysLeft: due ? due.lastOn - to.today : null,
    extensions: life.extensions,
    because: due ? sourceJson(due.source) : null,
    outcome: life.outcome ? { outcome: life.outcome.outcome, reason: life.outcome.reason } : null,
    pending: life.pending.map(({ debt, what, amount, of }) => ({
      loan: debt,
      what,
      amount: amount === undefined ? null : money(amount),
      of: of ?? null,
    })),
    events: life.events.flatMap((fact) => complaintEventJson(fact, to)),
    files: life.files.map((file) => fileJson(file, to.zone)),
    mayFollow: to.himself ? may.filter((one) => COMPLAINT_EVENTS_OF_HIS.includes(one)) : may,
    version: life.version,
  };
}

function complaintEventJson(fact: ComplaintMoved, to: ToldTo) {
  const what: ComplaintEvent = whatHappened(fact);
  if (to.himself && INSIDE.includes(what.type)) return [];
  return [
    {
      event: what.type as string,
      says: COMPLAINT_EVENT_WORDS[what.type],
      on: formatDay(fact.dated),
      at: formatInstant(to.zone, fact.at),
      by: shownBy(fact.by, to),
      words: "words" in what ? what.words : null,
      reason: "reason" in what && what.reason !== undefined ? what.reason : null,
      to: what.type === "escalated" ? what.to : null,
    },
  ];
}

const shownBy = (by: string, { himself }: ToldTo): string => (himself && by !== "borrower" ? "house" : by);

export function householdJson(household: HouseholdTold, surplus: Surplus | undefined, decimals: number) {
  const money = (amount: Minor): string => formatMoney(amount, decimals);
  return {
    income: money(household.income),
    living: money(household.living),
    dependants: household.dependants,
    dependantsNeed: household.dependantsNeed === undefined ? null : money(household.dependantsNeed),
    otherDebts: money(household.otherDebts),
    surplus: surplus ? money(surplus.amount) : null,
    short: surplus ? money(surplus.short) : null,
    leftToLiveOn: surplus ? money(surplus.leftToLiveOn) : null,
  };
}

export function offerJson(offer: HardshipOffer, decimals: number) {
  const money = (amount: Minor): string => formatMoney(amount, decimals);
  const { change } = offer;
  return {
    way: offer.way,
    change: change.change,
    firstDueOn: change.change === "settlement" ? null : formatDay(change.firstDueOn),
    settlement:
      change.change === "settlement" ? { amount: money(change.amount), by: formatDay(change.by) } : null,
    payments: offer.payments.map(({ on, amount }) => ({ on: formatDay(on), amount: money(amount) })),
    total: money(offer.total),
    cost: money(offer.cost),
    validUntil: formatDay(offer.validUntil),
    graceDays: offer.graceDays,
    missesForgiven: offer.missesForgiven,
    guarantor: offer.guarantor ?? null,
    heavier: offer.heavier === undefined ? null : money(offer.heavier),
  };
}

/** How the agreed plan stands, as the closes found it. */
export function planStanding(loan: LoanState | undefined, life: HardshipLife): string | null {
  if (life.state !== "running" && life.state !== "ended") return null;
  const plan: RunningPlan | undefined = loan?.extra?.plan;
  if (plan?.id === life.id) return plan.state;
  if (life.state === "ended") return "ended";
  return loan && (loan.status === "paid-off" || loan.status === "settled") ? "completed" : "beginning";
}

export function hardshipJson(life: HardshipLife, law: HardshipLaw, to: ToldTo, loan: LoanState | undefined) {
  const { requested } = life;
  const due = hardshipDay(life, law);
  const may = hardshipMayFollow(life.state);
  const household = typeof life.household === "object" ? life.household : undefined;
  const offer = to.himself && life.state === "proposed" ? undefined : life.offer;
  return {
    reference: life.id,
    sort: "hardship" as const,
    // What waits for a second person is still being checked, to him.
    state: to.himself && life.state === "proposed" ? ("requested" as const) : life.state,
    stateWords: HARDSHIP_STATE_WORDS[to.himself && life.state === "proposed" ? "requested" : life.state],
    since: formatDay(life.since),
    loan: life.debt,
    currency: to.currency,
    receivedOn: formatDay(requested.receivedOn),
    channel: requested.channel,
    reasons: hardshipReasons(requested).map((reason) => ({ reason, words: HARDSHIP_REASON_WORDS[reason] })),
    words: requested.words,
    wish: requested.wish === undefined ? null : formatMoney(requested.wish, to.decimals),
    household: household ? householdJson(household, surplusTold(household), to.decimals) : null,
    restsUntil: isRestingHardship(life.state) ? formatDay(restsUntil(life, due)) : null,
    next: due
      ? {
          what: due.what,
          by: due.by,
          lastOn: formatDay(due.lastOn),
          daysLeft: due.lastOn - to.today,
          because: due.source ? sourceJson(due.source) : null,
        }
      : null,
    offer: offer ? offerJson(offer, to.decimals) : null,
    proposedBy: to.himself ? null : (life.proposedBy ?? null),
    refused: life.refused && life.state === "refused" ? life.refused.reason : null,
    accepted: life.accepted
      ? {
          on: formatDay(life.accepted.on),
          at: formatInstant(to.zone, life.accepted.at),
          sha256: life.accepted.sha256,
          language: life.accepted.language,
          how: life.accepted.how,
        }
      : null,
    guarantor: guarantorJson(life, law, to),
    plan: planStanding(loan, life),
    entry: life.entry ?? null,
    events: life.events.flatMap((fact) => hardshipEventJson(fact, to)),
    files: life.files.map((file) => fileJson(file, to.zone)),
    mayFollow: to.himself ? may.filter((one) => HARDSHIP_EVENTS_OF_HIS.includes(one)) : may,
    version: life.version,
  };
}

/** Where whoever answers for the loan stands, by what was agreed so far. */
function guarantorJson(life: HardshipLife, law: HardshipLaw, to: ToldTo) {
  const { offer, consent, state } = life;
  if (offer?.guarantor === undefined || (to.himself && state === "proposed")) return null;
  const { guarantor: name, heavier } = offer;
  const stands = !needsConsent(offer)
    ? ("not-needed" as const)
    : consent
      ? consent.how
      : ("awaited" as const);
  const sum = heavier === undefined ? "" : formatMoney(heavier, to.decimals);
  return {
    name,
    consent: stands,
    heavier: heavier === undefined ? null : sum,
    proof: consent?.how === "given" ? consent.proof : null,
    words: GUARANTOR_WORDS[stands](name, sum),
    because: law.guarantee.map(sourceJson),
  };
}

const restsUntil = (life: HardshipLife, due: ReturnType<typeof hardshipDay>): Day =>
  due?.what === "hardship-offer" ? due.lastOn : life.requested.restsUntil;

function hardshipEventJson(fact: HardshipMoved, to: ToldTo) {
  const what: HardshipEvent = whatHappened(fact);
  if (to.himself && INSIDE.includes(what.type)) return [];
  return [
    {
      event: what.type as string,
      says: HARDSHIP_EVENT_WORDS[what.type],
      on: formatDay(fact.dated),
      at: formatInstant(to.zone, fact.at),
      by: shownBy(fact.by, to),
      words: "words" in what ? what.words : null,
      reason: "reason" in what && what.reason !== undefined ? what.reason : null,
    },
  ];
}

/** The ways side by side, each with the words by which a person compares them. */
export function waysTold(ways: WaysOut, budget: BudgetAsked, decimals: number) {
  const told = waysJson(ways, budget, decimals) as { readonly ways: readonly Record<string, unknown>[] };
  const both = (say: (language: "en" | "zh") => string) => ({ en: say("en"), zh: say("zh") });
  return {
    ...told,
    ways: ways.ways.map((way, i) => ({
      ...told.ways[i]!,
      words: WAY_WORDS[way.way],
      ...(way.possible
        ? {
            exposureWords: EXPOSURE_WORDS[way.exposure],
            recordWords: both((language) => recordWords(way.record, language)),
            ...(ways.guarantor === undefined || way.heavier === undefined
              ? {}
              : {
                  guarantorWords: guarantorWords(
                    ways.guarantor,
                    way.heavier > 0 ? formatMoney(way.heavier, decimals) : undefined,
                  ),
                }),
            offerable: way.change !== undefined,
          }
        : { whyWords: both((language) => whyNotWords(way, language)) }),
    })),
  };
}

export const wishJson = (fact: WishMade, to: ToldTo) => ({
  reference: fact.id,
  sort: "wish" as const,
  wish: fact.wish,
  wishWords: WISH_WORDS[fact.wish],
  loan: fact.debt,
  at: formatInstant(to.zone, fact.at),
  by: shownBy(fact.by, to),
  channel: fact.channel,
  words: fact.words ?? null,
  became: fact.became,
});
