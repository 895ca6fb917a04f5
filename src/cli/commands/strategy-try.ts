import {
  type Day,
  decimalsOf,
  type Fact,
  formatDay,
  formatMinute,
  minor,
  NEVER,
  type StageEntered,
  type StepRefused,
  weekday,
} from "../../core/index.ts";
import { packFor, strategyNamed, versionsOf, withBook } from "../../office/book.ts";
import { reasonWords } from "../../office/gate/reasons.ts";
import { amount, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import {
  armDrawn,
  baseOf,
  type Example,
  exampleLoan,
  type Told,
  triedOn,
} from "../../office/strategy/tried.ts";
import { strategySay, weekdayName } from "../../office/strategy/words.ts";
import { loanFile } from "../../store/index.ts";
import type { Strategy } from "../../strategy/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

/** The calendar that a strategy makes for one loan that stays unpaid: day by day, each step with the gate's verdict. */
export async function tryOut(asked: Asked, io: Io, place: string): Promise<number> {
  const word = asked.words[1];
  if (!word)
    throw new WrongUse(
      say.missing[io.language]("FILE", "arrears strategy try strategies/micro-standard.v1.yaml"),
    );
  const named = strategyNamed(word, await versionsOf(place, io), io);
  const example = await exampleAsked(named.strategy, asked, io, place);
  const { strategy, days, json } = triedOn(named, example, asked.text("arm"), io);
  for (const one of json) io.object(one);
  tell(io, strategy, example, days, asked.text("arm") !== undefined);
  return 0;
}

async function exampleAsked(strategy: Strategy, asked: Asked, io: Io, place: string): Promise<Example> {
  const loanId = asked.text("loan");
  if (loanId === undefined)
    return exampleLoan(strategy, { from: asked.text("from"), pack: asked.text("pack") }, io);
  return withBook(place, io, async (db) => {
    const found = await loanFile(db, loanId, asked.text("lender"));
    if (!found) throw new Declined(say.noLoan[io.language](loanId));
    if (found.stored.dueOn === NEVER) throw new Declined(say.nothingDue[io.language](loanId));
    const { stored: loan, product, lender } = found;
    return { loan, product, zone: lender.zone, pack: await packFor(db, lender) };
  });
}

function tell(
  io: Io,
  strategy: Strategy,
  { loan, product, zone, pack }: Example,
  days: readonly Told[],
  forced: boolean,
): void {
  const { language } = io;
  const { currency } = product.terms;
  const sum = `${currency} ${amount(minor(loan.principal - loan.principalPaid), decimalsOf(currency))}`;
  const judgedBy = pack ? `${pack.place} ${pack.version}` : strategySay.noPack[language]();
  io.out(`${strategy.name} v${strategy.version} · ${strategy.intent}`);
  io.out(strategySay.calendarOf[language](sum, formatDay(loan.dueOn), judgedBy, loan.extra?.zone ?? zone));
  const arm = armDrawn(strategy, loan);
  const comma = language === "zh" ? "、" : ", ";
  if (arm) {
    const all = strategy.arms.map(({ name, share }) => `${name} ${share} %`).join(comma);
    io.out(strategySay.armLine[language](arm.name, String(arm.share), all, forced));
  }
  const base = baseOf(strategy, loan);
  if (base.segments.length > 0)
    io.out(strategySay.segmentLine[language](base.segments.map(({ name }) => name).join(comma)));
  if (days.every(({ step }) => !step)) io.out(strategySay.noSteps[language]());
  for (const { head, rows } of stages(days, base, io)) {
    io.out("");
    io.out(head);
    if (rows.length > 0)
      io.out(
        table(strategySay.calendarHeads[language](), rows, ["left", "left", "right", "left", "left", "left"]),
      );
  }
  for (const { what, by, minute, ended } of base.endings) {
    io.out("");
    const ways = ended!.map((how) => strategySay.ended[how][language]());
    io.out(strategySay.atEnd[language](ways.join(comma), what, by.join(comma), formatMinute(minute)));
  }
  const rules = [...new Set(days.flatMap(({ rules: own }) => own))].filter(
    (rule) => !rule.startsWith("strategy/ask"),
  );
  if (rules.length === 0) return;
  io.out("");
  io.out(strategySay.whyHead[language]());
  for (const rule of rules) io.out(`  ${rule}  ${reasonWords(pack, rule, language) ?? ""}`.trimEnd());
}

/** The calendar in parts, a stage each, with the stretches of days on which nothing is done. */
function stages(days: readonly Told[], base: Strategy, io: Io): { head: string; rows: string[][] }[] {
  const { language } = io;
  const parts: { head: string; rows: string[][]; name: string }[] = [];
  let last: Day | undefined;
  let repeated: { fact: Fact; readonly row: string[]; readonly told: string } | undefined;
  for (const { fact, dpd, step, cells } of days) {
    // What lapses is told on the day on which it does, in the stage of that day.
    const own =
      fact.kind === "StageEntered" ? fact.stage : fact.kind === "StepLapsed" ? undefined : step?.stage;
    const name = own ?? stageAt(base, dpd);
    let part = parts.at(-1);
    if (!part || (name !== undefined && part.name !== name)) {
      part = { name: name ?? "", head: headOf(base, name, io), rows: [] };
      parts.push(part);
    }
    if (fact.kind === "StageEntered") {
      part.head += segmentOf(fact, io);
      continue;
    }
    if (repeated && isSameRefusal(repeated.fact, fact) && fact.on - last! === 1) {
      const until = strategySay.eachDay[language](formatDay(fact.on));
      repeated.row[5] = `${repeated.told}${until}`;
      last = fact.on;
      repeated.fact = fact;
      continue;
    }
    const quiet = last === undefined ? 0 : fact.on - last - 1;
    if (quiet > 1) part.rows.push(["", "", "", `· ${strategySay.quiet[language](quiet)}`, "", ""]);
    const same = fact.on === last;
    const row = [
      same ? "" : formatDay(fact.on),
      same ? "" : weekdayName(weekday(fact.on), language),
      same ? "" : String(dpd),
      ...cells,
    ];
    part.rows.push(row);
    repeated = fact.kind === "StepRefused" ? { fact, row, told: refusedBy(fact, io) } : undefined;
    last = fact.on;
  }
  return parts;
}

/** The same step refused by the same rules. */
const isSameRefusal = (before: Fact, fact: Fact): boolean =>
  before.kind === "StepRefused" &&
  fact.kind === "StepRefused" &&
  before.step === fact.step &&
  before.rules.join() === fact.rules.join();

const refusedBy = ({ rules }: StepRefused, { language }: Io): string =>
  strategySay.refused[language](rules.join(language === "zh" ? "、" : ", "), "");

const segmentOf = ({ segment }: StageEntered, { language }: Io): string =>
  segment === undefined ? "" : ` · ${strategySay.stageSegment[language](segment)}`;

const stageAt = ({ stages: all }: Strategy, dpd: number): string | undefined =>
  all.find(({ from, to, state }) => state !== "written-off" && from <= dpd && dpd <= to)?.name;

function headOf({ stages: all }: Strategy, name: string | undefined, { language }: Io): string {
  const stage = all.find((one) => one.name === name);
  if (!stage) return name ?? "–";
  const days = `${stage.from}…${Number.isFinite(stage.to) ? stage.to : ""}`;
  return `── ${strategySay.stageHead[language](stage.name, days, stage.goal)}`;
}
