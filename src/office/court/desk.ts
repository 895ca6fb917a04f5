import { proceedingLaw } from "../../../packs/cn/index.ts";
import {
  addDays,
  borrowerN,
  type Day,
  dayAt,
  decimalsOf,
  formatDay,
  type Instant,
  type Key,
  type Minor,
  type Procedure,
  type ProceedingFact,
  type ProceedingKind,
  type ProceedingOpened,
} from "../../core/index.ts";
import type { EventRecord } from "../../intake/index.ts";
import {
  caseNumberOf,
  type EventTexts,
  engagementInForce,
  isOverState,
  lawyerInForce,
  type ProceedingLaw,
  type ProceedingLife,
  type ProceedingNo,
  proceedingDays,
  proceedingsOf,
  readMove,
  recordMove,
  recordTakenBack,
  type Source,
  watchedDays,
} from "../../legal/index.ts";
import type { Pack } from "../../policy/index.ts";
import {
  atCourt,
  type CourtWish,
  type Database,
  type DeskPerson,
  engagements,
  findKeys,
  firmLawyers,
  LedgerRefused,
  type Lender,
  type MatterWish,
  ownerOfProceeding,
} from "../../store/index.ts";
import type { Act } from "../../strategy/index.ts";
import { calendarOf, packFor } from "../book.ts";
import { CHANGED_MEANWHILE, refusalWords } from "../refusal-words.ts";

/** Everything that work on proceedings needs. */
export interface Court {
  readonly db: Database;
  readonly lender: Lender;
  readonly law: ProceedingLaw;
  readonly pack: Pack;
  readonly now: Instant;
  readonly by: string;
}

/** The desk of a lender for a day; says why where the law of its place was not read. */
export async function openCourt(
  given: Omit<Court, "law" | "pack">,
): Promise<{ readonly ok: true; readonly court: Court } | { readonly ok: false; readonly says: string }> {
  const { db, lender, now } = given;
  const pack = await packFor(db, lender);
  const calendar = calendarOf(lender.pack);
  if (!pack || !calendar || lender.pack !== "cn")
    return { ok: false, says: `the pack ${lender.pack} has no law on proceedings; only cn has` };
  const law = proceedingLaw(pack, calendar, dayAt(lender.zone, now));
  return law.ok
    ? { ok: true, court: { ...given, pack, law: law.value } }
    : { ok: false, says: law.refusal.says };
}

/** What became of a wish: the proceeding after it, or why not. */
export type Outcome =
  | {
      readonly done: true;
      /** Nothing was to be done: it stood in the book, word for word. */
      readonly known: boolean;
      readonly life: ProceedingLife;
      readonly decimals: number;
      readonly event?: string;
      /** Loans whose ledger took the sums. */
      readonly booked: readonly string[];
      /** Loans whose core system has to be told of them. */
      readonly fed: readonly string[];
      readonly because?: Source;
    }
  | { readonly done: false; readonly id: string; readonly refusal: ProceedingNo };

const no = (id: string, code: string, en: string, zh: string): Outcome => ({
  done: false,
  id,
  refusal: { code, says: { en, zh } },
});

// --- opening ---------------------------------------------------------------------------------------------------------

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
  const stranger = asked.loans.find((loan) => !sameKey(ownerOf(keys.get(loan)!), owner));
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
const sameKey = (a: Key, b: Key): boolean => a.bucket === b.bucket && a.n === b.n;

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

/** Never on a day that is closed. */
const bookedOn = ({ today }: DeskPerson, { openOn }: Lender): Day => Math.max(today, openOn) as Day;

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

// --- events ----------------------------------------------------------------------------------------------------------

/** The proceeding that somebody names by its id or by a court's number of it. */
export async function findProceeding(
  { db, lender, now }: Pick<Court, "db" | "lender" | "now">,
  named: string,
): Promise<{ readonly owner: Key; readonly id: string } | undefined> {
  const found = await ownerOfProceeding(db, lender, named);
  if (found) return found;
  // Brackets and blanks of a number are written in many ways; next year's numbers are none yet.
  const number = caseNumberOf(named, addDays(dayAt(lender.zone, now), 366));
  return number && ownerOfProceeding(db, lender, number.text);
}

const unknown = (named: string): Outcome =>
  no(
    named,
    "no-such-proceeding",
    `no proceeding ${named}; arrears court list shows them by id and case number`,
    `没有程序 ${named}；arrears court list 可按编号、案号查询`,
  );

/** Records an event of a proceeding, given as texts. */
export async function moveProceeding(
  court: Court,
  named: string,
  event: string,
  texts: EventTexts,
  dryRun: boolean,
  version?: number,
): Promise<Outcome> {
  return onProceeding(court, named, { dryRun, version }, (life, person, lender) => {
    const decimals = decimalsFor(person, life);
    const read = readMove(event, texts, { debts: life.debts, decimals });
    if (!read.ok) {
      const { code, says } = read.refusal;
      return { refusal: { code, says: { en: says, zh: refusalWords(read.refusal, "zh") } } };
    }
    const recorded = recordMove(life, read.value, {
      law: court.law,
      by: court.by,
      at: court.now,
      on: bookedOn(person, lender),
      today: person.today,
    });
    if (!recorded.ok) return recorded;
    if (recorded.known) return { known: life, event: recorded.fact.event };
    const money = recorded.award
      ? judgmentsOf(court, person, recorded.fact.on, recorded.award, decimals)
      : NO_MONEY;
    return {
      facts: [recorded.fact],
      life: recorded.life,
      event: recorded.fact.event,
      ...money,
      ...(recorded.because ? { because: recorded.because } : {}),
    };
  });
}

/** Takes the last event back, and with it what it wrote into ledgers. */
export async function takeBack(
  court: Court,
  named: string,
  event: string,
  reason: string,
  dryRun: boolean,
  version?: number,
): Promise<Outcome> {
  return onProceeding(court, named, { dryRun, version }, (life, person, lender) => {
    const on = bookedOn(person, lender);
    const recorded = recordTakenBack(
      life,
      { event, reason },
      { law: court.law, by: court.by, at: court.now, on, today: person.today },
    );
    if (!recorded.ok) return recorded;
    const after = proceedingsOf([...person.facts, recorded.fact]).get(life.id)!;
    const { what } = recorded.moved;
    const money =
      what.type === "effective"
        ? life.debts
            .filter((debt) => kept(person, debt))
            .map((debt) =>
              moneyEvent(debt, `${what.entry}/back`, {
                kind: "reversal",
                on: formatDay(on),
                of: what.entry,
                reason,
              }),
            )
        : [];
    return {
      facts: [recorded.fact],
      life: after,
      event: recorded.fact.event,
      money,
      booked: money.map(({ loanId }) => loanId),
      fed: [],
    };
  });
}

type Decision =
  | { readonly refusal: ProceedingNo }
  | { readonly known: ProceedingLife; readonly event: string }
  | ({
      readonly facts: readonly ProceedingFact[];
      readonly life: ProceedingLife;
      readonly event: string;
      readonly because?: Source;
    } & Money);

interface Money {
  readonly money: readonly EventRecord[];
  readonly booked: readonly string[];
  readonly fed: readonly string[];
}
const NO_MONEY: Money = { money: [], booked: [], fed: [] };

async function onProceeding(
  court: Court,
  named: string,
  { dryRun, version }: { readonly dryRun: boolean; readonly version: number | undefined },
  decide: (life: ProceedingLife, person: DeskPerson, lender: Lender) => Decision,
): Promise<Outcome> {
  const { db, lender, now } = court;
  const found = await findProceeding(court, named);
  if (!found) return unknown(named);
  try {
    const told = await atCourt(
      db,
      lender.code,
      found.owner,
      now,
      (person, held): { wish?: CourtWish; told: Outcome } => {
        const life = proceedingsOf(person.facts).get(found.id);
        if (!life) return { told: unknown(named) };
        if (version !== undefined && version !== life.facts)
          return { told: { done: false, id: life.id, refusal: CHANGED_MEANWHILE } };
        const decision = decide(life, person, held);
        if ("refusal" in decision) return { told: { done: false, id: life.id, refusal: decision.refusal } };
        if ("known" in decision)
          return { told: { ...done(court, person, decision.known), known: true, event: decision.event } };
        const { facts, life: next, event, money, booked, fed, because } = decision;
        return {
          wish: { ...wishOf(court, held, person, facts, next), money },
          told: { ...done(court, person, next), event, booked, fed, ...(because ? { because } : {}) },
        };
      },
      { dryRun },
    );
    return told ?? unknown(named);
  } catch (error) {
    if (!(error instanceof LedgerRefused)) throw error;
    const { code, says } = error.refused;
    return {
      done: false,
      id: found.id,
      refusal: {
        code,
        says: { en: `the ledger: ${says}`, zh: `账务：${refusalWords({ code, says }, "zh")}` },
      },
    };
  }
}

const decimalsFor = (person: DeskPerson, { debts }: ProceedingLife): number =>
  decimalsOf(person.loans.find(({ id }) => id === debts[0])!.product.terms.currency);

const kept = (person: DeskPerson, debt: string): boolean =>
  person.loans.find(({ id }) => id === debt)?.product.source === "kept";

/** The sums that are in force, as entries of the ledgers; a core system that keeps its own balance has to be told. */
function judgmentsOf(
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

const moneyEvent = (loanId: string, id: string, event: Record<string, unknown>): EventRecord => ({
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

// --- what follows ----------------------------------------------------------------------------------------------------

function done(_court: Court, person: DeskPerson, life: ProceedingLife): Extract<Outcome, { done: true }> {
  return { done: true, known: false, life, decimals: decimalsFor(person, life), booked: [], fed: [] };
}

function wishOf(
  { law }: Court,
  lender: Lender,
  person: DeskPerson,
  facts: readonly ProceedingFact[],
  life: ProceedingLife,
  answers?: CourtWish["answers"],
): CourtWish {
  const lead = person.loans.find(({ id }) => id === life.debts[0])!;
  const over = isOverState(life.state);
  const watch: MatterWish = {
    loan: lead.key,
    owner: person.key,
    on: bookedOn(person, lender),
    fact: {
      id: `${life.id}#${life.facts}`,
      matter: life.id,
      of: "proceeding",
      dates: over ? [] : watchedDays(proceedingDays(life, law), law),
      ...(over ? { ended: true } : {}),
    },
  };
  return { facts, lives: [life], watch: [watch], money: [], ...(answers ? { answers } : {}) };
}
