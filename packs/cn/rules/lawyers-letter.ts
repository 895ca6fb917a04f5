import { allow, askPerson, forbid, roleOf, rule } from "../../../src/policy/index.ts";

const AS_A_LAWYER = /律师|\b(?:lawyer|attorney|law firm)/iu;

/** Two sides of one norm: the letter of a law firm names the lawyer who answers for it, and nobody else writes as one. A text
 * of another that names a lawyer's letter may be a plain threat of one or may pose as one; a person reads it. */
export const lawyersLetter = rule({
  id: "cn/lawyers-letter",
  says: {
    en: "Only a lawyer writes as a lawyer: a law firm's letter names him, and nobody else's text poses as one.",
    zh: "没有律师执业证书的人员不得以律师名义行事：律师函应载明承办律师，其他人不得冒用律师名义。",
  },
  cite: {
    law: "cn/lawyers-law",
    at: "art. 13",
    quote: "没有取得律师执业证书的人员，不得以律师名义从事法律服务业务",
  },
  layer: "law",
  force: "law",
  verification: "verified",
  from: "2025-02-28",
  governs: ["app", "text", "email", "letter", "post"],
  covers: ({ step }) =>
    roleOf(step.actor) === "law-firm"
      ? step.kind === "letter" || step.kind === "post"
      : step.text !== undefined && AS_A_LAWYER.test(step.text),
  needs: [],
  check: ({ step }) => {
    if (roleOf(step.actor) !== "law-firm") {
      return askPerson({ en: "The text speaks in a lawyer's name, or may.", zh: "文本可能以律师名义作出。" });
    }
    return step.actor?.lawyer === undefined || step.actor.lawyer.trim() === ""
      ? forbid({ en: "The letter names no lawyer.", zh: "律师函未载明承办律师。" }, "never")
      : allow();
  },
});
