import { z } from "zod";
import { moveProceeding, openCourt, openProceeding, takeBack } from "../../cli/court/desk.ts";
import { lifeJson } from "../../cli/court/told.ts";
import { dayAt, decimalsOf } from "../../core/index.ts";
import { EVENT_NAMES, type ProceedingLife, proceedingDays, proceedingsOf } from "../../legal/index.ts";
import type { Lender, LoanFile } from "../../store/index.ts";
import type { Api } from "../api.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { route } from "../route.ts";
import { LOAN_WRITES, PROCEEDING_READS, PROCEEDING_WRITES } from "./rows.ts";
import { DayText, DryRun, dayOf, Id, Loose, line } from "./shapes.ts";

const LoanParams = z.strictObject({ loan: Id });
const Told = z.object({
  proceeding: z.string(),
  became: z.enum(["recorded", "known", "would-record"]),
  /** Loans whose ledger took the sums, and whose core system has to be told. */
  booked: z.array(z.string()),
  fed: z.array(z.string()),
  told: Loose,
});

/** The proceedings that are about this loan, in the order in which they were opened. */
const about = (file: LoanFile): ProceedingLife[] =>
  [...proceedingsOf(file.ofBorrower.map(({ fact }) => fact)).values()].filter(({ debts }) =>
    debts.includes(file.id),
  );

async function courtOf(api: Api, lender: Lender, now: number, by: string) {
  const opened = await openCourt({ db: api.db, lender, now, by });
  if (!opened.ok) throw refusedBy({ code: "no-law-on-proceedings", says: opened.says });
  return opened.court;
}
type Desk = Awaited<ReturnType<typeof courtOf>>;

const toldOf = (court: Desk, life: ProceedingLife, decimals: number): Record<string, unknown> =>
  lifeJson(life, proceedingDays(life, court.law), decimals, dayAt(court.lender.zone, court.now));

function outcomeOf(court: Desk, outcome: Awaited<ReturnType<typeof moveProceeding>>, dryRun: boolean) {
  if (!outcome.done)
    throw new Problem("refused", { refusal: outcome.refusal.code, says: outcome.refusal.says.en });
  const { life, known, booked, fed, decimals } = outcome;
  return {
    proceeding: life.id,
    became: known ? ("known" as const) : dryRun ? ("would-record" as const) : ("recorded" as const),
    booked: [...booked],
    fed: [...fed],
    told: toldOf(court, life, decimals),
  };
}

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
    id: "loan.proceeding-open",
    method: "POST",
    url: "/v1/loans/:loan/proceedings",
    says: {
      en: "Open a proceeding about a loan; nothing is filed by it",
      zh: "就贷款建立程序；并不提交法院",
    },
    of: "loan",
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
      letter: Id.optional(),
      after: Id.optional(),
      id: Id.optional(),
    }),
    answers: Told,
    handle: async ({ api, lender, file, now, who, query, body: { kind, on, court: name, ...more } }) => {
      const court = await courtOf(api, lender, now, who.id);
      const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
      const asked = { ...said, loans: [file.id], way: kind, court: name, dated: dayOf(on) };
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
    handle: async ({ api, lender, file, now, who, params, query, body }) => {
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
            )
          : await moveProceeding(
              court,
              params.proceeding,
              body.event,
              { ...body.with, on: body.on },
              query.dryRun,
            );
      return outcomeOf(court, outcome, query.dryRun);
    },
  }),
];
