import {
  dayAt,
  ENFORCEMENT_COMMON_KEYS,
  ENFORCEMENT_EVENT_KINDS,
  eventOfTexts,
  formatDay,
  keysOfEnforcementEvent,
  keyToNumber,
  type Minor,
  nearest,
  parseMoney,
  partsOfText,
} from "../../core/index.ts";
import { madeEventId, readEnforcementRows } from "../../intake/index.ts";
import { ENFORCEMENT_STATE_WORDS } from "../../legal/index.ts";
import { dayOption, mustBeFile, packFor } from "../../office/book.ts";
import type {
  ApplicationTold,
  Desk,
  EntryAsked,
  EntryOutcome,
  Owner,
} from "../../office/enforcement/desk.ts";
import { remarkJson } from "../../office/enforcement/json.ts";
import { enforcementLaw } from "../../office/enforcement/law.ts";
import { enter } from "../../office/enforcement/office.ts";
import { count, Declined, type Io, WrongUse } from "../../office/io.ts";
import { atEnforcement, ownersOfEnforcements, ownersOfLoans } from "../../store/index.ts";
import { KNOWN, knownOf } from "../enforcement/known.ts";
import { listAll, showDeadlines, showEnforcements, showLists } from "../enforcement/look.ts";
import { WORDS } from "../enforcement/messages.ts";
import { Impossible } from "../json-in.ts";
import { TEXT, verbOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";
import { withLender } from "./team.ts";

const FLAG = { type: "boolean" } as const;
const VERBS = ["list", "apply", "event", "import", "show", "deadlines", "lists"] as const;

const kebab = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** The keys of every kind of entry, as options. */
const KEYS = [
  ...new Set([
    ...ENFORCEMENT_COMMON_KEYS.filter((key) => key !== "kind"),
    ...ENFORCEMENT_EVENT_KINDS.flatMap((kind) => keysOfEnforcementEvent(kind)),
  ]),
];

export const options: Readonly<Record<string, { readonly type: "string" | "boolean" }>> = {
  ...Object.fromEntries(KEYS.map((key) => [kebab(key), TEXT])),
  ...Object.fromEntries(KNOWN.map((key) => [key, TEXT])),
  lender: TEXT,
  at: TEXT,
  by: TEXT,
  id: TEXT,
  court: TEXT,
  judgment: TEXT,
  debt: TEXT,
  outside: TEXT,
  "value-on": TEXT,
  "as-of": TEXT,
  state: TEXT,
  loan: TEXT,
  within: TEXT,
  who: TEXT,
  "dry-run": FLAG,
};

export function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = verbOf(asked, VERBS, "enforce", io);
  return withLender(asked, io, place, async ({ db, lender, now }) => {
    if (verb === "list") return listAll(db, lender, asked, io);
    const pack = await packFor(db, lender);
    const law = pack && enforcementLaw(pack);
    if (!law) throw new Declined(WORDS.noLaw[io.language](lender.pack));
    const desk: Desk = { db, lender, now, law };
    switch (verb) {
      case "apply":
        return apply(desk, asked, io);
      case "event":
        return event(desk, asked, io);
      case "import":
        return importFile(desk, asked, io);
      case "show":
        return showEnforcements(desk, asked, io);
      case "deadlines":
        return showDeadlines(desk, asked, io);
      case "lists":
        return showLists(desk, asked, io);
    }
  });
}

// --- recording -----------------------------------------------------------------------------------------------------------

async function apply(desk: Desk, asked: Asked, io: Io): Promise<number> {
  const [, loan] = asked.words;
  if (!loan) throw new WrongUse(say.missing[io.language]("LOAN", APPLY_EXAMPLE));
  const texts = textsOf(asked);
  const enforcement = asked.text("id") ?? `E-${loan}-${formatDay(dayAt(desk.lender.zone, desk.now))}`;
  const entry: EntryAsked = {
    line: 1,
    enforcement,
    event: `${enforcement}/apply`,
    loan,
    told: eventOfTexts(texts),
    judgment: applicationOf(desk, asked, io),
  };
  const owner = (await ownersOfLoans(desk.db, desk.lender, [loan])).get(loan);
  if (!owner) throw new Declined(say.noLoan[io.language](loan));
  return tell(await record(desk, asked, new Map([[owner, [entry]]]), io), asked, io);
}

const APPLY_EXAMPLE =
  'arrears enforce apply L000123 --court "某某区人民法院" --judgment "(2026)沪0115民初1234号"';

function applicationOf({ lender, now }: Desk, asked: Asked, io: Io): ApplicationTold {
  const sum = (option: string): Minor | undefined => {
    const text = asked.text(option);
    const amount = text === undefined ? undefined : parseMoney(text);
    if (text !== undefined && amount === undefined)
      throw new WrongUse(WORDS.noSum[io.language](`--${option}`, text));
    return amount;
  };
  const [debt, outsideBase] = [sum("debt"), sum("outside")];
  const [valueOn, performBy] = [
    dayOption(asked.text("value-on"), "--value-on", io),
    dayOption(asked.text("perform-by"), "--perform-by", io),
  ];
  const parts = asked.text("parts");
  const [proof, note] = [asked.text("proof"), asked.text("note")];
  return {
    court: required(asked, "court", APPLY_EXAMPLE, io),
    number: required(asked, "judgment", APPLY_EXAMPLE, io),
    dated: dayOption(asked.text("dated"), "--dated", io) ?? dayAt(lender.zone, now),
    ...(debt === undefined ? {} : { debt }),
    ...(outsideBase === undefined ? {} : { outsideBase }),
    ...(valueOn === undefined ? {} : { valueOn }),
    ...(performBy === undefined ? {} : { performBy }),
    ...(parts === undefined ? {} : { parts: partsAsked(parts) }),
    ...(proof === undefined ? {} : { proof }),
    ...(note === undefined ? {} : { note }),
  };
}

function partsAsked(text: string) {
  try {
    return partsOfText(text, 2, "--parts");
  } catch (error) {
    if (error instanceof Impossible) throw new WrongUse(error.refusal.says);
    throw error;
  }
}

const textsOf = (asked: Asked): Map<string, string> =>
  new Map(
    KEYS.flatMap((key) => {
      const text = asked.text(kebab(key));
      return text === undefined ? [] : [[kebab(key), text] as const];
    }),
  );

async function event(desk: Desk, asked: Asked, io: Io): Promise<number> {
  const [, enforcement, kind] = asked.words;
  if (!enforcement || kind === undefined || !ENFORCEMENT_EVENT_KINDS.includes(kind)) {
    const near = kind === undefined ? undefined : nearest(kind, ENFORCEMENT_EVENT_KINDS);
    throw new WrongUse(
      say.missing[io.language](
        `ENFORCEMENT ${ENFORCEMENT_EVENT_KINDS.join(" | ")}`,
        `arrears enforce event ${enforcement ?? "E1"} ${near ?? "accepted"}`,
      ),
    );
  }
  const texts = textsOf(asked);
  texts.set("kind", kind);
  if (!texts.has("dated")) texts.set("dated", formatDay(dayAt(desk.lender.zone, desk.now)));
  const name = asked.text("id") ?? madeEventId(enforcement, texts);
  const entry: EntryAsked = { line: 1, enforcement, event: name, told: eventOfTexts(texts) };
  const owners = await ownersOfEnforcements(desk.db, [enforcement]);
  const owner = owners.get(enforcement);
  if (!owner) throw new Declined(WORDS.unknown[io.language](enforcement));
  return tell(await record(desk, asked, new Map([[owner, [entry]]]), io), asked, io);
}

async function record(
  { db, lender, now, law }: Desk,
  asked: Asked,
  entries: ReadonlyMap<Owner, readonly EntryAsked[]>,
  io: Io,
): Promise<readonly EntryOutcome[]> {
  const by = asked.text("by") ?? "lender";
  const known = knownOf(asked, io);
  const outcomes: EntryOutcome[] = [];
  const mine = new Map([...entries].map(([owner, list]) => [keyToNumber(owner), list]));
  await atEnforcement(db, lender, [...entries.keys()], now, (person, openOn) => {
    const done = enter(person, openOn, mine.get(keyToNumber(person.key))!, { now, by, known, law });
    outcomes.push(...done.outcomes);
    io.progress(
      "enforce",
      outcomes.length,
      [...mine.values()].reduce((sum, all) => sum + all.length, 0),
    );
    return asked.flag("dry-run") ? undefined : done.wish;
  });
  return outcomes.sort((a, b) => a.line - b.line);
}

function tell(outcomes: readonly EntryOutcome[], asked: Asked, io: Io): number {
  const dryRun = asked.flag("dry-run");
  for (const { line, id, event: name, done, known, code, says, remarks, life } of outcomes) {
    io.object({
      line,
      enforcement: id,
      event: name,
      done,
      known: known === true,
      dryRun,
      ...(done ? { state: life?.state ?? null } : { refused: code, says: says?.[io.language] }),
      remarks: remarks.map((remark) => remarkJson(remark, io.language)),
    });
    if (!done) io.out(`${id}  ${code}: ${says?.[io.language] ?? ""}`);
    else
      io.out(
        `${id}  ${known ? WORDS.known[io.language] : life ? ENFORCEMENT_STATE_WORDS[life.state][io.language] : code}${dryRun ? WORDS.dry[io.language] : ""}`,
      );
    for (const { says: remark, source } of remarks)
      io.out(`  ! ${remark[io.language]}  [${source.cite.law} ${source.cite.at}, ${source.verification}]`);
  }
  return outcomes.every(({ done }) => done) ? 0 : 1;
}

async function importFile(desk: Desk, asked: Asked, io: Io): Promise<number> {
  const [, file] = asked.words;
  if (!file) throw new WrongUse(say.missing[io.language]("FILE", "arrears enforce import events.csv"));
  mustBeFile(file, io);
  const reader = readEnforcementRows(file, { batchRows: 1000 });
  const refused: Record<string, unknown>[] = [];
  let [added, same] = [0, 0];
  for await (const batch of reader) {
    for (const { line, column, value, code, says } of batch.bad)
      refused.push({ line, column, value, refused: code, says });
    const owners = await ownersOfEnforcements(
      desk.db,
      batch.records.map(({ enforcement }) => enforcement),
    );
    const groups = new Map<Owner, EntryAsked[]>();
    const known = new Map<number, Owner>();
    for (const { line, enforcement, id, event: told } of batch.records) {
      const owner = owners.get(enforcement);
      if (!owner) {
        refused.push({
          line,
          enforcement,
          refused: "unknown-enforcement",
          says: WORDS.unknown[io.language](enforcement),
        });
        continue;
      }
      const first = known.get(keyToNumber(owner)) ?? owner;
      known.set(keyToNumber(owner), first);
      groups.set(first, [...(groups.get(first) ?? []), { line, enforcement, event: id, told }]);
    }
    for (const outcome of await record(desk, asked, groups, io)) {
      if (!outcome.done)
        refused.push({
          line: outcome.line,
          enforcement: outcome.id,
          event: outcome.event,
          refused: outcome.code,
          says: outcome.says?.[io.language],
        });
      else if (outcome.known) same += 1;
      else added += 1;
    }
  }
  for (const row of refused) {
    io.object(row);
    io.out(`  ${row.line}  ${row.refused}: ${row.says}`);
  }
  io.object({ file, dryRun: asked.flag("dry-run"), added, same, refused: refused.length });
  io.out(WORDS.imported[io.language](file, count(added), count(same), count(refused.length)));
  const { refusals, complete } = reader.summary;
  if (refusals.length > 0 || !complete)
    throw new Declined(
      `${say.fileRefused[io.language](file)}\n${refusals.map(({ says }) => `  ${says}`).join("\n")}`,
    );
  return refused.length > 0 ? 1 : 0;
}
