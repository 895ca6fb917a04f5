import {
  borrowerN,
  CHANNELS,
  type Day,
  decimalsOf,
  keyToNumber,
  type LoanState,
  type Product,
  type StageEntered,
  toBits,
} from "../core/index.ts";
import { armOf, DRAW_VERSION } from "./arms.ts";
import {
  type Arm,
  isQuestion,
  type Segment,
  type Stage,
  type StageState,
  type Step,
  type Strategy,
  strategyId,
} from "./types.ts";

type Placed = Pick<LoanState, "bucket" | "n" | "status" | "extra">;

/** Whether every loan has the same plan whatever it is, and nothing has to be decided about it. */
const isPlain = ({ segments, arms, exits }: Strategy): boolean =>
  segments.length === 0 && arms.length === 0 && exits.includes("written-off");

/**
 * The plan of one loan: the strategy with those steps that are for its borrower's arm, its segment and its state.
 * `undefined` where it has left the plan.
 */
export function planOf(loan: Placed, strategy: Strategy): Strategy | undefined {
  if (isPlain(strategy)) return loan.status === "open" ? strategy : undefined;
  const state = stateIn(loan, strategy);
  if (!state) return undefined;
  return variant(strategy, armOf(strategy, borrowerOf(loan)), segmentNow(loan, strategy), state);
}

/** What is said to the borrower of a loan that has just ended in this way; a hold-out hears only what is required. */
export function endingOf(loan: Placed, strategy: Strategy): Step | undefined {
  const arm = armOf(strategy, borrowerOf(loan));
  const ending = baseOf(strategy, arm).endings.find(({ ended }) =>
    (ended as readonly string[]).includes(loan.status),
  );
  return arm?.holdOut && !ending?.required ? undefined : ending;
}

/** The first day past due of the next stage in which something may have to be decided; `undefined` if there is none. */
export function nextStageAfter(loan: Placed, strategy: Strategy, dpd: number): number | undefined {
  if (isPlain(strategy)) return undefined;
  let next: number | undefined;
  for (const { from } of stagesOf(loan, strategy))
    if (from > dpd && (next === undefined || from < next)) next = from;
  return next;
}

/**
 * What has to be written down on a day on which the loan stands in a stage that was not recorded yet under this version:
 * its segment and its borrower's arm. They are decided then and at no other time: on entering a stage, on the first day of a
 * new version, and when another due day is the oldest unpaid one.
 */
export function stageEntered(
  loan: LoanState,
  product: Product,
  strategy: Strategy,
  day: Day,
  dpd: number,
): StageEntered | undefined {
  if (isPlain(strategy)) return undefined;
  const stage = stagesOf(loan, strategy).find(({ from, to }) => from <= dpd && dpd <= to);
  const id = strategyId(strategy);
  const place = loan.extra?.place;
  if (!stage || (place?.strategy === id && place.stage === stage.name)) return undefined;
  const arm = armOf(strategy, borrowerOf(loan));
  const segment = baseOf(strategy, arm).segments.find((one) => fits(one, loan, product, dpd));
  return {
    kind: "StageEntered",
    on: day,
    stage: stage.name,
    dpd,
    strategy: id,
    ...(segment ? { segment: segment.name } : {}),
    ...(arm ? { arm: arm.name, share: arm.share, draw: DRAW_VERSION } : {}),
  };
}

const borrowerOf = ({ bucket, n }: Placed): number => keyToNumber({ bucket, n: borrowerN(n) });

/** The segment that was decided under this version; before the first decision there is none. */
const segmentNow = ({ extra }: Placed, strategy: Strategy): string | undefined =>
  extra?.place?.strategy === strategyId(strategy) ? extra.place.segment : undefined;

/** As what the loan stands in the plan; `undefined` once it has left it. */
function stateIn({ status }: Placed, { exits }: Strategy): StageState | undefined {
  if (status === "open") return "open";
  return status === "written-off" && !exits.includes("written-off") ? "written-off" : undefined;
}

/** Whose stages, segments and steps an arm has: the file's own, or those of the strategy that it follows. */
const baseOf = (strategy: Strategy, arm: Arm | undefined): Strategy =>
  arm?.follows === undefined ? strategy : strategy.draw!.followed.get(arm.follows)!;

function stagesOf(loan: Placed, strategy: Strategy): readonly Stage[] {
  const state = stateIn(loan, strategy);
  const { stages } = baseOf(strategy, armOf(strategy, borrowerOf(loan)));
  return stages.filter((stage) => (stage.state ?? "open") === state);
}

/** All segments that a loan can be of under a strategy, those of strategies that its arms follow included. */
export const segmentsOf = (strategy: Strategy): readonly Segment[] => [
  ...strategy.segments,
  ...[...(strategy.draw?.followed.values() ?? [])].flatMap(({ segments }) => segments),
];

const variants = new WeakMap<Strategy, Map<string, Strategy>>();

/** The strategy with the steps of one arm, segment and state alone; made once for each. */
function variant(
  strategy: Strategy,
  arm: Arm | undefined,
  segment: string | undefined,
  state: StageState,
): Strategy {
  const key = JSON.stringify([arm?.name, segment, state]);
  let known = variants.get(strategy);
  if (!known) {
    known = new Map();
    variants.set(strategy, known);
  }
  let plan = known.get(key);
  if (!plan) {
    const base = baseOf(strategy, arm);
    const stages = base.stages.filter((stage) => (stage.state ?? "open") === state);
    const steps = base.steps.filter(
      (step) =>
        (step.state ?? "open") === state &&
        (!step.segments || (segment !== undefined && step.segments.includes(segment))) &&
        (!step.arms || (arm !== undefined && step.arms.includes(arm.name))) &&
        (!arm?.holdOut || step.required === true || isQuestion(step.act)),
    );
    // Under its own name and version, whoever's steps it takes: that is what the product uses and the book has released.
    plan = { ...strategy, stages, steps };
    known.set(key, plan);
  }
  return plan;
}

/** Whether every condition of a segment holds for a loan that enters a stage so many days past due. */
export const fits = (segment: Segment, loan: LoanState, product: Product, dpd: number): boolean =>
  (!segment.dpd || isWithin(segment.dpd, dpd)) && mayFit(segment, loan, product);

/** Whether every condition holds that is not about days. */
export function mayFit(segment: Segment, loan: LoanState, product: Product): boolean {
  const { amount, product: codes, reach, noReach, timesLate } = segment;
  if (codes && !codes.includes(product.code)) return false;
  if (reach && (loan.reach & toBits(reach, CHANNELS)) === 0) return false;
  if (noReach && (loan.reach & toBits(noReach, CHANNELS)) !== 0) return false;
  if (timesLate && !isWithin(timesLate, loan.timesLate)) return false;
  return !amount || isWithin(amount, outstandingHundredths(loan, product));
}

const isWithin = ([low, high]: readonly [number, number], value: number): boolean =>
  low <= value && value <= high;

/** Principal outstanding in hundredths of the unit: of a currency without decimals one unit is a hundred of them. */
export const outstandingHundredths = (loan: LoanState, product: Product): number =>
  ((loan.principal - loan.principalPaid) * 100) / 10 ** decimalsOf(product.terms.currency);
