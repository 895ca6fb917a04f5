import { addDays, day, formatDay } from "../../../src/core/index.ts";
import { askPerson, type Rule, rule, STEP_KINDS } from "../../../src/policy/index.ts";

/** The rule for the days before a pack's first norm, on which its silence would otherwise read as leave. */
export const uncoveredDaysBefore = (firstCovered: string): Rule =>
  rule({
    id: "house/uncovered-days",
    says: {
      en: "On a day before the first norm that a pack has read, every step waits for a person.",
      zh: "合规包所读规范生效之前的日子，任何动作均须人工决定。",
    },
    cite: {
      law: "house/uncovered-days",
      at: "coverage",
      quote: "On a day before the first norm that a pack has read, every step waits for a person.",
    },
    layer: "house",
    force: "house rule",
    verification: "house",
    from: "1900-01-01",
    to: formatDay(addDays(day(firstCovered), -1)),
    governs: STEP_KINDS,
    needs: [],
    check: () =>
      askPerson({
        en: `The pack covers days from ${firstCovered} on.`,
        zh: `合规包自${firstCovered}起适用。`,
      }),
  });
