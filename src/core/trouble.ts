/** Our own bug: the loan it concerns is set aside for people and the night goes on. */
export class InvariantError extends Error {
  override name = "InvariantError";
}

/** States what must hold. Expected refusals are values (`Refusal`), never this. */
export function invariant(holds: boolean, says: string | (() => string)): asserts holds {
  if (!holds) throw new InvariantError(typeof says === "string" ? says : says());
}

/** An expected "no": what was found, what was expected, what to do next. `at` names the field or place. */
export interface Refusal {
  readonly code: string;
  readonly says: string;
  readonly at?: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export function refuse(code: string, says: string, at?: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: at === undefined ? { code, says } : { code, says, at } };
}

/** The known word nearest to a mistyped one, or `undefined` when none is near. For "did you mean". */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, swap));
    }
    previous = row;
  }
  return previous[b.length]!;
}
