import type { Key, StopRequested } from "../../core/index.ts";
import { bookStore, type Database } from "../../store/index.ts";
import { shelvesOf } from "../book.ts";
import type { Io } from "../io.ts";

/** Records a wish to stop among what is known of the person: the next message and the next close know it. */
export function recordStops(
  db: Database,
  io: Io,
): (lender: string, owner: Key, stop: StopRequested) => Promise<void> {
  const book = bookStore(db, shelvesOf(io));
  return async (lender, owner, fact) => {
    const { refused } = await book.persons(lender, [{ line: 1, owner, fact }], { actor: "channel" });
    if (refused.length > 0) throw new Error(`a stop was not recorded: ${refused[0]!.says}`);
  };
}
