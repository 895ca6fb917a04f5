import { allow, askPerson, rule } from "../../../src/policy/index.ts";
import { countThatDay, isConversation } from "../../clock.ts";

/**
 * The sentence stands in one line of one report, so it asks a person and forbids nothing. It matters where an agreement
 * lifts the cap on connected calls: whether an agreement can lift this one was not seen.
 */
export const interactiveCalls = rule({
  id: "cn/interactive-calls",
  says: {
    en: "More than three conversations by call a day with one debtor need a person's decision (source not verified).",
    zh: "对单一债务人每日主动有效通话超过3次的，须由人工决定（来源未核实）。",
  },
  cite: {
    law: "cn/gbt-45251-2025",
    at: "5.3",
    quote: "以语音形式（含智能语音）进行交互式催收，与单一债务人主动有效通话每日不应超过3次",
  },
  layer: "industry",
  force: "recommended standard",
  verification: "unverified",
  from: "2025-02-28",
  governs: ["call"],
  needs: ["borrowerZone", "contacts"],
  params: ["contact.call-cap.interactive"],
  check: ({ step, facts, param }) => {
    const cap = param<number>("contact.call-cap.interactive");
    const made = countThatDay(facts, step.at, ["call"], isConversation);
    if (made < cap) return allow();
    return askPerson({
      en: `Conversations that day: ${made}; a report names ${cap} as the limit.`,
      zh: `当日有效通话${made}次；有报道称上限为${cap}次。`,
    });
  },
});
