import {
  addMonths,
  type Day,
  type Fact,
  type LoanBooked,
  type Minor,
  minor,
  mulDivRound,
  type Product,
  positionFromFacts,
  ZERO,
} from "../core/index.ts";
import { proceedingsOf } from "./proceeding.ts";

/** What was done about a debt, as far as its journals tell. `waiting`: nothing was filed in the time that followed. */
export const DONE_WAYS = [
  "waiting",
  "letter",
  "mediation",
  "payment-order",
  "suit",
  "judgment",
  "enforcement",
] as const;
export type DoneWay = (typeof DONE_WAYS)[number];

/** What came in after one step on one loan. */
export interface Recovered {
  readonly way: DoneWay;
  readonly on: Day;
  /** Age band at the time, and all that was owed. */
  readonly band: number;
  readonly owed: Minor;
  readonly recovered: Minor;
}

/** Edges of the sizes of debts that are compared with each other, in minor units of a currency with two decimals. */
const SIZES = [100_000, 500_000, 1_000_000, 5_000_000, 10_000_000];
export const sizeOf = (owed: Minor): number => SIZES.filter((edge) => owed >= edge).length;

/** Fewer than this, and a mean says nothing. A house rule: no text gives a number. */
export const ENOUGH = 30;

export interface HistoryAsked {
  /** The last day that the book knows. */
  readonly asOf: Day;
  /** How long after a step money counts as its fruit. */
  readonly months: number;
  /** Bands of which the wait without a filing is watched: entering one of them begins it. */
  readonly fromBand: number;
}

/**
 * What each step on a loan brought in, from its journals.
 *
 * Takes   the loan's facts and its borrower's, in the order booked; its product.
 * Gives   one entry a way, the first of it; only steps whose time is over by `asOf`, so that no young case counts as a failure. A wait is
 *         the first entry into a late band that no filing and no judgment followed within the time; a loan has one for each such band.
 * Units   minor units. On kept loans what was received and not reversed; on fed loans by how much the reported debt fell.
 * Holds   0 <= recovered <= owed.
 */
export function recoveriesOf(
  {
    key,
    facts,
    ofBorrower,
    product,
  }: {
    readonly key: { readonly bucket: number; readonly n: number };
    readonly facts: readonly Fact[];
    readonly ofBorrower: readonly Fact[];
    readonly product: Product;
  },
  { asOf, months, fromBand }: HistoryAsked,
): readonly Recovered[] {
  const first = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  if (!first) return [];
  const steps = stepsDone(facts, ofBorrower, first.id);
  const filed = steps.filter(({ way }) => way !== "letter").map(({ on }) => on);
  const waits = lateBands(facts, fromBand)
    .filter((on) => !filed.some((then) => then >= on && then <= addMonths(on, months, "clamp")))
    .map((on) => ({ way: "waiting" as const, on }));
  return [...waits, ...steps].flatMap(({ way, on }) => {
    const until = addMonths(on, months, "clamp");
    if (until > asOf) return [];
    const owed = owedOn(key, facts, product, on);
    if (owed === undefined || owed.amount <= 0) return [];
    const got =
      product.source === "fed"
        ? fallOf(owed.amount, owedOn(key, facts, product, until)?.amount)
        : receivedBetween(facts, on, until);
    return [
      { way, on, band: bandOn(facts, on), owed: owed.amount, recovered: minor(Math.min(got, owed.amount)) },
    ];
  });
}

/** The day of the first entry into each late band. */
function lateBands(facts: readonly Fact[], fromBand: number): readonly Day[] {
  const found = new Map<number, Day>();
  for (const fact of facts)
    if (
      fact.kind === "BandEntered" &&
      fact.band >= fromBand &&
      fact.band > fact.from &&
      !found.has(fact.band)
    )
      found.set(fact.band, fact.on);
  return [...found.values()];
}

/** The first step of each way, by what is on record as done and not as planned. */
function stepsDone(
  facts: readonly Fact[],
  ofBorrower: readonly Fact[],
  loan: string,
): { readonly way: DoneWay; readonly on: Day }[] {
  const found = new Map<DoneWay, Day>();
  const take = (way: DoneWay, on: Day) => {
    if (on < (found.get(way) ?? Number.POSITIVE_INFINITY)) found.set(way, on);
  };
  const letters = new Set<string>();
  for (const fact of ofBorrower) {
    if (fact.kind === "LetterDrafted" && fact.debts.includes(loan)) letters.add(fact.id);
    if (fact.kind === "LetterHandedOver" && letters.has(fact.id)) take("letter", fact.on);
  }
  for (const { way, debts, events } of proceedingsOf(ofBorrower).values()) {
    // A mediator is not filed with: the first thing that happened there began it.
    const filed =
      debts.includes(loan) && events.find(({ what }) => way === "mediation" || what.type === "filed");
    if (filed) take(way, filed.dated);
  }
  for (const fact of facts) if (fact.kind === "JudgmentEntered") take("judgment", fact.valueOn);
  return [...found].map(([way, on]) => ({ way, on }));
}

function owedOn(
  key: { readonly bucket: number; readonly n: number },
  facts: readonly Fact[],
  product: Product,
  on: Day,
): { readonly amount: Minor } | undefined {
  const position = positionFromFacts(key, facts, () => product, on, on);
  return position && { amount: position.contractual };
}

const fallOf = (before: Minor, after: Minor | undefined): Minor =>
  after === undefined ? ZERO : minor(Math.max(0, before - after));

function receivedBetween(facts: readonly Fact[], after: Day, until: Day): Minor {
  const reversed = new Set(facts.flatMap((fact) => (fact.kind === "EntryReversed" ? [fact.id] : [])));
  let sum = 0;
  for (const fact of facts)
    if (
      fact.kind === "PaymentReceived" &&
      fact.valueOn > after &&
      fact.valueOn <= until &&
      !reversed.has(fact.id)
    )
      sum += fact.amount;
  return minor(sum);
}

/** The band that the closes had recorded by a day. */
function bandOn(facts: readonly Fact[], on: Day): number {
  let band = 0;
  for (const fact of facts) {
    if (fact.on > on) continue;
    if (fact.kind === "BandEntered") band = fact.band;
    if (fact.kind === "Cured") band = 0;
  }
  return band;
}

/** How much of a debt came in, in ten-thousandths of it. */
export interface Recovery {
  readonly cases: number;
  /** Absent where there are too few cases. */
  readonly share?: {
    readonly mean: number;
    /** Of 95 %, by the spread of the cases; it speaks of these cases, not of why they paid. */
    readonly low: number;
    readonly high: number;
  };
}

const WHOLE = 10_000;

/**
 * The mean share that came in, and how sure it is.
 *
 * Gives   the count alone where it is below `ENOUGH`; else the mean and 1.96 standard errors to both sides, within 0 and 1.
 * Units   ten-thousandths.
 */
export function recoveryOf(cases: readonly Recovered[]): Recovery {
  const n = cases.length;
  if (n < ENOUGH) return { cases: n };
  const shares = cases.map(({ owed, recovered }) => mulDivRound(recovered, WHOLE, owed, "half-up"));
  const sum = shares.reduce((total, share) => total + share, 0);
  const mean = Math.round(sum / n);
  const spread = shares.reduce((total, share) => total + (share - mean) ** 2, 0) / (n - 1);
  const either = Math.round((196 * Math.sqrt(spread / n)) / 100);
  return {
    cases: n,
    share: { mean, low: Math.max(0, mean - either), high: Math.min(WHOLE, mean + either) },
  };
}

/** The cases of one way that are like this debt: the same age band and size. */
export const likeIt = (
  all: readonly Recovered[],
  way: DoneWay,
  { band, owed }: Pick<Recovered, "band" | "owed">,
): readonly Recovered[] =>
  all.filter((one) => one.way === way && one.band === band && sizeOf(one.owed) === sizeOf(owed));
