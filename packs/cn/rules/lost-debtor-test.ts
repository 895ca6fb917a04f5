import { dayAt } from "../../../src/core/index.ts";
import {
  allow,
  askPerson,
  CONTACT_KINDS,
  type ContactMade,
  rule,
  zonesOf,
} from "../../../src/policy/index.ts";
import { OTHERS } from "../../facts.ts";

const FAILED: readonly ContactMade["outcome"][] = [
  "no-answer",
  "busy",
  "not-in-service",
  "wrong-number",
  "voicemail",
  "bounced",
];

/** One report in other words than the guide's, so it asks. Its three cases: a dead number; three failed calls in a row, from
 * the next day on; three days in a row. The third is contained in the second as far as calls go, so two are tested. Without
 * a record of calls nobody can say that one of them holds. */
export const lostDebtorTest = rule({
  id: "cn/lost-debtor-test",
  says: {
    en: "The debtor counts as lost when his number is dead, or from the day after three failed calls in a row; otherwise a person decides (source not verified).",
    zh: "债务人手机无效，或者连续三次拨打无法联系的次日起，可认定失联；否则由人工决定（来源未核实）。",
  },
  cite: {
    law: "cn/cba-collection-guide-2026",
    at: "article number not seen",
    quote: "在债务人手机无效、连续三次拨打无法联系次日、连续三日无法联系等特定情形下，可联系第三人",
  },
  layer: "industry",
  force: "self-regulation",
  verification: "unverified",
  from: "2026-01-30",
  governs: CONTACT_KINDS,
  purposes: ["locate"],
  persons: OTHERS,
  covers: ({ facts }) => facts.capacity === undefined && facts.unreachable === true,
  needs: ["borrowerZone", "contacts"],
  params: ["contact.lost-after-calls"],
  check: ({ step, facts, param }) => {
    const needed = param<number>("contact.lost-after-calls");
    const calls = facts
      .contacts!.filter(({ kind, inbound, at }) => kind === "call" && !inbound && at <= step.at)
      .sort((a, b) => b.at - a.at);
    const answered = calls.findIndex(({ outcome }) => !FAILED.includes(outcome));
    const failed = answered === -1 ? calls : calls.slice(0, answered);
    if (failed.some(({ outcome }) => outcome === "not-in-service")) return allow();
    // The earliest three of the row: any three of it lie before the step's day when these do.
    const last = failed.at(-needed);
    const isNextDay =
      last !== undefined && zonesOf(facts).every((zone) => dayAt(zone, last.at) < dayAt(zone, step.at));
    if (isNextDay) return allow();
    return askPerson({
      en: `Failed calls in a row: ${failed.length}; a report names ${needed}, counted from the next day.`,
      zh: `连续未接通${failed.length}次；有报道称须连续${needed}次且自次日起算。`,
    });
  },
});
