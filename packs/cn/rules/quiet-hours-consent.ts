import { isInside, nextInSpan } from "../../../src/core/index.ts";
import { allow, askPerson, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { agreedSpan, minuteThere, outside, spanOf, timeIn, zonesWhere } from "../../clock.ts";

/** A time that the person agreed to, inside the quiet hours, is the consent that the guide asks for; nothing else is. */
export const quietHoursConsent = rule({
  id: "cn/quiet-hours-consent",
  says: {
    en: "No call, visit or other collection between 22:00 and 08:00 where the borrower lives without his consent.",
    zh: "未经借款人同意，其所在地每日22:00至次日8:00不得进行电话催收、外访催收及其他催收。",
  },
  cite: {
    law: "cn/cba-collection-guide-2026",
    at: "article number not seen",
    quote: "未经债务人同意，严禁在每日晚22:00至次日早8:00进行电话催收、外访催收及其他催收",
  },
  layer: "industry",
  force: "self-regulation",
  verification: "verified-press",
  from: "2026-01-30",
  governs: CONTACT_KINDS,
  needs: ["borrowerZone"],
  params: ["contact.quiet-hours.consent"],
  check: ({ step, facts, param }) => {
    const quiet = spanOf(param("contact.quiet-hours.consent"));
    const agreed = agreedSpan(facts);
    const asleep = zonesWhere(facts, step.at, (minute) => isInside(quiet, minute));
    if (asleep.length === 0) return allow();
    if (agreed === "unreadable") {
      return askPerson({ en: "The agreed contact times cannot be read.", zh: "约定的催收时间无法识别。" });
    }
    const unasked = asleep.filter(
      (zone) => agreed === "none" || !isInside(agreed, minuteThere(zone, step.at)),
    );
    if (unasked.length === 0) return allow();
    // In each zone the night ends, or the agreed time begins; the last of them is when no zone objects any more.
    const from = (zone: string) => {
      const morning = nextInSpan(zone, step.at, outside(quiet));
      return agreed === "none" ? morning : Math.min(morning, nextInSpan(zone, step.at, agreed));
    };
    const time = timeIn(unasked[0]!, step.at);
    return forbid(
      {
        en: `It is ${time} there, and no consent to this time is on record.`,
        zh: `当地时间${time}，没有借款人同意在此时间联系的记录。`,
      },
      Math.max(...unasked.map(from)),
    );
  },
});
