import {
  type Day,
  formatDay,
  invariant,
  least,
  type Minor,
  minor,
  ok,
  type Rate,
  type RecoveredHow,
  type Result,
  refuse,
  type StayWhy,
  shareOfDays,
  subtract,
  type Wide,
  wideOf,
  wideRound,
  ZERO,
} from "../core/index.ts";
import { exactText, NOTHING, plus, times } from "./exact.ts";
import type { Source } from "./source.ts";

/** The day on which the period expires does not count, the day of payment does (`exclusive-start`) or not (`exclusive-both`). */
export type DelayDayCount = "exclusive-start" | "exclusive-both";
export const DELAY_DAY_COUNTS: readonly DelayDayCount[] = ["exclusive-start", "exclusive-both"];

/** What is paid first where it does not cover all: the judgment's debt as the law has it, or the doubled part, if so agreed. */
export type DelayOrder = "judgment-first" | "doubled-first";
export const DELAY_ORDERS: readonly DelayOrder[] = ["judgment-first", "doubled-first"];

/** What one court does and no text says: taken only where it is asked for, and shown as unverified. */
export type DelayPractice = "base-without-liquidated-damages" | "bank-penalty-parallel";
export const DELAY_PRACTICES: readonly DelayPractice[] = [
  "base-without-liquidated-damages",
  "bank-penalty-parallel",
];

/** The law of a place on the price of not performing a judgment; a pack gives it. */
export interface DelayInterestRule {
  /** Of the doubled part, a day. */
  readonly rate: Rate;
  readonly dayCount: DelayDayCount;
  readonly sources: {
    readonly rate: Source;
    readonly dayCount: Source;
    readonly order: Source;
    readonly pause?: Source;
    readonly deduction?: Source;
  };
  readonly practice?: Readonly<Record<DelayPractice, Source>>;
}

export interface DelayedPart {
  readonly amount: Minor;
  /** The day on which its own period expires. */
  readonly dueOn: Day;
}

export interface DelayedPayment {
  /** Paid, taken from an account, or the day on which the ruling on a sale took effect. */
  readonly on: Day;
  readonly amount: Minor;
  readonly how?: RecoveredHow;
}

export interface DelayPause {
  /** First and last day of the stay, both left out. */
  readonly from: Day;
  readonly to: Day;
  readonly why: StayWhy;
  /** Asked for by the debtor: then it counts on. */
  readonly atRequest?: boolean;
}

export interface DelayedDebt {
  /** The money debt of the judgment, without the general interest that runs on. */
  readonly debt: Minor;
  /** The day on which the period for performance expires; the first one where there are several parts. */
  readonly from: Day;
  /** Parts of the debt with a day each, where the judgment has it performed in parts; they sum to `debt`. */
  readonly parts?: readonly DelayedPart[];
  /** The day to which it is counted. */
  readonly to: Day;
  readonly payments?: readonly DelayedPayment[];
  readonly pauses?: readonly DelayPause[];
  /** What the judgment grants as a sum and no doubled part is counted on: interest to a day, costs. Paid before the debt. */
  readonly outsideBase?: Minor;
  /** Interest that the judgment itself grants until payment. None where it grants none. */
  readonly generalRate?: Rate;
  /**
   * The day from which the general interest runs, itself not counted, and from which payments count; each part's own day where
   * none is given.
   */
  readonly generalFrom?: Day;
  /** Penalty interest that a judgment for a bank grants until payment; only with practice `bank-penalty-parallel`. */
  readonly penaltyRate?: Rate;
  /** Damages that the judgment grants as a sum, beside `debt`: of the base by the text, out of it by one court's practice. */
  readonly liquidatedDamages?: Minor;
  readonly practices?: readonly DelayPractice[];
  /** By agreement of the parties; `judgment-first` where they have none. */
  readonly order?: DelayOrder;
}

/** What a part is of. */
export type DelayedOf = "outside-base" | "damages" | "debt";

/** A part of the debt and how long it stood unpaid. Interest is exact, as text, before any rounding. */
export interface DelayStep {
  readonly part: Minor;
  readonly of: DelayedOf;
  readonly from: Day;
  readonly until: Day;
  /** Days for which the doubled part counts. */
  readonly days: number;
  /** Days between them that a stay leaves out. */
  readonly paused: number;
  readonly doubled: string;
  readonly general: string;
  readonly penalty: string;
  /** Whether a payment ended it, or the day to which it is counted; and what kind of payment. */
  readonly paid: boolean;
  readonly how?: RecoveredHow;
}

/** A stay, and whether it is left out. */
export interface PauseJudged extends DelayPause {
  readonly excluded: boolean;
}

export interface DelayInterest {
  readonly doubled: Minor;
  readonly general: Minor;
  readonly penalty: Minor;
  /** Still owed on the last day. */
  readonly left: {
    readonly debt: Minor;
    readonly damages: Minor;
    readonly outsideBase: Minor;
    readonly general: Minor;
    readonly penalty: Minor;
    readonly doubled: Minor;
  };
  /** Paid beyond all that is owed. */
  readonly unapplied: Minor;
  readonly steps: readonly DelayStep[];
  readonly pauses: readonly PauseJudged[];
  readonly dayCount: DelayDayCount;
  readonly order: DelayOrder;
  readonly sources: DelayInterestRule["sources"];
  /** What was taken from practice, each with how far it was checked. */
  readonly practice: readonly { readonly name: DelayPractice; readonly source: Source }[];
}

/**
 * The price of not performing a judgment on money: the doubled part, beside the general interest that the judgment
 * grants.
 *
 * Each part of the debt counts from the day its period expires to the day of its own payment, without the days of a stay
 * that the debtor did not ask for. A payment goes to the oldest part first; to the money debt of the judgment before the
 * doubled part, unless agreed otherwise; and within the money debt to general interest, penalty interest, sums outside the base and
 * damages before the debt, as any payment does where nothing else is agreed. No kind of interest bears interest of its own.
 *
 * Takes   the debt, in parts where the judgment has parts; the last day; payments and stays in any order.
 * Gives   each kind of interest, what is left of each, each part with its days, and where the law stands.
 * Units   minor units, each sum rounded half up once. A yearly or monthly rate is taken by a year of 365 days.
 * Refuses `order-of-days`: the last day before the first, a payment outside them, a stay that ends before it begins;
 *         `parts`: parts that do not sum to the debt, or begin before `from`; `practice`: a penalty rate or a practice that
 *         the law of the place does not name; `no-text-read`: a stay where no text on stays was read.
 * Holds   payments = unapplied + what was paid of debt, damages, general, penalty and doubled part; the steps of each part
 *         add up to it.
 * Source  the pack's parameters `delay-interest.*`.
 */
export function delayInterest(delayed: DelayedDebt, rule: DelayInterestRule): Result<DelayInterest> {
  const wrong = troubleWith(delayed, rule);
  if (wrong) return wrong;
  const practices = delayed.practices ?? [];
  const pauses = (delayed.pauses ?? []).map((pause) => ({ ...pause, excluded: isExcluded(pause) }));
  const account = openAccount(delayed, rule, stillDays(pauses));
  const payments = [...(delayed.payments ?? [])].sort((a, b) => a.on - b.on);
  for (const payment of payments) account.pay(payment);
  return ok({
    ...account.close(delayed.to),
    pauses,
    dayCount: rule.dayCount,
    order: delayed.order ?? "judgment-first",
    sources: rule.sources,
    practice: practices.map((name) => ({ name, source: rule.practice![name] })),
  });
}

function troubleWith(delayed: DelayedDebt, rule: DelayInterestRule) {
  const { debt, from, to, parts, payments = [], pauses = [], practices = [], penaltyRate } = delayed;
  const first = Math.min(from, delayed.generalFrom ?? from) as Day;
  invariant(debt >= 0, `a debt is at least zero, found ${debt}`);
  if (to < first)
    return refuse(
      "order-of-days",
      `${formatDay(to)} lies before ${formatDay(first)}, from which it is counted`,
      "to",
    );
  for (const [index, { on, amount }] of payments.entries()) {
    invariant(amount >= 0, `a payment is at least zero, found ${amount}`);
    if (on < first || on > to) {
      const says = `a payment lies between ${formatDay(first)} and ${formatDay(to)}; what was paid earlier is no part of the debt`;
      return refuse("order-of-days", says, `payments[${index}].on`);
    }
  }
  for (const [index, pause] of pauses.entries()) {
    if (pause.to < pause.from)
      return refuse("order-of-days", "the last day of a stay is not before its first", `pauses[${index}].to`);
    if (!rule.sources.pause)
      return refuse("no-text-read", "no text on stays was read for these days", `pauses[${index}]`);
  }
  if (parts) {
    const sum = parts.reduce((total, { amount }) => total + amount, 0);
    if (sum !== debt) return refuse("parts", "the parts do not sum to the debt of the judgment", "parts");
    const early = parts.findIndex(({ dueOn }) => dueOn < from);
    if (early >= 0)
      return refuse("parts", `no part is due before ${formatDay(from)}`, `parts[${early}].dueOn`);
  }
  for (const [index, name] of practices.entries())
    if (!rule.practice?.[name])
      return refuse("practice", `no practice called ${name} was read for this place`, `practices[${index}]`);
  if (penaltyRate && !practices.includes("bank-penalty-parallel"))
    return refuse(
      "practice",
      'that penalty interest runs beside the doubled part is the practice of one court; ask for it: practices ["bank-penalty-parallel"]',
      "penaltyRate",
    );
  return undefined;
}

/** Only a review of the judgment or a retrial, and only where the debtor did not ask for it. */
const isExcluded = ({ why, atRequest }: DelayPause): boolean => why !== "other" && atRequest !== true;

/** The days that are left out, as spans that neither meet nor overlap. */
function stillDays(pauses: readonly PauseJudged[]): readonly (readonly [from: number, to: number])[] {
  const spans: [number, number][] = [];
  for (const { from, to } of pauses.filter(({ excluded }) => excluded).sort((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  return spans;
}

interface OpenPart {
  readonly dueOn: Day;
  readonly of: DelayedOf;
  open: number;
}

/** What is owed under the judgment while it is paid, part by part. */
function openAccount(delayed: DelayedDebt, rule: DelayInterestRule, still: ReturnType<typeof stillDays>) {
  const { debt, from, outsideBase = ZERO, liquidatedDamages = ZERO, practices = [] } = delayed;
  const due = [...(delayed.parts ?? [{ amount: debt, dueOn: from }])].sort((a, b) => a.dueOn - b.dueOn);
  const parts: OpenPart[] = [
    { dueOn: from, of: "outside-base", open: outsideBase },
    { dueOn: from, of: "damages", open: liquidatedDamages },
    ...due.map(({ amount, dueOn }) => ({ dueOn, of: "debt" as const, open: amount })),
  ];
  const isBase = ({ of }: OpenPart): boolean =>
    of === "debt" || (of === "damages" && !practices.includes("base-without-liquidated-damages"));
  const steps: DelayStep[] = [];
  /** Of the parts that were paid. */
  const grown = { general: NOTHING, penalty: NOTHING, doubled: NOTHING };
  const paid = { general: ZERO, penalty: ZERO, doubled: ZERO };
  let unapplied: Minor = ZERO;

  const interestOf = (part: OpenPart, amount: number, until: Day) => {
    const counted = isBase(part) ? daysOf(part.dueOn, until, rule.dayCount, still) : NO_DAYS;
    const share = (rate: Rate | undefined, days: number): Wide =>
      rate ? times(amount, wideOf(shareOfDays(rate, "ACT/365", days))) : NOTHING;
    const running = part.of === "debt" ? Math.max(0, until - part.dueOn) : 0;
    const ofGeneral = part.of === "debt" ? Math.max(0, until - (delayed.generalFrom ?? part.dueOn)) : 0;
    return {
      ...counted,
      general: share(delayed.generalRate, ofGeneral),
      penalty: share(delayed.penaltyRate, running),
      doubled: share(rule.rate, counted.days),
    };
  };
  /** Owed of a kind of interest on a day, paid parts and open ones together. */
  const owedOf = (kind: InterestKind, on: Day): Minor => {
    const open = parts.map((part) => interestOf(part, part.open, on)[kind]);
    return subtract(rounded(open.reduce(plus, grown[kind])), paid[kind]);
  };
  const end = (part: OpenPart, amount: Minor, until: Day, how?: RecoveredHow): void => {
    if (amount === 0) return;
    const { days, paused, ...interest } = interestOf(part, amount, until);
    for (const kind of INTEREST_KINDS) grown[kind] = plus(grown[kind], interest[kind]);
    part.open -= amount;
    steps.push({
      part: amount,
      of: part.of,
      from: part.dueOn,
      until,
      days,
      paused,
      doubled: exactText(interest.doubled),
      general: exactText(interest.general),
      penalty: exactText(interest.penalty),
      paid: how !== undefined,
      ...(how === undefined ? {} : { how }),
    });
  };
  const pay = ({ on, amount, how = "paid" }: DelayedPayment): void => {
    let rest = amount;
    const take = (most: Minor): Minor => {
      const taken = least(rest, most);
      rest = subtract(rest, taken);
      return taken;
    };
    const to = (kind: InterestKind): void => {
      paid[kind] = minor(paid[kind] + take(owedOf(kind, on)));
    };
    if (delayed.order === "doubled-first") to("doubled");
    to("general");
    to("penalty");
    for (const part of parts) end(part, take(minor(part.open)), on, how);
    if (parts.every(({ open }) => open === 0)) to("doubled");
    unapplied = minor(unapplied + rest);
  };
  const close = (on: Day) => {
    const openOf = (of: DelayedOf): Minor =>
      minor(parts.reduce((total, part) => total + (part.of === of ? part.open : 0), 0));
    const left = { debt: openOf("debt"), damages: openOf("damages"), outsideBase: openOf("outside-base") };
    for (const part of parts) end(part, minor(part.open), on);
    const sums = {
      general: rounded(grown.general),
      penalty: rounded(grown.penalty),
      doubled: rounded(grown.doubled),
    };
    return {
      ...sums,
      left: {
        ...left,
        general: subtract(sums.general, paid.general),
        penalty: subtract(sums.penalty, paid.penalty),
        doubled: subtract(sums.doubled, paid.doubled),
      },
      unapplied,
      steps,
    };
  };
  return { pay, close };
}

type InterestKind = "general" | "penalty" | "doubled";
const INTEREST_KINDS: readonly InterestKind[] = ["general", "penalty", "doubled"];
const NO_DAYS = { days: 0, paused: 0 };

/** Counted are the days after `from`, with the last one or without, that lie in no stay. */
function daysOf(from: Day, until: Day, dayCount: DelayDayCount, still: ReturnType<typeof stillDays>) {
  const [first, last] = [from + 1, dayCount === "exclusive-both" ? until - 1 : until];
  const all = Math.max(0, last - first + 1);
  let paused = 0;
  for (const [start, stop] of still) paused += Math.max(0, Math.min(stop, last) - Math.max(start, first) + 1);
  return { days: all - paused, paused };
}

const rounded = ({ numerator, denominator }: Wide): Minor => wideRound(numerator, denominator, "half-up");
