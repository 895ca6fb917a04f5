import type { Day, Fact, HardshipMoved, MatterDateCame } from "../core/index.ts";
import { isQuestion } from "../strategy/index.ts";
import { closeBorrower } from "./close.ts";
import { type DayCounts, newCounts } from "./counts.ts";
import { offerLapse } from "./plans.ts";
import type { CloseContext, ClosedBorrower, WokenBorrower } from "./types.ts";

/** A run of whole buckets that live on one node: what one transaction closes. */
export interface Chunk {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** What the close needs from storage. Implemented by `src/store`, and in memory by the tests. */
export interface CloseStore {
  /** Marks the lender's days through this one as being closed: what arrives from now on is booked on a later day. */
  begin(lender: string, through: Day): Promise<CloseBegun>;
  /**
   * Reads a chunk's woken borrowers, writes what the close made of them and fences the chunk, in one transaction. Gives
   * what the chunk brought; of one that is fenced already, what it brought then.
   */
  closeChunk(lender: string, through: Day, chunk: Chunk, work: ChunkWork): Promise<readonly DayTally[]>;
  /** Marks the days as closed, once every chunk is. */
  finish(lender: string, through: Day): Promise<void>;
}

export interface CloseBegun {
  /** Day after the last one closed. */
  readonly from: Day;
  readonly loans: number;
  readonly chunks: readonly Chunk[];
  readonly context: CloseContext;
}

/** What is done with a chunk's borrowers, one by one: so that what came of each can be written down and let go. */
export interface ChunkWork {
  /** Pure: a borrower about whom more had to be read is closed again from the start. */
  close(borrower: WokenBorrower): ClosedBorrower;
  /** What the end of an offer's days makes of its request, from all facts of its borrower. */
  lapse(ofBorrower: readonly Fact[], over: MatterDateCame): HardshipMoved | undefined;
  /** Figures of one attempt at a chunk. */
  newTally(): Tally;
  /** The same for the figures that are kept of each day. */
  newCounts(): DayCounts;
}

export interface Tally {
  add(closed: ClosedBorrower): void;
  days(): readonly DayTally[];
}

/** What one business day brought, over all loans or over a chunk. */
export interface DayTally {
  readonly day: Day;
  readonly touched: number;
  readonly facts: number;
  readonly actions: number;
  readonly refused: number;
  readonly asked: number;
  readonly setAside: number;
  readonly cured: number;
  /** Refusals and questions by the rule that made them. */
  readonly byRule: Readonly<Record<string, number>>;
}

export interface CloseProgress {
  readonly lender: string;
  readonly through: Day;
  readonly loans: number;
  /** Loans in the chunks done so far, by the book's size and the buckets done. */
  readonly seen: number;
  readonly touched: number;
  readonly actions: number;
  readonly refused: number;
  readonly asked: number;
  readonly setAside: number;
}

export interface CloseReport {
  readonly lender: string;
  readonly from: Day;
  readonly through: Day;
  readonly loans: number;
  readonly days: readonly DayTally[];
}

/**
 * Closes a lender's days through a day. Runs again after a crash: chunks that are done are passed over, the others
 * find the same woken loans.
 */
export async function runClose(
  store: CloseStore,
  lender: string,
  through: Day,
  onProgress: (progress: CloseProgress) => void = () => {},
): Promise<CloseReport> {
  const { from, loans, chunks, context } = await store.begin(lender, through);
  const days = new Map<Day, DayTally>();
  const totals = { touched: 0, actions: 0, refused: 0, asked: 0, setAside: 0 };
  let buckets = 0;
  const allBuckets = chunks.reduce((sum, chunk) => sum + chunk.to - chunk.from, 0);
  const work: ChunkWork = {
    close: (borrower) => closeBorrower(borrower, through, context),
    lapse: (ofBorrower, over) => offerLapse(ofBorrower, over, context.zone),
    newTally,
    newCounts: () => newCounts(context),
  };
  for (const chunk of chunks) {
    const done = await store.closeChunk(lender, through, chunk, work);
    buckets += chunk.to - chunk.from;
    for (const tally of done) {
      days.set(tally.day, addTallies(days.get(tally.day), tally));
      totals.touched += tally.touched;
      totals.actions += tally.actions;
      totals.refused += tally.refused;
      totals.asked += tally.asked;
      totals.setAside += tally.setAside;
    }
    const seen = Math.round((loans * buckets) / Math.max(1, allBuckets));
    onProgress({ lender, through, loans, seen, ...totals });
  }
  await store.finish(lender, through);
  return { lender, from, through, loans, days: everyDay(from, through, days) };
}

const EMPTY = { touched: 0, facts: 0, actions: 0, refused: 0, asked: 0, setAside: 0, cured: 0 } as const;

function everyDay(from: Day, through: Day, days: ReadonlyMap<Day, DayTally>): DayTally[] {
  const all: DayTally[] = [];
  const first = Math.min(from, ...days.keys());
  for (let day = first as Day; day <= through; day = (day + 1) as Day)
    all.push(days.get(day) ?? { day, ...EMPTY, byRule: {} });
  return all;
}

type Counting = { -readonly [K in keyof DayTally]: DayTally[K] } & { byRule: Record<string, number> };

function newTally(): Tally {
  const days = new Map<Day, Counting>();
  let latest: Counting | undefined;
  const of = (day: Day): Counting => {
    // Nearly every fact of a night is of its one day.
    if (latest?.day === day) return latest;
    latest = days.get(day) ?? { day, ...EMPTY, byRule: {} };
    days.set(day, latest);
    return latest;
  };
  return {
    add: ({ loans, actions }) => {
      for (const { facts } of loans) {
        let last: Day | undefined;
        for (const fact of facts) {
          const counting = of(fact.on);
          counting.facts += 1;
          if (fact.on !== last) counting.touched += 1;
          last = fact.on;
          count(counting, fact);
        }
      }
      // Questions to people are counted where they are asked.
      for (const action of actions) if (!isQuestion(action.act)) of(action.on).actions += 1;
    },
    days: () => [...days.values()].sort((a, b) => a.day - b.day),
  };
}

function count(counting: Counting, fact: Fact): void {
  if (fact.kind === "StepRefused" || fact.kind === "StepAsked") {
    if (fact.kind === "StepRefused") counting.refused += 1;
    else counting.asked += 1;
    for (const rule of fact.rules) counting.byRule[rule] = (counting.byRule[rule] ?? 0) + 1;
  } else if (fact.kind === "SetAside") counting.setAside += 1;
  else if (fact.kind === "Cured") counting.cured += 1;
}

/** Two counts of one day as one. */
export function addTallies(a: DayTally | undefined, b: DayTally): DayTally {
  if (!a) return b;
  const byRule: Record<string, number> = { ...a.byRule };
  for (const [rule, times] of Object.entries(b.byRule)) byRule[rule] = (byRule[rule] ?? 0) + times;
  return {
    day: a.day,
    touched: a.touched + b.touched,
    facts: a.facts + b.facts,
    actions: a.actions + b.actions,
    refused: a.refused + b.refused,
    asked: a.asked + b.asked,
    setAside: a.setAside + b.setAside,
    cured: a.cured + b.cured,
    byRule,
  };
}
