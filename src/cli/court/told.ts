import { type Day, formatDay, formatMoney, type Minor } from "../../core/index.ts";
import {
  EVENT_WORDS,
  type FeesOfLife,
  mayFollow,
  PROCEDURE_WORDS,
  PROCEEDING_STATE_WORDS,
  type ProceedingDay,
  type ProceedingLife,
  recordedAs,
  WAY_WORDS,
} from "../../legal/index.ts";
import { ACTOR_WORDS } from "../../office/court/matter-words.ts";
import { DEADLINE_WORDS, proceedingSentence } from "../../office/court/proceeding-words.ts";
import { type KnownProceeding, money } from "../../office/court/told.ts";
import { type Io, table } from "../../office/io.ts";

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
