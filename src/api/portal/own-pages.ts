import { formatDay, type Minor, minor, parseDay, parseMoney } from "../../core/index.ts";
import {
  BUDGET_FIELDS,
  type BudgetField,
  type BudgetTyped,
  firstPage,
  GUIDES,
  guidePage,
  guidesPage,
  isOpen,
  type LoanShown,
  lateOf,
  loanPage,
  type Next,
  nextPage,
  payPage,
  planPage,
  type Said,
  type WaysShown,
  waysPage,
} from "../../portal/index.ts";
import { RELIEF_REFUSALS, surplusOf, waysOut } from "../../relief/index.ts";
import { factsOf } from "../../store/index.ts";
import { masked } from "../access/mask.ts";
import { bookDay, forecastsOf, loanMeant, loansOn } from "./book.ts";
import { guideLaw } from "./open-pages.ts";
import { ownAnswer } from "./own-answers.ts";
import { type OwnVisit, own, type Reply } from "./visit.ts";

const NOT_MONEY: Said = {
  zh: "请写成数字，例如 500 或 500.00。",
  en: "Write a number, such as 500 or 500.00.",
};
const NOTHING_OWED: Said = { zh: "您没有未结清的贷款。", en: "You have no open loan." };

const first = async (visit: OwnVisit): Promise<Reply> => {
  const { files, lender, now, show } = visit;
  const on = bookDay(lender, now);
  const { name } = files[0]?.borrower ?? { name: null };
  return {
    page: firstPage(
      { who: name === null ? "*" : masked.name(name), on, loans: loansOn(files, on), standing: [] },
      show,
    ),
  };
};

/** Money as people type it: `1,200`, `１２００`, `1200.5`. */
export function moneyTyped(text: string, decimals: number): Minor | undefined {
  const plain = text.normalize("NFKC").replaceAll(/[,\s¥元]/g, "");
  const [whole = "", part] = plain.split(".");
  return parseMoney(part === undefined ? plain : `${whole}.${part.padEnd(decimals, "0")}`, decimals);
}

async function next(visit: OwnVisit): Promise<Reply> {
  const { lender, files, now, query, show } = visit;
  const on = bookDay(lender, now);
  const loans = loansOn(files, on);
  const loan = loanMeant(visit, loans);
  if (!loan) return first(visit);
  const typed = { pay: query.get("pay") ?? "", on: query.get("on") ?? "" };
  const amount = typed.pay === "" ? undefined : moneyTyped(typed.pay, loan.decimals);
  const asked = typed.on === "" ? on : parseDay(typed.on);
  const wrong: Said | undefined =
    typed.pay === ""
      ? undefined
      : amount === undefined || amount <= 0
        ? NOT_MONEY
        : asked === undefined || asked < on
          ? {
              zh: `请选 ${formatDay(on)} 或以后的一天。`,
              en: `Choose ${formatDay(on)} or a later day.`,
            }
          : undefined;
  const pay = amount !== undefined && !wrong && asked !== undefined ? { amount, on: asked } : undefined;
  const [nothing, paying] = await forecastsOf(visit, loan.id, pay ? [undefined, pay] : [undefined]);
  const shown: Omit<Next, "nothing"> = {
    loan: loan.id,
    others: othersOf(loans, loan),
    on,
    currency: loan.currency,
    decimals: loan.decimals,
    typed: { ...typed, ...(wrong ? { wrong } : {}) },
    ...(paying?.ok ? { paying: paying.forecast } : {}),
  };
  if (!nothing!.ok)
    return { page: nextPage({ ...shown, nothing: undefined as never, cannot: nothing!.says }, show) };
  return {
    page: nextPage({ ...shown, nothing: nothing!.forecast }, show),
    ...(wrong ? { status: 422 } : {}),
  };
}

const othersOf = (loans: readonly LoanShown[], but: LoanShown): string[] =>
  loans.filter((one) => isOpen(one) && one.id !== but.id).map(({ id }) => id);

// --- ways out ------------------------------------------------------------------------------------------------------

async function shownWays(
  visit: OwnVisit,
  more: { readonly surplus?: Minor; readonly sum?: Minor } = {},
): Promise<{ shown: WaysShown; loan: LoanShown | undefined }> {
  const { lender, files, now, api } = visit;
  const on = bookDay(lender, now);
  const loans = loansOn(files, on);
  const loan = loanMeant(visit, loans);
  const base = { typed: {}, wrongs: [], on } as const;
  if (!loan)
    return {
      shown: { ...base, loan: "", others: [], currency: "CNY", decimals: 2, cannot: NOTHING_OWED },
      loan: undefined,
    };
  const file = files.find(({ id }) => id === loan.id)!;
  const made = waysOut({
    facts: factsOf(file),
    product: file.product,
    asOf: on,
    pack: await api.packFor(lender),
    ...(more.surplus === undefined ? {} : { surplus: more.surplus }),
    ...(more.sum === undefined || more.sum <= 0 ? {} : { now: more.sum }),
  });
  const { currency, decimals } = loan;
  const shown = { ...base, loan: loan.id, others: othersOf(loans, loan), currency, decimals };
  if (made.ok) return { shown: { ...shown, ways: made.value }, loan };
  const { code, says } = made.refusal;
  return { shown: { ...shown, cannot: { en: says, zh: RELIEF_REFUSALS[code] ?? says } }, loan };
}

/** The month that was typed, or what is wrong with it. */
export function budgetTyped(
  form: URLSearchParams,
  decimals: number,
): {
  readonly typed: BudgetTyped;
  readonly wrongs: readonly { readonly at: BudgetField; readonly says: Said }[];
  readonly sums: Readonly<Partial<Record<BudgetField, Minor>>>;
} {
  const typed: Partial<Record<BudgetField, string>> = {};
  const sums: Partial<Record<BudgetField, Minor>> = {};
  const wrongs: { at: BudgetField; says: Said }[] = [];
  for (const field of BUDGET_FIELDS) {
    const text = (form.get(field) ?? "").slice(0, 30);
    typed[field] = text;
    if (text.trim() === "") continue;
    if (field === "dependants") {
      const count = /^\d{1,2}$/.test(text.trim()) ? Number(text) : undefined;
      if (count === undefined)
        wrongs.push({ at: field, says: { zh: "请写人数，例如 2。", en: "Write how many, such as 2." } });
      else sums[field] = minor(count);
      continue;
    }
    const sum = moneyTyped(text, decimals);
    if (sum === undefined || sum < 0) wrongs.push({ at: field, says: NOT_MONEY });
    else sums[field] = sum;
  }
  const needs = (field: BudgetField, says: Said): void => {
    if (sums[field] === undefined && !wrongs.some(({ at }) => at === field)) wrongs.push({ at: field, says });
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

async function plan(visit: OwnVisit): Promise<Reply> {
  const { form, show } = visit;
  const bare = await shownWays(visit);
  const { typed, wrongs, sums } = budgetTyped(form, bare.shown.decimals);
  const { ways: _, ...empty } = bare.shown;
  if (wrongs.length > 0) return { page: planPage({ ...empty, typed, wrongs }, show), status: 422 };
  const zero = minor(0);
  const made = surplusOf({
    income: sums.income!,
    living: sums.living,
    dependants: sums.dependants ?? 0,
    dependantsNeed: sums.dependantsNeed,
    otherDebts: sums.otherDebts ?? zero,
  });
  if (!made.ok)
    return {
      page: planPage(
        { ...empty, typed, wrongs: [{ at: made.refusal.at ?? "income", says: NOT_MONEY }] },
        show,
      ),
      status: 422,
    };
  const { shown } = await shownWays(visit, {
    surplus: made.value.amount,
    ...(sums.now === undefined ? {} : { sum: sums.now }),
  });
  return { page: planPage({ ...shown, typed, wrongs: [], surplus: made.value }, show) };
}

async function pay(visit: OwnVisit): Promise<Reply> {
  const on = bookDay(visit.lender, visit.now);
  const loans = loansOn(visit.files, on).filter(isOpen);
  return {
    page: payPage(
      {
        on,
        loans: loans.map(({ id, currency, decimals, position }) => ({
          id,
          currency,
          decimals,
          late: lateOf([{ position } as LoanShown]).total,
          all: position.payoff,
        })),
      },
      visit.show,
    ),
  };
}

export const MY_PAGES = [
  own("portal.first", "GET", "/me", first),
  own("portal.loan", "GET", "/me/loans/:loan", async (visit) => {
    const on = bookDay(visit.lender, visit.now);
    const loan = loansOn(visit.files, on).find(({ id }) => id === visit.params.loan);
    return loan ? { page: loanPage(loan, on, visit.show) } : { to: "/me" };
  }),
  own("portal.next", "GET", "/me/next", next),
  own("portal.ways", "GET", "/me/ways", async (visit) => ({
    page: waysPage((await shownWays(visit)).shown, visit.show),
  })),
  own("portal.plan", "GET", "/me/plan", async (visit) => {
    const { ways: _, ...shown } = (await shownWays(visit)).shown;
    return { page: planPage(shown, visit.show) };
  }),
  own("portal.try-plan", "POST", "/me/plan", plan),
  own("portal.pay", "GET", "/me/pay", pay),
  own("portal.guides", "GET", "/me/guides", async ({ show }) => ({ page: guidesPage(true, show) })),
  ...GUIDES.map((guide) =>
    own("portal.guide", "GET", `/me/guides/${guide.id}`, async (visit) => ({
      page: guidePage(guide, guideLaw(visit, guide.law), await ownAnswer(guide.id, visit), visit.show),
    })),
  ),
] as const;
