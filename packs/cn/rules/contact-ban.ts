import { allow, askPerson, CONTACT_KINDS, forbid, rule, STEP_KINDS } from "../../../src/policy/index.ts";

/** An order of the police stops every contact, by whoever acts, whatever it is for and whoever is addressed. Filings go to an
 * authority and not to him; a person decides them. The last instant of several orders counts. */
export const contactBan = rule({
  id: "cn/contact-ban",
  says: {
    en: "While an order not to approach is in force, nobody contacts the person in any way.",
    zh: "禁止接触令有效期间，任何人不得以任何方式联系被侵害人。",
  },
  cite: {
    law: "cn/public-order-law",
    at: "art. 50(2)",
    quote: "可以责令其一定期限内禁止接触被侵害人",
  },
  layer: "law",
  force: "law",
  verification: "verified",
  from: "2026-01-01",
  governs: STEP_KINDS,
  covers: ({ facts }) => facts.bans !== undefined && facts.bans.length > 0,
  needs: [],
  check: ({ step, facts }) => {
    const standing = facts.bans!.filter(
      ({ from, until }) => from <= step.at && (until === undefined || step.at < until),
    );
    if (standing.length === 0) return allow();
    const says = { en: "An order forbids to approach the person.", zh: "禁止接触令正在生效。" };
    if (!CONTACT_KINDS.includes(step.kind)) return askPerson(says);
    const ends = standing.map(({ until }) => until);
    return forbid(says, ends.includes(undefined) ? "never" : Math.max(...(ends as number[])));
  },
});
