import {
  type BureauAnswered,
  type BureauDisputed,
  type ComplaintEvent,
  type Day,
  isBureauFact,
} from "../../core/index.ts";
import { type ComplaintLife, disputesOf, naturalEnd } from "../../legal/index.ts";
import type { DeskPerson } from "../../store/index.ts";
import type { RequestDesk } from "./desk.ts";

const idOf = ({ id, debts }: Pick<ComplaintLife, "id" | "debts">, debt: string): string =>
  debts.length === 1 ? id : `${id}/${debt}`;

/**
 * A complaint that the credit record is wrong is an objection to it: it opens one on each of its loans, under its own reference.
 *
 * Holds   by when it is answered in writing follows from the receipt alone, and is never extended. No hold is placed: what is contested is what
 *         was reported.
 * Source  `credit.objection`: Regulations on credit reporting art. 25; `furnish.dispute`.
 */
export function objectionsOpened(desk: RequestDesk, life: ComplaintLife): BureauDisputed[] {
  const { opened } = life;
  const { period } = desk.complaints.creditRecord;
  if (life.about !== "credit-record" || "workingDays" in period) return [];
  return life.debts.map((debt) => ({
    kind: "BureauDisputed",
    on: opened.on,
    at: desk.now,
    id: idOf(life, debt),
    debt,
    by: desk.by,
    received: opened.receivedOn,
    answerBy: naturalEnd(opened.receivedOn, period),
    months: [],
    words: opened.words,
    via: opened.channel === "regulator" ? "bureau" : "lender",
  }));
}

/**
 * What an outcome of the complaint, or its withdrawal, says of its objections.
 *
 * Gives   an answer to each that is open still: it stands where the complaint was not upheld or was taken back; where it was upheld, as soon as
 *         what was reported is corrected or deleted for it, and nothing before.
 */
export function objectionsAnswered(
  desk: RequestDesk,
  person: DeskPerson,
  life: ComplaintLife,
  what: ComplaintEvent,
  { on, dated }: { readonly on: Day; readonly dated: Day },
): BureauAnswered[] {
  if (life.about !== "credit-record") return [];
  const facts = person.facts.filter(isBureauFact);
  return life.debts.flatMap((debt): BureauAnswered[] => {
    const id = idOf(life, debt);
    const open = disputesOf(facts, debt).some((one) => one.opened.id === id && one.state === "open");
    const outcome = open ? outcomeOf(what, life, changeOf(facts, id)) : undefined;
    return outcome === undefined
      ? []
      : [
          {
            kind: "BureauAnswered",
            on,
            at: desk.now,
            id: `${id}/answer`,
            debt,
            by: desk.by,
            of: id,
            outcome,
            dated,
            words: wordsOf(what, life),
            proof: life.id,
          },
        ];
  });
}

type Change = "corrected" | "deleted" | undefined;

const changeOf = (facts: readonly { readonly kind: string; readonly of?: string }[], id: string): Change =>
  facts.some(({ kind, of }) => kind === "BureauCorrected" && of === id)
    ? "corrected"
    : facts.some(({ kind, of }) => kind === "BureauDeleted" && of === id)
      ? "deleted"
      : undefined;

function outcomeOf(
  what: ComplaintEvent,
  { outcome }: ComplaintLife,
  change: Change,
): BureauAnswered["outcome"] | undefined {
  if (what.type === "withdrawn") return "stands";
  if (what.type === "answered") return what.outcome === "rejected" ? "stands" : change;
  return what.type === "corrected" && outcome ? change : undefined;
}

function wordsOf(what: ComplaintEvent, { outcome }: ComplaintLife): string {
  const reason = what.type === "answered" ? what.reason : outcome?.reason;
  if (what.type === "withdrawn") return "withdrawn 已撤回";
  return reason ? `${reason.zh} ${reason.en}` : "";
}
