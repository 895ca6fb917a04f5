import {
  addDays,
  type Day,
  type MatterActor,
  type MeasureType,
  type Minor,
  type WatchedDate,
} from "../core/index.ts";
import { type Counting, deadline, firstWorkingDay, naturalEnd, type PeriodRule } from "./deadline.ts";
import type { EnforcementLife } from "./enforcement-life.ts";
import type { Source } from "./source.ts";

/** Periods of the law of enforcement, by the name of their parameter. */
export const ENFORCEMENT_PERIODS = [
  "limitation.enforcement",
  "enforcement.accept",
  "enforcement.notice",
  "enforcement.usual-time",
  "enforcement.upper-court",
  "enforcement.round.conditions",
  "dishonest.decision",
  "dishonest.wrong",
  "dishonest.removal",
  "dishonest.removal.term",
  "dishonest.again.bar",
  "dishonest.correction.answer",
  "dishonest.correction.made",
  "dishonest.correction.review",
  "dishonest.correction.review.answer",
  "consumption.temporary",
] as const;
export type EnforcementPeriod = (typeof ENFORCEMENT_PERIODS)[number];

/** The law of a place on enforcement, on a day; a pack gives it. */
export interface EnforcementRule {
  readonly counting: Counting;
  readonly periods: Readonly<Record<EnforcementPeriod, PeriodRule>>;
  /** Every six months for five years. */
  readonly recheck: { readonly months: number; readonly years: number; readonly source: Source };
  /** Years that a freeze or a seizure lasts at most. */
  readonly longest: {
    readonly deposits: number;
    readonly movables: number;
    readonly other: number;
    readonly source: Source;
  };
  readonly fine: { readonly most: Minor; readonly source: Source };
  readonly detention: { readonly days: number; readonly source: Source };
  readonly term: { readonly years: number; readonly source: Source };
  readonly longer: { readonly least: number; readonly most: number; readonly source: Source };
  readonly grace: { readonly least: number; readonly most: number; readonly source: Source };
  /** Days before a last day of ours on which people are reminded. */
  readonly remindDays: number;
  /** Working days from one reminder of a deletion to the next. */
  readonly chaseDays: number;
  /** Where any parameter of enforcement, the list or limits of consumption stands. */
  readonly source: (param: string) => Source;
}

export type EnforcementDateWhat =
  | "enforcement-accept"
  | "enforcement-notice"
  | "enforcement-usual-end"
  | "enforcement-upper-court"
  | "notice-perform"
  | "settlement-part"
  | "settlement-resume"
  | "measure-renew"
  | "assets-recheck"
  | "list-decision"
  | "list-publish"
  | "list-removal"
  | "list-removal-chase"
  | "list-term-end"
  | "list-again"
  | "correction-answer"
  | "correction-made"
  | "correction-review"
  | "correction-review-answer"
  | "order-lift"
  | "order-lift-chase"
  | "order-end"
  | "relief-end"
  | "round-possible";

export interface EnforcementDate {
  readonly what: EnforcementDateWhat;
  readonly by: MatterActor;
  readonly from: Day;
  /** The last day in time; of what is only possible from a day on, the day before it. */
  readonly lastOn: Day;
  /** The days off of its year are known. Where not, a day is the one by counting alone, which is never too late. */
  readonly certain: boolean;
  /** It is no deadline: from the day after `lastOn` on it may be done. */
  readonly possible?: true;
  /** Which measure, part or search. */
  readonly of?: string;
  readonly source: Source;
}

/**
 * The days of an enforcement and its lists that are still open: who has to act by when, and where that stands.
 *
 * Takes   the life as it stands and the law of the day asked about.
 * Gives   days in order. What is recorded as done, and what its state has overtaken, is not among them.
 * Holds   a day whose year has no published days off is never later than the true one.
 */
export function enforcementDates(life: EnforcementLife, rule: EnforcementRule): readonly EnforcementDate[] {
  const dates = [
    ...ofRound(life, rule),
    ...ofSettlement(life, rule),
    ...ofMeasures(life, rule),
    ...ofListing(life, rule),
    ...ofOrder(life, rule),
  ];
  return dates.sort((a, b) => a.lastOn - b.lastOn);
}

/** By the calendar; where that is not known, by counting alone. */
function due(
  what: EnforcementDateWhat,
  by: MatterActor,
  from: Day,
  period: PeriodRule,
  { counting }: EnforcementRule,
): EnforcementDate {
  const found = deadline(what, from, period, counting);
  if (found.ok) return { what, by, from, lastOn: found.value.lastOn, certain: true, source: period.source };
  const lastOn =
    "workingDays" in period.period
      ? addDays(from, period.period.workingDays)
      : naturalEnd(from, period.period);
  return { what, by, from, lastOn, certain: false, source: period.source };
}

function ofRound(life: EnforcementLife, rule: EnforcementRule): EnforcementDate[] {
  const { state, applied, accepted, noticed, round } = life;
  const { periods } = rule;
  const dates: EnforcementDate[] = [];
  if (state === "applied")
    dates.push(due("enforcement-accept", "court", applied.dated, periods["enforcement.accept"], rule));
  if (state === "applied" || state === "accepted")
    dates.push(due("enforcement-notice", "court", applied.dated, periods["enforcement.notice"], rule));
  if (state === "noticed" && noticed)
    dates.push({
      what: "notice-perform",
      by: "debtor",
      from: noticed.dated,
      lastOn: noticed.performBy,
      certain: true,
      source: rule.source("consumption.may"),
    });
  if ((state === "accepted" || state === "noticed") && accepted) {
    dates.push(
      due("enforcement-usual-end", "court", accepted.dated, periods["enforcement.usual-time"], rule),
    );
    dates.push({
      ...due("enforcement-upper-court", "us", applied.dated, periods["enforcement.upper-court"], rule),
      possible: true,
    });
  }
  if (state === "noticed" && accepted)
    dates.push({
      ...due("round-possible", "court", accepted.dated, periods["enforcement.round.conditions"], rule),
      possible: true,
    });
  if (state === "round-ended" && round) dates.push(...rechecks(life, round.dated, rule));
  return dates;
}

/** The court looks every six months for five years; searches on record answer the earliest ones. */
function rechecks(life: EnforcementLife, from: Day, rule: EnforcementRule): EnforcementDate[] {
  const { months, years, source } = rule.recheck;
  const all = Array.from({ length: (years * 12) / months }, (_, i) => (i + 1) * months);
  return all.slice(life.searches.length).map((after, i) => ({
    ...due("assets-recheck", "court", from, { period: { months: after }, source }, rule),
    of: String(life.searches.length + i + 1),
  }));
}

function ofSettlement(life: EnforcementLife, rule: EnforcementRule): EnforcementDate[] {
  const { state, settlement } = life;
  if (!settlement) return [];
  const source = rule.source("enforcement.settlement");
  if (state === "settled")
    return settlement.parts.map(({ dueOn }, i) => ({
      what: "settlement-part",
      by: "debtor",
      from: settlement.dated,
      lastOn: dueOn,
      certain: true,
      of: String(i + 1),
      source,
    }));
  if (state !== "settlement-broken") return [];
  const last = settlement.parts.reduce((day, { dueOn }) => Math.max(day, dueOn), 0) as Day;
  const period = {
    ...rule.periods["limitation.enforcement"],
    source: rule.source("enforcement.settlement.resume-from"),
  };
  return [due("settlement-resume", "us", last, period, rule)];
}

const LASTS: Readonly<Partial<Record<MeasureType, "deposits" | "movables" | "other">>> = {
  "freeze-deposits": "deposits",
  "seize-movables": "movables",
  "seize-immovables": "other",
  "freeze-other": "other",
};

/** The last day that the text lets a freeze or a seizure last; none where it sets none. */
export function longestMeasure(type: MeasureType, from: Day, { longest }: EnforcementRule): Day | undefined {
  const kind = LASTS[type];
  return kind && naturalEnd(from, { years: longest[kind] });
}

function ofMeasures(life: EnforcementLife, rule: EnforcementRule): EnforcementDate[] {
  if (life.state === "closed" || life.state === "rejected") return [];
  return life.measures.flatMap(({ id, granted, ended }): EnforcementDate[] =>
    !granted || granted.until === undefined || ended
      ? []
      : [
          {
            what: "measure-renew",
            by: "us",
            from: granted.dated,
            lastOn: granted.until,
            certain: true,
            of: id,
            source: rule.source("enforcement.measures.renewal"),
          },
        ],
  );
}

function ofListing(life: EnforcementLife, rule: EnforcementRule): EnforcementDate[] {
  const list = life.lists.dishonest;
  const { periods } = rule;
  const last = list.facts.at(-1);
  const dates: EnforcementDate[] = [];
  if (list.state === "applied" && last)
    dates.push(due("list-decision", "court", last.dated, periods["dishonest.decision"], rule));
  if (list.state === "in-grace" && list.until !== undefined && list.decidedOn !== undefined && !list.entitled)
    dates.push({
      what: "list-publish",
      by: "debtor",
      from: list.decidedOn,
      lastOn: list.until,
      certain: true,
      source: rule.grace.source,
    });
  if (list.state === "removed" && list.removedFor === "creditor-asks" && list.removedOn !== undefined)
    dates.push({
      ...due("list-again", "us", list.removedOn, periods["dishonest.again.bar"], rule),
      possible: true,
    });
  if (list.state !== "listed" && list.state !== "in-grace") return dates;
  return [...dates, ...ofRemoval(life, rule), ...ofCorrection(life, rule)];
}

function ofRemoval(life: EnforcementLife, rule: EnforcementRule): EnforcementDate[] {
  const list = life.lists.dishonest;
  const termEnds = listingEnds(life);
  if (termEnds !== undefined) {
    const removal = due("list-removal", "court", termEnds, rule.periods["dishonest.removal.term"], rule);
    const ends: EnforcementDate = {
      what: "list-term-end",
      by: "court",
      from: list.decidedOn!,
      lastOn: termEnds,
      certain: true,
      possible: true,
      source: rule.term.source,
    };
    return [ends, removal, ...chases("list-removal-chase", removal, rule)];
  }
  if (!list.entitled) return [];
  const removal = due("list-removal", "court", list.entitled.on, rule.periods["dishonest.removal"], rule);
  return [removal, ...chases("list-removal-chase", removal, rule)];
}

/** Last day of a listing with a term; none of one without. */
export function listingEnds({ lists: { dishonest } }: EnforcementLife): Day | undefined {
  const { years, decidedOn } = dishonest;
  return years === undefined || decidedOn === undefined ? undefined : naturalEnd(decidedOn, { years });
}

const CHASED = 10;
const CHASED_LATER = 12;

/** After the last day people ask again, every few working days and then every month, until it is recorded as done. */
function chases(
  what: "list-removal-chase" | "order-lift-chase",
  { lastOn, by }: EnforcementDate,
  rule: EnforcementRule,
): EnforcementDate[] {
  const source = rule.source("enforcement.chase");
  const dates: EnforcementDate[] = [];
  let from = lastOn;
  for (let i = 0; i < CHASED; i++) {
    const one = due(what, by, from, { period: { workingDays: rule.chaseDays }, source }, rule);
    dates.push(one);
    from = one.lastOn;
  }
  for (let i = 1; i <= CHASED_LATER; i++)
    dates.push(due(what, by, from, { period: { months: i }, source }, rule));
  return dates;
}

function ofCorrection(life: EnforcementLife, rule: EnforcementRule): EnforcementDate[] {
  const { periods } = rule;
  const last = life.lists.dishonest.facts.findLast(
    ({ move }) => move.startsWith("correction") || move.startsWith("review"),
  );
  switch (last?.move) {
    case "correction-asked":
      return [due("correction-answer", "court", last.dated, periods["dishonest.correction.answer"], rule)];
    case "correction-granted":
      return [due("correction-made", "court", last.dated, periods["dishonest.correction.made"], rule)];
    case "correction-refused":
      return [due("correction-review", "debtor", last.dated, periods["dishonest.correction.review"], rule)];
    case "review-asked": {
      const period = periods["dishonest.correction.review.answer"];
      return [due("correction-review-answer", "court", last.dated, period, rule)];
    }
    default:
      return [];
  }
}

function ofOrder(life: EnforcementLife, rule: EnforcementRule): EnforcementDate[] {
  const { consumption } = life.lists;
  if (consumption.state !== "ordered") return [];
  const dates: EnforcementDate[] = [];
  const end = (what: "order-end" | "relief-end", from: Day, lastOn: Day, source: Source): void => {
    dates.push({ what, by: "court", from, lastOn, certain: true, possible: true, source });
  };
  if (consumption.until !== undefined)
    end("order-end", consumption.decidedOn!, consumption.until, rule.source("consumption.order"));
  const relief = consumption.facts.findLast(({ move }) => move === "relieved");
  if (relief?.until !== undefined)
    end("relief-end", relief.dated, relief.until, rule.source("consumption.temporary"));
  const { closed } = life;
  if (closed && (closed.why === "performed" || closed.why === "settlement-performed")) {
    // "In time" has no number of days in the text: people are reminded from the first working day on.
    const source = rule.source("consumption.lift.must");
    const next = firstWorkingDay(addDays(closed.dated, 1), rule.counting.calendar);
    const lift: EnforcementDate = {
      what: "order-lift",
      by: "court",
      from: closed.dated,
      lastOn: next ?? addDays(closed.dated, 1),
      certain: next !== undefined,
      source,
    };
    dates.push(lift, ...chases("order-lift-chase", lift, rule));
  }
  return dates;
}

/** These days as the close watches them: what is ours early, the rest when it is over. What is only possible is no deadline. */
export function watchedDates(
  dates: readonly EnforcementDate[],
  rule: EnforcementRule,
): readonly WatchedDate[] {
  return dates.map(({ what, by, lastOn, of, possible }) => ({
    what: of === undefined ? what : `${what}:${of}`,
    by,
    lastOn,
    ...(by === "us" && possible !== true ? { remindOn: addDays(lastOn, -rule.remindDays) } : {}),
  }));
}
