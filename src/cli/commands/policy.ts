import { nearest } from "../../core/index.ts";
import type { Pack, Rule } from "../../policy/index.ts";
import { installedPacks } from "../book.ts";
import { Declined, type Io, table, WrongUse } from "../io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { replayPermit } from "./policy-replay.ts";

export const options = { pack: { type: "string" } } as const;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [verb, id] = asked.words;
  const packs = installedPacks().filter(
    ({ place }) => asked.text("pack") === undefined || place === asked.text("pack"),
  );
  if (verb === "list") return list(io, packs);
  if (verb === "show" && id) return show(io, packs, id);
  if (verb === "replay" && id) return replayPermit(id, io, place);
  throw new WrongUse(
    say.missing[io.language]("list | show RULE | replay PERMIT", "arrears policy show cn/quiet-hours"),
  );
}

function list(io: Io, packs: readonly Pack[]): number {
  const heads =
    io.language === "zh" ? ["规则", "效力", "核验", "内容"] : ["rule", "force", "verified", "says"];
  for (const pack of packs) {
    for (const rule of pack.rules) io.object({ pack: pack.place, version: pack.version, ...jsonOf(rule) });
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
    if (!rule) continue;
    const params = (rule.params ?? []).map((name) => ({ name, values: pack.params[name] ?? [] }));
    io.object({ pack: pack.place, version: pack.version, ...jsonOf(rule), params });
    io.out(`${rule.id} (${pack.place} ${pack.version})`);
    io.out(rule.says.zh);
    io.out(rule.says.en);
    io.out(`${rule.cite.law} ${rule.cite.at}: “${rule.cite.quote}”`);
    io.out(`${rule.layer} · ${rule.force} · ${rule.verification} · ${rule.from} – ${rule.to ?? ""}`);
    for (const { name, values } of params) {
      for (const value of values)
        io.out(
          `  ${name} ${value.from}…${value.to ?? ""}: ${JSON.stringify(value.value)} (${value.verification}, checked ${value.checkedOn})`,
        );
    }
    return 0;
  }
  const known = packs.flatMap(({ rules }) => rules.map((rule) => rule.id));
  throw new Declined(say.noRule[io.language](id, nearest(id, known)));
}

function jsonOf({ check: _check, ...rule }: Rule): Omit<Rule, "check"> {
  return rule;
}
