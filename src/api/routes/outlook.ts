import { z } from "zod";
import { jurisdictionLaw } from "../../../packs/cn/index.ts";
import {
  addDays,
  type Day,
  decimalsOf,
  formatDay,
  formatInstant,
  formatMoney,
  type Minor,
  parseMoney,
  positionFromFacts,
  ymd,
} from "../../core/index.ts";
import { CERTAINTY_WORDS, eventWords, FORECAST_REFUSALS, forecast } from "../../forecast/index.ts";
import { courtsFor, whichWay } from "../../legal/index.ts";
import { aroundOf, caseOfFile, lookThrough } from "../../office/advice/book.ts";
import { placesOf } from "../../office/advice/case.ts";
import {
  conditionWords,
  ROUTE_WORDS,
  STANDING_WORDS,
  stretchWords,
  WHY_WORDS,
} from "../../office/advice/words.ts";
import { courtWords } from "../../office/court/where-words.ts";
import { standingOf } from "../../office/forecast/borrower.ts";
import { feesOf } from "../../office/forecast/fees.ts";
import { Declined } from "../../office/io.ts";
import { usualDay } from "../../office/loans/shown.ts";
import { type Database, factsOf, type Lender, type LoanFile } from "../../store/index.ts";
import type { Api } from "../api.ts";
import { courtSetOf } from "../courtroom.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { said } from "../http/said.ts";
import { quietIo } from "../quiet-io.ts";
import { route } from "../route.ts";
import { LoanParams } from "./loans.ts";
import { LOAN_READS, PROCEEDING_READS } from "./rows.ts";
import { Cite, citeOf, DayText, dayOrNot, Money, Says } from "./shapes.ts";

/** What comes: of a loan if nothing is done, and of the ways to a court. */

/** Half a year shows every step of the usual plans; three years is as far as a page can be read. */
const USUAL_DAYS = 180;
const MOST_DAYS = 1100;
/** How long after a step money counts as its fruit. */
const HISTORY_MONTHS = 6;
/** Points of a line: more cannot be told apart on a screen. */
const MOST_POINTS = 140;

const Because = z.object({
  from: z.string(),
  ref: z.string(),
  cite: Cite.nullable(),
  verification: z.string().nullable(),
});

const Coming = z.object({
  on: z.string(),
  through: z.string().nullable(),
  kind: z.string(),
  certainty: z.enum(["contract", "intended", "court"]),
  certaintySays: Says,
  sum: Money.nullable(),
  pastDue: Money,
  payoff: Money,
  dpd: z.int(),
  at: z.string().nullable(),
  record: z.string(),
  stop: z.object({ amount: Money, by: z.string(), clears: Money }).nullable(),
  says: z.object({ en: z.array(z.string()), zh: z.array(z.string()) }),
  because: z.array(Because),
});

type Reason = {
  readonly from: string;
  readonly ref: string;
  readonly source?: { readonly cite: z.output<typeof Cite>; readonly verification: string };
};
const becauseOf = ({ from, ref, source }: Reason): z.input<typeof Because> => ({
  from,
  ref,
  cite: source ? citeOf(source) : null,
  verification: source?.verification ?? null,
});

/** The last closed day, or an earlier one. */
function dayAsked(file: LoanFile, api: Api, asked: Day | undefined): Day {
  const usual = usualDay(file, api);
  const asOf = asked ?? usual;
  const last = Math.max(usual, file.lender.closedThrough) as Day;
  if (asOf > last)
    throw refusedBy({
      code: "not-closed",
      says: `the book is closed through ${formatDay(last)}: ask about a day up to it`,
      saysZh: `账本已日终至 ${formatDay(last)}，请查询不晚于该日的日期`,
      at: "asOf",
    });
  if (asOf < file.stored.disbursedOn)
    throw refusedBy({
      code: "not-paid-out-yet",
      says: `there is no such loan on that day: it was paid out on ${formatDay(file.stored.disbursedOn)}`,
      at: "asOf",
    });
  return asOf;
}

/** Days on which a line has a point: those of facts, and between them so many that its slope is seen. */
function lineDays(file: LoanFile, asOf: Day): Day[] {
  const first = file.stored.disbursedOn;
  const step = Math.max(1, Math.ceil((asOf - first) / (MOST_POINTS / 2)));
  const days = new Set<Day>([first, asOf]);
  for (let on = first; on < asOf; on = addDays(on, step)) days.add(on);
  const moved = factsOf(file).filter(({ kind }) =>
    /Payment|Charge|Waive|Revers|Report|Restructur|Accelerat|Judgment/.test(kind),
  );
  for (const { on } of moved.slice(-MOST_POINTS / 2)) if (on >= first && on <= asOf) days.add(on);
  return [...days].sort((a, b) => a - b);
}

interface Looked {
  readonly day: Day;
  readonly history: ReturnType<typeof lookThrough>;
}
/** What steps brought in is read once a close, by one pass over the book; whoever asks meanwhile waits for that pass. */
const HISTORIES = new WeakMap<Database, Map<string, Looked>>();

async function historyOf(api: Api, lender: Lender, around: Parameters<typeof lookThrough>[1]) {
  const own = HISTORIES.get(api.db) ?? new Map<string, Looked>();
  HISTORIES.set(api.db, own);
  const known = own.get(lender.code);
  if (known?.day === lender.closedThrough) return (await known.history).history;
  const history = lookThrough(
    api.db,
    around,
    { months: HISTORY_MONTHS, about: () => false, said: {} },
    quietIo(api),
  );
  own.set(lender.code, { day: lender.closedThrough, history });
  history.catch(() => own.delete(lender.code));
  return (await history).history;
}

const bothOf = (words: (language: "en" | "zh") => string) => ({ en: words("en"), zh: words("zh") });

const Fees = z.object({ applicant: Money, debtor: Money, open: Money });

export const OUTLOOK_ROUTES = [
  route({
    id: "loan.forecast",
    method: "GET",
    url: "/v1/loans/:loan/forecast",
    says: {
      en: "What follows if nothing is paid, or a sum is: each day with how sure it is, its sum, and the least that stops it",
      zh: "后续预测：若不还款（或还一定金额）将发生的事项、确定程度、金额与阻止办法",
    },
    of: "loan",
    may: { ...LOAN_READS, agency: "never", "agency-collector": "never" },
    scope: "loans:read",
    params: LoanParams,
    query: z.strictObject({
      asOf: DayText.optional(),
      through: DayText.optional().describe("180 days on where absent; at most three years"),
      pay: Money.optional().describe("A sum that is paid in thought"),
      on: DayText.optional().describe("When it is paid; on the day that is asked about where absent"),
    }),
    answers: z.object({
      loan: z.string(),
      currency: z.string(),
      asOf: z.string(),
      through: z.string(),
      now: z.object({ dpd: z.int(), pastDue: Money, payoff: Money }),
      events: z.array(Coming),
      heldBack: z.array(
        z.object({
          on: z.string(),
          step: z.string(),
          againOn: z.string().nullable(),
          because: z.array(Because),
        }),
      ),
      unknownFrom: z.object({ on: z.string(), reason: z.string() }).nullable(),
    }),
    handle: async ({ api, file, query }) => {
      const asOf = dayAsked(file, api, dayOrNot(query.asOf));
      const through = Math.min(dayOrNot(query.through) ?? asOf + USUAL_DAYS, asOf + MOST_DAYS) as Day;
      const { currency } = file.product.terms;
      const amount = query.pay === undefined ? undefined : parseMoney(query.pay, decimalsOf(currency));
      if (query.pay !== undefined && amount === undefined)
        throw new Problem("bad-request", {
          ...said.notASum(query.pay),
          at: "query/pay",
        });
      const { borrower, context } = await standingOf(api.db, file, asOf, api.shelves);
      const made = forecast({
        borrower,
        n: file.key.n,
        asOf,
        through,
        context,
        courtFees: feesOf(file.lender.pack),
        ...(amount === undefined ? {} : { pay: { amount, on: dayOrNot(query.on) ?? asOf } }),
      });
      if (!made.ok) {
        const { code, says } = made.refusal;
        const saysZh = FORECAST_REFUSALS[code];
        throw refusedBy({ code, says, ...(saysZh === undefined ? {} : { saysZh }) });
      }
      const found = made.value;
      const zone = file.borrower.zone ?? file.lender.zone;
      const money = (sum: number): string => formatMoney(sum as Minor, decimalsOf(currency));
      return {
        loan: file.id,
        currency,
        asOf: formatDay(found.asOf),
        through: formatDay(found.through),
        now: {
          dpd: found.position.dpd,
          pastDue: money(found.position.arrears.total),
          payoff: money(found.position.payoff),
        },
        events: found.events.map((event) => {
          const {
            on,
            through: to,
            kind,
            certainty,
            sum,
            pastDue,
            payoff,
            dpd,
            slot,
            record,
            stop,
            because,
          } = event;
          return {
            on: formatDay(on),
            through: to === undefined ? null : formatDay(to),
            kind,
            certainty,
            certaintySays: { ...CERTAINTY_WORDS[certainty] },
            sum: sum === undefined ? null : money(sum),
            pastDue: money(pastDue),
            payoff: money(payoff),
            dpd,
            at: slot === undefined ? null : formatInstant(zone, slot),
            record,
            stop: stop
              ? { amount: money(stop.amount), by: formatDay(stop.by), clears: money(stop.clears) }
              : null,
            says: {
              en: eventWords(event, { language: "en", money, zone }),
              zh: eventWords(event, { language: "zh", money, zone }),
            },
            because: because.map(becauseOf),
          };
        }),
        heldBack: found.heldBack.map(({ on, step, againOn, because }) => ({
          on: formatDay(on),
          step,
          againOn: againOn === undefined ? null : formatDay(againOn),
          because: because.map(becauseOf),
        })),
        unknownFrom: found.unknownFrom
          ? { on: formatDay(found.unknownFrom.on), reason: found.unknownFrom.reason }
          : null,
      };
    },
  }),
  route({
    id: "loan.line",
    method: "GET",
    url: "/v1/loans/:loan/line",
    says: {
      en: "Balance, arrears and days past due through a loan's life, as points of a line",
      zh: "贷款余额、逾期欠款与逾期天数走势",
    },
    of: "loan",
    may: { ...LOAN_READS, agency: "never", "agency-collector": "never" },
    scope: "loans:read",
    params: LoanParams,
    query: z.strictObject({ asOf: DayText.optional() }),
    answers: z.object({
      loan: z.string(),
      currency: z.string(),
      points: z.array(z.object({ on: z.string(), outstanding: Money, arrears: Money, dpd: z.int() })),
    }),
    handle: async ({ api, file, query }) => {
      const asOf = dayAsked(file, api, dayOrNot(query.asOf));
      const { currency } = file.product.terms;
      const money = (sum: number): string => formatMoney(sum as Minor, decimalsOf(currency));
      const facts = factsOf(file);
      return {
        loan: file.id,
        currency,
        points: lineDays(file, asOf).flatMap((on) => {
          const position = positionFromFacts(file.key, facts, () => file.product, on);
          if (!position) return [];
          return {
            on: formatDay(on),
            outstanding: money(position.outstanding),
            arrears: money(position.arrears.total),
            dpd: position.dpd,
          };
        }),
      };
    },
  }),
  route({
    id: "loan.advice",
    method: "GET",
    url: "/v1/loans/:loan/advice",
    says: {
      en: "Worth suing? Each way with its conditions, costs, time, and what comparable debts brought; never legal advice",
      zh: "是否值得起诉：各途径的条件、费用、时限与可比回收（不构成法律意见）",
    },
    of: "loan",
    may: PROCEEDING_READS,
    scope: "loans:read",
    params: LoanParams,
    answers: z.object({
      loan: z.string(),
      asOf: z.string(),
      currency: z.string(),
      claim: Money,
      take: z.string(),
      takeSays: Says,
      because: z.array(z.object({ why: z.string(), says: Says })),
      months: z.int(),
      waiting: z.object({ cases: z.int(), mean: z.int().nullable() }),
      ways: z.array(
        z.object({
          way: z.string(),
          says: Says,
          standing: z.string(),
          standingSays: Says,
          outlay: Money,
          ifWon: Fees,
          ifLost: Fees,
          until: z.string(),
          latest: z.string(),
          cases: z.int(),
          mean: z.int().nullable().describe("Ten-thousandths of the claim that comparable debts brought"),
          net: z.object({ mean: Money, low: Money, high: Money }).nullable(),
          breakEven: z.int().describe("Ten-thousandths: how sure it has to be that all is paid"),
          time: z.array(Says),
          conditions: z.array(z.object({ state: z.string(), says: Says, supply: Says, cite: Cite })),
        }),
      ),
    }),
    handle: async ({ api, lender, file }) => {
      const { terms } = courtSetOf(api);
      const on = usualDay(file, api);
      try {
        const { around, law } = await aroundOf(api.db, lender, terms, on);
        const facts = await caseOfFile(api.db, file, around, {});
        if (!facts) throw refusedBy({ code: "not-paid-out-yet", says: "there is no such loan on that day" });
        const history = await historyOf(api, lender, around);
        const found = whichWay(
          { facts, costs: terms.costs, wages: terms.wages, history, year: ymd(on).year },
          law,
        );
        const money = (sum: number): string => formatMoney(sum as Minor);
        const feesShape = ({ applicant, debtor, open }: (typeof found.routes)[number]["won"]["total"]) => ({
          applicant: money(applicant),
          debtor: money(debtor),
          open: money(open),
        });
        return {
          loan: file.id,
          asOf: formatDay(on),
          currency: file.product.terms.currency,
          claim: money(facts.claim),
          take: found.advice.take,
          takeSays: { ...ROUTE_WORDS[found.advice.take] },
          because: found.advice.why.map((why) => ({ why, says: { ...WHY_WORDS[why] } })),
          months: HISTORY_MONTHS,
          waiting: { cases: found.waiting.cases, mean: found.waiting.share?.mean ?? null },
          ways: found.routes.map((one) => ({
            way: one.route,
            says: { ...ROUTE_WORDS[one.route] },
            standing: one.standing,
            standingSays: { ...STANDING_WORDS[one.standing] },
            outlay: money(one.outlay),
            ifWon: feesShape(one.won.total),
            ifLost: feesShape(one.lost.total),
            until: formatDay(one.until),
            latest: formatDay(one.latest),
            cases: one.history.cases,
            mean: one.history.share?.mean ?? null,
            net: one.net
              ? { mean: money(one.net.mean), low: money(one.net.low), high: money(one.net.high) }
              : null,
            breakEven: one.breakEven,
            time: one.time.map((stretch) => bothOf((language) => stretchWords(stretch, language))),
            conditions: one.conditions.map((condition) => ({
              state: condition.state,
              says: bothOf((language) => conditionWords(condition, language).is),
              supply: bothOf((language) => conditionWords(condition, language).supply),
              cite: citeOf(condition.source),
            })),
          })),
        };
      } catch (error) {
        if (error instanceof Declined) throw refusedBy({ code: "no-law-on-ways", says: error.message });
        throw error;
      }
    },
  }),
  route({
    id: "loan.courts",
    method: "GET",
    url: "/v1/loans/:loan/courts",
    says: {
      en: "Which courts can hear it, why, and what is missing to be sure",
      zh: "管辖法院、依据与尚缺信息",
    },
    of: "loan",
    may: PROCEEDING_READS,
    scope: "loans:read",
    params: LoanParams,
    query: z.strictObject({ for: z.enum(["suit", "payment-order"]).default("suit") }),
    answers: z.object({
      loan: z.string(),
      suit: z.string(),
      courts: z.array(
        z.object({
          court: z.string().nullable(),
          area: z.string().nullable(),
          basis: z.string(),
          basisSays: Says,
          standing: z.string(),
          standingSays: Says,
          because: z.array(z.object({ says: Says, cite: Cite })),
          missing: z.array(Says),
        }),
      ),
    }),
    handle: async ({ api, lender, file, query }) => {
      const { terms } = courtSetOf(api);
      const pack = await api.packFor(lender);
      const law = lender.pack === "cn" && pack ? jurisdictionLaw(pack, usualDay(file, api)) : undefined;
      if (!law?.ok)
        throw refusedBy({
          code: "no-law-on-courts",
          says: `the pack ${lender.pack} has no law on which court is competent`,
          saysZh: `合规包 ${lender.pack} 没有管辖规定`,
        });
      const asked = placesOf({ product: file.product, defendant: file.borrower }, terms, {});
      const found = courtsFor({ ...asked, for: query.for }, law.value);
      // An address that is no known area stands for itself; it is the person's own, and not shown whole.
      const areas = Object.keys(terms.courts);
      return {
        loan: file.id,
        suit: found.suit,
        courts: found.courts.map((one) => {
          const words = courtWords(one);
          return {
            court: one.court ?? null,
            area: one.area !== undefined && areas.includes(one.area) ? one.area : null,
            basis: one.basis,
            basisSays: { ...words.basis },
            standing: one.standing,
            standingSays: { ...words.standing },
            because: one.because.map(({ source }, i) => ({
              says: { ...words.because[i]! },
              cite: citeOf(source),
            })),
            missing: words.missing.map((says) => ({ ...says })),
          };
        }),
      };
    },
  }),
];
