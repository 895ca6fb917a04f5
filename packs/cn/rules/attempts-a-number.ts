import { allow, allowWithRisk, rule } from "../../../src/policy/index.ts";
import { countThatDay, isUnanswered } from "../../clock.ts";

/**
 * The guide says 不宜 ("is not advisable") here and 严禁 ("is strictly forbidden") of the quiet hours, so the seventh
 * attempt passes with its risk on record; a strategy or a house rule may stop it. Where a number is not named, on the
 * step or on a past call, it is taken to be the same number: that can only count too many.
 */
export const attemptsANumber = rule({
  id: "cn/attempts-a-number",
  says: {
    en: "More than six unanswered calls to one number on one day are not advisable, unless agreed otherwise with the debtor.",
    zh: "债务人电话未接通的，对同一号码当天尝试拨打不宜超过6次，与债务人另有约定的除外。",
  },
  cite: {
    law: "cn/cba-collection-guide-2026",
    at: "article number not seen",
    quote:
      "债务人电话未接通的，催收人员对债务人同一联系方式尝试拨打次数当天不宜超过6次；与债务人另有约定除外",
  },
  layer: "industry",
  force: "self-regulation",
  verification: "verified-press",
  from: "2026-01-30",
  governs: ["call"],
  needs: ["borrowerZone", "contacts"],
  params: ["contact.attempt-cap"],
  check: ({ step, facts, param }) => {
    const cap = facts.agreedCallCaps?.attempts ?? param<number>("contact.attempt-cap");
    const number = step.to.address;
    const made = countThatDay(
      facts,
      step.at,
      ["call"],
      (made) =>
        isUnanswered(made) && (number === undefined || made.address === undefined || made.address === number),
    );
    if (made < cap) return allow();
    return allowWithRisk({
      en: `Unanswered attempts at this number that day: ${made}; advisable: ${cap}.`,
      zh: `当日对该号码未接通${made}次，不宜超过${cap}次。`,
    });
  },
});
