import {
  addDays,
  type Day,
  formatDay,
  ok,
  type ProceedingMoved,
  type Result,
  refuse,
  type Side,
  type WatchedDate,
} from "../core/index.ts";
import { deadline, naturalEnd, type PeriodRule } from "./deadline.ts";
import { isOverState, type ProceedingLife } from "./proceeding.ts";
import {
  type Begun,
  type DayRow,
  PROCEEDING_DAYS,
  type ProceedingDay,
  type ProceedingLaw,
  serviceDay,
} from "./proceeding-rows.ts";
import type { Source } from "./source.ts";

/**
 * The days of a proceeding that are open: what began them happened, and what ends them did not.
 *
 * Takes   the proceeding, and the law on it as it stands on the day of asking.
 * Gives   each with its steps, in order of their last days; where the calendar ends before one, the earliest day that it can be.
 */
export function proceedingDays(life: ProceedingLife, law: ProceedingLaw): ProceedingDay[] {
  if (isOverState(life.state)) return [];
  const days: ProceedingDay[] = [];
  life.events.forEach((moved, i) => {
    for (const row of PROCEEDING_DAYS) {
      const begun = row.begins(moved, life, law);
      if (!begun || isOver(row, moved, life.events.slice(i + 1))) continue;
      days.push(dayOf(row, moved.event, begun, law));
    }
  });
  return days.sort((a, b) => a.lastOn - b.lastOn);
}

const isOver = ({ until }: DayRow, { what }: ProceedingMoved, later: readonly ProceedingMoved[]): boolean =>
  later.some((one) => (typeof until === "function" ? until(one.what, what) : until.includes(one.what.type)));

function dayOf({ what, by }: DayRow, event: string, begun: Begun, law: ProceedingLaw): ProceedingDay {
  const { from, period, name } = begun;
  const base = { what, by, event, from, ...(name === undefined ? {} : { name }) };
  if ("on" in period) return { ...base, lastOn: period.on, source: period.source };
  const found = deadline(what, from, period, law.counting);
  const { source } = period;
  if (found.ok) return { ...base, lastOn: found.value.lastOn, deadline: found.value, source };
  const earliest = "workingDays" in period.period ? addDays(from, 1) : naturalEnd(from, period.period);
  return { ...base, lastOn: earliest, unknown: found.refusal, source };
}

/**
 * The first day on which a judgment or order is in force, by what was recorded of its service.
 *
 * Refuses `not-served`: it was not served on both sides, or not on the debtor; `calendar-unknown`, as `deadline` does.
 * Source  Civil Procedure Law arts 158, 165, 171, 182, 227.
 */
export function effectiveFrom(life: ProceedingLife, law: ProceedingLaw): Result<Day> {
  if (life.way === "payment-order") {
    const last = lastServed(life, "payment-order", "debtor");
    if (!last) return notServed("the payment order on the debtor");
    return afterEnd(serviceDay(last, law), law.periods["payment-order.objection"], law);
  }
  const services = [lastServed(life, "judgment", "us"), lastServed(life, "judgment", "debtor")];
  const [ours, theirs] = services;
  if (!ours || !theirs) return notServed("the judgment on both sides");
  const [a, b] = [serviceDay(ours, law), serviceDay(theirs, law)];
  // With no appeal left, it takes effect when it is served on the last of them.
  if (life.procedure === "small-claims" || life.state === "final") return ok(Math.max(a, b) as Day);
  const [first, second] = [a, b].map((served) => afterEnd(served, law.periods.appeal, law));
  if (!first!.ok) return first!;
  if (!second!.ok) return second!;
  return ok(Math.max(first!.value, second!.value) as Day);
}

/** The last service of a paper on a side, of the instance that decided last. */
function lastServed(life: ProceedingLife, paper: string, to: Side): ProceedingMoved | undefined {
  const since = life.events.findLastIndex(
    ({ what: { type } }) =>
      type === "judgment" || type === "claim-dismissed" || type === "appeal-decided" || type === "issued",
  );
  return life.events
    .slice(since + 1)
    .findLast(({ what }) => what.type === "served" && what.paper === paper && what.to === to);
}

function afterEnd(served: Day, rule: PeriodRule, law: ProceedingLaw): Result<Day> {
  const found = deadline("in-force", served, rule, law.counting);
  return found.ok ? ok(addDays(found.value.lastOn, 1)) : found;
}

const notServed = (what: string) =>
  refuse("not-served", `record first on which day ${what} was served: court event ID served`, "on");

/**
 * By when a decision has to be performed, once it is in force: the day that it names, or so many days after it came into force; a
 * payment order by the last day to pay or object.
 *
 * Refuses `no-performance`: neither was recorded; `calendar-unknown`.
 */
export function performanceDay(
  { way, award, ...life }: ProceedingLife,
  effectiveOn: Day,
  law: ProceedingLaw,
): Result<Day> {
  if (award?.performBy !== undefined) return ok(award.performBy);
  if (award?.performDays !== undefined) {
    const source = law.points.effective;
    const found = deadline(
      "perform",
      effectiveOn,
      { period: { days: award.performDays }, source },
      law.counting,
    );
    return found.ok ? ok(found.value.lastOn) : found;
  }
  if (way === "payment-order") {
    const last = lastServed({ way, ...life }, "payment-order", "debtor");
    if (last) {
      const end = afterEnd(serviceDay(last, law), law.periods["payment-order.objection"], law);
      return end.ok ? ok(addDays(end.value, -1)) : end;
    }
  }
  return refuse(
    "no-performance",
    "say by when it has to be performed: --perform-by DAY, or --perform-days N from the day of effect",
    "performBy",
  );
}

/** Whether an objection to a payment order counts: in writing, about the debt itself, and within the fifteen days. */
export function objectionCounts(
  life: ProceedingLife,
  objection: { readonly written: boolean; readonly ground: string; readonly dated: Day },
  law: ProceedingLaw,
): { readonly counts: boolean; readonly because?: Source } {
  const { written, ground, dated } = objection;
  if (!written) return { counts: false, because: law.points["payment-order.oral"] };
  if (ground !== "debt") return { counts: false, because: law.points["payment-order.inability"] };
  const end = effectiveFrom(life, law);
  if (end.ok && dated >= end.value) return { counts: false, because: law.points["payment-order.late"] };
  return { counts: true };
}

/**
 * The open days as the close watches them. Of ours people are told some days before; a check of a notice is watched by nobody.
 *
 * Holds   no two of one name and day.
 */
export function watchedDays(days: readonly ProceedingDay[], { remindDays }: ProceedingLaw): WatchedDate[] {
  const dates = new Map<string, WatchedDate>();
  for (const { what, by, lastOn, name } of days) {
    if (what === "notice-of-hearing" || what === "object-to-court") continue;
    const date: WatchedDate = {
      what: name === undefined ? what : `${what}:${name}`,
      by,
      lastOn,
      ...(by === "us"
        ? { remindOn: addDays(lastOn, -(what === "enforce" ? ENFORCE_DAYS : remindDays)) }
        : {}),
    };
    dates.set(`${date.what}@${formatDay(lastOn)}`, date);
  }
  return [...dates.values()];
}

/** An application for enforcement takes preparing: as early as the second warning of limitation. */
const ENFORCE_DAYS = 60;
