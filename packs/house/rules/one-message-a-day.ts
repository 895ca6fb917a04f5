import { allow, type ContactMade, forbid, rule, type StepKind } from "../../../src/policy/index.ts";
import { countThatDay, startOfNextDay } from "../../clock.ts";

const MESSAGES: readonly StepKind[] = ["app", "text", "email"];

export const oneMessageADay = rule({
  id: "house/one-message-a-day",
  says: {
    en: "A borrower gets at most one message a day, over all of his loans and all of app, text and e-mail.",
    zh: "对同一借款人，应用内消息、短信和电子邮件合计每天至多一条，其名下所有贷款合并计算。",
  },
  cite: {
    law: "house/one-message-a-day",
    at: "messages",
    quote:
      "A borrower gets at most one message a day, over all of his loans and all of app, text and e-mail.",
  },
  layer: "house",
  force: "house rule",
  verification: "house",
  from: "2021-01-01",
  governs: MESSAGES,
  // An answer to what he wrote himself is no message that he did not want, and his own messages are not ours.
  purposes: ["collect", "locate", "notice"],
  needs: ["borrowerZone", "contacts"],
  check: ({ step, facts }) => {
    // One that came back was not got: it may go by another way the same day.
    const got = ({ inbound, outcome }: ContactMade) => inbound !== true && outcome !== "bounced";
    if (countThatDay(facts, step.at, MESSAGES, got) === 0) return allow();
    return forbid(
      { en: "A message went out that day already.", zh: "当日已发送过一条消息。" },
      startOfNextDay(facts, step.at),
    );
  },
});
