import {
  type Day,
  type EnforcedJudgment,
  type EnforcementFact,
  type Fact,
  minor,
  type PaymentReceived,
  type Result,
  standing,
} from "../../core/index.ts";
import {
  type DelayedPayment,
  deadline,
  type EnforcementLife,
  type EnforcementMoment,
  enforcementDates,
  limitation,
  limitedDebt,
  naturalEnd,
  type OwedUnderJudgment,
  settlementStands,
} from "../../legal/index.ts";
import type { DeskLoan, DeskPerson } from "../../store/index.ts";
import type { ApplicationTold, EnforcementLaw } from "./desk.ts";

/** What is known of an enforcement when a fact is entered: its sums, its days, and what stands in the way. */
export function momentOf(
  fact: EnforcementFact,
  life: EnforcementLife,
  owed: OwedUnderJudgment | undefined,
  payments: readonly DelayedPayment[],
): EnforcementMoment {
  const settlement = settlementStands(life, payments, fact.dated);
  const measure = "measure" in fact ? life.measures.find(({ id }) => id === fact.measure) : undefined;
  return {
    judgmentDue: fact.dated > life.applied.judgment.performBy,
    owed: owed === undefined || owed.total > 0,
    paid: owed !== undefined && owed.total === 0,
    settlementPaid: settlement.all > 0 && settlement.paid >= settlement.all,
    missed: settlement.paid < settlement.agreed,
    measure: measure !== undefined,
    measureOpen: measure !== undefined && measure.ended === undefined,
    livingCosts: fact.kind !== "MeasureGranted" || fact.type !== "withhold-income" || (fact.keeps ?? 0) > 0,
    parts: fact.kind === "EnforcementSettled" && fact.parts.length > 0,
    ...("number" in fact ? { number: fact.number } : {}),
    ...(fact.kind === "EnforcementResumed" && fact.assets !== undefined ? { assets: fact.assets } : {}),
    ...(fact.note === undefined ? {} : { reason: fact.note }),
  };
}

export const isPayment = (fact: Fact): fact is PaymentReceived => fact.kind === "PaymentReceived";

/** Payments since the judgment's figures, as the loan's own journal holds them; of a fed loan, as the enforcement does. */
export function paymentsUnder(
  life: EnforcementLife,
  { product }: Pick<DeskLoan, "product">,
  ofLoan: readonly Fact[],
): DelayedPayment[] {
  const recovered = life.facts.filter((fact) => fact.kind === "MoneyRecovered");
  if (product.source === "fed")
    return recovered.map(({ dated, amount, how }) => ({ on: dated, amount, how }));
  const how = new Map(recovered.map((fact) => [fact.payment, fact.how]));
  return standing(ofLoan)
    .filter(isPayment)
    .filter(({ valueOn }) => valueOn >= life.applied.judgment.valueOn)
    .map(({ id, valueOn, amount }) => ({ on: valueOn, amount, how: how.get(id) ?? "paid" }));
}

export const lastDayOf = (payments: readonly DelayedPayment[], through: Day): Day =>
  payments.reduce((last, { on }) => (on <= through ? Math.max(last, on) : last), 0) as Day;

/** The judgment of an application: what it says itself, and for the rest the last one in the loan's journal. */
export function judgmentOf(told: ApplicationTold, facts: readonly Fact[]): EnforcedJudgment | undefined {
  const last = standing(facts).findLast((fact) => fact.kind === "JudgmentEntered");
  const debt = told.debt ?? last?.principal;
  const valueOn = told.valueOn ?? last?.valueOn;
  const parts = told.parts;
  const performBy =
    told.performBy ??
    (parts && parts.length > 0 ? (Math.max(...parts.map(({ dueOn }) => dueOn)) as Day) : last?.performBy);
  if (debt === undefined || valueOn === undefined || performBy === undefined) return undefined;
  return {
    court: told.court,
    number: told.number,
    valueOn,
    performBy,
    debt,
    ...(parts ? { parts } : {}),
    outsideBase: told.outsideBase ?? minor(last ? last.interest + last.costs : 0),
    ...(last?.interestE8ADay === undefined ? {} : { interestE8ADay: last.interestE8ADay }),
  };
}

/** The last day of the two years, with what interrupted them where the loan's own journal has the judgment. */
export function applyByOf(
  person: DeskPerson,
  loan: DeskLoan,
  facts: readonly Fact[],
  judgment: EnforcedJudgment,
  dated: Day,
  law: EnforcementLaw,
): Result<Day> {
  const limits = law.limitation(dated);
  const debt = limitedDebt({
    facts,
    ofBorrower: person.facts,
    product: loan.product,
    zone: person.zone,
  });
  if (limits.ok && debt) {
    const found = limitation(debt, limits.value, dated);
    if (found.ok && found.value.of === "enforcement")
      return { ok: true, value: found.value.expiresOn ?? found.value.worstOn };
  }
  const rule = law.rule(dated);
  if (!rule.ok) return rule;
  const period = rule.value.periods["limitation.enforcement"];
  const last = deadline("apply", judgment.performBy, period, rule.value.counting);
  return last.ok
    ? { ok: true, value: last.value.lastOn }
    : { ok: true, value: naturalEnd(judgment.performBy, period.period as { years: number }) };
}

/** The last day on which this creditor cannot ask for a listing again. */
export function barredUntil(life: EnforcementLife, law: EnforcementLaw): Day | undefined {
  const list = life.lists.dishonest;
  if (list.state !== "removed" || list.removedFor !== "creditor-asks" || list.removedOn === undefined)
    return undefined;
  const rule = law.rule(list.removedOn);
  return rule.ok
    ? enforcementDates(life, rule.value).find(({ what }) => what === "list-again")?.lastOn
    : undefined;
}

/** Every guard holds: only the places in the table are asked about. */
export const EVERYTHING: EnforcementMoment = {
  judgmentDue: true,
  owed: true,
  number: "x",
  measure: true,
  measureOpen: true,
  livingCosts: true,
  parts: true,
  missed: true,
  assets: "x",
  paid: true,
  settlementPaid: true,
  reason: "x",
};
