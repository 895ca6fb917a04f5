import { formatMinute, type Instant, isInside, nextInSpan, type Span } from "../../../src/core/index.ts";
import {
  allow,
  allowWithRisk,
  askPerson,
  forbid,
  type Outcome,
  type Proposed,
  rule,
  zonesOf,
} from "../../../src/policy/index.ts";
import { agreedSpan, minuteThere, spanOf } from "../../clock.ts";
import { answered, COLLECTORS, CONSUMERS, isCovered, TIMED, US_FIRST_DAY } from "../scope.ts";

/**
 * The hours at each place where he may be. The text blocks "before" and "after", so here both instants themselves are
 * free; the house's rule settles them. A time that he agreed to with this collector is his consent.
 */
export const contactHours = rule({
  id: "us/contact-hours",
  says: {
    en: "No call, message or visit before 8 in the morning or after 9 in the evening at the consumer's location; where he may be in several, at a time that suits in all.",
    zh: "消费者所在地早上8点以前、晚上9点以后不得致电、发消息或者上门；可能在多个地点的，须在各地均属适宜时间。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(b)(1)(i)",
    quote:
      "In the absence of the debt collector's knowledge of circumstances to the contrary, a time before 8:00 a.m. and after 9:00 p.m. local time at the consumer's location is inconvenient",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: TIMED,
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: isCovered,
  needs: ["borrowerZone"],
  params: ["contact.hours"],
  check: (context) => {
    const hours = spanOf(context.param("contact.hours"));
    return judgeHours(
      context,
      (zone, at) => isInside(hours, minuteThere(zone, at)) || isInside(hours, minuteThere(zone, at - 1)),
      hours,
    );
  },
});

/** Shared with the house's rule, which differs in the edge only. */
export function judgeHours(
  { step, facts }: Proposed,
  isFree: (zone: string, at: Instant) => boolean,
  hours: Span,
): Outcome {
  const late = zonesOf(facts).filter((zone) => !isFree(zone, step.at));
  if (late.length === 0) return allow();
  const agreed = agreedSpan(facts);
  if (agreed === "unreadable") {
    return askPerson({ en: "The agreed contact times cannot be read.", zh: "约定的联系时间无法识别。" });
  }
  const home = facts.borrowerZone!;
  if (agreed !== "none" && isInside(agreed, minuteThere(home, step.at))) return allow();
  if (answered(step, facts)) {
    return allowWithRisk({
      en: "He wrote or called himself; that an answer at night is covered is our reading.",
      zh: "系消费者本人主动联系；夜间答复是否允许，为本项目的理解。",
    });
  }
  const begins = Math.max(...late.map((zone) => nextInSpan(zone, step.at, hours)));
  const times = late.map((zone) => `${formatMinute(minuteThere(zone, step.at))} (${zone})`).join(", ");
  return forbid(
    { en: `It is ${times} there.`, zh: `当地时间${times}。` },
    agreed === "none" ? begins : Math.min(begins, nextInSpan(home, step.at, agreed)),
  );
}
