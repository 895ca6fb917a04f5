import { type Day, type Fact, type Minor, minor, type Product } from "../core/index.ts";
import type { DatedValue, Pack } from "../policy/index.ts";
import { RELIEF_REFUSALS, surplusOf, waysOut } from "../relief/index.ts";
import type { Said } from "./show.ts";
import { sumTyped } from "./typed.ts";
import { BUDGET_FIELDS, type BudgetField, type BudgetTyped, type WaysShown } from "./ways.ts";

/** What a page carries of its own loan, so that the engine can answer in the browser: only what is the reader's already. */
export interface LoanData {
  readonly loan: string;
  readonly others: readonly string[];
  readonly on: Day;
  readonly currency: string;
  readonly decimals: number;
  readonly facts: readonly Fact[];
  readonly product: Product;
  /** Values of the pack on which the ways rest. */
  readonly params: Readonly<Record<string, readonly DatedValue[]>>;
}

const NOT_MONEY: Said = {
  zh: "请写成数字，例如 500 或 500.00。",
  en: "Write a number, such as 500 or 500.00.",
};

/** The month that was typed, or what is wrong with it. */
export function budgetTyped(field: (name: BudgetField) => string): {
  readonly typed: BudgetTyped;
  readonly wrongs: readonly { readonly at: BudgetField; readonly says: Said }[];
  readonly sums: Readonly<Partial<Record<BudgetField, Minor>>>;
} {
  const typed: Partial<Record<BudgetField, string>> = {};
  const sums: Partial<Record<BudgetField, Minor>> = {};
  const wrongs: { at: BudgetField; says: Said }[] = [];
  for (const name of BUDGET_FIELDS) {
    const text = field(name).slice(0, 30);
    typed[name] = text;
    if (text.trim() === "") continue;
    if (name === "dependants") {
      const count = /^\d{1,2}$/.test(text.trim()) ? Number(text) : undefined;
      if (count === undefined)
        wrongs.push({ at: name, says: { zh: "请写人数，例如 2。", en: "Write how many, such as 2." } });
      else sums[name] = minor(count);
      continue;
    }
    const sum = sumTyped(text);
    if (sum === undefined || sum < 0) wrongs.push({ at: name, says: NOT_MONEY });
    else sums[name] = sum;
  }
  const needs = (name: BudgetField, says: Said): void => {
    if (sums[name] === undefined && !wrongs.some(({ at }) => at === name)) wrongs.push({ at: name, says });
  };
  needs("income", {
    zh: "请填每月到手收入；没有就填 0。",
    en: "Tell what comes in each month; 0 if nothing.",
  });
  needs("living", {
    zh: "请填生活费。我们不会替您猜。",
    en: "Tell what you need to live. Nobody guesses it for you.",
  });
  if ((sums.dependants ?? 0) > 0)
    needs("dependantsNeed", { zh: "请填他们每月共需多少。", en: "Tell what they need together." });
  return { typed, wrongs, sums };
}

/** The ways of a loan within a month that was typed: the same on the server and in the browser. */
export function planned(
  data: Omit<LoanData, "params">,
  pack: Pack | undefined,
  field: (name: BudgetField) => string,
): WaysShown {
  const { loan, others, on, currency, decimals, facts, product } = data;
  const { typed, wrongs, sums } = budgetTyped(field);
  const shown = { loan, others, on, currency, decimals, typed, wrongs };
  if (wrongs.length > 0) return shown;
  const month = surplusOf({
    income: sums.income!,
    living: sums.living,
    dependants: sums.dependants ?? 0,
    dependantsNeed: sums.dependantsNeed,
    otherDebts: sums.otherDebts ?? minor(0),
  });
  if (!month.ok) return { ...shown, wrongs: [{ at: month.refusal.at ?? "income", says: NOT_MONEY }] };
  const surplus = month.value;
  const made = waysOut({
    facts,
    product,
    asOf: on,
    pack,
    surplus: surplus.amount,
    ...(sums.now === undefined || sums.now <= 0 ? {} : { now: sums.now }),
  });
  if (made.ok) return { ...shown, surplus, ways: made.value };
  const { code, says } = made.refusal;
  return { ...shown, surplus, cannot: { en: says, zh: RELIEF_REFUSALS[code] ?? says } };
}
