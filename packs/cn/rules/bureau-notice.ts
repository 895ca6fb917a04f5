import { allow, forbid, rule } from "../../../src/policy/index.ts";
import { wasTold } from "../../facts.ts";

/** A notice of the kind `bureau-negative`. Whether one is enough for the months after, the text does not say; the pack asks for
 * one on each debt. What is not bad information needs none. What a court made public needs none, and is no report of a lender. */
export const bureauNotice = rule({
  id: "cn/bureau-notice",
  says: {
    en: "Before bad information on a person goes to a bureau, he has been told.",
    zh: "向征信机构提供个人不良信息前，应当告知信息主体本人。",
  },
  cite: {
    law: "cn/credit-regulations",
    at: "art. 15",
    quote: "信息提供者向征信机构提供个人不良信息，应当事先告知信息主体本人。",
  },
  layer: "law",
  force: "administrative regulation",
  verification: "verified",
  from: "2025-02-28",
  governs: ["bureau"],
  covers: ({ step }) => step.adverse !== false,
  needs: ["notices"],
  check: ({ step, facts }) =>
    wasTold("bureau-negative", step, facts)
      ? allow()
      : forbid(
          { en: "The person was not told before this report.", zh: "报送前尚未告知信息主体本人。" },
          "never",
        ),
});
