import { addDays, type Day } from "../../src/core/index.ts";
import { type DaysOff, nthDayThatCounts } from "./holidays.ts";

export interface ValidationPeriod {
  readonly receivedOn: Day;
  /** Its last day: a dispute that arrives on it is in time. */
  readonly endsOn: Day;
}

/**
 * The validation period of a notice.
 *
 * Takes   the day on which the information was provided; the day it was received where that is known and used, as for what was
 *         said by word of mouth; else the earliest day that may be assumed is taken.
 * Holds   a date once assumed stands, also when the notice turns out to have come on another (comment 34(b)(5)-1).
 * Source  12 CFR 1006.34(b)(5); parameters `validation.period`, `holidays.federal`, `holidays.in-lieu` of the pack.
 */
export function validationPeriod(
  { providedOn, receivedOn }: { readonly providedOn: Day; readonly receivedOn?: Day },
  period: { readonly days: number; readonly assumed_receipt: number },
  off: DaysOff,
): ValidationPeriod {
  const received = receivedOn ?? nthDayThatCounts(providedOn, period.assumed_receipt, off);
  return { receivedOn: received, endsOn: addDays(received, period.days) };
}
