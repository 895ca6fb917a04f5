import { addDays, dayAt, formatDay } from "../../../src/core/index.ts";
import { allow, askPerson, CONTACT_KINDS, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, CONSUMERS, cameBack, debtsOf, isCovered, US_FIRST_DAY } from "../scope.ts";

/**
 * The duty is to send; it forbids no other step. A step after the fifth day without a notice sent asks a person, who sends it
 * first. A notice that came back was not sent. Not due once the debt was paid.
 */
export const validationNotice = rule({
  id: "us/validation-notice",
  says: {
    en: "The validation notice is sent in, or within five days of, the initial communication; without it a person decides every further step.",
    zh: "债务核实通知须在首次联系时或者其后五日内发出；未发出的，后续动作均由人工决定。",
  },
  cite: {
    law: "us/reg-f-1006-34",
    at: "1006.34(a)(1)",
    quote: "(B) Within five days of that initial communication",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  purposes: ["collect"],
  persons: CONSUMERS,
  covers: isCovered,
  needs: ["borrowerZone", "notices"],
  params: ["validation.due"],
  check: ({ step, facts, param }) => {
    const zone = facts.borrowerZone!;
    for (const { id, firstCommunicated, state } of debtsOf(step, facts)) {
      if (firstCommunicated === undefined || firstCommunicated > step.at || state === "paid") continue;
      const due = addDays(dayAt(zone, firstCommunicated), param<{ days: number }>("validation.due").days);
      if (dayAt(zone, step.at) <= due) continue;
      const sent = facts.notices!.some(
        (notice) =>
          notice.kind === "validation-notice" &&
          notice.at <= step.at &&
          (notice.debt === undefined || notice.debt === id) &&
          !cameBack(notice, step.at),
      );
      if (!sent) {
        return askPerson({
          en: `The validation notice for ${id} was due by ${formatDay(due)} and is not on record.`,
          zh: `${id}的债务核实通知应于${formatDay(due)}前发出，未见记录。`,
        });
      }
    }
    return allow();
  },
});
