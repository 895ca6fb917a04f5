import { day, type WorkCalendar } from "../../src/core/index.ts";
import type { Pack, Rule, WordRule } from "../../src/policy/index.ts";
import { houseRules, NO_WORDS, type PackWords } from "../house/index.ts";
import { packVersion, readParams, rulesFindParams, valueOn } from "../params.ts";
import { wordsRule } from "../words.ts";
import { federalCalendar, type Holiday } from "./holidays.ts";
import { attorney } from "./rules/attorney.ts";
import { callCap } from "./rules/call-cap.ts";
import { callPattern } from "./rules/call-pattern.ts";
import { carrierTexts } from "./rules/carrier-texts.ts";
import { cease } from "./rules/cease.ts";
import { closedDebt } from "./rules/closed-debt.ts";
import { contactHours } from "./rules/contact-hours.ts";
import { coolOff } from "./rules/cool-off.ts";
import { disclosureFirst } from "./rules/disclosure-first.ts";
import { disclosureLater } from "./rules/disclosure-later.ts";
import { dispute } from "./rules/dispute.ts";
import { emailProcedures } from "./rules/email-procedures.ts";
import { furnish } from "./rules/furnish.ts";
import { houseCalls } from "./rules/house-calls.ts";
import { houseContacts } from "./rules/house-contacts.ts";
import { houseFurnish } from "./rules/house-furnish.ts";
import { houseHours } from "./rules/house-hours.ts";
import { houseStops } from "./rules/house-stops.ts";
import { inconvenientPlaces } from "./rules/inconvenient-places.ts";
import { inconvenientTimes } from "./rules/inconvenient-times.ts";
import { locationAttorney } from "./rules/location-attorney.ts";
import { locationEnquiry } from "./rules/location-enquiry.ts";
import { optOutLine } from "./rules/opt-out-line.ts";
import { originalCreditor } from "./rules/original-creditor.ts";
import { revocation } from "./rules/revocation.ts";
import { revokeAll } from "./rules/revoke-all.ts";
import { stoppedMedium } from "./rules/stopped-medium.ts";
import { textProcedures } from "./rules/text-procedures.ts";
import { thirdParties } from "./rules/third-parties.ts";
import { timeBarred } from "./rules/time-barred.ts";
import { timeBarredThreat } from "./rules/time-barred-threat.ts";
import { validationNotice } from "./rules/validation-notice.ts";
import { venue } from "./rules/venue.ts";
import { workEmail } from "./rules/work-email.ts";
import { workplace } from "./rules/workplace.ts";
import { US_FIRST_DAY } from "./scope.ts";
import { KNOWN } from "./values.ts";

export * from "./bureau.ts";
export * from "./holidays.ts";
export * from "./limited-content.ts";
export { US_FIRST_DAY } from "./scope.ts";
export * from "./transfer.ts";
export * from "./validation-notice.ts";
export * from "./validation-period.ts";

/** Federal rules, and the house's own on collection there. No state's law. */
export const usRules: readonly Rule[] = [
  contactHours,
  inconvenientTimes,
  inconvenientPlaces,
  attorney,
  workplace,
  cease,
  thirdParties,
  locationEnquiry,
  locationAttorney,
  stoppedMedium,
  optOutLine,
  emailProcedures,
  textProcedures,
  workEmail,
  callCap,
  coolOff,
  callPattern,
  disclosureFirst,
  disclosureLater,
  closedDebt,
  validationNotice,
  dispute,
  originalCreditor,
  timeBarred,
  timeBarredThreat,
  venue,
  furnish,
  revocation,
  revokeAll,
  carrierTexts,
  houseHours,
  houseCalls,
  houseContacts,
  houseStops,
  houseFurnish,
];

/**
 * The compliance pack of the United States: Regulation F and what stands beside it.
 *
 * Takes   the parsed files of `packs/us/params`, by name without ending; the rules on words, of which those that forbid
 *         are run: what a message has to say here, the rules on disclosures and opt-outs ask for.
 * Gives   the rules of the place and of the house, the dated parameters, and a version that changes with any of them.
 * Refuses by throwing: the files are ours, and a wrong one must not reach a loan.
 */
export function usPack(paramFiles: Readonly<Record<string, unknown>>, words: PackWords = NO_WORDS): Pack {
  const params = readParams(paramFiles, KNOWN);
  const rules = [
    ...usRules,
    wordsRule("us", words.own.filter(forbids)),
    ...houseRules(US_FIRST_DAY, words.house.filter(forbids)),
  ];
  rulesFindParams(rules, params);
  return { place: "us", version: packVersion("us", rules, params), rules, params };
}

const forbids = ({ forbidden }: WordRule): boolean => forbidden !== undefined;

/** The federal holidays of 5 U.S.C. 6103(a), without days in lieu, as a calendar of working days. */
export function usCalendar(paramFiles: Readonly<Record<string, unknown>>): WorkCalendar {
  const params = readParams(paramFiles, KNOWN);
  const { value } = valueOn(params, "holidays.federal", day(US_FIRST_DAY))!;
  return federalCalendar({ holidays: value as readonly Holiday[], inLieu: false });
}
