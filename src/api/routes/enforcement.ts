import { z } from "zod";
import {
  ASSETS_OUTCOMES,
  CLOSED_WHYS,
  type Day,
  DISHONEST_GROUNDS,
  dayAt,
  decimalsOf,
  ENFORCEMENT_COMMON_KEYS,
  ENFORCEMENT_EVENT_KINDS,
  eventOfTexts,
  type Fact,
  formatDay,
  formatMoney,
  isEnforcementFact,
  keysOfEnforcementEvent,
  LIST_MOVES,
  LIST_NAMES,
  MEASURE_ENDED_WHYS,
  MEASURE_TYPES,
  type Minor,
  PENALTY_KINDS,
  parseMoney,
  RECOVERED_HOWS,
  REJECTED_WHYS,
  REMOVAL_CASES,
  RESUMED_WHYS,
  STAY_WHYS,
} from "../../core/index.ts";
import { madeEventId } from "../../intake/index.ts";
import {
  ENFORCEMENT_STATE_WORDS,
  type EnforcementLife,
  enforcementDates,
  enforcementsOf,
  type ListLife,
  owedUnder,
  whatFollows,
} from "../../legal/index.ts";
import type { ApplicationTold, Desk, EntryAsked } from "../../office/enforcement/desk.ts";
import { enforcementLaw } from "../../office/enforcement/law.ts";
import { paymentsUnder } from "../../office/enforcement/moment.ts";
import { enter } from "../../office/enforcement/office.ts";
import { enforcementSentence, LIST_STATE_WORDS } from "../../office/enforcement/words.ts";
import { atEnforcement, factsOf, type Lender, type LoanFile } from "../../store/index.ts";
import { maskText, ownValues } from "../access/fields.ts";
import type { Api } from "../api.ts";
import { enforcementDay } from "../courtroom.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { said } from "../http/said.ts";
import { route } from "../route.ts";
import { MatterDayShape } from "./court-book.ts";
import { LoanParams } from "./loans.ts";
import { COURT_READS, PROCEEDING_READS, PROCEEDING_WRITES } from "./rows.ts";
import { Cite, citeOf, DayText, DryRun, dayOf, Id, line, Money, Says } from "./shapes.ts";

const List = z.object({
  state: z.string(),
  says: Says,
  ground: z.string().nullable(),
  decidedOn: z.string().nullable(),
  until: z.string().nullable(),
  removedOn: z.string().nullable(),
});

const Enforcement = z.object({
  enforcement: z.string(),
  version: z.int().describe("If-Match takes it"),
  loan: z.string(),
  currency: z.string(),
  state: z.string(),
  stateSays: Says,
  court: z.string(),
  number: z.string().nullable(),
  appliedOn: z.string(),
  applyBy: z.string(),
  late: z.boolean(),
  judgment: z.object({ court: z.string(), number: z.string(), performBy: z.string(), debt: Money }),
  owed: z
    .object({ judgment: Money, doubled: Money, total: Money })
    .nullable()
    .describe("On the day that is asked about; null where the law of that day was not read"),
  measures: z.array(
    z.object({
      measure: z.string(),
      type: z.string().nullable(),
      what: z.string().nullable(),
      granted: z.boolean(),
      amount: Money.nullable(),
      until: z.string().nullable(),
      ended: z.string().nullable(),
    }),
  ),
  dishonest: List,
  consumption: List,
  days: z.array(MatterDayShape),
  follows: z.array(
    z.object({
      follows: z.string(),
      says: Says,
      by: z.string().nullable(),
      cite: Cite,
      verification: z.string(),
    }),
  ),
  history: z.array(z.object({ event: z.string(), on: z.string(), by: z.string(), says: Says })),
});

const Recorded = z.object({
  enforcement: z.string(),
  became: z.enum(["recorded", "known", "would-record"]),
  state: z.string().nullable(),
  remarks: z.array(z.object({ code: z.string(), says: Says, cite: Cite, verification: z.string() })),
});

const YES_NO = ["yes", "no"];
/** What a key of an entry may be; `why` says another thing in each. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  type: MEASURE_TYPES,
  outcome: ASSETS_OUTCOMES,
  how: RECOVERED_HOWS,
  next: ["resume", "sue"],
  approved: ["applicant", "panel-and-president"],
  penalty: PENALTY_KINDS,
  list: LIST_NAMES,
  move: LIST_MOVES,
  ground: DISHONEST_GROUNDS,
  case: REMOVAL_CASES,
  "rejected.why": REJECTED_WHYS,
  "ended.why": MEASURE_ENDED_WHYS,
  "stayed.why": STAY_WHYS,
  "resumed.why": RESUMED_WHYS,
  "closed.why": CLOSED_WHYS,
  warned: YES_NO,
  assetsOrdered: YES_NO,
  atRequest: YES_NO,
  listedIfQualified: YES_NO,
  searched: YES_NO,
  sought: YES_NO,
  found: YES_NO,
};

async function deskOf(api: Api, lender: Lender, now: number): Promise<Desk> {
  const pack = await api.packFor(lender);
  const law = pack && enforcementLaw(pack);
  if (!law)
    throw refusedBy({
      code: "no-law-on-enforcement",
      says: `the pack ${lender.pack} has no law on enforcement`,
      saysZh: `合规包 ${lender.pack} 没有执行规定`,
    });
  return { db: api.db, lender, now, law };
}

const about = (file: LoanFile): EnforcementLife[] =>
  [...enforcementsOf(file.ofBorrower.map(({ fact }) => fact)).values()].filter(
    ({ debt }) => debt === file.id,
  );

/** How many facts an enforcement has, contrary entries too: it only grows. */
const versionOf = (facts: readonly Fact[], id: string): number =>
  facts.filter((fact) => isEnforcementFact(fact) && fact.id === id).length;

const dayOrNull = (on: Day | undefined): string | null => (on === undefined ? null : formatDay(on));

const listOf = ({ state, ground, decidedOn, until, removedOn }: ListLife): z.input<typeof List> => ({
  state,
  says: { ...LIST_STATE_WORDS[state] },
  ground: ground ?? null,
  decidedOn: dayOrNull(decidedOn),
  until: dayOrNull(until),
  removedOn: dayOrNull(removedOn),
});

function toldOf(
  { law, lender, now }: Desk,
  file: LoanFile,
  life: EnforcementLife,
): z.input<typeof Enforcement> {
  const today = dayAt(lender.zone, now);
  const { currency } = file.product.terms;
  const decimals = decimalsOf(currency);
  const money = (sum: number): string => formatMoney(sum as Minor, decimals);
  const { applied, accepted } = life;
  const rule = law.rule(today);
  const delay = law.delay({ from: applied.judgment.performBy, to: today });
  const owed = delay.ok
    ? owedUnder(life, paymentsUnder(life, file, factsOf(file)), today, delay.value)
    : delay;
  const dates = rule.ok ? enforcementDates(life, rule.value).filter(({ possible }) => !possible) : [];
  const follows = rule.ok
    ? whatFollows({ life, known: {}, paid: owed.ok && owed.value.total === 0, today }, rule.value).follows
    : [];
  const own = ownValues(file);
  return {
    enforcement: life.id,
    version: versionOf(
      file.ofBorrower.map(({ fact }) => fact),
      life.id,
    ),
    loan: life.debt,
    currency,
    state: life.state,
    stateSays: { ...ENFORCEMENT_STATE_WORDS[life.state] },
    court: applied.court,
    number: accepted?.number ?? null,
    appliedOn: formatDay(applied.dated),
    applyBy: formatDay(applied.applyBy),
    late: applied.late,
    judgment: {
      court: applied.judgment.court,
      number: applied.judgment.number,
      performBy: formatDay(applied.judgment.performBy),
      debt: money(applied.judgment.debt),
    },
    owed: owed.ok
      ? {
          judgment: money(owed.value.judgment),
          doubled: money(owed.value.doubled),
          total: money(owed.value.total),
        }
      : null,
    measures: life.measures.map(({ id, wished, granted, ended }) => ({
      measure: id,
      type: (granted ?? wished)?.type ?? null,
      what: (granted ?? wished)?.what ?? null,
      granted: granted !== undefined,
      amount: granted?.amount === undefined ? null : money(granted.amount),
      until: dayOrNull(granted?.until),
      ended: ended?.why ?? null,
    })),
    dishonest: listOf(life.lists.dishonest),
    consumption: listOf(life.lists.consumption),
    days: dates.map((date) => enforcementDay(date, today)),
    follows: follows.map(({ kind, says, by, source }) => ({
      follows: kind,
      says: { ...says },
      by: dayOrNull(by),
      cite: citeOf(source),
      verification: source.verification,
    })),
    history: life.facts.map((fact) => {
      const says = enforcementSentence(fact, decimals);
      return {
        event: fact.event,
        on: formatDay(fact.dated),
        by: fact.by,
        says: { en: maskText(says.en, own), zh: maskText(says.zh, own) },
      };
    }),
  };
}

async function record(
  { db, lender, now, law }: Desk,
  file: LoanFile,
  entry: EntryAsked,
  by: string,
  { dryRun, version }: { readonly dryRun: boolean; readonly version?: number | undefined },
): Promise<z.input<typeof Recorded>> {
  const { bucket, n } = file.borrower;
  let told: ReturnType<typeof enter>["outcomes"][number] | undefined;
  await atEnforcement(db, lender, [{ bucket, n }], now, (person, openOn) => {
    if (version !== undefined && version !== versionOf(person.facts, entry.enforcement))
      throw new Problem("changed-meanwhile");
    const done = enter(person, openOn, [entry], { now, by, known: {}, law });
    told = done.outcomes[0];
    return dryRun ? undefined : done.wish;
  });
  if (!told) throw new Problem("not-found");
  if (!told.done) {
    const { code, says } = told;
    throw refusedBy({ code, says: says?.en ?? code, ...(says ? { saysZh: says.zh } : {}) });
  }
  return {
    enforcement: told.id,
    became: told.known ? "known" : dryRun ? "would-record" : "recorded",
    state: told.life?.state ?? null,
    remarks: told.remarks.map(({ code, says, source }) => ({
      code,
      says: { ...says },
      cite: citeOf(source),
      verification: source.verification,
    })),
  };
}

function sumOf(text: string | undefined, file: LoanFile, at: string): Minor | undefined {
  if (text === undefined) return undefined;
  const sum = parseMoney(text, decimalsOf(file.product.terms.currency));
  if (sum === undefined) throw new Problem("bad-request", { ...said.notASum(text), at });
  return sum;
}

export const ENFORCEMENT_ROUTES = [
  route({
    id: "loan.enforcements",
    method: "GET",
    url: "/v1/loans/:loan/enforcements",
    says: {
      en: "Enforcements about a loan: what is owed under the judgment, measures, lists, days, what follows from what",
      zh: "贷款的执行案件：判决项下欠款、措施、名单、期限与后果",
    },
    of: "loan",
    may: PROCEEDING_READS,
    scope: "loans:read",
    params: LoanParams,
    answers: z.object({ items: z.array(Enforcement) }),
    handle: async ({ api, lender, file, now }) => {
      const lives = about(file);
      if (lives.length === 0) return { items: [] };
      const desk = await deskOf(api, lender, now);
      return { items: lives.map((life) => toldOf(desk, file, life)) };
    },
  }),
  route({
    id: "loan.enforcement",
    method: "GET",
    url: "/v1/loans/:loan/enforcements/:enforcement",
    says: { en: "One of them", zh: "执行案件详情" },
    of: "loan",
    shows: "enforcement",
    may: PROCEEDING_READS,
    scope: "loans:read",
    params: z.strictObject({ loan: Id, enforcement: Id }),
    answers: Enforcement,
    handle: async ({ api, lender, file, now, params }) => {
      const life = about(file).find(({ id }) => id === params.enforcement);
      if (!life) throw new Problem("not-found");
      return toldOf(await deskOf(api, lender, now), file, life);
    },
  }),
  route({
    id: "enforcement.kinds",
    method: "GET",
    url: "/v1/enforcement-events",
    says: {
      en: "What can be recorded of an enforcement, and what each is told with",
      zh: "执行案件可登记事项及其要素",
    },
    of: "lender",
    may: COURT_READS,
    scope: "loans:read",
    answers: z.object({
      common: z.array(z.string()),
      items: z.array(
        z.object({
          event: z.string(),
          fields: z.array(z.object({ column: z.string(), choices: z.array(z.string()).nullable() })),
        }),
      ),
    }),
    handle: async () => ({
      common: ENFORCEMENT_COMMON_KEYS.filter((key) => key !== "kind"),
      items: ENFORCEMENT_EVENT_KINDS.map((event) => ({
        event,
        fields: keysOfEnforcementEvent(event).map((column) => {
          const choices = CHOICES[`${event}.${column}`] ?? CHOICES[column];
          return { column, choices: choices ? [...choices] : null };
        }),
      })),
    }),
  }),
  route({
    id: "loan.enforcement-apply",
    method: "POST",
    url: "/v1/loans/:loan/enforcements",
    says: {
      en: "Record that enforcement was applied for; nothing is filed by it",
      zh: "登记申请强制执行；并不提交法院",
    },
    of: "loan",
    guard: { none: "adds" },
    may: PROCEEDING_WRITES,
    scope: "loans:write",
    params: LoanParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      court: line(100),
      number: line(100).describe("Of the judgment"),
      on: DayText,
      debt: Money.optional().describe("Of the judgment in the ledger where absent"),
      outside: Money.optional().describe("What the judgment gives outside the base of the doubled interest"),
      valueOn: DayText.optional().describe("The day to which the judgment reckoned the debt"),
      performBy: DayText.optional(),
      proof: line(200).optional(),
      id: Id.optional(),
    }),
    answers: Recorded,
    handle: async ({ api, lender, file, now, who, query, body }) => {
      const desk = await deskOf(api, lender, now);
      const enforcement = body.id ?? `E-${file.id}-${body.on}`;
      const [debt, outsideBase] = [
        sumOf(body.debt, file, "body/debt"),
        sumOf(body.outside, file, "body/outside"),
      ];
      const judgment: ApplicationTold = {
        court: body.court,
        number: body.number,
        dated: dayOf(body.on),
        ...(debt === undefined ? {} : { debt }),
        ...(outsideBase === undefined ? {} : { outsideBase }),
        ...(body.valueOn === undefined ? {} : { valueOn: dayOf(body.valueOn) }),
        ...(body.performBy === undefined ? {} : { performBy: dayOf(body.performBy) }),
        ...(body.proof === undefined ? {} : { proof: body.proof }),
      };
      const entry = {
        line: 1,
        enforcement,
        event: `${enforcement}/apply`,
        loan: file.id,
        told: {},
        judgment,
      };
      return record(desk, file, entry, who.id, { dryRun: query.dryRun });
    },
  }),
  route({
    id: "loan.enforcement-event",
    method: "POST",
    url: "/v1/loans/:loan/enforcements/:enforcement/events",
    says: {
      en: "Record what happened in an enforcement; money that came in is booked once for its id",
      zh: "登记执行事件；到账款项按编号只入账一次",
    },
    of: "loan",
    guard: { by: "enforcement" },
    may: PROCEEDING_WRITES,
    scope: "loans:write",
    params: z.strictObject({ loan: Id, enforcement: Id }),
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      event: z.enum(ENFORCEMENT_EVENT_KINDS as readonly [string, ...string[]]),
      on: DayText,
      with: z.record(z.string().max(40), z.string().max(2000)).default({}),
    }),
    answers: Recorded,
    handle: async ({ api, lender, file, now, who, params, query, body, version }) => {
      const desk = await deskOf(api, lender, now);
      if (!about(file).some(({ id }) => id === params.enforcement)) throw new Problem("not-found");
      const texts = new Map([...Object.entries(body.with), ["kind", body.event], ["dated", body.on]] as [
        string,
        string,
      ][]);
      const entry = {
        line: 1,
        enforcement: params.enforcement,
        event: madeEventId(params.enforcement, texts),
        told: eventOfTexts(texts),
      };
      return record(desk, file, entry, who.id, { dryRun: query.dryRun, version });
    },
  }),
];
