import { addDays, type Key, type LetterFact, ymd } from "../../core/index.ts";
import { composeLetter } from "../../documents/from-book.ts";
import type { Letter, LetterKind, LetterSubject } from "../../documents/letter.ts";
import { newLetterCode, verifyUrl } from "../../documents/letter-code.ts";
import { type CaseLife, type Check, casesOf, lettersOf, mayMove, passes } from "../../legal/index.ts";
import {
  atDesk,
  type DeskLoan,
  type DeskPerson,
  type DeskWish,
  type Draft,
  sha256Hex,
  takeLetterNumbers,
} from "../../store/index.ts";
import { checksOn, type Mandated, mandated, wordsCheck } from "./checks.ts";
import { debtOfBook } from "./debts.ts";
import { isDemand, type Office, type Outcome } from "./office.ts";

export interface DraftAsked {
  readonly kind: LetterKind;
  readonly language: Letter["language"];
  readonly by: string;
  readonly about?: LetterSubject;
  /** Id of the letter that this one corrects or withdraws. */
  readonly aboutLetter?: string;
  /** Letters to draft anew, with the figures of today, under their own numbers. */
  readonly again?: readonly string[];
  /** Loans that are meant; every accepted case without a letter where absent. */
  readonly loans?: readonly string[];
  readonly dryRun: boolean;
}

interface Wanted {
  readonly cases: readonly CaseLife[];
  readonly loans: readonly DeskLoan[];
  readonly mandate: Mandated;
  /** The letter that is drafted anew. */
  readonly before?: { readonly id: string; readonly number: string; readonly code: string };
}

/**
 * Drafts one letter a person and mandate, over all his accepted cases that have none yet.
 *
 * Gives   an outcome a letter, with every check; where one is missing or stops, nothing is drafted.
 * Holds   the figures are those of `position` today; one person gets one letter, not one a loan.
 */
export async function draftLetters(
  office: Office,
  owners: readonly Key[],
  asked: DraftAsked,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await atDesk(
    office.db,
    office.lender,
    owners,
    office.now,
    async (person, sql) => {
      const facts: LetterFact[] = [];
      const drafts: Draft[] = [];
      for (const wanted of wantedOf(office, person, asked)) {
        const { loans, mandate, before } = wanted;
        const checks: Check[] = checksOn(office, person, loans, mandate, asked.kind);
        const name = before?.id ?? loans.map(({ id }) => id).join(" ");
        if (!passes(checks)) {
          outcomes.push({ id: name, done: false, code: "preflight", checks });
          continue;
        }
        const { firm } = mandate;
        const year = ymd(person.today).year;
        const n = before || asked.dryRun ? 0 : await takeLetterNumbers(sql, office.lender, firm!.id, year, 1);
        const id = before?.id ?? `${firm!.id}-${year}-${String(n).padStart(6, "0")}`;
        const letter = letterFor(office, person, wanted, asked, {
          number: before?.number ?? numberOf(firm!.name, firm!.numbers, year, n),
          code: before?.code ?? newLetterCode(office.randomBytes),
        });
        const whole = [...checks, wordsCheck(office, person, letter)];
        const state = before ? person.letters.get(before.id)!.state : "none";
        const moved = mayMove(state, "LetterDrafted", {
          engagement: true,
          checks: passes(whole),
          owed: !isDemand(asked.kind) || letter.demanded > 0,
        });
        if (!moved.ok) {
          outcomes.push({ id: name, done: false, ...moved.refusal, checks: whole });
          continue;
        }
        outcomes.push({
          id: asked.dryRun && !before ? name : id,
          done: true,
          code: "drafted",
          checks: whole,
        });
        if (asked.dryRun) continue;
        const body = JSON.stringify(letter);
        drafts.push({
          id,
          kind: letter.kind,
          number: letter.number,
          code: letter.code,
          firm: firm!.id,
          engagement: mandate.engagement!.id,
          lawyer: mandate.lawyer!.id,
          dated: letter.on,
          answerBy: letter.answerBy,
          loans: loans.map((loan) => loan.id),
          body,
        });
        facts.push({
          kind: "LetterDrafted",
          on: person.today,
          at: office.now,
          id,
          by: asked.by,
          letter: letter.kind,
          number: letter.number,
          firm: firm!.id,
          engagement: mandate.engagement!.id,
          debts: loans.map((loan) => loan.id),
          cases: wanted.cases.map((one) => one.id),
          dated: letter.on,
          demanded: letter.demanded,
          answerBy: letter.answerBy,
          sha256: sha256Hex(body),
          checks: whole.map(({ check, state: found, proof, loan }) => ({
            check: loan === undefined ? check : `${check}/${loan}`,
            state: found,
            ...(proof === undefined ? {} : { proof }),
          })),
          ...(asked.aboutLetter === undefined ? {} : { about: asked.aboutLetter }),
        });
      }
      return facts.length === 0 ? undefined : ({ facts, drafts } satisfies DeskWish);
    },
    (done, of) => office.onProgress?.("draft", done, of),
  );
  return outcomes;
}

const ENDED: readonly string[] = ["stopped", "withdrawn", "replaced"];

function wantedOf(office: Office, person: DeskPerson, asked: DraftAsked): Wanted[] {
  const letters = [...lettersOf(person.facts).values()];
  const cases = [...casesOf(person.facts).values()].filter(({ state }) => state === "accepted");
  const of = (
    some: readonly CaseLife[],
    engagement: string,
    lawyer: string | undefined,
    before?: Wanted["before"],
  ): Wanted => ({
    cases: some,
    loans: person.loans.filter(({ id }) => some.some(({ offered }) => offered.debt === id)),
    mandate: mandated(office, engagement, lawyer),
    ...(before ? { before } : {}),
  });
  if (asked.again)
    return letters
      .filter(({ id, drafted }) => asked.again!.includes(id) && drafted.letter === asked.kind)
      .map(({ id, drafted }) => {
        const kept = person.letters.get(id)!;
        const some = [...casesOf(person.facts).values()].filter((one) => drafted.cases.includes(one.id));
        return of(some, drafted.engagement, kept.lawyer, { id, number: kept.number, code: kept.code });
      });
  const first = asked.kind === "demand" && asked.aboutLetter === undefined;
  const free = cases.filter(
    ({ id, offered }) =>
      (asked.loans === undefined || asked.loans.includes(offered.debt)) &&
      // A second demand takes the place of the first by its own command.
      !(
        first && letters.some((letter) => letter.drafted.cases.includes(id) && !ENDED.includes(letter.state))
      ),
  );
  const groups = new Map<string, CaseLife[]>();
  for (const one of free) {
    const key = `${one.offered.engagement}\n${one.lawyer}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((some) => of(some, some[0]!.offered.engagement, some[0]!.lawyer));
}

const numberOf = (firm: string, pattern: string | undefined, year: number, n: number): string =>
  (pattern ?? `（{year}）${firm}律函字第{n}号`)
    .replaceAll("{year}", String(year))
    .replaceAll("{n}", String(n));

function letterFor(
  office: Office,
  person: DeskPerson,
  { loans, mandate }: Wanted,
  asked: DraftAsked,
  { number, code }: { readonly number: string; readonly code: string },
): Letter {
  const { firm, lawyer, engagement } = mandate;
  const { terms } = office;
  return composeLetter(
    {
      kind: asked.kind,
      language: asked.language,
      number,
      code,
      verifyUrl: verifyUrl(terms.verifyBase, code as ReturnType<typeof newLetterCode>),
      on: person.today,
      firm: {
        name: firm!.name,
        licence: firm!.licence,
        address: firm!.address,
        phone: firm!.phone,
        ...(firm!.email === undefined ? {} : { email: firm!.email }),
      },
      lawyer: { name: lawyer!.name, licence: lawyer!.licence },
      client: {
        name: office.lender.name,
        phone: terms.phone,
        waysToPay: terms.waysToPay,
        objections: terms.objections,
      },
      addressee: {
        name: person.row.name!,
        ...(person.row.address === null ? {} : { address: person.row.address }),
      },
      mandate: { number: engagement!.id, signedOn: engagement!.signedOn },
      answerBy: addDays(person.today, terms.answerDays),
      ...(asked.about === undefined ? {} : { about: asked.about }),
      enclosures: isDemand(asked.kind) ? ENCLOSED[asked.language] : [],
      ...(terms.certificate === "trial" ? { development: true as const } : {}),
    },
    loans.flatMap((loan) => {
      const debt = debtOfBook(office, loan, person.today);
      return debt ? [debt] : [];
    }),
  );
}

const ENCLOSED = {
  "zh-CN": ["借款合同", "放款凭证", "账户明细"],
  en: ["Loan contract", "Record of pay-out", "Statement of account"],
} as const;
