import { allow, forbid, rule } from "../../../src/policy/index.ts";
import { standingConsents } from "../../facts.ts";

/** A reminder of his own debt is no commercial message. The gate takes the step at its word: a text that sells is a step for
 * `marketing`, also where it reminds as well. */
export const commercialMessage = rule({
  id: "cn/commercial-message",
  says: {
    en: "No offer or advertising message without the consent of the person, and none after he takes it back.",
    zh: "未经同意不得发送商业性信息或者拨打商业性电话；取消同意后应立即停止。",
  },
  cite: {
    law: "cn/consumer-rights-regulations",
    at: "art. 24",
    quote: "未经消费者同意，经营者不得向消费者发送商业性信息或者拨打商业性电话。",
  },
  layer: "law",
  force: "administrative regulation",
  verification: "verified",
  from: "2025-02-28",
  governs: ["app", "text", "email", "call", "post"],
  purposes: ["marketing"],
  needs: ["consents"],
  check: ({ step, facts }) =>
    standingConsents(step, facts).some(({ to }) => to === "actor")
      ? allow()
      : forbid(
          { en: "No consent to offers this way is on record.", zh: "没有同意接收此类商业性信息的记录。" },
          "never",
        ),
});
