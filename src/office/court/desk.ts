import { proceedingLaw } from "../../../packs/cn/index.ts";
import {
  addDays,
  type Day,
  dayAt,
  formatDay,
  type Instant,
  type Key,
  type ProceedingFact,
} from "../../core/index.ts";
import {
  caseNumberOf,
  type EventTexts,
  isOverState,
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
  LedgerRefused,
  type Lender,
  type MatterWish,
  ownerOfProceeding,
} from "../../store/index.ts";
import { calendarOf, packFor } from "../book.ts";
import { CHANGED_MEANWHILE, refusalWords } from "../refusal-words.ts";
import { decimalsFor, judgmentsOf, kept, type Money, moneyEvent, NO_MONEY } from "./award.ts";

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

export const no = (id: string, code: string, en: string, zh: string): Outcome => ({
  done: false,
  id,
  refusal: { code, says: { en, zh } },
});

/** Never on a day that is closed. */
export const bookedOn = ({ today }: DeskPerson, { openOn }: Lender): Day => Math.max(today, openOn) as Day;

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

export const unknown = (named: string): Outcome =>
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

// --- what follows ----------------------------------------------------------------------------------------------------

export function done(
  _court: Court,
  person: DeskPerson,
  life: ProceedingLife,
): Extract<Outcome, { done: true }> {
  return { done: true, known: false, life, decimals: decimalsFor(person, life), booked: [], fed: [] };
}

export function wishOf(
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
