import type { WorkCalendar } from "../../src/core/index.ts";
import type { Pack, Rule } from "../../src/policy/index.ts";
import { readCalendar } from "../calendar.ts";
import { houseRules, NO_WORDS, type PackWords } from "../house/index.ts";
import { packVersion, readParams, rulesFindParams } from "../params.ts";
import { wordsRule } from "../words.ts";
import { lprParams } from "./lpr.ts";
import { attemptsANumber } from "./rules/attempts-a-number.ts";
import { connectedCalls } from "./rules/connected-calls.ts";
import { debtorOnly } from "./rules/debtor-only.ts";
import { interactiveCalls } from "./rules/interactive-calls.ts";
import { quietHours } from "./rules/quiet-hours.ts";
import { quietHoursConsent } from "./rules/quiet-hours-consent.ts";
import { visitByTwo } from "./rules/visit-by-two.ts";
import { KNOWN } from "./values.ts";

export * from "./court.ts";
export * from "./ledger.ts";

/** The day on which GB/T 45251-2025 came into force. Before it the pack has read no norm on contacts. */
export const CN_FIRST_DAY = "2025-02-28";

/** Mainland China's own rules, without the house's. */
export const cnRules: readonly Rule[] = [
  debtorOnly,
  quietHours,
  quietHoursConsent,
  connectedCalls,
  interactiveCalls,
  attemptsANumber,
  visitByTwo,
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
