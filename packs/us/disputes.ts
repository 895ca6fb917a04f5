import { dayAt } from "../../src/core/index.ts";
import {
  allow,
  askPerson,
  forbid,
  type Outcome,
  type RuleContext,
  type Words,
} from "../../src/policy/index.ts";
import type { DaysOff, Holiday } from "./holidays.ts";
import { cameBack, noticesOf, touches } from "./scope.ts";
import { validationPeriod } from "./validation-period.ts";

export const PERIOD_PARAMS = ["validation.period", "holidays.federal", "holidays.in-lieu"] as const;

export const daysOff = (param: RuleContext["param"]): DaysOff => ({
  holidays: param<readonly Holiday[]>("holidays.federal"),
  inLieu: param<boolean>("holidays.in-lieu"),
});

export interface Query {
  /** What the person sends in writing. */
  readonly asks: readonly string[];
  /** What ends the pause once it is sent. */
  readonly answers: readonly string[];
  /** Whether only a part of the debt pauses. */
  readonly part?: readonly string[];
  readonly says: Words;
}

/**
 * Collection of a debt pauses from the receipt of what the person asked in writing within the validation period until the
 * answer is sent. Where no validation notice is on record the period has not begun to end.
 */
export function pausedBy(context: RuleContext, query: Query): Outcome {
  const { step } = context;
  const open = noticesOf(context, query.asks).filter(
    ({ at, debt }) =>
      isInTime(context, at, debt) &&
      !noticesOf(context, query.answers).some(
        (answer) =>
          answer.at >= at &&
          !cameBack(answer, step.at) &&
          (answer.debt === undefined || debt === undefined || answer.debt === debt),
      ),
  );
  if (open.length === 0) return allow();
  if (step.purpose === "notice") {
    if (step.notice !== undefined && [...query.answers, "validation-notice"].includes(step.notice))
      return allow();
    return askPerson({
      en: `${query.says.en} A person decides whether this notice collects.`,
      zh: `${query.says.zh}该通知是否属于催收，由人工决定。`,
    });
  }
  if (step.purpose === "reply" || open.every(({ kind }) => query.part?.includes(kind))) {
    return askPerson(query.says);
  }
  return forbid(query.says, "never");
}

function isInTime({ step, facts, param }: RuleContext, at: number, debt: string | undefined): boolean {
  const sent = (facts.notices ?? []).filter(
    (notice) =>
      notice.kind === "validation-notice" &&
      notice.at <= at &&
      !cameBack(notice, step.at) &&
      (debt === undefined ? touches(step, notice.debt) : notice.debt === undefined || notice.debt === debt),
  );
  const zone = facts.borrowerZone;
  if (sent.length === 0 || zone === undefined) return true;
  const providedOn = dayAt(zone, Math.max(...sent.map((notice) => notice.at)));
  const { endsOn } = validationPeriod({ providedOn }, param("validation.period"), daysOff(param));
  return dayAt(zone, at) <= endsOn;
}
