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
 * Source  `service.*` and what is shared with messages of courts, `court.message.*`.
 */
export function serviceLaw(pack: Pack, on: Day): Result<ServiceLaw> {
  if (on < day(PROCEDURE_FIRST_DAY)) return notRead("how papers are served", on);
  const own = sourcesOn(pack, "service", SERVICE_RULES, on);
  const from = (name: string): Source =>
    sourceOf(`court.${name}`, valueOn(pack.params, `court.${name}`, on)!);
  return ok({
    noticeDays: (valueOn(pack.params, "service.public-notice", on)!.value as { days: number }).days,
    sources: {
      ...own,
      "electronic.consent": from("message.consent"),
      "electronic.consent.before-suit": from("message.consent-forms"),
      "electronic.own-address": from("message.arrival"),
      "electronic.other-address": from("message.other-address"),
      "electronic.alert": from("message.alert"),
      "summary-ways": from("message.summary"),
      "no-default": from("message.no-default"),
      default: from("default"),
    } as Record<ServiceRule, Source>,
  });
}

export const notRead = (what: string, on: Day) =>
  refuse(
    "no-text-read",
    `${what} on ${formatDay(on)} was not read; the first text is of ${PROCEDURE_FIRST_DAY}`,
    "on",
  );

const sourcesOn = (pack: Pack, prefix: string, names: readonly string[], on: Day): Record<string, Source> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const dated = valueOn(pack.params, `${prefix}.${name}`, on);
      return dated ? [[name, sourceOf(`${prefix}.${name}`, dated)]] : [];
    }),
  );
