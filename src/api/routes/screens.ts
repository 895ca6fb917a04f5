import { z } from "zod";
import { reasonWords } from "../../cli/reasons.ts";
import {
  addDays,
  type ContactEnded,
  type ContactResult,
  type ContactStarted,
  type Day,
  dayAt,
  decimalsOf,
  type Fact,
  formatDay,
  formatInstant,
  formatMoney,
  type Minor,
  RESULTS,
} from "../../core/index.ts";
import { addTallies, type DayTally } from "../../dayclose/index.ts";
import type { Pack } from "../../policy/index.ts";
import {
  approvals,
  type BookSummary,
  borrowerLoans,
  type Database,
  factsOfDay,
  findKeys,
  findPeople,
  jobs,
  keptLetter,
  type Lender,
  listLetters,
  listOutbox,
  listRequests,
  loanFile,
  products,
  promisesDue,
  stoppedBy,
  summarise,
  summariseOn,
  talliesBetween,
} from "../../store/index.ts";
import { maskText, ownValues } from "../access/fields.ts";
import { firmOf } from "../access/party.ts";
import type { Api } from "../api.ts";
import { courtOf } from "../courtroom.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { ofSchema } from "../http/said.ts";
import { route } from "../route.ts";
import { daysOfAll } from "./court-book.ts";
import { LoanParams } from "./loans.ts";
import { AUDITS, EVERY_PERSON, HOUSE_READS, LOAN_WORK_READS } from "./rows.ts";
import { DayText, dayOf, dayOrNot, Money, Paging, page, Says } from "./shapes.ts";

/** What a page of the console puts together; nothing here is kept. */

const RuleId = z.string().regex(/^[\w/-]{1,100}$/, ofSchema("a rule's id, as cn/quiet-hours"));

const Counted = z.object({
  day: z.string(),
  touched: z.int(),
  facts: z.int(),
  actions: z.int(),
  refused: z.int(),
  asked: z.int(),
  setAside: z.int(),
  cured: z.int(),
});

const Band = z.object({
  band: z.int(),
  name: z.string(),
  loans: z.int(),
  outstanding: Money,
  arrears: Money,
  share: z.int().describe("Loans of the band, in a hundred of the band that has most"),
});

/** What waits is counted this far: a page says "200 and more". */
const MOST_WAITING = 200;
const MOST_FOUND = 20;
const NIGHTS = 14;
/** A day later than any: a step that lapses with its stage, with no day to try it again. */
const NO_DAY = 2_000_000;

function saysOf(pack: Pack | undefined, rule: string): z.input<typeof Says> | null {
  const en = reasonWords(pack, rule, "en");
  const zh = reasonWords(pack, rule, "zh");
  return en !== undefined && zh !== undefined ? { en, zh } : null;
}

const countedOf = ({ byRule: _, ...tally }: DayTally): z.input<typeof Counted> => ({
  ...tally,
  day: formatDay(tally.day),
});

const byRuleOf = ({ byRule }: DayTally, pack: Pack | undefined) =>
  Object.entries(byRule)
    .sort(([a, times], [b, more]) => more - times || a.localeCompare(b))
    .map(([rule, times]) => ({ rule, times, says: saysOf(pack, rule) }));

async function nights(db: Database, lender: Lender, from: Day, through: Day): Promise<DayTally[]> {
  const days = new Map<Day, DayTally>();
  for (const tally of await talliesBetween(db, lender, { from, through }))
    days.set(tally.day, addTallies(days.get(tally.day), tally));
  return [...days.values()].sort((a, b) => b.day - a.day);
}

interface Summed {
  readonly day: Day;
  readonly summary: Promise<BookSummary>;
}

/** The bands as at a close are reckoned once a close, by one pass over the book; whoever asks meanwhile waits for that pass. */
const SUMMARIES = new WeakMap<Database, Map<string, Summed>>();

function summaryAt(db: Database, lender: Lender): Promise<BookSummary> {
  const own = SUMMARIES.get(db) ?? new Map<string, Summed>();
  SUMMARIES.set(db, own);
  const known = own.get(lender.code);
  if (known?.day === lender.closedThrough) return known.summary;
  const summary = summarise(db, lender.code, lender.closedThrough);
  own.set(lender.code, { day: lender.closedThrough, summary });
  summary.catch(() => own.delete(lender.code));
  return summary;
}

/** A past day is replayed from the journals of a book up to this size, once a day asked for. */
const REPLAYED_LOANS = 50_000;
const PAST = new WeakMap<Database, Map<string, Promise<BookSummary | undefined>>>();

function pastSummary(db: Database, lender: Lender, day: Day): Promise<BookSummary | undefined> {
  const own = PAST.get(db) ?? new Map<string, Promise<BookSummary | undefined>>();
  PAST.set(db, own);
  const key = `${lender.code} ${day}`;
  const known = own.get(key);
  if (known) return known;
  if (own.size > 100) own.clear();
  const summary = summariseOn(db, lender.code, day, REPLAYED_LOANS);
  own.set(key, summary);
  summary.catch(() => own.delete(key));
  return summary;
}

const WEEK = 7;
const weekFrom = (lender: Lender, now: number) => {
  const today = dayAt(lender.zone, now);
  return { from: today, to: addDays(today, WEEK), asOf: lender.closedThrough };
};

/** Days before courts; none where the place's pack has no law on proceedings. */
async function daysThisWeek(api: Api, lender: Lender, now: number, by: string): Promise<number> {
  if (lender.pack !== "cn") return 0;
  const court = await courtOf(api, lender, now, by);
  return (await daysOfAll(court, undefined)).filter(({ daysLeft }) => daysLeft <= WEEK).length;
}

async function closingNow(api: Api, lender: Lender) {
  for (const { id, asked } of (await jobs(api.db, lender.code, "close", 5)).filter(
    ({ state }) => state === "running",
  )) {
    const at = api.jobs.at(id);
    if (!at) continue;
    const { through } = JSON.parse(asked) as { through?: string };
    return { job: id, through: through ?? null, label: at.label, done: at.done, of: at.of };
  }
  return null;
}

/** What a night did to loans, each with the facts that say so. */
const DID = {
  planned: ["StepPlanned"],
  refused: ["StepRefused"],
  asked: ["StepAsked"],
  cured: ["Cured"],
  "set-aside": ["SetAside"],
} as const satisfies Record<string, readonly Fact["kind"][]>;
type Did = keyof typeof DID;
const DIDS = Object.keys(DID) as [Did, ...Did[]];

function bookOf(summary: BookSummary) {
  const money = (value: number): string => formatMoney(value as Minor, decimalsOf(summary.currency));
  const most = Math.max(1, ...summary.bands.map(({ loans }) => loans));
  const late = summary.bands.filter(({ band }) => band > 0);
  return {
    loans: summary.loans,
    ended: summary.ended,
    writtenOff: summary.writtenOff,
    setAside: summary.setAside,
    inArrears: late.reduce((sum, { loans }) => sum + loans, 0),
    arrears: money(late.reduce((sum, { arrears }) => sum + arrears, 0)),
    bands: summary.bands.map(({ band, loans, outstanding, arrears }) => ({
      band,
      name: `M${band}`,
      loans,
      outstanding: money(outstanding),
      arrears: money(arrears),
      share: Math.ceil((loans * 100) / most),
    })),
  };
}

export const SCREEN_ROUTES = [
  route({
    id: "session.may",
    method: "GET",
    url: "/v1/me/may",
    says: { en: "What my role may do at all, by the names of the matrix", zh: "本角色可执行的操作" },
    of: "nothing",
    may: EVERY_PERSON,
    answers: z.object({ may: z.array(z.string()) }),
    handle: async ({ who }) => {
      // The list of routes has this one in it, so it is looked up when it is asked.
      const { ROUTES } = await import("./index.ts");
      return { may: ROUTES.filter(({ may }) => may[who.role] !== "never").map(({ id }) => id) };
    },
  }),
  route({
    id: "today.read",
    method: "GET",
    url: "/v1/today",
    says: {
      en: "What the last night found, and what waits for a person",
      zh: "昨夜日终结果与待人工处理事项",
    },
    of: "lender",
    may: { ...HOUSE_READS, integrator: "never" },
    query: z.strictObject({ asOf: DayText.optional() }),
    answers: z.object({
      lender: z.string(),
      name: z.string(),
      currency: z.string(),
      closedThrough: z.string(),
      day: z.string(),
      night: Counted.nullable(),
      byRule: z.array(z.object({ rule: z.string(), times: z.int(), says: Says.nullable() })),
      nights: z.array(Counted),
      book: z
        .object({
          loans: z.int(),
          ended: z.int(),
          writtenOff: z.int(),
          setAside: z.int(),
          inArrears: z.int(),
          arrears: Money,
          bands: z.array(Band),
        })
        .nullable()
        .describe("As at the last close; null for a day before it"),
      waiting: z
        .object({
          letters: z.int(),
          approvals: z.int(),
          failed: z.int(),
          promises: z.int().describe("Promises due within seven days"),
          days: z
            .int()
            .describe(
              "Hearings and last days within seven days, and those that passed with nothing recorded",
            ),
          complaints: z.int().describe("Complaints to be answered within a week, or late"),
          hardship: z.int().describe("Requests for help that nobody has answered"),
          most: z.int().describe("Nothing is counted beyond this"),
        })
        .nullable(),
      closing: z
        .object({
          job: z.string(),
          through: z.string().nullable(),
          label: z.string(),
          done: z.number(),
          of: z.number(),
        })
        .nullable()
        .describe("The close that runs at this moment"),
      lookAt: z.array(z.object({ loan: z.string(), why: z.enum(["largest-arrears", "cured", "refused"]) })),
    }),
    handle: async ({ api, lender, who, now, query }) => {
      const day = Math.min(dayOrNot(query.asOf) ?? lender.closedThrough, lender.closedThrough) as Day;
      const isNow = day === lender.closedThrough;
      const pack = await api.packFor(lender);
      const found = await nights(api.db, lender, (day - NIGHTS + 1) as Day, day);
      const summary = isNow ? await summaryAt(api.db, lender) : await pastSummary(api.db, lender, day);
      const [first] = (await products(api.db)).filter(({ lender: of }) => of === lender.code);
      const night = found.find((tally) => tally.day === day);
      return {
        lender: lender.code,
        name: lender.name,
        currency: first?.terms.currency ?? "CNY",
        closedThrough: formatDay(lender.closedThrough),
        day: formatDay(day),
        night: night ? countedOf(night) : null,
        byRule: night ? byRuleOf(night, pack) : [],
        nights: found.map(countedOf),
        book: summary ? bookOf(summary) : null,
        waiting: isNow
          ? {
              letters: (await listLetters(api.db, lender, { states: ["drafted"] })).length,
              approvals: (await approvals(api.db, lender.code, MOST_WAITING, "proposed")).length,
              failed: (await listOutbox(api.db, ["failed"], MOST_WAITING, lender)).length,
              promises: (await promisesDue(api.db, lender.code, weekFrom(lender, now))).length,
              days: await daysThisWeek(api, lender, now, who.id),
              complaints: (
                await listRequests(api.db, lender, {
                  sort: "complaint",
                  nextBy: addDays(dayAt(lender.zone, now), 7),
                  limit: MOST_WAITING,
                })
              ).length,
              hardship: (
                await listRequests(api.db, lender, {
                  sort: "hardship",
                  states: ["requested", "proposed"],
                  limit: MOST_WAITING,
                })
              ).length,
              most: MOST_WAITING,
            }
          : null,
        closing: await closingNow(api, lender),
        lookAt: (summary?.toLookAt ?? []).map(({ id, why }) => ({ loan: id, why })),
      };
    },
  }),
  route({
    id: "today.refused",
    method: "GET",
    url: "/v1/today/refused",
    says: { en: "The steps that one rule stopped in one night", zh: "某日被某条规则拦下的动作" },
    of: "lender",
    may: { ...HOUSE_READS, integrator: "never" },
    query: z.strictObject({ ...Paging, day: DayText, rule: RuleId }),
    answers: page(
      z.object({
        loan: z.string(),
        step: z.string(),
        via: z.string(),
        strategy: z.string(),
        dpd: z.int(),
        became: z.enum(["refused", "asked"]),
        rules: z.array(z.string()),
        again: z.string().nullable(),
      }),
    ).extend({ says: Says.nullable() }),
    handle: async ({ api, lender, query }) => {
      const after = keyOf("stopped", query.cursor, ["number", "number", "number"]) as
        | [number, number, number]
        | undefined;
      const own = (await products(api.db)).filter(({ lender: of }) => of === lender.code);
      const found = await stoppedBy(api.db, {
        day: dayOf(query.day),
        rule: query.rule,
        products: own.map(({ id }) => id),
        limit: query.limit + 1,
        ...(after ? { after: { bucket: after[0], n: after[1], seq: after[2] } } : {}),
      });
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        says: saysOf(await api.packFor(lender), query.rule),
        items: shown.map(({ loan, fact }) => ({
          loan,
          step: fact.step,
          via: fact.via,
          strategy: fact.strategy,
          dpd: fact.dpd,
          became: fact.kind === "StepRefused" ? ("refused" as const) : ("asked" as const),
          rules: [...fact.rules],
          again: fact.kind === "StepRefused" && fact.retryOn < NO_DAY ? formatDay(fact.retryOn) : null,
        })),
        next:
          found.length > shown.length && last
            ? cursorOf("stopped", [last.key.bucket, last.key.n, last.seq])
            : null,
      };
    },
  }),
  route({
    id: "today.did",
    method: "GET",
    url: "/v1/today/did",
    says: {
      en: "The loans behind a figure of a night: planned, refused, asked, cured, set aside",
      zh: "某日日终数字对应的贷款：计划、被拒、待人工、恢复正常、搁置",
    },
    of: "lender",
    may: { ...HOUSE_READS, integrator: "never" },
    query: z.strictObject({ ...Paging, day: DayText, what: z.enum(DIDS) }),
    answers: page(
      z.object({
        loan: z.string(),
        step: z.string().nullable(),
        via: z.string().nullable(),
        dpd: z.int().nullable(),
        rules: z.array(z.string()),
      }),
    ),
    handle: async ({ api, lender, query }) => {
      const after = keyOf("did", query.cursor, ["number", "number", "number"]) as
        | [number, number, number]
        | undefined;
      const own = (await products(api.db)).filter(({ lender: of }) => of === lender.code);
      const found = await factsOfDay(api.db, DID[query.what], {
        day: dayOf(query.day),
        products: own.map(({ id }) => id),
        limit: query.limit + 1,
        ...(after ? { after: { bucket: after[0], n: after[1], seq: after[2] } } : {}),
      });
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(({ loan, fact }) => ({
          loan,
          step: "step" in fact ? String(fact.step) : null,
          via: "via" in fact ? String(fact.via) : null,
          dpd: "dpd" in fact ? Number(fact.dpd) : null,
          rules: "rules" in fact ? [...(fact.rules as readonly string[])] : [],
        })),
        next:
          found.length > shown.length && last
            ? cursorOf("did", [last.key.bucket, last.key.n, last.seq])
            : null,
      };
    },
  }),
  route({
    id: "promises.list",
    method: "GET",
    url: "/v1/promises",
    says: {
      en: "Promises that fall due within seven days and are not kept yet, as the last close left them",
      zh: "七日内到期、尚未履行的承诺（截至最近一次日终）",
    },
    of: "lender",
    may: HOUSE_READS,
    scope: "loans:read",
    answers: z.object({
      items: z.array(
        z.object({
          loan: z.string(),
          currency: z.string(),
          on: z.string(),
          amount: Money,
          takenBy: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ api, lender, now }) => ({
      items: (await promisesDue(api.db, lender.code, weekFrom(lender, now))).map(
        ({ on, amount, ...rest }) => ({
          ...rest,
          on: formatDay(on),
          amount: formatMoney(amount, decimalsOf(rest.currency)),
        }),
      ),
    }),
  }),
  route({
    id: "search.read",
    method: "GET",
    url: "/v1/search",
    says: { en: "What has this number: a loan, a borrower, a letter", zh: "按编号查找贷款、借款人或律师函" },
    of: "lender",
    may: { ...HOUSE_READS, "law-firm": "own-lender", integrator: "never" },
    query: z.strictObject({ q: z.string().trim().min(2).max(100) }),
    answers: z.object({
      items: z.array(
        z.object({
          kind: z.enum(["loan", "borrower", "letter"]),
          id: z.string(),
          loan: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ api, lender, who, query }) => {
      const asked = [...new Set([query.q, query.q.toUpperCase()])];
      const isFirm = who.role === "law-firm";
      const letter = who.role === "collector" ? undefined : await keptLetter(api.db, query.q);
      const isOwn =
        letter !== undefined &&
        (!isFirm || letter.firm === firmOf(who.party)) &&
        (await loanFile(api.db, letter.loans[0]!, lender.code)) !== undefined;
      const letters = isOwn ? [{ kind: "letter" as const, id: letter.id, loan: letter.loans[0]! }] : [];
      // A firm looks up its own letters; which numbers there are besides is not its business.
      if (isFirm) return { items: letters };
      const loans = [...(await findKeys(api.db, lender, asked)).keys()];
      const borrowers = [];
      for (const id of asked) {
        const [first] = await borrowerLoans(api.db, lender, id);
        if (first) borrowers.push({ kind: "borrower" as const, id, loan: first.id });
      }
      return {
        items: [...loans.map((id) => ({ kind: "loan" as const, id, loan: id })), ...borrowers, ...letters],
      };
    },
  }),
  route({
    id: "search.people",
    method: "POST",
    url: "/v1/search/people",
    says: {
      en: "Whose phone number or name this is, exactly; it is asked in the body, since addresses are kept in logs",
      zh: "按电话号码或姓名精确查找借款人（内容放在请求体中，避免留在日志里）",
    },
    of: "lender",
    guard: { none: "keeps" },
    may: { ...HOUSE_READS, auditor: "never", integrator: "never" },
    once: true,
    body: z.strictObject({ value: z.string().trim().min(2).max(100) }),
    answers: z.object({
      items: z.array(z.object({ kind: z.literal("borrower"), id: z.string(), loan: z.string() })),
    }),
    handle: async ({ api, lender, body }) => {
      const items = [];
      for (const { id } of await findPeople(api.db, lender.id, body.value, MOST_FOUND)) {
        const [first] = await borrowerLoans(api.db, lender, id);
        if (first) items.push({ kind: "borrower" as const, id, loan: first.id });
      }
      return { items };
    },
  }),
  route({
    id: "worklist.codes",
    method: "GET",
    url: "/v1/worklist/codes",
    says: {
      en: "What can come of a call or a question, and what has to be told with it",
      zh: "结果码及其要求",
    },
    of: "lender",
    may: { ...HOUSE_READS, integrator: "never" },
    answers: z.object({
      items: z.array(
        z.object({
          code: z.string(),
          of: z.enum(["call", "question"]),
          says: Says,
          asks: z.array(z.string()),
          holds: z.array(z.string()),
        }),
      ),
    }),
    handle: async () => ({
      items: RESULTS.map(({ code, of, says, asks = [], does }) => ({
        code,
        of,
        says: { ...says },
        asks: [...asks],
        holds: [...(does.holds ?? [])],
      })),
    }),
  }),
  route({
    id: "loan.borrower",
    method: "GET",
    url: "/v1/loans/:loan/borrower",
    says: { en: "Whose loan this is, by the lender's number", zh: "贷款所属借款人编号" },
    of: "loan",
    may: { ...LOAN_WORK_READS, agency: "never", "agency-collector": "never" },
    params: LoanParams,
    answers: z.object({ loan: z.string(), borrower: z.string() }),
    handle: async ({ file }) => ({ loan: file.id, borrower: file.borrower.external_id }),
  }),
  route({
    id: "loan.contacts",
    method: "GET",
    url: "/v1/loans/:loan/contacts",
    says: {
      en: "Every contact made with the borrower, each with its permit",
      zh: "对借款人的每次触达及其许可",
    },
    of: "loan",
    may: AUDITS,
    params: LoanParams,
    answers: z.object({
      loan: z.string(),
      borrower: z.string(),
      items: z.array(
        z.object({
          action: z.string(),
          at: z.string(),
          via: z.string(),
          address: z.string(),
          verdict: z.string(),
          pack: z.string(),
          rules: z.array(z.string()),
          outcome: z.string().nullable(),
          result: Says.nullable(),
        }),
      ),
    }),
    handle: async ({ file }) => {
      const zone = file.borrower.zone ?? file.lender.zone;
      const own = ownValues(file);
      const facts = file.ofBorrower.map(({ fact }) => fact);
      const isEnd = (fact: { readonly kind: string }): fact is ContactEnded => fact.kind === "ContactEnded";
      const isResult = (fact: { readonly kind: string }): fact is ContactResult =>
        fact.kind === "ContactResult";
      const isStart = (fact: { readonly kind: string }): fact is ContactStarted =>
        fact.kind === "ContactStarted";
      const ended = new Map(facts.filter(isEnd).map(({ action, outcome }) => [action, outcome]));
      const results = new Map(facts.filter(isResult).map(({ action, code }) => [action, code]));
      return {
        loan: file.id,
        borrower: file.borrower.external_id,
        items: facts
          .filter(isStart)
          .reverse()
          .map((fact) => ({
            action: fact.action,
            at: formatInstant(zone, fact.at),
            via: fact.via,
            address: maskText(fact.address, own),
            verdict: fact.verdict ?? "allow",
            pack: fact.pack,
            rules: [...fact.rules],
            outcome: ended.get(fact.action) ?? null,
            result: saysOfResult(results.get(fact.action)),
          })),
      };
    },
  }),
];

function saysOfResult(code: string | undefined): z.input<typeof Says> | null {
  const row = RESULTS.find((one) => one.code === code);
  return row ? { ...row.says } : null;
}
