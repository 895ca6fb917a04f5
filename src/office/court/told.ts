import { courtFeeLaw } from "../../../packs/cn/index.ts";
import {
  type Day,
  dayAt,
  type Fact,
  formatDay,
  formatMoney,
  type Instant,
  type Key,
  keyToNumber,
  type Minor,
} from "../../core/index.ts";
import {
  EVENT_WORDS,
  eventKey,
  type FeesOfLife,
  feeLifeOf,
  feesOf,
  isOverState,
  mayFollow,
  type ProceedingDay,
  type ProceedingLaw,
  type ProceedingLife,
  proceedingDays,
  proceedingsOf,
} from "../../legal/index.ts";
import {
  type Database,
  journalsOf,
  type KeptProceeding,
  listProceedings,
  namesOf,
} from "../../store/index.ts";
import type { Io } from "../io.ts";
import { sourceJson } from "../limitation/json.ts";
import type { Court } from "./desk.ts";

/** Owners read together: enough that the question costs little, few enough to be held. */
const READ_AT_ONCE = 500;

/** A proceeding of the book with its days. */
export interface KnownProceeding {
  readonly owner: Key;
  readonly life: ProceedingLife;
  readonly days: readonly ProceedingDay[];
  readonly borrower?: string;
}

/** Proceedings with all that was recorded of them, in the order of the list. */
export async function livesOf(
  db: Database,
  kept: readonly KeptProceeding[],
  law: ProceedingLaw,
): Promise<KnownProceeding[]> {
  const owners = [...new Map(kept.map(({ owner }) => [keyToNumber(owner), owner])).values()];
  const lives = new Map<string, KnownProceeding>();
  for (let from = 0; from < owners.length; from += READ_AT_ONCE) {
    const group = owners.slice(from, from + READ_AT_ONCE);
    const journals = await journalsOf(db, group);
    const names = await namesOf(db, group);
    for (const owner of group) {
      const name = names.get(keyToNumber(owner));
      for (const life of proceedingsOf(journals.get(keyToNumber(owner)) ?? NONE).values())
        lives.set(`${keyToNumber(owner)} ${life.id}`, {
          owner,
          life,
          days: proceedingDays(life, law),
          ...(name === undefined ? {} : { borrower: name }),
        });
    }
  }
  return kept.flatMap(({ owner, id }) => lives.get(`${keyToNumber(owner)} ${id}`) ?? []);
}
const NONE: readonly Fact[] = [];

/** All proceedings that still run, with their days. */
export async function runningProceedings({ db, lender, law }: Court): Promise<KnownProceeding[]> {
  const all = await livesOf(db, await listProceedings(db, lender), law);
  return all.filter(({ life }) => !isOverState(life.state));
}

// --- as JSON ---------------------------------------------------------------------------------------------------------

export const money = (amount: Minor, decimals: number): string => formatMoney(amount, decimals);

export function dayJson(one: ProceedingDay, today: Day): Record<string, unknown> {
  const { what, by, event, from, lastOn, deadline, unknown, source, name } = one;
  return {
    what,
    ...(name === undefined ? {} : { name }),
    by,
    lastOn: formatDay(lastOn),
    daysLeft: lastOn - today,
    certain: unknown === undefined,
    event,
    from: formatDay(from),
    ...(deadline
      ? {
          naturalOn: formatDay(deadline.naturalOn),
          steps: deadline.steps.map(({ step, on, source: at }) => ({
            step,
            on: formatDay(on),
            cite: sourceJson(at),
          })),
        }
      : {}),
    ...(unknown ? { refusal: { code: unknown.code, says: unknown.says } } : {}),
    ...(source ? { cite: sourceJson(source) } : {}),
  };
}

/** What the fees come to by the law, as far as the proceeding has gone; nothing where nobody said how much is claimed. */
export function expectedFees({ pack, now, lender }: Court, life: ProceedingLife): FeesOfLife | undefined {
  const fees = feeLifeOf(life);
  const law = fees && courtFeeLaw(pack, dayAt(lender.zone, now));
  return fees && law?.ok ? feesOf(fees, law.value) : undefined;
}

export function lifeJson(
  life: ProceedingLife,
  days: readonly ProceedingDay[],
  decimals: number,
  today: Day,
): Record<string, unknown> {
  const { opened, award } = life;
  return {
    id: life.id,
    kind: life.way,
    procedure: life.procedure ?? null,
    state: life.state,
    court: life.court,
    caseNumber: life.caseNumber ?? null,
    appealNumber: life.appealNumber ?? null,
    loans: life.debts,
    openedOn: formatDay(opened.dated),
    firm: opened.firm ?? null,
    engagement: opened.engagement ?? null,
    lawyer: opened.lawyer ?? null,
    letter: opened.letter ?? null,
    after: opened.after ?? null,
    effectiveOn: life.effectiveOn === undefined ? null : formatDay(life.effectiveOn),
    performBy: life.performBy === undefined ? null : formatDay(life.performBy),
    award: award
      ? award.sums.map(({ debt, principal, interest, costs }) => ({
          loan: debt,
          principal: money(principal, decimals),
          interest: money(interest, decimals),
          costs: money(costs, decimals),
        }))
      : null,
    fees: feesJson(life, decimals),
    days: days.map((one) => dayJson(one, today)),
    mayFollow: [...new Set(mayFollow(life.way, life.state))],
  };
}

/** Court fees that were told of, paid and given back. */
function feesJson({ events }: ProceedingLife, decimals: number): Record<string, string> {
  const sum = (type: string): string =>
    money(
      events.reduce(
        (all, { what }) => all + (what.type === type && "amount" in what ? what.amount : 0),
        0,
      ) as Minor,
      decimals,
    );
  return { noticed: sum("fee-noticed"), paid: sum("fee-paid"), refunded: sum("fee-refunded") };
}

/** What an event was called, for one line about it. */
export const lastEvent = ({ events }: ProceedingLife, language: Io["language"]): string => {
  const last = events.at(-1);
  return last ? EVENT_WORDS[eventKey(last.what)][language] : "";
};

export const todayIn = (zone: string, now: Instant): Day => dayAt(zone, now);
