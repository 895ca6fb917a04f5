import { addDays, type Day, dpdOn, type Fact, type Minor, minor, ZERO } from "../core/index.ts";
import type { Foreseen } from "./thought.ts";
import { isWritten } from "./told.ts";
import type { Stop } from "./types.ts";

/**
 * The smallest sums that keep events away, each found by paying it in thought and closing the days through the event's own.
 *
 * Holds   paid on its day the sum does keep the event away, and one minor unit less does not: both were tried before it is told.
 */
export class Stops {
  readonly #world: Foreseen;
  /** By day: the smallest sum with which another due day is the oldest unpaid one. Most events hang on it. */
  readonly #moving = new Map<Day, Minor>();
  readonly #clears = new Map<Day, Minor>();

  constructor(world: Foreseen) {
    this.#world = world;
  }

  /** What keeps the close from writing a fact on its day; nothing where no sum does. */
  ofFact(fact: Fact, payoff: Minor): Stop | undefined {
    const by = addDays(fact.on, -1);
    const keepsAway = (amount: number): boolean =>
      !isWritten(
        fact,
        this.#world
          .from(by)
          .paying({ amount: minor(amount), on: by })
          .facts(fact.on),
      );
    return this.#least(by, payoff, keepsAway);
  }

  /** What leaves nothing past due on a day, paid on that day. */
  ofLateness(on: Day, payoff: Minor): Stop | undefined {
    return this.#least(on, payoff, (amount) => this.#isInTime(amount, on, on));
  }

  #isInTime(amount: number, paidOn: Day, on: Day): boolean {
    return dpdOn(this.#world.paid({ amount: minor(amount), on: paidOn }), this.#world.product, on) === 0;
  }

  /** What, paid on a day, leaves nothing late on the next. */
  #clearing(by: Day, most: number): Minor {
    const known = this.#clears.get(by);
    if (known !== undefined) return known;
    const inTime = (amount: number): boolean => this.#isInTime(amount, by, addDays(by, 1));
    const enough = Math.max(1, most);
    const found = inTime(0) ? ZERO : minor(inTime(enough) ? bisect(enough, inTime) : enough);
    this.#clears.set(by, found);
    return found;
  }

  #least(by: Day, most: number, keepsAway: (amount: number) => boolean): Stop | undefined {
    const guess = this.#movingDue(by, most);
    const stop = (amount: number): Stop => ({
      amount: minor(amount),
      by,
      clears: minor(Math.max(amount, this.#clearing(by, most))),
    });
    if (guess > 0 && keepsAway(guess) && !keepsAway(guess - 1)) return stop(guess);
    // What is owed can be a little more than was told for another day: late interest of a day, a fee.
    const enough = Math.max(1, most);
    if (!keepsAway(enough) || keepsAway(0)) return undefined;
    return stop(bisect(enough, keepsAway));
  }

  /** Cheap beside closing days: one entry, and where the oldest unpaid day lies then. */
  #movingDue(by: Day, most: number): Minor {
    const known = this.#moving.get(by);
    if (known !== undefined) return known;
    const before = this.#world.after(by).dueOn;
    const moves = (amount: number): boolean =>
      this.#world.paid({ amount: minor(amount), on: by }).dueOn > before;
    const enough = Math.max(1, most);
    const found = minor(moves(enough) ? bisect(enough, moves) : 0);
    this.#moving.set(by, found);
    return found;
  }
}

/** The smallest whole number from 1 to one that is enough, where it holds there and not at 0: on both sides of an edge. */
function bisect(enough: number, holds: (amount: number) => boolean): number {
  let [low, high] = [0, enough];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
