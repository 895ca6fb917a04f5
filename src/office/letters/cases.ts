import {
  actionId,
  type CaseFact,
  type CaseRecallReason,
  type CaseState,
  type Key,
  keyToNumber,
  type LetterFact,
} from "../../core/index.ts";
import { casesOf, engagementInForce, lawyerInForce, lettersOf, mayCase } from "../../legal/index.ts";
import { type AskedLetter, atDesk, type KeptCase, lettersAsked, ownersOfLoans } from "../../store/index.ts";
import { mandated } from "./checks.ts";
import { type Office, type Outcome, todayOf } from "./office.ts";

export interface OfferAsked {
  readonly engagement: string;
  readonly batch: string;
  readonly by: string;
  /** These loans; else every one for which a strategy asks for a lawyer's letter. */
  readonly loans?: readonly string[];
  readonly dryRun: boolean;
}

/** Offers loans to the firm of an engagement, as cases of one batch. A loan that is a firm's case already is not offered again. */
export async function offerCases(office: Office, asked: OfferAsked): Promise<Outcome[]> {
  const { db, lender, now } = office;
  const outcomes: Outcome[] = [];
  const { engagement, firm } = mandated(office, asked.engagement, undefined);
  if (!engagement || !firm?.active || !engagementInForce(engagement, todayOf(office)))
    return [
      no(
        asked.engagement,
        "no-engagement",
        "the engagement is not in force today",
        "委托合同当日不在有效期内",
      ),
    ];
  const questions = asked.loans ? [] : await lettersAsked(db, lender);
  const wanted = asked.loans ? await ownersOfLoans(db, lender, asked.loans) : undefined;
  for (const id of asked.loans ?? [])
    if (!wanted!.has(id))
      outcomes.push(no(id, "unknown-loan", `no loan ${id} in the book`, `没有贷款 ${id}`));
  const owners = wanted ? [...wanted.values()] : questions.map(({ owner }) => owner);
  await atDesk(db, lender, owners, now, (person) => {
    const open = [...casesOf(person.facts).values()].filter(
      ({ state }) => state === "offered" || state === "accepted",
    );
    const mine = questions.filter(({ owner }) => keyToNumber(owner) === keyToNumber(person.key));
    const asking = (n: number) => mine.find(({ steps }) => steps.some((step) => step.n === n));
    const facts: CaseFact[] = [];
    const answered: AskedLetter[] = [];
    for (const { id, key } of person.loans) {
      const question = asking(key.n);
      if (wanted ? !asked.loans!.includes(id) : question === undefined) continue;
      const other = open.find(({ offered }) => offered.debt === id);
      if (other) {
        outcomes.push(
          no(id, "case-open", `it is ${other.state}: ${other.id}`, `已有案件 ${other.id}（${other.state}）`),
        );
        continue;
      }
      const n = [...casesOf(person.facts).values()].filter(({ offered }) => offered.debt === id).length;
      const caseId = `case/${id}/${n + 1}`;
      facts.push({
        kind: "CaseOffered",
        on: person.today,
        at: now,
        id: caseId,
        by: asked.by,
        debt: id,
        firm: firm.id,
        engagement: engagement.id,
        batch: asked.batch,
        ...(question ? { action: actionNamed(question) } : {}),
      });
      if (question) answered.push(question);
      outcomes.push({ id: caseId, done: true, code: "offered" });
    }
    return asked.dryRun || facts.length === 0 ? undefined : { facts, answered };
  });
  return outcomes;
}

const actionNamed = ({ owner, on, act, item }: AskedLetter): string =>
  `${owner.bucket}-${owner.n}/${actionId(on, act === ASK_LETTER ? "ask-letter" : "ask", item)}`;
const ASK_LETTER = 5;

const no = (id: string, code: string, en: string, zh: string): Outcome => ({
  id,
  done: false,
  code,
  says: { en, zh },
});

export interface CaseMove {
  readonly to: Exclude<CaseState, "offered">;
  readonly by: string;
  readonly lawyer?: string;
  readonly reason?: string;
  readonly why?: CaseRecallReason;
  readonly dryRun: boolean;
}

/**
 * Accepts, declines or recalls cases.
 *
 * Holds   a recalled or declined case stops its letters that have not left the house; accepting names a lawyer whose licence is
 *         valid today.
 */
export async function moveCases(
  office: Office,
  cases: readonly KeptCase[],
  move: CaseMove,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const owners: Key[] = cases.map(({ owner }) => owner);
  await atDesk(office.db, office.lender, owners, office.now, (person) => {
    const lives = casesOf(person.facts);
    const facts: LetterFact[] = [];
    for (const { id, engagement } of cases.filter(
      (one) => keyToNumber(one.owner) === keyToNumber(person.key),
    )) {
      const life = lives.get(id)!;
      const refusal = mayCase(life.state, move.to, move.reason);
      if (refusal) {
        outcomes.push({ id, done: false, ...refusal });
        continue;
      }
      const base = { on: person.today, at: office.now, id, by: move.by };
      if (move.to === "accepted") {
        const mandate = mandated(office, engagement, move.lawyer);
        if (
          !mandate.engagement ||
          !mandate.lawyer ||
          !lawyerInForce(mandate.lawyer, mandate.engagement, person.today)
        ) {
          outcomes.push(
            no(
              id,
              "case-no-lawyer",
              "name a lawyer whom the engagement names and whose licence is valid today: --lawyer",
              "须以 --lawyer 指明委托合同载明且执业证有效的律师",
            ),
          );
          continue;
        }
        facts.push({ kind: "CaseAccepted", ...base, lawyer: mandate.lawyer.id });
      } else {
        if (move.to === "declined") facts.push({ kind: "CaseDeclined", ...base, reason: move.reason! });
        else
          facts.push({
            kind: "CaseRecalled",
            ...base,
            why: move.why ?? "other",
            ...(move.reason === undefined ? {} : { reason: move.reason }),
          });
        for (const letter of lettersOf(person.facts).values())
          if (letter.drafted.cases.includes(id) && INSIDE.includes(letter.state))
            facts.push({
              kind: "LetterStopped",
              ...base,
              id: letter.id,
              why: move.why === "paid" ? "paid" : "recalled",
              says: `${id} ${move.to}`,
            });
      }
      outcomes.push({ id, done: true, code: move.to });
    }
    return move.dryRun || facts.length === 0 ? undefined : { facts };
  });
  return outcomes;
}

/** States of a letter that has not left the house. */
export const INSIDE: readonly string[] = ["drafted", "approved", "sent-back", "signed"];
