import { nearest } from "../../core/index.ts";
import { type Io, WrongUse } from "../../office/io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const TEXT = { type: "string" } as const;

/** The first word of a command that has verbs; the first of them where none is given. */
export function verbOf<T extends string>(asked: Asked, verbs: readonly T[], command: string, io: Io): T {
  const [word = verbs[0]!] = asked.words;
  const verb = verbs.find((one) => one === word);
  if (verb) return verb;
  throw new WrongUse(
    say.missing[io.language](verbs.join(" | "), `arrears ${command} ${nearest(word, verbs) ?? verbs[0]}`),
  );
}

/** One of a list of words, by the option that names it. */
export function oneWordOf<T extends string>(
  value: string | undefined,
  known: readonly T[],
  option: string,
  io: Io,
): T {
  const found = known.find((one) => one === value);
  if (found) return found;
  const near = value === undefined ? undefined : nearest(value, known);
  throw new WrongUse(
    say.missing[io.language](`--${option}: ${known.join(" | ")}`, `--${option} ${near ?? known[0]}`),
  );
}

export const listOf = (text: string): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

export function wholeOf(asked: Asked, option: string, usual: number, io: Io): number {
  const text = asked.text(option);
  if (text === undefined) return usual;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new WrongUse(
    io.language === "zh" ? `--${option} 应为非负整数` : `--${option} is a whole number, found ${text}`,
  );
}
