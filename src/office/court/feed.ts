import { formatInstant, type Instant } from "../../core/index.ts";
import { type CalendarEntry, calendarFeed } from "../../documents/index.ts";
import { WAY_WORDS } from "../../legal/index.ts";
import { ACTOR_WORDS } from "./matter-words.ts";
import { DEADLINE_WORDS } from "./proceeding-words.ts";
import type { KnownProceeding } from "./told.ts";

/**
 * The days of proceedings as a calendar feed: hearings at their hour, last days as whole days, each in both languages.
 *
 * Holds   a day has the same uid however often the feed is made and wherever it moves.
 */
export function courtFeed(
  found: readonly KnownProceeding[],
  {
    lender,
    now,
  }: { readonly lender: { readonly code: string; readonly name: string }; readonly now: Instant },
): string {
  const entries = found.flatMap(({ life, days }) => {
    const seen = new Map<string, number>();
    return days
      .filter(({ what }) => what !== "notice-of-hearing")
      .map((day): CalendarEntry => {
        const words = DEADLINE_WORDS[day.what];
        const name = day.name === undefined ? "" : `${day.name} `;
        const number = life.caseNumber ?? life.id;
        const set = life.events.find(({ event }) => event === day.event)?.what;
        const hearing = set?.type === "hearing-set" && day.what === "hearing" ? set : undefined;
        const source = day.source
          ? `${day.source.cite.law} ${day.source.cite.at} (${day.source.verification})`
          : "";
        const open = day.unknown
          ? "节假日未公布，最早为该日 / days off not published: not before this day"
          : "";
        // By what it is and not by the event that set it: a hearing that moves is the same hearing.
        const own = day.name === undefined ? day.what : `${day.what}:${day.name}`;
        const times = seen.get(own) ?? 0;
        seen.set(own, times + 1);
        return {
          uid: `${lender.code}/${life.id}/${own}${times === 0 ? "" : `/${times}`}@arrears`,
          on: day.lastOn,
          ...(hearing?.minute === undefined ? {} : { minute: hearing.minute }),
          summary: `${name}${words.zh} / ${words.en} · ${number}`,
          description: [
            `${WAY_WORDS[life.way].zh} / ${WAY_WORDS[life.way].en}`,
            life.court,
            life.debts.join(", "),
            `${ACTOR_WORDS[day.by].zh} / ${ACTOR_WORDS[day.by].en}`,
            source,
            open,
          ]
            .filter((line) => line !== "")
            .join("\n"),
          ...(hearing?.place === undefined ? {} : { location: hearing.place }),
          category: day.by,
          ...(day.by === "us" ? { remindDays: 1 } : {}),
        };
      });
  });
  return calendarFeed(entries, { name: `庭审与期限 / Court days · ${lender.name}`, stamp: stampOf(now) });
}

/** An instant as RFC 5545 writes it, in UTC and to the second. */
const stampOf = (now: Instant): string =>
  `${formatInstant("UTC", now).slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
