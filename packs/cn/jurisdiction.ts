import { type Day, day, formatDay, ok, type Result, refuse } from "../../src/core/index.ts";
import {
  JURISDICTION_RULES,
  type JurisdictionLaw,
  type JurisdictionRule,
  SERVICE_RULES,
  type ServiceLaw,
  type ServiceRule,
  type Source,
} from "../../src/legal/index.ts";
import type { Pack } from "../../src/policy/index.ts";
import { valueOn } from "../params.ts";
import { sourceOf } from "./court.ts";

/** The first day of the Civil Procedure Law as revised in 2023. */
export const PROCEDURE_FIRST_DAY = "2024-01-01";

/**
 * The law on which court is competent for a case filed on a day, for `courtsFor`. Texts that are not in force on that day are left out.
 *
 * Refuses `no-text-read`: a day before the Civil Procedure Law as revised in 2023.
 * Source  `jurisdiction.*`.
 */
export function jurisdictionLaw(pack: Pack, on: Day): Result<JurisdictionLaw> {
  if (on < day(PROCEDURE_FIRST_DAY)) return notRead("which court is competent", on);
  const unlisted = pack.params["jurisdiction.internet"]!.find(({ value }) => value === "not-listed")!;
  return ok({
    on,
    habitualYears: (valueOn(pack.params, "jurisdiction.habitual", on)!.value as { years: number }).years,
    internetListed: valueOn(pack.params, "jurisdiction.internet", on)!.value === "listed",
    internetUnlistedFrom: day(unlisted.from),
    sources: sourcesOn(pack, "jurisdiction", JURISDICTION_RULES, on) as Partial<
      Record<JurisdictionRule, Source>
    >,
  });
}

/**
 * The law on service of a court's papers on a day, for `served`.
 *
 * Refuses `no-text-read`: a day before the Civil Procedure Law as revised in 2023.
 * Source  `service.*`, and what stands among proceedings and messages of courts: `proceeding.*`, `court.message.*`.
 */
export function serviceLaw(pack: Pack, on: Day): Result<ServiceLaw> {
  if (on < day(PROCEDURE_FIRST_DAY)) return notRead("how papers are served", on);
  const notice = valueOn(pack.params, SHARED["service.public-notice"]!, on)!;
  return ok({
    noticeDays: (notice.value as { days: number }).days,
    sources: sourcesOn(pack, "service", SERVICE_RULES, on) as Record<ServiceRule, Source>,
  });
}

export const notRead = (what: string, on: Day) =>
  refuse(
    "no-text-read",
    `${what} on ${formatDay(on)} was not read; the first text is of ${PROCEDURE_FIRST_DAY}`,
    "on",
  );

/** Sentences that the pack has under the names of proceedings or of messages of courts. */
const SHARED: Readonly<Record<string, string>> = {
  "jurisdiction.objection": "proceeding.objection",
  "jurisdiction.answered": "proceeding.objection.waived",
  "service.public-notice": "proceeding.service.public-notice",
  "service.public-notice.not-summary": "proceeding.summary.no-public-notice",
  "service.electronic.arrival": "proceeding.service.electronic-day",
  "service.electronic.consent": "court.message.consent",
  "service.electronic.consent.express": "proceeding.service.consent.express",
  "service.electronic.consent.before-suit": "proceeding.service.consent.agreed-before",
  "service.electronic.consent.pleadings": "proceeding.service.consent.address-given",
  "service.electronic.consent.accepted": "proceeding.service.consent.acted-on",
  "service.electronic.own-address": "court.message.arrival",
  "service.electronic.other-address": "court.message.other-address",
  "service.electronic.alert": "court.message.alert",
  "service.summary-ways": "court.message.summary",
  "service.no-default": "court.message.no-default",
  "service.default": "court.default",
};

const sourcesOn = (pack: Pack, prefix: string, rules: readonly string[], on: Day): Record<string, Source> =>
  Object.fromEntries(
    rules.flatMap((rule) => {
      const name = SHARED[`${prefix}.${rule}`] ?? `${prefix}.${rule}`;
      const dated = valueOn(pack.params, name, on);
      return dated ? [[rule, sourceOf(name, dated)]] : [];
    }),
  );
