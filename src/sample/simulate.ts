import { addDays, type Day, type Minor, minor, NEVER } from "../core/index.ts";
import {
  disputesOn,
  type Habit,
  type HowMuch,
  habitOn,
  missProbability,
  type Person,
  paysToday,
} from "./behaviour.ts";
import { type Contract, Ledger } from "./ledger.ts";
import { between, pick, type Random } from "./random.ts";

export interface Paid {
  /** Which of the person's loans, from 0. */
  readonly loan: number;
  readonly on: Day;
  readonly amount: Minor;
}

export interface Life {
  readonly payments: readonly Paid[];
  readonly ledgers: readonly Ledger[];
}

/**
 * What one person pays on his loans from the first due day through the last day of the book.
 *
 * Holds   payments come in order of day. Each is an amount that the loan's position shows on that day; a part payment
 *         is less, and one that is rounded up to a whole yuan is up to 0.99 more. While nothing is overdue only due
 *         days are looked at, so a punctual year costs twelve steps.
 */
export function live(person: Person, contracts: readonly Contract[], through: Day, random: Random): Life {
  const ledgers = contracts.map((contract) => new Ledger(contract));
  const payments: Paid[] = [];
  const pay = (ledger: Ledger, on: Day, amount: Minor) => {
    payments.push({ loan: ledgers.indexOf(ledger), on, amount });
    ledger.receive(on, amount);
  };
  let on = nextDue(ledgers);
  while (on <= through) {
    const habit = habitOn(person, on);
    const withheld = disputesOn(person, on) ? ledgers[0] : undefined;
    const payable = ledgers.filter((ledger) => ledger !== withheld && ledger.dueOn <= on);
    const due = payable.filter((ledger) => ledger.dueOn === on);
    const late = inPayingOrder(payable.filter((ledger) => ledger.dueOn < on));
    if (late.length > 0) {
      for (const ledger of due) if (random() >= habit.missesWhileLate) pay(ledger, on, ledger.owed(on));
      if (random() < paysToday(person, habit, on - late[0]!.dueOn, on)) {
        const howMuch = pick(random, habit.howMuch);
        const chosen = howMuch === "all" ? late : late.slice(0, 1);
        for (const ledger of chosen) pay(ledger, on, lateAmount(ledger, howMuch, habit, on, random));
      }
    } else if (due.length > 0 && random() >= missProbability(person, habit, on)) {
      for (const ledger of due) pay(ledger, on, onTimeAmount(ledger, habit, on, random));
    }
    const anyLate = ledgers.some((ledger) => ledger.dueOn <= on);
    on = anyLate ? addDays(on, 1) : nextDue(ledgers);
  }
  return { payments, ledgers };
}

function nextDue(ledgers: readonly Ledger[]): Day {
  let next: number = NEVER;
  for (const { dueOn } of ledgers) next = Math.min(next, dueOn);
  return next as Day;
}

/** The loan that is overdue longest first; of equal ones, the one paid out first. */
const inPayingOrder = (late: Ledger[]): Ledger[] =>
  late.sort((a, b) => a.dueOn - b.dueOn || a.state.disbursedOn - b.state.disbursedOn);

function onTimeAmount(ledger: Ledger, habit: Habit, on: Day, random: Random): Minor {
  if (random() < habit.prepays) return ledger.owedToClose(on);
  return roundedUp(ledger.owed(on), habit, random);
}

function lateAmount(ledger: Ledger, howMuch: HowMuch, habit: Habit, on: Day, random: Random): Minor {
  if (howMuch === "all" || howMuch === "loan") return roundedUp(ledger.owed(on), habit, random);
  const installment = ledger.owedOfOldest(on);
  if (howMuch === "installment") return roundedUp(installment, habit, random);
  const tens = Math.floor((installment * between(random, 20, 80)) / 100 / TEN_YUAN);
  return tens > 0 ? minor(tens * TEN_YUAN) : installment;
}

const YUAN = 100;
const TEN_YUAN = 1_000;

const roundedUp = (amount: Minor, habit: Habit, random: Random): Minor =>
  habit.roundsUp > 0 && random() < habit.roundsUp ? minor(Math.ceil(amount / YUAN) * YUAN) : amount;
