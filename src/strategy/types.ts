import type { Channel, Day, HoldKind } from "../core/index.ts";
import type { StepKind } from "../policy/index.ts";

/**
 * What a step does. Steps of one sort for one borrower on one day become one action. What begins with `ask` is a question
 * to a person: nothing goes out by itself.
 */
export type Act =
  | "message"
  | "call"
  | "letter"
  | "ask"
  | "ask-letter"
  | "ask-mediation"
  | "ask-payment-order"
  | "ask-suit"
  | "ask-enforcement"
  | "ask-bureau"
  | "ask-matter";
export const ACTS: readonly Act[] = [
  "message",
  "call",
  "letter",
  "ask",
  "ask-letter",
  "ask-mediation",
  "ask-payment-order",
  "ask-suit",
  "ask-enforcement",
  "ask-bureau",
  "ask-matter",
];

export const isQuestion = (act: Act): boolean => act.startsWith("ask");

/**
 * What a person is asked to do, as the gate calls it; `undefined` of an act that is no such question. A notice before a report
 * to a bureau is a letter to the borrower: the report itself, which needs that notice, is another thing.
 */
export function askedKind(act: Act): StepKind | undefined {
  if (!act.startsWith("ask-") || act === "ask-matter") return undefined;
  return act === "ask-bureau" ? "letter" : (act.slice("ask-".length) as StepKind);
}

/** One step on one day past due, as a strategy file spells it out once cadences are unrolled. */
export interface Step {
  /** `stage/step@dpd`: unique in a strategy, stable while its file keeps the step's name. */
  readonly key: string;
  readonly stage: string;
  /** Days past due on which it falls due; negative before the due day. */
  readonly dpd: number;
  /** Last day past due on which it may still be made: after it, the step lapses. */
  readonly until: number;
  readonly act: Act;
  /** What is said or asked: the template's name. */
  readonly what: string;
  /** Channels in order of preference. */
  readonly by: readonly Channel[];
  /** Preferred minute of the borrower's day. */
  readonly minute: number;
  readonly pauseOn: readonly Pause[];
  /** Steps (`stage/step`) that should have been taken before; whoever is asked is told. */
  readonly after?: readonly string[];
  /** Of loans in this state; of open ones where absent. */
  readonly state?: StageState;
  /** Only for loans of these segments; for all where absent. */
  readonly segments?: readonly string[];
  /** Only for borrowers in these arms; for all where absent. */
  readonly arms?: readonly string[];
  /** Made for a hold-out too: what law or contract asks for. */
  readonly required?: true;
  /** Made once, on the day on which a loan ends in one of these ways; days past due mean nothing then. */
  readonly ended?: readonly EndedHow[];
}

/** Ends of a loan of which its borrower can be told. */
export type EndedHow = "paid-off" | "settled";

/** `hold` is any hold. `plan-kept`: an agreed plan stands and is kept, or can still be made up; steps before a due day go on. */
export type Pause = HoldKind | "promise-to-pay" | "plan-kept" | "hold";

/** Loans that a stage is for. One written off is still owed. */
export type StageState = "open" | "written-off";

export interface Stage {
  readonly name: string;
  readonly from: number;
  /** Last day past due; `Infinity` when the stage is open-ended. */
  readonly to: number;
  readonly goal: string;
  /** Open loans unless said. */
  readonly state?: StageState;
}

/** Loans that are alike: every condition given holds. A segment without any takes all the others. */
export interface Segment {
  readonly name: string;
  /** Principal outstanding in hundredths of the currency's unit, both ends included. */
  readonly amount?: readonly [number, number];
  /** Codes of products. */
  readonly product?: readonly string[];
  /** At least one of these channels has an address. */
  readonly reach?: readonly Channel[];
  /** None of these channels has one. */
  readonly noReach?: readonly Channel[];
  /** How often it was late before and cured, both ends included. */
  readonly timesLate?: readonly [number, number];
  /** Days past due on the day it enters the stage: more than the stage's first where it came late. */
  readonly dpd?: readonly [number, number];
}

/** One treatment of several that are compared. */
export interface Arm {
  readonly name: string;
  /** In percent of all borrowers. */
  readonly share: number;
  /** The version of another strategy, `name@version`, whose steps it takes; else those of this file. */
  readonly follows?: string;
  /** Contacted as little as may be: only steps marked `required`, and questions to people. */
  readonly holdOut?: true;
}

export type Exit = "cured" | "settled" | "written-off";

export interface Strategy {
  readonly name: string;
  readonly version: number;
  /** First business day on which this version is used. */
  readonly from: Day;
  readonly intent: string;
  /** What ends the plan. */
  readonly exits: readonly Exit[];
  /** In order: the first that fits a loan is its segment. */
  readonly segments: readonly Segment[];
  readonly arms: readonly Arm[];
  /** What the draw of arms is made with. */
  readonly salt: string;
  readonly stages: readonly Stage[];
  /** In order of days past due. */
  readonly steps: readonly Step[];
  /** What is said once nothing is owed any more; at most one for each way in which a loan ends. */
  readonly endings: readonly Step[];
  /** How its arms are drawn; present once a line of versions holds it. */
  readonly draw?: Draw;
}

export interface Draw {
  /** The arm of each of the hundred slots. */
  readonly slots: readonly string[];
  /** The strategies that arms follow, by `name@version`. */
  readonly followed: ReadonlyMap<string, Strategy>;
}

const ids = new WeakMap<Strategy, string>();

/** `name@version`, as every step records it; made once per strategy, because every step asks. */
export function strategyId(strategy: Strategy): string {
  let id = ids.get(strategy);
  if (id === undefined) {
    id = `${strategy.name}@${strategy.version}`;
    ids.set(strategy, id);
  }
  return id;
}
