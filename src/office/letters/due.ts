import {
  dayAt,
  decimalsOf,
  type Fact,
  formatDay,
  type LetterFact,
  type LetterLifeFact,
  type LetterState,
  parseMoney,
} from "../../core/index.ts";
import { casesOf, isSilent, type LetterLife, lettersOf, mayMove, nextStepFor } from "../../legal/index.ts";
import { atDesk, type DeskPerson, listCases, listLetters } from "../../store/index.ts";
import { INSIDE } from "./cases.ts";
import { isDemand, momentOf, type Office, type Outcome } from "./office.ts";
import { followLetter } from "./tracked.ts";

/** States in which time alone, or money, can still bring something about. */
const WATCHED: readonly LetterState[] = [
  "drafted",
  "approved",
  "sent-back",
  "signed",
  "handed-over",
  "delivered",
  "refused",
  "returned",
  "unknown",
  "answered",
  "deadline-passed",
];

/**
 * What has fallen due on letters and cases: stopped or answered by money, lost sight of, past their deadline, with a next step
 * proposed; and cases that are paid called back. Run it again: nothing is said twice.
 */
export async function lettersDue(office: Office): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const { db, lender, now } = office;
  const letters = await listLetters(db, lender, { states: WATCHED });
  const cases = await listCases(db, lender, { states: ["offered", "accepted"] });
  await atDesk(
    db,
    lender,
    [...letters, ...cases].map(({ owner }) => owner),
    now,
    (person) => {
      const facts: LetterFact[] = [];
      for (const life of lettersOf(person.facts).values())
        if (WATCHED.includes(life.state) && person.letters.has(life.id))
          facts.push(...dueOf(office, person, life));
      facts.push(...paidCases(office, person));
      for (const fact of facts)
        outcomes.push({ id: fact.id, done: true, code: CODES[fact.kind] ?? fact.kind });
      return facts.length === 0 ? undefined : { facts };
    },
    (done, of) => office.onProgress?.("letters due", done, of),
  );
  return outcomes;
}

const CODES: Readonly<Partial<Record<LetterFact["kind"], string>>> = {
  LetterStopped: "stopped",
  LetterAnswered: "answered",
  LetterLost: "unknown",
  LetterDeadlinePassed: "deadline-passed",
  NextStepProposed: "next-proposed",
  CaseRecalled: "recalled",
};

function dueOf(office: Office, person: DeskPerson, life: LetterLife): LetterLifeFact[] {
  const { id, drafted } = life;
  const base = { on: person.today, at: office.now, id, by: "close" };
  const { moment } = momentOf(office, person, id);
  const facts: LetterLifeFact[] = [];
  let state: LetterState = life.state;
  const go = (fact: LetterLifeFact, more: Parameters<typeof mayMove>[2] = {}): void => {
    const moved = mayMove(state, fact.kind, more);
    if (!moved.ok) return;
    state = moved.to;
    facts.push(fact);
  };
  if (moment.owed === false && isDemand(drafted.letter)) {
    if (INSIDE.includes(state))
      go(
        { ...base, kind: "LetterStopped", why: "paid", says: "what it asks for is paid" },
        { reason: "paid" },
      );
    else if (state !== "answered") {
      const paid = lastPayment(person, drafted.debts);
      go({
        ...base,
        kind: "LetterAnswered",
        answer: "paid",
        dated: paid?.valueOn ?? person.today,
        ...(paid ? { proof: paid.id } : {}),
      });
    }
    return facts;
  }
  // The carrier may have been quicker than the run that handed it over.
  const word = person.facts.findLast(
    (fact) =>
      (fact.kind === "LetterTracked" || fact.kind === "DeliveryReported") &&
      fact.action === life.handedOver?.action,
  );
  if (word && (word.kind === "LetterTracked" || word.kind === "DeliveryReported")) {
    const fact = followLetter({ id, state }, word);
    if (fact) go({ ...fact, on: person.today }, { proof: word.id });
  }
  const handed = life.handedOver && dayAt(person.zone, life.handedOver.at);
  if (state === "handed-over" && handed !== undefined && isSilent(handed, person.today))
    go({ ...base, kind: "LetterLost", days: person.today - handed }, { silence: true });
  if ((state === "delivered" || state === "refused") && person.today > drafted.answerBy)
    go({ ...base, kind: "LetterDeadlinePassed", answerBy: drafted.answerBy }, { deadline: true });
  if (PROPOSING.includes(state) && !(state === "answered" && wasPaid(life))) {
    const next = nextStepFor(
      { ...life, state, facts: [...life.facts, ...facts] },
      isSmall(office, person, life),
    );
    go({ ...base, kind: "NextStepProposed", next: next.next, why: next.why.en }, { reason: next.why.en });
  }
  return facts;
}

const PROPOSING: readonly LetterState[] = ["returned", "unknown", "answered", "deadline-passed"];

const wasPaid = ({ facts }: LetterLife): boolean =>
  facts.findLast((fact) => fact.kind === "LetterAnswered")?.answer === "paid";

function isSmall({ terms }: Office, person: DeskPerson, { drafted }: LetterLife): boolean {
  const currency = person.loans.find(({ id }) => drafted.debts.includes(id))?.product.terms.currency ?? "CNY";
  return drafted.demanded <= (parseMoney(terms.small, decimalsOf(currency)) ?? 0);
}

function lastPayment(person: DeskPerson, debts: readonly string[]) {
  const payments = person.loans
    .filter(({ id }) => debts.includes(id))
    .flatMap(({ facts }) => facts)
    .filter((fact): fact is Extract<Fact, { kind: "PaymentReceived" }> => fact.kind === "PaymentReceived");
  return payments.sort((a, b) => a.valueOn - b.valueOn).at(-1);
}

/** Cases whose loan owes nothing any more go back to the lender. */
function paidCases(office: Office, person: DeskPerson): LetterFact[] {
  return [...casesOf(person.facts).values()].flatMap(({ id, state, offered }) => {
    if (state !== "offered" && state !== "accepted") return [];
    const loan = person.loans.find((one) => one.id === offered.debt);
    if (!loan || loan.loan.status === "open" || loan.loan.status === "written-off") return [];
    return [
      {
        kind: "CaseRecalled",
        on: person.today,
        at: office.now,
        id,
        by: "close",
        why: loan.loan.status === "paid-off" ? "paid" : "other",
        reason: `${loan.loan.status} ${formatDay(person.today)}`,
      } as const,
    ];
  });
}
