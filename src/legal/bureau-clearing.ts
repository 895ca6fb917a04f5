import {
  addDays,
  addMonths,
  type Day,
  dpdOn,
  type Fact,
  isMoneyFact,
  type Key,
  type Minor,
  type Product,
  positionFromFacts,
  replay,
} from "../core/index.ts";
import { lastDayOf, type Month, monthOf } from "./bureau.ts";
import type { Source } from "./source.ts";

/** A stretch of arrears, from the first day past due to the day on which nothing was past due any more. */
export interface ArrearsSpell {
  readonly from: Day;
  /** Absent while it lasts. */
  readonly clearedOn?: Day;
}

/**
 * When a loan was past due, and when that ended, as known on the last day asked about.
 *
 * Takes   the loan's facts; days after `through` are not looked at.
 * Gives   stretches in order. A payment on the day after the due day ends a stretch that began that day. A judgment ends none: it gives a day
 *         to perform, and the debt stays unpaid until it is.
 * Holds   stretches do not touch: between two of them nothing was past due.
 */
export function arrearsSpells(
  { key, facts, product }: { readonly key: Key; readonly facts: readonly Fact[]; readonly product: Product },
  through: Day,
): ArrearsSpell[] {
  const known = facts.filter(({ on }) => on <= through);
  const at = product.source === "fed" ? reportedReader(key, known, product) : keptReader(key, known, product);
  const spells: ArrearsSpell[] = [];
  let from: Day | undefined;
  for (const on of daysThatMove(known, product, through)) {
    const before = at(on, "before");
    if (from === undefined && before > 0) from = addDays(on, 1 - before);
    const after = at(on, "after");
    if (from !== undefined && after === 0 && !judgedAndOwed({ key, facts: known, product }, on)) {
      spells.push({ from, clearedOn: on });
      from = undefined;
    } else if (from === undefined && after > 0) from = addDays(on, 1 - after);
  }
  return from === undefined ? spells : [...spells, { from }];
}

/** A judgment took the place of the contract by that day, and something of it is owed still. */
function judgedAndOwed(
  { key, facts, product }: { readonly key: Key; readonly facts: readonly Fact[]; readonly product: Product },
  on: Day,
): boolean {
  const undone = new Set(facts.flatMap((fact) => (fact.kind === "EntryReversed" ? [fact.id] : [])));
  const judged = facts.some(
    (fact) => fact.kind === "JudgmentEntered" && fact.valueOn <= on && !undone.has(fact.id),
  );
  return judged && (positionFromFacts(key, facts, () => product, on)?.payoff ?? 0) > 0;
}

/** The days on which money or a report counts from, and the last one asked about. */
function daysThatMove(facts: readonly Fact[], { source }: Product, through: Day): Day[] {
  const days = new Set<Day>([through]);
  for (const fact of facts) {
    const on =
      source === "fed"
        ? fact.kind === "BalanceReported"
          ? fact.asOf
          : undefined
        : isMoneyFact(fact)
          ? fact.valueOn
          : undefined;
    if (on !== undefined && on <= through) days.add(on);
  }
  return [...days].sort((a, b) => a - b);
}

type DpdReader = (on: Day, when: "before" | "after") => number;

const keptReader =
  (key: Key, facts: readonly Fact[], product: Product): DpdReader =>
  (on, when) => {
    const counted =
      when === "after" ? facts : facts.filter((fact) => !isMoneyFact(fact) || fact.valueOn < on);
    return positionFromFacts(key, counted, () => product, on)?.dpd ?? 0;
  };

const reportedReader =
  (key: Key, facts: readonly Fact[], product: Product): DpdReader =>
  (on, when) => {
    const counted = facts.filter(
      (fact) =>
        fact.kind === "LoanBooked" ||
        (fact.kind === "BalanceReported" && (when === "after" ? fact.asOf <= on : fact.asOf < on)),
    );
    const loan = replay(key, counted, () => product);
    return loan?.status === "open" ? dpdOn(loan, product, on) : 0;
  };

// --- when a month clears -----------------------------------------------------------------------------------------------

/** How long bad information is kept, and a repair of the past. */
export interface ClearingRule {
  readonly retention: { readonly years: number; readonly source: Source };
  readonly repair?: RepairRule;
}

export interface RepairRule {
  readonly from: Day;
  readonly to: Day;
  readonly most: Minor;
  readonly paidEarlyBy: Day;
  readonly hiddenEarlyFrom: Day;
  readonly paidBy: Day;
  readonly source: Source;
}

export type Clearing =
  /** It stays while something is past due: the years have not begun. */
  | { readonly state: "arrears-last" }
  /** Kept through `lastOn`, deleted after it. */
  | {
      readonly state: "kept" | "cleared";
      readonly endedOn: Day;
      readonly lastOn: Day;
      readonly source: Source;
    }
  /** Not shown any more since the arrears were paid within the window of the repair. */
  | { readonly state: "hidden"; readonly endedOn: Day; readonly hiddenFrom: Day; readonly source: Source };

/** A month to somebody's disadvantage, as it was reported. */
export interface NegativeMonth {
  readonly month: Month;
  readonly pastDue: Minor;
}

/**
 * When a negative month goes from the record.
 *
 * Takes   the stretches of arrears as known on `asOf`; bad debt and the like, which no stretch covers, count from `endedOn` where given.
 * Gives   the day through which it is kept: so many years after the arrears ended, not after the month.
 * Source  Regulations on credit reporting art. 16; the notice of 22 December 2025 for what it hides.
 */
export function clearingOf(
  negative: NegativeMonth,
  spells: readonly ArrearsSpell[],
  rule: ClearingRule,
  asOf: Day,
): Clearing {
  const { month, pastDue } = negative;
  const first = addDays(lastDayOf(month - 1), 1);
  const spell = spells.findLast(
    ({ from, clearedOn }) => from <= lastDayOf(month) && (clearedOn === undefined || clearedOn >= first),
  );
  // What no stretch covers, a payment by a guarantor in time, say, is an event of its month.
  const endedOn = spell ? spell.clearedOn : lastDayOf(month);
  if (endedOn === undefined || endedOn > asOf) return { state: "arrears-last" };
  const hiddenFrom = rule.repair && repairedFrom({ month, pastDue, endedOn }, rule.repair);
  if (hiddenFrom !== undefined && hiddenFrom <= asOf)
    return { state: "hidden", endedOn, hiddenFrom, source: rule.repair!.source };
  const lastOn = addMonths(endedOn, rule.retention.years * 12, "clamp");
  return { state: asOf > lastOn ? "cleared" : "kept", endedOn, lastOn, source: rule.retention.source };
}

/** The first day on which the repair hides a month; nothing where it does not reach it. */
function repairedFrom(
  { month, pastDue, endedOn }: NegativeMonth & { readonly endedOn: Day },
  repair: RepairRule,
): Day | undefined {
  if (month < monthOf(repair.from) || month > monthOf(repair.to) || pastDue > repair.most) return undefined;
  if (endedOn <= repair.paidEarlyBy) return repair.hiddenEarlyFrom;
  return endedOn <= repair.paidBy ? addDays(lastDayOf(monthOf(endedOn) + 1), 1) : undefined;
}

/**
 * The first day of the delinquency that is told to a bureau in the United States, and the last day on which a report may tell of it.
 *
 * Source  15 U.S.C. 1681c(a)(4), (a)(5), (c)(1): seven years, and for what was charged off or placed for collection they begin 180 days
 *         after the delinquency did.
 */
export function usReportableThrough(
  startedOn: Day,
  chargedOff: boolean,
  { years, days }: { readonly years: number; readonly days: number },
): Day {
  return addMonths(chargedOff ? addDays(startedOn, days) : startedOn, years * 12, "clamp");
}
