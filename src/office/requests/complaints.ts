import {
  type ComplaintEvent,
  type ComplaintKind,
  type ComplaintMoved,
  type ComplaintOpened,
  type Day,
  formatDay,
  inParts,
  type Key,
  type Minor,
  type RequestChannel,
  whatHappened,
} from "../../core/index.ts";
import type { EventRecord } from "../../intake/index.ts";
import {
  answerDay,
  COMPLAINT_HOLD,
  type ComplaintLife,
  complaintLives,
  complaintWatched,
  isOpenComplaint,
  mayMoveComplaint,
} from "../../legal/index.ts";
import type { DeskPerson, Lender, RequestRow, RequestWish } from "../../store/index.ts";
import { CHANGED_MEANWHILE } from "../refusal-words.ts";
import {
  bookedOn,
  decideAt,
  disputing,
  event,
  findRequest,
  holdStanding,
  lifting,
  ownerOfLoans,
  placing,
  type RequestDesk,
  type RequestOutcome,
  refusal,
  refusedOutcome,
  restsOnHold,
  watching,
} from "./desk.ts";
import { objectionsAnswered, objectionsOpened } from "./objection.ts";

export interface ComplaintAsked {
  readonly loans: readonly string[];
  readonly topic: ComplaintKind;
  readonly words: string;
  readonly channel: RequestChannel;
  readonly receivedOn?: Day;
  readonly disputed?: Minor;
  readonly happenedOn?: Day;
  readonly against?: string;
  readonly outside?: string;
}

/** What he writes, and what the law of some places takes as writing. */
const WRITTEN: readonly RequestChannel[] = ["portal", "app", "letter", "email", "regulator"];

/** Opens a complaint, confirms its receipt, and stops at once what it stops. */
export async function openComplaint(
  desk: RequestDesk,
  asked: ComplaintAsked,
  dryRun: boolean,
  owner?: Key,
): Promise<RequestOutcome<ComplaintLife>> {
  const id = desk.reference("C");
  const whose = await ownerOfLoans(desk, asked.loans, owner);
  if ("refusal" in whose) return refusedOutcome(id, whose.refusal);
  return decideAt(
    desk,
    whose.owner,
    id,
    (person, lender) => {
      const known = [...complaintLives(person.facts).values()].find(
        ({ opened }) => asked.outside !== undefined && opened.outside === asked.outside,
      );
      if (known) return { told: { done: true, known: true, value: known } };
      const receivedOn = asked.receivedOn ?? person.today;
      if (receivedOn > person.today)
        return {
          told: refusedOutcome(
            id,
            refusal(
              "future-day",
              `${formatDay(receivedOn)} is still to come`,
              `${formatDay(receivedOn)} 尚未到来`,
            ),
          ),
        };
      const opened = openedFact(desk, person, lender, asked, id, receivedOn);
      const confirmed: ComplaintMoved = {
        kind: "ComplaintMoved",
        on: opened.on,
        at: desk.now,
        id,
        by: "house",
        event: "acknowledged-1",
        dated: person.today,
        ...inParts({ type: "acknowledged" }),
      };
      const facts = [opened, confirmed];
      const life = complaintLives(facts).get(id)!;
      return {
        wish: {
          facts,
          rows: [rowOf(desk, life, opened.at)],
          watch: [watch(desk, person, lender, life)],
          notes: objectionsOpened(desk, life),
          events: [
            ...(opened.holds
              ? asked.loans.flatMap((debt) =>
                  opened.holds === "dispute"
                    ? disputing(person, lender, { id, debt, facts })
                    : placing(person, lender, { id: `${id}/hold`, debt, kind: opened.holds! }),
                )
              : []),
            ...(desk.lender.pack === "us" ? writtenDispute(person, lender, asked, opened) : []),
          ],
        },
        told: { done: true, known: false, value: life },
      };
    },
    dryRun,
  );
}

function openedFact(
  desk: RequestDesk,
  person: DeskPerson,
  lender: Lender,
  asked: ComplaintAsked,
  id: string,
  receivedOn: Day,
): ComplaintOpened {
  const { topic, words, channel, loans, disputed, happenedOn, against, outside } = asked;
  const on = bookedOn(person, lender);
  const hold = COMPLAINT_HOLD[topic];
  // A hold that somebody else placed is not ours to lift: then this complaint rests on it, and leaves it.
  const ours =
    hold !== undefined &&
    loans.some(
      (debt) =>
        holdStanding(person.loans.find((one) => one.id === debt)!.facts, hold, on) === undefined ||
        restsOnHold(person, id, debt, hold),
    );
  return {
    kind: "ComplaintOpened",
    on,
    at: desk.now,
    id,
    by: desk.by,
    topic,
    receivedOn,
    channel,
    debts: loans,
    words,
    ...(disputed === undefined ? {} : { disputed }),
    ...(happenedOn === undefined ? {} : { happenedOn }),
    ...(against === undefined ? {} : { against }),
    ...(outside === undefined ? {} : { outside }),
    ...(ours ? { holds: hold } : {}),
  };
}

/** Regulation F: a dispute in writing stops collection until verification is sent, whatever the hold says. */
function writtenDispute(
  person: DeskPerson,
  lender: Lender,
  { channel, loans, disputed }: ComplaintAsked,
  { id, topic }: ComplaintOpened,
): EventRecord[] {
  if (COMPLAINT_HOLD[topic] !== "dispute" || !WRITTEN.includes(channel)) return [];
  const on = formatDay(bookedOn(person, lender));
  return loans.map((debt) =>
    event(debt, `${id}/${debt}`, {
      kind: "notice",
      on,
      notice: disputed === undefined ? "dispute" : "dispute-part",
      debt,
    }),
  );
}

export interface MoveAsked {
  readonly dated?: Day;
  /** Its name within the complaint; a new one unless given. */
  readonly event?: string;
  /** So many facts it had when it was read. */
  readonly version?: number;
  /** Only a request of this borrower. */
  readonly owner?: Key;
}

/** Records what happened to a complaint; an outcome lifts what it stopped. */
export async function moveComplaint(
  desk: RequestDesk,
  ref: string,
  what: ComplaintEvent,
  asked: MoveAsked,
  dryRun: boolean,
): Promise<RequestOutcome<ComplaintLife>> {
  const found = await findRequest(desk, ref, asked.owner);
  if (!found) return noSuchComplaint(ref);
  return decideAt(
    desk,
    found.owner,
    found.id,
    (person, lender): { wish?: RequestWish; told: RequestOutcome<ComplaintLife> } => {
      const life = complaintLives(person.facts).get(found.id);
      if (!life) return { told: noSuchComplaint(ref) };
      const no = (code: string, en: string, zh: string) => ({
        told: refusedOutcome(life.id, refusal(code, en, zh)),
      });
      const same = asked.event && life.events.find((one) => one.event === asked.event);
      if (same)
        return JSON.stringify(whatHappened(same)) === JSON.stringify(what)
          ? { told: { done: true, known: true, value: life } }
          : no(
              "differs-from-accepted",
              `${asked.event} was recorded with other content`,
              `${asked.event} 已登记且内容不同`,
            );
      if (asked.version !== undefined && asked.version !== life.version)
        return { told: refusedOutcome(life.id, CHANGED_MEANWHILE) };
      const dated = asked.dated ?? person.today;
      if (dated > person.today)
        return no("future-day", `${formatDay(dated)} is still to come`, `${formatDay(dated)} 尚未到来`);
      const trouble = mayMoveComplaint(life, what, dated, desk.complaints);
      if (trouble) return { told: refusedOutcome(life.id, trouble) };
      const fact: ComplaintMoved = {
        kind: "ComplaintMoved",
        on: bookedOn(person, lender),
        at: desk.now,
        id: life.id,
        by: desk.by,
        event: asked.event ?? `${what.type}-${life.events.length + 1}`,
        dated,
        ...inParts(what),
      };
      const next = complaintLives([...person.facts, fact]).get(life.id)!;
      const { holds } = life.opened;
      const lifts = holds !== undefined && isOpenComplaint(life.state) && !isOpenComplaint(next.state);
      return {
        wish: {
          facts: [fact],
          rows: [rowOf(desk, next, life.opened.at)],
          watch: [watch(desk, person, lender, next)],
          notes: objectionsAnswered(desk, person, next, what, { on: fact.on, dated }),
          events: lifts
            ? life.debts.flatMap((debt) =>
                holds === "dispute"
                  ? disputing(person, lender, { id: `${life.id}/${fact.event}`, debt, facts: [fact] })
                  : lifting(person, lender, {
                      id: `${life.id}/lift/${fact.event}`,
                      ref: life.id,
                      debt,
                      kind: holds,
                    }),
              )
            : [],
        },
        told: { done: true, known: false, value: next },
      };
    },
    dryRun,
  );
}

const noSuchComplaint = (ref: string) =>
  refusedOutcome(
    ref,
    refusal(
      "no-such-complaint",
      `no complaint ${ref}; arrears complaint list shows them`,
      `没有投诉 ${ref}；arrears complaint list 可查`,
    ),
  );

export const rowOf = (
  desk: Pick<RequestDesk, "complaints">,
  life: ComplaintLife,
  at: number,
): RequestRow => ({
  id: life.id,
  sort: "complaint",
  state: life.state,
  at,
  receivedOn: life.opened.receivedOn,
  nextOn: answerDay(life, desk.complaints)?.lastOn ?? null,
  about: life.about,
  loans: life.debts,
  ...(life.opened.outside === undefined ? {} : { outside: life.opened.outside }),
});

const watch = (desk: RequestDesk, person: DeskPerson, lender: Lender, life: ComplaintLife) =>
  watching(person, lender, {
    id: life.id,
    debt: life.debts[0]!,
    of: "complaint",
    version: life.version,
    dates: complaintWatched(life, desk.complaints),
  });
