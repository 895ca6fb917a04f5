import { randomUUID } from "node:crypto";
import type { Instant } from "../core/index.ts";
import { handOver } from "./hand-over.ts";
import { judgeFor } from "./judge.ts";
import { decide } from "./order.ts";
import type { BorrowerKey, ChannelAdapter, DueNow, Ended, Lease, Outbox, Taken } from "./types.ts";

export interface DispatchReport {
  readonly sent: number;
  readonly failed: number;
  readonly unknown: number;
  readonly cancelled: number;
  readonly later: number;
  /** Went out as part of a later action of the same borrower. */
  readonly consolidated: number;
  /** Begun and taken back before the hand-over, because something arrived; judged again. */
  readonly withdrawn: number;
  /** Due in buckets that another worker has, or had when it died: sent by it, or once its lease has run out. */
  readonly leased: number;
  /** Reasons of cancelled and postponed actions, by rule or cause. */
  readonly because: Readonly<Record<string, number>>;
}

export interface DispatchOptions {
  /** Batches in work at the same time. */
  readonly workers?: number;
  /** Borrowers a batch: one transaction before the hand-over and one after it. For several hundred a server makes worse plans. */
  readonly batch?: number;
  /** Names this run among all that dispatch on the book; no two at a time may have the same. Made up unless given. */
  readonly name?: string;
  /** Once true, nothing more is begun; what was handed over is waited for and written down. */
  readonly stopped?: () => boolean;
  readonly onProgress?: (report: DispatchReport, done: number, of: number) => void;
  readonly leaseMs?: number;
  readonly answerMs?: number;
}

const WORKERS = 1;
const BATCH = 100;
/** A worker that has been silent for so long is taken for dead. Longer than a batch with a channel that hangs. */
export const LEASE_MS = 10 * 60_000;

/**
 * Sends what is due: each action judged again at the second of sending, its contact recorded before it is handed over.
 * Any number of processes may do it at once on one book.
 *
 * Holds   at most once: an action that was begun and whose end nobody knows counts as made. Each borrower's actions go
 *         out in their order: a bucket is one worker's at a time, and of each borrower one is with a channel at a time.
 */
export async function dispatch(
  outbox: Outbox,
  channels: readonly ChannelAdapter[],
  now: () => Instant,
  options: DispatchOptions = {},
): Promise<DispatchReport> {
  const { workers = WORKERS, leaseMs = LEASE_MS } = options;
  const run = new Run(outbox, channels, now, options);
  // What was put off comes up again only when its minute has come; each pass takes what is due by then.
  for (;;) {
    const due = await outbox.due(now(), now() - leaseMs);
    const lost = await outbox.giveUp(due.lost);
    run.tally.unknown += lost;
    const groups = groupsOf(run.open(due), run.batch);
    if (groups.length === 0 || run.over) return run.report();
    const before = run.progress;
    const queue = groups.values();
    const work = async (worker: number): Promise<void> => {
      for (const group of queue) if (!run.over) await run.group(worker, group);
    };
    const ends = await Promise.allSettled(Array.from({ length: workers }, (_, i) => work(i)));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
    // All that is left is with other workers.
    if (run.progress === before) return run.report();
  }
}

type Borrowers = readonly BorrowerKey[];

/** Runs of whole buckets with about a batch of borrowers each. */
function groupsOf(borrowers: Borrowers, batch: number): BorrowerKey[][] {
  const groups: BorrowerKey[][] = [];
  let group: BorrowerKey[] = [];
  for (let at = 0; at < borrowers.length; ) {
    let to = at;
    while (to < borrowers.length && borrowers[to]!.bucket === borrowers[at]!.bucket) to++;
    if (group.length > 0 && group.length + to - at > batch) {
      groups.push(group);
      group = [];
    }
    group.push(...borrowers.slice(at, to));
    at = to;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

const nameOf = ({ bucket, n }: BorrowerKey): string => `${bucket} ${n}`;

/** One run of dispatch: what it has counted, and what it leaves alone. */
class Run {
  readonly tally = {
    sent: 0,
    failed: 0,
    unknown: 0,
    cancelled: 0,
    later: 0,
    consolidated: 0,
    withdrawn: 0,
  };
  readonly #because: Record<string, number> = {};
  /** Our own bug on one borrower leaves his actions planned and untouched; the others are sent. */
  readonly #broken = new Set<string>();
  readonly #options: DispatchOptions;
  readonly #name: string;
  readonly batch: number;
  #crashed = false;
  #leftOver = 0;
  #done = 0;
  #of = 0;
  /** Grows with each thing that is done. */
  progress = 0;

  constructor(
    private readonly outbox: Outbox,
    private readonly channels: readonly ChannelAdapter[],
    private readonly now: () => Instant,
    options: DispatchOptions,
  ) {
    this.#options = options;
    this.#name = options.name ?? randomUUID();
    this.batch = options.batch ?? BATCH;
  }

  /** Nothing more is begun. */
  get over(): boolean {
    return this.#crashed || (this.#options.stopped?.() ?? false);
  }

  /** Who is due and not left alone. */
  open({ borrowers }: DueNow): Borrowers {
    const open = borrowers.filter((one) => !this.#broken.has(nameOf(one)));
    const left = open.reduce((sum, { actions }) => sum + actions, 0);
    this.#of = this.#done + left;
    this.#leftOver = left;
    return open;
  }

  report(): DispatchReport {
    return { ...this.tally, leased: this.over ? 0 : this.#leftOver, because: this.#because };
  }

  /** Takes a run of buckets to its end, batch by batch, and gives its leases back. */
  async group(worker: number, group: Borrowers): Promise<void> {
    const { leaseMs: forMs = LEASE_MS } = this.#options;
    const lease: Lease = { worker: `${this.#name}/${worker}`, forMs };
    try {
      let left = group;
      while (left.length > 0 && !this.over) left = await this.#take(lease, left);
    } catch (error) {
      this.#crashed = true;
      throw error;
    }
  }

  async #take(lease: Lease, group: Borrowers): Promise<Borrowers> {
    const { outbox, channels, now } = this;
    const batch = group.slice(0, this.batch);
    const rest = group.slice(this.batch);
    const at = now();
    const taken = await outbox.take(lease, batch, at, (standing) => decide(standing, at, judgeFor(channels)));
    this.#count(taken);
    const ended = await handOver(outbox, channels, taken.begun, now, () => this.over, this.#options.answerMs);
    const again = this.over ? [] : this.#again(taken, ended, rest);
    const release = bucketsNotIn(batch, again);
    await outbox.end(lease, ended, now(), release);
    this.#countEnds(ended);
    return again;
  }

  /** Who of this group is to be taken up again: those of the next batches, and those of whom something is still due. */
  #again(taken: Taken, ended: readonly Ended[], rest: Borrowers): Borrowers {
    const open = ended.filter(({ begun, ending }) => isOpen(begun, ending)).map(({ begun }) => begun.key);
    const leased = new Set(taken.leased);
    const again = new Map([...taken.more, ...open, ...rest].map((one) => [nameOf(one), one]));
    return [...again.values()]
      .filter((one) => !leased.has(one.bucket) && !this.#broken.has(nameOf(one)))
      .sort((a, b) => a.bucket - b.bucket || a.n - b.n);
  }

  #count(taken: Taken): void {
    const { tally } = this;
    for (const { why, rules } of taken.cancelled) this.#reasons(rules.length > 0 ? rules : [why]);
    for (const { rules } of taken.later) this.#reasons(rules);
    for (const one of taken.broken) {
      this.#broken.add(nameOf(one));
      this.#reasons([`broken: ${one.says}`]);
    }
    tally.cancelled += taken.cancelled.length;
    tally.later += taken.later.length;
    tally.consolidated += taken.consolidated;
    tally.unknown += taken.unknown;
    this.#step(taken.cancelled.length + taken.later.length + taken.consolidated + taken.broken.length);
  }

  #countEnds(ended: readonly Ended[]): void {
    for (const { ending } of ended) this.tally[ending.outcome] += 1;
    this.#step(ended.length);
  }

  #step(done: number): void {
    if (done === 0) return;
    this.progress += done;
    this.#done += done;
    this.#options.onProgress?.(this.report(), Math.min(this.#done, this.#of), this.#of);
  }

  #reasons(reasons: readonly string[]): void {
    for (const reason of reasons) this.#because[reason] = (this.#because[reason] ?? 0) + 1;
  }
}

const isOpen = ({ next }: Ended["begun"], { outcome }: Ended["ending"]): boolean =>
  outcome === "withdrawn" || (outcome === "failed" && next.length > 0);

function bucketsNotIn(batch: Borrowers, again: Borrowers): number[] {
  const kept = new Set(again.map(({ bucket }) => bucket));
  return [...new Set(batch.map(({ bucket }) => bucket))].filter((bucket) => !kept.has(bucket));
}
