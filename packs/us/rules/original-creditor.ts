import { rule, STEP_KINDS } from "../../../src/policy/index.ts";
import { PERIOD_PARAMS, pausedBy } from "../disputes.ts";
import { COLLECTORS, isCovered, US_FIRST_DAY } from "../scope.ts";

export const originalCreditor = rule({
  id: "us/original-creditor",
  says: {
    en: "A request in writing within the validation period for the original creditor stops collection of the debt until the answer is sent.",
    zh: "消费者在核实期内书面索要原债权人名称地址的，寄出答复之前，停止催收该债务。",
  },
  cite: {
    law: "us/reg-f-1006-38",
    at: "1006.38(c)",
    quote: "a debt collector must cease collection of the debt until the debt collector",
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
      asks: ["original-creditor-request"],
      answers: ["original-creditor"],
      says: {
        en: "He asked for the original creditor and awaits the answer.",
        zh: "消费者已索要原债权人信息，尚未答复。",
      },
    }),
});
