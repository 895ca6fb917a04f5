import type { Rule, WordRule } from "../../src/policy/index.ts";
import { wordsRule } from "../words.ts";
import { filingsByPeople } from "./rules/filings-by-people.ts";
import { holds } from "./rules/holds.ts";
import { oneMessageADay } from "./rules/one-message-a-day.ts";
import { signIn } from "./rules/sign-in.ts";
import { uncoveredDaysBefore } from "./rules/uncovered-days.ts";

export { HOLD_EFFECTS } from "./rules/holds.ts";
export * from "./tighten.ts";

/** Rules on words, the place's and the house's. A pack built by hand, without its files, may have none. */
export interface PackWords {
  readonly own: readonly WordRule[];
  readonly house: readonly WordRule[];
}
export const NO_WORDS: PackWords = { own: [], house: [] };

/** The project's own rules. Every pack carries them; a lender can add to them and cannot take one away. */
export const houseRules = (firstCovered: string, words: readonly WordRule[] = []): readonly Rule[] => [
  wordsRule("house", words),
  holds,
  oneMessageADay,
  signIn,
  filingsByPeople,
  uncoveredDaysBefore(firstCovered),
];
