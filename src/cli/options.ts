import { parseArgs } from "node:util";
import { nearest } from "../core/index.ts";
import { type Io, type Language, WrongUse } from "../office/io.ts";
import { say } from "./messages.ts";

export interface OptionSpec {
  readonly type: "string" | "boolean";
}

export const COMMON: Readonly<Record<string, OptionSpec>> = {
  db: { type: "string" },
  json: { type: "boolean" },
  lang: { type: "string" },
  help: { type: "boolean" },
};

export interface Asked {
  readonly words: readonly string[];
  text(name: string): string | undefined;
  flag(name: string): boolean;
}

/** Reads a command's words and options; an unknown option is refused with the nearest known one. */
export function readOptions(
  args: readonly string[],
  own: Readonly<Record<string, OptionSpec>>,
  language: Language,
): Asked {
  const options = { ...COMMON, ...own };
  const names = Object.keys(options).map((name) => `--${name}`);
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const values = new Map<string, string | true>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const spec = options[token.name];
    if (!spec || !token.rawName.startsWith("--"))
      throw new WrongUse(say.unknownOption[language](token.rawName, nearest(token.rawName, names)));
    const swallowed = token.value?.startsWith("--") && !token.inlineValue;
    if (spec.type === "string" && (token.value === undefined || swallowed))
      throw new WrongUse(say.missing[language](`--${token.name}`, `--${token.name} VALUE`));
    values.set(token.name, token.value ?? true);
  }
  return {
    words,
    text: (name) => {
      const value = values.get(name);
      return typeof value === "string" ? value : undefined;
    },
    flag: (name) => values.has(name),
  };
}

/** An option without which the command means nothing; `example` is a line to copy. */
export function required(asked: Asked, option: string, example: string, io: Io): string {
  const value = asked.text(option);
  if (value) return value;
  throw new WrongUse(say.missing[io.language](`--${option}`, example));
}
