import {
  addDays,
  type Day,
  type HardshipEvent,
  type HardshipMoved,
  hardshipReasons,
  inParts,
  type PlanAgreed,
  type PlanEnded,
  type RequestFact,
} from "../../core/index.ts";
import {
  type HardshipLife,
  hardshipDay,
  hardshipsOf,
  hardshipWatched,
  isRestingHardship,
} from "../../legal/index.ts";
import type { DeskPerson, Lender, RequestRow, RequestWish } from "../../store/index.ts";
import { offeredOn } from "./agreement.ts";
import {
  bookedOn,
  event,
  lifting,
  placing,
  type RequestDesk,
  type RequestOutcome,
  watching,
} from "./desk.ts";
import { ledgerEvent } from "./offers.ts";

/** What a move of a request writes: its own facts, what the ledger is told, the hold that lasts with it, and what is watched for. */
export function written(
  desk: RequestDesk,
  person: DeskPerson,
  lender: Lender,
  life: HardshipLife,
  what: HardshipEvent,
  dated: Day,
): { wish: RequestWish; told: RequestOutcome<HardshipLife> } {
  const on = bookedOn(person, lender);
  const moved = (one: HardshipEvent, i: number): HardshipMoved => ({
    kind: "HardshipMoved",
    on,
    at: desk.now,
    id: life.id,
    by: desk.by,
    event: `${one.type}-${life.events.length + 1 + i}`,
    dated,
    ...inParts(one),
  });
  let facts: RequestFact[] = [moved(what, 0)];
  let next = hardshipsOf([...person.facts, ...facts]).get(life.id)!;
  const starts = next.state === "running" && life.state !== "running";
  if (starts) {
    facts = [...facts, moved({ type: "started", entry: `${life.id}/plan` }, 1)];
    next = hardshipsOf([...person.facts, ...facts]).get(life.id)!;
  }
  const { debt } = life;
  const loan = person.loans.find(({ id }) => id === debt)!;
  const rests = isRestingHardship(next.state);
  const settles = next.offer?.change.change === "settlement";
  const holdUntil =
    next.state === "offered" && next.offer
      ? next.offer.validUntil
      : what.type === "review-asked" || (isRestingHardship(life.state) && next.state === "requested")
        ? addDays(on, desk.hardship.restDays)
        : starts && settles && next.offer!.change.change === "settlement"
          ? next.offer!.change.by
          : undefined;
  const name = `${life.id}/${facts[0]!.kind === "HardshipMoved" ? facts[0]!.event : ""}`;
  const events = [
    ...(holdUntil === undefined
      ? []
      : placing(person, lender, { id: `${name}/hold`, debt, kind: "hardship", until: holdUntil })),
    ...(isRestingHardship(life.state) && !rests && !(starts && settles)
      ? lifting(person, lender, { id: `${name}/lift`, ref: life.id, debt, kind: "hardship" })
      : []),
    ...(starts
      ? [
          event(
            debt,
            `${life.id}/plan`,
            ledgerEvent(next, { offeredOn: offeredOn(next), bookedOn: on, product: loan.product }),
          ),
        ]
      : []),
  ];
  const agreed: PlanAgreed | undefined =
    starts && !settles
      ? {
          kind: "PlanAgreed",
          on,
          id: life.id,
          graceDays: next.offer!.graceDays,
          missesForgiven: next.offer!.missesForgiven,
        }
      : undefined;
  const ended: PlanEnded | undefined =
    what.type === "ended" && life.state === "running"
      ? { kind: "PlanEnded", on, id: life.id, reason: what.reason }
      : undefined;
  const plans = [agreed, ended].flatMap((fact) => (fact ? [{ loan: loan.key, fact }] : []));
  return {
    wish: {
      facts,
      rows: [hardshipRow(desk, next)],
      watch: [watch(desk, person, lender, next)],
      events,
      plans,
    },
    told: { done: true, known: false, value: next },
  };
}

export const hardshipRow = (desk: Pick<RequestDesk, "hardship">, life: HardshipLife): RequestRow => ({
  id: life.id,
  sort: "hardship",
  state: life.state,
  at: life.requested.at,
  receivedOn: life.requested.receivedOn,
  nextOn: hardshipDay(life, desk.hardship)?.lastOn ?? null,
  about: hardshipReasons(life.requested).join(" "),
  loans: [life.debt],
});

export const watch = (desk: RequestDesk, person: DeskPerson, lender: Lender, life: HardshipLife) =>
  watching(person, lender, {
    id: life.id,
    debt: life.debt,
    of: "hardship",
    version: life.version,
    dates: hardshipWatched(life, desk.hardship),
  });
