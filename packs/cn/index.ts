import type { WorkCalendar } from "../../src/core/index.ts";
import type { Pack, Rule } from "../../src/policy/index.ts";
import { readCalendar } from "../calendar.ts";
import { houseRules, NO_WORDS, type PackWords } from "../house/index.ts";
import { packVersion, readParams, rulesFindParams } from "../params.ts";
import { wordsRule } from "../words.ts";
import { lprParams } from "./lpr.ts";
import { assignmentNotice } from "./rules/assignment-notice.ts";
import { attemptsANumber } from "./rules/attempts-a-number.ts";
import { automatedDecision } from "./rules/automated-decision.ts";
import { bureauConsent } from "./rules/bureau-consent.ts";
import { bureauNotice } from "./rules/bureau-notice.ts";
import { bureauObjection } from "./rules/bureau-objection.ts";
import { cardPlanKept } from "./rules/card-plan-kept.ts";
import { commercialMessage } from "./rules/commercial-message.ts";
import { commercialText } from "./rules/commercial-text.ts";
import { connectedCalls } from "./rules/connected-calls.ts";
import { consentWithdrawn } from "./rules/consent-withdrawn.ts";
import { contactBan } from "./rules/contact-ban.ts";
import { contactPersonContent } from "./rules/contact-person-content.ts";
import { contactPersonStop } from "./rules/contact-person-stop.ts";
import { contactPersonWhen } from "./rules/contact-person-when.ts";
import { debtorOnly } from "./rules/debtor-only.ts";
import { homeEntry } from "./rules/home-entry.ts";
import { interactiveCalls } from "./rules/interactive-calls.ts";
import { lawFirmMandate } from "./rules/law-firm-mandate.ts";
import { lawyersLetter } from "./rules/lawyers-letter.ts";
import { lostDebtorTest } from "./rules/lost-debtor-test.ts";
import { microloanDebtorsOnly } from "./rules/microloan-debtors-only.ts";
import { outsourcingNotice } from "./rules/outsourcing-notice.ts";
import { privatePeace } from "./rules/private-peace.ts";
import { processingRefused } from "./rules/processing-refused.ts";
import { quietHours } from "./rules/quiet-hours.ts";
import { quietHoursConsent } from "./rules/quiet-hours-consent.ts";
import { unrelatedPersons } from "./rules/unrelated-persons.ts";
import { visitByTwo } from "./rules/visit-by-two.ts";
import { wrongNumber } from "./rules/wrong-number.ts";
import { KNOWN } from "./values.ts";

export * from "./bureau.ts";
export * from "./counting.ts";
export * from "./court.ts";
export * from "./court-fee-law.ts";
export * from "./court-message.ts";
export * from "./enforcement.ts";
export * from "./jurisdiction.ts";
export * from "./ledger.ts";
export * from "./limitation.ts";
export { CN_LIMITS } from "./limits.ts";
export * from "./proceeding.ts";
export * from "./routes.ts";

/** The day on which GB/T 45251-2025 came into force. Before it the pack has read no norm on contacts. */
export const CN_FIRST_DAY = "2025-02-28";

/** Mainland China's own rules, without the house's. */
export const cnRules: readonly Rule[] = [
  debtorOnly,
  wrongNumber,
  quietHours,
  quietHoursConsent,
  connectedCalls,
  interactiveCalls,
  attemptsANumber,
  visitByTwo,
  homeEntry,
  contactPersonWhen,
  lostDebtorTest,
  contactPersonStop,
  contactPersonContent,
  unrelatedPersons,
  outsourcingNotice,
  assignmentNotice,
  microloanDebtorsOnly,
  cardPlanKept,
  lawFirmMandate,
  lawyersLetter,
  contactBan,
  privatePeace,
  consentWithdrawn,
  processingRefused,
  automatedDecision,
  commercialMessage,
  commercialText,
  bureauNotice,
  bureauConsent,
  bureauObjection,
];

/**
 * The compliance pack of mainland China.
 *
 * Takes   the parsed files of `packs/cn/params`, by name without ending. `lpr` is a table of its own; `calendar` may
 *         be among them and is left aside. Rules on words, the place's and the house's.
 * Gives   the rules of the place and of the house, the dated parameters, and a version that changes with any of them.
 * Refuses by throwing: the files are ours, and a wrong one must not reach a loan.
 */
export function cnPack(paramFiles: Readonly<Record<string, unknown>>, words: PackWords = NO_WORDS): Pack {
  const { calendar: _, lpr, ...files } = paramFiles;
  const params = readParams(lpr === undefined ? files : { ...files, lpr: lprParams(lpr) }, KNOWN);
  const rules = [...cnRules, wordsRule("cn", words.own), ...houseRules(CN_FIRST_DAY, words.house)];
  rulesFindParams(rules, params);
  return { place: "cn", version: packVersion("cn", rules, params), rules, params };
}

/** Statutory holidays and make-up working days, from the parsed `calendar.yaml`. */
export const cnCalendar = (file: unknown): WorkCalendar => readCalendar(file);
