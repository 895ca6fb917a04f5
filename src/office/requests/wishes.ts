import {
  formatDay,
  formatMinute,
  type Key,
  type RequestChannel,
  type StepKind,
  type WishKind,
  type WishMade,
} from "../../core/index.ts";
import type { EventRecord } from "../../intake/index.ts";
import type { DeskPerson, Lender } from "../../store/index.ts";
import {
  bookedOn,
  decideAt,
  event,
  holdStanding,
  ownerOfLoans,
  type RequestDesk,
  type RequestOutcome,
  refusal,
  refusedOutcome,
} from "./desk.ts";

export interface WishAsked {
  readonly loan: string;
  readonly wish: WishKind;
  readonly channel: RequestChannel;
  readonly words?: string;
  /** Ways that shall stop. */
  readonly kinds?: readonly StepKind[];
  /** The number or address that shall not be used. */
  readonly address?: string;
  /** Minutes of the day. */
  readonly from?: number;
  readonly to?: number;
  readonly weekdays?: readonly number[];
  /** Name of who speaks for him. */
  readonly representative?: string;
  /** The wish that is taken back, by its reference. */
  readonly of?: string;
}

export interface WishDone {
  readonly id: string;
  readonly wish: WishKind;
  readonly became: readonly string[];
}

/** Records what he wishes of contacts, as facts of his person: the gate obeys from this minute on. */
export async function makeWish(
  desk: RequestDesk,
  asked: WishAsked,
  dryRun: boolean,
  owner?: Key,
): Promise<RequestOutcome<WishDone>> {
  const id = desk.reference("W");
  const whose = await ownerOfLoans(desk, [asked.loan], owner);
  if ("refusal" in whose) return refusedOutcome(id, whose.refusal);
  return decideAt(
    desk,
    whose.owner,
    id,
    (person, lender) => {
      const events = eventsOf(person, lender, asked, id);
      if (!Array.isArray(events)) return { told: refusedOutcome(id, events) };
      const became = events.map((one) => one.id);
      const fact: WishMade = {
        kind: "WishMade",
        on: bookedOn(person, lender),
        at: desk.now,
        id,
        by: desk.by,
        wish: asked.wish,
        channel: asked.channel,
        debt: asked.loan,
        became,
        ...(asked.words === undefined ? {} : { words: asked.words }),
      };
      return {
        wish: {
          facts: [fact],
          rows: [
            {
              id,
              sort: "wish" as const,
              state: "done" as const,
              at: desk.now,
              receivedOn: person.today,
              nextOn: null,
              about: asked.wish,
              loans: [asked.loan],
            },
          ],
          watch: [],
          events,
        },
        told: { done: true, known: false, value: { id, wish: asked.wish, became } },
      };
    },
    dryRun,
  );
}

const lacks = (en: string, zh: string) => refusal("nothing-said", en, zh);

function eventsOf(person: DeskPerson, lender: Lender, asked: WishAsked, id: string) {
  const { loan, kinds, address, from, to, weekdays, representative, words } = asked;
  const today = bookedOn(person, lender);
  const on = formatDay(today);
  const said = (suffix: string, kind: string, more: Record<string, unknown>): EventRecord =>
    event(loan, `${id}/${suffix}`, { kind, on, ...more });
  const stop = (suffix: string, more: Record<string, unknown>): EventRecord =>
    said(suffix, "stop", { written: "yes", ...more, ...(words === undefined ? {} : { words }) });
  const facts = person.loans.find((one) => one.id === loan)!.facts;
  const hold = (kind: "cease-contact" | "represented"): EventRecord[] =>
    holdStanding(facts, kind, today) === undefined ? [said(`hold/${kind}`, "hold", { hold: kind })] : [];
  const lift = (kind: "cease-contact" | "represented"): EventRecord[] =>
    holdStanding(facts, kind, today) === undefined ? [] : [said(`lift/${kind}`, "lift", { hold: kind })];
  switch (asked.wish) {
    case "stop-all":
      return [stop("stop", {}), ...hold("cease-contact")];
    case "stop-channel":
      return kinds?.length
        ? [stop("stop", { kinds })]
        : lacks("say which ways shall stop: kinds", "请说明停止哪些方式：kinds");
    case "stop-number":
      return address === undefined
        ? lacks("say which number or address: address", "请说明号码或地址：address")
        : [stop("stop", { address })];
    case "stop-third-person":
      return (["contact-person", "third-person"] as const).map((by) =>
        stop(`stop/${by}`, { by, ...(address === undefined ? {} : { address }) }),
      );
    case "only-at-times":
      return from === undefined || to === undefined
        ? lacks("say from when to when: from, to", "请说明起止时间：from、to")
        : [said("times", "agreed-times", { from: formatMinute(from), to: formatMinute(to) })];
    case "not-at-times":
      return weekdays === undefined && from === undefined
        ? lacks("say which days or times: weekdays, from, to", "请说明日期或时段：weekdays、from、to")
        : [
            said("times", "times", {
              ...(weekdays === undefined ? {} : { weekdays: weekdays.join(",") }),
              ...(from === undefined || to === undefined
                ? {}
                : { from: formatMinute(from), to: formatMinute(to) }),
            }),
          ];
    case "representative":
      return representative === undefined
        ? lacks("say who speaks for you: representative", "请说明代理人：representative")
        : [said("attorney", "attorney", { known: "yes", name: representative }), ...hold("represented")];
    case "representative-ended":
      return [said("attorney", "attorney", { known: "no" }), ...lift("represented")];
    case "lift":
      return lifted(person, asked, said, lift);
  }
}

/** The stops of an earlier wish, lifted one by one; of times that he agreed to or refused the next word stands. */
function lifted(
  person: DeskPerson,
  { of }: WishAsked,
  said: (suffix: string, kind: string, more: Record<string, unknown>) => EventRecord,
  lift: (kind: "cease-contact") => EventRecord[],
) {
  const earlier = person.facts.find((fact): fact is WishMade => fact.kind === "WishMade" && fact.id === of);
  if (!earlier) return lacks(`no wish ${of ?? ""} of his: of`, `没有该要求 ${of ?? ""}：of`);
  const stops = earlier.became.filter((one) => one.includes("/stop"));
  const times = earlier.became.filter((one) => one.endsWith("/times"));
  return [
    ...stops.map((one, i) => said(`lift/${i}`, "lift-stop", { of: one })),
    ...times.map((one) => said(`reversal/${one}`, "reversal", { of: one, reason: "taken back by himself" })),
    ...(earlier.wish === "stop-all" ? lift("cease-contact") : []),
  ];
}
