import { addDays, type Day, dayAt, type Instant } from "../../../src/core/index.ts";
import { allow, forbid, type Outcome, type Proposed, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, isCovered, startOf, touches, US_FIRST_DAY } from "../scope.ts";

/**
 * A letter or message about the debt, and a while in which none came back; or a conversation. Sent on day 1, it is watched
 * through day `days`; a notice that came back within them does not count, one that came back later does not undo.
 */
export const furnish = rule({
  id: "us/furnish",
  says: {
    en: "Nothing about a debt goes to a bureau before the collector spoke with the consumer, or wrote to him and waited without a returned message.",
    zh: "向征信机构报送前，须已与消费者通话或者当面谈过，或者已致函、发送电子消息并等候合理期间未被退回。",
  },
  cite: {
    law: "us/reg-f-1006-30",
    at: "1006.30(a)(1)",
    quote: "waits a reasonable period of time to receive a notice of undeliverability",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ["bureau"],
  binds: COLLECTORS,
  covers: isCovered,
  needs: ["borrowerZone", "contacts", "notices"],
  params: ["furnish.wait"],
  check: (context) => judgeFurnish(context, context.param<{ days: number }>("furnish.wait").days),
});

/** Records that convey nothing to him: what he sent, and what was looked up. */
const NOT_TO_HIM = ["dispute", "dispute-part", "original-creditor-request", "number-check"];
const SENT = ["letter", "post", "email", "text", "app"];

/** `watched`: days through which a return counts, the day of sending being the first. Free from the day after. */
export function judgeFurnish({ step, facts }: Proposed, watched: number): Outcome {
  const zone = facts.borrowerZone!;
  const spoke = facts.contacts!.some(
    ({ kind, outcome, at, debts, to = "borrower" }) =>
      (kind === "call" || kind === "visit") &&
      outcome === "connected" &&
      at <= step.at &&
      to === "borrower" &&
      (debts === undefined || debts.some((id) => touches(step, id))),
  );
  if (spoke) return allow();
  const sent: { readonly at: Instant; readonly returned?: Instant }[] = [
    ...facts.notices!.filter(({ kind, debt }) => !NOT_TO_HIM.includes(kind) && touches(step, debt)),
    ...facts.contacts!.filter(
      ({ kind, outcome, inbound, to = "borrower" }) =>
        SENT.includes(kind) && outcome === "sent" && inbound !== true && to === "borrower",
    ),
  ].filter(({ at }) => at <= step.at);
  let first: Day | undefined;
  for (const { at, returned } of sent) {
    const free = addDays(dayAt(zone, at), watched);
    if (returned !== undefined && dayAt(zone, returned) < free) continue;
    if (first === undefined || free < first) first = free;
  }
  if (first !== undefined && first <= dayAt(zone, step.at)) return allow();
  return forbid(
    {
      en: "He was not spoken with, and no message about the debt has waited long enough.",
      zh: "尚未与消费者谈过，且没有等候足够时间的函件或者消息。",
    },
    first === undefined ? "never" : startOf(zone, first),
  );
}
