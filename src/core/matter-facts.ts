import { type Day, formatDay } from "./calendar.ts";
import { OFFER_DAY } from "./plan-facts.ts";

/**
 * A matter is what runs before a court or an office about a debt and has days of its own: a proceeding, an enforcement, a report.
 * What happens in it stands in the borrower's journal; its loan's own journal holds the days that the close has to watch.
 */
export type MatterFact = MatterWatched | MatterDateCame;

/** Who has to act by a day. */
export type MatterActor = "us" | "court" | "debtor";

/** A day that is watched: by when, for what, and who has to act. */
export interface WatchedDate {
  readonly what: string;
  readonly by: MatterActor;
  /** The last day on which it is in time. */
  readonly lastOn: Day;
  /** The day from which people are told that it is near; they are told only when it is over where absent. */
  readonly remindOn?: Day;
}

/**
 * The days to watch of a matter, from now on: they take the place of those that were watched before. A matter that has `ended` is watched
 * no longer.
 */
export interface MatterWatched {
  readonly kind: "MatterWatched";
  readonly on: Day;
  /** Once for each change of its days: `MATTER#3`. */
  readonly id: string;
  readonly matter: string;
  /** What sort of matter: `proceeding`, `enforcement`. */
  readonly of: string;
  readonly dates: readonly WatchedDate[];
  readonly ended?: true;
}

/**
 * The close found a watched day near, or over with nothing recorded of it, or the debt gone while the matter runs: people are asked
 * what to do. Nothing is done by it.
 */
export interface MatterDateCame {
  readonly kind: "MatterDateCame";
  readonly on: Day;
  readonly matter: string;
  readonly of: string;
  readonly what: string;
  readonly by: MatterActor;
  readonly lastOn: Day;
  readonly state: "near" | "over" | "debt-ended";
}

/** A matter in the loan's row, as its facts leave it. */
export interface WatchedMatter {
  readonly matter: string;
  readonly of: string;
  readonly dates: readonly (WatchedDate & { readonly told?: true })[];
  /** People were told that the debt is gone. */
  readonly debtEnded?: true;
}

/** The numbers of these kinds in the journal. Never change one; only add. */
export const MATTER_FACT_CODES = {
  MatterWatched: 38,
  MatterDateCame: 39,
} as const satisfies Record<MatterFact["kind"], number>;

export const isMatterFact = (fact: { readonly kind: string }): fact is MatterFact =>
  fact.kind in MATTER_FACT_CODES;

/** The matters of a loan after one more fact; none where the last one ended. */
export function matters(
  before: readonly WatchedMatter[] | undefined,
  fact: MatterFact,
): readonly WatchedMatter[] | undefined {
  const all = before ?? [];
  const known = all.find(({ matter }) => matter === fact.matter);
  const others = all.filter((one) => one !== known);
  if (fact.kind === "MatterDateCame") {
    if (!known) return before;
    const changed = came(known, fact);
    if (changed) return all.map((one) => (one === known ? changed : one));
    return others.length === 0 ? undefined : others;
  }
  if (fact.ended) return others.length === 0 ? undefined : others;
  const { matter, of } = fact;
  const dates = fact.dates.map((date) => {
    const told = known?.dates.some((one) => one.told && isSameDate(one, date));
    return told ? { ...date, told } : date;
  });
  return [...others, { matter, of, dates, ...(known?.debtEnded ? { debtEnded: true } : {}) }];
}

function came(known: WatchedMatter, fact: MatterDateCame): WatchedMatter | undefined {
  switch (fact.state) {
    case "near":
      return {
        ...known,
        dates: known.dates.map((one) => (isSameDate(one, fact) ? { ...one, told: true } : one)),
      };
    case "over":
      // An offer that lapsed leaves nothing to watch.
      if (isOfferOver(fact)) return undefined;
      return { ...known, dates: known.dates.filter((one) => !isSameDate(one, fact)) };
    case "debt-ended":
      return { ...known, debtEnded: true };
  }
}

interface NamedDate {
  readonly what: string;
  readonly lastOn: Day;
}
const isSameDate = (a: NamedDate, b: NamedDate): boolean => a.what === b.what && a.lastOn === b.lastOn;

/** The close found that nobody accepted an offer in its time. */
export const isOfferOver = ({ what, state }: Pick<MatterDateCame, "what" | "state">): boolean =>
  what === OFFER_DAY && state === "over";

/** What a question about matters is about, as the outbox and the worklist name it: `matter/proceeding`. */
export const MATTER = "matter/";

/** The step by which a question carries a date of a matter: `matter/ID/answer@2026-03-04`. */
export const matterStep = ({
  matter,
  what,
  lastOn,
}: Pick<MatterDateCame, "matter" | "what" | "lastOn">): string =>
  `${MATTER}${matter}/${what}@${formatDay(lastOn)}`;
