import { allow, askPerson, rule } from "../../../src/policy/index.ts";

/** Not yet in force, put off twice, and known from summaries only: it asks. */
export const revokeAll = rule({
  id: "us/revoke-all",
  says: {
    en: "A revocation made in answer to one message may end all robocalls and robotexts of that sender (source not verified).",
    zh: "针对一条消息的撤回，可能及于该发送方全部自动呼叫和短信（来源未核实）。",
  },
  cite: {
    law: "us/cfr-47-64-1200",
    at: "64.1200(a)(10), revoke all",
    quote:
      "revocation on one message type applies to all future robotexts from the same sender on unrelated subjects",
  },
  layer: "law",
  force: "departmental rule",
  verification: "unverified",
  from: "2027-01-31",
  governs: ["text", "call"],
  needs: ["stops"],
  check: ({ step, facts }) =>
    facts.stops!.some(
      ({ at, kinds }) => at <= step.at && (kinds?.includes("text") || kinds?.includes("call")),
    )
      ? askPerson({ en: "He revoked consent to one kind of message.", zh: "对方曾撤回对一类消息的同意。" })
      : allow(),
});
