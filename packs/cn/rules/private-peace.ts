import { askPerson, CONTACT_KINDS, rule } from "../../../src/policy/index.ts";
import { borrowersStops } from "../../facts.ts";

/** The law gives no hours and no counts. What it gives is a reason to stop and think once he has said no to a way, an address
 * or a debt: whether the claim still justifies the contact, a person decides. The recorded hold `cease-contact` stops it. */
export const privatePeace = rule({
  id: "cn/private-peace",
  says: {
    en: "Where the borrower asked that something stop, a person decides before it is done again.",
    zh: "借款人已要求停止的联系方式或事项，须经人工决定方可再次进行。",
  },
  cite: {
    law: "cn/civil-code",
    at: "art. 1033(1)",
    quote: "以电话、短信、即时通讯工具、电子邮件、传单等方式侵扰他人的私人生活安宁",
  },
  layer: "law",
  force: "law",
  verification: "verified",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  purposes: ["collect", "locate", "notice"],
  persons: ["borrower"],
  covers: ({ step, facts }) => borrowersStops(step, facts).length > 0,
  needs: [],
  check: () => askPerson({ en: "The borrower asked that this stop.", zh: "借款人已要求停止此类联系。" }),
});
