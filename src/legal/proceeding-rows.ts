import {
  addDays,
  type Day,
  type MatterActor,
  type ProceedingEvent,
  type ProceedingMoved,
  type Refusal,
  type Side,
} from "../core/index.ts";
import { type Counting, type Deadline, deadline, type PeriodRule } from "./deadline.ts";
import type { ProceedingEventType, ProceedingLife } from "./proceeding.ts";
import type { Source } from "./source.ts";

/** Periods of the law of procedure that a proceeding needs, by their names in the pack. */
export const PROCEEDING_PERIODS = [
  "preservation.sue",
  "accept",
  "fee",
  "copy",
  "answer",
  "answer.small-claims",
  "notice",
  "time.ordinary",
  "time.summary",
  "time.small-claims",
  "appeal",
  "appeal.ruling",
  "appeal.copy",
  "appeal.answer",
  "appeal.time",
  "appeal.time.ruling",
  "service.public-notice",
  "mediation.confirm",
  "payment-order.accept",
  "payment-order.issue",
  "payment-order.unserved",
  "payment-order.objection",
  "payment-order.refuse-suit",
  "enforcement",
] as const;
export type ProceedingPeriod = (typeof PROCEEDING_PERIODS)[number];

/** Sentences without a number that say why a day is what it is. */
export const PROCEEDING_POINTS = [
  "fee.unpaid",
  "objection",
  "objection.waived",
  "time.converted",
  "time.not-counted",
  "small-claims.final",
  "small-claims.objection",
  "summary.no-public-notice",
  "effective",
  "appeal.final",
  "mediation.effective-day",
  "payment-order.enforce",
  "payment-order.oral",
  "payment-order.late",
  "payment-order.inability",
  "payment-order.suit",
  "payment-order.deemed-suit",
] as const;
export type ProceedingPoint = (typeof PROCEEDING_POINTS)[number];

/** The law on proceedings of a place on a day. */
export interface ProceedingLaw {
  readonly counting: Counting;
  readonly periods: Readonly<Record<ProceedingPeriod, PeriodRule>>;
  readonly points: Readonly<Record<ProceedingPoint, Source>>;
  /** How many days before one of our own days a person is asked. */
  readonly remindDays: number;
}

export type DeadlineName =
  | "sue-after-preservation"
  | "court-accepts"
  | "pay-fee"
  | "court-serves"
  | "answer"
  | "object-to-court"
  | "notice-of-hearing"
  | "hearing"
  | "set-by-court"
  | "court-decides"
  | "appeal"
  | "debtor-appeals"
  | "appeal-ruling"
  | "court-sends-appeal"
  | "answer-appeal"
  | "appeal-decided"
  | "confirm"
  | "court-issues"
  | "serve-order"
  | "object-to-order"
  | "refuse-suit"
  | "perform"
  | "enforce";

/** A day of a proceeding: until when, who has to act, and where it stands. */
export interface ProceedingDay {
  readonly what: DeadlineName;
  readonly by: MatterActor;
  /** Id of the event that began it. */
  readonly event: string;
  readonly from: Day;
  /**
   * The last day. Where the calendar does not reach it, the earliest day that it can be: by then it is safe, and `unknown` says what is
   * missing.
   */
  readonly lastOn: Day;
  readonly deadline?: Deadline<DeadlineName>;
  readonly unknown?: Refusal;
  readonly source: Source | undefined;
  /** What the court calls it, where it set the period itself. */
  readonly name?: string;
}

export type Begun = {
  readonly from: Day;
  /** A period of the pack, or a day that somebody named. */
  readonly period: PeriodRule | { readonly on: Day; readonly source?: Source };
  readonly name?: string;
};

export interface DayRow {
  readonly what: DeadlineName;
  readonly by: MatterActor;
  /** Whether an event begins it, and from when. */
  readonly begins: (moved: ProceedingMoved, life: ProceedingLife, law: ProceedingLaw) => Begun | undefined;
  /** What ends the waiting, whoever did it. */
  readonly until:
    | readonly ProceedingEventType[]
    | ((event: ProceedingEvent, begun: ProceedingEvent) => boolean);
}

const on =
  (type: ProceedingEventType, period: ProceedingPeriod): DayRow["begins"] =>
  ({ what, dated }, _life, law) =>
    what.type === type ? { from: dated, period: law.periods[period] } : undefined;

const servedOn =
  (paper: string, to: Side, period: ProceedingPeriod): DayRow["begins"] =>
  (moved, life, law) =>
    moved.what.type === "served" && moved.what.paper === paper && moved.what.to === to
      ? { from: serviceDay(moved, law), period: periodFor(period, life, law) }
      : undefined;

const periodFor = (
  period: ProceedingPeriod,
  { procedure }: ProceedingLife,
  { periods }: ProceedingLaw,
): PeriodRule =>
  period === "answer" && procedure === "small-claims" ? periods["answer.small-claims"] : periods[period];

const DECIDED: readonly ProceedingEventType[] = [
  "judgment",
  "claim-dismissed",
  "mediated",
  "withdrawn",
  "ruled",
  "jurisdiction-ruled",
];
const ANSWERED_BY: readonly ProceedingEventType[] = ["answered", ...DECIDED, "effective", "appealed"];

/** Every day that follows from what happened in a proceeding. */
export const PROCEEDING_DAYS: readonly DayRow[] = [
  {
    what: "sue-after-preservation",
    by: "us",
    begins: on("preserved", "preservation.sue"),
    until: ["filed"],
  },
  {
    what: "court-accepts",
    by: "court",
    begins: (moved, life, law) =>
      moved.what.type === "filed" && life.way !== "mediation"
        ? {
            from: moved.dated,
            period: law.periods[life.way === "suit" ? "accept" : "payment-order.accept"],
          }
        : undefined,
    until: ["accepted", "ruled", "withdrawn", "mediated"],
  },
  {
    what: "pay-fee",
    by: "us",
    begins: on("fee-noticed", "fee"),
    until: ["fee-paid", "withdrawn", "ruled"],
  },
  {
    what: "court-serves",
    by: "court",
    begins: (moved, { way }, law) =>
      moved.what.type === "accepted" && way === "suit"
        ? { from: moved.dated, period: law.periods.copy }
        : undefined,
    until: (event) =>
      (event.type === "served" && event.paper === "complaint") || DECIDED.includes(event.type),
  },
  { what: "answer", by: "debtor", begins: servedOn("complaint", "debtor", "answer"), until: ANSWERED_BY },
  {
    what: "object-to-court",
    by: "debtor",
    begins: (moved, life, law) => {
      const begun = servedOn("complaint", "debtor", "answer")(moved, life, law);
      return begun && "period" in begun.period
        ? { ...begun, period: { ...begun.period, source: law.points.objection } }
        : begun;
    },
    until: ["jurisdiction-objected", ...ANSWERED_BY],
  },
  {
    what: "notice-of-hearing",
    by: "court",
    begins: (moved, { procedure }, law) => {
      const hearingOn = hearingOf(moved.what);
      return hearingOn !== undefined && procedure === "ordinary"
        ? { from: hearingOn, period: law.periods.notice }
        : undefined;
    },
    // Recorded with the hearing: it is a check of the notice, and nothing that is waited for.
    until: () => false,
  },
  {
    what: "hearing",
    by: "us",
    begins: (moved) => {
      const hearingOn = hearingOf(moved.what);
      return hearingOn === undefined ? undefined : { from: moved.dated, period: { on: hearingOn } };
    },
    until: ["hearing-set", "adjourned", "heard", ...DECIDED, "appeal-decided"],
  },
  {
    what: "set-by-court",
    by: "us",
    begins: ({ what, dated }) =>
      what.type === "period-set" && what.side === "us"
        ? { from: dated, period: { on: what.until }, name: what.name }
        : undefined,
    until: (event, begun) =>
      (event.type === "period-kept" || event.type === "period-set") &&
      begun.type === "period-set" &&
      event.name === begun.name,
  },
  {
    what: "court-decides",
    by: "court",
    begins: (moved, life, law) => {
      if (moved.what.type !== "accepted" || life.way !== "suit") return undefined;
      const { period, source } = law.periods[`time.${life.procedure ?? "ordinary"}`];
      const more = life.events.reduce(
        (sum, { what }) => sum + (what.type === "extended" ? what.months : 0),
        0,
      );
      const months = "months" in period ? period.months + more : more;
      return { from: moved.dated, period: { period: { months }, source } };
    },
    until: DECIDED,
  },
  {
    what: "appeal",
    by: "us",
    begins: (moved, life, law) =>
      life.procedure === "small-claims" || life.state === "final"
        ? undefined
        : servedOn("judgment", "us", "appeal")(moved, life, law),
    until: (event) =>
      (event.type === "appealed" && event.side === "us") ||
      event.type === "effective" ||
      event.type === "appeal-decided",
  },
  {
    what: "debtor-appeals",
    by: "debtor",
    begins: (moved, life, law) =>
      life.procedure === "small-claims" || life.state === "final"
        ? undefined
        : servedOn("judgment", "debtor", "appeal")(moved, life, law),
    until: (event) =>
      (event.type === "appealed" && event.side === "debtor") ||
      event.type === "effective" ||
      event.type === "appeal-decided",
  },
  {
    what: "appeal-ruling",
    by: "us",
    begins: (moved, life, law) =>
      life.procedure === "small-claims"
        ? undefined
        : servedOn("ruling", "us", "appeal.ruling")(moved, life, law),
    until: ["appealed", "ended"],
  },
  {
    what: "court-sends-appeal",
    by: "court",
    begins: on("appealed", "appeal.copy"),
    until: (event) =>
      (event.type === "served" && event.paper === "appeal") ||
      event.type === "appeal-accepted" ||
      event.type === "appeal-decided" ||
      event.type === "mediated",
  },
  {
    what: "answer-appeal",
    by: "us",
    begins: servedOn("appeal", "us", "appeal.answer"),
    until: ["answered", "appeal-decided", "mediated"],
  },
  {
    what: "appeal-decided",
    by: "court",
    begins: (moved, { state }, law) =>
      moved.what.type === "appeal-accepted"
        ? {
            from: moved.dated,
            period: law.periods[state === "ruling-appealed" ? "appeal.time.ruling" : "appeal.time"],
          }
        : undefined,
    until: ["appeal-decided", "mediated"],
  },
  {
    what: "confirm",
    by: "us",
    begins: on("agreed", "mediation.confirm"),
    until: ["confirmation-applied", "performed"],
  },
  {
    what: "court-issues",
    by: "court",
    begins: (moved, { way }, law) =>
      moved.what.type === "accepted" && way === "payment-order"
        ? { from: moved.dated, period: law.periods["payment-order.issue"] }
        : undefined,
    until: ["issued", "ruled", "withdrawn"],
  },
  {
    what: "serve-order",
    by: "court",
    begins: on("issued", "payment-order.unserved"),
    until: ["served", "voided", "withdrawn", "performed"],
  },
  {
    what: "object-to-order",
    by: "debtor",
    begins: servedOn("payment-order", "debtor", "payment-order.objection"),
    until: (event) =>
      (event.type === "objected" && event.counts) || event.type === "voided" || event.type === "effective",
  },
  {
    what: "refuse-suit",
    by: "us",
    begins: on("voided", "payment-order.refuse-suit"),
    until: ["suit-refused", "became-suit"],
  },
  {
    what: "perform",
    by: "debtor",
    begins: ({ what, dated }) =>
      what.type === "effective" ? { from: dated, period: { on: what.performBy } } : undefined,
    until: ["enforcement-applied", "performed"],
  },
  {
    what: "enforce",
    by: "us",
    begins: ({ what }, _life, law) =>
      what.type === "effective" ? { from: what.performBy, period: law.periods.enforcement } : undefined,
    until: ["enforcement-applied", "performed"],
  },
];

const hearingOf = (event: ProceedingEvent): Day | undefined =>
  event.type === "hearing-set" || event.type === "adjourned" ? event.hearingOn : undefined;

/** The day on which something counts as served: by public notice, thirty days after it was published. */
export function serviceDay({ what, dated }: ProceedingMoved, law: ProceedingLaw): Day {
  if (what.type !== "served" || what.way !== "public-notice") return dated;
  const found = deadline("served", dated, law.periods["service.public-notice"], law.counting);
  return found.ok ? found.value.lastOn : addDays(dated, 30);
}
