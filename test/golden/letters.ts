import { readdirSync, readFileSync } from "node:fs";
import { type Letter, readLetter } from "../../src/documents/index.ts";

const folder = new URL("../../examples/letters/", import.meta.url);

/** The example letters, each by the name of its file. */
export const exampleLetters = (): readonly { readonly name: string; readonly letter: Letter }[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => {
      const read = readLetter(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
      if (!read.ok) throw new Error(`${name}: ${read.refusal.at} ${read.refusal.says}`);
      return { name: name.slice(0, -".json".length), letter: read.value };
    });

export const exampleLetter = (name: string): Letter =>
  exampleLetters().find((example) => example.name === name)!.letter;
