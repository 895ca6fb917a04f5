import {
  addDays,
  book,
  borrowerKey,
  CHANNELS,
  type Day,
  dayAt,
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
  type StepPlanned,
  toBits,
  usualFirstDue,
} from "../../core/index.ts";
import { type CloseContext, projectBorrower } from "../../dayclose/index.ts";
import { type ContactMade, gate, gateFactsOf, type Pack, type StepKind } from "../../policy/index.ts";
import { SAMPLE_PRODUCT } from "../../sample/index.ts";
import { armOf, type Step, type Strategy, strategyLine } from "../../strategy/index.ts";
import { dayOption, type NamedStrategy, packOf } from "../book.ts";
import { reasonWords } from "../gate/reasons.ts";
import { Declined, type Io } from "../io.ts";
import { CHANNEL_NAMES, LAPSE_REASONS, stepWords, strategySay } from "./words.ts";

/** Days past the last step that a try looks at. */
const TAIL = 5;

/** The days that a strategy makes for a loan; the same as JSON, and behind it what is sent at each end. */
export function triedOn(named: NamedStrategy, example: Example, arm: string | undefined, io: Io) {
  const strategy = inLine(named, arm, io);
  const through = addDays(example.loan.dueOn, lastDay(strategy) + TAIL);
  const facts = lived(strategy, example, through);
  const days = facts.map((fact) => told(fact, strategy, example, facts, io));
  const atEnd = baseOf(strategy, example.loan).endings.map(({ what, by, minute, ended }) => ({
    event: "at-end",
    when: ended,
    send: what,
    by,
    at: formatMinute(minute),
  }));
  return { strategy, days, json: [...days.map((day) => day.json), ...atEnd] };
}

export interface Example {
  readonly loan: LoanState;
  readonly product: Product;
  readonly zone: string;
  readonly pack: Pack | undefined;
}

/** A loan of 1,000.00 in ten monthly installments of which none is paid, with every address on file. */
export function exampleLoan(
  strategy: Strategy,
  asked: { readonly from: string | undefined; readonly pack: string | undefined },
  io: Io,
): Example {
  const disbursedOn = dayOption(asked.from, "--from", io) ?? dayAt("Asia/Shanghai", io.now());
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
  return { loan, product, zone: "Asia/Shanghai", pack: packOf(asked.pack ?? "cn") };
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

export interface Told {
  readonly fact: Fact;
  readonly dpd: number;
  readonly step?: Step;
  /** The step's name, how it is made, what came of it. */
  readonly cells: readonly [string, string, string];
  readonly rules: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

export function told(fact: Fact, strategy: Strategy, example: Example, all: readonly Fact[], io: Io): Told {
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

export const armDrawn = (strategy: Strategy, { bucket, n }: LoanState) =>
  armOf(strategy, keyToNumber(borrowerKey(bucket, Math.floor(n / 4096))));

/** Whose stages and endings the loan has: the file's own, or those of the strategy that its arm follows. */
export function baseOf(strategy: Strategy, loan: LoanState): Strategy {
  const follows = armDrawn(strategy, loan)?.follows;
  return follows === undefined ? strategy : strategy.draw!.followed.get(follows)!;
}
