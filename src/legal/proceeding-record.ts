import {
  type Award,
  type Day,
  formatDay,
  type Instant,
  type ProceedingEvent,
  type ProceedingMoved,
  type ProceedingTakenBack,
  type Refusal,
} from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import { caseNumberOf } from "./case-number.ts";
import { eventKey, mayProceed, movedLife, type ProceedingLife, type ProceedingMoment } from "./proceeding.ts";
import { effectiveFrom, objectionCounts, performanceDay } from "./proceeding-days.ts";
import type { ProceedingLaw } from "./proceeding-rows.ts";
import type { Source } from "./source.ts";

/** An event as somebody tells it: what only the law or the book can say of it is not in it yet. */
export type ToldEvent =
  | Exclude<ProceedingEvent, { readonly type: "objected" | "effective" }>
  | Omit<Extract<ProceedingEvent, { readonly type: "objected" }>, "counts">
  | { readonly type: "effective"; readonly performBy?: Day };

export interface ToldMove {
  readonly what: ToldEvent;
  readonly dated: Day;
  /** What it is called: the same one twice changes nothing. */
  readonly event: string;
}

/** Who records it, and when. */
export interface Recording {
  readonly law: ProceedingLaw;
  readonly by: string;
  readonly at: Instant;
  /** The business day it is booked on, and the day that it is for the lender. */
  readonly on: Day;
  readonly today: Day;
}

export interface ProceedingNo {
  readonly code: string;
  readonly says: Words;
}

export type RecordedMove =
  | {
      readonly ok: true;
      /** It stands in the journal already, word for word. */
      readonly known: boolean;
      readonly fact: ProceedingMoved;
      readonly life: ProceedingLife;
      /** Sums that belong into the ledger now. */
      readonly award?: Award & { readonly performBy: Day; readonly entry: string };
      /** Why it counts less than it says, where that is so. */
      readonly because?: Source;
    }
  | { readonly ok: false; readonly refusal: ProceedingNo };

const no = (code: string, en: string, zh: string): RecordedMove => ({
  ok: false,
  refusal: { code, says: { en, zh } },
});
const bySays = ({ code, says }: Refusal): RecordedMove => no(code, says, REFUSED_ZH[code] ?? says);

const REFUSED_ZH: Readonly<Record<string, string>> = {
  "not-served": "请先登记送达日期（court event 编号 served）",
  "no-performance": "请注明履行期限：--perform-by 日期，或 --perform-days 天数（自生效之日起）",
  "calendar-unknown": "期限末日所在年份的放假安排尚未公布；请先补充日历再登记，在此之前以较早日期为准",
};

/**
 * Records that something happened in a proceeding.
 *
 * Takes   the proceeding as it stands, the event as told, and who records it under which law.
 * Gives   the fact, the proceeding after it, and the sums that belong into the ledger where it came into force.
 * Refuses `future-day`, `differs-from-accepted`, what `mayProceed` refuses, and what the days need: `not-served`, `no-performance`,
 *         `calendar-unknown`.
 */
export function recordMove(life: ProceedingLife, told: ToldMove, recording: Recording): RecordedMove {
  const { what, dated, event } = told;
  const { law, by, at, on, today } = recording;
  if (dated > today)
    return no(
      "future-day",
      `${formatDay(dated)} is still to come; record it when its day has come`,
      `${formatDay(dated)} 尚未到来，届时再登记`,
    );
  const before = life.events.find((one) => one.event === event);
  if (before) return { ok: true, known: true, fact: before, life };
  const whole = completed(life, what, dated, law);
  if (!whole.ok) return whole;
  const moment = momentOf(life, whole.event, dated, law);
  if ("refusal" in moment) return bySays(moment.refusal);
  const may = mayProceed(life.way, life.state, eventKey(whole.event), moment);
  if (!may.ok) return may;
  const fact: ProceedingMoved = {
    kind: "ProceedingMoved",
    on,
    at,
    id: life.id,
    by,
    event,
    dated,
    what: whole.event,
  };
  const next = movedLife(life, fact);
  const effective = whole.event.type === "effective" ? whole.event : undefined;
  return {
    ok: true,
    known: false,
    fact,
    life: next,
    ...(effective && life.award
      ? { award: { ...life.award, performBy: effective.performBy, entry: effective.entry } }
      : {}),
    ...(whole.because ? { because: whole.because } : {}),
  };
}

type Completed =
  | { readonly ok: true; readonly event: ProceedingEvent; readonly because?: Source }
  | Extract<RecordedMove, { readonly ok: false }>;

/** The event with what the law says of it: whether an objection counts, by when to perform, how a number is written. */
function completed(life: ProceedingLife, what: ToldEvent, dated: Day, law: ProceedingLaw): Completed {
  switch (what.type) {
    case "objected": {
      const found = objectionCounts(life, { ...what, dated }, law);
      return {
        ok: true,
        event: { ...what, counts: found.counts },
        ...(found.because ? { because: found.because } : {}),
      };
    }
    case "effective": {
      const entry = `${life.id}/judgment/${life.facts + 1}`;
      if (what.performBy !== undefined)
        return { ok: true, event: { type: "effective", performBy: what.performBy, entry } };
      // Without sums nothing can be performed; `mayProceed` says so.
      const by = life.award ? performanceDay(life, dated, law) : ({ ok: true, value: dated } as const);
      if (!by.ok) return bySays(by.refusal) as Completed;
      return { ok: true, event: { type: "effective", performBy: by.value, entry } };
    }
    case "accepted":
    case "appeal-accepted": {
      const number = caseNumberOf(what.caseNumber, dated);
      return { ok: true, event: { ...what, caseNumber: number?.text ?? what.caseNumber } };
    }
    default:
      return { ok: true, event: what };
  }
}

function momentOf(
  life: ProceedingLife,
  event: ProceedingEvent,
  dated: Day,
  law: ProceedingLaw,
): ProceedingMoment | { readonly refusal: Refusal } {
  const base: ProceedingMoment = {
    inOrder: dated >= life.since,
    consent: true,
    ...(life.procedure === undefined ? {} : { procedureNow: life.procedure }),
    ...("reason" in event && event.reason !== undefined ? { reason: event.reason } : {}),
  };
  switch (event.type) {
    case "accepted":
    case "appeal-accepted": {
      const number = caseNumberOf(event.caseNumber, dated);
      const procedure = event.type === "accepted" ? (event.procedure ?? life.procedure) : undefined;
      return {
        ...base,
        caseNumber: number !== undefined && number.wrong.length === 0,
        ...(procedure === undefined ? {} : { procedure }),
      };
    }
    case "converted":
      return { ...base, procedure: event.procedure };
    case "served":
      return {
        ...base,
        consent: event.way !== "electronic" || event.consent !== undefined,
        publicNotice: event.way === "public-notice",
        ...(life.way === "payment-order" ? { procedureNow: "summary" } : {}),
      };
    case "judgment":
    case "mediated":
    case "issued":
    case "agreed":
      return { ...base, award: covers(event, life.debts) };
    case "appeal-decided":
      return { ...base, award: event.award !== undefined && covers(event.award, life.debts) };
    case "effective": {
      const known = life.award !== undefined && covers(life.award, life.debts);
      const asksDays = life.way === "payment-order" || life.state === "judged" || isSecondInstance(life);
      if (!asksDays || !known) return { ...base, award: known, appealOver: true, objectionOver: true };
      const from = effectiveFrom(life, law);
      if (!from.ok) return { refusal: from.refusal };
      const over = dated >= from.value;
      return { ...base, award: known, appealOver: over, objectionOver: over };
    }
    default:
      return base;
  }
}

const isSecondInstance = ({ way, state }: ProceedingLife): boolean => way === "suit" && state === "final";

/** Sums for each loan, once, and for no other. */
const covers = ({ sums }: Award, debts: readonly string[]): boolean =>
  sums.length === debts.length && debts.every((debt) => sums.some((one) => one.debt === debt));

/** Takes the last event back. Refuses any other: what came after it rests on it. */
export function recordTakenBack(
  life: ProceedingLife,
  { event, reason }: { readonly event: string; readonly reason: string },
  { by, at, on }: Recording,
):
  | { readonly ok: true; readonly fact: ProceedingTakenBack; readonly moved: ProceedingMoved }
  | Extract<RecordedMove, { readonly ok: false }> {
  const last = life.events.at(-1);
  if (!last || (last.event !== event && last.what.type !== event))
    return no(
      "not-the-last",
      `only the last event can be taken back${last ? `, which is ${last.event}` : ", and there is none"}`,
      `只能撤回最后登记的事件${last ? `：${last.event}` : "，目前没有"}`,
    ) as Extract<RecordedMove, { readonly ok: false }>;
  if (reason.trim() === "")
    return no("proceeding-no-reason", "say why: --reason", "须说明理由：--reason") as Extract<
      RecordedMove,
      { readonly ok: false }
    >;
  return {
    ok: true,
    moved: last,
    fact: { kind: "ProceedingTakenBack", on, at, id: life.id, by, event: last.event, reason },
  };
}
