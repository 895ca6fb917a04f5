import { addDays, type Day, daysInMonth, ymd } from "../core/index.ts";
import { between, pick, type Random } from "./random.ts";

/** How a person pays while nothing changes in his life. All figures are probabilities. */
export interface Habit {
  /** That a due day passes unpaid. */
  readonly misses: number;
  /** The same when payday comes only in the next eight days. */
  readonly missesBeforePayday: number;
  /** That another loan's due day passes unpaid while one is already overdue. */
  readonly missesWhileLate: number;
  /** That he pays something on one day, by days past due: 1-7, 8-30, 31-60, 61-90, later. */
  readonly paysADay: readonly [number, number, number, number, number];
  /** The same on payday, where that is more. */
  readonly paysOnPayday: readonly [number, number, number, number, number];
  /** What he pays then, by weight. */
  readonly howMuch: readonly (readonly [share: number, choice: HowMuch])[];
  /** That a payment on time is all that is left of the loan. */
  readonly prepays: number;
  /** That he types an amount himself, and rounds it up to a whole yuan. */
  readonly roundsUp: number;
}

/**
 * `all`: what is overdue or due today on all his loans. `loan`: the same for the loan that is overdue longest.
 * `installment`: its oldest installment with the late interest. `part`: a round sum below that.
 */
export type HowMuch = "all" | "loan" | "installment" | "part";

const NEVER_PAYS = [0, 0, 0, 0, 0] as const;

/** The model's parameters, all in one place. They were set by hand until the roll rates lay in their target ranges. */
export const HABITS = {
  // A direct debit that seldom bounces; when it does, he tops up the account within days.
  debit: {
    misses: 0.017,
    missesBeforePayday: 0.017,
    missesWhileLate: 0.1,
    paysADay: [0.42, 0.22, 0.1, 0.05, 0.02],
    paysOnPayday: [0.6, 0.5, 0.3, 0.1, 0.05],
    howMuch: [[1, "all"]],
    prepays: 0.008,
    roundsUp: 0,
  },
  forgetful: {
    misses: 0.07,
    missesBeforePayday: 0.07,
    missesWhileLate: 0.4,
    paysADay: [0.26, 0.1, 0.05, 0.03, 0.01],
    paysOnPayday: [0.26, 0.15, 0.1, 0.05, 0.02],
    howMuch: [
      [0.85, "all"],
      [0.15, "loan"],
    ],
    prepays: 0.006,
    roundsUp: 0.1,
  },
  short: {
    misses: 0.04,
    missesBeforePayday: 0.2,
    missesWhileLate: 0.6,
    paysADay: [0.08, 0.06, 0.02, 0.01, 0.004],
    paysOnPayday: [0.8, 0.7, 0.3, 0.15, 0.08],
    howMuch: [
      [0.6, "all"],
      [0.2, "loan"],
      [0.14, "installment"],
      [0.06, "part"],
    ],
    prepays: 0.003,
    roundsUp: 0.1,
  },
  hardship: {
    misses: 0.9,
    missesBeforePayday: 0.95,
    missesWhileLate: 0.97,
    paysADay: [0.02, 0.016, 0.018, 0.012, 0.006],
    paysOnPayday: [0.2, 0.2, 0.25, 0.15, 0.05],
    howMuch: [
      [0.25, "all"],
      [0.2, "loan"],
      [0.35, "installment"],
      [0.2, "part"],
    ],
    prepays: 0,
    roundsUp: 0.1,
  },
  gone: {
    misses: 1,
    missesBeforePayday: 1,
    missesWhileLate: 1,
    paysADay: NEVER_PAYS,
    paysOnPayday: NEVER_PAYS,
    howMuch: [[1, "all"]],
    prepays: 0,
    roundsUp: 0,
  },
} as const satisfies Record<string, Habit>;

export type HabitName = keyof typeof HABITS;

/** What a person is like and what befalls him. Nobody outside the model sees it: a lender sees only payments. */
export interface Kind {
  readonly share: number;
  readonly before: HabitName;
  /** From an unforeseen day on; absent where nothing changes. */
  readonly event?: {
    readonly habit: HabitName;
    /** How many days it lasts; absent where it does not end. */
    readonly days?: readonly [least: number, most: number];
    readonly after?: HabitName;
    /** It concerns only his first loan, which he stops paying; he pays the others as before. */
    readonly firstLoanOnly?: true;
  };
}

export const KINDS = {
  punctual: { share: 0.545, before: "debit" },
  forgetful: { share: 0.21, before: "forgetful" },
  "short-before-payday": { share: 0.16, before: "short" },
  hardship: { share: 0.05, before: "short", event: { habit: "hardship", days: [60, 300], after: "short" } },
  dispute: {
    share: 0.012,
    before: "debit",
    event: { habit: "gone", days: [25, 150], after: "debit", firstLoanOnly: true },
  },
  absconded: { share: 0.012, before: "forgetful", event: { habit: "gone" } },
  deceased: { share: 0.003, before: "debit", event: { habit: "gone" } },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

const PAYDAYS = [5, 10, 15, 20, 25, 31] as const;

/** One person of the model. */
export interface Person {
  readonly kind: KindName;
  /** Day of the month; 31 for the last day of each month. */
  readonly payday: number;
  /** First and last day of what befell him. */
  readonly struckOn?: Day;
  readonly struckUntil?: Day;
}

export function drawKind(random: Random): KindName {
  return pick(
    random,
    Object.entries(KINDS).map(([name, kind]) => [kind.share, name as KindName] as const),
  );
}

/** The day on which his life changes lies anywhere between his first due day and the end of the book, or after it. */
export function drawPerson(random: Random, kind: KindName, firstDueOn: Day, through: Day): Person {
  const payday = PAYDAYS[between(random, 0, PAYDAYS.length - 1)]!;
  const { event } = KINDS[kind] as Kind;
  if (!event) return { kind, payday };
  const struckOn = between(random, firstDueOn, Math.max(firstDueOn, through) + 30) as Day;
  if (!event.days) return { kind, payday, struckOn };
  return { kind, payday, struckOn, struckUntil: addDays(struckOn, between(random, ...event.days)) };
}

export const isStruck = (person: Person, on: Day): boolean =>
  person.struckOn !== undefined && on >= person.struckOn && on <= (person.struckUntil ?? on);

/** Whether he withholds his first loan, and only that. */
export const disputesOn = (person: Person, on: Day): boolean =>
  (KINDS[person.kind] as Kind).event?.firstLoanOnly === true && isStruck(person, on);

export function habitOn(person: Person, on: Day): Habit {
  const { before, event } = KINDS[person.kind] as Kind;
  if (!event || person.struckOn === undefined || on < person.struckOn) return HABITS[before];
  if (isStruck(person, on)) return HABITS[event.firstLoanOnly ? before : event.habit];
  return HABITS[event.after ?? before];
}

/** 0 on payday itself. */
export function daysToPayday(payday: number, on: Day): number {
  const { year, month, day } = ymd(on);
  const length = daysInMonth(year, month);
  const target = Math.min(payday, length);
  // Past it, the next one is in the next month, and not 31: that one would be today at the latest.
  return target >= day ? target - day : length - day + payday;
}

/** The probability of a payment on a day by days past due. */
export function paysToday(person: Person, habit: Habit, dpd: number, on: Day): number {
  const age = dpd <= 7 ? 0 : dpd <= 30 ? 1 : dpd <= 60 ? 2 : dpd <= 90 ? 3 : 4;
  return daysToPayday(person.payday, on) === 0 ? habit.paysOnPayday[age] : habit.paysADay[age];
}

export const missProbability = (person: Person, habit: Habit, on: Day): number => {
  if (habit.misses === habit.missesBeforePayday) return habit.misses;
  const wait = daysToPayday(person.payday, on);
  return wait >= 1 && wait <= 8 ? habit.missesBeforePayday : habit.misses;
};
