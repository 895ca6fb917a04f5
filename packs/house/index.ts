import type { Rule } from "../../src/policy/index.ts";
import { filingsByPeople } from "./rules/filings-by-people.ts";
import { holds } from "./rules/holds.ts";
import { oneMessageADay } from "./rules/one-message-a-day.ts";
import { uncoveredDaysBefore } from "./rules/uncovered-days.ts";

export { HOLD_EFFECTS } from "./rules/holds.ts";
export * from "./tighten.ts";

/** The project's own rules. Every pack carries them; a lender can add to them and cannot take one away. */
export const houseRules = (firstCovered: string): readonly Rule[] => [
  holds,
  oneMessageADay,
  filingsByPeople,
  uncoveredDaysBefore(firstCovered),
];
