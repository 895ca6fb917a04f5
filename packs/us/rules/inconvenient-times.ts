import {
  addDays,
  day,
  dayAt,
  formatMinute,
  type Instant,
  nextInSpan,
  parseMinute,
  weekday,
} from "../../../src/core/index.ts";
import { allow, forbid, type Inconvenient, rule, zonesOf } from "../../../src/policy/index.ts";
import { minuteThere, outside, startOfNextDay } from "../../clock.ts";
import { answered, COLLECTORS, CONSUMERS, isCovered, TIMED, US_FIRST_DAY } from "../scope.ts";

/**
 * What he said to the collector, or what the creditor's notes say that he said. He may be answered once, by the same
 * medium, while the time in which he wrote or called lasts.
 */
export const inconvenientTimes = rule({
  id: "us/inconvenient-times",
  says: {
    en: "No contact at a time that the consumer said does not suit him; he may be answered once, by the same medium, when he makes contact then.",
    zh: "消费者表示不便的时间不得联系；其在该时间主动联系的，可以以同一方式答复一次。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(b)(1)(i)",
    quote: "at a time that the debt collector knows or should know is inconvenient to the consumer",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: TIMED,
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: isCovered,
  needs: ["borrowerZone", "inconvenient"],
  check: ({ step, facts }) => {
    for (const wish of facts.inconvenient!) {
      if (wish.place !== undefined) continue;
      for (const zone of zonesOf(facts)) {
        const ends = endOf(wish, zone, step.at);
        if (ends === undefined) continue;
        const his = answered(step, facts);
        if (his && endOf(wish, zone, his.at) === ends) continue;
        return forbid(
          {
            en: `He said that this time does not suit him; it is ${formatMinute(minuteThere(zone, step.at))} there.`,
            zh: `消费者已表示该时间不便；当地时间${formatMinute(minuteThere(zone, step.at))}。`,
          },
          ends,
        );
      }
    }
    return allow();
  },
});

/** When the blocked time in which an instant lies ends there, or nothing where it is free. `from` is inside, `to` not. */
export function endOf(wish: Inconvenient, zone: string, at: Instant): Instant | undefined {
  const today = dayAt(zone, at);
  const on = (value: typeof today): boolean =>
    (wish.until === undefined || value <= day(wish.until)) &&
    (wish.weekdays === undefined && wish.dates === undefined
      ? true
      : wish.weekdays?.includes(weekday(value)) === true ||
        wish.dates?.some((date) => day(date) === value) === true);
  const from = parseMinute(wish.from ?? "00:00")!;
  const to = parseMinute(wish.to ?? "24:00")!;
  const minute = minuteThere(zone, at);
  const free = outside({ from, to });
  if (from < to) {
    if (!on(today) || minute < from || minute >= to) return undefined;
    return to === 1440 ? startOfNextDay({ borrowerZone: zone }, at) : nextInSpan(zone, at, free);
  }
  // Over midnight: the night belongs to the day on which it begins.
  if (on(today) && minute >= from)
    return to === 0 ? startOfNextDay({ borrowerZone: zone }, at) : nextInSpan(zone, at, free);
  return minute < to && on(addDays(today, -1)) ? nextInSpan(zone, at, free) : undefined;
}
