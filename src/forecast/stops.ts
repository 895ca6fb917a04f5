import { addDays, type Day, dpdOn, type Fact, type Minor, minor } from "../core/index.ts";
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

  constructor(world: Foreseen) {
    this.#world = world;
  }

  /** What keeps the close from writing a fact on its day; nothing where no sum does. */
  ofFact(fact: Fact, payoff: Minor): Stop | undefined {
    const by = addDays(fact.on, -1);
    const keepsAway = (amount: number): boolean =>
      !isWritten(fact, this.#world.paying({ amount: minor(amount), on: by }).facts(fact.on));
    return this.#least(by, payoff, keepsAway);
  }

  /** What leaves nothing past due on a day, paid on that day. */
  ofLateness(on: Day, payoff: Minor): Stop | undefined {
    const { product } = this.#world;
    return this.#least(
      on,
      payoff,
      (amount) => dpdOn(this.#world.paid({ amount: minor(amount), on }), product, on) === 0,
    );
  }

  #least(by: Day, most: number, keepsAway: (amount: number) => boolean): Stop | undefined {
    const guess = this.#movingDue(by, most);
    if (guess > 0 && keepsAway(guess) && !keepsAway(guess - 1)) return { amount: minor(guess), by };
    // What is owed can be a little more than was told for another day: late interest of a day, a fee.
    const enough = Math.max(1, most);
    if (!keepsAway(enough) || keepsAway(0)) return undefined;
    return { amount: minor(bisect(enough, keepsAway)), by };
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
