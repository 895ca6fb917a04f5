import { allow, askPerson, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, ELECTRONIC, holds, isCovered, toConsumer, US_FIRST_DAY } from "../scope.ts";

/** Looks for a way out in words. Whether it is clear, conspicuous and free is for a person who reads the template. */
export const optOutLine = rule({
  id: "us/opt-out-line",
  says: {
    en: "Every e-mail, text or other electronic message says how to opt out of further ones to that address.",
    zh: "每条电子邮件、短信或者其他电子消息，均须说明如何退订发往该地址的消息。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(e)",
    quote:
      "a clear and conspicuous statement describing a reasonable and simple method by which the consumer can opt out of further electronic communications",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ELECTRONIC,
  binds: COLLECTORS,
  // Judged on the words; a step that is only planned has none, and its permit carries none.
  covers: (context) =>
    isCovered(context) &&
    toConsumer(context) &&
    context.step.text !== undefined &&
    context.step.notice !== "opt-out-confirmation",
  needs: [],
  params: ["text.opt-out"],
  check: ({ step, param }) => {
    const lines = param<Readonly<Record<string, readonly string[]>>>("text.opt-out");
    const languages = step.languages ?? ["en"];
    if (!languages.some((language) => lines[language] !== undefined)) {
      return askPerson({ en: "No opt-out line is known in this language.", zh: "未收录该语言的退订用语。" });
    }
    if (languages.some((language) => holds(step.text!, lines[language] ?? []))) return allow();
    return forbid({ en: "The message does not say how to opt out.", zh: "消息未说明退订方法。" }, "never");
  },
});
