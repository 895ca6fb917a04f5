import { addDays, decimalsOf, formatDay } from "../../core/index.ts";
import type { Counts } from "../../dayclose/index.ts";
import { dayOption, lendersAsked, packFor, shelvesOf, strategyNamed, withBook } from "../../office/book.ts";
import { reasonWords } from "../../office/gate/reasons.ts";
import { amount, count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { type Difference, differenceOf, namesUsed, touchedJson } from "../../office/strategy/diff.ts";
import { type Compared, compareOnBook, type Question } from "../../office/strategy/outlook.ts";
import { strategySay } from "../../office/strategy/words.ts";
import type { Pack } from "../../policy/index.ts";
import { type Database, knownStrategies, type Lender, products } from "../../store/index.ts";
import type { Change, Strategy } from "../../strategy/index.ts";
import { say } from "../messages.ts";
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
    const found = differenceOf(question, compared);
    io.object(found.of);
    for (const change of found.changes) io.object({ change });
    for (const one of [...found.steps, ...found.rules]) io.object(one);
    io.object({ touched: touchedJson(found.touched) });
    tell(io, question, compared, found, await packFor(db, lender));
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

/** Tells the comparison: what changed in the plans, steps, rules and whom each would reach. */
function tell(
  io: Io,
  { lender, first, through }: Question,
  { loans, borrowers }: Compared,
  found: Difference,
  pack: Pack | undefined,
): void {
  const { language } = io;
  const [from, days] = [formatDay(first), through - first + 1];
  const { a, b } = found.of;
  io.out(strategySay.diffHead[language](a, b, lender.name, count(loans), count(borrowers)));
  io.out(strategySay.diffAssumes[language](from, formatDay(through)));
  io.out("");
  tellChanges(found.changes, io);
  tellSteps(found.steps, from, days, io);
  tellRules(found.rules, pack, from, days, io);
  tellTouched(found.touched, from, days, io);
}

function tellChanges(changes: readonly Change[], io: Io): void {
  const { language } = io;
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

const made = ({ planned, asked }: Counts): number => planned + asked;
const signed = (value: number): string =>
  value === 0 ? "" : value > 0 ? `+${count(value)}` : `-${count(-value)}`;

function tellSteps(steps: Difference["steps"], first: string, days: number, io: Io): void {
  const rows = steps.map(({ step, first: tomorrow, all }) => [
    step,
    count(made(tomorrow.a)),
    count(made(tomorrow.b)),
    signed(made(tomorrow.b) - made(tomorrow.a)),
    count(made(all.a)),
    count(made(all.b)),
    signed(made(all.b) - made(all.a)),
    count(all.a.refused),
    count(all.b.refused),
  ]);
  io.out("");
  io.out(
    table(strategySay.diffSteps[io.language](first, days), rows, [
      "left",
      ...Array.from({ length: 8 }, () => "right" as const),
    ]),
  );
}

function tellRules(
  rules: Difference["rules"],
  pack: Pack | undefined,
  first: string,
  days: number,
  io: Io,
): void {
  if (rules.length === 0) return;
  io.out("");
  io.out(
    table(
      strategySay.diffRules[io.language](first, days),
      rules.map(({ rule, first: tomorrow, all }) => [
        rule,
        ...[tomorrow.a, tomorrow.b, all.a, all.b].map((times) => count(times)),
      ]),
      ["left", "right", "right", "right", "right"],
    ),
  );
  for (const { rule } of rules) {
    const words = reasonWords(pack, rule, io.language);
    if (words) io.out(`  ${rule}  ${words}`);
  }
}

function tellTouched(
  touched: Difference["touched"],
  first: string,
  days: number,
  { language, out }: Io,
): void {
  const columns = [touched.first.a, touched.first.b, touched.all.a, touched.all.b];
  const currencies = [...new Set(columns.flatMap(({ outstanding }) => Object.keys(outstanding)))];
  out("");
  out(
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
