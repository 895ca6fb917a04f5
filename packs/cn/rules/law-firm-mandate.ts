import { allow, askPerson, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";

/** The mandate is given to the firm, in writing, before the firm acts. */
export const lawFirmMandate = rule({
  id: "cn/law-firm-mandate",
  says: {
    en: "A law firm acts only on a written mandate that the firm itself accepted.",
    zh: "律师承办业务，由律师事务所统一接受委托并签订书面委托合同。",
  },
  cite: {
    law: "cn/lawyers-law",
    at: "art. 25",
    quote: "律师承办业务，由律师事务所统一接受委托，与委托人签订书面委托合同",
  },
  layer: "law",
  force: "law",
  verification: "verified",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  binds: ["law-firm"],
  needs: [],
  check: ({ step }) => {
    switch (step.actor?.mandate) {
      case true:
        return allow();
      case false:
        return forbid({ en: "The firm has no written mandate.", zh: "律师事务所没有书面委托。" }, "never");
      default:
        return askPerson({
          en: "It is not known whether the firm has a mandate.",
          zh: "尚不清楚是否有书面委托。",
        });
    }
  },
});
