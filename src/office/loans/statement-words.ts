import { formatDay, type InterestRun, type LateSegment, type StatementLine } from "../../core/index.ts";
import { table } from "../io.ts";
import { moneySentence } from "../story/money.ts";
import { moneyOf, type Telling } from "./why-words.ts";

/** A line of a statement as a sentence. */
export function lineSentence(line: StatementLine, telling: Telling): string {
  const { language } = telling;
  const zh = language === "zh";
  const money = moneyOf(telling);
  switch (line.kind) {
    case "payout":
      return zh ? "放款" : "paid out";
    case "interest":
      return interestSentence(line.run, telling);
    case "late-interest":
      return lateSentence(line.segments, telling);
    case "late-fee":
      return zh
        ? `第 ${line.installments.join("、")} 期逾期违约金`
        : `late fee for installment ${line.installments.join(", ")}`;
    case "applied":
      return zh ? "未分配款冲抵到期款项" : "money held unapplied meets what fell due";
    case "fact":
      return `${moneySentence(line.fact, money)[language]} [${line.fact.id}]`;
  }
}

function interestSentence({ installment, balance, from, days }: InterestRun, telling: Telling): string {
  const { language, terms } = telling;
  const money = moneyOf(telling);
  const after = formatDay(from);
  if (terms.interest === "period" || terms.method === "flat")
    return language === "zh" ? `第 ${installment} 期利息` : `interest of installment ${installment}`;
  return language === "zh"
    ? `第 ${installment} 期利息：${money(balance)}，${after} 后 ${days} 天`
    : `interest of installment ${installment}: ${money(balance)}, ${days} days after ${after}`;
}

function lateSentence(segments: readonly LateSegment[], telling: Telling): string {
  const { language } = telling;
  const money = moneyOf(telling);
  const bases = new Map<number, number>();
  for (const { base, days } of segments) bases.set(base, (bases.get(base) ?? 0) + days);
  const told = [...bases].map(([base, days]) => `${money(base)} × ${days}`).join(" + ");
  return language === "zh" ? `逾期利息：${told} 天` : `late interest: ${told} days`;
}

/** The statement of account as a table. */
export function statementTable(lines: readonly StatementLine[], telling: Telling): string {
  const money = moneyOf(telling);
  const zh = telling.language === "zh";
  const heads = zh
    ? ["起息日", "摘要", "本金", "利息", "逾期利息", "费用", "未分配款", "余额"]
    : ["value day", "entry", "principal", "interest", "late", "charges", "held", "balance"];
  const cell = (value: number): string => (value === 0 ? "" : signed(value, money));
  const rows = lines.map(({ change, balance, ...line }) => [
    formatDay(line.on),
    lineSentence({ change, balance, ...line } as StatementLine, telling),
    cell(change.principal),
    cell(change.interest),
    cell(change.lateInterest),
    cell(change.fee + change.penalty + change.recoveryCost),
    cell(change.unapplied),
    money(balance),
  ]);
  return table(heads, rows, ["left", "left", "right", "right", "right", "right", "right", "right"]);
}

export const signed = (value: number, money: (value: number) => string): string =>
  value > 0 ? `+${money(value)}` : value < 0 ? `−${money(-value)}` : money(0);
