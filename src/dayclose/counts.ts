import {
  borrowerN,
  CELL,
  cellOf,
  type Day,
  type Fact,
  keyToNumber,
  LATE_LEVELS,
  type LoanState,
  type Minor,
  monthIndex,
  type Product,
  principalOwed,
  promisedBy,
  STAYED_DAYS,
} from "../core/index.ts";
import { armOf } from "../strategy/index.ts";
import type { CloseContext, ClosedBorrower, ClosedLoan } from "./types.ts";

/** What is counted; what `x` and `y` of each mean stands in docs/reference/analytics.md. */
export type What =
  | "stock"
  | "move"
  | "booked"
  | "ever-30"
  | "ever-90"
  | "cured"
  | "relapsed"
  | "stage-in"
  | "stage-out"
  | "planned"
  | "refused"
  | "asked"
  | "paid"
  | "charged"
  | "waived"
  | "ended"
  | "promised"
  | "promise-kept"
  | "promise-broken"
  | "promise-lapsed"
  | "promise-reopened"
  | "promise-dropped"
  | "complaint-hold"
  | "arm-late"
  | "arm-older"
  | "arm-paid"
  | "arm-planned"
  | "arm-complaint";

/** One figure of one business day. `n` and `amount` are added to what is there. */
export interface CountRow {
  readonly on: Day;
  readonly product: number;
  readonly what: What;
  readonly x: string;
  readonly y: string;
  n: number;
  /** Minor units. */
  amount: number;
}

/** A loan's moves within one month: where it stood before the first of them, and where after the last. */
export interface MonthMove {
  readonly bucket: number;
  readonly n: number;
  readonly month: number;
  readonly product: number;
  readonly from: number;
  to: number;
  /** Outstanding principal when it left where it stood. */
  readonly principal: number;
  curedOn: Day | undefined;
}

/** A loan that is late again and was cured before this close: on which day, its months say. */
export interface Relapse {
  readonly bucket: number;
  readonly n: number;
  readonly product: number;
  readonly on: Day;
}

/** A loan more than so many days past due; it counts where it is the first time. */
export interface EverLate {
  readonly bucket: number;
  readonly n: number;
  readonly level: 30 | 90;
  readonly on: Day;
  readonly product: number;
  readonly disbursedOn: Day;
  readonly principal: number;
}

/** What a chunk's close brought, for the counts of each day. */
export interface DayCounts {
  add(closed: ClosedBorrower): void;
  rows(): readonly CountRow[];
  readonly moves: readonly MonthMove[];
  readonly relapses: readonly Relapse[];
  readonly everLate: readonly EverLate[];
}

/**
 * Figures of the facts that a close writes, by business day.
 *
 * Takes   what came of each borrower, once.
 * Holds   each figure follows from the facts and the loan's state before and after each: however many days are closed at
 *         once, and wherever the close is stopped, the sums are the same.
 */
export function newCounts(context: Pick<CloseContext, "product" | "strategy">): DayCounts {
  const sums = new Sums();
  const moves: MonthMove[] = [];
  const relapses: Relapse[] = [];
  const everLate: EverLate[] = [];
  const count = (closed: ClosedLoan): void => {
    const { before, facts, states, undone } = closed;
    const product = context.product(before.product);
    let state = before;
    let month: MonthMove | undefined;
    let curedOn: Day | undefined;
    for (let i = 0; i < facts.length; i++) {
      const fact = facts[i]!;
      const next = states[i]!;
      const at = sums.of(fact.on, before.product);
      countFact(at, fact, state, undone?.get(fact));
      const [from, to] = [cellOf(state), cellOf(next)];
      countStock(at, state, next);
      countStage(at, fact, state, next);
      if (from !== to) {
        const index = monthIndex(fact.on);
        if (month?.month !== index) {
          // Booked in the month in which it was paid out; one that was booked later has its row from the import.
          const fresh = monthIndex(before.disbursedOn) === index;
          const { bucket, n } = before;
          const first = fresh ? CELL.fresh : from;
          month = {
            bucket,
            n,
            month: index,
            product: before.product,
            from: first,
            to,
            principal: principalOwed(state),
            curedOn: undefined,
          };
          moves.push(month);
        }
        month.to = to;
        if (fact.kind === "Cured") {
          curedOn = fact.on;
          month.curedOn = fact.on;
        } else if (fact.kind === "BandEntered") {
          if (from === 0 && state.timesLate > 0) {
            if (curedOn === undefined)
              relapses.push({ bucket: before.bucket, n: before.n, product: before.product, on: fact.on });
            else countRelapse(at, curedOn, fact.on);
          }
          for (const level of LATE_LEVELS)
            if (fact.dpd > level && firstDayOf(product, fact.from) <= level)
              everLate.push({
                bucket: before.bucket,
                n: before.n,
                level,
                on: fact.on,
                product: before.product,
                disbursedOn: before.disbursedOn,
                principal: principalOwed(next),
              });
        }
      }
      countArm(at, fact, state, product, context, undone?.get(fact));
      state = next;
    }
  };
  return {
    add: ({ loans }) => {
      for (const closed of loans) if (closed.facts.length > 0) count(closed);
    },
    rows: () => sums.rows(),
    moves,
    relapses,
    everLate,
  };
}

/** Late again so many days after a cure: told of the month of the cure. */
export function countRelapse(at: Adding, curedOn: Day, on: Day): void {
  for (const days of STAYED_DAYS)
    if (on - curedOn <= days) at.add("relapsed", String(monthIndex(curedOn)), String(days), 1, 0);
}

/** Adds up rows of one day and product. */
export interface Adding {
  add(what: What, x: string, y: string, n: number, amount: number): void;
}

/** Rows by what they count, each added up. */
export class Sums {
  readonly #days = new Map<number, Map<string, CountRow>>();
  readonly #at: { on: Day; product: number; rows: Map<string, CountRow> } & Adding;

  constructor() {
    const at = {
      on: -1 as Day,
      product: -1,
      rows: new Map<string, CountRow>(),
      add(what: What, x: string, y: string, n: number, amount: number): void {
        const key = `${what} ${x} ${y}`;
        const row = at.rows.get(key);
        if (row) {
          row.n += n;
          row.amount += amount;
        } else at.rows.set(key, { on: at.on, product: at.product, what, x, y, n, amount });
      },
    };
    this.#at = at;
  }

  /** Good until it is asked for another day or product. */
  of(on: Day, product: number): Adding {
    const at = this.#at;
    if (at.on === on && at.product === product) return at;
    at.on = on;
    at.product = product;
    const key = on * 65_536 + product;
    let rows = this.#days.get(key);
    if (!rows) {
      rows = new Map();
      this.#days.set(key, rows);
    }
    at.rows = rows;
    return at;
  }

  rows(): CountRow[] {
    const rows: CountRow[] = [];
    for (const own of this.#days.values())
      for (const row of own.values()) if (row.n !== 0 || row.amount !== 0) rows.push(row);
    return rows;
  }
}

const CELLS = Array.from({ length: 64 }, (_, i) => String(i - 4));
const named = (cell: number): string => CELLS[cell + 4] ?? String(cell);
const firstDayOf = (product: Product, band: number): number =>
  band <= 0 ? 0 : (product.bandEdges[band - 1] ?? 0);

function countStock(at: Adding, before: LoanState, after: LoanState): void {
  const [from, to] = [cellOf(before), cellOf(after)];
  const [owed, owes] = [principalOwed(before), principalOwed(after)];
  if (from === to) {
    if (owed !== owes && to !== CELL.ended) at.add("stock", named(to), "", 0, owes - owed);
    return;
  }
  if (from !== CELL.ended) at.add("stock", named(from), "", -1, -owed);
  if (to !== CELL.ended) at.add("stock", named(to), "", 1, owes);
  at.add("move", named(from), named(to), 1, owed);
}

function countStage(at: Adding, fact: Fact, before: LoanState, after: LoanState): void {
  const [from, to] = [before.extra?.place, after.extra?.place];
  if (from === to || (from?.stage === to?.stage && from?.strategy === to?.strategy)) return;
  if (from) at.add("stage-out", from.stage, OUT[fact.kind] ?? "other", 1, principalOwed(before));
  if (to) at.add("stage-in", to.stage, to.segment ?? "", 1, principalOwed(after));
}

/** How a loan left its stage, by the fact with which it did. */
const OUT: Partial<Record<Fact["kind"], string>> = {
  StageEntered: "next",
  PaymentReceived: "paid",
  BalanceReported: "paid",
  LoanEnded: "ended",
  WrittenOff: "written-off",
};

const stageOf = (step: string): string => step.slice(0, Math.max(0, step.indexOf("/")));

function countFact(at: Adding, fact: Fact, before: LoanState, undone: Minor | undefined): void {
  switch (fact.kind) {
    case "StepPlanned":
      // One that goes out under another loan's is no contact of its own.
      if (!fact.under) at.add("planned", fact.via, stageOf(fact.step), 1, 0);
      return;
    case "StepRefused":
      at.add("refused", fact.via, stageOf(fact.step), 1, 0);
      return;
    case "StepAsked":
      at.add("asked", fact.via, stageOf(fact.step), 1, 0);
      return;
    case "PaymentReceived":
      at.add("paid", named(cellOf(before)), before.extra?.place?.stage ?? "", 1, fact.amount);
      return;
    case "EntryReversed":
      // Booked on its own day: what a past day showed stays as it was shown.
      if (undone !== undefined)
        at.add("paid", named(cellOf(before)), before.extra?.place?.stage ?? "", -1, -undone);
      return;
    case "BalanceReported": {
      const less = principalOwed(before) - fact.principal;
      if (less > 0 && fact.asOf >= before.lateOn)
        at.add("paid", named(cellOf(before)), before.extra?.place?.stage ?? "", 1, less);
      return;
    }
    case "ChargeAdded":
      at.add("charged", fact.charge, "", 1, fact.amount);
      return;
    case "ClaimWaived":
      at.add("waived", fact.claim, "", 1, fact.amount);
      return;
    case "Cured":
      at.add("cured", named(fact.from), "", 1, principalOwed(before));
      return;
    case "LoanEnded":
      at.add("ended", fact.how, named(cellOf(before)), 1, principalOwed(before));
      return;
    case "HoldPlaced":
      if (fact.hold === "complaint") at.add("complaint-hold", "", "", 1, 0);
      return;
    default:
      countPromise(at, fact, before);
  }
}

function countPromise(at: Adding, fact: Fact, before: LoanState): void {
  const cell = named(cellOf(before));
  switch (fact.kind) {
    case "PromiseReplaced":
      at.add("promise-dropped", cell, "replaced", 1, 0);
      at.add("promised", cell, "", 1, promisedBy(fact.parts, fact.parts.length - 1));
      return;
    case "PromiseMade":
      at.add("promised", cell, "", 1, promisedBy(fact.parts, fact.parts.length - 1));
      return;
    case "PromiseWithdrawn":
      at.add("promise-dropped", cell, "withdrawn", 1, 0);
      return;
    case "PromiseKept":
      at.add("promise-kept", cell, "", 1, fact.paid);
      return;
    case "PromiseBroken":
      at.add("promise-broken", cell, "", 1, fact.paid);
      return;
    case "PromiseLapsed":
      at.add("promise-lapsed", cell, "", 1, fact.paid);
      return;
    case "PromiseReopened":
      at.add("promise-reopened", cell, "", 1, 0);
  }
}

/**
 * What an arm is judged by: of the loans that became late in a month, how many were more than thirty days late in the end.
 * One that came here late already belongs to neither.
 */
function countArm(
  at: Adding,
  fact: Fact,
  before: LoanState,
  product: Product,
  context: Pick<CloseContext, "strategy">,
  undone: Minor | undefined,
): void {
  if (!OF_ARMS.has(fact.kind)) return;
  const strategy = context.strategy(product.strategy)?.on(fact.on);
  if (!strategy || strategy.arms.length === 0) return;
  const arm = armOf(strategy, keyToNumber({ bucket: before.bucket, n: borrowerN(before.n) }));
  if (!arm) return;
  const name = `${strategy.name}/${arm.name}${arm.holdOut ? "/hold-out" : ""}`;
  switch (fact.kind) {
    case "BandEntered": {
      const since = String(monthIndex((fact.on - fact.dpd + 1) as Day));
      if (fact.from <= 0 && fact.band > 0 && fact.dpd <= LATE_LEVELS[0])
        at.add("arm-late", name, since, 1, principalOwed(before));
      else if (fact.from > 0 && fact.dpd > LATE_LEVELS[0] && firstDayOf(product, fact.from) <= LATE_LEVELS[0])
        at.add("arm-older", name, since, 1, principalOwed(before));
      return;
    }
    case "PaymentReceived":
      if (cellOf(before) > 0) at.add("arm-paid", name, "", 1, fact.amount);
      return;
    case "EntryReversed":
      if (undone !== undefined && cellOf(before) > 0) at.add("arm-paid", name, "", -1, -undone);
      return;
    case "StepPlanned":
      if (!fact.under) at.add("arm-planned", name, fact.via, 1, 0);
      return;
    case "HoldPlaced":
      if (fact.hold === "complaint") at.add("arm-complaint", name, "", 1, 0);
  }
}

const OF_ARMS: ReadonlySet<Fact["kind"]> = new Set([
  "BandEntered",
  "PaymentReceived",
  "EntryReversed",
  "StepPlanned",
  "HoldPlaced",
]);
