import { addDays, instantAt } from "../../../src/core/index.ts";
import { askPerson, type Proposed, rule, zonesOf } from "../../../src/policy/index.ts";

/** Until the day after the last day of the dispute, in every zone; without a zone nobody can say when that is. */
function isDisputed({ step, facts }: Proposed): boolean {
  return (facts.holds ?? []).some(
    ({ kind, until }) =>
      kind === "dispute" &&
      (until === undefined ||
        facts.borrowerZone === undefined ||
        zonesOf(facts).some((zone) => step.at < instantAt(zone, addDays(until, 1), 0))),
  );
}

/** A disputed entry is reported only with the mark that it is disputed, and answered in twenty days. Which entry the dispute
 * is about a person has to see. */
export const bureauObjection = rule({
  id: "cn/bureau-objection",
  says: {
    en: "While an objection is open, what is reported is marked as disputed; it is checked and answered in writing within twenty days.",
    zh: "异议处理期间，相关信息应当作出存在异议的标注，自收到异议之日起20日内核查处理并书面答复。",
  },
  cite: {
    law: "cn/credit-regulations",
    at: "art. 25",
    quote:
      "应当按照国务院征信业监督管理部门的规定对相关信息作出存在异议的标注，自收到异议之日起20日内进行核查和处理，并将结果书面答复异议人。",
  },
  layer: "law",
  force: "administrative regulation",
  verification: "verified",
  from: "2025-02-28",
  governs: ["bureau"],
  covers: isDisputed,
  needs: [],
  params: ["credit.objection"],
  check: ({ param }) => {
    const { days } = param<{ readonly days: number }>("credit.objection");
    return askPerson({
      en: `Mark the entry as disputed, and answer within ${days} days.`,
      zh: `须标注存在异议，并在${days}日内书面答复。`,
    });
  },
});
