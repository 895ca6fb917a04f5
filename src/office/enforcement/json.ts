import { type Day, formatDay, formatMoney, type Minor, minor } from "../../core/index.ts";
import type {
  EnforcementDate,
  EnforcementLife,
  Follows,
  ListLife,
  OwedUnderJudgment,
  Remark,
} from "../../legal/index.ts";
import { listingEnds } from "../../legal/index.ts";
import type { Language } from "../io.ts";
import { sourceJson } from "../limitation/json.ts";

type Out = Record<string, unknown>;

export const remarkJson = ({ code, says, source }: Remark, language: Language): Out => ({
  code,
  says: says[language],
  cite: sourceJson(source),
});

export const dateJson = ({
  what,
  by,
  from,
  lastOn,
  certain,
  possible,
  of,
  source,
}: EnforcementDate): Out => ({
  what,
  ...(of === undefined ? {} : { of }),
  by,
  from: formatDay(from),
  lastOn: formatDay(lastOn),
  deadline: possible !== true,
  certain,
  cite: sourceJson(source),
});

export const followsJson = ({ kind, code, says, by, source }: Follows, language: Language): Out => ({
  follows: kind,
  code,
  says: says[language],
  ...(by === undefined ? {} : { by: formatDay(by) }),
  cite: sourceJson(source),
});

/** An enforcement as its facts leave it, for whoever reads JSON. */
export function lifeJson(life: EnforcementLife, decimals: number): Out {
  const { applied, accepted, lists } = life;
  const { judgment } = applied;
  const sum = (amount: Minor): string => formatMoney(amount, decimals);
  const termEndsOn = listingEnds(life);
  return {
    enforcement: life.id,
    loan: life.debt,
    state: life.state,
    court: applied.court,
    number: accepted?.number ?? null,
    appliedOn: formatDay(applied.dated),
    applyBy: formatDay(applied.applyBy),
    late: applied.late,
    judgment: {
      court: judgment.court,
      number: judgment.number,
      valueOn: formatDay(judgment.valueOn),
      performBy: formatDay(judgment.performBy),
      debt: sum(judgment.debt),
      outsideBase: sum(judgment.outsideBase),
    },
    measures: life.measures.map(({ id, wished, granted, ended }) => ({
      measure: id,
      type: (granted ?? wished)?.type ?? null,
      what: (granted ?? wished)?.what ?? null,
      granted: granted !== undefined,
      amount: granted?.amount === undefined ? null : sum(granted.amount),
      until: dayOrNull(granted?.until),
      keeps: granted?.keeps === undefined ? null : sum(granted.keeps),
      ended: ended?.why ?? null,
    })),
    stays: life.stays.map(({ from, to, why, atRequest }) => ({
      from: formatDay(from),
      to: dayOrNull(to),
      why,
      atRequest,
    })),
    dishonest: { ...listJson(lists.dishonest), termEndsOn: dayOrNull(termEndsOn) },
    consumption: listJson(lists.consumption),
  };
}

const dayOrNull = (on: Day | undefined): string | null => (on === undefined ? null : formatDay(on));

const listJson = ({
  state,
  ground,
  years,
  decidedOn,
  until,
  entitled,
  removedOn,
  removedFor,
}: ListLife): Out => ({
  state,
  ground: ground ?? null,
  years: years ?? null,
  decidedOn: dayOrNull(decidedOn),
  until: dayOrNull(until),
  entitled: entitled ? { case: entitled.case, on: formatDay(entitled.on) } : null,
  removedOn: dayOrNull(removedOn),
  removedFor: removedFor ?? null,
});

/** What is owed on a day, with each part of the doubled interest. */
export function owedJson({ found, judgment, doubled, total }: OwedUnderJudgment, decimals: number): Out {
  const sum = (amount: number): string => formatMoney(minor(amount), decimals);
  return {
    judgment: sum(judgment),
    debt: sum(found.left.debt),
    outsideBase: sum(found.left.outsideBase),
    general: sum(found.left.general),
    doubled: sum(doubled),
    total: sum(total),
    doubledSoFar: sum(found.doubled),
    unapplied: sum(found.unapplied),
    steps: found.steps
      .filter(({ of }) => of === "debt")
      .map(({ part, from, until, days, paused, doubled: interest, paid, how }) => ({
        part: sum(part),
        from: formatDay(from),
        until: formatDay(until),
        days,
        paused,
        doubled: interest,
        paid,
        how: how ?? null,
      })),
    dayCount: { is: found.dayCount, cite: sourceJson(found.sources.dayCount) },
    cite: sourceJson(found.sources.rate),
  };
}
