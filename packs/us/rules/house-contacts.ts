import { dayAt } from "../../../src/core/index.ts";
import { allow, askPerson, CONTACT_KINDS, rule } from "../../../src/policy/index.ts";
import { CONSUMERS, US_FIRST_DAY } from "../scope.ts";

/** 1006.14(a) judges all ways together and gives no number; this is ours. Calls alone have the regulation's own count. */
export const houseContacts = rule({
  id: "house/us-contacts",
  says: {
    en: "After ten contacts in seven days by more than one way without an answer, a person decides the next.",
    zh: "七日内以多种方式联系满十次而无回应的，下一次由人工决定。",
  },
  cite: {
    law: "house/us-collection",
    at: "contacts",
    quote:
      "After ten contacts in seven days by more than one medium without an answer, a person decides the next.",
  },
  layer: "house",
  force: "house rule",
  verification: "house",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  persons: CONSUMERS,
  needs: ["borrowerZone", "contacts"],
  params: ["contact.cumulative"],
  check: ({ step, facts, param }) => {
    const { contacts: most, days } = param<{ contacts: number; days: number }>("contact.cumulative");
    const zone = facts.borrowerZone!;
    const today = dayAt(zone, step.at);
    const recent = facts.contacts!.filter(({ at, to = "borrower" }) => {
      const on = dayAt(zone, at);
      return to === step.to.role && on <= today && on > today - days;
    });
    if (recent.some(({ inbound, outcome }) => inbound === true || outcome === "connected")) return allow();
    if (recent.length < most || new Set(recent.map(({ kind }) => kind)).size < 2) return allow();
    return askPerson({
      en: `Contacts in seven days without an answer: ${recent.length}.`,
      zh: `七日内已联系${recent.length}次，无回应。`,
    });
  },
});
