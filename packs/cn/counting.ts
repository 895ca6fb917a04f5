import { type Day, formatDay, ok, type Result, refuse, type WorkCalendar } from "../../src/core/index.ts";
import type { Counting, Source } from "../../src/legal/index.ts";
import type { Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";
import { sourceOf } from "./court.ts";

/** Where each law says that the first day does not count, and where a last day off goes. */
const SENTENCES = {
  procedure: { firstDay: "court.day-count", dayOff: "court.day-off" },
  civil: { firstDay: "limitation.first-day", dayOff: "limitation.last-day.off" },
} as const;

/**
 * How a law counts its periods on a day, for `deadline`.
 *
 * Takes   `procedure` for what has to be done before a court, `civil` for a period of the Civil Code or of a contract.
 * Refuses `no-text-read`: a day before the texts that were read.
 * Source  `court.day-count`, `court.day-off`: Civil Procedure Law art. 85; `limitation.first-day`, `limitation.last-day.off`: Civil Code
 *         arts 201, 203.
 */
export function countingOf(
  pack: Pack,
  calendar: WorkCalendar,
  on: Day,
  law: Counting["law"] = "procedure",
): Result<Counting> {
  const { firstDay, dayOff } = SENTENCES[law];
  const [first, off] = [valueOn(pack.params, firstDay, on), valueOn(pack.params, dayOff, on)];
  if (!first || !off)
    return refuse(
      "no-text-read",
      `how days are counted on ${formatDay(on)} was not read; the first text is of ${law === "civil" ? "2021-01-01" : "2024-01-01"}`,
      "from",
    );
  const sources: Record<"firstDay" | "dayOff", Source> = {
    firstDay: sourceOf(firstDay, first),
    dayOff: sourceOf(dayOff, off),
  };
  return ok({ law, calendar, sources });
}
