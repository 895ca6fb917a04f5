import { decimalsOf, formatDay, formatMoney, minor } from "../../core/index.ts";
import type { Counts, Outlook, Spans, Touched } from "../../dayclose/index.ts";
import { type Database, type Lender, products } from "../../store/index.ts";
import { type Change, planChanges, type Strategy, strategyId } from "../../strategy/index.ts";
import type { Compared, Question } from "./outlook.ts";

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

/** A figure of both strategies: on the first day, and over all days. */
export type Beside<T> = {
  readonly first: { readonly a: T; readonly b: T };
  readonly all: { readonly a: T; readonly b: T };
};

/** What two strategies would do to a book, side by side. */
export interface Difference {
  readonly of: {
    readonly a: string;
    readonly b: string;
    readonly lender: string;
    readonly first: string;
    readonly through: string;
  } & Pick<Compared, "loans" | "borrowers" | "classes">;
  readonly changes: readonly Change[];
  /** By `stage/step`, in the order in which they first fall due. */
  readonly steps: readonly ({ readonly step: string } & Beside<Counts>)[];
  /** How often each rule was named, the commonest first. */
  readonly rules: readonly ({ readonly rule: string } & Beside<number>)[];
  readonly touched: Beside<Touched>;
}

export function differenceOf(
  { lender, sides, first, through }: Question,
  { outlooks, borrowers, loans, classes }: Compared,
): Difference {
  const [a, b] = [strategyId(sides[0].strategy), strategyId(sides[1].strategy)];
  const head = { a, b, lender: lender.code, first: formatDay(first), through: formatDay(through) };
  return {
    of: { ...head, loans, borrowers, classes },
    changes: planChanges(sides[0].strategy, sides[1].strategy),
    steps: stepsOf(outlooks, inPlanOrder(sides.map(({ strategy }) => strategy))),
    rules: rulesOf(outlooks),
    touched: besideOf(outlooks[0].touched, outlooks[1].touched, (touched) => touched),
  };
}

/** The people, loans and money that are touched, with sums as text. */
export const touchedJson = ({ first, all }: Beside<Touched>) => ({
  first: { a: sumsAsText(first.a), b: sumsAsText(first.b) },
  all: { a: sumsAsText(all.a), b: sumsAsText(all.b) },
});

const sumsAsText = ({ people, loans, outstanding }: Touched) => ({
  people,
  loans,
  outstanding: Object.fromEntries(
    Object.entries(outstanding).map(([currency, sum]) => [
      currency,
      formatMoney(minor(sum), decimalsOf(currency)),
    ]),
  ),
});

const besideOf = <S, T>(a: Spans<S>, b: Spans<S>, figure: (of: S) => T): Beside<T> => ({
  first: { a: figure(a.first), b: figure(b.first) },
  all: { a: figure(a.all), b: figure(b.all) },
});

const NO_COUNTS: Counts = { planned: 0, asked: 0, refused: 0, lapsed: 0 };

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

function stepsOf(
  [a, b]: readonly [Outlook, Outlook],
  order: (names: Iterable<string>) => string[],
): Difference["steps"] {
  const none = { first: NO_COUNTS, all: NO_COUNTS };
  return order([...a.steps.keys(), ...b.steps.keys()]).map((step) => ({
    step,
    ...besideOf(a.steps.get(step) ?? none, b.steps.get(step) ?? none, (counts) => counts),
  }));
}

function rulesOf([a, b]: readonly [Outlook, Outlook]): Difference["rules"] {
  const names = [...new Set([...a.rules.keys(), ...b.rules.keys()])];
  const none = { first: { times: 0 }, all: { times: 0 } };
  const times = (one: { readonly times: number }): number => one.times;
  return names
    .map((rule) => ({ rule, ...besideOf(a.rules.get(rule) ?? none, b.rules.get(rule) ?? none, times) }))
    .sort((x, y) => y.all.b + y.all.a - x.all.a - x.all.b);
}
