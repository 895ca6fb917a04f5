import type { Citation, Pack } from "../src/policy/index.ts";
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
  /** Examples whose citation stands in this clause. */
  readonly examples: number;
  /** Rules of the line `Carried by: …` that the pack does not have. */
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
 * examples that is tried, or why it is not carried.
 *
 * Takes   the pack; the texts by name, `cn/civil-code`; the examples of the pack.
 * Holds   one entry a heading, in the order of the texts. What has none of the four is a gap (`gapsIn`).
 */
export function coverage(
  pack: Pack,
  texts: ReadonlyMap<string, string>,
  examples: readonly Cited[],
): readonly ClauseCover[] {
  return [...texts].flatMap(([law, text]) =>
    clausesOf(text).map(({ at, subject, state, words, note }) => {
      const carries = (cite: Citation): boolean =>
        cite.law === law && cite.at === at && words.includes(squeeze(cite.quote));
      const carried: readonly string[] = lineOf(note, "Carried by")?.match(/[\w-]+\/[\w-]+/g) ?? [];
      const unknown = carried.filter((id) => !pack.rules.some((rule) => rule.id === id));
      const notModelled = lineOf(note, "Not modelled");
      const parameterOnly = lineOf(note, "Parameter only");
      return {
        law,
        at,
        subject,
        state,
        rules: pack.rules.filter(({ id, cite }) => carries(cite) || carried.includes(id)).map(({ id }) => id),
        params: Object.keys(pack.params).filter((name) =>
          pack.params[name]!.some(({ cite }) => carries(cite)),
        ),
        examples: examples.filter(({ cite }) => carries(cite)).length,
        ...(unknown.length === 0 ? {} : { unknown }),
        ...(notModelled === undefined ? {} : { notModelled }),
        ...(parameterOnly === undefined ? {} : { parameterOnly }),
      };
    }),
  );
}

/** What is wrong with a clause, if anything: it says nothing, says two things at once, or its rules have no example. */
export function gapIn(clause: ClauseCover): string | undefined {
  const { law, at, subject, rules, params, examples, unknown = [], notModelled, parameterOnly } = clause;
  const name = `${law} ${at} — ${subject}`;
  const carried = rules.length + params.length > 0;
  if (unknown.length > 0) return `${name}: carried by ${unknown.join(", ")}, which the pack does not have`;
  if (!carried && notModelled === undefined && parameterOnly === undefined)
    return `${name}: no rule and no parameter cites it; cite it, or write "Not modelled: why" or "Parameter only: which" below it`;
  if (carried && notModelled !== undefined)
    return `${name}: says "Not modelled", but ${[...rules, ...params].join(", ")} cites it`;
  if (rules.length > 0 && examples === 0) return `${name}: ${rules.join(", ")} has no example that cites it`;
  return undefined;
}

/** The citations of a parsed file of examples. */
export function citedIn(file: unknown, name: string): readonly Cited[] {
  return (file as readonly unknown[]).map((example, n) => {
    const { law, at, quote } = mapping(mapping(example, `${name}[${n}]`).cite, `${name}[${n}].cite`);
    return { cite: { law: String(law), at: String(at), quote: String(quote) } };
  });
}

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
