import { allow, askPerson, rule } from "../../../src/policy/index.ts";
import { standingConsents } from "../../facts.ts";

/** The law forbids to enter, and a visit may end at the door; so it asks whoever goes, unless he agreed to be visited. */
export const homeEntry = rule({
  id: "cn/home-entry",
  says: {
    en: "Nobody enters a home or films it without the clear consent of the person; a visit needs that consent or a person who decides it.",
    zh: "未经权利人明确同意，不得进入或拍摄其住宅；上门须取得同意或由人工决定。",
  },
  cite: {
    law: "cn/civil-code",
    at: "art. 1033(2)",
    quote: "进入、拍摄、窥视他人的住宅、宾馆房间等私密空间",
  },
  layer: "law",
  force: "law",
  verification: "verified",
  from: "2025-02-28",
  governs: ["visit"],
  covers: ({ step }) => step.to.place !== "work",
  needs: [],
  check: ({ step, facts }) =>
    standingConsents(step, facts).length > 0
      ? allow()
      : askPerson({ en: "No consent to a visit is on record.", zh: "没有同意上门的记录。" }),
});
