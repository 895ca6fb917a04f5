import { z } from "zod";
import {
  dayAt,
  decimalsOf,
  formatDay,
  formatMoney,
  type Minor,
  PROCEDURES,
  type ProceedingFact,
  parseMoney,
} from "../../core/index.ts";
import {
  EVENT_NAMES,
  EVENT_WORDS,
  eventFields,
  isOverState,
  mayFollow,
  PROCEDURE_WORDS,
  PROCEEDING_STATE_WORDS,
  type ProceedingLife,
  proceedingDays,
  proceedingsOf,
  toRecord,
  WAY_WORDS,
} from "../../legal/index.ts";
import { type Court, moveProceeding, takeBack } from "../../office/court/desk.ts";
import { openProceeding } from "../../office/court/opening.ts";
import { proceedingSentence } from "../../office/court/proceeding-words.ts";
import { expectedFees, lifeJson } from "../../office/court/told.ts";
import type { LoanFile } from "../../store/index.ts";
import { maskText, ownValues } from "../access/fields.ts";
import { courtOf, matterDay, todayOf, watchedOf } from "../courtroom.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { said } from "../http/said.ts";
import { route } from "../route.ts";
import { MatterDayShape } from "./court-book.ts";
import { LOAN_WRITES, PROCEEDING_READS, PROCEEDING_WRITES } from "./rows.ts";
import { Cite, citeOf, DayText, DryRun, dayOf, Id, Loose, line, Money, Says } from "./shapes.ts";

const LoanParams = z.strictObject({ loan: Id });
const Told = z.object({
  proceeding: z.string(),
  became: z.enum(["recorded", "known", "would-record"]),
  /** Loans whose ledger took the sums, and whose core system has to be told. */
  booked: z.array(z.string()),
  fed: z.array(z.string()),
  told: Loose,
  version: z.int().describe("If-Match takes it"),
});

/** The proceedings that are about this loan, in the order in which they were opened. */
const about = (file: LoanFile): ProceedingLife[] =>
  [...proceedingsOf(file.ofBorrower.map(({ fact }) => fact)).values()].filter(({ debts }) =>
    debts.includes(file.id),
  );

const toldOf = (court: Court, life: ProceedingLife, decimals: number): Record<string, unknown> =>
  lifeJson(life, proceedingDays(life, court.law), decimals, dayAt(court.lender.zone, court.now));

function outcomeOf(court: Court, outcome: Awaited<ReturnType<typeof moveProceeding>>, dryRun: boolean) {
  if (!outcome.done) {
    const { code, says } = outcome.refusal;
    throw refusedBy({ code, says: says.en, saysZh: says.zh });
  }
  const { life, known, booked, fed, decimals } = outcome;
  return {
    proceeding: life.id,
    became: known ? ("known" as const) : dryRun ? ("would-record" as const) : ("recorded" as const),
    booked: [...booked],
    fed: [...fed],
    told: toldOf(court, life, decimals),
    version: life.facts,
  };
}

const Line = z.object({
  of: z.string(),
  charged: Money,
  prepaidBy: z.string(),
  prepaid: Money,
  fromCourt: Money,
  fromDebtor: Money,
  applicant: Money,
  debtor: Money,
  open: Money,
  because: z.array(z.object({ rule: z.string(), cite: Cite })),
});

/** Fees by the law as far as the proceeding has gone: who paid first, who bears what, and by which sentence. */
function feesShape(court: Court, life: ProceedingLife, money: (sum: number) => string) {
  const fees = expectedFees(court, life);
  if (!fees) return null;
  const { lines, total } = fees;
  return {
    lines: lines.map((line) => ({
      of: line.of,
      charged: money(line.charged),
      prepaidBy: line.prepaidBy,
      prepaid: money(line.prepaid),
      fromCourt: money(line.fromCourt),
      fromDebtor: money(line.fromDebtor),
      applicant: money(line.applicant),
      debtor: money(line.debtor),
      open: money(line.open),
      because: line.because.map(({ rule, source }) => ({ rule, cite: citeOf(source) })),
    })),
    total: {
      charged: money(total.charged),
      prepaid: money(total.prepaid),
      applicant: money(total.applicant),
      debtor: money(total.debtor),
      open: money(total.open),
    },
  };
}

/** What may be recorded next, each with what it has to be told with. */
const nextEvents = (life: ProceedingLife) =>
  [...new Set(mayFollow(life.way, life.state))]
    .filter((key) => key !== "objected-in-vain")
    .map((key) => {
      const { event, with: preset } = toRecord(key);
      const fields = eventFields(event, life.debts.length).filter(({ column }) => !(column in preset));
      return {
        key,
        says: { ...EVENT_WORDS[key] },
        event: event as string,
        with: { ...preset },
        fields: fields.map(({ column, kind, choices, needed }) => ({
          column,
          kind,
          choices: choices ? [...choices] : null,
          // An adjournment to another day is told with that day; without it the day is still open.
          needed: needed || (key === "adjourned-to" && column === "hearing"),
        })),
      };
    });

export const COURT_ROUTES = [
  route({
    id: "loan.proceedings",
    method: "GET",
    url: "/v1/loans/:loan/proceedings",
    says: {
      en: "Proceedings about a loan, with their days and who has to act",
      zh: "贷款涉及的程序、期限与办理方",
    },
    of: "loan",
    may: PROCEEDING_READS,
    scope: "loans:read",
    params: LoanParams,
    answers: z.object({ items: z.array(Loose) }),
    handle: async ({ api, lender, file, now, who }) => {
      const court = await courtOf(api, lender, now, who.id);
      const decimals = decimalsOf(file.product.terms.currency);
      return { items: about(file).map((life) => toldOf(court, life, decimals)) };
    },
  }),
  route({
    id: "loan.proceeding",
    method: "GET",
    url: "/v1/loans/:loan/proceedings/:proceeding",
    says: {
      en: "One proceeding: its days, fees and history, and what may be recorded next",
      zh: "程序详情：期限、费用、经过与可登记事项",
    },
    of: "loan",
    shows: "proceeding",
    may: PROCEEDING_READS,
    scope: "loans:read",
    params: z.strictObject({ loan: Id, proceeding: Id }),
    answers: z.object({
      proceeding: z.string(),
      version: z.int().describe("If-Match takes it"),
      kind: z.string(),
      kindSays: Says,
      procedure: z.string().nullable(),
      procedureSays: Says.nullable(),
      state: z.string(),
      stateSays: Says,
      over: z.boolean(),
      court: z.string(),
      caseNumber: z.string().nullable(),
      appealNumber: z.string().nullable(),
      loans: z.array(z.string()),
      currency: z.string(),
      openedOn: z.string(),
      claimed: Money.nullable(),
      firm: z.string().nullable(),
      lawyer: z.string().nullable(),
      performBy: z.string().nullable(),
      award: z
        .array(z.object({ loan: z.string(), principal: Money, interest: Money, costs: Money }))
        .nullable(),
      days: z.array(MatterDayShape),
      fees: z
        .object({
          lines: z.array(Line),
          total: z.object({ charged: Money, prepaid: Money, applicant: Money, debtor: Money, open: Money }),
        })
        .nullable()
        .describe("Null where nobody said how much is claimed"),
      history: z.array(
        z.object({ event: z.string(), on: z.string(), by: z.string(), says: Says, last: z.boolean() }),
      ),
      may: z.array(
        z.object({
          key: z.string(),
          says: Says,
          event: z.string(),
          with: z.record(z.string(), z.string()),
          fields: z.array(
            z.object({
              column: z.string(),
              kind: z.string(),
              choices: z.array(z.string()).nullable(),
              needed: z.boolean(),
            }),
          ),
        }),
      ),
    }),
    handle: async ({ api, lender, file, now, who, params }) => {
      const court = await courtOf(api, lender, now, who.id);
      const life = about(file).find(({ id }) => id === params.proceeding);
      if (!life) throw new Problem("not-found");
      const { currency } = file.product.terms;
      const money = (sum: number): string => formatMoney(sum as Minor, decimalsOf(currency));
      const last = life.events.at(-1);
      const own = ownValues(file);
      const said = (fact: ProceedingFact) => {
        const words = proceedingSentence(fact, money);
        return { en: maskText(words.en, own), zh: maskText(words.zh, own) };
      };
      const { opened, award, procedure } = life;
      return {
        proceeding: life.id,
        version: life.facts,
        kind: life.way,
        kindSays: { ...WAY_WORDS[life.way] },
        procedure: procedure ?? null,
        procedureSays: procedure ? { ...PROCEDURE_WORDS[procedure] } : null,
        state: life.state,
        stateSays: { ...PROCEEDING_STATE_WORDS[life.state] },
        over: isOverState(life.state),
        court: life.court,
        caseNumber: life.caseNumber ?? null,
        appealNumber: life.appealNumber ?? null,
        loans: [...life.debts],
        currency,
        openedOn: formatDay(opened.dated),
        claimed: opened.claimed === undefined ? null : money(opened.claimed),
        firm: opened.firm ?? null,
        lawyer: opened.lawyer ?? null,
        performBy: life.performBy === undefined ? null : formatDay(life.performBy),
        award: award
          ? award.sums.map(({ debt, principal, interest, costs }) => ({
              loan: debt,
              principal: money(principal),
              interest: money(interest),
              costs: money(costs),
            }))
          : null,
        days: watchedOf(proceedingDays(life, court.law))
          .sort((a, b) => a.lastOn - b.lastOn)
          .map((day) => matterDay(day, todayOf(court))),
        fees: feesShape(court, life, money),
        history: [opened, ...life.events, ...life.takenBack].map((fact) => ({
          event: "event" in fact ? fact.event : "opened",
          on: formatDay("dated" in fact ? fact.dated : fact.on),
          by: fact.by,
          says: said(fact),
          last: fact === last,
        })),
        may: nextEvents(life),
      };
    },
  }),
  route({
    id: "loan.proceeding-open",
    method: "POST",
    url: "/v1/loans/:loan/proceedings",
    says: {
      en: "Open a proceeding about a loan; nothing is filed by it",
      zh: "就贷款建立程序；并不提交法院",
    },
    of: "loan",
    guard: { none: "adds" },
    may: LOAN_WRITES,
    scope: "loans:write",
    params: LoanParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      kind: z.enum(["mediation", "payment-order", "suit"]),
      court: line(100),
      on: DayText,
      engagement: Id.optional(),
      firm: Id.optional(),
      lawyer: Id.optional(),
      claimed: Money.optional().describe("How much is claimed; without it no fee can be told"),
      procedure: z.enum(PROCEDURES as unknown as readonly [string, ...string[]]).optional(),
      letter: Id.optional(),
      after: Id.optional(),
      id: Id.optional(),
    }),
    answers: Told,
    handle: async ({ api, lender, file, now, who, query, body }) => {
      const { kind, on, court: name, claimed, ...more } = body;
      const court = await courtOf(api, lender, now, who.id);
      const told = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
      const sum =
        claimed === undefined ? undefined : parseMoney(claimed, decimalsOf(file.product.terms.currency));
      if (claimed !== undefined && sum === undefined)
        throw new Problem("bad-request", {
          ...said.notASum(claimed),
          at: "body/claimed",
        });
      const asked = {
        ...told,
        ...(sum === undefined ? {} : { claimed: sum }),
        loans: [file.id],
        way: kind,
        court: name,
        dated: dayOf(on),
      };
      return outcomeOf(court, await openProceeding(court, asked, query.dryRun), query.dryRun);
    },
  }),
  route({
    id: "loan.proceeding-event",
    method: "POST",
    url: "/v1/loans/:loan/proceedings/:proceeding/events",
    says: {
      en: "Record what happened in a proceeding; a judgment in force goes into the ledger",
      zh: "登记程序事件；生效判决记入账务",
    },
    of: "loan",
    guard: { by: "proceeding" },
    may: PROCEEDING_WRITES,
    scope: "loans:write",
    params: z.strictObject({ loan: Id, proceeding: Id }),
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      event: z.enum(["taken-back", ...EVENT_NAMES]),
      on: DayText,
      /** The columns of this event, as a file of events has them; of `taken-back` the `name` of the event and the `reason`. */
      with: z.record(z.string().max(40), z.string().max(2000)).default({}),
    }),
    answers: Told,
    handle: async ({ api, lender, file, now, who, params, query, body, version }) => {
      const court = await courtOf(api, lender, now, who.id);
      // Of this loan only: who may act on one loan has no say in the proceedings of another.
      if (!about(file).some(({ id }) => id === params.proceeding)) throw new Problem("not-found");
      const outcome =
        body.event === "taken-back"
          ? await takeBack(
              court,
              params.proceeding,
              body.with.name ?? "",
              body.with.reason ?? "",
              query.dryRun,
              version,
            )
          : await moveProceeding(
              court,
              params.proceeding,
              body.event,
              { ...body.with, on: body.on },
              query.dryRun,
              version,
            );
      return outcomeOf(court, outcome, query.dryRun);
    },
  }),
];
