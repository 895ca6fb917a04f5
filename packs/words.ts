import { dayAt, invariant } from "../src/core/index.ts";
import {
  ACTOR_ROLES,
  allow,
  askPerson,
  CONTACT_KINDS,
  type ForbiddenWords,
  findWords,
  forbid,
  type Layer,
  type Patterns,
  PURPOSES,
  type RequiredLine,
  type Rule,
  roleOf,
  rule,
  STEP_KINDS,
  WORD_LANGUAGES,
  type WordContext,
  type WordFinding,
  type WordRule,
  type Words,
} from "../src/policy/index.ts";
import { dayText, FORCES, mapping, oneOf, onlyKeys, text, VERIFICATIONS } from "./params.ts";

const LAYERS: readonly Layer[] = ["law", "industry", "provider", "house"];
const RULE_KEYS = [
  "id",
  "says",
  "cite",
  "layer",
  "force",
  "verification",
  "checked_on",
  "from",
  "to",
  "governs",
  "binds",
  "purposes",
  "languages",
  "suggestion",
  "forbidden",
  "required",
];

type Sets = Readonly<Record<string, string>>;
/** Groups of forbidden words by name, so that each place can forbid the same words by its own law. */
type Groups = Readonly<Record<string, ForbiddenWords>>;

/**
 * Reads rules on words from parsed YAML files: `sets` of words by name, written `<name>` in a pattern; `groups` of
 * forbidden words by name, taken by `use: name`; and `rules`.
 *
 * Takes   the files by name without ending, and in `common` those whose sets and groups they may use.
 * Refuses by throwing, because these files are ours: an unknown key, a missing sentence, a set that is not there.
 */
export function readWordRules(
  files: Readonly<Record<string, unknown>>,
  common: Readonly<Record<string, unknown>> = {},
): readonly WordRule[] {
  const sets: Record<string, string> = {};
  for (const [name, file] of [...Object.entries(common), ...Object.entries(files)]) {
    for (const [set, words] of Object.entries(mapping(mapping(file, name).sets ?? {}, `${name}.sets`)))
      sets[set] = texts(words, `${name}.sets.${set}`)
        .map((word) => expanded(word, sets, `${name}.sets.${set}`))
        .join("|");
  }
  const groups: Record<string, ForbiddenWords> = {};
  for (const [name, file] of [...Object.entries(common), ...Object.entries(files)]) {
    for (const [group, words] of Object.entries(mapping(mapping(file, name).groups ?? {}, `${name}.groups`)))
      groups[group] = caught(words, `${name}.groups.${group}`, sets, groups);
  }
  const ids = new Set<string>();
  return Object.keys(files)
    .sort()
    .flatMap((name) => {
      const file = mapping(files[name], name);
      onlyKeys(file, ["sets", "groups", "rules"], name);
      return list(file.rules ?? [], `${name}.rules`).map((entry, i) => {
        const one = wordRule(entry, `${name}.rules[${i}]`, sets, groups);
        invariant(!ids.has(one.id), `two rules on words are called ${one.id}`);
        ids.add(one.id);
        return one;
      });
    });
}

function wordRule(found: unknown, at: string, sets: Sets, groups: Groups): WordRule {
  const entry = mapping(found, at);
  onlyKeys(entry, RULE_KEYS, at);
  const id = text(entry.id, `${at}.id`);
  const cite = mapping(entry.cite, `${id}.cite`);
  onlyKeys(cite, ["law", "at", "quote"], `${id}.cite`);
  dayText(entry.checked_on, `${id}.checked_on`);
  const words = <T extends string>(value: unknown, known: readonly T[], key: string): T[] =>
    texts(value, `${id}.${key}`).map((word) => oneOf(word, known, `${id}.${key}`));
  const forbidden = entry.forbidden;
  const required = entry.required;
  invariant((forbidden === undefined) !== (required === undefined), `${id} is either forbidden or required`);
  return {
    id,
    says: bothWords(entry.says, `${id}.says`),
    cite: {
      law: text(cite.law, `${id}.cite.law`),
      at: text(cite.at, `${id}.cite.at`),
      quote: text(cite.quote, `${id}.cite.quote`),
    },
    layer: oneOf(entry.layer, LAYERS, `${id}.layer`),
    force: oneOf(entry.force, FORCES, `${id}.force`),
    verification: oneOf(entry.verification, VERIFICATIONS, `${id}.verification`),
    from: dayText(entry.from, `${id}.from`),
    ...(entry.to === undefined ? {} : { to: dayText(entry.to, `${id}.to`) }),
    governs: entry.governs === undefined ? CONTACT_KINDS : words(entry.governs, STEP_KINDS, "governs"),
    ...(entry.binds === undefined ? {} : { binds: words(entry.binds, ACTOR_ROLES, "binds") }),
    ...(entry.purposes === undefined ? {} : { purposes: words(entry.purposes, PURPOSES, "purposes") }),
    languages: words(entry.languages, WORD_LANGUAGES, "languages"),
    suggestion: bothWords(entry.suggestion, `${id}.suggestion`),
    ...(forbidden === undefined
      ? {}
      : {
          forbidden: list(forbidden, `${id}.forbidden`).map((one, i) =>
            caught(one, `${id}.forbidden[${i}]`, sets, groups),
          ),
        }),
    ...(required === undefined
      ? {}
      : {
          required: list(required, `${id}.required`).map((one, i) => line(one, `${id}.required[${i}]`, sets)),
        }),
  };
}

function caught(found: unknown, at: string, sets: Sets, groups: Groups): ForbiddenWords {
  const entry = mapping(found, at);
  if (entry.use !== undefined) {
    onlyKeys(entry, ["use"], at);
    const name = text(entry.use, `${at}.use`);
    invariant(Object.hasOwn(groups, name), `${at} uses the group ${name}, which is in no file`);
    return groups[name]!;
  }
  onlyKeys(entry, ["catches", "en", "zh", "unless", "intended"], at);
  return {
    catches: bothWords(entry.catches, `${at}.catches`),
    patterns: patternsOf(entry, at, sets),
    ...(entry.unless === undefined
      ? {}
      : { unless: texts(entry.unless, `${at}.unless`).map((one) => expanded(one, sets, at)) }),
    ...(entry.intended === undefined ? {} : { intended: text(entry.intended, `${at}.intended`) }),
  };
}

function line(found: unknown, at: string, sets: Sets): RequiredLine {
  const entry = mapping(found, at);
  onlyKeys(entry, ["line", "when", "stages", "kinds", "en", "zh", "suggestion"], at);
  return {
    line: bothWords(entry.line, `${at}.line`),
    ...(entry.when === undefined ? {} : { when: oneOf(entry.when, ["first", "later"], `${at}.when`) }),
    ...(entry.stages === undefined ? {} : { stages: texts(entry.stages, `${at}.stages`) }),
    ...(entry.kinds === undefined
      ? {}
      : { kinds: texts(entry.kinds, `${at}.kinds`).map((kind) => oneOf(kind, STEP_KINDS, `${at}.kinds`)) }),
    patterns: patternsOf(entry, at, sets),
    suggestion: bothWords(entry.suggestion, `${at}.suggestion`),
  };
}

function patternsOf(entry: Readonly<Record<string, unknown>>, at: string, sets: Sets): Patterns {
  const of = (language: "en" | "zh") =>
    entry[language] === undefined
      ? {}
      : { [language]: texts(entry[language], `${at}.${language}`).map((one) => expanded(one, sets, at)) };
  const patterns: Patterns = { ...of("en"), ...of("zh") };
  invariant(Object.keys(patterns).length > 0, `${at} has no pattern in any language`);
  return patterns;
}

const expanded = (pattern: string, sets: Sets, at: string): string =>
  pattern.replace(/<([\w-]+)>/g, (_, name: string) => {
    invariant(Object.hasOwn(sets, name), `${at} uses the set <${name}>, which is in no file`);
    return sets[name]!;
  });

function bothWords(found: unknown, at: string): Words {
  const entry = mapping(found, at);
  onlyKeys(entry, ["en", "zh"], at);
  return { en: text(entry.en, `${at}.en`), zh: text(entry.zh, `${at}.zh`) };
}

function list(found: unknown, at: string): readonly unknown[] {
  invariant(Array.isArray(found), `${at} is not a list`);
  return found;
}

const texts = (found: unknown, at: string): readonly string[] =>
  list(found, at).map((one, i) => text(one, `${at}[${i}]`));

/**
 * The rule of the gate that runs rules on words over the text of a step. A step without a text is being planned, and is
 * not judged on words; at the second of sending the text is always there.
 *
 * Takes   the name of the place, for the rule's id; its rules on words.
 */
export const wordsRule = (place: string, words: readonly WordRule[]): Rule =>
  rule({
    id: `${place}/words`,
    says: {
      en: "A text goes out only when no rule on words finds anything in it.",
      zh: "文字内容经逐条用语规则检查无发现的，方可发出。",
    },
    cite: {
      law: "house/words",
      at: "gate",
      quote: "A text goes out only when no rule on words finds anything in it.",
    },
    layer: "house",
    force: "house rule",
    verification: "house",
    from: "2021-01-01",
    governs: CONTACT_KINDS,
    covers: ({ step }) => step.text !== undefined,
    needs: [],
    words,
    check: ({ step, facts }) => {
      if (words.length === 0)
        return askPerson({
          en: "No rules on words were given to this pack: a person reads the text.",
          zh: "该合规包未载入用语规则，文字内容须人工阅读。",
        });
      const first = facts.notices?.every(({ kind }) => kind !== FIRST_NOTICE);
      const role = roleOf(step.actor);
      const findings = findWords(
        step.text!,
        {
          kind: step.kind,
          on: dayAt(facts.borrowerZone ?? "UTC", step.at),
          ...(role === undefined ? {} : { actor: role }),
          ...(step.purpose === undefined ? {} : { purpose: step.purpose }),
          ...(step.stage === undefined ? {} : { stage: step.stage }),
          ...(first === undefined ? {} : { first }),
          ...(facts.intended === undefined ? {} : { intended: facts.intended }),
        },
        words,
      );
      if (findings.length === 0) return allow();
      const certain = findings.filter(({ rule }) => rule.verification !== "unverified");
      const says = sentence(certain.length > 0 ? certain : findings);
      // The same text would be found out tomorrow too: it has to change.
      return certain.length > 0 ? forbid(says, "never") : askPerson(says);
    },
  });

/**
 * The findings of a place's rules and of the house's, each words once: a rule of the house gives way to one with law
 * behind it.
 */
export function findAll(
  text: string,
  context: WordContext,
  { own, house }: { readonly own: readonly WordRule[]; readonly house: readonly WordRule[] },
): readonly WordFinding[] {
  const findings = findWords(text, context, own);
  const more = findWords(text, context, house).filter(
    (one) =>
      one.kind === "required" ||
      !findings.some((other) => other.kind === "forbidden" && other.from < one.to && one.from < other.to),
  );
  const all = [...findings, ...more];
  const place = (one: WordFinding) => (one.kind === "required" ? text.length : one.from);
  return all.sort((a, b) => place(a) - place(b));
}

/** Places that have rules on words. */
export type WordPlace = "cn" | "us";

/** A notice of this kind says that the first communication on the debt was made. */
export const FIRST_NOTICE = "initial-communication";

/** At most this many findings are told in one sentence. */
const TOLD = 3;

function sentence(findings: readonly WordFinding[]): Words {
  const told = findings.slice(0, TOLD);
  const more = findings.length - told.length;
  const en = told.map((one) =>
    one.kind === "forbidden"
      ? `“${one.found}” (${one.what.en}; ${one.rule.id}, ${one.rule.force}, ${one.rule.verification}). ${one.suggestion.en}`
      : `Missing: ${one.what.en} (${one.rule.id}, ${one.rule.force}, ${one.rule.verification}). ${one.suggestion.en}`,
  );
  const zh = told.map((one) =>
    one.kind === "forbidden"
      ? `“${one.found}”（${one.what.zh}；${one.rule.id}，${one.rule.force}，${one.rule.verification}）。${one.suggestion.zh}`
      : `缺少：${one.what.zh}（${one.rule.id}，${one.rule.force}，${one.rule.verification}）。${one.suggestion.zh}`,
  );
  return {
    en: `The text has to change. ${en.join(" ")}${more > 0 ? ` And ${more} more.` : ""}`,
    zh: `文字内容须修改。${zh.join("")}${more > 0 ? `另有${more}处。` : ""}`,
  };
}
