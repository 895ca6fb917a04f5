import { allow, forbid, rule, STEP_KINDS } from "../../../src/policy/index.ts";
import { COLLECTORS, debtsOf, isCovered, US_FIRST_DAY } from "../scope.ts";

/** To collect what is paid, settled or discharged says that it is owed. A letter that says it is paid is a notice. */
export const closedDebt = rule({
  id: "us/closed-debt",
  says: {
    en: "A debt that is paid, settled or discharged is not collected.",
    zh: "已清偿、已和解结清或者已免除的债务不得催收。",
  },
  cite: {
    law: "us/reg-f-1006-18",
    at: "1006.18(b)(2)",
    quote: "The character, amount, or legal status of any debt.",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: STEP_KINDS.filter((kind) => kind !== "bureau"),
  binds: COLLECTORS,
  purposes: ["collect"],
  covers: (context) => isCovered(context) && debtsOf(context.step, context.facts).length > 0,
  needs: [],
  check: ({ step, facts }) => {
    const closed = debtsOf(step, facts).find(({ state }) => state !== undefined && state !== "open");
    if (closed === undefined) return allow();
    return forbid({ en: `${closed.id} is ${closed.state}.`, zh: `${closed.id}已了结。` }, "never");
  },
});
