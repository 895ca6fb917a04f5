import { formatDay, parseDay } from "../../core/index.ts";
import { matterWhat } from "../../office/court/matter-words.ts";
import {
  firstPage,
  GUIDE_IDS,
  guidePage,
  guidesPage,
  isOpen,
  type LoanData,
  type LoanShown,
  lateOf,
  loanPage,
  type Next,
  nextPage,
  payPage,
  planned,
  planPage,
  type Said,
  sumTyped,
  type WaysShown,
  waysPage,
} from "../../portal/index.ts";
import { RELIEF_REFUSALS, waysOut } from "../../relief/index.ts";
import { factsOf } from "../../store/index.ts";
import { masked } from "../access/mask.ts";
import { bookDay, forecastsOf, loanMeant, loansOn } from "./book.ts";
import { guideLaw } from "./open-pages.ts";
import { ownAnswer } from "./own-answers.ts";
import { requestsOf } from "./requests.ts";
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
      {
        who: name === null ? (show.language === "zh" ? "您" : "you") : masked.name(name),
        on,
        loans: loansOn(files, on),
        standing: await standing(visit),
      },
      show,
    ),
  };
};

/** Requests that still run, each with its page. */
const standing = async (visit: OwnVisit) =>
  (await requestsOf(visit))
    .filter(({ next, rests, plan }) => next !== undefined || rests !== undefined || plan !== undefined)
    .map(({ reference, what, state }) => ({
      says: { zh: `${what.zh} · ${state.zh}`, en: `${what.en} · ${state.en}` },
      href: `/me/requests/${reference}`,
    }));

async function next(visit: OwnVisit): Promise<Reply> {
  const { lender, files, now, query, show } = visit;
  const on = bookDay(lender, now);
  const loans = loansOn(files, on);
  const loan = loanMeant(visit, loans);
  if (!loan) return first(visit);
  const typed = { pay: query.get("pay") ?? "", on: query.get("on") ?? "" };
  const amount = typed.pay === "" ? undefined : sumTyped(typed.pay);
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
    matter: matterWhat,
    ...(paying?.ok ? { paying: paying.forecast } : {}),
  };
  if (!nothing!.ok)
    return { page: nextPage({ ...shown, nothing: undefined as never, cannot: nothing!.says }, show) };
  return {
    page: { ...nextPage({ ...shown, nothing: nothing!.forecast }, show), ...(await carried(visit)) },
    ...(wrong ? { status: 422 } : {}),
  };
}

const othersOf = (loans: readonly LoanShown[], but: LoanShown): string[] =>
  loans.filter((one) => isOpen(one) && one.id !== but.id).map(({ id }) => id);

// --- ways out ------------------------------------------------------------------------------------------------------

async function shownWays(visit: OwnVisit): Promise<{ shown: WaysShown; loan: LoanShown | undefined }> {
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
  });
  const { currency, decimals } = loan;
  const shown = { ...base, loan: loan.id, others: othersOf(loans, loan), currency, decimals };
  if (made.ok) return { shown: { ...shown, ways: made.value }, loan };
  const { code, says } = made.refusal;
  return { shown: { ...shown, cannot: { en: says, zh: RELIEF_REFUSALS[code] ?? says } }, loan };
}

async function plan(visit: OwnVisit): Promise<Reply> {
  const { form, show, lender, api } = visit;
  const data = await loanDataOf(visit);
  if (!data) return { page: planPage((await shownWays(visit)).shown, show) };
  const shown = planned(data, await api.packFor(lender), (name) => form.get(name) ?? "");
  return {
    page: { ...planPage(shown, show), ...(await carried(visit)) },
    ...(shown.wrongs.length > 0 ? { status: 422 } : {}),
  };
}

/** Values of law that a way out names. */
const WAY_PARAMS =
  /^(?:way-out\.|limitation\.by\.|credit\.retention$|allocation\.order$|card-plan\.|enforcement\.settlement)/;

/** What the page is counted from: the loan that it is about. */
async function loanDataOf(visit: OwnVisit): Promise<LoanData | undefined> {
  const { lender, files, now, api } = visit;
  const on = bookDay(lender, now);
  const loans = loansOn(files, on);
  const loan = loanMeant(visit, loans);
  const file = files.find(({ id }) => id === loan?.id);
  if (!loan || !file) return undefined;
  const { params = {} } = (await api.packFor(lender)) ?? {};
  return {
    loan: loan.id,
    others: othersOf(loans, loan),
    on,
    currency: loan.currency,
    decimals: loan.decimals,
    facts: factsOf(file),
    product: file.product,
    params: Object.fromEntries(Object.entries(params).filter(([name]) => WAY_PARAMS.test(name))),
  };
}

/** The same for the browser, unless the product's days depend on a calendar, which no page carries. */
async function carried(visit: OwnVisit): Promise<{ readonly data?: LoanData }> {
  const data = await loanDataOf(visit);
  return data && !data.product.payableOn ? { data } : {};
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
    return { page: { ...planPage(shown, visit.show), ...(await carried(visit)) } };
  }),
  own("portal.try-plan", "POST", "/me/plan", plan),
  own("portal.pay", "GET", "/me/pay", pay),
  own("portal.guides", "GET", "/me/guides", async ({ show }) => ({ page: guidesPage(true, show) })),
  ...GUIDE_IDS.map((id) =>
    own("portal.guide", "GET", `/me/guides/${id}`, async (visit) => ({
      page: guidePage(id, guideLaw(visit, id), await ownAnswer(id, visit), visit.show),
    })),
  ),
] as const;
