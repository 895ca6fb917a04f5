import {
  type Day,
  dayAt,
  decimalsOf,
  ENFORCEMENT_COMMON_KEYS,
  ENFORCEMENT_EVENT_KINDS,
  ENFORCEMENT_STATES,
  eventOfTexts,
  formatDay,
  formatMoney,
  keysOfEnforcementEvent,
  keyToNumber,
  type MatterActor,
  type Minor,
  minor,
  nearest,
  parseMoney,
  partsOfText,
} from "../../core/index.ts";
import { madeEventId, readEnforcementRows } from "../../intake/index.ts";
import {
  ENFORCEMENT_STATE_WORDS,
  type EnforcementLife,
  enforcementDates,
  enforcementsOf,
  type Follows,
  type FollowsKind,
  owedUnder,
  type PersonKnown,
  whatFollows,
} from "../../legal/index.ts";
import {
  atEnforcement,
  type Database,
  type DeskPerson,
  type Lender,
  listEnforcements,
  ownersOfEnforcements,
  ownersOfLoans,
} from "../../store/index.ts";
import { dayOption, mustBeFile, packFor } from "../book.ts";
import { dateJson, followsJson, lifeJson, owedJson, remarkJson } from "../enforcement/json.ts";
import { enforcementLaw } from "../enforcement/law.ts";
import {
  type ApplicationTold,
  type EnforcementLaw,
  type EntryAsked,
  type EntryOutcome,
  enter,
  paymentsUnder,
} from "../enforcement/office.ts";
import { enforcementSentence, LIST_STATE_WORDS, LIST_WORDS } from "../enforcement/words.ts";
import { count, Declined, type Io, table, WrongUse } from "../io.ts";
import { Impossible } from "../json-in.ts";
import { oneWordOf, TEXT, verbOf } from "../letters/asked.ts";
import { ACTOR_WORDS, matterWhat } from "../matter-words.ts";
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
const KNOWN = ["able", "minor", "student", "security", "seized-enough", "later-in-order"] as const;

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

interface Desk {
  readonly db: Database;
  readonly lender: Lender;
  readonly now: number;
  readonly law: EnforcementLaw;
}

export function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = verbOf(asked, VERBS, "enforce", io);
  return withLender(asked, io, place, async ({ db, lender, now }) => {
    if (verb === "list") return list(db, lender, asked, io);
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
        return show(desk, asked, io);
      case "deadlines":
        return deadlines(desk, asked, io);
      case "lists":
        return lists(desk, asked, io);
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

type Owner = { readonly bucket: number; readonly n: number };

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

function knownOf(asked: Asked, io: Io): PersonKnown {
  const yes = (option: (typeof KNOWN)[number]): boolean | undefined => {
    const text = asked.text(option);
    if (text === undefined || text === "unknown") return undefined;
    return oneWordOf(text, ["yes", "no", "unknown"] as const, option, io) === "yes";
  };
  const found = {
    able: yes("able"),
    minor: yes("minor"),
    student: yes("student"),
    security: yes("security"),
    seizedEnough: yes("seized-enough"),
    laterInOrder: yes("later-in-order"),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
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

// --- looking -------------------------------------------------------------------------------------------------------------

interface Seen {
  readonly person: DeskPerson;
  readonly life: EnforcementLife;
}

/** The lives of these borrowers' enforcements; of one enforcement or one loan where it is named. */
async function seen({ db, lender, now }: Desk, owners: readonly Owner[], only?: string): Promise<Seen[]> {
  const found: Seen[] = [];
  await atEnforcement(db, lender, owners, now, (person) => {
    for (const life of enforcementsOf(person.facts).values())
      if (only === undefined || life.id === only || life.debt === only) found.push({ person, life });
    return undefined;
  });
  return found;
}

async function named(desk: Desk, asked: Asked, verb: string, io: Io): Promise<Seen[]> {
  const [, name] = asked.words;
  if (!name) throw new WrongUse(say.missing[io.language]("ENFORCEMENT | LOAN", `arrears enforce ${verb} E1`));
  const owner =
    (await ownersOfEnforcements(desk.db, [name])).get(name) ??
    (await ownersOfLoans(desk.db, desk.lender, [name])).get(name);
  const found = owner ? await seen(desk, [owner], name) : [];
  if (found.length === 0) throw new Declined(WORDS.unknown[io.language](name));
  return found;
}

const asOfOf = ({ lender, now }: Desk, asked: Asked, io: Io): Day =>
  dayOption(asked.text("as-of"), "--as-of", io) ?? dayAt(lender.zone, now);

function standingOf({ person, life }: Seen, law: EnforcementLaw, asOf: Day) {
  const loan = person.loans.find(({ id }) => id === life.debt)!;
  const decimals = decimalsOf(loan.product.terms.currency);
  const payments = paymentsUnder(life, loan, loan.facts);
  const delay = law.delay({ from: life.applied.judgment.performBy, to: asOf });
  const owed = delay.ok ? owedUnder(life, payments, asOf, delay.value) : delay;
  return { loan, decimals, owed };
}

async function show(desk: Desk, asked: Asked, io: Io): Promise<number> {
  const asOf = asOfOf(desk, asked, io);
  const rule = desk.law.rule(asOf);
  for (const one of await named(desk, asked, "show", io)) {
    const { life } = one;
    const { decimals, owed } = standingOf(one, desk.law, asOf);
    const dates = rule.ok ? enforcementDates(life, rule.value) : [];
    io.object({
      ...lifeJson(life, decimals),
      asOf: formatDay(asOf),
      owed: owed.ok
        ? owedJson(owed.value, decimals)
        : { refused: owed.refusal.code, says: owed.refusal.says },
      dates: dates.map(dateJson),
      entries: life.facts.map((fact) => ({
        event: fact.event,
        kind: fact.kind,
        dated: formatDay(fact.dated),
        by: fact.by,
        says: enforcementSentence(fact, decimals)[io.language],
      })),
    });
    io.out(
      `${life.id} · ${life.debt} · ${ENFORCEMENT_STATE_WORDS[life.state][io.language]} · ${formatDay(asOf)}`,
    );
    if (owed.ok) {
      const sum = (amount: number): string => formatMoney(minor(amount), decimals);
      const { judgment, doubled, total } = owed.value;
      io.out(WORDS.owed[io.language](sum(judgment), sum(doubled), sum(total)));
    } else io.out(`${owed.refusal.code}: ${owed.refusal.says}`);
    for (const name of ["dishonest", "consumption"] as const)
      io.out(`${LIST_WORDS[name][io.language]}: ${LIST_STATE_WORDS[life.lists[name].state][io.language]}`);
    io.out("");
    for (const fact of life.facts) io.out(enforcementSentence(fact, decimals)[io.language]);
    io.out("");
    io.out(
      datesTable(
        dates.slice(0, DATES_SHOWN).map((date) => ({ life, date })),
        io,
      ),
    );
  }
  return 0;
}

const DATES_SHOWN = 12;

function datesTable(
  rows: readonly {
    readonly life: EnforcementLife;
    readonly date: ReturnType<typeof enforcementDates>[number];
  }[],
  io: Io,
): string {
  return table(
    WORDS.dateHeads[io.language],
    rows.map(({ life, date: { what, of, by, lastOn, certain, source } }) => [
      `${formatDay(lastOn)}${certain ? "" : " ?"}`,
      life.id,
      matterWhat(of === undefined ? what : `${what}:${of}`)[io.language],
      ACTOR_WORDS[by][io.language],
      `${source.cite.law} ${source.cite.at} · ${source.verification}`,
    ]),
    ["left", "left", "left", "left", "left"],
  );
}

async function list(db: Database, lender: Lender, asked: Asked, io: Io): Promise<number> {
  const state = asked.text("state");
  const states =
    state === undefined ? ENFORCEMENT_STATES : [oneWordOf(state, ENFORCEMENT_STATES, "state", io)];
  const loan = asked.text("loan");
  const all = await listEnforcements(db, lender, { states, ...(loan === undefined ? {} : { loan }) });
  for (const { id, loan: of, court, number, state: now, listing, consumption } of all)
    io.object({ enforcement: id, loan: of, court, number, state: now, dishonest: listing, consumption });
  io.out(
    table(
      WORDS.heads[io.language],
      all.map((one) => [
        one.id,
        one.loan,
        ENFORCEMENT_STATE_WORDS[one.state][io.language],
        LIST_STATE_WORDS[one.listing][io.language],
        LIST_STATE_WORDS[one.consumption][io.language],
        one.number ?? "–",
      ]),
      ["left", "left", "left", "left", "left", "left"],
    ),
  );
  io.out(count(all.length));
  return 0;
}

async function deadlines(desk: Desk, asked: Asked, io: Io): Promise<number> {
  const asOf = asOfOf(desk, asked, io);
  const rule = desk.law.rule(asOf);
  if (!rule.ok) throw new Declined(rule.refusal.says);
  const text = asked.text("within") ?? "30d";
  const within = /^(\d{1,4})d?$/.exec(text)?.[1];
  if (within === undefined) throw new WrongUse(WORDS.badDays[io.language](text));
  const who = asked.text("who");
  const actor: MatterActor | undefined =
    who === undefined ? undefined : oneWordOf(who, ["us", "court", "debtor"] as const, "who", io);
  const kept = await listEnforcements(desk.db, desk.lender);
  const rows = (
    await seen(
      desk,
      kept.map(({ owner }) => owner),
    )
  )
    .flatMap(({ life }) => enforcementDates(life, rule.value).map((date) => ({ life, date })))
    .filter(({ date }) => date.lastOn <= asOf + Number(within) && (actor === undefined || date.by === actor))
    .sort((a, b) => a.date.lastOn - b.date.lastOn);
  for (const { life, date } of rows)
    io.object({
      enforcement: life.id,
      loan: life.debt,
      ...dateJson(date),
      daysLeft: date.lastOn - asOf,
      over: date.possible !== true && date.lastOn < asOf,
    });
  io.out(datesTable(rows, io));
  io.out(count(rows.length));
  return 0;
}

const KIND_WORDS: Readonly<Record<FollowsKind, { readonly en: string; readonly zh: string }>> = {
  may: { en: "may follow", zh: "可能" },
  must: { en: "follows", zh: "应当" },
  "may-not": { en: "does not follow", zh: "不得/不成立" },
  lifts: { en: "what ends it", zh: "解除条件" },
  remedy: { en: "what he can do", zh: "救济" },
  open: { en: "not known", zh: "待查" },
};

async function lists(desk: Desk, asked: Asked, io: Io): Promise<number> {
  const asOf = asOfOf(desk, asked, io);
  const rule = desk.law.rule(asOf);
  if (!rule.ok) throw new Declined(rule.refusal.says);
  const known = knownOf(asked, io);
  for (const one of await named(desk, asked, "lists", io)) {
    const { owed } = standingOf(one, desk.law, asOf);
    const paid = owed.ok && owed.value.total === 0;
    const { follows, dates } = whatFollows({ life: one.life, known, paid, today: asOf }, rule.value);
    io.out(`${one.life.id} · ${one.life.debt} · ${formatDay(asOf)}`);
    for (const item of follows) tellFollows(one.life, item, io);
    for (const date of dates) io.object({ enforcement: one.life.id, ...dateJson(date) });
    io.out("");
    io.out(WORDS.note[io.language]);
  }
  return 0;
}

function tellFollows({ id }: EnforcementLife, item: Follows, io: Io): void {
  const { kind, says, by, source } = item;
  io.object({ enforcement: id, ...followsJson(item, io.language) });
  const day = by === undefined ? "" : ` (${formatDay(by)})`;
  io.out(
    `${KIND_WORDS[kind][io.language]}: ${says[io.language]}${day}  [${source.cite.law} ${source.cite.at}, ${source.verification}]`,
  );
}

const WORDS = {
  noLaw: {
    en: (pack: string) => `the pack ${pack} has no law on enforcement that was read`,
    zh: (pack: string) => `合规包 ${pack} 没有已读到的强制执行法条`,
  },
  noSum: {
    en: (option: string, text: string) => `${option} is a sum such as 1234.50, found ${text}`,
    zh: (option: string, text: string) => `${option} 应为金额（如 1234.50），得到 ${text}`,
  },
  unknown: {
    en: (id: string) => `there is no enforcement ${id}; arrears enforce list shows them`,
    zh: (id: string) => `没有执行案件 ${id}；arrears enforce list 可查`,
  },
  known: { en: "was recorded before; nothing is changed", zh: "此前已登记，未作变更" },
  dry: { en: " (dry run: nothing is written)", zh: "（试运行：未写入）" },
  imported: {
    en: (file: string, added: string, same: string, refused: string) =>
      `${file}: ${added} recorded, ${same} known, ${refused} refused`,
    zh: (file: string, added: string, same: string, refused: string) =>
      `${file}：登记 ${added} 条，重复 ${same} 条，拒收 ${refused} 条`,
  },
  owed: {
    en: (judgment: string, doubled: string, total: string) =>
      `owed: ${total} (judgment ${judgment}, doubled part of the interest for delay ${doubled}; which days count is our reading, unverified)`,
    zh: (judgment: string, doubled: string, total: string) =>
      `尚欠：${total}（判决债务 ${judgment}，加倍部分债务利息 ${doubled}；计息天数为本项目理解，未经核实）`,
  },
  dateHeads: {
    en: ["last day", "enforcement", "what", "who", "where it stands"],
    zh: ["末日", "执行", "事项", "谁", "依据"],
  },
  heads: {
    en: ["enforcement", "loan", "state", "dishonest list", "consumption", "number"],
    zh: ["执行", "借据", "状态", "失信名单", "限制消费", "案号"],
  },
  badDays: {
    en: (text: string) => `--within is "${text}", expected days such as 30d`,
    zh: (text: string) => `--within 为“${text}”，应为天数，如 30d`,
  },
  note: {
    en: "A court decides; this says what the texts allow on what is recorded here, and is no legal advice.",
    zh: "以上为依据现有登记对法条的说明，最终由法院决定，不构成法律意见。",
  },
} as const;
