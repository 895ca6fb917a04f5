import type { Citation, Pack, WordRule } from "../src/policy/index.ts";
import { mapping } from "./params.ts";

/** One clause of a text: what carries it into a decision, or why nothing does. */
export interface ClauseCover {
  /** `cn/gbt-45251-2025` */
  readonly law: string;
  readonly at: string;
  readonly subject: string;
  readonly state: string;
  /** Rules that quote it, and those that the line `Carried by: …` names because they quote another sentence. */
  readonly rules: readonly string[];
  readonly params: readonly string[];
  /** Rules on words that quote it; they have a corpus of their own instead of examples. */
  readonly words: readonly string[];
  /** Source files that the line `Carried by: …` names: calculations and forms, which no rule of the gate is. */
  readonly modules: readonly string[];
  /** Test files that the same line names. */
  readonly tests: readonly string[];
  /** Examples whose citation stands in this clause, or in one that the same line names. */
  readonly examples: number;
  /** What the same line names in code marks and nobody has: a rule, a value, a clause without an example. */
  readonly unknown?: readonly string[];
  /** The line `Not modelled: …` below the clause. */
  readonly notModelled?: string;
  /** The line `Parameter only: …`: kept as data that no rule and no parameter of the pack cites. */
  readonly parameterOnly?: string;
}

/** An example as far as coverage asks. */
export interface Cited {
  readonly cite: Citation;
}

/**
 * For each clause of the texts of a place and of the house: by which rules and parameters the pack carries it, by how many
 * examples that is tried, or why it is not carried. The line `Carried by: …` names in code marks rules, values, source
 * and test files of the project, and clauses whose examples try this one too: `us/reg-f-1006-14 1006.14(b)(1)`.
 *
 * Takes   the pack; the texts by name, `cn/civil-code`; the examples of the pack; the rules on words of the place and the house.
 * Holds   one entry a heading, in the order of the texts. What nothing carries and what says nothing is a gap (`gapIn`).
 */
export function coverage(
  pack: Pack,
  texts: ReadonlyMap<string, string>,
  examples: readonly Cited[],
  wordRules: readonly WordRule[] = [],
): readonly ClauseCover[] {
  return [...texts].flatMap(([law, text]) =>
    clausesOf(text).map(({ at, subject, state, words, note }) => {
      const carries = (cite: Citation): boolean =>
        cite.law === law && cite.at === at && words.includes(squeeze(cite.quote));
      const named = namesIn(lineOf(note, "Carried by") ?? "");
      const triedUnder = (name: string): number =>
        examples.filter(({ cite }) => name === `${cite.law} ${cite.at}`).length;
      const isRule = (name: string): boolean => pack.rules.some(({ id }) => id === name);
      const files = named.filter((name) => name.endsWith(".ts") || isTest(name));
      const unknown = named.filter(
        (name) =>
          !files.includes(name) && !isRule(name) && pack.params[name] === undefined && triedUnder(name) === 0,
      );
      const notModelled = lineOf(note, "Not modelled");
      const parameterOnly = lineOf(note, "Parameter only");
      return {
        law,
        at,
        subject,
        state,
        rules: pack.rules.filter(({ id, cite }) => carries(cite) || named.includes(id)).map(({ id }) => id),
        params: Object.keys(pack.params).filter(
          (name) => named.includes(name) || pack.params[name]!.some(({ cite }) => carries(cite)),
        ),
        words: wordRules.filter(({ cite }) => carries(cite)).map(({ id }) => id),
        modules: files.filter((name) => !isTest(name)),
        tests: files.filter(isTest),
        examples:
          examples.filter(({ cite }) => carries(cite)).length +
          named.reduce((sum, name) => sum + triedUnder(name), 0),
        ...(unknown.length === 0 ? {} : { unknown }),
        ...(notModelled === undefined ? {} : { notModelled }),
        ...(parameterOnly === undefined ? {} : { parameterOnly }),
      };
    }),
  );
}

/** What is wrong with a clause, if anything: it says nothing, says two things at once, or its rules have no example. */
export function gapIn(clause: ClauseCover): string | undefined {
  const { law, at, subject, rules, params, words, modules, tests, examples } = clause;
  const { unknown = [], notModelled, parameterOnly } = clause;
  const name = `${law} ${at} — ${subject}`;
  const carriers = [...rules, ...params, ...words, ...modules];
  if (unknown.length > 0)
    return `${name}: carried by ${unknown.join(", ")}, which the pack does not have or no example tries`;
  if (carriers.length === 0 && notModelled === undefined && parameterOnly === undefined)
    return `${name}: no rule and no parameter cites it; cite it, or write "Not modelled: why", "Parameter only: which" or "Carried by: which" below it`;
  if (carriers.length > 0 && notModelled !== undefined)
    return `${name}: says "Not modelled", but ${carriers.join(", ")} cites it`;
  if (rules.length > 0 && examples + tests.length === 0)
    return `${name}: ${rules.join(", ")} has no example that cites it`;
  if (modules.length > 0 && examples + tests.length === 0)
    return `${name}: ${modules.join(", ")} carries it, and no test is named`;
  return undefined;
}

/** The citations of a parsed file of examples. */
export function citedIn(file: unknown, name: string): readonly Cited[] {
  return (file as readonly unknown[]).map((example, n) => {
    const { law, at, quote } = mapping(mapping(example, `${name}[${n}]`).cite, `${name}[${n}].cite`);
    return { cite: { law: String(law), at: String(at), quote: String(quote) } };
  });
}

/** A test, or a life told as a table that the tests play. */
const isTest = (path: string): boolean =>
  path.endsWith(".test.ts") || /^test\/scenarios\/.+\.txt$/.test(path);

/** What stands in code marks. */
const namesIn = (line: string): readonly string[] =>
  [...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

const squeeze = (text: string): string => text.replace(/\s+/g, "");

/** The sections `## clause — subject [state]` of a text: the quoted words, and our own note around them. */
function clausesOf(text: string) {
  return text.split(/^## /m).flatMap((section) => {
    const heading = /^(.+?) — (.+) \[([\w-]+)\]\s*$/m.exec(section.slice(0, section.indexOf("\n") + 1));
    if (!heading) return [];
    const lines = section.split("\n").slice(1);
    const quoted = lines.filter((line) => line.startsWith(">")).map((line) => line.slice(1));
    const note = lines.filter((line) => !line.startsWith(">")).join("\n");
    return [
      { at: heading[1]!, subject: heading[2]!, state: heading[3]!, words: squeeze(quoted.join("")), note },
    ];
  });
}

/** The paragraph that begins with a word of the house: `Not modelled: …`. */
function lineOf(note: string, word: string): string | undefined {
  const found = new RegExp(`^${word}: ([^]*?)(?=\\n\\s*\\n|(?![^]))`, "m").exec(note)?.[1];
  const reason = found?.replace(/\s+/g, " ").trim();
  return reason === "" ? undefined : reason;
}
