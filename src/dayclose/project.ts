import {
  addDays,
  CONTACT_DAYS,
  type Day,
  type Fact,
  type Instant,
  instantAt,
  type LoanState,
  NEVER,
} from "../core/index.ts";
import type { BookedContact, StepKind } from "../policy/index.ts";
import { isQuestion } from "../strategy/index.ts";
import { closeBorrower } from "./close.ts";
import type { Action, CloseContext, ClosedBorrower, WokenBorrower, WokenLoan } from "./types.ts";

/**
 * What the closes through a day make of a borrower if nothing else happens: nobody pays, no hold comes or goes.
 *
 * Takes   him as a close would be given him. What is planned on one day is taken as done when the next is judged: a message
 *         as sent at its slot, a call as made with an outcome that nobody knows. `supposed` are contacts that somebody else
 *         makes meanwhile, each booked on the day from which it is known.
 * Gives   what a close gives, over all the days.
 */
export function projectBorrower(
  borrower: WokenBorrower,
  through: Day,
  context: CloseContext,
  supposed: readonly BookedContact[] = [],
): ClosedBorrower {
  const contacts = supposed.length === 0 ? borrower.contacts : [...borrower.contacts, ...supposed];
  let now: WokenBorrower = { ...borrower, contacts };
  const facts: Fact[][] = borrower.loans.map(() => []);
  const states: LoanState[][] = borrower.loans.map(() => []);
  const actions: Action[] = [];
  for (;;) {
    const day = nextDay(now.loans);
    if (day > through || day === NEVER) break;
    const since = instantAt(context.zone, addDays(day, -CONTACT_DAYS), 0);
    const closed = closeBorrower({ ...now, contacts: recent(now.contacts, since) }, day, context);
    closed.loans.forEach((one, i) => {
      facts[i]!.push(...one.facts);
      states[i]!.push(...one.states);
    });
    actions.push(...closed.actions);
    now = afterClosed(now, closed, day);
  }
  return {
    loans: borrower.loans.map(({ loan }, i) => ({
      before: loan,
      after: now.loans[i]!.loan,
      facts: facts[i]!,
      states: states[i]!,
    })),
    actions,
  };
}

/** The borrower as the next close would be given him, once what closes planned through a day was done. */
export function afterClosed(borrower: WokenBorrower, closed: ClosedBorrower, through: Day): WokenBorrower {
  const made = closed.actions.filter(({ act }) => !isQuestion(act)).map(contactOf);
  const loans = borrower.loans.map((woken, i): WokenLoan => {
    const { after: loan, facts } = closed.loans[i]!;
    const { waiting, journal } = woken;
    const rest = waiting.length === 0 ? waiting : waiting.filter(({ on }) => on > through);
    return { ...woken, loan, waiting: rest, ...(journal ? { journal: [...journal, ...facts] } : {}) };
  });
  return {
    ...borrower,
    loans,
    contacts: made.length > 0 ? [...borrower.contacts, ...made] : borrower.contacts,
  };
}

function nextDay(loans: readonly WokenLoan[]): Day {
  let next: number = NEVER;
  for (const { loan, waiting } of loans) next = Math.min(next, loan.wakeOn, waiting[0]?.on ?? NEVER);
  return next as Day;
}

const recent = (contacts: readonly BookedContact[], since: Instant): readonly BookedContact[] =>
  contacts.every(({ made }) => made.at >= since) ? contacts : contacts.filter(({ made }) => made.at >= since);

/** Known from the day after: what is planned on a day is judged before anything of that day went out. */
const contactOf = ({ on, via, slot, act }: Action): BookedContact => ({
  on: addDays(on, 1),
  made: { at: slot, kind: via as StepKind, outcome: act === "call" ? "unknown" : "sent" },
});
