import { askPerson, CONTACT_KINDS, rule } from "../../../src/policy/index.ts";

/** A contact person is one whom the debtor named. Whoever he did not name is approached, if at all, when a person has looked
 * at why. Read in one report, so it asks. */
export const unrelatedPersons = rule({
  id: "cn/unrelated-persons",
  says: {
    en: "A person whom the debtor did not name is not collected from, and is asked for him only if a person decides so (source not verified).",
    zh: "债务人未指定的无关第三人不得催收；向其询问债务人下落须由人工决定（来源未核实）。",
  },
  cite: {
    law: "cn/cba-collection-guide-2026",
    at: "article number not seen",
    quote: "严禁对无关第三人进行催收",
  },
  layer: "industry",
  force: "self-regulation",
  verification: "unverified",
  from: "2026-01-30",
  governs: CONTACT_KINDS,
  persons: ["third-person", "spouse"],
  needs: [],
  check: () =>
    askPerson({
      en: "The debtor did not name this person as a contact.",
      zh: "该人不是债务人指定的联系人。",
    }),
});
