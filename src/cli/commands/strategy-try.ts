import {
  addDays,
  book,
  borrowerKey,
  CHANNELS,
  type Day,
  dayAt,
  decimalsOf,
  type Fact,
  formatDay,
  formatInstant,
  formatMinute,
  fromBits,
  holdsOn,
  keyToNumber,
  type LoanState,
  minor,
  NEVER,
  type Product,
  parseRate,
  rateToE8,
  STEPS_FROM_START,
  type StageEntered,
  type StepPlanned,
  type StepRefused,
  toBits,
  usualFirstDue,
  weekday,
} from "../../core/index.ts";
import { type CloseContext, projectBorrower } from "../../dayclose/index.ts";
import {
  dayOption,
  type NamedStrategy,
  packFor,
  packOf,
  strategyNamed,
  versionsOf,
  withBook,
} from "../../office/book.ts";
import { reasonWords } from "../../office/gate/reasons.ts";
import { amount, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { say } from "../../office/messages.ts";
import {
  CHANNEL_NAMES,
  LAPSE_REASONS,
  stepWords,
  strategySay,
  weekdayName,
} from "../../office/strategy/words.ts";
import { type ContactMade, gate, gateFactsOf, type Pack, type StepKind } from "../../policy/index.ts";
import { SAMPLE_PRODUCT } from "../../sample/index.ts";
import { loanFile } from "../../store/index.ts";
import { armOf, type Step, type Strategy, strategyLine } from "../../strategy/index.ts";
import type { Asked } from "../options.ts";

/** Days past the last step that a try looks at. */
const TAIL = 5;

/** The calendar that a strategy makes for one loan that stays unpaid: day by day, each step with the gate's verdict. */
export async function tryOut(asked: Asked, io: Io, place: string): Promise<number> {
  const word = asked.words[1];
  if (!word)
    throw new WrongUse(
      say.missing[io.language]("FILE", "arrears strategy try strategies/micro-standard.v1.yaml"),
    );
  const named = strategyNamed(word, await versionsOf(place, io), io);
  const example = await exampleAsked(named.strategy, asked, io, place);
  const { strategy, days } = triedOn(named, example, asked.text("arm"), io);
  tell(io, strategy, example, days, asked.text("arm") !== undefined);
  return 0;
}

/** The days that a strategy makes for a loan; each is told as an object as well. */
export function triedOn(named: NamedStrategy, example: Example, arm: string | undefined, io: Io) {
  const strategy = inLine(named, arm, io);
  const through = addDays(example.loan.dueOn, lastDay(strategy) + TAIL);
  const facts = lived(strategy, example, through);
  const days = facts.map((fact) => told(fact, strategy, example, facts, io));
  for (const day of days) io.object(day.json);
  for (const { what, by, minute, ended } of baseOf(strategy, example.loan).endings)
    io.object({ event: "at-end", when: ended, send: what, by, at: formatMinute(minute) });
  return { strategy, days };
}

export interface Example {
  readonly loan: LoanState;
  readonly product: Product;
  readonly zone: string;
  readonly pack: Pack | undefined;
}

async function exampleAsked(strategy: Strategy, asked: Asked, io: Io, place: string): Promise<Example> {
  const loanId = asked.text("loan");
  if (loanId === undefined) return exampleLoan(strategy, asked, io);
  return withBook(place, io, async (db) => {
    const found = await loanFile(db, loanId, asked.text("lender"));
    if (!found) throw new Declined(say.noLoan[io.language](loanId));
    if (found.stored.dueOn === NEVER) throw new Declined(say.nothingDue[io.language](loanId));
    const { stored: loan, product, lender } = found;
    return { loan, product, zone: lender.zone, pack: await packFor(db, lender) };
  });
}

/** A loan of 1,000.00 in ten monthly installments of which none is paid, with every address on file. */
export function exampleLoan(strategy: Strategy, asked: Pick<Asked, "text">, io: Io): Example {
  const disbursedOn = dayOption(asked.text("from"), "--from", io) ?? dayAt("Asia/Shanghai", io.now());
  const product: Product = { ...SAMPLE_PRODUCT, lender: "example", code: "example", strategy: strategy.name };
  const { terms } = product;
  const loan = book(
    { bucket: 0, n: 1 },
    {
      kind: "LoanBooked",
      on: disbursedOn,
      id: "example",
      product: 1,
      principal: minor(100_000),
      rateE8: rateToE8(parseRate("0.05", "day")!)!,
      disbursedOn,
      firstDueOn: usualFirstDue(disbursedOn, terms.every, "clamp"),
      installments: 10,
      reach: toBits(CHANNELS, CHANNELS),
    },
    product,
  );
  return { loan, product, zone: "Asia/Shanghai", pack: packOf(asked.text("pack") ?? "cn") };
}

/** As a line of versions holds it, from the first day on; every borrower in the arm that is asked for, where one is. */
function inLine({ strategy, others }: NamedStrategy, arm: string | undefined, io: Io): Strategy {
  // Tried from its first step on, whatever day it will be released.
  const drawn = strategyLine([{ ...strategy, from: 0 as Day }], others).on(0 as Day)!;
  if (arm === undefined) return drawn;
  if (!strategy.arms.some(({ name }) => name === arm))
    throw new Declined(strategySay.noArm[io.language](arm, strategy.arms.map(({ name }) => name).join(", ")));
  return { ...drawn, draw: { ...drawn.draw!, slots: drawn.draw!.slots.map(() => arm) } };
}

const lastDay = (strategy: Strategy): number =>
  Math.max(
    0,
    ...[strategy, ...(strategy.draw?.followed.values() ?? [])].map(({ steps }) => steps.at(-1)?.dpd ?? 0),
  );

/** The loan's coming days under the strategy alone, as closes would make them; nothing is written or sent. */
function lived(strategy: Strategy, { loan, product, zone, pack }: Example, through: Day): readonly Fact[] {
  const line = { on: () => strategy, changesAfter: () => undefined, step: () => undefined };
  const context: CloseContext = { zone, pack, product: () => product, strategy: () => line };
  // From before its due day, as if nothing had been done yet.
  const { blocked: _blocked, place: _place, ...extra } = loan.extra ?? {};
  const { extra: _extra, ...plain } = loan;
  const kept = Object.keys(extra).length === 0 ? plain : { ...plain, extra };
  const wakeOn = addDays(loan.dueOn, Math.min(0, strategy.steps[0]?.dpd ?? 0, ...firstDays(strategy)));
  const fresh: LoanState = { ...kept, band: 0, stepsThrough: STEPS_FROM_START, wakeOn };
  const borrower = { bucket: loan.bucket, n: loan.n, loans: [{ loan: fresh, waiting: [] }], contacts: [] };
  return projectBorrower(borrower, through, context).loans[0]!.facts;
}

/** First days of stages: on them a segment or an arm may have to be decided. */
const firstDays = ({ stages, draw }: Strategy): number[] =>
  [stages, ...[...(draw?.followed.values() ?? [])].map((one) => one.stages)].flat().map(({ from }) => from);

// --- telling -----------------------------------------------------------------------------------------------------------

interface Told {
  readonly fact: Fact;
  readonly dpd: number;
  readonly step?: Step;
  /** The step's name, how it is made, what came of it. */
  readonly cells: readonly [string, string, string];
  readonly rules: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

function told(fact: Fact, strategy: Strategy, example: Example, all: readonly Fact[], io: Io): Told {
  const { loan, zone, pack } = example;
  const dpd = fact.on - loan.dueOn;
  const step = "step" in fact ? stepOf(strategy, fact.step) : undefined;
  const decision = fact.kind === "StepPlanned" ? verdictOf(fact, example, all) : undefined;
  const risks = decision?.verdict === "allow-with-risk" ? decision.rules : [];
  const rules = "rules" in fact ? fact.rules : risks;
  return {
    fact,
    dpd,
    ...(step ? { step } : {}),
    cells: cellsOf(fact, step, risks, zone, io),
    rules,
    json: {
      day: formatDay(fact.on),
      dpd,
      ...fact,
      on: formatDay(fact.on),
      ...(decision ? { verdict: decision.verdict, risks } : {}),
      ...(rules.length > 0
        ? { says: rules.map((rule) => reasonWords(pack, rule, io.language) ?? rule) }
        : {}),
    },
  };
}

const stepOf = (strategy: Strategy, key: string): Step | undefined =>
  [strategy, ...(strategy.draw?.followed.values() ?? [])]
    .flatMap(({ steps }) => steps)
    .find((step) => step.key === key);

/** What the gate says of a planned step at its slot, with what was planned before it taken as made. */
function verdictOf(
  fact: StepPlanned,
  { loan, zone, pack }: Example,
  all: readonly Fact[],
): { readonly verdict: string; readonly rules: readonly string[] } | undefined {
  if (!pack) return undefined;
  const contacts = all.flatMap((other): ContactMade[] =>
    other.kind === "StepPlanned" && other.on < fact.on && other.on >= fact.on - 8
      ? [{ at: other.slot, kind: other.via as StepKind, outcome: other.via === "call" ? "unknown" : "sent" }]
      : [],
  );
  const { verdict, because } = gate(
    pack,
    { kind: fact.via as StepKind, to: { role: "borrower" }, actor: { role: "lender" }, at: fact.slot },
    gateFactsOf({
      zone: loan.extra?.zone ?? zone,
      holds: holdsOn(loan, fact.on),
      contacts,
      reach: fromBits(loan.reach, CHANNELS),
    }),
  );
  const rules = because.filter(({ outcome }) => outcome.outcome === verdict).map(({ rule }) => rule.id);
  return { verdict, rules };
}

function cellsOf(
  fact: Fact,
  step: Step | undefined,
  risks: readonly string[],
  zone: string,
  io: Io,
): [string, string, string] {
  const { language } = io;
  const comma = language === "zh" ? "、" : ", ";
  switch (fact.kind) {
    case "BandEntered":
      return [strategySay.band[language](fact.band), "", ""];
    case "SetAside":
      return ["", "", strategySay.setAside[language](fact.reason)];
    case "StepPlanned": {
      const outcome =
        risks.length > 0 ? strategySay.atRisk[language](risks.join(comma)) : strategySay.allowed[language]();
      const time = formatInstant(zone, fact.slot).slice(11, 16);
      return [
        nameOf(fact.step, step, io),
        `${CHANNEL_NAMES[fact.via]?.[language] ?? fact.via} ${time}`,
        outcome,
      ];
    }
    case "StepRefused": {
      const again = fact.retryOn < NEVER ? formatDay(fact.retryOn) : "";
      return [nameOf(fact.step, step, io), "", strategySay.refused[language](fact.rules.join(comma), again)];
    }
    case "StepAsked": {
      const own = fact.rules.filter((rule) => !rule.startsWith("strategy/"));
      const asks = strategySay.asks[language](own.join(comma), fact.after?.join(comma) ?? "");
      return [nameOf(fact.step, step, io), CHANNEL_NAMES.person![language], asks];
    }
    case "StepLapsed":
      return [
        nameOf(fact.step, step, io),
        "",
        strategySay.lapsed[language](LAPSE_REASONS[fact.why]?.[language] ?? fact.why),
      ];
    default:
      return ["", "", ""];
  }
}

/** `early/send-overdue@1` of a message is `message overdue`. */
const nameOf = (key: string, step: Step | undefined, { language }: Io): string =>
  step ? stepWords(step, language) : key;

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

const armDrawn = (strategy: Strategy, { bucket, n }: LoanState) =>
  armOf(strategy, keyToNumber(borrowerKey(bucket, Math.floor(n / 4096))));

/** Whose stages and endings the loan has: the file's own, or those of the strategy that its arm follows. */
function baseOf(strategy: Strategy, loan: LoanState): Strategy {
  const follows = armDrawn(strategy, loan)?.follows;
  return follows === undefined ? strategy : strategy.draw!.followed.get(follows)!;
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
