import { z } from "zod";
import {
  addDays,
  ENFORCEMENT_STATES,
  formatDay,
  keyToNumber,
  PROCEEDING_KINDS,
  PROCEEDING_STATES,
  type ProceedingState,
} from "../../core/index.ts";
import {
  ENFORCEMENT_STATE_WORDS,
  enforcementDates,
  enforcementsOf,
  isOverState,
  PROCEEDING_STATE_WORDS,
  WAY_WORDS,
} from "../../legal/index.ts";
import type { Court } from "../../office/court/desk.ts";
import { courtFeed } from "../../office/court/feed.ts";
import { type KnownProceeding, livesOf } from "../../office/court/told.ts";
import { enforcementLaw } from "../../office/enforcement/law.ts";
import { LIST_STATE_WORDS } from "../../office/enforcement/words.ts";
import { journalsOf, type KeptEnforcement, listEnforcements, listProceedings } from "../../store/index.ts";
import {
  courtOf,
  enforcementDay,
  type MatterDay,
  mandatedLoans,
  matterDay,
  nextOf,
  todayOf,
  watchedOf,
} from "../courtroom.ts";
import { keyOf, pageOf } from "../http/cursor.ts";
import { route } from "../route.ts";
import { COURT_READS } from "./rows.ts";
import { Cite, DayText, dayOrNot, Paging, page, Says } from "./shapes.ts";

export const MatterDayShape = z.object({
  what: z.string(),
  says: Says,
  by: z.string(),
  actor: Says,
  lastOn: z.string(),
  daysLeft: z.int(),
  certain: z
    .boolean()
    .describe("False where the days off of that year are not published: then it is not before this day"),
  cite: Cite.nullable(),
  verification: z.string().nullable(),
});

const Brief = z.object({
  proceeding: z.string(),
  kind: z.string(),
  kindSays: Says,
  state: z.string(),
  stateSays: Says,
  over: z.boolean(),
  court: z.string(),
  caseNumber: z.string().nullable(),
  loans: z.array(z.string()),
  openedOn: z.string(),
  firm: z.string().nullable(),
  next: MatterDayShape.nullable(),
});

const Enforced = z.object({
  enforcement: z.string(),
  loan: z.string(),
  court: z.string(),
  number: z.string().nullable(),
  state: z.string(),
  stateSays: Says,
  dishonest: z.string(),
  dishonestSays: Says,
  consumption: z.string(),
  consumptionSays: Says,
});

/** How far around today days are looked up where nobody says. */
const USUAL_DAYS = 30;
/** More days than a calendar can show at once. */
const MOST_DAYS = 500;
/** What lists over enforcements read together. */
const RUNNING = PROCEEDING_STATES.filter((state) => !isOverState(state));
const ENDED = PROCEEDING_STATES.filter((state) => isOverState(state));

const briefOf = (
  { life, days }: KnownProceeding,
  today: ReturnType<typeof todayOf>,
): z.input<typeof Brief> => {
  const next = nextOf(life, days);
  return {
    proceeding: life.id,
    kind: life.way,
    kindSays: { ...WAY_WORDS[life.way] },
    state: life.state,
    stateSays: { ...PROCEEDING_STATE_WORDS[life.state] },
    over: isOverState(life.state),
    court: life.court,
    caseNumber: life.caseNumber ?? null,
    loans: [...life.debts],
    openedOn: formatDay(life.opened.dated),
    firm: life.opened.firm ?? null,
    next: next ? matterDay(next, today) : null,
  };
};

const enforcedOf = (one: KeptEnforcement): z.input<typeof Enforced> => ({
  enforcement: one.id,
  loan: one.loan,
  court: one.court,
  number: one.number,
  state: one.state,
  stateSays: { ...ENFORCEMENT_STATE_WORDS[one.state] },
  dishonest: one.listing,
  dishonestSays: { ...LIST_STATE_WORDS[one.listing] },
  consumption: one.consumption,
  consumptionSays: { ...LIST_STATE_WORDS[one.consumption] },
});

interface DayFound extends MatterDay {
  readonly of: "proceeding" | "enforcement";
  readonly matter: string;
  readonly loan: string;
  readonly court: string;
  readonly number: string | null;
}

/** Days of everything that still runs, proceedings and enforcements, in the order in which they come. */
export async function daysOfAll(court: Court, loans: readonly string[] | undefined): Promise<DayFound[]> {
  const { db, lender, law, pack } = court;
  const today = todayOf(court);
  const running = await listProceedings(db, lender, { states: RUNNING, ...(loans ? { loans } : {}) });
  const found = (await livesOf(db, running, law)).flatMap(({ life, days }) =>
    watchedOf(days).map(
      (day): DayFound => ({
        ...matterDay(day, today),
        of: "proceeding",
        matter: life.id,
        loan: life.debts[0]!,
        court: life.court,
        number: life.caseNumber ?? null,
      }),
    ),
  );
  const rule = enforcementLaw(pack)?.rule(today);
  const kept = (await listEnforcements(db, lender)).filter(
    ({ loan }) => loans === undefined || loans.includes(loan),
  );
  if (rule?.ok && kept.length > 0) {
    const owners = [...new Map(kept.map(({ owner }) => [keyToNumber(owner), owner])).values()];
    for (const facts of (await journalsOf(db, owners)).values())
      for (const life of enforcementsOf(facts).values())
        for (const date of enforcementDates(life, rule.value)) {
          // What only becomes possible is no deadline of anybody.
          if (date.possible) continue;
          found.push({
            ...enforcementDay(date, today),
            of: "enforcement",
            matter: life.id,
            loan: life.debt,
            court: life.applied.court,
            number: life.accepted?.number ?? null,
          });
        }
  }
  return found.sort((a, b) => a.daysLeft - b.daysLeft || a.matter.localeCompare(b.matter));
}

export const COURT_BOOK_ROUTES = [
  route({
    id: "proceedings.list",
    method: "GET",
    url: "/v1/proceedings",
    says: {
      en: "Proceedings in the order in which they were opened, each with its next day; a firm sees its own",
      zh: "程序列表（按立案准备先后），附最近期限；律所仅见受托案件",
    },
    of: "lender",
    may: COURT_READS,
    scope: "loans:read",
    query: z.strictObject({
      ...Paging,
      state: z.enum(PROCEEDING_STATES as readonly [ProceedingState, ...ProceedingState[]]).optional(),
      kind: z.enum(PROCEEDING_KINDS as unknown as readonly [string, ...string[]]).optional(),
      over: z
        .enum(["true", "false"])
        .optional()
        .describe("Only those that have ended, or only those that run"),
    }),
    answers: page(Brief),
    handle: async ({ api, lender, who, now, query }) => {
      const court = await courtOf(api, lender, now, who.id);
      const key = keyOf("proceedings", query.cursor, ["number", "string"]) as [number, string] | undefined;
      const loans = await mandatedLoans(api, lender, who, now);
      const states = query.state
        ? [query.state]
        : query.over === undefined
          ? PROCEEDING_STATES
          : query.over === "true"
            ? ENDED
            : RUNNING;
      const rows = await listProceedings(api.db, lender, {
        states,
        ...(query.kind === undefined ? {} : { ways: PROCEEDING_KINDS.filter((kind) => kind === query.kind) }),
        ...(loans ? { loans } : {}),
        ...(key ? { after: { openedOn: key[0], id: key[1] } } : {}),
        limit: query.limit + 1,
      });
      const { shown, next } = pageOf("proceedings", rows, query.limit, ({ openedOn, id }) => [openedOn, id]);
      const today = todayOf(court);
      return {
        items: (await livesOf(api.db, shown, court.law)).map((known) => briefOf(known, today)),
        next,
      };
    },
  }),
  route({
    id: "enforcements.list",
    method: "GET",
    url: "/v1/enforcements",
    says: {
      en: "Enforcements with the lists they led to; a firm sees its own",
      zh: "执行案件及失信、限消状态；律所仅见受托案件",
    },
    of: "lender",
    may: COURT_READS,
    scope: "loans:read",
    query: z.strictObject({
      ...Paging,
      state: z.enum(ENFORCEMENT_STATES as unknown as readonly [string, ...string[]]).optional(),
    }),
    answers: page(Enforced),
    handle: async ({ api, lender, who, now, query }) => {
      const [after] = (keyOf("enforcements", query.cursor, ["string"]) as [string] | undefined) ?? [];
      const loans = await mandatedLoans(api, lender, who, now);
      const states = ENFORCEMENT_STATES.filter((state) => query.state === undefined || state === query.state);
      const all = (await listEnforcements(api.db, lender, { states })).filter(
        ({ id, loan }) =>
          (loans === undefined || loans.includes(loan)) && (after === undefined || id > after),
      );
      const { shown, next } = pageOf("enforcements", all, query.limit, ({ id }) => [id]);
      return { items: shown.map(enforcedOf), next };
    },
  }),
  route({
    id: "court.deadlines",
    method: "GET",
    url: "/v1/court/deadlines",
    says: {
      en: "Hearings and last days of proceedings and enforcements that run; a firm sees its own",
      zh: "在办程序与执行案件的开庭及期限；律所仅见受托案件",
    },
    of: "lender",
    may: COURT_READS,
    scope: "loans:read",
    query: z.strictObject({
      from: DayText.optional().describe("30 days ago where absent"),
      to: DayText.optional().describe("30 days ahead where absent"),
    }),
    answers: z.object({
      today: z.string(),
      items: z.array(
        MatterDayShape.extend({
          of: z.enum(["proceeding", "enforcement"]),
          matter: z.string(),
          loan: z.string(),
          court: z.string(),
          number: z.string().nullable(),
        }),
      ),
      left: z.int().describe("Days within the time that are not shown: ask for a shorter one"),
    }),
    handle: async ({ api, lender, who, now, query }) => {
      const court = await courtOf(api, lender, now, who.id);
      const today = todayOf(court);
      const from = (dayOrNot(query.from) ?? addDays(today, -USUAL_DAYS)) - today;
      const to = (dayOrNot(query.to) ?? addDays(today, USUAL_DAYS)) - today;
      const all = (await daysOfAll(court, await mandatedLoans(api, lender, who, now))).filter(
        ({ daysLeft }) => daysLeft >= from && daysLeft <= to,
      );
      const items = all.slice(0, MOST_DAYS);
      return { today: formatDay(today), items, left: all.length - items.length };
    },
  }),
  route({
    id: "court.calendar",
    method: "GET",
    url: "/v1/court/calendar.ics",
    says: {
      en: "The same days as a calendar feed (RFC 5545); a program subscribes with its token",
      zh: "庭审与期限日历订阅（RFC 5545）",
    },
    of: "lender",
    may: COURT_READS,
    scope: "loans:read",
    streams: true,
    answers: z.unknown(),
    handle: async ({ api, lender, who, now, reply }) => {
      const court = await courtOf(api, lender, now, who.id);
      const loans = await mandatedLoans(api, lender, who, now);
      const running = await listProceedings(api.db, lender, { states: RUNNING, ...(loans ? { loans } : {}) });
      reply
        .type("text/calendar; charset=utf-8")
        .header("content-disposition", 'attachment; filename="court-days.ics"');
      return courtFeed(await livesOf(api.db, running, court.law), court);
    },
  }),
];
