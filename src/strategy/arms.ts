import { hash32, invariant } from "../core/index.ts";
import { type Arm, type Strategy, strategyId } from "./types.ts";

/** The way of drawing below; recorded with every draw. Another way would get another number. */
export const DRAW_VERSION = 1;
export const SLOTS = 100;

/**
 * The slot of a borrower, 0 to 99: MurmurHash3 (32 bits, seed 0) over the UTF-8 bytes of `salt/borrower`, modulo 100. The
 * borrower is his key in the book, one whole number, so that all of his loans are in one arm.
 */
export const slotOf = (salt: string, borrower: number): number => hash32(`${salt}/${borrower}`) % SLOTS;

/** The arm of a borrower; `undefined` where the strategy has none. */
export function armOf(strategy: Strategy, borrower: number): Arm | undefined {
  if (strategy.arms.length === 0) return undefined;
  invariant(strategy.draw !== undefined, "a version with arms is used in its line, which draws them");
  const name = strategy.draw.slots[slotOf(strategy.salt, borrower)];
  return strategy.arms.find((arm) => arm.name === name);
}

/**
 * The arm of each slot: those of the version before where they can be kept.
 *
 * Takes   the arms in the order of the file; the slots of the version before, where that drew with the same salt.
 * Holds   each arm has as many slots as its share; a slot changes its arm only where that arm's share fell or it is gone,
 *         and goes to an arm whose share grew or which is new. So a new arm never moves anyone between two kept ones.
 */
export function slotsFor(arms: readonly Arm[], before: readonly string[] = []): readonly string[] {
  const left = new Map(arms.map(({ name, share }) => [name, share]));
  const slots = Array.from({ length: SLOTS }, (_, slot) => {
    const arm = before[slot];
    const free = arm === undefined ? 0 : (left.get(arm) ?? 0);
    if (free === 0) return undefined;
    left.set(arm!, free - 1);
    return arm;
  });
  const wanting = arms.flatMap(({ name }) => Array<string>(left.get(name)!).fill(name));
  invariant(wanting.length === slots.filter((arm) => arm === undefined).length, "shares make a hundred");
  return slots.map((arm) => arm ?? wanting.shift()!);
}

/** A version with its arms drawn, after the version before it. */
export function withDraw(
  strategy: Strategy,
  before: Strategy | undefined,
  others: readonly Strategy[],
): Strategy {
  if (strategy.arms.length === 0) return strategy;
  const same = before?.salt === strategy.salt;
  const followed = new Map<string, Strategy>();
  for (const { follows } of strategy.arms) {
    if (follows === undefined) continue;
    const found = others.find((other) => strategyId(other) === follows);
    invariant(
      found !== undefined,
      `an arm of ${strategyId(strategy)} follows ${follows}, which is not in use here`,
    );
    invariant(found.arms.length === 0, `an arm follows ${follows}, which has arms itself`);
    followed.set(follows, found);
  }
  return { ...strategy, draw: { slots: slotsFor(strategy.arms, same ? before?.draw?.slots : []), followed } };
}
