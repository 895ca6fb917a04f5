import {
  borrowerN,
  type Day,
  formatDay,
  isSameKey,
  type Key,
  type Minor,
  type Procedure,
  type ProceedingKind,
  type ProceedingOpened,
} from "../../core/index.ts";
import {
  engagementInForce,
  isOverState,
  lawyerInForce,
  type ProceedingLife,
  type ProceedingNo,
  proceedingsOf,
} from "../../legal/index.ts";
import {
  atCourt,
  type CourtWish,
  type DeskPerson,
  engagements,
  findKeys,
  firmLawyers,
  type Lender,
} from "../../store/index.ts";
import type { Act } from "../../strategy/index.ts";
import { bookedOn, type Court, done, no, type Outcome, wishOf } from "./desk.ts";

export interface OpenAsked {
  readonly loans: readonly string[];
  readonly way: ProceedingKind;
  readonly court: string;
  readonly procedure?: Procedure;
  readonly dated: Day;
  readonly claimed?: Minor;
  readonly firm?: string;
  readonly engagement?: string;
  readonly lawyer?: string;
  readonly letter?: string;
  readonly after?: string;
  readonly id?: string;
}

const PREFIX: Readonly<Record<ProceedingKind, string>> = { mediation: "M", "payment-order": "PO", suit: "S" };
const ANSWERS: Readonly<Record<ProceedingKind, Act>> = {
  mediation: "ask-mediation",
  "payment-order": "ask-payment-order",
  suit: "ask-suit",
};

/** Opens a proceeding about loans of one borrower, and answers the question of the strategy that asked for it. Nothing is filed. */
export async function openProceeding(court: Court, asked: OpenAsked, dryRun: boolean): Promise<Outcome> {
  const { db, lender, now } = court;
  const id = asked.id ?? usualId(asked);
  const mandate = await mandateTrouble(court, asked);
  if (mandate) return { done: false, id, refusal: mandate };
  const keys = await findKeys(db, lender, asked.loans);
  const missing = asked.loans.find((loan) => !keys.has(loan));
  if (missing) return no(id, "unknown-loan", `no loan ${missing} in the book`, `没有贷款 ${missing}`);
  const owner = ownerOf(keys.get(asked.loans[0]!)!);
  const stranger = asked.loans.find((loan) => !isSameKey(ownerOf(keys.get(loan)!), owner));
  if (stranger)
    return no(
      id,
      "two-borrowers",
      `${stranger} is another borrower's; open a proceeding for each`,
      `${stranger} 属于另一借款人，请分别建立`,
    );
  const told = await atCourt(
    db,
    lender.code,
    owner,
    now,
    (person, held): { readonly wish?: CourtWish; readonly told: Outcome } => {
      const opened = openedFact(court, person, held, asked, id);
      const lives = proceedingsOf(person.facts);
      const trouble = openTrouble(person, lives, opened);
      if (trouble === "known") return { told: { ...done(court, person, lives.get(id)!), known: true } };
      if (trouble) return { told: { done: false, id, refusal: trouble } as const };
      const life = proceedingsOf([opened]).get(id)!;
      const loans = asked.loans.map((loan) => keys.get(loan)!);
      return {
        wish: wishOf(court, held, person, [opened], life, { act: ANSWERS[asked.way], loans }),
        told: done(court, person, life),
      };
    },
    { dryRun },
  );
  return told ?? no(id, "unknown-borrower", "the borrower is gone", "借款人已不存在");
}

const usualId = ({ way, loans, dated }: OpenAsked): string =>
  `${PREFIX[way]}-${loans[0]}-${formatDay(dated).replaceAll("-", "")}`;

const ownerOf = ({ bucket, n }: Key): Key => ({ bucket, n: borrowerN(n) });

async function mandateTrouble({ db, lender }: Court, asked: OpenAsked): Promise<ProceedingNo | undefined> {
  const { engagement: name, firm, lawyer: who, dated } = asked;
  if (name === undefined) return undefined;
  const engagement = (await engagements(db, lender)).find(({ id }) => id === name);
  if (
    !engagement ||
    !engagementInForce(engagement, dated) ||
    (firm !== undefined && engagement.firm !== firm)
  )
    return {
      code: "no-engagement",
      says: {
        en: `engagement ${name} is not in force on ${formatDay(dated)}${firm === undefined ? "" : ` with ${firm}`}; arrears firm list shows them`,
        zh: `委托合同 ${name} 在 ${formatDay(dated)} 不在有效期内${firm === undefined ? "" : `（${firm}）`}；arrears firm list 可查`,
      },
    };
  if (who === undefined) return undefined;
  const lawyer = (await firmLawyers(db, lender)).find(
    (one) => one.firm === engagement.firm && one.id === who,
  );
  return lawyer && lawyerInForce(lawyer, engagement, dated)
    ? undefined
    : {
        code: "no-lawyer",
        says: {
          en: `${who} is not named in ${name}, or his licence is not valid on ${formatDay(dated)}`,
          zh: `${who} 未载于委托合同 ${name}，或其执业证当日无效`,
        },
      };
}

function openedFact(
  court: Court,
  person: DeskPerson,
  lender: Lender,
  asked: OpenAsked,
  id: string,
): ProceedingOpened {
  const { procedure, claimed, firm, engagement, lawyer, letter, after } = asked;
  return {
    kind: "ProceedingOpened",
    on: bookedOn(person, lender),
    at: court.now,
    id,
    by: court.by,
    way: asked.way,
    court: asked.court,
    debts: asked.loans,
    dated: asked.dated,
    ...(procedure === undefined ? {} : { procedure }),
    ...(claimed === undefined ? {} : { claimed }),
    ...(firm === undefined ? {} : { firm }),
    ...(engagement === undefined ? {} : { engagement }),
    ...(lawyer === undefined ? {} : { lawyer }),
    ...(letter === undefined ? {} : { letter }),
    ...(after === undefined ? {} : { after }),
  };
}

function openTrouble(
  person: DeskPerson,
  lives: ReadonlyMap<string, ProceedingLife>,
  opened: ProceedingOpened,
): ProceedingNo | "known" | undefined {
  const before = lives.get(opened.id);
  if (before) {
    const { on: _on, at: _at, by: _by, ...said } = opened;
    const { on: _o, at: _a, by: _b, ...was } = before.opened;
    if (JSON.stringify(Object.entries(said).sort()) === JSON.stringify(Object.entries(was).sort()))
      return "known";
    return {
      code: "differs-from-accepted",
      says: {
        en: `${opened.id} was opened before with other content; give another --id`,
        zh: `${opened.id} 已存在且内容不同，请另用 --id`,
      },
    };
  }
  if (opened.dated > bookedDay(person))
    return {
      code: "future-day",
      says: {
        en: `${formatDay(opened.dated)} is still to come`,
        zh: `${formatDay(opened.dated)} 尚未到来`,
      },
    };
  for (const debt of opened.debts) {
    const { loan } = person.loans.find(({ id }) => id === debt)!;
    if (loan.status === "open" || loan.status === "written-off") continue;
    return {
      code: "nothing-owed",
      says: {
        en: `${debt} is ${loan.status}: nothing is owed on it to this lender`,
        zh: `${debt} 状态为 ${loan.status}，对本出借人已无欠款`,
      },
    };
  }
  for (const life of lives.values()) {
    const debt = life.debts.find((one) => opened.debts.includes(one));
    if (debt === undefined || isOverState(life.state)) continue;
    // A mediation may run beside; an order or a suit about the same debt ends the other, and is not begun unseen.
    if (life.way === "mediation" && opened.way !== "mediation") continue;
    if (life.id === opened.after && life.state === "void") continue;
    return {
      code: "already-open",
      says: {
        en: `${life.id} about ${debt} still runs; end it first, or record what became of it`,
        zh: `${debt} 的程序 ${life.id} 仍在进行；请先登记其结果`,
      },
    };
  }
  return undefined;
}

const bookedDay = ({ today }: DeskPerson): Day => today;
