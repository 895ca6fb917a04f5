import { Problem } from "./problem.ts";

/**
 * Where the next page begins, as text that says nothing to its reader: the last row's key, and for which list it is. It is
 * a place and no right: whoever brings one sees only what he could have asked for.
 */
export const cursorOf = (list: string, key: readonly (number | string)[]): string =>
  Buffer.from(JSON.stringify([list, ...key])).toString("base64url");

/** The key within a cursor of this list; refused where it is of another list or of no list. */
export function keyOf(
  list: string,
  cursor: string | undefined,
  kinds: readonly ("number" | "string")[],
): (number | string)[] | undefined {
  if (cursor === undefined) return undefined;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw new Problem("bad-cursor");
  }
  if (!Array.isArray(parts) || parts[0] !== list || parts.length !== kinds.length + 1)
    throw new Problem("bad-cursor");
  const key = parts.slice(1) as unknown[];
  const fits = key.every(
    (part, i) =>
      typeof part === kinds[i] &&
      (typeof part === "number" ? Number.isSafeInteger(part) : !/\p{Cc}/u.test(String(part))),
  );
  if (!fits) throw new Problem("bad-cursor");
  return key as (number | string)[];
}

/** A page of rows of which one more was read than it holds: those it shows, and where the next one begins. */
export function pageOf<T>(
  list: string,
  rows: readonly T[],
  limit: number,
  keyOfLast: (last: T) => readonly (number | string)[],
): { readonly shown: T[]; readonly next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next: rows.length > limit && last ? cursorOf(list, keyOfLast(last)) : null };
}

/** Two numbers of a table keyed by bucket and n. */
export function pairOf(list: string, cursor: string | undefined): { bucket: number; n: number } | undefined {
  const key = keyOf(list, cursor, ["number", "number"]) as [number, number] | undefined;
  if (!key) return undefined;
  const [bucket, n] = key;
  if (bucket < 0 || bucket >= 4096 || n < 0 || n >= 2 ** 31) throw new Problem("bad-cursor");
  return { bucket, n };
}
