import {
  allow,
  askPerson,
  CONTACT_KINDS,
  forbid,
  type Outcome,
  type Proposed,
  rule,
} from "../../../src/policy/index.ts";
import { answered, COLLECTORS, ELECTRONIC, isCovered, sameAddress, US_FIRST_DAY } from "../scope.ts";

/** For any debt, whichever he named. A wish in writing that names neither way nor address is a request to cease. */
export const stoppedMedium = rule({
  id: "us/stopped-medium",
  says: {
    en: "A medium or address that the person asked not to use is not used, for any debt; one confirmation and one answer may go.",
    zh: "对方要求不使用的联系方式或者地址，不论涉及哪笔债务均不得使用；确认退订、答复对方主动联系各以一次为限。",
  },
  cite: {
    law: "us/reg-f-1006-14",
    at: "1006.14(h)(1)",
    quote:
      "through a medium of communication if the person has requested that the debt collector not use that medium",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  covers: isCovered,
  needs: ["stops", "contacts"],
  check: (context) => judgeStops(context),
});

/** Shared with the house's rule, which binds lenders. */
export function judgeStops({ step, facts }: Proposed): Outcome {
  let asks: Outcome | undefined;
  for (const stop of facts.stops!) {
    if (stop.at > step.at || (stop.kinds !== undefined && !stop.kinds.includes(step.kind))) continue;
    if (stop.kinds === undefined && stop.address === undefined) {
      if (stop.written !== true) {
        asks ??= askPerson({
          en: "He asked by word of mouth to be left alone; a person decides what he meant.",
          zh: "消费者曾口头要求停止联系，其含义由人工判断。",
        });
      }
      continue;
    }
    const same = sameAddress(step, stop.address);
    if (same === false || answered(step, facts, stop.at)) continue;
    if (same === "unknown") {
      asks ??= askPerson({
        en: "One address may not be used, and this step names none.",
        zh: "有地址已被要求停用，而本动作未指明地址。",
      });
      continue;
    }
    if (step.purpose === "notice") {
      const first = !facts.contacts!.some(
        ({ kind, at, inbound }) => kind === step.kind && inbound !== true && at >= stop.at && at <= step.at,
      );
      if (step.notice === "opt-out-confirmation" && ELECTRONIC.includes(step.kind) && first) continue;
      // A law that requires another medium than the address he refused: comment 42(a)(1)-4 closes the address itself.
      if (step.notice === "required-by-law" && !ELECTRONIC.includes(step.kind)) continue;
      if (step.notice === undefined) {
        asks ??= askPerson({ en: "Which notice this is is not known.", zh: "不知为何种通知。" });
        continue;
      }
    }
    return forbid({ en: "He asked that this way not be used.", zh: "对方已要求不使用该方式。" }, "never");
  }
  return asks ?? allow();
}
