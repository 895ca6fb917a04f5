import type { Instant } from "../core/index.ts";
import type { Lender } from "../store/index.ts";
import { perLender } from "./per-lender.ts";

/** A list of up to so many is made whenever somebody asks. */
const SHORT = 2_000;
/** A longer one is kept for so many milliseconds a row: making it takes a twentieth of that, so that no more of a server goes into it. */
const KEPT_MS_A_ROW = 0.6;

/**
 * Lists that take long to make and change little from one second to the next.
 *
 * Gives   the list of a lender. Of a short one it is always made anew, and those who ask meanwhile share the next; of a long one the
 *         last is given and the next is made behind him who asks, so that asking costs the same however long it is.
 * Holds   what is given may be so old: a row is read again before anybody acts on it. Forgotten with the process.
 */
export function keptLists<T>(
  make: (lender: Lender) => Promise<readonly T[]>,
  now: () => Instant,
): (lender: Lender) => Promise<readonly T[]> {
  const lists = new Map<string, { readonly list: readonly T[]; readonly madeAt: Instant }>();
  const made = async (lender: Lender): Promise<readonly T[]> => {
    const madeAt = now();
    const list = await make(lender);
    if (list.length > SHORT) lists.set(lender.code, { list, madeAt });
    else lists.delete(lender.code);
    return list;
  };
  const next = perLender(made);
  const making = new Set<string>();
  return async (lender) => {
    const { code } = lender;
    const last = lists.get(code);
    if (last === undefined) return next(lender);
    const age = now() - last.madeAt;
    if ((age < 0 || age >= last.list.length * KEPT_MS_A_ROW) && !making.has(code)) {
      making.add(code);
      next(lender)
        // Whoever asks after a failure is told of it.
        .catch(() => lists.delete(code))
        .finally(() => making.delete(code));
    }
    return last.list;
  };
}
