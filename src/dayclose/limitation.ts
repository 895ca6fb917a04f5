import {
  addDays,
  addMonths,
  type Day,
  dueDay,
  type Fact,
  invariant,
  type LimitationFact,
  type LoanState,
  NEVER,
  type Product,
  termsOf,
} from "../core/index.ts";
import { type LimitationRule, limitation, limitedDebt } from "../legal/index.ts";

/** The law on limitation of a lender's place, and how early to warn. */
export interface LimitationWatch {
  /** The first day that can be asked about; the first day on which a period can begin. */
  readonly from: Day;
  readonly firstStart: Day;
  readonly rule: (on: Day) => LimitationRule;
  /** Days before the end, falling. */
  readonly warnings: readonly number[];
}

/** No period is shorter: that of a claim, and that to apply for the enforcement of a judgment. */
const CLAIM_MONTHS = 36;
const ENFORCEMENT_MONTHS = 24;
const FEWEST_DAYS = 730;

/**
 * The next day on which limitation has to be looked at. What was seen before says it; else the earliest end that there can
 * be, which costs no look at what happened.
 *
 * Takes   `before`, a day by which the loan wakes anyhow: whatever lies after it need not be found out exactly.
 * Gives   the day, past or to come; `NEVER` where nothing is owed or the period began before the first text.
 */
export function limitationCheckOn(
  loan: LoanState,
  product: Product,
  watch: LimitationWatch,
  before: number = NEVER,
): Day {
  const { dueOn, status, extra } = loan;
  if (dueOn === NEVER || (status !== "open" && status !== "written-off")) return NEVER;
  const warnings = product.limitationWarnings ?? watch.warnings;
  const seen = extra?.limitation;
  if (seen) {
    if (seen.passed) return NEVER;
    const next = warnings.find((days) => seen.warned === undefined || days < seen.warned);
    return next === undefined ? addDays(seen.worstOn, 1) : addDays(seen.worstOn, -next);
  }
  const first = warnings[0] ?? -1;
  if (!extra?.books?.replanned && before < dueOn + FEWEST_DAYS - first) return NEVER;
  const end = earliestEnd(loan, product, watch);
  return end === NEVER ? NEVER : (Math.max(end - first, watch.from) as Day);
}

/**
 * No worst case of this loan ends before that day: told by its row alone, which holds less than its journal. Where the plan is not the
 * contract's, it was made due, judged or planned anew on some day after the pay-out.
 *
 * Gives   `NEVER` where nothing runs that the pack knows of.
 */
export function earliestEnd(
  { dueOn, status, extra, ...loan }: LoanState,
  product: Product,
  { firstStart }: Pick<LimitationWatch, "firstStart">,
): Day {
  if (dueOn === NEVER || (status !== "open" && status !== "written-off")) return NEVER;
  const replanned = extra?.books?.replanned === true;
  const start = replanned ? loan.disbursedOn : dueDay(termsOf(loan, product), loan.installments);
  // What may have begun before the first text has no end that could be reckoned.
  if (start < firstStart) return NEVER;
  return addMonths(start, replanned ? ENFORCEMENT_MONTHS : CLAIM_MONTHS, "clamp");
}

/**
 * Looks at the time that is left, from all that was booked by a day.
 *
 * Gives   a warning where one is due, that the worst case is over, or where its end lies now.
 */
export function limitationOn(
  product: Product,
  evidence: { readonly facts: readonly Fact[]; readonly ofBorrower: readonly Fact[]; readonly zone: string },
  watch: LimitationWatch,
  day: Day,
): LimitationFact {
  const debt = limitedDebt({ ...evidence, product }, day);
  invariant(debt !== undefined, "a loan whose limitation is looked at has its journal from the booking on");
  const found = limitation(debt, watch.rule(day), day);
  invariant(found.ok, found.ok ? "" : found.refusal.says);
  const { worstOn, expiresOn } = found.value;
  const ends = { on: day, worstOn, ...(expiresOn === undefined ? {} : { expiresOn }) };
  if (day > worstOn) return { kind: "LimitationPassed", ...ends };
  const warnings = product.limitationWarnings ?? watch.warnings;
  const days = warnings.findLast((one) => worstOn - one <= day);
  return days === undefined
    ? { kind: "LimitationReckoned", ...ends }
    : { kind: "LimitationWarned", ...ends, days };
}
