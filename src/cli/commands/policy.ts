import { gapIn } from "../../../packs/coverage.ts";
import { coverageOf, type Place } from "../../../packs/load.ts";
import { nearest } from "../../core/index.ts";
import { installedPacks } from "../../office/book.ts";
import { ruleJson } from "../../office/gate/json.ts";
import { Declined, type Io, table, WrongUse } from "../../office/io.ts";
import type { Pack, WordRule } from "../../policy/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { policyWords } from "../words.ts";
import { checkHouse, house } from "./policy-house.ts";
import { replayPermit } from "./policy-replay.ts";

export const options = {
  pack: { type: "string" },
  kind: { type: "string" },
  language: { type: "string" },
  actor: { type: "string" },
  intended: { type: "string" },
  on: { type: "string" },
  lender: { type: "string" },
  "dry-run": { type: "boolean" },
} as const;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [verb, id] = asked.words;
  if (verb === "words") return policyWords(asked, io);
  const packs = installedPacks().filter(
    ({ place }) => asked.text("pack") === undefined || place === asked.text("pack"),
  );
  if (verb === "list") return list(io, packs);
  if (verb === "show" && id) return show(io, packs, id);
  if (verb === "replay" && id) return replayPermit(id, io, place);
  if (verb === "check" && id) return checkHouse(io, packs, id);
  if (verb === "house") return house(asked, io, place);
  if (verb === "coverage") return covered(io, packs);
  throw new WrongUse(
    say.missing[io.language](
      "list | show RULE | words FILE | replay PERMIT | check FILE | house [FILE] | coverage",
      "arrears policy show cn/quiet-hours",
    ),
  );
}

function list(io: Io, packs: readonly Pack[]): number {
  const heads =
    io.language === "zh" ? ["规则", "效力", "核验", "内容"] : ["rule", "force", "verified", "says"];
  for (const pack of packs) {
    for (const rule of pack.rules) io.object({ pack: pack.place, version: pack.version, ...ruleJson(rule) });
    io.out(`${pack.place} ${pack.version}`);
    io.out(
      table(
        heads,
        pack.rules.map((rule) => [rule.id, rule.force, rule.verification, rule.says[io.language]]),
        ["left", "left", "left", "left"],
      ),
    );
  }
  return 0;
}

function show(io: Io, packs: readonly Pack[], id: string): number {
  for (const pack of packs) {
    const rule = pack.rules.find((candidate) => candidate.id === id);
    if (!rule) {
      const word = pack.rules.flatMap(({ words = [] }) => words).find((candidate) => candidate.id === id);
      if (!word) continue;
      return showWords(io, pack, word);
    }
    const params = (rule.params ?? []).map((name) => ({ name, values: pack.params[name] ?? [] }));
    io.object({ pack: pack.place, version: pack.version, ...ruleJson(rule), params });
    io.out(`${rule.id} (${pack.place} ${pack.version})`);
    io.out(rule.says.zh);
    io.out(rule.says.en);
    io.out(`${rule.cite.law} ${rule.cite.at}: “${rule.cite.quote}”`);
    io.out(`${rule.layer} · ${rule.force} · ${rule.verification} · ${rule.from} – ${rule.to ?? ""}`);
    for (const word of rule.words ?? [])
      io.out(`  ${word.id} (${word.force}, ${word.verification}): ${word.says[io.language]}`);
    for (const { name, values } of params) {
      for (const value of values)
        io.out(
          `  ${name} ${value.from}…${value.to ?? ""}: ${JSON.stringify(value.value)} (${value.verification}, checked ${value.checkedOn})`,
        );
    }
    return 0;
  }
  const known = packs.flatMap(({ rules }) =>
    rules.flatMap(({ id: own, words = [] }) => [own, ...words.map((word) => word.id)]),
  );
  throw new Declined(say.noRule[io.language](id, nearest(id, known)));
}

/** For each clause of law: the rules and values that carry it, or why none does; 1 where a clause says neither. */
function covered(io: Io, packs: readonly Pack[]): number {
  const zh = io.language === "zh";
  const heads = zh ? ["条文", "核验", "体现于", "示例"] : ["clause", "verified", "carried by", "examples"];
  let gaps = 0;
  for (const pack of packs) {
    const clauses = coverageOf(pack.place as Place, pack);
    const rows = clauses.map((clause) => {
      const gap = gapIn(clause);
      if (gap !== undefined) gaps += 1;
      io.object({
        pack: pack.place,
        version: pack.version,
        ...clause,
        ...(gap === undefined ? {} : { gap }),
      });
      const carried = [...clause.rules, ...clause.params, ...clause.words, ...clause.modules].join(", ");
      const reason = clause.notModelled ?? clause.parameterOnly ?? "";
      const says = carried || (clause.notModelled ? `– ${reason}` : reason);
      return [
        `${clause.law} ${clause.at} — ${clause.subject}`,
        clause.state,
        gap ?? says,
        String(clause.examples),
      ];
    });
    io.out(`${pack.place} ${pack.version}`);
    io.out(table(heads, rows, ["left", "left", "left", "right"]));
  }
  return gaps === 0 ? 0 : 1;
}

/** A rule on words: its source, what it catches or asks for, and its patterns. */
function showWords(io: Io, pack: Pack, word: WordRule): number {
  io.object({ pack: pack.place, version: pack.version, ...word });
  io.out(`${word.id} (${pack.place} ${pack.version})`);
  io.out(word.says.zh);
  io.out(word.says.en);
  io.out(`${word.cite.law} ${word.cite.at}: “${word.cite.quote}”`);
  io.out(`${word.layer} · ${word.force} · ${word.verification} · ${word.from} – ${word.to ?? ""}`);
  for (const { catches, patterns } of word.forbidden ?? []) {
    io.out(`  ${catches[io.language]}`);
    for (const pattern of [...(patterns.zh ?? []), ...(patterns.en ?? [])]) io.out(`    ${pattern}`);
  }
  for (const { line, when, patterns } of word.required ?? []) {
    io.out(`  ${line[io.language]}${when === undefined ? "" : ` (${when})`}`);
    for (const pattern of [...(patterns.zh ?? []), ...(patterns.en ?? [])]) io.out(`    ${pattern}`);
  }
  return 0;
}
