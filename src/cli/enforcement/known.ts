import type { PersonKnown } from "../../legal/index.ts";
import type { Io } from "../../office/io.ts";
import { oneWordOf } from "../letters/asked.ts";
import type { Asked } from "../options.ts";

/** What can be told of the person beside the book. */
export const KNOWN = ["able", "minor", "student", "security", "seized-enough", "later-in-order"] as const;

export function knownOf(asked: Asked, io: Io): PersonKnown {
  const yes = (option: (typeof KNOWN)[number]): boolean | undefined => {
    const text = asked.text(option);
    if (text === undefined || text === "unknown") return undefined;
    return oneWordOf(text, ["yes", "no", "unknown"] as const, option, io) === "yes";
  };
  const found = {
    able: yes("able"),
    minor: yes("minor"),
    student: yes("student"),
    security: yes("security"),
    seizedEnough: yes("seized-enough"),
    laterInOrder: yes("later-in-order"),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
