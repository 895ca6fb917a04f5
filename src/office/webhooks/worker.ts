import type { BlockList } from "node:net";
import type { Instant } from "../../core/index.ts";
import type { Database } from "../../store/index.ts";
import { type Delivered, deliverDue, gatherEvents } from "./office.ts";

const PAUSE_MS = 2000;
/** After a look that took long it rests so many times as long: beside the pages of a server it takes a tenth of its time at most. */
const RESTS = 9;

/** What one look found, and what was sent. */
export interface Round extends Delivered {
  readonly gathered: number;
}

export interface WorkerAsked {
  readonly now: () => Instant;
  /** Networks of our own in which endpoints may lie. */
  readonly allowed: BlockList;
  /** Ends the work: what is in hand is sent to its end, nothing more is begun. */
  readonly stop: AbortSignal;
  /** After each look that found something to do. */
  readonly told?: (round: Round) => void;
  /** The database was away, or something is wrong on our side: the next look tries again. */
  readonly failed: (error: unknown) => void;
  readonly pauseMs?: number;
}

/** One look: what was recorded since the last one is put on its way, and what is due is sent. */
export async function tellOnce(
  db: Database,
  { now, allowed, stop }: Pick<WorkerAsked, "now" | "allowed"> & { readonly stop?: AbortSignal },
): Promise<Round> {
  const gathered = await gatherEvents(db, now());
  return { gathered, ...(await deliverDue(db, { now, allowed, ...(stop ? { stop } : {}) })) };
}

/**
 * Tells endpoints of events until it is stopped.
 *
 * Holds   any number of these, in any number of processes, may run on one book: a delivery is in one hand at a time, and an event has
 *         one id, so that looking twice tells nothing twice. Who dies with one in hand has it tried again by another after a minute.
 */
export async function tellUntil(db: Database, asked: WorkerAsked): Promise<void> {
  const { stop, told, failed, pauseMs = PAUSE_MS } = asked;
  while (!stop.aborted) {
    const began = performance.now();
    try {
      const round = await tellOnce(db, asked);
      if (round.gathered + round.delivered + round.failed + round.dead > 0) told?.(round);
    } catch (error) {
      failed(error);
    }
    await pause(Math.max(pauseMs, RESTS * (performance.now() - began)), stop);
  }
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stop.addEventListener("abort", end);
  });
