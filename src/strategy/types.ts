import type { Channel, Day, HoldKind } from "../core/index.ts";

/** What a step does. Steps of one sort for one borrower on one day become one action. */
export type Act = "message" | "call" | "letter" | "ask";
export const ACTS: readonly Act[] = ["message", "call", "letter", "ask"];

/** One step on one day past due, as a strategy file spells it out once cadences are unrolled. */
export interface Step {
  /** `stage/step@dpd`: unique in a strategy, stable while its file keeps the step's name. */
  readonly key: string;
  readonly stage: string;
  /** Days past due on which it falls due; negative before the due day. */
  readonly dpd: number;
  /** Last day past due of its stage: after it, the step lapses. */
  readonly until: number;
  readonly act: Act;
  /** What is said or asked: the template's name. */
  readonly what: string;
  /** Channels in order of preference. */
  readonly by: readonly Channel[];
  /** Preferred minute of the borrower's day. */
  readonly minute: number;
  readonly pauseOn: readonly Pause[];
}

export type Pause = HoldKind | "promise-to-pay";

export interface Stage {
  readonly name: string;
  readonly from: number;
  /** Last day past due; `Infinity` when the stage is open-ended. */
  readonly to: number;
  readonly goal: string;
}

export interface Strategy {
  readonly name: string;
  readonly version: number;
  /** First business day on which this version is used. */
  readonly from: Day;
  readonly intent: string;
  readonly stages: readonly Stage[];
  /** In order of days past due. */
  readonly steps: readonly Step[];
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
