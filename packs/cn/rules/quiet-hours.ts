import { formatMinute, isInside } from "../../../src/core/index.ts";
import { allow, askPerson, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { agreedSpan, latest, outside, spanOf, timeIn, zonesWhere } from "../../clock.ts";

/**
 * "催收作业从其约定": where a time was agreed, collection follows the agreement, so the agreed time widens the day and
 * narrows it too. With no agreement the standard's own hours hold. It binds every kind of collection work, letters
 * included. Where he may be in several zones, the hour has to suit in each of them.
 */
export const quietHours = rule({
  id: "cn/quiet-hours",
  says: {
    en: "No collection between 22:00 and 08:00 where the borrower lives; where a contact time was agreed beforehand, only at that time.",
    zh: "未约定催收时间的，借款人所在地每日22:00至次日8:00不得催收；已事先约定催收时间的，只在约定时间内催收。",
  },
  cite: {
    law: "cn/gbt-45251-2025",
    at: "5.3",
    quote:
      "双方已事先约定催收时间的，催收作业从其约定。双方未约定催收时间的，催收作业不应在每日22:00至次日8:00进行",
  },
  layer: "industry",
  force: "recommended standard",
  verification: "verified-press",
  from: "2025-02-28",
  governs: CONTACT_KINDS,
  needs: ["borrowerZone"],
  params: ["contact.quiet-hours"],
  check: ({ step, facts, param }) => {
    const agreed = agreedSpan(facts);
    if (agreed === "unreadable") {
      return askPerson({ en: "The agreed contact times cannot be read.", zh: "约定的催收时间无法识别。" });
    }
    if (agreed !== "none") {
      const away = zonesWhere(facts, step.at, (minute) => !isInside(agreed, minute));
      if (away.length === 0) return allow();
      const time = timeIn(away[0]!, step.at);
      const hours = `${formatMinute(agreed.from)}–${formatMinute(agreed.to)}`;
      return forbid(
        {
          en: `It is ${time} there; agreed are ${hours}.`,
          zh: `当地时间${time}，约定的催收时间为${hours}。`,
        },
        latest(away, step.at, agreed),
      );
    }
    const quiet = spanOf(param("contact.quiet-hours"));
    const asleep = zonesWhere(facts, step.at, (minute) => isInside(quiet, minute));
    if (asleep.length === 0) return allow();
    const time = timeIn(asleep[0]!, step.at);
    return forbid(
      { en: `It is ${time} there.`, zh: `当地时间${time}，处于免打扰时段。` },
      latest(asleep, step.at, outside(quiet)),
    );
  },
});
