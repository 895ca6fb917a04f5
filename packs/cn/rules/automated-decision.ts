import { askPerson, CONTACT_KINDS, rule, STEP_KINDS } from "../../../src/policy/index.ts";

/** A suit, enforcement or a bad report has a great effect on him; a reminder has not. That a person decides every filing is a
 * house rule too; here it is his right. */
export const automatedDecision = rule({
  id: "cn/automated-decision",
  says: {
    en: "For a person who refuses decisions by a machine alone, a person decides every step of great effect on him.",
    zh: "个人拒绝仅通过自动化决策作出决定的，对其有重大影响的动作须由人工决定。",
  },
  cite: {
    law: "cn/personal-information-law",
    at: "art. 24(3)",
    quote: "并有权拒绝个人信息处理者仅通过自动化决策的方式作出决定",
  },
  layer: "law",
  force: "law",
  verification: "verified",
  from: "2025-02-28",
  governs: STEP_KINDS.filter((kind) => !CONTACT_KINDS.includes(kind)),
  covers: ({ facts }) => facts.refusesAutomation === true,
  needs: [],
  check: () =>
    askPerson({ en: "He refuses decisions by a machine alone.", zh: "个人已拒绝仅由自动化决策作出决定。" }),
});
