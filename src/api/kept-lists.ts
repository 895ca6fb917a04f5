import type { Instant } from "../core/index.ts";
import type { Lender } from "../store/index.ts";
import { perLender } from "./per-lender.ts";

/** A list of up to so many is made whenever somebody asks. */
const SHORT = 2_000;
/** A longer one is kept for so many milliseconds a row: making it takes a twentieth of that, so that no more of a server goes into it. */
const KEPT_MS_A_ROW = 0.6;

/** A list, and whether it was made for who asked; one that was not is read again before anybody goes by it. */
export interface KeptList<T> {
  readonly rows: readonly T[];
  readonly isFresh: boolean;
}

/**
 * Lists that take long to make and change little from one second to the next.
 *
 * Gives   the list of a lender. A short one is always made anew, and those who ask meanwhile share the next; of a long one the
 *         last is given and the next is made behind him who asks, so that asking costs the same however long it is.
 * Holds   forgotten with the process.
 */
export function keptLists<T>(
  make: (lender: Lender) => Promise<readonly T[]>,
  now: () => Instant,
): (lender: Lender) => Promise<KeptList<T>> {
  const lists = new Map<string, { readonly rows: readonly T[]; readonly madeAt: Instant }>();
  const next = perLender(async (lender): Promise<KeptList<T>> => {
    const madeAt = now();
    const rows = await make(lender);
    if (rows.length > SHORT) lists.set(lender.code, { rows, madeAt });
    else lists.delete(lender.code);
    return { rows, isFresh: true };
  });
  const making = new Set<string>();
  return async (lender) => {
    const { code } = lender;
    const last = lists.get(code);
    if (last === undefined) return next(lender);
    const age = now() - last.madeAt;
    if ((age < 0 || age >= last.rows.length * KEPT_MS_A_ROW) && !making.has(code)) {
      making.add(code);
      next(lender)
        // Whoever asks after a failure is told of it.
        .catch(() => lists.delete(code))
        .finally(() => making.delete(code));
    }
    return { rows: last.rows, isFresh: false };
  };
}
