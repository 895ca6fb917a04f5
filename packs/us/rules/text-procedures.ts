import { dayAt } from "../../../src/core/index.ts";
import { allow, allowWithRisk, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, CONSUMERS, isCovered, sameAddress, US_FIRST_DAY } from "../scope.ts";
import { reachedAnother } from "./email-procedures.ts";

/** As for e-mail: a defence. He texted, or allowed texts; and within 60 days he did so again, or the number was checked. */
export const textProcedures = rule({
  id: "us/text-procedures",
  says: {
    en: "A text goes to a number that the consumer texted from or allowed, and that he used or that was checked within 60 days; any other carries the risk of disclosure.",
    zh: "短信应发往消费者曾发短信或者同意的号码，且60天内其再次使用、同意或者已核对号码未转手；否则须承担泄露风险。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(d)(5)",
    quote: "within the past 60 days the debt collector either",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ["text"],
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: isCovered,
  needs: ["borrowerZone", "contacts"],
  params: ["text.fresh"],
  check: (context) => {
    const { step, facts, param } = context;
    if (reachedAnother(context)) {
      return forbid(
        { en: "This number is known to reach somebody else.", zh: "已知该号码属于他人。" },
        "never",
      );
    }
    // His texts and consents, to this collector and by text: a call from the number is none (comment 6(d)(5)(i)-1).
    const his = [
      ...(facts.consents ?? [])
        .filter(
          ({ kinds, to, by, given, until, withdrawn, address }) =>
            kinds.includes("text") &&
            to === "actor" &&
            by !== "notice" &&
            given <= step.at &&
            (until === undefined || step.at <= until) &&
            (withdrawn === undefined || step.at < withdrawn) &&
            sameAddress(step, address) !== false,
        )
        .map(({ given }) => given),
      ...facts
        .contacts!.filter(
          ({ kind, inbound, at, address }) =>
            kind === "text" && inbound === true && at <= step.at && sameAddress(step, address) !== false,
        )
        .map(({ at }) => at),
    ];
    if (his.length === 0) {
      return allowWithRisk({
        en: "He neither texted from this number nor allowed texts to it: a disclosure to others would be no bona fide error.",
        zh: "消费者未以该号码发过短信，也未同意；如泄露给他人，不得以善意错误抗辩。",
      });
    }
    const last = Math.max(...his);
    const checks = (facts.notices ?? []).filter(
      ({ kind, at }) => kind === "number-check" && at >= last && at <= step.at,
    );
    const zone = facts.borrowerZone!;
    const freshest = Math.max(last, ...checks.map(({ at }) => at));
    if (dayAt(zone, step.at) - dayAt(zone, freshest) <= param<{ days: number }>("text.fresh").days)
      return allow();
    return allowWithRisk({
      en: "More than 60 days since his last text or consent, and the number was not checked since.",
      zh: "距其最近一次短信或者同意已超过60天，且其后未核对号码。",
    });
  },
});
