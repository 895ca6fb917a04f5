import {
  addDays,
  BAND_CLOSED,
  type Day,
  type LoanState,
  type MatterDateCame,
  NEVER,
  type WatchedDate,
  type WatchedMatter,
} from "../core/index.ts";

/**
 * The next day on which a watched day of a loan's matters has to be told to people: from its `remindOn` on while it is not over, and on the
 * day after its last. `NEVER` where nothing is watched.
 */
export function matterWake({ extra, band }: Pick<LoanState, "extra" | "band">): Day {
  let wake: number = NEVER;
  for (const { dates, debtEnded } of extra?.matters ?? []) {
    for (const date of dates) wake = Math.min(wake, tellOn(date));
    if (band === BAND_CLOSED && !debtEnded) wake = Number.NEGATIVE_INFINITY;
  }
  return wake as Day;
}

const tellOn = ({ told, remindOn, lastOn }: WatchedMatter["dates"][number]): Day =>
  told || remindOn === undefined ? addDays(lastOn, 1) : remindOn;

/** What people have to be told of a loan's matters on a day: each day that is near once, and each that is over once. */
export function mattersDue({ extra, band }: Pick<LoanState, "extra" | "band">, day: Day): MatterDateCame[] {
  const facts: MatterDateCame[] = [];
  for (const { matter, of, dates, debtEnded } of extra?.matters ?? []) {
    const told = (date: WatchedDate, state: MatterDateCame["state"]): void => {
      const { what, by, lastOn } = date;
      facts.push({ kind: "MatterDateCame", on: day, matter, of, what, by, lastOn, state });
    };
    for (const date of dates) {
      if (date.lastOn < day) told(date, "over");
      else if (!date.told && date.remindOn !== undefined && date.remindOn <= day) told(date, "near");
    }
    if (band === BAND_CLOSED && !debtEnded) told({ what: "debt-ended", by: "us", lastOn: day }, "debt-ended");
  }
  return facts;
}
