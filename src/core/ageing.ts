import type { Pause } from "./books.ts";
import { addDays, type Day, isPublished, isWorkingDay, NEVER } from "./calendar.ts";
import type { LoanState } from "./loan.ts";
import type { Product } from "./product.ts";
import { countDays } from "./rate.ts";

type Aged = Pick<LoanState, "dueOn" | "extra">;

/** The last day on which what is due on a day can be paid in time. */
export function lastDayToPay(dueOn: Day, { payableOn }: Product): Day {
  if (!payableOn) return dueOn;
  let last = dueOn;
  while (!isWorkingDay(payableOn, last)) last = addDays(last, 1);
  return last;
}

/** Whether the product's calendar is published far enough to tell the last day to pay. */
function isLastDayTold(dueOn: Day, { payableOn }: Product): boolean {
  if (!payableOn) return true;
  for (let day = dueOn; isPublished(payableOn, day); day = addDays(day, 1))
    if (isWorkingDay(payableOn, day)) return true;
  return false;
}

/** Days of `(from, to]` on which any of these pauses holds; they stand in order of their beginning, and may overlap. */
export function stoodStill(pauses: readonly Pause[], from: Day, to: Day): number {
  let days = 0;
  let reached: number = from;
  for (const { after, through } of pauses) {
    const [start, end] = [Math.max(reached, after), Math.min(to, through)];
    if (end <= start) continue;
    days += end - start;
    reached = end;
  }
  return days;
}

/**
 * Days past due on a day, by the product's convention; negative while the day they count from is still to come; 0
 * without one.
 */
export function daysFromDue(loan: Aged, product: Product, on: Day): number {
  if (loan.dueOn === NEVER) return 0;
  const days = on - loan.dueOn;
  return days <= 0 || isPlain(loan, product) ? days : agedDays(loan, product, on);
}

export const dpdOn = (loan: Aged, product: Product, on: Day): number =>
  Math.max(0, daysFromDue(loan, product, on));

/** Actual days from the due day: so it is with nearly every loan. */
const isPlain = (loan: Aged, { payableOn, dpd }: Product): boolean =>
  !payableOn && !dpd?.grace && dpd?.basis !== "30/360" && !loan.extra?.books?.pauses.length;

function agedDays({ dueOn, extra }: Aged, product: Product, on: Day): number {
  const last = lastDayToPay(dueOn, product);
  if (on <= last) return 0;
  let days = product.dpd?.basis === "30/360" ? countDays(last, on, "30/360") : on - last;
  const pauses = extra?.books?.pauses ?? [];
  if (pauses.length > 0)
    days -= stoodStill(
      pauses.filter(({ ageing }) => ageing),
      last,
      on,
    );
  const tolerated = product.grace?.days ?? 0;
  switch (product.dpd?.grace ?? "counts") {
    case "counts":
      return Math.max(0, days);
    case "waits":
      return days > tolerated ? days : 0;
    case "excluded":
      return Math.max(0, days - tolerated);
  }
}

/**
 * The first day on which a loan is so many days from its due day, if nothing else happens; `NEVER` while a pause without
 * an end stands in the way. For whoever must know when to look again.
 */
export function dayAtDpd(loan: Aged, product: Product, dpd: number): Day {
  if (loan.dueOn === NEVER) return NEVER;
  let day = addDays(loan.dueOn, dpd);
  if (dpd <= 0 || isPlain(loan, product)) return day;
  // No guess: whoever looks then either finds the year published, or sets the loan aside with its reason.
  if (!isLastDayTold(loan.dueOn, product)) return day;
  // By 30/360 a stretch can take fewer days than it counts, at most one or two a month.
  if (product.dpd?.basis === "30/360") day = addDays(day, -Math.ceil(dpd / 10));
  for (;;) {
    const missing = dpd - daysFromDue(loan, product, day);
    if (missing <= 0) return day;
    const standing = (loan.extra?.books?.pauses ?? []).find(
      ({ ageing, after, through }) => ageing && after <= day && day < through,
    );
    if (standing?.through === NEVER) return NEVER;
    day = standing ? standing.through : addDays(day, 1);
  }
}
