import { type Day, formatDay, ok, type Result, refuse, type WorkCalendar } from "../../src/core/index.ts";
import type { CourtMessageLaw, Source } from "../../src/legal/index.ts";
import type { Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";
import { sourceOf } from "./court.ts";

/**
 * What the law says of messages by which courts tell of hearings and papers, for `readCourtMessage`.
 *
 * Refuses `no-text-read`: a day before the Civil Procedure Law as revised in 2023.
 * Source  `court.*`.
 */
export function courtMessageLaw(pack: Pack, calendar: WorkCalendar, on: Day): Result<CourtMessageLaw> {
  if (!valueOn(pack.params, "court.answer", on))
    return refuse(
      "no-text-read",
      `the law of procedure on ${formatDay(on)} was not read; the first text is of 2024-01-01`,
      "received",
    );
  const source = (name: string): Source =>
    sourceOf(`court.${name}`, valueOn(pack.params, `court.${name}`, on)!);
  const period = (name: string) => ({
    days: (valueOn(pack.params, `court.${name}`, on)!.value as { days: number }).days,
    source: source(name),
  });
  return ok({
    answer: period("answer"),
    appeal: period("appeal"),
    objection: period("payment-order"),
    hearingNotice: period("hearing-notice"),
    points: {
      alert: source("message.alert"),
      consent: source("message.consent"),
      consentBefore: source("message.consent-forms"),
      arrival: source("message.arrival"),
      otherAddress: source("message.other-address"),
      summary: source("message.summary"),
      noDefault: source("message.no-default"),
      default: source("default"),
      noAnswer: source("answer.none"),
      noticeSummary: source("hearing-notice.summary"),
      inability: source("payment-order.inability"),
    },
    dayOff: source("day-off"),
    house: {
      neverGenuine: source("message.never-genuine"),
      ways: source("message.ways"),
      links: source("message.links"),
    },
    calendar,
  });
}
