import { type Day, decimalsOf, formatDay, type Minor } from "../../core/index.ts";
import type { EventRecord } from "../../intake/index.ts";
import type { ProceedingLife, recordMove } from "../../legal/index.ts";
import type { DeskPerson } from "../../store/index.ts";
import type { Court } from "./desk.ts";

export interface Money {
  readonly money: readonly EventRecord[];
  readonly booked: readonly string[];
  readonly fed: readonly string[];
}
export const NO_MONEY: Money = { money: [], booked: [], fed: [] };

export const decimalsFor = (person: DeskPerson, { debts }: ProceedingLife): number =>
  decimalsOf(person.loans.find(({ id }) => id === debts[0])!.product.terms.currency);

export const kept = (person: DeskPerson, debt: string): boolean =>
  person.loans.find(({ id }) => id === debt)?.product.source === "kept";

/** The sums that are in force, as entries of the ledgers; a core system that keeps its own balance has to be told. */
export function judgmentsOf(
  _court: Court,
  person: DeskPerson,
  on: Day,
  award: NonNullable<Extract<ReturnType<typeof recordMove>, { ok: true }>["award"]>,
  decimals: number,
): Money {
  const { sums, countedTo, performBy, entry } = award;
  const ours = sums.filter(({ debt }) => kept(person, debt));
  const text = (minor: Minor): string => plainMoney(minor, decimals);
  return {
    money: ours.map(({ debt, principal, interest, costs, interestE8ADay }) =>
      moneyEvent(debt, entry, {
        kind: "judgment",
        on: formatDay(countedTo),
        bookedOn: formatDay(on),
        principal: text(principal),
        interest: text(interest),
        costs: text(costs),
        performBy: formatDay(performBy),
        ...(interestE8ADay === undefined ? {} : { percentADay: percentText(interestE8ADay) }),
      }),
    ),
    booked: ours.map(({ debt }) => debt),
    fed: sums.filter(({ debt }) => !kept(person, debt)).map(({ debt }) => debt),
  };
}

export const moneyEvent = (loanId: string, id: string, event: Record<string, unknown>): EventRecord => ({
  kind: "event",
  line: 1,
  loanId,
  id,
  event: { id, ...event } as EventRecord["event"],
});

function plainMoney(minor: Minor, decimals: number): string {
  if (decimals === 0) return String(minor);
  const text = String(minor).padStart(decimals + 1, "0");
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/** 1e-8 a day as percent a day: 50000 is 0.05. */
const percentText = (e8: number): string => {
  const text = String(e8).padStart(7, "0");
  return `${text.slice(0, -6)}.${text.slice(-6)}`.replace(/\.?0+$/, "");
};
