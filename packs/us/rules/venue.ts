import { allow, askPerson, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, isCovered, US_FIRST_DAY } from "../scope.ts";

/** A suit over land goes where it lies, every other where he signed or lives; which it is, `venue` says. */
export const venue = rule({
  id: "us/venue",
  says: {
    en: "A consumer is sued only where he signed the contract or lives when the suit begins; over land, where it lies.",
    zh: "起诉消费者只能在其签约地或者起诉时居住地；涉及不动产担保的，在不动产所在地。",
  },
  cite: {
    law: "us/reg-f-1006-30",
    at: "1006.30(d)",
    quote:
      "must bring such action only in the judicial district or similar legal entity in which the consumer:",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ["suit", "payment-order"],
  binds: COLLECTORS,
  covers: isCovered,
  needs: [],
  check: ({ step }) => {
    if (step.venue === undefined)
      return askPerson({ en: "Why this court is not known.", zh: "选择该法院的依据不明。" });
    if (step.venue !== "elsewhere") return allow();
    return forbid({ en: "He neither signed nor lives there.", zh: "该地既非签约地也非居住地。" }, "never");
  },
});
