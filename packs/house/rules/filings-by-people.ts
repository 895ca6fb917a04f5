import { askPerson, CONTACT_KINDS, rule, STEP_KINDS } from "../../../src/policy/index.ts";

/** Without this rule a filing on a loan without holds would meet no objection and pass. */
export const filingsByPeople = rule({
  id: "house/filings-by-people",
  says: {
    en: "A step before an authority is made only when a person has decided it.",
    zh: "向机构或者法院提出的动作，须经人工决定后方可进行。",
  },
  cite: {
    law: "house/filings",
    at: "filings",
    quote:
      "A step before an authority, such as mediation, a payment order, a suit, enforcement or a bureau report, is made only when a person has decided it.",
  },
  layer: "house",
  force: "house rule",
  verification: "house",
  from: "2021-01-01",
  governs: STEP_KINDS.filter((kind) => !CONTACT_KINDS.includes(kind)),
  needs: [],
  check: () => askPerson({ en: "A person decides every filing.", zh: "此类动作须由人工决定。" }),
});
