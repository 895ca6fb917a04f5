import { readFileSync } from "node:fs";
import {
  type Day,
  dayAt,
  decimalsOf,
  formatDay,
  formatMoney,
  formatPercent,
  type Minor,
} from "../../core/index.ts";
import { listAt, mapAt } from "../../core/json-in.ts";
import { readNamedRows } from "../../intake/index.ts";
import { dayOption } from "../../office/book.ts";
import { amount, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import {
  cheapest,
  type DebtPlan,
  NAMED_ORDERS,
  ORDER_WORDS,
  type OwedDebt,
  readDebt,
} from "../../relief/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { budgetAsked, declined, moneyOption } from "./budget.ts";

/** The columns of a file of somebody's debts. */
const COLUMNS = {
  known: ["id", "balance", "rate_percent_a_year", "minimum", "legal_by", "legal_amount"],
  needed: ["id", "balance", "rate_percent_a_year"],
};

interface BadRow {
  readonly at: string;
  readonly says: string;
}

/** All debts of a person under one monthly budget: the named orders and the cheapest. Reads a file, and no book. */
export async function plan(asked: Asked, io: Io): Promise<number> {
  const file = asked.words[1];
  if (!file)
    throw new WrongUse(say.missing[io.language]("FILE", "arrears relief plan debts.csv --budget 1500"));
  const currency = asked.text("currency") ?? "CNY";
  const decimals = decimalsOf(currency);
  const budget = moneyOption(asked, "budget", decimals, io) ?? budgetAsked(asked, decimals, io).surplus;
  if (budget === undefined)
    throw new WrongUse(say.missing[io.language]("--budget", "--budget 1500, or --income 6000 --living 3500"));
  const asOf = dayOption(asked.text("as-of"), "--as-of", io) ?? dayAt("Asia/Shanghai", io.now());
  const { debts, bad } = await debtsIn(file, decimals, io);
  for (const { at, says } of bad) io.note(`${at}: ${says}`);
  const made = cheapest({ asOf, debts, budget });
  if (!made.ok) throw declined(made.refusal, io);
  const { orders, optimum, order, tried } = made.value;
  const named = NAMED_ORDERS.flatMap((name) => (orders[name] ? [[name, orders[name]] as const] : []));
  io.object({
    asOf: formatDay(asOf),
    currency,
    budget: formatMoney(budget, decimals),
    debts: debts.length,
    bad,
    tried,
    order: order.map((i) => debts[i]!.id),
    optimum: planJson(optimum, debts, decimals),
    orders: Object.fromEntries(named.map(([name, one]) => [name, planJson(one, debts, decimals)])),
  });
  tell(debts, [...named, ["optimum", optimum]], { asOf, decimals, budget, order }, io);
  return bad.length > 0 ? 1 : 0;
}

/** A row that cannot be read is told and left out; the others are planned. */
async function debtsIn(
  file: string,
  decimals: number,
  io: Io,
): Promise<{ debts: OwedDebt[]; bad: BadRow[] }> {
  const debts: OwedDebt[] = [];
  const bad: BadRow[] = [];
  const take = (record: Record<string, unknown>, at: string): void => {
    const read = readDebt(record, decimals);
    if (read.ok) debts.push(read.value);
    else bad.push({ at: `${at} ${read.refusal.at ?? ""}`.trimEnd(), says: read.refusal.says });
  };
  if (/\.json$/i.test(file)) {
    for (const [i, one] of listOf(file, io).entries()) {
      if (typeof one === "object" && one !== null && !Array.isArray(one))
        take(one as Record<string, unknown>, `${i + 1}`);
      else bad.push({ at: `${i + 1}`, says: "expected an object" });
    }
    return { debts, bad };
  }
  const reader = readNamedRows(file, COLUMNS);
  for await (const { records, bad: broken } of reader) {
    for (const { line, refusal } of broken.map((one) => ({ line: one.line, refusal: one.says })))
      bad.push({ at: `line ${line}`, says: refusal });
    for (const { line, texts } of records)
      take(
        Object.fromEntries(Object.entries(texts).map(([name, text]) => [camel(name), text])),
        `line ${line}`,
      );
  }
  const [refused] = reader.summary.refusals;
  if (refused) throw new Declined(refused.says);
  return { debts, bad };
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function listOf(file: string, io: Io): unknown[] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(value) ? value : listAt(mapAt(value, "").debts, "debts");
  } catch (error) {
    throw new Declined(say.trouble[io.language](`${file}: ${(error as Error).message}`));
  }
}

function planJson(
  one: DebtPlan,
  debts: readonly OwedDebt[],
  decimals: number,
): Readonly<Record<string, unknown>> {
  const money = (sum: number): string => formatMoney(sum as Minor, decimals);
  return {
    months: one.months.length,
    endsOn: formatDay(one.endsOn),
    total: money(one.total),
    interest: money(one.interest),
    missesLegal: one.missesLegal,
    belowMinimum: one.belowMinimum,
    schedule: one.months.map(({ on, paid, left }) => ({
      on: formatDay(on),
      paid: Object.fromEntries(debts.map(({ id }, i) => [id, money(paid[i]!)])),
      left: Object.fromEntries(debts.map(({ id }, i) => [id, money(left[i]!)])),
    })),
  };
}

const WORDS = {
  en: {
    head: (count: number, sum: string, day: string) =>
      `${count} debts · ${sum} a month · first payment a month after ${day}`,
    heads: ["order", "months", "interest in all", "over on", "legal days missed", "months below a minimum"],
    first: "The cheapest found, month by month",
    month: "on",
    none: "none",
    debtsHead: ["debt", "owed", "% a year", "minimum", "legal day"],
    note: "Nothing of this left this machine. A plan helps only if every lender gets what its contract asks, or agrees to less.",
  },
  zh: {
    head: (count: number, sum: string, day: string) =>
      `${count} 笔债务 · 每月 ${sum} · ${day} 起一个月后首次还款`,
    heads: ["顺序", "月数", "利息合计", "还清日", "错过的法定期限", "低于最低还款的月数"],
    first: "成本最低的方案，逐月",
    month: "日期",
    none: "无",
    debtsHead: ["债务", "欠款", "年利率 %", "最低还款", "法定期限"],
    note: "以上内容未离开本机。只有各出借人按约收到款项或同意减少时，方案才有用。",
  },
} as const;

function tell(
  debts: readonly OwedDebt[],
  plans: readonly (readonly [keyof typeof ORDER_WORDS, DebtPlan])[],
  {
    asOf,
    decimals,
    budget,
  }: {
    readonly asOf: Day;
    readonly decimals: number;
    readonly budget: Minor;
    readonly order: readonly number[];
  },
  { language, out }: Io,
): void {
  const words = WORDS[language];
  const money = (sum: number): string => amount(sum, decimals);
  out(words.head(debts.length, money(budget), formatDay(asOf)));
  out("");
  const owed = debts.map(({ id, balance, rate, minimum, legal }) => [
    id,
    money(balance),
    formatPercent(rate),
    money(minimum),
    legal ? `${formatDay(legal.by)} ${money(legal.amount)}` : "–",
  ]);
  out(table(words.debtsHead, owed, ["left", "right", "right", "right", "left"]));
  out("");
  const rows = plans.map(([name, one]) => [
    ORDER_WORDS[name][language],
    String(one.months.length),
    money(one.interest),
    formatDay(one.endsOn),
    one.missesLegal.join(", ") || words.none,
    one.belowMinimum.map(({ id, months }) => `${id} ${months}`).join(", ") || words.none,
  ]);
  out(table(words.heads, rows, ["left", "right", "right", "left", "left", "left"]));
  out(`\n${words.first}`);
  const best = plans.at(-1)![1];
  const months = best.months.map(({ on, paid }) => [formatDay(on), ...paid.map(money)]);
  out(
    table([words.month, ...debts.map(({ id }) => id)], months, [
      "left",
      ...debts.map(() => "right" as const),
    ]),
  );
  out(`\n${words.note}`);
}
