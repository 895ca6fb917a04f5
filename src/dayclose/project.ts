import { addDays, type Day, type Fact, type Instant, instantAt, NEVER } from "../core/index.ts";
import type { ContactMade, StepKind } from "../policy/index.ts";
import { isQuestion } from "../strategy/index.ts";
import { closeBorrower } from "./close.ts";
import type { Action, CloseContext, ClosedBorrower, WokenBorrower, WokenLoan } from "./types.ts";

/** Local calendar days of contacts that the gate is shown; the store's close has the same. */
const CONTACT_DAYS = 8;

/**
 * What the closes through a day make of a borrower if nothing else happens: nobody pays, no hold comes or goes.
 *
 * Takes   him as a close would be given him. What is planned on one day is taken as done when the next is judged: a message
 *         as sent at its slot, a call as made with an outcome that nobody knows. `supposed` are contacts that somebody else
 *         makes meanwhile; each is known from the day after it.
 * Gives   what a close gives, over all the days.
 */
export function projectBorrower(
  borrower: WokenBorrower,
  through: Day,
  context: CloseContext,
  supposed: readonly ContactMade[] = [],
): ClosedBorrower {
  let loans: readonly WokenLoan[] = borrower.loans;
  let contacts = borrower.contacts;
  const facts: Fact[][] = loans.map(() => []);
  const actions: Action[] = [];
  for (;;) {
    const day = nextDay(loans);
    if (day > through || day === NEVER) break;
    const since = instantAt(context.zone, addDays(day, -CONTACT_DAYS), 0);
    const known = supposed.length === 0 ? contacts : [...contacts, ...before(supposed, day, context.zone)];
    const closed = closeBorrower({ ...borrower, loans, contacts: recent(known, since) }, day, context);
    closed.loans.forEach((one, i) => {
      facts[i]!.push(...one.facts);
    });
    actions.push(...closed.actions);
    const made = closed.actions.filter(({ act }) => !isQuestion(act)).map(contactOf);
    if (made.length > 0) contacts = [...contacts, ...made];
    loans = loans.map(({ waiting, journal }, i): WokenLoan => {
      const loan = closed.loans[i]!.after;
      const rest = waiting.length === 0 ? waiting : waiting.filter(({ on }) => on > day);
      return journal
        ? { loan, waiting: rest, journal: [...journal, ...closed.loans[i]!.facts] }
        : { loan, waiting: rest };
    });
  }
  return {
    loans: borrower.loans.map(({ loan }, i) => ({ before: loan, after: loans[i]!.loan, facts: facts[i]! })),
    actions,
  };
}

function nextDay(loans: readonly WokenLoan[]): Day {
  let next: number = NEVER;
  for (const { loan, waiting } of loans) next = Math.min(next, loan.wakeOn, waiting[0]?.on ?? NEVER);
  return next as Day;
}

function before(contacts: readonly ContactMade[], day: Day, zone: string): readonly ContactMade[] {
  const start = instantAt(zone, day, 0);
  return contacts.filter(({ at }) => at < start);
}

const recent = (contacts: readonly ContactMade[], since: Instant): readonly ContactMade[] =>
  contacts.every(({ at }) => at >= since) ? contacts : contacts.filter(({ at }) => at >= since);

const contactOf = ({ via, slot, act }: Action): ContactMade => ({
  at: slot,
  kind: via as StepKind,
  outcome: act === "call" ? "unknown" : "sent",
});
