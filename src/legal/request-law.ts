import { type Day, formatDay, ok, type Result, refuse } from "../core/index.ts";
import type { Pack } from "../policy/index.ts";
import type { ComplaintLaw } from "./complaint.ts";
import type { PeriodRule } from "./deadline.ts";
import type { HardshipLaw } from "./hardship.ts";
import { numberIn, sourceIn, sourcesIn, valueIn } from "./in-pack.ts";

/**
 * What a pack says about complaints on a day: the law's own periods where it has some, else the house's.
 *
 * Refuses `no-text-read`: a day before the first text.
 * Source  `complaint.deadline.*`, `credit.objection` or `furnish.dispute`, `hardship.answer`, `hardship.remind`.
 */
export function complaintLaw(pack: Pack, on: Day): Result<ComplaintLaw> {
  const house = rule(pack, "hardship.answer", on);
  if (!house) return unread(on);
  const simple = rule(pack, "complaint.deadline.simple", on);
  const complex = rule(pack, "complaint.deadline.complex", on);
  const more = numberIn(pack, "complaint.deadline.extension", "days", on);
  const source = sourceIn(pack, "complaint.deadline.extension", on);
  const last: PeriodRule[] =
    complex && "days" in complex.period && more !== undefined && source
      ? [{ period: { days: complex.period.days + more }, source }]
      : [];
  return ok({
    answer: simple ? [simple, ...(complex ? [complex, ...last] : [])] : [house],
    creditRecord: rule(pack, "credit.objection", on) ?? rule(pack, "furnish.dispute", on) ?? house,
    remindDays: numberIn(pack, "hardship.remind", "days", on) ?? 0,
    because: sourcesIn(
      pack,
      on,
      "complaint.deadline.simple",
      "complaint.deadline.complex",
      "complaint.deadline.extension",
      "hardship.answer",
    ),
  });
}

/**
 * What a pack says about requests for help on a day.
 *
 * Refuses `no-text-read`.
 * Source  `hardship.*`, law/house/requests.md; `way-out.guarantor*`.
 */
export function hardshipLaw(pack: Pack, on: Day): Result<HardshipLaw> {
  const answer = rule(pack, "hardship.answer", on);
  if (!answer) return unread(on);
  const days = (name: string, key = "days"): number => numberIn(pack, name, key, on) ?? 0;
  return ok({
    answer,
    restDays: days("hardship.rest"),
    offerDays: days("hardship.offer"),
    graceDays: days("hardship.grace"),
    missesForgiven: days("hardship.grace", "times"),
    planMonths: days("hardship.length", "usual"),
    hardshipMonths: days("hardship.length", "hardship"),
    remindDays: days("hardship.remind"),
    secondPersonAbove: String(
      (valueIn(pack, "hardship.limit", on)?.value as { above?: string } | undefined)?.above ?? "0.00",
    ),
    guarantee: sourcesIn(pack, on, "way-out.guarantor", "way-out.guarantor.term"),
    because: sourcesIn(
      pack,
      on,
      "hardship.answer",
      "hardship.rest",
      "hardship.offer",
      "hardship.grace",
      "hardship.length",
      "hardship.limit",
      "way-out.agreement",
      "limitation.by.installment-plan",
    ),
  });
}

function rule(pack: Pack, name: string, on: Day): PeriodRule | undefined {
  const days = numberIn(pack, name, "days", on);
  const source = sourceIn(pack, name, on);
  return days === undefined || !source ? undefined : { period: { days }, source };
}

const unread = (on: Day) =>
  refuse("no-text-read", `no text on complaints and requests of ${formatDay(on)} was read`, "on");
