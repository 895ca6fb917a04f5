import { readFileSync } from "node:fs";
import { loadWords } from "../../packs/load.ts";
import { findAll, type WordPlace } from "../../packs/words.ts";
import { dayAt } from "../core/index.ts";
import { dayOption } from "../office/book.ts";
import { Declined, type Io, WrongUse, width } from "../office/io.ts";
import {
  ACTOR_ROLES,
  CONTACT_KINDS,
  WORD_LANGUAGES,
  type WordContext,
  type WordFinding,
} from "../policy/index.ts";
import { say } from "./messages.ts";
import type { Asked } from "./options.ts";

export const WORD_PLACES: readonly WordPlace[] = ["cn", "us"];

/** `arrears policy words FILE|-`: a draft with everything marked that may not be said, and what it fails to say. */
export function policyWords(asked: Asked, io: Io): number {
  const file = asked.words[1];
  if (file === undefined)
    throw new WrongUse(say.missing[io.language]("FILE", "arrears policy words draft.txt --language zh"));
  const text = textOf(file, io);
  const place = choice(asked.text("pack") ?? "cn", WORD_PLACES, "--pack");
  const context = contextOf(asked, io);
  const findings = findAll(text, context, { own: loadWords(place), house: loadWords("house") });
  for (const one of findings) io.object(findingJson(text, one));
  if (findings.length === 0) {
    io.object({ findings: 0 });
    io.out(say.wordsFine[io.language]());
    return 0;
  }
  io.out(say.findings[io.language](String(findings.length)));
  for (const one of findings) tell(io, text, one);
  return 1;
}

function textOf(file: string, io: Io): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch {
    throw new Declined(say.noFile[io.language](file));
  }
}

function contextOf(asked: Asked, io: Io): WordContext {
  const language = asked.text("language");
  const intended = asked.text("intended");
  return {
    kind: choice(asked.text("kind") ?? "text", CONTACT_KINDS, "--kind"),
    on: dayOption(asked.text("on"), "--on", io) ?? dayAt("Asia/Shanghai", io.now()),
    actor: choice(asked.text("actor") ?? "lender", ACTOR_ROLES, "--actor"),
    ...(language === undefined ? {} : { language: choice(language, WORD_LANGUAGES, "--language") }),
    ...(intended === undefined ? {} : { intended: intended.split(",") }),
  };
}

function choice<T extends string>(word: string, known: readonly T[], option: string): T {
  if ((known as readonly string[]).includes(word)) return word as T;
  throw new WrongUse(`${option} "${word}": ${known.join(" | ")}`);
}

/** Line and column of an offset, both from 1; a column is a character as JavaScript counts them. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") };
}

function findingJson(text: string, { rule, kind, from, to, found, what, suggestion }: WordFinding) {
  return {
    kind,
    rule: rule.id,
    ...(kind === "forbidden" ? { ...placeOf(text, from), from, to, found } : {}),
    what,
    says: rule.says,
    suggestion,
    cite: rule.cite,
    layer: rule.layer,
    force: rule.force,
    verification: rule.verification,
  };
}

function tell(io: Io, text: string, finding: WordFinding): void {
  const { rule, kind, from, to, what, suggestion } = finding;
  const language = io.language;
  io.out("");
  if (kind === "required") io.out(say.lineMissing[language](what[language]));
  else {
    const { line, column } = placeOf(text, from);
    io.out(`${line}:${column}  ${what[language]}`);
    const row = text.split("\n")[line - 1]!;
    const end = Math.min(to - from, row.length - column + 1);
    const words = row.slice(column - 1, column - 1 + end);
    io.out(`  ${row}`);
    io.out(`  ${" ".repeat(width(row.slice(0, column - 1)))}${"^".repeat(Math.max(1, width(words)))}`);
  }
  io.out(`  ${rule.id} · ${rule.says[language]}`);
  io.out(`  ${rule.cite.law} ${rule.cite.at}: “${rule.cite.quote}” (${rule.force}, ${rule.verification})`);
  io.out(`  → ${suggestion[language]}`);
}
