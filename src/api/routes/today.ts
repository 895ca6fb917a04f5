import { z } from "zod";
import { addDays, type Day, dayAt, formatDay } from "../../core/index.ts";
import { addTallies, type DayTally } from "../../dayclose/index.ts";
import type { Pack } from "../../policy/index.ts";
import {
  approvals,
  type Database,
  jobs,
  type Lender,
  listLetters,
  listOutbox,
  listRequests,
  products,
  promisesDue,
  talliesBetween,
} from "../../store/index.ts";
import type { Api } from "../api.ts";
import { courtOf } from "../courtroom.ts";
import { route } from "../route.ts";
import { BookShape, bookOf, pastSummary, summaryAt } from "./book-summary.ts";
import { daysOfAll } from "./court-book.ts";
import { ruleSays } from "./nights.ts";
import { WEEK, weekFrom } from "./promises.ts";
import { HOUSE_READS } from "./rows.ts";
import { DayText, dayOrNot, Says } from "./shapes.ts";

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

/** What waits is counted this far: a page says "200 and more". */
const MOST_WAITING = 200;
const NIGHTS = 14;

const countedOf = ({ byRule: _, ...tally }: DayTally): z.input<typeof Counted> => ({
  ...tally,
  day: formatDay(tally.day),
});

const byRuleOf = ({ byRule }: DayTally, pack: Pack | undefined) =>
  Object.entries(byRule)
    .sort(([a, times], [b, more]) => more - times || a.localeCompare(b))
    .map(([rule, times]) => ({ rule, times, says: ruleSays(pack, rule) }));

async function nights(db: Database, lender: Lender, from: Day, through: Day): Promise<DayTally[]> {
  const days = new Map<Day, DayTally>();
  for (const tally of await talliesBetween(db, lender, { from, through }))
    days.set(tally.day, addTallies(days.get(tally.day), tally));
  return [...days.values()].sort((a, b) => b.day - a.day);
}

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

/** What the console shows first; put together when it is asked, and kept nowhere. */
export const TODAY_ROUTES = [
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
      book: BookShape.nullable().describe("As at the last close; null for a day before it"),
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
];
