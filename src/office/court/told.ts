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
  PROCEDURE_WORDS,
  PROCEEDING_STATE_WORDS,
  type ProceedingDay,
  type ProceedingLaw,
  type ProceedingLife,
  proceedingDays,
  proceedingsOf,
  recordedAs,
  WAY_WORDS,
} from "../../legal/index.ts";
import {
  type Database,
  journalsOf,
  type KeptProceeding,
  listProceedings,
  namesOf,
} from "../../store/index.ts";
import { type Io, table } from "../io.ts";
import { sourceJson } from "../limitation/json.ts";
import type { Court } from "./desk.ts";
import { ACTOR_WORDS } from "./matter-words.ts";
import { DEADLINE_WORDS, proceedingSentence } from "./proceeding-words.ts";

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

const money = (amount: Minor, decimals: number): string => formatMoney(amount, decimals);

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

// --- for people ------------------------------------------------------------------------------------------------------

export const dayName = ({ what, name }: ProceedingDay, language: Io["language"]): string =>
  name === undefined ? DEADLINE_WORDS[what][language] : `${name} (${DEADLINE_WORDS[what][language]})`;

function dayLine(one: ProceedingDay, today: Day, { language }: Io): string {
  const zh = language === "zh";
  const { by, lastOn, source, unknown } = one;
  const left = lastOn - today;
  const notes = [
    ACTOR_WORDS[by][language],
    ...(unknown
      ? [zh ? "当年节假日未公布，最早为该日" : "days off of that year are not published: not before that day"]
      : []),
    left < 0 ? (zh ? `已过 ${-left} 天` : `${-left} days ago`) : zh ? `还有 ${left} 天` : `${left} days left`,
    ...(source ? [`${source.cite.law} ${source.cite.at}, ${source.verification}`] : []),
  ];
  return `${formatDay(lastOn)}  ${dayName(one, language)} (${notes.join(zh ? "；" : "; ")})`;
}

const stateOf = (life: ProceedingLife, language: Io["language"]): string =>
  PROCEEDING_STATE_WORDS[life.state][language];

export function tellLife(
  io: Io,
  { life, days }: Pick<KnownProceeding, "life" | "days">,
  decimals: number,
  today: Day,
): void {
  const { language } = io;
  const zh = language === "zh";
  const head = [
    life.id,
    WAY_WORDS[life.way][language],
    ...(life.procedure === undefined ? [] : [PROCEDURE_WORDS[life.procedure][language]]),
    life.court,
    ...(life.caseNumber === undefined ? [] : [life.caseNumber]),
    stateOf(life, language),
  ];
  io.out(head.join(" · "));
  io.out(`${zh ? "贷款" : "loans"} ${life.debts.join(", ")}`);
  const { award } = life;
  if (award)
    for (const { debt, principal, interest, costs } of award.sums)
      io.out(
        zh
          ? `  ${debt}：本金 ${money(principal, decimals)}，利息 ${money(interest, decimals)}，费用 ${money(costs, decimals)}`
          : `  ${debt}: principal ${money(principal, decimals)}, interest ${money(interest, decimals)}, costs ${money(costs, decimals)}`,
      );
  if (life.performBy !== undefined)
    io.out(
      zh ? `履行期限至 ${formatDay(life.performBy)}` : `to be performed by ${formatDay(life.performBy)}`,
    );
  if (days.length > 0) {
    io.out("");
    io.out(zh ? "期限：" : "days:");
    for (const one of days) io.out(`  ${dayLine(one, today, io)}`);
  }
  const may = mayFollow(life.way, life.state)
    .filter((key) => key !== "objected-in-vain")
    .map((key) => `${recordedAs(key)} (${EVENT_WORDS[key][language]})`);
  if (may.length > 0)
    io.out(`\n${zh ? "接下来可登记：" : "what can follow:"}\n${may.map((one) => `  ${one}`).join("\n")}`);
}

/** What the fees come to by the law, beside what was recorded as paid. */
export function tellFees(io: Io, { lines }: FeesOfLife): void {
  const zh = io.language === "zh";
  io.out("");
  io.out(zh ? "依规费用（按主张金额）：" : "fees by the law, of what is claimed:");
  for (const { of, charged, prepaid, fromCourt, because } of lines) {
    const at = [...new Set(because.map(({ source }) => source.cite.at))].join(", ");
    io.out(
      zh
        ? `  ${of}：${formatMoney(charged)}，预交 ${formatMoney(prepaid)}，应退 ${formatMoney(fromCourt)}（${at}）`
        : `  ${of}: ${formatMoney(charged)}, prepaid ${formatMoney(prepaid)}, the court gives back ${formatMoney(fromCourt)} (${at})`,
    );
  }
}

export function tellHistory(io: Io, life: ProceedingLife, decimals: number): void {
  const { language } = io;
  io.out("");
  io.out(language === "zh" ? "经过：" : "what happened:");
  const said = (amount: Minor): string => money(amount, decimals);
  for (const fact of [life.opened, ...life.events, ...life.takenBack])
    io.out(`  ${formatDay(fact.on)}  ${proceedingSentence(fact, said)[language]}`);
}

export function tellList(io: Io, found: readonly KnownProceeding[], today: Day): void {
  const { language } = io;
  const zh = language === "zh";
  if (found.length === 0) {
    io.out(zh ? "没有程序" : "no proceedings");
    return;
  }
  const head = zh
    ? ["编号", "类型", "法院", "案号", "状态", "贷款", "最近期限"]
    : ["id", "kind", "court", "case number", "state", "loans", "next day"];
  const rows = found.map(({ life, days }) => {
    const next = days.find(({ lastOn }) => lastOn >= today);
    return [
      life.id,
      WAY_WORDS[life.way][language],
      life.court,
      life.caseNumber ?? "-",
      stateOf(life, language),
      life.debts.join(" "),
      next ? `${formatDay(next.lastOn)} ${dayName(next, language)}` : "-",
    ];
  });
  io.out(
    table(
      head,
      rows,
      head.map(() => "left"),
    ),
  );
}

export function tellDeadlines(
  io: Io,
  found: readonly { readonly known: KnownProceeding; readonly day: ProceedingDay }[],
  today: Day,
): void {
  const { language } = io;
  const zh = language === "zh";
  if (found.length === 0) {
    io.out(zh ? "没有期限" : "no days");
    return;
  }
  const head = zh
    ? ["末日", "天数", "谁", "事项", "程序", "法院", "案号"]
    : ["last day", "left", "who", "what", "proceeding", "court", "case number"];
  io.out(
    table(
      head,
      found.map(({ known: { life }, day }) => [
        `${formatDay(day.lastOn)}${day.unknown ? "?" : ""}`,
        String(day.lastOn - today),
        ACTOR_WORDS[day.by][language],
        dayName(day, language),
        life.id,
        life.court,
        life.caseNumber ?? "-",
      ]),
      ["left", "right", "left", "left", "left", "left", "left"],
    ),
  );
  if (found.some(({ day }) => day.unknown))
    io.out(
      zh
        ? "? 当年节假日尚未公布：最早为该日"
        : "? days off of that year are not published: not before that day",
    );
}

/** What an event was called, for one line about it. */
export const lastEvent = ({ events }: ProceedingLife, language: Io["language"]): string => {
  const last = events.at(-1);
  return last ? EVENT_WORDS[eventKey(last.what)][language] : "";
};

export const todayIn = (zone: string, now: Instant): Day => dayAt(zone, now);
