const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000] as const;

/** How long after each failed try the next one comes, as Standard Webhooks recommends; after the last the event is dead. */
export const TRY_AFTER_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** What comes of a try: told, tried again at an instant, or given up. 410 says that nobody wants it any more. */
export function afterTry(
  tries: number,
  status: number | null,
  now: number,
): { readonly is: "delivered" | "dead" | "gone" } | { readonly is: "again"; readonly at: number } {
  if (status !== null && status >= 200 && status < 300) return { is: "delivered" };
  if (status === 410) return { is: "gone" };
  const wait = TRY_AFTER_MS[tries - 1];
  return wait === undefined ? { is: "dead" } : { is: "again", at: now + wait };
}
