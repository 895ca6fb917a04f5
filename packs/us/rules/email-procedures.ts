import { addDays, day, dayAt } from "../../../src/core/index.ts";
import {
  allow,
  allowWithRisk,
  type Consent,
  forbid,
  type RuleContext,
  rule,
} from "../../../src/policy/index.ts";
import { COLLECTORS, CONSUMERS, isCovered, sameAddress, US_FIRST_DAY } from "../scope.ts";

/** Which of the three procedures the address has been through: the consumer's own, the creditor's, an earlier collector's. */
export function procedureOf(context: RuleContext): "own" | "creditor" | "earlier" | undefined {
  const live = (context.facts.consents ?? []).filter((consent) => isLive(consent, context));
  if (live.some(({ to }) => to === "actor")) return "own";
  if (live.some(({ to, by }) => to === "earlier-collector" && by === "use")) return "earlier";
  if (live.some((consent) => consent.to === "creditor" && refusalIsOver(consent, context))) return "creditor";
  return undefined;
}

const isLive = (consent: Consent, { step }: RuleContext): boolean =>
  consent.kinds.includes("email") &&
  sameAddress(step, consent.address) !== false &&
  (consent.from ?? consent.given) <= step.at &&
  (consent.until === undefined || step.at <= consent.until) &&
  (consent.withdrawn === undefined || step.at < consent.withdrawn);

/** The creditor's notice left at least 35 days, they are over, and the address is not one of his employer's. */
function refusalIsOver({ given, by, refuseBy }: Consent, { step, facts, param }: RuleContext): boolean {
  const zone = facts.borrowerZone;
  if (by !== "notice" || zone === undefined || step.to.place === "work") return false;
  const least = addDays(dayAt(zone, given), param<{ days: number }>("email.refusal").days);
  const last = refuseBy === undefined ? least : day(refuseBy);
  return last >= least && dayAt(zone, step.at) > last;
}

/**
 * The procedures are a defence and no duty: an e-mail outside them may go, and what it reveals to others is then no bona fide
 * error. An address that is known to reach somebody else may not be used. Whether its domain is open to the public is
 * not looked at.
 */
export const emailProcedures = rule({
  id: "us/email-procedures",
  says: {
    en: "An e-mail goes to an address that the consumer used or allowed, that a creditor's notice of at least 35 days covers, or that the collector before used; any other carries the risk of disclosure.",
    zh: "电子邮件应发往消费者使用过或者同意的地址、债权人已通知满35天的地址或者前一催收方使用过的地址；发往其他地址须承担泄露风险。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(d)(3)",
    quote: "to avoid a bona fide error in sending an email or text message communication",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ["email"],
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: isCovered,
  needs: ["contacts"],
  params: ["email.refusal"],
  check: (context) => {
    if (reachedAnother(context)) {
      return forbid(
        { en: "This address is known to reach somebody else.", zh: "已知该地址属于他人。" },
        "never",
      );
    }
    if (procedureOf(context) !== undefined) return allow();
    return allowWithRisk({
      en: "The address has been through none of the three procedures: a disclosure to others would be no bona fide error.",
      zh: "该地址未经三种程序之一；如泄露给他人，不得以善意错误抗辩。",
    });
  },
});

export const reachedAnother = ({ step, facts }: RuleContext): boolean =>
  step.to.address !== undefined &&
  facts.contacts!.some(
    ({ kind, outcome, address, at }) =>
      kind === step.kind && outcome === "wrong-number" && address === step.to.address && at <= step.at,
  );
