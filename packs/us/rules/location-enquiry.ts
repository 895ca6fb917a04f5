import { allow, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, holds, isCovered, OTHERS, sameAddress, US_FIRST_DAY } from "../scope.ts";

/**
 * Once: a call that nobody answered communicated nothing. Who asked to be called again has given a consent with his address;
 * that his answer was wrong or incomplete is a belief, which a person records so or acts on himself.
 */
export const locationEnquiry = rule({
  id: "us/location-enquiry",
  says: {
    en: "A third person is asked once where the consumer is, unless he asks to be called again, and is never told of a debt.",
    zh: "向第三人查询消费者下落，每人以一次为限（其本人要求再联系的除外），并不得提及债务。",
  },
  cite: {
    law: "us/reg-f-1006-10",
    at: "1006.10(c)",
    quote: "must not communicate more than once with such person unless requested to do so by such person",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  purposes: ["locate"],
  persons: OTHERS,
  covers: isCovered,
  needs: ["contacts"],
  params: ["text.debt"],
  check: ({ step, facts, param }) => {
    if (step.text !== undefined && holds(step.text, param<readonly string[]>("text.debt"))) {
      return forbid({ en: "The words tell of a debt.", zh: "文字提及债务。" }, "never");
    }
    const spoken = facts.contacts!.some(
      ({ to, address, outcome, at }) =>
        at <= step.at &&
        to === step.to.role &&
        sameAddress(step, address) !== false &&
        (outcome === "connected" || outcome === "sent" || outcome === "unknown"),
    );
    const asked = (facts.consents ?? []).some(
      ({ kinds, address, to, given, withdrawn }) =>
        kinds.includes(step.kind) &&
        to === "actor" &&
        address !== undefined &&
        address === step.to.address &&
        given <= step.at &&
        withdrawn === undefined,
    );
    if (!spoken || asked) return allow();
    return forbid({ en: "This person was asked before.", zh: "已向该人查询过。" }, "never");
  },
});
