import { allow, forbid, rule } from "../../../src/policy/index.ts";
import { standingConsents } from "../../facts.ts";

/** The same for short messages, by the rule of the telecommunications regulator; a consent that was taken back is none. */
export const commercialText = rule({
  id: "cn/commercial-text",
  says: {
    en: "No commercial short message without the consent or request of the user.",
    zh: "未经用户同意或者请求，不得发送商业性短信息。",
  },
  cite: {
    law: "cn/sms-measures",
    at: "article number not seen",
    quote: "未经用户同意或者请求，不得向其发送商业性短信息",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified-press",
  from: "2025-02-28",
  governs: ["text"],
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
