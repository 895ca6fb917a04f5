import { rule, STEP_KINDS } from "../../../src/policy/index.ts";
import { PERIOD_PARAMS, pausedBy } from "../disputes.ts";
import { COLLECTORS, isCovered, US_FIRST_DAY } from "../scope.ts";

/** The disputed part only, where he disputes a part: a person then sees to it that the rest alone is collected. */
export const dispute = rule({
  id: "us/dispute",
  says: {
    en: "A dispute in writing within the validation period stops collection of the debt until verification or a judgment is sent.",
    zh: "消费者在核实期内书面提出异议的，寄出核实材料或者判决书副本之前，停止催收该债务。",
  },
  cite: {
    law: "us/reg-f-1006-38",
    at: "1006.38(d)(2)",
    quote:
      "a debt collector must cease collection of the debt, or any disputed portion of the debt, until the debt collector",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: STEP_KINDS,
  binds: COLLECTORS,
  covers: isCovered,
  needs: ["notices"],
  params: PERIOD_PARAMS,
  check: (context) =>
    pausedBy(context, {
      asks: ["dispute", "dispute-part"],
      part: ["dispute-part"],
      answers: ["verification", "judgment", "duplicative-answer"],
      says: {
        en: "He disputes the debt in writing and awaits verification.",
        zh: "消费者已书面异议，尚未寄出核实材料。",
      },
    }),
});
