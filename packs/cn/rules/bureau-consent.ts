import { allow, askPerson, forbid, rule } from "../../../src/policy/index.ts";
import { standingConsents } from "../../facts.ts";

/** A consent to the way `bureau`, given in writing: the loan contract has it as a rule. Consent in another form may be writing
 * that was not recorded as such, so a person looks. */
export const bureauConsent = rule({
  id: "cn/bureau-consent",
  says: {
    en: "Credit information goes to the database only with the written consent of the person, obtained beforehand.",
    zh: "向金融信用信息基础数据库提供信贷信息，应当事先取得信息主体的书面同意。",
  },
  cite: {
    law: "cn/credit-regulations",
    at: "art. 29(2)",
    quote: "应当事先取得信息主体的书面同意",
  },
  layer: "law",
  force: "administrative regulation",
  verification: "verified",
  from: "2025-02-28",
  governs: ["bureau"],
  needs: ["consents"],
  check: ({ step, facts }) => {
    const given = standingConsents(step, facts).filter(({ to }) => to !== "earlier-collector");
    if (given.some(({ by }) => by === "writing")) return allow();
    if (given.length > 0) {
      return askPerson({ en: "The consent is not recorded as written.", zh: "同意未记录为书面形式。" });
    }
    return forbid(
      { en: "No written consent to reporting is on record.", zh: "没有同意报送的书面记录。" },
      "never",
    );
  },
});
