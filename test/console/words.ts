import type { Lang } from "../../apps/console/src/lib/format.ts";
import type { Both } from "../../apps/console/src/words/both.ts";

/** What the console says in one of its languages, from its own words: a text that changes there changes here. */
export const sayIn =
  (lang: Lang) =>
  <T>(both: Both<T> | undefined): T => {
    if (both === undefined) throw new Error("the console has no such word");
    return both[lang];
  };
