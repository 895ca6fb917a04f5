import { readFileSync, writeFileSync } from "node:fs";
import { formatInstant } from "../../core/index.ts";
import { mustBeFile, withBook, withBookOrNew } from "../../office/book.ts";
import { Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { checkTemplate, type LetterTemplate } from "../../press/index.ts";
import {
  type Doing,
  type KnownTemplate,
  knownTemplates,
  proposeTemplate,
  releaseTemplate,
  templateFile,
  withdrawTemplate,
} from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { TEMPLATE_STATES, templateSay } from "../template-words.ts";

const TEXT = { type: "string" } as const;
export const options = { name: TEXT, by: TEXT, reason: TEXT, out: TEXT } as const;

type Verb = (asked: Asked, io: Io, place: string) => Promise<number>;
const VERBS: Readonly<Record<string, Verb>> = { check, propose, release, withdraw, list, show };

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = VERBS[asked.words[0] ?? "list"];
  if (verb === undefined)
    throw new WrongUse(say.missing[io.language](Object.keys(VERBS).join(" | "), "arrears template list"));
  return verb(asked, io, place);
}

async function check(asked: Asked, io: Io): Promise<number> {
  const template = await checked(asked, io, "arrears template check firm.docx");
  if (template === undefined) return 1;
  io.object({ ok: true, sha256: template.sha256, tags: template.tags });
  io.out(templateSay.checked[io.language](template.tags.length));
  return 0;
}

/** The file, checked; or nothing, after all that is wrong with it was told. */
async function checked(asked: Asked, io: Io, example: string): Promise<LetterTemplate | undefined> {
  const file = asked.words[1];
  if (!file) throw new WrongUse(say.missing[io.language]("FILE.docx", example));
  mustBeFile(file, io);
  const found = await checkTemplate(readFileSync(file));
  if (found.ok) return found.value;
  io.object({ ok: false, refusals: found.refusals });
  for (const { code, says } of found.refusals) io.out(`${code}: ${says}`);
  io.out(templateSay.refused[io.language](file));
  return undefined;
}

async function propose(asked: Asked, io: Io, place: string): Promise<number> {
  const example = "arrears template propose firm.docx --name mingheng --by Li";
  const name = asked.text("name");
  if (!name || !/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(name))
    throw new WrongUse(say.missing[io.language]("--name NAME", example));
  const doing = doingOf(asked, io, example);
  const template = await checked(asked, io, example);
  if (template === undefined) return 1;
  return withBookOrNew(place, async (db) => {
    const { bytes, sha256, tags } = template;
    const { version, same } = await proposeTemplate(db, name, { body: bytes, sha256, tags }, doing);
    const known = (await knownTemplates(db, name)).find((one) => one.version === version)!;
    io.object({ ...brief(known), same });
    io.out(
      same
        ? templateSay.same[io.language](idOf(known), TEMPLATE_STATES[known.state][io.language])
        : templateSay.proposed[io.language](idOf(known), doing.by),
    );
    return 0;
  });
}

async function release(asked: Asked, io: Io, place: string): Promise<number> {
  const { name, version, id } = versionAsked(asked, io, "release");
  const doing = doingOf(asked, io, "arrears template release mingheng@1 --by Wang");
  return withBook(place, io, async (db) => {
    const done = await releaseTemplate(db, name, version, doing);
    if (done !== "done") {
      if (done.no === "unknown") throw new Declined(templateSay.unknown[io.language](id));
      throw new Declined(
        done.no === "same-person"
          ? templateSay.samePerson[io.language](id, done.by)
          : templateSay.notProposed[io.language](id, TEMPLATE_STATES[done.state][io.language]),
      );
    }
    io.object({ template: id, state: "released", by: doing.by });
    io.out(templateSay.released[io.language](id, doing.by));
    return 0;
  });
}

async function withdraw(asked: Asked, io: Io, place: string): Promise<number> {
  const { name, version, id } = versionAsked(asked, io, "withdraw");
  const doing = doingOf(asked, io, "arrears template withdraw mingheng@1 --by Wang");
  return withBook(place, io, async (db) => {
    const done = await withdrawTemplate(db, name, version, doing);
    if (done !== "done")
      throw new Declined(
        done.no === "unknown"
          ? templateSay.unknown[io.language](id)
          : templateSay.withdrawnAlready[io.language](id),
      );
    io.object({ template: id, state: "withdrawn", by: doing.by });
    io.out(templateSay.withdrawn[io.language](id, doing.by));
    return 0;
  });
}

async function list(_asked: Asked, io: Io, place: string): Promise<number> {
  return withBook(place, io, async (db) => {
    const all = await knownTemplates(db);
    for (const known of all) io.object(brief(known));
    if (all.length === 0) io.out(templateSay.none[io.language]());
    else
      io.out(
        table(
          templateSay.heads[io.language](),
          all.map((known) => [
            idOf(known),
            TEMPLATE_STATES[known.state][io.language],
            known.events.at(-1)!.by,
            known.sha256.slice(0, 16),
          ]),
          [],
        ),
      );
    return 0;
  });
}

/** All that was done with one version, and its file back, byte for byte. */
async function show(asked: Asked, io: Io, place: string): Promise<number> {
  const { name, version, id } = versionAsked(asked, io, "show");
  return withBook(place, io, async (db) => {
    const known = (await knownTemplates(db, name)).find((one) => one.version === version);
    if (known === undefined) throw new Declined(templateSay.unknown[io.language](id));
    const out = asked.text("out");
    if (out !== undefined) writeFileSync(out, (await templateFile(db, name, version))!.body);
    io.object({
      ...brief(known),
      tags: known.tags,
      events: known.events.map((event) => ({ ...event, at: formatInstant("UTC", event.at) })),
      ...(out === undefined ? {} : { out }),
    });
    io.out(`${id}  ${known.sha256}`);
    io.out(known.tags.map((tag) => `{${tag}}`).join(" "));
    for (const { what, by, at, remark } of known.events)
      io.out(
        `${formatInstant("UTC", at)}  ${TEMPLATE_STATES[what][io.language]}  ${by}${remark && `  ${remark}`}`,
      );
    return 0;
  });
}

const idOf = ({ name, version }: Pick<KnownTemplate, "name" | "version">): string => `${name}@${version}`;
const brief = (known: KnownTemplate): Record<string, unknown> => ({
  template: idOf(known),
  state: known.state,
  by: known.events.at(-1)!.by,
  sha256: known.sha256,
});

function versionAsked(asked: Asked, io: Io, verb: string): { name: string; version: number; id: string } {
  const id = asked.words[1] ?? "";
  const match = /^(.+)@([1-9]\d{0,8})$/.exec(id);
  if (match === null)
    throw new WrongUse(say.missing[io.language]("NAME@VERSION", `arrears template ${verb} mingheng@1`));
  return { name: match[1]!, version: Number(match[2]), id };
}

function doingOf(asked: Asked, io: Io, example: string): Doing {
  const by = asked.text("by")?.trim();
  if (!by) throw new WrongUse(say.missing[io.language]("--by PERSON", example));
  return { by, at: io.now(), remark: asked.text("reason") ?? "" };
}
