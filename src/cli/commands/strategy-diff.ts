import { addDays, decimalsOf, formatDay, formatMoney, minor } from "../../core/index.ts";
import type { Counts, Outlook, Spans, Touched } from "../../dayclose/index.ts";
import { dayOption, lendersAsked, packFor, shelvesOf, strategyNamed, withBook } from "../../office/book.ts";
import { reasonWords } from "../../office/gate/reasons.ts";
import { amount, count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { say } from "../../office/messages.ts";
import { type Compared, compareOnBook, type Question } from "../../office/strategy/outlook.ts";
import { strategySay } from "../../office/strategy/words.ts";
import { type Database, knownStrategies, type Lender, products } from "../../store/index.ts";
import { type Change, planChanges, type Strategy, strategyId } from "../../strategy/index.ts";
import type { Asked } from "../options.ts";

const DAYS = 30;

/** What two versions would do to the real book: tomorrow and over thirty days, if nothing else happens. */
export async function differ(asked: Asked, io: Io, place: string): Promise<number> {
  const [, wordA, wordB] = asked.words;
  if (!wordA || !wordB)
    throw new WrongUse(
      say.missing[io.language](
        strategySay.diffUse[io.language](),
        "arrears strategy diff gentle@1 strategies/gentle.v2.yaml",
      ),
    );
  return withBook(place, io, async (db) => {
    const known = await knownStrategies(db);
    const [a, b] = [strategyNamed(wordA, known, io), strategyNamed(wordB, known, io)];
    const all = await lendersAsked(db, asked.text("lender"), io);
    const lender = await lenderOf(db, all, a.strategy, b.strategy, io);
    const names = await namesUsed(db, lender, a.strategy, b.strategy);
    const first = lender.openOn;
    const through = dayOption(asked.text("through"), "--through", io) ?? addDays(first, DAYS - 1);
    if (through < first)
      throw new Declined(strategySay.diffPast[io.language](formatDay(through), formatDay(first)));
    const question: Question = { lender, names, sides: [a, b], first, through };
    const compared = await compareOnBook(db, shelvesOf(io), question, (done, of) =>
      io.progress("diff", done, of),
    );
    await tellDiff(io, db, question, compared);
    return 0;
  });
}

/** The lender that is asked for; else the one whose products use either strategy. */
async function lenderOf(
  db: Database,
  all: readonly Lender[],
  a: Strategy,
  b: Strategy,
  io: Io,
): Promise<Lender> {
  const every = await products(db);
  const using = all.filter(({ code }) =>
    every.some(({ lender, strategy }) => lender === code && [a.name, b.name].includes(strategy)),
  );
  if (using.length === 1) return using[0]!;
  if (using.length > 1)
    throw new WrongUse(say.oneLender[io.language](using.map(({ code }) => code).join(", ")));
  const used = [...new Set(every.map(({ strategy }) => strategy))].join(", ");
  throw new Declined(strategySay.noProduct[io.language]([...new Set([a.name, b.name])].join(", "), used));
}

/** The name whose products are compared: that of the first, or of the second where no product uses the first. */
export async function namesUsed(
  db: Database,
  lender: Lender,
  a: Strategy,
  b: Strategy,
): Promise<readonly string[]> {
  const used = (await products(db))
    .filter((one) => one.lender === lender.code)
    .map(({ strategy }) => strategy);
  return used.includes(a.name) ? [a.name] : [b.name];
}

/** Tells the comparison: what changed in the plans, steps, rules and whom each would reach. */
export async function tellDiff(
  io: Io,
  db: Database,
  { lender, sides, first, through }: Question,
  { outlooks, borrowers, loans, classes }: Compared,
): Promise<void> {
  const { language } = io;
  const changes = planChanges(sides[0].strategy, sides[1].strategy);
  const [a, b] = sides.map(({ strategy }) => strategyId(strategy)) as [string, string];
  const [from, days] = [formatDay(first), through - first + 1];
  io.object({
    a,
    b,
    lender: lender.code,
    first: from,
    through: formatDay(through),
    loans,
    borrowers,
    classes,
  });
  io.out(strategySay.diffHead[language](a, b, lender.name, count(loans), count(borrowers)));
  io.out(strategySay.diffAssumes[language](from, formatDay(through)));
  io.out("");
  tellChanges(io, changes);
  tellSteps(io, outlooks, inPlanOrder(sides.map(({ strategy }) => strategy)), from, days);
  await tellRules(io, db, lender, outlooks, from, days);
  tellTouched(io, outlooks, from, days);
}

function tellChanges(io: Io, changes: readonly Change[]): void {
  const { language } = io;
  for (const change of changes) io.object({ change });
  io.out(changes.length === 0 ? strategySay.noChanges[language]() : strategySay.changesHead[language]());
  for (const change of changes) io.out(`  ${changeLine(change, io)}`);
}

function changeLine(change: Change, { language }: Io): string {
  const days = (all: readonly number[]): string =>
    all.length > 6 ? `${all.slice(0, 5).join(", ")}, … ${all.at(-1)}` : all.join(", ");
  switch (change.kind) {
    case "added":
    case "removed":
      return strategySay[change.kind][language](change.step, days(change.days));
    case "moved": {
      const to = change.to === change.step ? days(change.toDays) : `${change.to}, ${days(change.toDays)}`;
      return strategySay.moved[language](change.step, days(change.days), to);
    }
    case "changed": {
      const all = strategySay.everyone[language]();
      const what = strategySay.what[language](change.what);
      return strategySay.changed[language](change.step, what, change.from || all, change.to || all);
    }
  }
}

const NO_COUNTS: Counts = { planned: 0, asked: 0, refused: 0, lapsed: 0 };
const made = ({ planned, asked }: Counts): number => planned + asked;
const signed = (value: number): string =>
  value === 0 ? "" : value > 0 ? `+${count(value)}` : `-${count(-value)}`;

/** `stage/step` of both plans, by the day past due on which each first falls due. */
function inPlanOrder(plans: readonly Strategy[]): (names: Iterable<string>) => string[] {
  const days = new Map<string, number>();
  for (const { steps } of plans)
    for (const { key, dpd } of steps) {
      const name = key.slice(0, key.lastIndexOf("@"));
      days.set(name, Math.min(dpd, days.get(name) ?? dpd));
    }
  const dayOf = (name: string): number => days.get(name) ?? Number.MAX_SAFE_INTEGER;
  return (names) => [...new Set(names)].sort((x, y) => dayOf(x) - dayOf(y) || (x < y ? -1 : 1));
}

function tellSteps(
  io: Io,
  [a, b]: readonly [Outlook, Outlook],
  order: (names: Iterable<string>) => string[],
  first: string,
  days: number,
): void {
  const names = order([...a.steps.keys(), ...b.steps.keys()]);
  const rows = names.map((name) => {
    const [before, after] = [a, b].map(
      ({ steps }) => steps.get(name) ?? { first: NO_COUNTS, all: NO_COUNTS },
    ) as [Spans<Counts>, Spans<Counts>];
    io.object({
      step: name,
      first: { a: before.first, b: after.first },
      all: { a: before.all, b: after.all },
    });
    return [
      name,
      count(made(before.first)),
      count(made(after.first)),
      signed(made(after.first) - made(before.first)),
      count(made(before.all)),
      count(made(after.all)),
      signed(made(after.all) - made(before.all)),
      count(before.all.refused),
      count(after.all.refused),
    ];
  });
  io.out("");
  io.out(
    table(strategySay.diffSteps[io.language](first, days), rows, [
      "left",
      ...Array.from({ length: 8 }, () => "right" as const),
    ]),
  );
}

async function tellRules(
  io: Io,
  db: Database,
  lender: Lender,
  [a, b]: readonly [Outlook, Outlook],
  first: string,
  days: number,
): Promise<void> {
  const pack = await packFor(db, lender);
  const names = [...new Set([...a.rules.keys(), ...b.rules.keys()])];
  const none = { first: { times: 0 }, all: { times: 0 } };
  const rows = names
    .map((rule) => ({ rule, before: a.rules.get(rule) ?? none, after: b.rules.get(rule) ?? none }))
    .sort((x, y) => y.after.all.times + y.before.all.times - x.after.all.times - x.before.all.times);
  for (const { rule, before, after } of rows)
    io.object({
      rule,
      first: { a: before.first.times, b: after.first.times },
      all: { a: before.all.times, b: after.all.times },
    });
  if (rows.length === 0) return;
  io.out("");
  io.out(
    table(
      strategySay.diffRules[io.language](first, days),
      rows.map(({ rule, before, after }) => [
        rule,
        ...[before.first, after.first, before.all, after.all].map(({ times }) => count(times)),
      ]),
      ["left", "right", "right", "right", "right"],
    ),
  );
  for (const { rule } of rows) {
    const words = reasonWords(pack, rule, io.language);
    if (words) io.out(`  ${rule}  ${words}`);
  }
}

const touchedJson = ({ people, loans, outstanding }: Touched) => ({
  people,
  loans,
  outstanding: Object.fromEntries(
    Object.entries(outstanding).map(([currency, sum]) => [
      currency,
      formatMoney(minor(sum), decimalsOf(currency)),
    ]),
  ),
});

function tellTouched(io: Io, [a, b]: readonly [Outlook, Outlook], first: string, days: number): void {
  const { language } = io;
  const columns = [a.touched.first, b.touched.first, a.touched.all, b.touched.all];
  const currencies = [...new Set(columns.flatMap(({ outstanding }) => Object.keys(outstanding)))];
  io.object({
    touched: {
      first: { a: touchedJson(a.touched.first), b: touchedJson(b.touched.first) },
      all: { a: touchedJson(a.touched.all), b: touchedJson(b.touched.all) },
    },
  });
  io.out("");
  io.out(
    table(
      strategySay.diffTotals[language](first, days),
      [
        [strategySay.people[language](), ...columns.map(({ people }) => count(people))],
        [strategySay.loans[language](), ...columns.map(({ loans }) => count(loans))],
        ...currencies.map((currency) => [
          strategySay.outstanding[language](currency),
          ...columns.map(({ outstanding }) => amount(outstanding[currency] ?? 0, decimalsOf(currency))),
        ]),
      ],
      ["left", "right", "right", "right", "right"],
    ),
  );
}
