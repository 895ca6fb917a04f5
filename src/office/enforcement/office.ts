import {
  type ChargeAdded,
  type Day,
  decimalsOf,
  type EnforcedJudgment,
  type EnforcementFact,
  type Fact,
  type Minor,
  minor,
  type PaymentReceived,
  type Refusal,
  type Result,
  readEnforcementEvent,
  standing,
} from "../../core/index.ts";
import type { Json } from "../../core/json-in.ts";
import {
  closingNeeds,
  type DelayedPayment,
  type DelayInterestRule,
  deadline,
  type EnforcementLife,
  type EnforcementMoment,
  type EnforcementRefusal,
  type EnforcementRule,
  enforcementAfter,
  enforcementDates,
  enforcementsOf,
  isExcluded,
  type LimitationRule,
  limitation,
  limitedDebt,
  mayEnforce,
  mayList,
  naturalEnd,
  type OwedUnderJudgment,
  owedUnder,
  type PersonKnown,
  type Remark,
  remarksOn,
  settlementStands,
  watchedDates,
} from "../../legal/index.ts";
import type { Words } from "../../policy/index.ts";
import type { DeskLoan, DeskPerson, EnforcementWish } from "../../store/index.ts";

/** The law that the desk of enforcements works by, each of a day. */
export interface EnforcementLaw {
  readonly rule: (on: Day) => Result<EnforcementRule>;
  readonly delay: (time: { readonly from: Day; readonly to: Day }) => Result<DelayInterestRule>;
  readonly limitation: (on: Day) => Result<LimitationRule>;
}

/** Something that is to be recorded of a borrower's enforcements. */
export interface EntryAsked {
  readonly line: number;
  readonly enforcement: string;
  /** The entry's own name, accepted once for an enforcement. */
  readonly event: string;
  /** The loan, of an application; of other entries it is known. */
  readonly loan?: string;
  /** Of an application, what it says beside the loan's judgment; else the entry as `readEnforcementEvent` takes it. */
  readonly told: Json;
  readonly judgment?: ApplicationTold;
}

/** What an application says itself; what is left out is taken from the judgment in the loan's journal. */
export interface ApplicationTold {
  readonly court: string;
  readonly number: string;
  readonly dated: Day;
  readonly debt?: Minor;
  readonly outsideBase?: Minor;
  readonly valueOn?: Day;
  readonly performBy?: Day;
  readonly parts?: readonly { readonly dueOn: Day; readonly amount: Minor }[];
  readonly proof?: string;
  readonly note?: string;
}

export interface EntryOutcome {
  readonly line: number;
  readonly id: string;
  readonly event: string;
  readonly done: boolean;
  /** It stood in the book before, word for word. */
  readonly known?: true;
  readonly code: string;
  readonly says?: Words;
  readonly remarks: readonly Remark[];
  readonly life?: EnforcementLife;
}

interface Asked {
  readonly now: number;
  readonly by: string;
  readonly known: PersonKnown;
  readonly law: EnforcementLaw;
}

/**
 * Records entries of one borrower, one after the other, each with the guards of its place.
 *
 * Gives   an outcome for each, and what is to be written of those that are new.
 * Holds   a refused entry changes nothing and loses no other; the same entry twice is known and changes nothing; money is booked
 *         once for its id, and the doubled part becomes a claim of the loan once, when nothing else of the judgment is left.
 */
export function enter(
  person: DeskPerson,
  openOn: Day,
  entries: readonly EntryAsked[],
  asked: Asked,
): { readonly outcomes: readonly EntryOutcome[]; readonly wish: EnforcementWish | undefined } {
  const desk = openDesk(person, openOn, asked);
  const outcomes = entries.map((entry) => desk.enter(entry));
  return { outcomes, wish: desk.wish() };
}

function openDesk(person: DeskPerson, openOn: Day, asked: Asked) {
  const { now, by, law, known } = asked;
  const on = Math.max(person.today, openOn) as Day;
  const facts: Fact[] = [...person.facts];
  const loanFacts = new Map(person.loans.map((loan) => [loan.id, [...loan.facts]]));
  const written: EnforcementFact[] = [];
  const money: { loan: DeskLoan["key"]; fact: PaymentReceived | ChargeAdded }[] = [];
  const changed = new Set<string>();

  const loanOf = (id: string): DeskLoan | undefined => person.loans.find((loan) => loan.id === id);
  const paymentsOf = (life: EnforcementLife): DelayedPayment[] =>
    paymentsUnder(life, loanOf(life.debt)!, loanFacts.get(life.debt)!);
  const owedOn = (life: EnforcementLife, day: Day): Result<OwedUnderJudgment> => {
    const delay = law.delay({ from: life.applied.judgment.performBy, to: day });
    return delay.ok ? owedUnder(life, paymentsOf(life), day, delay.value) : delay;
  };

  const application = (entry: EntryAsked): EnforcementFact | Refused => {
    const { judgment: told } = entry;
    const loan = loanOf(entry.loan ?? "");
    if (!told || !loan) return refusedAs("no-loan", "there is no such loan of this borrower", "没有该笔贷款");
    if (told.dated > person.today) return future();
    const judged = judgmentOf(told, loanFacts.get(loan.id)!);
    if (!judged)
      return refusedAs(
        "no-judgment",
        `the loan ${loan.id} has no judgment; record it (arrears record judgment) or name --debt, --perform-by and --value-on`,
        `贷款 ${loan.id} 没有登记判决；请先登记（arrears record judgment），或写明 --debt、--perform-by、--value-on`,
      );
    const applyBy = applyByOf(person, loan, loanFacts.get(loan.id)!, judged, told.dated, law);
    if (!applyBy.ok) return refusedBy(applyBy.refusal);
    return {
      kind: "EnforcementApplied",
      on,
      at: now,
      id: entry.enforcement,
      event: entry.event,
      by,
      dated: told.dated,
      ...(told.proof === undefined ? {} : { proof: told.proof }),
      ...(told.note === undefined ? {} : { note: told.note }),
      debt: loan.id,
      court: told.court,
      judgment: judged,
      applyBy: applyBy.value,
      late: told.dated > applyBy.value,
    };
  };

  const factOf = (entry: EntryAsked, life: EnforcementLife | undefined): EnforcementFact | Refused => {
    if (entry.judgment) return application(entry);
    if (!life)
      return refusedAs(
        "unknown-enforcement",
        `there is no enforcement ${entry.enforcement}; arrears enforce list shows them`,
        `没有执行案件 ${entry.enforcement}；arrears enforce list 可查`,
      );
    const decimals = decimalsOf(loanOf(life.debt)!.product.terms.currency);
    const context = { id: entry.enforcement, event: entry.event, by, at: now, on, decimals };
    const read = readEnforcementEvent(entry.told, context, person.today);
    return read.ok ? read.value : refusedBy(read.refusal);
  };

  const refusalOf = (
    fact: EnforcementFact,
    life: EnforcementLife | undefined,
  ): EnforcementRefusal | undefined => {
    if (fact.kind === "EnforcementReversed") return reversalTrouble(fact, loanFacts, life);
    if (fact.kind === "ListMoved") {
      const barred = barredUntil(life!, law);
      return mayList(life!, fact, {
        dated: fact.dated,
        ...(fact.proof === undefined ? {} : { proof: fact.proof }),
        ...(known.minor === undefined ? {} : { minor: known.minor }),
        ...(known.able === undefined ? {} : { able: known.able }),
        excluded: isExcluded(known),
        ...(barred === undefined ? {} : { barredUntil: barred }),
      });
    }
    const virtual = life ?? enforcementAfter(undefined, fact)!;
    const owed = owedOn(virtual, fact.dated);
    if (!owed.ok && fact.kind !== "EnforcementApplied") return refusedBy(owed.refusal).refusal;
    const moment = momentOf(fact, virtual, owed.ok ? owed.value : undefined, paymentsOf(virtual));
    const more = fact.kind === "EnforcementClosed" ? closingNeeds(fact.why) : [];
    const may = mayEnforce(life?.state ?? "none", fact.kind, moment, more);
    if (!may.ok) return may.refusal;
    return fact.kind === "MoneyRecovered" ? paymentTrouble(fact, loanFacts.get(virtual.debt)!) : undefined;
  };

  /** Money that the loan does not hold yet; and the doubled part as a claim, once nothing else of the judgment is left. */
  const bookMoney = (fact: EnforcementFact, life: EnforcementLife): void => {
    const loan = loanOf(life.debt)!;
    if (loan.product.source === "fed") return;
    const own = loanFacts.get(life.debt)!;
    const add = (one: PaymentReceived | ChargeAdded): void => {
      own.push(one);
      money.push({ loan: loan.key, fact: one });
    };
    if (fact.kind === "MoneyRecovered" && !own.some((one) => isPayment(one) && one.id === fact.payment)) {
      const { payment: id, amount, dated: valueOn } = fact;
      add({ kind: "PaymentReceived", on: Math.max(on, valueOn) as Day, id, amount, valueOn });
    }
    if (fact.kind !== "MoneyRecovered" && fact.kind !== "EnforcementClosed") return;
    const id = `${life.id}/doubled`;
    const owed = owedOn(life, fact.dated);
    if (!owed.ok || owed.value.judgment > 0 || own.some((one) => "id" in one && one.id === id)) return;
    const { doubled } = owed.value.found;
    if (doubled === 0) return;
    const valueOn = lastDayOf(paymentsOf(life), fact.dated);
    add({
      kind: "ChargeAdded",
      on: Math.max(on, valueOn) as Day,
      id,
      valueOn,
      charge: "penalty",
      amount: doubled,
      reason: `doubled part of the interest for delayed performance, ${life.accepted?.number ?? life.id}`,
    });
  };

  const enter = (entry: EntryAsked): EntryOutcome => {
    const { line, enforcement: id, event } = entry;
    const lives = enforcementsOf(facts);
    const life = lives.get(id);
    const base = { line, id, event };
    const no = (refusal: EnforcementRefusal): EntryOutcome => ({
      ...base,
      done: false,
      ...refusal,
      remarks: [],
      ...(life ? { life } : {}),
    });
    const fact = factOf(entry, life);
    if ("refusal" in fact) return no(fact.refusal);
    const before = facts.find((one) => "event" in one && one.event === event && "id" in one && one.id === id);
    if (before) {
      const same = sameEntry(before, fact);
      return same
        ? { ...base, done: true, known: true, code: "known", remarks: [], ...(life ? { life } : {}) }
        : no(DIFFERS(event));
    }
    const refusal = refusalOf(fact, life);
    if (refusal) return no(refusal);
    const rule = law.rule(person.today);
    if (!rule.ok) return no(refusedBy(rule.refusal).refusal);
    const remarks = remarksOn(life, fact, known, rule.value);
    facts.push(fact);
    written.push(fact);
    changed.add(id);
    const next = enforcementsOf(facts).get(id);
    if (next) bookMoney(fact, next);
    return { ...base, done: true, code: next?.state ?? "undone", remarks, ...(next ? { life: next } : {}) };
  };

  const wish = (): EnforcementWish | undefined => {
    if (written.length === 0) return undefined;
    const rule = law.rule(person.today);
    if (!rule.ok) return undefined;
    const lives = enforcementsOf(facts);
    return {
      facts: written,
      money,
      lives: [...changed].flatMap((id) => {
        const life = lives.get(id);
        if (!life) return [];
        const dates = watchedDates(enforcementDates(life, rule.value), rule.value);
        const over = life.state === "closed" || life.state === "rejected" || life.state === "sued";
        return [
          {
            life,
            loan: loanOf(life.debt)!.key,
            entries: facts.filter((fact) => "event" in fact && "id" in fact && fact.id === id).length,
            dates,
            ended: over && dates.length === 0,
          },
        ];
      }),
    };
  };
  return { enter, wish };
}

// --- what is known at the moment -----------------------------------------------------------------------------------------

function momentOf(
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

const isPayment = (fact: Fact): fact is PaymentReceived => fact.kind === "PaymentReceived";

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

const lastDayOf = (payments: readonly DelayedPayment[], through: Day): Day =>
  payments.reduce((last, { on }) => (on <= through ? Math.max(last, on) : last), 0) as Day;

/** The judgment of an application: what it says itself, and for the rest the last one in the loan's journal. */
function judgmentOf(told: ApplicationTold, facts: readonly Fact[]): EnforcedJudgment | undefined {
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
function applyByOf(
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
function barredUntil(life: EnforcementLife, law: EnforcementLaw): Day | undefined {
  const list = life.lists.dishonest;
  if (list.state !== "removed" || list.removedFor !== "creditor-asks" || list.removedOn === undefined)
    return undefined;
  const rule = law.rule(list.removedOn);
  return rule.ok
    ? enforcementDates(life, rule.value).find(({ what }) => what === "list-again")?.lastOn
    : undefined;
}

// --- refusals ------------------------------------------------------------------------------------------------------------

interface Refused {
  readonly refusal: EnforcementRefusal;
}
const refusedAs = (code: string, en: string, zh: string): Refused => ({
  refusal: { code, says: { en, zh } },
});
const refusedBy = ({ code, says, at }: Refusal): Refused => {
  const text = at === undefined ? says : `${at}: ${says}`;
  return { refusal: { code, says: { en: text, zh: text } } };
};
const future = (): Refused =>
  refusedAs("future-day", "it is recorded when it has happened, not before", "须在发生后登记");
const DIFFERS = (event: string): EnforcementRefusal => ({
  code: "differs-from-accepted",
  says: {
    en: `${event} was recorded before with other content; a correction is a reversal and a new id`,
    zh: `${event} 已登记且内容不同；更正须先冲正再以新编号登记`,
  },
});

/** Who said it, when, and on which business day it was booked, are no part of what it says. */
function sameEntry(a: Fact, b: Fact): boolean {
  const told = ({ ...fact }: Record<string, unknown>): string => {
    for (const key of ["on", "at", "by", "applyBy", "late"]) delete fact[key];
    return JSON.stringify(Object.entries(fact).sort(([x], [y]) => (x < y ? -1 : 1)));
  };
  return told(a as unknown as Record<string, unknown>) === told(b as unknown as Record<string, unknown>);
}

function paymentTrouble(
  fact: Extract<EnforcementFact, { kind: "MoneyRecovered" }>,
  ofLoan: readonly Fact[],
): EnforcementRefusal | undefined {
  const known = standing(ofLoan).find((one) => one.kind === "PaymentReceived" && one.id === fact.payment);
  return known && "amount" in known && (known.amount !== fact.amount || known.valueOn !== fact.dated)
    ? {
        code: "payment-differs",
        says: {
          en: `the loan has a payment ${fact.payment} of another day or sum; name that day and sum, or another --payment`,
          zh: `贷款已有还款 ${fact.payment}，日期或金额不同；请按其日期金额登记，或改用其他 --payment`,
        },
      }
    : undefined;
}

/** Undone is what was recorded, as long as what stands after it could have happened without it. */
function reversalTrouble(
  fact: Extract<EnforcementFact, { kind: "EnforcementReversed" }>,
  loanFacts: ReadonlyMap<string, readonly Fact[]>,
  life: EnforcementLife | undefined,
): EnforcementRefusal | undefined {
  if (fact.reason.trim() === "")
    return refusedAs("enforcement-no-reason", "say why: --note", "须说明理由：--note").refusal;
  const of = life?.facts.find(({ event }) => event === fact.of);
  if (!life || !of)
    return refusedAs(
      "unknown-entry",
      `${fact.id} has no entry ${fact.of} that counts; arrears enforce show lists them`,
      `${fact.id} 没有有效的登记 ${fact.of}；arrears enforce show 可查`,
    ).refusal;
  if (
    of.kind === "MoneyRecovered" &&
    standing(loanFacts.get(life.debt)!).some((one) => one.id === of.payment)
  )
    return refusedAs(
      "payment-stands",
      `the loan still holds the payment ${of.payment}; reverse that first: arrears record reversal ${life.debt} --of ${of.payment}`,
      `贷款仍有还款 ${of.payment}；请先冲正：arrears record reversal ${life.debt} --of ${of.payment}`,
    ).refusal;
  let again: EnforcementLife | undefined;
  for (const one of life.facts) {
    if (one === of) continue;
    if (one.kind !== "ListMoved" && one.kind !== "EnforcementReversed") {
      const place = mayEnforce(again?.state ?? "none", one.kind, EVERYTHING);
      if (!place.ok)
        return refusedAs(
          "entry-needed",
          `${one.event} could not have happened without it; reverse that first`,
          `${one.event} 以其为前提；请先冲正该项`,
        ).refusal;
    }
    again = enforcementAfter(again, one);
  }
  return undefined;
}

/** Every guard holds: only the places in the table are asked about. */
const EVERYTHING: EnforcementMoment = {
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
