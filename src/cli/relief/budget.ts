import { type Minor, parseMoney, type Refusal, ZERO } from "../../core/index.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import type { BudgetAsked } from "../../office/relief/json.ts";
import { RELIEF_REFUSALS, surplusOf } from "../../relief/index.ts";
import type { Asked } from "../options.ts";

export const BUDGET_OPTIONS = {
  surplus: { type: "string" },
  income: { type: "string" },
  living: { type: "string" },
  dependants: { type: "string" },
  "dependants-need": { type: "string" },
  "other-debts": { type: "string" },
} as const;

export function budgetAsked(asked: Asked, decimals: number, io: Io): BudgetAsked {
  const surplus = moneyOption(asked, "surplus", decimals, io);
  const income = moneyOption(asked, "income", decimals, io);
  if (surplus !== undefined && income !== undefined) throw new WrongUse(WORDS.oneOf[io.language]);
  if (income === undefined) return { surplus };
  const dependants = asked.text("dependants") ?? "0";
  if (!/^\d{1,2}$/.test(dependants)) throw new WrongUse(WORDS.notAPeople[io.language](dependants));
  const made = surplusOf({
    income,
    living: moneyOption(asked, "living", decimals, io),
    dependants: Number(dependants),
    dependantsNeed: moneyOption(asked, "dependants-need", decimals, io),
    otherDebts: moneyOption(asked, "other-debts", decimals, io) ?? ZERO,
  });
  if (!made.ok) throw new Declined(REFUSED[made.refusal.code]?.[io.language] ?? made.refusal.says);
  return { surplus: made.value.amount, household: made.value };
}

/** An expected no, in the language of the words. */
export const declined = ({ code, says }: Refusal, { language }: Io): Declined =>
  new Declined((language === "zh" ? RELIEF_REFUSALS[code] : undefined) ?? says);

export function moneyOption(asked: Asked, name: string, decimals: number, io: Io): Minor | undefined {
  const text = asked.text(name);
  if (text === undefined) return undefined;
  const amount = parseMoney(text, decimals);
  if (amount === undefined || amount < 0) throw new WrongUse(WORDS.notMoney[io.language](`--${name}`, text));
  return amount;
}

const REFUSED: Readonly<Record<string, Readonly<Record<"en" | "zh", string>>>> = {
  "no-living-costs": {
    en: "say what a month of home, food and health costs you (--living): no published floor was read that could stand in",
    zh: "请说明每月住房、饮食、医疗等必要生活费（--living）：未读到可代替的公布标准",
  },
  "no-dependants-costs": {
    en: "say what those who live on this income need together in a month (--dependants-need)",
    zh: "请说明被扶养人每月合计所需（--dependants-need）",
  },
};

const WORDS = {
  oneOf: {
    en: "give --surplus, or --income with --living; not both",
    zh: "请只用 --surplus，或 --income 与 --living，不要同时使用",
  },
  notMoney: {
    en: (option: string, text: string) => `${option}: "${text}" is not an amount; write it as 500.00`,
    zh: (option: string, text: string) => `${option}：“${text}” 不是金额，请写作 500.00`,
  },
  notAPeople: {
    en: (text: string) => `--dependants: "${text}" is not a number of people`,
    zh: (text: string) => `--dependants：“${text}” 不是人数`,
  },
} as const;
