import {
  type ChargeAdded,
  type Day,
  decimalsOf,
  type EnforcementFact,
  type Fact,
  type PaymentReceived,
  type Result,
  readEnforcementEvent,
} from "../../core/index.ts";
import {
  closingNeeds,
  type DelayedPayment,
  type EnforcementLife,
  type EnforcementRefusal,
  enforcementAfter,
  enforcementDates,
  enforcementsOf,
  isExcluded,
  mayEnforce,
  mayList,
  type OwedUnderJudgment,
  owedUnder,
  remarksOn,
  watchedDates,
} from "../../legal/index.ts";
import type { DeskLoan, DeskPerson, EnforcementWish } from "../../store/index.ts";
import type { EnterAsked, EntryAsked, EntryOutcome } from "./desk.ts";
import {
  applyByOf,
  barredUntil,
  isPayment,
  judgmentOf,
  lastDayOf,
  momentOf,
  paymentsUnder,
} from "./moment.ts";
import {
  DIFFERS,
  future,
  paymentTrouble,
  type Refused,
  refusedAs,
  refusedBy,
  reversalTrouble,
  sameEntry,
} from "./refusals.ts";

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
  asked: EnterAsked,
): { readonly outcomes: readonly EntryOutcome[]; readonly wish: EnforcementWish | undefined } {
  const desk = openDesk(person, openOn, asked);
  const outcomes = entries.map((entry) => desk.enter(entry));
  return { outcomes, wish: desk.wish() };
}

function openDesk(person: DeskPerson, openOn: Day, asked: EnterAsked) {
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
