import {
  type Day,
  dayAt,
  decimalsOf,
  ENFORCEMENT_STATES,
  formatDay,
  formatMoney,
  type MatterActor,
  minor,
} from "../../core/index.ts";
import {
  ENFORCEMENT_STATE_WORDS,
  type EnforcementLife,
  enforcementDates,
  enforcementsOf,
  type Follows,
  type FollowsKind,
  owedUnder,
  whatFollows,
} from "../../legal/index.ts";
import { dayOption } from "../../office/book.ts";
import { ACTOR_WORDS, matterWhat } from "../../office/court/matter-words.ts";
import type { Desk, EnforcementLaw, Owner } from "../../office/enforcement/desk.ts";
import { dateJson, followsJson, lifeJson, owedJson } from "../../office/enforcement/json.ts";
import { paymentsUnder } from "../../office/enforcement/moment.ts";
import { enforcementSentence, LIST_STATE_WORDS, LIST_WORDS } from "../../office/enforcement/words.ts";
import { count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import {
  atEnforcement,
  type Database,
  type DeskPerson,
  type Lender,
  listEnforcements,
  ownersOfEnforcements,
  ownersOfLoans,
} from "../../store/index.ts";
import { oneWordOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { knownOf } from "./known.ts";
import { WORDS } from "./messages.ts";

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

export async function showEnforcements(desk: Desk, asked: Asked, io: Io): Promise<number> {
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

export async function listAll(db: Database, lender: Lender, asked: Asked, io: Io): Promise<number> {
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

export async function showDeadlines(desk: Desk, asked: Asked, io: Io): Promise<number> {
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

export async function showLists(desk: Desk, asked: Asked, io: Io): Promise<number> {
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
