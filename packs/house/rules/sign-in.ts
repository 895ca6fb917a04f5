import { allow, forbid, rule } from "../../../src/policy/index.ts";

/** Sums, and words from which somebody who reads over a shoulder would know what it is about. */
const OF_A_DEBT =
  /[¥$€£]|\d[.,]\d{2}(?!\d)|\bCNY\b|欠|逾期|还款|催|贷款|律师|法院|\b(?:debt|owe|due|loan|pay|court|lawyer)/i;

export const signIn = rule({
  id: "house/sign-in",
  says: {
    en: "A code to sign in goes only to the borrower himself who asked for it, and its text says nothing of a debt.",
    zh: "登录验证码只发给本人索取者，内容不提及债务。",
  },
  cite: {
    law: "house/sign-in",
    at: "code",
    quote:
      "A code to sign in goes only to the borrower himself who asked for it, and its text says nothing of a debt.",
  },
  layer: "house",
  force: "house rule",
  verification: "house",
  from: "2021-01-01",
  governs: ["app", "text", "email"],
  purposes: ["sign-in"],
  needs: [],
  check: ({ step }) => {
    if (step.to.role !== "borrower")
      return forbid({ en: "It is not for the borrower himself.", zh: "收件人不是借款人本人。" }, "never");
    // The sender's name stands in brackets before it.
    const body = (step.text ?? "").replace(/^【[^】]*】/, "");
    return OF_A_DEBT.test(body)
      ? forbid({ en: "Its text says something of a debt.", zh: "内容提及债务。" }, "never")
      : allow();
  },
});
