import { allow, askPerson, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { answered, COLLECTORS, CONSUMERS, isCovered, touches, US_FIRST_DAY } from "../scope.ts";

/** A notice that is not named is taken for one of these three. */
const LEFT = ["termination", "remedy-ordinary", "remedy-intended"];

/**
 * In writing, or by an electronic medium that the collector takes messages by; from its receipt, on the debt that it names.
 * A wish about one way or one address is another rule's.
 */
export const cease = rule({
  id: "us/cease",
  says: {
    en: "After a written refusal to pay or request to cease, no contact on that debt, but for a notice that efforts end or of a remedy.",
    zh: "收到书面拒绝还款或者停止联系的通知后，不得就该债务再联系；告知停止催收或者将采取的救济措施除外。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(c)(1)",
    quote:
      "the debt collector must not communicate or attempt to communicate further with the consumer with respect to such debt",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: isCovered,
  needs: ["stops"],
  check: ({ step, facts }) => {
    const stop = facts.stops!.find(
      ({ at, kinds, address, debt, written }) =>
        at <= step.at &&
        written === true &&
        kinds === undefined &&
        address === undefined &&
        touches(step, debt),
    );
    if (stop === undefined) return allow();
    const says = { en: "He asked in writing that contact cease.", zh: "消费者已书面要求停止联系。" };
    if (step.purpose === "notice" && (step.notice === undefined || LEFT.includes(step.notice)))
      return allow();
    // The paragraph knows no answer to a consumer who writes again; his letter may take the request back.
    if (answered(step, facts, stop.at)) return askPerson(says);
    return forbid(says, "never");
  },
});
