import type { Instant } from "../core/index.ts";

/** Who looks at a loan, besides whoever asks. A courtesy and no lock: what is written is guarded by its version. */
export interface Presence {
  /** Says that somebody looks at it now; gives the others, the latest first. */
  here(subject: string, who: { readonly id: string; readonly name: string }, now: Instant): readonly Seen[];
}

export interface Seen {
  readonly name: string;
  readonly since: Instant;
}

/** Who has not said so for this long has gone: a page says it every twenty seconds. */
const GONE_MS = 50_000;
/** Subjects kept; the one that was looked at longest ago goes first. */
const MOST = 10_000;

/** Kept in this process and nowhere else: two servers know of each other's readers nothing. */
export function presence(): Presence {
  const subjects = new Map<string, Map<string, { name: string; since: Instant; seen: Instant }>>();
  return {
    here: (subject, { id, name }, now) => {
      const known = subjects.get(subject) ?? new Map();
      for (const [other, { seen }] of known) if (now - seen > GONE_MS) known.delete(other);
      known.set(id, { name, since: known.get(id)?.since ?? now, seen: now });
      subjects.delete(subject);
      subjects.set(subject, known);
      if (subjects.size > MOST) subjects.delete(subjects.keys().next().value!);
      return [...known]
        .filter(([other]) => other !== id)
        .map(([, { name: of, since }]) => ({ name: of, since }))
        .sort((a, b) => b.since - a.since);
    },
  };
}
