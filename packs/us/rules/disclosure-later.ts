import { allow, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, holds, US_FIRST_DAY } from "../scope.ts";
import { hasWords, inEachLanguage, isLater } from "./disclosure-first.ts";

export const disclosureLater = rule({
  id: "us/disclosure-later",
  says: {
    en: "Every later communication says that it is from a debt collector, in each language used.",
    zh: "此后每次联系均须说明来自债务催收方，并使用联系所用的每种语言。",
  },
  cite: {
    law: "us/reg-f-1006-18",
    at: "1006.18(e)(2)",
    quote: "the debt collector must disclose that the communication is from a debt collector",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  covers: (context) => hasWords(context) && isLater(context) === true,
  needs: [],
  params: ["text.disclosure"],
  check: (context) =>
    inEachLanguage(context, (lines, text) =>
      holds(text, lines.collector) || holds(text, lines.collecting)
        ? allow()
        : forbid(
            {
              en: "The words do not say that they are from a debt collector.",
              zh: "文字未说明来自债务催收方。",
            },
            "never",
          ),
    ),
});
