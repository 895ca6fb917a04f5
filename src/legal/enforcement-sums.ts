import { type Day, minor, ok, type Rate, type Result, ZERO } from "../core/index.ts";
import {
  type DelayedPayment,
  type DelayInterest,
  type DelayInterestRule,
  delayInterest,
} from "./delay-interest.ts";
import { agreedBy } from "./enforcement.ts";
import { type EnforcementLife, pausesOf } from "./enforcement-life.ts";

/** What a judgment comes to on a day, with everything that was paid by then. */
export interface OwedUnderJudgment {
  readonly found: DelayInterest;
  /** Of the debt, of sums beside it and of general interest. */
  readonly judgment: number;
  readonly doubled: number;
  readonly total: number;
}

/** The general rate of a judgment, as the ledger keeps it. */
const rateOf = (e8: number): Rate => ({ numerator: e8, scale: 8, per: "day" });

/**
 * What is owed under the enforced judgment on a day: its debt, what it grants beside that, general interest from the day of its
 * figures, and the doubled part, in the order in which what was recovered is credited.
 *
 * Takes   payments on the loan since the judgment's figures; the law for the doubled part.
 * Refuses what `delayInterest` refuses.
 */
export function owedUnder(
  life: EnforcementLife,
  payments: readonly DelayedPayment[],
  on: Day,
  law: DelayInterestRule,
): Result<OwedUnderJudgment> {
  const { judgment } = life.applied;
  const from = judgment.parts ? firstDue(judgment.parts) : judgment.performBy;
  const found = delayInterest(
    {
      debt: judgment.debt,
      from,
      ...(judgment.parts ? { parts: judgment.parts } : {}),
      to: on,
      outsideBase: judgment.outsideBase,
      generalFrom: judgment.valueOn,
      ...(judgment.interestE8ADay === undefined ? {} : { generalRate: rateOf(judgment.interestE8ADay) }),
      payments: payments.filter((payment) => payment.on <= on && payment.on >= judgment.valueOn),
      pauses: pausesOf(life, on),
    },
    law,
  );
  if (!found.ok) return found;
  const { left } = found.value;
  const ofJudgment = left.debt + left.outsideBase + left.general;
  return ok({
    found: found.value,
    judgment: ofJudgment,
    doubled: left.doubled,
    total: ofJudgment + left.doubled,
  });
}

const firstDue = (parts: readonly { readonly dueOn: Day }[]): Day =>
  parts.reduce((day, { dueOn }) => Math.min(day, dueOn), Number.POSITIVE_INFINITY) as Day;

/** How a settlement stands: agreed by the day, paid since it was made, and all of it. */
export function settlementStands(
  { settlement }: EnforcementLife,
  payments: readonly DelayedPayment[],
  on: Day,
): { readonly agreed: number; readonly paid: number; readonly all: number } {
  if (!settlement) return { agreed: 0, paid: 0, all: 0 };
  const paid = payments
    .filter((payment) => payment.on >= settlement.dated && payment.on <= on)
    .reduce((sum, { amount }) => sum + amount, 0);
  // A part is missed on the day after its own.
  const agreed = agreedBy(settlement.parts, (on - 1) as Day);
  return { agreed, paid, all: settlement.parts.reduce((sum, { amount }) => minor(sum + amount), ZERO) };
}
